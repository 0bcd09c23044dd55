//! The settings of an office (`cau_hinh.yaml`): measures within the ranges of the decree.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::Mode;
use super::door::Door;
use super::faults::{Faults, in_order, suggest};
use super::raw::Token;
use super::schema::Schema;
use super::{text, yaml};
use crate::diag::{At, Diagnostic, Route, Sources};
use crate::model::Amount;
use crate::nd30::{Measure, Preset, SPECS, Spec, Unit};

type Raw = BTreeMap<String, Option<Token>>;

static SETTINGS: LazyLock<Schema> = LazyLock::new(Schema::of::<Raw>);

/// Reads the measures an office has chosen; what it leaves out stays as it is.
///
/// # Errors
/// Every fault of the file: unknown keys, values that are no numbers or outside their range.
pub fn settings(name: &str, text: &str, sources: &mut Sources) -> Result<Preset, Vec<Diagnostic>> {
    let id = sources.next_id();
    let mut faults = Faults::of(id, name);
    let text = text::compose(text.to_owned(), id, &mut faults);
    sources.add(name, text.as_str());
    let raw = yaml::read::<Raw>(&text, &SETTINGS, sources, &mut faults).and_then(|yaml| yaml.raw);
    let mut preset = Preset::default();
    let mut door = Door { mode: Mode::Final, schema: &SETTINGS, faults: &mut faults };
    for (key, value) in raw.into_iter().flatten() {
        measure(&key, value, &mut preset, &mut door);
    }
    sizes_in_tables(&preset, &mut door);
    if !faults.has_errors() {
        return Ok(preset);
    }
    let mut found = faults.into_diagnostics();
    drop_told_by_character(&mut found, sources);
    in_order(&mut found, sources);
    Err(found)
}

/// A key that holds a character which is refused is unknown for that.
fn drop_told_by_character(found: &mut Vec<Diagnostic>, sources: &Sources) {
    let odd = found.iter().filter(|found| found.code == "ky-tu-cam");
    let odd: Vec<_> = odd.filter_map(|found| sources.find(&found.at)).collect();
    found.retain(|found| {
        found.code != "khoa-la"
            || sources.find(&found.at).is_none_or(|key| {
                !odd.iter().any(|odd| {
                    odd.source == key.source
                        && key.range.start <= odd.range.start
                        && odd.range.end <= key.range.end
                })
            })
    });
}

fn measure(key: &str, value: Option<Token>, preset: &mut Preset, door: &mut Door<'_>) {
    let at = Route::root().key(key);
    let Some(spec) = Spec::by_key(key) else {
        let known = SPECS.iter().map(|spec| spec.key);
        let message = format!("không có khóa `{key}` trong cấu hình");
        let found = Diagnostic::error("khoa-la", At::Key(at), message);
        return door.faults.add(found.hint(suggest(key, known)));
    };
    let written = door.token(value);
    let Some(amount) = written.and_then(|written| door.number(&written, &at)) else { return };
    let value = match in_steps(amount, spec) {
        Ok(value) => value,
        Err(step) => {
            let message = format!("{key}: {amount} chia nhỏ quá mức cho phép");
            return door.error("cau-hinh-sai", &at, message, step);
        }
    };
    if preset.set(spec.measure, value).is_err() {
        let clause =
            if spec.clause.is_empty() { String::new() } else { format!(" ({})", spec.clause) };
        let message = format!("{key}: {amount} nằm ngoài khoảng cho phép");
        door.error("cau-hinh-sai", &at, message, format!("chọn {}{clause}", spec.range()));
    }
}

/// Text in tables shrinks from one size to the other.
fn sizes_in_tables(preset: &Preset, door: &mut Door<'_>) {
    let [least, most] = [Measure::TableSizeLeast, Measure::TableSizeMost];
    if preset.length(least) > preset.length(most) {
        let [least, most] = [least, most].map(|measure| SPECS[measure as usize].key);
        let at = Route::root().key(least);
        let message = format!("`{least}` lớn hơn `{most}`");
        let hint = "cỡ chữ nhỏ nhất trong bảng không được vượt cỡ lớn nhất; sửa một trong hai";
        door.error("cau-hinh-sai", &at, message, hint);
    }
}

/// In hundredths of the unit; or how to write it, when it could not be kept as it is.
fn in_steps(amount: Amount, spec: &Spec) -> Result<i64, &'static str> {
    let value = hundredths(amount).ok_or("ghi nhiều nhất hai chữ số sau dấu phẩy")?;
    // Word keeps sizes of letters in half points; `net_ke` and `cach_doan` are no such sizes.
    if spec.key.starts_with("co_chu_") && value % 50 != 0 {
        return Err("cỡ chữ đi từng nửa point, ví dụ `13` hoặc `13,5`");
    }
    if spec.unit == Unit::Percent && value % 100 != 0 {
        return Err("ghi số nguyên phần trăm");
    }
    Ok(value)
}

/// `12,7` → 1270; nothing when there are more than two decimals.
fn hundredths(amount: Amount) -> Option<i64> {
    let written = amount.to_string().replace('.', "");
    let (whole, decimals) = written.split_once(',').unwrap_or((&written, ""));
    let decimals = decimals.trim_end_matches('0');
    (decimals.len() <= 2).then(|| format!("{whole}{decimals:0<2}").parse().ok())?
}
