//! What goes into a network, and what comes back, for every convention that a card can tell of.

use reweave_models::card::{
    Card, ChannelOrder, Element, GuideInput, HoleChannel, Layout, Meaning, Range, Size,
};

use super::channel::{Channel, shape};
use super::{pack, unpack};
use crate::network::input::NetworkInput;
use crate::runtime::{Data, Tensor};

fn own() -> Card {
    Card::own("test", 8)
}

fn input() -> NetworkInput {
    let rgb = (0..18).map(|i| i as f32 / 17.0).collect();
    NetworkInput {
        width: 3,
        height: 2,
        rgb,
        hole: vec![false, true, false, false, false, false],
        lines: Vec::new(),
    }
}

fn floats(tensor: &Tensor) -> &[f32] {
    match &tensor.data {
        Data::F32(values) => values,
        Data::U8(_) => panic!("expected f32"),
    }
}

#[test]
fn our_own_convention_padded_by_reflection() {
    let (inputs, size) = pack(&own(), &input()).unwrap();
    assert_eq!(size, (8, 8));
    let [(hole_name, hole), (picture_name, picture)] = &inputs[..] else {
        panic!()
    };
    assert_eq!(
        (hole_name.as_str(), picture_name.as_str()),
        ("hole", "picture")
    );
    assert_eq!(
        (&hole.shape[..], &picture.shape[..]),
        (&[1, 1, 8, 8][..], &[1, 3, 8, 8][..])
    );
    assert_eq!(floats(hole)[..8], [0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0]);
    let first_row: Vec<_> = floats(picture)[..5]
        .iter()
        .map(|value| ((value + 1.0) / 2.0 * 17.0).round())
        .collect();
    assert_eq!(first_row, [0.0, 1.0, 2.0, 1.0, 0.0]);
}

#[test]
fn bytes_with_black_holes_and_blanked_colours() {
    let mut card = own();
    card.inputs.picture.element = Element::U8;
    card.inputs.picture.range = Range::ZeroTo255;
    card.inputs.picture.blank = Some(7.0);
    card.inputs.hole.element = Element::U8;
    card.inputs.hole.range = Range::ZeroTo255;
    card.inputs.hole.meaning = Meaning::ZeroIsHole;
    card.size = Size {
        multiple: 1,
        ..Size::default()
    };
    let (inputs, _) = pack(&card, &input()).unwrap();
    let Data::U8(hole) = &inputs[0].1.data else {
        panic!()
    };
    let Data::U8(picture) = &inputs[1].1.data else {
        panic!()
    };
    assert_eq!(hole, &[255, 0, 255, 255, 255, 255]);
    assert_eq!(picture[..4], [0, 7, 30, 45]);
}

#[test]
fn the_hole_as_first_or_last_channel_and_bgr_in_either_layout() {
    for (layout, channel, order) in [
        (Layout::Nchw, HoleChannel::First, ChannelOrder::Rgb),
        (Layout::Nhwc, HoleChannel::Last, ChannelOrder::Bgr),
    ] {
        let mut card = own();
        card.inputs.hole.name = None;
        card.inputs.hole.channel = channel;
        card.inputs.picture.layout = layout;
        card.inputs.picture.channels = order;
        card.inputs.picture.range = Range::ZeroToOne;
        card.size = Size {
            multiple: 1,
            ..Size::default()
        };
        let (inputs, size) = pack(&card, &input()).unwrap();
        assert_eq!(inputs.len(), 1);
        let values = floats(&inputs[0].1);
        let at = |channel: usize, index: usize| match layout {
            Layout::Nchw => values[channel * 6 + index],
            Layout::Nhwc => values[index * 4 + channel],
        };
        let (hole, red) = if channel == HoleChannel::First {
            (0, 1)
        } else {
            (3, 2)
        };
        assert_eq!([at(hole, 0), at(hole, 1)], [0.0, 1.0]);
        assert_eq!(at(red, 3), input().rgb[3]);

        // And the colours come back in the right order.
        let shape = shape(layout, 3, size);
        let mut back = vec![0.0; 18];
        for colour in 0..3 {
            let source = if order == ChannelOrder::Rgb {
                colour
            } else {
                2 - colour
            };
            Channel::of(&mut back, layout, colour, 3, size)
                .fill(size, |index| input().rgb[source * 6 + index]);
        }
        card.output.range = Range::ZeroToOne;
        let predicted = unpack(
            &card,
            Tensor {
                shape,
                data: Data::F32(back),
            },
            size,
            size,
        )
        .unwrap();
        assert_eq!(predicted, input().rgb);
    }
}

#[test]
fn a_guide_that_nobody_drew_is_empty() {
    let mut card = own();
    card.inputs.guide = Some(GuideInput {
        name: "lines".into(),
        element: Element::F32,
        range: Range::MinusOneToOne,
    });
    let (inputs, _) = pack(&card, &input()).unwrap();
    let (_, guide) = inputs.iter().find(|(name, _)| name == "lines").unwrap();
    assert_eq!(guide.shape, [1, 1, 8, 8]);
    assert!(floats(guide).iter().all(|&value| value == -1.0));
}

#[test]
fn a_wrong_shape_and_what_are_no_numbers_are_told() {
    let wrong = Tensor {
        shape: vec![1, 3, 4, 4],
        data: Data::F32(vec![0.0; 48]),
    };
    assert!(
        unpack(&own(), wrong, (8, 8), (3, 2))
            .unwrap_err()
            .contains("[1, 3, 8, 8]")
    );
    for value in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        let mut values = vec![0.0; 192];
        values[100] = value;
        let unsound = Tensor {
            shape: vec![1, 3, 8, 8],
            data: Data::F32(values),
        };
        let why = unpack(&own(), unsound, (8, 8), (3, 2)).unwrap_err();
        assert!(why.contains("NaN or infinity"), "{why}");
    }
}
