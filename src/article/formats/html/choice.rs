//! Which blocks of a page are its story.
//!
//! `trafilatura` names the words it takes for story; they are found again among the page's own leaves. From where most of
//! them stand, three things are decided: what stands beside them under a name such as `related` goes; what stands among
//! them like them comes back (a first paragraph, a quotation, a list); lines that ask or lead elsewhere go.

use super::names;
use super::page::{Leaf, Page, Place};
use crate::article::formats::Piece;
use crate::lexicon::letters::bare;
use std::collections::{BTreeSet, HashMap};

/// Share of the story that the main place holds.
const MAIN: f64 = 0.75;
/// A place with more of the story than this is judged by no name.
const TOO_MUCH: f64 = 0.3;
/// How many places up from a block story is looked for before the block comes back.
const CLOSE: usize = 3;
/// Within how many blocks after the headline a standfirst stands.
const OPENING: usize = 8;
/// Parts of a table, which set no block further from the story around it.
const CELLS: [&str; 5] = ["td", "th", "tr", "tbody", "table"];
/// Code points from which words stand where trafilatura's text has them by more than chance.
const SURE: usize = 24;

/// Elements that hold no story.
const OTHER_TAGS: [&str; 8] = ["nav", "footer", "figure", "figcaption", "button", "form", "label", "aside"];

/// What a page's leaves look like to the choice.
struct Seen<'a> {
    page: &'a Page,
    voted: Vec<bool>,
    /// Code points voted for in each place, those inside it counted.
    weight: Vec<usize>,
    total: usize,
    /// The row of names that each place fits.
    named: Vec<Option<usize>>,
    /// Code points voted for under each row: a name that holds much of the story says nothing against it.
    under: Vec<usize>,
}

/// The blocks of the story in order.
pub(super) fn story(page: &Page, voted_html: &str, title: Option<&str>) -> Vec<Piece> {
    let voted = votes(page, voted_html);
    let mut weight = vec![0; page.places.len()];
    let mut total = 0;
    for (at, leaf) in page.leaves.iter().enumerate().filter(|(at, _)| voted[*at]) {
        total += leaf.length;
        page.around(at).for_each(|place| weight[place] += leaf.length);
    }
    // The same names stand on a page again and again.
    let mut known: HashMap<&str, Option<usize>> = HashMap::new();
    let named = page.places.iter().map(|place| *known.entry(&place.names).or_insert_with(|| names::row(&place.names)));
    let named: Vec<Option<usize>> = named.collect();
    let mut under = vec![0; names::rows()];
    let mut seen = Seen { page, voted, weight, total, named, under: Vec::new() };
    let main = seen.main();
    for at in (0..page.leaves.len()).filter(|at| seen.voted[*at]) {
        let rows: BTreeSet<usize> = seen.inside(at, main).filter_map(|place| seen.named[place]).collect();
        rows.into_iter().for_each(|row| under[row] += page.leaves[at].length);
    }
    seen.under = under;
    let kept: Vec<bool> = (0..page.leaves.len()).map(|at| seen.keeps(at, main)).collect();
    let first = kept.iter().position(|kept| *kept);
    let last = kept.iter().rposition(|kept| *kept);
    let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
    let mut out: Vec<Piece> = Vec::new();
    for (leaf, kept) in page.leaves.iter().zip(kept).take(last + 1).skip(first) {
        if !kept || title.is_some_and(|title| alike(title, &leaf.text)) {
            continue;
        }
        if let Some(piece) = super::lines::piece(leaf, &page.places[leaf.place].tag)
            && out.last().is_none_or(|last| last.text != piece.text)
        {
            out.push(piece);
        }
    }
    super::lines::trim_ends(&mut out);
    out
}

/// The longer blocks of a page whose story could not be told apart: what is no link and under no bad name.
pub(super) fn rest(page: &Page) -> Vec<Piece> {
    let plain = |place: usize| {
        let Place { tag, names, hidden, .. } = &page.places[place];
        !OTHER_TAGS.contains(&tag.as_str())
            && !hidden
            && (tag == "body" || tag == "html" || names::row(names).is_none())
    };
    let long = |leaf: &Leaf| leaf.length >= SURE && leaf.linked * 2 < leaf.length;
    let kept = (0..page.leaves.len()).filter(|at| long(&page.leaves[*at]) && page.around(*at).all(plain));
    kept.filter_map(|at| super::lines::piece(&page.leaves[at], &page.places[page.leaves[at].place].tag)).collect()
}

