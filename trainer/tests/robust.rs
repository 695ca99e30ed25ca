//! What a training survives, and what it refuses before it begins.

mod common;

use common::{PATCH, RECIPE, write_pictures};
use reweave_trainer::checkpoint::Checkpoint;
use reweave_trainer::train::{Manner, Places, fit};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// A folder with pictures and a recipe in it.
struct Studio {
    folder: tempfile::TempDir,
}

impl Studio {
    /// `losses` goes to the end of the recipe's `[losses]`; `changes` are texts of the recipe and what they become.
    fn new(iterations: u64, losses: &str, changes: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        write_pictures(&folder.path().join("pictures"));
        let mut text = RECIPE.replace("ITERATIONS", &iterations.to_string());
        text = text.replace("ADVERSARIAL", losses);
        for (from, to) in changes {
            assert!(text.contains(from), "{from}");
            text = text.replace(from, to);
        }
        fs::write(folder.path().join("recipe.toml"), text).unwrap();
        Studio { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn places(&self, run: &str) -> Places {
        Places {
            recipe: self.path("recipe.toml"),
            pictures: self.path("pictures"),
            features: self.path("no features needed"),
            run: self.path(run),
            start: None,
        }
    }

    /// Trains in this process; the error, if there is one, in words.
    fn fit(&self, run: &str) -> Result<(), String> {
        tch::set_num_threads(1);
        let manner = Manner {
            keep_every: Duration::ZERO,
            ..Manner::default()
        };
        fit(&self.places(run), &manner, &AtomicBool::new(false))
            .map_err(|error| format!("{error:#}"))
    }

    /// The program, training on the CPU.
    fn command(&self, run: &str, threads: &str) -> Command {
        self.command_on("cpu", run, threads)
    }

    fn command_on(&self, device: &str, run: &str, threads: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_reweave-train"));
        let places = self.places(run);
        command
            .arg("fit")
            .arg(places.recipe)
            .arg("--pictures")
            .arg(places.pictures)
            .arg("--run")
            .arg(places.run)
            .args([
                "--device",
                device,
                "--keep-every",
                "0",
                "--threads",
                threads,
            ])
            // Threads that wait sleep: on a busy machine they would take the time of those that work.
            .env("OMP_WAIT_POLICY", "passive")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn best(&self, run: &str) -> Checkpoint {
        Checkpoint::open(&self.path(run).join("best.safetensors")).unwrap()
    }

    /// Changes the recipe.
    fn change(&self, from: &str, to: &str) {
        let recipe = self.path("recipe.toml");
        let text = fs::read_to_string(&recipe).unwrap();
        assert!(text.contains(from), "{from}");
        fs::write(&recipe, text.replace(from, to)).unwrap();
    }

    fn checkpoint(&self, run: &str) -> Checkpoint {
        Checkpoint::open(&self.path(run).join("checkpoint.safetensors")).unwrap()
    }
}

fn assert_same(a: &Checkpoint, b: &Checkpoint) {
    assert_eq!(a.step, b.step);
    assert_eq!(a.state.arrays.len(), b.state.arrays.len());
    for (path, array) in &a.state.arrays {
        assert_eq!(Some(array), b.state.arrays.get(path), "{path}");
    }
}

/// Waits until the run has taken a step or two more than it had, and kills it in whatever it does then; whether it was still
/// at work.
fn kill_soon(mut child: Child, checkpoint: &Path, before: u64, number: u64) -> bool {
    let step = || Checkpoint::open(checkpoint).map_or(0, |kept| kept.step);
    for _ in 0..1200 {
        let ended = child.try_wait().unwrap().is_some();
        if ended || step() > before {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    // Each time at another moment of a step.
    std::thread::sleep(Duration::from_millis(number * 7 % 31));
    let _ = child.kill();
    child.wait().unwrap().code().is_none()
}

#[test]
fn a_training_killed_again_and_again_ends_as_if_it_had_not_been() {
    let studio = Studio::new(60, PATCH, &[]);
    studio.fit("whole").unwrap();
    let checkpoint = studio.path("killed/checkpoint.safetensors");
    let (mut before, mut hits) = (0, 0);
    for number in 0..20 {
        let child = studio.command("killed", "1").spawn().unwrap();
        hits += u32::from(kill_soon(child, &checkpoint, before, number));
        // Whole, at whatever moment it came, and nothing that was kept is lost.
        let kept = studio.checkpoint("killed");
        assert!(kept.step > before || kept.step == 60, "kill {number}");
        before = kept.step;
        if before == 60 {
            break;
        }
    }
    assert!(hits >= 3, "{hits} kills came before the training's own end");
    if before < 60 {
        assert!(studio.command("killed", "1").status().unwrap().success());
    }
    assert_same(&studio.checkpoint("whole"), &studio.checkpoint("killed"));
}

/// On two threads, with two batches a step.
#[test]
fn a_deterministic_training_goes_on_bit_for_bit_and_refuses_other_threads() {
    let changes = [
        (
            "size = 64",
            "size = 64\ndeterministic = true\naccumulate = 2",
        ),
        ("iterations = 4", "iterations = 2"),
    ];
    let studio = Studio::new(4, PATCH, &changes);
    assert!(studio.command("parts", "2").status().unwrap().success());
    let recipe = studio.path("recipe.toml");
    let text = fs::read_to_string(&recipe).unwrap();
    fs::write(&recipe, text.replace("iterations = 2", "iterations = 4")).unwrap();
    let refused = studio.command("parts", "1").output().unwrap();
    let error = String::from_utf8(refused.stderr).unwrap();
    assert!(
        !refused.status.success() && error.contains("--threads 2"),
        "{error}"
    );
    assert!(studio.command("parts", "2").status().unwrap().success());
    assert!(studio.command("whole", "2").status().unwrap().success());
    assert_same(&studio.checkpoint("whole"), &studio.checkpoint("parts"));
}

#[test]
fn accumulated_batches_are_one_larger_batch() {
    let at_once = Studio::new(3, "", &[("batch = 2", "batch = 4")]);
    let in_parts = Studio::new(3, "", &[("batch = 2", "batch = 2\naccumulate = 2")]);
    at_once.fit("run").unwrap();
    in_parts.fit("run").unwrap();
    let (a, b) = (at_once.checkpoint("run"), in_parts.checkpoint("run"));
    for (path, array) in a.part("generator").arrays {
        let other = &b.part("generator").arrays[&path];
        let pairs = array.values.iter().zip(&other.values);
        let apart = pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(apart < 1e-4, "{path} differs by {apart}");
    }
}

#[test]
fn the_best_by_held_out_pictures_is_kept() {
    let held_out = "[held_out]\nshare = 0.5\nevery = 5\ncrops = 3\n\n[optimizer]";
    let studio = Studio::new(40, "", &[("[optimizer]", held_out)]);
    let ended = studio.command("run", "1").output().unwrap();
    let said = String::from_utf8(ended.stdout).unwrap();
    // "step 5: 0.1234 on held-out pictures, the best so far"
    let judged: Vec<(u64, f64)> = said
        .lines()
        .filter(|line| line.contains("on held-out pictures"))
        .map(|line| {
            let (step, rest) = line.strip_prefix("step ")?.split_once(": ")?;
            let loss = rest.split(' ').next()?.parse().ok()?;
            Some((step.parse().ok()?, loss))
        })
        .collect::<Option<_>>()
        .unwrap();
    assert_eq!(judged.len(), 8, "{said}");
    let (step, least) = judged
        .iter()
        .copied()
        .min_by(|(_, a), (_, b)| a.total_cmp(b))
        .unwrap();
    let best = studio.best("run");
    assert_eq!(best.step, step, "{said}");
    assert!((best.best.unwrap() - least).abs() < 1e-4, "{said}");
    for step in [5, 40] {
        let strip = image::open(studio.path(&format!("run/fills/{step:08}.jpg"))).unwrap();
        assert_eq!((strip.width(), strip.height()), (128, 64));
    }
}

/// A loss that is weighed otherwise would never be under the least of before.
#[test]
fn the_best_by_another_measure_is_forgotten() {
    let held_out = "[held_out]\nshare = 0.5\nevery = 2\ncrops = 3\n\n[optimizer]";
    let studio = Studio::new(4, "", &[("[optimizer]", held_out)]);
    studio.fit("run").unwrap();
    let before = studio.best("run").best.unwrap();
    studio.change("iterations = 4", "iterations = 6");
    studio.change("hole = 6.0", "hole = 600.0");
    studio.fit("run").unwrap();
    let best = studio.best("run");
    assert_eq!(best.step, 6);
    assert!(best.best.unwrap() > before);
}

/// What a full disk does to the fills, a file in the way of their folder does too.
#[test]
fn fills_that_cannot_be_kept_end_no_training() {
    let held_out = "[held_out]\nshare = 0.5\nevery = 2\ncrops = 3\n\n[optimizer]";
    let studio = Studio::new(4, "", &[("[optimizer]", held_out)]);
    fs::create_dir(studio.path("run")).unwrap();
    fs::write(studio.path("run/fills"), "in the way").unwrap();
    let ended = studio.command("run", "1").output().unwrap();
    let said = String::from_utf8(ended.stdout).unwrap();
    assert!(said.contains("not kept: cannot make"), "{said}");
    assert_eq!(studio.checkpoint("run").step, 4);
    assert_eq!(studio.best("run").step, 4);
}

/// The log has grown to the largest file that there may be, which the checkpoint is far from.
#[cfg(target_os = "linux")]
#[test]
fn a_log_that_cannot_be_written_ends_no_training() {
    let studio = Studio::new(20, "", &[]);
    let log = studio.path("run/events.out.tfevents.reweave");
    fs::create_dir(studio.path("run")).unwrap();
    // One event, whose field 3, a text, is of 32 MiB.
    let mut event = vec![0x1a, 0x80, 0x80, 0x80, 0x10];
    event.resize(event.len() + (32 << 20), b' ');
    let length = (event.len() as u64).to_le_bytes();
    let masked = |data: &[u8]| {
        let sum = crc32c::crc32c(data).rotate_right(15);
        sum.wrapping_add(0xa282_ead8).to_le_bytes()
    };
    let record = [&length[..], &masked(&length), &event, &masked(&event)].concat();
    fs::write(&log, &record).unwrap();
    let train = studio.command("run", "1");
    let ended = Command::new("sh")
        .arg("-c")
        .arg("trap '' XFSZ; ulimit -f 32768; exec \"$@\"")
        .arg("sh")
        .arg(train.get_program())
        .args(train.get_args())
        .output()
        .unwrap();
    let said = String::from_utf8(ended.stdout).unwrap();
    assert!(
        ended.status.success() && said.contains("not kept: cannot write the log"),
        "{said}"
    );
    assert_eq!(studio.checkpoint("run").step, 20);
    assert_eq!(fs::metadata(&log).unwrap().len(), record.len() as u64);
}

/// The index believes that a picture is as it was; the training finds that it is not.
#[test]
fn a_picture_that_goes_in_the_middle_does_not_take_the_steps_before_it() {
    let mut kept = 0;
    for picture in 0..4 {
        let studio = Studio::new(1, "", &[]);
        studio.fit("first").unwrap();
        fs::create_dir(studio.path("run")).unwrap();
        let index = |run: &str| studio.path(run).join("pictures.json");
        fs::copy(index("first"), index("run")).unwrap();
        let path = studio.path(&format!("pictures/{picture}.png"));
        let facts = fs::metadata(&path).unwrap();
        fs::write(&path, vec![0; facts.len() as usize]).unwrap();
        let file = fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(facts.modified().unwrap()).unwrap();
        studio.change("iterations = 1", "iterations = 100");
        // Kept at the end alone, but for that.
        tch::set_num_threads(1);
        let places = studio.places("run");
        let error = fit(&places, &Manner::default(), &AtomicBool::new(false)).unwrap_err();
        assert!(format!("{error:#}").contains(&format!("{picture}.png")));
        if places.checkpoint().exists() {
            assert!(studio.checkpoint("run").step > 0);
            kept += 1;
        }
    }
    // The first step sees two of the four pictures at most.
    assert!(kept >= 2, "{kept}");
}

#[test]
fn a_discriminator_of_another_width_starts_anew() {
    let studio = Studio::new(3, PATCH, &[]);
    studio.fit("run").unwrap();
    studio.change("iterations = 3", "iterations = 5");
    studio.change("kind = \"patch\", width = 4", "kind = \"patch\", width = 6");
    let ended = studio.command("run", "1").output().unwrap();
    let said = String::from_utf8(ended.stdout).unwrap();
    assert!(
        ended.status.success() && said.contains("discriminator is another"),
        "{said}"
    );
    assert_eq!(studio.checkpoint("run").step, 5);
}

#[test]
fn a_mask_generator_of_another_width_starts_anew() {
    let generated = "[mask_generator]\narea = [0.1, 0.3]\nwidth = 4\n";
    let studio = Studio::new(
        2,
        generated,
        &[("seed = 5", "seed = 5\ndeterministic = true")],
    );
    studio.fit("run").unwrap();
    studio.change("iterations = 2", "iterations = 3");
    studio.change("width = 4", "width = 6");
    let ended = studio.command("run", "1").output().unwrap();
    let said = String::from_utf8(ended.stdout).unwrap();
    assert!(
        ended.status.success() && said.contains("mask generator is another"),
        "{said}"
    );
    let weight = &studio.checkpoint("run").state.arrays["mask_generator.conv1.weight"];
    assert_eq!(weight.shape, [6, 4, 5, 5]);
}

/// A training that is killed, or stopped, chooses the same holes afterwards.
#[test]
fn chosen_holes_are_the_same_after_a_stop_where_it_is_deterministic() {
    let generated = "[mask_generator]\nshare = 0.7\narea = [0.1, 0.4]\nwidth = 4\n";
    let studio = Studio::new(
        4,
        generated,
        &[("seed = 5", "seed = 5\ndeterministic = true")],
    );
    studio.fit("whole").unwrap();
    studio.change("iterations = 4", "iterations = 2");
    studio.fit("parts").unwrap();
    studio.change("iterations = 2", "iterations = 4");
    studio.fit("parts").unwrap();
    assert_same(&studio.checkpoint("whole"), &studio.checkpoint("parts"));
}

/// Its recipe is none that this version reads, so that the weights alone can tell.
#[test]
fn weights_of_another_shape_are_refused_by_name() {
    let studio = Studio::new(1, "", &[]);
    studio.fit("run").unwrap();
    let mut kept = studio.checkpoint("run");
    kept.recipe = "of another version".into();
    let spoil = |kept: &mut Checkpoint, prefix: &str| {
        let mut paths = kept.state.arrays.iter_mut();
        let found = paths.find(|(path, _)| path.starts_with(prefix));
        let (path, array) = found.unwrap();
        array.values.push(0.0);
        array.shape = vec![array.values.len()];
        path.clone()
    };
    let path = spoil(&mut kept, "average.");
    kept.save(&studio.path("run/checkpoint.safetensors"))
        .unwrap();
    studio.change("iterations = 1", "iterations = 2");
    let error = studio.fit("run").unwrap_err();
    assert!(
        error.contains(&path) && error.contains("checkpoint.safetensors"),
        "{error}"
    );
    let path = spoil(&mut kept, "generator.").replace("generator.", "");
    kept.save(&studio.path("run/checkpoint.safetensors"))
        .unwrap();
    let error = studio.fit("run").unwrap_err();
    assert!(
        error.contains(&path) && error.contains("checkpoint.safetensors"),
        "{error}"
    );
}

/// At 25 the second step has no number for a loss; at a quarter of it there are twelve.
#[test]
fn a_rate_that_is_too_high_is_halved_until_it_goes() {
    let rate = ("learning_rate = 2e-3", "learning_rate = 25.0");
    let studio = Studio::new(12, "", &[rate]);
    tch::set_num_threads(1);
    let manner = Manner::default();
    fit(&studio.places("run"), &manner, &AtomicBool::new(false)).unwrap();
    let kept = studio.checkpoint("run");
    assert_eq!(kept.step, 12);
    assert!(kept.slowing < 1.0, "{}", kept.slowing);
    let numbers =
        |array: &reweave_models::weights::Array| array.values.iter().all(|v| v.is_finite());
    assert!(kept.state.arrays.values().all(numbers));
}

#[test]
fn a_rate_beyond_help_is_said() {
    let studio = Studio::new(8, "", &[("learning_rate = 2e-3", "learning_rate = 1e30")]);
    let error = studio.fit("run").unwrap_err();
    assert!(
        error.contains("no longer a number") && error.contains("learning_rate"),
        "{error}"
    );
}

/// Each wrong thing, and what is said of it before the first step.
#[test]
fn what_cannot_work_is_said_before_the_first_step() {
    let refused = |changes: &[(&str, &str)], words: &[&str]| {
        let error = Studio::new(4, "", changes).fit("run").unwrap_err();
        for word in words {
            assert!(error.contains(word), "'{word}' is not in: {error}");
        }
    };
    refused(
        &[("valid = 1.0", "vallid = 1.0")],
        &["recipe.toml", "`valid`"],
    );
    refused(
        &[("batch = 2", "batch = 0")],
        &["batch and accumulate must lie between 1 and 4096"],
    );
    refused(&[("size = 64", "size = 60")], &["multiple of 8"]);
    refused(
        &[("size = 64", "size = 256")],
        &["pictures", "shorter side"],
    );
    refused(
        &[(
            "[optimizer]",
            "[held_out]\nshare = 0.0001\nevery = 5\ncrops = 3\n[optimizer]",
        )],
        &["held_out.share"],
    );
    refused(&[("strokes = {", "stroke = {")], &["`strokes`"]);

    let studio = Studio::new(4, "", &[]);
    for picture in 1..4 {
        fs::remove_file(studio.path(&format!("pictures/{picture}.png"))).unwrap();
    }
    let error = studio.fit("run").unwrap_err();
    assert!(error.contains("1 picture to learn from"), "{error}");
    fs::remove_file(studio.path("pictures/0.png")).unwrap();
    let error = studio.fit("run").unwrap_err();
    assert!(error.contains("there is no picture"), "{error}");

    if !tch::Cuda::is_available() {
        let refused = studio.command_on("cuda", "run", "1").output().unwrap();
        let error = String::from_utf8(refused.stderr).unwrap();
        assert!(
            !refused.status.success() && error.contains("there is no CUDA here"),
            "{error}"
        );
    }
}

#[test]
fn a_checkpoint_of_another_network_is_refused_by_name() {
    let studio = Studio::new(1, "", &[]);
    studio.fit("run").unwrap();
    let recipe = studio.path("recipe.toml");
    let text = fs::read_to_string(&recipe).unwrap();
    let text = text.replace("width = 8", "width = 12");
    fs::write(&recipe, text.replace("iterations = 1", "iterations = 2")).unwrap();
    let error = studio.fit("run").unwrap_err();
    assert!(
        error.contains("another network") && error.contains("--run"),
        "{error}"
    );
}

/// A damaged picture among good ones stops nothing; it is named.
#[test]
fn a_damaged_picture_is_left_out_and_named() {
    let studio = Studio::new(2, "", &[]);
    fs::write(studio.path("pictures/cut.png"), b"\x89PNG\r\n").unwrap();
    let ended = studio.command("run", "1").output().unwrap();
    let said = String::from_utf8(ended.stdout).unwrap();
    assert!(ended.status.success() && said.contains("cut.png"), "{said}");
}
