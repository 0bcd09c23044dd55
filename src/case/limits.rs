//! What a case may be at most. One place, each with its reason.

pub const MIB: usize = 1 << 20;

/// The case file. The longest report of a province is under 200 kB of text;
/// a table longer than this belongs in a CSV file.
pub const MAX_CASE_BYTES: usize = 4 * MIB;

/// One CSV file or workbook: the longest table of 29 columns, with 480 bytes a row.
pub const MAX_TABLE_BYTES: usize = 16 * MIB;

/// Cells of one file of rows.
pub const MAX_CELLS: usize = 1_000_000;

/// Headings of one file; each is compared with the keys of the table.
pub const MAX_HEADINGS: usize = 500;

/// What the parts of a workbook may be unpacked: a million cells of 60 bytes of XML.
/// A file of 60 kB may pack 60 MB, and one of 16 MiB, 16 GiB.
pub const MAX_UNPACKED_BYTES: usize = 64 * MIB;

/// Parts of a workbook. One of fifty sheets with pictures has some two hundred.
pub const MAX_PARTS: usize = 1_000;

/// Tags and texts in all parts of a workbook that are read: five for a cell, eight for one
/// with a formula. So many take a second and a half where nothing is optimised.
pub const MAX_XML_EVENTS: usize = 6_000_000;

/// Tags within tags. Those of a sheet are eight deep.
pub const MAX_XML_DEPTH: usize = 64;

/// Rows of one table: of ten columns, as many as there may be cells.
pub const MAX_ROWS: usize = 100_000;

/// Leaf columns of one table; more cannot be read on any paper.
pub const MAX_COLUMNS: usize = 100;

/// Depth of a YAML file. A column tree of three levels reaches nine.
pub const MAX_DEPTH: usize = 32;

/// Values in a YAML file: 4 MiB of nothing but commas would take a gigabyte of memory.
pub const MAX_NODES: usize = 200_000;

/// Keys side by side; each is compared with those before it. A list of agencies is the longest.
pub const MAX_KEYS: usize = 5_000;

/// One text, in bytes: about forty pages.
pub const MAX_TEXT_BYTES: usize = 100_000;

/// Faults of the YAML notation reported at once: after that many, one is the cause of the next.
pub const MAX_SYNTAX_FAULTS: usize = 5;

/// Forbidden characters reported one by one; a file pasted from a PDF may hold thousands.
pub const MAX_CHARACTER_FAULTS: usize = 20;

/// Findings in one file: beyond it, nobody reads.
pub const MAX_FAULTS: usize = 200;
