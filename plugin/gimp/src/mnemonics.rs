//! Letters to press with Alt, chosen so that no two rows of a dialog share one.

/// The letters that are taken.
pub struct Mnemonics {
    taken: Vec<char>,
}

impl Mnemonics {
    /// Beside these, which the dialog's own buttons have.
    pub fn beside(letters: &str) -> Self {
        Self { taken: letters.chars().map(|letter| letter.to_ascii_lowercase()).collect() }
    }

    /// Puts `_` before the first free letter of a label; a label without one gets a free letter in brackets, as is
    /// customary where the script has no such letters.
    pub fn place(&mut self, label: &str) -> String {
        let free = |letter: char| letter.is_ascii_alphabetic() && !self.taken.contains(&letter.to_ascii_lowercase());
        if let Some((at, letter)) = label.char_indices().find(|(_, letter)| free(*letter)) {
            self.taken.push(letter.to_ascii_lowercase());
            return format!("{}_{}", &label[..at], &label[at..]);
        }
        match ('A'..='Z').find(|letter| free(*letter)) {
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
        assert_eq!(mnemonics.place("Noon"), "Noon (_A)");
        assert_eq!(mnemonics.place("模型"), "模型 (_B)");
        assert_eq!(mnemonics.place("Büro"), "Bü_ro");
    }
}
