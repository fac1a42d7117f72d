//! Long output goes through the person's pager, short output goes straight to the terminal.
//!
//! `PAGER` chooses the pager; without it `less -RFX`. A pager that cannot be started is passed over: the output is then
//! written as it is. Only the prompt pages; scripts and pipes never do.

use crate::commands::session::shell::Pager;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// What became of a text that was given to the pager.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paged {
    Shown,
    /// There is no pager, or it does not start: the text is still to be written.
    NoPager,
}

/// Tells whether a text has more lines than fit on the screen with the next prompt below them.
pub fn is_long(text: &str, rows: usize) -> bool {
    text.lines().count() + 1 > rows.max(2)
}

/// Returns the pager's command line; `None` when the person wants none (`PAGER=` or `PAGER=cat`).
fn pager(chosen: Option<&str>) -> Option<String> {
    match chosen.map(str::trim) {
        None => Some("less -RFX".to_owned()),
        Some("" | "cat") => None,
        Some(pager) => Some(pager.to_owned()),
    }
}

/// Shows a text in the pager and waits until the person leaves it.
pub fn page(text: &str, chosen: &Pager) -> Paged {
    let usual = || pager(std::env::var("PAGER").ok().as_deref());
    let pager = match chosen {
        Pager::Usual => usual(),
        Pager::Off => None,
        Pager::Command(command) => pager(Some(command)),
    };
    let Some(pager) = pager else { return Paged::NoPager };
    let mut command = Command::new("sh");
    command.arg("-c").arg(&pager).stdin(Stdio::piped());
    if std::env::var_os("LESS").is_none() {
        // A plain `PAGER=less` must show colours and leave a short text alone, as git sees to it.
        command.env("LESS", "FRX");
    }
    let Ok(mut child) = command.spawn() else { return Paged::NoPager };
    if let Some(mut stdin) = child.stdin.take() {
        // Leaving the pager early closes the pipe, which is no error.
        let _ = stdin.write_all(text.as_bytes());
    }
    match child.wait() {
        // 126 and 127 are the shell's way of saying that there is no such program.
        Ok(status) if matches!(status.code(), Some(126 | 127)) => Paged::NoPager,
        _ => Paged::Shown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_long_output_is_paged_and_only_by_the_pager_chosen() {
        assert!(!is_long("a\nb\n", 3));
        assert!(is_long("a\nb\nc\n", 3));
        assert!(!is_long("", 0));
        assert_eq!(pager(None).as_deref(), Some("less -RFX"));
        assert_eq!(pager(Some("most -s")).as_deref(), Some("most -s"));
        assert_eq!([pager(Some("")), pager(Some(" cat "))], [None, None]);
    }
}
