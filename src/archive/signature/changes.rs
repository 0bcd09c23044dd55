//! What the updates of a signed file change: signatures and what belongs to them, or more.
//!
//! Everything is refused that is not known to be harmless. An object that was there before
//! may change only in the way of its role:
//!
//! | object | what may change |
//! |---|---|
//! | catalog | `/AcroForm`, `/DSS`, `/Extensions`, `/Version`, `/Perms` with `/DocMDP`, `/Metadata` |
//! | page | `/Annots` gains widgets of signature fields; `/Tabs` where there was none |
//! | form (`/AcroForm`) | gains signature fields; `/SigFlags`, `/DR`, `/DA` |
//! | an empty signature field | gains its signature, and its look in the same update |
//! | document security store | anything that a store may hold |
//! | information, metadata | who wrote and when; the title stays |
//!
//! New objects may be anything but actions, scripts and files: what is new is seen only
//! through an object that was there.

use std::collections::{BTreeMap, BTreeSet};

use super::pdf::{Dict, File, Object, Value};
use super::refusal::{Refusal, Result};

/// Fields within fields, pages within page tree nodes.
const MAX_DEPTH: usize = 32;
/// Nodes of the page tree, and fields.
const MAX_NODES: usize = 100_000;
/// Objects that one update may bring.
const MAX_CHANGES: usize = 20_000;
/// Bytes of XMP metadata.
const MAX_METADATA: usize = 1 << 20;
/// Part of a page that all signature fields which are added to it may cover together.
const MAX_COVER: f64 = 0.25;

/// What an object is to the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Catalog,
    Info,
    Metadata,
    /// From 1.
    Page(usize),
    Annotations(usize),
    Form,
    Fields,
    /// Of a signature.
    Field,
    Store,
    Extensions,
}

/// A signature field as a revision leaves it.
#[derive(Clone, Debug)]
pub struct Field {
    pub name: String,
    /// Number of its signature dictionary.
    pub value: Option<u32>,
    number: u32,
    widgets: Vec<u32>,
}

/// Judges every update.
///
/// # Errors
/// The first change that a signature may not bring.
pub fn judge(file: &File<'_>) -> Result<()> {
    for revision in 1..file.sections().len() {
        Update::new(file, revision)?.judge()?;
    }
    Ok(())
}

/// Whether an update brings validation data and nothing else, so that no signature need
/// cover it (PAdES B-LT).
pub fn only_validates(file: &File<'_>, revision: usize) -> Result<bool> {
    let (before, after) = (catalog(file, revision - 1)?, catalog(file, revision)?);
    let rest = |catalog: &Dict| {
        let mut catalog = catalog.clone();
        for key in ["DSS", "Extensions", "Version"] {
            catalog.remove(key.as_bytes());
        }
        catalog
    };
    if rest(&before) != rest(&after) {
        return Ok(false);
    }
    let update = Update::new(file, revision)?;
    let mut validates = before.get(&b"DSS"[..]) != after.get(&b"DSS"[..]);
    for number in update.numbers() {
        let role = update.roles.get(&number).copied();
        let is_harmless = matches!(
            role,
            Some(Role::Catalog | Role::Store | Role::Extensions | Role::Info | Role::Metadata)
        );
        if file.object(revision - 1, number)?.is_some() && !is_harmless {
            return Ok(false);
        }
        validates |= role == Some(Role::Store);
    }
    Ok(validates)
}

/// All signature fields of a revision.
///
/// # Errors
/// A form that is not as it must be, or that has other fields too.
pub fn fields(file: &File<'_>, revision: usize) -> Result<Vec<Field>> {
    let form = form(file, revision, &catalog(file, revision)?)?;
    let list = file.resolve(revision, form.get(&b"Fields"[..]))?;
    let mut found = Vec::new();
    for field in list.array().unwrap_or_default() {
        found.push(field_of(file, revision, field)?);
    }
    let names: BTreeSet<&str> = found.iter().map(|field| field.name.as_str()).collect();
    if names.len() != found.len() {
        return Err(changed(revision, "hai ô ký trùng tên"));
    }
    Ok(found)
}

