//! The parameters of a model that [`super::Export`] wrote: a model is all that is needed to train on.

use super::graph::HALF;
use super::proto::{Model, element};
use crate::weights::{Array, Weights};
use half::f16;
use prost::Message;

/// Every constant of numbers in an ONNX file, by name: the network's parameters by path, and constants of its layers,
/// which [`super::Export::write`] tells apart. 16-bit numbers are widened to f32.
///
/// # Errors
/// The bytes are no ONNX file.
pub fn read_weights(onnx: &[u8]) -> Result<Weights, prost::DecodeError> {
    let constants = Model::decode(onnx)?.graph.unwrap_or_default().initializer;
    let arrays = constants.into_iter().filter_map(|tensor| {
        let name = tensor.name.as_ref()?;
        let (path, values) = match tensor.data_type? {
            element::FLOAT => (name.clone(), tensor.floats()?),
            element::FLOAT16 => {
                let raw = tensor.raw_data.as_ref()?.chunks_exact(2);
                let values = raw.map(|c| f16::from_le_bytes([c[0], c[1]]).to_f32());
                (name.strip_suffix(HALF)?.to_owned(), values.collect())
            }
            _ => return None,
        };
        let shape: Vec<usize> = tensor
            .dims
            .iter()
            .map(|&d| usize::try_from(d))
            .collect::<Result<_, _>>()
            .ok()?;
        // A file of others may say one thing and hold another.
        let count = shape.iter().try_fold(1usize, |n, &d| n.checked_mul(d))?;
        (count == values.len()).then_some((path, Array { shape, values }))
    });
    Ok(Weights {
        arrays: arrays.collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nets::{Generator, partial_unet::PartialUnet};
    use crate::onnx::{Export, Missing, Precision};

    #[test]
    fn a_model_gives_back_the_parameters_that_were_written() {
        let network = Generator::Partial(PartialUnet {
            width: 8,
            residual: true,
        });
        for (precision, tolerance) in [(Precision::F32, 0.0), (Precision::F16, 1e-3)] {
            let export = Export {
                network,
                name: "test",
                precision,
            };
            let (onnx, written) = export
                .write(Weights::default(), Missing::Initial { seed: 4 })
                .unwrap();
            // Written again, the network itself picks its parameters out of all constants.
            let (_, read) = export
                .write(read_weights(&onnx).unwrap(), Missing::Error)
                .unwrap();
            assert!(read.arrays.keys().eq(written.arrays.keys()));
            for (path, array) in &written.arrays {
                let pairs = array.values.iter().zip(&read.arrays[path].values);
                let worst = pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
                assert!(worst <= tolerance, "{path} {worst}");
            }
        }
    }

    #[test]
    fn what_is_no_model_is_an_error() {
        assert!(read_weights(b"no model").is_err());
    }
}
