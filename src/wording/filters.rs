//! Bộ lọc: what a wording may do to a fact, one table.
//!
//! Amounts come in as text and are read back exactly; nothing here knows an f64.

use chrono::Datelike as _;
use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::context;
use super::fault;
use super::fuel;
use super::kinds::Kind;
use super::numbering::Mark;
use crate::model::{Amount, CitedDocument, gap, is_gap};
use crate::vi::money::UNITS;
use crate::vi::{case, date, roman, words};

/// One filter, as the guide describes it.
pub struct Filter {
    pub name: &'static str,
    /// What it does, in Vietnamese.
    pub what: &'static str,
    /// What stands before the `|`.
    pub takes: Takes,
    pub required: &'static [&'static str],
    pub optional: &'static [&'static str],
    pub example: &'static str,
    /// What the example prints.
    pub prints: &'static str,
    run: fn(&Value, &Arguments) -> Result<Value, Complaint>,
}

impl Filter {
    /// The names of its arguments.
    pub fn arguments(&self) -> impl Iterator<Item = &'static str> {
        self.required.iter().chain(self.optional).copied()
    }
}

/// What a filter is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    Any,
    Words,
    Amount,
    Date,
    /// A list of texts, or of records of which one field is taken.
    List,
    /// A list, a table or a group of rows.
    Countable,
    /// Rows of a table, or records.
    Rows,
    /// A whole table.
    Table,
    Cited,
}

impl Takes {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Any => "mọi dữ kiện",
            Self::Words => "chữ",
            Self::Amount => "số (trường kiểu `so`)",
            Self::Date => "ngày (trường kiểu `ngay`)",
            Self::List | Self::Countable => "danh sách",
            Self::Rows => "các dòng của một bảng",
            Self::Table => "cả một bảng (`phu_luc[0]`, `bang.tien_do`)",
            Self::Cited => "văn bản viện dẫn (trường kiểu `van_ban`)",
        }
    }

    /// Whether a value of that kind may be what is wanted.
    pub const fn fits(self, kind: &Kind<'_>) -> bool {
        match self {
            Self::Any => true,
            _ if matches!(kind, Kind::Any) => true,
            Self::Words => {
                matches!(kind, Kind::Words | Kind::Text | Kind::Amount | Kind::Date | Kind::Count)
            }
            Self::Amount => matches!(kind, Kind::Words | Kind::Amount | Kind::Count),
            Self::Date => matches!(kind, Kind::Words | Kind::Date),
            Self::List => matches!(kind, Kind::List(_)),
            Self::Countable | Self::Rows => {
                matches!(kind, Kind::List(_) | Kind::Appendix | Kind::BodyTable | Kind::Group)
            }
            Self::Table => matches!(kind, Kind::Appendix | Kind::BodyTable),
            Self::Cited => matches!(kind, Kind::Cited),
        }
    }

    /// What is wrong with a text that is typed before the filter.
    pub fn refuses(self, text: &str) -> Option<Complaint> {
        let value = Value::from(text);
        match self {
            Self::Amount => amount_of(&value).err(),
            Self::Date => date_of(&value).err(),
            Self::Any | Self::Words => None,
            Self::List | Self::Countable | Self::Rows | Self::Table | Self::Cited => {
                Some(Complaint::kind(
                    format!("bộ lọc này dùng cho {}, không dùng cho chữ", self.name()),
                    "viết tên dữ kiện, không đặt trong ngoặc kép",
                ))
            }
        }
    }
}

