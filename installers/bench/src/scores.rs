//! How good the fills are.

use crate::Setup;
use crate::entrants::Entrant;
use crate::fills::{self, Method};
use crate::page::Page;
use anyhow::{Context, Result, ensure};
use reweave::card::Card;
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Stdio};

const SCORES: &str = include_str!("../scores.py");
const COLUMNS: [&str; 5] = ["L1 %", "PSNR", "SSIM", "LPIPS alex", "LPIPS vgg"];

/// Fills and scores the pictures of `--pictures`; without them, copies what stands on the models' cards.
pub fn scores(page: &mut Page, setup: &Setup, ours: &[Entrant]) -> Result<()> {
    match &setup.pictures {
        Some(pictures) => against_peers(page, setup, ours, pictures),
        None => from_cards(page, ours),
    }
}

fn against_peers(page: &mut Page, setup: &Setup, ours: &[Entrant], pictures: &Path) -> Result<()> {
    let methods = fills::by_all(&setup.tools, ours, pictures, &setup.empty.join("fills"))?;
    eprintln!("scoring");
    let of = |method: &Method| format!("{}={}", method.name, method.folder.display());
    let answer = Command::new(&setup.tools.python)
        .args(["-c", SCORES])
        .arg(pictures)
        .arg(&setup.lpips)
        .args(methods.iter().map(of))
        .stderr(Stdio::inherit())
        .output()
        .context("cannot start Python")?;
    ensure!(
        answer.status.success(),
        "scoring failed ({})",
        answer.status
    );
    let rows: Vec<Value> = serde_json::from_slice(&answer.stdout)?;

    let count = rows
        .first()
        .map_or(0, |row| row["pictures"].as_u64().unwrap_or(0));
    let mut columns = vec!["method", "holes"];
    columns.extend(COLUMNS);
    page.table(
        "Scores",
        &format!(
            "{count} photos with narrow and with wide holes, filled and compared with the truth. Known pixels count as \
             right. No method sees the truth in the hole: peers get it filled by Telea. L1 and LPIPS: less is better; PSNR \
             and SSIM: more is."
        ),
        &columns,
    );
    for row in &rows {
        let mut cells = ["method", "holes"]
            .map(|key| row[key].as_str().unwrap_or("?").to_owned())
            .to_vec();
        for (column, digits) in COLUMNS.iter().zip([3, 2, 4, 4, 4]) {
            cells.push(format!(
                "{:.digits$}",
                row[*column].as_f64().unwrap_or(f64::NAN)
            ));
        }
        page.line(&cells);
    }
    Ok(())
}

fn from_cards(page: &mut Page, ours: &[Entrant]) -> Result<()> {
    let mut lines = Vec::new();
    for entrant in ours {
        let card = Card::read(&entrant.file.with_extension("json"))?;
        for (protocol, scores) in &card.scores {
            for (name, value) in scores {
                lines.push([
                    format!("`{}`", entrant.name),
                    protocol.clone(),
                    name.clone(),
                    value.to_string(),
                ]);
            }
        }
    }
    if !lines.is_empty() {
        page.table(
            "Scores",
            "From the models' cards.",
            &["model", "protocol", "score", "value"],
        );
    }
    for line in lines {
        page.line(&line);
    }
    Ok(())
}
