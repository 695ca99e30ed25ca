//! What a folder of pictures holds, looked at once and kept.

use super::pictures::decoded;
use anyhow::{Context, Result, ensure};
use image::RgbImage;
use image::imageops::{FilterType, grayscale, resize};
use indicatif::{ProgressBar, ProgressStyle};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::UNIX_EPOCH;

/// The file that keeps it, in the folder of a run.
const FILE: &str = "pictures.json";
/// Extensions of the pictures that are read.
const EXTENSIONS: [&str; 6] = ["webp", "png", "jpg", "jpeg", "tif", "tiff"];

/// A file that looks like a picture by its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Where it lies.
    pub path: PathBuf,
    /// Its length in bytes and its time of change, by which a changed file is known.
    stamp: (u64, u128),
    /// What it holds, or why it cannot be read.
    pub picture: Result<Facts, String>,
}

/// What a picture is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Columns and rows.
    pub size: (u32, u32),
    /// A number that follows from the file's bytes (of SHA-256): the same picture has the same wherever it lies.
    pub content: u64,
    /// What is brighter than its neighbour to the right, and than the one below, on 8x8 points: alike in pictures that
    /// look alike.
    pub likeness: (u64, u64),
}

/// The pictures of a folder and those below it, in order of name.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// Every file that looks like a picture.
    pub entries: Vec<Entry>,
}

impl Index {
    /// Looks at the pictures of `folder`, on all cores; what is kept in `run` from an earlier look is taken over where the
    /// files are the same.
    ///
    /// # Errors
    /// The folder cannot be read, or has no picture.
    pub fn open(folder: &Path, run: &Path) -> Result<Self> {
        let mut files = Vec::new();
        list(folder, &mut files)?;
        files.sort();
        ensure!(
            !files.is_empty(),
            "there is no picture (webp, png, jpg, tif) in {}",
            folder.display()
        );
        let kept = kept(run);
        let known = |(path, stamp): &(PathBuf, _)| {
            let entry = kept.get(path)?;
            (entry.stamp == *stamp).then(|| entry.clone())
        };
        let mut entries: Vec<Option<Entry>> = files.iter().map(known).collect();
        let missing: Vec<usize> = (0..files.len()).filter(|&i| entries[i].is_none()).collect();
        if !missing.is_empty() {
            for (i, entry) in look_at(&files, &missing) {
                entries[i] = Some(entry);
            }
        }
        let index = Index {
            entries: entries.into_iter().flatten().collect(),
        };
        if !missing.is_empty() || kept.len() != index.entries.len() {
            index.keep(run)?;
        }
        Ok(index)
    }

    /// The files that cannot be read, with the reasons.
    pub fn damaged(&self) -> impl Iterator<Item = (&Path, &str)> {
        self.entries.iter().filter_map(|entry| {
            let why = entry.picture.as_ref().err()?;
            Some((entry.path.as_path(), why.as_str()))
        })
    }

    /// The pictures that can be read.
    pub fn pictures(&self) -> impl Iterator<Item = (&Path, Facts)> {
        self.entries
            .iter()
            .filter_map(|entry| Some((entry.path.as_path(), *entry.picture.as_ref().ok()?)))
    }

    fn keep(&self, run: &Path) -> Result<()> {
        std::fs::create_dir_all(run).with_context(|| format!("cannot make {}", run.display()))?;
        let path = run.join(FILE);
        // A name that is not in UTF-8 cannot be written.
        let entries = self.entries.iter();
        let named: Vec<&Entry> = entries.filter(|it| it.path.to_str().is_some()).collect();
        let text = serde_json::to_vec(&named)?;
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
    }
}

/// What an earlier look has found, by path; nothing where the file is missing or of another version.
fn kept(run: &Path) -> HashMap<PathBuf, Entry> {
    let text = std::fs::read(run.join(FILE)).unwrap_or_default();
    let entries: Vec<Entry> = serde_json::from_slice(&text).unwrap_or_default();
    entries
        .into_iter()
        .map(|entry| (entry.path.clone(), entry))
        .collect()
}

type Stamped = (PathBuf, (u64, u128));

/// Reads the files of these numbers on all cores.
fn look_at(files: &[Stamped], numbers: &[usize]) -> Vec<(usize, Entry)> {
    let bar = ProgressBar::new(numbers.len() as u64);
    let template = "looking at pictures {bar:30} {pos}/{len}, {eta} left";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    let next = AtomicUsize::new(0);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let work = || {
        let mut found = Vec::new();
        while let Some(&i) = numbers.get(next.fetch_add(1, Ordering::Relaxed)) {
            let (path, stamp) = &files[i];
            let picture = facts(path).map_err(|error| format!("{error:#}"));
            let (path, stamp) = (path.clone(), *stamp);
            found.push((
                i,
                Entry {
                    path,
                    stamp,
                    picture,
                },
            ));
            bar.inc(1);
        }
        found
    };
    let found = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        let done = workers.into_iter().filter_map(|worker| worker.join().ok());
        done.flatten().collect()
    });
    bar.finish_and_clear();
    found
}