/// A value as it is typed for an argument.
pub enum Literal<'a> {
    Text(&'a str),
    Number(&'a str),
    Other,
}

impl Filter {
    /// What is wrong with a value that is typed for one of its arguments.
    pub fn refuses_argument(&self, name: &str, value: &Literal<'_>) -> Option<Complaint> {
        let complaint = |message: &str| Complaint {
            code: fault::ARGUMENT,
            message: format!("tham số `{name}` của bộ lọc `{}` {message}", self.name),
            hint: format!("viết như `{}`", self.example),
        };
        let most = match name {
            "le" => Some(MAX_PLACES),
            "chu_so" => Some(MAX_DIGITS),
            _ => None,
        };
        match (most, value) {
            (Some(most), Literal::Number(number)) => {
                let fits = number.parse().is_ok_and(|number: i64| (0..=most).contains(&number));
                (!fits).then(|| complaint(&format!("phải là số từ 0 đến {most}")))
            }
            (Some(most), _) => Some(complaint(&format!("phải là số từ 0 đến {most}"))),
            (None, Literal::Text(text)) if text.len() > MAX_ARGUMENT => {
                Some(complaint("dài quá 400 byte"))
            }
            (None, Literal::Text(text)) => match name {
                "cua" => Takes::Amount.refuses(text),
                "kieu" if !Mark::parse(text).counts() => {
                    Some(complaint("phải có 1, a hoặc I trong đó"))
                }
                "tu" | "sang" if UNITS.iter().all(|(unit, _)| unit != text) => {
                    Some(complaint(&no_unit(text)))
                }
                _ => None,
            },
            (None, Literal::Number(_)) if matches!(name, "cua") || self.name == "mac_dinh" => None,
            (None, _) => Some(complaint("phải là chữ trong ngoặc kép")),
        }
    }
}

fn no_unit(given: &str) -> String {
    let known: Vec<&str> = UNITS.iter().map(|(unit, _)| *unit).collect();
    format!("“{given}” phải là một trong: {}", known.join(", "))
}

/// Every filter, in the order of the guide.
pub const FILTERS: &[Filter] = &[
    Filter {
        name: "so",
        what: "viết số theo lối Việt Nam; `le`: số chữ số sau dấu phẩy",
        takes: Takes::Amount,
        required: &[],
        optional: &["le"],
        example: "{{ \"48215,5\" | so(le=2) }}",
        prints: "48.215,50",
        run: number,
    },
    Filter {
        name: "tien",
        what: "số tiền kèm đơn vị; `don_vi` mặc định là “đồng”, `le`: số chữ số sau dấu phẩy",
        takes: Takes::Amount,
        required: &[],
        optional: &["don_vi", "le"],
        example: "{{ \"48215\" | tien(don_vi=\"triệu đồng\") }}",
        prints: "48.215 triệu đồng",
        run: money,
    },
    Filter {
        name: "doi_don_vi",
        what: "đổi số tiền sang đơn vị khác, chính xác, kèm đơn vị mới; `le`: làm tròn đến mấy chữ số, \
               làm tròn thì ghi chữ “khoảng” ở trước (`lam_tron` để đổi chữ ấy)",
        takes: Takes::Amount,
        required: &["tu", "sang"],
        optional: &["le", "lam_tron"],
        example: "{{ \"48.215\" | doi_don_vi(tu=\"triệu đồng\", sang=\"tỷ đồng\", le=1) }}",
        prints: "khoảng 48,2 tỷ đồng",
        run: convert_unit,
    },
    Filter {
        name: "bang_chu",
        what: "số tiền đọc thành chữ; `don_vi` mặc định là “đồng”",
        takes: Takes::Amount,
        required: &[],
        optional: &["don_vi"],
        example: "{{ \"9.488.000.000\" | bang_chu }}",
        prints: "Chín tỷ bốn trăm tám mươi tám triệu đồng",
        run: in_words,
    },
    Filter {
        name: "tien_bang_chu",
        what: "số tiền bằng số, tiếp theo là bằng chữ trong ngoặc; `don_vi` mặc định là “đồng”",
        takes: Takes::Amount,
        required: &[],
        optional: &["don_vi"],
        example: "{{ \"1500000\" | tien_bang_chu }}",
        prints: "1.500.000 đồng (Một triệu năm trăm nghìn đồng)",
        run: money_in_words,
    },
    Filter {
        name: "ngay",
        what: "ngày viết đầy đủ",
        takes: Takes::Date,
        required: &[],
        optional: &[],
        example: "{{ \"5/1/2026\" | ngay }}",
        prints: "ngày 05 tháng 01 năm 2026",
        run: long_date,
    },
    Filter {
        name: "ngay_ngan",
        what: "ngày viết gọn bằng số",
        takes: Takes::Date,
        required: &[],
        optional: &[],
        example: "{{ \"16/08/2022\" | ngay_ngan }}",
        prints: "16/8/2022",
        run: short_date,
    },
    Filter {
        name: "thang",
        what: "tháng và năm của một ngày",
        takes: Takes::Date,
        required: &[],
        optional: &[],
        example: "{{ \"5/1/2026\" | thang }}",
        prints: "tháng 01 năm 2026",
        run: month_of,
    },
    Filter {
        name: "gio",
        what: "giờ viết đầy đủ, từ “8h30”, “8:30” hoặc “8 giờ 30”",
        takes: Takes::Words,
        required: &[],
        optional: &[],
        example: "{{ \"8h30\" | gio }}",
        prints: "08 giờ 30 phút",
        run: clock_time,
    },
    Filter {
        name: "ty_le",
        what: "phần trăm của số này trong số `cua`; `le` mặc định là 2",
        takes: Takes::Amount,
        required: &["cua"],
        optional: &["le"],
        example: "{{ \"5.884\" | ty_le(cua=\"17.053\") }}",
        prints: "34,50%",
        run: percentage,
    },
    Filter {
        name: "la_ma",
        what: "số La Mã",
        takes: Takes::Amount,
        required: &[],
        optional: &[],
        example: "{{ \"4\" | la_ma }}",
        prints: "IV",
        run: to_roman,
    },
    Filter {
        name: "liet_ke",
        what: "liệt kê có đánh số trong câu; `truong`: lấy trường nào của mỗi bản ghi; \
               `kieu`: \"(1)\", \"a)\", \"i\" …; `ngan`: dấu ngăn, mặc định là “; ”",
        takes: Takes::List,
        required: &[],
        optional: &["truong", "kieu", "ngan"],
        example: "{{ [\"đường\", \"trường\"] | liet_ke(kieu=\"a)\") }}",
        prints: "a) đường; b) trường",
        run: enumerate,
    },
    Filter {
        name: "noi",
        what: "nối các phần tử; `bang`: dấu nối, mặc định là “, ”; `cuoi`: dấu nối trước phần tử cuối; \
               `truong`: lấy trường nào của mỗi bản ghi",
        takes: Takes::List,
        required: &[],
        optional: &["bang", "cuoi", "truong"],
        example: "{{ [\"Bộ A\", \"Bộ B\", \"Bộ C\"] | noi(cuoi=\" và \") }}",
        prints: "Bộ A, Bộ B và Bộ C",
        run: join,
    },
    Filter {
        name: "dem",
        what: "đếm số phần tử, viết đủ `chu_so` chữ số (mặc định 2)",
        takes: Takes::Countable,
        required: &[],
        optional: &["chu_so"],
        example: "{{ [\"a\", \"b\", \"c\"] | dem }} dự án",
        prints: "03 dự án",
        run: count,
    },
    Filter {
        name: "cong",
        what: "cộng một cột của các dòng: `truong` là khóa của cột; ô trống tính là không",
        takes: Takes::Rows,
        required: &["truong"],
        optional: &[],
        example: "{{ phu_luc[0].nhom.I.dong | cong(truong=\"a\") }}",
        prints: "3.000",
        run: add_up,
    },
    Filter {
        name: "lon_nhat",
        what: "số lớn nhất của một cột; `lay`: in trường khác của dòng có số ấy, ví dụ tên dự án",
        takes: Takes::Rows,
        required: &["truong"],
        optional: &["lay"],
        example: "{{ phu_luc[0].dong | lon_nhat(truong=\"a\", lay=\"ten\") }}",
        prints: "Đường",
        run: |value, arguments| extreme(value, arguments, |found, best| found > best),
    },
    Filter {
        name: "nho_nhat",
        what: "số nhỏ nhất của một cột, bỏ qua ô trống; `lay` như ở `lon_nhat`",
        takes: Takes::Rows,
        required: &["truong"],
        optional: &["lay"],
        example: "{{ phu_luc[0].dong | nho_nhat(truong=\"a\") }}",
        prints: "1.000",
        run: |value, arguments| extreme(value, arguments, |found, best| found < best),
    },
    Filter {
        name: "tra_o",
        what: "một ô của bảng: `dong` là số của dòng như in trong bảng (có nhóm thì kèm nhóm, như \"I.2\") \
               hoặc tên ghi ở dòng ấy, `cot` là khóa của cột",
        takes: Takes::Table,
        required: &["dong", "cot"],
        optional: &[],
        example: "{{ phu_luc[0] | tra_o(dong=\"I.2\", cot=\"a\") }}",
        prints: "2.000",
        run: cell_of,
    },
    Filter {
        name: "so_luong",
        what: "số phần tử, để so sánh trong `if`",
        takes: Takes::Countable,
        required: &[],
        optional: &[],
        example: "{% if [\"a\", \"b\"] | so_luong > 1 %}nhiều{% endif %}",
        prints: "nhiều",
        run: quantity,
    },
    Filter {
        name: "hoa",
        what: "viết hoa toàn bộ",
        takes: Takes::Words,
        required: &[],
        optional: &[],
        example: "{{ \"báo cáo\" | hoa }}",
        prints: "BÁO CÁO",
        run: |value, _| Ok(case::upper(&words_of(value)?).into()),
    },
    Filter {
        name: "viet_hoa_dau",
        what: "viết hoa chữ cái đầu",
        takes: Takes::Words,
        required: &[],
        optional: &[],
        example: "{{ \"đề nghị\" | viet_hoa_dau }}",
        prints: "Đề nghị",
        run: |value, _| Ok(case::capitalise_first(&words_of(value)?).into()),
    },
    Filter {
        name: "thuong_dau",
        what: "viết thường chữ cái đầu, trừ khi từ đầu là chữ viết tắt",
        takes: Takes::Words,
        required: &[],
        optional: &[],
        example: "{{ \"Về việc báo cáo\" | thuong_dau }}",
        prints: "về việc báo cáo",
        run: |value, _| Ok(lower_first(&words_of(value)?).into()),
    },
    Filter {
        name: "vien_dan",
        what: "viện dẫn một văn bản lần đầu, đủ loại, số, ngày, cơ quan, trích yếu; luật và pháp lệnh chỉ có loại và tên",
        takes: Takes::Cited,
        required: &[],
        optional: &[],
        example: "{{ noi_dung.thuc_hien | vien_dan }}",
        prints: "Công văn số 4691/BKHĐT-KCHTĐT ngày 12/7/2022 của Bộ Kế hoạch và Đầu tư về việc …",
        run: |value, _| cite(value, true),
    },
    Filter {
        name: "vien_dan_lai",
        what: "viện dẫn lại một văn bản: loại và số",
        takes: Takes::Cited,
        required: &[],
        optional: &[],
        example: "{{ noi_dung.thuc_hien | vien_dan_lai }}",
        prints: "Công văn số 4691/BKHĐT-KCHTĐT",
        run: |value, _| cite(value, false),
    },
    Filter {
        name: "mac_dinh",
        what: "giá trị thay khi hồ sơ để trống dữ kiện tùy chọn",
        takes: Takes::Any,
        required: &["bang"],
        optional: &[],
        example: "{{ noi_dung.ghi_chu | mac_dinh(bang=\"không\") }}",
        prints: "không",
        run: |value, arguments| {
            if value.is_undefined() { arguments.value("bang") } else { Ok(value.clone()) }
        },
    },
];

/// The filter of that name.
pub fn find(name: &str) -> Option<&'static Filter> {
    FILTERS.iter().find(|filter| filter.name == name)
}

