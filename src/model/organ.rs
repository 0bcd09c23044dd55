//! Cơ quan ban hành.

/// The agency that issues the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Organ {
    /// Cơ quan chủ quản, in capitals; a line break where the office breaks the line.
    pub superior: Option<String>,
    /// Cơ quan ban hành, full official name in capitals; a line break where the office breaks the line.
    pub name: String,
    /// The name inside a sentence: `UBND tỉnh Kiên Giang`.
    pub short_name: String,
    /// Its abbreviation in a notation, set by the head of the agency: `UBND`.
    pub code: String,
    /// Địa danh: `Kiên Giang`.
    pub place: String,
    /// Lines of ô số 13: address, e-mail, telephone, web site.
    pub contact: Vec<String>,
}
