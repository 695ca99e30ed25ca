//! Named parameters, kept as safetensors.

use crate::backend::Init;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use safetensors::tensor::{Dtype, SafeTensors, TensorView};
use std::collections::{BTreeMap, HashMap};

/// One parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Array {
    /// Dimensions, outermost first.
    pub shape: Vec<usize>,
    /// Values in row-major order.
    pub values: Vec<f32>,
}

impl Array {
    /// A parameter as it starts: reproducible from the seed and its path alone, whatever else the network has.
    pub fn initial(path: &str, shape: &[usize], init: Init, seed: u64) -> Self {
        let count = shape.iter().product();
        let values = match init {
            Init::Zero => vec![0.0; count],
            Init::One => vec![1.0; count],
            Init::Normal { gain } => {
                let mut rng = ChaCha8Rng::seed_from_u64(seed ^ path_hash(path));
                let deviation = gain / (shape[1..].iter().product::<usize>().max(1) as f32).sqrt();
                (0..count).map(|_| deviation * normal(&mut rng)).collect()
            }
        };
        Array {
            shape: shape.to_vec(),
            values,
        }
    }
}

/// FNV-1a, so that the number does not change with the compiler.
fn path_hash(path: &str) -> u64 {
    path.bytes().fold(0xcbf2_9ce4_8422_2325, |h, c| {
        (h ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// A standard normal number (Box and Muller).
fn normal(rng: &mut impl Rng) -> f32 {
    let (u, v): (f32, f32) = (1.0 - rng.random::<f32>(), rng.random());
    (-2.0 * u.ln()).sqrt() * (std::f32::consts::TAU * v).cos()
}

/// Parameters by path, such as `coarse.conv7.weight`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weights {
    /// In order of path, so that files are the same for the same values.
    pub arrays: BTreeMap<String, Array>,
}

/// Why parameters could not be read.
#[derive(Debug, thiserror::Error)]
pub enum WeightsError {
    /// Not a safetensors file, or a broken one.
    #[error("these are not readable safetensors: {0}")]
    Unreadable(#[from] safetensors::SafeTensorError),
    /// A type that is not f32, f16 or bf16.
    #[error("the parameter {path} is of type {dtype:?}; f32, f16 and bf16 can be read")]
    Type {
        /// The parameter.
        path: String,
        /// Its type in the file.
        dtype: Dtype,
    },
}

impl Weights {
    /// How many numbers they are.
    pub fn count(&self) -> usize {
        self.arrays.values().map(|a| a.values.len()).sum()
    }

    /// Reads the bytes of a safetensors file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, WeightsError> {
        let file = SafeTensors::deserialize(bytes)?;
        let mut arrays = BTreeMap::new();
        for (path, view) in file.tensors() {
            let data = view.data();
            let values = match view.dtype() {
                Dtype::F32 => data
                    .chunks_exact(4)
                    .map(|c| f32::from_le_bytes([c[0], c[1], c[2], c[3]]))
                    .collect(),
                Dtype::F16 => data
                    .chunks_exact(2)
                    .map(|c| half::f16::from_le_bytes([c[0], c[1]]).to_f32())
                    .collect(),
                Dtype::BF16 => data
                    .chunks_exact(2)
                    .map(|c| half::bf16::from_le_bytes([c[0], c[1]]).to_f32())
                    .collect(),
                dtype => return Err(WeightsError::Type { path, dtype }),
            };
            arrays.insert(
                path,
                Array {
                    shape: view.shape().to_vec(),
                    values,
                },
            );
        }
        Ok(Weights { arrays })
    }

    /// The notes that a safetensors file carries.
    pub fn notes(bytes: &[u8]) -> Result<HashMap<String, String>, WeightsError> {
        let (_, metadata) = SafeTensors::read_metadata(bytes)?;
        Ok(metadata.metadata().clone().unwrap_or_default())
    }

    /// The bytes of a safetensors file, f32, with `notes` as its metadata.
    pub fn to_bytes(&self, notes: HashMap<String, String>) -> Result<Vec<u8>, WeightsError> {
        let bytes: Vec<(&String, &Array, Vec<u8>)> = self
            .arrays
            .iter()
            .map(|(path, a)| {
                (
                    path,
                    a,
                    a.values.iter().flat_map(|v| v.to_le_bytes()).collect(),
                )
            })
            .collect();
        let views = bytes
            .iter()
            .map(|(path, a, data)| {
                Ok((
                    path.as_str(),
                    TensorView::new(Dtype::F32, a.shape.clone(), data)?,
                ))
            })
            .collect::<Result<Vec<_>, safetensors::SafeTensorError>>()?;
        Ok(safetensors::serialize(views, Some(notes))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_survive_a_file() {
        let mut weights = Weights::default();
        for path in ["a.weight", "b.bias"] {
            weights.arrays.insert(
                path.into(),
                Array::initial(path, &[3, 2, 1], Init::Normal { gain: 1.0 }, 7),
            );
        }
        let bytes = weights.to_bytes(HashMap::new()).unwrap();
        assert_eq!(Weights::from_bytes(&bytes).unwrap(), weights);
    }

    #[test]
    fn initial_values_have_the_deviation_asked_for() {
        let a = Array::initial("x", &[64, 16, 3, 3], Init::Normal { gain: 2.0 }, 1);
        let variance = a.values.iter().map(|v| v * v).sum::<f32>() / a.values.len() as f32;
        assert!(
            (variance.sqrt() - 2.0 / 12.0).abs() < 0.003,
            "{}",
            variance.sqrt()
        );
    }

    #[test]
    fn a_broken_file_is_an_error() {
        assert!(matches!(
            Weights::from_bytes(b"not safetensors"),
            Err(WeightsError::Unreadable(_))
        ));
    }
}
