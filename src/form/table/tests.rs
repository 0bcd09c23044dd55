//! Heads that tile, numbers that stay whole, words that are not broken.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::fit::{self, Sizes};
use super::head::Head;
use super::{lines, styles};
use crate::doc::metrics::{Face4, pieces, width};
use crate::doc::{Cell, Length};
use crate::form::Form;
use crate::model::{
    self, Column, ColumnKind, Figures, Formula, Group, GroupTotal, Row, Table, Total, TotalPlace,
};
use crate::nd30::Preset;

fn leaf(key: &str, name: &str, kind: ColumnKind) -> Column {
    Column { key: key.into(), name: name.into(), kind, ..Column::default() }
}

/// The table with rows, each of a group and of cells by the keys of their columns.
fn with_rows(table: Table, rows: &[(usize, &[(&str, &str)])]) -> Table {
    let keys: Vec<String> = table.leaves().iter().map(|leaf| leaf.key.clone()).collect();
    let row = |(group, given): &(usize, &[(&str, &str)])| {
        let cell = |key: &String| match given.iter().find(|(wanted, _)| wanted == key) {
            Some((_, text)) => match text.parse() {
                Ok(amount) => model::Cell::Amount(amount),
                Err(_) => model::Cell::Text((*text).to_owned()),
            },
            None => model::Cell::Blank,
        };
        Row { group: Some(*group), cells: keys.iter().map(cell).collect() }
    };
    Table { rows: rows.iter().map(row).collect(), ..table }
}

fn group(key: &str, name: &str, total: GroupTotal) -> Group {
    Group { key: key.into(), name: name.into(), total, parent: None }
}

/// A table as text: one line a row, cells apart by ` | `, `×n` where a cell covers n columns.
fn shown(table: &Table) -> String {
    let figures = Figures::new(table);
    let shown = lines(&figures, table).into_iter().map(|line| {
        let cells = line.cells.iter().map(|cell| match cell.columns {
            1 => cell.text.clone(),
            count => format!("{}×{count}", cell.text),
        });
        format!("{}\n", cells.collect::<Vec<_>>().join(" | "))
    });
    shown.collect()
}

