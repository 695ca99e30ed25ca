//! Every context, depth, kind of pixel, scale, window and way of storing rows that a host may combine.

mod openfx_host;
mod support;

use openfx_host::effect::Instance;
use openfx_host::frame::{Depth, Frame, Layout, PADDING};
use openfx_host::properties::Value;
use openfx_host::scene::{MASK, SOURCE, colour, in_rect};
use openfx_host::{Host, Quirks};
use reweave_openfx_sys::{self as ofx, names::*};
use std::ffi::CStr;
use std::path::Path;
use support::{library, model};

/// Small, so that all of it takes seconds.
const WIDTH: i32 = 48;
const HEIGHT: i32 = 40;
/// The hole, from a frame's lower left corner.
const HOLE: ofx::OfxRectI = rect(17, 15, 29, 25);
/// By how much the hole is to grow, in pixels at full resolution.
const GROW: i32 = 4;

const fn rect(x1: i32, y1: i32, x2: i32, y2: i32) -> ofx::OfxRectI {
    ofx::OfxRectI { x1, y1, x2, y2 }
}

fn moved(rect: ofx::OfxRectI, (x, y): (i32, i32)) -> ofx::OfxRectI {
    self::rect(rect.x1 + x, rect.y1 + y, rect.x2 + x, rect.y2 + y)
}

const CONTEXTS: [&CStr; 2] = [kOfxImageEffectContextFilter, kOfxImageEffectContextGeneral];
/// RGBA, RGB, alpha alone.
const CHANNELS: [usize; 3] = [4, 3, 1];
/// Scales, and by how many pixels the hole grows there.
const SCALES: [(f64, i32); 3] = [(1.0, GROW), (0.5, 2), (1.0 / 3.0, 1)];

/// Where a frame starts, and which part of it is rendered, from its lower left corner.
const WINDOWS: [((i32, i32), ofx::OfxRectI); 4] = [
    ((0, 0), rect(0, 0, WIDTH, HEIGHT)),
    // Through the hole.
    ((0, 0), rect(5, 3, 24, 20)),
    ((-17, 1000), rect(0, 0, WIDTH, HEIGHT)),
    // Past the frame on one side.
    ((300, -21), rect(20, 18, WIDTH + 9, HEIGHT + 5)),
];

/// Ways of storing rows: bytes behind each, and whether the top row comes first, as in MLT.
const ROWS: [(usize, bool); 4] = [(0, false), (0, true), (12, false), (8, true)];

/// One combination.
#[derive(Clone, Copy, Debug)]
struct Case {
    context: &'static CStr,
    depth: Depth,
    channels: usize,
    scale: f64,
    grow: i32,
    origin: (i32, i32),
    window: ofx::OfxRectI,
    rows: (usize, bool),
}

impl Case {
    fn layout(&self, channels: usize) -> Layout {
        let (padding, top_first) = self.rows;
        let layout = Layout::new(self.depth, channels, WIDTH, HEIGHT)
            .moved(self.origin.0, self.origin.1)
            .padded(padding);
        Layout {
            top_first,
            ..layout
        }
    }

    fn is_general(&self) -> bool {
        self.context == kOfxImageEffectContextGeneral
    }

    /// Whether the hole is seen: an alpha clip has no colours to fill, and a filter without alpha no hole.
    fn has_hole(&self) -> bool {
        match self.channels {
            4 => true,
            3 => self.is_general(),
            _ => false,
        }
    }

