//! Models that are made to bring a program down. Each is opened, and run if it can be, by the real program, so that a
//! crash is seen as what it is; every one has to end as an error in words.

mod common;

use common::onnx::{constant, field, graph, integer, integers, model, node, number, tensor};
use common::{Desk, pictures};
use std::path::Path;

/// Many times more than any machine has.
const HUGE: i64 = 1 << 21;

/// Graphs in graphs, `depth` of them, by the operator `If`.
fn nested(depth: usize) -> Vec<u8> {
    let mut inner = [
        node("Identity", &["picture"], "same", &[]),
        field(12, &field(1, b"same")),
    ]
    .concat();
    for _ in 0..depth {
        let branches = [graph("then_branch", &inner), graph("else_branch", b"")];
        inner = [
            node("If", &["yes"], "same", &branches),
            field(12, &field(1, b"same")),
        ]
        .concat();
    }
    model(&[
        tensor("yes", 9, &[], &field(9, &[1])),
        node(
            "If",
            &["yes"],
            "filled",
            &[graph("then_branch", &inner), graph("else_branch", b"")],
        ),
    ])
}

/// The same operator again and again, each on what the one before gave.
fn row(count: usize, operator: &str, twice: bool, settings: &[Vec<u8>]) -> Vec<u8> {
    let name = |i: usize| match i {
        0 => "picture".to_owned(),
        i if i == count => "filled".to_owned(),
        i => format!("value{i}"),
    };
    let nodes = (0..count).map(|i| {
        let from = name(i);
        let inputs = [from.as_str(); 2];
        node(
            operator,
            &inputs[..1 + usize::from(twice)],
            &name(i + 1),
            settings,
        )
    });
    model(&nodes.collect::<Vec<_>>())
}

/// A type in a type, as sequences may be.
fn deep_type(depth: usize) -> Vec<u8> {
    let mut inner = field(1, &number(1, 1));
    for _ in 0..depth {
        inner = field(4, &field(1, &inner));
    }
    let value = field(13, &[field(1, b"picture2"), field(2, &inner)].concat());
    model(&[node("Identity", &["picture"], "filled", &[]), value])
}

/// One operator on the picture and a shape that is known from the start.
fn shaped(operator: &str, shape: &[i64]) -> Vec<u8> {
    model(&[
        constant("shape", shape),
        node(operator, &["picture", "shape"], "filled", &[]),
    ])
}

