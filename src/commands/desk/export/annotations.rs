//! Each claim as a W3C Web Annotation of its article, one JSON-LD object a line.
//!
//! The quoted words with what stands before and after them find the place on a page; the positions count code points of the
//! text that was read of it, end exclusive. Words in several pieces have a target a piece.

use super::{Export, Made};
use crate::commands::{CommandError, Session};
use crate::span::{Span, Text};
use crate::store::id::ArticleId;
use crate::store::rows::{ArticleText, ClaimRow, VerdictRow};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Code points before and after the words.
const AROUND: u32 = 32;
const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

pub(super) fn make(_: &Export, session: &mut Session, words: &[String]) -> Result<Made, CommandError> {
    let filter = session.filter(words)?;
    let workbench = session.workbench()?;
    let loaded = workbench.loaded()?;
    let mut of_article: BTreeMap<ArticleId, Vec<ClaimRow>> = BTreeMap::new();
    for claim in workbench.claims(&filter)? {
        if let Some(article) = claim.article {
            of_article.entry(article).or_default().push(claim);
        }
    }
    let mut rows = Vec::new();
    for (id, claims) in of_article {
        let article = workbench.article(id)?;
        let text = Text::new(article.text.as_str());
        for claim in claims {
            let judged = claim.verdicts.iter().filter(|label| !label.draft).map(|label| label.id);
            let judged = judged.map(|id| workbench.verdict(id)).collect::<Result<Vec<_>, _>>()?;
            rows.push(annotation(&claim, &article, &text, loaded.get(&id), &judged));
        }
    }
    let body = rows.iter().map(|row| format!("{row}\n")).collect();
    Ok(Made::Document { body, count: rows.len(), what: "annotation", rows: Some(Value::Array(rows)) })
}

fn annotation(
    claim: &ClaimRow,
    article: &ArticleText,
    text: &Text,
    loaded: Option<&String>,
    judged: &[VerdictRow],
) -> Value {
    let hash = &article.article.hash;
    let source = article.article.url.clone().unwrap_or_else(|| format!("urn:sha256:{hash}"));
    let targets: Vec<Value> = claim.content.iter().map(|piece| target(&source, text, piece)).collect();
    let mut out = Map::from_iter([
        ("@context".to_owned(), Value::from(CONTEXT)),
        ("id".to_owned(), format!("urn:onrecord:{hash}:{}", claim.id).into()),
        ("type".to_owned(), "Annotation".into()),
        ("motivation".to_owned(), if judged.is_empty() { "describing" } else { "assessing" }.into()),
    ]);
    out.extend(loaded.map(|at| ("created".to_owned(), at.as_str().into())));
    let name = format!("onrecord {}, reader {}", env!("CARGO_PKG_VERSION"), claim.reader);
    out.insert("creator".into(), json!({"type": "Software", "name": name}));
    out.insert("body".into(), bodies(claim, judged).into());
    out.insert("target".into(), if let [one] = targets.as_slice() { one.clone() } else { targets.into() });
    Value::Object(out)
}

fn target(source: &str, text: &Text, piece: Span) -> Value {
    let before = Span::new(piece.start.saturating_sub(AROUND), piece.start);
    let after = Span::new(piece.end, piece.end.saturating_add(AROUND).min(text.len()));
    json!({
        "type": "SpecificResource",
        "source": source,
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": text.slice(piece),
                "prefix": text.slice(before),
                "suffix": text.slice(after),
            },
            {"type": "TextPositionSelector", "start": piece.start, "end": piece.end},
        ],
    })
}

/// Who, by which words, what kind, and what persons found and published.
fn bodies(claim: &ClaimRow, judged: &[VerdictRow]) -> Vec<Value> {
    let fields = [
        ("speaker", "identifying", claim.who().to_owned()),
        ("alone", "describing", if claim.frame().is_empty() { String::new() } else { claim.alone() }),
        ("cue", "describing", claim.cue_words.clone()),
        ("kind", "classifying", claim.kind.to_string()),
        ("status", "classifying", claim.status.to_string()),
    ];
    let given = fields.into_iter().filter(|(.., value)| !value.is_empty());
    let given = given.map(|(label, purpose, value)| body(label, purpose, &value));
    given.chain(judged.iter().map(verdict)).collect()
}

fn body(label: &str, purpose: &str, value: &str) -> Value {
    json!({"type": "TextualBody", "label": label, "purpose": purpose, "format": "text/plain", "value": value})
}

fn verdict(row: &VerdictRow) -> Value {
    let mut out = body("verdict", "assessing", &row.rating);
    let published = row.moves.iter().rev().find(|step| step.state.known().is_some_and(|state| state.is_public()));
    if let Some(fields) = out.as_object_mut() {
        fields.insert("creator".into(), json!({"type": "Person", "name": row.by}));
        fields.extend(published.map(|step| ("created".to_owned(), step.at.as_str().into())));
    }
    out
}
