//! What kind of value each name of a wording stands for, before there is a case.

use crate::model::{Field, FieldKind, WordingSchema};

use super::context::NAMES;
use super::lint::Serves;

/// The kind of a value.
#[derive(Clone, Debug)]
pub enum Kind<'a> {
    /// Not known; nothing is held against it.
    Any,
    /// Text that may be read as a number or a date: a literal, a cell, what a filter made.
    Words,
    Text,
    Amount,
    Date,
    /// A number of Tera's.
    Count,
    Flag,
    Passages,
    Cited,
    List(Box<Self>),
    /// `noi_dung`.
    Facts,
    /// A record of declared fields, and the way to it in the declaration.
    Fields(&'a [Field], Vec<usize>),
    /// A record of fixed keys.
    Fixed(&'static [&'static str]),
    Appendix,
    /// Every table of the body, by its key.
    Tables,
    BodyTable,
    Groups,
    Group,
    /// A line of sums.
    Sums,
    Row,
    Loop,
}

/// What a key of a record leads to.
pub enum Child<'a> {
    /// Its kind; whether it may be absent; its place in the declaration.
    Known { kind: Kind<'a>, lacking: bool, place: Option<Vec<usize>> },
    /// There is no such key; the keys that there are.
    Unknown(Vec<&'a str>),
    /// The value has no keys at all.
    NoRecord,
}

/// What a wording knows beside its text.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// Nothing of a file that no wording uses.
    pub schema: Option<&'a WordingSchema>,
    /// Facts of a case that are not declared.
    pub others: &'a [&'a str],
    pub serves: Serves,
}

impl<'a> Kind<'a> {
    /// What a declared field gives.
    pub fn of(field: &'a Field, place: Vec<usize>) -> Self {
        match &field.kind {
            FieldKind::Text => Self::Text,
            FieldKind::Amount => Self::Amount,
            FieldKind::Date => Self::Date,
            FieldKind::Passages => Self::Passages,
            FieldKind::Cited => Self::Cited,
            FieldKind::List(of) if of.is_empty() => Self::List(Box::new(Self::Text)),
            FieldKind::List(of) => Self::List(Box::new(Self::Fields(of, place))),
        }
    }

    /// What a name of the context stands for.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, keys) = NAMES.iter().find(|(known, _)| *known == name)?;
        Some(match name {
            "so_ky_hieu" | "trich_yeu" => Self::Text,
            "ngay" => Self::Date,
            "kinh_gui" | "noi_nhan" => Self::List(Box::new(Self::Text)),
            "noi_dung" => Self::Facts,
            "phu_luc" => Self::List(Box::new(Self::Appendix)),
            "bang" => Self::Tables,
            _ if keys.is_empty() => Self::Any,
            _ => Self::Fixed(keys),
        })
    }

    /// What one turn of a loop gets; nothing when there is nothing to walk through.
    pub fn item(&self) -> Option<Self> {
        match self {
            Self::List(of) => Some((**of).clone()),
            Self::Text | Self::Words | Self::Amount | Self::Date | Self::Count => None,
            Self::Flag | Self::Passages => None,
            _ => Some(Self::Any),
        }
    }

    /// What it is called in a message.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Any => "giá trị",
            Self::Words | Self::Text => "chữ",
            Self::Amount => "số",
            Self::Date => "ngày",
            Self::Count => "số đếm",
            Self::Flag => "đúng hoặc sai",
            Self::Passages => "các đoạn văn",
            Self::Cited => "một văn bản viện dẫn",
            Self::List(_) => "cả một danh sách",
            Self::Appendix | Self::BodyTable => "cả một bảng",
            Self::Row => "cả một dòng của bảng",
            _ => "cả một bản ghi",
        }
    }

    pub fn child(&self, key: &str, given: &Given<'a>) -> Child<'a> {
        let known = |kind, lacking| Child::Known { kind, lacking, place: None };
        let one_of = |keys: &[(&'static str, Kind<'a>, bool)]| {
            let found = keys.iter().find(|(known, _, _)| *known == key);
            match found {
                Some((_, kind, lacking)) => known(kind.clone(), *lacking),
                None => Child::Unknown(keys.iter().map(|(known, _, _)| *known).collect()),
            }
        };
        let rows = || Self::List(Box::new(Self::Row));
        match self {
            Self::Facts => match given.schema {
                Some(schema) if !given.others.contains(&key) => field(&schema.fields, &[], key),
                _ => known(Self::Any, false),
            },
            Self::Fields(fields, place) => field(fields, place, key),
            Self::Cited => one_of(&[
                ("loai", Self::Text, false),
                ("so_ky_hieu", Self::Text, true),
                ("ngay", Self::Date, true),
                ("co_quan", Self::Text, true),
                ("trich_yeu", Self::Text, true),
            ]),
            // Wrong keys of these are told of the file itself.
            Self::Fixed(_) => known(Self::Text, key == "ky_hieu" && !given.serves.coded),
            Self::Appendix => one_of(&[
                ("ten", Self::Text, false),
                ("tieu_de", Self::Text, false),
                ("don_vi_tinh", Self::Text, true),
                ("dong", rows(), false),
                ("nhom", Self::Groups, false),
                ("tong", Self::Sums, false),
            ]),
            Self::BodyTable => one_of(&[
                ("tieu_de", Self::Text, true),
                ("don_vi_tinh", Self::Text, true),
                ("dong", rows(), false),
                ("nhom", Self::Groups, false),
                ("tong", Self::Sums, false),
            ]),
            Self::Group => one_of(&[
                ("ten", Self::Text, false),
                ("dong", rows(), false),
                ("cong", Self::Sums, false),
            ]),
            // What the keys of rows and groups are, only a case knows.
            Self::Tables => known(Self::BodyTable, false),
            Self::Groups => known(Self::Group, false),
            Self::Sums => known(Self::Amount, false),
            Self::Row => known(Self::Words, false),
            Self::Loop => match key {
                "first" | "last" => known(Self::Flag, false),
                _ => known(Self::Count, false),
            },
            Self::Any => known(Self::Any, false),
            Self::Words | Self::Text | Self::Amount | Self::Date | Self::Count => Child::NoRecord,
            Self::Flag | Self::Passages | Self::List(_) => Child::NoRecord,
        }
    }

    /// Short and telling, to know two states of a walk apart.
    pub fn mark(&self) -> String {
        match self {
            Self::List(of) => format!("[{}]", of.mark()),
            Self::Fields(_, place) => format!("{place:?}"),
            Self::Fixed(keys) => keys.first().copied().unwrap_or_default().to_owned(),
            Self::Any => "?".to_owned(),
            Self::Amount => "so".to_owned(),
            Self::Words => "w".to_owned(),
            Self::Count => "n".to_owned(),
            Self::Appendix => "pl".to_owned(),
            Self::Facts | Self::Tables | Self::Groups | Self::Group | Self::Sums | Self::Loop => {
                format!("{self:?}")
            }
            _ => self.name().to_owned(),
        }
    }
}

fn field<'a>(fields: &'a [Field], above: &[usize], key: &str) -> Child<'a> {
    let Some(at) = fields.iter().position(|field| field.key == key) else {
        return Child::Unknown(fields.iter().map(|field| field.key.as_str()).collect());
    };
    let place: Vec<usize> = above.iter().copied().chain([at]).collect();
    Child::Known {
        kind: Kind::of(&fields[at], place.clone()),
        lacking: !fields[at].required,
        place: Some(place),
    }
}
