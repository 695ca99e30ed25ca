//! The bundle in a host that other people made: `melt`, the engine under Kdenlive and Shotcut, in a Debian of its own.
//!
//! `cargo xtask test openfx` makes that Debian. Where there is none, or no right to run in it, the test says so and
//! passes.
#![cfg(target_os = "linux")]

mod support;

use image::{DynamicImage, ImageBuffer, Rgba};
use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::{library, model, run};

const WIDTH: u32 = 160;
const HEIGHT: u32 = 120;
const FRAMES: u32 = 25;

/// How `timeout` ends when it ended what hung.
const HUNG: i32 = 124;

/// Runs a command to its end; `false` if it hung.
fn finishes(command: &mut Command) -> bool {
    let answer = command.output().unwrap();
    let hung = answer.status.code() == Some(HUNG);
    assert!(
        answer.status.success() || hung,
        "{command:?}\n{}{}",
        String::from_utf8_lossy(&answer.stdout),
        String::from_utf8_lossy(&answer.stderr)
    );
    !hung
}

/// A Debian with melt, unpacked; removed when dropped.
struct Root {
    folder: tempfile::TempDir,
    /// How often melt hung.
    hung: Cell<u32>,
}

impl Root {
    fn unpack() -> Result<Self, String> {
        let cache = std::env::var_os("REWEAVE_TEST_CACHE")
            .map(PathBuf::from)
            .or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache/reweave")));
        let tar = cache.ok_or("no cache folder")?.join("roots/mlt-sid.tar");
        if !tar.is_file() {
            return Err(format!(
                "no {}: cargo xtask fetch --hosts makes it",
                tar.display()
            ));
        }
        let folder =
            tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).map_err(|error| error.to_string())?;
        let unpacked = Command::new("tar")
            .arg("-xf")
            .arg(tar)
            .arg("-C")
            .arg(folder.path())
            .output();
        match unpacked {
            Ok(answer) if answer.status.success() => {}
            Ok(answer) => return Err(String::from_utf8_lossy(&answer.stderr).into_owned()),
            Err(error) => return Err(error.to_string()),
        }
        let root = Self {
            folder,
            hung: Cell::new(0),
        };
        let works = root
            .command("true")
            .output()
            .is_ok_and(|answer| answer.status.success());
        works
            .then_some(root)
            .ok_or_else(|| "chroot is not allowed here".into())
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// A program in that Debian; one that hangs is ended, with [`HUNG`].
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new("chroot");
        command
            .arg(self.folder.path())
            .args(["/usr/bin/env", "-C", "/opt", "timeout", "120"])
            .arg(program);
        command
            .env("HOME", "/tmp")
            .env("QT_QPA_PLATFORM", "offscreen")
            .env("OFX_PLUGIN_PATH", "/opt/ofx");
        command
            .env_remove("REWEAVE_ONNXRUNTIME")
            .env_remove("REWEAVE_MODELS");
        command
    }

    /// The bundle, as hosts look for it.
    fn install(&self, model: &Path) {
        let contents = self.path("opt/ofx/Reweave.ofx.bundle/Contents");
        let (binary, models) = (
            contents.join("Linux-x86-64"),
            contents.join("Resources/models"),
        );
        fs::create_dir_all(&binary).unwrap();
        fs::create_dir_all(&models).unwrap();
        fs::copy(library(), binary.join("Reweave.ofx")).unwrap();
        for file in [model.to_owned(), model.with_extension("json")] {
            fs::copy(&file, models.join(file.file_name().unwrap())).unwrap();
        }
        fs::write(
            self.path("opt/test.profile"),
            format!(
                "description=test\nframe_rate_num=25\nframe_rate_den=1\nwidth={WIDTH}\nheight={HEIGHT}\n\
                 progressive=1\nsample_aspect_num=1\nsample_aspect_den=1\ndisplay_aspect_num=4\ndisplay_aspect_den=3\n\
                 colorspace=709\n"
            ),
        )
        .unwrap();
    }

    /// Renders pictures that are named by `input` to `output`, with the node or without.
    fn render(&self, input: &str, last: u32, output: &str, deep: bool, node: Option<&[&str]>) {
        let mut command = self.command("melt");
        command.args([
            "-silent",
            "-profile",
            "test.profile",
            &format!("avformat:{input}"),
            &format!("out={last}"),
        ]);
        if let Some(parameters) = node {
            command
                .args(["-filter", "openfx.org.reweave.Fill"])
                .args(parameters);
        }
        command.args([
            "-consumer",
            &format!("avformat:{output}"),
            "vcodec=png",
            "f=image2",
            "an=1",
            "real_time=-1",
        ]);
        if !output.contains('%') {
            command.arg("update=1");
        }
        command.args(if deep {
            ["mlt_image_format=rgba64", "pix_fmt=rgba64be"]
        } else {
            ["mlt_image_format=rgba", "pix_fmt=rgba"]
        });
        // This melt hangs about once in a hundred times, with its own filters as with ours: that says nothing about ours.
        while !finishes(&mut command) {
            self.hung.set(self.hung.get() + 1);
            assert!(
                self.hung.get() < 3,
                "melt hangs again and again: {command:?}"
            );
            eprintln!("melt hung and is started again");
        }
    }

    fn read(&self, name: &str) -> ImageBuffer<Rgba<u16>, Vec<u16>> {
        image::open(self.path("opt").join(name))
            .unwrap()
            .into_rgba16()
    }
}

