//! The commands of docs/training.md, as they stand there, on a small folder.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The lines of the manual that begin with the program's name.
fn commands() -> Vec<Vec<String>> {
    let manual = include_str!("../../docs/training.md");
    let lines = manual
        .lines()
        .filter(|line| line.starts_with("reweave-train "));
    let words = |line: &str| line.split_whitespace().skip(1).map(str::to_owned).collect();
    lines.map(words).collect()
}

/// What the manual's words in capitals stand for here.
struct Desk {
    folder: tempfile::TempDir,
    cache: Option<PathBuf>,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let pictures = folder.path().join("PICTURES");
        std::fs::create_dir_all(&pictures).unwrap();
        for i in 0..24u32 {
            let picture = image::RgbImage::from_fn(96, 80, |x, y| {
                let v = ((i + 3) * x / 7 + (2 * i + 1) * y / 9) as u8;
                image::Rgb([v, v.wrapping_mul(3) / 2, (40 + 5 * i) as u8])
            });
            picture.save(pictures.join(format!("{i}.png"))).unwrap();
        }
        let zoo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/zoo");
        let models = folder.path().join("models/zoo");
        std::fs::create_dir_all(&models).unwrap();
        for file in ["gated.onnx", "gated.json"] {
            std::fs::copy(zoo.join(file), models.join(file)).unwrap();
        }
        Desk {
            folder,
            cache: std::env::var_os("REWEAVE_TEST_CACHE").map(PathBuf::from),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, words: &[String]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_reweave-train"));
        command
            .args(words)
            .current_dir(self.folder.path())
            .env_remove("REWEAVE_FEATURES")
            .env("XDG_DATA_HOME", self.path("data"))
            .env("HOME", self.folder.path());
        if let Some(cache) = &self.cache {
            command.env("REWEAVE_FEATURES", cache.join("lpips"));
        }
        match words[0].as_str() {
            "new" => command.args(["--threads", "1"]),
            // A training of a night, for a second.
            "fit" => command.args(["--threads", "1", "--minutes", "0.02"]),
            _ => &mut command,
        };
        let ended = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let (out, err) = (text(ended.stdout), text(ended.stderr));
        assert!(ended.status.success(), "{words:?}\n{out}\n{err}");
        out
    }
}

#[test]
fn the_manual_leads_from_a_folder_of_pictures_to_models_in_the_menu() {
    let desk = Desk::new();
    let mut ran = 0;
    for words in commands() {
        // Scores want ONNX Runtime, and are tested with it elsewhere.
        if words[0] == "score" {
            continue;
        }
        let out = desk.run(&words);
        if words[0] == "new" {
            assert!(out.contains("for a thousand steps"), "{out}");
        }
        ran += 1;
    }
    assert!(ran >= 7, "{ran} commands in docs/training.md");
    // What every frontend asks for its list.
    let models = desk.path("data/reweave/models");
    let found = reweave::zoo::list(&[models]);
    let names: Vec<_> = found
        .iter()
        .filter_map(|found| found.path.file_stem())
        .collect();
    assert_eq!(names, ["ours", "ours-tuned"]);
    let page = std::fs::read_to_string(desk.path("RUN/report.html")).unwrap();
    for part in [
        "held out",
        "data:image/jpeg;base64,",
        "Our own pictures",
        "gated-unet",
        "<h1>ours</h1>",
    ] {
        assert!(page.contains(part), "'{part}' is not in the report");
    }
}

#[test]
fn what_is_there_is_not_written_over() {
    let desk = Desk::new();
    std::fs::create_dir_all(desk.path("RUN")).unwrap();
    std::fs::write(desk.path("RUN/recipe.toml"), "mine").unwrap();
    let refused = Command::new(env!("CARGO_BIN_EXE_reweave-train"))
        .args(["new", "PICTURES", "--run", "RUN"])
        .current_dir(desk.folder.path())
        .output()
        .unwrap();
    let error = String::from_utf8(refused.stderr).unwrap();
    assert!(
        !refused.status.success() && error.contains("recipe.toml"),
        "{error}"
    );
    assert_eq!(
        std::fs::read_to_string(desk.path("RUN/recipe.toml")).unwrap(),
        "mine"
    );
}
