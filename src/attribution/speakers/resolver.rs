//! Walks the article once and gives each source its figure.
//!
//! Refuses to invent: a pronoun without a clear antecedent stays open, with its candidates.

use super::antecedent::{self, Asked, Choice};
use super::cast::Cast;
use super::conjuncts::conjuncts;
use super::figure::Figure;
use super::introduced;
use super::pairs;
use super::pointed::Pointed;
use super::quoted;
use super::source::{self, Article, Shape, shape};
use super::stage::{Answer, Grammar, Sighting, Stage, grammar};
use super::view::View;
use crate::attribution::deep::pointer::Pointer;
use crate::attribution::{Attribution, Category, Form, Mention};
use crate::lexicon::people::{self, Gender, Person, Pronoun};
use crate::lexicon::words;
use crate::span::Span;
use std::collections::BTreeMap;
use std::ops::Range;

/// The figure behind one attribution, or the figures it may be.
#[derive(Debug, Clone, Default)]
pub(super) struct Verdict {
    pub figure: Option<usize>,
    pub candidates: Vec<usize>,
}

pub(super) struct Resolver<'a, 'd> {
    pub(super) view: &'a View<'d>,
    pub(super) cast: Cast,
    pub(super) stage: Stage,
    /// Next token to be read, next use of a name.
    cursor: usize,
    next_use: usize,
    /// Bodies that were told of before they were named, by figure: "a group of employees", then "the group, Harbour Workers,".
    pub(super) same: BTreeMap<usize, usize>,
    /// Pronouns already decided, by token.
    pub(super) decided: BTreeMap<usize, usize>,
    /// Who gives the answers of an interview, once one was met.
    pub(super) interviewee: Option<Verdict>,
    /// The content of the attribution whose source is being resolved.
    content: Option<Range<usize>>,
    /// The choices for each pronoun that was a source, by token; kept for training only.
    trace: Option<Vec<(usize, Vec<Choice>)>>,
    /// The deep reader's pointer, where that reader ran.
    pointer: Option<&'a Pointer<'a>>,
}

impl<'a, 'd> Resolver<'a, 'd> {
    pub fn new(view: &'a View<'d>, cast: Cast) -> Self {
        Self {
            view,
            cast,
            stage: Stage::new(),
            cursor: 0,
            next_use: 0,
            same: BTreeMap::new(),
            decided: BTreeMap::new(),
            interviewee: None,
            content: None,
            trace: None,
            pointer: None,
        }
    }

    /// Asks a pointer, too.
    pub const fn pointed(mut self, pointer: Option<&'a Pointer<'a>>) -> Self {
        self.pointer = pointer;
        self
    }

    /// Returns whom the pointer means by a source; `apart` when the source cannot mean itself.
    pub(super) fn point(&self, source: &Range<usize>, apart: bool) -> Option<Pointed> {
        self.pointer.map(|pointer| Pointed::of(pointer, &self.cast, &self.stage, source, apart))
    }

    /// Keeps the choices for each pronoun that is a source.
    pub fn traced(mut self) -> Self {
        self.trace = Some(Vec::new());
        self
    }

    pub fn take_trace(&mut self) -> Vec<(usize, Vec<Choice>)> {
        self.trace.take().unwrap_or_default()
    }

    pub fn into_cast(self) -> Cast {
        self.cast
    }

