//! Known pixels are sacred: in any format, with any hole and any settings.

use proptest::prelude::*;

use super::*;

fn formats() -> impl Strategy<Value = Format> {
    (
        prop_oneof![
            Just(Depth::U8),
            Just(Depth::U16),
            Just(Depth::F16),
            Just(Depth::F32)
        ],
        prop_oneof![
            Just(Channels::Grey),
            Just(Channels::GreyAlpha),
            Just(Channels::Rgb),
            Just(Channels::Rgba)
        ],
        prop_oneof![Just(Transfer::Srgb), Just(Transfer::Linear)],
        prop_oneof![Just(Alpha::Straight), Just(Alpha::Premultiplied)],
    )
        .prop_map(|(depth, channels, transfer, alpha)| Format {
            depth,
            channels,
            transfer,
            alpha,
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Known pixels are sacred: any format, any stride, any bytes (NaN and infinity among them), any hole, any settings.
    #[test]
    fn known_pixels_and_padding_keep_every_bit(
        format in formats(),
        (width, height) in (1usize..70, 1usize..70),
        padding in 0usize..9,
        upwards in any::<bool>(),
        noise in proptest::collection::vec(any::<u8>(), 1..97),
        coverage in proptest::collection::vec(prop_oneof![3 => Just(0u8), 1 => any::<u8>(), 1 => Just(255u8)], 1..61),
        working in 8u32..80,
        (grow, feather, seed, passes) in (0usize..3, 0usize..3, 0u32..4, 1usize..3),
        (area, alpha, texture) in (
            prop_oneof![Just("all"), Just("sides"), Just("above-below")],
            prop_oneof![Just("auto"), Just("keep"), Just("opaque")],
            prop_oneof![Just("off"), Just("half"), Just("full")],
        ),
    ) {
        let row = width * format.pixel_bytes();
        let stride = row + padding;
        let len = stride * (height - 1) + row;
        let before: Vec<u8> = (0..len).map(|i| noise[i % noise.len()]).collect();
        let (first, step) = match upwards {
            true => (stride * (height - 1), -(stride as isize)),
            false => (0, stride as isize),
        };
        let hole = mask(width, height, |x, y| coverage[(y * 31 + x) % coverage.len()]);
        let mut settings = Settings::new();
        let texts = [
            ("grow", grow.to_string()), ("feather", feather.to_string()), ("seed", seed.to_string()),
            ("passes", passes.to_string()), ("area", area.into()), ("alpha", alpha.into()),
            ("texture", texture.into()),
        ];
        for (key, text) in texts {
            settings.set(key, &text).unwrap();
        }
        let mut after = before.clone();
        let mut view = ViewMut::with_stride(&mut after, first, step, width, height, format).unwrap();
        let report = fill_with(&mut view, &hole, &Mean::new(working), &settings, &mut Silent).unwrap();
        let hole = hole.shaped(&settings).unwrap();
        prop_assert_eq!(report.pixels, hole.pixels());

        let was = View::with_stride(&before, first, step, width, height, format).unwrap();
        let is = View::with_stride(&after, first, step, width, height, format).unwrap();
        for y in 0..height {
            for x in 0..width {
                let range = x * format.pixel_bytes()..(x + 1) * format.pixel_bytes();
                if hole.coverage(x, y) == 0.0 {
                    prop_assert_eq!(&is.row(y)[range.clone()], &was.row(y)[range]);
                } else if hole.coverage(x, y) == 1.0 {
                    prop_assert!(pixel(is, x, y)[..3].iter().all(|value| value.is_finite()), "{:?}", pixel(is, x, y));
                }
            }
            if y > 0 && padding > 0 {
                // Padding lies behind every row but the last in memory.
                let at = y.min(height - 1) * stride - padding;
                prop_assert_eq!(&after[at..at + padding], &before[at..at + padding]);
            }
        }
    }
}
