//! What is said of words that make no command: the slip, what it may have been, and what to type.

use super::{CommandError, Session, line, registry};
use crate::lexicon::letters::one_line;
use crate::report::view::View;
use crate::store::Place;
use crate::store::filter::KEYS;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// What to do for a PDF.
pub const PDF: &str =
    "a browser prints HTML to PDF: `report … --out report.html`, then print it; .docx opens in a text program";

/// Turns what clap says about a line into a view (help was asked for) or an error with a hint.
///
/// # Errors
/// [`CommandError::Usage`] unless help or the version was asked for.
pub fn parse_failure(error: clap::Error) -> Result<View, CommandError> {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return Ok(View::document(error.render().to_string()));
    }
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    };
    if error.kind() == ErrorKind::InvalidSubcommand {
        let typed = context(ContextKind::InvalidSubcommand).concat();
        return Err(unknown_command(&typed, &context(ContextKind::SuggestedSubcommand)));
    }
    let (value, option) = (context(ContextKind::InvalidValue).concat(), context(ContextKind::InvalidArg).concat());
    if error.kind() == ErrorKind::InvalidValue && value.eq_ignore_ascii_case("pdf") {
        return Err(CommandError::usage("no PDF is written").with_hint(PDF));
    }
    if let Some(reason) = std::error::Error::source(&error) {
        if reason.is::<std::num::ParseIntError>() {
            let option = option.split(' ').next().unwrap_or_default();
            return Err(CommandError::usage(format!("invalid number `{value}` for {option}"))
                .with_hint(format!("give a whole number, such as `{option} 20`")));
        }
        // A value that is no id, number or date says itself what it should look like.
        return Err(CommandError::usage(reason.to_string()));
    }
    if error.kind() == ErrorKind::UnknownArgument
        && let Some(key) = option.strip_prefix("--").and_then(|name| name.split('=').next())
        && KEYS.iter().any(|(known, _)| *known == key)
    {
        return Err(CommandError::usage(format!("unexpected argument `{option}`"))
            .with_hint(format!("write the filter as a word: `{key}:VALUE` (see `help filters`)")));
    }
    let rendered = error.render().to_string();
    let (message, rest) = rendered.split_once("\n\n").unwrap_or((&rendered, ""));
    let message = one_line(message.trim_start_matches("error: "));
    let usage = rest.lines().find_map(|line| line.trim().strip_prefix("Usage: ")).map(str::to_owned);
    let tip = rest.lines().find_map(|line| line.trim().strip_prefix("tip: ")).map(str::to_owned);
    let failure = CommandError::usage(message);
    Err(match tip.or_else(|| usage.map(|usage| format!("usage: {usage}"))) {
        Some(hint) => failure.with_hint(hint),
        None => failure,
    })
}

/// The error of a first word that is no command: too short a prefix, a slip, or something else.
fn unknown_command(typed: &str, suggested: &[String]) -> CommandError {
    let names = registry().iter().flat_map(|entry| std::iter::once(entry.name).chain(entry.aliases.iter().copied()));
    let fitting: Vec<&str> = names.clone().filter(|name| !typed.is_empty() && name.starts_with(typed)).collect();
    if fitting.len() > 1 {
        return CommandError::usage(format!("`{typed}` is ambiguous: {}", listed(&fitting)))
            .with_hint("type one more letter");
    }
    let nearest = names.map(|name| (strsim::jaro_winkler(name, typed), name)).max_by(|a, b| a.0.total_cmp(&b.0));
    let guess = match (suggested.first(), nearest) {
        (_, Some((score, name))) if score > 0.8 => Some(name.to_owned()),
        (Some(name), _) => Some(name.clone()),
        _ => None,
    };
    let failure = CommandError::usage(format!("unknown command `{typed}`"));
    match guess {
        Some(name) => failure.with_hint(format!("did you mean `{name}`? `help` lists all commands")),
        None => failure.with_hint("`help` lists all commands"),
    }
}

/// Writes names for a sentence: `a`, `b` or `c`.
fn listed(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// Words in a row that are no command but a sentence, as when an article is pasted.
const SENTENCE: usize = 8;

/// Returns the hint for words that are no command but are known otherwise: the name of a speaker, a story or an outlet,
/// or a sentence of an article.
pub fn known_name(session: &mut Session, words: &[String]) -> Option<String> {
    if words.len() >= SENTENCE {
        return Some(
            "is this an article? `load -` takes one that is pasted; `match \"…\"` finds what was said before".into(),
        );
    }
    // A name is looked for only where there is a desk; none is made for a slip.
    if matches!(session.desk(), Place::File(path) if !path.exists()) {
        return None;
    }
    let name = words.join(" ");
    let shown = line::quoted(&name);
    let wanted = crate::store::fold(&name);
    let whole_words = |known: &String| format!(" {} ", crate::store::fold(known)).contains(&format!(" {wanted} "));
    if wanted.is_empty() {
        return None;
    }
    let desk = session.workbench().ok()?;
    if desk.speaker_names().ok()?.iter().any(whole_words) {
        return Some(format!(
            "to see what {name} said: `claims speaker:{shown}`; about the speaker: `speaker show {shown}`"
        ));
    }
    if desk.stories().ok()?.iter().any(|story| crate::store::fold(&story.name) == wanted) {
        return Some(format!("to see the story: `story show {shown}`; what was said in it: `claims story:{shown}`"));
    }
    if desk.outlets().ok()?.iter().any(whole_words) {
        return Some(format!("to see what {name} published: `articles outlet:{shown}`"));
    }
    None
}

/// The error of words that are no command, with a hint that knows more.
pub fn hinted(words: &[String], hint: String) -> CommandError {
    let shown = words.iter().take(3).cloned().collect::<Vec<_>>().join(" ");
    let more = if words.len() > 3 { " …" } else { "" };
    CommandError::usage(format!("unknown command `{shown}{more}`")).with_hint(hint)
}
