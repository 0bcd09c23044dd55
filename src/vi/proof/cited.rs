//! Documents cited by number and day: “Công văn số 12/BNV-VP ngày 05 tháng 3 năm 2025”.

use std::ops::Range;

use chrono::NaiveDate;

use super::day::days;

/// The day of each document that a text cites, and its bytes.
pub fn cited(text: &str) -> Vec<(Range<usize>, NaiveDate)> {
    let is_cited = |at: usize| follows_code(&text[..at]) || follows_law(&text[..at]);
    let days = days(text).into_iter().filter(|day| is_cited(day.range.start));
    days.filter_map(|day| Some((day.range.clone(), day.date()?))).collect()
}

/// `… số 12/BNV-VP ngày `, also `, ngày ` and ` ký ngày `.
fn follows_code(before: &str) -> bool {
    let Some(head) = up_to_day(before) else { return false };
    let head = ["ký", "ban hành", "đề", "lập"]
        .iter()
        .find_map(|word| head.strip_suffix(word))
        .unwrap_or(head);
    let head = head.trim_end_matches([',', ' ', '\u{a0}', '\n']);
    let Some(code) = head.split_whitespace().next_back() else { return false };
    let has_figure = code.contains(|c: char| c.is_ascii_digit());
    let has_letters = code.chars().filter(|c| c.is_uppercase()).count() >= 2;
    has_figure && has_letters && code.contains('/')
}

/// `Căn cứ Luật Lưu trữ ngày `.
fn follows_law(before: &str) -> bool {
    const LAWS: [&str; 5] = ["Luật ", "Bộ luật ", "Pháp lệnh ", "Nghị quyết ", "Hiến pháp "];
    let Some(head) = up_to_day(before) else { return false };
    let head = head.rfind(['.', ';', ',']).map_or(head, |at| &head[at + 1..]).trim_start();
    let head = head.strip_prefix("Căn cứ ").unwrap_or(head);
    LAWS.iter().any(|law| head.starts_with(law)) && head.split_whitespace().count() <= 30
}

fn up_to_day(before: &str) -> Option<&str> {
    const OTHER_DAYS: [&str; 8] = ["từ", "đến", "hết", "trước", "sau", "vào", "kể", "quá"];
    let head = before.trim_end().strip_suffix("ngày")?.trim_end();
    let last = head.split_whitespace().next_back().unwrap_or_default();
    (!OTHER_DAYS.contains(&last)).then_some(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        cited(text).into_iter().map(|(range, _)| text[range].to_owned()).collect()
    }

    #[test]
    fn the_day_of_a_cited_document_is_known_from_other_days() {
        let text = "Thực hiện Công văn số 12/BNV-VP ngày 05 tháng 3 năm 2025 của Bộ Nội vụ, hoàn thành trước ngày 30 tháng 9 năm 2026";
        assert_eq!(shown(text), ["05 tháng 3 năm 2025"]);
        assert_eq!(shown("Kế hoạch số 12/KH-SNV ngày 10/01/2025 của Sở"), ["10/01/2025"]);
        assert_eq!(shown("Kế hoạch số 12/KH-SNV, ngày 10/01/2025"), ["10/01/2025"]);
        assert_eq!(shown("Căn cứ Luật Lưu trữ ngày 21 tháng 6 năm 2024"), ["21 tháng 6 năm 2024"]);
        assert_eq!(shown("Luật Lưu trữ có hiệu lực từ ngày 01 tháng 7 năm 2027"), [""; 0]);
        assert_eq!(shown("đã xong 12/13 việc ngày 10/01/2025"), [""; 0]);
    }
}
