//! From the words of a command line to a list of jobs: this picture, with that mask, to that file.

pub mod frames;
pub mod identity;
pub mod leftovers;
pub mod masks;
pub mod outputs;
pub mod pattern;
pub mod pictures;
pub mod shot;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use frames::Frames;
use masks::Masks;
use outputs::Outputs;

/// One picture to fill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The picture to read.
    pub picture: PathBuf,
    /// Its mask; none where the picture itself says what its hole is.
    pub mask: Option<PathBuf>,
    /// Lines that its fill is to follow.
    pub sketch: Option<PathBuf>,
    /// The file to write.
    pub output: PathBuf,
    /// Its frame number, where its name or a pattern gives one.
    pub frame: Option<u32>,
}

impl Job {
    /// What is read beside the picture: its mask and its sketch.
    fn beside(&self) -> impl Iterator<Item = &Path> {
        [self.mask.as_deref(), self.sketch.as_deref()]
            .into_iter()
            .flatten()
    }
}

/// What a command line says about its pictures.
pub struct Request<'a> {
    /// Files, folders, globs and frame patterns.
    pub inputs: &'a [PathBuf],
    /// Which frames of the patterns.
    pub frames: Option<&'a Frames>,
    /// Whether folders mean the folders below them too.
    pub recursive: bool,
    /// A file, a folder or a pattern; none where the picture itself says what its hole is.
    pub mask: Option<&'a Path>,
    /// A file, a folder or a pattern; none where nothing is drawn.
    pub sketch: Option<&'a Path>,
    /// A file, a folder or a pattern.
    pub output: &'a Path,
}

/// A command line that does not add up. Nothing has been done yet when one is reported.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "the messages say what the fields are")]
pub enum JobsError {
    #[error("no picture is called or lies in {}; Reweave reads .png, .jpg, .tif, .webp and .exr", input.display())]
    NothingFound { input: PathBuf },
    #[error("{} has a place for a name; pictures to read are named by frame only, such as shot.%04d.exr", input.display())]
    NameInInput { input: PathBuf },
    #[error("--frames needs a pattern to count in, such as shot.%04d.exr")]
    FramesWithoutPattern,
    #[error("{} is no glob that can be read: {why}", input.display())]
    BadGlob { input: PathBuf, why: String },
    #[error("{} cannot be listed: {why}", folder.display())]
    Folder {
        folder: PathBuf,
        why: std::io::Error,
    },
    #[error("{pictures} pictures cannot all go to {}; name a folder, or a pattern such as filled/{{stem}}.png", output.display())]
    OneOutput { output: PathBuf, pictures: usize },
    #[error("{} and {} would both go to {}; use a pattern that tells them apart, such as {{stem}}.{{ext}}", first.display(), second.display(), output.display())]
    SameOutput {
        first: PathBuf,
        second: PathBuf,
        output: PathBuf,
    },
    #[error("nothing is left to fill: each picture in {} is the mask, the sketch or the result of another, or its own mask", inputs.join(", "))]
    NothingLeft { inputs: Vec<String> },
    #[error("standard input is one picture: it cannot be the mask or the sketch too")]
    PipeTwice,
    #[error("{} is the mask or the sketch of a picture and would be written over; choose another output", output.display())]
    OutputIsMask { output: PathBuf },
    #[error(
        "--frames-before, --frames-after and --hold count frames: they need one pattern as the only input, such as shot.%04d.exr"
    )]
    ShotWithoutPattern,
    #[error("the frame to hold, {}, is not there", picture.display())]
    NoSuchFrame { picture: PathBuf },
    #[error("{} would be filled over itself, and the next frame would take its fill for the scene; write the results elsewhere", output.display())]
    ShotInPlace { output: PathBuf },
    #[error(transparent)]
    NoFrame(#[from] pattern::NoFrame),
}

