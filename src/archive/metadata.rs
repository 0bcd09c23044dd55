//! Dữ liệu đặc tả of a document: the fields of PL VI, Phần II, Mục I, as XML and JSON.
//!
//! The decree names the fields, their types and their lengths, and no file format; both
//! files are written from one list, so they say the same. `docs/du_lieu_dac_ta.xsd`
//! describes the XML. A date is written year first (`2026-08-12`), as XML has it.

use chrono::NaiveDate;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::row::visible;
use super::{Entry, Failure, Result};
use crate::model::Urgency;

/// What the row of the register does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Cơ quan ban hành; that of the series where nothing is said.
    pub organ_name: Option<String>,
    /// Mã định danh of the agency: `H37.02.02` or `000.02.12.H28`.
    pub organ_id: Option<String>,
    /// Số và ký hiệu hồ sơ: `01.TCCB`.
    pub file_notation: Option<String>,
    /// Số thứ tự of the document in its file (hồ sơ).
    pub ordinal: Option<u32>,
    /// Mức độ khẩn.
    pub urgency: Option<Urgency>,
    /// Hạn trả lời.
    pub due: Option<NaiveDate>,
}

/// The fields of one document, in the order of the decree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
    fields: Vec<Field>,
}

/// A field that is longer than the standard allows. It is kept whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooLong {
    /// Its name, with the names of the fields it stands in: `SignerInfo/Position`.
    pub field: String,
    /// In characters, or in digits of a number.
    pub length: usize,
    pub most: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Field {
    name: &'static str,
    value: Value,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    /// S: at most so many characters.
    Text(String, usize),
    /// N: at most so many digits.
    Number(u64, usize),
    /// D
    Date(NaiveDate),
    Group(Vec<Field>),
    /// The field as often as there are groups.
    List(Vec<Vec<Field>>),
}

impl Metadata {
    /// What is not known is left out.
    pub fn new(entry: &Entry, facts: &Facts) -> Self {
        let organ = facts.organ_name.as_ref().unwrap_or(&entry.key.series.organ);
        let notation = entry.code.split_once('/').map(|(_, notation)| notation).unwrap_or_default();
        let recipients = entry.recipients.iter().map(|name| text("OrganName", name, 200));
        let fields = [
            group("FileCode", file_code(entry, facts)),
            facts.ordinal.and_then(|ordinal| self::number("DocOrdinal", ordinal.into(), 3)),
            text("TypeName", &entry.type_name, 100),
            text("CodeNumber", &entry.key.to_string(), 11),
            text("CodeNotation", notation, 30),
            date("IssuedDate", Some(entry.date)),
            text("OrganName", organ, 200),
            text("Subject", &entry.subject, 500),
            text("Language", LANGUAGE, 30),
            Some(entry.pages)
                .filter(|&pages| pages > 0)
                .and_then(|pages| self::number("PageAmount", u64::try_from(pages).ok()?, 3)),
            text("Description", &entry.note, 500),
            group(
                "SignerInfo",
                [text("Position", &entry.position, 100), text("FullName", &entry.signer, 50)],
            ),
            Some(recipients.flatten().map(|field| vec![field]).collect::<Vec<_>>())
                .filter(|list| !list.is_empty())
                .map(|list| Field { name: "To", value: Value::List(list) }),
            self::number("Priority", priority(facts.urgency), 1),
            entry.copies.and_then(|copies| self::number("IssuedAmount", copies.into(), 3)),
            date("DueDate", facts.due),
        ];
        Self { fields: fields.into_iter().flatten().collect() }
    }

    /// Which fields the standard has no room for.
    pub fn too_long(&self) -> Vec<TooLong> {
        let mut found = Vec::new();
        too_long(&self.fields, "", &mut found);
        found
    }

    /// As XML: UTF-8, one field a line.
    ///
    /// # Errors
    /// Only a fault of this module.
    pub fn xml(&self) -> Result<Vec<u8>> {
        let written = || -> std::io::Result<Vec<u8>> {
            let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
            writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
            writer
                .create_element(ROOT)
                .with_attribute(("xmlns", NAMESPACE))
                .write_inner_content(|writer| elements(writer, &self.fields))?;
            let mut file = writer.into_inner();
            file.push(b'\n');
            Ok(file)
        };
        written().map_err(|error| Failure::damaged(format!("XML: {error}")))
    }

