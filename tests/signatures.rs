//! Signed copies: what is taken, what is refused, and why. pyHanko made the fixtures
//! (`tests/conformance/make_signatures.py`); each holds what it appended to a document.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use expect_test::{expect, expect_file};
use proptest::prelude::*;
use vanthu::archive::Failure;
use vanthu::archive::signature::{Refusal, examine};
use vanthu::form::{Stage, add_signature_fields};
use vanthu::render::{self, Office};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/signatures")
}

fn read(path: impl AsRef<Path>) -> Vec<u8> {
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.as_ref().display()))
}

fn document(stem: &str) -> Vec<u8> {
    read(folder().join(stem).with_extension("pdf"))
}

/// The document `van_ban` or `o_ky` with what was appended to it.
fn signed(stem: &str, name: &str) -> Vec<u8> {
    [document(stem), read(folder().join(stem).join(name).with_extension("them"))].concat()
}

/// A case of this folder as the program prints it.
fn printed(case: &Path, with_fields: bool, stage: Stage) -> Vec<u8> {
    let office = Office::open(None).unwrap_or_else(|_| panic!("no templates"));
    let prepared = render::prepare(case, &office, stage);
    let mut document = prepared.unwrap_or_else(|_| panic!("{}", case.display())).document;
    if with_fields {
        add_signature_fields(&mut document);
    }
    let (files, _) = render::files(&document, &[vanthu::export::Format::Pdf]).unwrap();
    files.into_iter().next().unwrap().bytes
}

/// What a clerk is told of a copy.
fn told(archived: &[u8], signed: &[u8]) -> String {
    match examine(archived, signed) {
        Err(refusal) => Failure::from(refusal).to_string(),
        Ok(signatures) => {
            let lines = signatures.iter().map(|signature| {
                let kind = if signature.is_time_stamp { "dấu thời gian" } else { "chữ ký" };
                let (signer, organisation) = (&signature.signer, &signature.organisation);
                format!(
                    "{kind} {}: {signer} ({organisation}), {}; {}",
                    signature.field, signature.algorithm, signature.issuer
                )
            });
            lines.collect::<Vec<_>>().join("\n")
        }
    }
}
#[test]
#[ignore = "writes the documents that the fixtures sign"]
fn documents_for_the_fixtures() {
    let write = |stem: &str, bytes: Vec<u8>| {
        std::fs::write(folder().join(stem).with_extension("pdf"), bytes).unwrap();
    };
    let case = folder().join("ho_so.yaml");
    write("van_ban", printed(&case, false, Stage::Final));
    write("o_ky", printed(&case, true, Stage::Final));
    let text = String::from_utf8(read(&case)).unwrap();
    let unnumbered = tempfile::tempdir().unwrap();
    let path = unnumbered.path().join("ho_so.yaml");
    std::fs::write(&path, text.replace("so: 31\n", "")).unwrap();
    write("chua_so", printed(&path, false, Stage::Draft));
}

/// Every fixture, and what the clerk is told of it. `UPDATE_EXPECT=1` writes it anew.
#[test]
fn every_copy_is_taken_or_refused_with_the_reason() {
    let mut out = String::new();
    for stem in ["van_ban", "o_ky", "chua_so"] {
        // What was signed before it had its number is brought as the copy of the numbered one.
        let archived = document(if stem == "chua_so" { "van_ban" } else { stem });
        let once = document(stem);
        for (folder, begin) in folders(stem, once) {
            for path in files(&folder) {
                let name = path.file_stem().unwrap().to_string_lossy().into_owned();
                let told = told(&archived, &[begin.clone(), read(&path)].concat());
                write!(out, "## {stem} {name}\n{told}\n\n").unwrap();
            }
        }
    }
    expect_file![folder().join("ket_qua.txt")].assert_eq(&out);
}

/// The folders of a document's updates, each with the bytes that they continue.
fn folders(stem: &str, document: Vec<u8>) -> Vec<(PathBuf, Vec<u8>)> {
    let own = folder().join(stem);
    let first = own.join("mot_chu_ky.them");
    let mut folders = vec![(own.clone(), document.clone())];
    if first.exists() {
        folders.push((own.join("them"), [document, read(first)].concat()));
    }
    folders
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> =
        paths.filter(|path| path.extension().is_some_and(|e| e == "them")).collect();
    paths.sort();
    paths
}

#[test]
fn a_time_is_told_as_the_signature_gives_it() {
    let copies = examine(&document("van_ban"), &signed("van_ban", "bang_xref")).unwrap();
    assert_eq!(copies[0].time.as_deref(), Some("2026-03-12T09:00:00+07:00"));
    let copies = examine(&document("o_ky"), &signed("o_ky", "hai_chu_ky")).unwrap();
    assert!(copies.iter().all(|copy| copy.time.as_ref().is_some_and(|t| t.ends_with("+07:00"))));
}