    /// Returns one verdict for each attribution, in their order.
    pub fn run(&mut self, attributions: &[Attribution]) -> Vec<Verdict> {
        let mut verdicts: Vec<Verdict> = vec![Verdict::default(); attributions.len()];
        let mut order: Vec<(Range<usize>, usize)> = Vec::new();
        for (number, attribution) in attributions.iter().enumerate() {
            if let Some(cover) = attribution.source.as_ref().and_then(crate::span::Spans::cover) {
                order.push((self.view.document.tokens_in(cover), number));
            }
        }
        order.sort_by_key(|(tokens, number)| (tokens.start, tokens.end, *number));
        let mut first_person: Vec<usize> = Vec::new();
        for (tokens, number) in order {
            self.read_to(tokens.start);
            self.content = attributions[number].content.cover().map(|cover| self.view.document.tokens_in(cover));
            match self.source(&tokens) {
                Found::Verdict(verdict) => {
                    if let Some(figure) = verdict.figure {
                        self.spoke(figure, &tokens);
                    }
                    verdicts[number] = verdict;
                }
                Found::FirstPerson => first_person.push(number),
            }
        }
        quoted::carry(self.view.document, attributions, &mut verdicts);
        quoted::first_persons(attributions, &first_person, &mut verdicts);
        self.author(attributions, &first_person, &mut verdicts);
        self.sourceless(attributions, &mut verdicts);
        self.led(attributions, &mut verdicts);
        self.name_earlier(&mut verdicts);
        quoted::never_themselves(self.view.document, attributions, &mut verdicts);
        verdicts
    }

    /// Gives contents without a source the speaker whom the pointer means.
    fn sourceless(&self, attributions: &[Attribution], verdicts: &mut [Verdict]) {
        for (attribution, verdict) in attributions.iter().zip(verdicts) {
            let content = attribution.content.iter().next().map(|span| self.view.document.tokens_in(span));
            if attribution.source.is_none()
                && !self.is_checked(attribution)
                && let Some(pointed) = content.and_then(|content| self.point(&content, false))
            {
                let answer = pointed.sourceless(&self.cast, verdict);
                *verdict = answer;
            }
        }
    }

    /// Reads the narrative up to a token: names and pronouns become sightings.
    fn read_to(&mut self, end: usize) {
        while self.cursor < end.min(self.view.len()) {
            let token = self.cursor;
            self.cursor += 1;
            while self.next_use < self.cast.uses.len() && self.cast.uses[self.next_use].name.tokens.start < token {
                self.next_use += 1;
            }
            if let Some(used) = self.cast.uses.get(self.next_use)
                && used.name.tokens.start == token
            {
                let (figure, end) = (used.figure, used.name.tokens.end);
                if let Some(unnamed) = self.explained(used) {
                    self.same.insert(unnamed, figure);
                }
                let form = if used.name.tokens.len() > 1 { Form::Name } else { Form::Surname };
                let grammar = grammar(self.view, &(used.name.whole.start..end), end.max(used.name.reach));
                self.see(figure, token, grammar, form);
                continue;
            }
            let tag = self.view.tag(token);
            if matches!(tag, "PRP" | "PRP$") && !self.view.is_quoted(token) {
                self.read_pronoun(token);
            } else if matches!(tag, "NNS" | "NN") && !self.view.is_quoted(token) {
                self.read_noun(token);
            }
        }
    }

    fn read_pronoun(&mut self, token: usize) {
        let Some(pronoun) = people::pronoun(&self.view.lower(token)).filter(|p| p.person == Person::Third) else {
            return;
        };
        let (answer, share) = self.antecedent(token, &pronoun, None);
        if let Some(figure) = answer.figure {
            self.decided.insert(token, figure);
            self.learn_gender(figure, &pronoun, share);
            let grammar = match self.view.tag(token) {
                "PRP$" => (Grammar::Owner, false),
                _ => grammar(self.view, &(token..token + 1), token + 1),
            };
            self.see(figure, token, grammar, Form::Pronoun);
        }
    }

    pub(super) fn antecedent(&self, token: usize, pronoun: &Pronoun, content: Option<Range<usize>>) -> (Answer, f64) {
        let pointed = self.point(&(token..token + 1), true);
        self.stage.pronoun(self.view, &self.cast, &Asked { token, pronoun, content, pointed })
    }

    /// A pronoun that seems to mean a person tells, as far as it is likely, whether that person is a man or a woman.
    fn learn_gender(&mut self, figure: usize, pronoun: &Pronoun, share: f64) {
        let figure = &mut self.cast.figures[figure];
        if let Some(gender) = pronoun.gender
            && figure.is_person()
        {
            figure.guessed += if gender == Gender::Male { share } else { -share };
        }
    }

