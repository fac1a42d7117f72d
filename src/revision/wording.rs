//! Changes in plain sentences, and all of them in one line.

use super::{Change, ChangeKind, Mark};
use std::collections::BTreeMap;

impl<I> Change<I> {
    /// Says what was changed, without the words themselves.
    pub fn sentence(&self) -> String {
        let name = |side: &Option<super::Side<I>>| match side.as_ref().map(|side| side.who.as_str()) {
            None | Some("") => "an unnamed source".to_owned(),
            Some(who) => who.to_owned(),
        };
        let (was, is) = (name(&self.before), name(&self.after));
        match self.kind {
            ChangeKind::QuotationAltered => format!("the quotation of {was} was altered"),
            ChangeKind::ReportAltered => format!("what {was} is reported to have said was altered"),
            ChangeKind::FigureChanged => self.figures(),
            ChangeKind::SpeakerChanged => format!("words given to {was} are now given to {is}"),
            ChangeKind::ClaimRemoved => format!("a claim of {was} was removed"),
            ChangeKind::DenialRemoved => format!("a denial by {was} was removed"),
            ChangeKind::RefusalRemoved => format!("a refusal by {was} to comment was removed"),
            ChangeKind::ClaimAdded => format!("a claim of {is} was added"),
            ChangeKind::DenialAdded => format!("a denial by {is} was added"),
            ChangeKind::RefusalAdded => format!("a refusal by {is} to comment was added"),
            ChangeKind::HeadlineChanged => "the headline was changed".to_owned(),
            ChangeKind::DateChanged => {
                let words =
                    |side: &Option<super::Side<I>>| side.as_ref().map(|side| side.words.clone()).unwrap_or_default();
                format!("the date was changed from {} to {}", words(&self.before), words(&self.after))
            }
            ChangeKind::CorrectionAdded => "a correction notice was added".to_owned(),
            ChangeKind::ParagraphAltered => "a paragraph was altered".to_owned(),
            ChangeKind::ParagraphRemoved => "a paragraph was removed".to_owned(),
            ChangeKind::ParagraphAdded => "a paragraph was added".to_owned(),
            ChangeKind::ReadAnew => format!("words of {is} that stood there before are read as a claim now"),
            ChangeKind::FurnitureOnly => "only page furniture or white space was changed".to_owned(),
        }
    }

    fn figures(&self) -> String {
        let of = |mark: Mark| {
            let texts = self.difference.iter().filter(move |piece| piece.mark == mark);
            texts.map(|piece| piece.text.trim()).collect::<Vec<_>>().join(", ")
        };
        let who = self.before.as_ref().map(|side| side.who.as_str()).filter(|who| !who.is_empty());
        let place = who.map(|who| format!(" in a claim of {who}")).unwrap_or_default();
        format!("a figure was changed{place}: {} became {}", of(Mark::Removed), of(Mark::Added))
    }
}

/// Counts changes by kind in one line: "1 quotation altered, 2 claims added".
pub fn summary<'c, I: 'c>(changes: impl IntoIterator<Item = &'c Change<I>>) -> String {
    let mut counts: BTreeMap<ChangeKind, usize> = BTreeMap::new();
    for change in changes {
        *counts.entry(change.kind).or_default() += 1;
    }
    let told = counts.into_iter().map(|(kind, count)| {
        let number = |one: &str, many: &str, done: &str| match count {
            1 => format!("1 {one} {done}"),
            count => format!("{count} {many} {done}"),
        };
        match kind {
            ChangeKind::QuotationAltered => number("quotation", "quotations", "altered"),
            ChangeKind::ReportAltered => number("reported claim", "reported claims", "altered"),
            ChangeKind::FigureChanged => number("figure", "figures", "changed"),
            ChangeKind::SpeakerChanged => number("claim", "claims", "given to somebody else"),
            ChangeKind::ClaimRemoved => number("claim", "claims", "removed"),
            ChangeKind::DenialRemoved => number("denial", "denials", "removed"),
            ChangeKind::RefusalRemoved => number("refusal to comment", "refusals to comment", "removed"),
            ChangeKind::ClaimAdded => number("claim", "claims", "added"),
            ChangeKind::DenialAdded => number("denial", "denials", "added"),
            ChangeKind::RefusalAdded => number("refusal to comment", "refusals to comment", "added"),
            ChangeKind::HeadlineChanged => "headline changed".to_owned(),
            ChangeKind::DateChanged => "date changed".to_owned(),
            ChangeKind::CorrectionAdded => "correction notice added".to_owned(),
            ChangeKind::ParagraphAltered => number("paragraph", "paragraphs", "altered"),
            ChangeKind::ParagraphRemoved => number("paragraph", "paragraphs", "removed"),
            ChangeKind::ParagraphAdded => number("paragraph", "paragraphs", "added"),
            ChangeKind::ReadAnew => number("claim", "claims", "read anew"),
            ChangeKind::FurnitureOnly => "only page furniture or white space".to_owned(),
        }
    });
    told.collect::<Vec<_>>().join(", ")
}
