//! A process that does one thing on request and says how long it took.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A running contestant.
pub struct Contestant {
    child: Child,
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    /// What it said of itself when it started.
    pub greeting: Value,
}

impl Contestant {
    /// Starts it and waits for its greeting.
    pub fn start(command: &mut Command) -> Result<Self> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", command.get_program().display()))?;
        let requests = child.stdin.take();
        let answers = child.stdout.take().context("no output")?;
        let mut contestant = Self {
            child,
            requests,
            answers: BufReader::new(answers),
            greeting: Value::Null,
        };
        contestant.greeting = contestant.hear()?;
        Ok(contestant)
    }

    /// Asks for one run.
    pub fn ask(&mut self, request: &str) -> Result<Value> {
        let requests = self.requests.as_mut().context("it has been sent home")?;
        writeln!(requests, "{request}")?;
        requests.flush()?;
        self.hear()
    }

    /// Asks for one run, and gives its seconds.
    pub fn time(&mut self, request: &str) -> Result<f64> {
        self.ask(request)?["seconds"]
            .as_f64()
            .context("an answer without seconds")
    }

    fn hear(&mut self) -> Result<Value> {
        let mut line = String::new();
        let length = self.answers.read_line(&mut line)?;
        ensure!(
            length > 0,
            "a contestant ended early; what it said stands above"
        );
        Ok(serde_json::from_str(&line)?)
    }
}

impl Drop for Contestant {
    fn drop(&mut self) {
        // The end of its input is the end of its work.
        drop(self.requests.take());
        let _ = self.child.wait();
    }
}
