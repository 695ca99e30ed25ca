//! Whether this installation of Reweave is whole: the command, its models, and what runs them.

use super::finding::Finding::{self, Fine, Note, Problem};
use crate::models_folders;
use reweave::Device;
use reweave::devices::{self, Available};
use reweave::zoo;
use std::path::Path;

/// Looks at the installation that this command belongs to.
pub fn examine() -> Vec<Finding> {
    let ways = devices::list();
    let mut findings = vec![models(), runtime(&ways)];
    findings.extend(card(&ways, has_card()));
    findings
}

fn models() -> Finding {
    let folders = models_folders::folders(None);
    let models = zoo::list(&folders);
    // A model may come without a card: then its kind is found out when it is opened.
    let broken: Vec<_> = models
        .iter()
        .filter(|model| model.path.with_extension("json").is_file())
        .filter_map(|model| Some(format!("{}: {}", model.name, model.card.as_ref().err()?)))
        .collect();
    if !broken.is_empty() {
        return Problem(format!(
            "cards that cannot be read: {}. Put the model's own card beside it, or remove the model",
            broken.join("; ")
        ));
    }
    let names: Vec<_> = models.iter().map(|model| model.name.as_str()).collect();
    match names.is_empty() {
        true => Problem(
            "there are no models: install Reweave again, or add one with `reweave models add`"
                .into(),
        ),
        false => Fine(format!("models: {}", names.join(", "))),
    }
}

fn runtime(ways: &[Available]) -> Finding {
    // A card is used where it is faster, which depends on the model.
    let best = ways
        .iter()
        .find(|way| way.status.is_ok() && way.provider == "CPU");
    match best {
        Some(way) if way.runtime == Device::BuiltIn.to_string() => Note(format!(
            "models run on the built-in runtime. A faster one is fetched by `reweave runtime install`; why there is none \
             yet: {}",
            ways[0].status.as_ref().err().map_or("", |why| why)
        )),
        Some(way) => Fine(format!(
            "models run on {} {} ({})",
            way.runtime, way.version, way.provider
        )),
        None => Problem("nothing can run the models: install Reweave again".into()),
    }
}

/// What becomes of a graphics card, if this machine has one.
fn card(ways: &[Available], has_card: bool) -> Option<Finding> {
    let is_card = |way: &&Available| way.provider != "CPU";
    if let Some(way) = ways.iter().filter(is_card).find(|way| way.status.is_ok()) {
        let names: Vec<_> = way.cards.iter().map(ToString::to_string).collect();
        let names = match names.is_empty() {
            true => String::new(),
            false => format!(" ({})", names.join("; ")),
        };
        return Some(Fine(format!(
            "a graphics card can be used through {}{names}; by itself it is, where it is faster than the processor",
            way.provider
        )));
    }
    let why: Vec<_> = ways
        .iter()
        .filter(is_card)
        .filter_map(|way| Some(format!("{}: {}", way.provider, way.status.as_ref().err()?)))
        .collect();
    if !has_card {
        return None;
    }
    Some(Note(format!(
        "this machine has a graphics card, which is not used. {}",
        match why.is_empty() {
            true => "`reweave runtime install --gpu` fetches what it takes".to_owned(),
            false => format!(
                "`reweave runtime install --gpu` fetches what fits it; now\n{}",
                why.join("\n")
            ),
        }
    )))
}

/// Whether a driver shows a card, as far as it is told.
fn has_card() -> bool {
    cfg!(target_os = "linux") && !devices::render_nodes(Path::new("/")).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(provider: &str, status: Result<&str, &str>) -> Available {
        Available {
            runtime: "ONNX Runtime".into(),
            provider: provider.into(),
            version: "1.31.1".into(),
            status: status.map(str::to_owned).map_err(str::to_owned),
            cards: Vec::new(),
        }
    }

    #[test]
    fn a_card_that_is_not_used_has_its_reason_and_a_command() {
        let processor = way("CPU", Ok("here"));
        let refused = "it finds no graphics card: you may not use /dev/dri/renderD128 (sudo usermod -aG render $USER)";
        let ways = [way("WebGPU", Err(refused)), processor.clone()];
        assert!(
            matches!(card(&ways, true), Some(Note(text)) if text.contains("usermod") && text.contains("--gpu"))
        );
        assert_eq!(card(&ways, false), None);
        let ways = [way("WebGPU", Ok("there")), processor.clone()];
        assert!(matches!(card(&ways, false), Some(Fine(text)) if text.contains("WebGPU")));
        // The built-in runtime alone.
        assert!(matches!(card(&[], true), Some(Note(text)) if text.contains("--gpu")));
        assert!(matches!(runtime(&[processor]), Fine(_)));
    }
}
