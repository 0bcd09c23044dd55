//! What a workbook says of itself: its sheets, its strings, its number formats, its tables.

use std::collections::BTreeMap;

use super::super::limits::{MAX_CELLS, MAX_PARTS};
use super::Refused;
use super::format::Format;
use super::package::{Package, Part, macros};
use super::xml::{Piece, spelled_out};
use crate::diag::Area;

pub struct Workbook {
    pub sheets: Vec<Worksheet>,
    pub context: Context,
}

/// A sheet of cells; sheets that are one chart are left out.
pub struct Worksheet {
    pub name: String,
    pub is_hidden: bool,
    /// Of its part.
    path: String,
}

/// What the cells of every sheet refer to.
#[derive(Default)]
pub struct Context {
    pub strings: Vec<String>,
    pub formats: Vec<Format>,
    /// Whether days count from 1904, as on old Macintoshes.
    pub from_1904: bool,
    /// Whether the workbook says that its formulas are still to be calculated (ECMA-376,
    /// part 1, 18.2.2): `fullCalcOnLoad`, as programs write that calculate nothing
    /// themselves, or `calcCompleted="0"`, as Excel does that was told not to calculate.
    /// Other marks say nothing of the results that are there: `calcId` and `forceFullCalc`
    /// are about the next time, `ca` about functions like TODAY, whose result is of the
    /// hour in which the workbook was saved.
    pub is_stale: bool,
}

impl Context {
    /// The number format of a style; of one that is not there, `General`.
    pub fn format(&self, style: usize) -> &Format {
        const GENERAL: &Format = &Format::general();
        self.formats.get(style).unwrap_or(GENERAL)
    }
}

/// A table of a workbook (Insert → Table).
pub struct NamedTable {
    pub name: String,
    /// Index of its sheet.
    pub sheet: usize,
    /// With the heading row and without the total row.
    pub area: Area,
    pub has_headings: bool,
}

impl Workbook {
    pub fn read(package: &mut Package<'_>) -> Result<Self, Refused> {
        let path = main_part(package)?;
        let related = relations(package, &path)?;
        let part = package.part(&path)?.ok_or_else(Refused::damaged)?;
        let (mut sheets, mut from_1904, mut is_stale) = (Vec::new(), false, false);
        let mut xml = part.xml();
        while let Some(piece) = xml.next()? {
            let Piece::Open(tag) = piece else { continue };
            if tag.is("workbookPr") {
                from_1904 = tag.attribute("date1904")?.is_some_and(|value| is_true(&value));
            } else if tag.is("calcPr") {
                let [on_load, done] = tag.attributes(["fullCalcOnLoad", "calcCompleted"])?;
                is_stale =
                    on_load.is_some_and(|it| is_true(&it)) || done.is_some_and(|it| !is_true(&it));
            } else if tag.is("sheet") {
                let name = tag.attribute("name")?.ok_or_else(Refused::damaged)?;
                let id = xml.reference(&tag, "id")?.ok_or_else(Refused::damaged)?;
                let state = tag.attribute("state")?;
                let is_hidden = state.is_some_and(|state| state != "visible");
                let related = related.get(id.as_ref()).ok_or_else(Refused::damaged)?;
                if related.kind == "worksheet" {
                    let (name, path) = (spelled_out(name.into_owned()), related.path.clone());
                    sheets.push(Worksheet { name, is_hidden, path });
                    if sheets.len() > MAX_PARTS {
                        return Err(Refused::damaged());
                    }
                }
            }
        }
        let path = |kind| related.values().find(|it| it.kind == kind).map(|it| it.path.clone());
        let formats = formats(package, path("styles"))?;
        let strings = strings(package, path("sharedStrings"))?;
        Ok(Self { sheets, context: Context { strings, formats, from_1904, is_stale } })
    }

    /// The XML of a sheet.
    pub fn sheet(&self, index: usize, package: &mut Package<'_>) -> Result<Part, Refused> {
        let sheet = self.sheets.get(index).ok_or_else(Refused::damaged)?;
        package.part(&sheet.path)?.ok_or_else(Refused::damaged)
    }

    /// The tables of some sheets, from the first to the last.
    pub fn tables(
        &self,
        sheets: impl Iterator<Item = usize>,
        package: &mut Package<'_>,
    ) -> Result<Vec<NamedTable>, Refused> {
        let mut tables = Vec::new();
        for index in sheets {
            let Some(sheet) = self.sheets.get(index) else { continue };
            for related in relations(package, &sheet.path)?.into_values() {
                if related.kind == "table"
                    && let Some(part) = package.part(&related.path)?
                {
                    tables.extend(table(&part, index)?);
                }
            }
        }
        Ok(tables)
    }
}

/// The part that everything else is found from.
fn main_part(package: &mut Package<'_>) -> Result<String, Refused> {
    let related = relations(package, "")?;
    let main = related.into_values().find(|it| it.kind == "officeDocument");
    let path = main.map(|it| it.path).ok_or_else(Refused::damaged)?;
    let types = package.part("[Content_Types].xml")?.ok_or_else(Refused::damaged)?;
    let mut xml = types.xml();
    while let Some(piece) = xml.next()? {
        let Piece::Open(tag) = piece else { continue };
        // A `Default` is about files that may be there: SheetJS names the one of binary
        // workbooks with macros in every file.
        let [part, kind] = tag.attributes(["PartName", "ContentType"])?;
        let is_of = |part: &str| part.trim_start_matches('/').eq_ignore_ascii_case(&path);
        let is_main = part.is_some_and(|part| is_of(&part));
        let of_macros = if is_main { "macroEnabled" } else { "vbaProject" };
        if tag.is("Override") && kind.is_some_and(|kind| kind.contains(of_macros)) {
            return Err(macros());
        }
    }
    Ok(path)
}