/// Each file with a name and a word that its error has to say.
fn hostile() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let resize = field(9, &[1f32, 1.0, 1e7, 1e7].map(f32::to_le_bytes).concat());
    let external = [
        number(14, 1),
        field(
            13,
            &[field(1, b"location"), field(2, b"/etc/hostname")].concat(),
        ),
    ];
    let conv = [
        integers("pads", &[HUGE; 4]),
        integers("kernel_shape", &[1, 1]),
    ];
    let one = tensor("one", 1, &[1], &field(9, &1f32.to_le_bytes()));
    vec![
        ("nested", nested(1000), "If"),
        ("nested_a_little", nested(2), "If"),
        ("row", row(20_000, "Relu", false, &[]), "20000"),
        ("deep_type", deep_type(20_000), "deep"),
        (
            "groups",
            [model(&[]), vec![0x7b; 100_000]].concat(),
            "protobuf",
        ),
        (
            "expand",
            model(&[
                one.clone(),
                constant("shape", &[1, 3, HUGE, HUGE]),
                node("Expand", &["one", "shape"], "filled", &[]),
            ]),
            "Expand",
        ),
        ("tile", shaped("Tile", &[1, 1, HUGE, HUGE]), "Tile"),
        (
            "pad",
            shaped("Pad", &[0, 0, HUGE, HUGE, 0, 0, HUGE, HUGE]),
            "Pad",
        ),
        (
            "product",
            model(&[
                constant("a", &[1, 3, 1 << 11, 1 << 11]),
                constant("b", &[1, 1, 1 << 11, 1 << 11]),
                node("Mul", &["a", "b"], "shape", &[]),
                node("ConstantOfShape", &["shape"], "filled", &[]),
            ]),
            "ConstantOfShape",
        ),
        (
            "resize",
            model(&[
                tensor("scales", 1, &[4], &resize),
                node("Resize", &["picture", "", "scales"], "filled", &[]),
            ]),
            "Resize",
        ),
        (
            "range",
            model(&[
                tensor("zero", 7, &[], &field(9, &0i64.to_le_bytes())),
                tensor("end", 7, &[], &field(9, &(1i64 << 44).to_le_bytes())),
                tensor("step", 7, &[], &field(9, &1i64.to_le_bytes())),
                node("Range", &["zero", "end", "step"], "long", &[]),
                node("Cast", &["long"], "floats", &[integer("to", 1)]),
                node("Mul", &["picture", "floats"], "filled", &[]),
            ]),
            "Range",
        ),
        (
            "outer_product",
            model(&[
                constant("tall", &[1 << 21, 1]),
                constant("wide", &[1, 1 << 21]),
                one,
                node("Expand", &["one", "tall"], "column", &[]),
                node("Expand", &["one", "wide"], "line", &[]),
                node("Add", &["column", "line"], "filled", &[]),
            ]),
            "Add",
        ),
        (
            "doubled",
            row(40, "Concat", true, &[integer("axis", 2)]),
            "Concat",
        ),
        (
            "conv",
            model(&[
                tensor("weight", 1, &[3, 3, 1, 1], &field(9, &[0; 36])),
                node("Conv", &["picture", "weight"], "filled", &conv),
            ]),
            "Conv",
        ),
        (
            "promised",
            model(&[
                tensor("weight", 1, &[1 << 40], &field(9, &[0; 16])),
                node("Mul", &["picture", "weight"], "filled", &[]),
            ]),
            "weight",
        ),
        (
            "external",
            model(&[
                tensor("weight", 1, &[1], &external.concat()),
                node("Mul", &["picture", "weight"], "filled", &[]),
            ]),
            "outside",
        ),
    ]
}

/// Tries every file on one device; gives what went wrong.
fn brought_down(device: &str, onnxruntime: Option<&Path>) -> Vec<String> {
    let desk = Desk::new();
    pictures::picture(&desk.path("p.png"));
    pictures::mask(&desk.path("mask.png"));
    let mut wrong = Vec::new();
    for (name, bytes, word) in hostile() {
        desk.write(&format!("{name}.onnx"), &bytes);
        let mut command = desk.command();
        let out = format!("{name}.png");
        command.args(["fill", "p.png", "--mask", "mask.png", "-o", &out]);
        command.args(["--device", device, "--model", &format!("./{name}.onnx")]);
        if let Some(library) = onnxruntime {
            command.env("REWEAVE_ONNXRUNTIME", library);
        }
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        let told = said.contains(word) && said.contains(name) && !said.contains("panicked");
        if output.status.code() != Some(1) || !told || desk.exists(&out) {
            let said: String = said.chars().take(300).collect();
            wrong.push(format!("{name} on {device}: {}, {said}", output.status));
        }
    }
    wrong
}

#[test]
fn no_model_brings_the_program_down() {
    let mut wrong = brought_down("built-in", None);
    match std::env::var_os("REWEAVE_ONNXRUNTIME") {
        Some(library) => wrong.extend(brought_down("cpu", Some(Path::new(&library)))),
        None => eprintln!("skipped: ONNX Runtime, because REWEAVE_ONNXRUNTIME is not set"),
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The limits leave room: as many nodes as a model may have, in a row, are opened and run.
#[test]
fn the_longest_row_that_is_taken_is_run() {
    let desk = Desk::new();
    pictures::picture(&desk.path("p.png"));
    pictures::mask(&desk.path("mask.png"));
    desk.write("long.onnx", &row(10_000, "Relu", false, &[]));
    let words = [
        "fill",
        "p.png",
        "--mask",
        "mask.png",
        "-o",
        "out.png",
        "--model",
        "./long.onnx",
    ];
    desk.run(&words).ok();
    assert!(desk.exists("out.png"));
}
