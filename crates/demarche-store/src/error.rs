use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// What went wrong with a record, and where.
#[derive(Debug, thiserror::Error)]
#[error("{}: {kind}", path.display())]
pub struct Error {
    /// The file.
    pub path: PathBuf,
    /// What went wrong, with a remedy.
    pub kind: ErrorKind,
}

/// What went wrong. Each message names a remedy.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// There is no such file.
    #[error("there is no record here; check the path, or make one with `demarche add INPUT --record PATH`")]
    Missing,
    /// A later program made it.
    #[error("the record has format {found}, this program reads up to {known}; install a newer demarche")]
    Newer {
        /// Format of the file.
        found: i64,
        /// Highest format known here.
        known: i64,
    },
    /// Another kind of file.
    #[error("this is no record of demarche; give another path")]
    NotARecord,
    /// Broken content.
    #[error("the record is damaged ({0}); restore a copy, or save what can be read: sqlite3 DAMAGED .recover | sqlite3 NEW")]
    Damaged(String),
    /// Another program keeps it to itself.
    #[error("another program has kept the record locked for {0} seconds; wait for it to end, then try again")]
    Locked(u64),
    /// The disk is full.
    #[error(
        "no space left on the disk; make room and run the same command again (what is finished is safe, and is not done a second time)"
    )]
    Full,
    /// No permission to write.
    #[error("the record cannot be written; check the permissions of the file and of its folder")]
    ReadOnly,
    /// It cannot be opened at all.
    #[error("the record cannot be opened; check that the folder exists and may be written")]
    CannotOpen,
    /// The disk fails.
    #[error("the disk cannot be read or written ({0}); check it and its free space, then try again")]
    Disk(String),
    /// What was asked for does not exist or does not fit; the message says what to do.
    #[error("{0}")]
    Asked(String),
    /// Any other complaint of `SQLite`.
    #[error("{0}")]
    Sql(rusqlite::Error),
}

/// Seconds to wait for another writer.
pub(crate) const PATIENCE: u64 = 60;

impl From<rusqlite::Error> for ErrorKind {
    fn from(error: rusqlite::Error) -> Self {
        let Some(code) = error.sqlite_error_code() else { return Self::Sql(error) };
        match code {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Locked(PATIENCE),
            ErrorCode::DiskFull => Self::Full,
            ErrorCode::DatabaseCorrupt => Self::Damaged(error.to_string()),
            ErrorCode::NotADatabase => Self::NotARecord,
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Self::ReadOnly,
            ErrorCode::CannotOpen => Self::CannotOpen,
            ErrorCode::SystemIoFailure => Self::Disk(error.to_string()),
            _ => Self::Sql(error),
        }
    }
}

impl ErrorKind {
    /// With the file it happened to.
    pub(crate) fn at(self, path: &Path) -> Error {
        Error { path: path.to_owned(), kind: self }
    }

    /// A record that cannot be unpacked.
    pub(crate) fn broken(id: &str, detail: &impl std::fmt::Display) -> Self {
        Self::Damaged(format!("{id} cannot be read: {detail}"))
    }
}
