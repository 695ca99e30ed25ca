//! How good a model's fills are, measured on pictures it has not seen.
//!
//! For each picture `NAME.webp` (or png, jpg) of a folder and each mask `NAME_KIND.png` beside it (white = hole) the model
//! fills the hole; the fill is compared with the picture, known pixels put back. Scores are means over the pictures of
//! a kind of mask: L1 in percent of the range, PSNR in dB, SSIM, LPIPS with two networks (lower is nearer), and the noise in
//! smooth places.

mod lpips;
mod model;
mod noise;
mod ssim;

use crate::data::sketch;
use anyhow::{Context, Result, ensure};
use image::{GrayImage, RgbImage};
use lpips::Lpips;
use model::Model;
use reweave_models::card::{BARE, Card};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What to score, and with what.
pub struct Request<'a> {
    /// The .onnx file, its card beside it.
    pub model: &'a Path,
    /// Folder of pictures and masks.
    pub pictures: &'a Path,
    /// Folder with lpips_alex.onnx and lpips_vgg.onnx.
    pub features: &'a Path,
    /// The library of ONNX Runtime.
    pub onnxruntime: &'a Path,
    /// Folder to keep the fills in, as NAME_KIND.png.
    pub fills: Option<&'a Path>,
    /// Only every so many pictures.
    pub every: usize,
    /// Whether the model is shown the true edges in the hole, as a sketch.
    pub sketches: bool,
    /// Whether the scores go onto the card.
    pub write_card: bool,
    /// Whether they are printed as one line of JSON, for scripts.
    pub json: bool,
}

/// Means over the pictures of one kind of mask.
#[derive(Default)]
struct Scores {
    pictures: usize,
    l1_percent: f64,
    psnr: f64,
    ssim: f64,
    lpips_alex: f64,
    lpips_vgg: f64,
    /// Sum over the pictures that have smooth places in their hole, and their number.
    noise: (f64, usize),
}

impl Scores {
    fn named(&self) -> Vec<(&'static str, f64)> {
        let mean = |sum: f64| sum / self.pictures as f64;
        let mut named = vec![
            ("l1_percent", mean(self.l1_percent)),
            ("psnr", mean(self.psnr)),
            ("ssim", mean(self.ssim)),
            ("lpips_alex", mean(self.lpips_alex)),
            ("lpips_vgg", mean(self.lpips_vgg)),
        ];
        if let (sum, count @ 1..) = self.noise {
            named.push(("noise", sum / count as f64));
        }
        named
    }
}

/// Fills, compares, prints a table, and writes the scores onto the card if asked to.
pub fn score(request: &Request) -> Result<()> {
    let environment = ort::init_from(request.onnxruntime)
        .with_context(|| {
            format!(
                "cannot load ONNX Runtime from {}",
                request.onnxruntime.display()
            )
        })?
        .build()?;
    let mut model = Model::open(&environment, request.model)?;
    ensure!(
        model.is_guided() || !request.sketches,
        "{} takes no sketch: train a network with guided = true",
        request.model.display()
    );
    let mut alex = Lpips::open(&environment, &request.features.join("lpips_alex.onnx"))?;
    let mut vgg = Lpips::open(&environment, &request.features.join("lpips_vgg.onnx"))?;
    if let Some(folder) = request.fills {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
    }

    let mut kinds: BTreeMap<String, Scores> = BTreeMap::new();
    for (picture_path, masks) in pictures(request.pictures)?
        .into_iter()
        .step_by(request.every.max(1))
    {
        let picture = open(&picture_path)?.into_rgb8();
        let lines = request.sketches.then(|| sketch::of_picture(&picture));
        for (kind, mask_path) in masks {
            let hole = open(&mask_path)?.into_luma8();
            ensure!(
                hole.dimensions() == picture.dimensions(),
                "{} is not of the size of its picture",
                mask_path.display()
            );
            let filled = composite(
                &model.fill(&picture, &hole, lines.as_deref())?,
                &picture,
                &hole,
            );
            if let Some(folder) = request.fills {
                let name = mask_path.file_name().unwrap_or_default();
                filled
                    .save(folder.join(name))
                    .with_context(|| format!("cannot write into {}", folder.display()))?;
            }
            let scores = kinds.entry(kind).or_default();
            let (l1, psnr) = differences(&filled, &picture);
            scores.pictures += 1;
            scores.l1_percent += l1;
            scores.psnr += psnr;
            scores.ssim += ssim::ssim(&filled, &picture);
            scores.lpips_alex += alex.distance(&picture, &filled)?;
            scores.lpips_vgg += vgg.distance(&picture, &filled)?;
            if let Some(noise) = noise::noise(&filled, &picture, &hole) {
                scores.noise.0 += noise;
                scores.noise.1 += 1;
            }
        }
    }
    ensure!(
        !kinds.is_empty(),
        "no picture in {} has a mask NAME_KIND.png beside it",
        request.pictures.display()
    );

    match request.json {
        true => println!("{}", as_json(request.model, &kinds)),
        false => print_table(&kinds),
    }
    if request.write_card {
        let path = request.model.with_extension("json");
        let mut card = Card::read(&path)?;
        let all = kinds.iter().flat_map(|(kind, s)| {
            let named = s.named().into_iter();
            named.map(move |(name, value)| (format!("{kind}.{name}"), rounded(value)))
        });
        card.scores.insert(BARE.into(), all.collect());
        card.write(&path)?;
    }
    Ok(())
}

