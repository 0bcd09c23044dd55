//! `vanthu watch`: a case is rendered again whenever it, a table or a wording is saved.
//!
//! ```text
//! events, or a second ──look──▶ changed? ──quiet──▶ prepare ──wrong?──▶ still the same? ──▶ say what
//!                                                      └──right──▶ write ──▶ say how long it took
//! ```
//!
//! *Invariants*: what is looked at is what was read, so its own files and those of an
//! editor mean nothing; a file that is half saved is not told of as wrong; the same
//! findings are told once; what was written last stays while something is wrong.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::args::WatchArgs;
use super::events::Events;
use super::job::{self, Done, How, Job};
use super::look::{Care, Look};
use super::office::near;
use super::say::warn;
use super::{Exit, ending, issue, report};
use crate::case::FILE_NAME;
use crate::render::{self, Findings, Office, Prepared};
use crate::templates::Templates;
use crate::vi::text;

/// How often to look without being told to.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// An editor that saves is given so long without another event.
const QUIET: Duration = Duration::from_millis(15);
/// So long an editor may leave a file empty or away while it saves it.
const SAVING: Duration = Duration::from_millis(700);
/// So long what is wrong must stay as it is before it is told.
const CALM: Duration = Duration::from_millis(300);

pub fn run(args: &WatchArgs) -> Exit {
    if let Some(standing) = issue::standing(&args.case) {
        warn(&text::visible(&standing));
        return Exit::Found;
    }
    let mut watch = match Watch::new(args, Events::new()) {
        Ok(watch) => watch,
        Err(findings) => {
            warn(&report::text(&findings, &std::io::stderr()));
            return Exit::Unusable;
        }
    };
    // Where the system takes no wishes Ctrl-C still ends the program, with its own code.
    let _ = ending::on_ctrl_c(|| sayln!("Đã dừng theo dõi."));
    let wording = match &args.output.root {
        Some(root) => format!(" và lời văn trong {}", root.display()),
        None => String::new(),
    };
    sayln!("Đang theo dõi {}{wording}; nhấn Ctrl-C để dừng.", args.case.display());
    watch.refresh(Instant::now());
    loop {
        let begun = watch.wait();
        watch.refresh(begun);
    }
}

struct Watch {
    job: Job,
    how: How,
    root: Option<PathBuf>,
    events: Events,
    /// The files of the case: the YAML file and the data files that it names.
    files: BTreeSet<PathBuf>,
    /// As everything was when it was rendered last.
    seen: Seen,
    /// The office, and the templates as they were when it was read.
    office: Option<(Look, Office)>,
    told: Told,
}

/// The case and the templates at one moment; they are apart since an office is read
/// again only when a template has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Seen {
    case: Look,
    templates: Look,
}

/// What the clerk knows already.
#[derive(Default)]
struct Told {
    /// The findings that stand above.
    warned: String,
    is_wrong: bool,
    is_written: bool,
    is_slow: bool,
}

impl Watch {
    /// # Errors
    /// When the case or the office's folder is not there at all.
    fn new(args: &WatchArgs, events: Events) -> Result<Self, Findings> {
        let of_office = || near(&args.case).map(|place| place.templates());
        let root = args.output.root.clone().or_else(|| of_office().filter(|own| own.is_dir()));
        if root.as_deref().is_some_and(|root| !root.is_dir()) {
            super::office(root.as_deref())?;
        }
        let mut job = Job::new(&args.case, args.output.out.as_deref());
        if job.case.is_dir() {
            // The folder may go and come back; what is read in it stays the same.
            job.case.push(FILE_NAME);
        }
        let how = How::new(&args.output);
        if !job.case.exists() {
            let office = Office::open(None)?;
            render::prepare(&job.case, &office, how.stage)?;
        }
        let files = BTreeSet::from([job.case.clone()]);
        let (seen, told) = (Seen::default(), Told::default());
        Ok(Self { job, how, root, events, files, seen, office: None, told })
    }

    /// Waits until something has changed; when that was noticed.
    fn wait(&mut self) -> Instant {
        let mut care = Care::Outside;
        self.watch_folders();
        loop {
            let begun = Instant::now();
            if self.look(care) != self.seen {
                return begun;
            }
            care = if self.events.wait(LOOK_AGAIN) {
                Care::Content
            } else {
                // A folder that was away may be there again.
                self.watch_folders();
                Care::Outside
            };
        }
    }

