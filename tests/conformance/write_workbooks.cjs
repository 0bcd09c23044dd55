// Writes the workbooks of a list (workbooks.py, `spec`) with SheetJS and with exceljs.
const fs = require("fs");
const XLSX = require("xlsx");
const ExcelJS = require("exceljs");

const address = (cell) => XLSX.utils.encode_cell({ r: cell.row, c: cell.column });

function sheetjs(book) {
  const sheet = {};
  for (const cell of book.cells) {
    // A day is written as its number: a Date of SheetJS 0.18 is shifted by the zone of the machine.
    const found = { z: cell.format };
    if (cell.formula) found.f = cell.formula;
    if (cell.value !== null) found.v = cell.value;
    found.t = typeof cell.value === "string" ? "s" : "n";
    sheet[address(cell)] = found;
  }
  const rows = Math.max(...book.cells.map((cell) => cell.row));
  const columns = Math.max(...book.cells.map((cell) => cell.column));
  sheet["!ref"] = XLSX.utils.encode_range({ s: { r: 0, c: 0 }, e: { r: rows, c: columns } });
  sheet["!merges"] = book.merges.map(([first, last]) => XLSX.utils.decode_range(`${first}:${last}`));
  sheet["!rows"] = [];
  for (const row of book.hidden) sheet["!rows"][row.row] = row.how === "flat" ? { hpt: 0 } : { hidden: true };
  const workbook = XLSX.utils.book_new();
  workbook.Workbook = { WBProps: { date1904: book.from_1904 } };
  XLSX.utils.book_append_sheet(workbook, sheet, book.sheet);
  XLSX.writeFile(workbook, book.path);
}

async function exceljs(book) {
  const workbook = new ExcelJS.Workbook();
  workbook.properties.date1904 = book.from_1904;
  const sheet = workbook.addWorksheet(book.sheet);
  for (const cell of book.cells) {
    const found = sheet.getCell(address(cell));
    if (cell.formula) found.value = { formula: cell.formula, result: cell.value === null ? undefined : cell.value };
    else found.value = cell.day ? new Date(cell.day + "Z") : cell.value;
    if (cell.format !== "General") found.numFmt = cell.format;
  }
  for (const [first, last] of book.merges) sheet.mergeCells(`${first}:${last}`);
  for (const row of book.hidden) {
    const found = sheet.getRow(row.row + 1);
    if (row.how === "flat") found.height = 0;
    else found.hidden = true;
  }
  await workbook.xlsx.writeFile(book.path);
}

async function main() {
  const writers = { sheetjs, exceljs };
  for (const book of JSON.parse(fs.readFileSync(process.argv[2], "utf-8"))) await writers[book.writer](book);
}

main().catch((fault) => {
  console.error(fault);
  process.exit(1);
});
