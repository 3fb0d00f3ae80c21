//! Repeated measuring.

use std::time::{Duration, Instant};

use anyhow::Result;

const LEAST_PASSES: usize = 3;

/// Wall times of the passes, in seconds, shortest first; never empty.
#[derive(Clone, Debug)]
pub struct Times(Vec<f64>);

impl Times {
    pub fn new(mut seconds: Vec<f64>) -> Self {
        assert!(!seconds.is_empty(), "nothing was measured");
        seconds.sort_by(f64::total_cmp);
        Self(seconds)
    }

    pub fn all(&self) -> &[f64] {
        &self.0
    }

    pub fn median(&self) -> f64 {
        let half = self.0.len() / 2;
        if self.0.len() % 2 == 1 { self.0[half] } else { f64::midpoint(self.0[half - 1], self.0[half]) }
    }

    pub fn least(&self) -> f64 {
        self.0[0]
    }

    pub fn most(&self) -> f64 {
        self.0[self.0.len() - 1]
    }
}

/// Repeats `work` until `budget` is spent, and at least three times; the value is the last pass's.
pub fn repeat<T>(budget: Duration, work: impl FnMut() -> Result<T>) -> Result<(Times, T)> {
    passes(work, |passes, spent| passes >= LEAST_PASSES && spent >= budget)
}

/// Repeats `work` so many times.
pub fn times<T>(count: usize, work: impl FnMut() -> Result<T>) -> Result<(Times, T)> {
    passes(work, |passes, _| passes >= count)
}

fn passes<T>(mut work: impl FnMut() -> Result<T>, enough: impl Fn(usize, Duration) -> bool) -> Result<(Times, T)> {
    let mut seconds = Vec::new();
    let begin = Instant::now();
    loop {
        let start = Instant::now();
        let value = work()?;
        seconds.push(start.elapsed().as_secs_f64());
        if enough(seconds.len(), begin.elapsed()) {
            return Ok((Times::new(seconds), value));
        }
        // The value is dropped here, outside the measured time.
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn median_and_spread() {
        let odd = Times::new(vec![3.0, 1.0, 2.0]);
        assert_eq!((odd.least(), odd.median(), odd.most()), (1.0, 2.0, 3.0));
        assert!((Times::new(vec![4.0, 1.0, 2.0, 3.0]).median() - 2.5).abs() < 1e-9);
    }

    #[test]
    fn at_least_three_passes() {
        let mut passes = 0;
        let (times, last) = repeat(Duration::ZERO, || {
            passes += 1;
            Ok(passes)
        })
        .unwrap();
        assert_eq!((times.all().len(), last), (3, 3));
    }
}
