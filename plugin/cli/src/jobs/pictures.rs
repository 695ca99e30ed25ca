//! Which pictures a command line means: files, folders, globs and frame patterns.

use std::fs;
use std::path::{Path, PathBuf};

use super::frames::Frames;
use super::pattern::{Pattern, frame_in_name};
use super::{JobsError, has_picture_extension};

/// One picture to work on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The file.
    pub path: PathBuf,
    /// Its frame number, where its name or the pattern gives one.
    pub frame: Option<u32>,
    /// The folder below the folder named on the command line, kept in the output (`--recursive`).
    pub below: PathBuf,
    /// Found by searching a folder or a glob, not named by the user.
    pub found: bool,
}

/// The pictures that `inputs` mean, in the order given; those of one folder or glob sorted by name.
pub fn expand(
    inputs: &[PathBuf],
    frames: Option<&Frames>,
    recursive: bool,
) -> Result<Vec<Source>, JobsError> {
    let mut sources = Vec::new();
    for input in inputs {
        if input.is_dir() {
            folder(input, recursive, &mut sources)?;
        } else if input.exists() {
            sources.push(named(input.clone()));
        } else {
            by_name(input, frames, &mut sources)?;
        }
    }
    if frames.is_some() && !inputs.iter().any(|input| pattern_of(input).is_some()) {
        return Err(JobsError::FramesWithoutPattern);
    }
    let mut seen = std::collections::HashSet::new();
    sources.retain(|source| seen.insert(source.path.clone()));
    Ok(sources)
}

/// A name that no file has: a pattern, a glob, or a file that is missing (which its own job will report).
fn by_name(
    input: &Path,
    frames: Option<&Frames>,
    sources: &mut Vec<Source>,
) -> Result<(), JobsError> {
    if let Some(pattern) = pattern_of(input) {
        if pattern.has_name() {
            return Err(JobsError::NameInInput {
                input: input.to_owned(),
            });
        }
        match frames {
            Some(frames) => sources.extend(frames.iter().map(|frame| Source {
                path: pattern.at(frame),
                frame: Some(frame),
                below: PathBuf::new(),
                found: false,
            })),
            None => on_disk(input, &pattern, sources)?,
        }
        return Ok(());
    }
    let text = input.to_string_lossy();
    if !text.contains(['*', '?', '[']) {
        sources.push(named(input.to_owned()));
        return Ok(());
    }
    let found = glob::glob(&text)
        .map_err(|error| JobsError::BadGlob {
            input: input.to_owned(),
            why: error.msg.to_owned(),
        })?
        .filter_map(Result::ok)
        .filter(|path| path.is_file() && has_picture_extension(path));
    let before = sources.len();
    sources.extend(found.map(|path| Source {
        found: true,
        ..named(path)
    }));
    if sources.len() == before {
        return Err(JobsError::NothingFound {
            input: input.to_owned(),
        });
    }
    Ok(())
}

/// A frame pattern without `--frames`: every frame that lies on the disk, in order.
fn on_disk(input: &Path, pattern: &Pattern, sources: &mut Vec<Source>) -> Result<(), JobsError> {
    let folder = match input.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    let mut frames: Vec<u32> = entries(&folder)?
        .iter()
        .filter_map(|path| {
            // The pattern speaks of the path as it was typed.
            let typed = input.with_file_name(path.file_name()?);
            pattern.frame_of(typed.to_str()?)
        })
        .collect();
    frames.sort_unstable();
    frames.dedup();
    if frames.is_empty() {
        return Err(JobsError::NothingFound {
            input: input.to_owned(),
        });
    }
    sources.extend(frames.into_iter().map(|frame| Source {
        path: pattern.at(frame),
        frame: Some(frame),
        below: PathBuf::new(),
        found: true,
    }));
    Ok(())
}

fn folder(root: &Path, recursive: bool, sources: &mut Vec<Source>) -> Result<(), JobsError> {
    let before = sources.len();
    let mut folders = vec![root.to_owned()];
    while let Some(here) = folders.pop() {
        let mut below = Vec::new();
        for path in entries(&here)? {
            let hidden = path
                .file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with('.'));
            if hidden {
                continue;
            }
            if path.is_dir() {
                below.push(path);
            } else if has_picture_extension(&path) {
                let below = here.strip_prefix(root).unwrap_or(Path::new("")).to_owned();
                sources.push(Source {
                    below,
                    found: true,
                    ..named(path)
                });
            }
        }
        if recursive {
            // A link back up would go round for ever.
            folders.extend(below.into_iter().rev().filter(|path| !path.is_symlink()));
        }
    }
    if sources.len() == before {
        return Err(JobsError::NothingFound {
            input: root.to_owned(),
        });
    }
    Ok(())
}

