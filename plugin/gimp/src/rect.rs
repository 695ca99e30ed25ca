//! Rectangles of pixels as GIMP counts them: whole numbers that may be negative.

/// A rectangle, in pixels of an image or of a drawable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rect {
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
}

impl Rect {
    pub fn new(x: i32, y: i32, width: i32, height: i32) -> Self {
        Self {
            x,
            y,
            width: width.max(0),
            height: height.max(0),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.width == 0 || self.height == 0
    }

    /// Pixels in it.
    pub fn area(&self) -> usize {
        self.width as usize * self.height as usize
    }

    fn right(&self) -> i32 {
        self.x + self.width
    }

    fn bottom(&self) -> i32 {
        self.y + self.height
    }

    /// What both have; empty where they do not meet.
    pub fn intersection(&self, other: &Self) -> Self {
        let (x, y) = (self.x.max(other.x), self.y.max(other.y));
        let (right, bottom) = (
            self.right().min(other.right()),
            self.bottom().min(other.bottom()),
        );
        Self::new(x, y, right - x, bottom - y)
    }

    /// The smallest rectangle round both.
    pub fn union(&self, other: &Self) -> Self {
        if self.is_empty() || other.is_empty() {
            return if self.is_empty() { *other } else { *self };
        }
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let (right, bottom) = (
            self.right().max(other.right()),
            self.bottom().max(other.bottom()),
        );
        Self::new(x, y, right - x, bottom - y)
    }

    /// Larger by `pixels` on every side.
    pub fn grown(&self, pixels: i32) -> Self {
        Self::new(
            self.x - pixels,
            self.y - pixels,
            self.width + 2 * pixels,
            self.height + 2 * pixels,
        )
    }

    /// The same pixels, counted from a point that lies at (`x`, `y`) until now.
    pub fn seen_from(&self, x: i32, y: i32) -> Self {
        Self {
            x: self.x - x,
            y: self.y - y,
            ..*self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meets_and_joins() {
        let a = Rect::new(-10, 0, 20, 10);
        let b = Rect::new(5, 5, 20, 20);
        assert_eq!(a.intersection(&b), Rect::new(5, 5, 5, 5));
        assert_eq!(a.union(&b), Rect::new(-10, 0, 35, 25));
        assert!(a.intersection(&Rect::new(10, 0, 5, 5)).is_empty());
        assert_eq!(a.union(&Rect::default()), a);
        assert_eq!(b.seen_from(5, -5), Rect::new(0, 10, 20, 20));
        assert_eq!(a.grown(2), Rect::new(-12, -2, 24, 14));
    }
}
