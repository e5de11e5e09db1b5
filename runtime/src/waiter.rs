//! Waiting until a resource is in a state: the model's `smithy.waiters#waitable`.
//!
//! A [`Waiter`] is static data that the generated crate hands over. The same call is made again and again, with growing and
//! random pauses, until an acceptor tells the end or the caller's time is up.

mod error;
mod matching;
mod options;

use std::time::Duration;

use serde::Serialize;
use serde_json::Value;
use tokio::time::Instant;

pub use error::{StateNotFound, WaiterError};

use crate::client::Client;
use crate::error::Error;
use crate::jmespath::Expression;
use crate::operation::Operation;
use crate::waiter::matching::Answer;

/// How to tell that a resource is in a state.
#[derive(Debug)]
#[non_exhaustive]
pub struct Waiter {
    /// The waiter's name in the model: `ClusterActive`.
    pub name: &'static str,
    /// The shortest pause between two calls, in seconds.
    pub min_delay: u32,
    /// The longest pause between two calls, in seconds.
    pub max_delay: u32,
    /// What ends the waiting; the first that matches counts.
    pub acceptors: &'static [Acceptor],
}

impl Waiter {
    /// Describes a waiter; see the fields.
    #[must_use]
    pub const fn new(name: &'static str, min_delay: u32, max_delay: u32, acceptors: &'static [Acceptor]) -> Self {
        Self { name, min_delay, max_delay, acceptors }
    }
}

/// What an answer means.
#[derive(Debug)]
#[non_exhaustive]
pub struct Acceptor {
    /// What it means.
    pub state: State,
    /// Which answers mean that.
    pub matcher: Matcher,
}

impl Acceptor {
    /// Describes an acceptor; see the fields.
    #[must_use]
    pub const fn new(state: State, matcher: Matcher) -> Self {
        Self { state, matcher }
    }
}

/// What an answer means to a waiter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The resource is in the state that is waited for.
    Success,
    /// It will never be.
    Failure,
    /// It may be later.
    Retry,
}

/// Which answers mean something.
#[derive(Debug)]
pub enum Matcher {
    /// Any output, or any error of the service.
    Success(bool),
    /// An error of the service with this code.
    ErrorType(&'static str),
    /// An output of which an expression gives what is expected.
    Output(PathMatcher),
    /// The same, of an object with `input` and `output`.
    InputOutput(PathMatcher),
}

/// What an expression should give.
#[derive(Debug)]
#[non_exhaustive]
pub struct PathMatcher {
    /// The expression.
    pub path: &'static Expression,
    /// How its value is compared.
    pub comparator: Comparator,
    /// With what.
    pub expected: &'static str,
}

impl PathMatcher {
    /// Describes a matcher; see the fields.
    #[must_use]
    pub const fn new(path: &'static Expression, comparator: Comparator, expected: &'static str) -> Self {
        Self { path, comparator, expected }
    }
}

/// How the value of an expression is compared with what is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparator {
    /// It is that text.
    StringEquals,
    /// It is that truth value.
    BooleanEquals,
    /// It is a list of nothing but that text, and not empty.
    AllStringEquals,
    /// It is a list that holds that text.
    AnyStringEquals,
}

/// What ended the waiting: the answer in which the state was found.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FinalOutput<T, E> {
    /// The answer. It is an error where that is what was waited for: that something does not exist any more.
    pub result: Result<T, Error<E>>,
    /// How many calls were made.
    pub calls: u32,
}

impl<T, E> FinalOutput<T, E> {
    /// The output, unless an error is what ended the waiting.
    #[must_use]
    pub fn into_output(self) -> Option<T> {
        self.result.ok()
    }
}

