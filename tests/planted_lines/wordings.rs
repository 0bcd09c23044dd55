//! Wordings: limits, links, components, tags, filters, literal text, front matter.

use vanthu::render::{self, Office};
use vanthu::templates::Templates;

use super::{Ends, account, judge};

const FRONT: &str = "\
---
mo_ta: Lời văn thử
danh_so: [\"I.\", \"1.\"]
truong:
  - {khoa: a, kieu: chu, bat_buoc: co, mo_ta: A}
  - {khoa: b, kieu: so, bat_buoc: co, mo_ta: B, vi_du: 1.000}
  - {khoa: c, kieu: doan, bat_buoc: co, mo_ta: C}
  - {khoa: d, kieu: danh_sach, bat_buoc: co, mo_ta: D}
---
";

const BODY: [&str; 17] = [
    "# Kết quả",
    "",
    "Câu một {{ noi_dung.a }}.",
    "",
    "{{ noi_dung.c }}",
    "",
    "## Số liệu",
    "",
    "Tổng {{ noi_dung.b | tien }}.",
    "",
    "{% for x in noi_dung.d %}",
    "- {{ x }};",
    "{% endfor %}",
    "",
    "Ghi {{ <tp a={noi_dung.a}/> }}.",
    "",
    "Hết./.",
];

/// After which lines of the body a fault is planted: at a blank one, outside the loop.
const PLACES: [usize; 3] = [2, 8, 16];

const SAMPLE: &str = "\
phien_ban: 1
loai: bao_cao
mau: thu
co_quan_khac:
  ten: SỞ A
  ten_trong_cau: Sở A
  ky_hieu: SA
  dia_danh: An Giang
so: 1
ngay: 15/12/2025
trich_yeu: Kết quả năm 2025
huong: len_tren
kinh_gui:
  - Ủy ban nhân dân tỉnh An Giang
noi_dung:
  a: chữ
  b: 1.000
  c: Đoạn.
  d:
    - một
    - hai
nguoi_ky:
  chuc_vu: GIÁM ĐỐC
  ho_ten: Trần Văn A
noi_nhan:
  - Như trên
luu:
  noi_luu: VT
";

/// What is put in, and on which of its lines it is told.
fn in_the_body() -> Vec<(&'static str, String, usize)> {
    let one = |kind, text: &str| (kind, text.to_owned(), 0);
    let repeated = |line: &str, count: usize| vec![line; count].join("\n");
    let nested =
        format!("{}\nx\n{}", repeated("{% if noi_dung.a %}", 31), repeated("{% endif %}", 31));
    let branches = format!(
        "{{% if noi_dung.a == \"0\" %}}\nx\n{}\n{{% endif %}}",
        repeated("{% elif noi_dung.a == \"1\" %}x", 101)
    );
    let loops =
        format!("{}\nx\n{}", repeated("{% for y in noi_dung.d %}", 4), repeated("{% endfor %}", 4));
    vec![
        one("an unknown filter", "Số {{ noi_dung.a | tine }}"),
        one("an unknown key", "Số {{ noi_dung.aa }}"),
        one("an unknown name", "Số {{ noidung.a }}"),
        one("a print that is not closed", "Số {{ noi_dung.a"),
        one("a block that is not closed", "{% if noi_dung.a %}"),
        one("an end without a block", "{% endif %}"),
        one("an end of a loop without one", "{% endfor %}"),
        one("an unknown tag", "{% foo x %}"),
        one("safe", "Số {{ noi_dung.a | safe }}"),
        one("an unknown argument", "Số {{ noi_dung.b | so(lee=2) }}"),
        one("an argument out of its range", "Số {{ noi_dung.b | so(le=99) }}"),
        one("a missing argument", "Số {{ noi_dung.b | ty_le }}"),
        one("paragraphs beside words", "{{ noi_dung.c }} thêm chữ"),
        one("HTML", "Một <b>chữ</b>"),
        one("a link", "Một [chữ](http://a.vn)"),
        one("emphasis", "Một **đậm không đóng"),
        one("a foreign mark", "* mục"),
        one("a heading too deep", "##### Sâu"),
        one("an unknown table", "[bang la]"),
        one("a table line that is none", "[bang: la]."),
        one("an unknown file", "{% include \"chung/khong_co.md\" %}"),
        one("an unknown component", "Số {{ <khong_co a={1}/> }}"),
        one("a captured block", "{% set x %}a{% endset %}"),
        ("a loop without in", "{% for x of noi_dung.d %}\n{% endfor %}".to_owned(), 0),
        one("a text that is not closed", "Số {{ \"a }}"),
        one("letters with marks in a tag", "Số {{ noi_dung.tên }}"),
        one("a comment that is not closed", "{# mở không đóng"),
        one("a line that is too long", &"chữ ".repeat(4_000)),
        one(
            "an expression that is too long",
            &format!("{{{{ noi_dung.a{} }}}}", " | hoa".repeat(130)),
        ),
        ("blocks within one another", nested, 30),
        ("branches of one if", branches, 102),
        ("loops within one another", loops, 3),
        one("a private character", "Một \u{e123} chữ"),
        one("an unknown key of an appendix", "Số {{ phu_luc[0].tongg.a }}"),
        one("a component without its argument", "Số {{ <tp/> }}"),
        one("a component with an unknown argument", "Số {{ <tp a={noi_dung.a} z={1}/> }}"),
        one("an argument of another kind", "Số {{ <so n={noi_dung.d}/> }}"),
        one("extends that is not first", "{% extends \"chung/khung.md\" %}"),
        (
            "two blocks of one name",
            "{% block k %}a{% endblock %}\n\n{% block k %}b{% endblock %}".to_owned(),
            2,
        ),
        one("a list printed bare", "Số {{ noi_dung.d }}"),
        one("a sum of an amount", "Số {{ noi_dung.b + 1 }}"),
        one("a function", "Số {{ ham(x=noi_dung.a) }}"),
        one("the attached document beside words", "[kem_theo] và chữ"),
        one("a closer without an opener", "Số }} chữ"),
        one("a break outside a loop", "{% break %}"),
        ("a loop over a text", "{% for x in noi_dung.a %}\n{{ x }}\n{% endfor %}".to_owned(), 0),
        one("texts put together", "Số {{ noi_dung.a ~ noi_dung.a }}"),
        one("a file that is a fact", "{% include noi_dung.a %}"),
        one("an empty print", "Số {{ }}"),
        one("raw that is not closed", "{% raw %}"),
        one("an argument without quotation marks", "Số {{ noi_dung.b | tien(don_vi=dong) }}"),
        one("an item out of order", "5. Mục năm"),
        one("an unknown test", "{% if noi_dung.a is foo %}x{% endif %}"),
        one(
            "a text too long for a paragraph",
            &format!("{}\n{}", "chữ ".repeat(3_000), "chữ ".repeat(3_000)),
        ),
        ("a text that grows without end", GROWS.to_owned(), 1),
    ]
}

/// 20 × 20 × 20 times 1,000 letters.
const GROWS: &str = "{% for x in [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20] %}{% for y in [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20] %}{% for z in [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20] %}
chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ chữ
{% endfor %}{% endfor %}{% endfor %}";

/// What takes the place of what in the front matter, and the line on which it is told.
const IN_FRONT: [(&str, &str, &str, usize); 14] = [
    ("an unknown kind", "a, kieu: chu", "a, kieu: chuu", 5),
    ("a key twice", "truong:", "mo_ta: x\ntruong:", 4),
    ("an unknown key", "truong:", "la: x\ntruong:", 4),
    ("an unknown key of a field", "mo_ta: C}", "mo_ta: C, la: x}", 7),
    ("neither yes nor no", "b, kieu: so, bat_buoc: co", "b, kieu: so, bat_buoc: chac", 6),
    ("an example of another kind", "vi_du: 1.000", "vi_du: abc", 6),
    ("a key with accents", "khoa: a,", "khoa: á,", 5),
    ("a field without a key", "{khoa: c, kieu", "{kieu", 7),
    ("a tab", "  - {khoa: d", "\t- {khoa: d", 8),
    (
        "a locked phrase that is not there",
        "truong:",
        "cau_khoa:\n  - Kết quả\n  - Câu này không có\ntruong:",
        6,
    ),
    ("a scheme that is a text", "[\"I.\", \"1.\"]", "I.", 3),
    (
        "a field that is not used",
        "mo_ta: D}",
        "mo_ta: D}\n  - {khoa: e, kieu: chu, bat_buoc: khong, mo_ta: E}",
        9,
    ),
    ("a key given to two fields", "khoa: d,", "khoa: c,", 8),
    ("an unknown colon", "mo_ta: Lời văn thử", "mo_ta: Lời: văn thử", 2),
];

fn templates(wording: &str) -> Templates {
    Templates::default()
        .with("bao_cao/loai.yaml", "ten: Báo cáo\nky_hieu: BC\nmau: \"1.4\"\nkinh_gui: len_tren\n")
        .with("bao_cao/thu.md", wording)
        .with("bao_cao/ho_so_mau_thu.yaml", SAMPLE)
        .with("chung/tp.md", "{% component tp(a) %}{{ a }}{% endcomponent %}\n")
        .with("chung/so.md", "{% component so(n: integer) %}{{ n }}{% endcomponent %}\n")
        .with("chung/khung.md", "Đầu.\n\n{% block k %}x{% endblock %}\n")
}

fn check(templates: Templates, kind: &str, file: &str, line: usize) -> Result<(), String> {
    let found = match Office::of(templates) {
        Ok(office) => render::check_wordings(&office),
        Err(findings) => findings,
    };
    let expected = (file.to_owned(), line.to_string());
    judge(kind, &expected, &found.diagnostics, &found.sources)
}

fn whole(body: &[&str]) -> String {
    format!("{FRONT}{}\n", body.join("\n"))
}

#[test]
fn what_the_faults_are_planted_in_is_right() {
    for ends in Ends::ALL {
        let found = render::check_wordings(
            &Office::of(templates(&ends.write(&whole(&BODY)))).unwrap_or_else(|_| unreachable!()),
        );
        assert_eq!(vanthu::diag::plain(&found.diagnostics, &found.sources), "");
    }
}

#[test]
fn a_fault_of_a_wording_is_told_at_its_line() {
    let mut failures = Vec::new();
    let mut count = 0;
    let mut plant = |outcome: Result<(), String>| {
        count += 1;
        failures.extend(outcome.err());
    };
    let front = FRONT.lines().count();
    for (number, (kind, text, offset)) in in_the_body().into_iter().enumerate() {
        for (nth, place) in PLACES.into_iter().enumerate() {
            let mut body: Vec<&str> = BODY[..place].to_vec();
            body.extend([&text, ""]);
            body.extend(&BODY[place..]);
            let ends = Ends::ALL[(number + nth) % 3];
            let wording = ends.write(&whole(&body));
            let line = front + place + 1 + offset;
            plant(check(templates(&wording), kind, "bao_cao/thu.md", line));
        }
    }
    for (number, (kind, old, new, line)) in IN_FRONT.into_iter().enumerate() {
        let spoilt = whole(&BODY).replacen(old, new, 1);
        assert_ne!(spoilt, whole(&BODY), "{kind}");
        let wording = Ends::ALL[number % 3].write(&spoilt);
        plant(check(templates(&wording), kind, "bao_cao/thu.md", line));
    }
    for lines in [0, 3, 9] {
        let before = "Chữ.\n\n".repeat(lines);
        let calls = whole(&BODY).replace("Hết./.", "{{ <tu a={noi_dung.a}/> }}\n\nHết./.");
        let itself = format!(
            "{before}{{% component tu(a) %}}\nMột.\n{{{{ <tu a={{a}}/> }}}}\n{{% endcomponent %}}\n"
        );
        let set = templates(&calls).with("chung/tu.md", &itself);
        plant(check(set, "a component that calls itself", "chung/tu.md", 2 * lines + 3));
        let other = format!(
            "{before}{{% component tu(a) %}}{{{{ <hai a={{a}}/> }}}}{{% endcomponent %}}\n\n{{% component hai(a) %}}\n{{{{ <tu a={{a}}/> }}}}{{% endcomponent %}}\n"
        );
        let set = templates(&calls).with("chung/tu.md", &other);
        plant(check(set, "two components that call one another", "chung/tu.md", 2 * lines + 4));
        let circle = format!("{before}{{% include \"chung/vong.md\" %}}\n");
        let calls = whole(&BODY).replace("Hết./.", "{% include \"chung/vong.md\" %}\n\nHết./.");
        let set = templates(&calls).with("chung/vong.md", &circle);
        plant(check(set, "a file that includes itself", "chung/vong.md", 2 * lines + 1));
        let many = format!("{}{}", whole(&BODY), "\nChữ.\n".repeat(990 + lines));
        plant(check(templates(&many), "too many lines", "bao_cao/thu.md", 2_001));
        let tags = format!("{before}{}", "{{ a }}\n".repeat(2_100));
        let set = templates(&whole(&BODY)).with("chung/the.md", &tags);
        // Only a file of more lines than that is refused for them first.
        let tags = tags.replace("{{ a }}\n{{ a }}\n", "{{ a }}{{ a }}\n");
        let set = set.with("chung/the.md", &tags);
        plant(check(set, "too many tags", "chung/the.md", 2 * lines + 1_001));
        let long = format!("{before}{}", format!("{}\n", "x".repeat(99)).repeat(900));
        let set = templates(&whole(&BODY)).with("chung/dai.md", &long);
        let line = 1 + long[..64 << 10].matches('\n').count();
        plant(check(set, "too many bytes", "chung/dai.md", line));
    }
    account(count, 100, &failures);
}
