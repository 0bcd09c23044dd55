//! A crash between any two steps: what stands is read, and settling brings it to an end.

use std::fs;
use std::path::PathBuf;

use sha2::Digest as _;
use vanthu::archive::ocfl::{Store, Stored, layout};

use crate::office::{ID, Office, codes, stage, tree};

/// An office with two versions; a third lies in `tam`.
struct Begun {
    office: Office,
    second: Stored,
    staged: PathBuf,
    inventory_sha512: String,
}

impl Begun {
    fn new() -> Self {
        let office = Office::new();
        office.put(1, &[("ho_so.yaml", "số: 325"), ("su_kien.json", "1")]);
        let second = office.put(2, &[("su_kien.json", "2")]);
        let staged =
            office.stage(3, &[("ký/van_ban_ky.pdf", "%PDF"), ("su_kien.json", "3")]).unwrap();
        let inventory_sha512 = staged.inventory_sha512().to_owned();
        drop(staged);
        let folder = fs::read_dir(office.place.staging()).unwrap().next().unwrap().unwrap().path();
        Self { office, second, staged: folder, inventory_sha512 }
    }

    /// A step of the commit.
    fn rename(&self, name: &str) {
        fs::rename(self.staged.join(name), self.office.object().join(name)).unwrap();
    }

    fn settles_at(&self, version: u32) {
        let stored = self.office.store.settle(ID).unwrap().unwrap();
        if version == 2 {
            assert_eq!(stored, self.second);
        } else {
            assert_eq!((stored.version, &stored.inventory_sha512), (3, &self.inventory_sha512));
            assert!(self.office.text(3).contains("ký/van_ban_ky.pdf: %PDF"));
        }
        let after = tree(&self.office.place.archive());
        assert_eq!(self.office.store.settle(ID).unwrap(), Some(stored.clone()));
        assert_eq!(tree(&self.office.place.archive()), after);
        assert!(after.ends_with("tam/\n"), "{after}");
        assert_eq!(codes(&self.office.store), Vec::<String>::new());
        self.office.put(stored.version + 1, &[("su_kien.json", "4")]);
        assert_eq!(codes(&self.office.store), Vec::<String>::new());
    }

    fn head(&self) -> u32 {
        self.office.store.object(ID).unwrap().unwrap().head
    }
}

const INVENTORY: &str = "inventory.json";
const SIDECAR: &str = "inventory.json.sha512";

#[test]
fn before_the_version_folder_is_in_its_place_the_old_version_stands() {
    let begun = Begun::new();
    assert_eq!(begun.head(), 2);
    begun.settles_at(2);
}

#[test]
fn after_any_later_step_the_new_version_stands_once_it_is_settled() {
    for (steps, head) in
        [(&["v3"] as &[&str], 2), (&["v3", INVENTORY], 3), (&["v3", INVENTORY, SIDECAR], 3)]
    {
        let begun = Begun::new();
        steps.iter().for_each(|step| begun.rename(step));
        assert_eq!(begun.head(), head, "{steps:?}");
        assert!(begun.office.text(2).contains("su_kien.json: 2"), "{steps:?}");
        begun.settles_at(3);
    }
}

#[test]
fn settling_needs_nothing_of_what_was_left_in_the_staging_folder() {
    for steps in [&["v3"] as &[&str], &["v3", INVENTORY], &["v3", SIDECAR]] {
        let begun = Begun::new();
        steps.iter().for_each(|step| begun.rename(step));
        fs::remove_dir_all(&begun.staged).unwrap();
        begun.settles_at(3);
    }
}

#[test]
fn what_was_left_in_the_middle_is_not_written_on_before_it_is_settled() {
    let begun = Begun::new();
    begun.rename("v3");
    let refused = begun.office.stage(3, &[("a", "a")]).unwrap_err().to_string();
    assert!(refused.contains("đang ở lần ghi 2"), "{refused}");
    begun.settles_at(3);
}

#[test]
fn a_new_record_stands_whole_or_not_at_all() {
    let office = Office::new();
    drop(office.stage(1, &[("a", "1")]).unwrap());
    assert_eq!(tree(&office.place.records()).lines().count(), 3);
    assert_eq!(office.store.settle(ID).unwrap(), None);
    // A crash while it was written leaves a part.
    drop(office.stage(1, &[("a", "1")]).unwrap());
    let folder = fs::read_dir(office.place.staging()).unwrap().next().unwrap().unwrap().path();
    let first = fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    fs::rename(&first, folder.join("bro")).unwrap();
    let first = office.put(1, &[("a", "2")]);
    assert_eq!(office.store.settle(ID).unwrap(), Some(first));
    assert_eq!(office.text(1), "a: 2\n");
    assert_eq!(codes(&office.store), Vec::<String>::new());
}

