//! What a live page puts in front of a line: times ("14:32", "2.05pm", "13:50 GMT:", "10 min ago") and labels ("UPDATE:").
//!
//! Refuses a number that is no time of day, and a label without its mark.

/// Labels of live pages, lower case.
const LABELS: [&str; 9] =
    ["update", "updated", "breaking", "breaking news", "key event", "just in", "developing", "exclusive", "summary"];

/// Returns how many code points at the start of a line are a time or a label, with the marks after it; 0 when none are.
pub(super) fn stamp(line: &str) -> usize {
    let end = time(line).or_else(|| label(line));
    let Some(end) = end else { return 0 };
    let rest = &line[end..];
    // A story goes on behind it.
    let opens = rest.chars().next().is_some_and(|c| c.is_uppercase() || matches!(c, '“' | '"' | '‘' | '\''));
    if opens && rest.split_whitespace().nth(2).is_some() { line[..end].chars().count() } else { 0 }
}

fn label(line: &str) -> Option<usize> {
    let mark = line.find([':', '—', '–', '|']).or_else(|| line.find(" - ").map(|at| at + 1))?;
    let known = LABELS.contains(&line[..mark].trim().to_lowercase().as_str());
    known.then(|| mark + skip(&line[mark..], |c| c.is_whitespace() || is_mark(c)))
}

/// Returns the byte after a time of day and what parts it from the story.
fn time(line: &str) -> Option<usize> {
    let bracket = usize::from(line.starts_with('['));
    let mut at = bracket + skip(&line[bracket..], |c| c.is_ascii_digit());
    let hours: u32 = line[bracket..at].parse().ok()?;
    let ago = line[at..].trim_start();
    let units = ["min ago", "mins ago", "minutes ago", "hours ago", "hour ago", "h ago", "m ago"];
    if let Some(unit) = units.iter().find(|unit| ago.starts_with(**unit)) {
        let end = line.len() - ago.len() + unit.len();
        return Some(end + skip(&line[end..], |c| c.is_whitespace() || is_mark(c)));
    }
    let mut sure = false;
    if let Some(rest) = line[at..].strip_prefix([':', '.', 'h'])
        && rest.len() >= 2
        && rest.as_bytes()[..2].iter().all(u8::is_ascii_digit)
    {
        let minutes: u32 = rest[..2].parse().ok()?;
        sure = !line[at..].starts_with('.');
        at += 3;
        if minutes > 59 {
            return None;
        }
    }
    let space = skip(&line[at..], |c| c == ' ');
    let half = line[at + space..].to_lowercase();
    let half = ["a.m.", "p.m.", "am", "pm"].iter().find(|half_day| half.starts_with(**half_day)).map(|h| h.len());
    if let Some(length) = half {
        at += space + length;
        sure = true;
    }
    let space = skip(&line[at..], |c| c == ' ');
    let zone = skip(&line[at + space..], |c| c.is_ascii_uppercase());
    if (2..=4).contains(&zone) && !line[at + space + zone..].starts_with(char::is_alphanumeric) {
        at += space + zone;
    }
    if bracket == 1 {
        at += usize::from(line[at..].starts_with(']'));
    }
    let gap = skip(&line[at..], |c| c.is_whitespace() || is_mark(c));
    (sure && hours < 24 && gap > 0).then_some(at + gap)
}

fn is_mark(c: char) -> bool {
    matches!(c, ':' | '—' | '–' | '-' | '|' | '•' | ']')
}

fn skip(text: &str, take: impl Fn(char) -> bool) -> usize {
    text.find(|c| !take(c)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::stamp;

    #[test]
    fn times_and_labels_are_no_words_of_the_story() {
        let cases = [
            ("14:32 The fire is out", "14:32 "),
            ("2.05pm Ada Brook said it rained", "2.05pm "),
            ("9 p.m. The hall was full", "9 p.m. "),
            ("13:50 GMT: “We saw smoke,” she said", "13:50 GMT: "),
            ("[13:40] Ada Brook said so again", "[13:40] "),
            ("13h30 Ada Brook said so again", "13h30 "),
            ("1:15 p.m. ET: The count was off", "1:15 p.m. ET: "),
            ("12:01 | “Nothing burned,” he said", "12:01 | "),
            ("10 min ago Ada Brook said so", "10 min ago "),
            ("UPDATE: Ada Brook said so again", "UPDATE: "),
            ("BREAKING - Ada Brook said so again", "BREAKING - "),
            ("12 people were hurt in the fire", ""),
            ("10.30 votes an hour were counted", ""),
            ("Reed: The ferry stays where it is", ""),
            ("2024 Was a year of storms", ""),
        ];
        for (line, stamped) in cases {
            assert_eq!(stamp(line), stamped.chars().count(), "{line}");
        }
    }
}
