//! Reading an article again with the other reader: what both readings find stays, what only the new one finds comes, what
//! only the old one found goes. Nothing that a person has worked with goes, and one undo brings all of it back.

use super::load::add_claims;
use super::placed::article_of;
use super::sources::Prepared;
use super::{Result, Workbench};
use crate::attribution::attribute_nested;
use crate::attribution::reader::Reader;
use crate::claim::{Claim, claims};
use crate::store::Writer;
use crate::store::id::{ArticleId, ClaimId, OperationId};
use crate::store::rereading::ReadBefore;
use crate::store::stored::name_of;
use crate::text::analyze;
use serde::Serialize;

/// What reading one article again gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reread {
    pub article: ArticleId,
    /// Claims that both readings found.
    pub same: usize,
    pub new: usize,
    /// Earlier claims that are off the lists now.
    pub gone: usize,
    /// Earlier claims that stay because a person has worked with them.
    pub held: usize,
    pub repeats: usize,
    pub contradictions: usize,
}

impl Workbench {
    /// Reads articles again with a reader, as one operation; calls `progress` after each.
    ///
    /// # Errors
    /// For an unknown article, or when the database cannot be written; nothing is kept then.
    pub fn reread(
        &mut self,
        articles: &[ArticleId],
        reader: &'static dyn Reader,
        mut progress: impl FnMut(),
    ) -> Result<Vec<Reread>> {
        let mut prepared = Vec::with_capacity(articles.len());
        for &id in articles {
            let article = article_of(self.store.article_on_desk(id)?);
            let document = analyze(&article);
            let found = attribute_nested(&document, reader);
            let claims = claims(&article, &document, &found);
            let vectors = super::meaning::vectors_for(reader, &claims);
            prepared.push((id, Prepared { article, claims, reader: reader.name().to_owned(), vectors }));
            progress();
        }
        let listed: Vec<String> = articles.iter().take(3).map(ToString::to_string).collect();
        let more = if articles.len() > 3 { format!(" and {} more", articles.len() - 3) } else { String::new() };
        let words = format!("reread {}{more} with the {} reader", listed.join(" "), reader.name());
        let kept = self.act_with_index("reread", &words, None, |writer, live, operation| {
            let mut out = Vec::with_capacity(prepared.len());
            for (id, prepared) in &prepared {
                let (mut read, new) = replace(writer, *id, prepared, operation)?;
                live.catch_up(writer)?;
                let linked = live.link(writer, &new, operation)?;
                (read.repeats, read.contradictions) = (linked.repeats, linked.contradictions);
                out.push(read);
            }
            Ok(out)
        });
        self.keep_index();
        kept
    }
}

/// Puts the claims of a new reading in the place of the standing ones; returns the new ones.
fn replace(
    writer: &Writer<'_>,
    article: ArticleId,
    prepared: &Prepared,
    operation: OperationId,
) -> Result<(Reread, Vec<ClaimId>)> {
    let standing = writer.standing(article)?;
    let mut again = vec![false; standing.len()];
    let mut known: Vec<Option<ClaimId>> = Vec::with_capacity(prepared.claims.len());
    let mut same = 0;
    for claim in &prepared.claims {
        let twin = standing.iter().position(|old| is_same(old, claim));
        if let Some(twin) = twin {
            same += 1;
            again[twin] = true;
            known.push(Some(standing[twin].id));
            continue;
        }
        // Where a person has worked with a claim of these words, it stands for what is read there now.
        known.push(standing.iter().find(|old| old.held && old.content.overlaps_any(&claim.content)).map(|old| old.id));
    }
    let ids = add_claims(writer, prepared, article, operation, &known)?;
    let new: Vec<ClaimId> = ids.iter().zip(&known).filter(|(_, known)| known.is_none()).map(|(id, _)| *id).collect();
    let (held, gone): (Vec<&ReadBefore>, Vec<&ReadBefore>) =
        standing.iter().zip(&again).filter(|(_, again)| !**again).map(|(old, _)| old).partition(|old| old.held);
    for old in &gone {
        writer.drop_claim(old.id, operation)?;
    }
    let (held, gone) = (held.len(), gone.len());
    Ok((Reread { article, same, new: new.len(), gone, held, repeats: 0, contradictions: 0 }, new))
}

/// The same words, said by the same source in the same way.
fn is_same(old: &ReadBefore, new: &Claim) -> bool {
    old.content == new.content
        && old.cue == new.cue
        && old.source == new.source
        && (old.held || old.kind == name_of(&new.kind))
        && (old.held || old.named == new.claimant.as_ref().map_or("", |claimant| &claimant.name))
}
