//! The parts of the package that are the same in every document, or nearly.

use chrono::NaiveDate;

use super::styles::FONT;
use super::text::escape;
use crate::doc::Meta;

pub const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

/// Prefixes used in the body, the styles and the headers.
pub const NAMESPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;

/// The part with our custom properties; the seal in it covers the rest of it.
pub const CUSTOM_NAME: &str = "docProps/custom.xml";

/// Name of the custom property that holds the seal.
pub const SEAL_PROPERTY: &str = "vanthu";

pub const RELATIONSHIPS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/><Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties" Target="docProps/custom.xml"/></Relationships>"#;

/// Word 2013 and later as is (mode 15).
pub const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/><w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/><w:compatSetting w:name="enableOpenTypeFeatures" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/><w:compatSetting w:name="doNotFlipMirrorIndents" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/><w:compatSetting w:name="differentiateMultirowTableHeaders" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/></w:compat><w:themeFontLang w:val="vi-VN" w:eastAsia="vi-VN"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>"#;

/// The one font, with the name of its metric twin for machines without it.
pub const FONT_TABLE: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:font w:name="Times New Roman"><w:altName w:val="Liberation Serif"/><w:panose1 w:val="02020603050405020304"/><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>"#;

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

// The font table spells the name out.
const _: () = assert!(FONT.len() == "Times New Roman".len());

pub fn header_name(index: usize) -> String {
    format!("word/header{}.xml", index + 1)
}

/// The relationship by which sections refer to a header.
pub fn header_id(index: usize) -> String {
    format!("rIdHeader{}", index + 1)
}

pub fn footer_name(index: usize) -> String {
    format!("word/footer{}.xml", index + 1)
}

/// The relationship by which sections refer to a footer.
pub fn footer_id(index: usize) -> String {
    format!("rIdFooter{}", index + 1)
}

pub fn content_types(headers: usize, footers: usize) -> String {
    let word = |name: &str, kind: &str| {
        content_type(&format!("word/{name}.xml"), &format!("{WORD}.{kind}+xml"))
    };
    let fixed = [
        word("document", "document.main"),
        word("styles", "styles"),
        word("settings", "settings"),
        word("fontTable", "fontTable"),
        content_type(
            "docProps/core.xml",
            "application/vnd.openxmlformats-package.core-properties+xml",
        ),
        content_type(
            "docProps/app.xml",
            "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        ),
        content_type(
            CUSTOM_NAME,
            "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        ),
    ];
    let headers =
        (0..headers).map(|index| content_type(&header_name(index), &format!("{WORD}.header+xml")));
    let footers =
        (0..footers).map(|index| content_type(&footer_name(index), &format!("{WORD}.footer+xml")));
    let types: String = fixed.into_iter().chain(headers).chain(footers).collect();
    format!(
        r#"{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{types}</Types>"#
    )
}

fn content_type(name: &str, kind: &str) -> String {
    format!(r#"<Override PartName="/{name}" ContentType="{kind}"/>"#)
}

pub fn document_relationships(headers: usize, footers: usize) -> String {
    let fixed = [("rId1", "styles"), ("rId2", "settings"), ("rId3", "fontTable")]
        .map(|(id, kind)| relationship(id, kind, &format!("{kind}.xml")));
    let headers = (0..headers).map(|index| {
        relationship(&header_id(index), "header", &format!("header{}.xml", index + 1))
    });
    let footers = (0..footers).map(|index| {
        relationship(&footer_id(index), "footer", &format!("footer{}.xml", index + 1))
    });
    let all: String = fixed.into_iter().chain(headers).chain(footers).collect();
    format!(
        r#"{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{all}</Relationships>"#
    )
}

fn relationship(id: &str, kind: &str, target: &str) -> String {
    format!(r#"<Relationship Id="{id}" Type="{RELATION}/{kind}" Target="{target}"/>"#)
}

/// Dublin Core of the document. An undated draft has no dates: the clock is never read.
pub fn core(meta: &Meta) -> String {
    let keywords = meta.keywords.join("; ");
    let texts: String = [
        ("dc:title", &meta.title),
        ("dc:subject", &meta.subject),
        ("dc:creator", &meta.author),
        ("cp:keywords", &keywords),
        ("dc:identifier", &meta.identifier),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(name, text)| format!("<{name}>{}</{name}>", escape(text)))
    .collect();
    let dates = meta.date.map(dates).unwrap_or_default();
    format!(
        r#"{DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{texts}<dc:language>vi-VN</dc:language>{dates}</cp:coreProperties>"#
    )
}

fn dates(date: NaiveDate) -> String {
    ["created", "modified"]
        .map(|name| {
            format!(
                r#"<dcterms:{name} xsi:type="dcterms:W3CDTF">{date}T00:00:00Z</dcterms:{name}>"#
            )
        })
        .concat()
}

pub fn app() -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!(
        r#"{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>vanthu/{version}</Application></Properties>"#
    )
}

/// The custom properties: the seal, then the document's own.
pub fn custom(seal: &str, meta: &Meta) -> String {
    let own = meta.properties.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    // Numbers below 2 are not for properties.
    let properties: String = std::iter::once((SEAL_PROPERTY, seal))
        .chain(own)
        .zip(2..)
        .map(|((name, value), id)| property(id, name, value))
        .collect();
    format!(
        r#"{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{properties}</Properties>"#
    )
}

fn property(id: u32, name: &str, value: &str) -> String {
    let (name, value) = (escape(name), escape(value));
    format!(
        r#"<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{id}" name="{name}"><vt:lpwstr>{value}</vt:lpwstr></property>"#
    )
}