fn field_of(file: &File<'_>, revision: usize, value: &Value) -> Result<Field> {
    let odd = |what: &str| changed(revision, what);
    let number =
        value.reference().ok_or_else(|| odd("biểu mẫu có ô viết thẳng, không phải đối tượng"))?;
    let field = file.resolve(revision, Some(value))?;
    if !field.is("FT", "Sig") {
        return Err(odd(&format!("biểu mẫu có ô không phải ô ký (đối tượng {number})")));
    }
    let name = field.get("T").and_then(Value::text).map(super::pdf::text_string);
    let name = name.ok_or_else(|| odd("ô ký không có tên"))?;
    let kids = file.resolve(revision, field.get("Kids"))?;
    let widgets = match kids.array() {
        None => vec![number],
        Some(kids) => {
            let kids = kids.iter().map(Value::reference).collect::<Option<Vec<_>>>();
            kids.ok_or_else(|| odd("ô ký có phần con viết thẳng"))?
        }
    };
    let value = match field.get("V") {
        None | Some(Value::Null) => None,
        Some(Value::Ref(number)) => Some(*number),
        Some(_) => return Err(odd("chữ ký viết thẳng trong ô ký, không phải đối tượng")),
    };
    Ok(Field { name: super::one_line(&name), value, number, widgets })
}

fn catalog(file: &File<'_>, revision: usize) -> Result<Dict> {
    let root = file.sections().get(revision).and_then(|section| section.trailer.get(&b"Root"[..]));
    match file.resolve(revision, root)? {
        Value::Dict(dict) => Ok(dict),
        _ => Err(changed(revision, "mục gốc của tệp (Catalog)")),
    }
}

fn form(file: &File<'_>, revision: usize, catalog: &Dict) -> Result<Dict> {
    match file.resolve(revision, catalog.get(&b"AcroForm"[..]))? {
        Value::Null => Ok(Dict::new()),
        Value::Dict(dict) => Ok(dict),
        _ => Err(changed(revision, "biểu mẫu (AcroForm)")),
    }
}

fn changed(revision: usize, what: impl Into<String>) -> Refusal {
    Refusal::Changed { revision, what: what.into() }
}

/// One update, with what its objects were before.
struct Update<'a> {
    file: &'a File<'a>,
    /// From 1; the archived document is revision 0.
    revision: usize,
    roles: BTreeMap<u32, Role>,
    pages: Vec<u32>,
    /// Signature fields before, and after.
    before: Vec<Field>,
    after: Vec<Field>,
}

impl<'a> Update<'a> {
    fn new(file: &'a File<'a>, revision: usize) -> Result<Self> {
        let before = fields(file, revision - 1)?;
        let after = fields(file, revision)?;
        let pages = pages(file, revision - 1)?;
        let mut update = Self { file, revision, roles: BTreeMap::new(), pages, before, after };
        update.find_roles()?;
        Ok(update)
    }

    fn fail<T>(&self, what: impl Into<String>) -> Result<T> {
        Err(changed(self.revision, what))
    }

    fn was(&self, value: Option<&Value>) -> Result<Value> {
        Ok(self.file.resolve(self.revision - 1, value)?)
    }

    fn is(&self, value: Option<&Value>) -> Result<Value> {
        Ok(self.file.resolve(self.revision, value)?)
    }

    fn role(&mut self, value: Option<&Value>, role: Role) {
        if let Some(number) = value.and_then(Value::reference) {
            self.roles.entry(number).or_insert(role);
        }
    }

    /// The roles of what was there before the update. The first that an object has counts:
    /// the store and the extensions come last, since an update may put anything into them.
    fn find_roles(&mut self) -> Result<()> {
        let section = self.file.sections().get(self.revision - 1);
        let trailer = section.map(|section| section.trailer.clone()).unwrap_or_default();
        self.role(trailer.get(&b"Root"[..]), Role::Catalog);
        self.role(trailer.get(&b"Info"[..]), Role::Info);
        let catalog = catalog(self.file, self.revision - 1)?;
        for (index, number) in self.pages.clone().into_iter().enumerate() {
            self.roles.entry(number).or_insert(Role::Page(index + 1));
            let page = self.was(Some(&Value::Ref(number)))?;
            self.role(page.get("Annots"), Role::Annotations(index + 1));
        }
        self.role(catalog.get(&b"AcroForm"[..]), Role::Form);
        let form = form(self.file, self.revision - 1, &catalog)?;
        self.role(form.get(&b"Fields"[..]), Role::Fields);
        let numbers: Vec<u32> = self.before.iter().flat_map(Field::numbers).collect();
        for number in numbers {
            self.roles.entry(number).or_insert(Role::Field);
        }
        self.role(catalog.get(&b"Metadata"[..]), Role::Metadata);
        self.find_store(catalog.get(&b"DSS"[..]))?;
        self.role(catalog.get(&b"Extensions"[..]), Role::Extensions);
        // What the archived document holds is none of a signer's.
        let base = self.file.sections().first();
        self.roles.retain(|number, role| {
            !matches!(role, Role::Store | Role::Extensions)
                || base.is_some_and(|base| base.entry(*number).is_none())
        });
        Ok(())
    }

