//! A fast dependency parser: who governs whom in a sentence, and in which role.
//!
//! Transition-based (arc-hybrid; Kuhlmann, Gómez-Rodríguez and Satta 2011), greedy, with a perceptron trained by dynamic
//! oracle (Goldberg and Nivre 2013); roles are chosen after the arcs. Refuses crossing arcs and knows one root a sentence.

use crate::text::Tag;
use crate::text::atoms::Atom;
use crate::text::linear::{Bytes, Dense, Sparse, mix};
use crate::text::tagger::best;

/// What a token is to its governor; CoreNLP's relations, grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Role {
    #[default]
    Root,
    Subject,
    Object,
    /// A clause with its own subject: "said *it rained*".
    Complement,
    /// A clause without one: "wants *to leave*".
    OpenComplement,
    /// An adverbial clause.
    Clause,
    /// A clause that modifies a noun.
    Relative,
    /// A noun with or without preposition: "told *on Monday*".
    Nominal,
    Possessive,
    Compound,
    Determiner,
    Attribute,
    Auxiliary,
    Marker,
    Case,
    Adverb,
    Conjunct,
    Coordinator,
    Punctuation,
    Parataxis,
    Apposition,
    Other,
}

impl Role {
    /// Every role, in the order of the classifier's classes.
    pub const ALL: [Self; 22] = [
        Self::Root,
        Self::Subject,
        Self::Object,
        Self::Complement,
        Self::OpenComplement,
        Self::Clause,
        Self::Relative,
        Self::Nominal,
        Self::Possessive,
        Self::Compound,
        Self::Determiner,
        Self::Attribute,
        Self::Auxiliary,
        Self::Marker,
        Self::Case,
        Self::Adverb,
        Self::Conjunct,
        Self::Coordinator,
        Self::Punctuation,
        Self::Parataxis,
        Self::Apposition,
        Self::Other,
    ];

    /// Returns the group of a relation name of Universal Dependencies, version 1 or 2.
    pub fn of(relation: &str) -> Self {
        match relation {
            "root" => Self::Root,
            "nsubj" | "nsubjpass" | "nsubj:pass" | "csubj" | "csubjpass" | "csubj:pass" | "expl" => Self::Subject,
            "dobj" | "iobj" | "obj" => Self::Object,
            "ccomp" => Self::Complement,
            "xcomp" => Self::OpenComplement,
            "advcl" => Self::Clause,
            "acl" | "acl:relcl" => Self::Relative,
            "nmod:poss" => Self::Possessive,
            "compound" | "name" | "flat" | "compound:prt" | "mwe" | "fixed" => Self::Compound,
            "det" | "det:predet" | "cc:preconj" => Self::Determiner,
            "amod" | "nummod" => Self::Attribute,
            "aux" | "auxpass" | "aux:pass" | "cop" => Self::Auxiliary,
            "mark" => Self::Marker,
            "case" => Self::Case,
            "advmod" | "neg" => Self::Adverb,
            "conj" => Self::Conjunct,
            "cc" => Self::Coordinator,
            "punct" => Self::Punctuation,
            "parataxis" | "discourse" => Self::Parataxis,
            "appos" => Self::Apposition,
            _ if relation.starts_with("nmod") || relation.starts_with("obl") => Self::Nominal,
            _ => Self::Other,
        }
    }
}

/// No governor: the root, or a token that has none yet.
pub const NONE: usize = usize::MAX;

/// The three moves.
pub const SHIFT: usize = 0;
/// The top of the stack gets the next word as its governor.
pub const LEFT: usize = 1;
/// The top of the stack gets the one below it as its governor.
pub const RIGHT: usize = 2;

/// The weights of the moves and of the roles.
#[derive(Debug, Clone, Copy)]
pub struct Parser<'a> {
    moves: Dense<'a, 3>,
    roles: Sparse<'a>,
}

impl<'a> Parser<'a> {
    /// Reads the weights off the front of `bytes`.
    pub fn read(bytes: &mut Bytes<'a>) -> Self {
        Self { moves: Dense::read(bytes), roles: Sparse::read(bytes) }
    }

