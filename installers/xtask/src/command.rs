//! Running other programs: quietly into a log, with a limit on the time, or loudly where the user should see it.

use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What a program left behind.
pub struct Outcome {
    /// It ended by itself with status 0.
    pub success: bool,
    /// Both its outputs, as they came.
    pub output: String,
    /// Why it did not succeed, in a few words; empty if it did.
    pub reason: String,
}

/// Runs `command` with both outputs going to the file `log`, and ends it after `limit`.
///
/// A file and not a pipe: a grandchild that outlives the program cannot keep us waiting.
pub fn run_logged(command: &mut Command, log: &Path, limit: Duration) -> Result<Outcome> {
    if let Some(folder) = log.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    let file = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file)
        .spawn()
        .with_context(|| format!("cannot start {}", name(command)))?;
    let start = Instant::now();
    let (success, reason) = loop {
        if let Some(status) = child.try_wait()? {
            break match status.success() {
                true => (true, String::new()),
                false => (false, status.to_string()),
            };
        }
        if start.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            break (
                false,
                format!("not done after {} minutes", limit.as_secs() / 60),
            );
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    let output = String::from_utf8_lossy(&fs::read(log)?).into_owned();
    Ok(Outcome {
        success,
        output,
        reason,
    })
}

/// Runs `command`, shows what it says only if it fails, and gives back its standard output.
pub fn run_quietly(command: &mut Command) -> Result<String> {
    let answer = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start {}: is it installed?", name(command)))?;
    if !answer.status.success() {
        bail!(
            "{} failed ({}):\n{}{}",
            name(command),
            answer.status,
            String::from_utf8_lossy(&answer.stdout),
            String::from_utf8_lossy(&answer.stderr)
        );
    }
    Ok(String::from_utf8_lossy(&answer.stdout).into_owned())
}

/// Whether a program of this name can be started.
pub fn exists(program: &str, probe: &str) -> bool {
    Command::new(program)
        .arg(probe)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// The program and its first arguments, for messages.
fn name(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(
        command
            .get_args()
            .take(3)
            .map(|word| word.to_string_lossy().into_owned()),
    );
    format!("`{}`", words.join(" "))
}