    /// ETSI EN 319 142-1, 5.4.2.
    fn find_store(&mut self, store: Option<&Value>) -> Result<()> {
        self.role(store, Role::Store);
        let store = self.was(store)?;
        for key in ["Certs", "OCSPs", "CRLs", "VRI"] {
            self.role(store.get(key), Role::Store);
        }
        let records = self.was(store.get("VRI"))?;
        for record in records.dict().into_iter().flat_map(BTreeMap::values) {
            self.role(Some(record), Role::Store);
            let record = self.was(Some(record))?;
            for key in ["Cert", "OCSP", "CRL"] {
                self.role(record.get(key), Role::Store);
            }
        }
        Ok(())
    }

    /// All objects that the update lists.
    fn numbers(&self) -> Vec<u32> {
        let section = self.file.sections().get(self.revision);
        let entries = section.map(|section| section.entries.as_slice()).unwrap_or_default();
        entries.iter().map(|(number, _)| *number).collect()
    }

    fn judge(&self) -> Result<()> {
        let numbers = self.numbers();
        if numbers.len() > MAX_CHANGES {
            return self.fail("quá nhiều đối tượng");
        }
        self.judge_trailer()?;
        for number in numbers {
            let old = self.file.object(self.revision - 1, number)?;
            let new = self.file.object(self.revision, number)?;
            match (old, new) {
                (None, None) => (),
                (Some(_), None) => return self.fail(format!("xóa {}", self.describe(number)?)),
                (None, Some(new)) => self.judge_new(number, &new.value)?,
                (Some(old), Some(new)) => self.judge_changed(number, &old, &new)?,
            }
        }
        self.judge_pages()
    }

    fn judge_trailer(&self) -> Result<()> {
        let sections = self.file.sections();
        let pair = sections.get(self.revision - 1).zip(sections.get(self.revision));
        let Some((before, after)) = pair else { return Ok(()) };
        if before.reference("Root").is_none() || before.reference("Root") != after.reference("Root")
        {
            return self.fail("mục gốc của tệp (Catalog) đổi sang đối tượng khác");
        }
        if before.reference("Info") != after.reference("Info") {
            return self.fail("thông tin tệp (Info) đổi sang đối tượng khác");
        }
        Ok(())
    }

    /// A new object is no action, no script and no file.
    fn judge_new(&self, number: u32, value: &Value) -> Result<()> {
        match danger(value, 0) {
            Some(what) => self.fail(format!("{what} (đối tượng {number})")),
            None => Ok(()),
        }
    }

    fn judge_changed(&self, number: u32, old: &Object, new: &Object) -> Result<()> {
        if old.value == new.value && self.file.raw(old) == self.file.raw(new) {
            return Ok(());
        }
        self.judge_new(number, &new.value)?;
        let Some(role) = self.roles.get(&number).copied() else {
            return self.fail(self.describe(number)?);
        };
        if role == Role::Metadata {
            return self.judge_metadata(old, new);
        }
        if old.data.is_some() || new.data.is_some() {
            return self.fail(self.describe(number)?);
        }
        match (role, &old.value, &new.value) {
            (Role::Catalog, Value::Dict(old), Value::Dict(new)) => self.judge_catalog(old, new),
            (Role::Info, Value::Dict(old), Value::Dict(new)) => self.judge_info(old, new),
            (Role::Page(page), Value::Dict(old), Value::Dict(new)) => {
                self.judge_page(page, old, new)
            }
            (Role::Annotations(page), old, new) => {
                self.judge_annotations(page, Some(old), Some(new))
            }
            (Role::Form, Value::Dict(old), Value::Dict(new)) => self.judge_form(old, new),
            (Role::Fields, old, new) => self.judge_fields(Some(old), Some(new)),
            (Role::Field, Value::Dict(old), Value::Dict(new)) => self.judge_field(number, old, new),
            (Role::Store, _, new) => self.judge_store(new),
            (Role::Extensions, _, Value::Dict(_)) => Ok(()),
            _ => self.fail(self.describe(number)?),
        }
    }

