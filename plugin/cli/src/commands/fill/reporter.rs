//! What a fill says while it runs: a bar and a line for people, JSON lines for scripts.

use std::collections::HashSet;
use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use reweave::{Progress, RuntimeReport};
use serde_json::{Value, json};

use super::one::{Failure, Filled};
use crate::commands::report::print_line;
use crate::interrupt;
use crate::jobs::Job;

/// Steps of the bar for one picture.
const STEPS: u64 = 1000;
/// Scripts get progress at most this often.
const PAUSE: Duration = Duration::from_millis(200);

/// Tells people or scripts how the work goes.
pub struct Reporter {
    voice: Voice,
    bar: ProgressBar,
    pictures: usize,
    /// The picture being worked on, counted from 1.
    current: usize,
    name: String,
    filled: usize,
    unchanged: usize,
    skipped: usize,
    failed: Vec<(String, String)>,
    told: HashSet<String>,
    last_line: Instant,
    began: Instant,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Voice {
    People,
    Json,
    Quiet,
}

impl Reporter {
    pub fn new(json: bool, quiet: bool, pictures: usize) -> Self {
        let voice = match (json, quiet) {
            (true, _) => Voice::Json,
            (_, true) => Voice::Quiet,
            _ => Voice::People,
        };
        let bar = if voice == Voice::People && std::io::stderr().is_terminal() {
            let template = "{prefix} {bar:30} {percent:>3} % {wide_msg} {eta}";
            let style = ProgressStyle::with_template(template)
                .unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::new(STEPS * pictures as u64).with_style(style.progress_chars("━╸ "))
        } else {
            ProgressBar::hidden()
        };
        let now = Instant::now();
        Self {
            voice,
            bar,
            pictures,
            current: 0,
            name: String::new(),
            filled: 0,
            unchanged: 0,
            skipped: 0,
            failed: Vec::new(),
            told: HashSet::new(),
            last_line: now,
            began: now,
        }
    }

    pub fn begin(&mut self, job: &Job) {
        self.current += 1;
        self.name = job.picture.display().to_string();
        let short = job
            .picture
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let prefix = if self.pictures > 1 {
            format!("{}/{} {short}", self.current, self.pictures)
        } else {
            short
        };
        self.bar.set_prefix(prefix);
        self.bar.set_position((self.current as u64 - 1) * STEPS);
        self.json(|| json!({"event": "begin", "picture": job.picture, "mask": job.mask, "output": job.output}));
    }

    pub fn filled(&mut self, job: &Job, done: &Filled) {
        self.filled += 1;
        let (report, seconds) = (&done.report, done.report.seconds);
        self.json(|| {
            json!({
                "event": "filled", "picture": job.picture, "output": job.output,
                "width": done.size.0, "height": done.size.1, "pixels": report.pixels, "regions": report.regions,
                "seconds": {
                    "plan": seconds.plan, "read": seconds.read, "network": seconds.network, "blend": seconds.blend,
                    "total": seconds.total(),
                },
                "answered_by": answered_by(&report.answered_by), "notes": done.notes,
            })
        });
        self.say(&format!(
            "{}: {} pixels filled in {:.1} s by {}",
            job.output.display(),
            report.pixels,
            seconds.total(),
            report.answered_by
        ));
        for why in &report.answered_by.why_not_better {
            self.say_once(why);
        }
        self.notes(&done.notes);
    }

    pub fn unchanged(&mut self, job: &Job, notes: &[String]) {
        self.unchanged += 1;
        self.json(|| json!({"event": "unchanged", "picture": job.picture, "output": job.output, "notes": notes}));
        self.say(&format!(
            "{}: the mask is black all over, there is nothing to fill; the picture is unchanged",
            job.output.display()
        ));
        self.notes(notes);
    }

    pub fn skipped(&mut self, job: &Job) {
        self.skipped += 1;
        self.json(|| json!({"event": "skipped", "picture": job.picture, "output": job.output}));
        self.say(&format!(
            "{}: already there, skipped (--overwrite fills it again)",
            job.output.display()
        ));
    }

    pub fn failed(&mut self, job: &Job, failure: &Failure) {
        let name = job.picture.display().to_string();
        let mut why = failure.to_string();
        // What the engine says may know no file.
        if matches!(failure, Failure::Engine(_)) && !why.contains(&name) {
            why = format!("{name}: {why}");
        }
        self.json(|| json!({"event": "failed", "picture": job.picture, "output": job.output, "error": why}));
        if self.voice != Voice::Json {
            self.bar.suspend(|| eprintln!("error: {why}"));
        }
        self.failed.push((name, why));
    }

    pub fn interrupted(&mut self, left: usize) {
        self.bar.finish_and_clear();
        self.json(|| json!({"event": "interrupted", "left": left}));
        if self.voice != Voice::Json {
            eprintln!(
                "Stopped: {} filled, {left} left; nothing is half written.",
                self.filled
            );
        }
    }

    /// Sums up, names what failed, and gives the exit status.
    pub fn end(&mut self) -> ExitCode {
        self.bar.finish_and_clear();
        let names: Vec<&String> = self.failed.iter().map(|(name, _)| name).collect();
        self.json(|| {
            json!({
                "event": "end", "filled": self.filled, "unchanged": self.unchanged, "skipped": self.skipped,
                "failed": names, "seconds": self.began.elapsed().as_secs_f64(),
            })
        });
        if self.pictures > 1 {
            let mut parts = vec![format!("{} filled", self.filled)];
            parts.extend((self.unchanged > 0).then(|| format!("{} unchanged", self.unchanged)));
            parts.extend((self.skipped > 0).then(|| format!("{} skipped", self.skipped)));
            parts.extend((!names.is_empty()).then(|| format!("{} failed", names.len())));
            self.say(&parts.join(", "));
            if self.voice != Voice::Json {
                for (_, why) in &self.failed {
                    eprintln!("failed: {why}");
                }
            }
        }
        if self.failed.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }

    fn notes(&mut self, notes: &[String]) {
        for note in notes {
            self.say_once(note);
        }
    }

    /// In a batch, what holds for every picture is said once.
    fn say_once(&mut self, note: &str) {
        if self.told.insert(note.to_owned()) {
            self.say(&format!("  note: {note}"));
        }
    }

    fn say(&self, line: &str) {
        if self.voice == Voice::People {
            self.bar.suspend(|| print_line(line));
        }
    }

    fn json(&self, line: impl FnOnce() -> Value) {
        if self.voice == Voice::Json {
            print_line(&line().to_string());
        }
    }
}

fn answered_by(report: &RuntimeReport) -> Value {
    json!({
        "runtime": report.runtime, "provider": report.provider, "version": report.version,
        "why_not_better": report.why_not_better,
    })
}

impl Progress for Reporter {
    fn report(&mut self, done: f32, doing: &str) -> ControlFlow<()> {
        let done = f64::from(done.clamp(0.0, 1.0));
        self.bar
            .set_position((self.current as u64 - 1) * STEPS + (done * STEPS as f64) as u64);
        self.bar.set_message(doing.to_owned());
        if self.voice == Voice::Json && self.last_line.elapsed() >= PAUSE {
            self.last_line = Instant::now();
            let name = &self.name;
            self.json(
                || json!({"event": "progress", "picture": name, "done": done, "doing": doing}),
            );
        }
        if interrupt::asked() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}
