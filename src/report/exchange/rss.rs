//! An RSS 2.0 feed of published verdicts, the newest first. A corrected verdict is an item of its own, so that whoever follows
//! the feed is told.

use super::{Publication, published};
use crate::date::Date;
use crate::lexicon::letters;
use crate::report::language::Language;
use crate::report::page::cite::text;
use crate::report::statement::{Rating, Verdict};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use sha2::{Digest, Sha256};
use std::io;

/// Code points of the words in the title of an item.
const TITLE: usize = 120;

impl Publication<'_> {
    /// Returns the feed; dates are those of publication at midnight UTC (RFC 2822), and the same verdict keeps its guid on
    /// every desk.
    pub fn rss(&self, verdicts: &[Verdict]) -> String {
        let mut shown: Vec<(&Verdict, &Rating)> =
            verdicts.iter().filter_map(|verdict| Some((verdict, published(verdict)?))).collect();
        shown.sort_by_key(|(_, rating)| std::cmp::Reverse(published_on(rating).first()));
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
        // Writing to memory does not fail.
        let _ = self.write(&mut writer, &shown);
        let mut out = String::from_utf8_lossy(&writer.into_inner()).into_owned();
        out.push('\n');
        out
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>, shown: &[(&Verdict, &Rating)]) -> io::Result<()> {
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let rss = writer.create_element("rss").with_attribute(("version", "2.0"));
        rss.write_inner_content(|writer| {
            writer.create_element("channel").write_inner_content(|writer| {
                let house = if self.publisher.is_empty() { "Fact-checks" } else { self.publisher };
                element(writer, "title", house)?;
                element(writer, "link", self.address)?;
                element(
                    writer,
                    "description",
                    "Published verdicts on what was said, in the exact words, with reasons.",
                )?;
                element(writer, "language", "en")?;
                if let Some((_, newest)) = shown.first() {
                    element(writer, "lastBuildDate", &moment(published_on(newest)))?;
                }
                element(writer, "generator", concat!("onrecord ", env!("CARGO_PKG_VERSION")))?;
                shown.iter().try_for_each(|(verdict, rating)| self.item(writer, verdict, rating))
            })?;
            Ok(())
        })?;
        Ok(())
    }

    fn item(&self, writer: &mut Writer<Vec<u8>>, verdict: &Verdict, rating: &Rating) -> io::Result<()> {
        let item = writer.create_element("item");
        item.write_inner_content(|writer| {
            let who = Language::english().speaker(&verdict.claim);
            let words = letters::cut(&text(&verdict.claim.alone()), TITLE);
            element(writer, "title", &format!("{}: {who}: {words}", text(&rating.rating)))?;
            element(writer, "link", &self.address_of(verdict))?;
            let guid = writer.create_element("guid").with_attribute(("isPermaLink", "false"));
            guid.write_text_content(BytesText::new(&guid_of(verdict, rating)))?;
            element(writer, "pubDate", &moment(published_on(rating)))?;
            element(writer, "description", &described(verdict, rating))
        })?;
        Ok(())
    }
}

/// A day that a program can sort by; what was published without a day counts from when it was given.
fn published_on(rating: &Rating) -> Date {
    rating.published.as_ref().map_or(rating.on, |signed| signed.on)
}

fn element(writer: &mut Writer<Vec<u8>>, name: &str, words: &str) -> io::Result<()> {
    // What no XML document may hold.
    let words: String = words.chars().filter(|c| !matches!(c, '\u{FFFE}' | '\u{FFFF}')).collect();
    writer.create_element(name).write_text_content(BytesText::new(&words))?;
    Ok(())
}

/// Midnight UTC of a day as RFC 2822 writes it.
fn moment(day: Date) -> String {
    day.first().and_time(chrono::NaiveTime::MIN).and_utc().to_rfc2822()
}

/// The correction first, then the words, where they were said, and why.
fn described(verdict: &Verdict, rating: &Rating) -> String {
    let claim = &verdict.claim;
    let correction =
        (!rating.correction.trim().is_empty()).then(|| format!("Correction: {}", text(&rating.correction)));
    let place: Vec<String> =
        [claim.article.outlet.as_deref().map(text), Language::english().said(claim)].into_iter().flatten().collect();
    let said = format!("{} ({})", text(&claim.alone()), place.join(", ")).replace(" ()", "");
    let why = (!rating.rationale.trim().is_empty()).then(|| text(&rating.rationale));
    [correction, Some(said), why].into_iter().flatten().collect::<Vec<_>>().join(" — ")
}

/// Made of the article, the words, the scale and the version: the same wherever the desk lies.
fn guid_of(verdict: &Verdict, rating: &Rating) -> String {
    let claim = &verdict.claim;
    let article = claim.article.hash.as_deref().unwrap_or(&claim.article.id);
    let version = rating.version.to_string();
    let mut digest = Sha256::new();
    for part in [article, &claim.words, &rating.scale, &version] {
        digest.update(part.as_bytes());
        digest.update([0]);
    }
    let name = base16ct::lower::encode_string(&digest.finalize()[..16]);
    format!("urn:onrecord:verdict:{name}")
}
