//! A desk of any size, written through the store as loading writes it.
//!
//! Articles and claims come in the words of [`Language`]; one claim of sixteen is said again, one of three hundred is turned
//! round and one of two hundred and fifty given another figure, and what stands between the two is what comparing them gives.
//! What the encoder of positions keeps of a claim is taken from a few hundred that it did read: reading all would take hours,
//! and what is measured is the same.

use crate::random::Random;
use crate::words::{Language, Statement};
use anyhow::Result;
use chrono::{Days, NaiveDate};
use onrecord::article::{self, Article, Given};
use onrecord::attribution::{Category, Kind, Quotation, Status};
use onrecord::claim::{Claim, Claimant};
use onrecord::date::{Date, When};
use onrecord::matching::Tier;
use onrecord::position::Encoder;
use onrecord::relation::model::{Model, Told};
use onrecord::relation::{RelationKind, Side, relate};
use onrecord::score::{Reason, Score};
use onrecord::span::Span;
use onrecord::store::claims::{NewClaim, Resolved};
use onrecord::store::id::{AnyId, ArticleId, ClaimId, OperationId, SpeakerId, StoryId};
use onrecord::store::journal::Act;
use onrecord::store::originals::hash;
use onrecord::store::relations::NewRelation;
use onrecord::store::rows::Dispute;
use onrecord::store::speakers::NewSpeaker;
use onrecord::store::stories::{Member, Membership};
use onrecord::store::verdicts::NewVerdict;
use onrecord::store::{Place, Store, Writer, fold};
use onrecord::workbench::{Settings, Workbench};
use rayon::prelude::*;
use std::path::Path;

/// Claims of an article, at the mean.
pub const CLAIMS_EACH: usize = 10;
/// Articles of one operation.
const BATCH: usize = 500;
const DAYS: usize = 3_000;
/// Claims back from the newest that are said again.
const REMEMBERED: usize = 4_000;
const STANCES: usize = 400;
const READER: &str = "fast";

/// An article before it is read, with the claims in it.
struct Draft {
    text: String,
    length: u32,
    topic: usize,
    outlet: &'static str,
    day: NaiveDate,
    claims: Vec<Drafted>,
}

struct Drafted {
    statement: Statement,
    /// Number of the speaker.
    speaker: usize,
    words: String,
    content: Span,
    cue: Span,
    source: Span,
    sentence: Span,
    quotation: Quotation,
    /// Which remembered claim it answers to, and how.
    again: Option<(usize, RelationKind)>,
}

/// A claim that may be said again.
struct Remembered {
    id: ClaimId,
    article: ArticleId,
    statement: Statement,
    speaker: usize,
    outlet: &'static str,
    day: NaiveDate,
}

impl Draft {
    fn push(&mut self, words: &str) -> Span {
        let start = self.length;
        self.text.push_str(words);
        self.length += words.chars().count() as u32;
        Span::new(start, self.length)
    }
}

/// Makes the drafts one after another.
struct Author<'a> {
    language: &'a Language,
    random: Random,
    speakers: usize,
    articles: usize,
    written: usize,
    remembered: Vec<Remembered>,
}

impl Author<'_> {
    fn draft(&mut self) -> Draft {
        let topic = Language::topic(&mut self.random);
        let day = self.written * DAYS / self.articles;
        let day = NaiveDate::default() + Days::new(17_200 + day as u64);
        let outlet = self.language.outlet(&mut self.random);
        let mut draft = Draft { text: String::new(), length: 0, topic, outlet, day, claims: Vec::new() };
        draft.push(&self.language.title(topic, &mut self.random));
        for _ in 0..CLAIMS_EACH / 2 + self.random.below(CLAIMS_EACH + 1) {
            draft.push("\n\n");
            draft.push(&self.language.sentence(topic, &mut self.random));
            draft.push(" ");
            let claim = self.claim(&mut draft);
            draft.claims.push(claim);
        }
        draft.push("\n");
        self.written += 1;
        draft
    }

    /// Chooses what is said and by whom: something new, or what somebody said before.
    fn said(&mut self, topic: usize) -> (Statement, usize, Option<(usize, RelationKind)>) {
        let share = self.random.share();
        let kind = match share {
            _ if self.remembered.is_empty() || share > 0.07 => None,
            _ if share < 0.003 => Some(RelationKind::Contradiction),
            _ if share < 0.007 => Some(RelationKind::Update),
            _ => Some(RelationKind::Repeat),
        };
        let Some(kind) = kind else {
            let speaker = (self.random.share().powi(3) * self.speakers as f64) as usize;
            return (self.language.statement(topic, &mut self.random), speaker, None);
        };
        let place = self.random.below(self.remembered.len());
        let first = &self.remembered[place];
        let statement = match kind {
            RelationKind::Contradiction => first.statement.turned(),
            RelationKind::Update => first.statement.updated(&mut self.random),
            _ => first.statement.clone(),
        };
        (statement, first.speaker, Some((place, kind)))
    }

    fn claim(&mut self, draft: &mut Draft) -> Drafted {
        let (statement, speaker, again) = self.said(draft.topic);
        let (name, _) = self.language.person(speaker);
        let words = statement.words();
        let direct = self.random.below(3) == 0;
        let start = draft.length;
        let (content, cue, source);
        if direct {
            draft.push("“");
            content = draft.push(&words);
            draft.push(",” ");
            source = draft.push(&name);
            draft.push(" ");
            cue = draft.push("said");
        } else {
            source = draft.push(&name);
            draft.push(" ");
            cue = draft.push(if self.random.below(6) == 0 { "announced" } else { "said" });
            draft.push(" that ");
            content = draft.push(&words);
        }
        draft.push(".");
        let quotation = if direct { Quotation::Direct } else { Quotation::Indirect };
        let sentence = Span::new(start, draft.length);
        Drafted { statement, speaker, words, content, cue, source, sentence, quotation, again }
    }
}

