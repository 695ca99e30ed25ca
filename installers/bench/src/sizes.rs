//! Time and memory over the size of the picture: cost should follow the hole.

use crate::Setup;
use crate::contest::{Side, compare};
use crate::entrants::{Entrant, Runtime, engine};
use crate::page::{Page, mebibytes, ratio};
use crate::scene::Cut;
use anyhow::Result;

/// From a quarter of a megapixel to 24, which is what a good camera makes.
const SIZES: [(usize, usize); 6] = [
    (612, 408),
    (1224, 816),
    (2448, 1632),
    (3000, 2000),
    (4242, 2828),
    (6000, 4000),
];
/// The size that the others are compared with: a megapixel.
const REFERENCE: (usize, usize) = SIZES[1];

/// A table over the sizes, with the hole that `cut` gives each.
pub fn over_sizes(
    page: &mut Page,
    setup: &Setup,
    entrant: &Entrant,
    title: &str,
    cut: impl Fn((usize, usize)) -> usize,
) -> Result<()> {
    page.table(
        title,
        &format!(
            "Model `{}`. Seconds of the fill alone (no file is read), its ratio to the 1-megapixel picture run in turns \
             with it, the memory that holding picture, hole and model takes, and the most that was in use during the \
             first fill.",
            entrant.name
        ),
        &["megapixels", "picture", "hole", "seconds", "over 1 megapixel", "MiB before", "MiB at most"],
    );
    let request =
        |size: (usize, usize)| format!("{} {} {}", size.0, size.1, Cut::Square(cut(size)));
    for size in SIZES {
        eprintln!("{title}: {}x{}", size.0, size.1);
        let mut this = engine(setup, &entrant.file, Runtime::Onnxruntime)?;
        let first = this.ask(&request(size))?;
        let mut other = engine(setup, &entrant.file, Runtime::Onnxruntime)?;
        let outcome = compare(
            Side {
                who: &mut this,
                request: &request(size),
            },
            Side {
                who: &mut other,
                request: &request(REFERENCE),
            },
            setup.rounds,
        )?;
        let (width, height, side) = (size.0, size.1, cut(size));
        page.line(&[
            format!("{:.2}", (width * height) as f64 / 1e6),
            format!("{width}x{height}"),
            format!("{side}x{side}"),
            format!("{:.3}", outcome.first),
            ratio(&outcome),
            mebibytes(&first["before"]),
            mebibytes(&first["peak"]),
        ]);
    }
    Ok(())
}
