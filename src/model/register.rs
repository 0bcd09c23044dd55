//! Sổ đăng ký văn bản đi: the ten columns of its rows, and what its cover says.
//! PL IV, Mẫu I.

use chrono::NaiveDate;

use crate::vi;

/// Heads of the ten columns.
pub const REGISTER_COLUMNS: [&str; 10] = [
    "Số, ký hiệu văn bản",
    "Ngày tháng văn bản",
    "Tên loại và trích yếu nội dung",
    "Người ký",
    "Nơi nhận văn bản",
    "Đơn vị, người nhận bản lưu",
    "Số lượng bản",
    "Ngày chuyển",
    "Ký nhận",
    "Ghi chú",
];

/// One number of the register, as its ten columns show it. Texts are of one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterRow {
    /// (1) `325/BC-UBND`
    pub code: String,
    /// (2)
    pub date: NaiveDate,
    /// (3) `Báo cáo về tình hình …`
    pub title: String,
    /// (4)
    pub signer: String,
    /// (5) Separated by `; `.
    pub recipients: String,
    /// (6)
    pub kept_by: String,
    /// (7)
    pub copies: Option<u32>,
    /// (8)
    pub sent: Option<NaiveDate>,
    /// (9) Room to sign on paper; nothing is known of it.
    pub receipt: String,
    /// (10)
    pub note: String,
}

impl RegisterRow {
    /// The texts of the columns, in their order, as they are printed.
    ///
    /// ```
    /// # use vanthu::model::RegisterRow;
    /// # let row = |date| RegisterRow { code: "05/BC-SNV".into(), date, title: "Báo cáo năm".into(),
    /// #     signer: "Lê An".into(), recipients: "Bộ Nội vụ".into(), kept_by: "VT".into(),
    /// #     copies: Some(3), sent: None, receipt: String::new(), note: String::new() };
    /// # let date = vanthu::vi::date::parse("7/2/2026").unwrap();
    /// assert_eq!(
    ///     row(date).texts().join("|"),
    ///     "05/BC-SNV|07/02/2026|Báo cáo năm|Lê An|Bộ Nội vụ|VT|3|||"
    /// );
    /// ```
    pub fn texts(&self) -> [String; 10] {
        [
            self.code.clone(),
            vi::date::short(self.date),
            self.title.clone(),
            self.signer.clone(),
            self.recipients.clone(),
            self.kept_by.clone(),
            self.copies.map(|copies| copies.to_string()).unwrap_or_default(),
            self.sent.map(vi::date::short).unwrap_or_default(),
            self.receipt.clone(),
            self.note.clone(),
        ]
    }

    /// What stands before the `/` of its code: `325a`.
    pub fn number(&self) -> &str {
        self.code.split('/').next().unwrap_or_default().trim()
    }
}

/// A book (quyển) of the register: the rows, and what its cover says of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Register {
    /// Cơ quan chủ quản.
    pub superior: Option<String>,
    /// Cơ quan, in capitals or not.
    pub organ: String,
    pub year: i32,
    /// Loại văn bản, of a book for one type alone: `Quyết định`.
    pub kind: Option<String>,
    /// Quyển số.
    pub book: Option<u32>,
    /// Từ ngày … đến ngày ….
    pub dates: Option<(NaiveDate, NaiveDate)>,
    /// Từ số … đến số …: `01`, `325a`.
    pub numbers: Option<(String, String)>,
    pub rows: Vec<RegisterRow>,
    /// Day of the print; the files then claim PDF/A.
    pub printed: Option<NaiveDate>,
    /// How many pages the rows fill; room to write it by hand while it is not known.
    pub pages: Option<usize>,
    /// The end of the hash chain at the time of the print: how many links, and the hash of
    /// the last. On paper it shows whether the register was changed since.
    pub chain: Option<(u64, String)>,
}

impl Register {
    /// A book of these rows, from the first to the last of them.
    pub fn of(organ: impl Into<String>, year: i32, rows: Vec<RegisterRow>) -> Self {
        let dates = rows.iter().map(|row| row.date);
        let number = |row: Option<&RegisterRow>| Some(row?.number().to_owned());
        Self {
            superior: None,
            organ: organ.into(),
            year,
            kind: None,
            book: None,
            dates: dates.clone().min().zip(dates.max()),
            numbers: number(rows.first()).zip(number(rows.last())),
            rows,
            printed: None,
            pages: None,
            chain: None,
        }
    }
}
