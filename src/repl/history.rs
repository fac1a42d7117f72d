//! Where the prompt remembers its lines: a file in the user's state directory, shared by all sessions.

use std::path::PathBuf;

/// The most lines kept.
pub const LINES: usize = 5_000;

/// Returns `$XDG_STATE_HOME/onrecord/history`, its folder made; `None` where there is no place to keep it.
pub fn file() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let places = etcetera::choose_base_strategy().ok()?;
    let folder = places.state_dir().unwrap_or_else(|| places.data_dir()).join("onrecord");
    std::fs::create_dir_all(&folder).ok()?;
    Some(folder.join("history"))
}
