//! Words of speech acts: which kind of act a cue is, what negates it, and the nouns for what others have said.
//!
//! Refuses to hold words itself: the rows live in `kinds.tsv`, `negators.tsv`, `statuses.tsv`, `acts.tsv` and `allegations.tsv`.

use super::tables;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// When a row of `kinds.tsv` applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    Always,
    Negated,
    Infinitive,
    /// Somebody who is to do it: "residents to stay".
    Object,
    Demand,
    Whether,
}

/// One row of `kinds.tsv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CueRow {
    /// Lemmas in order; other words may stand between them.
    pub lemmas: Vec<&'static str>,
    /// The kind's own name: `statement`, `denial` …
    pub kind: &'static str,
    pub condition: Condition,
}

/// What a noun says the earlier words were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Earlier {
    /// Somebody blamed or asserted: "accusation".
    Allegation,
    /// Nobody in particular: "report", "rumor".
    Report,
    /// Somebody asked for something: "demand", "proposal".
    Demand,
    /// All that somebody told, and no one thing of it: "account", "story".
    Telling,
}

static CUES: LazyLock<FxHashMap<&'static str, Vec<CueRow>>> = LazyLock::new(|| {
    let mut out: FxHashMap<&'static str, Vec<CueRow>> = FxHashMap::default();
    for row in tables::KINDS.rows() {
        let lemmas: Vec<&'static str> = row[0].split(' ').collect();
        let condition = match row[2] {
            "negated" => Condition::Negated,
            "infinitive" => Condition::Infinitive,
            "object" => Condition::Object,
            "demand" => Condition::Demand,
            "whether" => Condition::Whether,
            _ => Condition::Always,
        };
        out.entry(lemmas[0]).or_default().push(CueRow { lemmas, kind: row[1], condition });
    }
    out
});

static NEGATIONS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| tables::NEGATORS.rows().filter(|row| row[5] != "-").map(|row| row[0]).collect());

static ALLEGATIONS: LazyLock<FxHashMap<&'static str, Earlier>> = LazyLock::new(|| {
    tables::ALLEGATIONS
        .rows()
        .filter(|r| r[1] != "verb")
        .map(|r| {
            let earlier = match r[1] {
                "report" => Earlier::Report,
                "demand" => Earlier::Demand,
                "telling" => Earlier::Telling,
                _ => Earlier::Allegation,
            };
            (r[0], earlier)
        })
        .collect()
});

static ACCUSING: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| tables::ALLEGATIONS.rows().filter(|r| r[1] == "verb").map(|r| r[0]).collect());

/// Where the words of a row of `statuses.tsv` stand, as seen from a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// The source begins with them.
    Source,
    /// They stand before the clause of the cue, and open it.
    Front,
    /// The clause above ends with them.
    Frame,
    /// They are among the verbs and adverbs right before the head of the cue.
    Group,
    /// One is the head itself.
    Head,
    /// They are words of the cue.
    Cue,
    /// As `Group`, where the head is a passive: "was wrongly quoted".
    Passive,
}

/// One row of `statuses.tsv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusRow {
    pub lemmas: Vec<&'static str>,
    pub stand: Stand,
    /// The status's own name: `negated`, `conditional` …
    pub status: &'static str,
}

static STATUSES: LazyLock<Vec<StatusRow>> = LazyLock::new(|| {
    tables::STATUSES
        .rows()
        .map(|r| {
            let stand = match r[1] {
                "source" => Stand::Source,
                "front" => Stand::Front,
                "frame" => Stand::Frame,
                "head" => Stand::Head,
                "cue" => Stand::Cue,
                "passive" => Stand::Passive,
                _ => Stand::Group,
            };
            StatusRow { lemmas: r[0].split(' ').collect(), stand, status: r[2] }
        })
        .collect()
});

/// Returns the rows of `statuses.tsv`, in their order.
pub fn status_rows() -> &'static [StatusRow] {
    &STATUSES
}

/// Tells whether words that negate a cue, as a row of `statuses.tsv` has them, refuse: "decline to", but not "never".
pub fn withholds(sign: &str) -> bool {
    sign.split(' ').any(|lemma| has_rule(lemma, "withholds"))
}

/// Whether the accused is the subject of a passive or of an active verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// "Is accused of".
    Passive,
    /// "Faces complaints".
    Active,
}

/// How a verb of `acts.tsv` reports nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// "Signed the law": a bare thing.
    Thing,
    /// "Voted for the law", "voted to close the road".
    Deed,
    /// "Raised its fares": a thing of one's own that is no word of speech.
    Own,
    /// "Refused permission": a thing that is no word of speech.
    Goods,
    /// "Approved the bridge": what was decided.
    Ruled,
    /// "Endorsed her": somebody.
    Whom,
    /// "Pointed to a report": a document of which nothing is told.
    Paper,
    /// "Broke a promise": what is done with words said before.
    Words,
    /// "Wanted to be a nurse": a wish that a narrator tells.
    Wish,
    /// "Offered no help": a thing that is not given.
    Withheld,
    /// "Refused to appear": what is refused is done with the body.
    Bodily,
    /// "The account was challenged": what is done to words, and by whom is not told.
    Borne,
    /// "Was not authorised to speak": why somebody is not named.
    Bound,
    /// "Named as a witness".
    Named,
    /// "Claims nine lives".
    Toll,
}

