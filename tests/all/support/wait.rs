//! How long is long: bounds of time, scaled to the machine and to what else it does.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What a start of the program takes where nothing else is done.
const USUAL: Duration = Duration::from_millis(15);

/// A bound that holds where nothing else is done, made longer by as much as starts of the program take longer now; never
/// shorter.
pub fn scaled(bound: Duration) -> Duration {
    let begun = Instant::now();
    let starts = 5;
    for _ in 0..starts {
        let mut program = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        program.arg("--version").stdout(Stdio::null()).status().unwrap();
    }
    let slower = begun.elapsed().as_secs_f64() / (USUAL * starts).as_secs_f64();
    bound.mul_f64(slower.clamp(1.0, 20.0))
}

/// Panics where what was begun then has taken longer than the [`scaled`] bound.
pub fn within(bound: Duration, begun: Instant, what: &str) {
    let took = begun.elapsed();
    if took >= bound {
        let bound = scaled(bound);
        assert!(took < bound, "{what}: took {took:?}, more than {bound:?}");
    }
}
