//! The gallery: a page on which every fill can be looked at beside every other, pixel by pixel. Scores are blind to much
//! that eyes see.

use crate::Tools;
use crate::entrants;
use crate::fills::{self, KINDS};
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

const PAGE: &str = include_str!("../gallery.html");
/// Where the page wants its list.
const PLACE: &str = "/* the list */";

/// What the gallery needs.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    tools: Tools,
    /// A folder of NN.webp with masks NN_narrow.png and NN_wide.png
    #[arg(long)]
    pictures: PathBuf,
    /// The folder to write: index.html and the fills
    #[arg(long)]
    out: PathBuf,
}

/// Fills the pictures by all methods and writes the page.
pub fn write(arguments: &Arguments) -> Result<()> {
    let Arguments {
        tools,
        pictures,
        out,
    } = arguments;
    fs::create_dir_all(out).with_context(|| format!("cannot make {}", out.display()))?;
    let ours = entrants::ours(&tools.models)?;
    let methods = fills::by_all(tools, &ours, pictures, out)?;
    let shown: Vec<_> = methods
        .iter()
        .filter_map(|method| {
            let folder = method.folder.file_name()?.to_str()?;
            Some(json!({ "name": method.name.replace('`', ""), "folder": folder }))
        })
        .collect();
    let list = json!({ "methods": shown, "masks": masks(pictures)? });
    // A script ends where its end tag is written, even within a string.
    let page = PAGE.replace(PLACE, &list.to_string().replace("</", "<\\/"));
    let file = out.join("index.html");
    fs::write(&file, page).with_context(|| format!("cannot write {}", file.display()))?;
    eprintln!("written: {}", file.display());
    Ok(())
}

/// The names of all masks in the folder of pictures, in order.
fn masks(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in
        fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?
    {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let is_mask = |kind: &str| name.ends_with(&format!("_{kind}.png"));
        if KINDS.into_iter().any(is_mask) {
            names.push(name);
        }
    }
    names.sort();
    ensure!(!names.is_empty(), "there are no pictures with masks");
    Ok(names)
}