#[test]
fn the_archived_file_itself_is_not_signed() {
    let archived = document("van_ban");
    assert_eq!(examine(&archived, &archived), Err(Refusal::Unsigned));
    assert_eq!(examine(&archived, b"PK\x03\x04"), Err(Refusal::NotPdf));
}

#[test]
fn another_print_is_told_apart_from_another_document() {
    let (plain, prepared) = (document("van_ban"), signed("o_ky", "hai_chu_ky"));
    let told = [told(&plain, &prepared), told(&plain, &document("o_ky"))].join("\n");
    expect![[r#"
        tệp này là một bản in khác của 31/GGT-SNV, không phải bản đang lưu; chữ ký gắn với bản in ấy
          = gợi ý: lấy đúng tệp PDF đang lưu, ký số tệp ấy rồi đính kèm
        tệp này là một bản in khác của 31/GGT-SNV, và chưa có chữ ký số nào
          = gợi ý: lấy đúng tệp PDF đang lưu, ký số tệp ấy rồi đính kèm"#]]
    .assert_eq(&told);
    let example = read("reports/kien_giang_2022/kien_giang_2022.pdf");
    assert!(
        self::told(&example, &prepared)
            .starts_with("tệp này là một văn bản khác do chương trình lập: 31/GGT-SNV “")
    );
}

/// A document of the program of today can be read as one that was archived: here something
/// is appended to it that is no signature.
#[test]
fn what_the_program_prints_can_be_signed() {
    for (case, with_fields) in
        [("tests/cases/samples/bang_dai", true), ("reports/kien_giang_2022", false)]
    {
        let archived = printed(Path::new(case), with_fields, Stage::Final);
        let text = String::from_utf8_lossy(&archived[archived.len() - 9_000..]).into_owned();
        let (_, tail) = text.rsplit_once("/Type/XRef/Size ").unwrap();
        let size: usize = tail.split('/').next().unwrap().parse().unwrap();
        let keys = &tail[tail.find("/Root").unwrap()..tail.find("/Filter").unwrap()];
        let previous = tail.split("startxref\n").nth(1).unwrap().lines().next().unwrap();
        let mut copy = archived.clone();
        let place = copy.len();
        copy.extend(format!("{size} 0 obj\n(a)\nendobj\n").bytes());
        let start = copy.len();
        let more = size + 1;
        let table = format!(
            "xref\n{size} 1\n{place:010} 00000 n \ntrailer\n<</Size {more}{keys}/Prev {previous}>>\n"
        );
        copy.extend(format!("{table}startxref\n{start}\n%%EOF\n").bytes());
        assert_eq!(examine(&archived, &copy), Err(Refusal::NoSignature), "{case}");
    }
}

/// Where `/Contents` of the signatures stand: what they hold is no part of what is signed.
fn gaps(file: &[u8]) -> Vec<std::ops::Range<usize>> {
    let key = b"/Contents <30";
    let starts = file.windows(key.len()).enumerate().filter(|(_, window)| *window == key);
    starts
        .map(|(at, _)| {
            let end = file[at..].iter().position(|byte| *byte == b'>').unwrap();
            at..at + end + 1
        })
        .collect()
}

#[test]
fn a_byte_that_was_changed_shows_wherever_it_stands() {
    for (stem, name, signatures) in [("o_ky", "hai_chu_ky", 2), ("van_ban", "bang_xref", 1)] {
        let (archived, file) = (document(stem), signed(stem, name));
        let gaps = gaps(&file);
        assert_eq!(gaps.len(), signatures);
        let is_signed = |at: &usize| !gaps.iter().any(|gap| gap.contains(at));
        // Some of the bytes that were appended, and fewer of the document.
        let sampled =
            (0..archived.len()).step_by(997).chain((archived.len()..file.len()).step_by(11));
        for at in sampled.filter(is_signed) {
            let mut changed = file.clone();
            changed[at] ^= 1;
            assert!(examine(&archived, &changed).is_err(), "{stem} {name}: byte {at}");
        }
    }
}

/// No certificate and no unsigned attribute is covered by a signature; what is covered is.
#[test]
fn a_digit_of_a_signature_that_was_changed_shows_or_changes_no_word() {
    let (archived, file) = (document("van_ban"), signed("van_ban", "mot_chu_ky"));
    let whole = examine(&archived, &file).unwrap();
    let gap = gaps(&file).remove(0);
    let mut passed = 0;
    for at in gap.start + 11..gap.end {
        let mut changed = file.clone();
        changed[at] = if file[at] == b'0' { b'1' } else { b'0' };
        if let Ok(signatures) = examine(&archived, &changed) {
            passed += 1;
            assert_eq!(signatures[0].time, whole[0].time, "digit {at}");
        }
    }
    assert!(passed < gap.len() / 4, "{passed} of {}", gap.len());
}

#[test]
fn a_range_that_does_not_fit_is_refused() {
    let (archived, file) = (document("van_ban"), signed("van_ban", "bang_xref"));
    let key = b"/ByteRange[0 ";
    let at = file.windows(key.len()).position(|window| window == key).unwrap() + key.len();
    for number in 0..3 {
        for change in [-1_i64, 1] {
            let place = at + number * 11;
            let digits = std::str::from_utf8(&file[place..place + 10]).unwrap();
            let other = format!("{:010}", digits.parse::<i64>().unwrap() + change);
            let mut changed = file.clone();
            changed[place..place + 10].copy_from_slice(other.as_bytes());
            let told = told(&archived, &changed);
            assert!(
                told.contains("phạm vi ký (ByteRange) không đúng"),
                "{number} {change}: {told}"
            );
        }
    }
}

#[test]
fn what_follows_the_last_end_is_refused() {
    let (archived, mut file) = (document("van_ban"), signed("van_ban", "mot_chu_ky"));
    file.extend(b"\n");
    assert!(examine(&archived, &file).is_err(), "a byte that no signature covers");
    file.extend(b"% remark\n%%EOF\n");
    assert!(examine(&archived, &file).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Cut, moved, doubled, overwritten: no bytes make it panic, and none are taken.
    #[test]
    fn a_mutilated_copy_is_refused_without_panic(
        seed in 0..4_usize,
        at in 0.0..1.0_f64,
        from in 0.0..1.0_f64,
        length in 1..400_usize,
        kind in 0..5,
        noise in proptest::collection::vec(any::<u8>(), 1..24),
    ) {
        let copies = &*COPIES;
        let (archived, file) = &copies[seed % copies.len()];
        let added = file.len() - archived.len();
        let place = |part: f64| archived.len() + (part * added as f64) as usize;
        let (at, from) = (place(at), place(from));
        let to = (from + length).min(file.len());
        let mut changed = file.clone();
        match kind {
            0 => changed.truncate(at),
            1 => drop(changed.drain(at..(at + length).min(file.len()))),
            2 => drop(changed.splice(at..at, file[from..to].iter().copied())),
            3 => drop(changed.splice(at..at, noise)),
            _ => changed.iter_mut().skip(at).zip(&noise).for_each(|(byte, noise)| *byte = *noise),
        }
        let is_covered = gaps(file).iter().all(|gap| !gap.contains(&at) || kind < 4);
        let taken = examine(archived, &changed).is_ok();
        prop_assert!(!taken || !is_covered || changed == *file);
    }

    /// Bytes that were never a PDF, as the archived file and as the copy.
    #[test]
    fn any_bytes_are_refused_without_panic(
        words in proptest::collection::vec(proptest::sample::select(WORDS), 0..60),
    ) {
        let mut bytes = b"%PDF-1.7\n".to_vec();
        words.iter().for_each(|word| bytes.extend(word.bytes()));
        bytes.extend(b"\nstartxref\n9\n%%EOF\n");
        let copy = [&bytes[..], &bytes[9..]].concat();
        prop_assert!(examine(&bytes, &copy).is_err());
        prop_assert!(examine(&document("chua_so"), &bytes).is_err());
    }
}

/// Documents with their signed copies, read once.
static COPIES: std::sync::LazyLock<Vec<(Vec<u8>, Vec<u8>)>> = std::sync::LazyLock::new(|| {
    let copies = [("van_ban", "mot_chu_ky"), ("van_ban", "bang_xref"), ("o_ky", "hai_chu_ky")];
    copies.map(|(stem, name)| (document(stem), signed(stem, name))).to_vec()
});

const WORDS: &[&str] = &[
    "xref\n0 1\n",
    "0000000009 00000 n \n",
    "trailer\n",
    "<<",
    ">>",
    "[",
    "]",
    "/Size 3",
    "/Prev 9",
    "/Root 1 0 R",
    "1 0 obj\n",
    "endobj\n",
    "stream\n",
    "endstream\n",
    "/Length 9",
    "/Type/XRef",
    "/W[1 2 1]",
    "/Index[0 9]",
    "(",
    ")",
    "\\",
    "<",
    ">",
    "#",
    "%",
    " ",
    "\n",
    "-9",
    "99999999999",
    "/Type/ObjStm/N 9/First 9",
    "/Filter/FlateDecode",
    "/Kids[1 0 R]",
    "/Pages 1 0 R",
    "null",
    "R",
];
