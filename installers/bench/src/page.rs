//! The page that is written: headings, and tables line by line.

use crate::contest::Outcome;
use serde_json::Value;
use std::fmt::Write;

/// Markdown, as it grows.
#[derive(Default)]
pub struct Page(String);

impl Page {
    /// The text so far.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Words on lines of their own.
    pub fn words(&mut self, words: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.0, "{words}");
    }

    /// A heading, what the table under it says, and the table's columns.
    pub fn table(&mut self, title: &str, words: &str, columns: &[&str]) {
        let rule = "---|".repeat(columns.len());
        self.words(&format!("\n## {title}\n\n{words}\n"));
        self.words(&format!("| {} |\n|{rule}", columns.join(" | ")));
    }

    /// A line of the table.
    pub fn line(&mut self, cells: &[String]) {
        self.words(&format!("| {} |", cells.join(" | ")));
    }

    /// A line for a contest: its name, both times, and their ratio.
    pub fn contest(&mut self, name: &str, outcome: &Outcome) {
        let seconds = |value: f64| format!("{value:.3}");
        self.line(&[
            name.into(),
            seconds(outcome.first),
            seconds(outcome.second),
            ratio(outcome),
        ]);
    }
}

/// Bytes as people read them; `?` where the system does not tell.
pub fn mebibytes(bytes: &Value) -> String {
    bytes.as_f64().map_or("?".into(), |bytes| {
        format!("{:.0}", bytes / f64::from(1 << 20))
    })
}

/// The median of the ratios with their quartiles.
pub fn ratio(outcome: &Outcome) -> String {
    let (low, high) = outcome.quartiles;
    format!("**{:.2}** ({low:.2} to {high:.2})", outcome.ratio)
}
