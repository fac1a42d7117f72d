//! Articles with claims made by hand, so that the desk is tested apart from the readers that find claims.

use chrono::{DateTime, NaiveDate};
use onrecord::article::{Article, Given, read};
use onrecord::attribution::{Category, Kind, Quotation, Status};
use onrecord::claim::{Claim, Claimant};
use onrecord::date::{Date, When};
use onrecord::score::{Reason, Score};
use onrecord::store::Place;
use onrecord::store::filter::Filter;
use onrecord::workbench::{Clock, Loaded, Prepared, Settings, Workbench};

pub fn settings() -> Settings {
    let at = DateTime::parse_from_rfc3339("2030-07-06T12:00:00Z").unwrap().to_utc();
    let today = NaiveDate::from_ymd_opt(2030, 7, 6).unwrap();
    Settings { today, user: "tester".into(), clock: Clock::fixed(at), ..Settings::default() }
}

pub fn desk() -> Workbench {
    Workbench::open(Place::Memory, settings()).unwrap()
}

pub fn filter(line: &str) -> Filter {
    Filter::parse_line(line, settings().today).unwrap()
}

/// One claim as a test writes it: who, by which cue, what.
pub struct Said {
    pub who: &'static str,
    pub category: Category,
    pub cue: &'static str,
    pub words: String,
    pub kind: Kind,
    pub title: Option<&'static str>,
    pub answers: Option<usize>,
}

pub fn said(who: &'static str, words: &str) -> Said {
    let (category, kind) = (Category::Person, Kind::Statement);
    Said { who, category, cue: "said", words: words.into(), kind, title: None, answers: None }
}

/// Makes an article of one sentence a claim, with the spans where the words stand.
pub fn article(outlet: &str, day: &str, title: &str, sayings: &[Said]) -> Prepared {
    let line = |said: &Said| format!("{} {} that {}.", said.who, said.cue, said.words);
    let text = sayings.iter().map(line).collect::<Vec<_>>().join("\n\n");
    let given = Given {
        date: Date::parse_iso(day),
        outlet: Some(outlet.to_owned()),
        title: Some(title.to_owned()),
        ..Given::default()
    };
    let article = read(text.as_bytes(), title, &given).unwrap();
    let mut from = 0;
    let claims = sayings.iter().map(|said| claim(&article, said, &mut from)).collect();
    Prepared { article, claims, reader: "hand".into(), vectors: Vec::new() }
}

fn claim(article: &Article, said: &Said, from: &mut usize) -> Claim {
    let text = article.text.as_str();
    let mut span = |words: &str| {
        let start = *from + text[*from..].find(words).unwrap();
        *from = start + words.len();
        article.text.span_of_bytes(start..*from)
    };
    let (source, cue, content) = (span(said.who), span(said.cue), span(&said.words));
    Claim {
        words: said.words.clone(),
        content: content.into(),
        cue: cue.into(),
        cue_words: said.cue.into(),
        source: Some(source.into()),
        source_words: said.who.into(),
        claimant: Some(Claimant {
            name: said.who.into(),
            category: said.category,
            title: said.title.map(str::to_owned),
            aliases: Vec::new(),
        }),
        candidates: Vec::new(),
        sentence: source.cover(content),
        kind: said.kind,
        status: Status::Asserted,
        quotation: Quotation::Indirect,
        said: When { written: String::new(), date: article.published },
        published: article.published,
        answers: said.answers,
        score: Score::new(0.9),
        because: vec![Reason::new("test", "written by hand", 1.0)],
    }
}

pub fn load(desk: &mut Workbench, outlet: &str, day: &str, sayings: &[Said]) -> Loaded {
    let prepared = article(outlet, day, &format!("{outlet} of {day}"), sayings);
    desk.load_prepared(&prepared, &format!("{outlet}-{day}.txt")).unwrap()
}