pub fn names() -> impl Iterator<Item = &'static str> {
    FILTERS.iter().map(|filter| filter.name)
}

/// Longest text of an argument, in bytes; a longer one is no separator and no unit.
const MAX_ARGUMENT: usize = 400;
/// Longest text that a filter may make, in bytes.
const MAX_RESULT: usize = 1 << 20;
/// Most decimals that are written.
const MAX_PLACES: i64 = 6;
/// Most digits that a count is written with.
const MAX_DIGITS: i64 = 9;

/// What a filter says about its input, on its way through Tera's error.
pub struct Complaint {
    pub code: &'static str,
    pub message: String,
    pub hint: String,
}

impl Complaint {
    fn kind(message: impl Into<String>, hint: &str) -> Self {
        Self { code: fault::KIND, message: message.into(), hint: hint.to_owned() }
    }

    /// Tera keeps only a message; the control characters tell ours from its own.
    fn into_error(self) -> tera::Error {
        tera::Error::message(format!("\u{1}{}\u{1}{}\u{1}{}", self.code, self.message, self.hint))
    }

    /// Reads what `into_error` wrote.
    pub fn read(message: &str) -> Option<(&'static str, &str, &str)> {
        let mut parts = message.strip_prefix('\u{1}')?.splitn(3, '\u{1}');
        let (code, message, hint) = (parts.next()?, parts.next()?, parts.next()?);
        let (code, _) = fault::EXPLANATIONS.iter().find(|(known, _)| *known == code)?;
        Some((code, message, hint))
    }
}

