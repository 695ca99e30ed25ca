//! A model: a card and what fills by it, a session of a network, opened once for the whole process, or patches.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use once_cell::sync::{Lazy, OnceCell};
use reweave_models::card::Card;

use super::fit::{check_fit, check_sum};
use super::infer_card;
use super::inspect::inspect;
use crate::error::Error;
use crate::network::input::NetworkInput;
use crate::network::{self, Network};
use crate::patch::Patches;
use crate::progress::SubProgress;
use crate::runtime::{self, Device, ModelFile, Runtime, RuntimeReport};
use crate::settings::{Method, Settings};
use crate::worker;

/// A model ready to run. Opened once for each file and device; all pictures and threads share it.
#[derive(Debug)]
pub struct Model {
    card: Card,
    fills_by: FillsBy,
}

#[derive(Debug)]
enum FillsBy {
    Session {
        path: PathBuf,
        runtime: Box<dyn Runtime>,
        report: RuntimeReport,
        /// What a pixel cost in the last run, in seconds, as the bits of an f32: only for telling progress.
        seconds_per_pixel: AtomicU32,
    },
    Patches {
        /// Why there is no network; none where patches were asked for.
        why: Option<String>,
    },
}

/// Why patches fill, where somebody wanted them to.
pub(crate) const ASKED_FOR: &str = "patches were asked for";

/// What makes an opened model the one that is asked for. A file that was written anew is another model.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    path: PathBuf,
    device: Device,
    written: [Written; 2],
}

type Slot = Arc<OnceCell<Arc<Model>>>;

/// All models that were opened. Hosts make and drop a plug-in for each frame, so models outlive them.
static OPENED: Lazy<Mutex<HashMap<Key, Slot>>> = Lazy::new(Mutex::default);

impl Model {
    /// Opens the model at `path`: the `.onnx` file, or its card (`.json`) beside it. A model without a card is opened
    /// if its inputs and outputs are of a kind that is known. The second time, it is there at once.
    ///
    /// # Errors
    /// [`Error::Model`], [`Error::Card`] or [`Error::CardMismatch`], naming the file and what to do.
    pub fn open(path: impl AsRef<Path>, device: Device) -> Result<Arc<Self>, Error> {
        let (model, card) = files(path.as_ref());
        let model = std::fs::canonicalize(&model).map_err(|error| {
            Error::model(
                &model,
                format!("cannot be opened: {error}. Give the path of an .onnx file"),
            )
        })?;
        let key = Key {
            written: [written(&model), written(&card)],
            path: model.clone(),
            device,
        };
        let slot = {
            let mut opened = OPENED
                .lock()
                .unwrap_or_else(|poisoned| poisoned.into_inner());
            // Earlier states of the same file are of no use any more.
            opened.retain(|other, _| {
                other.path != key.path || other.device != device || *other == key
            });
            Arc::clone(opened.entry(key).or_default())
        };
        // Whoever comes second waits here for the first, and no session is made twice.
        slot.get_or_try_init(|| Self::load(model, &card, device).map(Arc::new))
            .cloned()
    }

    fn load(path: PathBuf, card_path: &Path, device: Device) -> Result<Self, Error> {
        let card = card_path
            .is_file()
            .then(|| Card::read(card_path))
            .transpose()?;
        let sha256 = card.as_ref().and_then(|card| card.sha256.as_deref());
        let worker = worker::wanted().map_err(|why| Error::model(&path, why))?;
        let (runtime, report) = match worker {
            Some(program) => worker::open(program, &path, sha256, device)?,
            None => open_here(&path, sha256, device)?,
        };
        let card = match card {
            Some(card) => card,
            None => infer_card::card(&path, &*runtime)?,
        };
        check_fit(&card, &*runtime).map_err(|why| Error::CardMismatch {
            path: path.clone(),
            why,
        })?;
        tracing::info!(model = %path.display(), by = %report, "model opened");
        Ok(Self {
            card,
            fills_by: FillsBy::Session {
                path,
                runtime,
                report,
                seconds_per_pixel: AtomicU32::new(3e-6_f32.to_bits()),
            },
        })
    }

    /// What fills without a network: patches of the picture. `why` says why there is none, where patches were not asked for.
    pub fn patches(why: Option<String>) -> Arc<Self> {
        Arc::new(Self {
            card: Patches::card().clone(),
            fills_by: FillsBy::Patches { why },
        })
    }

    /// The `.onnx` file; patches have none.
    pub fn path(&self) -> Option<&Path> {
        match &self.fills_by {
            FillsBy::Session { path, .. } => Some(path),
            FillsBy::Patches { .. } => None,
        }
    }

