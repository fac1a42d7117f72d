//! Whom a third-person pronoun means: a log-linear ranking of the figures in reach, one of whose choices is "none of them".
//!
//! The weights (`antecedent.tsv`, card `antecedent.md`) are learned from pronouns whose speaker a reader has written down
//! (`examples/train_antecedent.rs`). Refuses to look at words other than names and pronouns: nothing is learned of a topic.

use super::cast::Cast;
use super::pointed::Pointed;
use super::stage::{Grammar, Sighting, Stage};
use super::view::View;
use crate::attribution::{Category, Form};
use crate::lexicon::people::{Number, Pronoun, Thing};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

macro_rules! features {
    ($($name:ident),* $(,)?) => {
        /// What a choice may have in its favour or against it.
        #[derive(Debug, Clone, Copy)]
        #[allow(non_camel_case_types)]
        enum Feature { $($name),* }
        /// Their names, in order.
        pub const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}

features!(
    none,
    none_nobody_near,
    none_two_near,
    sentence_0,
    sentence_1,
    sentence_2,
    sentence_3,
    sentence_far,
    block_0,
    block_1,
    block_2,
    block_far,
    subject_0,
    subject_1,
    subject_2,
    subject_far,
    main_0,
    main_1,
    main_2,
    topic_1,
    opens_1,
    object,
    oblique,
    owner,
    quoted,
    in_content,
    first_here,
    first_before,
    spoke_here,
    spoke_before,
    spoke_far,
    last_speaker_here,
    last_speaker_before,
    last_speaker_far,
    nearest,
    second,
    nearest_subject,
    seen,
    gender_known,
    guess_for,
    guess_against,
    anonymous,
    one_government,
    many_group,
    many_government,
    many_body,
    thing_body,
    thing_government,
    chain,
    by_name,
    by_surname,
    only_owner,
    after_quote_spoke,
    after_quote_subject_1,
    opens_block_main_1,
    opens_block_spoke_before,
    alone_in_block,
    described,
    anonymous_main_1,
    anonymous_far,
    main_1_first_here,
    first_here_nearest,
);

/// Features of one choice: number and value.
pub(super) type Features = Vec<(usize, f32)>;

static WEIGHTS: LazyLock<Vec<f32>> = LazyLock::new(|| {
    let rows = include_str!("antecedent.tsv").lines().filter(|row| !row.starts_with('#'));
    let known: HashMap<&str, f32> = rows
        .filter_map(|row| row.split_once('\t'))
        .filter_map(|(name, weight)| Some((name, weight.parse().ok()?)))
        .collect();
    NAMES.iter().map(|name| known.get(name).copied().unwrap_or(0.0)).collect()
});

/// One figure that a pronoun may mean, `None` for nobody in reach, with what speaks for it.
pub(super) struct Choice {
    pub figure: Option<usize>,
    pub features: Features,
    /// Probability, summing to one over the choices.
    pub share: f64,
}

/// Where a pronoun stands.
pub(super) struct Asked<'a> {
    pub token: usize,
    pub pronoun: &'a Pronoun,
    /// The content attributed to it, in tokens, when it is a source.
    pub content: Option<Range<usize>>,
    /// What the deep reader's pointer says, where that reader ran.
    pub pointed: Option<Pointed>,
}

/// What the logarithm of the pointer's share counts beside the weights of the features.
const POINTED: f64 = 0.5;
/// A figure is taken to have at least this share.
const LEAST: f64 = 0.005;
/// And one without a name this share.
const LEAST_UNNAMED: f64 = 0.1;

/// Returns the choices for a pronoun, likeliest first.
pub(super) fn rank(view: &View<'_>, cast: &Cast, stage: &Stage, asked: &Asked<'_>) -> Vec<Choice> {
    let mut order: Vec<usize> = Vec::new();
    for sighting in stage.before_token(asked.token) {
        let figure = &cast.figures[sighting.figure];
        let pronoun = asked.pronoun;
        let agree = pronoun.gender.is_none() || figure.gender.is_none() || pronoun.gender == figure.gender;
        if agree && fits(pronoun, figure.category) && !order.contains(&sighting.figure) {
            order.push(sighting.figure);
        }
    }
    let setting = Setting::of(view, cast, stage, asked, &order);
    let mut choices: Vec<Choice> = order
        .iter()
        .enumerate()
        .map(|(place, &figure)| Choice { figure: Some(figure), features: setting.features(figure, place), share: 0.0 })
        .collect();
    choices.push(Choice { figure: None, features: setting.nobody(), share: 0.0 });
    let scores: Vec<f64> =
        choices.iter().map(|choice| score(&choice.features) + pointed(cast, asked, choice, &order)).collect();
    let most = scores.iter().copied().fold(f64::MIN, f64::max);
    let sum: f64 = scores.iter().map(|score| (score - most).exp()).sum();
    for (choice, score) in choices.iter_mut().zip(scores) {
        choice.share = (score - most).exp() / sum;
    }
    choices.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.figure.cmp(&b.figure)));
    choices
}

