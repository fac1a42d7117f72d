//! An article that is pasted where commands are read: it is kept, and `load -` is offered, instead of one error a line.

use crate::commands::{CommandError, Session, completion};

/// Words in the first line from which a paste of several lines is taken for an article.
const WORDS: usize = 4;

/// Returns the offer to load what was pasted, if it is an article: several lines, of which the first is no command.
pub fn offered(session: &mut Session, entered: &str) -> Option<CommandError> {
    if !is_article(entered) {
        return None;
    }
    session.keep_pasted(entered);
    let lines = entered.lines().filter(|line| !line.trim().is_empty()).count();
    Some(
        CommandError::usage(format!("these {lines} lines are no commands; are they an article?"))
            .with_hint("`load -` loads what you pasted; add --date, --outlet and --title if you know them"),
    )
}

fn is_article(entered: &str) -> bool {
    let mut lines = entered.lines().filter(|line| !line.trim().is_empty());
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return false };
    let is_command = |line: &str| {
        let word = line.split_whitespace().next().unwrap_or_default();
        word.starts_with('#') || completion::command_named(word).is_some()
    };
    let long = |line: &str| line.split_whitespace().count() >= WORDS;
    // A headline may begin with the name of a command ("Report finds …"), but then the next line does not.
    let opens =
        is_command(first) && (entered.lines().any(|line| line.trim().is_empty()) && long(first) && long(second));
    let head = ["title:", "outlet:", "date:", "url:"].iter().any(|key| first.to_lowercase().starts_with(key));
    head || (long(first) || long(second)) && (!is_command(first) || opens) && !is_command(second)
}

#[cfg(test)]
mod tests {
    use super::is_article;

    #[test]
    fn an_article_is_told_from_commands() {
        for (entered, expected) in [
            ("The port stays open\n\n“It will,” Minister Ada Brook said on Monday.\n", true),
            ("Title: The port\nOutlet: Wire\n\nThe minister said no.", true),
            ("Report finds no fault with bridge\n\nThe auditor said on Monday that it holds.", true),
            ("claims\nstats\n", false),
            ("claims speaker:Wells\nfind the port and the bridge\n", false),
            ("# what I do every day\nclaims after:yesterday", false),
            ("nonsense\nstats", false),
            ("The port will stay open, she said on Monday in Larnsea.", false),
            ("compare “The ferry will sail.\nIt is new.” “It will not.”", false),
            ("note c1 \"first line of it\nsecond line of the note\"", false),
            ("", false),
        ] {
            assert_eq!(is_article(entered), expected, "{entered}");
        }
    }
}
