//! A Debian in a folder, to install, build and try things in; gone when dropped.

use crate::command::{run_quietly, run_within};
use crate::fetch::roots;
use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Gives the folder `$1` processes and devices of its own, shows it other folders (pairs, up to `--`), and runs the rest in
/// it. What is mounted and started so is gone when the first program ends.
const ENTER: &str = r#"
root=$1; shift
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
while [ "$1" != -- ]; do
    mkdir -p "$root$2"
    mount --bind "$1" "$root$2"
    shift 2
done
shift
exec chroot "$root" "$@"
"#;

/// What a package manager keeps for itself.
const BOOKS: [&str; 4] = [
    "./var/lib/dpkg/",
    "./var/lib/apt/",
    "./var/cache/",
    "./var/log/",
];

/// What is run in a root installs packages and fills pictures: minutes where a graphics card is made of software.
const LIMIT: Duration = Duration::from_secs(20 * 60);

/// The user's folder in a root.
pub const HOME: &str = "home/user";

/// An unpacked root.
pub struct Root {
    folder: PathBuf,
    /// Folders of this machine that it is shown, each with its path there.
    shown: Vec<(PathBuf, &'static str)>,
}

impl Root {
    /// Unpacks it from the cache.
    pub fn unpack(cache: &Path, root: &roots::Root, into: &Path) -> Result<Self> {
        let folder = into.join(format!("{}-{}", root.name, std::process::id()));
        fs::create_dir_all(&folder)?;
        let new = Self {
            folder,
            shown: Vec::new(),
        };
        let tar = roots::file(cache, root);
        run_quietly(
            Command::new("tar")
                .arg("-xf")
                .arg(&tar)
                .arg("-C")
                .arg(&new.folder)
                .arg("--exclude=./dev/*"),
        )?;
        // The user of these systems is root already.
        let sudo = new.path("usr/local/bin/sudo");
        fs::write(&sudo, "#!/bin/sh\nexec \"$@\"\n")?;
        run_quietly(Command::new("chmod").arg("755").arg(&sudo))?;
        fs::create_dir_all(new.path(HOME))?;
        Ok(new)
    }

    /// Where a path of the root is for us.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// Shows it a folder of this machine, at this path.
    pub fn show(&mut self, folder: &Path, at: &'static str) {
        self.shown.push((folder.to_owned(), at));
    }

    /// Runs a script in the user's folder, ends with the first command that fails, and gives back what was said. One that
    /// hangs is ended, with all that it has started.
    pub fn run(&self, script: &str) -> Result<String> {
        run_within(&mut self.command(script), LIMIT).with_context(|| script.to_owned())
    }

    /// The command for such a script.
    pub fn command(&self, script: &str) -> Command {
        let mut command = Command::new("unshare");
        command
            .args(["--mount", "--pid", "--fork", "--kill-child"])
            .args(["sh", "-e", "-c", ENTER, "sh"])
            .arg(&self.folder);
        for (folder, at) in &self.shown {
            command.arg(folder).arg(at);
        }
        command
            .args(["--", "env", "-i", "-C"])
            .arg(format!("/{HOME}"))
            .arg(format!("HOME=/{HOME}"))
            .args([
                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                "DEBIAN_FRONTEND=noninteractive",
                "LC_ALL=C.UTF-8",
                "QT_QPA_PLATFORM=offscreen",
            ])
            .args(["sh", "-e", "-c", script]);
        command
    }

    /// All files, folders and links, but for those in which the package manager keeps its books.
    pub fn files(&self) -> Result<BTreeSet<String>> {
        let list = run_quietly(
            Command::new("find")
                .args([".", "-xdev"])
                .current_dir(&self.folder),
        )?;
        let is_book = |path: &&str| BOOKS.iter().any(|book| path.starts_with(book));
        Ok(list
            .lines()
            .filter(|path| !is_book(path))
            .map(str::to_owned)
            .collect())
    }
}

impl Drop for Root {
    fn drop(&mut self) {
        // What stays behind lies in the build folder and does no harm.
        let _ = fs::remove_dir_all(&self.folder);
    }
}
