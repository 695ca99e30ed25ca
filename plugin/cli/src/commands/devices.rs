//! `reweave devices`: where networks can run on this machine, and why not elsewhere.

use std::process::ExitCode;

use reweave::devices::{self, Adapter};
use serde_json::json;

use super::runtime_choice::RuntimeChoice;

/// List where networks can run on this machine, best first, and why not elsewhere.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
`reweave runtime install` fetches ONNX Runtime, which is faster than the built-in runtime;
`reweave runtime install --gpu` what fits the graphics card of this machine.")]
pub struct Args {
    /// Print one JSON line for each.
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    runtime: RuntimeChoice,
}

impl Args {
    pub fn run(self) -> ExitCode {
        self.runtime.apply();
        let mut text = String::new();
        for way in devices::list() {
            if self.json {
                let card = |card: &Adapter| {
                    json!({
                        "maker": card.maker,
                        "kind": card.kind.to_string(),
                        "adapter": card.name,
                        "driver": card.driver,
                    })
                };
                let line = json!({
                    "runtime": way.runtime,
                    "provider": way.provider,
                    "version": way.version,
                    "available": way.status.is_ok(),
                    "found_at": way.status.as_ref().ok(),
                    "why_not": way.status.as_ref().err(),
                    "cards": way.cards.iter().map(card).collect::<Vec<_>>(),
                });
                text += &format!("{line}\n");
                continue;
            }
            let name =
                format!("{} {} ({})", way.runtime, way.version, way.provider).replace("  ", " ");
            match way.status {
                Ok(place) => text += &format!("yes  {name}\n     {place}\n"),
                Err(why) => text += &format!("no   {name}\n     {why}\n"),
            }
            for card in &way.cards {
                text += &format!("     {card}\n");
            }
        }
        crate::report::print_bytes(text.as_bytes())
    }
}
