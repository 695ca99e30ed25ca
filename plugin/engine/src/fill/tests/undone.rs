//! A fill that does not come to its end leaves every byte as it was, the padding of rows too.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

const WIDTH: usize = 400;
const HEIGHT: usize = 40;
const ROW: usize = WIDTH * 3;
const STRIDE: usize = ROW + 7;

/// A picture whose rows run upwards, and its padding.
fn memory() -> Vec<u8> {
    let len = STRIDE * (HEIGHT - 1) + ROW;
    (0..len).map(|i| (i * i / 7 % 251) as u8).collect()
}

/// Two holes, too far apart to share a region of a network of 64 pixels; both get texture.
fn fill_memory(
    memory: &mut [u8],
    network: &dyn Network,
    progress: &mut dyn Progress,
) -> Result<Report, Error> {
    let first = STRIDE * (HEIGHT - 1);
    let stride = -(STRIDE as isize);
    let mut picture = ViewMut::with_stride(memory, first, stride, WIDTH, HEIGHT, RGB8)?;
    let hole = mask(WIDTH, HEIGHT, |x, y| {
        let inside = (20..30).contains(&x) || (350..360).contains(&x);
        if inside && (5..20).contains(&y) {
            255
        } else {
            0
        }
    });
    let mut settings = Settings::new();
    settings.set("texture", "full")?;
    fill_with(&mut picture, &hole, network, &settings, progress)
}

/// What every report of a fill says.
fn reports() -> Vec<String> {
    let (mut reports, mut last) = (Vec::new(), 0.0);
    let mut memory = memory();
    let mut progress = |done: f32, doing: &str| {
        assert!(done >= last, "progress goes back from {last} to {done}");
        last = done;
        reports.push(doing.to_owned());
        ControlFlow::Continue(())
    };
    let report = fill_memory(&mut memory, &Mean::new(64), &mut progress).unwrap();
    assert_eq!(report.regions, 2);
    assert!(memory != self::memory());
    reports
}

#[test]
fn every_stage_reports() {
    let reports = reports();
    for stage in [
        "looking at the hole",
        "reading",
        "predicting",
        "synthesising texture",
    ] {
        assert!(reports.iter().any(|report| report == stage), "{reports:?}");
    }
    assert_eq!(reports.last().unwrap(), "done");
}

#[test]
fn cancelled_at_any_report() {
    for stop in 0..reports().len() {
        let mut memory = memory();
        let mut calls = 0;
        let mut progress = |_: f32, _: &str| {
            calls += 1;
            if calls > stop {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        let result = fill_memory(&mut memory, &Mean::new(64), &mut progress);
        assert!(matches!(result, Err(Error::Cancelled)), "{result:?}");
        assert_eq!(calls, stop + 1, "asked again after it was cancelled");
        assert!(memory == self::memory(), "at report {stop}");
    }
}

#[test]
fn a_panic_at_any_report() {
    for stop in 0..reports().len() {
        let mut memory = memory();
        let mut calls = 0;
        let mut progress = |_: f32, _: &str| {
            calls += 1;
            if calls > stop {
                // As a panic, but without its message among the tests' output.
                resume_unwind(Box::new("injected"));
            }
            ControlFlow::Continue(())
        };
        let result = catch_unwind(AssertUnwindSafe(|| {
            fill_memory(&mut memory, &Mean::new(64), &mut progress)
        }));
        assert!(result.is_err());
        assert!(memory == self::memory(), "at report {stop}");
    }
}

type Breaks = fn() -> Result<Vec<f32>, Error>;

/// Fills its first regions, and then does what the test is about.
struct Breaking {
    mean: Mean,
    sound: usize,
    asked: AtomicUsize,
    breaks: Breaks,
}

impl Network for Breaking {
    fn card(&self) -> &Card {
        self.mean.card()
    }

    fn answered_by(&self) -> RuntimeReport {
        self.mean.answered_by()
    }

    fn predict(
        &self,
        input: &NetworkInput,
        progress: &mut SubProgress<'_>,
    ) -> Result<Vec<f32>, Error> {
        if self.asked.fetch_add(1, Ordering::Relaxed) < self.sound {
            return self.mean.predict(input, progress);
        }
        (self.breaks)()
    }
}

#[test]
fn a_network_that_panics_or_fails_in_any_region() {
    let panics = || resume_unwind(Box::new("injected"));
    let fails = || {
        Err(Error::Network {
            model: "breaking".into(),
            width: 8,
            height: 8,
            why: "injected".into(),
        })
    };
    let ways: [Breaks; 2] = [panics, fails];
    for breaks in ways {
        for sound in 0..2 {
            let network = Breaking {
                mean: Mean::new(64),
                sound,
                asked: AtomicUsize::new(0),
                breaks,
            };
            let mut memory = memory();
            let result = catch_unwind(AssertUnwindSafe(|| {
                fill_memory(&mut memory, &network, &mut Silent)
            }));
            assert!(!matches!(result, Ok(Ok(_))));
            assert!(memory == self::memory(), "in region {sound}");
        }
    }
}
