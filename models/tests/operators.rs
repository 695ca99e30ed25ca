//! What each network is made of in ONNX: its operators in the order of their first use, and how often each is used.
//!
//! A change of a layer shows here as a change of a list, to be looked at and taken over: `cargo insta review`, or run the
//! test with `INSTA_UPDATE=always`.

use prost::Message;
use reweave_models::Scope;
use reweave_models::nets::dds::{Dds, Sampling};
use reweave_models::nets::deepfill::DeepFill;
use reweave_models::nets::gated_unet::GatedUnet;
use reweave_models::nets::lama::Lama;
use reweave_models::nets::partial_unet::PartialUnet;
use reweave_models::nets::patchgan::PatchGan;
use reweave_models::nets::{Generator, Input, Network};
use reweave_models::onnx::{Graph, Missing, Precision, Value, proto, record};
use reweave_models::weights::Weights;
use std::fmt::Write;

/// The list of the network that `build` records from a picture and its hole.
fn list(build: impl FnOnce(&Scope<Graph>, &Value, &Value) -> Value) -> String {
    let missing = Missing::Initial { seed: 1 };
    let recorded = record(
        "listed",
        Weights::default(),
        missing,
        Precision::F32,
        |graph| {
            let (picture, hole) = (graph.input("picture", 3), graph.input("hole", 1));
            let output = build(&Scope::root(graph), &picture, &hole);
            graph.output("output", &output);
        },
    );
    let (file, parameters) = recorded.unwrap();
    let graph = proto::Model::decode(&file[..]).unwrap().graph.unwrap();

    let mut operators: Vec<(String, usize)> = Vec::new();
    for node in graph.node {
        let operator = node.op_type.unwrap();
        match operators.iter_mut().find(|(name, _)| *name == operator) {
            Some((_, count)) => *count += 1,
            None => operators.push((operator, 1)),
        }
    }
    let mut list = format!("{:8} parameters\n", parameters.count());
    for (operator, count) in operators {
        writeln!(list, "{count:8} {operator}").unwrap();
    }
    list
}

/// The list of a generator's last stage and all that leads to it.
fn generator(network: Generator) -> String {
    list(|s, picture, hole| {
        network
            .fill(s, Input::new(picture, hole))
            .pop()
            .unwrap()
            .picture
    })
}

#[test]
fn deepfill_as_published() {
    insta::assert_snapshot!(generator(Generator::Gated(DeepFill::published())));
}

#[test]
fn deepfill_prefilled() {
    insta::assert_snapshot!(generator(Generator::Gated(DeepFill::prefilled(24))));
}

#[test]
fn dds_plain() {
    insta::assert_snapshot!(generator(Generator::Dds(Dds::small(Sampling::Plain))));
}

#[test]
fn dds_deformable() {
    insta::assert_snapshot!(generator(Generator::Dds(Dds::small(Sampling::Deformable))));
}

#[test]
fn gated_unet() {
    insta::assert_snapshot!(generator(Generator::GatedUnet(GatedUnet::large())));
}

#[test]
fn gated_unet_guided() {
    let guided = true;
    let network = GatedUnet {
        guided,
        ..GatedUnet::large()
    };
    insta::assert_snapshot!(generator(Generator::GatedUnet(network)));
}

/// See `is_miscounted` in `onnx/operators.rs`.
#[test]
fn a_convolution_of_nine_channels_is_written_as_one_of_ten() {
    use reweave_models::{Backend, Init, Window};
    let convolved = |channels: usize| {
        list(|s, picture, _| {
            let b = s.backend();
            let many = b.concat(&vec![picture; channels / 3], 1);
            let weight = b.parameter("weight", &[8, channels, 3, 3], Init::Zero);
            b.conv(&many, &weight, None, Window::centred(3, 1, 1), 1)
        })
    };
    assert!(convolved(9).contains("2 Pad"), "{}", convolved(9));
    assert!(!convolved(12).contains("Pad"), "{}", convolved(12));
}

#[test]
fn partial_unet_as_published() {
    insta::assert_snapshot!(generator(Generator::Partial(PartialUnet::published())));
}

#[test]
fn partial_unet_prefilled() {
    let residual = true;
    insta::assert_snapshot!(generator(Generator::Partial(PartialUnet {
        width: 32,
        residual
    })));
}

#[test]
fn lama_as_published() {
    insta::assert_snapshot!(generator(Generator::Lama(Lama::published())));
}

#[test]
fn patchgan() {
    insta::assert_snapshot!(list(|s, picture, hole| {
        PatchGan::published().discriminate(s, picture, hole)
    }));
}
