//! A folder that becomes a package: what is laid into it has the rights that an installed file has, whatever the builder's
//! own are.

use crate::command::run_quietly;
use crate::fetch::place::sha256;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder. Paths in it are told from its top, without a leading `/`.
pub struct Tree {
    /// Where it lies.
    pub top: PathBuf,
}

impl Tree {
    /// An empty one, in the place of an older one.
    pub fn new(top: &Path) -> Result<Self> {
        if top.exists() {
            fs::remove_dir_all(top)?;
        }
        fs::create_dir_all(top)?;
        set_mode(top, 0o755)?;
        Ok(Self { top: top.into() })
    }

    /// Where a path is on this machine.
    pub fn path(&self, path: &str) -> PathBuf {
        self.top.join(path)
    }

    /// Lays a copy of a file.
    pub fn file(&self, path: &str, from: &Path) -> Result<()> {
        let to = self.place(path)?;
        fs::copy(from, &to).with_context(|| from.display().to_string())?;
        set_mode(&to, 0o644)
    }

    /// Lays a copy of a program as it is.
    pub fn runnable(&self, path: &str, from: &Path) -> Result<()> {
        self.file(path, from)?;
        set_mode(&self.path(path), 0o755)
    }

    /// Lays a copy of a program, without what only debuggers read.
    pub fn program(&self, path: &str, from: &Path) -> Result<()> {
        self.runnable(path, from)?;
        let to = self.path(path);
        run_quietly(Command::new("strip").arg("--strip-unneeded").arg(&to))?;
        set_mode(&to, 0o755)
    }

    /// Lays a copy of a library, without what only debuggers read.
    pub fn library(&self, path: &str, from: &Path) -> Result<()> {
        self.program(path, from)?;
        set_mode(&self.path(path), 0o644)
    }

    /// Lays a text.
    pub fn text(&self, path: &str, text: &str) -> Result<()> {
        let to = self.place(path)?;
        fs::write(&to, text)?;
        set_mode(&to, 0o644)
    }

    /// Compresses a file that lies here already, whose name then ends in `.gz`. No date and no name are kept in it.
    pub fn compress(&self, path: &str) -> Result<()> {
        run_quietly(Command::new("gzip").arg("-9n").arg(self.path(path)))?;
        Ok(())
    }

    /// Lays a link to another path of the tree, told from where it lies, so that the tree can lie anywhere.
    pub fn link(&self, path: &str, target: &str) -> Result<()> {
        let place = self.place(path)?;
        if place.is_dir() {
            fs::remove_dir_all(&place)?;
        } else if place.exists() {
            fs::remove_file(&place)?;
        }
        std::os::unix::fs::symlink(from_there(path, target), &place)?;
        Ok(())
    }

    /// Gives what programs have laid the rights of installed files too.
    pub fn set_rights(&self) -> Result<()> {
        let find = |what: &[&str], mode: &str| {
            let mut command = Command::new("find");
            command.arg(&self.top).args(what);
            run_quietly(command.args(["-exec", "chmod", mode, "{}", "+"]))
        };
        find(&["-type", "d"], "755")?;
        find(&["-type", "f", "!", "-perm", "-u+x"], "644")?;
        Ok(())
    }

    /// All files, by their paths, in order.
    pub fn files(&self) -> Result<Vec<String>> {
        let list = run_quietly(
            Command::new("find")
                .args([".", "-type", "f", "-printf", "%P\\n"])
                .current_dir(&self.top),
        )?;
        let mut files: Vec<_> = list.lines().map(str::to_owned).collect();
        files.sort();
        Ok(files)
    }

    /// Dates all files, in seconds since 1970, for packages that keep the dates of files.
    pub fn set_dates(&self, seconds: u64) -> Result<()> {
        run_quietly(
            Command::new("find")
                .arg(&self.top)
                .args(["-exec", "touch", "--no-dereference", "--date"])
                .arg(format!("@{seconds}"))
                .args(["{}", "+"]),
        )?;
        Ok(())
    }

    fn place(&self, path: &str) -> Result<PathBuf> {
        let to = self.path(path);
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        }
        Ok(to)
    }
}

/// The sha256 of a library as it lies in a package: [`Tree::library`] changes it.
pub fn sha256_as_laid(library: &Path) -> Result<String> {
    let folder = tempfile::tempdir()?;
    let tree = Tree::new(&folder.path().join("tree"))?;
    tree.library("library", library)?;
    sha256(&tree.path("library"))
}

fn set_mode(path: &Path, mode: u32) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    Ok(fs::set_permissions(path, fs::Permissions::from_mode(mode))?)
}

/// The way from the folder of `path` to `target`.
fn from_there(path: &str, target: &str) -> PathBuf {
    let folder: Vec<_> = Path::new(path).parent().into_iter().flatten().collect();
    let target: Vec<_> = Path::new(target).iter().collect();
    let shared = folder
        .iter()
        .zip(&target)
        .take_while(|(one, other)| one == other)
        .count();
    let up = folder[shared..].iter().map(|_| "..".as_ref());
    up.chain(target[shared..].iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_told_from_where_it_lies() {
        let way = |path, target| from_there(path, target).display().to_string();
        assert_eq!(way("usr/OFX/a/x", "usr/lib/y"), "../../lib/y");
        assert_eq!(way("usr/lib/x", "usr/lib/y"), "y");
        assert_eq!(way("x", "usr/y"), "usr/y");
    }

    #[test]
    fn what_is_laid_has_the_rights_of_installed_files() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let tree = Tree::new(&folder.path().join("tree")).unwrap();
        tree.text("usr/share/a.txt", "a").unwrap();
        tree.link("usr/b/a.txt", "usr/share/a.txt").unwrap();
        let loose = tree.path("usr/share/loose");
        fs::write(&loose, "").unwrap();
        set_mode(&loose, 0o600).unwrap();
        tree.set_rights().unwrap();
        let mode = |path: &str| fs::metadata(tree.path(path)).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode("usr/share"), mode("usr/b/a.txt")), (0o755, 0o644));
        assert_eq!(mode("usr/share/loose"), 0o644);
        tree.compress("usr/share/a.txt").unwrap();
        assert!(tree.path("usr/share/a.txt.gz").is_file());
    }
}
