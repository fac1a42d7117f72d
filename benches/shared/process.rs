//! Runs of the program as a process, with what they took.

use std::fs;
use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_onrecord");
/// Clock ticks of a second in `/proc`: no time of the processor is told more closely.
pub const TICKS: f64 = 100.0;
/// Between two looks at how much memory a program takes.
const LOOK: Duration = Duration::from_millis(1);

/// What running the program once took.
#[allow(dead_code, reason = "not every benchmark asks for all of it")]
pub struct Took {
    /// Seconds.
    pub wall: f64,
    /// Seconds of all cores together.
    pub processor: f64,
    /// Kilobytes at the most.
    pub memory: u64,
    /// What it wrote to standard error.
    pub said: String,
    pub failed: bool,
}

/// Runs the program, with words on its standard input.
pub fn run(arguments: &[&str], input: &str) -> Took {
    let (begun, before) = (Instant::now(), of_children());
    let mut program = Command::new(PROGRAM)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that reads nothing has closed it.
    let _ = program.stdin.take().unwrap().write_all(input.as_bytes());
    let (memory, failed) = watch(&mut program);
    let wall = begun.elapsed().as_secs_f64();
    let said = std::io::read_to_string(program.stderr.take().unwrap()).unwrap();
    Took { wall, processor: of_children() - before, memory, said, failed }
}

/// Waits for the end; what is written to standard error must fit into a pipe.
fn watch(program: &mut Child) -> (u64, bool) {
    let status = format!("/proc/{}/status", program.id());
    let mut memory = 0;
    loop {
        if let Some(ended) = program.try_wait().unwrap() {
            return (memory, !ended.success());
        }
        memory = most_memory(&status).unwrap_or(memory);
        std::thread::sleep(LOOK);
    }
}

/// The processor time of all programs that this one ran to their end, in seconds.
fn of_children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    // The name in parentheses may hold spaces.
    let after = stat.rsplit_once(')').unwrap().1;
    after.split_whitespace().skip(13).take(2).map(|ticks| ticks.parse::<f64>().unwrap()).sum::<f64>() / TICKS
}

fn most_memory(status: &str) -> Option<u64> {
    let status = fs::read_to_string(status).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
