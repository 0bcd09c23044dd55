//! What the wording says, paragraph by paragraph, before the form gives it a look.

use super::Inline;

/// The text of a document between its opening boxes and its signature, in order.
pub type Body = Vec<Passage>;

/// One paragraph of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    pub kind: Kind,
    /// The literal number or mark before the text (`1.`, `a)`, `-`), without the space after it.
    pub mark: Option<String>,
    pub content: Vec<Inline>,
}

impl Passage {
    /// The words alone, with the mark.
    pub fn plain(&self) -> String {
        let text: String = self.content.iter().map(Inline::plain).collect();
        match &self.mark {
            Some(mark) => format!("{mark} {text}"),
            None => text,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A heading of level 1 …; `caps` when its title is set in capitals.
    Heading {
        level: u8,
        caps: bool,
        /// Its mark (`Chương I`) stands on a line of its own above the title, both in the middle.
        above: bool,
    },
    Text,
    /// An Điều without a title: its mark is the outermost of items, and bold.
    Article,
    /// A numbered or dashed paragraph; level 1 is the outermost.
    Item {
        level: u8,
    },
    /// The place of a table; its content is the key of the table.
    Table,
    /// Here the document's own body ends and that of the attached document begins; no content.
    Attached,
}
