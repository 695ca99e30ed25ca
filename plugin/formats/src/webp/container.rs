//! WebP's container: chunks of pixels with chunks of metadata round them.

/// What lies round the pixels.
pub(super) struct Metadata {
    pub(super) icc: Option<Vec<u8>>,
    pub(super) exif: Option<Vec<u8>>,
    pub(super) xmp: Option<Vec<u8>>,
}

/// The chunks of `coded` with metadata round them, in the order that the extended format asks for.
pub(super) fn container(
    coded: &[u8],
    (width, height): (u32, u32),
    parts: &Metadata,
) -> Option<Vec<u8>> {
    let chunks = chunks(coded.get(12..)?)?;
    let find = |name: &[u8; 4]| {
        chunks
            .iter()
            .find(|(chunk, _)| *chunk == name)
            .map(|(_, data)| *data)
    };
    let (pixels, alpha) = (find(b"VP8 ")?, find(b"ALPH"));
    let flags = [
        (5, parts.icc.is_some()),
        (4, alpha.is_some()),
        (3, parts.exif.is_some()),
        (2, parts.xmp.is_some()),
    ];
    let flags = flags
        .into_iter()
        .fold(0_u8, |flags, (bit, set)| flags | u8::from(set) << bit);
    let mut head = vec![flags, 0, 0, 0];
    head.extend_from_slice(&(width - 1).to_le_bytes()[..3]);
    head.extend_from_slice(&(height - 1).to_le_bytes()[..3]);

    let mut body = b"WEBP".to_vec();
    let all = [
        (b"VP8X", Some(head.as_slice())),
        (b"ICCP", parts.icc.as_deref()),
        (b"ALPH", alpha),
        (b"VP8 ", Some(pixels)),
        (b"EXIF", parts.exif.as_deref()),
        (b"XMP ", parts.xmp.as_deref()),
    ];
    for (name, data) in all {
        let Some(data) = data else { continue };
        body.extend_from_slice(name);
        body.extend(u32::try_from(data.len()).ok()?.to_le_bytes());
        body.extend_from_slice(data);
        // Chunks begin at even places.
        body.extend(std::iter::repeat_n(0, data.len() % 2));
    }
    Some(
        [
            b"RIFF",
            u32::try_from(body.len()).ok()?.to_le_bytes().as_slice(),
            &body,
        ]
        .concat(),
    )
}

/// Name and content of the chunks that follow each other in `bytes`.
fn chunks(mut bytes: &[u8]) -> Option<Vec<(&[u8; 4], &[u8])>> {
    let mut found = Vec::new();
    while let Some((name, rest)) = bytes.split_first_chunk::<4>() {
        let (length, rest) = rest.split_first_chunk::<4>()?;
        let length = u32::from_le_bytes(*length) as usize;
        found.push((name, rest.get(..length)?));
        bytes = rest.get(length + length % 2..).unwrap_or_default();
    }
    Some(found)
}