    /// Returns for each token of a sentence its governor ([`NONE`] at the root) and its role.
    pub fn parse(&self, atoms: &[Atom], tags: &[Tag]) -> Vec<(usize, Role)> {
        let mut state = State::new(atoms.len());
        let mut features = Vec::with_capacity(64);
        while !state.is_final() {
            let allowed = state.allowed();
            let mut sums = [0.0; 3];
            if allowed.iter().filter(|&&a| a).count() > 1 {
                move_features(atoms, tags, &state, &mut features);
                self.moves.add(&features, &mut sums);
            }
            for (sum, allowed) in sums.iter_mut().zip(allowed) {
                if !allowed {
                    *sum = f32::NEG_INFINITY;
                }
            }
            state.step(best(&sums));
        }
        self.roles(atoms, tags, &state.heads)
    }

    /// Chooses the roles of all tokens of a sentence that have a governor, together.
    fn roles(&self, atoms: &[Atom], tags: &[Tag], heads: &[usize]) -> Vec<(usize, Role)> {
        let governed: Vec<usize> = (0..atoms.len()).filter(|&at| heads[at] != NONE).collect();
        let (mut features, mut all) = (Vec::new(), Vec::new());
        for &at in &governed {
            role_features(atoms, tags, heads, at, &mut features);
            all.append(&mut features);
        }
        let of_one = all.len() / governed.len().max(1);
        let mut sums = vec![[0f32; Role::ALL.len()]; governed.len()];
        self.roles.each(&all, |feature, class, weight| {
            if let Some(sum) = sums[feature / of_one].get_mut(class) {
                *sum += weight;
            }
        });
        let mut out: Vec<(usize, Role)> = heads.iter().map(|&head| (head, Role::Root)).collect();
        for (at, sums) in governed.into_iter().zip(&sums) {
            out[at].1 = Role::ALL[best(sums)];
        }
        out
    }
}

/// A parse in the making.
#[derive(Debug, Clone)]
pub struct State {
    pub stack: Vec<usize>,
    pub next: usize,
    pub heads: Vec<usize>,
    /// The two outermost dependents on the left (outermost first), and how many there are.
    left: Vec<([usize; 2], u8)>,
    right: Vec<([usize; 2], u8)>,
}

impl State {
    pub fn new(len: usize) -> Self {
        let children = vec![([NONE; 2], 0); len];
        Self { stack: Vec::new(), next: 0, heads: vec![NONE; len], left: children.clone(), right: children }
    }

    pub fn is_final(&self) -> bool {
        self.next >= self.heads.len() && self.stack.len() <= 1
    }

    /// Tells which of the three moves are possible.
    pub fn allowed(&self) -> [bool; 3] {
        let more = self.next < self.heads.len();
        [more, more && !self.stack.is_empty(), self.stack.len() > 1]
    }

    /// Makes a move that is allowed; another does nothing but go on.
    pub fn step(&mut self, action: usize) {
        match action {
            LEFT => {
                if let Some(top) = self.stack.pop() {
                    self.heads[top] = self.next;
                    let (outer, count) = &mut self.left[self.next];
                    *outer = [top, outer[0]];
                    *count = count.saturating_add(1);
                    // In arc-hybrid a later left dependent stands farther left.
                }
            }
            RIGHT => {
                if let [.., below, top] = self.stack[..] {
                    self.heads[top] = below;
                    let (outer, count) = &mut self.right[below];
                    *outer = [top, outer[0]];
                    *count = count.saturating_add(1);
                }
                self.stack.pop();
            }
            _ => {
                self.stack.push(self.next);
                self.next += 1;
            }
        }
    }
}

