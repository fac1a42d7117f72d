//! Numbers that look like chance and are the same in every run, unless the environment asks for others.

/// A generator of numbers (splitmix64).
pub struct Random(u64);

impl Random {
    /// Begins where `ONRECORD_SEED` says, else at a fixed place.
    pub fn new() -> Self {
        Self(asked("ONRECORD_SEED", 1))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// Returns a share from 0 to 1.
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// Returns the number that the environment asks for under this name, else the usual one.
pub fn asked(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|written| written.parse().ok()).unwrap_or(usual)
}
