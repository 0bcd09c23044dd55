//! The house in order: who may import whom, and what every file must have.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What each module may import of ours. `docs/architecture.md` gives the reasons.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("vi", &[]),
    ("doc", &[]),
    ("diag", &["vi"]),
    ("templates", &[]),
    ("ledger", &["diag", "templates", "vi"]),
    ("nd30", &["doc"]), // only `Length`
    ("model", &["vi"]),
    ("case", &["model", "vi", "diag", "nd30", "templates"]),
    ("wording", &["model", "vi", "doc", "diag", "templates"]),
    ("form", &["model", "vi", "nd30", "doc"]),
    ("check", &["model", "vi", "nd30", "doc", "diag"]),
    ("compare", &["doc", "vi"]),
    ("export", &["doc"]),
    ("archive", &["model", "vi", "diag"]),
    (
        "render",
        &[
            "case",
            "wording",
            "form",
            "check",
            "compare",
            "export",
            "doc",
            "diag",
            "model",
            "nd30",
            "templates",
            "ledger",
        ],
    ),
    (
        "issuing",
        &["render", "archive", "case", "doc", "export", "diag", "model", "templates", "vi"],
    ),
    (
        "cli",
        &[
            "issuing",
            "archive",
            "render",
            "case",
            "wording",
            "form",
            "check",
            "compare",
            "export",
            "doc",
            "diag",
            "model",
            "vi",
            "templates",
            "ledger",
            "archive",
        ],
    ),
];