#[test]
fn total_first_groups_with_and_without_figures_and_blank_is_not_nought() {
    let table = Table {
        columns: vec![
            leaf("stt", "STT", ColumnKind::Ordinal),
            leaf("ten", "Tên", ColumnKind::Text),
            leaf("a", "A", ColumnKind::Amount),
            leaf("b", "B", ColumnKind::Amount),
        ],
        groups: vec![
            group("I", "Đang làm", GroupTotal::None),
            group("II", "Sẽ làm", GroupTotal::Computed),
        ],
        total: Some(Total {
            label: "TỔNG SỐ".into(),
            place: TotalPlace::First,
            declared: BTreeMap::new(),
        }),
        ..Table::default()
    };
    let table = with_rows(
        table,
        &[
            (0, &[("ten", "Cầu"), ("a", "1.000"), ("b", "0")]),
            (1, &[("ten", "Đường"), ("a", "20")]),
            (1, &[("ten", "Trạm"), ("a", "3,5")]),
        ],
    );
    expect_test::expect![[r"
        TỔNG SỐ×2 | 1.023,5 | 0
        I | Đang làm×3
        1 | Cầu | 1.000 | 0
        II | Sẽ làm | 23,5 | 
        1 | Đường | 20 | 
        2 | Trạm | 3,5 | 
    "]]
    .assert_eq(&shown(&table));
}

#[test]
fn a_column_left_blank_is_the_sum_of_its_parts() {
    let mut sum = leaf("tong", "Tổng", ColumnKind::Amount);
    sum.formula = Formula::Sum(vec!["a".into(), "b".into()]);
    let table = Table {
        columns: vec![sum, leaf("a", "A", ColumnKind::Amount), leaf("b", "B", ColumnKind::Amount)],
        groups: vec![group("I", "Nhóm", GroupTotal::None)],
        ..Table::default()
    };
    let table = with_rows(table, &[(0, &[("a", "1"), ("b", "2")]), (0, &[("a", "7")]), (0, &[])]);
    expect_test::expect![[r"
        I Nhóm×3
        3 | 1 | 2
        7 | 7 | 
         |  | 
    "]]
    .assert_eq(&shown(&table));
}

#[test]
fn groups_within_groups_carry_sums_and_ratios_of_all_their_rows() {
    let mut rate = leaf("ty_le", "Tỷ lệ (%)", ColumnKind::Percent);
    let [part, whole] = ["gn", "kh"].map(str::to_owned);
    rate.formula = Formula::Ratio { part: part.clone(), whole: whole.clone(), decimals: 1 };
    let mut left = leaf("con", "Còn lại", ColumnKind::Amount);
    left.formula = Formula::Difference(vec![whole, part]);
    let inner =
        |key: &str, name: &str| Group { parent: Some(0), ..group(key, name, GroupTotal::Computed) };
    let table = Table {
        columns: vec![
            leaf("stt", "STT", ColumnKind::Ordinal),
            leaf("ten", "Tên", ColumnKind::Text),
            leaf("kh", "Kế hoạch", ColumnKind::Amount),
            leaf("gn", "Giải ngân", ColumnKind::Amount),
            rate,
            left,
        ],
        groups: vec![
            group("I", "Giao thông", GroupTotal::Computed),
            inner("I.1", "Đường bộ"),
            inner("I.2", "Cầu"),
        ],
        total: Some(Total {
            label: "TỔNG SỐ".into(),
            place: TotalPlace::Last,
            declared: BTreeMap::new(),
        }),
        ..Table::default()
    };
    let table = with_rows(
        table,
        &[
            (1, &[("ten", "Tuyến A"), ("kh", "300"), ("gn", "100")]),
            (1, &[("ten", "Tuyến B"), ("kh", "100")]),
            (2, &[("ten", "Cầu C"), ("kh", "200"), ("gn", "200")]),
        ],
    );
    expect_test::expect![[r"
        I | Giao thông | 600 | 300 | 50,0 | 300
        1 | Đường bộ | 400 | 100 | 25,0 | 300
        1 | Tuyến A | 300 | 100 | 33,3 | 200
        2 | Tuyến B | 100 |  |  | 100
        2 | Cầu | 200 | 200 | 100,0 | 0
        1 | Cầu C | 200 | 200 | 100,0 | 0
        TỔNG SỐ×2 | 600 | 300 | 50,0 | 300
    "]]
    .assert_eq(&shown(&table));
}

/// The first cells of the rows, `+` after those that stay with the next.
fn kept(table: &Table) -> String {
    let (fitted, _) = fitted(table, Length::mm(165));
    let rows = super::rows(lines(&Figures::new(table), table), &fitted, Length::mm(240));
    let shown = rows.iter().map(|row| {
        let first = row.cells[0].text.chars().take(8).collect::<String>();
        first + if row.keep_next { "+" } else { "" }
    });
    shown.collect::<Vec<_>>().join(" ")
}

/// Groups II and III, the first with II.1 and II.2 within it, a row in each of the latter,
/// one without a group, and a total.
fn nested(place: TotalPlace) -> Table {
    let inner = |key: &str| Group { parent: Some(0), ..group(key, "B", GroupTotal::Computed) };
    let table = Table {
        columns: vec![leaf("ten", "Tên", ColumnKind::Text), leaf("a", "A", ColumnKind::Amount)],
        groups: vec![
            group("II", "A", GroupTotal::None),
            inner("II.1"),
            inner("II.2"),
            group("III", "C", GroupTotal::None),
        ],
        total: Some(Total { label: "TỔNG".into(), place, declared: BTreeMap::new() }),
        ..Table::default()
    };
    let mut table = with_rows(table, &[(0, &[("ten", "x")]), (1, &[("ten", "y")])]);
    table.rows.push(Row { group: Some(2), ..table.rows[1].clone() });
    table.rows[0].group = None;
    table
}

#[test]
fn a_row_that_heads_others_stays_with_the_next_and_a_row_of_data_or_the_last_one_does_not() {
    assert_eq!(kept(&nested(TotalPlace::First)), "TỔNG+ x II A+ 1 B+ y 2 B+ y III C");
    assert_eq!(kept(&nested(TotalPlace::Last)), "x II A+ 1 B+ y 2 B+ y III C+ TỔNG");
}

#[test]
fn a_total_a_group_and_a_group_within_it_stay_together_with_the_first_row() {
    let mut table = nested(TotalPlace::First);
    table.rows.remove(0);
    assert_eq!(kept(&table), "TỔNG+ II A+ 1 B+ y 2 B+ y III C");
}

#[test]
fn heads_without_rows_are_not_tied_into_a_piece_higher_than_a_page() {
    let heads = (1..=60).map(|n| group(&n.to_string(), "A", GroupTotal::None));
    let table = Table {
        columns: vec![leaf("ten", "Tên", ColumnKind::Text)],
        groups: heads.collect(),
        ..Table::default()
    };
    let kept = kept(&table);
    let longest = kept.split_inclusive("A ").map(|piece| piece.matches('+').count()).max();
    assert!((3..20).contains(&longest.unwrap()), "{kept}");
}

#[test]
fn blank_columns_are_folded_away_with_the_heads_that_stood_over_them() {
    let column = |name: &str, columns| Column { name: name.into(), columns, ..Column::default() };
    let amount = |key: &str| leaf(key, key, ColumnKind::Amount);
    let table = Table {
        columns: vec![
            leaf("ten", "Tên", ColumnKind::Text),
            column("2021", vec![amount("a"), amount("b")]),
            column("2022", vec![amount("c"), amount("d")]),
        ],
        groups: vec![group("I", "Nhóm", GroupTotal::None)],
        ..Table::default()
    };
    let table = with_rows(table, &[(0, &[("ten", "Cầu"), ("b", "0")])]);
    let folded = table.without_blank_columns();
    let head = Head::new(&folded.columns, true);
    let heads: Vec<&str> = head.cells.iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(heads, ["Tên", "2021", "b"]);
    assert_eq!(shown(&folded), "I Nhóm×2\nCầu | 0\n");
}

#[test]
fn a_column_may_have_a_unit_of_its_own() {
    let area = Column { unit: Some("ha".into()), ..leaf("a", "Diện tích", ColumnKind::Amount) };
    assert_eq!(Head::new(&[area], false).cells[0].text, "Diện tích (ha)");
}

/// A tree of columns, up to four levels deep.
fn columns() -> impl Strategy<Value = Vec<Column>> {
    let word = prop::sample::select(vec!["STT", "Tổng số", "Kế hoạch năm 2022", "NSTW", "Ghi chú"]);
    let kind =
        prop::sample::select(vec![ColumnKind::Text, ColumnKind::Amount, ColumnKind::Centered]);
    let leaf = (word, kind).prop_map(|(name, kind)| leaf("k", name, kind));
    let tree = leaf.prop_recursive(3, 24, 4, |inner| {
        prop::collection::vec(inner, 1..4).prop_map(|columns| Column {
            name: "Nhóm cột".into(),
            columns,
            ..Column::default()
        })
    });
    prop::collection::vec(tree, 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn head_cells_tile_the_head_without_overlap_or_hole(columns in columns()) {
        let table = Table { columns, ..Table::default() };
        let leaves = table.leaves().len();
        let head = Head::new(&table.columns, false);
        let mut covered = vec![vec![0; leaves]; head.depth];
        for cell in &head.cells {
            for row in &mut covered[cell.row..cell.row + cell.rows] {
                for place in &mut row[cell.column..cell.column + cell.columns] {
                    *place += 1;
                }
            }
        }
        prop_assert!(covered.iter().flatten().all(|&count| count == 1));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn a_table_that_fits_fills_the_page_and_breaks_no_number_and_no_word(
        columns in columns(),
        texts in prop::collection::vec("[a-zđêô]{1,9}( [a-zđêô]{1,9}){0,12}", 1..6),
        amount in 0_u64..10_000_000,
    ) {
        let mut table = Table { columns, ..Table::default() };
        number_keys(&mut table.columns, &mut 0);
        let amount = crate::vi::number::format(amount.into());
        let cells = table.leaves().iter().enumerate().map(|(at, leaf)| {
            let text = match leaf.kind {
                ColumnKind::Amount => amount.clone(),
                _ => texts[at % texts.len()].clone(),
            };
            (leaf.key.clone(), text)
        }).collect::<Vec<_>>();
        let pairs: Vec<(&str, &str)> =
            cells.iter().map(|(key, text)| (key.as_str(), text.as_str())).collect();
        table.groups = vec![Group::default()];
        let table = with_rows(table, &[(0, &pairs)]);

        let figures = Figures::new(&table);
        let leaves = figures.leaves();
        let rows = lines(&figures, &table);
        let head = Head::new(&table.columns, false);
        let available = Length::mm(252);
        let room = super::Room { width: available, height: Length::mm(130), page: Length::mm(257) };
        let sizes = Sizes { least: Length::pt(6), most: Length::pt(12) };
        let fitted = fit::fit(leaves, &head, &rows, room, sizes);
        let sum: Length = fitted.widths.iter().copied().sum();
        if sum > available + Length::pt(1) {
            // It does not fit: then only at the least size, and the check says so.
            prop_assert_eq!(fitted.size, Length::pt(6));
            return Ok(());
        }
        prop_assert!(available - sum < Length::pt(1), "{} of {}", sum.to_mm(), available.to_mm());
        for (leaf, &column) in leaves.iter().zip(&fitted.widths) {
            let text = &cells.iter().find(|(key, _)| *key == leaf.key).unwrap().1;
            let room = column - fit::padding(fitted.size) * 2;
            let whole = |text: &str| width(text.trim_end(), fitted.size, Face4::REGULAR) <= room;
            match leaf.kind {
                ColumnKind::Text => prop_assert!(pieces(text).all(whole), "{text}"),
                _ => prop_assert!(whole(text), "{text}"),
            }
        }
    }
}

fn number_keys(columns: &mut [Column], next: &mut usize) {
    for column in columns {
        if column.columns.is_empty() {
            column.key = format!("k{next}");
            *next += 1;
        }
        number_keys(&mut column.columns, next);
    }
}

#[test]
fn the_styles_of_a_table_are_those_of_its_cells_each_once() {
    let case = crate::check::testing::case();
    let preset = Preset::default();
    let form = Form::new(&case, &preset);
    let model = Table {
        columns: vec![leaf("a", "A", ColumnKind::Amount), leaf("t", "Tên", ColumnKind::Text)],
        groups: vec![Group::default()],
        ..Table::default()
    };
    let model = with_rows(model, &[(0, &[("a", "1"), ("t", "x")])]);
    let room =
        super::Room { width: Length::mm(165), height: Length::mm(200), page: Length::mm(257) };
    let table = super::table(&form, &model, "Bảng", room, String::new());
    let used = |cell: &Cell| cell.style;
    let styles = styles([&table, &table].into_iter());
    let rows = || table.header.iter().chain(&table.rows).flat_map(|row| &row.cells);
    assert!(rows().map(used).all(|id| styles.iter().filter(|style| style.id == id).count() == 1));
}

/// The table fitted into a width.
fn fitted(table: &Table, width: Length) -> (fit::Fitted, Head) {
    let figures = Figures::new(table);
    let rows = lines(&figures, table);
    let head = Head::new(&table.columns, table.numbered_columns);
    let room = super::Room { width, height: Length::mm(200), page: Length::mm(257) };
    let sizes = Sizes { least: Length::pt(6), most: Length::pt(12) };
    let fitted = fit::fit(figures.leaves(), &head, &rows, room, sizes);
    (fitted, head)
}

fn figures_under_long_heads(count: usize) -> Table {
    let mut columns = vec![leaf("ten", "Tên", ColumnKind::Text)];
    columns.extend(
        (0..count).map(|at| leaf(&format!("k{at}"), "Công suất (m³/ngày đêm)", ColumnKind::Amount)),
    );
    columns.push(leaf("ty_le", "Tỷ lệ", ColumnKind::Percent));
    let table =
        Table { columns, groups: vec![group("I", "A", GroupTotal::None)], ..Table::default() };
    with_rows(table, &[(0, &[("ten", "Trạm cấp nước"), ("k0", "450"), ("ty_le", "12,5")])])
}

#[test]
fn heads_lie_flat_where_there_is_room_and_stand_all_upright_where_there_is_none() {
    let (roomy, _) = fitted(&figures_under_long_heads(3), Length::mm(165));
    assert!(roomy.upright.iter().all(Option::is_none));
    let (narrow, _) = fitted(&figures_under_long_heads(14), Length::mm(165));
    assert_eq!(narrow.upright[0], None);
    assert!(narrow.upright[1..].iter().all(Option::is_some), "the ratio too");
}

#[test]
fn an_upright_head_is_a_line_as_long_as_its_cell_is_high() {
    let (fitted, head) = fitted(&figures_under_long_heads(14), Length::mm(165));
    for row in head.rows(&fitted) {
        for cell in row.cells.iter().filter(|cell| cell.upright.is_some()) {
            let room = row.height.map(|height| height - fit::AROUND);
            assert_eq!(cell.upright, room, "{}", cell.text);
        }
    }
}

#[test]
fn heads_share_the_room_there_is_for_fewer_lines() {
    let name = "Tỷ lệ hồ sơ đúng hạn";
    let columns = (0..3).map(|at| leaf(&format!("k{at}"), name, ColumnKind::Amount));
    let table = Table {
        columns: columns.collect(),
        groups: vec![group("I", "A", GroupTotal::None)],
        ..Table::default()
    };
    let table = with_rows(table, &[(0, &[("k0", "1"), ("k1", "2"), ("k2", "3")])]);
    let (fitted, _) = fitted(&table, Length::mm(60));
    assert_eq!(fitted.widths[0], fitted.widths[2]);
}

#[test]
fn a_short_head_stands_on_one_line_and_figures_do_not_crowd_beside_an_empty_width() {
    let columns = vec![
        leaf("stt", "STT", ColumnKind::Ordinal),
        leaf("quy", "Quý", ColumnKind::Text),
        leaf("kh", "Kế hoạch", ColumnKind::Amount),
    ];
    let groups = vec![group("I", "A", GroupTotal::None)];
    let table = Table { columns, groups, ..Table::default() };
    let table = with_rows(table, &[(0, &[("quy", "Quý IV"), ("kh", "5")])]);
    let (fitted, _) = self::fitted(&table, Length::mm(165));
    assert!(fitted.widths[2] > width("Kế hoạch", fitted.size, Face4::BOLD) * 2);
    assert!(fitted.widths[1] < Length::mm(110));
    assert!(fitted.widths[0] < Length::mm(13), "ordinals need no room");
    let mut upright = table.clone();
    upright.columns[2].upright = Some(true);
    let (fitted, _) = self::fitted(&upright, Length::mm(165));
    assert!(fitted.widths[2] < Length::mm(13), "a column whose head stands upright stays narrow");
}

#[test]
fn a_table_with_nothing_in_it_is_not_folded_away() {
    let columns = vec![
        leaf("stt", "STT", ColumnKind::Ordinal),
        leaf("a", "A", ColumnKind::Amount),
        leaf("b", "B", ColumnKind::Text),
    ];
    let groups = vec![group("I", "A", GroupTotal::None)];
    let table = with_rows(Table { columns, groups, ..Table::default() }, &[(0, &[])]);
    assert_eq!(table.without_blank_columns(), table);
}

#[test]
fn a_figure_of_an_inner_group_is_italic_and_has_room_to_lean() {
    let inner = Group { parent: Some(0), ..group("I.1", "B", GroupTotal::Computed) };
    let table = Table {
        columns: vec![
            leaf("ten", "Tên", ColumnKind::Text),
            leaf("a", "A", ColumnKind::Amount),
            leaf("b", "B", ColumnKind::Amount),
        ],
        groups: vec![group("I", "A", GroupTotal::None), inner],
        ..Table::default()
    };
    let table = with_rows(table, &[(1, &[("ten", "Cầu"), ("a", "180.500"), ("b", "7")])]);
    let (fitted, _) = fitted(&table, Length::mm(100));
    let text = width("180.500", fitted.size, Face4 { bold: true, italic: true });
    let lean = fit::pitch(fitted.size) / 12;
    assert!(fitted.widths[1] >= text + lean + fit::padding(fitted.size) * 2);
}
