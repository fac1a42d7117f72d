//! Progress of long work: on standard error, on a terminal only, and only after a moment.

use crate::commands::screen::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Returns a bar for `length` steps, or one that shows nothing.
pub fn bar(progress: Progress, length: usize, what: &'static str) -> ProgressBar {
    let bar = steps(progress, Some(length as u64));
    let template = "{msg} {wide_bar} {human_pos}/{human_len}  {per_sec}  {eta} left";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("━╸─"));
    }
    if progress == Progress::Shown {
        // A file may take seconds; the bar shows that it is at work before the first is done.
        bar.enable_steady_tick(std::time::Duration::from_millis(200));
    }
    bar.with_message(what)
}

/// Returns a count of steps whose end nobody knows, or one that shows nothing.
pub fn counter(progress: Progress, what: &'static str) -> ProgressBar {
    let bar = steps(progress, None);
    if let Ok(style) = ProgressStyle::with_template("{msg} {human_pos}  {per_sec}") {
        bar.set_style(style);
    }
    bar.with_message(what)
}

fn steps(progress: Progress, length: Option<u64>) -> ProgressBar {
    match progress {
        Progress::Shown => ProgressBar::with_draw_target(length, ProgressDrawTarget::stderr_with_hz(10)),
        Progress::Silent => ProgressBar::hidden(),
    }
}
