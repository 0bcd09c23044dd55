//! Which rows a declared line of sums covers, when it does not cover all.
//!
//! What a clerk is likely to have left out is tried first: a group, the last rows, one
//! row or two, all but a run of rows. Then, in a table of up to [`EVERY_SUBSET`] rows that
//! are not nought, every set of rows, in two halves whose sums are matched. Sums are
//! compared as one number, a fixed combination of all columns modulo 2^64, and every
//! match is added up again exactly.

use std::collections::BTreeMap;

use crate::model::Amount;

/// Up to so many rows every set of them is tried: 2 × 2^20 sums, a moment.
pub const EVERY_SUBSET: usize = 40;

/// Rows that add up to every figure of a line at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covered {
    /// For each row, whether it is counted. Rows of noughts and blanks change no sum and count.
    pub rows: Vec<bool>,
    /// Whether no other set of rows does so; false where not all were tried.
    pub only: bool,
}

/// Figures of rows against those of a line.
pub struct Search<'a> {
    /// By row, then by column.
    pub values: &'a [Vec<Amount>],
    pub target: &'a [Amount],
    /// For each row its group; rows outside groups have none.
    pub groups: &'a [Option<usize>],
}

impl Search<'_> {
    /// A set of rows with exactly these sums; nothing when none was found.
    pub fn run(&self) -> Option<Covered> {
        let scale = self.scale();
        let keys: Vec<u64> = self.values.iter().map(|row| key(row, scale)).collect();
        let target = key(self.target, scale);
        let counts = |row: usize| self.values[row].iter().any(|amount| !amount.is_zero());
        let counted: Vec<usize> = (0..self.values.len()).filter(|&row| counts(row)).collect();
        let likely = self.likely(&keys, target).map(|rows| {
            let covered = rows.into_iter().enumerate();
            covered.map(|(row, covered)| covered || !counts(row)).collect()
        });
        if counted.len() > EVERY_SUBSET {
            return likely.map(|rows| Covered { rows, only: false });
        }
        let answers = self.every(&counted, &keys, target);
        let only = answers.len() == 1;
        let rows = likely.or_else(|| answers.into_iter().next())?;
        Some(Covered { rows, only })
    }

    /// The most decimals of any figure.
    fn scale(&self) -> u32 {
        let figures = self.values.iter().flatten().chain(self.target);
        figures.map(|amount| amount.decimal().scale()).max().unwrap_or(0)
    }

    /// The first likely set that adds up.
    fn likely(&self, keys: &[u64], target: u64) -> Option<Vec<bool>> {
        self.without_a_group(keys, target)
            .or_else(|| self.up_to_a_row(keys, target))
            .or_else(|| self.without_rows(keys, target))
            .or_else(|| self.without_a_run(keys, target))
    }

    fn without_a_group(&self, keys: &[u64], target: u64) -> Option<Vec<bool>> {
        let last = self.groups.iter().flatten().max()?;
        (0..=*last).find_map(|group| {
            let chosen: Vec<bool> = self.groups.iter().map(|own| *own != Some(group)).collect();
            self.checked(chosen, keys, target)
        })
    }

    fn up_to_a_row(&self, keys: &[u64], target: u64) -> Option<Vec<bool>> {
        let mut sum = 0_u64;
        (0..keys.len()).find_map(|row| {
            sum = sum.wrapping_add(keys[row]);
            let chosen = || (0..keys.len()).map(|other| other <= row).collect();
            (sum == target).then(chosen).and_then(|chosen| self.exactly(chosen))
        })
    }

    /// One row left out, or two.
    fn without_rows(&self, keys: &[u64], target: u64) -> Option<Vec<bool>> {
        let missing = sum(keys.iter().copied()).wrapping_sub(target);
        let without = |left: &[usize]| {
            let chosen = (0..keys.len()).map(|row| !left.contains(&row)).collect();
            self.exactly(chosen)
        };
        let one = (0..keys.len()).filter(|&row| keys[row] == missing);
        if let Some(found) = one.clone().find_map(|row| without(&[row])) {
            return Some(found);
        }
        let mut seen: BTreeMap<u64, usize> = BTreeMap::new();
        (0..keys.len()).find_map(|row| {
            let partner = seen.get(&missing.wrapping_sub(keys[row])).copied();
            seen.entry(keys[row]).or_insert(row);
            partner.and_then(|partner| without(&[partner, row]))
        })
    }

    /// Rows that follow one another left out.
    fn without_a_run(&self, keys: &[u64], target: u64) -> Option<Vec<bool>> {
        let missing = sum(keys.iter().copied()).wrapping_sub(target);
        let mut starts = BTreeMap::from([(0_u64, 0)]);
        let mut sum = 0_u64;
        (0..keys.len()).find_map(|row| {
            sum = sum.wrapping_add(keys[row]);
            let start = starts.get(&sum.wrapping_sub(missing)).copied();
            starts.entry(sum).or_insert(row + 1);
            let start = start?;
            self.exactly((0..keys.len()).map(|other| !(start..=row).contains(&other)).collect())
        })
    }

    /// Every set of the rows that count, fullest first; two answers are as good as all.
    fn every(&self, counted: &[usize], keys: &[u64], target: u64) -> Vec<Vec<bool>> {
        let (first, second) = counted.split_at(counted.len() / 2);
        let mut firsts: Vec<(u64, u32)> = sums(first, keys);
        firsts.sort_unstable();
        let mut answers = Vec::new();
        for (sum, mask) in sums(second, keys).into_iter().rev() {
            let wanted = target.wrapping_sub(sum);
            let from = firsts.partition_point(|&(sum, _)| sum < wanted);
            let to = firsts.partition_point(|&(sum, _)| sum <= wanted);
            for &(_, other) in firsts[from..to].iter().rev() {
                let mut chosen = vec![true; self.values.len()];
                leave_out(first, other, &mut chosen);
                leave_out(second, mask, &mut chosen);
                answers.extend(self.exactly(chosen));
                if answers.len() > 1 {
                    return answers;
                }
            }
        }
        answers
    }

    fn checked(&self, chosen: Vec<bool>, keys: &[u64], target: u64) -> Option<Vec<bool>> {
        let chosen_keys = keys.iter().zip(&chosen).filter(|(_, on)| **on).map(|(key, _)| *key);
        if sum(chosen_keys) == target { self.exactly(chosen) } else { None }
    }

    /// The set, when its sums are the target to the last decimal.
    fn exactly(&self, chosen: Vec<bool>) -> Option<Vec<bool>> {
        let rows = || self.values.iter().zip(&chosen).filter(|(_, on)| **on);
        let same =
            self.target.iter().enumerate().all(|(column, target)| {
                rows().map(|(row, _)| row[column]).sum::<Amount>() == *target
            });
        same.then_some(chosen)
    }
}

