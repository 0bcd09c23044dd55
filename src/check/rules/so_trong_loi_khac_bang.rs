//! A total, a count or a per cent in running text that its table does not know.

use crate::check::prose::{self, Text, Word};
use crate::check::quoted::{Number, Sheet, Unit, number_at, sheets, years_of};
use crate::check::{Report, Rule, Subject};
use crate::diag::{At, Severity};
use crate::model::{Amount, ColumnKind, placed_table};
use crate::vi::case::lower;
use crate::vi::money::{UNITS, power};
use crate::vi::roman;

pub const RULE: Rule = Rule {
    id: "so-trong-loi-khac-bang",
    severity: Severity::Warning,
    explain: "\
Một câu nêu tổng số, số dòng hay tỷ lệ của một bảng mà bảng không có số ấy.

Người đọc so câu văn với bảng trước hết ở dòng tổng; bảng sửa sau mà câu không sửa theo thì
văn bản tự mâu thuẫn. Chỉ những câu nói rõ là tổng (“tổng số”, “tổng kinh phí”, “gồm 12 dự
án”) và nói rõ về bảng (nhắc phụ lục, đứng cạnh dòng `[bang …]`, dùng lời của đầu cột) mới
được so; số được so với mọi số của bảng, kể cả khi đổi đơn vị và làm tròn.

Viết `{{ phu_luc[0].tong.khoa_cot }}` hay `{{ phu_luc[0].dong | dem }}` thay cho số gõ tay thì
số trong câu luôn là số của bảng.",
    run,
};

/// What begins the words for a total.
const TOTALS: [&[&str]; 15] = [
    &["tổng", "cộng"],
    &["tổng", "số"],
    &["tổng", "kinh", "phí"],
    &["tổng", "mức"],
    &["tổng", "vốn"],
    &["tổng", "giá", "trị"],
    &["tổng", "dự", "toán"],
    &["tổng", "nhu", "cầu"],
    &["tổng", "kế", "hoạch"],
    &["tổng", "nguồn"],
    &["tổng", "chi", "phí"],
    &["tổng", "thu"],
    &["tổng", "tiền"],
    &["tổng", "diện", "tích"],
    &["tổng", "chiều", "dài"],
];
/// How far behind those words their number may stand.
const REACH: usize = 16;
/// What makes another figure of it, or no exact one.
const TURNS: [&str; 24] = [
    "còn", "thiếu", "thừa", "chênh", "tăng", "giảm", "vượt", "khoảng", "gần", "hơn", "trên",
    "dưới", "quá", "xấp", "mỗi", "bình", "đa", "thiểu", "đó", "riêng", "so", "cùng", "từng", "bổ",
];
/// Words before a number that is the name of something.
const LABELS: [&str; 12] =
    ["năm", "ngày", "tháng", "quý", "điều", "khoản", "mục", "lục", "biểu", "bảng", "đoạn", "qđ"];

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    let sheets = sheets(subject.case);
    if sheets.is_empty() {
        return;
    }
    for text in prose::texts(subject.case) {
        if text.text.contains(|c: char| c.is_ascii_digit()) {
            judge(&text, &sheets, report);
        }
    }
}

/// One sentence, and the tables that it certainly speaks of.
struct Sentence<'t, 's, 'c> {
    text: &'t Text<'t>,
    words: Vec<Word<'t>>,
    lower: Vec<String>,
    sheets: &'s [Sheet<'c>],
    /// The table to which it sends the reader.
    referred: Option<&'s Sheet<'c>>,
    /// Those by which it stands.
    near: Vec<&'s Sheet<'c>>,
}

fn judge(text: &Text<'_>, sheets: &[Sheet<'_>], report: &mut Report<'_>) {
    let paragraphs = prose::paragraphs(text.text);
    let placed = |at: Option<usize>| {
        let range = paragraphs.get(at?)?.clone();
        placed_table(text.text[range].trim())
    };
    for (at, paragraph) in paragraphs.iter().enumerate() {
        if placed(Some(at)).is_some() {
            continue;
        }
        let near = [placed(at.checked_sub(1)), placed(Some(at + 1))];
        for range in prose::sentences(text.text, paragraph.clone()) {
            let words = prose::words(text.text, range);
            let lower: Vec<String> = words.iter().map(|word| lower(word.text)).collect();
            let referred = referred(&lower, sheets);
            let stands_by = |sheet: &&Sheet<'_>| {
                let key = sheet.call.strip_prefix("bang.");
                text.appendix.is_some_and(|at| sheet.call == format!("phu_luc[{at}]"))
                    || key.is_some_and(|key| near.contains(&Some(key)))
            };
            let near = sheets.iter().filter(stands_by).collect();
            let sentence = Sentence { text, words, lower, sheets, referred, near };
            sentence.totals(report);
            sentence.counts(report);
            sentence.per_cents(report);
        }
    }
}

