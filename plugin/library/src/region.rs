//! Which part of a picture a fill changes, and which it looks at.

use reweave::card::Size;
use reweave::{Rect, Settings};

/// A rectangle widened on all sides, as far as the picture reaches.
fn widened(rect: Rect, by: usize, picture: Rect) -> Rect {
    if rect.is_empty() {
        return Rect::new(rect.x, rect.y, 0, 0);
    }
    let (x, y) = (rect.x.saturating_sub(by), rect.y.saturating_sub(by));
    let (right, bottom) = (
        rect.right().saturating_add(by),
        rect.bottom().saturating_add(by),
    );
    Rect::new(
        x,
        y,
        right.min(picture.right()) - x,
        bottom.min(picture.bottom()) - y,
    )
}

/// The part that a fill may change, for a hole with these bounds.
pub(crate) fn changed(hole: Rect, picture: Rect, settings: &Settings) -> Rect {
    widened(hole, settings.grow(), picture)
}

/// A part that holds all that a fill looks at, for a hole with these bounds: filling it alone gives the same fill.
///
/// The engine shows the network either its working size or the hole with its context, moved to one side where the
/// picture ends. On no side is that more than the whole working size or the whole context, and a little for rounding.
pub(crate) fn needed(hole: Rect, picture: Rect, settings: &Settings, size: &Size) -> Rect {
    let hole = changed(hole, picture, settings);
    let working = match size.fixed {
        Some([width, height]) => width.max(height),
        None => size.working,
    };
    let context =
        (settings.context() * hole.longest() as f64).ceil() as usize + 1 + size.multiple as usize;
    widened(hole, context.max(working as usize), picture)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_in_the_picture_and_goes_by_the_settings() {
        let picture = Rect::new(0, 0, 4000, 3000);
        let mut settings = Settings::new();
        let hole = Rect::new(10, 2000, 1000, 500);
        assert_eq!(changed(hole, picture, &settings), hole);
        let size = Size::default();
        assert_eq!(
            needed(hole, picture, &settings, &size),
            Rect::new(0, 991, 2019, 2009)
        );
        settings.set("grow", "20").unwrap();
        assert_eq!(
            changed(hole, picture, &settings),
            Rect::new(0, 1980, 1030, 540)
        );
        assert!(needed(Rect::new(3, 3, 0, 0), picture, &settings, &size).is_empty());
    }
}