/// Makes a desk of so many articles in a file that is not there yet; calls `progress` with how many are written.
pub fn make(path: &Path, articles: usize, mut progress: impl FnMut(usize)) -> Result<()> {
    let language = Language::new();
    let stances = stances(&language)?;
    let mut store = Store::open(Place::File(path.to_owned()))?;
    let speakers = (articles / 4).clamp(200, 20_000);
    let random = Random(articles as u64);
    let mut author = Author { language: &language, random, speakers, articles, written: 0, remembered: Vec::new() };
    store.write(|writer| {
        let operation = writer.operation(&act("load", "load the first articles"))?;
        add_speakers(writer, &language, speakers, operation)
    })?;
    let mut topics: Vec<(usize, ArticleId)> = Vec::new();
    while author.written < articles {
        let drafts: Vec<Draft> = (0..BATCH.min(articles - author.written)).map(|_| author.draft()).collect();
        let read = drafts.into_par_iter().map(|draft| Ok((read(&draft)?, draft))).collect::<Result<Vec<_>>>()?;
        store.write(|writer| {
            let operation = writer.operation(&act("load", &format!("load {} articles", read.len())))?;
            for (article, draft) in &read {
                let id = add_article(writer, &mut author, article, draft, &stances, operation)?;
                topics.push((draft.topic, id));
            }
            Ok::<_, anyhow::Error>(())
        })?;
        progress(author.written);
    }
    store.write(|writer| add_handwork(writer, &language, &topics))?;
    drop(store);
    // Keeps the index that matching reads.
    Workbench::open(Place::File(path.to_owned()), Settings::default())?.match_text("the harbour", "", 1)?;
    Ok(())
}

fn act<'a>(name: &'a str, words: &'a str) -> Act<'a> {
    Act { at: "2026-01-05T08:00:00Z", by: "desk", name, words }
}

fn read(draft: &Draft) -> Result<Article> {
    let outlet = Some(draft.outlet.to_owned());
    let given = Given { date: Some(Date::day(draft.day)), outlet, ..Given::default() };
    Ok(article::read(draft.text.as_bytes(), "generated.txt", &given)?)
}

/// What the encoder keeps of some statements.
fn stances(language: &Language) -> Result<Vec<Vec<u8>>> {
    let encoder = Encoder::shipped().map_err(Clone::clone)?;
    let model = Model::shipped().map_err(Clone::clone)?;
    let mut random = Random(5);
    let words = (0..STANCES).map(|topic| language.statement(topic, &mut random).words());
    let stance = |words: String| {
        let sentence = format!("The mayor said that {words}.");
        let told = Told { speaker: "The mayor", cue: "said", words: &words, sentence: &sentence };
        encoder.stance(&model.side(&told)).bytes().to_vec()
    };
    Ok(words.map(stance).collect())
}

fn add_speakers(writer: &Writer<'_>, language: &Language, count: usize, operation: OperationId) -> Result<()> {
    for number in 0..count {
        let (name, surname) = language.person(number);
        let (folded, surname) = (fold(&name), fold(&surname));
        let new = NewSpeaker { name: &name, fold: &folded, surname: &surname, category: "person", article: None };
        writer.add_speaker(&new, operation)?;
    }
    Ok(())
}

