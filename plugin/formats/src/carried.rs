//! What a file holds besides its pixels, carried from the picture that is read to the one that is written.

use image::metadata::Orientation;
use reweave::Picture;

use crate::kind::Kind;
use crate::{exr, jpeg, orientation, png, tiff};

/// Profile and metadata, in the form that most formats share, and what only the file's own format knows.
#[derive(Debug, Default)]
pub struct Carried {
    /// The ICC colour profile.
    pub icc: Option<Vec<u8>>,
    /// EXIF, starting at its TIFF header.
    pub exif: Option<Vec<u8>>,
    /// XMP, an XML packet.
    pub xmp: Option<Vec<u8>>,
    /// How the picture has to be turned to stand upright.
    pub orientation: Option<Orientation>,
    /// What only the file's own format has a place for.
    pub(crate) own: Own,
}

/// What only one format has a place for; used where the result is written in that format again.
#[derive(Debug, Default)]
pub(crate) enum Own {
    /// Nothing.
    #[default]
    Nothing,
    /// Chunks of a PNG.
    Png(Box<png::own::Own>),
    /// Quantisation, chroma sampling and other segments of a JPEG.
    Jpeg(Box<jpeg::own::Own>),
    /// Tags and compression of a TIFF.
    Tiff(Box<tiff::own::Own>),
    /// Layers, channels and attributes of an OpenEXR file.
    Exr(Box<exr::own::Own>),
}

impl Carried {
    /// The turn that makes the picture upright.
    pub fn upright(&self) -> Orientation {
        self.orientation
            .or_else(|| self.exif.as_deref().map(orientation::of_exif))
            .unwrap_or(Orientation::NoTransforms)
    }

    /// EXIF to write: the picture's own, or one that says no more than how to turn it.
    pub(crate) fn exif_or_turn(&self) -> Option<Vec<u8>> {
        let turn = self
            .orientation
            .filter(|&turn| turn != Orientation::NoTransforms);
        self.exif.clone().or_else(|| turn.map(orientation::exif_of))
    }

    /// Says what `kind` has no place for, or what no longer fits.
    pub(crate) fn note_losses(&self, kind: Kind, picture: &Picture, notes: &mut Vec<String>) {
        let name = kind.name();
        let came_from = match self.own {
            Own::Nothing => None,
            Own::Png(_) => Some(Kind::Png),
            Own::Jpeg(_) => Some(Kind::Jpeg),
            Own::Tiff(_) => Some(Kind::Tiff),
            Own::Exr(_) => Some(Kind::Exr),
        };
        if self.icc.is_some() && self.profile(kind, picture).is_none() {
            notes.push(format!(
                "the colour profile does not fit the {name} picture and was left out"
            ));
        }
        if came_from == Some(kind) {
            return;
        }
        if self.exif.is_some() && matches!(kind, Kind::Tiff | Kind::Exr) {
            notes.push(format!(
                "EXIF was left out: it cannot be carried into {name}"
            ));
        }
        let more = match &self.own {
            Own::Png(own) if own.has_more() => Some("text and other chunks of the PNG"),
            Own::Jpeg(own) if own.has_more() => Some("comments and other segments of the JPEG"),
            _ => None,
        };
        if let Some(more) = more {
            notes.push(format!("{more} cannot be carried into {name}"));
        }
        if matches!(self.own, Own::Tiff(_)) {
            notes.push(format!(
                "TIFF tags other than profile and XMP cannot be carried into {name}"
            ));
        }
        if let Own::Exr(own) = &self.own
            && own.has_more()
        {
            notes.push(format!(
                "other layers and channels cannot be carried into {name}"
            ));
        }
    }

    /// The colour profile, where `kind` has a place for one and the profile is meant for such pixels.
    ///
    /// A CMYK profile on a picture that was decoded to RGB would spoil its colours.
    pub(crate) fn profile(&self, kind: Kind, picture: &Picture) -> Option<&[u8]> {
        let profile = self.icc.as_deref()?;
        let space = profile.get(16..20)?;
        let fits = if picture.format().channels.colours() == 1 {
            space == b"GRAY"
        } else {
            space == b"RGB "
        };
        (fits && kind != Kind::Exr).then_some(profile)
    }
}
