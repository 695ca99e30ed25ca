//! From the words of the command line to the description of a set of masks.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use reweave_masks::presets::{self, Preset};
use reweave_masks::set::{Cell, Description};
use reweave_masks::{Border, MaskKind, Silhouettes, Wanted, protocol};
use serde::Deserialize;

/// What is drawn, and what is wanted of it.
#[derive(Debug, clap::Args)]
pub struct Words {
    /// What is drawn
    #[arg(long, default_value = Preset::Mixed.name(), value_parser = preset(), value_name = "WHICH", help_heading = "Holes")]
    kind: Preset,

    /// Draw the kinds in [[masks]] of this TOML file: a recipe of the trainer, or the masks.toml of another set
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with = "kind",
        help_heading = "Holes"
    )]
    kinds: Option<PathBuf>,

    /// Draw the outlines of what is opaque in the PNG pictures of this folder
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["kind", "kinds"], help_heading = "Holes")]
    silhouettes: Option<PathBuf>,

    /// Only masks with so much hole [percent, such as 10-20]
    #[arg(long, value_name = "FROM-TO", value_parser = share, help_heading = "Holes")]
    ratio: Option<(f32, f32)>,

    /// Whether holes come near the picture's edge
    #[arg(long, value_enum, default_value_t = BorderChoice::Any, value_name = "WHICH", help_heading = "Holes")]
    border: BorderChoice,

    /// How near that is, in pixels
    #[arg(long, value_name = "PIXELS", default_value_t = protocol::BORDER, help_heading = "Holes")]
    border_width: usize,

    /// Make the masks of a paper's test protocol, in folders by share of hole and contact with the border
    #[arg(long, value_enum, value_name = "WHICH", conflicts_with_all = ["ratio", "border", "border_width", "size"], help_heading = "Set")]
    pub protocol: Option<Protocol>,

    /// Columns and rows, such as 640x360; one number for squares
    #[arg(long, value_name = "SIZE", default_value = "512", value_parser = size, help_heading = "Set")]
    size: (usize, usize),

    /// Another seed gives other masks, the same seed the same on every machine
    #[arg(long, value_name = "NUMBER", default_value_t = 0, help_heading = "Set")]
    seed: u64,
}

/// Whether holes come near the picture's edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum BorderChoice {
    /// As it happens
    Any,
    /// At least one hole is near
    Touching,
    /// No hole is near
    Free,
}

/// Test protocols of papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Protocol {
    /// Partial convolutions: 1-10, 10-20 … 50-60 % of hole, with and without contact with a border of 50 pixels
    Liu2018,
}

/// A part of a recipe.
#[derive(Deserialize)]
struct Kinds {
    masks: Vec<MaskKind>,
}

impl Words {
    /// The description of the set, in which folders are named from the root: it is read from other places, too.
    ///
    /// # Errors
    /// The file of kinds cannot be read, or is no such file.
    pub fn describe(&self) -> Result<Description, String> {
        let (size, cells) = match self.protocol {
            Some(Protocol::Liu2018) => ((protocol::SIDE, protocol::SIDE), protocol::liu2018()),
            None => {
                let cell = Cell {
                    folder: String::new(),
                    wanted: self.wanted(),
                };
                (self.size, vec![cell])
            }
        };
        let (mut masks, base) = self.kinds()?;
        let silhouettes = masks
            .iter_mut()
            .filter_map(|kind| kind.silhouettes.as_mut());
        for silhouettes in silhouettes {
            let folder = base.join(&silhouettes.folder);
            silhouettes.folder = std::path::absolute(&folder)
                .map_err(|error| format!("{} is no folder: {error}", folder.display()))?;
        }
        Ok(Description {
            seed: self.seed,
            size,
            cells,
            masks,
        })
    }

    /// The kinds, and the folder from which they name folders.
    fn kinds(&self) -> Result<(Vec<MaskKind>, PathBuf), String> {
        let shorter = self.size.0.min(self.size.1);
        if let Some(folder) = &self.silhouettes {
            let kind = MaskKind {
                odds: 1.0,
                silhouettes: Some(Silhouettes {
                    folder: folder.clone(),
                    count: (1, 2),
                    side: (shorter / 6, shorter * 2 / 3),
                }),
                ..MaskKind::default()
            };
            return Ok((vec![kind], PathBuf::new()));
        }
        let Some(file) = &self.kinds else {
            return Ok((presets::kinds(self.kind, shorter), PathBuf::new()));
        };
        let text = std::fs::read_to_string(file)
            .map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
        let kinds: Kinds = toml::from_str(&text)
            .map_err(|error| format!("{} has no [[masks]] to draw: {error}", file.display()))?;
        let base = file.parent().unwrap_or(Path::new("")).to_owned();
        Ok((kinds.masks, base))
    }

    fn wanted(&self) -> Option<Wanted> {
        let border = match self.border {
            BorderChoice::Any => Border::Any,
            BorderChoice::Touching => Border::Touching(self.border_width),
            BorderChoice::Free => Border::Free(self.border_width),
        };
        let share = match self.ratio {
            None if border == Border::Any => return None,
            share => share,
        };
        Some(Wanted { share, border })
    }
}

/// A preset by its name.
fn preset() -> impl TypedValueParser<Value = Preset> {
    let named = |preset: Preset| PossibleValue::new(preset.name()).help(preset.about());
    PossibleValuesParser::new(Preset::ALL.map(named)).try_map(|name| {
        let found = Preset::ALL.into_iter().find(|it| it.name() == name);
        found.ok_or("there is no such kind")
    })
}

/// Shares of hole, 0 to 1, from percents.
fn share(text: &str) -> Result<(f32, f32), String> {
    let numbers = text.split_once('-');
    let share = |percent: &str| percent.parse().ok().map(|percent: f32| percent / 100.0);
    let numbers = numbers.and_then(|(low, high)| Some((share(low)?, share(high)?)));
    match numbers {
        Some((low, high)) if 0.0 <= low && low < high && high <= 1.0 => Ok((low, high)),
        _ => Err("it is no range from 0 to 100 that rises, such as 10-20".into()),
    }
}

fn size(text: &str) -> Result<(usize, usize), String> {
    let (width, height) = text.split_once('x').unwrap_or((text, text));
    match (width.parse(), height.parse()) {
        (Ok(width @ 1..=16384), Ok(height @ 1..=16384)) => Ok((width, height)),
        _ => Err("it is no size from 1 to 16384, such as 512 or 640x360".into()),
    }
}