    /// As JSON: UTF-8, one field a line.
    ///
    /// # Errors
    /// Only a fault of this module.
    pub fn json(&self) -> Result<Vec<u8>> {
        let written = serde_json::to_vec_pretty(&Fields(&self.fields));
        let mut file = written.map_err(|error| Failure::damaged(format!("JSON: {error}")))?;
        file.push(b'\n');
        Ok(file)
    }
}

const ROOT: &str = "VanBanDi";
const NAMESPACE: &str = "urn:vanthu:du-lieu-dac-ta:1";

/// Of every document that this program makes; a code of ISO 639-1.
const LANGUAGE: &str = "vi";

fn file_code(entry: &Entry, facts: &Facts) -> [Option<Field>; 3] {
    let known = |name, value: &Option<String>, most| text(name, value.as_deref()?, most);
    [
        known("OrganId", &facts.organ_id, 13),
        u64::try_from(entry.key.series.year).ok().and_then(|year| number("FileCatalog", year, 4)),
        known("FileNotation", &facts.file_notation, 20),
    ]
}

/// The digits of edXML (QCVN 102:2016/BTTTT).
const fn priority(urgency: Option<Urgency>) -> u64 {
    match urgency {
        None => 0,
        Some(Urgency::Prompt) => 1,
        Some(Urgency::Urgent) => 2,
        Some(Urgency::Express) => 3,
    }
}

/// Nothing of a text without words.
fn text(name: &'static str, text: &str, most: usize) -> Option<Field> {
    let text = visible(text);
    (!text.is_empty()).then_some(Field { name, value: Value::Text(text, most) })
}

fn number(name: &'static str, number: u64, most: usize) -> Option<Field> {
    Some(Field { name, value: Value::Number(number, most) })
}

fn date(name: &'static str, date: Option<NaiveDate>) -> Option<Field> {
    Some(Field { name, value: Value::Date(date?) })
}

fn group<const N: usize>(name: &'static str, fields: [Option<Field>; N]) -> Option<Field> {
    let fields: Vec<Field> = fields.into_iter().flatten().collect();
    (!fields.is_empty()).then_some(Field { name, value: Value::Group(fields) })
}

fn too_long(fields: &[Field], within: &str, found: &mut Vec<TooLong>) {
    for Field { name, value } in fields {
        let field = format!("{within}{name}");
        let (length, most) = match value {
            Value::Text(text, most) => (text.chars().count(), *most),
            Value::Number(number, most) => (number.to_string().len(), *most),
            Value::Date(_) => continue,
            Value::Group(fields) => {
                too_long(fields, &format!("{field}/"), found);
                continue;
            }
            Value::List(groups) => {
                for (at, fields) in groups.iter().enumerate() {
                    too_long(fields, &format!("{field}[{at}]/"), found);
                }
                continue;
            }
        };
        if length > most {
            found.push(TooLong { field, length, most });
        }
    }
}

fn elements(writer: &mut Writer<Vec<u8>>, fields: &[Field]) -> std::io::Result<()> {
    for Field { name, value } in fields {
        match value {
            Value::Text(text, _) => element(writer, name, text)?,
            Value::Number(number, _) => element(writer, name, &number.to_string())?,
            Value::Date(date) => element(writer, name, &date.to_string())?,
            Value::Group(fields) => nested(writer, name, fields)?,
            Value::List(groups) => {
                groups.iter().try_for_each(|fields| nested(writer, name, fields))?;
            }
        }
    }
    Ok(())
}

fn element(writer: &mut Writer<Vec<u8>>, name: &str, text: &str) -> std::io::Result<()> {
    writer.create_element(name).write_text_content(BytesText::new(text)).map(|_| ())
}

fn nested(writer: &mut Writer<Vec<u8>>, name: &str, fields: &[Field]) -> std::io::Result<()> {
    writer.create_element(name).write_inner_content(|writer| elements(writer, fields)).map(|_| ())
}

