//! Which language a text and its paragraphs are in: English is read, a paragraph in another language is kept and said to be
//! unread.
//!
//! A paragraph is judged only where it is long enough to tell, where it is no list of names, and where hardly a word of
//! English grammar stands in it: nothing English may be lost, and a quotation in another language makes none.

use super::{Block, BlockKind, Warning};
use crate::span::Text;
use std::collections::BTreeMap;
use whatlang::{Lang, Script};

/// Letters of a paragraph that are enough to judge it by.
const ENOUGH: usize = 100;
/// How sure the detection must be.
const SURE: f64 = 0.9;
/// Words of English grammar; of English sentences they make two words in five.
const ENGLISH: [&str; 30] = [
    "the", "of", "and", "to", "that", "is", "for", "with", "was", "by", "said", "he", "she", "it", "are", "have",
    "not", "from", "this", "but", "they", "his", "her", "their", "would", "will", "which", "who", "we", "you",
];
/// One such word in so many is English.
const ONE_IN: usize = 12;

/// Tells the language of the first few thousand characters, when that is sure.
pub fn of(text: &str) -> Option<String> {
    let end = text.char_indices().nth(4_000).map_or(text.len(), |(at, _)| at);
    let info = whatlang::detect(&text[..end]).filter(whatlang::Info::is_reliable)?;
    Some(info.lang().code().to_owned())
}

/// Marks the paragraphs in other languages, and tells how many there are of each.
pub fn set_aside(text: &Text, blocks: &mut [Block]) -> Vec<Warning> {
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for block in blocks.iter_mut().filter(|block| block.kind == BlockKind::Paragraph) {
        if let Some(language) = foreign(text.slice(block.span)) {
            block.kind = BlockKind::Foreign;
            *found.entry(language.eng_name()).or_default() += 1;
        }
    }
    let told = |(language, count): (&str, usize)| {
        let (paragraphs, were) = if count == 1 { ("paragraph", "was") } else { ("paragraphs", "were") };
        Warning(format!("{count} {paragraphs} in {language} {were} not read; only English is understood"))
    };
    found.into_iter().map(told).collect()
}

/// The language of a paragraph that is surely not English.
fn foreign(paragraph: &str) -> Option<Lang> {
    if paragraph.chars().filter(|c| c.is_alphabetic()).count() < ENOUGH {
        return None;
    }
    let words: Vec<&str> = paragraph.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let english = words.iter().filter(|word| ENGLISH.contains(&word.to_lowercase().as_str())).count();
    let names = words.iter().filter(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric())).count();
    if english * ONE_IN > words.len() || names * 2 > words.len() {
        return None;
    }
    let info = whatlang::detect(paragraph)?;
    let sure = info.script() != Script::Latin || (info.is_reliable() && info.confidence() >= SURE);
    (sure && info.lang() != Lang::Eng).then(|| info.lang())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GERMAN: &str = "Die Fähre wird im Juni wieder fahren, sagte die Ministerin am Montag vor der Presse, und der Hafen \
                          soll im Herbst ganz erneuert werden, wenn das Geld dafür gefunden ist.";
    const FRENCH: &str = "Le ferry reprendra la mer au mois de juin, a déclaré lundi la ministre devant la presse, et le port \
                          sera rénové à l'automne si les fonds nécessaires sont réunis d'ici là.";
    const RUSSIAN: &str = "Паром снова пойдёт в июне, сказала министр в понедельник журналистам, а порт будет обновлён осенью, \
                           если на это найдутся деньги в бюджете города.";
    const SPANISH: &str = "El transbordador volverá a navegar en junio, dijo el lunes la ministra ante la prensa, y el puerto \
                           será renovado en otoño si se encuentra el dinero que hace falta.";

    #[test]
    fn paragraphs_in_other_languages_are_told() {
        for (paragraph, language) in
            [(GERMAN, Lang::Deu), (FRENCH, Lang::Fra), (RUSSIAN, Lang::Rus), (SPANISH, Lang::Spa)]
        {
            assert_eq!(foreign(paragraph), Some(language), "{paragraph}");
        }
    }

    #[test]
    fn they_are_kept_and_said_to_be_unread() {
        let english = "“The ferry will sail in June,” minister Ada Brook said on Monday, and that was all.";
        let words = format!("{english}\n\n{GERMAN}\n\n{FRENCH}\n\n{english}\n\n{GERMAN}\n");
        let article = crate::article::read(words.as_bytes(), "a", &crate::article::Given::default()).unwrap();
        let foreign = article.blocks.iter().filter(|block| block.kind == BlockKind::Foreign);
        let foreign: Vec<&str> = foreign.map(|block| article.text.slice(block.span)).collect();
        assert_eq!(foreign, [GERMAN, FRENCH, GERMAN]);
        let told: Vec<&str> = article.warnings.iter().map(|warning| warning.0.as_str()).collect();
        assert!(told.contains(&"2 paragraphs in German were not read; only English is understood"), "{told:?}");
        assert!(told.contains(&"1 paragraph in French was not read; only English is understood"), "{told:?}");
    }

    #[test]
    fn what_is_english_or_too_short_to_tell_stays() {
        for paragraph in [
            "Die Fähre fährt wieder.",
            "“Wir schaffen das,” the chancellor said in Berlin, and it was not the last time that her words were turned \
             against her by those who had never wanted to hear them.",
            "Among those present were Jean-Claude Trichet, José Manuel Durão Barroso, Gerhard Schröder, Aleksander \
             Kwaśniewski, Giscard d'Estaing, Ferenc Gyurcsány and Mikuláš Dzurinda.",
            "Schleswig-Holsteinische Landeszeitung, Süddeutsche Zeitung, Frankfurter Allgemeine Zeitung, Neue Zürcher \
             Zeitung, Der Tagesspiegel, Die Welt, Berliner Morgenpost",
            "Minister Łucja Sęk told reporters in Szczebrzeszyn that the Grzegorz Brzęczyszczykiewicz Foundation would pay \
             for the works on the bridge at Przemyśl.",
            "Turnout: 41 percent. Yes: 212,442 votes. No: 198,211 votes. Invalid: 2,113 votes. Registered: 1,020,332 voters \
             in 14 districts, three islands, two consulates.",
        ] {
            assert_eq!(foreign(paragraph), None, "{paragraph}");
        }
    }
}