/// What the pointer adds to the score of a choice; nobody has what the figures in reach leave, those of the other gender aside,
/// which cannot be meant.
fn pointed(cast: &Cast, asked: &Asked<'_>, choice: &Choice, order: &[usize]) -> f64 {
    let Some(pointed) = &asked.pointed else { return 0.0 };
    let gender = asked.pronoun.gender;
    let other = |figure: usize| gender.zip(cast.figures[figure].gender).is_some_and(|(a, b)| a != b);
    let barred: f64 = pointed.figures.iter().filter(|f| other(f.0)).map(|f| f.1).sum();
    let left = (1.0 - barred).max(LEAST);
    let share = match choice.figure {
        // The pointer was taught names: of somebody without one it knows little.
        Some(figure) if cast.figures[figure].named == 0 => (pointed.share(figure) / left).max(LEAST_UNNAMED),
        Some(figure) => pointed.share(figure) / left,
        None => 1.0 - order.iter().map(|&figure| pointed.share(figure)).sum::<f64>() / left,
    };
    POINTED * share.max(LEAST).ln()
}

fn score(features: &Features) -> f64 {
    features.iter().map(|&(feature, value)| f64::from(WEIGHTS[feature] * value)).sum()
}

/// What all choices for one pronoun share.
struct Setting<'a, 'd> {
    view: &'a View<'d>,
    cast: &'a Cast,
    asked: &'a Asked<'a>,
    /// Newest first.
    sightings: Vec<Sighting>,
    seen: &'a Stage,
    sentence: usize,
    block: usize,
    /// The figure that spoke last, and in which block.
    last_speaker: Option<(usize, usize)>,
    nearest_subject: Option<usize>,
    near: usize,
    after_quote: bool,
    opens_block: bool,
    /// How many figures that fit the pronoun were seen in its block.
    in_block: usize,
}

impl<'a, 'd> Setting<'a, 'd> {
    fn of(view: &'a View<'d>, cast: &'a Cast, stage: &'a Stage, asked: &'a Asked<'a>, order: &[usize]) -> Self {
        let sightings: Vec<Sighting> = stage.before_token(asked.token).copied().collect();
        let (sentence, block) = (view.sentence(asked.token), view.block(asked.token));
        let fits = |s: &&Sighting| order.contains(&s.figure);
        let last_speaker = sightings.iter().find(|s| s.spoke).map(|s| (s.figure, view.block(s.token)));
        let subject = sightings.iter().filter(fits).find(|s| s.grammar == Grammar::Subject && !s.quoted);
        let mut near: Vec<usize> = Vec::new();
        let mut here: Vec<usize> = Vec::new();
        for s in sightings.iter().filter(fits) {
            if sentence - view.sentence(s.token).min(sentence) <= 2 && !near.contains(&s.figure) {
                near.push(s.figure);
            }
            if view.block(s.token) == block && !here.contains(&s.figure) {
                here.push(s.figure);
            }
        }
        let before = (1..4).filter_map(|back| asked.token.checked_sub(back)).take_while(|&t| view.block(t) == block);
        let after_quote = before.take(3).any(|t| view.tag(t) == "''" || matches!(view.word(t), "”" | "\""));
        let opens_block = asked.token.checked_sub(1).is_none_or(|t| view.block(t) != block);
        Self {
            view,
            cast,
            asked,
            seen: stage,
            sentence,
            block,
            last_speaker,
            nearest_subject: subject.map(|s| s.figure),
            near: near.len(),
            after_quote,
            opens_block,
            in_block: here.len(),
            sightings,
        }
    }

    fn nobody(&self) -> Features {
        let mut out = vec![(Feature::none as usize, 1.0)];
        if self.near == 0 {
            out.push((Feature::none_nobody_near as usize, 1.0));
        }
        if self.near > 1 {
            out.push((Feature::none_two_near as usize, 1.0));
        }
        out
    }

