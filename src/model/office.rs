//! Quy tắc phát hành: how an office numbers, signs and keeps what it issues.

/// Which comes first. Điều 15, Nghị định 30/2020/NĐ-CP: on paper the number is given after the
/// signature; an electronic document is numbered by the system and then signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NumberOrder {
    /// The leader signs the paper, then it gets its number and date.
    #[default]
    SignedFirst,
    /// The number is reserved, the numbered PDF is signed and attached.
    NumberedFirst,
}

/// What `van_phong.yaml` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfficeRules {
    pub order: NumberOrder,
    /// Whether every type has numbers of its own.
    pub series_by_type: bool,
    /// Types with numbers of their own, while all others share one series.
    pub own_series: Vec<String>,
    /// Mã định danh of the agency (PL VI, OrganId).
    pub organ_id: Option<String>,
    /// Whether a PDF has empty signature fields for the leader and the agency.
    pub signature_fields: bool,
}

/// Label of the series that types share.
pub const SHARED_SERIES: &str = "chung";

impl OfficeRules {
    /// The label of the series that a type of document is numbered in: its own key, or `chung`.
    ///
    /// ```
    /// use vanthu::model::OfficeRules;
    /// let rules = OfficeRules { own_series: vec!["quyet_dinh".into()], ..OfficeRules::default() };
    /// assert_eq!(rules.series("quyet_dinh"), "quyet_dinh");
    /// assert_eq!(rules.series("bao_cao"), "chung");
    /// ```
    pub fn series<'a>(&self, document_type: &'a str) -> &'a str {
        let own = self.series_by_type || self.own_series.iter().any(|own| own == document_type);
        if own { document_type } else { SHARED_SERIES }
    }
}
