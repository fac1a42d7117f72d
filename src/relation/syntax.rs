//! Who does what in a claim: its predicates, their subjects and objects, from the dependency parse.
//!
//! The parse is made when an opposition needs it and not before, once a claim. It may be wrong: what it finds are features and
//! vetoes, never an opposition by itself.

use super::parsed::{Parsed, Word};
use super::words::{Entry, Modality, Person, hash};
use crate::lexicon::speech;
use crate::text::parser::Role;
use crate::text::{self, Tag};
use std::sync::LazyLock;

/// What a word is to the word that governs it.
#[derive(Debug, Clone, Copy)]
struct Node {
    head: Option<usize>,
    role: Role,
    tag: Tag,
    /// A form of "be".
    be: bool,
    /// A form of "have".
    have: bool,
    /// A verb of saying.
    speech: bool,
}

/// The words of a claim with their governors; word numbers are those of `Parsed::words`.
#[derive(Debug, Clone)]
pub(super) struct Syntax {
    nodes: Vec<Option<Node>>,
    by: Vec<bool>,
    conditional: Vec<bool>,
    wishes: Vec<bool>,
    relative: Vec<bool>,
    /// Words with a possessive behind them: "Holm's".
    owners: Vec<bool>,
    /// Words with a comma behind them.
    commas: Vec<bool>,
}

/// A predicate with its logical arguments: in the passive the subject is what something is done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Frame {
    pub predicate: usize,
    pub agent: Option<usize>,
    pub theme: Option<usize>,
}

const HAD: u64 = hash("had");
const END: u64 = hash("end");
/// "Have" of the present perfect.
const PERFECT: [u64; 4] = [hash("has"), hash("have"), hash("'ve"), hash("'s")];
/// Longest way up or down the tree.
const STEPS: usize = 12;

/// Words behind "by" among which a time is looked for: "by the end of May".
const BY_WHEN: usize = 4;
static BY: LazyLock<u64> = LazyLock::new(|| hash("by"));

impl Syntax {
    /// Parses a text and maps its tokens onto the words that were read from it.
    pub fn of(written: &str, words: &[Word]) -> Self {
        // As many bytes: what was left out between two pieces of a paraphrase is no part of the sentence.
        let document = text::analyze_words(&written.replace("[...]", "     "));
        let word_of: Vec<Option<usize>> = document
            .tokens
            .iter()
            .map(|token| {
                let (start, end) = (document.text.byte_of(token.span.start), document.text.byte_of(token.span.end));
                let at = words.partition_point(|word| word.at.end <= start);
                words.get(at).is_some_and(|word| word.at.start < end).then_some(at)
            })
            .collect();
        let mut nodes: Vec<Option<Node>> = vec![None; words.len()];
        for (number, token) in document.tokens.iter().enumerate() {
            let Some(word) = word_of[number] else { continue };
            let mut above = token.head;
            let mut head = None;
            for _ in 0..STEPS {
                let Some(governor) = above else { break };
                let governor = governor as usize;
                head = word_of.get(governor).copied().flatten();
                if head.is_some() {
                    break;
                }
                above = document.tokens.get(governor).and_then(|token| token.head);
            }
            // A token governed from inside its own word (a phrase, a number) is not the head of that word.
            if head == Some(word) || nodes[word].is_some() && head.is_none() {
                continue;
            }
            let speech = token.tag.is_verb() && !speech::cue_rows(&token.lemma).is_empty();
            let (be, have) = (&*token.lemma == "be", &*token.lemma == "have");
            nodes[word] = Some(Node { head, role: token.role, tag: token.tag, be, have, speech });
        }
        // "Closed by 2026" says when and not by whom.
        let when =
            |word: &Word| word.quantity.is_some() || word.surface == END || word.entry.is_some_and(Entry::is_time);
        let by = |(number, word): (usize, &Word)| {
            word.surface == *BY && !words.iter().skip(number + 1).take(BY_WHEN).any(when)
        };
        let by = words.iter().enumerate().map(by).collect();
        let of = |modality: Modality| {
            words.iter().map(|word| word.entry.is_some_and(|entry| entry.modality == Some(modality))).collect()
        };
        let (conditional, wishes) = (of(Modality::Condition), of(Modality::Wish));
        let relative = words.iter().map(|word| word.person() == Some(Person::Relative)).collect();
        let owns = |word: &Word| {
            written.get(word.at.end..).is_some_and(|rest| rest.starts_with("'s ") || rest.starts_with("’s "))
        };
        let owners = words.iter().map(owns).collect();
        let comma = |word: &Word| written.get(word.at.end..).is_some_and(|rest| rest.starts_with(','));
        let commas = words.iter().map(comma).collect();
        Self { nodes, by, conditional, wishes, relative, owners, commas }
    }

