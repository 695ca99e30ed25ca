//! Putting a thing into the cache in one stroke.

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Makes the folder `name` in `cache` by `make`, unless it is there and has the file `proof` in it.
///
/// `make` works in a folder of another name, which is renamed when it is done: what bears the right name is complete.
pub fn place(
    cache: &Path,
    name: &str,
    proof: &str,
    what: &str,
    make: impl FnOnce(&Path) -> Result<()>,
) -> Result<PathBuf> {
    let folder = cache.join(name);
    if folder.join(proof).exists() {
        return Ok(folder);
    }
    eprintln!("fetching {what} into {}", folder.display());
    let start = Instant::now();
    let part = cache.join(format!("{name}.part"));
    remove(&part)?;
    fs::create_dir_all(&part).with_context(|| format!("cannot make {}", part.display()))?;
    make(&part).with_context(|| format!("cannot fetch {what}"))?;
    ensure!(
        part.join(proof).exists(),
        "{what} came without the file {proof}"
    );
    remove(&folder)?;
    fs::rename(&part, &folder).with_context(|| format!("cannot write {}", folder.display()))?;
    eprintln!("  done in {:.0} s", start.elapsed().as_secs_f32());
    Ok(folder)
}

/// Fails unless the file has this sha256.
pub fn verify(file: &Path, expected: &str) -> Result<()> {
    let found = sha256(file)?;
    ensure!(
        found == expected,
        "{} is not the file that was tested: its sha256 is {found}, expected {expected}",
        file.display()
    );
    Ok(())
}

/// The sha256 of a file, in hexadecimal.
pub fn sha256(file: &Path) -> Result<String> {
    let mut hasher = Sha256::new();
    io::copy(&mut File::open(file)?, &mut hasher)?;
    let bytes = hasher.finalize();
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove the unfinished {}", folder.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interrupted_fetch_is_done_again_and_a_complete_one_is_not() {
        let cache = tempfile::tempdir().unwrap();
        let broken = place(cache.path(), "thing", "proof", "a thing", |part| {
            fs::write(part.join("half"), "")?;
            anyhow::bail!("the line broke")
        });
        assert!(broken.is_err());
        assert!(!cache.path().join("thing").exists());

        let mut times = 0;
        for _ in 0..2 {
            place(cache.path(), "thing", "proof", "a thing", |part| {
                times += 1;
                assert!(!part.join("half").exists());
                Ok(fs::write(part.join("proof"), "")?)
            })
            .unwrap();
        }
        assert_eq!(times, 1);
        assert!(!cache.path().join("thing.part").exists());
    }

    #[test]
    fn a_changed_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("abc");
        fs::write(&file, "abc").unwrap();
        let right = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        verify(&file, right).unwrap();
        fs::write(&file, "abd").unwrap();
        assert!(verify(&file, right).is_err());
    }
}