fn facts(path: &Path) -> Result<Facts> {
    ensure!(path.to_str().is_some(), "its name is not in UTF-8");
    let bytes = std::fs::read(path)?;
    let digest = Sha256::digest(&bytes);
    let content = digest.iter().take(8).fold(0, |n, &b| n << 8 | u64::from(b));
    let picture = decoded(&bytes)?;
    Ok(Facts {
        size: picture.dimensions(),
        content,
        likeness: likeness(&picture),
    })
}

/// The difference hash, across and down.
fn likeness(picture: &RgbImage) -> (u64, u64) {
    let small = grayscale(&resize(picture, 9, 9, FilterType::Triangle));
    let at = |x: u32, y: u32| small.get_pixel(x, y)[0];
    let mut hash = (0, 0);
    for y in 0..8 {
        for x in 0..8 {
            hash.0 = hash.0 << 1 | u64::from(at(x, y) > at(x + 1, y));
            hash.1 = hash.1 << 1 | u64::from(at(x, y) > at(x, y + 1));
        }
    }
    hash
}

fn list(folder: &Path, into: &mut Vec<Stamped>) -> Result<()> {
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("cannot read the folder {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        let is_picture = EXTENSIONS.contains(&extension.to_ascii_lowercase().as_str());
        if path.is_dir() {
            list(&path, into)?;
        } else if is_picture && let Ok(facts) = path.metadata() {
            let changed = facts.modified().ok();
            let changed = changed.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
            let stamp = (facts.len(), changed.unwrap_or_default().as_nanos());
            into.push((path, stamp));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::Pictures;
    use super::*;

    fn wave(frequency: f32, side: u32) -> RgbImage {
        RgbImage::from_fn(side, side, |x, y| {
            let (x, y) = (x as f32 / side as f32, y as f32 / side as f32);
            let v = (frequency * x).sin() + (1.7 * frequency * y + x).cos();
            image::Rgb([(127.0 + 60.0 * v) as u8; 3])
        })
    }

    #[test]
    fn pictures_are_looked_at_once_and_again_when_they_change() {
        let (pictures, run) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        wave(9.0, 64).save(pictures.path().join("a.png")).unwrap();
        std::fs::write(pictures.path().join("b.jpg"), b"no picture").unwrap();
        std::fs::write(pictures.path().join("c.txt"), b"text").unwrap();
        let index = Index::open(pictures.path(), run.path()).unwrap();
        let (path, why) = index.damaged().next().unwrap();
        assert!(path.ends_with("b.jpg") && !why.is_empty());
        let (_, first) = index.pictures().next().unwrap();
        assert_eq!(first.size, (64, 64));

        // What was kept is believed: only a file that has changed is read again.
        let file = run.path().join(FILE);
        let kept = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, kept.replace("[64,64]", "[65,65]")).unwrap();
        let size = |index: &Index| index.pictures().next().unwrap().1.size;
        assert_eq!(
            size(&Index::open(pictures.path(), run.path()).unwrap()),
            (65, 65)
        );
        wave(9.0, 80).save(pictures.path().join("a.png")).unwrap();
        assert_eq!(
            size(&Index::open(pictures.path(), run.path()).unwrap()),
            (80, 80)
        );
    }

    /// Its bytes say what it is.
    #[test]
    fn a_picture_under_the_name_of_another_format_is_read() {
        let (pictures, run) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        wave(9.0, 64).save(pictures.path().join("a.png")).unwrap();
        let path = pictures.path().join("a.jpg");
        std::fs::rename(pictures.path().join("a.png"), &path).unwrap();
        let index = Index::open(pictures.path(), run.path()).unwrap();
        assert_eq!(index.pictures().next().unwrap().1.size, (64, 64));
        let picture = Pictures::new(vec![path]).get(0).unwrap();
        assert_eq!(*picture, wave(9.0, 64));
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_no_text_is_left_out_and_named() {
        use std::os::unix::ffi::OsStrExt;
        let (pictures, run) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        wave(9.0, 64).save(pictures.path().join("a.png")).unwrap();
        let odd = pictures
            .path()
            .join(std::ffi::OsStr::from_bytes(b"\xff.png"));
        std::fs::copy(pictures.path().join("a.png"), &odd).unwrap();
        for _ in 0..2 {
            let index = Index::open(pictures.path(), run.path()).unwrap();
            assert_eq!(index.pictures().count(), 1);
            let damaged: Vec<_> = index.damaged().collect();
            assert_eq!(damaged, [(odd.as_path(), "its name is not in UTF-8")]);
        }
    }

    #[test]
    fn a_picture_made_smaller_is_like_itself_and_unlike_another() {
        let apart =
            |a: (u64, u64), b: (u64, u64)| (a.0 ^ b.0).count_ones() + (a.1 ^ b.1).count_ones();
        let (large, small, other) = (wave(9.0, 200), wave(9.0, 90), wave(14.0, 200));
        assert!(apart(likeness(&large), likeness(&small)) <= 4);
        assert!(apart(likeness(&large), likeness(&other)) > 20);
    }
}