#[test]
fn every_module_imports_only_what_its_row_allows() {
    let mut wrong = Vec::new();
    for path in rust_files("src") {
        let module = module_of(&path);
        if module == "lib" || module == "main" {
            continue;
        }
        let allowed = allowed(&module);
        for import in imports(&code_without_tests(&path)) {
            if import != module && !allowed.contains(&import.as_str()) {
                wrong.push(format!("{}: `{module}` may not import `{import}`", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_has_a_row_for_every_module_and_no_other() {
    let modules: BTreeSet<String> = rust_files("src")
        .iter()
        .map(|path| module_of(path))
        .filter(|name| name != "lib" && name != "main")
        .collect();
    let rows: BTreeSet<String> = MAY_IMPORT.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(modules, rows);
}

#[test]
fn only_the_command_line_prints_exits_or_reads_the_clock() {
    let banned = [
        "println!",
        "eprintln!",
        "print!(",
        "process::exit",
        "Local::now",
        "Utc::now",
        "SystemTime",
    ];
    for path in rust_files("src") {
        if module_of(&path) == "cli" {
            continue;
        }
        let code = code_without_tests(&path);
        let code: String =
            code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for word in banned {
            assert!(!code.contains(word), "{} has {word}", path.display());
        }
    }
}

/// A fraction such as 0,1 is none in binary: only `Amount::from_cell` takes such a number.
#[test]
fn one_floating_point_number_stands_between_a_file_and_an_amount() {
    for path in [rust_files("src/case"), rust_files("src/model")].concat() {
        let is_allowed = ["model/amount.rs", "case/keys.rs"].iter().any(|end| path.ends_with(end));
        let code = code_without_tests(&path);
        let floats = ["f32", "f64"].iter().any(|kind| code.contains(kind));
        assert!(is_allowed || !floats, "{}", path.display());
    }
}

#[test]
fn every_file_begins_by_saying_what_it_is() {
    for path in rust_files("src") {
        assert!(read(&path).starts_with("//!"), "{}", path.display());
    }
}

#[test]
fn every_rule_is_named_after_its_file_and_has_tests() {
    for path in rust_files("src/check/rules") {
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if stem == "mod" || stem == "testing" {
            continue;
        }
        let code = read(&path);
        let id = format!("id: \"{}\"", stem.replace('_', "-"));
        assert!(code.contains(&id), "{} has no {id}", path.display());
        assert!(code.contains("#[test]"), "{} has no test", path.display());
    }
}

#[test]
fn every_code_that_is_reported_is_explained() {
    let known: Vec<&str> =
        vanthu::cli::explain::codes().into_iter().map(|(code, _)| code).collect();
    let mut unknown = Vec::new();
    for path in rust_files("src") {
        let code = code_without_tests(&path);
        for call in ["error(", "warning(", "info("] {
            for (at, _) in code.match_indices(call) {
                let Some(rest) = code[at + call.len()..].trim_start().strip_prefix('"') else {
                    continue;
                };
                let (reported, _) = rest.split_once('"').unwrap();
                let is_code = reported
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
                if is_code && !known.contains(&reported) {
                    unknown.push(format!("{}: {reported}", path.display()));
                }
            }
        }
    }
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
}

#[test]
fn every_document_type_is_complete() {
    for entry in std::fs::read_dir(root().join("templates")).unwrap() {
        let folder = entry.unwrap().path();
        if !folder.is_dir() || folder.ends_with("chung") {
            continue;
        }
        for name in ["loai.yaml", "noi_dung.md", "ho_so_mau.yaml"] {
            assert!(folder.join(name).is_file(), "{} lacks {name}", folder.display());
        }
    }
}

#[test]
fn every_text_is_nfc_and_ends_with_a_line_feed() {
    use unicode_normalization::is_nfc;
    let endings = ["rs", "md", "yaml", "toml", "csv", "typ", "txt", "json"];
    for path in files(&root(), &|path| {
        path.extension()
            .and_then(|ending| ending.to_str())
            .is_some_and(|ending| endings.contains(&ending))
    }) {
        // Wrong inputs are wrong on purpose.
        if path.starts_with(root().join("tests/cases"))
            || path.starts_with(root().join("tests/conformance/seed"))
        {
            continue;
        }
        let text = read(&path);
        assert!(is_nfc(&text), "{} is not NFC", path.display());
        assert!(
            text.is_empty() || text.ends_with('\n'),
            "{} has no last line feed",
            path.display()
        );
    }
}

/// The seed's own facts live in `reports/` and `tests/`, never in the program.
#[test]
fn the_program_knows_no_report() {
    for path in rust_files("src") {
        let code: String = code_without_tests(&path)
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect();
        for fact in ["Kiên Giang", "kien_giang", "53.652", "325/BC", "Nguyễn Thanh Nhân"] {
            assert!(!code.contains(fact), "{} knows {fact}", path.display());
        }
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &str) -> Vec<PathBuf> {
    files(&root().join(folder), &|path| path.extension().is_some_and(|ending| ending == "rs"))
}

fn files(folder: &Path, wanted: &dyn Fn(&Path) -> bool) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap_or_default().to_owned();
        if path.is_dir() {
            if !name.starts_with('.') && name != "target" && name != "node_modules" {
                found.extend(files(&path, wanted));
            }
        } else if wanted(&path) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The first folder or file below `src`.
fn module_of(path: &Path) -> String {
    let below = path.strip_prefix(root().join("src")).unwrap();
    let first = below.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

fn allowed(module: &str) -> &'static [&'static str] {
    let table: BTreeMap<_, _> = MAY_IMPORT.iter().copied().collect();
    table.get(module).copied().unwrap_or(&[])
}

/// Tests may reach further than the code they test.
fn code_without_tests(path: &Path) -> String {
    let is_test_file =
        ["tests.rs", "testing.rs", "sample.rs"].iter().any(|name| path.ends_with(name))
            || path.components().any(|part| part.as_os_str() == "tests");
    if is_test_file {
        return String::new();
    }
    let code = read(path);
    let end = ["#[cfg(test)]\nmod ", "#[cfg(test)]\npub mod "]
        .iter()
        .filter_map(|mark| code.find(mark).filter(|&at| code[at..].contains('{')))
        .min()
        .unwrap_or(code.len());
    code[..end].to_owned()
}

/// Names after `crate::`, in code and not in comments.
fn imports(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
        for (at, mark) in line.match_indices("crate::") {
            let rest = &line[at + mark.len()..];
            if let Some(group) = rest.strip_prefix('{') {
                let inside = group.split('}').next().unwrap_or_default();
                found.extend(
                    inside
                        .split(',')
                        .map(|name| name.trim().split("::").next().unwrap().to_owned()),
                );
            } else {
                found.insert(
                    rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect(),
                );
            }
        }
    }
    found.remove("");
    found
}
