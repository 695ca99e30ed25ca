//! A generator as a model file.

use super::graph::{Graph, Missing, Precision};
use super::proto;
use crate::nets::{Generator, Input, Network};
use crate::weights::Weights;
use crate::{Backend, Scope};
use prost::Message;

/// What is exported, and how.
#[derive(Clone, Copy, Debug)]
pub struct Export<'a> {
    /// The network.
    pub network: Generator,
    /// The model's name, as on its card.
    pub name: &'a str,
    /// How large parameters are kept.
    pub precision: Precision,
}

/// Why a model could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The weights are of another network, or of another width of this one.
    #[error("these weights do not fit the network: {}", .0.join(", "))]
    Weights(Vec<String>),
}

impl Export<'_> {
    /// The bytes of the ONNX file, and the parameters it holds.
    ///
    /// Inputs `picture` `[N, 3, H, W]` in `[-1, 1]` and `hole` `[N, 1, H, W]` in {0, 1}; output `filled`
    /// `[N, 3, H, W]` in `[-1, 1]` with the known pixels as they were. A guided network has an input `guide` `[N, 1, H, W]` too,
    /// from 0 to 1.
    pub fn write(
        &self,
        weights: Weights,
        missing: Missing,
    ) -> Result<(Vec<u8>, Weights), ExportError> {
        record(self.name, weights, missing, self.precision, |graph| {
            let (picture, hole) = (graph.input("picture", 3), graph.input("hole", 1));
            let guide = self.network.is_guided().then(|| graph.input("guide", 1));
            let input = Input {
                guide: guide.as_ref(),
                ..Input::new(&picture, &hole)
            };
            let stages = self.network.fill(&Scope::root(graph), input);
            let last = stages.last().expect("a generator has a stage");
            let prediction = graph.clamp(&last.picture, -1.0, 1.0);
            let known = graph.mul(&picture, &graph.affine(&hole, -1.0, 1.0));
            graph.output("filled", &graph.add(&graph.mul(&prediction, &hole), &known));
        })
    }
}

/// The bytes of an ONNX file with whatever `build` records, and the parameters it holds.
pub fn record(
    name: &str,
    weights: Weights,
    missing: Missing,
    precision: Precision,
    build: impl FnOnce(&Graph),
) -> Result<(Vec<u8>, Weights), ExportError> {
    let graph = Graph::new(weights, missing, precision);
    build(&graph);
    let (graph, used, wrong) = graph.finish(name);
    if !wrong.is_empty() {
        return Err(ExportError::Weights(wrong));
    }
    let model = proto::Model {
        ir_version: Some(8),
        producer_name: Some("reweave".into()),
        producer_version: Some(env!("CARGO_PKG_VERSION").into()),
        graph: Some(graph),
        opset_import: vec![proto::OperatorSet {
            domain: Some(String::new()),
            version: Some(17),
        }],
        metadata_props: vec![proto::Entry {
            key: Some("card".into()),
            value: Some(name.to_owned()),
        }],
    };
    Ok((model.encode_to_vec(), used))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nets::dds::{Dds, Sampling};
    use crate::nets::lama::Lama;
    use crate::nets::{deepfill::DeepFill, gated_unet::GatedUnet, partial_unet::PartialUnet};

    fn parameters(network: Generator) -> usize {
        let export = Export {
            network,
            name: "test",
            precision: Precision::F32,
        };
        let (_, used) = export
            .write(Weights::default(), Missing::Initial { seed: 0 })
            .unwrap();
        used.count()
    }

    #[test]
    fn deepfill_has_the_parameters_of_the_paper() {
        assert_eq!(
            parameters(Generator::Gated(DeepFill::published())),
            4_052_478
        );
    }

    #[test]
    fn the_gated_unet_has_the_parameters_that_its_page_says() {
        assert_eq!(
            parameters(Generator::GatedUnet(GatedUnet::large())),
            9_437_335
        );
    }

    #[test]
    fn deformable_sampling_costs_as_many_parameters_as_plain_convolutions() {
        let count = |sampling| parameters(Generator::Dds(Dds::small(sampling))) as f64;
        let share = count(Sampling::Deformable) / count(Sampling::Plain);
        assert!((0.95..1.1).contains(&share), "{share}");
    }

    #[test]
    fn lama_has_the_parameters_of_the_paper() {
        // "27M" and "51M" in table 1; the running statistics of normalisations are counted here too.
        let millions = |net| parameters(Generator::Lama(net)) as f64 / 1e6;
        let (lama, big) = (millions(Lama::published()), millions(Lama::big()));
        assert_eq!((lama.round(), big.round()), (27.0, 51.0), "{lama} {big}");
    }

    #[test]
    fn the_partial_unet_has_about_the_parameters_of_the_paper() {
        let count = parameters(Generator::Partial(PartialUnet::published()));
        assert!((32_700_000..32_950_000).contains(&count), "{count}");
    }

    #[test]
    fn weights_of_another_width_are_refused_by_name() {
        let network = |width| {
            Generator::Partial(PartialUnet {
                width,
                residual: false,
            })
        };
        let export = |width| Export {
            network: network(width),
            name: "test",
            precision: Precision::F32,
        };
        let (_, weights) = export(4)
            .write(Weights::default(), Missing::Initial { seed: 0 })
            .unwrap();
        let error = export(8)
            .write(weights, Missing::Error)
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("encoder1.weight (shape [4, 3, 7, 7], the network's is [8, 3, 7, 7])"),
            "{error}"
        );
    }

    #[test]
    fn half_precision_halves_the_file() {
        let network = Generator::Partial(PartialUnet {
            width: 8,
            residual: true,
        });
        let size = |precision| {
            let export = Export {
                network,
                name: "test",
                precision,
            };
            export
                .write(Weights::default(), Missing::Initial { seed: 0 })
                .unwrap()
                .0
                .len()
        };
        assert!(size(Precision::F16) * 100 < size(Precision::F32) * 55);
    }
}
