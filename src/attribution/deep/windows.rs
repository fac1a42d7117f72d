//! Cuts a document into windows that the encoder can see at once, overlapping so that each token is read with context.

use std::ops::Range;

/// Pieces that a token has at least on either side, unless the document ends there.
const MARGIN: u32 = 48;

/// A window and the tokens whose labels are taken from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    pub tokens: Range<usize>,
    pub kept: Range<usize>,
}

/// Cuts a document whose tokens begin at `starts` (with one entry more for the end) into windows of `room` pieces.
///
/// The kept ranges follow each other and cover every token once.
pub fn windows(starts: &[u32], room: u32) -> Vec<Cut> {
    let count = starts.len().saturating_sub(1);
    let mut cuts: Vec<Cut> = Vec::new();
    let (mut at, mut keep) = (0, 0);
    // The last token that begins at or before a piece.
    let token_at = |piece: u32| starts.partition_point(|&start| start <= piece).saturating_sub(1);
    while keep < count {
        let end = token_at(starts[at] + room).max(at + 1);
        if end >= count {
            cuts.push(Cut { tokens: at..count, kept: keep..count });
            break;
        }
        let kept = token_at(starts[end].saturating_sub(MARGIN)).max(keep + 1).max(at + 1);
        cuts.push(Cut { tokens: at..end, kept: keep..kept });
        at = token_at(starts[kept].saturating_sub(MARGIN)).max(at + 1).min(kept);
        keep = kept;
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(starts: &[u32], room: u32) -> Vec<Cut> {
        let cuts = windows(starts, room);
        let mut next = 0;
        for cut in &cuts {
            assert_eq!(cut.kept.start, next);
            assert!(cut.kept.end > next);
            assert!(cut.tokens.start <= cut.kept.start && cut.kept.end <= cut.tokens.end);
            let pieces = starts[cut.tokens.end] - starts[cut.tokens.start];
            assert!(pieces <= room || cut.tokens.len() == 1);
            next = cut.kept.end;
        }
        assert_eq!(next, starts.len().saturating_sub(1));
        cuts
    }

    #[test]
    fn every_token_is_kept_once_and_has_context() {
        let starts: Vec<u32> = (0..=1_000).map(|n| n + n / 7).collect();
        let cuts = check(&starts, 254);
        for cut in &cuts {
            assert!(cut.tokens.start == 0 || starts[cut.kept.start] - starts[cut.tokens.start] >= MARGIN);
            assert!(cut.tokens.end == 1_000 || starts[cut.tokens.end] - starts[cut.kept.end] >= MARGIN);
        }
    }

    #[test]
    fn short_and_odd_documents_are_covered() {
        check(&[], 254);
        check(&[0], 254);
        assert_eq!(check(&[0, 1, 2], 254).len(), 1);
        check(&(0..=300).map(|n| n * 24).collect::<Vec<u32>>(), 254);
        check(&(0..=90).map(|n| n * 24 + n % 3).collect::<Vec<u32>>(), 190);
    }
}