    fn features(&self, number: usize, place: usize) -> Features {
        use Feature as F;
        let mut out: Features = Vec::with_capacity(24);
        let mut add = |feature: Feature, holds: bool| {
            if holds {
                out.push((feature as usize, 1.0));
            }
        };
        let figure = &self.cast.figures[number];
        let mine = || self.sightings.iter().filter(|s| s.figure == number);
        let away = |s: &Sighting| self.sentence.saturating_sub(self.view.sentence(s.token));
        let blocks = |s: &Sighting| self.block.saturating_sub(self.view.block(s.token));
        let inside = |s: &Sighting| self.asked.content.as_ref().is_some_and(|c| c.contains(&s.token));
        let Some(last) = mine().find(|s| !inside(s)).or_else(|| mine().next()) else { return out };
        let at = |n: usize, features: [Feature; 4]| features[n.min(3)];
        add(
            if away(last) > 3 {
                F::sentence_far
            } else {
                at(away(last), [F::sentence_0, F::sentence_1, F::sentence_2, F::sentence_3])
            },
            true,
        );
        add(at(blocks(last), [F::block_0, F::block_1, F::block_2, F::block_far]), true);
        let open = || mine().filter(|s| !s.quoted && !inside(s));
        if let Some(subject) = open().find(|s| s.grammar == Grammar::Subject) {
            add(at(away(subject), [F::subject_0, F::subject_1, F::subject_2, F::subject_far]), true);
        }
        if let Some(main) = open().find(|s| s.grammar == Grammar::Subject && s.main)
            && away(main) < 3
        {
            add([F::main_0, F::main_1, F::main_2][away(main)], true);
        }
        let before = open().rfind(|s| away(s) == 1);
        let first_of_sentence = self.sightings.iter().rfind(|s| away(s) == 1);
        add(F::topic_1, before.is_some() && before.map(|s| s.token) == first_of_sentence.map(|s| s.token));
        let opens = before.is_some_and(|s| s.token < self.view.around(s.token).start + 4);
        add(F::opens_1, opens);
        match last.grammar {
            Grammar::Subject => {}
            Grammar::Object => add(F::object, true),
            Grammar::Oblique => add(F::oblique, true),
            Grammar::Owner => add(F::owner, true),
        }
        add(F::quoted, last.quoted && !self.view.is_quoted(self.asked.token));
        add(F::in_content, inside(last));
        let first = self.view.block(figure.first);
        add(F::first_here, first == self.block);
        add(F::first_before, first + 1 == self.block);
        let spoke = mine().find(|s| s.spoke).map(blocks);
        add(F::spoke_here, spoke == Some(0));
        add(F::spoke_before, spoke == Some(1));
        add(F::spoke_far, spoke.is_some_and(|n| n > 1));
        let last_speaker = self.last_speaker.filter(|s| s.0 == number).map(|s| self.block.saturating_sub(s.1));
        add(F::last_speaker_here, last_speaker == Some(0));
        add(F::last_speaker_before, last_speaker == Some(1));
        add(F::last_speaker_far, last_speaker.is_some_and(|n| n > 1));
        add(F::nearest, place == 0);
        add(F::second, place == 1);
        add(F::nearest_subject, self.nearest_subject == Some(number));
        add(F::gender_known, self.asked.pronoun.gender.is_some() && figure.gender.is_some());
        let guess = self.asked.pronoun.gender.map_or(0.0, |gender| figure.leaning(gender));
        add(F::guess_for, guess > 0.0);
        add(F::guess_against, guess < 0.0);
        let anonymous = figure.category == Category::Anonymous;
        let main_before = before.is_some_and(|s| s.main);
        add(F::anonymous, anonymous);
        add(F::anonymous_main_1, anonymous && main_before && blocks(last) == 0);
        add(F::anonymous_far, anonymous && away(last) > 1);
        add(F::main_1_first_here, main_before && first == self.block);
        add(F::first_here_nearest, first == self.block && place == 0);
        let (many, thing) = (self.asked.pronoun.number == Number::Many, self.asked.pronoun.gender.is_none());
        let government = figure.category == Category::Government;
        add(F::one_government, government && !many && !thing);
        add(F::many_group, many && figure.category == Category::Group);
        add(F::many_government, many && government);
        add(F::many_body, many && figure.category == Category::Organization);
        add(F::thing_body, thing && !many && figure.category == Category::Organization);
        add(F::thing_government, thing && !many && government);
        add(F::chain, last.form == Form::Pronoun);
        add(F::by_name, last.form == Form::Name);
        add(F::by_surname, last.form == Form::Surname);
        add(F::only_owner, mine().all(|s| s.grammar == Grammar::Owner && s.form != Form::Pronoun));
        add(F::after_quote_spoke, self.after_quote && last_speaker == Some(0));
        add(F::after_quote_subject_1, self.after_quote && before.is_some_and(|s| s.grammar == Grammar::Subject));
        add(F::opens_block_main_1, self.opens_block && before.is_some_and(|s| s.main));
        add(F::opens_block_spoke_before, self.opens_block && last_speaker == Some(1));
        add(F::alone_in_block, self.in_block == 1 && blocks(last) == 0);
        add(F::described, figure.first == last.token && !figure.words.is_empty());
        out.push((F::seen as usize, (self.seen.count(number) as f32).ln_1p()));
        out
    }
}

/// Tells whether a figure of this category can stand behind a pronoun.
fn fits(pronoun: &Pronoun, category: Category) -> bool {
    let one = matches!(category, Category::Person | Category::Anonymous);
    match (pronoun.number, pronoun.thing) {
        (Number::One, Thing::Only) => !one && category != Category::Group,
        (Number::One, Thing::Maybe) => one,
        (Number::Many, _) => !one && category != Category::Document,
        (Number::Any, Thing::Only) => !one,
        (Number::Any, Thing::Maybe) => true,
    }
}
