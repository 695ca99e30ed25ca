//! The GIMPs of this user: each release line (3.0, 3.2) has its own folder of settings and plug-ins.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A release line: 3.0 for 3.0.4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    pub major: u32,
    pub minor: u32,
}

impl Line {
    /// Reads `3.0`, or the beginning of `3.0.4`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.trim().split('.');
        let mut next = || numbers.next()?.parse().ok();
        Some(Self {
            major: next()?,
            minor: next()?,
        })
    }

    /// Whether the plug-in runs in it. An odd minor number is a version in the making, on its way to the next even one.
    pub fn is_supported(self) -> bool {
        self.major == 3 || (self.major, self.minor) == (2, 10)
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// How a GIMP came onto the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packaging {
    /// As a program among others.
    Native,
    /// In Flatpak's sandbox.
    Flatpak,
    /// In Snap's sandbox.
    Snap,
}

impl fmt::Display for Packaging {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Native => "",
            Self::Flatpak => " (Flatpak)",
            Self::Snap => " (Snap)",
        })
    }
}

/// A folder of settings that a GIMP reads.
#[derive(Clone, Debug)]
pub struct Place {
    pub line: Line,
    pub packaging: Packaging,
    /// GIMP's folder for this user and release line; it may not be there yet.
    pub profile: PathBuf,
}

impl Place {
    /// Where this GIMP looks for the user's plug-ins.
    pub fn plug_ins(&self) -> PathBuf {
        self.profile.join("plug-ins")
    }

    /// Where Reweave belongs.
    pub fn own(&self) -> PathBuf {
        self.plug_ins().join(super::NAME)
    }

    /// Reweave among the plug-ins of all users, where a package of the system has put it.
    pub fn for_all_users(&self) -> Option<PathBuf> {
        if self.packaging != Packaging::Native || !cfg!(target_os = "linux") {
            return None;
        }
        // GIMP counts the interface of its plug-ins: 3.0 for every 3.x, 2.0 for every 2.x.
        let plug_ins = format!("gimp/{}.0/plug-ins", self.line.major);
        let multiarch = format!("/usr/lib/{}-linux-gnu", std::env::consts::ARCH);
        [multiarch.as_str(), "/usr/lib64", "/usr/lib"]
            .iter()
            .map(|libraries| Path::new(libraries).join(&plug_ins).join(super::NAME))
            .find(|folder| folder.is_dir())
    }
}

/// All places of this user, oldest release line first: those that are there, and those of GIMPs that are installed and
/// were never started.
pub fn all() -> Vec<Place> {
    let mut places = Vec::new();
    for (packaging, base) in bases() {
        places.extend(lines_in(&base).into_iter().map(|line| Place {
            line,
            packaging,
            profile: base.join(line.to_string()),
        }));
    }
    if let Some(base) = native_base() {
        for line in installed() {
            let known = |place: &Place| place.line == line && place.packaging == Packaging::Native;
            if !places.iter().any(known) {
                places.push(Place {
                    line,
                    packaging: Packaging::Native,
                    profile: base.join(line.to_string()),
                });
            }
        }
    }
    if let Some(profile) = std::env::var_os("GIMP3_DIRECTORY").map(PathBuf::from)
        && profile.is_absolute()
        && !places.iter().any(|place| place.profile == profile)
    {
        let line = Line { major: 3, minor: 0 };
        places.push(Place {
            line,
            packaging: Packaging::Native,
            profile,
        });
    }
    places.sort_by_key(|place| place.line);
    places
}

/// The folders that hold a folder for each release line.
fn bases() -> Vec<(Packaging, PathBuf)> {
    let mut bases = Vec::new();
    bases.extend(native_base().map(|base| (Packaging::Native, base)));
    if cfg!(target_os = "linux")
        && let Some(home) = dirs::home_dir()
    {
        // GIMP's Flatpak shares the native folder; older ones of third parties keep their own.
        bases.push((
            Packaging::Flatpak,
            home.join(".var/app/org.gimp.GIMP/config/GIMP"),
        ));
        bases.push((Packaging::Snap, home.join("snap/gimp/current/.config/GIMP")));
    }
    bases
}

/// `~/.config/GIMP`, `%APPDATA%\GIMP`, `~/Library/Application Support/GIMP`.
fn native_base() -> Option<PathBuf> {
    dirs::config_dir().map(|config| config.join("GIMP"))
}

/// The release lines that have a folder in `base`.
fn lines_in(base: &Path) -> Vec<Line> {
    let Ok(entries) = fs::read_dir(base) else {
        return Vec::new();
    };
    let names = entries
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| entry.file_name().into_string().ok());
    names
        .filter_map(|name| Line::parse(&name).filter(|line| line.to_string() == name))
        .collect()
}

/// The release lines of the GIMPs that can be started, by what they say of themselves.
fn installed() -> Vec<Line> {
    let mut lines = Vec::new();
    let commands: [&[&str]; 5] = [
        &["gimp", "--version"],
        &["gimp-3.2", "--version"],
        &["gimp-3.0", "--version"],
        &["gimp-2.10", "--version"],
        &["flatpak", "info", "org.gimp.GIMP"],
    ];
    for command in commands {
        let answer = Command::new(command[0])
            .args(&command[1..])
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .output();
        let Ok(answer) = answer else { continue };
        let text = String::from_utf8_lossy(&answer.stdout).into_owned();
        let line = text
            .lines()
            .filter(|line| line.contains("ersion"))
            .flat_map(str::split_whitespace)
            .find_map(Line::parse);
        lines.extend(line.filter(|line| !lines.contains(line)));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn release_lines_are_read_from_versions_and_folders() {
        assert_eq!(Line::parse("3.0.4"), Some(Line { major: 3, minor: 0 }));
        assert_eq!(Line::parse("tmp"), None);
        assert!(Line::parse("2.10").unwrap().is_supported());
        assert!(!Line::parse("2.8").unwrap().is_supported());

        let base = tempfile::tempdir().unwrap();
        for folder in ["3.0", "2.10", "gimpressionist", "3.0.old"] {
            fs::create_dir(base.path().join(folder)).unwrap();
        }
        let mut lines = lines_in(base.path());
        lines.sort();
        assert_eq!(
            lines.iter().map(Line::to_string).collect::<Vec<_>>(),
            ["2.10", "3.0"]
        );
    }
}
