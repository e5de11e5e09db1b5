//! The simulation of an [`Nfa`](super::Nfa): all ways through the program at once, one bit per instruction.

use super::Class;
use super::nfa::{Code, Inst};

/// A set of small numbers.
pub(super) struct Bits<'b>(pub(super) &'b mut [u64]);

impl Bits<'_> {
    pub(super) fn insert(&mut self, number: usize) {
        self.0[number >> 6] |= 1 << (number & 63);
    }

    fn remove(&mut self, number: usize) {
        self.0[number >> 6] &= !(1 << (number & 63));
    }

    fn contains(&self, number: usize) -> bool {
        self.0[number >> 6] >> (number & 63) & 1 == 1
    }
}

/// Which way the program takes characters.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Direction {
    Forward,
    Backward,
}

/// A program and a text.
pub(super) struct Simulation<'a> {
    pub(super) code: &'a Code,
    pub(super) classes: &'a [Class],
    pub(super) value: &'a str,
    pub(super) direction: Direction,
    /// Whether the look-around holds at the position.
    pub(super) holds: &'a dyn Fn(u16, usize) -> bool,
}

/// Where the simulation is: the position in bytes, how many characters it has taken, and its neighbours.
struct Place {
    at: usize,
    step: u32,
    before: Option<char>,
    after: Option<char>,
    /// The neighbour in the simulation's direction.
    next: Option<char>,
}

/// The sets of instructions: to do at this position, done at this position, to do at the next one.
struct State<'s> {
    pending: Bits<'s>,
    done: Bits<'s>,
    next: Bits<'s>,
    /// For each counter, the number of taken characters at which its run must have ended.
    limits: &'s mut [u32],
}

const WORDS: usize = Code::MAX / 64;

impl Simulation<'_> {
    /// Calls `on_match` with each position at which the program arrives at its end, until it returns true.
    pub(super) fn run(&self, on_match: &mut dyn FnMut(usize) -> bool) -> bool {
        let words = self.code.insts.len().div_ceil(64);
        if words > WORDS || self.code.counters > Code::MAX_COUNTERS {
            return false;
        }
        let mut memory = [0; WORDS * 3];
        let mut limits = [0; Code::MAX_COUNTERS];
        let (pending, rest) = memory.split_at_mut(words);
        let (done, rest) = rest.split_at_mut(words);
        let mut state = State {
            pending: Bits(pending),
            done: Bits(done),
            next: Bits(&mut rest[..words]),
            limits: &mut limits[..self.code.counters],
        };
        let mut at = if self.direction == Direction::Forward {
            0
        } else {
            self.value.len()
        };
        let mut step = 0;
        loop {
            let (before, after) = (
                self.value[..at].chars().next_back(),
                self.value[at..].chars().next(),
            );
            let next = if self.direction == Direction::Forward {
                after
            } else {
                before
            };
            if step == 0 || !self.code.at_start {
                state.pending.insert(0);
            }
            if self.visit(
                &mut state,
                &Place {
                    at,
                    step,
                    before,
                    after,
                    next,
                },
            ) && on_match(at)
            {
                return true;
            }
            let Some(next) = next else { return false };
            if self.code.at_start && state.next.0.iter().all(|&word| word == 0) {
                return false;
            }
            std::mem::swap(&mut state.pending, &mut state.next);
            state.done.0.fill(0);
            step += 1;
            match self.direction {
                Direction::Forward => at += next.len_utf8(),
                Direction::Backward => at -= next.len_utf8(),
            }
        }
    }

    /// Does what is pending at this position and whatever that leads to, leaves in `next` what the character allows,
    /// and returns whether the program's end was among it.
    fn visit(&self, state: &mut State<'_>, place: &Place) -> bool {
        let mut matched = false;
        let mut word = 0;
        while let Some(bits) = state.pending.0.get(word) {
            if *bits == 0 {
                word += 1;
                continue;
            }
            let index = word * 64 + bits.trailing_zeros() as usize;
            state.pending.remove(index);
            if state.done.contains(index) {
                continue;
            }
            state.done.insert(index);
            let Some(inst) = self.code.insts.get(index) else {
                continue;
            };
            // Going back to an earlier instruction means looking at an earlier word again.
            let mut follow = |target: usize, state: &mut State<'_>| {
                state.pending.insert(target);
                word = word.min(target >> 6);
            };
            match *inst {
                Inst::Char(c) => {
                    if place.next == Some(c) {
                        state.next.insert(index + 1);
                    }
                }
                Inst::Class(class) => {
                    if self.takes(class, place) {
                        state.next.insert(index + 1);
                    }
                }
                Inst::Enter { counter, max } => {
                    // A later entry outlasts an earlier one, and both may end whenever they like: one limit will do.
                    state.limits[usize::from(counter)] = place.step.saturating_add(max);
                    state.done.remove(index + 1);
                    follow(index + 1, state);
                }
                Inst::Run { class, counter } => {
                    if place.step < state.limits[usize::from(counter)] && self.takes(class, place) {
                        state.next.insert(index);
                        state.next.insert(index + 1);
                    }
                }
                Inst::Split(first, second) => {
                    follow(usize::from(first), state);
                    follow(usize::from(second), state);
                }
                Inst::Jump(target) => follow(usize::from(target), state),
                Inst::Start if place.before.is_none() => follow(index + 1, state),
                Inst::End if place.after.is_none() => follow(index + 1, state),
                Inst::WordBoundary(wanted)
                    if (is_word(place.before) != is_word(place.after)) == wanted =>
                {
                    follow(index + 1, state);
                }
                Inst::Look(look, wanted) if (self.holds)(look, place.at) == wanted => {
                    follow(index + 1, state)
                }
                Inst::Start | Inst::End | Inst::WordBoundary(_) | Inst::Look(..) => {}
                Inst::Match => matched = true,
            }
        }
        matched
    }

    fn takes(&self, class: u16, place: &Place) -> bool {
        match (self.classes.get(usize::from(class)), place.next) {
            (Some(class), Some(c)) => class.contains(c),
            _ => false,
        }
    }
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_')
}
