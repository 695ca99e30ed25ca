//! The watcher: starts workers with little memory, and counts how each of their cases ended, or how the worker did.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::limited;
use crate::seeds::SUBJECTS;
use crate::work::Outcome;

/// No case may take longer, on a machine that is busy with other things too.
const CASE: Duration = Duration::from_secs(60);

/// Address space of a worker in MiB.
const ADDRESS_SPACE: u64 = 4096;

/// How cases ended, by subject.
#[derive(Default)]
pub struct Table {
    rows: BTreeMap<&'static str, BTreeMap<&'static str, usize>>,
    /// The cases to look at, with how they ended.
    bad: Vec<String>,
}

impl Table {
    /// Whether every kind of file was tried, nothing broke and no known pixel changed.
    pub fn holds(&self) -> bool {
        self.bad.is_empty() && SUBJECTS.iter().all(|s| self.rows.contains_key(s.name()))
    }

    fn count(&mut self, case: u64, ended: &'static str) {
        let subject = SUBJECTS[case as usize % SUBJECTS.len()].name();
        *self
            .rows
            .entry(subject)
            .or_default()
            .entry(ended)
            .or_default() += 1;
        if matches!(ended, "crashed" | "hung" | "panicked" | "changed") {
            self.bad.push(format!("case {case}, {subject}: {ended}"));
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = Outcome::ALL
            .map(Outcome::name)
            .into_iter()
            .chain(["crashed", "hung"]);
        let columns: Vec<_> = columns.collect();
        writeln!(f, "| file | cases | {} |", columns.join(" | "))?;
        writeln!(f, "|---|{}", "---:|".repeat(columns.len() + 1))?;
        for (subject, counts) in &self.rows {
            let cells: Vec<_> = columns
                .iter()
                .map(|column| counts.get(column).unwrap_or(&0).to_string())
                .collect();
            writeln!(
                f,
                "| {subject} | {} | {} |",
                counts.values().sum::<usize>(),
                cells.join(" | ")
            )?;
        }
        self.bad.iter().try_for_each(|bad| writeln!(f, "{bad}"))
    }
}

/// Has cases done for so long.
pub fn watch(seed: u64, time: Duration) -> Result<Table> {
    let end = Instant::now() + time;
    let mut table = Table::default();
    let mut next = 0;
    let folder = tempfile::tempdir()?;
    while Instant::now() < end {
        let (mut worker, lines) = start(seed, next, folder.path())?;
        let ended = follow(&lines, &mut next, end, &mut table);
        worker
            .kill()
            .and_then(|()| worker.wait())
            .context("the worker cannot be ended")?;
        if let Some(how) = ended {
            table.count(next, how);
            next += 1;
        }
    }
    Ok(table)
}

/// Counts cases as the worker tells of them. Gives how it ended, if it did not end by our wish.
fn follow(
    lines: &Receiver<String>,
    next: &mut u64,
    end: Instant,
    table: &mut Table,
) -> Option<&'static str> {
    loop {
        let line = match lines.recv_timeout(CASE) {
            Ok(line) => line,
            Err(RecvTimeoutError::Timeout) => return Some("hung"),
            Err(RecvTimeoutError::Disconnected) => return Some("crashed"),
        };
        if let Some(outcome) = Outcome::ALL
            .into_iter()
            .find(|outcome| outcome.name() == line)
        {
            table.count(*next, outcome.name());
            *next += 1;
            if Instant::now() >= end {
                return None;
            }
        }
    }
}

/// A worker with little memory, and what it says line by line. What it leaves behind lies in `folder`.
fn start(seed: u64, from: u64, folder: &Path) -> Result<(Child, Receiver<String>)> {
    let mut command = limited::command(&std::env::current_exe()?, ADDRESS_SPACE);
    command.args([
        "work",
        "--seed",
        &seed.to_string(),
        "--from",
        &from.to_string(),
    ]);
    command.env("TMPDIR", folder).env("TEMP", folder);
    let mut worker = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .context("no worker can be started")?;
    let output = worker.stdout.take().context("the worker has no output")?;
    let (send, lines) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            if send.send(line).is_err() {
                return;
            }
        }
    });
    Ok((worker, lines))
}
