//! No time or memory runs away: what is read has a limit that can be raised, and odd input costs no more than its size.

use crate::support::desk::Desk;
use crate::support::wait;
use std::fs::File;
use std::os::unix::fs::symlink;
use std::time::{Duration, Instant};

/// No call here has reason to take as long.
const SOON: Duration = Duration::from_secs(10);

fn fifo(path: &std::path::Path) {
    let made = std::process::Command::new("mkfifo").arg(path).status().unwrap();
    assert!(made.success());
}

#[test]
fn what_never_ends_is_given_up_with_a_message() {
    let desk = Desk::new();
    symlink("/dev/zero", desk.path("zero")).unwrap();
    let sparse = File::create(desk.path("sparse")).unwrap();
    sparse.set_len(20 << 30).unwrap();
    for name in ["zero", "sparse"] {
        for command in [
            &["run"][..],
            &["match", "--queries"],
            &["compare", "--pairs"],
            &["load"],
            &["extract"],
            &["load", "a.txt", "--metadata"],
        ] {
            let begun = Instant::now();
            let arguments: Vec<&str> = command.iter().copied().chain([name]).collect();
            let answer = desk.call(&arguments);
            assert_eq!(answer.code, 1, "{arguments:?}: {}{}", answer.out, answer.err);
            assert!(
                format!("{}{}", answer.out, answer.err).contains("larger than 64 MB"),
                "{arguments:?}: {}",
                answer.err
            );
            wait::within(SOON, begun, &format!("{arguments:?}"));
        }
    }
    let zero = File::open("/dev/zero").unwrap();
    let answer = crate::support::desk::answer(
        &desk.command(&["extract", "-", "--max-size", "1M"]).stdin(zero).output().unwrap(),
    );
    assert!(answer.code == 1 && answer.err.contains("larger than 1 MB"), "{}", answer.err);
}

#[test]
fn a_limit_can_be_raised_and_lowered() {
    let desk = Desk::new();
    let text = "The quay will open in May, minister Ada Brook said on Monday.\n";
    let file = desk.write("long.txt", &text.repeat(40));
    let refused = desk.call(&["extract", &file, "--max-size", "1K"]);
    assert!(refused.code == 1 && refused.err.contains("--max-size allows more"), "{}", refused.err);
    desk.run(&["extract", &file, "--max-size", "1M"]);
    desk.refuse(&["extract", &file, "--max-size", "much"], "64M");
}

#[test]
fn pipes_hang_nothing() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("folder")).unwrap();
    fifo(&desk.path("folder/pipe.txt"));
    desk.write("folder/good.txt", "The quay will open in May, minister Ada Brook said on Monday.\n");
    let begun = Instant::now();
    let answer = desk.call(&["load", "folder"]);
    assert!(answer.out.contains("no regular file") && answer.out.contains("1 article added"), "{}", answer.out);
    let scales = desk.path(".config/onrecord/scales");
    std::fs::create_dir_all(&scales).unwrap();
    fifo(&scales.join("own.toml"));
    let answer = desk.call(&["stats"]);
    assert!(answer.code == 0 && answer.err.contains("no regular file"), "{}", answer.err);
    wait::within(SOON, begun, "a folder with a pipe");
}

#[test]
fn odd_words_cost_no_more_than_their_size() {
    let desk = Desk::new();
    let title = format!("Title: {}\n\nThe quay will open, minister Ada Brook said.\n", "x".repeat(400_000));
    let file = desk.write("title.txt", &title);
    desk.run(&["load", &file, "--reader", "fast"]);
    let wide = crate::support::desk::answer(&desk.command(&["articles"]).env("COLUMNS", "160").output().unwrap());
    assert!(wide.out.len() < 2_000, "a title is cut in a list");
    assert!(desk.run(&["articles", "--json"]).len() > 400_000, "programs get all of it");
    let open = desk.write("open.onrecord", &format!("note c1 \"never closed\n{}", "stats\n".repeat(60_000)));
    let apostrophes = desk.write("apostrophes.onrecord", &format!("find {}\n", "'a ".repeat(60_000)));
    let words = desk.write("words.onrecord", &format!("find {}\n", "quay ".repeat(100_000)));
    for arguments in [&["articles"][..], &["run", &open], &["run", &apostrophes], &["run", &words]] {
        let begun = Instant::now();
        desk.call(arguments);
        wait::within(SOON, begun, &format!("{arguments:?}"));
    }
    desk.refuse(&["run", &words], "look for a few of them");
}
