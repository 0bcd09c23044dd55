//! Processes that end in the middle of a word.

use std::time::Duration;

use vanthu::archive::place::Place;
use vanthu::archive::register::{Filter, Register};
use vanthu::archive::{Act, Failure, Lock, RequestId, State};

use super::office::{AT, Office, act, empty_place, series, wish};
use super::processes::{Process, say, start};
use super::random::Random;
use super::records::records;
use super::tampering::Content;

/// What came of the kills.
#[derive(Default)]
pub struct Kills {
    pub killed: usize,
    /// Said before the kill, and found after it.
    pub numbers: usize,
    pub acts: usize,
    /// Wishes that had their number and had not heard of it.
    pub again: usize,
}

const WRITERS: usize = 3;

/// In each round some processes write, each is killed at a moment of its own, and the wish it was
/// at is made again, as a clerk would. Every wish is then one row, and there is no other.
pub fn kill_writers(rounds: usize) -> Kills {
    let mut random = Random(7);
    let mut run = Kills::default();
    let mut office = Office::new();
    let mut wishes = 0;
    for round in 0..rounds {
        // Verification reads every row; a register that grows for ever would be all it does.
        if round % 20 == 0 {
            office = Office::new();
            wishes = 0;
        }
        let said = write_and_die(&office, round, &mut random);
        let register = Register::open(&office.place).unwrap();
        assert_eq!(register.verify().unwrap(), [], "round {round}");
        for (writer, lines) in said.iter().enumerate() {
            let given = lines.iter().filter(|line| line.starts_with("given")).count();
            for line in lines {
                must_stand(&register, line);
            }
            run.killed += 1;
            run.numbers += given;
            run.acts += lines.len() - given;
            let given = office.register.reserve(&nth_wish(round, writer, given)).unwrap();
            run.again += usize::from(given.again);
            wishes += lines.iter().filter(|line| line.starts_with("given")).count() + 1;
        }
        let rows = office.register.rows(&Filter::default()).unwrap();
        let numbers: Vec<usize> = rows.iter().map(|row| row.entry.key.number as usize).collect();
        assert_eq!(numbers, (1..=wishes).collect::<Vec<_>>(), "round {round}");
        assert_eq!(office.register.verify().unwrap(), [], "round {round}");
    }
    run
}

/// What each process said before it was killed: `given REQUEST NUMBER`, `issued REQUEST NUMBER`.
fn write_and_die(office: &Office, round: usize, random: &mut Random) -> Vec<Vec<String>> {
    let mut running: Vec<Process> = (0..WRITERS)
        .map(|writer| {
            let arguments = [round.to_string(), writer.to_string()];
            start("work", office.folder.path(), &arguments)
        })
        .collect();
    // It is not waited for: some die while they open the register.
    running.iter_mut().for_each(Process::go);
    let mut said: Vec<Vec<String>> = Vec::new();
    for process in &mut running {
        // So much is done before the kill on any machine; the moment after it is chance.
        let least = random.below(10);
        said.push(std::iter::from_fn(|| process.line()).take(least).collect());
        std::thread::sleep(Duration::from_micros(random.below(20_000) as u64));
        process.child.kill().unwrap();
    }
    for (process, said) in running.iter_mut().zip(&mut said) {
        process.child.wait().unwrap();
        said.extend(std::iter::from_fn(|| process.line()));
        said.retain(|line| line != "ready");
    }
    said
}

fn must_stand(register: &Register, line: &str) {
    let [what, request, number] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
    let row = register.by_request(&RequestId::parse(request).unwrap()).unwrap().unwrap();
    assert_eq!(row.entry.key.number.to_string(), number, "{line}");
    if what == "issued" {
        assert_eq!(row.entry.state, State::Issued, "{line}");
    }
}

fn nth_wish(round: usize, writer: usize, n: usize) -> vanthu::archive::register::Wish {
    wish(&series(2026), u128::try_from((round * 100 + writer) * 100_000 + n).unwrap())
}

/// In a process of its own: numbers, every second of them issued, until it is killed.
pub fn work(register: &mut Register, place: &Place, arguments: &[String]) {
    let [round, writer] = arguments else { panic!("{arguments:?}") };
    let (round, writer): (usize, usize) = (round.parse().unwrap(), writer.parse().unwrap());
    for n in 0.. {
        let wish = nth_wish(round, writer, n);
        let _lock = Lock::hold(place).unwrap();
        let key = register.reserve(&wish).unwrap().key;
        say(format!("given {} {}", wish.request.as_str(), key.number));
        if n % 2 == 0 {
            act(register, &key, Act::Issue, State::Issued).unwrap();
            say(format!("issued {} {}", wish.request.as_str(), key.number));
        }
    }
}

/// What came of rebuilds that were killed.
#[derive(Default)]
pub struct Rebuilds {
    /// Whole rebuilds that were said before the kill.
    pub done: usize,
    /// The old register was put aside and the new one not yet in its place.
    pub without_register: usize,
}

const RECORDS: u32 = 40;

/// A process makes the register again and again until it is killed; the next rebuild gives the
/// same as ever, reservations that have no record among it.
pub fn kill_rebuilds(rounds: usize) -> Rebuilds {
    let (folder, place) = empty_place();
    let mut register =
        Register::rebuild(&place, records(RECORDS), AT, "Trần Thị B").unwrap().register;
    for request in 0..3 {
        register.reserve(&wish(&series(2026), 1_000 + request)).unwrap();
    }
    let before = Content::of(&register).unwrap();
    drop(register);
    let mut random = Random(11);
    let mut run = Rebuilds::default();
    for round in 0..rounds {
        let mut process = start("rebuild", folder.path(), &[]);
        process.go();
        assert_eq!(process.line().as_deref(), Some("ready"));
        std::thread::sleep(Duration::from_micros(random.below(150_000) as u64));
        process.child.kill().unwrap();
        process.child.wait().unwrap();
        run.done += std::iter::from_fn(|| process.line()).count();
        match Register::open(&place) {
            Ok(register) => assert!(Content::of(&register).unwrap() == before, "round {round}"),
            Err(Failure::Refused { message, .. }) => {
                assert!(message.starts_with("không có sổ đăng ký"), "{message}");
                run.without_register += 1;
            }
            Err(failure) => panic!("round {round}: {failure}"),
        }
        let again = Register::rebuild(&place, records(RECORDS), AT, "Trần Thị B").unwrap();
        assert!(Content::of(&again.register).unwrap() == before, "round {round}");
        assert_eq!(again.register.verify().unwrap(), [], "round {round}");
    }
    run
}

/// In a process of its own.
pub fn rebuild(place: &Place) {
    loop {
        Register::rebuild(place, records(RECORDS), AT, "Trần Thị B").unwrap();
        say("rebuilt");
    }
}