fn print_table(kinds: &BTreeMap<String, Scores>) {
    println!(
        "{:10} {:>8} {:>7} {:>7} {:>11} {:>10} {:>6} {:>9}",
        "mask", "L1 %", "PSNR", "SSIM", "LPIPS alex", "LPIPS vgg", "noise", "pictures"
    );
    for (kind, scores) in kinds {
        let named: BTreeMap<_, _> = scores.named().into_iter().collect();
        let noise = match named.get("noise") {
            Some(noise) => format!("{noise:.3}"),
            None => "-".to_owned(),
        };
        println!(
            "{kind:10} {:8.3} {:7.2} {:7.4} {:11.4} {:10.4} {noise:>6} {:9}",
            named["l1_percent"],
            named["psnr"],
            named["ssim"],
            named["lpips_alex"],
            named["lpips_vgg"],
            scores.pictures
        );
    }
}

/// The scores, by kind of mask and name.
fn as_json(model: &Path, kinds: &BTreeMap<String, Scores>) -> serde_json::Value {
    let of = |scores: &Scores| {
        let named = scores.named().into_iter();
        let mut object: serde_json::Map<_, _> = named
            .map(|(name, value)| (name.to_owned(), rounded(value).into()))
            .collect();
        object.insert("pictures".into(), scores.pictures.into());
        serde_json::Value::from(object)
    };
    let kinds = kinds
        .iter()
        .map(|(kind, scores)| (kind.clone(), of(scores)));
    serde_json::json!({
        "model": model,
        "masks": kinds.collect::<serde_json::Map<_, _>>(),
    })
}

/// Five digits say all that the pictures can.
fn rounded(value: f64) -> f64 {
    (value * 1e5).round() / 1e5
}

fn open(path: &Path) -> Result<image::DynamicImage> {
    image::open(path).with_context(|| format!("cannot read the picture {}", path.display()))
}

/// A picture, and its masks by kind.
type Masked = (PathBuf, Vec<(String, PathBuf)>);

/// The pictures that have masks, in order of name.
fn pictures(folder: &Path) -> Result<Vec<Masked>> {
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("cannot read the folder {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.map(|e| Ok(e?.path())).collect::<Result<_>>()?;
    files.sort();
    let stem = |path: &Path| {
        path.file_stem()
            .and_then(|s| s.to_str())
            .unwrap_or_default()
            .to_owned()
    };
    let mask_of = |picture: &str, path: &Path| {
        stem(path)
            .strip_prefix(picture)?
            .strip_prefix('_')
            .map(str::to_owned)
    };
    let mut found = Vec::new();
    for path in &files {
        let name = stem(path);
        let masks: Vec<_> = files
            .iter()
            .filter_map(|p| Some((mask_of(&name, p)?, p.clone())))
            .collect();
        if !masks.is_empty() {
            found.push((path.clone(), masks));
        }
    }
    Ok(found)
}

/// The fill inside the hole, the picture elsewhere.
fn composite(filled: &RgbImage, picture: &RgbImage, hole: &GrayImage) -> RgbImage {
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        if hole.get_pixel(x, y)[0] > 127 {
            *filled.get_pixel(x, y)
        } else {
            *picture.get_pixel(x, y)
        }
    })
}

/// Mean absolute difference in percent of the range, and the peak signal to noise ratio in dB.
fn differences(a: &RgbImage, b: &RgbImage) -> (f64, f64) {
    let pairs = || {
        a.as_raw()
            .iter()
            .zip(b.as_raw())
            .map(|(&a, &b)| f64::from(a) - f64::from(b))
    };
    let count = a.as_raw().len() as f64;
    let l1 = pairs().map(f64::abs).sum::<f64>() / count;
    let squared = pairs().map(|d| d * d).sum::<f64>() / count;
    (
        l1 / 2.55,
        10.0 * (255.0 * 255.0 / squared.max(1e-9)).log10(),
    )
}