/// The jobs that `request` means, in order.
///
/// Pictures that a folder or a glob brought along are left out where they are another picture's mask or result:
/// `reweave fill holiday --mask 'holiday/{stem}_mask.png' -o 'holiday/{stem}_filled.png'` can be run twice.
pub fn plan(request: &Request<'_>) -> Result<Vec<Job>, JobsError> {
    let sources = pictures::expand(request.inputs, request.frames, request.recursive)?;
    let masks = request.mask.map(Masks::parse).transpose()?;
    let sketches = request.sketch.map(Masks::parse).transpose()?;
    let outputs = Outputs::parse(request.output, sources.len())?;

    let mut jobs = Vec::with_capacity(sources.len());
    for source in &sources {
        let mask = masks.as_ref().map(|masks| masks.of(source)).transpose()?;
        let sketch = sketches.as_ref().map(|sketches| sketches.of(source));
        jobs.push((
            Job {
                picture: source.path.clone(),
                mask,
                sketch: sketch.transpose()?,
                output: outputs.of(source)?,
                frame: source.frame,
            },
            source.found,
        ));
    }
    let by_products: HashSet<PathBuf> = jobs
        .iter()
        .flat_map(|(job, _)| {
            let (picture, output) = (identity::of(&job.picture), identity::of(&job.output));
            let result = (output != picture).then_some(output);
            job.beside().map(identity::of).chain(result)
        })
        .collect();
    jobs.retain(|(job, found)| !(*found && by_products.contains(&identity::of(&job.picture))));
    let jobs: Vec<Job> = jobs.into_iter().map(|(job, _)| job).collect();
    if jobs.is_empty() {
        let inputs = request.inputs.iter();
        return Err(JobsError::NothingLeft {
            inputs: inputs.map(|input| input.display().to_string()).collect(),
        });
    }
    check(&jobs)?;
    Ok(jobs)
}

/// No result may fall on another result, on a mask or on a sketch, and standard input can be read once.
fn check(jobs: &[Job]) -> Result<(), JobsError> {
    let is_twice = |job: &Job| {
        let read = job.beside().chain([job.picture.as_path()]);
        read.filter(|name| is_pipe(name)).count() > 1
    };
    if jobs.iter().any(is_twice) {
        return Err(JobsError::PipeTwice);
    }
    let beside: HashSet<PathBuf> = jobs
        .iter()
        .flat_map(Job::beside)
        .filter(|name| !is_pipe(name))
        .map(identity::of)
        .collect();
    let mut written: HashMap<PathBuf, &Path> = HashMap::new();
    for job in jobs {
        let output = identity::of(&job.output);
        if beside.contains(&output) {
            return Err(JobsError::OutputIsMask {
                output: job.output.clone(),
            });
        }
        if let Some(first) = written.insert(output, &job.picture) {
            return Err(JobsError::SameOutput {
                first: first.to_owned(),
                second: job.picture.clone(),
                output: job.output.clone(),
            });
        }
    }
    Ok(())
}

/// Whether a name on the command line means standard input or output. A file of that name is `./-`.
pub fn is_pipe(name: &Path) -> bool {
    name.as_os_str() == "-"
}

/// Whether a file's extension is that of a format we read.
pub fn has_picture_extension(path: &Path) -> bool {
    reweave_formats::Kind::of_path(path).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(names: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            std::fs::write(folder.path().join(name), b"").unwrap();
        }
        folder
    }

    fn request<'a>(inputs: &'a [PathBuf], mask: &'a Path, output: &'a Path) -> Request<'a> {
        Request {
            inputs,
            frames: None,
            recursive: false,
            mask: Some(mask),
            sketch: None,
            output,
        }
    }

    #[test]
    fn masks_and_results_beside_the_pictures_are_no_pictures() {
        let here = folder(&["a.png", "a_mask.png", "a_filled.png", "b.png", "b_mask.png"]);
        let inputs = [here.path().to_owned()];
        let mask = here.path().join("{stem}_mask.png");
        let output = here.path().join("{stem}_filled.png");
        let jobs = plan(&request(&inputs, &mask, &output)).unwrap();
        let pictures: Vec<_> = jobs
            .iter()
            .map(|job| job.picture.file_name().unwrap().to_str().unwrap())
            .collect();
        assert_eq!(pictures, ["a.png", "b.png"]);
    }

    #[test]
    fn results_never_collide() {
        let here = folder(&["a.png", "a.jpg", "m.png"]);
        let inputs = [here.path().join("a.png"), here.path().join("a.jpg")];
        let mask = here.path().join("m.png");
        let error = plan(&request(&inputs, &mask, &here.path().join("{stem}.tif"))).unwrap_err();
        assert!(matches!(error, JobsError::SameOutput { .. }), "{error}");
        let error = plan(&request(&inputs[..1], &mask, &mask)).unwrap_err();
        assert!(matches!(error, JobsError::OutputIsMask { .. }), "{error}");
        // However it is spelled.
        let again = here.path().join(".").join("m.png");
        let error = plan(&request(&inputs[..1], &mask, &again)).unwrap_err();
        assert!(matches!(error, JobsError::OutputIsMask { .. }), "{error}");
    }

    #[test]
    fn in_place_is_allowed_where_it_is_asked_for() {
        let here = folder(&["a.png", "b.png", "m.png"]);
        let inputs = [here.path().join("a.png"), here.path().join("b.png")];
        let jobs = plan(&request(&inputs, &here.path().join("m.png"), here.path())).unwrap();
        assert!(jobs.iter().all(|job| job.picture == job.output));
    }
}