impl Client {
    /// Makes the same call until the waiter's state is reached, for `max_wait` at most.
    ///
    /// The first call is made at once. The pauses between calls grow from the waiter's least to its greatest delay, and are
    /// random within these bounds. A call in flight is given up when the time is over.
    ///
    /// # Errors
    /// See [`WaiterError`].
    pub async fn wait<O>(
        &self,
        waiter: &'static Waiter,
        input: O,
        max_wait: Duration,
    ) -> Result<FinalOutput<O::Output, O::Error>, WaiterError<O::Output, O::Error>>
    where
        O: Operation + Clone,
        O::Output: Serialize,
    {
        let began = Instant::now();
        let pauses = Pauses::new(waiter);
        let mut calls = 0;
        loop {
            let time_left = max_wait.saturating_sub(began.elapsed());
            // Even without any time the state is asked for once.
            let call = self.send(input.clone());
            let answered = match calls {
                0 if max_wait.is_zero() => Ok(call.await),
                _ => tokio::time::timeout(time_left, call).await,
            };
            let Ok(result) = answered else { return Err(WaiterError::timed_out(waiter, max_wait, calls)) };
            calls += 1;
            let result = result.map(|reply| reply.output);
            match matching::judge(waiter, Answer::of(&input, &result)) {
                Some(State::Success) => return Ok(FinalOutput { result, calls }),
                Some(State::Failure) => {
                    return Err(WaiterError::Failed {
                        waiter: waiter.name,
                        last: Box::new(FinalOutput { result, calls }),
                    });
                }
                Some(State::Retry) => {}
                None => drop(result.map_err(WaiterError::Call)?),
            }
            let time_left = max_wait.saturating_sub(began.elapsed());
            let Some(pause) = pauses.before(calls, time_left, self.config().jitter()) else {
                return Err(WaiterError::timed_out(waiter, max_wait, calls));
            };
            tracing::debug!(waiter = waiter.name, calls, ?pause, "not yet");
            tokio::time::sleep(pause).await;
        }
    }

    /// The same with JSON for input and output, as in [`call`](Self::call).
    ///
    /// How long to wait in all is `maxWait` of the parameter `$waiter`, in seconds; 20 minutes without it. The output is `null`
    /// when an error ended the waiting.
    ///
    /// # Errors
    /// See [`WaiterError`].
    pub async fn wait_json<O>(
        &self,
        waiter: &'static Waiter,
        mut params: Value,
    ) -> Result<Value, WaiterError<Value, O::Error>>
    where
        O: Operation + Clone,
        O::Output: Serialize,
    {
        let max_wait = options::take_max_wait(&mut params).map_err(|error| WaiterError::Call(error.into()))?;
        let input = self.read_params::<O>(params).map_err(WaiterError::Call)?;
        let json = |output: O::Output| serde_json::to_value(output).unwrap_or_default();
        match self.wait(waiter, input, max_wait).await {
            Ok(reached) => Ok(reached.into_output().map_or(Value::Null, json)),
            Err(error) => Err(error.map_output(json)),
        }
    }
}

/// The pauses between calls: exponential back-off with jitter, as the specification of waiters has it.
struct Pauses {
    min: Duration,
    max: Duration,
}

impl Pauses {
    fn new(waiter: &Waiter) -> Self {
        let min = Duration::from_secs(waiter.min_delay.max(1).into());
        Self { min, max: Duration::from_secs(waiter.max_delay.into()).max(min) }
    }

    /// The pause after so many calls, `random` being uniform in 0..1; `None` when the time that is left does not do for
    /// another call.
    fn before(&self, calls: u32, left: Duration, random: f64) -> Option<Duration> {
        if left <= self.min {
            return None;
        }
        let doublings = 1_u32 << calls.saturating_sub(1).min(31);
        let bound = self.min.saturating_mul(doublings).min(self.max);
        let pause = self.min + (bound - self.min).mul_f64(random.clamp(0.0, 1.0));
        // The last call is made while there is time for its answer.
        Some(if left.saturating_sub(pause) <= self.min { left - self.min } else { pause })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static WAITER: Waiter = Waiter::new("Done", 2, 30, &[]);
    const LONG: Duration = Duration::from_secs(10_000);

    fn pause(calls: u32, left: Duration, random: f64) -> Option<u128> {
        Pauses::new(&WAITER).before(calls, left, random).map(|pause| pause.as_millis())
    }

    #[test]
    fn pauses_double_up_to_the_greatest_delay() {
        let longest: Vec<_> = (1..8).map(|calls| pause(calls, LONG, 1.0).unwrap()).collect();
        assert_eq!(longest, [2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
        assert_eq!(pause(u32::MAX, LONG, 1.0), Some(30_000));
    }

    #[test]
    fn pauses_are_random_above_the_least_delay() {
        assert_eq!(pause(3, LONG, 0.0), Some(2_000));
        assert_eq!(pause(3, LONG, 0.5), Some(5_000));
    }

    #[test]
    fn the_last_call_is_made_within_the_time() {
        assert_eq!(pause(3, Duration::from_secs(9), 1.0), Some(7_000));
        assert_eq!(pause(3, Duration::from_secs(2), 1.0), None);
        assert_eq!(pause(3, Duration::ZERO, 1.0), None);
    }

    #[test]
    fn delays_of_nothing_do_not_make_a_storm() {
        let pauses = Pauses::new(&Waiter { min_delay: 0, max_delay: 0, ..Waiter::new("Done", 0, 0, &[]) });
        assert_eq!(pauses.before(9, LONG, 1.0), Some(Duration::from_secs(1)));
    }
}
