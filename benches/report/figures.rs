//! Times and ratios, and how they are printed.

use std::fmt::Write as _;
use std::time::Duration;

pub fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort_unstable();
    times[times.len() / 2]
}

pub fn least(times: &[Duration]) -> Duration {
    times.iter().copied().min().unwrap()
}

/// The median of some numbers.
pub fn middle(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

pub fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

pub fn ms(time: Duration) -> String {
    let millis = millis(time);
    if millis < 100.0 { format!("{millis:.2}") } else { format!("{millis:.0}") }
}

/// Whether a bound is held.
pub fn verdict(what: &str, measured: f64, most: f64, unit: &str) -> String {
    let word = if measured <= most { "PASS" } else { "MISS" };
    format!("{word}: {what} {measured:.2}{unit}, at most {most:.2}{unit}")
}

/// A table of Markdown.
pub struct Table {
    text: String,
}

impl Table {
    pub fn new(title: &str, columns: &[&str]) -> Self {
        let rule = columns.iter().map(|_| "---:|").collect::<String>();
        Self { text: format!("\n| {title} | {} |\n|---|{rule}\n", columns.join(" | ")) }
    }

    pub fn row(&mut self, name: &str, cells: &[String]) {
        writeln!(self.text, "| {name} | {} |", cells.join(" | ")).unwrap();
    }

    pub fn print(self) {
        print!("{}", self.text);
    }
}
