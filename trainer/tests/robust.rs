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

/// Waits until the run has taken a step or two more than it had, and kills it in whatever it does then.
fn kill_soon(mut child: Child, checkpoint: &Path, before: u64, number: u64) {
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
    let _ = child.wait();
}

#[test]
fn a_training_killed_twenty_times_ends_as_if_it_had_not_been() {
    let studio = Studio::new(60, PATCH, &[]);
    studio.fit("whole").unwrap();
    let checkpoint = studio.path("killed/checkpoint.safetensors");
    let mut before = 0;
    for number in 0..20 {
        let child = studio.command("killed", "1").spawn().unwrap();
        kill_soon(child, &checkpoint, before, number);
        // Whole, at whatever moment it came, and nothing that was kept is lost.
        let kept = studio.checkpoint("killed");
        assert!(kept.step > before || kept.step == 60, "kill {number}");
        before = kept.step;
    }
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
    studio.fit("run").unwrap();
    let last = studio.checkpoint("run");
    let best = Checkpoint::open(&studio.path("run/best.safetensors")).unwrap();
    assert!(best.step > 0 && best.step <= last.step && best.step.is_multiple_of(5));
    assert_eq!(best.best, last.best);
    for step in [5, 40] {
        let strip = image::open(studio.path(&format!("run/fills/{step:08}.jpg"))).unwrap();
        assert_eq!((strip.width(), strip.height()), (128, 64));
    }
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
    refused(&[("batch = 2", "batch = 0")], &["batch must be"]);
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
        let mut command = studio.command("run", "1");
        let refused = command.args(["--device", "cuda"]).output().unwrap();
        let error = String::from_utf8(refused.stderr).unwrap();
        assert!(
            !refused.status.success() && !error.contains("panicked"),
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
