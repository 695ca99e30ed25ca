//! The runtimes that have to agree with libtorch.

use crate::inputs::{Inputs, Numbers};
use ort::session::Session;
use std::path::Path;
use std::sync::OnceLock;

/// What ONNX Runtime makes of it.
pub fn in_onnxruntime(onnx: &[u8], inputs: &[Inputs]) -> Vec<Vec<f32>> {
    static ENVIRONMENT: OnceLock<ort::environment::Environment> = OnceLock::new();
    let environment = ENVIRONMENT.get_or_init(|| {
        let path = std::env::var_os("REWEAVE_ONNXRUNTIME")
            .expect("REWEAVE_ONNXRUNTIME names the library; `cargo xtask test` sets it");
        ort::init_from(Path::new(&path))
            .expect("the library loads")
            .build()
            .expect("an environment")
    });
    let mut session = Session::builder(environment)
        .unwrap()
        .commit_from_memory(onnx)
        .expect("ONNX Runtime takes the model");
    let value =
        |n: &Numbers| ort::value::Tensor::from_array((n.shape.clone(), n.values.clone())).unwrap();
    let mut run = |input: &Inputs| {
        let inputs = ort::inputs!["picture" => value(&input.picture), "hole" => value(&input.hole)];
        let outputs = session.run(inputs).expect("ONNX Runtime runs the model");
        let (_, values) = outputs["filled"].try_extract_tensor::<f32>().unwrap();
        values.to_vec()
    };
    inputs.iter().map(&mut run).collect()
}

/// What the built-in runtime makes of it.
pub fn in_rten(onnx: &[u8], inputs: &[Inputs]) -> Vec<Vec<f32>> {
    let model = rten::Model::load(onnx.to_vec()).expect("the built-in runtime takes the model");
    let value = |n: &Numbers| {
        let shape: Vec<usize> = n.shape.iter().map(|&d| d as usize).collect();
        rten::Value::from_shape(&shape, n.values.clone()).unwrap()
    };
    let id = |name| model.node_id(name).unwrap();
    let run = |input: &Inputs| {
        let inputs = vec![
            (id("picture"), value(&input.picture).into()),
            (id("hole"), value(&input.hole).into()),
        ];
        let [filled] = model
            .run_n(inputs, [id("filled")], None)
            .expect("the built-in runtime runs the model");
        filled.into_shape_vec::<f32, 4>().unwrap().1
    };
    inputs.iter().map(run).collect()
}
