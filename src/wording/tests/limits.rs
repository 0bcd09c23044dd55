//! What a wording may use up, and what it is told beyond it.

use expect_test::expect;

use super::*;

fn rows(count: usize) -> Case {
    with(&[("ds", Content::List((0..count).map(|at| words(&at.to_string())).collect()))])
}

#[test]
fn a_loop_that_prints_nothing_ends() {
    check(
        "\n{% for a in noi_dung.ds %}{% for b in noi_dung.ds %}{% for c in noi_dung.ds %}{% endfor %}{% endfor %}{% endfor %}",
        &rows(2_000),
        expect![[r#"
            bao_cao/thu.md:2:56 [loi-van-qua-nang] lời văn lặp quá nhiều lần cho một văn bản
        "#]],
    );
}

#[test]
fn a_loop_that_prints_too_much_ends() {
    let text = format!("{{% for a in noi_dung.ds %}}{}{{% endfor %}}", "chữ ".repeat(2_000));
    check(
        &text,
        &rows(2_000),
        expect![[r#"
            bao_cao/thu.md:1:27 [loi-van-qua-dai] văn bản sinh ra vượt 4 MiB
        "#]],
    );
}

#[test]
fn includes_that_double_at_each_level_end() {
    let mut templates = templates("{% include \"a/0.md\" %}").with("a/14.md", "");
    for level in 0..14 {
        let text = format!("{{% include \"a/{}.md\" %}}", level + 1).repeat(10);
        templates = templates.with(&format!("a/{level}.md"), &text);
    }
    let faults = printed_with(&templates, &WordingSchema::default(), &case());
    assert!(faults.contains("[loi-van-qua-nang]"), "{faults}");
}

#[test]
fn components_that_call_themselves_end() {
    check(
        "{% component c() %}{{ <c/> }}{{ <c/> }}{{ <c/> }}{% endcomponent %}{{ <c/> }}",
        &case(),
        expect![[r#"
            bao_cao/thu.md:1:24 [vong-lap-qua-sau] thành phần tự gọi mình quá sâu
        "#]],
    );
}

#[test]
fn a_joiner_that_grows_ends() {
    check(
        "{% set a = \"x\" %}{% for b in noi_dung.ds %}{% set_global a = kinh_gui | noi(bang=a) %}{% endfor %}",
        &rows(200),
        expect![[r#"
            bao_cao/thu.md:1:73 [tham-so-sai] tham số `bang` của bộ lọc `noi` dài quá 400 byte
        "#]],
    );
}

#[test]
fn a_paragraph_has_a_length() {
    let case = with(&[("a", words(&"chữ ".repeat(6_000)))]);
    check(
        "Một.\n\n{{ noi_dung.a }}",
        &case,
        expect![[r#"
        bao_cao/thu.md:3:1 [doan-van-qua-dai] đoạn văn dài 24000 chữ cái, nhiều nhất là 20.000
    "#]],
    );
}

#[test]
fn deep_includes_end() {
    let mut templates = templates("{% include \"a/0.md\" %}").with("a/40.md", "x");
    for level in 0..40 {
        templates = templates
            .with(&format!("a/{level}.md"), &format!("{{% include \"a/{}.md\" %}}", level + 1));
    }
    let faults = printed_with(&templates, &WordingSchema::default(), &case());
    assert!(faults.contains("[tep-goi-vong] các tệp gọi nhau quá 16 tầng"), "{faults}");
}

/// Reading takes as long as the text is, and not the square of it: no more than ten times what
/// emphasis that is closed takes, in at least one of five attempts, since a busy machine may stop
/// either.
#[test]
fn asterisks_without_end_are_read_in_time() {
    let took = |text: &str| {
        let case = with(&[("a", own(&text.repeat(2_800)))]);
        let start = std::time::Instant::now();
        let said = printed("{{ noi_dung.a }}", &case);
        (start.elapsed(), said)
    };
    let in_time = (0..5).any(|_| {
        let (closed, _) = took("*a* b **");
        let (open, said) = took("*a **b ");
        assert!(said.contains("[nhan-manh-khong-dong]"));
        open < closed * 10
    });
    assert!(in_time);
}

#[test]
fn searching_a_long_list_again_and_again_ends() {
    check(
        "{% for a in noi_dung.ds %}{% if \"x\" in noi_dung.ds %}a{% endif %}{% endfor %}",
        &rows(20_000),
        expect![[r#"
            bao_cao/thu.md:1:4 [loi-van-qua-nang] lời văn lặp quá nhiều lần cho một văn bản
        "#]],
    );
}