    /// Renders what is there and says so in a line.
    fn refresh(&mut self, begun: Instant) {
        let before = self.seen.clone();
        let done = loop {
            self.seen = self.settled(&before);
            let prepared = self.prepare();
            let is_right = prepared.as_ref().is_ok_and(|prepared| !prepared.findings.has_errors());
            if is_right || self.stays_calm() {
                break job::write(&self.job, prepared, &self.how);
            }
        };
        let changed = if before == Seen::default() { vec![] } else { self.changed(&before) };
        self.tell(&done, &changed, begun.elapsed());
    }

    /// What there is once nobody saves any more.
    fn settled(&self, before: &Seen) -> Seen {
        let begun = Instant::now();
        loop {
            self.events.quiet(QUIET);
            let seen = self.look(Care::Content);
            let is_unfinished = seen.case.is_unfinished(&before.case)
                || seen.templates.is_unfinished(&before.templates);
            if !is_unfinished || begun.elapsed() > SAVING {
                return seen;
            }
        }
    }

    /// Whether nothing changes for a while: a file that is half saved may be wrong.
    fn stays_calm(&self) -> bool {
        let begun = Instant::now();
        while let Some(left) = CALM.checked_sub(begun.elapsed()) {
            self.events.wait(left.min(CALM / 4));
            if self.look(Care::Content) != self.seen {
                return false;
            }
        }
        true
    }

    /// Reads the case, again when it names a file that was not looked at before it was read.
    fn prepare(&mut self) -> Result<Prepared, Findings> {
        let known = self.office.take().filter(|(of, _)| *of == self.seen.templates);
        let office = match known {
            Some((_, office)) => office,
            None => super::office(self.root.as_deref())?,
        };
        let (_, office) = self.office.insert((self.seen.templates.clone(), office));
        loop {
            let prepared = render::prepare(&self.job.case, office, self.how.stage);
            let asked = match &prepared {
                Ok(prepared) => &prepared.findings.files,
                Err(findings) => &findings.files,
            };
            let mut files: BTreeSet<PathBuf> = asked.iter().cloned().collect();
            files.insert(self.job.case.clone());
            let is_known = files.is_subset(&self.files);
            self.files = files;
            if is_known {
                self.seen.case.keep(&self.files);
                return prepared;
            }
            self.seen.case = Look::at(&self.files, &Look::default(), Care::Content);
        }
    }

    fn look(&self, care: Care) -> Seen {
        let templates = self.root.as_deref().map(Templates::paths).unwrap_or_default();
        Seen {
            case: Look::at(&self.files, &self.seen.case, care),
            templates: Look::at(&templates.into_iter().collect(), &self.seen.templates, care),
        }
    }

    /// The names of what has changed, as the clerk knows them.
    fn changed(&self, before: &Seen) -> Vec<String> {
        let home = self.job.case.parent().unwrap_or(Path::new(""));
        let root = self.root.as_deref().unwrap_or(home);
        let name = |path: &Path, base: &Path| {
            path.strip_prefix(base).unwrap_or(path).display().to_string()
        };
        let case = self.seen.case.since(&before.case).map(|path| name(path, home));
        let templates = self.seen.templates.since(&before.templates).map(|path| name(path, root));
        case.chain(templates).collect()
    }

    /// Asks the system to tell of the folders where something may be saved.
    fn watch_folders(&mut self) {
        let templates = self.root.as_deref().map(Templates::paths).unwrap_or_default();
        let parents = self.files.iter().chain(&templates).filter_map(|path| path.parent());
        let here = |folder: &Path| {
            if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() }
        };
        let folders = parents.chain(self.root.as_deref()).map(here).collect();
        if !self.events.watch(&folders) && !self.told.is_slow {
            self.told.is_slow = true;
            sayln!("Hệ thống không báo khi tệp ở đây thay đổi; chương trình tự xem lại mỗi giây.");
        }
    }

    fn tell(&mut self, done: &Done, changed: &[String], took: Duration) {
        let is_gone = !self.seen.case.has(&self.job.case);
        let warned = if is_gone { gone(&self.job.case) } else { done.warned.clone() };
        let is_told = !warned.is_empty() && warned == self.told.warned;
        if !is_told {
            warn(&warned);
        }
        let changed = match changed {
            [] => String::new(),
            changed => format!(" (thay đổi: {})", changed.join(", ")),
        };
        let line = if done.said.is_empty() {
            let why = if is_told {
                "vẫn như đã báo ở trên"
            } else {
                "xem thông báo ở trên"
            };
            let kept = if self.told.is_written {
                "; bản xuất lần trước giữ nguyên"
            } else {
                ""
            };
            format!("Chưa xuất{changed}: {why}{kept}.")
        } else {
            let right = if self.told.is_wrong { "Đã hết lỗi. " } else { "" };
            let seconds = format!("{:.2}", took.as_secs_f64()).replace('.', ",");
            format!("{right}{}, mất {seconds} giây{changed}", done.said.trim_end())
        };
        sayln!("{} {line}", time_of_day());
        self.told.is_wrong = done.said.is_empty();
        self.told.is_written |= !done.said.is_empty();
        self.told.warned = warned;
    }
}

