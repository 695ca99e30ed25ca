//! Which card is trusted with which model: one that computes what the processor computes and, unless it was asked for by its
//! name, is faster. It is tried once for each model, card and driver; what came of it is kept in the user's cache folder.

use std::path::Path;

use super::library::Loaded;
use super::provider::{Provider, threads};
use super::webgpu;
use crate::runtime::adapters::{self, Adapter, AdapterKind};
use crate::runtime::interface::Runtime;
use crate::runtime::judge::{Verdict, judge};
use crate::runtime::verdicts;

/// A model that may run on a card.
pub(super) struct Trust<'a> {
    pub provider: Provider,
    pub is_asked_for: bool,
    /// What the verdict depends on. `None` where nothing can be kept.
    key: Option<String>,
    adapters: Vec<Adapter>,
    model: &'a Path,
}

impl<'a> Trust<'a> {
    pub fn new(loaded: &Loaded, provider: Provider, model: &'a Path, is_asked_for: bool) -> Self {
        let adapters = of_provider(loaded, provider);
        let sha256 = reweave_models::card::sha256_of(model).ok();
        let key = sha256.map(|sha256| {
            let cards: Vec<_> = adapters.iter().map(ToString::to_string).collect();
            format!(
                "model {sha256}, Reweave {}, ONNX Runtime {}, {}, {}, processor with {} threads",
                env!("CARGO_PKG_VERSION"),
                loaded.version,
                provider.name(),
                cards.join("; "),
                threads()
            )
        });
        Self {
            provider,
            is_asked_for,
            key,
            adapters,
            model,
        }
    }

    /// What can be said before the model is on the card.
    ///
    /// # Errors
    /// Why the card is not used.
    pub fn before(&self) -> Result<(), String> {
        let is_software = |adapter: &Adapter| adapter.kind == AdapterKind::Software;
        if !self.is_asked_for
            && let Some(first) = self.adapters.first()
            && self.adapters.iter().all(is_software)
        {
            return Err(format!(
                "{} is no card but software, which is taken only when it is asked for",
                first.name
            ));
        }
        match self
            .known()
            .and_then(|known| known.against(self.is_asked_for))
        {
            Some(why) => Err(why),
            None => Ok(()),
        }
    }

    /// What was measured, where anything was; tried now, with the processor's help, if it was not before.
    ///
    /// # Errors
    /// Why the card is not used.
    pub fn after(
        &self,
        card: &dyn Runtime,
        processor: impl FnOnce() -> Result<Box<dyn Runtime>, String>,
    ) -> Result<Option<String>, String> {
        let verdict = match self.known() {
            Some(known) => known,
            None => self.tried(card, &*processor()?)?,
        };
        match verdict.against(self.is_asked_for) {
            Some(why) => Err(why),
            None => Ok(verdict.measured()),
        }
    }

    fn tried(&self, card: &dyn Runtime, processor: &dyn Runtime) -> Result<Verdict, String> {
        let verdict = judge(card, processor, !self.is_asked_for)?;
        tracing::info!(
            model = %self.model.display(),
            provider = self.provider.name(),
            ?verdict,
            "tried a card"
        );
        if let (Some(folder), Some(key)) = (verdicts::folder(), &self.key)
            && let Err(error) = verdicts::write(&folder, key, &verdict)
        {
            tracing::debug!(%error, "what a card can do is not kept");
        }
        Ok(verdict)
    }

    /// What was found out before, if it is enough: who asked for a card was not told of its speed.
    fn known(&self) -> Option<Verdict> {
        let known = verdicts::read(&verdicts::folder()?, self.key.as_ref()?)?;
        let is_enough = self.is_asked_for || known.times.is_some() || known.wrong.is_some();
        is_enough.then_some(known)
    }
}

/// The cards that a provider can use, as far as they are told of.
pub(super) fn of_provider(loaded: &Loaded, provider: Provider) -> Vec<Adapter> {
    let by_driver = match provider {
        Provider::Cpu => return Vec::new(),
        Provider::Cuda => adapters::of_nvidia(),
        // It loads the drivers itself, so that asking them changes nothing.
        Provider::WebGpu if webgpu::registered(loaded).is_ok() => adapters::of_vulkan().to_vec(),
        Provider::WebGpu | Provider::DirectMl => Vec::new(),
    };
    if !by_driver.is_empty() {
        return by_driver;
    }
    // ONNX Runtime knows who made a card, and its number.
    let devices = loaded.environment.devices();
    devices
        .filter(|device| {
            device
                .ep()
                .is_ok_and(|name| name == provider.name_in_runtime())
        })
        .map(|device| {
            let hardware = device.hardware_device();
            Adapter {
                maker: hardware.vendor().unwrap_or_default().to_owned(),
                kind: AdapterKind::Unknown,
                name: format!("device {:#06x}", hardware.id()),
                driver: String::new(),
            }
        })
        .collect()
}