    fn node(&self, word: usize) -> Option<&Node> {
        self.nodes.get(word)?.as_ref()
    }

    fn children(&self, word: usize) -> impl Iterator<Item = (usize, &Node)> {
        let nodes = self.nodes.iter().enumerate();
        nodes.filter_map(move |(n, node)| node.as_ref().filter(|node| node.head == Some(word)).map(|node| (n, node)))
    }

    fn child(&self, word: usize, role: Role) -> Option<usize> {
        self.children(word).find(|(_, node)| node.role == role).map(|(n, _)| n)
    }

    /// Tells whether a word is a predicate: a full verb, or an adjective or noun with a subject or a form of "be".
    pub fn is_predicate(&self, word: usize) -> bool {
        let Some(node) = self.node(word) else { return false };
        let helps = node.role == Role::Auxiliary && node.head.is_some();
        if helps || node.role == Role::Compound {
            return false;
        }
        let attributive = node.role == Role::Attribute;
        node.tag.is_verb() && !attributive
            || self
                .children(word)
                .any(|(_, child)| child.role == Role::Subject || child.role == Role::Auxiliary && child.be)
    }

    /// Returns the main predicate: the one that nothing governs.
    pub fn root(&self) -> Option<usize> {
        let governed = |word: &usize| self.node(*word).is_some_and(|node| node.head.is_some());
        (0..self.nodes.len()).find(|word| self.node(*word).is_some() && !governed(word) && self.is_predicate(*word))
    }

    /// Tells whether a predicate is a command: the main verb, bare, without a subject and without "will".
    pub fn commands(&self, predicate: usize) -> bool {
        let bare = self.node(predicate).is_some_and(|node| node.head.is_none() && node.tag.name() == "VB");
        bare && self.child(predicate, Role::Subject).is_none() && self.child(predicate, Role::Auxiliary).is_none()
    }

    /// Returns the noun that stands before the auxiliary of a predicate in which the parse saw no subject.
    fn before_auxiliary(&self, predicate: usize) -> Option<usize> {
        let auxiliary = self.child(predicate, Role::Auxiliary).filter(|&auxiliary| auxiliary < predicate)?;
        let noun = auxiliary.checked_sub(1)?;
        self.node(noun).is_some_and(|node| node.tag.name().starts_with("NN")).then_some(noun)
    }

    /// Returns what belongs to somebody, where the parse took the owner for the subject: "*their* library".
    fn owned(&self, subject: usize) -> usize {
        let owner = self.node(subject).is_some_and(|node| node.tag.name() == "PRP$");
        if owner && subject + 1 < self.nodes.len() { subject + 1 } else { subject }
    }

    /// Returns the noun before what commas set apart, where a subject stands in that: "*people*, six of them children, were killed".
    fn before_insertion(&self, subject: usize, predicate: usize) -> usize {
        let closes = subject < predicate && self.commas[subject..predicate].iter().any(|comma| *comma);
        let noun = |word: usize| self.node(word).is_some_and(|node| node.tag.name().starts_with("NN"));
        let opens = (0..subject).rev().find(|&word| self.commas[word]).filter(|&word| closes && noun(word));
        opens.unwrap_or(subject)
    }

    /// Returns the subject of the clause before, which "it" and "they" of the next clause mostly mean.
    pub fn subject_before(&self, word: usize) -> Option<usize> {
        let own = self.predicate(word)?;
        let before = (0..word).rev().find(|&other| other != own && self.is_predicate(other))?;
        self.subject(before).filter(|&subject| subject < before)
    }

    /// Tells whether a predicate says only that something is there: "there will be no strike".
    pub fn exists(&self, predicate: usize) -> bool {
        self.child(predicate, Role::Subject).is_some_and(|subject| self.is_there(subject))
    }

