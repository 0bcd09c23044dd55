//! The register of outgoing documents: numbers given once, a chain that shows what was changed,
//! words found with marks and without.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]
#![allow(clippy::print_stdout, reason = "figures are shown with --nocapture")]

mod program;
mod register {
    pub mod contention;
    mod copying;
    pub mod killing;
    pub mod numbers;
    pub mod office;
    mod opening;
    pub mod processes;
    pub mod random;
    mod rebuilding;
    pub mod records;
    pub mod searching;
    pub mod tampering;
}

use expect_test::{Expect, expect};
use register::office::{Office, act, body, date, event, inventory, series, wish};
use register::{contention, killing, numbers, processes, searching, tampering};
use vanthu::archive::place::Place;
use vanthu::archive::register::{Filter, Head, Register, link};
use vanthu::archive::{Act, Event, Failure, Key, RequestId, Series, State};

#[test]
fn a_number_is_reserved_issued_and_recalled() {
    let mut office = Office::new();
    let wish = wish(&series(2026), 1);
    let given = office.register.reserve(&wish).unwrap();
    assert_eq!((given.key.to_string().as_str(), given.again), ("01", false));
    let row = office.register.by_key(&given.key).unwrap().unwrap();
    assert_eq!((row.entry.state, row.version), (State::Reserved, 0));

    let issued = act(&mut office.register, &given.key, Act::Issue, State::Issued).unwrap();
    let recalled = act(&mut office.register, &given.key, Act::Recall, State::Recalled).unwrap();
    assert_eq!((issued.seq, recalled.seq), (1, 2));
    assert_eq!(office.register.head().unwrap(), recalled);
    let row = office.register.by_request(&wish.request).unwrap().unwrap();
    assert_eq!((row.entry.state, row.version), (State::Recalled, 2));
    assert_eq!(office.register.events(&given.key.object_id()).unwrap().len(), 2);
    assert_eq!(office.register.rows(&Filter::default()).unwrap(), [row]);
    assert_eq!(office.register.verify().unwrap(), []);
}

fn gives(wishes: &[&str], expected: &Expect) {
    expected.assert_eq(&numbers::given(wishes));
}

