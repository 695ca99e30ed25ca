//! Batches that are killed at any time, as by a power cut: what is there afterwards is whole, and the next run clears the
//! rest away.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context, Result, ensure};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use reweave_formats::place::{TEMPORARY_PREFIX, TEMPORARY_SUFFIX};

use crate::seeds::{self, SUBJECTS, Subject};

/// Longer than a run waits before it takes a temporary file for nobody's.
const OLD: Duration = Duration::from_secs(2 * 60 * 60);

/// What a folder holds.
type Files = BTreeMap<String, Vec<u8>>;

/// A folder with a batch in it: pictures of every format and a mask.
struct Batch<'a> {
    reweave: &'a Path,
    desk: tempfile::TempDir,
}

/// Kills a batch so often, each at another time, and says what was found.
pub fn kills(reweave: &Path, count: u32, seed: u64) -> Result<String> {
    let batch = Batch::new(reweave)?;
    let began = Instant::now();
    batch.run()?;
    let whole = began.elapsed();
    let results = batch.results()?;
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let (mut cut, mut leftovers) = (0, 0);
    for kill in 0..count {
        batch.clear()?;
        let mut child = batch.command().spawn()?;
        std::thread::sleep(whole.mul_f64(rng.random_range(0.0..1.0)));
        child.kill()?;
        child.wait()?;
        let (left, done) = batch
            .results()?
            .into_iter()
            .partition::<Files, _>(|(name, _)| {
                name.starts_with(TEMPORARY_PREFIX) && name.ends_with(TEMPORARY_SUFFIX)
            });
        for (name, bytes) in &done {
            ensure!(
                results.get(name) == Some(bytes),
                "kill {kill} of seed {seed} left {name} damaged"
            );
        }
        cut += u32::from(done.len() < results.len());
        leftovers += left.len();
        for name in left.keys() {
            let file = File::options()
                .append(true)
                .open(batch.output().join(name))?;
            file.set_modified(SystemTime::now() - OLD)?;
        }
        batch.run()?;
        ensure!(
            batch.results()? == results,
            "the run after kill {kill} of seed {seed} ends otherwise than one that was not killed"
        );
    }
    ensure!(cut > 0 || count == 0, "no batch was killed before its end");
    Ok(format!(
        "{count} kills of a batch of {}: {cut} before its end, no result damaged, {leftovers} temporary files left and cleared \
         away by the next run",
        results.len()
    ))
}

impl<'a> Batch<'a> {
    fn new(reweave: &'a Path) -> Result<Self> {
        let desk = tempfile::tempdir()?;
        let input = desk.path().join("in");
        fs::create_dir(&input)?;
        for (index, subject) in SUBJECTS.iter().enumerate() {
            if let Subject::Picture(kind, depth, channels) = *subject {
                let name = format!("{index:02}.{}", seeds::extension(kind));
                fs::write(
                    input.join(name),
                    seeds::picture_file(kind, depth, channels)?,
                )?;
            }
        }
        fs::write(desk.path().join("mask.png"), seeds::mask_file()?)?;
        Ok(Self { reweave, desk })
    }

    fn output(&self) -> PathBuf {
        self.desk.path().join("out")
    }

    fn command(&self) -> Command {
        let mut command = Command::new(self.reweave);
        command
            .current_dir(self.desk.path())
            .args(["fill", "in", "--mask", "mask.png", "-o", "out"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    /// Fills what is not filled yet.
    fn run(&self) -> Result<()> {
        let status = self.command().stderr(Stdio::inherit()).status();
        let status = status.context("reweave cannot be started")?;
        ensure!(status.success(), "the batch ended with {status}");
        Ok(())
    }

    fn results(&self) -> Result<Files> {
        let mut files = Files::new();
        // Killed at once, it has made no folder.
        for entry in self.output().read_dir().into_iter().flatten() {
            let path = entry?.path();
            let name = path.file_name().context("a file without a name")?;
            files.insert(name.to_string_lossy().into_owned(), fs::read(&path)?);
        }
        Ok(files)
    }

    fn clear(&self) -> Result<()> {
        Ok(fs::remove_dir_all(self.output())?)
    }
}