/// One number for a line of figures, such that sums of numbers are numbers of sums.
fn key(figures: &[Amount], scale: u32) -> u64 {
    let mut factor = 1_u64;
    figures.iter().fold(0_u64, |key, amount| {
        // An odd factor for each column, far from those of the others.
        factor = factor.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let decimal = amount.decimal();
        let places = 10_u64.wrapping_pow(scale.saturating_sub(decimal.scale()));
        // Modulo 2^64 on purpose: what two's complement cuts off cancels out in sums.
        let digits = decimal.mantissa() as u64;
        key.wrapping_add(digits.wrapping_mul(places).wrapping_mul(factor))
    })
}

fn sum(keys: impl Iterator<Item = u64>) -> u64 {
    keys.fold(0, u64::wrapping_add)
}

/// The sum of every set of some rows (at most 20), with the set as bits.
fn sums(rows: &[usize], keys: &[u64]) -> Vec<(u64, u32)> {
    let mut sums = vec![(0_u64, 0_u32)];
    for (bit, &row) in rows.iter().enumerate() {
        let with = |&(sum, mask): &(u64, u32)| (sum.wrapping_add(keys[row]), mask | 1 << bit);
        let more: Vec<(u64, u32)> = sums.iter().map(with).collect();
        sums.extend(more);
    }
    sums
}