#[test]
fn numbers_follow_one_another_and_only_the_first_of_a_year_may_be_chosen() {
    gives(
        &[
            "2026-01-05 326",
            "2026-01-05",
            "2026-01-06 328",
            "2026-01-06 330",
            "2026-01-06 327",
            "2026-01-06 0",
            "2025-12-31",
        ],
        &expect![[r#"
            2026-01-05 326: 326
            2026-01-05: 327
            2026-01-06 328: 328
            2026-01-06 330: số 330 không nối tiếp: số cuối của năm 2026 là 328
              = gợi ý: số tiếp theo là 329; số đầu tiên của năm thì chọn được, sau đó không được bỏ trống số nào
            2026-01-06 327: số 327 đã cấp ngày 05/01/2026 (đang giữ số): Báo cáo Tình hình giải ngân vốn đầu tư công
              = gợi ý: số tiếp theo là 329; để trống số thì chương trình tự lấy
            2026-01-06 0: số 00 không nối tiếp: số cuối của năm 2026 là 328
              = gợi ý: số tiếp theo là 329; số đầu tiên của năm thì chọn được, sau đó không được bỏ trống số nào
            2025-12-31: ngày 31/12/2025 không thuộc năm 2026 của dãy số
              = gợi ý: số được tính theo năm của ngày văn bản; sửa lại ngày
        "#]],
    );
}

#[test]
fn a_document_of_an_earlier_day_takes_a_letter_after_the_number_before_it() {
    gives(
        &[
            "2026-01-05",
            "2026-01-08",
            "2026-01-12",
            "2026-01-09",
            "2026-01-09 2b",
            "2026-01-09 2a",
            "2026-01-09 2",
            "2026-01-13 2b",
            "2026-01-08 2b",
            "2026-01-10 2b",
            "2026-01-10 9a",
            "2026-01-12 3a",
            "2026-01-12",
        ],
        &expect![[r#"
            2026-01-05: 01
            2026-01-08: 02
            2026-01-12: 03
            2026-01-09: ngày 09/01/2026 trước ngày 12/01/2026 của số 03 đã cấp
              = gợi ý: văn bản ngày cũ thì xin số chen giữa: `--so 02a`; nếu ngày của số 03 ghi sai thì hủy số đó trước
            2026-01-09 2b: không cấp được số 02b
              = gợi ý: chữ tiếp theo của số 02 là “a”: `--so 02a`
            2026-01-09 2a: 02a
            2026-01-09 2: số 02 đã cấp ngày 08/01/2026 (đang giữ số): Báo cáo Tình hình giải ngân vốn đầu tư công
              = gợi ý: số tiếp theo là 04; để trống số thì chương trình tự lấy
            2026-01-13 2b: ngày 13/01/2026 không hợp với số 02b
              = gợi ý: ngày phải không trước ngày 09/01/2026 của số 02a và không sau ngày 12/01/2026 của số 03
            2026-01-08 2b: ngày 08/01/2026 không hợp với số 02b
              = gợi ý: ngày phải không trước ngày 09/01/2026 của số 02a và không sau ngày 12/01/2026 của số 03
            2026-01-10 2b: 02b
            2026-01-10 9a: không chen được số 09a: sổ chưa có số 09 năm 2026
              = gợi ý: số chen giữa mang số của văn bản đứng ngay trước, như 325a sau 325
            2026-01-12 3a: 03a
            2026-01-12: 04
        "#]],
    );
}

#[test]
fn a_document_older_than_the_first_number_has_no_number_to_stand_after() {
    gives(
        &["2026-02-05", "2026-02-04"],
        &expect![[r#"
        2026-02-05: 01
        2026-02-04: ngày 04/02/2026 trước ngày 05/02/2026 của số 01 đã cấp
          = gợi ý: ghi ngày từ 05/02/2026 trở đi; nếu ngày của số 01 ghi sai thì hủy số đó trước
    "#]],
    );
}

#[test]
fn the_date_of_a_number_that_was_voided_binds_nobody() {
    gives(
        &["2026-01-05", "2026-12-31", "2026-01-06", "2026-12-31 huy:2", "2026-01-06"],
        &expect![[r#"
            2026-01-05: 01
            2026-12-31: 02
            2026-01-06: ngày 06/01/2026 trước ngày 31/12/2026 của số 02 đã cấp
              = gợi ý: văn bản ngày cũ thì xin số chen giữa: `--so 01a`; nếu ngày của số 02 ghi sai thì hủy số đó trước
            2026-12-31 huy:2: voided
            2026-01-06: 03
        "#]],
    );
}

#[test]
fn a_series_does_not_end_before_ten_million_nor_go_on_after() {
    gives(
        &["2026-01-05 9999999", "2026-01-05", "2026-01-05 10000000"],
        &expect![[r#"
        2026-01-05 9999999: 9999999
        2026-01-05: không có số 10000000
          = gợi ý: số văn bản từ 1 đến 9999999
        2026-01-05 10000000: không có số 10000000
          = gợi ý: số văn bản từ 1 đến 9999999
    "#]],
    );
}

#[test]
fn the_same_request_gets_its_number_whatever_else_it_wishes_the_second_time() {
    let mut office = Office::new();
    let first = office.register.reserve(&wish(&series(2026), 1)).unwrap();
    let mut other = wish(&series(2025), 1);
    other.number = Some((99, None));
    let second = office.register.reserve(&other).unwrap();
    assert_eq!((&second.key, second.date, second.again), (&first.key, first.date, true));
    assert_eq!(office.register.rows(&Filter::default()).unwrap().len(), 1);
}

#[test]
fn series_of_other_agencies_types_and_years_have_numbers_of_their_own() {
    let mut office = Office::new();
    let here = series(2026);
    let others = [
        here.clone(),
        Series { organ: "Ủy ban nhân dân tỉnh Á".to_owned(), ..here.clone() },
        Series { label: "quyet_dinh".to_owned(), ..here },
        series(2027),
    ];
    for (request, series) in others.iter().enumerate() {
        let given = office.register.reserve(&wish(series, u128::try_from(request).unwrap()));
        assert_eq!(given.unwrap().key.number, 1);
    }
    assert_eq!(office.register.by_code("1", None).unwrap().len(), 4);
    assert_eq!(office.register.by_code("01/bc-ubnd", Some(2026)).unwrap().len(), 3);
}

#[test]
fn a_number_takes_only_the_steps_of_its_life() {
    use State::{Awaiting, Issued, Recalled, Reserved, Void};
    let mut taken = Vec::new();
    for from in [Reserved, Awaiting, Issued, Void, Recalled] {
        for to in [Reserved, Awaiting, Issued, Void, Recalled] {
            let mut office = Office::new();
            let key = office.register.reserve(&wish(&series(2026), 1)).unwrap().key;
            let way: &[State] = match from {
                Reserved => &[],
                Recalled => &[Issued, Recalled],
                Awaiting | Issued | Void => &[from],
            };
            for step in way {
                act(&mut office.register, &key, Act::Link, *step).unwrap();
            }
            let before = office.register.by_key(&key).unwrap();
            match act(&mut office.register, &key, Act::Link, to) {
                Ok(_) => taken.push(format!("{from:?} to {to:?}")),
                Err(_) => assert_eq!(office.register.by_key(&key).unwrap(), before),
            }
        }
    }
    expect![[r#"
        Reserved to Awaiting
        Reserved to Issued
        Reserved to Void
        Awaiting to Issued
        Awaiting to Void
        Issued to Issued
        Issued to Recalled"#]]
    .assert_eq(&taken.join("\n"));
}

#[test]
fn an_event_that_does_not_follow_is_refused_and_changes_nothing() {
    type Change = fn(&mut Event);
    let mut office = Office::new();
    let key = office.register.reserve(&wish(&series(2026), 1)).unwrap().key;
    act(&mut office.register, &key, Act::Reserve, State::Awaiting).unwrap();
    let head = office.register.head().unwrap();
    let wrong: [(&str, Change); 8] = [
        ("seq", |event| event.seq += 1),
        ("previous", |event| event.previous = "a".repeat(64)),
        ("version", |event| event.version += 1),
        ("request", |event| event.entry.request = RequestId::of(9)),
        ("date", |event| event.entry.date = date("2026-01-06")),
        ("code", |event| event.entry.code = "1/QĐ-UBND".to_owned()),
        ("number", |event| event.entry.key.number = 2),
        ("state", |event| event.entry.state = State::Reserved),
    ];
    for (what, change) in wrong {
        let (mut event, _) = event(&office.register, &key, Act::Issue, State::Issued, |_| {});
        change(&mut event);
        let said = office.register.append(&event, &body(&event), &inventory(2)).unwrap_err();
        assert!(matches!(said, Failure::Refused { .. }), "{what}: {said}");
    }
    let (event, text) = event(&office.register, &key, Act::Issue, State::Issued, |_| {});
    for (body, inventory) in [
        (text.trim_end().to_owned(), inventory(2)),
        (text.replace("Trần", "Lê"), inventory(2)),
        (format!("\n{text}"), inventory(2)),
        (text.clone(), "ab".to_owned()),
        (text.clone(), inventory(2).replace('0', "F")),
    ] {
        assert!(office.register.append(&event, &body, &inventory).is_err());
    }
    assert_eq!(office.register.head().unwrap(), head);
    assert_eq!(office.register.verify().unwrap(), []);
    // Spaces do not make it another event; it is kept as it stands.
    let spaced = text.replacen("{", "{ ", 1);
    office.register.append(&event, &spaced, &inventory(2)).unwrap();
    assert_eq!(office.register.head().unwrap().hash, link(&head.hash, &spaced, &inventory(2)));
}

#[test]
fn what_is_under_way_is_known_until_it_is_appended_or_forgotten() {
    let mut office = Office::new();
    let key = office.register.reserve(&wish(&series(2026), 1)).unwrap().key;
    let object = key.object_id();
    let pending = |office: &Office| -> Vec<u32> {
        office.register.pending().unwrap().iter().map(|pending| pending.version).collect()
    };
    assert_eq!(pending(&office), [1]);
    act(&mut office.register, &key, Act::Issue, State::Issued).unwrap();
    assert!(pending(&office).is_empty());
    office.register.begin(&object, 2).unwrap();
    office.register.begin(&object, 2).unwrap();
    assert_eq!(pending(&office), [2]);
    assert!(office.register.begin(&object, 4).is_err());
    office.register.forget(&object).unwrap();
    assert!(pending(&office).is_empty());
    office.register.begin(&object, 2).unwrap();
    act(&mut office.register, &key, Act::AttachScan, State::Issued).unwrap();
    assert!(pending(&office).is_empty());
    assert!(office.register.begin("vanthu:2026:khac", 1).is_err());
}

fn finds(texts: &[&str], expected: &Expect) {
    expected.assert_eq(&searching::found(texts));
}

#[test]
fn words_without_marks_find_both_and_words_with_marks_only_their_own() {
    finds(
        &[
            "bao cao",
            "báo cáo",
            "BÁO CÁO",
            "bao cào",
            "bao",
            "báo",
            "ba\u{301}o",
            "de an",
            "đề án",
            "dề án",
            "Đ",
            "d",
            "đội",
            "ðội",
            "doi",
            "hòa bình",
            "hoà bình",
            "HOÀ",
            "hỏa",
            "hoa",
        ],
        &expect![[r#"
            bao cao: 6 5 4 3 2 1
            báo cáo: 6 5 4 3 2 1
            BÁO CÁO: 6 5 4 3 2 1
            bao cào: 2
            bao: 6 5 4 3 2 1
            báo: 6 5 4 3 2 1
            báo: 6 5 4 3 2 1
            de an: 3
            đề án: 3
            dề án: 
            Đ: 6 5 4 3 2 1
            d: 6 5 4 3 2 1
            đội: 5
            ðội: 5
            doi: 5
            hòa bình: 3
            hoà bình: 3
            HOÀ: 5 4 3 2 1
            hỏa: 4
            hoa: 5 4 3 2 1
        "#]],
    );
}

#[test]
fn codes_numbers_and_dates_are_found_as_they_are_written() {
    finds(
        &[
            "03/QĐ-UBND",
            "3/QĐ-UBND",
            "3/qd-ubnd",
            "03/BC-UBND",
            "qđ-ubnd",
            "06",
            "6",
            "0",
            "05/01/2026",
            "5/1/2026",
            "5/2026",
            "1.234,5",
            "1 234 5",
            "234",
        ],
        &expect![[r#"
            03/QĐ-UBND: 3
            3/QĐ-UBND: 3
            3/qd-ubnd: 3
            03/BC-UBND: 
            qđ-ubnd: 3
            06: 6 3
            6: 6 3
            0: 
            05/01/2026: 6 5 4 3 2 1
            5/1/2026: 6 5 4 3 2 1
            5/2026: 
            1.234,5: 4
            1 234 5: 4
            234: 4
        "#]],
    );
}

#[test]
fn the_last_word_may_go_on_and_all_words_must_be_there() {
    finds(
        &[
            "giai ng",
            "ng giai",
            "giải ngâ",
            "giải ngá",
            "ngan von dau tu tinh",
            "von von",
            "soan thao",
            "dang giu so",
            "nguyen hoa",
            "thông  cảnh\u{a0}sát",
        ],
        &expect![[r#"
            giai ng: 5 1
            ng giai: 
            giải ngâ: 5 1
            giải ngá: 
            ngan von dau tu tinh: 5 1
            von von: 5 1
            soan thao: 6
            dang giu so: 6
            nguyen hoa: 5 4 3 2 1
            thông  cảnh sát: 5
        "#]],
    );
}

#[test]
fn nothing_that_is_typed_is_taken_for_a_query() {
    finds(
        &[
            "\"cử tri\"",
            "\"",
            "\"\"\"",
            "near(kiến nghị)",
            "NEAR(",
            "cử*",
            "*",
            "-huyện",
            "-",
            "bao OR quyet",
            "bao AND cao",
            "AND",
            "NOT bao",
            "folded : bao",
            "{folded marked}:bao",
            "^bao",
            "a + b",
            "(bao",
            "cử tri'; DROP TABLE event; --",
            "%",
            "_",
            "",
            "  ",
        ],
        &expect![[r#"
            "cử tri": 4
            ": 
            """: 
            near(kiến nghị): 4
            NEAR(: 4
            cử*: 4
            *: 
            -huyện: 4
            -: 
            bao OR quyet: 
            bao AND cao: 
            AND: 
            NOT bao: 
            folded : bao: 
            {folded marked}:bao: 
            ^bao: 6 5 4 3 2 1
            a + b: 6 5 4 3 2 1
            (bao: 6 5 4 3 2 1
            cử tri'; DROP TABLE event; --: 
            %: 
            _: 
            : 1 2 3 4 5 6
              : 1 2 3 4 5 6
        "#]],
    );
    // As long as a whole page pasted.
    let page = "báo cáo ".repeat(2_000);
    let words: String = (0..2_000).map(|n| format!("chữ{n} ")).collect();
    assert!(searching::found(&[&page]).ends_with(": 6 5 4 3 2 1\n"));
    assert!(searching::found(&[&words]).ends_with(": \n"));
    assert!(searching::found(&["bao\0cao"]).ends_with(": 6 5 4 3 2 1\n"));
    assert!(searching::found(&["\0"]).ends_with(": \n"));
    assert!(searching::found(&["\u{301}"]).ends_with(": \n"));
}

#[test]
#[ignore = "takes a minute"]
fn words_are_found_in_a_hundred_thousand_rows_before_a_clerk_notices() {
    assert!(searching::measured(100_000) > 50.0);
}

#[test]
fn words_are_found_in_two_thousand_rows_at_once() {
    assert!(searching::measured(2_000) > 3.0);
}

#[test]
fn no_program_gets_a_row_or_an_event_changed_or_deleted() {
    let office = tampering::office();
    let mut said = String::new();
    for sql in [
        "DELETE FROM event WHERE seq = 16",
        "DELETE FROM entry WHERE number = 12",
        "UPDATE event SET body = body WHERE seq = 1",
        "UPDATE event SET inventory_sha512 = upper(inventory_sha512)",
        "INSERT OR REPLACE INTO event SELECT seq, object, body, inventory_sha512, hash FROM event WHERE seq = 3",
        "INSERT INTO event SELECT seq + 1, object, body, inventory_sha512, hash FROM event ORDER BY seq DESC LIMIT 1",
        "UPDATE entry SET number = 99 WHERE number = 12",
        "UPDATE entry SET date = '2026-02-02' WHERE number = 12",
        "UPDATE entry SET request = lower(hex(randomblob(16))) WHERE number = 12",
        "UPDATE entry SET state = 'huy' WHERE number = 1",
        "UPDATE entry SET state = 'phat_hanh' WHERE number = 4",
        "UPDATE entry SET version = version + 1 WHERE number = 4",
        "UPDATE OR REPLACE entry SET seq = 1 WHERE number = 12",
        "INSERT INTO entry SELECT NULL, year, organ, label, 14, letter, 'x', lower(hex(randomblob(16))), date, given_at, given_by, type_name, subject, given_sha256, 'giu_so', 0, NULL, '', NULL FROM entry WHERE number = 1",
        "INSERT INTO entry SELECT NULL, year, organ, label, 13, letter, 'x', lower(hex(randomblob(16))), date, given_at, given_by, type_name, subject, given_sha256, 'huy', 1, 1, '', NULL FROM entry WHERE number = 1",
        "INSERT INTO entry SELECT NULL, year, organ, label, 13, 'a', 'x', lower(hex(randomblob(16))), date, given_at, given_by, type_name, subject, given_sha256, 'giu_so', 0, NULL, '', NULL FROM entry WHERE number = 1",
        "INSERT OR REPLACE INTO entry SELECT id, year, organ, label, 13, letter, 'x', lower(hex(randomblob(16))), date, given_at, given_by, type_name, subject, given_sha256, 'giu_so', 0, NULL, '', NULL FROM entry WHERE number = 1",
    ] {
        let (what, _) = sql.split_at(sql.len().min(60));
        said += &format!("{what}\n  {}\n", tampering::refused(&office, sql));
    }
    assert_eq!(office.register.verify().unwrap(), []);
    expect![[r#"
        DELETE FROM event WHERE seq = 16
          không được xóa sự kiện của sổ
        DELETE FROM entry WHERE number = 12
          không được xóa số khỏi sổ
        UPDATE event SET body = body WHERE seq = 1
          không được sửa sự kiện của sổ
        UPDATE event SET inventory_sha512 = upper(inventory_sha512)
          không được sửa sự kiện của sổ
        INSERT OR REPLACE INTO event SELECT seq, object, body, inven
          sự kiện không nối tiếp chuỗi
        INSERT INTO event SELECT seq + 1, object, body, inventory_sh
          sự kiện không nối tiếp chuỗi
        UPDATE entry SET number = 99 WHERE number = 12
          không được đổi số, ngày, yêu cầu đã ghi sổ
        UPDATE entry SET date = '2026-02-02' WHERE number = 12
          không được đổi số, ngày, yêu cầu đã ghi sổ
        UPDATE entry SET request = lower(hex(randomblob(16))) WHERE 
          không được đổi số, ngày, yêu cầu đã ghi sổ
        UPDATE entry SET state = 'huy' WHERE number = 1
          dòng sổ không theo sự kiện
        UPDATE entry SET state = 'phat_hanh' WHERE number = 4
          bước chuyển trạng thái không được phép
        UPDATE entry SET version = version + 1 WHERE number = 4
          bước chuyển trạng thái không được phép
        UPDATE OR REPLACE entry SET seq = 1 WHERE number = 12
          dòng sổ không theo sự kiện
        INSERT INTO entry SELECT NULL, year, organ, label, 14, lette
          số không nối tiếp số trước
        INSERT INTO entry SELECT NULL, year, organ, label, 13, lette
          số phải bắt đầu ở trạng thái giữ số
        INSERT INTO entry SELECT NULL, year, organ, label, 13, 'a', 
          số chen giữa phải có số gốc
        INSERT OR REPLACE INTO entry SELECT id, year, organ, label, 
          số hoặc yêu cầu đã có trong sổ
    "#]]
    .assert_eq(&said);
}

#[test]
fn rows_and_events_changed_behind_the_triggers_are_found() {
    let mut said = String::new();
    for sql in [
        // An event in the middle, the last one, the first.
        "DELETE FROM event WHERE seq = 5",
        "DELETE FROM event WHERE seq = 16",
        "DELETE FROM event WHERE seq = 1",
        // Two events change places.
        "UPDATE event SET body = json_set(body, '$.seq', -seq), seq = -seq WHERE seq IN (5, 6);
         UPDATE event SET body = json_set(body, '$.seq', 11 + seq), seq = 11 + seq WHERE seq < 0",
        // One more at the end, with a hash made up.
        "INSERT INTO event SELECT 17, object, json_set(body, '$.seq', 17, '$.version', 3, '$.previous', hash),
             inventory_sha512, substr(hash, 33) || substr(hash, 1, 32) FROM event WHERE seq = 16",
        "UPDATE event SET hash = substr(hash, 33) || substr(hash, 1, 32) WHERE seq = 7",
        "UPDATE event SET inventory_sha512 = replace(inventory_sha512, '7', '8') WHERE seq = 7",
        "UPDATE event SET body = replace(body, 'Báo cáo', 'Tờ trình') WHERE seq = 7",
        "UPDATE entry SET state = 'phat_hanh' WHERE number = 2",
        "UPDATE entry SET case_sha256 = '' WHERE number = 3",
        "UPDATE entry SET date = '2026-02-02' WHERE number = 3",
        "UPDATE entry SET number = 13 WHERE number = 12",
        "DELETE FROM entry WHERE number = 7",
        "UPDATE entry SET subject = 'khác' WHERE number = 1",
        "UPDATE entry SET given_by = 'khác' WHERE number = 1",
        // Of a reservation there is no event to compare with.
        "UPDATE entry SET organ = 'khác' WHERE number = 1",
        "UPDATE entry SET letter = 'a' WHERE number = 1",
        "UPDATE search_data SET block = zeroblob(length(block)) WHERE id = (SELECT max(id) FROM search_data)",
        "UPDATE search_content SET c0 = 'khac' WHERE id = 3",
        "UPDATE search SET marked = 'khác' WHERE rowid = 3",
        "DELETE FROM search WHERE rowid = 3",
        "INSERT INTO search (rowid, folded, marked) VALUES (99, 'khac', 'khác')",
        "DROP INDEX entry_by_date",
        "CREATE TRIGGER other AFTER INSERT ON entry BEGIN SELECT 1; END",
        "CREATE TABLE search_other (x)",
    ] {
        said += &format!("{sql}\n{}", tampering::after(sql));
    }
    expect![[r#"
        DELETE FROM event WHERE seq = 5
        so-dut-chuoi: sự kiện số 6: không nối tiếp sự kiện số 4
        so-khong-khop-su-kien: dòng số 05 năm 2026 không như lúc cấp số và sự kiện cuối của nó
        DELETE FROM event WHERE seq = 16
        so-hong: có dòng hoặc sự kiện trỏ đến nơi không có
        so-khong-khop-su-kien: dòng số 12 năm 2026 không như lúc cấp số và sự kiện cuối của nó
        so-sai-tim-kiem: dòng số 12 năm 2026 không tìm được bằng chữ của nó
        DELETE FROM event WHERE seq = 1
        so-hong: có dòng hoặc sự kiện trỏ đến nơi không có
        so-dut-chuoi: sự kiện số 2: không nối tiếp sự kiện số 0
        so-khong-khop-su-kien: dòng số 02 năm 2026 không như lúc cấp số và sự kiện cuối của nó
        so-sai-tim-kiem: dòng số 02 năm 2026 không tìm được bằng chữ của nó
        UPDATE event SET body = json_set(body, '$.seq', -seq), seq = -seq WHERE seq IN (5, 6);
                 UPDATE event SET body = json_set(body, '$.seq', 11 + seq), seq = 11 + seq WHERE seq < 0
        so-dut-chuoi: sự kiện số 5: không nối vào sự kiện số 4
        so-dut-chuoi: sự kiện số 6: không nối vào sự kiện số 5
        so-dut-chuoi: sự kiện số 7: không nối vào sự kiện số 6
        so-khong-khop-su-kien: dòng số 05 năm 2026 không như lúc cấp số và sự kiện cuối của nó
        INSERT INTO event SELECT 17, object, json_set(body, '$.seq', 17, '$.version', 3, '$.previous', hash),
                     inventory_sha512, substr(hash, 33) || substr(hash, 1, 32) FROM event WHERE seq = 16
        so-dut-chuoi: sự kiện số 17: mã băm không khớp nội dung
        so-khong-khop-su-kien: dòng số 12 năm 2026 không như lúc cấp số và sự kiện cuối của nó
        UPDATE event SET hash = substr(hash, 33) || substr(hash, 1, 32) WHERE seq = 7
        so-dut-chuoi: sự kiện số 7: mã băm không khớp nội dung
        so-dut-chuoi: sự kiện số 8: không nối vào sự kiện số 7
        UPDATE event SET inventory_sha512 = replace(inventory_sha512, '7', '8') WHERE seq = 7
        so-dut-chuoi: sự kiện số 7: mã băm không khớp nội dung
        UPDATE event SET body = replace(body, 'Báo cáo', 'Tờ trình') WHERE seq = 7
        so-dut-chuoi: sự kiện số 7: mã băm không khớp nội dung
        UPDATE entry SET state = 'phat_hanh' WHERE number = 2
        so-khong-khop-su-kien: dòng số 02 năm 2026 không như lúc cấp số và sự kiện cuối của nó
        UPDATE entry SET case_sha256 = '' WHERE number = 3
        so-khong-khop-su-kien: dòng số 03 năm 2026 không như lúc cấp số và sự kiện cuối của nó
        UPDATE entry SET date = '2026-02-02' WHERE number = 3
        so-khong-khop-su-kien: dòng số 03 năm 2026 không như lúc cấp số và sự kiện cuối của nó
        UPDATE entry SET number = 13 WHERE number = 12
        so-khong-khop-su-kien: dòng số 13 năm 2026 không như lúc cấp số và sự kiện cuối của nó
        so-trong-so: Ủy ban nhân dân tỉnh A, năm 2026: thiếu số giữa 11 và 13
        so-hong: sổ không đọc được hết: dòng số 13 năm 2026 của sổ đăng ký không khớp sự kiện của nó
        DELETE FROM entry WHERE number = 7
        so-trong-so: Ủy ban nhân dân tỉnh A, năm 2026: thiếu số giữa 06 và 08
        so-sai-tim-kiem: bảng tìm kiếm có dòng mà sổ không có
        UPDATE entry SET subject = 'khác' WHERE number = 1
        so-khong-khop-su-kien: dòng số 01 năm 2026 không như lúc cấp số và sự kiện cuối của nó
        so-sai-tim-kiem: dòng số 01 năm 2026 không tìm được bằng chữ của nó
        UPDATE entry SET given_by = 'khác' WHERE number = 1
        so-khong-khop-su-kien: dòng số 01 năm 2026 không như lúc cấp số và sự kiện cuối của nó
        UPDATE entry SET organ = 'khác' WHERE number = 1
        so-khong-khop-su-kien: dòng số 01 năm 2026 không như lúc cấp số và sự kiện cuối của nó
        so-sai-tim-kiem: dòng số 01 năm 2026 không tìm được bằng chữ của nó
        UPDATE entry SET letter = 'a' WHERE number = 1
        so-khong-khop-su-kien: dòng số 01a năm 2026 không như lúc cấp số và sự kiện cuối của nó
        so-sai-tim-kiem: dòng số 01a năm 2026 không tìm được bằng chữ của nó
        UPDATE search_data SET block = zeroblob(length(block)) WHERE id = (SELECT max(id) FROM search_data)
        so-hong: SQLite báo: fts5: corruption found reading blob 2336462209031 from table "search"
        UPDATE search_content SET c0 = 'khac' WHERE id = 3
        so-hong: SQLite báo: malformed inverted index for FTS5 table main.search
        so-sai-tim-kiem: dòng số 03 năm 2026 không tìm được bằng chữ của nó
        UPDATE search SET marked = 'khác' WHERE rowid = 3
        so-sai-tim-kiem: dòng số 03 năm 2026 không tìm được bằng chữ của nó
        DELETE FROM search WHERE rowid = 3
        so-sai-tim-kiem: dòng số 03 năm 2026 không tìm được bằng chữ của nó
        so-sai-tim-kiem: bảng tìm kiếm có dòng mà sổ không có
        INSERT INTO search (rowid, folded, marked) VALUES (99, 'khac', 'khác')
        so-sai-tim-kiem: bảng tìm kiếm có dòng mà sổ không có
        DROP INDEX entry_by_date
        so-hong: cấu trúc sổ đã bị đổi ở “entry_by_date”
        CREATE TRIGGER other AFTER INSERT ON entry BEGIN SELECT 1; END
        so-hong: cấu trúc sổ đã bị đổi ở “other”
        CREATE TABLE search_other (x)
        so-hong: cấu trúc sổ đã bị đổi ở “search_other”
    "#]].assert_eq(&said);
}

#[test]
fn a_tail_that_was_cut_off_cleanly_is_found_with_the_head_kept_elsewhere() {
    let office = tampering::office();
    let head = office.register.head().unwrap();
    assert_eq!(office.register.verify_against(&head).unwrap(), []);
    tampering::behind_the_triggers(
        &office.place.register(),
        "UPDATE entry SET state = 'phat_hanh', version = 1, seq = 15 WHERE number = 12;
         DELETE FROM event WHERE seq = 16;",
    );
    // As it would have been had the last act never been.
    assert_eq!(office.register.head().unwrap().seq, 15);
    assert_eq!(tampering::said(&office.register.verify().unwrap()), "");
    let said = tampering::said(&office.register.verify_against(&head).unwrap());
    expect![[r#"
        so-dut-chuoi: sổ thiếu sự kiện số 16, có trong đầu chuỗi đã xuất
    "#]]
    .assert_eq(&said);
    // An older head is a beginning of the chain.
    let (event, _) = &office.register.events(&key(3).object_id()).unwrap()[0];
    let before = Head { seq: event.seq - 1, hash: event.previous.clone() };
    assert_eq!(office.register.verify_against(&before).unwrap(), []);
    let none = Head { seq: 0, hash: "0".repeat(64) };
    assert_eq!(office.register.verify_against(&none).unwrap(), []);
    let other = Head { hash: "1".repeat(64), ..before };
    assert_ne!(office.register.verify_against(&other).unwrap(), []);
}

fn key(number: u32) -> Key {
    Key { series: series(2026), number, letter: None }
}

#[test]
fn one_changed_byte_is_found_or_changes_nothing_that_is_read() {
    changes_bytes(150);
}

#[test]
#[ignore = "takes some minutes"]
fn five_thousand_changed_bytes_are_each_found_or_change_nothing_that_is_read() {
    changes_bytes(5_000);
}

fn changes_bytes(samples: usize) {
    let tally = tampering::change_bytes(samples);
    println!(
        "{samples} bytes: {} refused at opening, {} found by verify, {} read as before",
        tally.refused, tally.found, tally.same
    );
    assert_eq!(tally.missed, [""; 0]);
    assert_eq!(tally.refused + tally.found + tally.same, samples);
}

#[test]
fn a_broken_database_ends_no_program() {
    tampering::damage(60);
}

#[test]
#[ignore = "takes a minute"]
fn a_thousand_broken_databases_end_no_program() {
    tampering::damage(1_000);
}

/// `cargo test --test register -- --ignored --nocapture` runs the long ones.
#[test]
#[ignore = "takes a minute"]
fn sixty_four_processes_take_a_thousand_numbers_each_and_none_is_given_twice_or_left_out() {
    takes_turns(64, 1_000);
}

#[test]
fn eight_processes_take_fifty_numbers_each_and_none_is_given_twice_or_left_out() {
    takes_turns(8, 50);
}

fn takes_turns(processes: usize, numbers: usize) {
    let run = contention::reserve_from(processes, numbers);
    println!(
        "{processes} processes, {numbers} numbers each: {:.1?}, {:.0} a second, worst wait {} turns",
        run.took,
        (processes * numbers) as f64 / run.took.as_secs_f64(),
        run.worst_wait
    );
    // In its turn one waits for each of the others once. Somebody may be stopped by the system
    // just before taking a ticket; where nobody kept the order one waited eleven times its turn.
    assert!(run.worst_wait < 10 * processes, "{} turns", run.worst_wait);
}

#[test]
fn the_same_wish_from_sixteen_processes_gets_one_number() {
    assert_eq!(contention::repeat_from(16).into_iter().collect::<Vec<_>>(), ["01"]);
}

#[test]
fn the_lock_goes_to_who_came_first_and_past_one_that_died_waiting() {
    assert_eq!(contention::queue_with_a_dead_one(), (vec!["first", "third"], 0));
}

#[test]
fn what_was_said_stands_after_a_kill_and_the_same_wish_gets_the_next_number() {
    kills(12);
}

#[test]
#[ignore = "takes a minute"]
fn what_was_said_stands_after_a_thousand_kills_and_the_same_wish_gets_the_next_number() {
    kills(1_000);
}

fn kills(rounds: usize) {
    let run = killing::kill_writers(rounds);
    println!(
        "{} processes killed: {} numbers and {} acts acknowledged, none lost; {} of {} repeats found their number given already",
        run.killed, run.numbers, run.acts, run.again, run.killed
    );
    assert!(run.numbers > run.killed && run.acts > 0, "too few to tell anything");
}

#[test]
fn a_rebuild_that_is_killed_loses_nothing_and_is_done_by_the_next() {
    rebuilds_killed(8);
}

#[test]
#[ignore = "takes a minute"]
fn four_hundred_rebuilds_that_are_killed_lose_nothing() {
    rebuilds_killed(400);
}

fn rebuilds_killed(rounds: usize) {
    let run = killing::kill_rebuilds(rounds);
    println!(
        "{rounds} killed: {} done before, {} left no register",
        run.done, run.without_register
    );
}

/// Not a test: what a process of its own does when a test started it.
#[test]
fn a_process_of_its_own() {
    let Some((task, folder, arguments)) = processes::task() else { return };
    let place = Place::new(folder);
    let mut register = Register::open(&place).unwrap();
    processes::ready();
    match task.as_str() {
        "reserve" => contention::reserve(&mut register, &place, &arguments),
        "repeat" => contention::repeat(&mut register, &place),
        "hold" => contention::hold(&place),
        "work" => killing::work(&mut register, &place, &arguments),
        "rebuild" => killing::rebuild(&place),
        _ => panic!("{task}"),
    }
}