/// What lies in a folder, sorted by name.
pub fn entries(folder: &Path) -> Result<Vec<PathBuf>, JobsError> {
    let read = || -> std::io::Result<Vec<PathBuf>> {
        fs::read_dir(folder)?
            .map(|entry| Ok(entry?.path()))
            .collect()
    };
    let mut paths = read().map_err(|why| JobsError::Folder {
        folder: folder.to_owned(),
        why,
    })?;
    paths.sort();
    Ok(paths)
}

/// The pattern that an input is, unless a file has exactly that name.
pub fn pattern_of(input: &Path) -> Option<Pattern> {
    if input.exists() {
        None
    } else {
        Pattern::parse(input.to_str()?)
    }
}

fn named(path: PathBuf) -> Source {
    let frame = frame_in_name(&path);
    Source {
        path,
        frame,
        below: PathBuf::new(),
        found: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(names: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, b"").unwrap();
        }
        folder
    }

    fn names(folder: &tempfile::TempDir, sources: &[Source]) -> Vec<String> {
        let name = |source: &Source| {
            source
                .path
                .strip_prefix(folder.path())
                .unwrap()
                .to_string_lossy()
                .into_owned()
        };
        sources.iter().map(name).collect()
    }

    #[test]
    fn a_folder_means_its_pictures_in_order() {
        let folder = tree(&["b.png", "a.JPG", "notes.txt", ".hidden.png", "sub/c.exr"]);
        let flat = expand(&[folder.path().to_owned()], None, false).unwrap();
        assert_eq!(names(&folder, &flat), ["a.JPG", "b.png"]);
        let deep = expand(&[folder.path().to_owned()], None, true).unwrap();
        assert_eq!(names(&folder, &deep), ["a.JPG", "b.png", "sub/c.exr"]);
        assert_eq!(deep[2].below, Path::new("sub"));
    }

    #[test]
    fn globs_and_patterns() {
        let folder = tree(&[
            "shot.0002.exr",
            "shot.0010.exr",
            "shot.0001.exr",
            "shot.exr",
            "x.txt",
        ]);
        let glob = expand(&[folder.path().join("shot.00?2.exr")], None, false).unwrap();
        assert_eq!(names(&folder, &glob), ["shot.0002.exr"]);
        assert_eq!(glob[0].frame, Some(2));
        let pattern = folder.path().join("shot.%04d.exr");
        let found = expand(std::slice::from_ref(&pattern), None, false).unwrap();
        assert_eq!(
            found
                .iter()
                .map(|source| source.frame.unwrap())
                .collect::<Vec<_>>(),
            [1, 2, 10]
        );
        // A frame that is missing is a job that fails, not a job that is forgotten.
        let asked = expand(&[pattern], Some(&"1-3".parse().unwrap()), false).unwrap();
        assert_eq!(asked.len(), 3);
    }

    #[test]
    fn a_real_file_is_never_a_pattern() {
        let folder = tree(&["a[1].png", "50%d.png", "{stem}.png"]);
        for name in ["a[1].png", "50%d.png", "{stem}.png"] {
            let found = expand(&[folder.path().join(name)], None, false).unwrap();
            assert_eq!(names(&folder, &found), [name]);
        }
    }

    #[test]
    fn nothing_found_says_so() {
        let folder = tree(&["a.txt"]);
        for input in ["", "*.png", "shot.%04d.exr"] {
            let error = expand(&[folder.path().join(input)], None, false).unwrap_err();
            assert!(
                matches!(error, JobsError::NothingFound { .. }),
                "{input}: {error}"
            );
        }
        let error = expand(
            &[folder.path().join("a.png")],
            Some(&"1-2".parse().unwrap()),
            false,
        )
        .unwrap_err();
        assert!(matches!(error, JobsError::FramesWithoutPattern));
    }
}
