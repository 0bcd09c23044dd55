//! A case as it lies on the disk, read once: what is checked, rendered and kept are the same bytes.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::case::{self, Mode, Unread};
use crate::model::{Case, Given, OfficeRules};
use crate::render::{self, Findings, Office, Prepared};

/// The bytes of a case file and of every data file that was asked for.
pub struct CaseFiles {
    pub path: PathBuf,
    pub case: Vec<u8>,
    data: RefCell<BTreeMap<String, Vec<u8>>>,
    /// Whether files that were not asked for yet may be read from the disk.
    from_disk: bool,
}

impl CaseFiles {
    /// Reads a case folder or a case file.
    ///
    /// # Errors
    /// The findings, when it cannot be opened.
    pub fn read(path: &Path) -> Result<Self, Findings> {
        match case::bytes(path) {
            Ok((path, case)) => Ok(Self { path, case, data: RefCell::default(), from_disk: true }),
            Err(read) => {
                let case::Read { diagnostics, sources, files, .. } = *read;
                Err(Findings { diagnostics, sources, files })
            }
        }
    }

    /// A case that is kept in a record, with its data files.
    pub fn kept(case: Vec<u8>, data: BTreeMap<String, Vec<u8>>) -> Self {
        let path = PathBuf::from(case::FILE_NAME);
        Self { path, case, data: RefCell::new(data), from_disk: false }
    }

    /// The case alone, as a final; number and date may still be open.
    ///
    /// # Errors
    /// The findings, when it cannot be used.
    pub fn case(&self, office: &Office) -> Result<Case, Findings> {
        let name = self.path.display().to_string();
        let data = |file: &str| self.data(file);
        let read = case::read_texts(&name, &self.case, &office.catalog, Mode::Final, data);
        let case::Read { diagnostics, sources, files, .. } = read;
        read.case.ok_or(Findings { diagnostics, sources, files })
    }

    /// Words, lays out and checks the case as a final.
    ///
    /// # Errors
    /// Those of [`render::prepare`].
    pub fn prepare(
        &self,
        office: &Office,
        rules: &OfficeRules,
        given: &Given,
    ) -> Result<Prepared, Findings> {
        let name = self.path.display().to_string();
        let data = |file: &str| self.data(file);
        let mut prepared = render::prepare_given(&name, &self.case, office, given, data)?;
        if rules.signature_fields {
            render::add_signature_fields(&mut prepared);
        }
        Ok(prepared)
    }

    fn data(&self, file: &str) -> Result<Vec<u8>, Unread> {
        if let Some(bytes) = self.data.borrow().get(file) {
            return Ok(bytes.clone());
        }
        if !self.from_disk {
            return Err(Unread::Failed("hồ sơ lưu không có tệp này".to_owned()));
        }
        let bytes = case::data(&self.path, file)?;
        self.data.borrow_mut().insert(file.to_owned(), bytes.clone());
        Ok(bytes)
    }

    /// The data files that were read so far, by name.
    pub fn data_files(&self) -> BTreeMap<String, Vec<u8>> {
        self.data.borrow().clone()
    }
}
