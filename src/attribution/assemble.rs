//! Pieces and links become attributions: spans, how the content is quoted, where it stands, its score and its reasons.
//!
//! Refuses furniture, captions and bylines: they give no attributions.

use crate::article::BlockKind;
use crate::attribution::decode::{Piece, pieces};
use crate::attribution::fast::chain::Row;
use crate::attribution::link::Linker;
use crate::attribution::reader::Calibration;
use crate::attribution::{Attribution, Quotation, Status, kind, layout, rules};
use crate::score::{Reason, Score};
use crate::span::{Span, Spans};
use crate::text::Document;

/// Returns the attributions that label scores give, in text order.
pub fn assemble(document: &Document, scores: &[Row], calibration: Calibration) -> Vec<Attribution> {
    let mut pieces = pieces(document, scores);
    let further = layout::complete(document, &mut pieces);
    let mut out = from_pieces(document, &pieces, calibration);
    if !further.is_empty() {
        out.extend(further.iter().map(|tokens| rules::goes_on_an_answer(document.cover(tokens))));
        out.sort_by_key(first_span);
    }
    out
}

/// Returns the attributions that pieces make, in text order.
pub(super) fn from_pieces(document: &Document, pieces: &[Piece], calibration: Calibration) -> Vec<Attribution> {
    let mut out: Vec<Attribution> = Linker::shipped()
        .links(document, pieces)
        .into_iter()
        .filter(|link| !link.contents.is_empty())
        .filter_map(|link| {
            let contents: Vec<&Piece> = link.contents.iter().map(|&c| &pieces[c]).collect();
            let source = link.source.map(|s| &pieces[s]);
            attribution(document, source, &pieces[link.cue], &contents, calibration)
        })
        .collect();
    out.sort_by_key(first_span);
    out
}

/// Returns where an attribution begins: its key in text order.
pub fn first_span(attribution: &Attribution) -> (Option<Span>, Option<Span>) {
    let spans =
        [attribution.source.as_ref().and_then(Spans::cover), attribution.cue.cover(), attribution.content.cover()];
    (spans.into_iter().flatten().min(), attribution.content.cover())
}

fn attribution(
    document: &Document,
    source: Option<&Piece>,
    cue: &Piece,
    contents: &[&Piece],
    calibration: Calibration,
) -> Option<Attribution> {
    let span = |piece: &Piece| span_of(document, piece);
    // "A." before an answer is one word: its letter is the source, its mark the cue.
    let lettered = source.is_some_and(|source| source.tokens == cue.tokens).then(|| span(cue).end - 1);
    let (source_span, cue_span) = match lettered {
        Some(mark) => (source.map(|s| Span { end: mark, ..span(s) }), Span { start: mark, ..span(cue) }),
        None => (source.map(span), span(cue)),
    };
    let place = place(document, contents.first()?.tokens.start);
    if !matches!(place, BlockKind::Paragraph | BlockKind::Headline) {
        return None;
    }
    let content = Spans::new(contents.iter().map(|p| span(p)));
    let label = !document.text.slice(cue_span).contains(char::is_alphabetic) && place == BlockKind::Paragraph;
    let quotation = match quotation(document, &content) {
        // "Holm: I am against it.": who is named before a colon said these words.
        Quotation::Indirect if label => Quotation::Direct,
        quotation => quotation,
    };
    let content_probability = contents.iter().map(|p| p.probability).fold(1.0, f32::min);
    let mut because = vec![
        Reason::new("cue", format!("\"{}\" reports", document.text.slice(cue_span)), f64::from(cue.probability)),
        Reason::new("content", "the labels of its ends", f64::from(content_probability)),
    ];
    let mut score = f64::from(cue.probability) * f64::from(content_probability).sqrt();
    if let Some((source, span)) = source.zip(source_span) {
        let words = document.text.slice(span);
        because.push(Reason::new("source", format!("\"{words}\" is named"), f64::from(source.probability)));
        score *= f64::from(source.probability).sqrt();
    }
    let cue: Spans = cue_span.into();
    let kind = kind::classify(document, &cue, &content);
    Some(Attribution {
        source: source_span.map(Spans::from),
        cue,
        content,
        speaker: None,
        candidates: Vec::new(),
        kind,
        status: Status::Asserted,
        quotation,
        place,
        answers: None,
        score: Score::new(calibration.apply(score)),
        because,
    })
}

/// Returns the attribution that a rule of grammar makes of source, cue and content; its kind and quotation are read off them.
pub(super) fn ruled(
    document: &Document,
    (source, cue, content): (Option<Span>, Span, Spans),
    place: BlockKind,
    score: f64,
    because: Reason,
) -> Attribution {
    let cue = Spans::from(cue);
    Attribution {
        source: source.map(Spans::from),
        kind: kind::classify(document, &cue, &content),
        status: Status::Asserted,
        quotation: quotation(document, &content),
        cue,
        content,
        speaker: None,
        candidates: Vec::new(),
        place,
        answers: None,
        score: Score::new(score),
        because: vec![because],
    }
}

fn span_of(document: &Document, piece: &Piece) -> Span {
    document.cover(&piece.tokens)
}

/// Tells in what kind of block a token stands.
pub(super) fn place(document: &Document, token: usize) -> BlockKind {
    let sentence = document.sentence_of(token).map(|s| &document.sentences[s]);
    sentence.and_then(|s| document.blocks.get(s.block)).map_or(BlockKind::Paragraph, |b| b.kind)
}

/// Tells how a content is quoted: every word within quotation marks, some, or none.
pub fn quotation(document: &Document, content: &Spans) -> Quotation {
    let (mut inside, mut outside) = (0, 0);
    for piece in content.iter() {
        let from = document.quotes.partition_point(|q| q.span.start < piece.start);
        let before = document.quotes[..from].iter().rev().take(4).filter(|q| q.span.end > piece.start);
        let within = document.quotes[from..].iter().take_while(|q| q.span.start < piece.end);
        let quotes: Vec<Span> = before.chain(within).map(|q| q.span).collect();
        for token in &document.tokens[document.tokens_in(piece)] {
            if !document.text.slice(token.span).chars().any(char::is_alphanumeric) {
                continue;
            }
            if quotes.iter().any(|q| q.contains(token.span)) {
                inside += 1;
            } else {
                outside += 1;
            }
        }
    }
    match (inside, outside) {
        (0, _) => Quotation::Indirect,
        (_, 0) => Quotation::Direct,
        _ => Quotation::Mixed,
    }
}