fn leave_out(rows: &[usize], mask: u32, chosen: &mut [bool]) {
    for (bit, &row) in rows.iter().enumerate() {
        chosen[row] = mask & (1 << bit) != 0;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn amounts(figures: &[i64]) -> Vec<Amount> {
        figures.iter().map(|figure| amount(*figure)).collect()
    }

    /// Hundredths, so that decimals take part.
    fn amount(hundredths: i64) -> Amount {
        let sign = if hundredths < 0 { "-" } else { "" };
        let (whole, part) = (hundredths.abs() / 100, hundredths.abs() % 100);
        format!("{sign}{whole},{part:02}").parse().unwrap()
    }

    fn run(values: &[Vec<Amount>], target: &[Amount]) -> Option<Covered> {
        Search { values, target, groups: &vec![None; values.len()] }.run()
    }

    #[test]
    fn the_rows_of_a_line_that_leaves_some_out_are_found() {
        let values = [amounts(&[500, 100]), amounts(&[700, 300]), amounts(&[900, 0])];
        let found = run(&values, &amounts(&[1400, 100])).unwrap();
        assert_eq!(found, Covered { rows: vec![true, false, true], only: true });
    }

    #[test]
    fn of_two_sets_one_is_given_and_said_to_have_another() {
        let values = [amounts(&[500]), amounts(&[500])];
        assert!(!run(&values, &amounts(&[500])).unwrap().only);
    }

    #[test]
    fn noughts_neither_hide_a_set_nor_make_others() {
        let values = [amounts(&[500]), amounts(&[0]), amounts(&[300])];
        let found = run(&values, &amounts(&[500])).unwrap();
        assert_eq!(found, Covered { rows: vec![true, true, false], only: true });
    }

    #[test]
    fn in_a_long_table_what_is_likely_is_found() {
        let values: Vec<Vec<Amount>> = (1..=5000).map(|n| amounts(&[n * n, n])).collect();
        let all = |left: &[usize]| -> Vec<Amount> {
            (0..2)
                .map(|column| {
                    let kept = values.iter().enumerate().filter(|(row, _)| !left.contains(row));
                    kept.map(|(_, row)| row[column]).sum()
                })
                .collect()
        };
        for left in [vec![17], vec![4, 3000], vec![4997, 4998, 4999], vec![7, 8, 9, 10]] {
            let found = run(&values, &all(&left)).unwrap();
            let out: Vec<usize> = (0..5000).filter(|&row| !found.rows[row]).collect();
            assert_eq!(out, left);
        }
        assert_eq!(run(&values, &all(&[1, 100, 1000, 4000])), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]
        #[test]
        fn a_planted_set_is_found_with_exactly_its_sums(
            rows in proptest::collection::vec(
                (-500_000_i64..5_000_000, prop_oneof![Just(0), -9_i64..90_000], any::<bool>()), 1..13),
        ) {
            let values: Vec<Vec<Amount>> = rows.iter().map(|row| amounts(&[row.0, row.1])).collect();
            let target: Vec<Amount> = [0, 1].map(|column| {
                let planted = rows.iter().zip(&values).filter(|(row, _)| row.2);
                planted.map(|(_, value)| value[column]).sum()
            }).to_vec();
            let found = run(&values, &target).unwrap();
            for (column, target) in target.iter().enumerate() {
                let sum: Amount = values.iter().zip(&found.rows)
                    .filter(|(_, on)| **on).map(|(row, _)| row[column]).sum();
                prop_assert_eq!(sum, *target);
            }
        }
    }

    #[test]
    fn forty_rows_are_searched_through() {
        // Scattered, or the figures have many sums in common.
        let value = |n: i64| {
            let mixed = n.wrapping_mul(0x2545_f491_4f6c_dd1d);
            (mixed ^ (mixed >> 29)).wrapping_mul(0x1f83_d9ab_fb41_bd6b) >> 31
        };
        let values: Vec<Vec<Amount>> =
            (1..=40).map(|n| amounts(&[value(n), value(n + 50)])).collect();
        let kept = |n: &i64| n % 3 == 0;
        let sum = |shift: i64| (1..=40).filter(kept).map(|n| value(n + shift)).sum();
        let found = run(&values, &amounts(&[sum(0), sum(50)])).unwrap();
        let rows: Vec<i64> =
            (1..=40).zip(&found.rows).filter(|(_, on)| **on).map(|(row, _)| row).collect();
        assert_eq!(rows, (1..=40).filter(kept).collect::<Vec<_>>());
    }
}
