//! The register made again: from the records, with what the old one knew besides.

use std::fs;
use std::path::Path;

use expect_test::{Expect, expect};
use vanthu::archive::place::Place;
use vanthu::archive::register::{Filter, Rebuilt, Record, Register};
use vanthu::archive::{Act, Event, State};
use vanthu::issuing::{self, Who, Writer};

use super::office::{AT, Office, act, body, date, empty_place, series, wish};
use super::tampering::{self, Content};
use crate::program::{stderr, stdout, vanthu_in};

const CLERK: &str = "Lê Thị C";

/// The records as they stand in the archive beside a register.
fn records_of(register: &Register) -> Vec<Record> {
    let rows = register.rows(&Filter::default()).unwrap();
    let record = |row: &vanthu::archive::register::Row| {
        let object = row.entry.key.object_id();
        let events = register.events(&object).unwrap();
        let version = |(event, inventory): &(Event, String)| (body(event), inventory.clone());
        Record { versions: events.iter().map(version).collect(), object }
    };
    rows.iter().map(record).filter(|record| !record.versions.is_empty()).collect()
}

fn rebuild(place: &Place, records: &[Record]) -> vanthu::archive::Result<Rebuilt> {
    Register::rebuild(place, records.iter().cloned().map(Ok), AT, CLERK)
}

/// What a rebuild tells, then the rows that have no record.
fn told(rebuilt: &Rebuilt) -> String {
    let list = |keys: &[vanthu::archive::Key]| {
        keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    };
    let old = rebuilt.old.as_ref().map(|old| old.file_name().unwrap().display().to_string());
    let mut said = format!(
        "links: {}\nunknown: {}\nlost: {}\nunsure after: {}\nold: {}\n",
        rebuilt.head.seq,
        list(&rebuilt.unknown),
        list(&rebuilt.lost),
        list(&rebuilt.unsure_after),
        old.unwrap_or_default()
    );
    if let Some(head) = &rebuilt.contradicts {
        said += &format!("the old register ended otherwise, at {}\n", head.seq);
    }
    let reserved = Filter { states: vec![State::Reserved], ..Filter::default() };
    for row in rebuilt.register.rows(&reserved).unwrap() {
        let entry = row.entry;
        said += &format!("{} {}: {} ({})\n", entry.key, entry.date, entry.subject, row.actor);
    }
    assert_eq!(rebuilt.register.verify().unwrap(), []);
    said
}

/// An office with numbers in every state, its records, and a reservation after the last of them.
fn office() -> (Office, Vec<Record>) {
    let mut office = tampering::office();
    let mut last = wish(&series(2026), 100);
    last.subject = "Đang chờ ký".to_owned();
    office.register.reserve(&last).unwrap();
    let records = records_of(&office.register);
    (office, records)
}

