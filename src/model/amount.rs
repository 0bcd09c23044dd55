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