    fn judge_catalog(&self, old: &Dict, new: &Dict) -> Result<()> {
        for key in differing(old, new) {
            let (old, new) = (old.get(key), new.get(key));
            match key {
                b"AcroForm" => {
                    let (old, new) = (self.was(old)?, self.is(new)?);
                    let none = Dict::new();
                    match (&old, &new) {
                        (Value::Null, Value::Dict(new)) => self.judge_form(&none, new)?,
                        (Value::Dict(old), Value::Dict(new)) => self.judge_form(old, new)?,
                        _ => return self.fail("biểu mẫu (AcroForm)"),
                    }
                }
                b"DSS" => self.judge_store(&self.is(new)?)?,
                b"Extensions" if new.is_some() => (),
                b"Version" if new.is_some_and(|new| new.name().is_some()) => (),
                b"Perms" => self.judge_permissions(&self.is(new)?)?,
                _ => return self.fail(format!("mục gốc của tệp, khóa /{}", shown(key))),
            }
        }
        Ok(())
    }

    /// A first signature may say what may follow it (12.8.4); rights of a vendor's are none of it.
    fn judge_permissions(&self, new: &Value) -> Result<()> {
        let keys = new.dict().map(|dict| dict.keys().map(Vec::as_slice).collect::<Vec<_>>());
        if keys.as_deref() == Some(&[b"DocMDP"]) {
            return Ok(());
        }
        self.fail("mục gốc của tệp, khóa /Perms")
    }

    fn judge_info(&self, old: &Dict, new: &Dict) -> Result<()> {
        let other = differing(old, new).find(|key| !matches!(*key, b"ModDate" | b"Producer"));
        match other {
            Some(key) => self.fail(format!("thông tin tệp, khóa /{}", shown(key))),
            None => Ok(()),
        }
    }

    /// Who writes a file may say so; its title is what the reader's window shows.
    fn judge_metadata(&self, old: &Object, new: &Object) -> Result<()> {
        let title = |object: &Object| {
            let is_xmp = object.value.is("Type", "Metadata");
            let text = self.file.content(object, MAX_METADATA).filter(|_| is_xmp)?;
            title_of(std::str::from_utf8(&text).ok()?)
        };
        match (title(old), title(new)) {
            (Some(old), Some(new)) if old == new => Ok(()),
            _ => self.fail("siêu dữ liệu (XMP): tên văn bản"),
        }
    }

    fn judge_page(&self, page: usize, old: &Dict, new: &Dict) -> Result<()> {
        for key in differing(old, new) {
            match key {
                b"Annots" => {
                    let (old, new) = (self.was(old.get(key))?, self.is(new.get(key))?);
                    self.judge_annotations(page, Some(&old), Some(&new))?;
                }
                b"Tabs" if !old.contains_key(key) => (),
                b"Contents" => return self.fail(format!("nội dung trang {page}")),
                b"Resources" => {
                    return self.fail(format!("phông chữ, hình (Resources) của trang {page}"));
                }
                _ => return self.fail(format!("trang {page}, khóa /{}", shown(key))),
            }
        }
        Ok(())
    }

    /// The annotations of before stand as they stood; widgets of signature fields may follow.
    fn judge_annotations(
        &self,
        page: usize,
        old: Option<&Value>,
        new: Option<&Value>,
    ) -> Result<()> {
        let Some(added) = added(old, new) else {
            return self.fail(format!("bỏ hoặc đổi chú thích có sẵn ở trang {page}"));
        };
        for annotation in added {
            let number = annotation.reference();
            let is_widget = number.is_some_and(|number| {
                self.after.iter().any(|field| field.widgets.contains(&number))
            });
            if !is_widget {
                return self.fail(format!("thêm chú thích không phải ô ký vào trang {page}"));
            }
        }
        Ok(())
    }

    fn judge_form(&self, old: &Dict, new: &Dict) -> Result<()> {
        for key in differing(old, new) {
            match key {
                b"Fields" => {
                    let (old, new) = (self.was(old.get(key))?, self.is(new.get(key))?);
                    self.judge_fields(Some(&old), Some(&new))?;
                }
                b"SigFlags" | b"DR" | b"DA" => (),
                b"NeedAppearances" if new.get(key) == Some(&Value::Bool(false)) => (),
                _ => return self.fail(format!("biểu mẫu (AcroForm), khóa /{}", shown(key))),
            }
        }
        Ok(())
    }