/// The table to which a sentence sends the reader: “Phụ lục II”, “biểu dưới đây”. Of several
/// that it may mean none is taken.
fn referred<'s, 'c>(words: &[String], sheets: &'s [Sheet<'c>]) -> Option<&'s Sheet<'c>> {
    let find = |phrase: &[&str]| words.windows(phrase.len()).position(|window| window == phrase);
    let only = |prefix: &str| {
        let mut found = sheets.iter().filter(|sheet| sheet.call.starts_with(prefix));
        found.next().filter(|_| found.next().is_none())
    };
    let named = ["bảng", "biểu"].iter().any(|word| find(&[word]).is_some())
        || find(&["danh", "mục"]).is_some()
        || find(&["danh", "sách"]).is_some();
    if let Some(at) = find(&["phụ", "lục"]) {
        let number = words[at + 2..]
            .iter()
            .find(|word| *word != "số")
            .and_then(|word| word.parse().ok().or_else(|| roman::from_roman(&word.to_uppercase())));
        return match number.filter(|_| at == 0 || words[at - 1] != "các") {
            Some(number) => {
                let call = format!("phu_luc[{}]", number.saturating_sub(1));
                sheets.iter().find(|sheet| sheet.call == call).or_else(|| only("phu_luc"))
            }
            None => only("phu_luc"),
        };
    }
    if named && find(&["kèm", "theo"]).is_some() {
        return only("phu_luc");
    }
    let points = ["sau", "dưới", "trên"].iter().any(|word| find(&[word]).is_some());
    if named && points { only("bang.") } else { None }
}