    /// Why there is no network; none where there is one.
    pub(crate) fn why_patches(&self) -> Option<&str> {
        match &self.fills_by {
            FillsBy::Session { .. } => None,
            FillsBy::Patches { why } => Some(why.as_deref().unwrap_or(ASKED_FOR)),
        }
    }

    /// The card by which a fill with these settings goes: the model's, or that of patches where these are asked for.
    pub fn card_for(&self, settings: &Settings) -> &Card {
        match settings.method {
            Method::Patch => Patches::card(),
            Method::Auto | Method::Both | Method::Network => &self.card,
        }
    }

    /// What the model expects and may be used for.
    pub fn card(&self) -> &Card {
        &self.card
    }

    /// Which runtime and provider run it, and why not a better one: after a run that a card broke down in, the one that
    /// took over.
    pub fn answered_by(&self) -> RuntimeReport {
        match &self.fills_by {
            FillsBy::Session {
                runtime, report, ..
            } => runtime.taken_over_by().unwrap_or_else(|| report.clone()),
            FillsBy::Patches { why } => RuntimeReport {
                why_not_better: why.iter().cloned().collect(),
                ..Patches::report()
            },
        }
    }
}

impl Network for Model {
    fn card(&self) -> &Card {
        &self.card
    }

    fn answered_by(&self) -> RuntimeReport {
        self.answered_by()
    }

    fn predict(
        &self,
        input: &NetworkInput,
        progress: &mut SubProgress<'_>,
    ) -> Result<Vec<f32>, Error> {
        match &self.fills_by {
            FillsBy::Session {
                runtime,
                seconds_per_pixel,
                ..
            } => {
                let expected = f32::from_bits(seconds_per_pixel.load(Ordering::Relaxed));
                let (predicted, took) =
                    network::run(&self.card, &**runtime, input, expected, progress)?;
                seconds_per_pixel.store(took.to_bits(), Ordering::Relaxed);
                Ok(predicted)
            }
            FillsBy::Patches { .. } => Patches { seed: 0 }.predict(input, progress),
        }
    }
}

/// Opens a model's file in this process, with the best runtime that can be had. It is checked before a runtime sees it,
/// and its runs are bounded.
///
/// # Errors
/// [`Error::Model`]; [`Error::CardMismatch`] where it has another fingerprint.
pub(crate) fn open_here(
    path: &Path,
    sha256: Option<&str>,
    device: Device,
) -> Result<(Box<dyn Runtime>, RuntimeReport), Error> {
    let as_it_was = written(path);
    check_sum(path, sha256)?;
    let inspected = inspect(path)?;
    let file = ModelFile {
        path: path.to_owned(),
        look_again: Arc::new({
            let path = path.to_owned();
            move || look_again(&path, as_it_was)
        }),
    };
    let loaded = runtime::on_own_stack(|| runtime::load(&file, device));
    let (runtime, report) = loaded.map_err(|why| Error::model(path, why))??;
    unchanged(path, as_it_was).map_err(|why| Error::model(path, why))?;
    Ok((inspected.bounding(runtime), report))
}

/// The model and the card that belong to a path to either.
fn files(path: &Path) -> (PathBuf, PathBuf) {
    let is_card = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    if is_card {
        (path.with_extension("onnx"), path.into())
    } else {
        (path.into(), path.with_extension("json"))
    }
}

/// When a file was written and how long it is; `None` where that cannot be told.
type Written = Option<(SystemTime, u64)>;

/// What is checked before another runtime opens a model's file, later than the first.
fn look_again(path: &Path, as_it_was: Written) -> Result<(), String> {
    unchanged(path, as_it_was)?;
    inspect(path).map(drop).map_err(|error| error.to_string())
}

fn unchanged(path: &Path, as_it_was: Written) -> Result<(), String> {
    if written(path) == as_it_was {
        return Ok(());
    }
    Err("the file has changed since it was looked at: open the model again".into())
}

fn written(path: &Path) -> Written {
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_opens_a_file_later_finds_the_one_that_was_looked_at() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("model.onnx");
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/zoo/gated.onnx");
        std::fs::copy(shipped, &path).unwrap();
        let as_it_was = written(&path);
        look_again(&path, as_it_was).unwrap();
        // Another file of the same name, and none at all.
        std::fs::write(&path, "something else").unwrap();
        let why = look_again(&path, as_it_was).unwrap_err();
        assert!(why.contains("has changed"), "{why}");
        // What is looked at is the content too.
        let why = look_again(&path, written(&path)).unwrap_err();
        assert!(why.contains("no ONNX file"), "{why}");
        std::fs::remove_file(&path).unwrap();
        assert!(look_again(&path, as_it_was).is_err() && look_again(&path, None).is_err());
    }
}