/// The hole of a frame: it walks to the right.
fn in_hole(frame: u32, x: u32, y: u32) -> bool {
    (40 + 2 * frame..80 + 2 * frame).contains(&x) && (40..70).contains(&y)
}

fn picture(frame: u32) -> ImageBuffer<Rgba<u16>, Vec<u16>> {
    ImageBuffer::from_fn(WIDTH, HEIGHT, |x, y| {
        let wave = |value: f32| (32768.0 + 24000.0 * value.sin()) as u16;
        let alpha = if in_hole(frame, x, y) { 0 } else { u16::MAX };
        Rgba([
            wave(x as f32 / 9.0),
            wave(y as f32 / 7.0),
            200 * (x + y) as u16 / 2,
            alpha,
        ])
    })
}

fn save(root: &Root, name: &str, frame: u32, deep: bool) {
    let picture = DynamicImage::ImageRgba16(picture(frame));
    let picture = if deep {
        picture
    } else {
        DynamicImage::ImageRgba8(picture.into_rgba8())
    };
    picture.save(root.path("opt").join(name)).unwrap();
}

/// Pixels that the node changed, after a check that they all lie in the hole, widened by some pixels.
fn changed(root: &Root, without: &str, with: &str, frame: u32, wider: u32) -> usize {
    let (without, with) = (root.read(without), root.read(with));
    let mut changed = 0;
    for (x, y, pixel) in without.enumerate_pixels() {
        if pixel == with.get_pixel(x, y) {
            continue;
        }
        changed += 1;
        let near = (x.saturating_sub(wider)..=x + wider)
            .any(|x| (y.saturating_sub(wider)..=y + wider).any(|y| in_hole(frame, x, y)));
        let other = with.get_pixel(x, y);
        assert!(
            near,
            "pixel {x} {y} of frame {frame} is {pixel:?} without the node and {other:?} with it"
        );
    }
    changed
}

#[test]
fn melt_renders_through_the_bundle() {
    let Some(model) = model() else { return };
    let root = match Root::unpack() {
        Ok(root) => root,
        Err(why) => {
            eprintln!("SKIPPED: no melt to render with: {why}");
            return;
        }
    };
    root.install(&model);

    let known = run(root
        .command("melt")
        .args(["-query", "filter=openfx.org.reweave.Fill"]));
    assert!(
        known.contains("title: Reweave Fill") && known.contains("identifier: hole_from"),
        "{known}"
    );

    for deep in [false, true] {
        save(&root, "in.png", 0, deep);
        root.render("in.png", 0, "plain.png", deep, None);
        // Without the node, melt has to give back what it was given: else nothing can be said of the node.
        assert!(
            root.read("plain.png") == root.read("in.png"),
            "melt changes pictures by itself"
        );
        root.render("in.png", 0, "filled.png", deep, Some(&[]));
        assert_eq!(changed(&root, "plain.png", "filled.png", 0, 0), 40 * 30);
        assert_eq!(
            root.read("filled.png").get_pixel(60, 55).0[3],
            u16::MAX,
            "the fill is opaque"
        );

        root.render("in.png", 0, "grown.png", deep, Some(&["grow=4"]));
        assert!(changed(&root, "plain.png", "grown.png", 0, 4) > 40 * 30 + 4 * 100);
        root.render("in.png", 0, "none.png", deep, Some(&["mix=0"]));
        assert_eq!(changed(&root, "plain.png", "none.png", 0, 0), 0);
        root.render("in.png", 0, "other.png", deep, Some(&["hole_from=Mask"]));
        assert_eq!(changed(&root, "plain.png", "other.png", 0, 0), 0);

        for frame in 0..FRAMES {
            save(&root, &format!("in{frame:03}.png"), frame, deep);
        }
        root.render("in%03d.png", FRAMES - 1, "plain%03d.png", deep, None);
        root.render("in%03d.png", FRAMES - 1, "filled%03d.png", deep, Some(&[]));
        for frame in 0..FRAMES {
            // What melt writes starts at 1.
            let number = frame + 1;
            let names = [
                format!("plain{number:03}.png"),
                format!("filled{number:03}.png"),
            ];
            assert_eq!(changed(&root, &names[0], &names[1], frame, 0), 40 * 30);
        }
    }
}
