//! Which namespaces are ours, and what a prefix stands for where it is used.

use quick_xml::events::BytesStart;

use super::Refused;

/// A namespace, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// Of the parts that are read; or none, as some programs write.
    Ours,
    /// Of the ids by which parts refer to one another.
    Office,
    /// Of markup compatibility.
    Markup,
    /// What newer programs add.
    Other,
}

impl Space {
    /// Each is called otherwise in files of the strict kind (ECMA-376, part 1, annex A).
    fn of(name: &str) -> Self {
        match name {
            ""
            | "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
            | "http://purl.oclc.org/ooxml/spreadsheetml/main"
            | "http://schemas.openxmlformats.org/package/2006/relationships"
            | "http://schemas.openxmlformats.org/package/2006/content-types" => Self::Ours,
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
            | "http://purl.oclc.org/ooxml/officeDocument/relationships" => Self::Office,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Markup,
            _ => Self::Other,
        }
    }
}

/// What prefixes stand for within the tags that are open.
pub struct Namespaces {
    /// Depth of the tag that declares it, the prefix, what it stands for.
    declared: Vec<(usize, String, Space)>,
    /// What names without a prefix stand for, as nearly all are.
    default: Space,
}

/// More prefixes nobody declares; each is looked for among all of them.
const MAX_DECLARED: usize = 500;

impl Namespaces {
    /// Nothing is declared yet.
    pub const fn new() -> Self {
        Self { declared: Vec::new(), default: Space::Ours }
    }

    /// Takes up what a tag at this depth declares.
    pub fn open(&mut self, tag: &BytesStart<'_>, depth: usize) -> Result<(), Refused> {
        let mut attributes = tag.attributes();
        attributes.with_checks(false);
        for attribute in attributes {
            let attribute = attribute.map_err(|_| Refused::damaged())?;
            let prefix = match attribute.key.as_ref() {
                "xmlns" => "",
                key => match key.strip_prefix("xmlns:") {
                    Some(prefix) => prefix,
                    None => continue,
                },
            };
            let space = Space::of(super::xml::value(&attribute)?.trim());
            self.declared.push((depth, prefix.to_owned(), space));
            if self.declared.len() > MAX_DECLARED {
                return Err(Refused::damaged());
            }
        }
        self.default = self.declared("").unwrap_or(Space::Ours);
        Ok(())
    }

    /// Forgets what the tag that is closed declared: `depth` is that around it.
    pub fn close(&mut self, depth: usize) {
        while let Some((declared, ..)) = self.declared.last()
            && *declared > depth
        {
            self.declared.pop();
            self.default = self.declared("").unwrap_or(Space::Ours);
        }
    }

    /// What a prefix stands for; the empty one is that of names without.
    pub fn space(&self, prefix: &str) -> Space {
        if prefix.is_empty() {
            return self.default;
        }
        self.declared(prefix).unwrap_or(Space::Other)
    }

    fn declared(&self, prefix: &str) -> Option<Space> {
        let declared = self.declared.iter().rev().find(|(_, known, _)| known == prefix);
        declared.map(|(_, _, space)| *space)
    }
}
