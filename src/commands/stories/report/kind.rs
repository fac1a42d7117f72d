//! What a report can be about: one row a kind, with what it takes after its name and what of the desk it covers.

use crate::commands::{CommandError, Session, common::narrow};
use crate::store::filter::{Filter, Sense, Term, Test};
use crate::store::id::{AnyId, ClaimId, VerdictId};
use crate::store::stories::StoryWords;

/// What part of the desk a report covers, and what that is called.
pub(super) struct Scope {
    pub filter: Filter,
    /// "Lena Orlova", or empty for the desk or what a filter leaves.
    pub subject: String,
    /// Only what is about this claim.
    pub claim: Option<ClaimId>,
    pub positions: Positions,
    /// The headline and first sentences that a person gave the story.
    pub words: StoryWords,
}

/// Whether the report tells who holds what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Positions {
    Told,
    /// Also what was said once, of those whom a verdict or a change is told of.
    Every,
    LeftOut,
}

type Resolve = fn(&mut Session, &str, &[String]) -> Result<Scope, CommandError>;

/// A kind: its name, what comes after it (empty: nothing), and how its scope is found.
struct Kind {
    name: &'static str,
    takes: &'static str,
    scope: Resolve,
}

const KINDS: [Kind; 6] = [
    Kind { name: "contradictions", takes: "", scope: |session, _, filter| whole(session, filter) },
    Kind { name: "speaker", takes: "a name", scope: speaker },
    Kind { name: "story", takes: "a name", scope: story },
    Kind { name: "verdict", takes: "an id such as v1", scope: verdict },
    Kind { name: "claim", takes: "an id such as c12", scope: claim },
    Kind { name: "new", takes: "", scope: new },
];

/// Reads what a person wrote after `report`: a kind with what it takes, then filters; or filters alone.
///
/// # Errors
/// When a kind lacks what it takes, or something is not on the desk.
pub(super) fn scope(session: &mut Session, words: &[String]) -> Result<Scope, CommandError> {
    let kind = words.first().and_then(|word| KINDS.iter().find(|kind| kind.name.eq_ignore_ascii_case(word)));
    let Some(kind) = kind else { return by_id(session, words) };
    let rest = &words[1..];
    // A name may have several words; a filter has a colon.
    let end = rest.iter().position(|word| word.contains(':')).unwrap_or(rest.len());
    let (own, filter) = rest.split_at(if kind.takes.is_empty() { 0 } else { end });
    let own = own.join(" ");
    if own.is_empty() && !kind.takes.is_empty() {
        return Err(CommandError::usage(format!("`report {}` needs {}", kind.name, kind.takes))
            .with_hint(format!("write `report {} …`; `help report` shows the kinds", kind.name)));
    }
    (kind.scope)(session, &own, filter)
}

/// A claim, verdict, speaker, story or article by its id alone; else a filter.
fn by_id(session: &mut Session, words: &[String]) -> Result<Scope, CommandError> {
    let Some((word, filter)) = words.split_first() else { return whole(session, words) };
    match word.parse::<AnyId>() {
        Ok(AnyId::Claim(id)) => of_claim(session, id, filter),
        Ok(AnyId::Verdict(_)) => verdict(session, word, filter),
        Ok(AnyId::Relation(_) | AnyId::Evidence(_) | AnyId::Operation(_) | AnyId::Note(_) | AnyId::FactCheck(_)) => {
            Err(CommandError::usage(format!("there is no report about `{word}`")).with_hint(format!(
                "`show {word}` shows it; a report is about an article, claim, verdict, speaker or story"
            )))
        }
        Ok(AnyId::Article(_) | AnyId::Speaker(_) | AnyId::Story(_)) => {
            let words = words.iter().map(|word| narrow::by_id(session, word)).collect::<Result<Vec<_>, _>>()?;
            whole(session, &words)
        }
        Err(_) => whole(session, words),
    }
}

/// The whole of what a filter leaves.
///
/// # Errors
/// When a word is no filter, or something that it names is not on the desk.
pub(super) fn whole(session: &mut Session, filter: &[String]) -> Result<Scope, CommandError> {
    let filter = session.filter(filter)?;
    let mut scope = Scope {
        filter,
        subject: String::new(),
        claim: None,
        positions: Positions::LeftOut,
        words: StoryWords::default(),
    };
    for term in scope.filter.terms.iter().filter(|term| term.sense == Sense::Is) {
        match &term.test {
            Test::Speaker(name) => {
                let found = session.workbench()?.speaker_named(name).ok();
                scope.subject = found.map(|found| found.name).unwrap_or_default();
                scope.positions = Positions::Told;
            }
            Test::Story(name) => {
                let found = session.workbench()?.story_named(name)?;
                scope.words = session.workbench()?.story_words(found.id)?;
                scope.subject = found.name;
                scope.positions = Positions::Every;
            }
            _ => {}
        }
    }
    Ok(scope)
}

/// The whole of what a filter leaves, with one more word in front of it.
fn with(session: &mut Session, key: &str, name: &str, filter: &[String]) -> Result<Scope, CommandError> {
    let words: Vec<String> = std::iter::once(format!("{key}:{name}")).chain(filter.iter().cloned()).collect();
    whole(session, &words)
}

fn speaker(session: &mut Session, name: &str, filter: &[String]) -> Result<Scope, CommandError> {
    let found = session.workbench()?.speaker_named(name)?;
    with(session, "speaker", &found.id.to_string(), filter)
}

fn story(session: &mut Session, name: &str, filter: &[String]) -> Result<Scope, CommandError> {
    let found = session.workbench()?.story_named(name)?;
    with(session, "story", &found.id.to_string(), filter)
}

fn of_claim(session: &mut Session, claim: ClaimId, filter: &[String]) -> Result<Scope, CommandError> {
    let who = session.workbench()?.claim(claim)?.who().to_owned();
    Ok(Scope { subject: who, claim: Some(claim), positions: Positions::LeftOut, ..whole(session, filter)? })
}

fn verdict(session: &mut Session, id: &str, filter: &[String]) -> Result<Scope, CommandError> {
    let id: VerdictId = id.parse().map_err(|_| {
        CommandError::usage(format!("invalid verdict id `{id}` (expected something like v1)"))
            .with_hint("`verdict list` shows the ids")
    })?;
    let claim = session.workbench()?.verdict(id)?.claim;
    of_claim(session, claim, filter)
}

fn claim(session: &mut Session, id: &str, filter: &[String]) -> Result<Scope, CommandError> {
    let id: ClaimId = id.parse().map_err(|_| {
        CommandError::usage(format!("invalid claim id `{id}` (expected something like c12)"))
            .with_hint("`claims` shows the ids")
    })?;
    of_claim(session, id, filter)
}

/// What came since the last session at the prompt, or since the beginning.
fn new(session: &mut Session, _: &str, filter: &[String]) -> Result<Scope, CommandError> {
    let mut scope = whole(session, filter)?;
    let moment = session.last_session()?.unwrap_or_default();
    let since = session.workbench()?.since(&moment)?;
    if since.articles.is_empty() {
        return Err(CommandError::failed("nothing came since the last session")
            .with_hint("`report contradictions` covers the whole desk"));
    }
    let term = |id| Term { sense: Sense::Is, test: Test::Article(id) };
    scope.filter.terms.extend(since.articles.into_iter().map(term));
    scope.subject = "since the last session".to_owned();
    Ok(scope)
}
