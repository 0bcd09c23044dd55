//! Người ký, dòng Lưu, điều được chấp nhận.

use super::door::Door;
use super::faults::{WARNINGS, faults};
use super::raw;
use crate::diag::Route;
use crate::model::{Accepted, ArchiveLine, DocumentType, Signatures, Signer};
use crate::vi::case::upper;
use crate::vi::proof::post;
use crate::vi::text::fold;

/// What stands above the signatures of minutes, unless the clerk says otherwise. PL III, mẫu 1.9.
const CHAIR: &str = "CHỦ TỌA";
const SECRETARY: &str = "THƯ KÝ";

/// The lines above the signature. Điều 13; PL I, Phần I, Mục II, khoản 7. Of minutes the
/// signer is the chair.
pub fn signer(
    raw: Option<raw::Signer>,
    signatures: Option<Signatures>,
    at: &Route,
    door: &mut Door<'_>,
) -> Signer {
    if raw.is_none() && door.faults.speak_of(at) {
        return Signer::default();
    }
    let mut raw = raw.unwrap_or_default();
    let name = raw.full_name.clone();
    if signatures == Some(Signatures::SecretaryAndChair)
        && !door.faults.speak_of(&at.key("chuc_vu"))
    {
        raw.post = raw.post.or_else(|| raw.lines.is_none().then(|| raw::Text(CHAIR.to_owned())));
    }
    Signer { lines: lines(raw, at, door), full_name: full_name(name, &at.key("ho_ten"), door) }
}

/// `thu_ky`: only minutes have a secretary, and they must. PL III, mẫu 1.9.
pub fn secretary(
    raw: Option<raw::Secretary>,
    document_type: Option<&DocumentType>,
    at: &Route,
    door: &mut Door<'_>,
) -> Option<Signer> {
    let document_type = document_type?;
    match document_type.form.boxes().signatures {
        Signatures::SecretaryAndChair => {}
        Signatures::Signer | Signatures::SignerAndConfirmation => {
            if raw.is_some() {
                door.no_place(at, document_type, "thư ký chỉ ký biên bản; bỏ khóa này");
            }
            return None;
        }
    }
    if raw.is_none() {
        let hint = "ghi thêm `thu_ky:`, dòng dưới thụt vào, ví dụ `ho_ten: Trần Thị Bình`";
        door.missing_with(at, "thư ký", hint.to_owned());
    }
    let raw = raw.unwrap_or_default();
    let post = door.text(raw.post).map_or_else(|| SECRETARY.to_owned(), |post| upper(&post));
    Some(Signer { lines: vec![post], full_name: full_name(raw.full_name, &at.key("ho_ten"), door) })
}

