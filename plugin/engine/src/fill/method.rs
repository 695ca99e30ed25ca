//! What fills: the network, patches of the picture, or both.

use reweave_models::card::Card;

use crate::error::Error;
use crate::model::ASKED_FOR;
use crate::settings::{Method, Settings};

/// What fills and why, which is never "auto". `why_patches` says why there is no network, where there is none.
///
/// # Errors
/// [`Error::Setting`] when a network is asked for and there is none.
pub(super) fn choose(
    settings: &Settings,
    card: &Card,
    why_patches: Option<&str>,
) -> Result<(Method, String), Error> {
    let (method, why) = match (settings.method, why_patches) {
        (Method::Network | Method::Both, Some(why)) => {
            return Err(Error::Setting {
                key: "method".into(),
                why: format!("there is no network: {why}"),
            });
        }
        (Method::Patch, _) => (Method::Patch, ASKED_FOR),
        (Method::Auto, Some(why)) => (Method::Patch, why),
        (Method::Network, None) => (Method::Network, "the network was asked for"),
        (Method::Both, None) => (Method::Both, "network and patches were asked for"),
        (Method::Auto, None) => match settings.texture.share() {
            Some(0.0) => (Method::Network, "no texture is wanted"),
            // Who made such a card knows that the network is sharp by itself.
            None if card.texture == 0.0 => (Method::Network, "the model wants no texture"),
            _ => (Method::Both, "patches make the model's fills sharp"),
        },
    };
    Ok((method, why.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_fill_where_there_is_a_network_that_wants_texture() {
        let mut settings = Settings::new();
        let mut card = Card::own("soft", 128);
        let chosen = |settings: &Settings, card: &Card| choose(settings, card, None).unwrap().0;
        card.texture = 0.6;
        assert_eq!(chosen(&settings, &card), Method::Both);
        settings.set("texture", "off").unwrap();
        assert_eq!(chosen(&settings, &card), Method::Network);
        settings.set("texture", "auto").unwrap();
        card.texture = 0.0;
        assert_eq!(chosen(&settings, &card), Method::Network);
        for asked in [Method::Network, Method::Both, Method::Patch] {
            settings.method = asked;
            assert_eq!(chosen(&settings, &card), asked);
        }
    }

    #[test]
    fn without_a_network_patches_fill_unless_it_is_asked_for() {
        let mut settings = Settings::new();
        let card = Card::own("none", 128);
        let mut choose = |method| {
            settings.method = method;
            choose(&settings, &card, Some("nobody installed one"))
        };
        let auto = choose(Method::Auto).unwrap();
        assert_eq!(auto, (Method::Patch, "nobody installed one".into()));
        assert_eq!(choose(Method::Patch).unwrap().0, Method::Patch);
        for asked in [Method::Network, Method::Both] {
            let refused = choose(asked).unwrap_err().to_string();
            assert!(refused.contains("nobody installed one"), "{refused}");
        }
    }
}
