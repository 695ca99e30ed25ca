//! Dust over one hole of the same area: many specks should not cost more than what is to be filled.

use crate::Setup;
use crate::contest::{Side, compare};
use crate::entrants::{Entrant, Runtime, engine};
use crate::page::{Page, ratio};
use crate::scene::{Cut, SPECK};
use anyhow::Result;

/// A photo of 4 megapixels.
const PICTURE: (usize, usize) = (2448, 1632);

/// A table over the number of specks.
pub fn over_one_hole(page: &mut Page, setup: &Setup, entrant: &Entrant) -> Result<()> {
    page.table(
        "Dust over one hole",
        &format!(
            "Specks of {SPECK}x{SPECK} pixels all over a picture of {}x{}, over one square hole of the same area. Model \
             `{}`, which sees the square only: specks are filled from what lies round them. Goal: at most twice the time.",
            PICTURE.0, PICTURE.1, entrant.name
        ),
        &["specks", "dust, s", "square", "one hole, s", "ratio"],
    );
    for count in [500, 5000, 20_000] {
        eprintln!("dust: {count}");
        let side = ((count * SPECK * SPECK) as f64).sqrt().round() as usize;
        let request = |cut: Cut| format!("{} {} {cut}", PICTURE.0, PICTURE.1);
        let mut dust = engine(setup, &entrant.file, Runtime::Onnxruntime)?;
        let mut square = engine(setup, &entrant.file, Runtime::Onnxruntime)?;
        let outcome = compare(
            Side {
                who: &mut dust,
                request: &request(Cut::Dust(count)),
            },
            Side {
                who: &mut square,
                request: &request(Cut::Square(side)),
            },
            setup.rounds,
        )?;
        page.line(&[
            count.to_string(),
            format!("{:.3}", outcome.first),
            format!("{side}x{side}"),
            format!("{:.3}", outcome.second),
            ratio(&outcome),
        ]);
    }
    Ok(())
}
