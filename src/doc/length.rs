//! One type for every length; each back end converts in one place.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub};

/// A length in English Metric Units, 914 400 to the inch.
///
/// Millimetres (36 000), points (12 700) and Word's twips (635) are whole
/// numbers of it, so no conversion of ours ever rounds on the way in:
///
/// ```
/// use vanthu::doc::Length;
/// assert_eq!(Length::mm(30).emu(), 1_080_000);
/// assert_eq!(Length::pt(14).twips(), 280);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Length {
    emu: i64,
}

impl Length {
    pub const ZERO: Self = Self { emu: 0 };

    pub const fn from_emu(emu: i64) -> Self {
        Self { emu }
    }

    pub const fn mm(millimetres: i64) -> Self {
        Self { emu: millimetres * 36_000 }
    }

    /// Hundredths of a millimetre: 12.7 mm is `centi_mm(1270)`.
    pub const fn centi_mm(hundredths: i64) -> Self {
        Self { emu: hundredths * 360 }
    }

    /// Twentieths of a point.
    pub const fn from_twips(twips: i64) -> Self {
        Self { emu: twips * 635 }
    }

    /// Points, 72 to the inch.
    pub const fn pt(points: i64) -> Self {
        Self { emu: points * 12_700 }
    }

    /// Hundredths of a point: 10.5 pt is `centi_pt(1050)`.
    pub const fn centi_pt(hundredths: i64) -> Self {
        Self { emu: hundredths * 127 }
    }

    pub const fn emu(self) -> i64 {
        self.emu
    }

    /// Twentieths of a point, Word's unit for places; rounded to the nearest.
    pub const fn twips(self) -> i64 {
        (self.emu * 2 + if self.emu < 0 { -635 } else { 635 }) / 1270
    }

    /// The least whole number of twips that is not less.
    #[must_use]
    pub const fn up_to_twips(self) -> Self {
        Self { emu: (self.emu + 634).div_euclid(635) * 635 }
    }

    /// Halves of a point, Word's unit for type sizes; rounded to the nearest.
    pub const fn half_points(self) -> i64 {
        (self.emu * 2 + 6_350) / 12_700
    }

    /// Points as a floating number, for measuring and for typst; never for storing.
    pub fn to_pt(self) -> f64 {
        self.emu as f64 / 12_700.0
    }

    /// Millimetres as a floating number, for messages.
    pub fn to_mm(self) -> f64 {
        self.emu as f64 / 36_000.0
    }

    /// `self × numerator / denominator`, rounded towards zero.
    pub const fn scale(self, numerator: i64, denominator: i64) -> Self {
        Self { emu: self.emu * numerator / denominator }
    }
}

impl Add for Length {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { emu: self.emu + other.emu }
    }
}

impl AddAssign for Length {
    fn add_assign(&mut self, other: Self) {
        self.emu += other.emu;
    }
}

impl Sub for Length {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self { emu: self.emu - other.emu }
    }
}

impl Neg for Length {
    type Output = Self;
    fn neg(self) -> Self {
        Self { emu: -self.emu }
    }
}

impl Mul<i64> for Length {
    type Output = Self;
    fn mul(self, factor: i64) -> Self {
        Self { emu: self.emu * factor }
    }
}

impl Div<i64> for Length {
    type Output = Self;
    fn div(self, divisor: i64) -> Self {
        Self { emu: self.emu / divisor }
    }
}

impl Sum for Length {
    fn sum<I: Iterator<Item = Self>>(lengths: I) -> Self {
        lengths.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn millimetres_become_the_nearest_twip() {
        assert_eq!(Length::mm(30).twips(), 1701);
        assert_eq!(Length::centi_mm(1270).twips(), 720);
        assert_eq!((-Length::centi_mm(1270)).twips(), -720);
    }

    #[test]
    fn type_sizes_become_half_points() {
        assert_eq!(Length::pt(13).half_points(), 26);
        assert_eq!(Length::centi_pt(650).half_points(), 13);
    }
}