    fn judge_fields(&self, old: Option<&Value>, new: Option<&Value>) -> Result<()> {
        let Some(added) = added(old, new) else {
            return self.fail("bỏ hoặc đổi ô ký có sẵn trong biểu mẫu");
        };
        for field in added {
            let number = field.reference();
            let field = self.after.iter().find(|field| Some(field.number) == number);
            let Some(field) = field else {
                return self.fail("thêm ô không phải ô ký vào biểu mẫu");
            };
            self.judge_new_field(field)?;
        }
        Ok(())
    }

    /// A field that is made for its signature.
    fn judge_new_field(&self, field: &Field) -> Result<()> {
        for number in field.numbers() {
            if self.file.object(self.revision - 1, number)?.is_some() {
                return self.fail(format!("ô ký “{}” dùng lại một đối tượng có sẵn", field.name));
            }
            let value = self.is(Some(&Value::Ref(number)))?;
            let is_part =
                number == field.number || value.get("Parent") == Some(&Value::Ref(field.number));
            let is_widget = !field.widgets.contains(&number) || value.is("Subtype", "Widget");
            if !is_part || !is_widget {
                return self.fail(format!("ô ký “{}” viết sai", field.name));
            }
            let keys = value.dict().into_iter().flat_map(BTreeMap::keys);
            if let Some(key) = keys.map(Vec::as_slice).find(|key| !FIELD_KEYS.contains(key)) {
                return self.fail(format!("ô ký “{}” có khóa /{}", field.name, shown(key)));
            }
        }
        Ok(())
    }

    /// An empty field gains its signature; one that is signed stays as it is.
    fn judge_field(&self, number: u32, old: &Dict, new: &Dict) -> Result<()> {
        let find =
            |fields: &[Field]| fields.iter().find(|f| f.numbers().any(|n| n == number)).cloned();
        let (Some(before), Some(after)) = (find(&self.before), find(&self.after)) else {
            return self.fail("bỏ một ô ký có sẵn");
        };
        let is_signed_now = before.value.is_none() && after.value.is_some();
        for key in differing(old, new) {
            let may = match key {
                b"V" | b"AP" | b"AS" | b"MK" | b"M" | b"F" | b"DA" | b"DR" | b"Lock" => {
                    is_signed_now
                }
                _ => false,
            };
            if !may {
                let name = before.name;
                return self.fail(format!("ô ký “{name}” có sẵn, khóa /{}", shown(key)));
            }
        }
        Ok(())
    }

    fn judge_store(&self, new: &Value) -> Result<()> {
        const KEYS: [&[u8]; 9] =
            [b"Type", b"Certs", b"OCSPs", b"CRLs", b"VRI", b"Cert", b"OCSP", b"CRL", b"TU"];
        let is_stamp = |key: &[u8]| key == b"TS";
        // The records of a store are named after the digest of their signature.
        let is_digest = |key: &[u8]| key.len() == 40 && key.iter().all(u8::is_ascii_hexdigit);
        let is_key = |key: &Vec<u8>| KEYS.contains(&&key[..]) || is_stamp(key) || is_digest(key);
        let is_store = match new {
            Value::Dict(dict) => dict.keys().all(is_key),
            Value::Array(values) => values.iter().all(|value| value.reference().is_some()),
            _ => false,
        };
        if is_store {
            Ok(())
        } else {
            self.fail("kho dữ liệu xác thực (DSS) chứa thứ lạ")
        }
    }

    /// New fields cover no page: a picture of a signature may not hide the text.
    fn judge_pages(&self) -> Result<()> {
        let base: BTreeSet<u32> =
            fields(self.file, 0)?.iter().flat_map(|field| field.widgets.clone()).collect();
        for (index, &number) in self.pages.iter().enumerate() {
            if !self.numbers().contains(&number) && !self.lists_annotations(index + 1) {
                continue;
            }
            let page = self.is(Some(&Value::Ref(number)))?;
            let annotations = self.is(page.get("Annots"))?;
            let mut covered = 0.0;
            for widget in annotations.array().unwrap_or_default() {
                if widget.reference().is_some_and(|widget| !base.contains(&widget)) {
                    covered += area(&self.is(self.is(Some(widget))?.get("Rect"))?);
                }
            }
            let whole = area(&self.is(page.get("MediaBox"))?);
            if covered > whole * MAX_COVER {
                return self.fail(format!("ô ký thêm vào che quá một phần tư trang {}", index + 1));
            }
        }
        Ok(())
    }