impl<'s, 'c> Sentence<'_, 's, 'c> {
    /// The tables of which the sentence gives the total that some words announce.
    fn spoken_of(&self, phrase: std::ops::Range<usize>) -> Vec<&'s Sheet<'c>> {
        if let Some(sheet) = self.referred {
            return vec![sheet];
        }
        let begins = phrase.start <= 2;
        let mut others = self.lower.clone();
        others[phrase].iter_mut().for_each(String::clear);
        let speaks = |sheet: &&&Sheet<'_>| begins || sheet.shared(&others) >= 3;
        let near: Vec<_> = self.near.iter().filter(speaks).copied().collect();
        if !near.is_empty() {
            return near;
        }
        self.sheets.iter().filter(|sheet| sheet.shared(&others) >= 4).collect()
    }

    fn beside(&self) -> impl Iterator<Item = &'s Sheet<'c>> {
        self.referred.into_iter().chain(self.near.iter().copied())
    }

    /// Whether the sentence is of other years than a table.
    fn is_of_other_years(&self, sheet: &Sheet<'_>) -> bool {
        let own: Vec<String> = self.lower.iter().flat_map(|word| years_of(word)).collect();
        let known = sheet.years();
        !own.is_empty() && !known.is_empty() && !own.iter().any(|year| known.contains(year))
    }

    /// Every number with a unit, by its place among the words.
    fn numbers(&self) -> Vec<(usize, Number)> {
        let is_label = |at: usize| {
            at.checked_sub(1).is_some_and(|before| LABELS.contains(&self.lower[before].as_str()))
        };
        let places = (0..self.words.len()).filter(|&at| !is_label(at));
        places.filter_map(|at| Some((at, number_at(&self.words, at)?))).collect()
    }

    fn totals(&self, report: &mut Report<'_>) {
        let begins = |at: usize| {
            TOTALS.iter().find(|words| {
                self.lower[at..].len() >= words.len()
                    && words.iter().zip(&self.lower[at..]).all(|(one, other)| one == other)
            })
        };
        let mut wrong: Vec<(Number, Vec<&Sheet<'_>>)> = Vec::new();
        for at in 0..self.lower.len() {
            let Some(phrase) = begins(at) else { continue };
            let from = at + phrase.len();
            let to = (from + REACH).min(self.words.len());
            let breaks = |other: usize| begins(other).is_some() || self.words[other - 1].ends;
            let next = (from..to).find(|&other| breaks(other)).unwrap_or(to);
            let number = self.numbers().into_iter().find(|(place, _)| (from..next).contains(place));
            let Some((place, number)) = number else { continue };
            let turns = self.lower[from..place].iter().any(|word| TURNS.contains(&word.as_str()));
            if turns || number.unit == Unit::Percent {
                continue;
            }
            // What a heading over projects says is said of each of them too.
            let of_each = phrase[1] == "mức" && self.referred.is_none();
            let spoken_of = self.spoken_of(at..from);
            let fits = |sheet: &&Sheet<'_>| {
                !of_each
                    && !sheet.columns(&number.unit).is_empty()
                    && !self.is_of_other_years(sheet)
            };
            let fitting: Vec<&Sheet<'_>> = spoken_of.into_iter().filter(fits).collect();
            if self.sheets.iter().any(|sheet| sheet.knows(&number)) || self.is_sum(&number) {
                return;
            }
            if !fitting.is_empty() && !fitting.iter().any(|sheet| sheet.names_a_part(&self.lower)) {
                wrong.push((number, fitting));
            }
        }
        for (number, sheets) in wrong {
            self.tell(&number, &sheets, report);
        }
    }

    /// Whether a number is the sum of the totals of several tables.
    fn is_sum(&self, number: &Number) -> bool {
        let total = |sheet: &Sheet<'_>| -> Vec<Amount> {
            let columns = sheet.columns(&number.unit).into_iter();
            columns
                .filter_map(|column| sheet.converted(column, sheet.total[column]?, &number.unit))
                .collect()
        };
        let totals: Vec<Vec<Amount>> = self.sheets.iter().map(total).collect();
        let pairs = totals.iter().enumerate().flat_map(|(at, one)| {
            totals[at + 1..].iter().flat_map(move |other| {
                one.iter().flat_map(move |a| other.iter().filter_map(move |b| a.checked_add(*b)))
            })
        });
        pairs.into_iter().any(|sum| sum.rounds_to(number.amount))
    }

    fn tell(&self, number: &Number, sheets: &[&Sheet<'_>], report: &mut Report<'_>) {
        let written = self.text.text[number.range.clone()].replace('\n', " ");
        let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        let message = format!("câu ghi tổng là {written}, mà {} không có số ấy", names.join(", "));
        let mut details = Vec::new();
        let mut call = None;
        for sheet in sheets {
            let mut columns = sheet.columns(&number.unit);
            columns.retain(|&column| sheet.total[column].is_some());
            let fits = |column: &usize| sheet.fits(*column, &self.lower);
            let most = columns.iter().map(fits).max().unwrap_or_default();
            columns.retain(|column| fits(column) == most);
            for column in columns.into_iter().take(3) {
                details.extend(total_in_words(sheet, column, &number.unit));
                call.get_or_insert_with(|| total_as_mark(sheet, column, &number.unit));
            }
        }
        let hint = match call {
            Some(call) => format!(
                "sửa số trong câu, hoặc viết `{{{{ {call} }}}}` để số trong câu luôn là số của bảng"
            ),
            None => "sửa số trong câu cho khớp với bảng".to_owned(),
        };
        report.add_with(self.at(number), message, details, hint);
    }

    fn at(&self, number: &Number) -> At {
        At::words(self.text.route.clone(), self.text.text, number.range.clone())
    }

    /// “gồm 12 dự án”, “tổng số 12 dự án”, “danh mục 12 dự án”.
    fn counts(&self, report: &mut Report<'_>) {
        let mut wrong = Vec::new();
        for (at, number) in self.numbers() {
            let following = &self.lower[(at + 1).min(self.lower.len())..];
            let sheet =
                self.beside().find_map(|sheet| Some((sheet, sheet.noun_at(following)?.len())));
            let Some((sheet, length)) = sheet else { continue };
            let Ok(count) = number.amount.plain().parse::<usize>() else { continue };
            let known = |sheet: &Sheet<'_>| sheet.counts().contains(&count);
            let all: usize = self.sheets.iter().map(|sheet| sheet.table.rows.len()).sum();
            if self.sheets.iter().any(known) || count == all {
                return;
            }
            if self.counts_all(at, length) && !self.is_of_other_years(sheet) {
                wrong.push((number, sheet, length, at));
            }
        }
        for (number, sheet, length, at) in wrong {
            let end = self.words[at + length].range.end;
            let number = Number { range: number.range.start..end, ..number };
            let written = self.text.text[number.range.clone()].replace('\n', " ");
            report.add(
                self.at(&number),
                format!("câu ghi {written}, mà {} có {} dòng", sheet.name, sheet.table.rows.len()),
                format!(
                    "sửa số trong câu, hoặc viết `{{{{ {}.dong | dem }}}}` để số trong câu luôn là số dòng của bảng",
                    sheet.call
                ),
            );
        }
    }

    /// Whether a count is said to be that of all, and of nothing narrower.
    fn counts_all(&self, at: usize, noun: usize) -> bool {
        const BEFORE: [&str; 6] =
            ["gồm", "tổng số", "tổng cộng", "danh mục", "danh sách", "chi tiết"];
        const AFTER: [&str; 9] = ["với", "theo", "tại", "như", "nêu", "kèm", "sau", "được", "và"];
        let before = self.lower[at.saturating_sub(2)..at].join(" ");
        let after = at + noun;
        let pauses = match self.words.get(after + 1) {
            Some(next) => {
                !self.text.text[self.words[after].range.end..next.range.start].trim().is_empty()
            }
            None => true,
        };
        let begins = BEFORE.iter().any(|word| before.ends_with(word));
        let ends = pauses || AFTER.contains(&self.lower[after + 1].as_str());
        let part = self.lower[..at].iter().any(|word| word == "đó");
        begins && ends && !part
    }

    fn per_cents(&self, report: &mut Report<'_>) {
        const TURNS: [&str; 12] = [
            "tăng", "giảm", "vượt", "khoảng", "gần", "hơn", "trên", "dưới", "cùng", "mỗi", "thiểu",
            "đó",
        ];
        if self.lower.iter().any(|word| TURNS.contains(&word.as_str())) {
            return;
        }
        let numbers = self.numbers().into_iter().map(|(_, number)| number);
        let per_cents: Vec<Number> =
            numbers.filter(|number| number.unit == Unit::Percent).collect();
        let known = |number: &Number| self.sheets.iter().any(|sheet| sheet.knows(number));
        if per_cents.is_empty() || per_cents.iter().any(known) {
            return;
        }
        for number in &per_cents {
            for sheet in self.beside() {
                let columns = sheet.columns(&Unit::Percent);
                let named = columns.iter().find(|&&column| {
                    sheet.total[column].is_some() && sheet.shared_with(column, &self.lower) >= 2
                });
                let Some(&column) = named else { continue };
                if self.is_of_other_years(sheet) || sheet.names_a_part(&self.lower) {
                    continue;
                }
                let written = &self.text.text[number.range.clone()];
                let leaf = sheet.figures.leaves()[column];
                report.add_with(
                    self.at(number),
                    format!("câu ghi {written}, mà {} không có tỷ lệ ấy", sheet.name),
                    total_in_words(sheet, column, &Unit::Percent).into_iter().collect(),
                    format!(
                        "sửa số trong câu, hoặc viết `{{{{ {}.tong.{} }}}}%` để số trong câu luôn là số của bảng",
                        sheet.call, leaf.key
                    ),
                );
                break;
            }
        }
    }
}