/// Registers the filters, and the checks and the counter that `instrument` puts in.
pub fn register(tera: &mut Tera) {
    for filter in FILTERS {
        tera.register_filter(filter.name, move |value: Value, kwargs: Kwargs, state: &State| {
            let is_draft = matches!(state.get::<bool>(context::DRAFT), Ok(Some(true)));
            run(filter, &value, &kwargs, is_draft).map_err(Complaint::into_error)
        });
    }
    tera.register_filter("__in", check(printable));
    tera.register_filter("__co", check(present));
    tera.register_filter("__ds", |value: Value, kwargs: Kwargs, state: &State| {
        // A table that a draft has not yet has no rows.
        if value.as_str().is_some_and(is_gap) {
            return Ok(Vec::<Value>::new().into());
        }
        check(repeatable)(value, kwargs, state)
    });
    tera.register_function("__nhip", |kwargs: Kwargs, _: &State| -> TeraResult<&'static str> {
        let length = kwargs.get::<usize>("n")?.unwrap_or_default();
        let searches = kwargs.get::<usize>("t")?.unwrap_or_default();
        let steps = fuel::steps_for(length).saturating_add(fuel::steps_for_searches(searches));
        spend(steps).map_err(Complaint::into_error)?;
        Ok("")
    });
}

fn run(
    filter: &Filter,
    value: &Value,
    kwargs: &Kwargs,
    is_draft: bool,
) -> Result<Value, Complaint> {
    spend(fuel::steps_for(value.len().unwrap_or(0).saturating_mul(8)))?;
    let keeps = matches!(filter.name, "mac_dinh");
    if value.is_undefined() && !keeps {
        return Err(missing(""));
    }
    if value.is_safe() && !keeps {
        return Err(Complaint {
            code: fault::PASSAGES_ALONE,
            message: format!("đoạn văn không qua được bộ lọc `{}`", filter.name),
            hint: "đặt `{{ … }}` của đoạn văn một mình trên một dòng, không có bộ lọc".to_owned(),
        });
    }
    if value.as_str().is_some_and(is_gap) && filter.name != "so_luong" {
        return Ok(value.clone());
    }
    let result = (filter.run)(value, &Arguments { filter, kwargs, is_draft })?;
    let length = result.as_str().map_or(0, str::len);
    // What is made may be kept in a variable: all of it together stays within 32 MiB.
    spend(fuel::steps_for(length.saturating_mul(4)))?;
    if length > MAX_RESULT {
        return Err(too_long());
    }
    Ok(result)
}

fn spend(steps: usize) -> Result<(), Complaint> {
    if fuel::burn(steps) { Ok(()) } else { Err(too_long()) }
}

fn too_long() -> Complaint {
    Complaint {
        code: fault::TOO_LONG,
        message: "lời văn lặp quá nhiều lần cho một văn bản".to_owned(),
        hint: "bớt vòng lặp; bảng dài là việc của phụ lục".to_owned(),
    }
}

type Check = fn(&Value, &str, &State) -> Result<(), Complaint>;

/// A check passes its value on untouched.
fn check(
    check: Check,
) -> impl Fn(Value, Kwargs, &State) -> TeraResult<Value> + Send + Sync + 'static {
    move |value, kwargs, state| {
        let origin = kwargs.get::<&str>("o")?.unwrap_or_default().to_owned();
        let length = value.as_str().map_or(0, str::len);
        spend(fuel::steps_for(length)).map_err(Complaint::into_error)?;
        check(&value, &origin, state).map_err(Complaint::into_error)?;
        Ok(value)
    }
}

fn present(value: &Value, origin: &str, state: &State) -> Result<(), Complaint> {
    if value.is_undefined() {
        return Err(missing_near(origin, state));
    }
    Ok(())
}

fn printable(value: &Value, origin: &str, state: &State) -> Result<(), Complaint> {
    present(value, origin, state)?;
    let name = if origin.is_empty() { "giá trị này" } else { origin };
    if value.is_array() {
        return Err(Complaint::kind(
            format!("{name} là cả một danh sách, không in ra được"),
            "nối bằng `| noi`, đánh số bằng `| liet_ke`, hoặc lặp bằng `{% for %}`",
        ));
    }
    if value.is_map() {
        return Err(Complaint::kind(
            format!("{name} là một bản ghi gồm {}, không in ra được", keys(value).join(", ")),
            "in từng trường của nó; văn bản viện dẫn thì dùng `| vien_dan`",
        ));
    }
    if value.is_bool() || value.is_none() || value.is_f64() {
        return Err(Complaint::kind(
            format!("{name} không phải chữ"),
            "số lẻ viết là chữ: \"12,5\"; đúng sai chỉ dùng trong `{% if %}`",
        ));
    }
    Ok(())
}

fn repeatable(value: &Value, origin: &str, state: &State) -> Result<(), Complaint> {
    present(value, origin, state)?;
    if value.is_array() || value.is_map() {
        return Ok(());
    }
    let name = if origin.is_empty() { "giá trị này" } else { origin };
    Err(Complaint::kind(
        format!("{name} không phải danh sách, không lặp được"),
        "`for` chỉ lặp trên danh sách hoặc bản ghi",
    ))
}

