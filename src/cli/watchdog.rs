//! The last net under the limits of a wording: a run that stands still ends the program.
//!
//! *Invariants*: the clock ends nothing that moves. Fuel and the cap of the output bound the
//! steps of a run, the same on every machine; only a run that takes no step for
//! [`PATIENCE`] looks is ended, so that a slow or busy machine only waits longer. Only runs
//! of wordings are watched, so no table is too long for it; it counts its own looks and not
//! the clock on the wall, so that a machine that sleeps or is stopped is not taken for a
//! wording that runs.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{Exit, ending};
use crate::wording::{self, Seen};

/// How often it looks.
const LOOK: Duration = Duration::from_millis(250);
/// After so many looks without a step a run is taken to be without end: 8 seconds, where the
/// dearest step takes some thousandths on a machine at rest. A build that is not optimised
/// takes ten times as long, and is tested on machines that do other things.
const PATIENCE: u32 = if cfg!(debug_assertions) { 2400 } else { 32 };

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

/// What is known of each run.
#[derive(Default)]
struct Watchdog(BTreeMap<u64, Known>);

/// The steps of a run when it last moved, and how often it was seen since.
#[derive(Default)]
struct Known {
    steps: u64,
    looks: u32,
}

impl Watchdog {
    /// Looks once; the name of a run that was seen too often without a step.
    fn look(&mut self, runs: BTreeMap<u64, Seen>, patience: u32) -> Option<String> {
        self.0.retain(|number, _| runs.contains_key(number));
        runs.into_iter().find_map(|(number, Seen { name, steps })| {
            let known = self.0.entry(number).or_default();
            if known.steps != steps {
                *known = Known { steps, looks: 0 };
            }
            known.looks += 1;
            (known.looks > patience).then_some(name)
        })
    }
}

fn message(name: &str) -> String {
    let seconds = LOOK.as_millis() * u128::from(PATIENCE) / 1000;
    format!(
        "lỗi: lời văn {name} đứng yên một chỗ quá {seconds} giây, nên chương trình dừng; văn bản dùng lời văn này chưa được ghi\n  = gợi ý: bớt vòng lặp và biểu thức dài trong lời văn ấy"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(numbers: &[u64], steps: u64) -> BTreeMap<u64, Seen> {
        let seen = |number: &u64| Seen { name: format!("mau/{number}.md"), steps };
        numbers.iter().map(|number| (*number, seen(number))).collect()
    }

    #[test]
    fn a_run_that_is_seen_too_often_without_a_step_is_told_by_its_name() {
        let mut watchdog = Watchdog::default();
        for _ in 0..3 {
            assert_eq!(watchdog.look(runs(&[7], 5), 3), None);
        }
        assert_eq!(watchdog.look(runs(&[7], 5), 3).as_deref(), Some("mau/7.md"));
    }

    #[test]
    fn a_run_that_moves_is_none_too_long_however_slow_it_is() {
        let mut watchdog = Watchdog::default();
        for look in 0..1000 {
            assert_eq!(watchdog.look(runs(&[7], look / 3), 3), None);
        }
    }

    #[test]
    fn many_runs_one_after_another_are_none_too_long() {
        let mut watchdog = Watchdog::default();
        for number in 0..100 {
            assert_eq!(watchdog.look(runs(&[number, number + 1], 5), 3), None);
        }
    }

    /// The real counter of the wordings: a run is seen while it lasts, and no longer; what it
    /// does is seen, and what other threads do is not taken for it.
    #[test]
    fn a_run_is_in_progress_until_it_is_dropped_and_its_steps_are_its_own() {
        let mut watchdog = Watchdog::default();
        let name = "mau/that_long.md";
        let of_this_test = |runs: BTreeMap<u64, Seen>| -> BTreeMap<u64, Seen> {
            runs.into_iter().filter(|(_, own)| own.name == name).collect()
        };
        let running = wording::running(name);
        for _ in 0..3 {
            assert_eq!(watchdog.look(of_this_test(wording::in_progress()), 1), None);
            wording::run_step();
        }
        let mut barked = None;
        for _ in 0..=3 {
            std::thread::spawn(wording::run_step).join().unwrap();
            barked = watchdog.look(of_this_test(wording::in_progress()), 3);
        }
        assert_eq!(barked.as_deref(), Some(name));
        let told = message(name);
        assert!(told.starts_with("lỗi: lời văn mau/that_long.md đứng yên "), "{told}");
        drop(running);
        assert_eq!(watchdog.look(of_this_test(wording::in_progress()), 0), None);
    }
}
