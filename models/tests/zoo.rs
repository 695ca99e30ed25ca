//! The models that we ship are what their cards say.

use reweave_models::card::{Card, Description, VERSION, sha256_of};
use reweave_models::onnx::{Export, Missing, Precision, read_weights};
use std::path::Path;

/// Built again from the card's description and the file's own parameters, a model is the same file byte for byte: nobody
/// changed how a network computes that has been trained already.
#[test]
fn models_are_recorded_as_they_were() {
    for name in ["gated", "partial"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("zoo/{name}.onnx"));
        let card_path = path.with_extension("json");
        let text = std::fs::read_to_string(&card_path).unwrap();
        assert!(
            text.contains(&format!("\"version\": {VERSION}")),
            "{name} has an old card"
        );
        let card = Card::read(&card_path).unwrap();
        assert_eq!(card.sha256, Some(sha256_of(&path).unwrap()));
        let Some(Description::Known(network)) = card.generator else {
            panic!("the card of {name} does not say how it is built");
        };
        let file = std::fs::read(&path).unwrap();
        let export = Export {
            network,
            name,
            precision: Precision::F16,
        };
        let weights = read_weights(&file).unwrap();
        let (again, _) = export.write(weights, Missing::Error).unwrap();
        assert!(again == file, "{name} is recorded otherwise than it was");
    }
}
