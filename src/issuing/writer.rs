//! One writer at the archive: what was cut off is brought to its end, then one act follows.

use crate::archive::ocfl::{Commit, NewFile, NewVersion, Store};
use crate::archive::place::Place;
use crate::archive::register::{Given, Register, Wish};
use crate::archive::{Act, Entry, Event, Failure, Lock, Result};
use crate::issuing::paths;

/// Who acts, and when: what only the command line knows.
#[derive(Clone, Debug)]
pub struct Who {
    pub actor: String,
    /// RFC 3339, +07:00.
    pub at: String,
    /// The day of it.
    pub today: chrono::NaiveDate,
}

/// The archive under its lock.
pub struct Writer {
    pub store: Store,
    pub register: Register,
    _lock: Lock,
}

impl Writer {
    /// Waits for the lock, opens the archive, and finishes what a crash left half done.
    ///
    /// # Errors
    /// What the disk or the register says; an archive that is damaged.
    pub fn open(place: &Place) -> Result<Self> {
        place.fit_for_archive()?;
        let lock = Lock::hold(place)?;
        let store = Store::open(place)?;
        let register = Register::open(place)?;
        let mut writer = Self { store, register, _lock: lock };
        for pending in writer.register.pending()? {
            writer.recover(&pending.object)?;
        }
        Ok(writer)
    }

    /// Settles a record that was under way. At most one version is ahead of the register, since
    /// the lock is held from the one to the other.
    fn recover(&mut self, object_id: &str) -> Result<()> {
        let Some(stored) = self.store.settle(object_id)? else {
            return self.register.forget(object_id);
        };
        let known = self.register.by_object(object_id)?.map_or(0, |row| row.version);
        if stored.version <= known {
            return self.register.forget(object_id);
        }
        let damaged =
            || Failure::damaged(format!("hồ sơ lưu {object_id} không khớp với sổ đăng ký"));
        let object = self.store.object(object_id)?.ok_or_else(damaged)?;
        let body = self.store.read(&object, stored.version, paths::EVENT)?.ok_or_else(damaged)?;
        let body = String::from_utf8(body).map_err(|_| damaged())?;
        let event: Event = serde_json::from_str(&body).map_err(|_| damaged())?;
        self.register.append(&event, &body, &stored.inventory_sha512).map(|_| ())
    }

    /// Gives a number.
    ///
    /// # Errors
    /// Those of [`Register::reserve`].
    pub fn reserve(&mut self, wish: &Wish) -> Result<Given> {
        self.register.reserve(wish)
    }

    /// Does one act: a new version of the record of `entry`, then a link of the chain and the
    /// row. When it returns the act is durable and acknowledged.
    ///
    /// # Errors
    /// What the disk or the register says; the act is then done wholly at the next [`Self::open`],
    /// or not at all.
    pub fn perform(
        &mut self,
        act: Act,
        entry: Entry,
        files: Vec<NewFile>,
        who: &Who,
    ) -> Result<Entry> {
        let id = entry.key.object_id();
        let version = self.register.by_object(&id)?.map_or(0, |row| row.version) + 1;
        let head = self.register.head()?;
        let event = Event {
            seq: head.seq + 1,
            previous: head.hash,
            act,
            at: who.at.clone(),
            actor: who.actor.clone(),
            version,
            entry,
        };
        let body = body(&event)?;
        let mut files = files;
        files.push(NewFile { path: paths::EVENT.to_owned(), bytes: body.clone().into_bytes() });
        let commit = Commit {
            created: who.at.clone(),
            message: act.words().to_owned(),
            user: who.actor.clone(),
        };
        let staged = self.store.stage(NewVersion { id: &id, version, files, commit })?;
        self.register.rehearse(&event, &body, staged.inventory_sha512())?;
        if version > 1 {
            // Of a first version the reservation says that it may be under way.
            self.register.begin(&id, version)?;
        }
        let stored = staged.commit()?;
        self.register.append(&event, &body, &stored.inventory_sha512)?;
        Ok(event.entry)
    }
}

/// `su_kien.json`, one line: the same text in the record and in the chain.
fn body(event: &Event) -> Result<String> {
    let text = serde_json::to_string(event)
        .map_err(|error| Failure::damaged(format!("không ghi được sự kiện: {error}")))?;
    Ok(text + "\n")
}