fn missing(origin: &str) -> Complaint {
    let name = if origin.is_empty() { "giá trị này".to_owned() } else { format!("`{origin}`") };
    Complaint {
        code: fault::UNKNOWN_NAME,
        message: format!("{name} không có trong hồ sơ"),
        hint: "dữ kiện có thể trống thì đặt trong `{% if … %}`, hoặc thêm `| mac_dinh(bang=\"…\")`"
            .to_owned(),
    }
}

/// Walks the name as far as it exists and tells what stands there.
fn missing_near(origin: &str, state: &State) -> Complaint {
    let complaint = missing(origin);
    let mut path = origin.split(['.', '[', ']', '?']).map(|key| key.trim_matches(['"', '\'']));
    let Some(Ok(Some(mut here))) = path.next().map(|root| state.get::<Value>(root)) else {
        return complaint;
    };
    let mut last = "";
    for key in path.filter(|key| !key.is_empty()) {
        last = key;
        match child(&here, key) {
            Some(next) => here = next,
            None => break,
        }
    }
    let known = keys(&here);
    let in_paragraph = matches!(state.get::<bool>(context::OWN), Ok(Some(true)));
    if in_paragraph {
        let list = fault::guess_or_list(last, known.iter().map(String::as_str), "ở đây có");
        let hint = list.unwrap_or_else(|| "sửa tên, hoặc ghi dữ kiện ấy vào hồ sơ".to_owned());
        return Complaint { hint, ..complaint };
    }
    match fault::guess_or_list(last, known.iter().map(String::as_str), "ở đây có") {
        Some(list) => Complaint { hint: format!("{list}; {}", complaint.hint), ..complaint },
        None => complaint,
    }
}

/// The value of a key or an index.
fn child(value: &Value, key: &str) -> Option<Value> {
    if let (Some(items), Ok(index)) = (value.as_array(), key.parse::<usize>()) {
        return items.get(index).cloned();
    }
    let (_, child) = value.as_map()?.iter().find(|(known, _)| known.as_str() == Some(key))?;
    Some(child.clone())
}

fn keys(value: &Value) -> Vec<String> {
    let of_program = |key: &&str| key.starts_with("__");
    let mut keys: Vec<String> = value
        .as_map()
        .map(|map| {
            let keys = map.keys().filter_map(|key| key.as_str());
            keys.filter(|key| !of_program(key)).map(str::to_owned).collect()
        })
        .unwrap_or_default();
    keys.sort();
    keys
}

/// The arguments of one call.
struct Arguments<'a> {
    filter: &'a Filter,
    kwargs: &'a Kwargs,
    is_draft: bool,
}

impl Arguments<'_> {
    fn complaint(&self, name: &str, message: &str) -> Complaint {
        Complaint {
            code: fault::ARGUMENT,
            message: format!("tham số `{name}` của bộ lọc `{}` {message}", self.filter.name),
            hint: format!("viết như `{}`", self.filter.example),
        }
    }

    fn get(&self, name: &str) -> Option<Value> {
        self.kwargs
            .iter()
            .find(|(key, _)| key.as_str() == Some(name))
            .map(|(_, value)| value.clone())
    }

    fn value(&self, name: &str) -> Result<Value, Complaint> {
        self.get(name)
            .filter(|value| !value.is_undefined())
            .ok_or_else(|| self.complaint(name, "thiếu hoặc không có giá trị"))
    }

    fn text(&self, name: &str) -> Result<Option<String>, Complaint> {
        let Some(value) = self.get(name) else { return Ok(None) };
        match value.as_str() {
            Some(text) if text.len() > MAX_ARGUMENT => {
                Err(self.complaint(name, "dài quá 400 byte"))
            }
            Some(text) => Ok(Some(text.to_owned())),
            None => Err(self.complaint(name, "phải là chữ trong ngoặc kép")),
        }
    }

    fn count(&self, name: &str, most: i64) -> Result<Option<u32>, Complaint> {
        let Some(value) = self.get(name) else { return Ok(None) };
        value
            .as_i64()
            .filter(|count| !value.is_f64() && (0..=most).contains(count))
            .and_then(|count| u32::try_from(count).ok())
            .map(Some)
            .ok_or_else(|| self.complaint(name, &format!("phải là số từ 0 đến {most}")))
    }
}

fn words_of(value: &Value) -> Result<String, Complaint> {
    if let Some(text) = value.as_str() {
        return Ok(text.to_owned());
    }
    match value.as_i64() {
        Some(count) if !value.is_f64() => Ok(count.to_string()),
        _ => Err(Complaint::kind("bộ lọc này cần chữ", "danh sách thì nối trước bằng `| noi`")),
    }
}

fn amount_of(value: &Value) -> Result<Amount, Complaint> {
    let text = words_of(value)?;
    text.parse().map_err(|error: crate::vi::number::NotationError| {
        Complaint::kind(error.to_string(), "bộ lọc này chỉ dùng cho trường kiểu `so`")
    })
}

fn number(value: &Value, arguments: &Arguments) -> Result<Value, Complaint> {
    let amount = amount_of(value)?;
    Ok(written(amount, arguments.count("le", MAX_PLACES)?).into())
}

fn written(amount: Amount, places: Option<u32>) -> String {
    match places {
        Some(places) => crate::vi::number::format_places(amount.decimal(), places),
        None => amount.to_string(),
    }
}

