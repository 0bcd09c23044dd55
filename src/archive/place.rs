//! Where an office and its archive are on the disk.

use std::path::{Path, PathBuf};

use super::{Failure, Result, disk};

/// The file that makes a folder an office (văn phòng) and holds its rules of issuing.
pub const OFFICE_FILE: &str = "van_phong.yaml";
/// The office's own wordings and agencies, laid over those of the program.
pub const TEMPLATES: &str = "mau";
/// The cases.
pub const CASES: &str = "ho_so";
/// The archive.
pub const ARCHIVE: &str = "luu_tru";

/// The folder of an office, with its archive in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    root: PathBuf,
}

impl Place {
    /// An office at a folder, whether or not it is one yet.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The office that a file or folder lies in: the nearest folder above it with a
    /// `van_phong.yaml`, links resolved.
    pub fn around(path: &Path) -> Option<Self> {
        let path = path.canonicalize().ok()?;
        path.ancestors().find(|folder| folder.join(OFFICE_FILE).is_file()).map(Self::new)
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// `van_phong.yaml`
    pub fn settings(&self) -> PathBuf {
        self.root.join(OFFICE_FILE)
    }

    /// `mau`: templates of the office's own.
    pub fn templates(&self) -> PathBuf {
        self.root.join(TEMPLATES)
    }

    /// `ho_so`: cases.
    pub fn cases(&self) -> PathBuf {
        self.root.join(CASES)
    }

    /// `luu_tru`
    pub fn archive(&self) -> PathBuf {
        self.root.join(ARCHIVE)
    }

    /// `luu_tru/ho_so`: the OCFL storage root.
    pub fn records(&self) -> PathBuf {
        self.archive().join("ho_so")
    }

    /// `luu_tru/tam`: what is being written.
    pub fn staging(&self) -> PathBuf {
        self.archive().join("tam")
    }

    /// `luu_tru/so_dang_ky.db`
    pub fn register(&self) -> PathBuf {
        self.archive().join("so_dang_ky.db")
    }

    /// `luu_tru/khoa`
    pub fn lock(&self) -> PathBuf {
        self.archive().join("khoa")
    }

    /// `luu_tru/hang_cho`: tickets of those that wait for the lock.
    pub fn queue(&self) -> PathBuf {
        self.archive().join("hang_cho")
    }
}

impl Place {
    /// Whether all that makes up the office lies in it: a link would lead reading and writing
    /// elsewhere.
    ///
    /// # Errors
    /// A refusal that names the link.
    pub fn without_links(&self) -> Result<()> {
        let queue = self.queue();
        let gate = queue.join("cua");
        let own = [
            self.settings(),
            self.templates(),
            self.archive(),
            self.records(),
            self.staging(),
            self.register(),
            self.lock(),
            queue,
            gate,
        ];
        own.iter().try_for_each(|path| disk::no_link(path))
    }
}

/// What tells a checkout of sources by a name in its folder.
const CHECKOUTS: [&str; 4] = [".git", ".hg", ".svn", "Cargo.toml"];

impl Place {
    /// Whether an archive may live here.
    ///
    /// # Errors
    /// A folder within a source checkout, which tools clean, switch and share; or on a
    /// network drive, where locks and SQLite's shared memory do not hold.
    pub fn fit_for_archive(&self) -> Result<()> {
        let full = std::path::absolute(&self.root).map_err(Failure::disk(&self.root))?;
        // What is not there yet will lie where its nearest folder lies, links resolved.
        let there = full.ancestors().find_map(|folder| folder.canonicalize().ok());
        let there = there.unwrap_or(full);
        let checkout = there
            .ancestors()
            .find(|folder| CHECKOUTS.iter().any(|name| folder.join(name).exists()));
        if let Some(checkout) = checkout {
            return Err(Failure::refused(
                format!("{} là thư mục mã nguồn, không phải nơi lưu trữ", checkout.display()),
                "chọn một thư mục riêng của cơ quan, ngoài mọi kho mã nguồn",
            ));
        }
        if is_remote(&there) {
            return Err(Failure::refused(
                format!("{} nằm trên ổ mạng, sổ đăng ký không an toàn ở đó", there.display()),
                "đặt văn phòng trên ổ cứng của máy này; ổ mạng chỉ dùng để chứa bản sao lưu",
            ));
        }
        Ok(())
    }
}

/// Whether a folder lies on another machine, as far as the system tells.
#[cfg(target_os = "linux")]
fn is_remote(folder: &Path) -> bool {
    // statfs(2): NFS, SMB, SMB2, CIFS, 9P, Ceph, AFS, Coda, NCP, and FUSE, behind which sshfs
    // and its like are.
    const REMOTE: [i64; 10] = [
        0x6969,
        0x517b,
        0xfe53_4d42,
        0xff53_4d42,
        0x0102_1997,
        0x00c3_6400,
        0x5346_414f,
        0x7375_7245,
        0x564c,
        0x6573_5546,
    ];
    rustix::fs::statfs(folder)
        .is_ok_and(|found| REMOTE.iter().any(|kind| i128::from(found.f_type) == i128::from(*kind)))
}

/// A path that begins with the name of another machine; a letter that stands for one is
/// resolved by `canonicalize`.
#[cfg(not(target_os = "linux"))]
fn is_remote(folder: &Path) -> bool {
    use std::path::{Component, Prefix};
    folder.components().next().is_some_and(|first| {
        matches!(first, Component::Prefix(prefix)
            if matches!(prefix.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..)))
    })
}
