//! Units of money: `triệu đồng` is 10⁶ đồng.

/// Each unit and what it is worth, as a power of ten of the đồng.
pub const UNITS: [(&str, u32); 6] = [
    ("đồng", 0),
    ("nghìn đồng", 3),
    ("ngàn đồng", 3),
    ("triệu đồng", 6),
    ("tỷ đồng", 9),
    ("nghìn tỷ đồng", 12),
];

/// The power of ten of a unit however it is written: `Triệu đồng`, `tỉ đồng`, `1.000 đồng`,
/// `ĐVT: đồng`.
///
/// ```
/// use vanthu::vi::money::power;
/// assert_eq!(power("Triệu đồng"), Some(6));
/// assert_eq!(power("1.000 đồng"), Some(3));
/// assert_eq!(power("ha"), None);
/// ```
pub fn power(unit: &str) -> Option<u32> {
    let plain = super::case::lower(&super::text::one_line(unit)).replace("tỉ", "tỷ");
    let plain = plain.rsplit(':').next().unwrap_or_default().trim();
    let plain = plain.trim_matches(['(', ')', '.']).trim();
    match plain {
        "1.000 đồng" | "1000 đồng" | "1.000đ" | "1000đ" => Some(3),
        "1.000.000 đồng" => Some(6),
        "vnđ" | "vnd" | "đ" => Some(0),
        "tỷ" => Some(9),
        "triệu" => Some(6),
        "nghìn tỷ" => Some(12),
        _ => UNITS.iter().find(|(name, _)| *name == plain).map(|(_, power)| *power),
    }
}
