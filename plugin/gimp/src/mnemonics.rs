//! Letters to press with Alt, chosen so that no two rows of a dialog share one.

/// The letters that are taken.
pub struct Mnemonics {
    taken: Vec<char>,
}

impl Mnemonics {
    /// Beside these, which the dialog's own buttons have.
    pub fn beside(letters: &str) -> Self {
        Self {
            taken: letters
                .chars()
                .map(|letter| letter.to_ascii_lowercase())
                .collect(),
        }
    }

    /// Puts `_` before the first free letter of a label. A label in a script without such letters gets one in brackets,
    /// as is customary there; a label whose letters are all taken stays without.
    pub fn place(&mut self, label: &str) -> String {
        let free = |letter: char| {
            letter.is_ascii_alphabetic() && !self.taken.contains(&letter.to_ascii_lowercase())
        };
        if let Some((at, letter)) = label.char_indices().find(|(_, letter)| free(*letter)) {
            self.taken.push(letter.to_ascii_lowercase());
            return format!("{}_{}", &label[..at], &label[at..]);
        }
        let foreign = !label.contains(|letter: char| letter.is_ascii_alphabetic());
        match ('A'..='Z').find(|letter| foreign && free(*letter)) {
            Some(letter) => {
                self.taken.push(letter.to_ascii_lowercase());
                format!("{label} (_{letter})")
            }
            None => label.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_letter_twice() {
        let mut mnemonics = Mnemonics::beside("OC");
        assert_eq!(mnemonics.place("Context"), "Co_ntext");
        assert_eq!(mnemonics.place("Noon"), "Noon");
        assert_eq!(mnemonics.place("模型"), "模型 (_A)");
        assert_eq!(mnemonics.place("Büro"), "_Büro");
    }
}