/// Another part that a part refers to.
struct Related {
    /// The last word of its type: `worksheet`; all of it where it is none of the standard.
    kind: String,
    path: String,
}

/// What the types of relations begin with, in files of the usual and of the strict kind.
const RELATIONS: [&str; 2] = [
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/",
];

/// The parts that a part refers to, by their ids; what lies outside of the file is left out.
fn relations(package: &mut Package<'_>, of: &str) -> Result<BTreeMap<String, Related>, Refused> {
    let (folder, name) = of.rsplit_once('/').map_or(("", of), |(folder, name)| (folder, name));
    let path = joined(folder, &format!("_rels/{name}.rels"));
    let mut related = BTreeMap::new();
    let Some(part) = package.part(&path)? else { return Ok(related) };
    let mut xml = part.xml();
    while let Some(piece) = xml.next()? {
        let Piece::Open(tag) = piece else { continue };
        let is_outside = tag.attribute("TargetMode")?.is_some_and(|mode| mode == "External");
        if !tag.is("Relationship") || is_outside {
            continue;
        }
        let [Some(id), Some(kind), Some(target)] = tag.attributes(["Id", "Type", "Target"])? else {
            return Err(Refused::damaged());
        };
        if kind.ends_with("/vbaProject") {
            return Err(macros());
        }
        let known = RELATIONS.iter().find_map(|base| kind.strip_prefix(base));
        let kind = known.unwrap_or(&kind).to_owned();
        related.insert(id.into_owned(), Related { kind, path: joined(folder, &target) });
        if related.len() > MAX_PARTS {
            return Err(Refused::damaged());
        }
    }
    Ok(related)
}

/// `xl/worksheets` and `../tables/table1.xml` → `xl/tables/table1.xml`.
fn joined(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = match target.strip_prefix(['/', '\\']) {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|part| !part.is_empty()).collect(),
    };
    for part in target.split(['/', '\\']).filter(|part| !matches!(*part, "" | ".")) {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

/// The number format of each style of a cell.
fn formats(package: &mut Package<'_>, path: Option<String>) -> Result<Vec<Format>, Refused> {
    let Some(part) = path.map(|path| package.part(&path)).transpose()?.flatten() else {
        return Ok(Vec::new());
    };
    let mut own = BTreeMap::new();
    let mut formats = Vec::new();
    let (mut is_of_cells, mut is_of_numbers) = (false, false);
    let mut xml = part.xml();
    while let Some(piece) = xml.next()? {
        let Piece::Open(tag) = piece else { continue };
        let is_list = ["numFmts", "cellXfs", "cellStyleXfs", "dxfs"].iter().any(|it| tag.is(it));
        if is_list {
            is_of_cells = tag.is("cellXfs");
            is_of_numbers = tag.is("numFmts");
        } else if is_of_numbers && tag.is("numFmt") {
            if let [Some(id), Some(code)] = tag.attributes(["numFmtId", "formatCode"])? {
                own.insert(id.into_owned(), Format::of(&spelled_out(code.into_owned())));
            }
        } else if is_of_cells && tag.is("xf") {
            let id = tag.attribute("numFmtId")?.unwrap_or_default();
            formats.push(own.get(id.as_ref()).cloned().unwrap_or_else(|| Format::built_in(&id)));
        }
        if formats.len() > MAX_CELLS || own.len() > MAX_CELLS {
            return Err(Refused::damaged());
        }
    }
    Ok(formats)
}

fn strings(package: &mut Package<'_>, path: Option<String>) -> Result<Vec<String>, Refused> {
    let Some(part) = path.map(|path| package.part(&path)).transpose()?.flatten() else {
        return Ok(Vec::new());
    };
    let mut strings = Vec::new();
    let mut xml = part.xml();
    while let Some(piece) = xml.next()? {
        if let Piece::Open(tag) = piece
            && tag.is("si")
        {
            strings.push(xml.string()?);
        }
        if strings.len() > MAX_CELLS {
            return Err(Refused::too_many_cells());
        }
    }
    Ok(strings)
}

fn table(part: &Part, sheet: usize) -> Result<Option<NamedTable>, Refused> {
    let mut xml = part.xml();
    while let Some(piece) = xml.next()? {
        let Piece::Open(tag) = piece else { continue };
        if !tag.is("table") {
            continue;
        }
        let name = match tag.attribute("displayName")? {
            Some(name) => Some(name),
            None => tag.attribute("name")?,
        };
        let area = tag.attribute("ref")?.and_then(|written| Area::parse(&written));
        let (Some(name), Some(mut area)) = (name, area) else { return Err(Refused::damaged()) };
        let has_headings = tag.attribute("headerRowCount")?.is_none_or(|count| count != "0");
        let totals = tag.attribute("totalsRowCount")?.and_then(|count| count.parse::<u32>().ok());
        area.last.row = area.last.row.saturating_sub(totals.unwrap_or(0)).max(area.first.row);
        let name = spelled_out(name.into_owned());
        return Ok(Some(NamedTable { name, sheet, area, has_headings }));
    }
    Ok(None)
}

/// How XML writes yes.
pub fn is_true(value: &str) -> bool {
    matches!(value.trim(), "1" | "true" | "on")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_found_from_the_part_that_names_it() {
        assert_eq!(joined("xl/worksheets", "../tables/table1.xml"), "xl/tables/table1.xml");
        assert_eq!(joined("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(joined("xl", "../../../../etc/passwd"), "etc/passwd");
        assert_eq!(joined("", "./xl/workbook.xml"), "xl/workbook.xml");
    }
}
