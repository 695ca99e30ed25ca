//! What is to be filled, and how much of each pixel: a selection as this program handles it.

use crate::engine::{Engine, Error, Settings};
use crate::rect::Rect;

/// Coverage of a rectangle of the image: 0 is known, 255 is to be filled.
#[derive(Clone)]
pub struct Coverage {
    pub rect: Rect,
    pub bytes: Vec<u8>,
}

impl Coverage {
    /// A selection, widened and faded as `settings` ask. `selected` has to leave room for the growth.
    pub fn new(
        engine: &Engine,
        rect: Rect,
        selected: &[u8],
        settings: &Settings,
    ) -> Result<Self, Error> {
        let bytes = engine.coverage(
            selected,
            rect.width as usize,
            rect.height as usize,
            settings,
        )?;
        Ok(Self { rect, bytes })
    }

    /// The smallest rectangle round what is to be filled.
    pub fn bounds(&self) -> Rect {
        let width = self.rect.width as usize;
        let mut bounds = Rect::default();
        for (y, row) in self.bytes.chunks_exact(width.max(1)).enumerate() {
            let covered = |value: &u8| *value > 0;
            if let (Some(first), Some(last)) =
                (row.iter().position(covered), row.iter().rposition(covered))
            {
                let x = self.rect.x + first as i32;
                bounds = bounds.union(&Rect::new(
                    x,
                    self.rect.y + y as i32,
                    (last - first + 1) as i32,
                    1,
                ));
            }
        }
        bounds
    }

    /// The coverage of another rectangle: 0 where this one knows nothing.
    pub fn over(&self, rect: Rect) -> Self {
        let mut bytes = vec![0; rect.area()];
        let shared = self.rect.intersection(&rect);
        let (from, to) = (
            shared.seen_from(self.rect.x, self.rect.y),
            shared.seen_from(rect.x, rect.y),
        );
        for y in 0..shared.height {
            let source = (from.y + y) as usize * self.rect.width as usize + from.x as usize;
            let target = (to.y + y) as usize * rect.width as usize + to.x as usize;
            let row = shared.width as usize;
            bytes[target..target + row].copy_from_slice(&self.bytes[source..source + row]);
        }
        Self { rect, bytes }
    }

    /// A mask of every pixel that is to be filled, be it ever so little.
    ///
    /// The engine fills those wholly; how much of the fill shows is the business of GIMP, which blends it in through the
    /// selection or through a layer mask.
    pub fn hard(&self) -> Vec<u8> {
        self.bytes
            .iter()
            .map(|value| if *value > 0 { 255 } else { 0 })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coverage() -> Coverage {
        #[rustfmt::skip]
        let bytes = vec![
            0, 0, 0, 0,
            0, 9, 0, 0,
            0, 0, 255, 0,
        ];
        Coverage {
            rect: Rect::new(10, -5, 4, 3),
            bytes,
        }
    }

    #[test]
    fn bounds_are_in_pixels_of_the_image() {
        assert_eq!(coverage().bounds(), Rect::new(11, -4, 2, 2));
        let nothing = Coverage {
            rect: Rect::new(3, 3, 2, 2),
            bytes: vec![0; 4],
        };
        assert!(nothing.bounds().is_empty());
    }

    #[test]
    fn moves_to_another_rectangle() {
        let moved = coverage().over(Rect::new(11, -4, 5, 5));
        assert_eq!(moved.bytes[..7], [9, 0, 0, 0, 0, 0, 255]);
        assert_eq!(moved.bounds(), coverage().bounds());
        assert_eq!(
            coverage()
                .hard()
                .iter()
                .filter(|value| **value == 255)
                .count(),
            2
        );
    }
}
