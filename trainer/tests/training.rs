//! A training goes on after a stop as if it had not stopped, learns, and its export fills holes and nothing else.

mod common;

use common::{PATCH, RECIPE, train, write_pictures};
use reweave_models::card::Card;
use reweave_trainer::checkpoint::Checkpoint;
use reweave_trainer::export::{Request, export};
use reweave_trainer::train::{Manner, Places, fit};
use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

#[test]
fn a_training_that_stopped_goes_on_as_if_it_had_not() {
    let folder = tempfile::tempdir().unwrap();
    write_pictures(&folder.path().join("pictures"));
    let whole = train(folder.path(), "whole", 6, PATCH);
    train(folder.path(), "parts", 3, PATCH);
    let parts = train(folder.path(), "parts", 6, PATCH);
    assert_eq!(whole.step, parts.step);
    for (path, array) in &whole.state.arrays {
        assert_eq!(Some(array), parts.state.arrays.get(path), "{path}");
    }
}

/// Holes that a network chooses are part of the state; those that are judged by are not its.
#[test]
fn a_training_with_a_mask_generator_goes_on_too() {
    let folder = tempfile::tempdir().unwrap();
    write_pictures(&folder.path().join("pictures"));
    let generated = format!(
        "{PATCH}\n[mask_generator]\nshare = 0.7\narea = [0.1, 0.4]\nwidth = 4\n[held_out]\nshare = 0.3\nevery = 2\ncrops = 2\n"
    );
    let whole = train(folder.path(), "whole", 6, &generated);
    train(folder.path(), "parts", 3, &generated);
    let parts = train(folder.path(), "parts", 6, &generated);
    let learned = "mask_generator.out.weight";
    assert!(whole.state.arrays[learned].values.iter().any(|&v| v != 0.0));
    assert!(
        whole
            .state
            .arrays
            .contains_key("adam.mask_generator.mean.conv1.weight")
    );
    for (path, array) in &whole.state.arrays {
        assert_eq!(Some(array), parts.state.arrays.get(path), "{path}");
    }
    assert!(folder.path().join("whole/fills/chosen.jpg").exists());
}

/// Exports a checkpoint in f32.
fn write_model(checkpoint: &Path, output: &Path) {
    let request = Request {
        checkpoint,
        name: None,
        half: false,
    };
    export(&request, output, false).unwrap();
}