/// Fills `out` with the features of the next move.
pub fn move_features(atoms: &[Atom], tags: &[Tag], state: &State, out: &mut Vec<u64>) {
    out.clear();
    let top = |n: usize| state.stack.len().checked_sub(n).map_or(NONE, |i| state.stack[i]);
    let (s0, s1, s2) = (top(1), top(2), top(3));
    let (n0, n1, n2) = (state.next, state.next + 1, state.next + 2);
    let w = |i: usize| atoms.get(i).map_or(3, |a| a.word);
    let t = |i: usize| tags.get(i).map_or(60, |t| u64::from(t.0) + 1);
    let children = |side: &[([usize; 2], u8)], i: usize| side.get(i).copied().unwrap_or(([NONE; 2], 0));
    let (s0l, s0r, n0l) = (children(&state.left, s0), children(&state.right, s0), children(&state.left, n0));
    let s1r = children(&state.right, s1);
    let distance = if s0 == NONE { 0 } else { (n0 - s0).min(6) as u64 };
    let (s0w, s0t, s1w, s1t, n0w, n0t) = (w(s0), t(s0), w(s1), t(s1), w(n0), t(n0));
    let (n1w, n1t, n2t, s2t) = (w(n1), t(n1), t(n2), t(s2));
    let mut feature = 200;
    let mut push = |a: u64, b: u64, c: u64| {
        feature += 1;
        out.push(mix(mix(mix(feature, a), b), c));
    };
    push(s0w, s0t, 0);
    push(s0t, 0, 0);
    push(n0w, n0t, 0);
    push(n0t, 0, 0);
    push(n1w, n1t, 0);
    push(n1t, n2t, 0);
    push(s1w, s1t, 0);
    push(s0w, s0t, n0t);
    push(s0t, n0w, n0t);
    push(s0w, n0w, 0);
    push(s0t, n0t, 0);
    push(s0t, n0t, n1t);
    push(s0w, n0t, n1t);
    push(mix(s0t, n0t), n1t, n2t);
    push(s1t, s0t, n0t);
    push(s1t, s0t, 0);
    push(s1w, s0w, 0);
    push(s1w, s0t, n0t);
    push(s1t, s0w, n0t);
    push(mix(s2t, s1t), s0t, n0t);
    push(mix(s1t, s0t), n0t, n1t);
    push(s0t, t(s0l.0[0]), n0t);
    push(s0t, t(s0r.0[0]), n0t);
    push(s0t, n0t, t(n0l.0[0]));
    push(s0t, t(n0l.0[0]), t(n0l.0[1]));
    push(s0w, t(s0r.0[0]), t(s0r.0[1]));
    push(mix(s0t, s1t), t(s0r.0[0]), n0t);
    push(mix(s0t, s1t), t(s1r.0[0]), n0t);
    push(s0w, u64::from(s0r.1), n0t);
    push(s0t, u64::from(s0l.1), n0t);
    push(n0w, u64::from(n0l.1), s0t);
    push(distance, s0t, n0t);
    push(distance, s0w, n0t);
    push(distance, s1t, s0t);
    push(w(s0r.0[0]), s0t, n0t);
    push(w(n0l.0[0]), s0t, n0t);
    push(s0w, t(s0l.0[0]), s1t);
    push(s1w, s0w, n0t);
    push(n0w, n1w, 0);
    push(s1w, n0w, s0t);
}

/// Fills `out` with the features of the role of the token at `at`, which has a governor.
pub fn role_features(atoms: &[Atom], tags: &[Tag], heads: &[usize], at: usize, out: &mut Vec<u64>) {
    out.clear();
    let head = heads[at];
    let w = |i: usize| atoms.get(i).map_or(3, |a| a.word);
    let t = |i: usize| tags.get(i).map_or(60, |t| u64::from(t.0) + 1);
    let direction = u64::from(head < at);
    let distance = head.abs_diff(at).min(4) as u64 * 2 + direction;
    let above = heads.get(head).copied().unwrap_or(NONE);
    let mut feature = 300;
    let mut push = |a: u64, b: u64, c: u64| {
        feature += 1;
        out.push(mix(mix(mix(feature, a), b), c));
    };
    push(w(at), direction, 0);
    push(t(at), t(head), direction);
    push(w(at), t(head), direction);
    push(t(at), w(head), direction);
    push(w(at), w(head), 0);
    push(t(at), t(head), distance);
    push(mix(t(at), t(head)), t(at.wrapping_sub(1)), direction);
    push(mix(t(at), t(head)), t(at + 1), direction);
    push(mix(t(at), t(head)), w(at.wrapping_sub(1)), direction);
    push(mix(t(at), t(head)), t(above), direction);
    push(w(at + 1), t(at), direction);
}