#[test]
fn the_register_made_again_reads_like_the_old_one_which_is_kept() {
    let (office, records) = office();
    let before = Content::of(&office.register).unwrap();
    let rebuilt = rebuild(&office.place, &records).unwrap();
    expect![[r#"
        links: 16
        unknown: 
        lost: 
        unsure after: 
        old: so_dang_ky.db.cu-1
        01 2026-01-05: Tình hình giải ngân vốn đầu tư công (Trần Thị B)
        07 2026-01-05: Tình hình giải ngân vốn đầu tư công (Trần Thị B)
        13 2026-01-05: Đang chờ ký (Trần Thị B)
    "#]]
    .assert_eq(&told(&rebuilt));
    assert_eq!(Content::of(&rebuilt.register).unwrap(), before);
    let text = Filter { text: Some("cho ky".to_owned()), ..Filter::default() };
    assert_eq!(rebuilt.register.rows(&text).unwrap(), office.register.rows(&text).unwrap());
    // The old one is whole too, for whoever wants to look.
    let (_folder, aside) = empty_place();
    fs::copy(rebuilt.old.unwrap(), aside.register()).unwrap();
    assert_eq!(Content::of(&Register::open_to_read(&aside).unwrap()).unwrap(), before);
}

#[test]
fn who_still_has_the_old_register_open_writes_nothing_more_to_it() {
    let (mut office, records) = office();
    rebuild(&office.place, &records).unwrap();
    let said = office.register.reserve(&wish(&series(2026), 101)).unwrap_err();
    expect![[r#"
        sổ đăng ký vừa được lập lại trong khi chương trình đang chạy
          = gợi ý: chạy lại lệnh vừa gõ
    "#]]
    .assert_eq(&format!("{said}\n"));
}

#[test]
fn a_rebuilt_register_gives_the_next_number_and_knows_the_old_requests() {
    let (office, records) = office();
    let mut register = rebuild(&office.place, &records).unwrap().register;
    let again = register.reserve(&wish(&series(2026), 100)).unwrap();
    assert_eq!((again.key.number, again.again), (13, true));
    let next = register.reserve(&wish(&series(2026), 101)).unwrap();
    assert_eq!((next.key.number, next.again), (14, false));
    act(&mut register, &next.key, Act::Issue, State::Issued).unwrap();
    assert_eq!(register.verify().unwrap(), []);
}

/// 01 was only reserved, and a series may begin anywhere; 07 is a gap; 13 nobody can know of.
#[test]
fn without_the_old_register_gaps_are_reserved_and_what_is_unsure_is_told() {
    let ways: [fn(&Place); 2] = [
        |place| fs::remove_file(place.register()).unwrap(),
        |place| fs::write(place.register(), "không còn là sổ").unwrap(),
    ];
    let mut said = String::new();
    for (way, change) in ways.into_iter().enumerate() {
        let (office, records) = office();
        change(&office.place);
        let rebuilt = rebuild(&office.place, &records).unwrap();
        if let Some(old) = &rebuilt.old {
            assert_eq!(fs::read_to_string(old).unwrap(), "không còn là sổ");
        }
        assert_eq!(rebuilt.old.is_some(), way == 1);
        said += &told(&rebuilt);
        // The same gap, the same request: a second rebuild changes nothing.
        let before = Content::of(&rebuilt.register).unwrap();
        let again = rebuild(&office.place, &records).unwrap();
        assert_eq!(Content::of(&again.register).unwrap(), before);
    }
    expect![[r#"
        links: 16
        unknown: 07
        lost: 
        unsure after: 12
        old: 
        07 2026-01-05: không rõ: không có hồ sơ khi lập lại sổ (Lê Thị C)
        links: 16
        unknown: 07
        lost: 
        unsure after: 12
        old: so_dang_ky.db.cu-1
        07 2026-01-05: không rõ: không có hồ sơ khi lập lại sổ (Lê Thị C)
    "#]]
    .assert_eq(&said);
}

#[test]
fn every_old_register_is_kept_under_a_number_of_its_own() {
    let (office, records) = office();
    let name = || {
        let old = rebuild(&office.place, &records).unwrap().old.unwrap();
        old.file_name().unwrap().display().to_string()
    };
    let mut names = vec![name(), name(), name()];
    // A number that was taken away in the middle is not used again.
    let second = office.place.archive().join(&names[1]);
    fs::remove_file(second).unwrap();
    fs::write(office.place.archive().join("so_dang_ky.db.cu-nhat"), "").unwrap();
    names.push(name());
    expect![[r#"
        so_dang_ky.db.cu-1
        so_dang_ky.db.cu-2
        so_dang_ky.db.cu-3
        so_dang_ky.db.cu-4"#]]
    .assert_eq(&names.join("\n"));
}

/// It was put aside and the new one not yet in its place, or a clerk took it away.
#[test]
fn reservations_are_taken_over_from_the_newest_register_put_aside_when_there_is_no_other() {
    let (office, records) = office();
    let before = Content::of(&office.register).unwrap();
    rebuild(&office.place, &records).unwrap();
    fs::remove_file(office.place.register()).unwrap();
    let rebuilt = rebuild(&office.place, &records).unwrap();
    expect![[r#"
        links: 16
        unknown: 
        lost: 
        unsure after: 13
        old: 
        01 2026-01-05: Tình hình giải ngân vốn đầu tư công (Trần Thị B)
        07 2026-01-05: Tình hình giải ngân vốn đầu tư công (Trần Thị B)
        13 2026-01-05: Đang chờ ký (Trần Thị B)
    "#]]
    .assert_eq(&told(&rebuilt));
    assert_eq!(Content::of(&rebuilt.register).unwrap(), before);
}

#[test]
fn a_register_put_aside_that_is_not_of_these_records_gives_nothing() {
    let (office, records) = office();
    let mut other = Office::new();
    let key = other.register.reserve(&wish(&series(2027), 1)).unwrap().key;
    act(&mut other.register, &key, Act::Issue, State::Issued).unwrap();
    other.register.reserve(&wish(&series(2027), 2)).unwrap();
    fs::remove_file(office.place.register()).unwrap();
    other.register.copy_to(&office.place.archive().join("so_dang_ky.db.cu-4")).unwrap();
    let rebuilt = rebuild(&office.place, &records).unwrap();
    assert_eq!(
        rebuilt.register.count(&Filter { year: Some(2027), ..Filter::default() }).unwrap(),
        0
    );
}

#[test]
fn a_reservation_that_is_not_as_it_was_written_is_left_out_and_told() {
    let (office, records) = office();
    tampering::behind_the_triggers(
        &office.place.register(),
        "UPDATE entry SET subject = 'khác' WHERE number = 7;
         UPDATE entry SET number = 9000000 WHERE number = 13;",
    );
    expect![[r#"
        links: 16
        unknown: 07
        lost: 
        unsure after: 12
        old: so_dang_ky.db.cu-1
        01 2026-01-05: Tình hình giải ngân vốn đầu tư công (Trần Thị B)
        07 2026-01-05: không rõ: không có hồ sơ khi lập lại sổ (Lê Thị C)
    "#]]
    .assert_eq(&told(&rebuild(&office.place, &records).unwrap()));
}

/// Nobody but the old register knows of it any more, and its number is the last.
#[test]
fn the_number_of_a_record_that_is_lost_is_told_and_not_given_again() {
    let (office, whole) = office();
    let before = Content::of(&office.register).unwrap();
    let mut records = whole.clone();
    records.retain(|record| !record.object.ends_with(":12"));
    let rebuilt = rebuild(&office.place, &records).unwrap();
    expect![[r#"
        links: 14
        unknown: 
        lost: 12
        unsure after: 
        old: so_dang_ky.db.cu-1
        the old register ended otherwise, at 16
        01 2026-01-05: Tình hình giải ngân vốn đầu tư công (Trần Thị B)
        07 2026-01-05: Tình hình giải ngân vốn đầu tư công (Trần Thị B)
        12 2026-01-05: Tình hình giải ngân vốn đầu tư công (Trần Thị B)
        13 2026-01-05: Đang chờ ký (Trần Thị B)
    "#]]
    .assert_eq(&told(&rebuilt));
    assert_eq!(rebuilt.register.next(&series(2026)).unwrap(), 14);
    // The record was found in a backup.
    let again = rebuild(&office.place, &whole).unwrap();
    assert_eq!(Content::of(&again.register).unwrap(), before);
    assert_eq!(again.lost, []);
}

/// No later link holds its hash, so the records alone would not show it.
#[test]
fn words_changed_in_the_last_record_are_told_against_the_old_register() {
    let (office, mut records) = office();
    let (body, _) = &mut of(&mut records, 12).versions[1];
    *body = body.replace("Báo cáo", "Tờ trình");
    let rebuilt = rebuild(&office.place, &records).unwrap();
    expect![[r#"
        links: 16
        unknown: 
        lost: 
        unsure after: 
        old: so_dang_ky.db.cu-1
        the old register ended otherwise, at 16
        01 2026-01-05: Tình hình giải ngân vốn đầu tư công (Trần Thị B)
        07 2026-01-05: Tình hình giải ngân vốn đầu tư công (Trần Thị B)
        13 2026-01-05: Đang chờ ký (Trần Thị B)
    "#]]
    .assert_eq(&told(&rebuilt));
}

#[test]
fn the_register_of_another_office_in_its_place_gives_nothing() {
    let (office, records) = office();
    let mut other = Office::new();
    let key = other.register.reserve(&wish(&series(2027), 1)).unwrap().key;
    act(&mut other.register, &key, Act::Issue, State::Issued).unwrap();
    other.register.checkpoint().unwrap();
    for suffix in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{suffix}", office.place.register().display()));
    }
    fs::copy(other.place.register(), office.place.register()).unwrap();
    expect![[r#"
        links: 16
        unknown: 07
        lost: 
        unsure after: 12
        old: so_dang_ky.db.cu-1
        07 2026-01-05: không rõ: không có hồ sơ khi lập lại sổ (Lê Thị C)
    "#]]
    .assert_eq(&told(&rebuild(&office.place, &records).unwrap()));
}

/// What a rebuild says of records that were changed so. The register stays as it is.
fn refuses(change: impl FnOnce(&mut Vec<Record>), expected: &Expect) {
    let (mut office, mut records) = office();
    office.register.checkpoint().unwrap();
    let before = fs::read(office.place.register()).unwrap();
    change(&mut records);
    let said = rebuild(&office.place, &records).unwrap_err().to_string();
    assert_eq!(fs::read(office.place.register()).unwrap(), before);
    let names = fs::read_dir(office.place.archive()).unwrap();
    let beside = names.map(|name| name.unwrap().file_name().display().to_string());
    assert_eq!(beside.filter(|name| name.contains(".cu-")).collect::<Vec<_>>(), [""; 0]);
    let (fact, _) = said.split_once('\n').unwrap();
    expected.assert_eq(fact);
}

/// The record of a number.
fn of(records: &mut [Record], number: u32) -> &mut Record {
    let is_of = |record: &&mut Record| record.object.ends_with(&format!(":{number:02}"));
    records.iter_mut().find(is_of).unwrap()
}

#[test]
fn a_record_that_is_missing_is_named_by_what_follows_it() {
    refuses(
        |records| records.retain(|record| !record.object.ends_with(":05")),
        &expect![
            "kho lưu trữ không còn nguyên vẹn: các hồ sơ thiếu sự kiện số 5; sau nó là sự kiện số 7 của vanthu:2026:uy-ban-nhan-dan-tinh-a-d23c38d8:chung:06"
        ],
    );
}

#[test]
fn a_record_that_lacks_a_version_is_named() {
    refuses(
        |records| drop(of(records, 5).versions.remove(0)),
        &expect![
            "kho lưu trữ không còn nguyên vẹn: su_kien.json của vanthu:2026:uy-ban-nhan-dan-tinh-a-d23c38d8:chung:05 bản 1 là của hồ sơ khác hoặc bản khác"
        ],
    );
}

#[test]
fn words_changed_in_a_record_break_the_chain_after_it() {
    refuses(
        |records| {
            let (body, _) = &mut of(records, 6).versions[0];
            *body = body.replace("Báo cáo", "Tờ trình");
        },
        &expect![
            "kho lưu trữ không còn nguyên vẹn: sự kiện số 8 của vanthu:2026:uy-ban-nhan-dan-tinh-a-d23c38d8:chung:06 không nối vào sự kiện số 7"
        ],
    );
}

#[test]
fn an_inventory_changed_in_a_record_breaks_the_chain_after_it() {
    refuses(
        |records| of(records, 6).versions[0].1 = "a".repeat(128),
        &expect![
            "kho lưu trữ không còn nguyên vẹn: sự kiện số 8 của vanthu:2026:uy-ban-nhan-dan-tinh-a-d23c38d8:chung:06 không nối vào sự kiện số 7"
        ],
    );
}

#[test]
fn a_record_of_another_number_is_named() {
    refuses(
        |records| of(records, 6).versions = of(records, 5).versions.clone(),
        &expect![
            "kho lưu trữ không còn nguyên vẹn: su_kien.json của vanthu:2026:uy-ban-nhan-dan-tinh-a-d23c38d8:chung:06 bản 1 là của hồ sơ khác hoặc bản khác"
        ],
    );
}

#[test]
fn an_event_that_cannot_be_read_is_named() {
    refuses(
        |records| of(records, 6).versions[0].0 = "{}\n".to_owned(),
        &expect![
            "kho lưu trữ không còn nguyên vẹn: su_kien.json của vanthu:2026:uy-ban-nhan-dan-tinh-a-d23c38d8:chung:06 bản 1: missing field `seq` at line 1 column 2"
        ],
    );
}

#[test]
fn a_record_that_the_disk_does_not_give_ends_it() {
    let (office, records) = office();
    let before = Content::of(&office.register).unwrap();
    let cut = vanthu::archive::Failure::damaged("không đọc được hồ sơ lưu vanthu:2026:a:chung:05");
    let records = records.into_iter().map(Ok).chain([Err(cut)]);
    assert!(Register::rebuild(&office.place, records, AT, CLERK).is_err());
    assert_eq!(Content::of(&Register::open(&office.place).unwrap()).unwrap(), before);
}

#[test]
fn a_clerk_is_told_what_was_made_again_and_what_has_no_record() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::new(folder.path().canonicalize().unwrap().join("vp"));
    issuing::create(&place).unwrap();
    let mut writer = Writer::open(&place).unwrap();
    let who = Who { actor: CLERK.to_owned(), at: AT.to_owned(), today: date("2026-01-05") };
    for request in 1..=5 {
        let key = writer.reserve(&wish(&series(2026), request)).unwrap().key;
        if request % 2 == 1 {
            let mut entry = writer.register.by_key(&key).unwrap().unwrap().entry;
            entry.state = State::Issued;
            entry.code = format!("{key}/BC-UBND");
            writer.perform(Act::Issue, entry, vec![], &who).unwrap();
        }
    }
    writer.reserve(&wish(&series(2026), 6)).unwrap();
    drop(writer);
    let run = |args: &[&str]| {
        let out = vanthu_in(place.root(), args);
        format!("{}{}", stdout(&out), stderr(&out)).replace(folder_of(&place), "…")
    };
    let before = run(&["register", "list"]);
    expect![[r#"
        Đã lập lại sổ đăng ký từ các hồ sơ lưu: 3 sự kiện
        Đầu chuỗi: vanthu-dau-chuoi 1 3 2036a4141b08752e16d6cb7c152accd7f091dd8cd238adc7dff9510cf9dd21e2
        Sổ cũ được giữ ở …/vp/luu_tru/so_dang_ky.db.cu-1
    "#]].assert_eq(&run(&["register", "rebuild", "--nguoi", CLERK]));
    assert_eq!(run(&["register", "list"]), before);
    for name in ["so_dang_ky.db", "so_dang_ky.db-wal", "so_dang_ky.db-shm"] {
        let _ = fs::remove_file(place.archive().join(name));
    }
    fs::remove_file(place.archive().join("so_dang_ky.db.cu-1")).unwrap();
    expect![[r#"
        lỗi: không có sổ đăng ký …/vp/luu_tru/so_dang_ky.db
          = gợi ý: gõ `vanthu register rebuild` để lập lại sổ từ hồ sơ lưu trữ, hoặc lấy cả kho từ bản sao lưu
    "#]].assert_eq(&run(&["register", "list"]));
    expect![[r#"
        Đã lập lại sổ đăng ký từ các hồ sơ lưu: 3 sự kiện
        Đầu chuỗi: vanthu-dau-chuoi 1 3 2036a4141b08752e16d6cb7c152accd7f091dd8cd238adc7dff9510cf9dd21e2
        Số không có hồ sơ lưu, được giữ lại, không cấp cho ai: 02, 04
        Hủy từng số bằng: vanthu register void SỐ --ly-do "…"
        Không đọc được hết sổ cũ. Số đã giữ sau 05 năm 2026 mà chưa có hồ sơ thì sổ mới không
        biết và sẽ cấp lại; nếu đã ghi số như vậy lên giấy, phát hành văn bản đó trước.
    "#]].assert_eq(&run(&["register", "rebuild", "--nguoi", CLERK]));
    expect![[r#"
        Đã kiểm tra 3 hồ sơ lưu, 5 dòng sổ, 3 sự kiện
        Đầu chuỗi: vanthu-dau-chuoi 1 3 2036a4141b08752e16d6cb7c152accd7f091dd8cd238adc7dff9510cf9dd21e2
        Kho nguyên vẹn.
        (Sổ bị cắt bớt phần cuối chỉ phát hiện được khi so với đầu chuỗi cất ở nơi khác: --dau-chuoi TỆP)
    "#]].assert_eq(&run(&["archive", "verify"]));
}

fn folder_of(place: &Place) -> &str {
    Path::new(place.root()).parent().unwrap().to_str().unwrap()
}
