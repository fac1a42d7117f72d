//! Words that no language has.

/// A word that no language has, by number.
pub fn invented(rank: usize) -> String {
    const ONSETS: [&str; 16] = ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "t", "v", "z", "br", "st", "kl"];
    const VOWELS: [&str; 5] = ["a", "e", "i", "o", "u"];
    let mut left = rank + 80;
    let mut word = String::new();
    while left > 0 {
        word += ONSETS[left % 16];
        word += VOWELS[left / 16 % 5];
        left /= 80;
    }
    word + "k"
}
