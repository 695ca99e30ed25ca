//! How much memory a model takes for a picture of a given size, before it runs.

use super::bound::Bound;
use super::limits::LIVE_BYTES;
use super::operators::made;
use super::outline::Outline;

/// Values are counted as 32-bit numbers, whatever their type is: networks for pictures have few others.
const BYTES_OF_NUMBER: u64 = 4;

/// Bytes of all values that exist at the same time, at most, with inputs of these shapes. Values of which too little is
/// known (an operator that is not listed, a size that depends on what is in the picture) count as nothing. An input that
/// is not named here is of unknown shape.
///
/// # Errors
/// It is more than a model may take; says which operator takes it.
pub(super) fn live_bytes(outline: &Outline, inputs: &[(&str, &[usize])]) -> Result<u64, String> {
    let mut known: Vec<Option<Bound>> = vec![None; outline.values];
    let last_use = last_uses(outline);
    for (place, constant) in &outline.constants {
        known[*place] = Some(constant.clone());
    }
    for (name, place) in &outline.inputs {
        let given = inputs.iter().find(|(other, _)| other == name);
        known[*place] =
            given.map(|(_, shape)| Bound::exact(shape.iter().map(|&axis| axis as u64).collect()));
    }
    let bytes = |bound: &Option<Bound>| {
        bound
            .as_ref()
            .map_or(0, |bound| bound.elements().saturating_mul(BYTES_OF_NUMBER))
    };
    let (mut live, mut most) = (0u64, 0u64);
    for (i, node) in outline.nodes.iter().enumerate() {
        let inputs: Vec<Option<&Bound>> = node
            .inputs
            .iter()
            .map(|place| known[(*place)?].as_ref())
            .collect();
        let made = made(node, &inputs);
        for &place in &node.outputs {
            known[place].clone_from(&made);
            live = live.saturating_add(bytes(&made));
        }
        if live > LIVE_BYTES {
            return Err(format!(
                "the operator '{}' that makes '{}' brings the memory that the network takes to {}, more than the {} GiB \
                 that a model may take. Give the model a smaller working size on its card, or use another",
                node.operator,
                node.name,
                mebibytes(live),
                LIVE_BYTES >> 30
            ));
        }
        most = most.max(live);
        // What nobody needs from here on is let go, as runtimes do.
        let mut done: Vec<usize> = node
            .inputs
            .iter()
            .flatten()
            .copied()
            .filter(|&place| last_use[place] == Some(i))
            .collect();
        done.extend(
            node.outputs
                .iter()
                .copied()
                .filter(|&place| last_use[place].is_none()),
        );
        done.sort_unstable();
        done.dedup();
        for place in done {
            // Constants and inputs come first, and were not counted.
            if place >= outline.constants.len() + outline.inputs.len() {
                live = live.saturating_sub(bytes(&known[place]));
            }
        }
    }
    Ok(most)
}

/// By value: the operation that needs it last.
fn last_uses(outline: &Outline) -> Vec<Option<usize>> {
    let mut last = vec![None; outline.values];
    for (i, node) in outline.nodes.iter().enumerate() {
        for &place in node.inputs.iter().flatten() {
            last[place] = Some(i);
        }
    }
    last
}

fn mebibytes(bytes: u64) -> String {
    if bytes == u64::MAX {
        "more than can be counted".into()
    } else {
        format!("{} MiB", bytes >> 20)
    }
}

#[cfg(test)]
mod tests {
    use super::super::outline::outline;
    use super::*;
    use std::path::Path;

    /// What the models that ship take, against what is known of them: the bound has to see their whole way, not only
    /// its beginning, and has to leave them room.
    #[test]
    fn real_models_are_followed_to_their_end() {
        for (name, from, to) in [("gated", 20, 400), ("partial", 20, 800)] {
            let file = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("../../models/zoo")
                .join(name);
            let bytes = std::fs::read(file.with_extension("onnx")).unwrap();
            let outline = outline(&bytes).unwrap();
            let shapes = |side| {
                [
                    ("picture", [1, 3, side, side]),
                    ("hole", [1, 1, side, side]),
                    ("guide", [1, 1, side, side]),
                ]
            };
            let live = |side| {
                let shapes = shapes(side);
                let inputs: Vec<(&str, &[usize])> = shapes
                    .iter()
                    .map(|(name, axes)| (*name, &axes[..]))
                    .collect();
                live_bytes(&outline, &inputs)
            };
            let bytes = live(512).unwrap();
            assert!(
                (from..to).contains(&(bytes >> 20)),
                "{name}: {} MiB",
                bytes >> 20
            );
            // It grows with the pixels.
            let ratio = live(1024).unwrap() as f64 / bytes as f64;
            assert!((3.5..4.5).contains(&ratio), "{name}: {ratio}");
            let why = live(1 << 16).unwrap_err();
            assert!(
                why.contains("8 GiB") && why.contains("smaller working size"),
                "{why}"
            );
            // Of unknown size, there is nothing to say against it.
            assert_eq!(live_bytes(&outline, &[]).map(|bytes| bytes >> 30), Ok(0));
        }
    }
}
