//! What is downloaded lies beside the folder that it is for until it is installed, each thing in a folder of its own: what was
//! fetched before an interruption is there when it is asked for again.

use std::io;
use std::path::{Path, PathBuf};

use super::runtime::workshop;
use crate::install::replace::remove;

/// The folder of downloads.
pub struct Downloads(PathBuf);

impl Downloads {
    /// For what is installed into this folder: on the same disk, and no place in which runtimes or models are looked for.
    pub fn beside(folder: &Path) -> Self {
        Self(workshop(folder).join(".reweave-downloads"))
    }

    /// The folder of one thing. It need not exist.
    pub fn own(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Removes one thing, which is installed by now. What waits for another installation stays.
    pub fn forget(&self, name: &str) -> io::Result<()> {
        remove(&self.own(name))?;
        let is_empty = self
            .0
            .read_dir()
            .is_ok_and(|mut rest| rest.next().is_none());
        if is_empty {
            remove(&self.0)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn what_waits_for_another_installation_stays() {
        let home = tempfile::tempdir().unwrap();
        let downloads = Downloads::beside(&home.path().join("models"));
        for name in ["one", "other"] {
            fs::create_dir_all(downloads.own(name)).unwrap();
        }
        downloads.forget("one").unwrap();
        assert!(!downloads.own("one").exists() && downloads.own("other").is_dir());
        downloads.forget("other").unwrap();
        downloads.forget("other").unwrap();
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
    }
}
