//! What somebody can do to an archive, and the codes by which it is told.

use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256, Sha512};
use vanthu::archive::ocfl::{Store, layout};
use vanthu::diag::{At, Diagnostic};

use crate::office::{ID, Office, codes, copy, stage};

/// One way to do damage.
type Damage = (&'static str, fn(&Target));

/// What is damaged: a record of three versions, beside another of one.
pub struct Target {
    /// The storage root.
    pub root: PathBuf,
    /// The record of three versions.
    pub object: PathBuf,
}

impl Target {
    fn write(&self, path: &str, text: &str) {
        let path = self.object.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn remove(&self, path: &str) {
        let path = self.object.join(path);
        if path.is_dir() {
            fs::remove_dir_all(path).unwrap()
        } else {
            fs::remove_file(path).unwrap()
        }
    }

    fn rename(&self, from: &str, to: &str) {
        fs::rename(self.object.join(from), self.object.join(to)).unwrap();
    }

    /// Changes an inventory (`""`: the main one) and its sidecar with it.
    fn edit(&self, version: &str, change: impl FnOnce(&mut Value)) {
        let path = self.object.join(version).join("inventory.json");
        let mut json: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        change(&mut json);
        self.put(version, &serde_json::to_string_pretty(&json).unwrap());
    }

    /// The main inventory and that of the newest version, which are the same.
    fn edit_both(&self, change: impl Fn(&mut Value)) {
        self.edit("", &change);
        self.edit("v3", &change);
    }

    fn put(&self, version: &str, inventory: &str) {
        let folder = self.object.join(version);
        fs::write(folder.join("inventory.json"), inventory).unwrap();
        let digest = hex(&Sha512::digest(inventory));
        fs::write(folder.join("inventory.json.sha512"), format!("{digest} inventory.json\n"))
            .unwrap();
    }

    fn put_both(&self, inventory: &str) {
        self.put("", inventory);
        self.put("v3", inventory);
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The first digest of a block of digests and paths.
fn first(block: &Value) -> String {
    block.as_object().unwrap().keys().next().unwrap().clone()
}

/// The text of the inventory with one piece replaced in both places.
fn replace(target: &Target, from: &str, to: &str) {
    let text = fs::read_to_string(target.object.join("inventory.json")).unwrap();
    assert!(text.contains(from), "{from}");
    target.put_both(&text.replacen(from, to, 1));
}

#[cfg(unix)]
fn link(to: &str, path: &Path) {
    std::os::unix::fs::symlink(to, path).unwrap();
}

/// An archive with a record of three versions and one of one version.
pub fn example() -> Office {
    let office = Office::new();
    office.put(
        1,
        &[("ho_so.yaml", "số: 325"), ("mau/chung/ket.md", "Nơi nhận"), ("van_ban.pdf", "%PDF")],
    );
    office.put(2, &[("van_ban_ky.pdf", "%PDF ký"), ("su_kien.json", "{}")]);
    office.put(3, &[("su_kien.json", "{ }")]);
    stage(&office.store, "vanthu:2026:a:chung:326", 1, &[("a.txt", "a")])
        .unwrap()
        .commit()
        .unwrap();
    office
}

const DAMAGES: &[Damage] = &[
    ("nothing", |_| ()),
    ("a byte of a file", |t| t.write("v1/content/van_ban.pdf", "%PDf")),
    ("a file cut short", |t| t.write("v1/content/van_ban.pdf", "")),
    ("a file is gone", |t| t.remove("v2/content/van_ban_ky.pdf")),
    ("a file has another name", |t| t.rename("v1/content/van_ban.pdf", "v1/content/van_ban.PDF")),
    ("two files changed places", |t| {
        t.rename("v1/content/van_ban.pdf", "v1/x");
        t.rename("v1/content/ho_so.yaml", "v1/content/van_ban.pdf");
        t.rename("v1/x", "v1/content/ho_so.yaml");
    }),
    ("a file too many in content", |t| t.write("v1/content/them.txt", "thêm")),
    ("a file too many in a version", |t| t.write("v1/them.txt", "thêm")),
    ("a file too many in the object", |t| t.write("them.txt", "thêm")),
    ("a folder too many in the object", |t| t.write("them/a.txt", "thêm")),
    ("a folder too many in a version", |t| t.write("v1/them/a.txt", "thêm")),
    ("an empty folder in content", |t| fs::create_dir(t.object.join("v1/content/trong")).unwrap()),
    ("an empty content folder", |t| {
        t.remove("v3/content/su_kien.json");
    }),
    ("a version is gone", |t| t.remove("v2")),
    ("the newest version is gone", |t| t.remove("v3")),
    ("the first version is gone", |t| t.remove("v1")),
    ("a version too many", |t| t.write("v4/content/a.txt", "a")),
    ("a version of another name", |t| t.rename("v3", "v03")),
    ("a version 0", |t| t.write("v0/content/a.txt", "a")),
    ("the newest version is not told of", |t| {
        let text = fs::read_to_string(t.object.join("v2/inventory.json")).unwrap();
        t.put("", &text);
    }),
    ("no declaration", |t| t.remove("0=ocfl_object_1.1")),
    ("two declarations", |t| t.write("0=ocfl_object_1.0", "ocfl_object_1.0\n")),
    ("a declaration with other contents", |t| t.write("0=ocfl_object_1.1", "ocfl_object_1.1")),
    ("a declaration of another version", |t| {
        t.remove("0=ocfl_object_1.1");
        t.write("0=ocfl_object_1.0", "ocfl_object_1.0\n");
    }),
    ("a declaration of an unknown version", |t| {
        t.remove("0=ocfl_object_1.1");
        t.write("0=ocfl_object_2.7", "ocfl_object_2.7\n");
    }),
    ("a declaration with another tag", |t| t.rename("0=ocfl_object_1.1", "1=ocfl_object_1.1")),
    ("no inventory", |t| t.remove("inventory.json")),
    ("no inventory in a version", |t| t.remove("v2/inventory.json")),
    ("no sidecar", |t| t.remove("inventory.json.sha512")),
    ("no sidecar in a version", |t| t.remove("v1/inventory.json.sha512")),
    ("a sidecar of another algorithm", |t| {
        t.rename("inventory.json.sha512", "inventory.json.sha256")
    }),
    ("a sidecar without a name", |t| t.write("inventory.json.sha512", "abc\n")),
    ("a sidecar of two lines", |t| {
        let text = fs::read_to_string(t.object.join("inventory.json.sha512")).unwrap();
        t.write("inventory.json.sha512", &text.repeat(2));
    }),
    ("an empty sidecar", |t| t.write("inventory.json.sha512", "")),
    ("a wrong sidecar", |t| {
        t.write("inventory.json.sha512", &format!("{} inventory.json\n", "0".repeat(128)))
    }),
    ("a wrong sidecar in a version", |t| {
        t.write("v2/inventory.json.sha512", &format!("{} inventory.json\n", "0".repeat(128)));
    }),
    ("an inventory with a blank more", |t| {
        let text = fs::read_to_string(t.object.join("inventory.json")).unwrap();
        t.write("inventory.json", &format!("{text} "));
    }),
    ("two inventories of the newest version", |t| t.edit("", |_| ())),
    ("an inventory that is no JSON", |t| t.put_both("{")),
    ("an inventory that is empty", |t| t.put_both("")),
    ("an inventory that is a list", |t| t.put_both("[]")),
    ("an inventory in UTF-16", |t| {
        let text = fs::read_to_string(t.object.join("inventory.json")).unwrap();
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        fs::write(t.object.join("inventory.json"), bytes).unwrap();
    }),
    ("a key stands twice", |t| {
        replace(t, "\"head\": \"v3\",", "\"head\": \"v3\", \"head\": \"v3\",")
    }),
    ("no id", |t| t.edit_both(|json| drop(json.as_object_mut().unwrap().remove("id")))),
    ("an empty id", |t| t.edit_both(|json| json["id"] = json!(""))),
    ("an id that is a number", |t| t.edit_both(|json| json["id"] = json!(325))),
    ("an id that is no URI", |t| t.edit_both(|json| json["id"] = json!("số 325"))),
    ("the id of another record", |t| {
        t.edit_both(|json| json["id"] = json!("vanthu:2026:a:chung:326"))
    }),
    ("another id in an old version", |t| t.edit("v1", |json| json["id"] = json!("vanthu:x"))),
    ("no type", |t| t.edit_both(|json| drop(json.as_object_mut().unwrap().remove("type")))),
    ("another type", |t| t.edit_both(|json| json["type"] = json!("https://ocfl.io/1.1/spec/"))),
    ("a type of before", |t| {
        t.edit_both(|json| json["type"] = json!("https://ocfl.io/1.0/spec/#inventory"))
    }),
    ("a type of later in an old version", |t| {
        t.edit("v2", |json| json["type"] = json!("https://ocfl.io/1.0/spec/#inventory"));
    }),
    ("no algorithm", |t| {
        t.edit_both(|json| drop(json.as_object_mut().unwrap().remove("digestAlgorithm")))
    }),
    ("an algorithm that is not allowed", |t| {
        t.edit_both(|json| json["digestAlgorithm"] = json!("md5"))
    }),
    ("another algorithm than the digests'", |t| {
        t.edit_both(|json| json["digestAlgorithm"] = json!("sha256"));
        for folder in ["", "v3"] {
            let text = fs::read_to_string(t.object.join(folder).join("inventory.json")).unwrap();
            let digest = hex(&Sha256::digest(&text));
            fs::remove_file(t.object.join(folder).join("inventory.json.sha512")).unwrap();
            t.write(
                &format!("{folder}/inventory.json.sha256"),
                &format!("{digest} inventory.json\n"),
            );
        }
    }),
    ("no head", |t| t.edit_both(|json| drop(json.as_object_mut().unwrap().remove("head")))),
    ("a head of before", |t| t.edit_both(|json| json["head"] = json!("v2"))),
    ("a head that is not there", |t| t.edit_both(|json| json["head"] = json!("v9"))),
    ("a head that is a number", |t| t.edit_both(|json| json["head"] = json!(3))),
    ("a wrong head in an old version", |t| t.edit("v2", |json| json["head"] = json!("v1"))),
    ("a content folder with a slash", |t| {
        t.edit_both(|json| json["contentDirectory"] = json!("a/b"))
    }),
    ("a content folder that leads up", |t| {
        t.edit_both(|json| json["contentDirectory"] = json!(".."))
    }),
    ("a content folder of a sudden", |t| {
        t.edit_both(|json| json["contentDirectory"] = json!("khac"))
    }),
    ("no manifest", |t| t.edit_both(|json| drop(json.as_object_mut().unwrap().remove("manifest")))),
    ("a manifest that is a list", |t| t.edit_both(|json| json["manifest"] = json!([]))),
    ("a manifest without a list", |t| {
        t.edit_both(|json| {
            let digest = first(&json["manifest"]);
            json["manifest"][&digest] = json!("v1/content/van_ban.pdf");
        });
    }),
    ("a manifest that lacks a file", |t| {
        t.edit_both(|json| {
            let digest = first(&json["manifest"]);
            json["manifest"].as_object_mut().unwrap().remove(&digest);
        });
    }),
    ("a manifest with a file too many", |t| {
        t.edit_both(|json| json["manifest"]["0".repeat(128)] = json!(["v1/content/khong.txt"]));
    }),
    ("a manifest with a digest in both cases", |t| {
        t.edit_both(|json| {
            let digest = first(&json["manifest"]);
            json["manifest"][digest.to_uppercase()] = json["manifest"][&digest].clone();
        });
    }),
    ("a digest cut short", |t| {
        let text = fs::read_to_string(t.object.join("inventory.json")).unwrap();
        let json: Value = serde_json::from_str(&text).unwrap();
        let digest = first(&json["manifest"]);
        t.put_both(&text.replace(&digest, &digest[..100]));
    }),
    ("a content path that leads up", |t| {
        replace(t, "v1/content/van_ban.pdf", "v1/content/../../van_ban.pdf")
    }),
    ("a content path from the root", |t| {
        replace(t, "v1/content/van_ban.pdf", "/v1/content/van_ban.pdf")
    }),
    ("a content path with an empty part", |t| {
        replace(t, "v1/content/van_ban.pdf", "v1/content//van_ban.pdf")
    }),
    ("a content path outside versions", |t| replace(t, "v1/content/van_ban.pdf", "van_ban.pdf")),
    ("a content path that stands twice", |t| {
        replace(t, "v1/content/van_ban.pdf", "v1/content/ho_so.yaml")
    }),
    ("a content path below a file", |t| {
        replace(t, "v1/content/van_ban.pdf", "v1/content/ho_so.yaml/a")
    }),
    ("no versions", |t| t.edit_both(|json| drop(json.as_object_mut().unwrap().remove("versions")))),
    ("versions that are none", |t| t.edit_both(|json| json["versions"] = json!({}))),
    ("versions that are a list", |t| t.edit_both(|json| json["versions"] = json!([]))),
    ("a version that is a text", |t| t.edit_both(|json| json["versions"]["v2"] = json!("v2"))),
    ("a version left out", |t| {
        t.edit_both(|json| drop(json["versions"].as_object_mut().unwrap().remove("v2")));
    }),
    ("the first version left out", |t| {
        t.edit_both(|json| drop(json["versions"].as_object_mut().unwrap().remove("v1")));
    }),
    ("a version of a strange name", |t| {
        t.edit_both(|json| json["versions"]["2"] = json["versions"]["v2"].clone())
    }),
    ("no state", |t| {
        t.edit_both(|json| drop(json["versions"]["v2"].as_object_mut().unwrap().remove("state")))
    }),
    ("no date", |t| {
        t.edit_both(|json| drop(json["versions"]["v2"].as_object_mut().unwrap().remove("created")))
    }),
    ("a date without a time zone", |t| {
        t.edit_both(|json| json["versions"]["v2"]["created"] = json!("2026-11-26T08:30:00"));
    }),
    ("a date without seconds", |t| {
        t.edit_both(|json| json["versions"]["v2"]["created"] = json!("2026-11-26T08:30+07:00"));
    }),
    ("a date of a month that is none", |t| {
        t.edit_both(|json| json["versions"]["v2"]["created"] = json!("2026-13-26T08:30:00+07:00"));
    }),
    ("another date in an old version", |t| {
        t.edit("v1", |json| json["versions"]["v1"]["created"] = json!("2025-11-26T08:30:00+07:00"));
    }),
    ("no message", |t| {
        t.edit_both(|json| drop(json["versions"]["v3"].as_object_mut().unwrap().remove("message")))
    }),
    ("a message that is a number", |t| {
        t.edit_both(|json| json["versions"]["v3"]["message"] = json!(3))
    }),
    ("no user", |t| {
        t.edit_both(|json| drop(json["versions"]["v3"].as_object_mut().unwrap().remove("user")))
    }),
    ("a user that is a text", |t| t.edit_both(|json| json["versions"]["v3"]["user"] = json!("B"))),
    ("a user without a name", |t| {
        t.edit_both(|json| json["versions"]["v3"]["user"] = json!({"address": "urn:b"}))
    }),
    ("a user without an address", |t| {
        t.edit_both(|json| json["versions"]["v3"]["user"] = json!({"name": "B"}))
    }),
    ("a user whose address is none", |t| {
        t.edit_both(|json| {
            json["versions"]["v3"]["user"] = json!({"name": "B", "address": "nhà B"})
        });
    }),
    ("a state that is a list", |t| t.edit_both(|json| json["versions"]["v3"]["state"] = json!([]))),
    ("a state of a strange digest", |t| {
        t.edit_both(|json| json["versions"]["v3"]["state"]["0".repeat(128)] = json!(["khong.txt"]));
    }),
    ("a state with a digest in capitals", |t| {
        t.edit_both(|json| {
            let digest = first(&json["versions"]["v3"]["state"]);
            let paths =
                json["versions"]["v3"]["state"].as_object_mut().unwrap().remove(&digest).unwrap();
            json["versions"]["v3"]["state"][digest.to_uppercase()] = paths;
        });
    }),
    ("a state without a list", |t| {
        t.edit_both(|json| {
            let digest = first(&json["versions"]["v3"]["state"]);
            json["versions"]["v3"]["state"][digest] = json!("a");
        });
    }),
    ("a logical path that leads up", |t| {
        t.edit_both(|json| {
            let digest = first(&json["versions"]["v3"]["state"]);
            json["versions"]["v3"]["state"][digest] = json!(["../a"]);
        });
    }),
    ("a logical path from the root", |t| {
        t.edit_both(|json| {
            let digest = first(&json["versions"]["v3"]["state"]);
            json["versions"]["v3"]["state"][digest] = json!(["/a"]);
        });
    }),
    ("a logical path that stands twice", |t| {
        t.edit_both(|json| {
            let digest = first(&json["versions"]["v3"]["state"]);
            json["versions"]["v3"]["state"][digest] = json!(["a", "a"]);
        });
    }),
    ("a logical path below a file", |t| {
        t.edit_both(|json| {
            let digest = first(&json["versions"]["v3"]["state"]);
            json["versions"]["v3"]["state"][digest] = json!(["a", "a/b"]);
        });
    }),
    ("the state of an old version is another", |t| {
        t.edit_both(|json| {
            let state = json["versions"]["v2"]["state"].clone();
            json["versions"]["v1"]["state"] = state;
        });
    }),
    ("a key that OCFL does not know", |t| t.edit_both(|json| json["ghi_chu"] = json!("a"))),
    ("a key in a version that OCFL does not know", |t| {
        t.edit_both(|json| json["versions"]["v3"]["ghi_chu"] = json!("a"));
    }),
    ("a fixity that is a list", |t| t.edit_both(|json| json["fixity"] = json!([]))),
    ("a fixity of a strange algorithm", |t| {
        t.edit_both(|json| json["fixity"] = json!({"rot13": {}}))
    }),
    ("a fixity without a list", |t| {
        t.edit_both(|json| json["fixity"] = json!({"sha256": {"00": "a"}}))
    }),
    ("a fixity that does not fit", |t| {
        t.edit_both(|json| {
            json["fixity"] = json!({"sha256": {"0".repeat(64): ["v1/content/van_ban.pdf"]}})
        });
    }),
    ("a fixity with a digest in both cases", |t| {
        t.edit_both(|json| {
            let digest = hex(&Sha256::digest("%PDF"));
            let path = json!(["v1/content/van_ban.pdf"]);
            json["fixity"] = json!({"sha256": {digest.to_uppercase(): path.clone(), digest: path}});
        });
    }),
    ("a fixity of a path that leads up", |t| {
        t.edit_both(|json| json["fixity"] = json!({"sha256": {"0".repeat(64): ["../a"]}}));
    }),
    ("a file among the object's extensions", |t| t.write("extensions/a.txt", "a")),
    ("an extension of the object that nobody knows", |t| t.write("extensions/cua-toi/a.txt", "a")),
    ("logs, which are allowed", |t| t.write("logs/2026.txt", "a")),
    #[cfg(unix)]
    ("a file is a link", |t| {
        t.rename("v1/content/van_ban.pdf", "v1/content/that.pdf");
        link("that.pdf", &t.object.join("v1/content/van_ban.pdf"));
    }),
    #[cfg(unix)]
    ("a version is a link", |t| {
        fs::create_dir(t.object.join("logs")).unwrap();
        t.rename("v2", "logs/v2");
        link("logs/v2", &t.object.join("v2"));
    }),
    #[cfg(unix)]
    ("the inventory is a link", |t| {
        t.remove("inventory.json");
        link("v3/inventory.json", &t.object.join("inventory.json"));
    }),
    #[cfg(unix)]
    ("the object is a link", |t| {
        let elsewhere = t.root.parent().unwrap().join("tam/cho_khac");
        fs::rename(&t.object, &elsewhere).unwrap();
        link("../../../../tam/cho_khac", &t.object);
    }),
    #[cfg(unix)]
    ("a link that leads outside, in the root", |t| link("/etc", &t.root.join("ngoai"))),
    ("an object of another place", |t| {
        let to = t.root.join("000/000/000");
        fs::create_dir_all(&to).unwrap();
        fs::rename(&t.object, to.join(t.object.file_name().unwrap())).unwrap();
        t.prune();
    }),
    ("an object twice", |t| copy(&t.object, &t.root.join("abc/def/012/khac"))),
    ("an empty folder in the root", |t| fs::create_dir(t.root.join("abc")).unwrap()),
    ("a file in the hierarchy", |t| fs::write(t.object.join("../la.txt"), "a").unwrap()),
    ("a file in the root, which is allowed", |t| fs::write(t.root.join("doc.txt"), "a").unwrap()),
    ("a root in the root", |t| {
        fs::create_dir(t.root.join("abc")).unwrap();
        fs::write(t.root.join("abc/0=ocfl_1.1"), "ocfl_1.1\n").unwrap();
    }),
    ("no declaration of the root", |t| fs::remove_file(t.root.join("0=ocfl_1.1")).unwrap()),
    ("two declarations of the root", |t| {
        fs::write(t.root.join("0=ocfl_1.0"), "ocfl_1.0\n").unwrap()
    }),
    ("a declaration of the root with other contents", |t| {
        fs::write(t.root.join("0=ocfl_1.1"), "ocfl_1.1").unwrap()
    }),
    ("an older declaration of the root", |t| {
        fs::remove_file(t.root.join("0=ocfl_1.1")).unwrap();
        fs::write(t.root.join("0=ocfl_1.0"), "ocfl_1.0\n").unwrap();
    }),
    ("a declaration of the root of an unknown version", |t| {
        fs::rename(t.root.join("0=ocfl_1.1"), t.root.join("0=ocfl_9")).unwrap();
    }),
    ("a layout that is no JSON", |t| fs::write(t.root.join("ocfl_layout.json"), "{").unwrap()),
    ("a layout without a description", |t| {
        fs::write(
            t.root.join("ocfl_layout.json"),
            format!("{{\"extension\": \"{}\"}}", layout::NAME),
        )
        .unwrap();
    }),
    ("another layout", |t| {
        let text = fs::read_to_string(t.root.join("ocfl_layout.json")).unwrap();
        fs::write(t.root.join("ocfl_layout.json"), text.replace("0003-hash-and-id", "0004-hashed"))
            .unwrap();
    }),
    ("other parameters of the layout", |t| {
        let path = t.root.join("extensions").join(layout::NAME).join("config.json");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(path, text.replace("\"tupleSize\": 3", "\"tupleSize\": 2")).unwrap();
    }),
    ("a file among the root's extensions", |t| {
        fs::write(t.root.join("extensions/a.txt"), "a").unwrap()
    }),
    ("an extension of the root that nobody knows", |t| {
        fs::create_dir(t.root.join("extensions/cua-toi")).unwrap();
        fs::write(t.root.join("extensions/cua-toi/a.txt"), "a").unwrap();
    }),
];

impl Target {
    /// The folders above the object go with it when they are empty.
    fn prune(&self) {
        for folder in self.object.ancestors().skip(1).take(3) {
            fs::remove_dir(folder).unwrap();
        }
    }
}

#[test]
fn every_kind_of_damage_is_told_by_its_code() {
    let mut lines = String::new();
    let whole = example();
    for (name, damage) in DAMAGES {
        let office = whole.copy();
        damage(&Target { root: office.place.records(), object: office.object() });
        let codes = codes(&Store::open(&office.place).unwrap()).join(" ");
        lines += &format!("{name}: {codes}\n");
    }
    expect![[r#"
        nothing: 
        a byte of a file: E092
        a file cut short: E092
        a file is gone: E092
        a file has another name: E023 E092
        two files changed places: E092
        a file too many in content: E023
        a file too many in a version: E015
        a file too many in the object: E001
        a folder too many in the object: E001
        a folder too many in a version: W002
        an empty folder in content: E024
        an empty content folder: E092 W003
        a version is gone: E010 E092
        the newest version is gone: E046 E092
        the first version is gone: E010 E092
        a version too many: E023 E046 W010
        a version of another name: E001 E023 E046 E092
        a version 0: E001
        the newest version is not told of: E023 E046
        no declaration: E003
        two declarations: E003
        a declaration with other contents: E007
        a declaration of another version: E038
        a declaration of an unknown version: E004
        a declaration with another tag: E005
        no inventory: E063
        no inventory in a version: W010
        no sidecar: E058
        no sidecar in a version: E058
        a sidecar of another algorithm: E001 E058
        a sidecar without a name: E061
        a sidecar of two lines: E061
        an empty sidecar: E061
        a wrong sidecar: E060
        a wrong sidecar in a version: E060
        an inventory with a blank more: E060 E064
        two inventories of the newest version: E064
        an inventory that is no JSON: E033
        an inventory that is empty: E033
        an inventory that is a list: E033
        an inventory in UTF-16: E033 E060
        a key stands twice: E033
        no id: E036
        an empty id: E037
        an id that is a number: E037
        an id that is no URI: E037 E083 W005
        the id of another record: E037 E083
        another id in an old version: E037
        no type: E036
        another type: E038
        a type of before: E038 E103
        a type of later in an old version: E103
        no algorithm: E036
        an algorithm that is not allowed: E025
        another algorithm than the digests': E039 E058 E092 W004
        no head: E036
        a head of before: E040 E064
        a head that is not there: E040
        a head that is a number: E040
        a wrong head in an old version: E040
        a content folder with a slash: E017 E019 E042 E092 W002
        a content folder that leads up: E018 E019 E042 E092 W002
        a content folder of a sudden: E019 E042 E092 W002
        no manifest: E041
        a manifest that is a list: E106
        a manifest without a list: E023 E050 E092
        a manifest that lacks a file: E023 E050
        a manifest with a file too many: E092 E107
        a manifest with a digest in both cases: E096 E101 E107
        a digest cut short: E039 E066 E092
        a content path that leads up: E023 E092 E099
        a content path from the root: E023 E042 E092 E100
        a content path with an empty part: E023 E092 E099
        a content path outside versions: E023 E042 E092
        a content path that stands twice: E023 E092 E101
        a content path below a file: E023 E092 E101
        no versions: E043
        versions that are none: E008
        versions that are a list: E044
        a version that is a text: E047
        a version left out: E010 E042 E107
        the first version left out: E009 E042
        a version of a strange name: E046
        no state: E048
        no date: E048
        a date without a time zone: E049
        a date without seconds: E049
        a date of a month that is none: E049
        another date in an old version: W011
        no message: W007
        a message that is a number: E094
        no user: W007
        a user that is a text: E054
        a user without a name: E054
        a user without an address: W008
        a user whose address is none: W009
        a state that is a list: E050
        a state of a strange digest: E050
        a state with a digest in capitals: E050
        a state without a list: E051
        a logical path that leads up: E052
        a logical path from the root: E053
        a logical path that stands twice: E095
        a logical path below a file: E095
        the state of an old version is another: E066
        a key that OCFL does not know: E102
        a key in a version that OCFL does not know: E102
        a fixity that is a list: E111
        a fixity of a strange algorithm: E056
        a fixity without a list: E057
        a fixity that does not fit: E093
        a fixity with a digest in both cases: E097
        a fixity of a path that leads up: E093 E099
        a file among the object's extensions: E067
        an extension of the object that nobody knows: W013
        logs, which are allowed: 
        a file is a link: E023 E090 E092
        a version is a link: E010 E090 E092
        the inventory is a link: E090
        the object is a link: E073 E090
        a link that leads outside, in the root: E090
        an object of another place: E083
        an object twice: E083
        an empty folder in the root: E073
        a file in the hierarchy: E072
        a file in the root, which is allowed: 
        a root in the root: E088
        no declaration of the root: E069
        two declarations of the root: E076
        a declaration of the root with other contents: E080
        an older declaration of the root: E081
        a declaration of the root of an unknown version: E079 E080
        a layout that is no JSON: E070
        a layout without a description: E070
        another layout: E071
        other parameters of the layout: E071
        a file among the root's extensions: E112
        an extension of the root that nobody knows: W016
    "#]]
    .assert_eq(&lines);
}

#[test]
fn a_record_that_was_damaged_is_not_read_as_if_it_were_whole() {
    let office = example();
    fs::write(office.object().join("v1/content/van_ban.pdf"), "%PDf").unwrap();
    let object = office.store.object(ID).unwrap().unwrap();
    let fault = office.store.read(&object, 1, "van_ban.pdf").unwrap_err().to_string();
    assert!(fault.contains("van_ban.pdf đã bị sửa"), "{fault}");
    assert!(office.store.files(&object, 3).is_err());
    assert_eq!(office.store.read(&object, 1, "ho_so.yaml").unwrap().unwrap(), "số: 325".as_bytes());
    fs::remove_file(office.object().join("v1/content/van_ban.pdf")).unwrap();
    let fault = office.store.read(&object, 1, "van_ban.pdf").unwrap_err().to_string();
    assert!(fault.contains("van_ban.pdf không còn"), "{fault}");
}

/// Sampled: with a step that is prime to 2, over every file of a record.
#[test]
fn no_byte_of_a_record_can_be_flipped_unseen() {
    let office = example();
    let mut flips = 0;
    for file in files(&office.object()) {
        let bytes = fs::read(&file).unwrap();
        for at in (0..bytes.len()).step_by(97) {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << (at % 8);
            fs::write(&file, &flipped).unwrap();
            assert!(!office.store.validate().unwrap().is_empty(), "{} at {at}", file.display());
            flips += 1;
        }
        fs::write(&file, &bytes).unwrap();
    }
    assert!(office.store.validate().unwrap().is_empty());
    assert!(flips > 100, "{flips}");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(self::files(&path)) } else { files.push(path) }
    }
    files
}

/// What OCFL leaves to whoever makes a root is not left open here.
#[test]
fn the_files_of_the_root_itself_stay_as_they_were_written() {
    type Change<'a> = (&'a str, &'a dyn Fn(&Path));
    const LAYOUT: &str = "ocfl_layout.json";
    let config = format!("extensions/{}/config.json", layout::NAME);
    let changes: &[Change<'_>] = &[
        ("nothing", &|_| {}),
        ("a letter of the description", &|root| {
            let text = fs::read_to_string(root.join(LAYOUT)).unwrap();
            fs::write(root.join(LAYOUT), text.replace("three", "threE")).unwrap();
        }),
        ("the layout renamed", &|root| {
            fs::rename(root.join(LAYOUT), root.join("ocfl_layout.json~")).unwrap();
        }),
        ("a space in the parameters", &|root| {
            let text = fs::read_to_string(root.join(&config)).unwrap();
            fs::write(root.join(&config), format!("{text} ")).unwrap();
        }),
        ("no extensions", &|root| fs::remove_dir_all(root.join("extensions")).unwrap()),
        ("one more extension", &|root| fs::create_dir(root.join("extensions/initial")).unwrap()),
        ("the declaration a folder", &|root| {
            fs::remove_file(root.join("0=ocfl_1.1")).unwrap();
            fs::create_dir(root.join("0=ocfl_1.1")).unwrap();
        }),
    ];
    let mut lines = String::new();
    for (name, change) in changes {
        let office = example();
        change(&office.place.records());
        let told: Vec<String> = office.store.validate_own().iter().map(told).collect();
        lines.push_str(&format!("{name}: {}\n", told.join("; ")));
    }
    expect![[r#"
        nothing: 
        a letter of the description: ho_so/ocfl_layout.json không còn như chương trình đã ghi
        the layout renamed: ho_so/ocfl_layout.json~ không phải của kho; ho_so/ocfl_layout.json tệp này của kho không còn
        a space in the parameters: ho_so/extensions/0003-hash-and-id-n-tuple-storage-layout/config.json không còn như chương trình đã ghi
        no extensions: ho_so/extensions/0003-hash-and-id-n-tuple-storage-layout/config.json tệp này của kho không còn
        one more extension: ho_so/extensions/initial không phải của kho
        the declaration a folder: ho_so/0=ocfl_1.1 không phải của kho
    "#]]
    .assert_eq(&lines);
}

fn told(found: &Diagnostic) -> String {
    let At::File(path) = &found.at else { panic!("{found:?}") };
    format!("{path} {}", found.message)
}
