//! An article as it reads, its claims marked in place and their ids in the margin.

use super::ID_WIDTH;
use crate::article::BlockKind;
use crate::report::view::{Block, Paragraph, Role, Run, View};
use crate::span::{Span, Text};
use crate::store::rows::{ArticleRow, ArticleText, ClaimRow};

/// Lays an article out; `claims` are those of the article.
pub fn page(article: &ArticleText, claims: &[ClaimRow]) -> View {
    let mut view = head(&article.article).space();
    let text = Text::new(&*article.text);
    for block in &article.blocks {
        let role = match block.kind {
            BlockKind::Paragraph => Role::Words,
            BlockKind::Headline => Role::Heading,
            BlockKind::Caption | BlockKind::Byline | BlockKind::Furniture | BlockKind::Foreign => Role::Dim,
        };
        let here: Vec<&ClaimRow> = claims.iter().filter(|claim| starts_in(claim, block.span)).collect();
        let runs = marked(&text, block.span, role, claims);
        let margin = match here.as_slice() {
            [] => String::new(),
            [one] => one.id.to_string(),
            [first, .., last] => format!("{}–{}", first.id, last.id),
        };
        let paragraph = Paragraph::new(runs).beside(Run::new(Role::Id, margin), ID_WIDTH + 3);
        view = view.with(Block::Paragraph(paragraph)).space();
    }
    view.blocks.pop();
    view.data(serde_json::json!({"article": article.article, "text": article.text, "blocks": article.blocks, "claims": claims}))
}

/// Title, outlet, date and the rest of what is known about an article.
pub fn head(article: &ArticleRow) -> View {
    let known = [
        article.outlet.clone(),
        article.published.map(|day| day.to_string()),
        article.byline.clone(),
        article.url.clone(),
    ];
    let known = known.into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("  ");
    let mut view = View::empty().text([
        Run::new(Role::Id, format!("{}  ", article.id)),
        Run::new(Role::Heading, article.title.as_deref().unwrap_or("(no title)")),
    ]);
    if !known.is_empty() {
        view = view.text([Run::new(Role::Dim, known)]);
    }
    for warning in &article.warnings {
        view = view.warning(format!("{}: {warning}", article.id));
    }
    view
}

fn starts_in(claim: &ClaimRow, block: Span) -> bool {
    claim.content.iter().next().is_some_and(|first| block.start <= first.start && first.start < block.end)
}

/// The words of a block; each claim opens with its id in brackets and is marked to its end.
fn marked(text: &Text, block: Span, role: Role, claims: &[ClaimRow]) -> Vec<Run> {
    let mut pieces: Vec<(Span, Option<&ClaimRow>)> = Vec::new();
    for claim in claims {
        for (number, span) in claim.content.iter().enumerate() {
            let Some(inside) = span.shared(block) else { continue };
            pieces.push((inside, (number == 0 && span.start >= block.start).then_some(claim)));
        }
    }
    pieces.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    let mut runs = Vec::new();
    let mut from = block.start;
    for (span, opens) in pieces {
        if span.start > from {
            runs.push(Run::new(role, text.slice(Span::new(from, span.start))));
        }
        if let Some(claim) = opens {
            runs.push(Run::new(Role::Id, format!("[{}] ", claim.id)));
        }
        // A claim within another claim is marked once; only its id tells where it begins.
        let start = span.start.max(from);
        if span.end > start {
            runs.push(Run::new(Role::Marked, text.slice(Span::new(start, span.end))));
        }
        from = from.max(span.end);
    }
    runs.push(Run::new(role, text.slice(Span::new(from, block.end))));
    runs
}