/// All blocks of a page that is known to be story.
pub(super) fn all(page: &Page) -> Vec<Piece> {
    page.leaves.iter().filter_map(|leaf| super::lines::piece(leaf, &page.places[leaf.place].tag)).collect()
}

fn alike(a: &str, b: &str) -> bool {
    a.len().abs_diff(b.len()) < 40 && bare(a) == bare(b)
}

/// For each leaf whether trafilatura took it.
fn votes(page: &Page, html: &str) -> Vec<bool> {
    let (mut blocks, mut whole, mut run) = (BTreeSet::new(), String::new(), String::new());
    let mut rest = html;
    loop {
        let at = rest.find('<').unwrap_or(rest.len());
        run.push_str(&bare(&escaped(&rest[..at])));
        rest = &rest[at..];
        let Some(end) = rest.find('>') else { break };
        let name =
            rest[1..end].trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        if !["b", "i", "em", "strong", "a", "span", "u", "sub", "sup", "code", "del", "ref", "hi"].contains(&name) {
            whole.push_str(&run);
            blocks.insert(std::mem::take(&mut run));
        }
        rest = &rest[end + 1..];
    }
    whole.push_str(&run);
    blocks.insert(run);
    let taken = |leaf: &Leaf| {
        let words = bare(&leaf.text);
        !words.is_empty() && (blocks.contains(&words) || words.chars().count() >= SURE && whole.contains(&words))
    };
    page.leaves.iter().map(taken).collect()
}

/// Undoes the escapes of serialized HTML.
fn escaped(text: &str) -> String {
    let text = text.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&amp;", "&")
}

impl Seen<'_> {
    /// The innermost place with most of the story.
    fn main(&self) -> usize {
        let most = self.total as f64 * MAIN;
        // Places stand before what is in them, so the last that holds enough is the innermost.
        self.weight.iter().rposition(|weight| *weight as f64 >= most && *weight > 0).unwrap_or(0)
    }

    /// Much of the story: what holds it is judged by no name.
    fn is_much(&self, weight: usize) -> bool {
        weight as f64 >= self.total as f64 * TOO_MUCH
    }

    /// The places around a leaf up to the main place, those with much of the story left out.
    fn inside(&self, leaf: usize, main: usize) -> impl Iterator<Item = usize> + '_ {
        let up = self.page.around(leaf).take_while(move |place| *place != main && *place != 0);
        up.filter(|place| !self.is_much(self.weight[*place]))
    }

    fn keeps(&self, at: usize, main: usize) -> bool {
        let (leaf, tag) = (&self.page.leaves[at], self.page.places[self.page.leaves[at].place].tag.as_str());
        let within = self.page.around(at).any(|place| place == main);
        let bad = self.inside(at, main).any(|place| {
            let Place { tag, hidden, .. } = &self.page.places[place];
            let named = self.named[place].is_some_and(|row| !self.is_much(self.under[row]));
            let tagged = OTHER_TAGS.contains(&tag.as_str());
            named || tagged && !self.is_much(self.weight[place]) || *hidden && !self.voted[at]
        });
        if bad {
            return false;
        }
        let share = leaf.linked as f64 / leaf.length.max(1) as f64;
        if share > 0.8 && (leaf.length < 120 || !self.voted[at]) {
            return false;
        }
        if share < 0.3 && leaf.length >= SURE && self.is_standfirst(at) {
            return true;
        }
        if self.voted[at] {
            return within || leaf.length > 80;
        }
        within
            && matches!(tag, "p" | "li" | "blockquote" | "h2" | "h3" | "div")
            && share < 0.5
            && leaf.length >= 30
            && self.has_story_close(at)
    }

    /// It stands right after the headline, under a name that says so.
    fn is_standfirst(&self, at: usize) -> bool {
        let opens = self.page.headlines.iter().any(|(_, headline)| (*headline..headline + OPENING).contains(&at));
        opens && self.page.around(at).take(CLOSE).any(|place| names::is_standfirst(&self.page.places[place].names))
    }

    /// Story stands close around it.
    fn has_story_close(&self, leaf: usize) -> bool {
        let around = self.page.around(leaf).filter(|place| !CELLS.contains(&self.page.places[*place].tag.as_str()));
        around.take(CLOSE).any(|place| self.weight[place] > 0)
    }
}
