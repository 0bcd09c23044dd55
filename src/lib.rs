//! `vanthu` (văn thư): from a case file (hồ sơ) to the formal report.
//!
//! ```text
//! hồ sơ (YAML, CSV, XLSX) ──case──▶ Case ──wording──▶ body ──form──▶ Document ──export──▶ PDF, DOCX
//!                           model ▲     templates ▲    NĐ 30 ▲         │
//!                                 └────────────── check ◀──────────────┘       cli: thin, on top
//! ```
//!
//! Everything between `Case` and bytes is a pure function: no clock, no network, no
//! files, no randomness. Read the modules in the order in which they stand here.

pub mod vi;

pub mod doc;

pub mod diag;

pub mod nd30;

pub mod templates;

pub mod model;

pub mod ledger;

pub mod case;

pub mod wording;

pub mod form;

pub mod check;

pub mod compare;

pub mod export;

pub mod archive;

pub mod render;

pub mod issuing;

pub mod cli;
