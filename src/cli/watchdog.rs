//! The last net under the limits of a wording: a run that is not over in time ends the
//! program.
//!
//! *Invariants*: only runs of wordings are watched, so no table is too long for it; it
//! counts its own looks and not the clock on the wall, so that a machine that sleeps or is
//! stopped is not taken for a wording that runs.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{Exit, ending};
use crate::wording;

/// How often it looks.
const LOOK: Duration = Duration::from_millis(250);
/// After so many looks a run is taken to be without end: 8 seconds, where the dearest run
/// that the fuel allows takes less than one on a machine at rest. A build that is not
/// optimised takes ten times as long, and is tested on machines that do other things.
const PATIENCE: u32 = if cfg!(debug_assertions) { 384 } else { 32 };

/// Watches from now on, beside the work.
pub fn start() {
    // Without a thread to spare the other limits still hold.
    let _ = std::thread::Builder::new().name("watchdog".to_owned()).spawn(|| {
        let mut watchdog = Watchdog::default();
        loop {
            std::thread::sleep(LOOK);
            if let Some(name) = watchdog.look(wording::in_progress(), PATIENCE) {
                ending::end(Exit::Unusable, || warnln!("{}", message(&name)));
            }
        }
    });
}

/// How often each run was seen.
#[derive(Default)]
struct Watchdog(BTreeMap<u64, u32>);

impl Watchdog {
    /// Looks once; the name of a run that was seen too often.
    fn look(&mut self, runs: BTreeMap<u64, String>, patience: u32) -> Option<String> {
        self.0.retain(|number, _| runs.contains_key(number));
        runs.into_iter().find_map(|(number, name)| {
            let seen = self.0.entry(number).or_default();
            *seen += 1;
            (*seen > patience).then_some(name)
        })
    }
}

fn message(name: &str) -> String {
    let seconds = LOOK.as_millis() * u128::from(PATIENCE) / 1000;
    format!(
        "lỗi: lời văn {name} chạy quá {seconds} giây chưa xong, nên chương trình dừng; văn bản dùng lời văn này chưa được ghi\n  = gợi ý: bớt vòng lặp và biểu thức dài trong lời văn ấy"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(numbers: &[u64]) -> BTreeMap<u64, String> {
        numbers.iter().map(|number| (*number, format!("mau/{number}.md"))).collect()
    }

    #[test]
    fn a_run_that_is_seen_too_often_is_told_by_its_name() {
        let mut watchdog = Watchdog::default();
        for _ in 0..3 {
            assert_eq!(watchdog.look(runs(&[7]), 3), None);
        }
        assert_eq!(watchdog.look(runs(&[7]), 3).as_deref(), Some("mau/7.md"));
    }

    #[test]
    fn many_runs_one_after_another_are_none_too_long() {
        let mut watchdog = Watchdog::default();
        for number in 0..100 {
            assert_eq!(watchdog.look(runs(&[number, number + 1]), 3), None);
        }
    }

    /// The real counter of the wordings: a run is seen while it lasts, and no longer.
    #[test]
    fn a_run_is_in_progress_until_it_is_dropped() {
        let mut watchdog = Watchdog::default();
        let name = "mau/that_long.md";
        let of_this_test = |runs: BTreeMap<u64, String>| -> BTreeMap<u64, String> {
            runs.into_iter().filter(|(_, own)| own == name).collect()
        };
        let running = wording::running(name);
        let mut barked = None;
        for _ in 0..=PATIENCE {
            barked = watchdog.look(of_this_test(wording::in_progress()), PATIENCE);
        }
        assert_eq!(barked.as_deref(), Some(name));
        let told = message(name);
        assert!(told.starts_with("lỗi: lời văn mau/that_long.md chạy quá "), "{told}");
        drop(running);
        assert_eq!(watchdog.look(of_this_test(wording::in_progress()), 0), None);
    }
}
