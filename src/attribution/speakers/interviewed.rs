//! Who answers: in an interview that is printed as "Q: …" and "A: …", and where somebody was asked by somebody else. And the claims that a
//! fact-check only puts.
//!
//! Refuses interviews of which two people could be the subject.

use super::resolver::{Resolver, Verdict};
use super::stage::{Answer, Grammar, Sighting};
use crate::attribution::{Attribution, Form, dialogue};
use crate::lexicon::words;
use std::collections::HashMap;
use std::ops::Range;

impl Resolver<'_, '_> {
    /// Returns who is meant by the label of an answer; `None` for any other source.
    pub(super) fn interviewed(&mut self, source: &Range<usize>) -> Option<Verdict> {
        if !dialogue::is_answer(self.view.document, source) {
            return None;
        }
        // All answers are of one person.
        if self.interviewee.is_none() {
            self.interviewee = Some(self.introduced_before_the_talk());
        }
        self.interviewee.clone()
    }

    /// Returns the one person whom the line above the text names, or else who is spoken of most before the first question.
    fn introduced_before_the_talk(&self) -> Verdict {
        let document = self.view.document;
        let talk = dialogue::first_turn(document).unwrap_or(document.tokens.len());
        let mut named: HashMap<usize, usize> = HashMap::new();
        let mut above: Vec<usize> = Vec::new();
        for used in self.cast.uses_in(&(0..talk)) {
            if self.cast.figures[used.figure].is_person() && !self.only_signs(used.figure) {
                *named.entry(used.figure).or_default() += 1;
                if self.view.block(used.name.tokens.start) == 0 && !above.contains(&used.figure) {
                    above.push(used.figure);
                }
            }
        }
        for &figure in self.decided.range(..talk).map(|(_, figure)| figure) {
            named.entry(figure).and_modify(|times| *times += 1);
        }
        if let [only] = above[..] {
            return Verdict { figure: Some(only), candidates: Vec::new() };
        }
        let most = named.values().copied().max().unwrap_or(0);
        let mut candidates: Vec<usize> =
            named.into_iter().filter(|(_, times)| *times == most).map(|(who, _)| who).collect();
        candidates.sort_unstable();
        match candidates[..] {
            [only] => Verdict { figure: Some(only), candidates: Vec::new() },
            _ => Verdict { figure: None, candidates },
        }
    }

    /// Takes whoever asked out of an answer: “The mayor was asked by a teacher whether she would stay. “I will,” she replied.”
    pub(super) fn not_the_asker(&self, token: usize, answer: Answer) -> Answer {
        let view = self.view;
        let here = view.around(token);
        let from = here.start.checked_sub(1).map_or(here.start, |t| view.around(t).start);
        let asks = |t: usize| {
            let verb = t.checked_sub(1).map_or("", |t| view.word(t));
            view.word(t) == "by"
                && matches!(
                    verb,
                    "asked" | "Asked" | "questioned" | "Questioned" | "pressed" | "Pressed" | "challenged" | "quizzed"
                )
        };
        let Some(by) = (from..token).find(|&t| asks(t) && !view.is_quoted(t)) else { return answer };
        let near = |s: &&Sighting| (by + 1..by + 6).contains(&s.token) && s.form != Form::Pronoun;
        let asker = self.stage.before_token(token).find(near).map(|sighting| sighting.figure);
        if asker.is_none() || answer.figure != asker {
            return answer;
        }
        let start = view.around(by).start;
        let asked = |s: &&Sighting| (start..by).contains(&s.token) && s.grammar == Grammar::Subject;
        let figure = self.stage.before_token(by).find(asked).map(|sighting| sighting.figure);
        let candidates = answer.candidates.into_iter().filter(|&other| Some(other) != asker).collect();
        Answer { figure, candidates }
    }

    /// Tells whether a content is the claim that a fact-check puts before its finding: "Claim: “The port closed.”"
    pub(super) fn is_checked(&self, attribution: &Attribution) -> bool {
        let label = || {
            let content = self.view.document.tokens_in(attribution.content.cover()?);
            let colon = (content.start.saturating_sub(2)..content.start).find(|&t| self.view.word(t) == ":")?;
            let sentence = self.view.around(colon);
            Some(words::is_check_label(&self.view.text(&(sentence.start..colon)).to_lowercase()))
        };
        label().unwrap_or(false)
    }
}
