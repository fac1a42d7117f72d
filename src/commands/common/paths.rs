//! Paths as a person types them at the prompt, where no shell reads them first: `~`, `$HOME` and wildcards.
//!
//! A file that is there under the very name is meant by it, so `a*.txt` may also be the name of one file.

use crate::commands::{CommandError, Session};
use crate::workbench::fetch::is_address;
use std::path::{Path, PathBuf};

impl Session {
    /// Resolves a path that a person typed.
    pub fn path(&self, typed: &Path) -> PathBuf {
        self.based(typed, &|name| std::env::var(name).ok())
    }

    /// Returns the address that a person typed where a path may stand: what has a scheme and is no file.
    pub(in crate::commands) fn address(&self, typed: &Path) -> Option<String> {
        let address = typed.to_str().filter(|text| is_address(text) && !self.path(typed).exists())?;
        Some(address.to_owned())
    }

    /// Returns every path that a typed one stands for, in order of name: `articles/*.txt` may be many.
    ///
    /// # Errors
    /// When a pattern fits no file, or is no pattern.
    pub(in crate::commands) fn paths(&self, typed: &Path) -> Result<Vec<PathBuf>, CommandError> {
        let path = self.path(typed);
        let Some(pattern) = path.to_str().filter(|text| text.contains(['*', '?', '['])) else { return Ok(vec![path]) };
        if path.exists() {
            return Ok(vec![path]);
        }
        let found = glob::glob(pattern).map_err(|error| {
            CommandError::usage(format!("invalid pattern `{}`: {}", typed.display(), error.msg))
                .with_hint("`*` stands for any letters, `?` for one, `[ab]` for one of several")
        })?;
        let found: Vec<PathBuf> = found.flatten().collect();
        if found.is_empty() {
            return Err(CommandError::failed(format!("{}: no file matches", typed.display()))
                .with_hint("check the path; relative paths count from the folder onrecord was started in"));
        }
        Ok(found)
    }

    fn based(&self, typed: &Path, variable: &dyn Fn(&str) -> Option<String>) -> PathBuf {
        let written = typed.to_str().map(|text| PathBuf::from(expanded(text, variable)));
        let path = written.unwrap_or_else(|| typed.to_owned());
        match &self.base {
            Some(base) => base.join(path),
            None => path,
        }
    }
}

/// Returns the home folder of the person, where it is known.
pub(in crate::commands) fn home() -> Option<String> {
    std::env::var("HOME").ok().filter(|home| home.len() > 1).map(|home| home.trim_end_matches('/').to_owned())
}

/// Puts the home folder in the place of a `~` at the start, and variables in the place of `$NAME` and `${NAME}`; a
/// variable that is not set stays as it is written.
fn expanded(typed: &str, variable: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::new();
    let mut rest = typed;
    if let Some(after) = typed.strip_prefix('~').filter(|after| after.is_empty() || after.starts_with('/'))
        && let Some(home) = variable("HOME")
    {
        out.push_str(&home);
        rest = after;
    }
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let (name, end) = match after.strip_prefix('{').and_then(|inner| Some((inner, inner.find('}')?))) {
            Some((inner, close)) => (&inner[..close], close + 2),
            None => {
                let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(after.len());
                (&after[..end], end)
            }
        };
        match variable(name).filter(|_| !name.is_empty()) {
            Some(value) => out.push_str(&value),
            None => out.push_str(&rest[at..at + 1 + end]),
        }
        rest = &after[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::screen::Screen;
    use crate::store::Place;
    use crate::workbench::Settings;

    #[test]
    fn home_and_variables_stand_for_their_folders() {
        let variable = |name: &str| match name {
            "HOME" => Some("/home/ada".to_owned()),
            "DESK" => Some("press desk".to_owned()),
            _ => None,
        };
        for (typed, expected) in [
            ("~", "/home/ada"),
            ("~/a.txt", "/home/ada/a.txt"),
            ("$HOME/a.txt", "/home/ada/a.txt"),
            ("${HOME}/$DESK/a", "/home/ada/press desk/a"),
            ("a~b", "a~b"),
            ("~ada/x", "~ada/x"),
            ("$NOPE/x", "$NOPE/x"),
            ("${NOPE/x", "${NOPE/x"),
            ("costs $5", "costs $5"),
            ("$", "$"),
            ("é$HOME", "é/home/ada"),
        ] {
            assert_eq!(expanded(typed, &variable), expected, "{typed}");
        }
    }

    #[test]
    fn patterns_stand_for_the_files_that_fit_in_order() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a.txt", "c.md", "d[1].txt", "e[1]"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        let mut session = Session::new(Place::Memory, Settings::default(), Screen::captured(80));
        session.base = Some(folder.path().to_owned());
        let names = |typed: &str| {
            let found = session.paths(Path::new(typed)).map_err(|error| error.to_string())?;
            Ok::<_, String>(
                found.iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect::<Vec<_>>(),
            )
        };
        assert_eq!(names("?.txt").unwrap(), ["a.txt", "b.txt"]);
        assert_eq!(names("[ac].*").unwrap(), ["a.txt", "c.md"]);
        assert_eq!(names("e[1]").unwrap(), ["e[1]"], "a file of that very name is meant");
        assert_eq!(names("missing.txt").unwrap(), ["missing.txt"], "a plain path is left to whoever opens it");
        assert!(names("*.pdf").unwrap_err().contains("no file matches"));
        assert!(names("[").unwrap_err().contains("invalid pattern"));
    }
}
