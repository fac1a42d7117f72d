//! Golden files: what was recorded once is compared ever after, or recorded anew.
//!
//! With `ONRECORD_BLESS` in the environment every test that holds a golden file writes it; without, none writes into the
//! source tree.

use std::fs;
use std::path::Path;
use std::sync::Mutex;

/// Several tests may hold parts of one file.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Holds what was made against a recorded file, or records it. Fails with the file and the first line that differs.
pub fn hold(file: &Path, made: &str) -> Result<(), String> {
    part(file, |present| Some((0, present.len())), made)
}

/// As [`hold`], for what stands in the file after the first `open` and before the next `close`.
pub fn hold_between(file: &Path, open: &str, close: &str, made: &str) -> Result<(), String> {
    let place = |present: &str| {
        let start = present.find(open)? + open.len();
        Some((start, start + present[start..].find(close)?))
    };
    part(file, place, made)
}

fn part(file: &Path, place: impl Fn(&str) -> Option<(usize, usize)>, made: &str) -> Result<(), String> {
    let _held = ONE_AT_A_TIME.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let present = fs::read_to_string(file).unwrap_or_default();
    let (start, end) = place(&present).ok_or_else(|| format!("{} lacks the part that is held", file.display()))?;
    let recorded = &present[start..end];
    if recorded == made {
        return Ok(());
    }
    if std::env::var_os("ONRECORD_BLESS").is_some() {
        return fs::write(file, [&present[..start], made, &present[end..]].concat()).map_err(|error| error.to_string());
    }
    let same = made.lines().zip(recorded.lines()).take_while(|(made, recorded)| made == recorded).count();
    let line = |text: &str| text.lines().nth(same).unwrap_or("(its end)").to_owned();
    Err(format!(
        "{} differs in line {} (ONRECORD_BLESS=1 records it anew):\n- {}\n+ {}",
        file.display(),
        present[..start].lines().count() + same + 1,
        line(recorded),
        line(made)
    ))
}
