//! The register on paper and as sheets.

use std::collections::BTreeMap;

use super::args::{ExportArgs, PartArgs, PrintArgs, SheetArg};
use super::list::filter;
use crate::archive::register::{Head, Register, Row};
use crate::archive::{Failure, Series, register_row, sheet};
use crate::cli::office::{forbidden, now};
use crate::cli::{Exit, output};
use crate::export::{Format, pdf};
use crate::issuing::Desk;
use crate::model::{self, SHARED_SERIES};
use crate::render;

/// Every row that is asked for, in one sheet.
pub fn export(args: &ExportArgs) -> Result<Exit, Failure> {
    let register = Register::open_to_read(&args.office.place(None)?)?;
    let rows = register.rows(&filter(&args.part))?;
    let Some(first) = rows.first() else { return Err(nothing()) };
    let sheet = book(&first.entry.key.series, &rows, None, &register.head()?);
    let bytes = match kind(args)? {
        SheetArg::Xlsx => sheet::xlsx(&sheet, now().date_naive())?,
        SheetArg::Csv => sheet::csv(&sheet),
    };
    if args.force {
        output::replace(&args.file, &bytes).map_err(Failure::disk(&args.file))?;
    } else if !output::write_new(&args.file, &bytes).map_err(Failure::disk(&args.file))? {
        return Err(Failure::refused(
            format!("{} đã có, không ghi đè", args.file.display()),
            "đổi tên tệp, hoặc thêm --force",
        ));
    }
    sayln!("Đã xuất {} dòng ra {}", rows.len(), args.file.display());
    Ok(Exit::Done)
}

/// What is asked for, or what the ending of the file says.
fn kind(args: &ExportArgs) -> Result<SheetArg, Failure> {
    let ending = args.file.extension().map(|ending| ending.to_ascii_lowercase());
    match (args.format, ending.as_ref().and_then(|ending| ending.to_str())) {
        (Some(kind), _) => Ok(kind),
        (None, Some("xlsx")) => Ok(SheetArg::Xlsx),
        (None, Some("csv")) => Ok(SheetArg::Csv),
        (None, _) => Err(Failure::refused(
            format!("chưa biết ghi {} theo định dạng nào", args.file.display()),
            "đặt tên tệp có đuôi .xlsx hoặc .csv, hoặc thêm --dinh-dang xlsx",
        )),
    }
}

/// One book for each agency, year and series.
pub fn print(args: &PrintArgs) -> Result<Exit, Failure> {
    let place = args.office.place(None)?;
    let desk = match Desk::open(place) {
        Ok(desk) => desk,
        Err(findings) => return Ok(forbidden(&findings)),
    };
    let register = Register::open_to_read(&desk.place)?;
    let head = register.head()?;
    let books = books(&register, &args.part)?;
    if books.is_empty() {
        return Err(nothing());
    }
    for (position, (series, rows)) in books.iter().enumerate() {
        let name = book_name(&books, series, position);
        if rows.len() > pdf::MAX_ROWS {
            return Err(Failure::refused(
                format!("sổ có quá {} dòng trong một quyển", pdf::MAX_ROWS),
                "in từng quyển: thêm --tu NGÀY --den NGÀY",
            ));
        }
        let book = book(series, rows, args.book, &head);
        let not_printed = |error| Failure::refused(format!("không in được sổ: {error:#}"), "");
        let document = desk.office.register(&book).map_err(not_printed)?;
        let (files, _) = render::files(&document, &Format::ALL).map_err(not_printed)?;
        let paths = output::write(&args.folder, &name, &files, args.force)
            .map_err(|refused| Failure::refused(refused.to_string(), ""))?;
        let listed: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        sayln!("Đã in {} dòng ra {}", rows.len(), listed.join(", "));
    }
    Ok(Exit::Done)
}

fn nothing() -> Failure {
    Failure::refused(
        "sổ không có dòng nào như vậy",
        "bỏ bớt điều kiện, hoặc xem sổ bằng `vanthu register list`",
    )
}

fn books(register: &Register, part: &PartArgs) -> Result<BTreeMap<Series, Vec<Row>>, Failure> {
    let mut books: BTreeMap<Series, Vec<Row>> = BTreeMap::new();
    for row in register.rows(&filter(part))? {
        books.entry(row.entry.key.series.clone()).or_default().push(row);
    }
    Ok(books)
}

/// `so_dang_ky_2026`, `so_dang_ky_2026_quyet_dinh`; of a further agency with its place behind.
fn book_name(books: &BTreeMap<Series, Vec<Row>>, series: &Series, position: usize) -> String {
    let kind = match series.label.as_str() {
        SHARED_SERIES => String::new(),
        own => format!("_{own}"),
    };
    let alike = |other: &&Series| other.year == series.year && other.label == series.label;
    let others = books.keys().take(position).filter(alike).count();
    let agency = if others == 0 { String::new() } else { format!("_{}", others + 1) };
    format!("so_dang_ky_{}{kind}{agency}", series.year)
}

fn book(series: &Series, rows: &[Row], book: Option<u32>, head: &Head) -> model::Register {
    let own = series.label != SHARED_SERIES;
    let kind = rows.first().filter(|_| own).map(|row| row.entry.type_name.clone());
    let texts = rows.iter().map(|row| register_row(&row.entry)).collect();
    model::Register {
        kind,
        book,
        printed: Some(now().date_naive()),
        chain: Some((head.seq, head.hash.clone())),
        ..model::Register::of(series.organ.as_str(), series.year, texts)
    }
}
