//! What a fill says while it runs: a bar and a line for people, JSON lines for scripts.

use std::collections::HashSet;
use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use reweave::Progress;
use reweave::settings::Method;

use super::error::FillError;
use super::event::{Event, Name};
use super::one::{Filled, Notes};
use crate::interrupt;
use crate::jobs::Job;
use crate::report::{complain, print_line};

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
    picture: PathBuf,
    filled: usize,
    unchanged: usize,
    skipped: usize,
    failed: Vec<(PathBuf, String)>,
    told: HashSet<String>,
    last_line: Instant,
    began: Instant,
}

/// To whom a fill tells what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// To people, on standard output.
    People,
    /// To people, on standard error: the result has standard output.
    Aside,
    /// To scripts: JSON lines on standard output.
    Json,
    /// To nobody, but for what went wrong.
    Quiet,
}

impl Reporter {
    pub fn new(voice: Voice, pictures: usize) -> Self {
        let is_for_people = matches!(voice, Voice::People | Voice::Aside);
        let bar = if is_for_people && std::io::stderr().is_terminal() {
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
            picture: PathBuf::new(),
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
        self.picture.clone_from(&job.picture);
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
        self.json(&Event::Begin {
            picture: Name(&job.picture),
            mask: job.mask.as_deref().map(Name),
            output: Name(&job.output),
        });
    }

    pub fn filled(&mut self, job: &Job, done: &Filled) {
        self.filled += 1;
        let report = &done.report;
        self.json(&Event::Filled {
            picture: Name(&job.picture),
            output: Name(&job.output),
            width: done.size.0,
            height: done.size.1,
            pixels: report.pixels,
            pixels_of_other_frames: done.taken,
            regions: report.regions,
            specks: report.specks,
            seconds: report.into(),
            method: Method::CHOICES[report.method as usize].id,
            why: &report.why,
            answered_by: (&report.answered_by).into(),
            notes: &done.notes.all(),
        });
        let taken = match done.taken {
            0 => String::new(),
            taken => format!("{taken} pixels taken from other frames, "),
        };
        self.say(&format!(
            "{}: {taken}{} pixels filled in {:.1} s by {}",
            job.output.display(),
            report.pixels,
            report.seconds.total(),
            report.answered_by
        ));
        for why in &report.answered_by.why_not_better {
            self.say_once(why);
        }
        self.notes(&done.notes);
    }

    pub fn unchanged(&mut self, job: &Job, notes: &Notes) {
        self.unchanged += 1;
        let (picture, output) = (Name(&job.picture), Name(&job.output));
        self.json(&Event::Unchanged {
            picture,
            output,
            notes: &notes.all(),
        });
        let why = match &job.mask {
            Some(mask) => format!("{} covers no pixel", mask.display()),
            None => "it shows no hole".to_owned(),
        };
        let name = job.output.display();
        self.say(&format!(
            "{name}: nothing to fill, {why}; the picture is unchanged"
        ));
        self.notes(notes);
    }

    pub fn skipped(&mut self, job: &Job) {
        self.skipped += 1;
        let (picture, output) = (Name(&job.picture), Name(&job.output));
        self.json(&Event::Skipped { picture, output });
        self.say(&format!(
            "{}: already there, skipped (--overwrite fills it again)",
            job.output.display()
        ));
    }

    pub fn failed(&mut self, job: &Job, error: &FillError) {
        let name = job.picture.display().to_string();
        let mut why = error.to_string();
        // What the engine says may know no file, and what breaks down knows none.
        if matches!(error, FillError::Engine(_) | FillError::Broken(_)) && !why.contains(&name) {
            why = format!("{name}: {why}");
        }
        self.json(&Event::Failed {
            picture: Name(&job.picture),
            output: Name(&job.output),
            error: &why,
        });
        if self.voice != Voice::Json {
            self.bar.suspend(|| complain(format_args!("error: {why}")));
        }
        self.failed.push((job.picture.clone(), why));
    }

    pub fn interrupted(&mut self, left: usize) {
        self.bar.finish_and_clear();
        self.json(&Event::Interrupted { left });
        if self.voice != Voice::Json {
            complain(format_args!(
                "Stopped: {} filled, {left} left; nothing is half written.",
                self.filled
            ));
        }
    }

    /// What is wrong is wrong for all pictures: the others were not tried.
    pub fn gave_up(&mut self, left: usize) {
        if left > 0 && self.voice != Voice::Json {
            complain(format_args!(
                "error: the other {left} pictures would fail too; they were not tried"
            ));
        }
    }

    /// Sums up, names what failed, and gives the exit status.
    pub fn end(&mut self) -> ExitCode {
        self.bar.finish_and_clear();
        self.json(&Event::End {
            filled: self.filled,
            unchanged: self.unchanged,
            skipped: self.skipped,
            failed: self.failed.iter().map(|(path, _)| Name(path)).collect(),
            seconds: self.began.elapsed().as_secs_f64(),
        });
        if self.pictures > 1 {
            let mut parts = vec![format!("{} filled", self.filled)];
            parts.extend((self.unchanged > 0).then(|| format!("{} unchanged", self.unchanged)));
            parts.extend((self.skipped > 0).then(|| format!("{} skipped", self.skipped)));
            parts
                .extend((!self.failed.is_empty()).then(|| format!("{} failed", self.failed.len())));
            self.say(&parts.join(", "));
            if self.voice != Voice::Json {
                for (_, why) in &self.failed {
                    complain(format_args!("failed: {why}"));
                }
            }
        }
        if self.failed.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }

    fn notes(&mut self, notes: &Notes) {
        for warning in &notes.warnings {
            if self.voice != Voice::Json {
                self.bar
                    .suspend(|| complain(format_args!("warning: {warning}")));
            }
        }
        for note in &notes.remarks {
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
        self.bar.suspend(|| match self.voice {
            Voice::People => print_line(line),
            Voice::Aside => complain(line),
            Voice::Json | Voice::Quiet => {}
        });
    }

    fn json(&self, event: &Event<'_>) {
        if self.voice == Voice::Json
            && let Ok(line) = serde_json::to_string(event)
        {
            print_line(&line);
        }
    }
}

impl Progress for Reporter {
    fn report(&mut self, done: f32, doing: &str) -> ControlFlow<()> {
        let done = done.clamp(0.0, 1.0);
        let before = (self.current as u64 - 1) * STEPS;
        self.bar.set_position(before + (done * STEPS as f32) as u64);
        self.bar.set_message(doing.to_owned());
        if self.voice == Voice::Json && self.last_line.elapsed() >= PAUSE {
            self.last_line = Instant::now();
            let picture = Name(&self.picture);
            self.json(&Event::Progress {
                picture,
                done,
                doing,
            });
        }
        if interrupt::asked() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}