/// Fields as a JSON object that keeps their order.
struct Fields<'a>(&'a [Field]);

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for Field { name, value } in self.0 {
            match value {
                Value::Text(text, _) => map.serialize_entry(name, text)?,
                Value::Number(number, _) => map.serialize_entry(name, number)?,
                Value::Date(date) => map.serialize_entry(name, &date.to_string())?,
                Value::Group(fields) => map.serialize_entry(name, &Fields(fields))?,
                Value::List(groups) => {
                    let groups: Vec<Fields<'_>> = groups.iter().map(|it| Fields(it)).collect();
                    map.serialize_entry(name, &groups)?;
                }
            }
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::archive::testing::entry;

    fn facts() -> Facts {
        Facts {
            organ_name: Some("Sở Nội vụ tỉnh A".into()),
            organ_id: Some("H37.02.02".into()),
            file_notation: Some("01.TCCB".into()),
            ordinal: Some(12),
            urgency: Some(Urgency::Urgent),
            due: NaiveDate::from_ymd_opt(2026, 9, 1),
        }
    }

    fn texts(entry: &Entry, facts: &Facts) -> [String; 2] {
        let metadata = Metadata::new(entry, facts);
        [metadata.xml().unwrap(), metadata.json().unwrap()]
            .map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn the_fields_stand_in_the_order_of_the_decree_in_xml() {
        let [xml, _] = texts(&entry(), &facts());
        expect![[r#"
            <?xml version="1.0" encoding="UTF-8"?>
            <VanBanDi xmlns="urn:vanthu:du-lieu-dac-ta:1">
              <FileCode>
                <OrganId>H37.02.02</OrganId>
                <FileCatalog>2026</FileCatalog>
                <FileNotation>01.TCCB</FileNotation>
              </FileCode>
              <DocOrdinal>12</DocOrdinal>
              <TypeName>Báo cáo</TypeName>
              <CodeNumber>05</CodeNumber>
              <CodeNotation>BC-SNV</CodeNotation>
              <IssuedDate>2026-08-12</IssuedDate>
              <OrganName>Sở Nội vụ tỉnh A</OrganName>
              <Subject>Về tình hình cải cách hành chính</Subject>
              <Language>vi</Language>
              <PageAmount>7</PageAmount>
              <SignerInfo>
                <Position>KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC</Position>
                <FullName>Lê Văn An</FullName>
              </SignerInfo>
              <To>
                <OrganName>Bộ Nội vụ</OrganName>
              </To>
              <To>
                <OrganName>Như trên</OrganName>
              </To>
              <Priority>2</Priority>
              <IssuedAmount>3</IssuedAmount>
              <DueDate>2026-09-01</DueDate>
            </VanBanDi>
        "#]]
        .assert_eq(&xml);
    }

    #[test]
    fn the_fields_stand_in_the_order_of_the_decree_in_json() {
        let [_, json] = texts(&entry(), &facts());
        expect![[r#"
            {
              "FileCode": {
                "OrganId": "H37.02.02",
                "FileCatalog": 2026,
                "FileNotation": "01.TCCB"
              },
              "DocOrdinal": 12,
              "TypeName": "Báo cáo",
              "CodeNumber": "05",
              "CodeNotation": "BC-SNV",
              "IssuedDate": "2026-08-12",
              "OrganName": "Sở Nội vụ tỉnh A",
              "Subject": "Về tình hình cải cách hành chính",
              "Language": "vi",
              "PageAmount": 7,
              "SignerInfo": {
                "Position": "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC",
                "FullName": "Lê Văn An"
              },
              "To": [
                {
                  "OrganName": "Bộ Nội vụ"
                },
                {
                  "OrganName": "Như trên"
                }
              ],
              "Priority": 2,
              "IssuedAmount": 3,
              "DueDate": "2026-09-01"
            }
        "#]]
        .assert_eq(&json);
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let bare = Entry {
            type_name: String::new(),
            subject: String::new(),
            signer: String::new(),
            position: String::new(),
            recipients: vec![],
            copies: None,
            pages: 0,
            ..entry()
        };
        let [xml, _] = texts(&bare, &Facts::default());
        expect![[r#"
            <?xml version="1.0" encoding="UTF-8"?>
            <VanBanDi xmlns="urn:vanthu:du-lieu-dac-ta:1">
              <FileCode>
                <FileCatalog>2026</FileCatalog>
              </FileCode>
              <CodeNumber>05</CodeNumber>
              <CodeNotation>BC-SNV</CodeNotation>
              <IssuedDate>2026-08-12</IssuedDate>
              <OrganName>SỞ NỘI VỤ</OrganName>
              <Language>vi</Language>
              <Priority>0</Priority>
            </VanBanDi>
        "#]]
        .assert_eq(&xml);
    }

    #[test]
    fn what_is_too_long_is_kept_whole_and_told() {
        let long = Entry {
            code: format!("05/{}", "Q".repeat(31)),
            subject: "đ".repeat(501),
            position: "G".repeat(101),
            recipients: vec!["A".repeat(200), "B".repeat(201)],
            copies: Some(1_000),
            ..entry()
        };
        let metadata = Metadata::new(&long, &facts());
        let told = metadata.too_long().into_iter();
        let told: Vec<String> =
            told.map(|it| format!("{}: {} > {}", it.field, it.length, it.most)).collect();
        expect![[r#"
            CodeNotation: 31 > 30
            Subject: 501 > 500
            SignerInfo/Position: 101 > 100
            To[1]/OrganName: 201 > 200
            IssuedAmount: 4 > 3"#]]
        .assert_eq(&told.join("\n"));
        let [xml, json] = texts(&long, &facts());
        assert!(xml.contains(&"đ".repeat(501)) && json.contains(&"đ".repeat(501)));
        assert!(Metadata::new(&entry(), &facts()).too_long().is_empty());
    }

    #[test]
    fn nothing_in_a_text_is_read_as_markup() {
        let odd = Entry {
            subject: "a<b>&\"'c]]>\u{0}\u{fffe}\u{202e} d".into(),
            note: "<!-- </Subject> -->\r\n\tx".into(),
            ..entry()
        };
        let [xml, json] = texts(&odd, &facts());
        let subject = "a<b>&\"'c]]>[U+0000][U+FFFE][U+202E] d";
        let read = read(&xml);
        assert_eq!(read["Subject"], subject);
        assert_eq!(read["Description"], "<!-- </Subject> --> x");
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json, read);
    }

    #[test]
    fn both_files_say_the_same() {
        for (entry, facts) in [
            (entry(), facts()),
            (entry(), Facts::default()),
            (Entry { recipients: vec![], copies: None, ..entry() }, facts()),
            (Entry { subject: "x".repeat(600), ..entry() }, facts()),
        ] {
            let [xml, json] = texts(&entry, &facts);
            let json: serde_json::Value = serde_json::from_str(&json).unwrap();
            assert_eq!(read(&xml), json);
        }
    }

    /// The XML as JSON would say it, by a reader of its own.
    fn read(xml: &str) -> serde_json::Value {
        use quick_xml::Reader;
        use serde_json::{Map, Value as Json};

        let numbers = ["FileCatalog", "DocOrdinal", "PageAmount", "Priority", "IssuedAmount"];
        let mut reader = Reader::from_str(xml);
        let mut open: Vec<(String, Map<String, Json>, String)> = vec![Default::default()];
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) => {
                    let name = start.name().as_ref().to_owned();
                    open.push((name, Map::new(), String::new()));
                }
                Event::Text(text) => {
                    open.last_mut().unwrap().2.push_str(&text);
                }
                Event::GeneralRef(name) => {
                    let name: &str = &name;
                    let text =
                        quick_xml::escape::unescape(&format!("&{name};")).unwrap().into_owned();
                    open.last_mut().unwrap().2.push_str(&text);
                }
                Event::End(_) => {
                    let (name, map, text) = open.pop().unwrap();
                    let value = match map.is_empty() {
                        false => Json::Object(map),
                        true if numbers.contains(&name.as_str()) => {
                            text.parse::<u64>().unwrap().into()
                        }
                        true => text.into(),
                    };
                    let above = &mut open.last_mut().unwrap().1;
                    match name.as_str() {
                        "To" => match above.entry("To").or_insert_with(|| Json::Array(vec![])) {
                            Json::Array(list) => list.push(value),
                            _ => unreachable!(),
                        },
                        _ => assert!(above.insert(name, value).is_none()),
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        open.pop().unwrap().1.remove("VanBanDi").unwrap()
    }
}