/// What is said when the case, or its folder, was deleted or got another name.
fn gone(case: &Path) -> String {
    format!(
        "lỗi: không còn thấy hồ sơ {}\n  = gợi ý: đã đổi tên hoặc chuyển hồ sơ thì nhấn Ctrl-C rồi chạy lại với tên mới; hồ sơ trở lại chỗ cũ thì chương trình tự xuất tiếp\n",
        case.display()
    )
}

/// So that of many lines the clerk knows the last.
#[allow(clippy::disallowed_methods, reason = "it is told on the terminal and in no document")]
fn time_of_day() -> String {
    chrono::Local::now().format("%H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::super::args::{Cli, Command};
    use super::*;

    fn watch(case: &Path, events: Events) -> Watch {
        let args = [Path::new("vanthu"), Path::new("watch"), case];
        let Command::Watch(args) = Cli::try_parse_from(args).unwrap().command else { panic!() };
        Watch::new(&args, events).ok().unwrap()
    }

    fn sample(folder: &Path) -> PathBuf {
        let case = folder.join("ho_so");
        std::fs::create_dir(&case).unwrap();
        let good = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/sai/_tot/csv");
        for name in ["ho_so.yaml", "du_an.csv"] {
            std::fs::copy(good.join(name), case.join(name)).unwrap();
        }
        case
    }

    #[test]
    fn a_save_is_noticed_where_the_system_tells_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let case = sample(folder.path());
        let mut watch = watch(&case, Events::none());
        watch.refresh(Instant::now());
        let pdf = std::fs::read(case.join("ho_so.pdf")).unwrap();
        let table = std::fs::read_to_string(case.join("du_an.csv")).unwrap();
        std::fs::write(case.join("du_an.csv"), table.replace("Bến xe", "Nhà ga")).unwrap();
        let begun = watch.wait();
        watch.refresh(begun);
        assert!(std::fs::read(case.join("ho_so.pdf")).unwrap() != pdf);
        assert!(watch.told.is_slow);
    }

    #[test]
    fn the_files_that_a_case_names_are_looked_at_and_no_others() {
        let folder = tempfile::tempdir().unwrap();
        let case = sample(folder.path());
        let mut watch = watch(&case, Events::none());
        watch.refresh(Instant::now());
        assert_eq!(
            watch.files,
            BTreeSet::from(["du_an.csv", FILE_NAME].map(|name| case.join(name)))
        );
        assert_eq!(watch.seen, watch.look(Care::Content), "what it writes is not looked at");
    }

    #[test]
    fn an_office_is_read_again_only_when_a_template_has_changed() {
        let folder = tempfile::tempdir().unwrap();
        let case = sample(folder.path());
        let root = folder.path().join("mau");
        std::fs::create_dir(&root).unwrap();
        let mut watch = watch(&case, Events::none());
        watch.root = Some(root.clone());
        watch.refresh(Instant::now());
        let office = |watch: &Watch| {
            let (_, office) = watch.office.as_ref().unwrap();
            std::ptr::from_ref(office.catalog.document_type("bao_cao").unwrap())
        };
        let (first, pdf) = (office(&watch), std::fs::read(case.join("ho_so.pdf")).unwrap());
        std::fs::write(case.join("du_an.csv"), "nhom,ten_du_an,nstw,nsdp\nI,a,1,2\n").unwrap();
        watch.refresh(Instant::now());
        assert_eq!(office(&watch), first);
        let other = std::fs::read(case.join("ho_so.pdf")).unwrap();
        assert!(other != pdf);
        std::fs::write(root.join("cau_hinh.yaml"), "co_chu_noi_dung: 13\n").unwrap();
        watch.refresh(Instant::now());
        assert!(std::fs::read(case.join("ho_so.pdf")).unwrap() != other);
    }
}