    /// Whether the update lists the annotations of a page that are an object of their own.
    fn lists_annotations(&self, page: usize) -> bool {
        let mut roles = self.numbers().into_iter().filter_map(|number| self.roles.get(&number));
        roles.any(|role| *role == Role::Annotations(page))
    }

    /// What an object is, for the clerk.
    fn describe(&self, number: u32) -> Result<String> {
        let object = self.file.object(self.revision - 1, number)?;
        let value = object.map_or(Value::Null, |object| object.value);
        let what = match self.roles.get(&number) {
            Some(Role::Catalog) => "mục gốc của tệp".to_owned(),
            Some(Role::Info) => "thông tin tệp".to_owned(),
            Some(Role::Metadata) => "siêu dữ liệu".to_owned(),
            Some(Role::Page(page)) => format!("trang {page}"),
            Some(Role::Annotations(page)) => format!("chú thích của trang {page}"),
            Some(Role::Form | Role::Fields) => "biểu mẫu".to_owned(),
            Some(Role::Field) => "ô ký có sẵn".to_owned(),
            Some(Role::Store | Role::Extensions) => "dữ liệu xác thực".to_owned(),
            None => match self.page_that_uses(number)? {
                Some(what) => what,
                None => kind(&value).to_owned(),
            },
        };
        Ok(format!("{what} (đối tượng {number})"))
    }

    /// The page whose content or resource an object is.
    fn page_that_uses(&self, number: u32) -> Result<Option<String>> {
        for (index, &page) in self.pages.iter().enumerate() {
            let page = self.was(Some(&Value::Ref(page)))?;
            let contents = page.get("Contents");
            let is_it = |value: &Value| value.reference() == Some(number);
            let list = self.was(contents)?;
            if contents.is_some_and(is_it)
                || list.array().is_some_and(|list| list.iter().any(is_it))
            {
                return Ok(Some(format!("nội dung trang {}", index + 1)));
            }
            let resources = self.was(page.get("Resources"))?;
            let kinds = resources.dict().into_iter().flat_map(BTreeMap::values);
            let mut used = page.get("Resources").is_some_and(is_it);
            for kind in kinds {
                let of_kind = self.was(Some(kind))?;
                used |= is_it(kind) || of_kind.dict().is_some_and(|d| d.values().any(is_it));
            }
            if used {
                return Ok(Some(format!("phông chữ, hình của trang {}", index + 1)));
            }
        }
        Ok(None)
    }
}

impl Field {
    fn numbers(&self) -> impl Iterator<Item = u32> + '_ {
        let kids = self.widgets.iter().copied().filter(|widget| *widget != self.number);
        std::iter::once(self.number).chain(kids)
    }
}

/// What a new signature field and its widget may say (12.5.2, 12.5.6.19, 12.7.3, 12.7.4.5).
const FIELD_KEYS: [&[u8]; 28] = [
    b"Type",
    b"Subtype",
    b"FT",
    b"T",
    b"TU",
    b"TM",
    b"V",
    b"F",
    b"Ff",
    b"Rect",
    b"P",
    b"Parent",
    b"Kids",
    b"AP",
    b"AS",
    b"MK",
    b"BS",
    b"Border",
    b"DA",
    b"DR",
    b"Lock",
    b"SV",
    b"M",
    b"NM",
    b"H",
    b"Q",
    b"C",
    b"Contents",
];

/// The pages in their order.
fn pages(file: &File<'_>, revision: usize) -> Result<Vec<u32>> {
    let catalog = catalog(file, revision)?;
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let root = catalog.get(&b"Pages"[..]).and_then(Value::reference);
    let mut waiting: Vec<(u32, usize)> = root.map(|root| (root, 0)).into_iter().collect();
    while let Some((number, depth)) = waiting.pop() {
        if !seen.insert(number) || depth > MAX_DEPTH || seen.len() > MAX_NODES {
            return Err(changed(revision, "cây trang"));
        }
        let node = file.resolve(revision, Some(&Value::Ref(number)))?;
        let kids = file.resolve(revision, node.get("Kids"))?;
        match kids.array() {
            None => found.push(number),
            Some(kids) => {
                let kids = kids.iter().rev().filter_map(Value::reference);
                waiting.extend(kids.map(|kid| (kid, depth + 1)));
            }
        }
    }
    Ok(found)
}

