//! Whether this installation of Reweave is whole: the command, its models, and what runs them.

use super::finding::Finding::{self, Fine, Note, Problem};
use crate::models_folders;
use reweave::Device;
use reweave::devices;
use reweave::zoo;

/// Looks at the installation that this command belongs to.
pub fn examine() -> Vec<Finding> {
    vec![models(), runtime()]
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

fn runtime() -> Finding {
    let ways = devices::list();
    let best = ways.iter().find(|way| way.status.is_ok());
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
