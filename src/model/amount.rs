//! An amount, read as the clerk's text.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::vi::number::{self, NotationError};

/// An exact decimal amount. The point groups thousands and the comma marks decimals:
///
/// ```
/// use vanthu::model::Amount;
/// assert_eq!("29.747".parse::<Amount>()?, "29747".parse()?);
/// assert!("29.74".parse::<Amount>().is_err());
/// # Ok::<(), vanthu::vi::number::NotationError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(Decimal);

impl Amount {
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// The number itself, for ratios and roundings.
    pub const fn decimal(self) -> Decimal {
        self.0
    }

    /// The number of a workbook's cell, to 15 significant digits: so many does a spreadsheet
    /// keep, and what it computes beyond them is noise.
    ///
    /// Nothing for what no amount holds: no number, over 28 digits before the comma or
    /// after it, as the rest that a subtraction leaves in place of zero.
    ///
    /// ```
    /// use vanthu::model::Amount;
    /// assert_eq!(Amount::from_cell(0.1 + 0.2), Some("0,3".parse()?));
    /// assert_eq!(Amount::from_cell(1e6), Some("1.000.000".parse()?));
    /// assert_eq!(Amount::from_cell(0.3 - 0.1 - 0.2), None);
    /// assert_eq!(Amount::from_cell(f64::NAN), None);
    /// # Ok::<(), vanthu::vi::number::NotationError>(())
    /// ```
    pub fn from_cell(number: f64) -> Option<Self> {
        if !number.is_finite() {
            return None;
        }
        if number.fract() == 0.0 && number.abs() < 1e15 {
            // As most are; every integer below is one of both kinds of numbers.
            return Some(Self(Decimal::from(number as i64)));
        }
        // `-1.25000000000000e3`: the nearest decimal of that length, exactly.
        let written = format!("{number:.14e}");
        let (digits, exponent) = written.split_once('e')?;
        let (whole, decimals) = digits.trim_end_matches('0').split_once('.')?;
        let digits: i128 = format!("{whole}{decimals}").parse().ok()?;
        let scale = i32::try_from(decimals.len()).ok()? - exponent.parse::<i32>().ok()?;
        match u32::try_from(scale) {
            Ok(scale) => Decimal::try_from_i128_with_scale(digits, scale).ok(),
            Err(_) => {
                let zeros = scale.unsigned_abs();
                let is_short = zeros as usize + decimals.len() < number::MAX_DIGITS;
                let number =
                    10_i128.checked_pow(zeros).filter(|_| is_short)?.checked_mul(digits)?;
                Decimal::try_from_i128_with_scale(number, 0).ok()
            }
        }
        .map(Self)
    }

    /// A hundred times the amount, as a share is written in per cent.
    #[must_use]
    pub fn hundredfold(self) -> Self {
        Self(self.0.saturating_mul(Decimal::ONE_HUNDRED).normalize())
    }

    /// Digits alone, without points between thousands: a year, a code. `2022`, `1234,5`.
    pub fn plain(self) -> String {
        self.0.normalize().to_string().replace('.', ",")
    }

    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// This as a part of a whole, per cent, rounded to so many decimals, half away from
    /// nought; nothing of a whole of nought.
    ///
    /// ```
    /// # use vanthu::model::Amount;
    /// let [part, whole]: [Amount; 2] = ["5.884".parse()?, "17.053".parse()?];
    /// assert_eq!(part.percent_of(whole, 2).map(|it| it.to_string()).as_deref(), Some("34,50"));
    /// # Ok::<(), vanthu::vi::number::NotationError>(())
    /// ```
    pub fn percent_of(self, whole: Self, decimals: u32) -> Option<Self> {
        let quotient = (self.0.checked_mul(Decimal::ONE_HUNDRED)?).checked_div(whole.0)?;
        let mut rounded =
            quotient.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
        rounded.rescale(decimals);
        Some(Self(rounded))
    }

    /// This rounded to so many decimals, half away from nought, and written with no more.
    ///
    /// ```
    /// # use vanthu::model::Amount;
    /// let thirds: Amount = "33,335".parse()?;
    /// assert_eq!(thirds.rounded(2).to_string(), "33,34");
    /// assert_eq!(thirds.rounded(5).to_string(), "33,335");
    /// # Ok::<(), vanthu::vi::number::NotationError>(())
    /// ```
    #[must_use]
    pub fn rounded(self, decimals: u32) -> Self {
        let strategy = RoundingStrategy::MidpointAwayFromZero;
        Self(self.0.round_dp_with_strategy(decimals, strategy))
    }