    /// Input, mask and output of a render.
    fn render(&self, host: &Host, model: &Path) -> (Frame, Frame) {
        let origin = self.origin;
        let hole = moved(HOLE, origin);
        let before = Frame::painted(self.layout(self.channels), |x, y, channel| {
            match (channel, in_rect(hole, x, y)) {
                (3, true) if !self.is_general() => 0.0,
                (3, _) => 1.0,
                _ => colour(x - origin.0, y - origin.1, channel),
            }
        });
        let mask = Frame::painted(self.layout(1), |x, y, _| {
            f32::from(u8::from(in_rect(hole, x, y)))
        });
        let instance = Instance::new(host.plugin, &host.descriptor);
        instance
            .set(c"model", Value::text(model.to_str().unwrap()))
            .set(
                c"hole_from",
                Value::Int(if self.is_general() { 2 } else { 0 }),
            )
            .set(c"device", Value::Int(1))
            .set(c"grow", Value::Int(GROW))
            .put_scaled(SOURCE, 0, &before, self.scale);
        if self.is_general() {
            instance.put_scaled(MASK, 0, &mask, self.scale);
        }
        let window = moved(self.window, origin);
        let output = Frame::new(before.layout);
        let after = instance
            .render_window(0, output, self.scale, window)
            .unwrap_or_else(|status| panic!("{self:?}: status {status}"));
        // What is lent to be looked at comes back as it was.
        let clip = |name| instance.effect.clip(name).unwrap();
        assert!(clip(SOURCE).take(0).bytes == before.bytes, "{self:?}");
        if self.is_general() {
            assert!(clip(MASK).take(0).bytes == mask.bytes, "{self:?}");
        }
        (before, after)
    }

    /// Looks at every byte of the output.
    fn check(&self, before: &Frame, after: &Frame) {
        assert!(after.padding_is_whole(), "{self:?}: padding was written");
        let (hole, window) = (moved(HOLE, self.origin), moved(self.window, self.origin));
        let grown = rect(
            hole.x1 - self.grow,
            hole.y1 - self.grow,
            hole.x2 + self.grow,
            hole.y2 + self.grow,
        );
        let (mut whole, mut filled, mut rim) = (0, 0, 0);
        let bounds = before.layout.bounds;
        for y in bounds.y1..bounds.y2 {
            for x in bounds.x1..bounds.x2 {
                let (was, is) = (before.pixel(x, y), after.pixel(x, y));
                if !in_rect(window, x, y) {
                    let untouched = is.iter().all(|byte| *byte == PADDING);
                    assert!(untouched, "{self:?}: {x} {y} lies outside of the window");
                } else if !self.has_hole() || !in_rect(grown, x, y) {
                    assert!(was == is, "{self:?}: {x} {y} lies outside of the hole");
                } else if in_rect(hole, x, y) {
                    whole += 1;
                    filled += usize::from(was != is);
                    let opaque = self.channels == 3 || after.get(x, y, 3) == 1.0;
                    assert!(opaque, "{self:?}: {x} {y} is not opaque");
                } else {
                    rim += usize::from(was != is);
                }
            }
        }
        // Here and there the fill is what was there.
        assert!(10 * filled >= 7 * whole, "{self:?}: {filled} of {whole}");
        assert_eq!(
            rim > 0,
            self.has_hole(),
            "{self:?}: it grew by {rim} pixels"
        );
    }

    /// Whether two cases fill the same: all that is in both windows is alike.
    fn agrees(&self, after: &Frame, plain: &Frame) -> bool {
        let columns = |y| (0..WIDTH).map(move |x| (x, y));
        (0..HEIGHT)
            .flat_map(columns)
            .filter(|&(x, y)| in_rect(self.window, x, y))
            .all(|(x, y)| after.pixel(x + self.origin.0, y + self.origin.1) == plain.pixel(x, y))
    }
}

#[test]
fn every_combination_fills_the_hole_and_nothing_else() {
    let Some(model) = model() else { return };
    let mut cases = 0;
    for context in CONTEXTS {
        let host = Host::open_in(&library(), Quirks::default(), context);
        for depth in Depth::ALL {
            for channels in CHANNELS {
                for (scale, grow) in SCALES {
                    // The first of these is the whole frame, stored plainly: the others are to agree with it.
                    let mut plain = None;
                    for (origin, window) in WINDOWS {
                        for rows in ROWS {
                            let case = Case {
                                context,
                                depth,
                                channels,
                                scale,
                                grow,
                                origin,
                                window,
                                rows,
                            };
                            let (before, after) = case.render(&host, &model);
                            case.check(&before, &after);
                            let plain = plain.get_or_insert_with(|| after.clone());
                            assert!(case.agrees(&after, plain), "{case:?}");
                            cases += 1;
                        }
                    }
                }
            }
        }
        assert_eq!(host.mistakes(), Vec::<String>::new());
    }
    println!("{cases} combinations");
}
