//! Running other programs: quietly into a log, with a limit on the time, or loudly where the user should see it.

use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::io::{Read, Seek};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// No program that is waited for may take longer than this, unless something else is said: it fetches or builds at most.
const LIMIT: Duration = Duration::from_secs(60 * 60);

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
    let (success, reason) = match wait(&mut child, limit)? {
        Some(status) if status.success() => (true, String::new()),
        Some(status) => (false, status.to_string()),
        None => (false, late(limit)),
    };
    let output = String::from_utf8_lossy(&fs::read(log)?).into_owned();
    Ok(Outcome {
        success,
        output,
        reason,
    })
}

/// Waits for a program, and ends it after `limit`: then there is no status.
fn wait(child: &mut Child, limit: Duration) -> Result<Option<ExitStatus>> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if start.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn late(limit: Duration) -> String {
    match limit.as_secs() {
        seconds if seconds < 120 => format!("not done after {seconds} seconds"),
        seconds => format!("not done after {} minutes", seconds / 60),
    }
}

/// Runs `command`, shows what it says only if it fails, and gives back its standard output. It is ended after an hour.
pub fn run_quietly(command: &mut Command) -> Result<String> {
    run_within(command, LIMIT)
}

/// The same with another limit on the time.
///
/// Files and not pipes, as above: a daemon that the program leaves behind holds no end of them.
pub fn run_within(command: &mut Command, limit: Duration) -> Result<String> {
    let (mut out, mut err) = (tempfile::tempfile()?, tempfile::tempfile()?);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(out.try_clone()?)
        .stderr(err.try_clone()?)
        .spawn()
        .with_context(|| format!("cannot start {}: is it installed?", name(command)))?;
    let status = wait(&mut child, limit)?;
    let out = text_of(&mut out)?;
    if status.is_some_and(|status| status.success()) {
        return Ok(out);
    }
    let reason = status.map_or_else(|| late(limit), |status| status.to_string());
    bail!(
        "{} failed ({reason}):\n{out}{}",
        name(command),
        text_of(&mut err)?
    );
}

/// All that a program has written.
fn text_of(file: &mut File) -> Result<String> {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn what_hangs_is_ended_and_what_it_said_is_shown() {
        let limit = Duration::from_millis(300);
        let start = Instant::now();
        // The grandchild outlives its parent by far, and keeps nobody waiting.
        let hanging = run_within(&mut shell("echo so far; sleep 5 & sleep 5"), limit);
        let why = hanging.unwrap_err().to_string();
        assert!(start.elapsed() < Duration::from_secs(4), "{why}");
        assert!(why.contains("not done") && why.contains("so far"), "{why}");
    }

    #[test]
    fn only_what_was_printed_comes_back() {
        let said = run_quietly(&mut shell("echo answer; echo complaint >&2"));
        assert_eq!(said.unwrap(), "answer\n");
        let why = run_quietly(&mut shell("echo complaint >&2; exit 3")).unwrap_err();
        assert!(why.to_string().contains("complaint"), "{why}");
    }
}
