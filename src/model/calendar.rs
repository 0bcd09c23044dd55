//! Lịch nghỉ: what the office's table says of the day of a document.

/// A day that is not what its place in the week says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarDay {
    /// Ngày nghỉ lễ, tết, nghỉ bù, or a day that another is worked for.
    Off {
        name: String,
        /// Computed, not announced yet (dự kiến).
        is_expected: bool,
    },
    /// Ngày làm bù: a Saturday or Sunday that is worked.
    Worked,
}
