//! Words, names and statements as news has them: stems by how often news uses them, half of a statement from its topic.

use crate::invented::invented;
use crate::random::Random;

/// `stem<TAB>rarity`, the rarity being the logarithm of one by the share of news paragraphs that hold the stem.
const STEMS: &str = include_str!("../../src/lexicon/word_rarity.tsv");
const GIVEN: &str = include_str!("../../src/lexicon/given_names.tsv");
const OUTLETS: &str = include_str!("../../src/lexicon/outlets.tsv");

/// Words after those of the list, each as rare as the rarest of them: names of places and of things.
const INVENTED: usize = 60_000;
const TOPICS: usize = 4_000;
/// Words of a topic.
const OF_TOPIC: usize = 120;
const VERBS: [&str; 12] =
    ["close", "open", "raise", "cut", "support", "approve", "replace", "finish", "delay", "sell", "inspect", "rebuild"];
const UNITS: [&str; 8] = ["million crowns", "jobs", "houses", "per cent", "tonnes", "pupils", "ferries", "patients"];
const LINKS: [&str; 10] = ["of", "for", "with", "after", "near", "by", "under", "from", "in", "before"];

/// All words with the sums of their frequencies.
pub struct Language {
    words: Vec<String>,
    sums: Vec<f64>,
    given: Vec<&'static str>,
    outlets: Vec<&'static str>,
}

/// What is said, in the parts that another statement about the same can change.
#[derive(Debug, Clone)]
pub struct Statement {
    subject: String,
    verb: &'static str,
    object: String,
    number: usize,
    unit: &'static str,
    rest: String,
    turned: bool,
}

impl Statement {
    /// Returns it as a sentence without its stop.
    pub fn words(&self) -> String {
        let Self { subject, verb, object, number, unit, rest, turned } = self;
        let not = if *turned { "will not" } else { "will" };
        format!("the {subject} {not} {verb} the {object} {rest} with {number} {unit}")
    }

    /// Returns its opposite.
    pub fn turned(&self) -> Self {
        Self { turned: !self.turned, ..self.clone() }
    }

    /// Returns the same with another figure.
    pub fn updated(&self, random: &mut Random) -> Self {
        Self { number: self.number + 1 + random.below(40), ..self.clone() }
    }
}

impl Language {
    pub fn new() -> Self {
        let mut words = Vec::new();
        let mut sums = Vec::new();
        let mut sum = 0.0;
        for line in STEMS.lines().filter(|line| !line.starts_with('#')) {
            let Some((stem, rarity)) = line.split_once('\t') else { continue };
            if !stem.bytes().all(|byte| byte.is_ascii_lowercase()) {
                continue;
            }
            sum += rarity.parse::<f64>().map_or(0.0, |rarity| (-rarity).exp());
            words.push(stem.to_owned());
            sums.push(sum);
        }
        for rank in 0..INVENTED {
            sum += 0.02 / (rank as f64 + 50.0);
            words.push(invented(rank));
            sums.push(sum);
        }
        let given = GIVEN
            .lines()
            .filter(|line| line.starts_with(['f', 'm']))
            .filter_map(|line| line.split('\t').nth(1))
            .flat_map(|names| names.split(' ').take(60))
            .collect();
        let outlets =
            OUTLETS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split('\t').nth(1)).collect();
        Self { words, sums, given, outlets }
    }

    fn draw(&self, random: &mut Random) -> &str {
        let at = random.share() * self.sums.last().copied().unwrap_or_default();
        &self.words[self.sums.partition_point(|&sum| sum < at).min(self.words.len() - 1)]
    }

    /// A word of a topic, or of the whole language.
    fn word(&self, topic: usize, random: &mut Random) -> &str {
        if random.share() < 0.5 {
            let nth = (random.share().powi(2) * OF_TOPIC as f64) as u64;
            self.draw(&mut Random(topic as u64 * 1_000 + nth))
        } else {
            self.draw(random)
        }
    }

    /// Draws a topic; some are spoken of far more than others.
    pub fn topic(random: &mut Random) -> usize {
        (random.share().powi(2) * TOPICS as f64) as usize
    }

    pub fn statement(&self, topic: usize, random: &mut Random) -> Statement {
        let mut rest = Vec::new();
        for _ in 0..1 + random.below(5) {
            rest.push(LINKS[random.below(LINKS.len())]);
            rest.push(self.word(topic, random));
            rest.push(self.word(topic, random));
        }
        Statement {
            subject: format!("{} {}", self.word(topic, random), self.word(topic, random)),
            verb: VERBS[random.below(VERBS.len())],
            object: format!("{} {}", self.word(topic, random), self.word(topic, random)),
            number: 2 + random.below(400),
            unit: UNITS[random.below(UNITS.len())],
            rest: rest.join(" "),
            turned: random.share() < 0.1,
        }
    }

    /// A sentence that nobody is said to have spoken.
    pub fn sentence(&self, topic: usize, random: &mut Random) -> String {
        let mut sentence = String::from("The");
        for _ in 0..10 + random.below(16) {
            sentence.push(' ');
            sentence.push_str(self.word(topic, random));
        }
        sentence + "."
    }

    /// The name of a speaker, by number: no two have the same.
    pub fn person(&self, number: usize) -> (String, String) {
        let surname = capital(&invented(number * 7 + 3));
        (format!("{} {surname}", self.given[number * 13 % self.given.len()]), surname)
    }

    pub fn outlet(&self, random: &mut Random) -> &'static str {
        self.outlets[(random.share().powi(2) * self.outlets.len() as f64) as usize]
    }

    /// A title of an article, or of a story.
    pub fn title(&self, topic: usize, random: &mut Random) -> String {
        let words: Vec<&str> = (0..6).map(|_| self.word(topic, random)).collect();
        capital(&words.join(" "))
    }
}

pub fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