fn money(value: &Value, arguments: &Arguments) -> Result<Value, Complaint> {
    let amount = written(amount_of(value)?, arguments.count("le", MAX_PLACES)?);
    let unit = arguments.text("don_vi")?.unwrap_or_else(|| "đồng".to_owned());
    Ok(format!("{amount} {unit}").into())
}

fn in_words(value: &Value, arguments: &Arguments) -> Result<Value, Complaint> {
    let amount = amount_of(value)?;
    let unit = arguments.text("don_vi")?.unwrap_or_else(|| "đồng".to_owned());
    words::amount_in_words(amount.decimal(), &unit, words::Reading::default())
        .map(Value::from)
        .map_err(|error| Complaint::kind(error.to_string(), "viết số tiền bằng chữ số"))
}

/// Digits for the eye, words against a forged digit.
fn money_in_words(value: &Value, arguments: &Arguments) -> Result<Value, Complaint> {
    let unit = arguments.text("don_vi")?.unwrap_or_else(|| "đồng".to_owned());
    let digits = amount_of(value)?;
    let words = in_words(value, arguments)?;
    Ok(format!("{digits} {unit} ({})", words.as_str().unwrap_or_default()).into())
}

fn month_of(value: &Value, _: &Arguments) -> Result<Value, Complaint> {
    let day = date_of(value)?;
    Ok(format!("tháng {} năm {}", date::month(day.month()), day.year()).into())
}

/// Hours and minutes with two digits each, as numbers of days and months have.
fn clock_time(value: &Value, _: &Arguments) -> Result<Value, Complaint> {
    let text = words_of(value)?;
    let refused = || {
        Complaint::kind(
            format!("“{text}” không phải giờ"),
            "viết như “8h30”, “8:30” hoặc “8 giờ 30”",
        )
    };
    let plain = text.replace("giờ", ":").replace("phút", "").replace(['h', 'H', 'g'], ":");
    let (hour, minute) = plain.split_once(':').ok_or_else(refused)?;
    let number = |text: &str, blank: Option<u32>, most: u32| {
        let text = text.trim();
        let read = if text.is_empty() { blank } else { text.parse().ok() };
        read.filter(|number| *number <= most && text.len() <= 2).ok_or_else(refused)
    };
    let (hour, minute) = (number(hour, None, 24)?, number(minute, Some(0), 59)?);
    Ok(format!("{hour:02} giờ {minute:02} phút").into())
}

fn date_of(value: &Value) -> Result<chrono::NaiveDate, Complaint> {
    let text = words_of(value)?;
    date::parse(&text).map_err(|error| {
        Complaint::kind(error.to_string(), "bộ lọc này chỉ dùng cho trường kiểu `ngay`")
    })
}

fn long_date(value: &Value, _: &Arguments) -> Result<Value, Complaint> {
    date_of(value).map(|day| date::long(day).into())
}

fn short_date(value: &Value, _: &Arguments) -> Result<Value, Complaint> {
    date_of(value).map(|day| date::short(day).into())
}

fn percentage(value: &Value, arguments: &Arguments) -> Result<Value, Complaint> {
    let whole = arguments.value("cua")?;
    if whole.as_str().is_some_and(is_gap) {
        return Ok(whole);
    }
    let part = amount_of(value)?;
    let whole = amount_of(&whole)?;
    let places = arguments.count("le", MAX_PLACES)?.unwrap_or(2);
    part.decimal()
        .checked_mul(100.into())
        .and_then(|hundredfold| hundredfold.checked_div(whole.decimal()))
        .map(|ratio| format!("{}%", crate::vi::number::format_places(ratio, places)).into())
        .ok_or_else(|| arguments.complaint("cua", "là 0 hoặc quá lớn, không tính được tỷ lệ"))
}

fn to_roman(value: &Value, _: &Arguments) -> Result<Value, Complaint> {
    let text = words_of(value)?;
    text.parse::<u32>()
        .ok()
        .filter(|number| roman::RANGE.contains(number))
        .map(|number| roman::to_roman(number).into())
        .ok_or_else(|| {
            Complaint::kind(
                format!("“{text}” không viết được bằng số La Mã"),
                "chỉ số nguyên từ 1 đến 3999",
            )
        })
}

/// The texts of a list; of records, those of the field `truong`.
fn items(value: &Value, arguments: &Arguments) -> Result<Vec<String>, Complaint> {
    let field = arguments.text("truong")?;
    let Some(list) = value.as_array() else {
        return Err(Complaint::kind(
            format!("bộ lọc `{}` cần một danh sách", arguments.filter.name),
            "dùng với trường kiểu `danh_sach`, `kinh_gui`, hoặc các dòng của phụ lục",
        ));
    };
    // A cell that other rows have is blank in this one.
    let is_known = |field: &str| list.iter().any(|item| child(item, field).is_some());
    let text = |(at, item): (usize, &Value)| match &field {
        Some(field) if child(item, field).is_none() && is_known(field) => {
            blank_cell(field, at + 1, arguments)
        }
        field => item_text(item, field.as_deref(), arguments),
    };
    list.iter().enumerate().map(text).collect()
}

fn blank_cell(field: &str, number: usize, arguments: &Arguments) -> Result<String, Complaint> {
    if arguments.is_draft {
        return Ok(gap(field));
    }
    Err(Complaint {
        code: fault::UNKNOWN_NAME,
        message: format!("`{field}` của phần tử thứ {number} để trống, không liệt kê được"),
        hint: "ghi ô ấy trong hồ sơ".to_owned(),
    })
}

