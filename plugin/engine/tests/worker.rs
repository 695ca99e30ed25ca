//! Models in a worker process: the same fills, and a host that lives whatever happens to the worker.
//!
//! The program of these tests is their worker too, so they bring their own list of tests.

mod common;
#[path = "../../cli/tests/common/onnx.rs"]
#[allow(dead_code, reason = "the command's tests use more of it")]
mod onnx;

use std::process::ExitCode;

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some(reweave::worker::ARGUMENT) => return ExitCode::from(reweave::worker::serve()),
        // `cargo test --release -p reweave --test worker -- measure`
        #[cfg(target_os = "linux")]
        Some("measure") => {
            linux::measure();
            return ExitCode::SUCCESS;
        }
        _ => {}
    }
    // What is tested finds its workers in /proc, and has scripts for other programs.
    #[cfg(target_os = "linux")]
    return linux::run();
    #[cfg(not(target_os = "linux"))]
    ExitCode::SUCCESS
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs;
    use std::ops::ControlFlow;
    use std::os::unix::fs::PermissionsExt;
    use std::path::{Path, PathBuf};
    use std::process::{Command, ExitCode};
    use std::sync::Arc;
    use std::time::{Duration, Instant};

    use libtest_mimic::{Arguments, Trial};
    use reweave::card::Card;
    use reweave::worker::VARIABLE;
    use reweave::{Device, Error, Hole, Model, Picture, Progress, Report, Settings, Silent};
    use tempfile::TempDir;

    use super::common::{hole, striped, zoo};
    use super::onnx::{constant, field, integer, model, node, tensor};

    /// Each test sets the environment of a process of its own, and looks at its own children.
    const TESTS: [(&str, fn()); 9] = [
        (
            "the_same_bytes_as_without_and_one_worker_for_all_fills",
            same,
        ),
        (
            "a_worker_that_is_killed_in_mid_run_is_an_error_or_replaced",
            killed,
        ),
        (
            "a_worker_that_is_killed_between_fills_is_replaced",
            killed_between,
        ),
        ("a_model_that_aborts_takes_the_worker_alone", aborts),
        (
            "cancelling_kills_the_worker_and_the_next_fill_has_another",
            cancelled,
        ),
        ("two_models_at_once", two),
        ("a_worker_holds_nothing_that_the_host_had_open", closes),
        ("programs_that_are_no_workers", no_workers),
        ("what_is_wrong_with_a_model_is_told_as_without", bad_models),
    ];

    pub fn run() -> ExitCode {
        const ONE: &str = "REWEAVE_TEST_ONE";
        if let Ok(name) = std::env::var(ONE) {
            let (_, test) = TESTS.iter().find(|(known, _)| *known == name).unwrap();
            test();
            return ExitCode::SUCCESS;
        }
        let program = std::env::current_exe().unwrap();
        let trial = |(name, _): (&'static str, fn())| {
            let program = program.clone();
            Trial::test(name, move || {
                let output = Command::new(&program)
                    .env(ONE, name)
                    .env(VARIABLE, &program)
                    .output()?;
                match output.status.success() {
                    true => Ok(()),
                    false => Err(String::from_utf8_lossy(&output.stderr).into_owned().into()),
                }
            })
        };
        let trials = TESTS.into_iter().map(trial).collect();
        libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
    }

    /// What a worker costs a fill: the same with and without, in turn, with a network that does nothing.
    pub fn measure() {
        let folder = tempfile::tempdir().unwrap();
        let bytes = model(&[node("Identity", &["picture"], "filled", &[])]);
        let open = |name: &str, worker: &str| {
            set(worker);
            let file = folder.path().join(name);
            fs::write(&file, &bytes).unwrap();
            let began = Instant::now();
            let model = Model::open(&file, Device::BuiltIn).unwrap();
            println!("{name}: opened in {:?}", began.elapsed());
            model
        };
        let models = [open("here.onnx", "0"), open("worker.onnx", &own_program())];
        let before = striped(1000, 800);
        let hole = hole((1000, 800), 350, 300, 200, 200);
        let mut times = [Vec::new(), Vec::new()];
        for _ in 0..100 {
            for (model, times) in models.iter().zip(&mut times) {
                let mut picture = before.clone();
                let report = fill(&mut picture, &hole, model, &mut Silent).unwrap();
                times.push(report.seconds.network * 1e3);
            }
        }
        let [here, worker] = times.map(|mut times| {
            times.sort_by(f64::total_cmp);
            [
                times[0],
                times[times.len() / 2],
                times[times.len() * 9 / 10],
            ]
        });
        println!("milliseconds of a run (best, median, nine of ten within):");
        println!("here:   {here:.2?}\nworker: {worker:.2?}");
    }

    /// The workers of this process.
    fn workers() -> Vec<u32> {
        let own = std::process::id();
        let processes = fs::read_dir("/proc").unwrap().flatten();
        let mut found: Vec<u32> = processes
            .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
            .filter(|id: &u32| {
                let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
                let has = |line: &str| status.lines().any(|other| other == line);
                has(&format!("PPid:\t{own}")) && !status.contains("\nState:\tZ")
            })
            .collect();
        found.sort_unstable();
        found
    }

    fn kill(id: u32) {
        let kill = Command::new("kill").args(["-9", &id.to_string()]).status();
        assert!(kill.unwrap().success());
    }

    /// With or without a worker, from here on.
    fn set(worker: &str) {
        // SAFETY: this process has no other thread at this moment that reads or writes the environment.
        unsafe { std::env::set_var(VARIABLE, worker) };
    }

    fn own_program() -> String {
        std::env::current_exe()
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned()
    }

    /// A copy of a model, with a card that has the network see so many pixels on each side.
    fn copy(name: &str, working: u32) -> (TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(format!("{name}.onnx"));
        fs::copy(zoo(name), &file).unwrap();
        let mut card = Card::read(&zoo(name).with_extension("json")).unwrap();
        card.size.working = working;
        card.write(&file.with_extension("json")).unwrap();
        (folder, file)
    }

    /// A picture that keeps a network busy for a while, and its hole.
    fn large() -> (Picture, Hole) {
        (striped(1024, 1024), hole((1024, 1024), 200, 200, 600, 600))
    }

    fn small() -> (Picture, Hole) {
        (striped(200, 160), hole((200, 160), 60, 50, 60, 40))
    }

    fn fill(
        picture: &mut Picture,
        hole: &Hole,
        model: &Model,
        progress: &mut dyn Progress,
    ) -> Result<Report, Error> {
        let mut settings = Settings::new();
        settings.set("texture", "off").unwrap();
        reweave::fill(&mut picture.view_mut(), hole, model, &settings, progress)
    }

    fn same() {
        let (before, hole) = small();
        let (mut here, mut there) = (before.clone(), before.clone());
        set("0");
        // A copy, because a model is opened once for a path.
        let (_folder, file) = copy("gated", 512);
        let model = Model::open(zoo("gated"), Device::BuiltIn).unwrap();
        fill(&mut here, &hole, &model, &mut Silent).unwrap();
        assert!(workers().is_empty());

        set(&own_program());
        let model = Model::open(&file, Device::BuiltIn).unwrap();
        assert_eq!(model.answered_by().runtime, "built-in");
        let [worker] = workers()[..] else {
            panic!("one worker: {:?}", workers());
        };
        for _ in 0..3 {
            there = before.clone();
            let report = fill(&mut there, &hole, &model, &mut Silent).unwrap();
            assert_eq!(report.answered_by.runtime, "built-in");
            assert_eq!(workers(), [worker]);
        }
        assert!(here == there && here != before);
        // It is the first that the system takes memory from, and has no worker of its own.
        let score = fs::read_to_string(format!("/proc/{worker}/oom_score_adj")).unwrap();
        assert_eq!(score.trim(), "1000");
    }

    /// Kills the worker of the only model, once, when the network is at work.
    fn kill_while_predicting() -> impl FnMut(f32, &str) -> ControlFlow<()> {
        let mut killed = false;
        move |_, doing| {
            if doing == "predicting" && !killed {
                workers().into_iter().for_each(kill);
                killed = true;
            }
            ControlFlow::Continue(())
        }
    }

    fn killed() {
        let (before, hole) = large();
        let (_folder, file) = copy("gated", 1024);
        let model = Model::open(&file, Device::BuiltIn).unwrap();
        let mut picture = before.clone();
        let result = fill(&mut picture, &hole, &model, &mut kill_while_predicting());
        let why = result.unwrap_err().to_string();
        assert!(why.contains("gated") && why.contains("was killed"), "{why}");
        assert!(picture == before);
        assert!(workers().is_empty());
        // And the model serves the next one as if nothing had been.
        fill(&mut picture, &hole, &model, &mut Silent).unwrap();
        assert!(picture != before);

        // Behind ONNX Runtime there is the built-in runtime.
        if super::common::onnxruntime().is_none() {
            return;
        }
        let model = Model::open(&file, Device::Cpu).unwrap();
        assert_eq!(model.answered_by().runtime, "ONNX Runtime");
        let mut other = before.clone();
        let mut kills = kill_while_predicting();
        let report = fill(&mut other, &hole, &model, &mut kills).unwrap();
        assert_eq!(report.answered_by.runtime, "built-in");
        let why = report.answered_by.why_not_better.join("\n");
        assert!(
            why.contains("ONNX Runtime (CPU): the worker process died"),
            "{why}"
        );
        assert!(picture == other);
    }

    fn killed_between() {
        let (before, hole) = small();
        let model = Model::open(zoo("gated"), Device::BuiltIn).unwrap();
        for _ in 0..2 {
            let mut picture = before.clone();
            fill(&mut picture, &hole, &model, &mut Silent).unwrap();
            assert!(picture != before);
            let [worker] = workers()[..] else {
                panic!("one worker: {:?}", workers());
            };
            kill(worker);
        }
    }

    /// Asks for 2^46 numbers where the largest value of the hole is 1, which no look at the file finds out.
    fn glutton(folder: &Path) -> PathBuf {
        let side = field(9, &8_388_608f32.to_le_bytes());
        let flat = [integer("keepdims", 0)];
        let bytes = model(&[
            constant("one", &[1]),
            tensor("side", 1, &[], &side),
            node("ReduceMax", &["hole"], "most", &flat),
            node("Mul", &["most", "side"], "many", &[]),
            node("Cast", &["many"], "count", &[integer("to", 7)]),
            node("Reshape", &["count", "one"], "axis", &[]),
            node("Concat", &["axis", "axis"], "shape", &[integer("axis", 0)]),
            node("ConstantOfShape", &["shape"], "huge", &[]),
            node("ReduceMax", &["huge"], "nothing", &flat),
            node("Add", &["picture", "nothing"], "filled", &[]),
        ]);
        let file = folder.join("glutton.onnx");
        fs::write(&file, bytes).unwrap();
        file
    }

    fn aborts() {
        let folder = tempfile::tempdir().unwrap();
        let file = glutton(folder.path());
        let (before, hole) = small();
        let model = Model::open(&file, Device::BuiltIn).unwrap();
        for _ in 0..2 {
            let mut picture = before.clone();
            let why = fill(&mut picture, &hole, &model, &mut Silent).unwrap_err();
            assert!(why.to_string().contains("was aborted"), "{why}");
            assert!(picture == before);
        }
        // Without a worker it is this process that ends: the test can fail.
        if std::env::var_os("REWEAVE_TEST_HERE").is_some() {
            set("0");
            let other = folder.path().join("other.onnx");
            fs::copy(&file, &other).unwrap();
            let model = Model::open(&other, Device::BuiltIn).unwrap();
            let mut picture = before.clone();
            let _ = fill(&mut picture, &hole, &model, &mut Silent);
            return;
        }
        let alone = Command::new(std::env::current_exe().unwrap())
            .env("REWEAVE_TEST_HERE", "1")
            .output()
            .unwrap();
        assert!(!alone.status.success());
    }

    fn cancelled() {
        let (before, hole) = large();
        let (_folder, file) = copy("gated", 1024);
        let model = Model::open(&file, Device::BuiltIn).unwrap();
        let first = workers();
        let mut picture = before.clone();
        let mut asked = None;
        let mut stop = |_: f32, doing: &str| {
            if doing == "predicting" {
                asked.get_or_insert_with(Instant::now);
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        };
        let result = fill(&mut picture, &hole, &model, &mut stop);
        assert!(matches!(result, Err(Error::Cancelled)), "{result:?}");
        assert!(picture == before);
        // The built-in runtime cannot be stopped in a process that is to live.
        let waited = asked.unwrap().elapsed();
        assert!(waited < Duration::from_millis(500), "{waited:?}");
        assert!(workers().is_empty());
        fill(&mut picture, &hole, &model, &mut Silent).unwrap();
        assert!(picture != before);
        assert_eq!(workers().len(), 1);
        assert_ne!(workers(), first);
    }

    fn two() {
        let (before, hole) = small();
        let names = ["gated", "partial"];
        let models = names.map(|name| Model::open(zoo(name), Device::BuiltIn).unwrap());
        assert_eq!(workers().len(), 2);
        let filled = |model: &Arc<Model>| {
            let mut picture = before.clone();
            fill(&mut picture, &hole, model, &mut Silent).unwrap();
            picture
        };
        let alone = models.each_ref().map(filled);
        assert!(alone[0] != alone[1]);
        std::thread::scope(|scope| {
            // Two threads for each model: one waits for the other.
            let (models, filled) = (&models, &filled);
            let threads =
                [0, 1, 0, 1].map(|which| (which, scope.spawn(move || filled(&models[which]))));
            for (which, thread) in threads {
                assert!(thread.join().unwrap() == alone[which]);
            }
        });
        assert_eq!(workers().len(), 2);
    }

    /// A host may have files open that are not marked to be closed in other programs: GIMP's pipe is one.
    fn closes() {
        const SECOND: &str = "REWEAVE_TEST_OPEN";
        let Some(held) = std::env::var_os(SECOND) else {
            // A shell's descriptors go on to what it starts.
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("held");
            let script = r#"exec 9>"$1"; export REWEAVE_TEST_OPEN="$1"; exec "$2""#;
            let output = Command::new("/bin/sh")
                .args(["-c", script, "sh"])
                .args([&file, &std::env::current_exe().unwrap()])
                .output()
                .unwrap();
            let told = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{told}");
            return;
        };
        let holds = |process: u32| {
            let open = fs::read_dir(format!("/proc/{process}/fd")).unwrap();
            let mut files = open.filter_map(|entry| fs::read_link(entry.ok()?.path()).ok());
            files.any(|file| file == Path::new(&held))
        };
        let model = Model::open(zoo("gated"), Device::BuiltIn).unwrap();
        let (mut picture, hole) = small();
        fill(&mut picture, &hole, &model, &mut Silent).unwrap();
        let [worker] = workers()[..] else {
            panic!("one worker: {:?}", workers());
        };
        assert!(holds(std::process::id()) && !holds(worker));
    }

    /// Opens a model with this for a worker.
    fn refused(worker: &str) -> String {
        set(worker);
        let (_folder, file) = copy("gated", 512);
        let began = Instant::now();
        let why = Model::open(&file, Device::BuiltIn).unwrap_err().to_string();
        assert!(began.elapsed() < Duration::from_secs(20), "{worker}: {why}");
        assert!(why.contains("gated.onnx"), "{why}");
        why
    }

    fn no_workers() {
        let folder = tempfile::tempdir().unwrap();
        let script = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
            path.to_str().unwrap().to_owned()
        };
        let hello = r#"printf 'RWvw\015\000\000\000{"version":1}'"#;
        for (worker, word) in [
            // There is none, or it makes no sense.
            ("1", "there is no program to run it in"),
            ("/nowhere/reweave", "absolute path"),
            ("yes", "absolute path"),
            (folder.path().to_str().unwrap(), "absolute path"),
            // It is none.
            ("/bin/true", "is no worker"),
            ("/bin/echo", "is no worker"),
            (&script("mute", "exec sleep 0.1"), "is no worker"),
            (&script("text", "yes"), "no frame"),
            (
                &script("long", r"printf 'RWvw\377\377\377\377'; sleep 9"),
                "no frame",
            ),
            (
                &script(
                    "old",
                    r#"printf 'RWvw\015\000\000\000{"version":0}'; sleep 9"#,
                ),
                "same release",
            ),
            // It says that it is one, and then this.
            (&script("gone", hello), "died when it opened"),
            (
                &script("then", &format!("{hello}; echo hello and welcome; sleep 9")),
                "no frame",
            ),
            (
                &script(
                    "other",
                    &format!("{hello}; printf 'RWvw\\002\\000\\000\\000{{}}'; sleep 9"),
                ),
                "another kind",
            ),
        ] {
            let why = refused(worker);
            assert!(why.contains(word), "{worker}: {why}");
            assert!(workers().is_empty(), "{worker}");
        }

        // A worker that opens the model, and answers a run with more than there can be.
        let ready = r#"{"Ready":{"inputs":[{"name":"picture","element":"f32","shape":[1,3,null,null]},{"name":"hole","element":"f32","shape":[1,1,null,null]},{"name":"guide","element":"f32","shape":[1,1,null,null]}],"outputs":[{"name":"filled","element":"f32","shape":[1,3,null,null]}],"report":{"runtime":"built-in","provider":"CPU","version":"","why_not_better":[]}}}"#;
        let done = r#"{"Done":{"output":{"name":"filled","shape":[1,3,1048576,1048576],"bytes":false},"taken_over":null}}"#;
        let frame = |text: &str| {
            let length = (text.len() as u32).to_le_bytes();
            let length = length.map(|byte| format!("\\{byte:03o}")).concat();
            format!("printf 'RWvw{length}'; printf '%s' '{text}'")
        };
        let liar = format!(
            "{hello}; {}; {}; cat > /dev/null",
            frame(ready),
            frame(done)
        );
        set(&script("liar", &liar));
        let (_folder, file) = copy("gated", 512);
        let model = Model::open(&file, Device::BuiltIn).unwrap();
        let (before, hole) = small();
        let mut picture = before.clone();
        let why = fill(&mut picture, &hole, &model, &mut Silent).unwrap_err();
        assert!(
            why.to_string().contains("more values than there can be"),
            "{why}"
        );
        assert!(picture == before && workers().is_empty());
    }

    fn bad_models() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("damaged.onnx");
        let bytes = fs::read(zoo("gated")).unwrap();
        fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
        let why = Model::open(&file, Device::BuiltIn).unwrap_err();
        assert!(matches!(why, Error::Model { .. }), "{why:?}");
        let text = why.to_string();
        assert!(
            text.contains("damaged.onnx") && text.contains("no ONNX file"),
            "{text}"
        );
        fs::copy(
            zoo("gated").with_extension("json"),
            file.with_extension("json"),
        )
        .unwrap();
        let why = Model::open(&file, Device::BuiltIn).unwrap_err();
        assert!(matches!(why, Error::CardMismatch { .. }), "{why:?}");
        assert!(why.to_string().contains("SHA-256"), "{why}");
        assert!(workers().is_empty());
    }
}
