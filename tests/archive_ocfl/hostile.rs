//! Names and inventories that want to lead elsewhere, and inventories that want to be read at all.

use std::fs;

use proptest::prelude::*;
use sha2::{Digest as _, Sha512};
use vanthu::archive::ocfl::{Store, layout, names};

use crate::office::{ID, Office, stage, tree};

/// Parts of names that some system takes for more than a name.
const PARTS: &[&str] = &[
    "",
    ".",
    "..",
    "...",
    " ",
    "a ",
    " a",
    "a.",
    "a. ",
    "\0",
    "a\0b",
    "\n",
    "a\tb",
    "\r",
    "\u{7f}",
    "\u{85}",
    "\u{202e}fdp.exe",
    "\u{2066}a",
    "\u{200b}",
    "\u{feff}a",
    "a\u{ad}b",
    "\u{a0}",
    "\u{3000}",
    "\u{2028}",
    "\u{fffd}",
    "\u{e000}",
    "Đề a\u{301}n",
    "a\u{323}\u{302}",
    "\\",
    "..\\..",
    "C:",
    "C:\\a",
    "\\\\server\\share",
    "a:b",
    "a*",
    "a?",
    "a|b",
    "a<b",
    "a>b",
    "a\"b",
    "CON",
    "con",
    "Nul",
    "nul.txt",
    "AUX.",
    "PRN.tar.gz",
    "COM1",
    "com9.pdf",
    "LPT1",
    "lpt¹",
    "COM³.x",
    "CONIN$",
    "conout$",
    "CLOCK$",
    "nul .txt",
    "~\0",
];

/// Paths made of them: alone, first, in the middle, last.
fn paths() -> Vec<String> {
    let mut paths =
        vec!["/".to_owned(), "//".to_owned(), "a".repeat(201), "ế".repeat(67), "a/".repeat(101)];
    for part in PARTS {
        paths.extend([
            (*part).to_owned(),
            format!("{part}/a.txt"),
            format!("mau/{part}/a.txt"),
            format!("mau/{part}"),
        ]);
    }
    paths.extend(
        ["/etc/passwd", "../a", "a/../../b", "./a", "a/./b", "a//b", "/a", "a/"].map(str::to_owned),
    );
    paths
}

#[test]
fn no_hostile_name_is_written() {
    let office = Office::new();
    let before = tree(&office.place.archive());
    let paths = paths();
    assert!(paths.len() > 200);
    for path in &paths {
        let refused = office.stage(1, &[(path, "a")]).unwrap_err().to_string();
        assert!(refused.starts_with("không lưu được tệp"), "{path:?}: {refused}");
        assert!(!refused.contains(['\0', '\u{202e}', '\u{7f}']), "{refused:?}");
        assert_eq!(tree(&office.place.archive()), before, "{path:?}");
    }
}

#[test]
fn names_of_a_clerks_files_are_written() {
    let names = [
        "van_ban.pdf",
        "du_lieu/Biểu 01 – kế hoạch (lần 2).xlsx",
        "mau/chung/ket.md",
        "Đề án 06.csv",
        "a+b&c=d,e'f.txt",
        "mau/_dau_tep.yaml",
        ".gitignore",
        "100%.txt",
        "~nháp.docx",
        "com.txt",
        "console.log",
        "ế/ề/ể",
    ];
    for name in names {
        names::check(name).unwrap();
    }
    let office = Office::new();
    office.put(1, &names.map(|name| (name, name)));
    let text: String = office.text(1);
    for name in names {
        assert!(text.contains(&format!("{name}: {name}\n")), "{text}");
    }
    assert!(office.store.validate().unwrap().is_empty());
}

#[test]
fn names_in_each_others_way_are_refused() {
    let office = Office::new();
    for pair in [["a", "a"], ["a", "A"], ["a/b", "a"], ["Đề án", "đề án"], ["mau/A/b", "mau/a"]]
    {
        let refused = office.stage(1, &pair.map(|path| (path, "x"))).unwrap_err().to_string();
        assert!(refused.contains("không lưu cạnh nhau được"), "{pair:?}: {refused}");
    }
    office.put(1, &[("a/b", "x")]);
    for path in ["a", "A/b", "a/b/c"] {
        assert!(office.stage(2, &[(path, "y")]).is_err(), "{path}");
    }
}