fn item_text(
    item: &Value,
    field: Option<&str>,
    arguments: &Arguments,
) -> Result<String, Complaint> {
    let Some(field) = field else {
        if item.is_map() {
            let message = format!("mỗi phần tử là một bản ghi gồm {}", keys(item).join(", "));
            return Err(Complaint::kind(message, "chọn một trường: `(truong=\"…\")`"));
        }
        return words_of(item);
    };
    let known = keys(item);
    match child(item, field) {
        Some(value) => words_of(&value),
        None => {
            let hint = fault::guess_or_list(field, known.iter().map(String::as_str), "các trường")
                .unwrap_or_default();
            Err(Complaint {
                hint,
                ..arguments
                    .complaint("truong", &format!("nêu trường “{field}” mà phần tử không có"))
            })
        }
    }
}

fn enumerate(value: &Value, arguments: &Arguments) -> Result<Value, Complaint> {
    let style = arguments.text("kieu")?.unwrap_or_else(|| "(1)".to_owned());
    let between = arguments.text("ngan")?.unwrap_or_else(|| "; ".to_owned());
    let mark = Some(Mark::parse(&style))
        .filter(Mark::counts)
        .ok_or_else(|| arguments.complaint("kieu", "phải có 1, a hoặc I trong đó"))?;
    let items: Vec<String> = items(value, arguments)?
        .iter()
        .enumerate()
        .map(|(at, item)| format!("{} {item}", mark.write(&[at + 1])))
        .collect();
    Ok(items.join(&between).into())
}

fn join(value: &Value, arguments: &Arguments) -> Result<Value, Complaint> {
    let between = arguments.text("bang")?.unwrap_or_else(|| ", ".to_owned());
    let before_last = arguments.text("cuoi")?.unwrap_or_else(|| between.clone());
    let items = items(value, arguments)?;
    Ok(match items.split_last() {
        Some((last, rest)) if !rest.is_empty() => {
            format!("{}{before_last}{last}", rest.join(&between)).into()
        }
        Some((last, _)) => last.clone().into(),
        None => "".into(),
    })
}

/// The rows of a list; of a table or a group of rows, its rows.
fn rows_of(value: &Value) -> Option<Vec<Value>> {
    let list = |value: &Value| value.as_array().map(|items| items.to_vec());
    list(value).or_else(|| list(&child(value, "dong")?))
}

/// The figures of a column with their rows; blank cells are passed over.
fn figures(value: &Value, arguments: &Arguments) -> Result<Vec<(Amount, Value)>, Complaint> {
    let field = arguments.text("truong")?.unwrap_or_default();
    let Some(rows) = rows_of(value) else {
        return Err(Complaint::kind(
            format!("bộ lọc `{}` cần các dòng của một bảng", arguments.filter.name),
            "viết như `phu_luc[0].dong`, `phu_luc[0].nhom.I`, `bang.tien_do`",
        ));
    };
    spend(fuel::steps_for(rows.len().saturating_mul(8)))?;
    let mut figures = Vec::new();
    let mut known = Vec::new();
    for row in rows {
        match child(&row, &field) {
            Some(cell) => figures.push((amount_of(&cell)?, row)),
            None => known.push(keys(&row)),
        }
    }
    if figures.is_empty()
        && let Some(keys) = known.first()
    {
        let hint = fault::guess_or_list(&field, keys.iter().map(String::as_str), "các trường");
        let message = format!("nêu trường “{field}” mà không dòng nào có số");
        let complaint = arguments.complaint("truong", &message);
        return Err(Complaint { hint: hint.unwrap_or_default(), ..complaint });
    }
    Ok(figures)
}

fn add_up(value: &Value, arguments: &Arguments) -> Result<Value, Complaint> {
    let sum: Amount = figures(value, arguments)?.into_iter().map(|(amount, _)| amount).sum();
    Ok(sum.to_string().into())
}

/// The first row whose figure no other beats.
fn extreme(
    value: &Value,
    arguments: &Arguments,
    beats: fn(Amount, Amount) -> bool,
) -> Result<Value, Complaint> {
    let figures = figures(value, arguments)?;
    let best = figures
        .into_iter()
        .reduce(|best, found| if beats(found.0, best.0) { found } else { best })
        .ok_or_else(|| {
            Complaint::kind("bảng không có dòng nào", "đặt chỗ này trong `{% if … %}`")
        })?;
    match arguments.text("lay")? {
        Some(field) => item_text(&best.1, Some(&field), arguments).map(Value::from),
        None => Ok(best.0.to_string().into()),
    }
}