static ACTS: LazyLock<FxHashMap<&'static str, Act>> = LazyLock::new(|| {
    let act = |name| match name {
        "deed" => Act::Deed,
        "own" => Act::Own,
        "goods" => Act::Goods,
        "ruled" => Act::Ruled,
        "borne" => Act::Borne,
        "bound" => Act::Bound,
        "whom" => Act::Whom,
        "paper" => Act::Paper,
        "words" => Act::Words,
        "wish" => Act::Wish,
        "withheld" => Act::Withheld,
        "bodily" => Act::Bodily,
        "named" => Act::Named,
        "toll" => Act::Toll,
        _ => Act::Thing,
    };
    tables::ACTS.rows().map(|r| (r[0], act(r[1]))).collect()
});

static RULES: LazyLock<FxHashMap<&'static str, &'static str>> =
    LazyLock::new(|| tables::GRAMMAR_RULES.rows().map(|r| (r[0], r[1])).collect());

/// Tells whether a lemma has that rule.
fn has_rule(lemma: &str, rule: &str) -> bool {
    RULES.get(lemma).is_some_and(|own| *own == rule)
}

/// Returns in which voice of a verb, given as a lemma, the subject is accused, or told something: it is not who says it.
pub fn accused(lemma: &str) -> Option<Voice> {
    match RULES.get(lemma).copied()? {
        "accused" | "told" => Some(Voice::Passive),
        "faces" => Some(Voice::Active),
        _ => None,
    }
}

/// Returns what a verb, given as a lemma, does when it reports nothing.
pub fn act(lemma: &str) -> Option<Act> {
    ACTS.get(lemma).copied()
}

/// Tells whether a noun, as a lemma, is something that is owed in an answer: "gave no details" keeps silent, "gave no help" does not.
pub fn is_owed(noun: &str) -> bool {
    has_rule(noun, "owed")
}

/// Tells whether a reporter goes on with the participle of a verb, given as a lemma, behind what was said.
pub fn adds(lemma: &str) -> bool {
    has_rule(lemma, "adds")
}

/// Tells whether a verb, as a lemma, tells of an opinion that could be held against another, and not of a wish or a feeling.
pub fn opines(lemma: &str) -> bool {
    has_rule(lemma, "opines")
}

/// Tells whether a verb, as a lemma, has somebody whom it tells: "warned him that the road was closed".
pub fn tells(lemma: &str) -> bool {
    has_rule(lemma, "told")
}

/// Tells whether a verb, as a lemma, reports in "as she puts it", "was how she summed it up".
pub fn puts(lemma: &str) -> bool {
    has_rule(lemma, "puts")
}

/// Tells whether a noun, as a lemma, is what somebody gives back: "came the reply".
pub fn reply(noun: &str) -> bool {
    has_rule(noun, "reply")
}

/// Tells whether before a body of this name, as a lemma, things are said: "the inquest heard".
pub fn hears(noun: &str) -> bool {
    has_rule(noun, "hears")
}

/// Tells whether a verb, as a lemma, makes an allegation.
pub fn accuses(lemma: &str) -> bool {
    ACCUSING.contains(lemma)
}

/// Returns the rows of `kinds.tsv` whose first lemma is this one.
pub fn cue_rows(lemma: &str) -> &'static [CueRow] {
    CUES.get(lemma).map_or(&[], Vec::as_slice)
}

/// Tells whether a lower-case word negates a cue.
pub fn negates(word: &str) -> bool {
    NEGATIONS.contains(if word == "n’t" { "n't" } else { word })
}

/// Returns what a noun, singular or regular plural, lower case, says the earlier words were.
pub fn earlier(noun: &str) -> Option<Earlier> {
    let listed = |n: &str| ALLEGATIONS.get(n).copied();
    listed(noun).or_else(|| listed(noun.strip_suffix('s')?))
}

static EVENTS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| tables::SPEECH_EVENTS.words().collect());

/// Tells whether a lower-case noun is something that is said or written on a day: "interview", "letter".
pub fn is_event(noun: &str) -> bool {
    EVENTS.contains(noun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_known() {
        const KINDS: [&str; 9] =
            ["statement", "denial", "question", "demand", "promise", "forecast", "belief", "refusal", "accusation"];
        for row in CUES.values().flatten() {
            assert!(KINDS.contains(&row.kind), "{row:?}");
        }
    }

    #[test]
    fn every_word_that_negates_a_cue_stands_in_its_example() {
        for row in tables::NEGATORS.rows().filter(|row| row[5] != "-") {
            assert!(negates(row[0]) && row[5].contains(row[0]), "{row:?}");
        }
        assert!(negates("n’t") && !negates("barely"));
    }

    #[test]
    fn every_act_is_of_a_known_class() {
        const CLASSES: [&str; 15] = [
            "thing", "deed", "own", "goods", "ruled", "whom", "paper", "words", "wish", "withheld", "bodily", "borne",
            "bound", "named", "toll",
        ];
        for row in tables::ACTS.rows() {
            assert!(CLASSES.contains(&row[1]) && act(row[0]).is_some(), "{row:?}");
        }
    }

    #[test]
    fn plurals_of_allegations_are_found() {
        assert_eq!(earlier("accusations"), Some(Earlier::Allegation));
        assert_eq!(earlier("demands"), Some(Earlier::Demand));
        assert_eq!(earlier("tables"), None);
    }
}
