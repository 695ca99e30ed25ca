//! A shot: numbered pictures, of which one shows what the hole of another hides.

use std::path::{Path, PathBuf};

use super::masks::Masks;
use super::pattern::Pattern;
use super::pictures::{Source, pattern_of};
use super::{Job, JobsError, identity};

/// The frames of a shot on the disk, also those that are not filled themselves.
#[derive(Debug, Clone)]
pub struct Shot {
    pictures: Pattern,
    masks: Option<Masks>,
}

/// The files of one frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Its picture.
    pub picture: PathBuf,
    /// Its mask; none where the picture itself says what its hole is.
    pub mask: Option<PathBuf>,
}

impl Shot {
    /// The shot that the only input of a command line means.
    ///
    /// # Errors
    /// [`JobsError::ShotWithoutPattern`] where it is no pattern, or not the only input.
    pub fn of(inputs: &[PathBuf], mask: Option<&Path>) -> Result<Self, JobsError> {
        let [input] = inputs else {
            return Err(JobsError::ShotWithoutPattern);
        };
        let pictures = pattern_of(input).filter(Pattern::has_frame);
        Ok(Self {
            pictures: pictures.ok_or(JobsError::ShotWithoutPattern)?,
            masks: mask.map(Masks::parse).transpose()?,
        })
    }

    /// The files of a frame; none where it has no picture on the disk.
    ///
    /// # Errors
    /// Where its mask cannot be named.
    pub fn frame(&self, number: u32) -> Result<Option<Frame>, JobsError> {
        let source = Source {
            path: self.pictures.at(number),
            frame: Some(number),
            below: PathBuf::new(),
            found: true,
        };
        if !source.path.exists() {
            return Ok(None);
        }
        let mask = self.masks.as_ref().map(|masks| masks.of(&source));
        Ok(Some(Frame {
            mask: mask.transpose()?,
            picture: source.path,
        }))
    }

    /// Refuses a frame that has no picture on the disk.
    ///
    /// # Errors
    /// [`JobsError::NoSuchFrame`], naming the file.
    pub fn check_has(&self, number: u32) -> Result<(), JobsError> {
        match self.frame(number)? {
            Some(_) => Ok(()),
            None => Err(JobsError::NoSuchFrame {
                picture: self.pictures.at(number),
            }),
        }
    }
}

/// A frame that is filled over itself would show its fill to the next one as if it were real.
///
/// # Errors
/// [`JobsError::ShotInPlace`], naming the frame.
pub fn check_apart(jobs: &[Job]) -> Result<(), JobsError> {
    let in_place = |job: &&Job| identity::of(&job.picture) == identity::of(&job.output);
    match jobs.iter().find(in_place) {
        Some(job) => Err(JobsError::ShotInPlace {
            output: job.output.clone(),
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shot_has_the_frames_that_lie_on_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["a.0008.png", "a.0010.png", "m.0008.png"] {
            std::fs::write(at(name), b"").unwrap();
        }
        let shot = Shot::of(&[at("a.%04d.png")], Some(&at("m.####.png"))).unwrap();
        assert_eq!(
            shot.frame(8).unwrap(),
            Some(Frame {
                picture: at("a.0008.png"),
                mask: Some(at("m.0008.png"))
            })
        );
        assert_eq!(shot.frame(9).unwrap(), None);
        // A mask that is missing is an error of whoever reads it.
        let mask = shot.frame(10).unwrap().unwrap().mask;
        assert_eq!(mask, Some(at("m.0010.png")));
    }

    #[test]
    fn only_a_pattern_is_a_shot() {
        let several = [PathBuf::from("a.%04d.png"), PathBuf::from("b.%04d.png")];
        for inputs in [&several[..], &["a.png".into()], &["{stem}.png".into()]] {
            let error = Shot::of(inputs, None).unwrap_err();
            assert!(matches!(error, JobsError::ShotWithoutPattern), "{error}");
        }
    }
}