/// A cell by the row and the column as a reader knows them.
fn cell_of(value: &Value, arguments: &Arguments) -> Result<Value, Complaint> {
    let wanted = arguments.text("dong")?.unwrap_or_default();
    let column = arguments.text("cot")?.unwrap_or_default();
    let names = child(value, context::ROW_NAMES).map(|names| rows_of(&names).unwrap_or_default());
    let (Some(names), Some(rows)) = (names, rows_of(value)) else {
        let hint = "viết như `phu_luc[0] | tra_o(…)`, `bang.tien_do | tra_o(…)`";
        return Err(Complaint::kind("bộ lọc `tra_o` cần cả một bảng", hint));
    };
    spend(fuel::steps_for(rows.len().saturating_mul(8)))?;
    let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
    let named = |at: &usize| names.get(*at).is_some_and(|name| *name == wanted.trim());
    let mut found: Vec<usize> = (0..rows.len()).filter(named).collect();
    if found.is_empty() {
        found = (0..rows.len()).filter(|at| says(&rows[*at], &wanted)).collect();
    }
    let row = match found.as_slice() {
        [row] => &rows[*row],
        [] => {
            let hint = fault::guess_or_list(&wanted, names.iter().take(20).copied(), "các dòng");
            let message = "nêu một dòng mà bảng không có";
            let complaint = arguments.complaint("dong", message);
            return Err(Complaint { hint: hint.unwrap_or_default(), ..complaint });
        }
        several => {
            let own: Vec<&str> =
                several.iter().take(20).filter_map(|at| names.get(*at).copied()).collect();
            let complaint = arguments.complaint("dong", "là tên của nhiều dòng");
            let hint = format!("ghi số của dòng thay cho tên: {}", own.join(", "));
            return Err(Complaint { hint, ..complaint });
        }
    };
    if let Some(cell) = child(row, &column) {
        return words_of(&cell).map(Value::from);
    }
    let known: Vec<String> = rows.iter().flat_map(keys).collect();
    if known.contains(&column) {
        if arguments.is_draft {
            return Ok(gap(&column).into());
        }
        return Err(Complaint {
            code: fault::UNKNOWN_NAME,
            message: format!("ô `{column}` của dòng “{wanted}” để trống"),
            hint: "ghi ô ấy trong hồ sơ, hoặc bỏ chỗ này khỏi câu".to_owned(),
        });
    }
    let hint = fault::guess_or_list(&column, known.iter().map(String::as_str), "các cột");
    let complaint = arguments.complaint("cot", "nêu một cột mà bảng không có");
    Err(Complaint { hint: hint.unwrap_or_default(), ..complaint })
}

/// Whether a row bears that name in one of its cells; a figure is no name.
fn says(row: &Value, name: &str) -> bool {
    let plain = |text: &str| case::lower(&crate::vi::text::one_line(text));
    let name = plain(name);
    let Some(cells) = row.as_map() else { return false };
    let mut texts = cells.values().filter_map(|cell| cell.as_str());
    texts.any(|text| text.parse::<Amount>().is_err() && plain(text) == name)
}

/// Exact; rounded only when `le` says so, and then the text says so too.
fn convert_unit(value: &Value, arguments: &Arguments) -> Result<Value, Complaint> {
    let unit = |name: &str| {
        let given = arguments.text(name)?.unwrap_or_default();
        let found = UNITS.iter().find(|(unit, _)| *unit == given).copied();
        found.ok_or_else(|| arguments.complaint(name, &no_unit(&given)))
    };
    let ((_, from), (name, to)) = (unit("tu")?, unit("sang")?);
    let exact = amount_of(value)?
        .shifted(i64::from(from) - i64::from(to))
        .ok_or_else(|| Complaint::kind("số này quá lớn để đổi đơn vị", "chọn đơn vị lớn hơn"))?;
    let text = written(exact, arguments.count("le", MAX_PLACES)?);
    let rounded = text.parse() != Ok(exact);
    let about = arguments.text("lam_tron")?.unwrap_or_else(|| "khoảng".to_owned());
    let about = if rounded && !about.is_empty() { format!("{about} ") } else { String::new() };
    Ok(format!("{about}{text} {name}").into())
}

fn length_of(value: &Value, arguments: &Arguments) -> Result<usize, Complaint> {
    if let Some(list) = rows_of(value) {
        return Ok(list.len());
    }
    Err(Complaint::kind(
        format!("bộ lọc `{}` cần một danh sách", arguments.filter.name),
        "chỉ đếm được phần tử của danh sách",
    ))
}

fn count(value: &Value, arguments: &Arguments) -> Result<Value, Complaint> {
    let width = arguments.count("chu_so", MAX_DIGITS)?.unwrap_or(2) as usize;
    Ok(format!("{:0width$}", length_of(value, arguments)?).into())
}

fn quantity(value: &Value, arguments: &Arguments) -> Result<Value, Complaint> {
    length_of(value, arguments).map(Value::from)
}

/// A small first letter, unless the first word is an abbreviation (`UBND tỉnh`).
fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return String::new() };
    let rest = chars.as_str();
    if rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
        return text.to_owned();
    }
    format!("{}{rest}", case::lower(&first.to_string()))
}

fn cite(value: &Value, first: bool) -> Result<Value, Complaint> {
    let field = |key: &str| child(value, key).and_then(|value| value.as_str().map(str::to_owned));
    let Some(kind) = field("loai") else {
        return Err(Complaint::kind(
            "chỗ này cần một văn bản viện dẫn",
            "trường kiểu `van_ban` có loai, so_ky_hieu, ngay, co_quan, trich_yeu",
        ));
    };
    let subject = field("trich_yeu");
    if CitedDocument::is_named_only(&kind) {
        return Ok(format!("{kind} {}", subject.unwrap_or_default()).trim_end().into());
    }
    let mut text = kind;
    if let Some(code) = field("so_ky_hieu") {
        text = format!("{text} số {code}");
    }
    if first {
        if let Some(day) = field("ngay") {
            text = format!("{text} ngày {day}");
        }
        if let Some(organ) = field("co_quan") {
            text = format!("{text} của {organ}");
        }
        if let Some(subject) = subject {
            text = format!("{text} {}", about(&subject));
        }
    }
    Ok(text.into())
}

/// A trích yếu inside a sentence: `về việc …`.
fn about(subject: &str) -> String {
    let subject = subject.trim();
    if let Some(rest) = subject.strip_prefix("V/v ").or_else(|| subject.strip_prefix("v/v ")) {
        return format!("về việc {rest}");
    }
    if is_gap(subject) {
        return subject.to_owned();
    }
    let small = lower_first(subject);
    if small.starts_with("về ") { small } else { format!("về việc {small}") }
}