/// `phu_luc[0].tong.kh_2022`, in the unit of the sentence.
fn total_as_mark(sheet: &Sheet<'_>, column: usize, unit: &Unit) -> String {
    let call = format!("{}.tong.{}", sheet.call, sheet.figures.leaves()[column].key);
    let name = |power: u32| UNITS.iter().find(|(_, of)| *of == power).map(|(name, _)| *name);
    let own = sheet.unit(column).and_then(power).and_then(name);
    let wanted = match unit {
        Unit::Money(power) => name(*power),
        Unit::Percent | Unit::Words(_) => None,
    };
    match (own, wanted) {
        (Some(from), Some(to)) if from != to => {
            format!("{call} | doi_don_vi(tu=\"{from}\", sang=\"{to}\")")
        }
        _ => call,
    }
}

/// `tổng cột “Kế hoạch 2022”: 9.820 triệu đồng, tức 9,82 tỷ đồng`
fn total_in_words(sheet: &Sheet<'_>, column: usize, unit: &Unit) -> Option<String> {
    let leaf = sheet.figures.leaves()[column];
    let total = sheet.total[column]?;
    let name = leaf.name.trim();
    if leaf.kind == ColumnKind::Percent {
        return Some(format!("dòng tổng, cột “{name}”: {total}%"));
    }
    let own = sheet.unit(column).unwrap_or_default();
    let converted = sheet.converted(column, total, unit)?;
    let other = match unit {
        Unit::Money(power) if converted != total => {
            let name = UNITS.iter().find(|(_, of)| of == power);
            name.map(|(name, _)| format!(", tức {converted} {name}"))
        }
        _ => None,
    };
    Some(format!("tổng cột “{name}”: {total} {own}{}", other.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, table, with_table};
    use super::*;
    use crate::model::{Case, Content};
    use expect_test::{Expect, expect};

    /// Two groups, rows 10 and 20, 30 and 40 of `a`; `b` twice as much; triệu đồng.
    fn with_text(text: &str) -> Case {
        let mut table = table(&[&[("10.000", "20"), ("20.000", "40")], &[("30.500", "60")]]);
        table.unit = Some("triệu đồng".into());
        table.columns[1].name = "Kế hoạch vốn năm 2022".into();
        table.columns[2].name = "Giải ngân".into();
        let name = crate::model::Column {
            key: "ten".into(),
            name: "Tên dự án".into(),
            kind: ColumnKind::Text,
            ..crate::model::Column::default()
        };
        table.columns.push(name);
        let mut case = with_table(table);
        case.content.insert("ve".into(), Content::Passages(text.into()));
        case
    }

    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&found(&RULE, &with_text(text), "./."));
    }

    #[test]
    fn a_total_that_no_figure_of_the_table_is_is_told_with_that_of_the_table() {
        check(
            "Tổng kinh phí theo Phụ lục là 65.000 triệu đồng.",
            expect![[r#"
            noi_dung.ve: câu ghi tổng là 65.000 triệu đồng, mà phụ lục không có số ấy
                tổng cột “Kế hoạch vốn năm 2022”: 60.500 triệu đồng
                tổng cột “Giải ngân”: 120 triệu đồng
        "#]],
        );
        check(
            "Theo Phụ lục, tổng kế hoạch vốn năm 2022 là 65 tỷ đồng.",
            expect![[r#"
            noi_dung.ve: câu ghi tổng là 65 tỷ đồng, mà phụ lục không có số ấy
                tổng cột “Kế hoạch vốn năm 2022”: 60.500 triệu đồng, tức 60,5 tỷ đồng
        "#]],
        );
        check(
            "Danh mục gồm 05 dự án (Phụ lục kèm theo).",
            expect![[r#"
            noi_dung.ve: câu ghi 05 dự án, mà phụ lục có 3 dòng
        "#]],
        );
    }

    #[test]
    fn every_figure_of_the_table_in_any_unit_and_rounded_is_right() {
        for text in [
            "Tổng kinh phí theo Phụ lục là 60.500 triệu đồng.",
            "Tổng kinh phí theo Phụ lục là 60,5 tỷ đồng.",
            "Tổng kinh phí theo Phụ lục là 61 tỷ đồng.",
            "Tổng kinh phí theo Phụ lục là 60.500.000.000 đồng.",
            "Theo Phụ lục, tổng kinh phí nhóm I là 30.000 triệu đồng.",
            "Theo Phụ lục, tổng số vốn còn thiếu là 5.000 triệu đồng.",
            "Theo Phụ lục, tổng kinh phí khoảng 65 tỷ đồng.",
            "Theo Phụ lục, tổng kinh phí năm 2021 là 65 tỷ đồng.",
            "Tổng kinh phí của Chương trình là 65 tỷ đồng.",
            "Danh mục gồm 03 dự án (Phụ lục kèm theo).",
            "Danh mục gồm 02 dự án nhóm B (Phụ lục kèm theo).",
            "Tỉnh có 120 dự án, danh mục gồm 03 dự án (Phụ lục kèm theo).",
            "Tổng kinh phí theo Phụ lục là {{ phu_luc[0].tong.a }} triệu đồng.",
        ] {
            assert_eq!(found(&RULE, &with_text(text), "./."), "", "{text}");
        }
    }
}
