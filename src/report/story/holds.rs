//! Tells what somebody holds from what somebody only mentions: a figure, or the words of somebody else.

/// Words from which a quotation inside a quotation is what somebody said, and not a name for a thing.
const SAID: usize = 4;
/// Words from which a stretch between commas says something.
const CLAUSE: usize = 3;

/// Tells whether words can be a position of their speaker: not where they only give figures, and not where they are quoted and
/// quote somebody else themselves.
pub fn can_be_held(words: &str) -> bool {
    !gives_only_figures(words) && !quotes_somebody(words)
}

/// Each clause has a figure, and none tells what the speaker wants or does.
fn gives_only_figures(words: &str) -> bool {
    let lower = words.to_lowercase();
    let own = |word: &str| {
        matches!(word, "i" | "we" | "my" | "our" | "must" | "should" | "i'll" | "we'll" | "i’ll" | "we’ll")
    };
    if lower.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’')).any(own) {
        return false;
    }
    // The comma of "1,000" parts nothing.
    let clauses = lower.split([';', '?', '!']).flat_map(|part| part.split(", ")).flat_map(|part| part.split(" and "));
    let mut telling = clauses.filter(|clause| clause.split_whitespace().count() >= CLAUSE).peekable();
    telling.peek().is_some() && telling.all(|clause| clause.contains(|c: char| c.is_ascii_digit()))
}

/// A quotation in double marks that holds one in single marks.
fn quotes_somebody(words: &str) -> bool {
    words.split(" [...] ").any(|piece| {
        let piece = piece.trim();
        let Some(inside) = piece.strip_prefix(['"', '“']) else { return false };
        let opens = |&(at, mark): &(usize, char)| {
            matches!(mark, '\'' | '‘') && !inside[..at].chars().next_back().is_some_and(char::is_alphanumeric)
        };
        let Some((from, mark)) = inside.char_indices().find(opens) else { return false };
        let rest = &inside[from + mark.len_utf8()..];
        let closes = |&(at, mark): &(usize, char)| {
            let after = rest[at + mark.len_utf8()..].chars().next();
            matches!(mark, '\'' | '’') && !after.is_some_and(char::is_alphanumeric)
        };
        let end = rest.char_indices().find(closes).map_or(0, |(at, _)| at);
        rest[..end].split_whitespace().count() >= SAID
    })
}

#[cfg(test)]
mod tests {
    use super::can_be_held;

    #[test]
    fn figures_and_the_words_of_others_are_no_positions() {
        for (words, expected) in [
            ("the quay would cost 650 million crowns", false),
            ("that 1,200 jobs went, and that 3 yards closed", false),
            ("\"Ada told me in May, 'The quay will be built,'\"", false),
            ("“He wrote: ‘There is no money left’”", false),
            ("\"The quay will be built, and it will cost 400 million crowns,\"", true),
            ("\"We will close 2 yards\"", true),
            ("that the 2 yards should stay", true),
            ("\"It's the so-called 'big dig' that we don't want\"", true),
            ("“I oppose the quay,” [...] “It’s too dear.”", true),
            ("that she no longer supported the quay", true),
            ("", true),
        ] {
            assert_eq!(can_be_held(words), expected, "{words}");
        }
    }
}