    /// Tells whether a word is the "there" of "there is".
    fn is_there(&self, word: usize) -> bool {
        self.node(word).is_some_and(|node| node.tag.name() == "EX")
    }

    /// Returns the adjectives, nouns and numbers that stand before a noun and go with it.
    pub fn modifiers(&self, noun: usize) -> impl Iterator<Item = usize> {
        let before = self.children(noun).filter(move |(n, _)| *n < noun);
        before.filter(|(_, node)| matches!(node.role, Role::Attribute | Role::Compound)).map(|(n, _)| n)
    }

    /// Returns the word that governs a word.
    pub fn governor(&self, word: usize) -> Option<usize> {
        self.node(word)?.head
    }

    /// Tells whether the claim has a clause: a predicate with a subject, or a verb that needs none. "His candidacy" and
    /// "being the mayor" are no clause.
    pub fn has_clause(&self) -> bool {
        (0..self.nodes.len()).filter(|word| self.is_predicate(*word)).any(|word| {
            let acts =
                self.node(word).is_some_and(|node| node.tag.is_verb() && !matches!(node.tag.name(), "VBG" | "VBN"));
            acts || self.child(word, Role::Subject).is_some()
        })
    }

    /// Tells whether the claim has a predicate at all; "his candidacy" has none.
    pub fn states_something(&self) -> bool {
        (0..self.nodes.len()).any(|word| self.is_predicate(word))
    }

    /// Returns the predicate that a word is, or that governs it.
    pub fn predicate(&self, word: usize) -> Option<usize> {
        let mut at = word;
        for _ in 0..STEPS {
            if self.is_predicate(at) {
                return Some(at);
            }
            at = self.node(at)?.head?;
        }
        None
    }

    /// Returns the predicate that follows a word of speech or thought as its content: "denied that he *paid*".
    pub fn complement(&self, word: usize) -> Option<usize> {
        self.child(word, Role::Complement).or_else(|| self.child(word, Role::OpenComplement))
    }

    /// Tells whether a word stands behind a predicate, in its clause.
    pub fn follows(&self, word: usize, predicate: usize) -> bool {
        word > predicate && (predicate + 1..word).all(|between| !self.is_predicate(between))
    }

    /// Tells whether a clause is what a verb of saying or thinking is about: "know *which of them won*".
    pub fn has_content(&self, predicate: usize) -> bool {
        self.node(predicate).is_some_and(|node| node.speech) && self.child(predicate, Role::Complement).is_some()
    }

    /// Tells whether a predicate stands under "if", "unless" or "whether", or holds only under such a condition.
    pub fn conditional(&self, predicate: usize) -> bool {
        let under = |clause: usize| {
            let marks = |(n, node): (usize, &Node)| node.role == Role::Marker && self.conditional.get(n) == Some(&true);
            self.children(clause).any(marks)
        };
        let mut clauses = self.children(predicate).filter(|(_, node)| node.role == Role::Clause);
        if clauses.any(|(clause, _)| under(clause)) {
            return true;
        }
        let mut at = Some(predicate);
        for _ in 0..STEPS {
            let Some(word) = at else { return false };
            if under(word) {
                return true;
            }
            at = self.node(word).and_then(|node| node.head);
        }
        false
    }

    /// Tells whether a predicate of another is only wanted or hoped for: "I want him to *win*".
    pub fn wished(&self, predicate: usize) -> bool {
        let mut at = predicate;
        for _ in 0..STEPS {
            let Some((node, head)) = self.node(at).and_then(|node| Some((node, node.head?))) else { return false };
            let inner = matches!(node.role, Role::Complement | Role::OpenComplement);
            // Who wants to do it himself says what he means to do.
            let of_another = self.child(at, Role::Subject).is_some() || self.child(head, Role::Object).is_some();
            if inner && of_another && self.wishes.get(head) == Some(&true) {
                return true;
            }
            at = head;
        }
        false
    }

    /// Returns the preposition and the noun of each phrase of the clause of a predicate: "sold the mill *to the town*".
    pub fn phrases(&self, predicate: usize) -> impl Iterator<Item = (usize, usize)> {
        let nouns =
            (0..self.nodes.len()).filter(move |&noun| noun != predicate && self.predicate(noun) == Some(predicate));
        nouns.filter_map(|noun| Some((self.child(noun, Role::Case)?, noun)))
    }

