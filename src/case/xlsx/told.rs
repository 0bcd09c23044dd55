//! What is told of the cells of a sheet, once for all cells of one cause: the first of them,
//! how many there are and where.

use super::super::door::Door;
use super::super::grid::alike;
use super::reading::Remark;
use crate::diag::{Area, CellName, Route};

/// Findings in the order of the cells at which they were made first.
#[derive(Default)]
pub struct Told(Vec<Found>);

struct Found {
    /// Nothing of what may be wrong in any column for one reason.
    column: Option<u32>,
    remark: Remark,
    key: String,
    at: Route,
    /// What the first cell shows, and its value.
    shown: String,
    value: String,
    area: Area,
    cells: usize,
}

/// A cell of which something is told.
pub struct Cell<'a> {
    pub name: CellName,
    /// The key of its column.
    pub key: &'a str,
    pub at: Route,
    pub shown: String,
    pub value: String,
}

impl Told {
    pub fn add(&mut self, remark: Remark, cell: Cell<'_>) {
        let Cell { name, key, at, shown, value } = cell;
        let column = match &remark {
            Remark::Bad { .. } => None,
            _ => Some(name.column),
        };
        let same = |found: &&mut Found| found.column == column && found.remark == remark;
        if let Some(found) = self.0.iter_mut().find(same) {
            found.cells += 1;
            found.area.first.column = found.area.first.column.min(name.column);
            found.area.last.column = found.area.last.column.max(name.column);
            found.area.first.row = found.area.first.row.min(name.row);
            found.area.last.row = found.area.last.row.max(name.row);
            return;
        }
        // Faults that name what stands in their cell are each of their own kind.
        if self.0.len() < MAX_KINDS {
            let area = Area { first: name, last: name };
            self.0.push(Found {
                column,
                remark,
                key: key.to_owned(),
                at,
                shown,
                value,
                area,
                cells: 1,
            });
        }
    }

    pub fn tell(self, door: &mut Door<'_>) {
        for found in self.0 {
            found.tell(door);
        }
    }
}

/// More kinds of faults nobody reads.
const MAX_KINDS: usize = 100;

impl Found {
    fn tell(&self, door: &mut Door<'_>) {
        let (key, shown, value) = (&self.key, &self.shown, &self.value);
        let cells = match self.cells {
            1 => String::new(),
            cells => alike(cells, &format!(" trong {}", self.area)),
        };
        let column = format!("`doc_cot: {{{key}: nhu_hien}}`");
        let by_value = format!("`doc_cot: {{{key}: gia_tri}}`");
        let under = "dưới `dong_tu_tep:`";
        let ask = |fact: String, hint: String, door: &mut Door<'_>| {
            door.error("o-hien-khac", &self.at, format!("{fact}{cells}"), hint);
        };
        match &self.remark {
            Remark::Bad { fact, step } => {
                door.error("o-sai", &self.at, format!("{fact}{cells}"), *step);
            }
            Remark::Rounded => door.warning(
                "o-lam-tron",
                &self.at,
                format!("ô hiện {shown} mà giá trị là {value}{cells}; cột in số lẻ như trang tính hiện, dòng cộng tính từ giá trị đầy đủ"),
                format!("đúng ý thì ghi số lẻ ở cột (`so_le`) để thôi nhắc; muốn cộng chính các số đang hiện thì ghi {column} {under}, muốn in đủ số lẻ thì ghi {by_value}"),
            ),
            Remark::Long => door.warning(
                "o-lam-tron",
                &self.at,
                format!("ô chứa số lẻ dài: {value}{cells}"),
                "cột số in đến 6 số lẻ; ghi `so_le` ở cột để chọn số lẻ, hoặc dùng hàm ROUND trong Excel".to_owned(),
            ),
            Remark::Words => door.warning(
                "o-kem-chu",
                &self.at,
                format!("ô hiện “{shown}”, cột số chỉ in {value}{cells}"),
                format!("chữ ấy cần in thì ghi ở `don_vi_tinh` của cột, hoặc đổi thành cột chữ; không cần thì ghi {by_value} {under} để thôi nhắc"),
            ),
            Remark::Mask => ask(
                format!("ô hiện “{shown}” mà cột số sẽ in {value}"),
                format!("là mã số thì đặt `kieu: chu` hoặc `kieu: giua` cho cột; đúng là số thì ghi {by_value} {under}"),
                door,
            ),
            Remark::Other => ask(
                format!("ô hiện “{shown}” mà giá trị là {value}"),
                format!("in như ô hiện thì ghi {column} {under}; in theo giá trị thì ghi {by_value}"),
                door,
            ),
            Remark::Hidden => ask(
                format!("ô không hiện gì mà có giá trị {value}"),
                format!("để trống như ô hiện thì ghi {column} {under}; in giá trị thì ghi {by_value}"),
                door,
            ),
            Remark::Power => ask(
                format!("ô có giá trị {value} nhưng hiện dưới dạng phân số hoặc lũy thừa của 10"),
                format!("in giá trị thì ghi {by_value} {under}; hoặc đổi định dạng của ô trong Excel"),
                door,
            ),
            Remark::PartOfDay => ask(
                format!("ô chỉ hiện “{shown}” mà giá trị là cả ngày {value}"),
                format!("in như ô hiện thì ghi {column} {under}; in cả ngày thì ghi {by_value}"),
                door,
            ),
            Remark::Time => door.error(
                "o-sai",
                &self.at,
                format!("ô ghi giờ, hoặc cả ngày và giờ{cells}"),
                format!("in như ô hiện (“{shown}”) thì ghi {column} {under}; chỉ giữ ngày thì dùng hàm INT trong Excel"),
            ),
        }
    }
}
