//! Many processes at once.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use vanthu::archive::register::{Filter, Register};
use vanthu::archive::{Lock, Series};

use super::office::{Office, date, series, wish};
use super::processes::{Process, say, start};

/// What processes together did.
pub struct Run {
    pub took: Duration,
    /// The most numbers that others got while one waited for its own: a count, since how long
    /// a turn takes is the machine's affair.
    pub worst_wait: usize,
}

/// Each process keeps the register open and takes one number after another under the lock,
/// first on the last day of a year, then on the first day of the next, from two series in turn.
pub fn reserve_from(processes: usize, numbers: usize) -> Run {
    let office = Office::new();
    let mut running: Vec<Process> = (0..processes)
        .map(|process| {
            let arguments = [process.to_string(), numbers.to_string()];
            start("reserve", office.folder.path(), &arguments)
        })
        .collect();
    for process in &mut running {
        assert_eq!(process.line().as_deref(), Some("ready"));
    }
    let begun = Instant::now();
    running.iter_mut().for_each(Process::go);
    let said: Vec<String> = running.into_iter().flat_map(Process::lines).collect();
    let took = begun.elapsed();

    let mut taken: BTreeMap<(i32, String), BTreeSet<u32>> = BTreeMap::new();
    let mut worst_wait = 0;
    for line in &said {
        let parts: Vec<&str> = line.split(' ').collect();
        let [label, year, number, waited] = parts[..] else { panic!("{line}") };
        worst_wait = worst_wait.max(waited.parse().unwrap());
        let numbers = taken.entry((year.parse().unwrap(), label.to_owned())).or_default();
        assert!(numbers.insert(number.parse().unwrap()), "given twice: {line}");
    }
    assert_eq!(said.len(), processes * numbers);
    assert_eq!(taken.len(), 4);
    for ((year, label), numbers) in &taken {
        let last = u32::try_from(numbers.len()).unwrap();
        assert_eq!(numbers.last(), Some(&last), "a gap in {label} {year}");
        let filter = Filter { year: Some(*year), label: Some(label.clone()), ..Filter::default() };
        assert_eq!(office.register.count(&filter).unwrap(), numbers.len());
    }
    assert_eq!(office.register.verify().unwrap(), []);
    Run { took, worst_wait }
}

/// In a process of its own.
pub fn reserve(
    register: &mut Register,
    place: &vanthu::archive::place::Place,
    arguments: &[String],
) {
    let [process, numbers] = arguments else { panic!("{arguments:?}") };
    let (process, numbers): (usize, usize) = (process.parse().unwrap(), numbers.parse().unwrap());
    for index in 0..numbers {
        let day = date(if index < numbers / 2 { "2025-12-31" } else { "2026-01-01" });
        let label = ["chung", "quyet_dinh"][index % 2];
        let year = chrono::Datelike::year(&day);
        let series = Series { label: label.to_owned(), ..series(year) };
        let mut wish = wish(&series, u128::try_from(process * 1_000_000 + index).unwrap());
        wish.date = day;
        let before = register.count(&Filter::default()).unwrap();
        let lock = Lock::hold(place).unwrap();
        let waited = register.count(&Filter::default()).unwrap() - before;
        let given = register.reserve(&wish).unwrap();
        drop(lock);
        say(format!("{label} {year} {} {waited}", given.key.number));
    }
}

/// The same wish from many processes at once: one number.
pub fn repeat_from(processes: usize) -> BTreeSet<String> {
    let office = Office::new();
    let mut running: Vec<Process> =
        (0..processes).map(|_| start("repeat", office.folder.path(), &[])).collect();
    for process in &mut running {
        assert_eq!(process.line().as_deref(), Some("ready"));
    }
    running.iter_mut().for_each(Process::go);
    let said: Vec<String> = running.into_iter().flat_map(Process::lines).collect();
    assert_eq!(said.len(), processes);
    assert_eq!(said.iter().filter(|line| line.ends_with("false")).count(), 1);
    assert_eq!(office.register.rows(&Filter::default()).unwrap().len(), 1);
    said.iter().map(|line| line.split(' ').next().unwrap().to_owned()).collect()
}

/// In a process of its own.
pub fn repeat(register: &mut Register, place: &vanthu::archive::place::Place) {
    let _lock = Lock::hold(place).unwrap();
    let given = register.reserve(&wish(&series(2026), 7)).unwrap();
    say(format!("{} {}", given.key, given.again));
}

/// Three wait for the lock; the second is killed. Who has it, in order, and what is left of the
/// queue at the end.
pub fn queue_with_a_dead_one() -> (Vec<&'static str>, usize) {
    let office = Office::new();
    let lock = Lock::hold(&office.place).unwrap();
    let mut waiting: Vec<(&str, Process)> = Vec::new();
    for name in ["first", "second", "third"] {
        let mut process = start("hold", office.folder.path(), &[]);
        assert_eq!(process.line().as_deref(), Some("ready"));
        process.go();
        waiting.push((name, process));
        until(|| tickets(&office) == waiting.len() + 1);
    }
    let (_, mut second) = waiting.remove(1);
    second.child.kill().unwrap();
    second.child.wait().unwrap();
    drop(lock);
    let order = waiting.into_iter().map(|(name, mut process)| {
        // Only then may the next one have it.
        assert_eq!(process.line().as_deref(), Some("held"));
        process.go();
        process.lines();
        name
    });
    (order.collect(), tickets(&office))
}

/// In a process of its own.
pub fn hold(place: &vanthu::archive::place::Place) {
    let _lock = Lock::hold(place).unwrap();
    say("held");
    super::processes::wait();
}

fn tickets(office: &Office) -> usize {
    let names = std::fs::read_dir(office.place.queue()).unwrap();
    names.filter(|name| name.as_ref().unwrap().file_name() != "cua").count()
}

fn until(condition: impl Fn() -> bool) {
    let begun = Instant::now();
    while !condition() {
        // Only ends what waits for ever.
        assert!(begun.elapsed() < Duration::from_secs(3600));
        std::thread::sleep(Duration::from_millis(2));
    }
}
