//! `reweave-train report`: a run as one page that needs nothing else.
//!
//! page.html is the page with places to fill in; curve.rs draws numbers over steps.

mod curve;

use crate::checkpoint::Checkpoint;
use crate::recipe::Recipe;
use crate::tensorboard::{self, Scalar};
use anyhow::{Context, Result, ensure};
use base64ct::{Base64, Encoding};
use reweave_models::card::{Card, Source};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const PAGE: &str = include_str!("page.html");
/// Fills are shown at so many steps at most, evenly taken from all.
const SHOWN: usize = 12;

/// Writes the page of the run in `run`; scores are those on the card of `model`, where one is named.
///
/// # Errors
/// There is no run in the folder, or the page cannot be written.
pub fn report(run: &Path, model: Option<&Path>, output: &Path) -> Result<()> {
    let checkpoint = run.join("checkpoint.safetensors");
    ensure!(
        checkpoint.exists(),
        "there is no training in {}: it has no checkpoint",
        run.display()
    );
    let checkpoint = Checkpoint::open(&checkpoint)?;
    let recipe = Recipe::parse(&checkpoint.recipe)?;
    let scalars = tensorboard::read(run)?;
    let words = [
        ("{title}", escaped(&recipe.card.title)),
        ("{facts}", facts(&recipe, &checkpoint)),
        ("{curves}", curves(&scalars)),
        ("{fills}", fills(&run.join("fills"))?),
        ("{scores}", scores(model)?),
        ("{sources}", sources(&recipe)),
        ("{recipe}", escaped(&checkpoint.recipe)),
    ];
    // The recipe comes last: whatever stands in it is not taken for a place to fill in.
    let replace = |page: String, (word, by): &(&str, String)| page.replace(word, by);
    let page = words.iter().fold(PAGE.to_owned(), replace);
    std::fs::write(output, page).with_context(|| format!("cannot write {}", output.display()))?;
    println!("{}", output.display());
    Ok(())
}

fn facts(recipe: &Recipe, checkpoint: &Checkpoint) -> String {
    let best = match checkpoint.best {
        Some(best) => format!("; best loss on held-out pictures {best:.4}"),
        None => String::new(),
    };
    escaped(&format!(
        "{}: step {} of {}, crops of {} pixels, {} pictures a step{best}",
        recipe.name,
        checkpoint.step,
        recipe.iterations,
        recipe.size,
        recipe.batch * recipe.accumulate
    ))
}

/// One drawing for each number in the log.
fn curves(scalars: &[Scalar]) -> String {
    let mut by_tag: BTreeMap<&str, Vec<(i64, f32)>> = BTreeMap::new();
    for scalar in scalars {
        let curve = by_tag.entry(&scalar.tag).or_default();
        curve.push((scalar.step, scalar.value));
    }
    if by_tag.is_empty() {
        return "<p>Nothing is logged yet.</p>".into();
    }
    // What matters most stands first.
    let (first, rest): (Vec<_>, Vec<_>) =
        by_tag.into_iter().partition(|(tag, _)| *tag == "held out");
    first
        .into_iter()
        .chain(rest)
        .map(|(tag, points)| curve::svg(&escaped(tag), &points))
        .collect()
}

/// Rows of fills of the same crops over time, with the holes first.
fn fills(folder: &Path) -> Result<String> {
    let [holes, generated] = ["holes.jpg", "chosen.jpg"].map(|name| folder.join(name));
    if !holes.exists() {
        return Ok(
            "<p>The recipe holds no pictures out, so that there are no fills to show.</p>".into(),
        );
    }
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("cannot read the folder {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "jpg"))
        .filter(|path| ![&holes, &generated].contains(&path))
        .collect();
    files.sort();
    let count = files.len().min(SHOWN);
    // The last one is always among them.
    let chosen = (1..=count).map(|i| &files[i * files.len() / count - 1]);
    let row = |name: &str, path: &Path| -> Result<String> {
        let bytes =
            std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let data = Base64::encode_string(&bytes);
        Ok(format!(
            "<figure><img alt=\"{name}\" src=\"data:image/jpeg;base64,{data}\"><figcaption>{name}</figcaption></figure>\n"
        ))
    };
    let mut rows = row("the holes", &holes)?;
    for path in chosen {
        let step = path.file_stem().unwrap_or_default().to_string_lossy();
        rows += &row(&format!("step {}", step.trim_start_matches('0')), path)?;
    }
    if generated.exists() {
        rows += &row("holes of the mask generator", &generated)?;
    }
    Ok(rows)
}

/// The scores on a model's card, a table for each protocol.
fn scores(model: Option<&Path>) -> Result<String> {
    let Some(model) = model else {
        return Ok("<p>None: name the exported model with --model, once it is scored with <code>reweave-train score … --write-card</code>.</p>".into());
    };
    let card = Card::read(&model.with_extension("json"))?;
    let mut html = String::new();
    for (protocol, scores) in &card.scores {
        html += &format!(
            "<table><tr><th>{}</th><th>of {}</th></tr>\n",
            escaped(protocol),
            escaped(&card.name)
        );
        for (what, value) in scores {
            html += &format!("<tr><td>{}</td><td>{value}</td></tr>\n", escaped(what));
        }
        html += "</table>\n";
    }
    if html.is_empty() {
        html = format!("<p>The card of {} has none.</p>", escaped(&card.name));
    }
    Ok(html)
}

/// The pictures that were learned from, with their licences.
fn sources(recipe: &Recipe) -> String {
    let mut html = "<table><tr><th>pictures</th><th>licence</th></tr>\n".to_owned();
    for text in &recipe.card.sources {
        let source = Source::from(text.as_str());
        let licence = match source.licence.as_str() {
            "" => "not said",
            licence => licence,
        };
        html += &format!(
            "<tr><td>{}</td><td>{}</td></tr>\n",
            escaped(&source.name),
            escaped(licence)
        );
    }
    html + &format!(
        "</table>\n<p>Licence of the model: {}</p>\n",
        escaped(&recipe.card.licence)
    )
}

/// Text as HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
