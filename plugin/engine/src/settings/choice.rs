//! Settings that take one of several words: enums, with what is said of each variant beside it.

/// One of the words that a setting takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The word in scripts.
    pub id: &'static str,
    /// The name in a dialog.
    pub label: &'static str,
    /// What it does, in one sentence.
    pub help: &'static str,
}

/// Declares an enum whose variants are the choices of a setting: `Variant = (id, label, help)`. The help is the
/// variant's documentation, too.
///
/// It gets `ALL`, its variants, and `CHOICES`, the [`Choice`](crate::settings::Choice) of each, both in the order of
/// the positions that hosts store: `Variant as usize`.
#[macro_export]
macro_rules! choices {
    (
        $(#[$about:meta])*
        $visibility:vis enum $name:ident {
            $($variant:ident = ($id:literal, $label:literal, $help:literal),)+
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        $visibility enum $name {
            $(#[doc = $help] $variant,)+
        }

        impl $name {
            /// Every variant, by its position.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// What is said of every variant, by its position.
            pub const CHOICES: &'static [$crate::settings::Choice] = &[
                $($crate::settings::Choice { id: $id, label: $label, help: $help }),+
            ];
        }
    };
}

#[cfg(test)]
mod tests {
    choices! {
        /// How to go from here to there.
        enum Way {
            Road = ("road", "By road", "Slow."),
            Rail = ("rail", "By rail", "Fast."),
        }
    }

    #[test]
    fn what_is_said_of_a_variant_stands_at_its_position() {
        assert_eq!(Way::CHOICES[Way::Rail as usize].id, "rail");
        assert_eq!(Way::ALL[0], Way::Road);
        assert_eq!(Way::ALL.len(), Way::CHOICES.len());
    }
}
