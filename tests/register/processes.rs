//! Processes of their own: the tests' own program, started again for one task.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// Says to a test program that was started again what to do.
const TASK: &str = "VANTHU_TEST_TASK";
/// What its lines begin with, among those of the test harness.
const MARK: &str = "= ";

/// A running process. It waits for [`Process::go`] once it is ready.
pub struct Process {
    pub child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
}

/// Starts this program again to run the test `a_process_of_its_own` with a task.
pub fn start(task: &str, folder: &Path, arguments: &[String]) -> Process {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "a_process_of_its_own", "--nocapture", "--test-threads=1"])
        .env(TASK, format!("{task}\n{}\n{}", folder.display(), arguments.join("\n")))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let stdin = child.stdin.take().unwrap();
    let stdout = BufReader::new(child.stdout.take().unwrap());
    Process { child, stdin, stdout }
}

impl Process {
    pub fn go(&mut self) {
        self.stdin.write_all(b"\n").unwrap();
    }

    /// The next line it says, or nothing when it has ended.
    pub fn line(&mut self) -> Option<String> {
        loop {
            let mut line = String::new();
            if self.stdout.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            // The harness leaves its own line open.
            if let Some((_, said)) = line.split_once(MARK) {
                return Some(said.trim_end().to_owned());
            }
        }
    }

    /// Everything it still says, until it ends well.
    pub fn lines(mut self) -> Vec<String> {
        let lines = std::iter::from_fn(|| self.line()).collect();
        assert!(self.child.wait().unwrap().success());
        lines
    }
}

/// In the process itself: its task, folder and arguments; `None` in an ordinary run.
pub fn task() -> Option<(String, String, Vec<String>)> {
    let task = std::env::var(TASK).ok()?;
    let mut parts = task.split('\n').map(str::to_owned);
    Some((parts.next()?, parts.next()?, parts.filter(|part| !part.is_empty()).collect()))
}

/// In the process itself: a line for the one that started it.
pub fn say(line: impl std::fmt::Display) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{MARK}{line}").unwrap();
    out.flush().unwrap();
}

/// In the process itself: ready, and wait for the others.
pub fn ready() {
    say("ready");
    wait();
}

/// In the process itself: until the other says go.
pub fn wait() {
    std::io::stdin().lock().read_line(&mut String::new()).unwrap();
}