/// The keys whose values differ.
fn differing<'a>(old: &'a Dict, new: &'a Dict) -> impl Iterator<Item = &'a [u8]> {
    let keys: BTreeSet<&[u8]> = old.keys().chain(new.keys()).map(Vec::as_slice).collect();
    keys.into_iter().filter(|key| old.get(*key) != new.get(*key))
}

/// What the new array holds after all of the old one; `None` if it does not begin with it.
fn added<'a>(old: Option<&Value>, new: Option<&'a Value>) -> Option<&'a [Value]> {
    let old = match old {
        None | Some(Value::Null) => &[],
        Some(old) => old.array()?,
    };
    new?.array()?.strip_prefix(old)
}

/// What in a new object could act, run or bring a file along.
fn danger(value: &Value, depth: usize) -> Option<&'static str> {
    // The reader lets nothing nest deeper.
    if depth > 64 {
        return Some("đối tượng lồng quá sâu");
    }
    match value {
        Value::Array(values) => values.iter().find_map(|value| danger(value, depth + 1)),
        Value::Dict(dict) => {
            let key = dict.keys().find_map(|key| match &key[..] {
                b"JS" | b"JavaScript" => Some("mã lệnh JavaScript"),
                b"OpenAction" | b"AA" | b"A" => Some("hành động tự chạy"),
                b"EF" | b"EmbeddedFile" | b"EmbeddedFiles" | b"AF" => Some("tệp nhúng"),
                b"XFA" => Some("biểu mẫu động (XFA)"),
                b"RichMediaContent" | b"RichMediaSettings" => Some("âm thanh, phim"),
                _ => None,
            });
            let of_kind = |key: &str| match dict.get(key.as_bytes()).and_then(Value::name) {
                Some(b"JavaScript") => Some("mã lệnh JavaScript"),
                Some(b"Launch" | b"SubmitForm" | b"ImportData" | b"URI" | b"GoToR" | b"GoToE") => {
                    Some("hành động tự chạy")
                }
                Some(b"EmbeddedFile" | b"Filespec") => Some("tệp nhúng"),
                _ => None,
            };
            let found = key.or_else(|| of_kind("S")).or_else(|| of_kind("Type"));
            found.or_else(|| dict.values().find_map(|value| danger(value, depth + 1)))
        }
        _ => None,
    }
}

/// What an object is by what it says of itself.
fn kind(value: &Value) -> &'static str {
    match value.get("Type").and_then(Value::name) {
        Some(b"Pages") => "cây trang",
        Some(b"StructTreeRoot" | b"StructElem") => "cây cấu trúc (chữ cho người khiếm thị)",
        Some(b"Font" | b"FontDescriptor") => "phông chữ",
        Some(b"Outlines") => "dấu trang",
        Some(b"XObject") => "hình",
        Some(b"ObjStm") => "luồng đối tượng",
        Some(b"Sig" | b"DocTimeStamp") => "chữ ký có trước",
        _ => "một đối tượng có sẵn",
    }
}

/// The text of `dc:title`, without tags and space around it.
fn title_of(xmp: &str) -> Option<String> {
    let (_, rest) = xmp.split_once("<dc:title")?;
    let (title, rest) = rest.split_once("</dc:title>")?;
    if rest.contains("<dc:title") {
        return None;
    }
    let mut text = String::new();
    let mut is_tag = true;
    for c in title.chars() {
        match c {
            '<' => is_tag = true,
            '>' => is_tag = false,
            c if !is_tag => text.push(c),
            _ => (),
        }
    }
    Some(crate::vi::text::one_line(&text))
}

/// Of a rectangle, in square points.
fn area(rectangle: &Value) -> f64 {
    let sides: Vec<f64> =
        rectangle.array().unwrap_or_default().iter().filter_map(Value::number).collect();
    match sides[..] {
        [left, bottom, right, top] => ((right - left) * (top - bottom)).abs(),
        _ => 0.0,
    }
}

fn shown(key: &[u8]) -> String {
    String::from_utf8_lossy(key).chars().filter(|c| !c.is_control()).take(40).collect()
}
