//! Người ký và bản lưu.

/// Who signs, and by which authority. PL I, Phần I, Mục II, khoản 7; Điều 13.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signer {
    /// Quyền hạn, chức vụ: the lines above the signature, in capitals, from top to bottom.
    pub lines: Vec<String>,
    /// Họ và tên.
    pub full_name: String,
}

impl Signer {
    /// In whose name the agency decides, in capitals: `CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH AN GIANG`.
    ///
    /// ```
    /// use vanthu::model::Signer;
    /// let by = |line: &str, organ: &str| {
    ///     Signer { lines: vec![line.into()], ..Signer::default() }.authority(organ)
    /// };
    /// assert_eq!(by("TM. ỦY BAN NHÂN DÂN", "ỦY BAN NHÂN DÂN\nXÃ VĨNH BÌNH"), "ỦY BAN NHÂN DÂN XÃ VĨNH BÌNH");
    /// assert_eq!(by("KT. GIÁM ĐỐC", "SỞ NỘI VỤ"), "GIÁM ĐỐC SỞ NỘI VỤ");
    /// // Words in which the post ends and the name begins stand once.
    /// assert_eq!(by("TRƯỞNG PHÒNG", "PHÒNG KINH TẾ"), "TRƯỞNG PHÒNG KINH TẾ");
    /// assert_eq!(by("THỦ TƯỚNG", "THỦ TƯỚNG CHÍNH PHỦ"), "THỦ TƯỚNG CHÍNH PHỦ");
    /// ```
    pub fn authority(&self, organ: &str) -> String {
        let organ: Vec<&str> = organ.split_whitespace().collect();
        let first = self.lines.first().map(String::as_str).unwrap_or_default();
        if first.starts_with("TM.") {
            return organ.join(" ");
        }
        let bare = ["KT.", "TL.", "TUQ.", "Q."].iter().find_map(|mark| first.strip_prefix(mark));
        let post: Vec<&str> = bare.unwrap_or(first).split_whitespace().collect();
        let shared = (0..=post.len().min(organ.len()))
            .rev()
            .find(|&words| post[post.len() - words..] == organ[..words])
            .unwrap_or(0);
        [&post[..], &organ[shared..]].concat().join(" ")
    }
}

/// `Lưu: VT, nkguyen (01b)`: the last line of Nơi nhận, and box 12.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArchiveLine {
    /// Who keeps a copy: `VT`.
    pub kept_by: String,
    /// Ký hiệu người soạn thảo or the drafting unit.
    pub drafter: Option<String>,
    /// Số lượng bản lưu, as printed: `01b`.
    pub copies: Option<String>,
    /// Số lượng bản phát hành: how many copies are issued.
    pub issued_copies: Option<String>,
}

impl ArchiveLine {
    /// The line without its dash and its full stop.
    ///
    /// ```
    /// use vanthu::model::ArchiveLine;
    /// let line = ArchiveLine {
    ///     kept_by: "VT".into(),
    ///     drafter: Some("KSTT".into()),
    ///     copies: Some("2b".into()),
    ///     ..ArchiveLine::default()
    /// };
    /// assert_eq!(line.text(), "Lưu: VT, KSTT (2b)");
    /// ```
    pub fn text(&self) -> String {
        let mut text = format!("Lưu: {}", self.kept_by);
        if let (Some(drafter), None) = (&self.drafter, &self.issued_copies) {
            text = format!("{text}, {drafter}");
        }
        if let Some(copies) = &self.copies {
            text = format!("{text} ({copies})");
        }
        text
    }

    /// Ô số 12, `PL.(300)`: the sign of the drafter and the number of copies issued.
    /// PL I, Phần I, Mục IV; only when the number of copies is given.
    pub fn drafter_and_copies(&self) -> Option<String> {
        let copies = self.issued_copies.as_ref()?;
        Some(format!("{}.({copies})", self.drafter.as_deref().unwrap_or_default()))
    }
}