/// The folders above a record come into the root with the first record below them.
#[test]
fn records_that_are_neighbours_may_be_staged_side_by_side() {
    let office = Office::new();
    let first = "vanthu:a:0".to_owned();
    let same = |id: &String| layout::path(id).get(..3) == layout::path(&first).get(..3);
    let second = (1..).map(|n| format!("vanthu:a:{n}")).find(same).unwrap();
    let staged = [&first, &second].map(|id| stage(&office.store, id, 1, &[("a", id)]).unwrap());
    for staged in staged {
        staged.commit().unwrap();
    }
    let third = (1..).map(|n| format!("vanthu:b:{n}")).find(same).unwrap();
    stage(&office.store, &third, 1, &[("a", "b")]).unwrap().commit().unwrap();
    assert_eq!(office.store.ids().unwrap().len(), 3);
    assert_eq!(codes(&office.store), Vec::<String>::new());
}

#[test]
fn settling_mends_nothing_but_what_a_crash_leaves() {
    type Wrong = (&'static str, fn(&Begun));
    let wrongs: &[Wrong] = &[
        ("the inventory was edited", |b| {
            let path = b.office.object().join(INVENTORY);
            let text = fs::read_to_string(&path).unwrap().replace("Phát hành", "Thu hồi");
            fs::write(path, text).unwrap();
        }),
        ("the inventory is gone", |b| fs::remove_file(b.office.object().join(INVENTORY)).unwrap()),
        ("the sidecar is gone", |b| fs::remove_file(b.office.object().join(SIDECAR)).unwrap()),
        ("the newest version is gone", |b| {
            fs::remove_dir_all(b.office.object().join("v2")).unwrap()
        }),
        ("a version came without an inventory", |b| {
            fs::create_dir_all(b.office.object().join("v3/content")).unwrap();
        }),
        ("a version came that tells another past", |b| {
            b.rename("v3");
            let text = fs::read_to_string(b.office.object().join("v3").join(INVENTORY)).unwrap();
            let text = text.replacen("Phát hành", "Thu hồi", 1);
            let digest = hex(&sha2::Sha512::digest(&text));
            fs::write(b.office.object().join("v3").join(INVENTORY), &text).unwrap();
            fs::write(
                b.office.object().join("v3").join(SIDECAR),
                format!("{digest} inventory.json\n"),
            )
            .unwrap();
        }),
        ("a version was left out", |b| {
            b.rename("v3");
            fs::rename(b.office.object().join("v3"), b.office.object().join("v4")).unwrap();
        }),
    ];
    for (what, wrong) in wrongs {
        let begun = Begun::new();
        wrong(&begun);
        let before = tree(&begun.office.place.records());
        let fault = begun.office.store.settle(ID).unwrap_err().to_string();
        assert!(fault.starts_with("kho lưu trữ không còn nguyên vẹn"), "{what}: {fault}");
        assert_eq!(tree(&begun.office.place.records()), before, "{what}");
        assert!(!codes(&begun.office.store).is_empty(), "{what}");
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn versions_are_written_in_their_order_only() {
    let office = Office::new();
    assert!(office.stage(2, &[]).is_err());
    assert!(office.stage(0, &[]).is_err());
    office.put(1, &[("a", "1")]);
    for version in [0, 1, 3, u32::MAX] {
        let refused = office.stage(version, &[]).unwrap_err().to_string();
        assert!(refused.contains("đang ở lần ghi 1"), "{refused}");
    }
}

/// Readers hold no lock: in every moment of a commit they find the old version or the new.
#[test]
fn who_reads_while_versions_are_written_always_finds_a_whole_one() {
    const VERSIONS: u32 = 40;
    let office = Office::new();
    office.put(1, &[("su_kien.json", "1")]);
    let place = office.place.clone();
    let reader = std::thread::spawn(move || {
        let store = Store::open(&place).unwrap();
        let mut reads = 0;
        loop {
            let object = store.object(ID).unwrap().unwrap();
            let event = store.read(&object, object.head, "su_kien.json").unwrap().unwrap();
            assert_eq!(event, object.head.to_string().into_bytes());
            reads += 1;
            if object.head == VERSIONS {
                return reads;
            }
        }
    });
    for version in 2..=VERSIONS {
        office.put(version, &[("su_kien.json", &version.to_string())]);
    }
    assert!(reader.join().unwrap() > 1);
}
