//! Rows without anything nested, for spreadsheets: what `.mode csv`, `list` and `line` write of claims, articles and
//! relations. The columns are named in `help formats`; JSON keeps everything.

use super::claims::{said, who};
use crate::report::view::View;
use crate::store::rows::{ArticleRow, ClaimRow, RelationRow};
use serde_json::{Value, json};

/// One row a claim.
pub fn claims(view: View, rows: &[ClaimRow]) -> View {
    view.flat(rows.iter().map(claim).collect())
}

fn claim(row: &ClaimRow) -> Value {
    json!({
        "id": row.id,
        "speaker": row.who(),
        "title": row.title,
        "according to": row.according_to,
        "cue": row.cue_words,
        "words": row.words,
        "kind": row.kind,
        "said": row.date().map(|_| said(row)).unwrap_or_default(),
        "published": row.published,
        "outlet": row.outlet,
        "article": row.article,
        "link": row.link,
    })
}

/// One row an article.
pub fn articles(view: View, rows: &[ArticleRow]) -> View {
    let row = |row: &ArticleRow| {
        json!({
            "id": row.id,
            "published": row.published,
            "outlet": row.outlet,
            "title": row.title,
            "byline": row.byline,
            "claims": row.claims,
            "path": row.path,
            "link": row.url,
        })
    };
    view.flat(rows.iter().map(row).collect())
}

/// One row a relation, both sides in it.
pub fn relations(view: View, rows: &[RelationRow]) -> View {
    let row = |row: &RelationRow| {
        let side = |claim: &ClaimRow| {
            [json!(claim.id), json!(who(claim)), json!(said(claim)), json!(claim.words), json!(claim.outlet)]
        };
        let names = ["claim", "speaker", "said", "words", "outlet"];
        let mut out = serde_json::Map::new();
        out.insert("id".into(), json!(row.id));
        out.insert("relation".into(), json!(super::words::relation(row).text));
        let of_machine = row.recorded_by.is_empty().then_some(row.score);
        out.insert("confidence".into(), json!(of_machine));
        out.insert("status".into(), json!(row.status));
        for (which, claim) in [("earlier", &row.earlier), ("later", &row.later)] {
            for (name, value) in names.iter().zip(side(claim)) {
                out.insert(format!("{which} {name}"), value);
            }
        }
        out.insert("because".into(), json!(row.summary));
        Value::Object(out)
    };
    view.flat(rows.iter().map(row).collect())
}