    /// Takes note of a group, a body or a text that is the subject of a verb, and of a person described anew.
    fn read_noun(&mut self, token: usize) {
        let view = self.view;
        let owns = view.is_possessive(token + 1);
        if !owns && (!view.is_verb(token + 1) || view.is_noun(token + 1)) {
            return;
        }
        let sentence = view.around(token);
        let mut start = token;
        while start > sentence.start {
            let tag = view.tag(start - 1);
            let inside =
                matches!(tag, "NN" | "NNS" | "NNP" | "NNPS" | "JJ" | "JJR" | "JJS" | "CD" | "POS" | "DT" | "PRP$");
            let named = start > sentence.start + 1 && view.is_capital(start - 1);
            if !inside && !named {
                break;
            }
            start -= 1;
            if matches!(tag, "DT" | "PRP$") {
                break;
            }
        }
        let range = start..token + 1;
        let nominal = source::nominal(view, &self.cast, range);
        if nominal.category == Category::Document {
            return;
        }
        let owner = self.owner(&nominal);
        let answer = self.known(&nominal, owner);
        let introduced = matches!(nominal.article, Article::Indefinite | Article::Bare);
        let figure = match (nominal.category, answer.figure) {
            (_, Some(figure)) => figure,
            (Category::Anonymous, None) if !introduced => return,
            (_, None) if owns => return,
            (_, None) => self.unnamed(&nominal, owner),
        };
        let main = grammar(view, &(token..token + 1), token + 1).1;
        self.see(figure, token, if owns { (Grammar::Owner, false) } else { (Grammar::Subject, main) }, Form::Nominal);
    }

    fn see(&mut self, figure: usize, token: usize, (grammar, main): (Grammar, bool), form: Form) {
        let quoted = self.view.is_quoted(token);
        self.stage.see(Sighting { figure, token, grammar, spoke: false, quoted, main, form });
    }

    fn spoke(&mut self, figure: usize, tokens: &Range<usize>) {
        let pronoun = people::pronoun(&self.view.lower(tokens.start)).is_some();
        let form = if pronoun { Form::Pronoun } else { Form::Name };
        let (token, grammar, quoted) = (tokens.start, Grammar::Subject, self.view.is_quoted(tokens.start));
        self.stage.see(Sighting { figure, token, grammar, spoke: true, quoted, main: true, form });
    }

    pub(super) fn mention(&mut self, figure: usize, tokens: &Range<usize>, form: Form) {
        let span: Span = self.view.span(tokens);
        let figure = &mut self.cast.figures[figure];
        figure.first = figure.first.min(tokens.start);
        figure.mentions.push(Mention { span, form });
    }

    fn source(&mut self, tokens: &Range<usize>) -> Found {
        if words::is_check_label(&self.view.text(tokens).to_lowercase()) {
            return Found::Verdict(Verdict::default());
        }
        if let Some(verdict) = self.interviewed(tokens) {
            return Found::Verdict(verdict);
        }
        if let Some(figure) = introduced::introduced(self.view, &self.cast, tokens) {
            return Found::Verdict(Verdict { figure: Some(figure), candidates: Vec::new() });
        }
        let parts = conjuncts(self.view, &self.cast, tokens);
        if let [only] = parts.as_slice() {
            return self.single(only);
        }
        let mut members: Vec<usize> = Vec::new();
        for part in &parts {
            // "Baker and her aides": the first of them is known when the next is read.
            self.read_to(part.start);
            match self.single(part) {
                Found::Verdict(Verdict { figure: Some(figure), .. }) if !members.contains(&figure) => {
                    members.push(figure);
                }
                Found::Verdict(Verdict { figure: Some(_), .. }) => {}
                other => return other,
            }
        }
        let figure = match members.as_slice() {
            [] => return Found::Verdict(Verdict::default()),
            [only] => *only,
            _ => self.joint(members, tokens),
        };
        Found::Verdict(Verdict { figure: Some(figure), candidates: Vec::new() })
    }

