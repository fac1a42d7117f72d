//! The pieces of a comparison: how one term is tied to the query, the sums over one side of a claim, likeness of spelling.
//! Nothing here knows the index or weighs anything.

/// How a term of a claim is tied to a word of the query.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tie {
    /// The word it is, or is like.
    pub word: Option<u8>,
    /// 1 for the word itself, less for a word that is only spelt alike.
    pub strength: f32,
    pub opposed: Option<u8>,
    pub negation: bool,
    pub figure: bool,
    pub content: bool,
    pub rarity: f32,
    /// Where it stands in the query's sequence, the last place first, as a range of the probe's list of places.
    pub places: (u32, u32),
    /// The grams that it shares with the query, as a range of the probe's list, and how many it has in all.
    pub grams: (u32, u32),
    pub gram_count: u32,
}

/// What a stop word adds to a run.
pub(crate) const STOP_RARITY: f32 = 0.3;

/// The sums over one side of a claim.
#[derive(Debug)]
pub(crate) struct Side {
    pub words: u64,
    pub like: [f32; 64],
    pub matched: f32,
    pub mass: f32,
    pub squares: f32,
    pub pairs: f32,
    pub names_added: f32,
    pub names_added_count: u32,
    pub negations: u32,
    pub opposers: u64,
    pub opposed: bool,
    pub words_count: u32,
    pub figures: Vec<f64>,
}

impl Default for Side {
    fn default() -> Self {
        Self {
            words: 0,
            like: [0.0; 64],
            matched: 0.0,
            mass: 0.0,
            squares: 0.0,
            pairs: 0.0,
            names_added: 0.0,
            names_added_count: 0,
            negations: 0,
            opposers: 0,
            opposed: false,
            words_count: 0,
            figures: Vec::new(),
        }
    }
}

/// Tells whether two figures are within a seventh of each other.
pub(crate) fn near(a: f64, b: f64) -> bool {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    low > 0.0 && high / low < 1.15
}

/// Returns the Dice share of the character 3-grams of two stems (with their edges), 0 unless they begin alike.
pub(crate) fn alike(a: &str, b: &str) -> f32 {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() < 4 || b.len() < 4 || a[..3] != b[..3] {
        return 0.0;
    }
    let common = a.windows(3).filter(|gram| b.windows(3).any(|other| other == *gram)).count() + 1;
    2.0 * common as f32 / (a.len() + b.len() - 2) as f32
}

/// Hashes a term number by one multiplication.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct NumberHasher(u64);

impl std::hash::Hasher for NumberHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u32(u32::from(byte)));
    }

    fn write_u32(&mut self, number: u32) {
        self.0 = (self.0 ^ u64::from(number)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(26);
    }
}

pub(crate) type BuildNumberHasher = std::hash::BuildHasherDefault<NumberHasher>;
