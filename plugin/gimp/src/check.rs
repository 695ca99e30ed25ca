//! `--check`: what the plug-in finds where it lies, for `reweave doctor`.

use crate::engine::Engine;

/// Says what is there; an error says what is missing.
pub fn run() -> Result<(), String> {
    let engine = Engine::open().map_err(|error| error.to_string())?;
    let models = engine.models().map_err(|error| error.to_string())?;
    let usable: Vec<&str> = models
        .iter()
        .filter(|model| model.problem.is_empty())
        .map(|model| model.name.as_str())
        .collect();
    for model in models.iter().filter(|model| !model.problem.is_empty()) {
        println!("model {} cannot be used: {}", model.name, model.problem);
    }
    let Some(first) = usable.first() else {
        return Err(
            "there are no models in the folder models/ beside the plug-in; install Reweave again"
                .into(),
        );
    };
    println!("models: {}", usable.join(", "));
    let model = engine
        .open_model(first, "auto")
        .map_err(|error| error.to_string())?;
    println!("runs on: {}", model.runtime().replace('\n', "; "));
    Ok(())
}