    /// Returns the figure of several speakers together, named after them.
    pub(super) fn joint(&mut self, mut members: Vec<usize>, tokens: &Range<usize>) -> usize {
        let names: Vec<&str> = members.iter().map(|&m| self.cast.figures[m].name.as_str()).collect();
        let name = match names.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
            _ => names.join(""),
        };
        members.sort_unstable();
        let key = format!("joint:{members:?}");
        let figure = match self.cast.keyed(&key) {
            Some(figure) => figure,
            None => {
                let mut figure = Figure::new(name, Category::Group, tokens.start);
                figure.members = members;
                self.cast.add_unnamed(key, figure)
            }
        };
        self.mention(figure, tokens, Form::Nominal);
        figure
    }

    fn single(&mut self, tokens: &Range<usize>) -> Found {
        if let Some(pair) = pairs::pair(self.view, tokens) {
            return Found::Verdict(self.two(tokens, pair));
        }
        if let Some(members) = self.cast.family(self.view, tokens) {
            let figure = self.joint(members, tokens);
            return Found::Verdict(Verdict { figure: Some(figure), candidates: Vec::new() });
        }
        if let Some(figure) = self.taken_together(tokens).or_else(|| self.called_by_origin(tokens)) {
            self.cast.figures[figure].learn(self.view, tokens);
            self.mention(figure, tokens, Form::Nominal);
            return Found::Verdict(Verdict { figure: Some(figure), candidates: Vec::new() });
        }
        let Some(shape) = shape(self.view, &self.cast, tokens) else {
            return Found::Verdict(Verdict::default());
        };
        match shape {
            Shape::Figure(figure) => Found::Verdict(Verdict { figure: Some(figure), candidates: Vec::new() }),
            Shape::Open(figures) => Found::Verdict(Verdict { figure: None, candidates: figures.to_vec() }),
            Shape::Pronoun(token, pronoun) => self.pronoun(token, pronoun),
            Shape::Nominal(nominal) => Found::Verdict(self.nominal(&nominal, tokens)),
        }
    }

    /// Returns whom a pronoun means where it has been decided or nouns tell.
    fn known_for(&mut self, token: usize, pronoun: &Pronoun) -> Option<usize> {
        let decided = self.decided.get(&token).copied();
        decided.or_else(|| self.text_before(token, pronoun)).or_else(|| self.told_of(token, pronoun))
    }

    fn pronoun(&mut self, token: usize, pronoun: Pronoun) -> Found {
        let answer = match pronoun.person {
            Person::First => return Found::FirstPerson,
            Person::Second | Person::Nobody => return Found::Verdict(Verdict::default()),
            Person::Relative => return Found::Verdict(self.relative(token, pronoun)),
            Person::Third => match self.known_for(token, &pronoun) {
                Some(figure) => Answer { figure: Some(figure), candidates: vec![figure] },
                None => {
                    if let Some(trace) = &mut self.trace {
                        let asked = Asked { token, pronoun: &pronoun, content: self.content.clone(), pointed: None };
                        trace.push((token, antecedent::rank(self.view, &self.cast, &self.stage, &asked)));
                    }
                    let (answer, share) = self.antecedent(token, &pronoun, self.content.clone());
                    let answer = self.not_the_asker(token, answer);
                    if let Some(figure) = answer.figure {
                        self.learn_gender(figure, &pronoun, share);
                    }
                    let before = || {
                        let one = pronoun.number == people::Number::One && pronoun.thing != people::Thing::Only;
                        let source = token..token + 1;
                        self.told_of_right_before(&source, pronoun.gender)
                            .filter(|_| one && !self.view.is_quoted(token))
                    };
                    let body = || self.body_before(token, &pronoun);
                    Answer { figure: answer.figure.or_else(before).or_else(body), candidates: answer.candidates }
                }
            },
        };
        if let Some(figure) = answer.figure {
            self.mention(figure, &(token..token + 1), Form::Pronoun);
        }
        Found::Verdict(Verdict { figure: answer.figure, candidates: answer.candidates })
    }
}

/// What a source led to.
enum Found {
    Verdict(Verdict),
    /// "I", "we": the one who is quoted, known only when all sources are.
    FirstPerson,
}