#[test]
fn no_hostile_id_leads_outside() {
    let office = Office::new();
    let mut ids: Vec<String> = paths();
    assert!(office.store.object("").unwrap().is_none());
    ids.retain(|id| !id.is_empty());
    ids.extend(paths().iter().map(|path| format!("vanthu:{path}")));
    ids.extend([
        "a:".repeat(250),
        "vanthu:".to_owned(),
        ":a".to_owned(),
        "văn:thư".to_owned(),
        "1a:b".to_owned(),
    ]);
    for id in &ids {
        let path = layout::path(id);
        assert!(path.split('/').all(|part| !matches!(part, "" | "." | "..")), "{path}");
        assert!(office.store.object(id).unwrap().is_none());
        assert!(office.store.settle(id).unwrap().is_none());
        // Whether it is taken or not, nothing is outside and what is inside is in order.
        if let Ok(staged) = stage(&office.store, id, 1, &[("a", id)]) {
            staged.commit().unwrap();
            assert_eq!(office.store.object(id).unwrap().unwrap().id, *id);
        }
    }
    let outside: Vec<_> = fs::read_dir(office.place.root()).unwrap().collect();
    assert_eq!(outside.len(), 1);
    assert!(office.store.validate().unwrap().is_empty());
    assert!(!office.store.ids().unwrap().is_empty());
}

#[test]
fn no_hostile_date_user_or_message_is_written() {
    use vanthu::archive::ocfl::{Commit, NewVersion};
    let office = Office::new();
    let good = || Commit {
        created: "2026-11-26T08:30:00+07:00".to_owned(),
        message: "Phát hành".to_owned(),
        user: "Trần Thị B".to_owned(),
    };
    let long = "a".repeat(5_000);
    let wrong = [
        Commit { created: String::new(), ..good() },
        Commit { created: "2026-11-26".to_owned(), ..good() },
        Commit { created: "2026-11-26 08:30:00+07:00".to_owned(), ..good() },
        Commit { created: "2026-11-26T08:30:00".to_owned(), ..good() },
        Commit { created: "2026-11-26T08:30+07:00".to_owned(), ..good() },
        Commit { created: "2026-11-31T08:30:00+07:00".to_owned(), ..good() },
        Commit { created: "2026-11-26t08:30:00z".to_owned(), ..good() },
        Commit { user: " ".to_owned(), ..good() },
        Commit { user: "a\0b".to_owned(), ..good() },
        Commit { user: "\u{202e}a".to_owned(), ..good() },
        Commit { user: long.clone(), ..good() },
        Commit { message: "a\u{7}".to_owned(), ..good() },
        Commit { message: long, ..good() },
    ];
    for commit in wrong {
        let shown = format!("{commit:?}");
        let new = NewVersion { id: ID, version: 1, files: Vec::new(), commit };
        assert!(office.store.stage(new).is_err(), "{shown}");
    }
}

/// Writes a main inventory, and that of v1, with sidecars that fit.
fn put_inventory(office: &Office, text: &[u8]) {
    for folder in [office.object(), office.object().join("v1")] {
        let digest: String =
            Sha512::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
        fs::write(folder.join("inventory.json"), text).unwrap();
        fs::write(folder.join("inventory.json.sha512"), format!("{digest} inventory.json\n"))
            .unwrap();
    }
}

/// The secret has the digest that the inventory gives, so that only the way can stop it.
#[test]
fn no_hostile_inventory_leads_outside() {
    const SECRET: &str = "mật";
    let office = Office::new();
    fs::write(office.place.root().join("mat.txt"), SECRET).unwrap();
    office.put(1, &[("a.txt", SECRET)]);
    fs::remove_file(office.object().join("v1/content/a.txt")).unwrap();
    let good = fs::read_to_string(office.object().join("inventory.json")).unwrap();
    let absolute = office.place.root().join("mat.txt").display().to_string();
    let up = "../".repeat(8);
    let mut ways = paths();
    ways.extend([
        absolute.clone(),
        format!("/{absolute}"),
        format!("v1/content{absolute}"),
        format!("{up}mat.txt"),
        format!("v1/content/{up}mat.txt"),
        format!("v1/{up}mat.txt"),
        format!("v1/content/a/{up}mat.txt"),
        up.replace('/', "\\") + "mat.txt",
        format!("v1/content/{}mat.txt", up.replace('/', "\\")),
    ]);
    ways.extend(paths().iter().map(|path| format!("v1/content/{path}")));
    assert!(ways.len() > 400);
    let before = tree(office.place.root());
    for way in &ways {
        let json = serde_json::to_string(way).unwrap();
        put_inventory(&office, good.replace("\"v1/content/a.txt\"", &json).as_bytes());
        if let Ok(Some(object)) = office.store.object(ID) {
            assert!(office.store.read(&object, 1, "a.txt").is_err(), "{way:?}");
        }
        assert!(!office.store.validate().unwrap().is_empty(), "{way:?}");
    }
    assert_eq!(tree(office.place.root()), before);
}