/// What the model that ships is trained by.
#[test]
fn a_training_by_features_goes_on_too() {
    let Some(cache) = std::env::var_os("REWEAVE_TEST_CACHE") else {
        eprintln!("SKIPPED: no classifiers; `cargo xtask test trainer` fetches them");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    write_pictures(&folder.path().join("pictures"));
    let losses = r#"smoothness = 10.0
features = [
    { of = "alex", compare = "lpips", perceptual = 1.0 },
    { of = "vgg", compare = "absolute", layers = 1, perceptual = 0.1, style = 1.0, crop = 32, output = true },
]
adversarial = { weight = 0.05, alone = 1, discriminator = { kind = "features", width = 4 } }"#;
    let train = |run: &str, iterations| {
        let recipe = folder.path().join("recipe.toml");
        let text = RECIPE.replace("ITERATIONS", &format!("{iterations}"));
        let text = text
            .replace("ADVERSARIAL", losses)
            .replace("ema = 0.9", "ema = 0.9\nclip = 1.0");
        fs::write(&recipe, text).unwrap();
        let places = Places {
            recipe,
            pictures: folder.path().join("pictures"),
            features: Path::new(&cache).join("lpips"),
            run: folder.path().join(run),
            start: None,
        };
        tch::set_num_threads(1);
        fit(&places, &Manner::default(), &AtomicBool::new(false)).unwrap();
        Checkpoint::open(&places.run.join("checkpoint.safetensors")).unwrap()
    };
    let whole = train("whole", 4);
    train("parts", 2);
    let parts = train("parts", 4);
    let judged = |path: &str| path.starts_with("discriminator.feature3.");
    assert!(whole.state.arrays.keys().any(|path| judged(path)));
    for (path, array) in &whole.state.arrays {
        assert_eq!(Some(array), parts.state.arrays.get(path), "{path}");
    }
}

#[test]
fn a_training_starts_from_a_model_and_refuses_one_of_another_width() {
    let folder = tempfile::tempdir().unwrap();
    write_pictures(&folder.path().join("pictures"));
    let first = train(folder.path(), "first", 2, "");
    let model = folder.path().join("model");
    write_model(&folder.path().join("first/checkpoint.safetensors"), &model);
    let start = |run: &str, width: &str| {
        let recipe = folder.path().join(run).with_extension("toml");
        let text = RECIPE.replace("ITERATIONS", "1").replace("ADVERSARIAL", "");
        // A rate that moves nothing.
        let text = text.replace("2e-3", "1e-12").replace("width = 8", width);
        fs::write(&recipe, text).unwrap();
        let run = folder.path().join(run);
        let places = Places {
            recipe,
            pictures: folder.path().join("pictures"),
            features: folder.path().into(),
            run: run.clone(),
            start: Some(model.with_extension("onnx")),
        };
        fit(&places, &Manner::default(), &AtomicBool::new(false))
            .map(|()| Checkpoint::open(&run.join("checkpoint.safetensors")).unwrap())
    };
    let second = start("second", "width = 8").unwrap();
    assert_eq!(second.step, 1);
    let (before, after) = (first.exported_weights(), second.exported_weights());
    for (path, array) in &before.arrays {
        let pairs = array.values.iter().zip(&after.arrays[path].values);
        let moved = pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(moved < 1e-6, "{path} moved by {moved}");
    }
    let error = format!("{:#}", start("third", "width = 12").err().unwrap());
    assert!(
        error.contains("model.onnx") && error.contains("do not fit the network"),
        "{error}"
    );
}

#[test]
fn a_finished_training_says_so() {
    let folder = tempfile::tempdir().unwrap();
    write_pictures(&folder.path().join("pictures"));
    train(folder.path(), "run", 1, "");
    let places = Places {
        recipe: folder.path().join("recipe.toml"),
        pictures: folder.path().join("pictures"),
        features: folder.path().into(),
        run: folder.path().join("run"),
        start: None,
    };
    let error = fit(&places, &Manner::default(), &AtomicBool::new(false))
        .unwrap_err()
        .to_string();
    assert!(error.contains("raise `iterations`"), "{error}");
}

#[test]
fn it_learns_and_its_export_leaves_known_pixels_alone() {
    let folder = tempfile::tempdir().unwrap();
    write_pictures(&folder.path().join("pictures"));
    train(folder.path(), "run", 1, "");
    let error = |name: &str| {
        let output = folder.path().join(name);
        write_model(&folder.path().join("run/checkpoint.safetensors"), &output);
        let card = Card::read(&output.with_extension("json")).unwrap();
        assert_eq!((card.size.multiple, card.name.as_str()), (8, "tiny"));
        error_in_the_hole(
            &output.with_extension("onnx"),
            &folder.path().join("pictures/0.png"),
        )
    };
    let before = error("before");
    train(folder.path(), "run", 150, "");
    let after = error("after");
    assert!(
        after < 0.6 * before,
        "mean difference in the hole {before} before, {after} after 150 steps"
    );
}

/// Mean absolute difference in a hole in the middle of a picture; panics where a known pixel changed.
fn error_in_the_hole(onnx: &Path, picture: &Path) -> f32 {
    let (side, hole) = (64usize, 24..40usize);
    let pixels = image::open(picture).unwrap().into_rgb8();
    let value =
        |i: usize| pixels.get_pixel((i % side) as u32, (i / side % side) as u32)[i / (side * side)];
    let picture: Vec<f32> = (0..3 * side * side)
        .map(|i| f32::from(value(i)) / 127.5 - 1.0)
        .collect();
    let in_hole = |i: usize| hole.contains(&(i % side)) && hole.contains(&(i / side % side));
    let mask: Vec<f32> = (0..side * side)
        .map(|i| f32::from(u8::from(in_hole(i))))
        .collect();
    let model = rten::Model::load_file(onnx).unwrap();
    let id = |name| model.node_id(name).unwrap();
    let value = |shape: [usize; 4], v: &[f32]| rten::Value::from_shape(&shape, v.to_vec()).unwrap();
    let inputs = vec![
        (id("picture"), value([1, 3, side, side], &picture).into()),
        (id("hole"), value([1, 1, side, side], &mask).into()),
    ];
    let [filled] = model.run_n(inputs, [id("filled")], None).unwrap();
    let filled = filled.into_shape_vec::<f32, 4>().unwrap().1;
    let mut sum = 0.0;
    for (i, (a, b)) in filled.iter().zip(&picture).enumerate() {
        if in_hole(i) {
            sum += (a - b).abs();
        } else {
            assert_eq!(a, b, "a known pixel changed");
        }
    }
    sum / (3 * hole.len() * hole.len()) as f32
}
