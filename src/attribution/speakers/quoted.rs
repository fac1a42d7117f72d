//! Speakers that the quotation itself tells: a quotation that carries on another, "I" and "we" inside one.
//!
//! Refuses to carry a speaker over a paragraph that closed its quotation.

use super::resolver::Verdict;
use crate::attribution::{Attribution, Quotation};
use crate::span::{Span, Spans};
use crate::text::Document;

/// Gives a quotation without a source the speaker of the quotation it carries on.
pub(super) fn carry(document: &Document, attributions: &[Attribution], verdicts: &mut [Verdict]) {
    let block = |a: &Attribution| {
        let at = a.content.cover().map_or(0, |c| c.start);
        document.blocks.partition_point(|b| b.span.end <= at)
    };
    for number in 1..attributions.len() {
        let attribution = &attributions[number];
        if attribution.source.is_some() || attribution.quotation == Quotation::Indirect {
            continue;
        }
        let Some(start) = attribution.content.cover().map(|c| c.start) else { continue };
        // Quotations are in text order and nest only a few deep.
        let after = document.quotes.partition_point(|q| q.span.start <= start);
        let mut near = document.quotes[after.saturating_sub(8)..after].iter().rev();
        let quote = near.find(|q| q.depth == 0 && start < q.span.end);
        let (here, before) = (block(attribution), block(&attributions[number - 1]));
        let goes_on = quote.is_some_and(|q| q.continues) && here <= before + 1;
        let quoted_before = attributions[number - 1].quotation != Quotation::Indirect;
        if goes_on || here == before && quoted_before {
            verdicts[number] = Verdict { candidates: Vec::new(), ..verdicts[number - 1].clone() };
        }
    }
}

/// Gives "I" and "we" inside a quotation the one who is quoted.
pub(super) fn first_persons(attributions: &[Attribution], open: &[usize], verdicts: &mut [Verdict]) {
    for &number in open {
        let Some(source) = attributions[number].source.as_ref().and_then(Spans::cover) else {
            continue;
        };
        let near = number.saturating_sub(6)..(number + 7).min(attributions.len());
        let outer = near
            .filter(|&n| n != number && attributions[n].content.iter().any(|c| c.contains(source)))
            .min_by_key(|&n| attributions[n].content.cover().map_or(u32::MAX, Span::len));
        if let Some(outer) = outer {
            verdicts[number].figure = verdicts[outer].figure;
        }
    }
}
