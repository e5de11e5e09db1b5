//! The simulation of an [`Nfa`](super::Nfa): all ways through the program at once, one bit per instruction.

use super::Class;
use super::nfa::{Code, Inst};

/// A set of instructions.
trait Set: Default {
    fn insert(&mut self, number: usize);
    fn remove(&mut self, number: usize);
    fn contains(&self, number: usize) -> bool;
    fn is_empty(&self) -> bool;
    /// Takes out the smallest.
    fn pop(&mut self) -> Option<usize>;
}

/// Instructions below 64, which is what most programs have.
#[derive(Default)]
struct Small(u64);

impl Set for Small {
    fn insert(&mut self, number: usize) {
        self.0 |= 1 << (number & 63);
    }

    fn remove(&mut self, number: usize) {
        self.0 &= !(1 << (number & 63));
    }

    fn contains(&self, number: usize) -> bool {
        self.0 >> (number & 63) & 1 == 1
    }

    fn is_empty(&self) -> bool {
        self.0 == 0
    }

    fn pop(&mut self) -> Option<usize> {
        let number = self.0.trailing_zeros();
        self.0 &= self.0.wrapping_sub(1);
        (number < 64).then_some(number as usize)
    }
}

/// Any instructions.
struct Large {
    words: [u64; WORDS],
    /// No word before this one has any.
    first: usize,
}

const WORDS: usize = Code::MAX / 64;

impl Default for Large {
    fn default() -> Self {
        Self { words: [0; WORDS], first: WORDS }
    }
}

impl Set for Large {
    fn insert(&mut self, number: usize) {
        let word = number / 64 % WORDS;
        self.words[word] |= 1 << (number & 63);
        self.first = self.first.min(word);
    }

    fn remove(&mut self, number: usize) {
        self.words[number / 64 % WORDS] &= !(1 << (number & 63));
    }

    fn contains(&self, number: usize) -> bool {
        self.words[number / 64 % WORDS] >> (number & 63) & 1 == 1
    }

    fn is_empty(&self) -> bool {
        self.words[self.first..].iter().all(|&word| word == 0)
    }

    fn pop(&mut self) -> Option<usize> {
        while let Some(word) = self.words.get_mut(self.first) {
            if *word != 0 {
                let bit = word.trailing_zeros() as usize;
                *word &= *word - 1;
                return Some(self.first * 64 + bit);
            }
            self.first += 1;
        }
        None
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
struct State<'s, S> {
    pending: S,
    done: S,
    next: S,
    /// For each counter, the number of taken characters at which its run must have ended.
    limits: &'s mut [u32],
}

impl Simulation<'_> {
    /// Calls `on_match` with each position at which the program arrives at its end, until it returns true.
    pub(super) fn run(&self, on_match: &mut dyn FnMut(usize) -> bool) -> bool {
        if self.code.insts.len() > Code::MAX || self.code.counters > Code::MAX_COUNTERS {
            return false;
        }
        let mut limits = [0; Code::MAX_COUNTERS];
        let limits = &mut limits[..self.code.counters];
        if self.code.insts.len() <= 64 {
            self.run_with::<Small>(limits, on_match)
        } else {
            self.run_with::<Large>(limits, on_match)
        }
    }

    fn run_with<S: Set>(&self, limits: &mut [u32], on_match: &mut dyn FnMut(usize) -> bool) -> bool {
        let mut state = State { pending: S::default(), done: S::default(), next: S::default(), limits };
        let forward = self.direction == Direction::Forward;
        let mut place =
            Place { at: if forward { 0 } else { self.value.len() }, step: 0, before: None, after: None, next: None };
        let mut last = None;
        loop {
            place.next = if forward {
                self.value[place.at..].chars().next()
            } else {
                self.value[..place.at].chars().next_back()
            };
            (place.before, place.after) = if forward { (last, place.next) } else { (place.next, last) };
            if place.step == 0 || !self.code.at_start {
                state.pending.insert(0);
            }
            if self.visit(&mut state, &place) && on_match(place.at) {
                return true;
            }
            let Some(next) = place.next else { return false };
            if self.code.at_start && state.next.is_empty() {
                return false;
            }
            state.pending = std::mem::take(&mut state.next);
            state.done = S::default();
            place.step += 1;
            last = place.next;
            if forward {
                place.at += next.len_utf8();
            } else {
                place.at -= next.len_utf8();
            }
        }
    }

    /// Does what is pending at this position and whatever that leads to, leaves in `next` what the character allows,
    /// and returns whether the program's end was among it.
    fn visit<S: Set>(&self, state: &mut State<'_, S>, place: &Place) -> bool {
        let mut matched = false;
        while let Some(index) = state.pending.pop() {
            if state.done.contains(index) {
                continue;
            }
            state.done.insert(index);
            let Some(inst) = self.code.insts.get(index) else {
                continue;
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
                    if let Some(limit) = state.limits.get_mut(usize::from(counter)) {
                        *limit = place.step.saturating_add(max);
                    }
                    state.done.remove(index + 1);
                    state.pending.insert(index + 1);
                }
                Inst::Run { class, counter } => {
                    let limit = state.limits.get(usize::from(counter));
                    if limit.is_some_and(|&limit| place.step < limit) && self.takes(class, place) {
                        state.next.insert(index);
                        state.next.insert(index + 1);
                    }
                }
                Inst::Split(first, second) => {
                    state.pending.insert(usize::from(first));
                    state.pending.insert(usize::from(second));
                }
                Inst::Jump(target) => state.pending.insert(usize::from(target)),
                Inst::Start if place.before.is_none() => state.pending.insert(index + 1),
                Inst::End if place.after.is_none() => state.pending.insert(index + 1),
                Inst::WordBoundary(wanted) if (is_word(place.before) != is_word(place.after)) == wanted => {
                    state.pending.insert(index + 1);
                }
                Inst::Look(look, wanted) if (self.holds)(look, place.at) == wanted => state.pending.insert(index + 1),
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
