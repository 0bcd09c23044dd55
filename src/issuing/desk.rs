//! The desk of the văn thư: an office with its rules, wordings and archive.

use std::path::Path;

use crate::archive::ocfl::Store;
use crate::archive::place::Place;
use crate::archive::register::Register;
use crate::archive::{Failure, Result, disk};
use crate::case;
use crate::diag::{At, Diagnostic, Sources, system};
use crate::model::OfficeRules;
use crate::render::{Findings, Office};

/// What is needed to issue a case of an office.
pub struct Desk {
    pub place: Place,
    pub office: Office,
    pub rules: OfficeRules,
    /// `van_phong.yaml` as it was read.
    pub settings: String,
}

impl Desk {
    /// Opens an office: its own wordings over those of the program, its rules.
    ///
    /// # Errors
    /// The findings, when wordings or rules cannot be used.
    pub fn open(place: Place) -> std::result::Result<Self, Findings> {
        let own = place.templates();
        let office = Office::open(own.is_dir().then_some(own.as_path()))?;
        let path = place.settings();
        let settings = std::fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
        let types = office.catalog.templates().document_types();
        let rules = rules(&path.display().to_string(), &settings, Some(&types))?;
        Ok(Self { place, office, rules, settings })
    }
}

/// The rules of an office as a text says them; `types`: every document type it knows.
pub fn rules(
    name: &str,
    text: &str,
    types: Option<&[&str]>,
) -> std::result::Result<OfficeRules, Findings> {
    let mut sources = Sources::default();
    case::office_rules(name, text, types, &mut sources).map_err(|diagnostics| Findings {
        diagnostics,
        sources,
        ..Findings::default()
    })
}

fn unreadable(path: &Path, error: &std::io::Error) -> Findings {
    let found = Diagnostic::error(
        "tep-khong-doc-duoc",
        At::File(path.display().to_string()),
        format!("không đọc được quy tắc của văn phòng: {}", system::reason(error)),
    )
    .hint("kiểm tra tệp này; văn phòng mới thì gõ `vanthu init THƯ_MỤC`");
    Findings { diagnostics: vec![found], ..Findings::default() }
}

/// Makes the folder of a new office, with an empty archive. Nothing that is there is changed.
///
/// # Errors
/// A folder that is an office already, that holds other things where the office's are to be,
/// that lies in a source checkout or on a network drive; what the disk says.
pub fn create(place: &Place) -> Result<()> {
    place.fit_for_archive()?;
    if place.settings().exists() || place.archive().exists() {
        return Err(Failure::refused(
            format!("{} đã là thư mục của một văn phòng", place.root().display()),
            "dùng ngay thư mục đó, hoặc chọn thư mục khác",
        ));
    }
    for folder in [place.templates(), place.cases(), place.staging()] {
        std::fs::create_dir_all(&folder).map_err(Failure::disk(&folder))?;
    }
    Store::create(place)?;
    Register::create(place)?;
    // Last: a folder without it is no office, and making it can be begun again.
    let path = place.settings();
    std::fs::write(&path, case::OFFICE_TEMPLATE).map_err(Failure::disk(&path))?;
    disk::sync_folder(place.root())
}