fn add_article(
    writer: &Writer<'_>,
    author: &mut Author<'_>,
    article: &Article,
    draft: &Draft,
    stances: &[Vec<u8>],
    operation: OperationId,
) -> Result<ArticleId> {
    let encoder = Encoder::shipped_name()?;
    let id = writer.add_article(article, "generated.txt", READER, None)?;
    writer.load_article(id, operation, None)?;
    for drafted in &draft.claims {
        let (name, _) = author.language.person(drafted.speaker);
        let claim = claim(drafted, &name, draft.day);
        let words = hash(&[fold(&drafted.words).as_bytes()]);
        let new = NewClaim {
            claim: &claim,
            article: id,
            outlet: draft.outlet,
            speaker: Some(SpeakerId(1 + drafted.speaker as i64)),
            resolved: Resolved::Name,
            sentence: article.text.slice(drafted.sentence),
            fold: &words[..20],
            reader: READER,
        };
        let claim = writer.add_claim(&new)?;
        writer.add_vector(claim, encoder, &stances[author.random.below(stances.len())])?;
        if let Some((place, kind)) = drafted.again {
            let first = &author.remembered[place];
            if first.article != id {
                writer.add_relation(&relation(first, claim, drafted, draft, kind), operation)?;
            }
        }
        let (speaker, outlet, day) = (drafted.speaker, draft.outlet, draft.day);
        let kept = Remembered { id: claim, article: id, statement: drafted.statement.clone(), speaker, outlet, day };
        if author.remembered.len() < REMEMBERED {
            author.remembered.push(kept);
        } else if drafted.again.is_none() {
            let place = author.random.below(REMEMBERED);
            author.remembered[place] = kept;
        }
    }
    writer.note_article_read(id, encoder)?;
    Ok(id)
}

fn claim(drafted: &Drafted, name: &str, day: NaiveDate) -> Claim {
    let date = Some(Date::day(day));
    Claim {
        words: drafted.words.clone(),
        content: drafted.content.into(),
        cue: drafted.cue.into(),
        cue_words: if drafted.cue.end - drafted.cue.start == 4 { "said".into() } else { "announced".into() },
        source: Some(drafted.source.into()),
        source_words: name.to_owned(),
        claimant: Some(Claimant { name: name.to_owned(), category: Category::Person, title: None, aliases: vec![] }),
        candidates: vec![],
        sentence: drafted.sentence,
        kind: if drafted.words.contains(" not ") { Kind::Denial } else { Kind::Statement },
        status: Status::Asserted,
        quotation: drafted.quotation,
        said: When { written: String::new(), date: None },
        published: date,
        answers: None,
        score: Score::new(0.8),
        because: vec![Reason::new("cue.verb", "said", 1.0)],
    }
}

/// What stands between a claim and the earlier one that it was made of.
fn relation(first: &Remembered, later: ClaimId, drafted: &Drafted, draft: &Draft, made: RelationKind) -> NewRelation {
    let words = first.statement.words();
    let side = |text, day| Side { text, date: Some(Date::day(day)), ..Side::default() };
    let found = relate(&side(&words, first.day), &side(&drafted.words, draft.day));
    let carried = (draft.day - first.day).num_days() <= 2 && first.outlet != draft.outlet;
    NewRelation {
        earlier: first.id,
        later,
        kind: if found.kind == RelationKind::Unrelated { made } else { found.kind },
        dispute: (found.kind == RelationKind::Contradiction).then_some(Dispute::ChangeOfPosition),
        same_speaker: true,
        syndicated: carried && matches!(found.kind, RelationKind::Repeat | RelationKind::Reworded),
        tier: Tier::Same,
        likeness: Score::new(0.9),
        score: found.score,
        summary: found.summary,
        because: found.because,
        alignment: found.alignment,
        innocent: found.innocent,
        ledger: found.ledger,
    }
}

/// What people did: stories of one topic each, tags, verdicts, notes.
fn add_handwork(writer: &Writer<'_>, language: &Language, articles: &[(usize, ArticleId)]) -> Result<()> {
    let mut random = Random(11);
    for topic in 0..5 + articles.len() / 1_000 {
        let operation = writer.operation(&act("story", "story create"))?;
        let story: StoryId = writer.add_story(&format!("story {topic}"), operation)?;
        let members: Vec<Member> =
            articles.iter().filter(|(of, _)| *of == topic).take(30).map(|(_, id)| Member::Article(*id)).collect();
        writer.change_story(story, Membership::Add, &members, operation)?;
    }
    for tag in 0..20 {
        let operation = writer.operation(&act("tag", "tag"))?;
        let some = (0..1 + articles.len() / 500).map(|_| Member::Article(articles[random.below(articles.len())].1));
        let name = language.title(tag, &mut Random(tag as u64));
        writer.tag(&name, Membership::Add, &some.collect::<Vec<_>>(), operation)?;
    }
    for number in 0..articles.len() / 50 {
        let claim = ClaimId(1 + random.below(articles.len() * CLAIMS_EACH * 9 / 10) as i64);
        let operation = writer.operation(&act("verdict", "verdict record"))?;
        let rating = ["false", "true", "half true"][number % 3];
        let rationale = "The figures of the office say so.";
        let new = NewVerdict { claim, rating, scale: "truth", rationale, long: "", correction: "" };
        writer.add_verdict(&new, operation)?;
        let operation = writer.operation(&act("note", "note"))?;
        writer.note(AnyId::Claim(claim), "Ask the office for the table.", None, operation)?;
    }
    Ok(())
}