    /// Tells whether a predicate stands in the present perfect: "*have* been found".
    /// In a paraphrase it is "*had* been found".
    pub fn is_perfect(&self, predicate: usize, claim: &Parsed) -> bool {
        let now = |n: usize| {
            let told = claim.direct == Some(false) && claim.words[n].surface == HAD;
            PERFECT.contains(&claim.words[n].surface) || told
        };
        self.children(predicate).any(|(n, node)| node.role == Role::Auxiliary && node.have && now(n))
    }

    /// Tells whether a word is a noun.
    pub fn is_noun(&self, word: usize) -> bool {
        self.node(word).is_some_and(|node| node.tag.is_noun())
    }

    /// Tells whether a predicate stands in the past tense: "left", "*was* not safe", "*did* not leave".
    pub fn is_past(&self, predicate: usize) -> bool {
        let past = |node: &Node| node.tag.name() == "VBD";
        let helps = |(_, node): (usize, &Node)| node.role == Role::Auxiliary && past(node);
        self.node(predicate).is_some_and(past) || self.children(predicate).any(helps)
    }

    /// Counts the verbs of saying whose content a predicate is: 1 in "that he said the port will close".
    pub fn depth(&self, predicate: usize) -> usize {
        let (mut at, mut depth) = (predicate, 0);
        for _ in 0..STEPS {
            let Some((node, head)) = self.node(at).and_then(|node| Some((node, node.head?))) else { break };
            let said = node.role == Role::Complement && self.node(head).is_some_and(|above| above.speech);
            depth += usize::from(said);
            at = head;
        }
        depth
    }

    fn subject(&self, predicate: usize) -> Option<usize> {
        let mut at = predicate;
        for _ in 0..STEPS {
            let node = self.node(at)?;
            if let Some(subject) = self.child(at, Role::Subject) {
                // "Ruiz, who found the island": the one who found it is Ruiz.
                let relative = self.relative.get(subject) == Some(&true) && node.role == Role::Relative;
                return if relative { node.head } else { Some(subject) };
            }
            let head = node.head?;
            match node.role {
                // "I have no plans to run": who may run has the plans.
                Role::OpenComplement if self.node(head).is_some_and(|verb| verb.have) => {}
                Role::OpenComplement => {
                    if let Some(controller) = self.child(head, Role::Object) {
                        return Some(controller);
                    }
                }
                Role::Conjunct | Role::Clause => {}
                Role::Relative => return Some(head),
                _ => return None,
            }
            at = head;
        }
        None
    }

    pub fn passive(&self, predicate: usize) -> bool {
        let participle = self.node(predicate).is_some_and(|node| node.tag.name() == "VBN");
        participle && self.children(predicate).any(|(_, child)| child.role == Role::Auxiliary && child.be)
    }

    /// Returns a predicate with its logical arguments.
    pub fn frame(&self, predicate: usize) -> Frame {
        let subject = self.subject(predicate).or_else(|| self.before_auxiliary(predicate));
        let subject = subject.map(|subject| self.before_insertion(self.owned(subject), predicate));
        if self.passive(predicate) {
            let agent = self.children(predicate).find(|&(n, node)| {
                node.role == Role::Nominal && self.children(n).any(|(m, _)| self.by.get(m) == Some(&true))
            });
            return Frame { predicate, agent: agent.map(|(n, _)| n), theme: subject };
        }
        // "There are soldiers": what there is stands in the place of an object.
        let existing = subject.filter(|&there| self.is_there(there));
        let existing = existing.and_then(|there| {
            let subjects = self.children(predicate).filter(|(_, child)| child.role == Role::Subject);
            let verb = self.node(predicate).is_some_and(|node| node.tag.is_verb());
            subjects.map(|(n, _)| n).find(|&n| n > there).or((!verb).then_some(predicate))
        });
        let object = existing.or_else(|| self.child(predicate, Role::Object));
        let object = object.or_else(|| self.child(predicate, Role::Nominal));
        // "Signed Holm's permits": what is signed is not Holm.
        let object = object.map(|object| {
            if self.owners.get(object) == Some(&true) && object + 1 < self.nodes.len() { object + 1 } else { object }
        });
        Frame { predicate, agent: subject, theme: object }
    }
}