#[cfg(unix)]
#[test]
fn no_link_is_followed() {
    use std::os::unix::fs::symlink;
    let office = Office::new();
    let outside = office.place.root().join("ngoai");
    fs::create_dir_all(outside.join("content")).unwrap();
    fs::write(outside.join("a.txt"), "mật").unwrap();
    fs::write(outside.join("content/a.txt"), "mật").unwrap();
    office.put(1, &[("a.txt", "mật"), ("b/c.txt", "c")]);
    let object = office.store.object(ID).unwrap().unwrap();
    let file = office.object().join("v1/content/a.txt");
    fs::remove_file(&file).unwrap();
    symlink(outside.join("a.txt"), &file).unwrap();
    assert!(office.store.read(&object, 1, "a.txt").is_err());
    fs::rename(office.object().join("v1/content"), outside.join("v1")).unwrap();
    symlink(&outside, office.object().join("v1/content")).unwrap();
    assert!(office.store.read(&object, 1, "a.txt").is_err());
    // The folder of the hash, where the next record would come.
    let first = (0..).map(|n| format!("vanthu:b:{n}")).next().unwrap();
    let tuple = layout::path(&first)[..3].to_owned();
    symlink(&outside, office.place.records().join(tuple)).unwrap();
    assert!(stage(&office.store, &first, 1, &[("a", "a")]).is_err());
    assert!(office.store.object(&first).is_err());
    // The staging folder itself.
    fs::remove_dir_all(office.place.staging()).unwrap();
    symlink(&outside, office.place.staging()).unwrap();
    assert!(stage(&office.store, "vanthu:c", 1, &[("a", "a")]).is_err());
    let left = tree(&outside);
    assert_eq!(left, "a.txt\ncontent/a.txt\nv1/a.txt\nv1/b/c.txt\n");
}

/// Swapped again and again under a reader: it reads the record or refuses.
#[cfg(unix)]
#[test]
fn a_link_that_is_swapped_in_while_it_is_read_leads_nowhere() {
    use std::os::unix::fs::symlink;
    use std::sync::atomic::{AtomicBool, Ordering};
    let office = Office::new();
    let outside = office.place.root().join("ngoai");
    fs::create_dir_all(outside.join("content")).unwrap();
    fs::write(outside.join("content/a.txt"), "mật").unwrap();
    office.put(1, &[("a.txt", "của kho")]);
    let object = office.store.object(ID).unwrap().unwrap();
    let version = office.object().join("v1");
    let aside = office.object().join("v1_that");
    let done = std::sync::Arc::new(AtomicBool::new(false));
    let swapper = {
        let done = done.clone();
        std::thread::spawn(move || {
            while !done.load(Ordering::Relaxed) {
                fs::rename(&version, &aside).unwrap();
                symlink(&outside, &version).unwrap();
                fs::remove_file(&version).unwrap();
                fs::rename(&aside, &version).unwrap();
            }
        })
    };
    for _ in 0..1_000 {
        if let Ok(Some(bytes)) = office.store.read(&object, 1, "a.txt") {
            assert_eq!(bytes, "của kho".as_bytes());
        }
    }
    done.store(true, Ordering::Relaxed);
    swapper.join().unwrap();
}

#[test]
fn an_inventory_that_is_too_large_or_too_deep_is_refused() {
    let office = Office::new();
    office.put(1, &[("a.txt", "a")]);
    let good = fs::read_to_string(office.object().join("inventory.json")).unwrap();
    let large = good.replace("Phát hành", &"a".repeat(5 * 1024 * 1024));
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let many: String = (0..30_000).map(|n| format!("\"v{n}\":{{}},")).collect();
    let many = format!("{{\"versions\":{{{}\"v\":0}}}}", many);
    for text in [large, deep, many] {
        put_inventory(&office, text.as_bytes());
        assert!(office.store.object(ID).is_err());
        assert!(!office.store.validate().unwrap().is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Some bytes of an inventory are others: it is refused or says the same files.
    #[test]
    fn an_inventory_of_any_bytes_is_judged(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        static WHOLE: std::sync::LazyLock<Office> = std::sync::LazyLock::new(|| {
            let office = Office::new();
            office.put(1, &[("a.txt", "a")]);
            office
        });
        let office = WHOLE.copy();
        let mut bytes = fs::read(office.object().join("inventory.json")).unwrap();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        put_inventory(&office, &bytes);
        let store = Store::open(&office.place).unwrap();
        if let Ok(Some(object)) = store.object(ID) {
            let _ = store.files(&object, object.head);
        }
        let _ = store.ids();
        let _ = store.settle(ID);
        store.validate().unwrap();
    }
}
