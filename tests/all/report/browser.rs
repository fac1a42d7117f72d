//! The report's page in a browser: it is no wider than a phone, short enough to read there, prints, and axe-core finds nothing.
//!
//! Needs Chromium (`chromium`, `chromium-browser` or `google-chrome` on the path, or `ONRECORD_BROWSER`); axe-core looks where
//! `ONRECORD_AXE` names its `axe.min.js`. What is not there is said to be skipped.

use crate::support::desk::Desk;
use crate::support::tell;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Widths that are looked at, in CSS pixels: a phone and a desktop.
const WIDTHS: [u32; 2] = [390, 1280];
/// Most of the samples' report on a phone, in CSS pixels: 9,000, and a tenth for other fonts than those it was measured with.
const LONGEST: u64 = 9_900;

/// Without a window, in whatever container.
const ALONE: [&str; 3] = ["--headless", "--no-sandbox", "--disable-gpu"];

/// The browser of this computer, if it runs here.
fn browser() -> Option<PathBuf> {
    let runs = |browser: &PathBuf| {
        let shown = Command::new(browser).args(ALONE).args(["--dump-dom", "about:blank"]).output();
        shown.is_ok_and(|shown| shown.status.success() && shown.stdout.starts_with(b"<"))
    };
    named().filter(runs)
}

fn named() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("ONRECORD_BROWSER") {
        return Some(named.into());
    }
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|path| path.is_file())
}

/// What the browser tells of a page.
fn called(browser: &Path, arguments: &[&str], page: &Path) -> String {
    let mut command = Command::new(browser);
    command.args(ALONE).arg("--virtual-time-budget=20000").args(arguments);
    let output = command.arg(format!("file://{}", page.display())).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A page that shows another in a frame of a width, with axe-core in it where there is one, and says what it found.
fn framed(page: &str, width: u32, axe: Option<&str>) -> String {
    let script = axe.map_or_else(String::new, |axe| format!("<script>{axe}</script>"));
    let inner = format!("{page}{script}").replace('&', "&amp;").replace('"', "&quot;");
    format!(
        "<!doctype html><body><iframe id=\"f\" style=\"width:{width}px;height:800px;border:0\" srcdoc=\"{inner}\"></iframe><script>
        f.onload = async () => {{
            const root = f.contentDocument.documentElement;
            // A phone's bar lies over the page.
            root.style.scrollbarWidth = 'none';
            for (const one of root.querySelectorAll('details')) one.open = {open};
            const told = {{wider: root.scrollWidth - root.clientWidth, height: root.scrollHeight, faults: []}};
            if (f.contentWindow.axe)
                told.faults = (await f.contentWindow.axe.run()).violations.map(one => one.id + ' ' + one.nodes[0].html);
            const pre = document.createElement('pre');
            pre.id = 'told';
            pre.textContent = JSON.stringify(told);
            document.body.replaceChildren(pre);
        }};
        </script>",
        open = axe.is_some()
    )
}

/// What the framing page said.
fn looked_at(desk: &Desk, browser: &Path, page: &str, width: u32, axe: Option<&str>) -> serde_json::Value {
    let framing = desk.write("framing.html", &framed(page, width, axe));
    let shown = called(browser, &["--dump-dom"], Path::new(&framing));
    let told = shown.split_once("<pre id=\"told\">").and_then(|(_, rest)| rest.split_once("</pre>"));
    let (told, _) = told.unwrap_or_else(|| panic!("the browser said nothing of the page: {shown}"));
    serde_json::from_str(&told.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")).unwrap()
}

#[test]
fn every_kind_of_page_holds_on_a_phone_on_a_desktop_and_on_paper() {
    let Some(browser) = browser() else {
        return tell("skipped: there is no browser that runs (Chromium, or ONRECORD_BROWSER)");
    };
    let axe = std::env::var_os("ONRECORD_AXE").map(|path| std::fs::read_to_string(path).unwrap());
    if axe.is_none() {
        tell("skipped: axe-core (ONRECORD_AXE names its axe.min.js)");
    }
    let desk = Desk::with_samples();
    let samples = desk.run(&["report", "--suggested", "--as", "html"]);
    let phone = looked_at(&desk, &browser, &samples, WIDTHS[0], None);
    assert!(phone["height"].as_u64().unwrap() < LONGEST, "{phone}");
    desk.run(&["confirm", "m9", "m15"]);
    desk.run(&[
        "verdict",
        "record",
        "c1",
        "false",
        "The auditor found more.",
        "--link",
        "https://auditor.example/tunnel",
    ]);
    desk.run(&["verdict", "publish", "v1", "--anyway", "a test"]);
    desk.run(&["story", "create", "tunnel", "text:tunnel"]);
    for about in
        [&["contradictions", "--suggested"][..], &["speaker:Orlova"], &["story:tunnel"], &["v1"], &["c1"], &["new"]]
    {
        let line: Vec<&str> = ["report"].iter().chain(about).chain(&["--as", "html"]).copied().collect();
        let page = desk.run(&line);
        for width in WIDTHS {
            let told = looked_at(&desk, &browser, &page, width, axe.as_deref());
            assert_eq!(told["wider"], 0, "{about:?} at {width}: {told}");
            assert_eq!(told["faults"], serde_json::json!([]), "{about:?} at {width}");
        }
        let (file, paper) = (desk.write("page.html", &page), desk.path("page.pdf"));
        called(&browser, &[&format!("--print-to-pdf={}", paper.display())], Path::new(&file));
        assert!(std::fs::read(&paper).unwrap().starts_with(b"%PDF"), "{about:?} does not print");
    }
}
