//! Mẫu trình bày, PL III: which boxes a document uses. A closed set, matched in full.
//!
//! The other boxes (Quốc hiệu, agency, number, body, Nơi nhận, độ khẩn) are in every form.

use super::Addressing;

/// One of the ten sample forms of PL III, mẫu 1.1–1.10.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mau {
    /// 1.1, nghị quyết (cá biệt).
    Resolution,
    /// 1.2, quyết định (cá biệt) quy định trực tiếp.
    Decision,
    /// 1.3, quyết định (cá biệt) quy định gián tiếp: it issues another document, attached to it.
    IndirectDecision,
    /// 1.4, văn bản có tên loại.
    Named,
    /// 1.5, công văn.
    OfficialLetter,
    /// 1.6, công điện.
    Telegram,
    /// 1.7, giấy mời.
    Invitation,
    /// 1.8, giấy giới thiệu.
    Introduction,
    /// 1.9, biên bản.
    Minutes,
    /// 1.10, giấy nghỉ phép.
    LeavePermit,
}

/// The boxes in which the forms differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Boxes {
    /// Ô số 4: whether place and date are printed.
    pub place_and_date: bool,
    /// Ô số 5.
    pub title: Title,
    /// What stands between the title and the text.
    pub opening: Opening,
    /// Whether there can be Kính gửi (9a) or, in a công điện, a list of those it goes to.
    pub to: To,
    /// Ô số 7.
    pub signatures: Signatures,
}

/// Ô số 5: what the document is and what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Title {
    /// 5a: tên loại, trích yếu, a line.
    TypeAndSubject,
    /// 5a without its trích yếu.
    Type,
    /// 5b: `V/v …` under the number, no tên loại.
    UnderNumber,
}

/// What stands between the title and the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Căn cứ, if there are any.
    Bases,
    /// Thẩm quyền ban hành, căn cứ, then the words that enact: `QUYẾT ĐỊNH:`.
    Enacting(&'static str),
    /// `… điện:` and the list of those the công điện goes to.
    Wire,
}

/// Whom the document is addressed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    Nobody,
    /// As the type says.
    AsTyped,
    /// Always somebody.
    Somebody,
}

/// Ô số 7, and what stands beside and below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signatures {
    /// Nơi nhận on the left, the signer on the right.
    Signer,
    /// The same; below them room for the confirmation of the place of leave.
    SignerAndConfirmation,
    /// Thư ký and chủ tọa side by side, Nơi nhận below them.
    SecretaryAndChair,
}

impl Mau {
    /// Every form with its number in PL III.
    pub const ALL: [(&'static str, Self); 10] = [
        ("1.1", Self::Resolution),
        ("1.2", Self::Decision),
        ("1.3", Self::IndirectDecision),
        ("1.4", Self::Named),
        ("1.5", Self::OfficialLetter),
        ("1.6", Self::Telegram),
        ("1.7", Self::Invitation),
        ("1.8", Self::Introduction),
        ("1.9", Self::Minutes),
        ("1.10", Self::LeavePermit),
    ];

    /// Reads the number of the form, as `loai.yaml` gives it.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(number, _)| *number == text).map(|(_, form)| form)
    }

    /// The boxes of each form.
    #[rustfmt::skip]
    pub const fn boxes(self) -> Boxes {
        use {Opening as O, Signatures as S, Title as T, To as K};
        let (place_and_date, title, opening, to, signatures) = match self {
            //                       ô 4    ô 5                before the text            to whom      ô 7
            Self::Resolution =>       (true,  T::TypeAndSubject, O::Enacting("QUYẾT NGHỊ:"), K::Nobody,   S::Signer),
            Self::Decision =>         (true,  T::TypeAndSubject, O::Enacting("QUYẾT ĐỊNH:"), K::Nobody,   S::Signer),
            Self::IndirectDecision => (true,  T::TypeAndSubject, O::Enacting("QUYẾT ĐỊNH:"), K::Nobody,   S::Signer),
            Self::Named =>            (true,  T::TypeAndSubject, O::Bases,                   K::AsTyped,  S::Signer),
            Self::OfficialLetter =>   (true,  T::UnderNumber,    O::Bases,                   K::Somebody, S::Signer),
            Self::Telegram =>         (true,  T::TypeAndSubject, O::Wire,                    K::Somebody, S::Signer),
            Self::Invitation =>       (true,  T::TypeAndSubject, O::Bases,                   K::Nobody,   S::Signer),
            Self::Introduction =>     (true,  T::Type,           O::Bases,                   K::Nobody,   S::Signer),
            Self::Minutes =>          (false, T::TypeAndSubject, O::Bases,                   K::Nobody,   S::SecretaryAndChair),
            Self::LeavePermit =>      (true,  T::Type,           O::Bases,                   K::Nobody,   S::SignerAndConfirmation),
        };
        Boxes { place_and_date, title, opening, to, signatures }
    }
}

impl Boxes {
    /// Whether a type of this form may say that of Kính gửi.
    pub fn allow(self, addressing: Addressing) -> bool {
        match self.to {
            To::Nobody => addressing == Addressing::Never,
            To::AsTyped => true,
            To::Somebody => addressing == Addressing::Always,
        }
    }

    /// Whether a line says by whose authority the document is issued.
    pub const fn names_authority(self) -> bool {
        match self.opening {
            Opening::Enacting(_) | Opening::Wire => true,
            Opening::Bases => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_by_its_number_alone() {
        assert_eq!(Mau::parse("1.10"), Some(Mau::LeavePermit));
        for wrong in ["1.0", "1.11", "1", "1.1 ", "1,1", "2.1"] {
            assert_eq!(Mau::parse(wrong), None, "{wrong}");
        }
    }
}
