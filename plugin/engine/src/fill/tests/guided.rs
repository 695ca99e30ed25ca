//! Fills with a sketch.

use super::*;
use reweave_models::card::{Element, GuideInput, Range};

/// A network that takes a sketch.
fn guided() -> Mean {
    let mut network = Mean::new(64);
    network.card.inputs.guide = Some(GuideInput {
        name: "guide".into(),
        element: Element::F32,
        range: Range::ZeroToOne,
    });
    network
}

/// A white line down a column of a drawing.
fn line(width: usize, height: usize, column: usize) -> Sketch {
    let bytes = (0..width * height)
        .map(|i| if i % width == column { 255 } else { 0 })
        .collect();
    let drawing = Picture::from_bytes(bytes, width, height, GREY8).unwrap();
    Sketch::from_drawing(drawing.view()).unwrap()
}

fn fill(network: &Mean, sketch: &Sketch, settings: &Settings) -> Result<Report, Error> {
    let mut picture = Picture::new(48, 32, RGB8).unwrap();
    let hole = mask(48, 32, |x, y| match (10..30).contains(&x) && y > 12 {
        true => 255,
        false => 0,
    });
    let mut view = picture.view_mut();
    guided_with(
        &mut view,
        &hole,
        Some(sketch),
        network,
        Method::Network,
        settings,
        &mut Silent,
    )
}

#[test]
fn a_network_is_shown_the_lines_of_its_region_as_it_is_shown_the_picture() {
    let network = guided();
    let mut settings = Settings::new();
    settings.passes = 2;
    fill(&network, &line(48, 32, 13), &settings).unwrap();
    let shown = network.shown.lock().unwrap();
    assert_eq!(shown.len(), 2);
    for (input, column) in shown.iter().zip([13, 48 - 1 - 13]) {
        assert_eq!(input.width, 48, "the whole picture is shown");
        for row in input.lines.chunks(input.width) {
            let drawn: Vec<usize> = (0..input.width).filter(|&x| row[x] > 0.0).collect();
            assert_eq!(drawn, [column]);
        }
    }
}

#[test]
fn nothing_drawn_is_no_sketch() {
    let empty = line(48, 32, 99);
    let network = Mean::new(64);
    fill(&network, &empty, &Settings::new()).unwrap();
    assert!(network.shown.lock().unwrap()[0].lines.is_empty());
}

#[test]
fn a_sketch_that_cannot_be_followed_is_refused_in_words() {
    let error = fill(&Mean::new(64), &line(48, 32, 13), &Settings::new()).unwrap_err();
    assert!(
        error.to_string().contains("'mean' takes no sketch"),
        "{error}"
    );
    let error = fill(&guided(), &line(47, 32, 13), &Settings::new()).unwrap_err();
    assert!(error.to_string().contains("47x32"), "{error}");
}