    /// Of a number that counts days: the days, and the seconds of the next; nothing of one
    /// below nought, or of more days than there are.
    pub fn days_and_seconds(self) -> Option<(i64, i64)> {
        let seconds = self.0.checked_mul(Decimal::from(86_400))?.round();
        let seconds: i64 = seconds.to_string().parse().ok().filter(|seconds| *seconds >= 0)?;
        Some((seconds / 86_400, seconds % 86_400))
    }

    /// How many decimals are written.
    pub fn decimals(self) -> u32 {
        self.0.normalize().scale()
    }

    /// The same amount written with at least so many decimals: `102` as `102,0`.
    #[must_use]
    pub fn with_decimals(self, least: u32) -> Self {
        let mut written = self.0;
        // Nothing is lost where there is no room for more digits: then it stays as it is.
        written.rescale(least.max(written.scale()));
        Self(written)
    }

    /// How many decimals it is written with.
    pub const fn places(self) -> u32 {
        self.0.scale()
    }

    /// Whether this, rounded to as many decimals as `written` has, half away from nought, is
    /// that.
    ///
    /// ```
    /// # use vanthu::model::Amount;
    /// let exact: Amount = "53,652".parse()?;
    /// assert!(exact.rounds_to("53,7".parse()?) && !exact.rounds_to("53,6".parse()?));
    /// # Ok::<(), vanthu::vi::number::NotationError>(())
    /// ```
    pub fn rounds_to(self, written: Self) -> bool {
        let places = written.0.scale();
        self.0.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero) == written.0
    }

    /// This times a power of ten, exactly; nothing when it has more than 28 digits.
    ///
    /// ```
    /// # use vanthu::model::Amount;
    /// let millions: Amount = "48.215".parse()?;
    /// assert_eq!(millions.shifted(-3).map(|it| it.to_string()).as_deref(), Some("48,215"));
    /// # Ok::<(), vanthu::vi::number::NotationError>(())
    /// ```
    pub fn shifted(self, places: i64) -> Option<Self> {
        let shift = u32::try_from(places.unsigned_abs()).ok().filter(|shift| *shift <= 28)?;
        let shifted = if places < 0 {
            let scale = self.0.scale().checked_add(shift).filter(|scale| *scale <= 28)?;
            Decimal::try_from_i128_with_scale(self.0.mantissa(), scale).ok()?
        } else {
            (0..shift).try_fold(self.0, |amount, _| amount.checked_mul(Decimal::TEN))?
        };
        Some(Self(shifted.normalize()))
    }

    /// The sum, or nothing when it has more than 28 digits.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }
}

impl From<Decimal> for Amount {
    fn from(decimal: Decimal) -> Self {
        Self(decimal)
    }
}

impl FromStr for Amount {
    type Err = NotationError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        number::parse(text).map(Self)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&number::format(self.0))
    }
}

impl Add for Amount {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Amount {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Sum for Amount {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// At most 15 digits, as many of them decimals.
    fn amounts() -> impl Strategy<Value = Amount> {
        (-999_999_999_999_999_i64..=999_999_999_999_999, 0_u32..=15)
            .prop_map(|(digits, scale)| Amount(Decimal::new(digits, scale).normalize()))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn an_amount_comes_back_from_a_cell_unchanged(amount in amounts()) {
            let cell: f64 = amount.0.to_string().parse().unwrap();
            let back = Amount::from_cell(cell).unwrap();
            prop_assert_eq!(back, amount);
            prop_assert_eq!(back.to_string(), amount.to_string());
        }

        #[test]
        fn an_amount_comes_back_from_its_text_unchanged(amount in amounts()) {
            let text = amount.to_string();
            let back: Amount = text.parse().unwrap();
            prop_assert_eq!(back, amount);
            prop_assert_eq!(back.to_string(), text);
        }

        #[test]
        fn no_number_of_a_cell_is_a_panic(bits in any::<u64>()) {
            Amount::from_cell(f64::from_bits(bits));
        }
    }

    #[test]
    fn numbers_beyond_an_amount_are_none() {
        assert_eq!(
            Amount::from_cell(1e27),
            "1".parse().ok().and_then(|one: Amount| {
                one.0.checked_mul(Decimal::from_i128_with_scale(10_i128.pow(27), 0)).map(Amount)
            })
        );
        for none in [1e28, -1e28, 1e300, 5.551_115_123_125_78e-17, f64::MIN_POSITIVE, f64::INFINITY]
        {
            assert_eq!(Amount::from_cell(none), None, "{none}");
        }
        assert_eq!(Amount::from_cell(-0.0), Some(Amount::ZERO));
    }
}