fn lines(raw: raw::Signer, at: &Route, door: &mut Door<'_>) -> Vec<String> {
    if raw.lines.is_some() {
        return written_out(raw, at, door);
    }
    let mut stack = Stack::read(raw, at, door);
    stack.judge(at, door);
    let acting = if stack.acting { "Q. " } else { "" };
    let post = stack
        .post
        .take()
        .map_or_else(|| door.missing(&at.key("chuc_vu")), |post| format!("{acting}{post}"));
    let marked = |mark: &str, of: &Option<String>| of.as_ref().map(|of| format!("{mark} {of}"));
    [
        marked("TM.", &stack.on_behalf),
        marked("TL.", &stack.by_order),
        marked("TUQ.", &stack.by_authorisation),
        marked("KT.", &stack.for_head),
        Some(post),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// `cac_dong`: the clerk's own lines, as they are.
fn written_out(raw: raw::Signer, at: &Route, door: &mut Door<'_>) -> Vec<String> {
    let derived = [
        ("thay_mat", raw.on_behalf.is_some()),
        ("thua_lenh", raw.by_order.is_some()),
        ("thua_uy_quyen", raw.by_authorisation.is_some()),
        ("ky_thay", raw.for_head.is_some()),
        ("quyen", raw.acting.is_some()),
        ("chuc_vu", raw.post.is_some()),
    ];
    for (key, _) in derived.iter().filter(|(_, given)| *given) {
        door.error(
            "ky-sai",
            &at.key(key),
            format!("có cả `cac_dong` và `{key}`"),
            "`cac_dong` đã ghi đủ các dòng; giữ một cách viết",
        );
    }
    let at = at.key("cac_dong");
    let lines: Vec<String> = door.items(raw.lines, &at);
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| upper(line) != **line) {
        door.warning(
            "ky-sai",
            &at.index(index),
            format!("“{line}” có chữ thường, mà các dòng quyền hạn, chức vụ viết hoa"),
            format!("viết `- {}`; `cac_dong` in nguyên văn", upper(line)),
        );
    }
    if lines.is_empty() { vec![door.missing(&at)] } else { lines }
}

struct Stack {
    on_behalf: Option<String>,
    by_order: Option<String>,
    by_authorisation: Option<String>,
    for_head: Option<String>,
    acting: bool,
    post: Option<String>,
}

impl Stack {
    fn read(raw: raw::Signer, at: &Route, door: &mut Door<'_>) -> Self {
        let mut line = |raw, key| {
            let text = door.text(raw)?;
            Some(unmarked(&upper(&text), &at.key(key), door))
        };
        Self {
            on_behalf: line(raw.on_behalf, "thay_mat"),
            by_order: line(raw.by_order, "thua_lenh"),
            by_authorisation: line(raw.by_authorisation, "thua_uy_quyen"),
            for_head: line(raw.for_head, "ky_thay"),
            post: line(raw.post, "chuc_vu"),
            acting: door.yes(raw.acting, &at.key("quyen")),
        }
    }

    fn judge(&self, at: &Route, door: &mut Door<'_>) {
        let authorities = [
            ("thay_mat", &self.on_behalf),
            ("thua_lenh", &self.by_order),
            ("thua_uy_quyen", &self.by_authorisation),
        ];
        let given: Vec<&str> =
            authorities.iter().filter(|(_, of)| of.is_some()).map(|&(key, _)| key).collect();
        if let [first, second, ..] = given.as_slice() {
            door.error(
                "ky-sai",
                &at.key(second),
                format!("có cả `{first}` và `{second}`"),
                "một người ký theo một thẩm quyền; giữ một khóa",
            );
        }
        if let Some(body) = self.on_behalf.as_deref().filter(|body| is_post(body)) {
            door.error(
                "ky-sai",
                &at.key("thay_mat"),
                format!("“{body}” là chức vụ, TM. chỉ đứng trước tên tập thể"),
                "ghi tên tập thể, ví dụ `thay_mat: ỦY BAN NHÂN DÂN`; cấp phó ký thay thì dùng `ky_thay`",
            );
        }
        if self.for_head.is_some() && self.by_authorisation.is_some() {
            door.error(
                "ky-sai",
                &at.key("ky_thay"),
                "người được ủy quyền không để cấp phó ký thay",
                "bỏ `ky_thay` hoặc `thua_uy_quyen`",
            );
        }
        if self.for_head.is_some() && self.acting {
            door.error(
                "ky-sai",
                &at.key("quyen"),
                "ký thay thì không ghi quyền chức vụ",
                "bỏ `quyen` hoặc `ky_thay`",
            );
        }
        self.judge_deputy(at, door);
    }

    /// A deputy signs for the head, and only a deputy does.
    fn judge_deputy(&self, at: &Route, door: &mut Door<'_>) {
        let Some(post) = &self.post else { return };
        if door.faults.speak_of(&at.key("ky_thay")) {
            return;
        }
        let at = at.key("chuc_vu");
        match (is_deputy(post), &self.for_head) {
            (true, None) if self.by_order.is_some() || self.on_behalf.is_some() => door.error(
                "ky-sai",
                &at,
                format!("cấp phó “{post}” ký mà không có dòng KT."),
                "ghi chức vụ người đứng đầu ở `ky_thay`",
            ),
            (true, None) if self.by_authorisation.is_none() => door.warning(
                "ky-sai",
                &at,
                format!("cấp phó “{post}” ký mà không có dòng KT."),
                "nếu ký thay người đứng đầu, ghi chức vụ người đứng đầu ở `ky_thay`",
            ),
            (false, Some(head)) if head == post => door.error(
                "ky-sai",
                &at,
                format!("ký thay “{head}” mà chức vụ người ký cũng là “{post}”"),
                "`chuc_vu` ghi chức vụ của cấp phó, ví dụ `PHÓ CHỦ TỊCH`",
            ),
            (true | false, _) => {}
        }
    }
}

/// `KT. CHỦ TỊCH` in a key that already says KT.
fn unmarked(text: &str, at: &Route, door: &mut Door<'_>) -> String {
    const MARKS: [&str; 11] =
        ["TM.", "KT.", "TL.", "TUQ.", "Q.", "T/M", "K/T", "T/L", "TM ", "KT ", "TUQ "];
    let Some(bare) = MARKS.iter().find_map(|mark| text.strip_prefix(mark)) else {
        return text.to_owned();
    };
    let bare = bare.trim();
    let mark = text.strip_suffix(bare).unwrap_or_default().trim();
    door.error(
        "ky-sai",
        at,
        format!("“{text}” đã có “{mark}”, mà chương trình tự ghi chữ viết tắt này"),
        how_to_part(mark, bare),
    );
    bare.to_owned()
}

/// The next step for `KT. CHỦ TỊCH` in one key: the key that writes the mark; where the
/// clerk put two posts on one line, the two keys.
fn how_to_part(mark: &str, bare: &str) -> String {
    let letters: String = mark.chars().filter(|c| c.is_alphabetic()).collect();
    let key = match letters.as_str() {
        "TM" => "thay_mat",
        "TL" => "thua_lenh",
        "TUQ" => "thua_uy_quyen",
        "KT" => "ky_thay",
        _ => return format!("ghi `quyen: co` và `chuc_vu: {bare}`"),
    };
    match post::second(bare).or_else(|| first_post(bare).filter(|_| key == "thay_mat")) {
        Some(own) => {
            let (of, own) = (bare[..own.start].trim_end_matches([' ', ',', '/', '-']), &bare[own]);
            format!("ghi hai khóa: `{key}: {of}` và `chuc_vu: {own}`")
        }
        None => {
            format!("ghi `{key}: {bare}`, không có “{mark}”; chức vụ của người ký ghi ở `chuc_vu`")
        }
    }
}

/// The post after the name of a body: `ỦY BAN NHÂN DÂN CHỦ TỊCH`.
fn first_post(text: &str) -> Option<std::ops::Range<usize>> {
    post::first(text).filter(|post| post.start > 0)
}

fn is_deputy(post: &str) -> bool {
    let post = fold(post);
    post.starts_with("pho ") || post.starts_with("thu truong")
}

/// A post of one person; of a body nobody is head by that name.
fn is_post(text: &str) -> bool {
    const POSTS: [&str; 10] = [
        "chu tich",
        "pho ",
        "bo truong",
        "thu truong",
        "giam doc",
        "cuc truong",
        "vu truong",
        "chanh van phong",
        "thu tuong",
        "tong giam doc",
    ];
    let text = fold(text);
    POSTS.iter().any(|post| text.starts_with(post))
}

fn full_name(raw: Option<raw::Text>, at: &Route, door: &mut Door<'_>) -> String {
    let Some(name) = door.text(raw) else { return door.missing(at) };
    let hint = "ghi họ và tên, chữ thường, viết hoa chữ cái đầu";
    if let Some(title) = title_before(&name) {
        door.warning(
            "ho-ten-la",
            at,
            format!("trước họ tên có “{title}”"),
            "không ghi học hàm, học vị, danh hiệu trước họ tên",
        );
    } else if name.contains(' ') && upper(&name) == name {
        door.warning("ho-ten-la", at, "họ tên viết hoa toàn bộ", hint);
    } else if name.contains(['(', ')', ',']) || name.contains("ký") {
        door.warning("ho-ten-la", at, format!("“{name}” không chỉ là họ tên"), hint);
    }
    name
}

/// Học hàm, học vị, danh hiệu at the head of a name.
fn title_before(name: &str) -> Option<&str> {
    const TITLES: [&str; 16] = [
        "gs", "pgs", "ts", "ths", "tskh", "bs", "ks", "ls", "cn", "nsnd", "nsut", "ngnd", "ngut",
        "ong", "ba", "dr",
    ];
    let first = name.split([' ', '.']).next()?;
    let dotted = name[first.len()..].starts_with('.');
    let folded = fold(first);
    // `Bà` and `Ông` are no surnames; the abbreviations are titles when a dot follows or they are capitals.
    let is_title = TITLES.contains(&folded.as_str())
        && (dotted || first == upper(first) || matches!(first, "Ông" | "Bà" | "ThS" | "Ths"));
    (is_title && first != name).then_some(first)
}

/// `Lưu: VT, …`.
pub fn archive(raw: Option<raw::Archive>, at: &Route, door: &mut Door<'_>) -> ArchiveLine {
    if raw.is_none() && door.faults.speak_of(at) {
        return ArchiveLine::default();
    }
    let raw = raw.unwrap_or_default();
    ArchiveLine {
        kept_by: door.required(raw.kept_by, &at.key("noi_luu")),
        drafter: door.text(raw.drafter),
        copies: door.text(raw.copies),
        issued_copies: door.text(raw.issued_copies),
    }
}

/// `chap_nhan`.
pub fn accepted(
    raw: Option<Vec<Option<raw::Accepted>>>,
    at: &Route,
    door: &mut Door<'_>,
) -> Vec<Accepted> {
    let mut accepted = Vec::new();
    for (index, raw) in raw.into_iter().flatten().enumerate() {
        let at = at.index(index);
        let raw = raw.unwrap_or_default();
        let one = Accepted {
            id: door.required_token(raw.id, &at.key("id")),
            at: door.required_token(raw.at, &at.key("tai")),
            reason: door.required(raw.reason, &at.key("ly_do")),
        };
        let must_be_mended = |code: &str| code == one.id && !WARNINGS.contains(&code);
        if let Some((code, _)) = faults().iter().find(|(code, _)| must_be_mended(code)) {
            door.error(
                "gia-tri-la",
                &at.key("id"),
                format!("`{code}` là điều phải sửa trong hồ sơ, không chấp nhận được"),
                "sửa ở chỗ được báo, rồi xóa mục này",
            );
        }
        if !is_route(&one.at) && !crate::model::is_gap(&one.at) {
            door.error(
                "gia-tri-la",
                &at.key("tai"),
                format!("“{}” không phải chỗ trong hồ sơ", one.at),
                "chép nguyên chỗ in cạnh dấu mũ, ví dụ `phu_luc[0].tong`",
            );
        }
        accepted.push(one);
    }
    accepted
}

fn is_route(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_.[]".contains(c);
    text.chars().all(plain) && Route::parse(text).is_some_and(|route| route.to_string() == text)
}
