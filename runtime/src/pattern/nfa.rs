use super::Class;
use super::sim::{Direction, Simulation};

/// A pattern as a nondeterministic automaton: see [`Pattern::nfa`](super::Pattern::nfa).
#[derive(Clone, Copy, Debug)]
pub struct Nfa {
    code: Code,
    looks: &'static [Look],
    classes: &'static [Class],
}

/// The instructions of an [`Nfa`] or of one [`Look`], the first at index 0.
#[derive(Clone, Copy, Debug)]
pub struct Code {
    pub(super) insts: &'static [Inst],
    pub(super) counters: usize,
    pub(super) at_start: bool,
}

/// One instruction. Instructions that name no successor continue with the next one.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Inst {
    /// Takes this character.
    Char(char),
    /// Takes one character of the class with this index.
    Class(u16),
    /// Makes ready the [`Inst::Run`] that follows, to take at most so many characters.
    Enter {
        /// The run's counter.
        counter: u16,
        /// The largest number of characters, at least one.
        max: u32,
    },
    /// Takes one character of the class, then either repeats itself or continues, until the limit of its
    /// [`Inst::Enter`].
    Run {
        /// The index of the class.
        class: u16,
        /// The counter that holds the limit.
        counter: u16,
    },
    /// Continues with both.
    Split(u16, u16),
    /// Continues there.
    Jump(u16),
    /// Continues at the start of the text.
    Start,
    /// Continues at the end of the text.
    End,
    /// Continues where exactly one of the neighbouring characters is an ASCII word character, or, when false, where
    /// both or none are.
    WordBoundary(bool),
    /// Continues where the look-around with this index holds, or, when false, where it does not.
    Look(u16, bool),
    /// The pattern matches.
    Match,
}

/// What a look-around looks for.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    code: Code,
    ahead: bool,
}

impl Nfa {
    /// An automaton without look-arounds.
    pub const fn new(code: Code, classes: &'static [Class]) -> Self {
        Self { code, looks: &[], classes }
    }

    /// Adds look-arounds, each after those it uses itself.
    #[must_use]
    pub const fn looks(mut self, looks: &'static [Look]) -> Self {
        self.looks = looks;
        self
    }

    pub(super) fn is_match(&self, value: &str) -> bool {
        if self.looks.is_empty() {
            return self.run(&self.code, Direction::Forward, value, &[], |_| true);
        }
        // One bit per look-around and position says where it holds: each is a pass over the text like the pattern's
        // own, so that the whole stays linear. Values of ordinary length need no allocation.
        let words = value.len() / 64 + 1;
        let mut inline = [0; 64];
        let mut heap = Vec::new();
        let found: &mut [u64] = match inline.get_mut(..words * self.looks.len()) {
            Some(found) => found,
            None => {
                heap.resize(words * self.looks.len(), 0);
                &mut heap
            }
        };
        for (index, look) in self.looks.iter().enumerate() {
            let (known, rest) = found.split_at_mut(words * index);
            let holds = &mut rest[..words];
            let direction = if look.ahead { Direction::Backward } else { Direction::Forward };
            self.run(&look.code, direction, value, known, |at| {
                holds[at / 64] |= 1 << (at % 64);
                false
            });
        }
        self.run(&self.code, Direction::Forward, value, found, |_| true)
    }

    fn run(
        &self,
        code: &Code,
        direction: Direction,
        value: &str,
        known: &[u64],
        mut on_match: impl FnMut(usize) -> bool,
    ) -> bool {
        let words = value.len() / 64 + 1;
        let holds = |look: u16, at: usize| {
            let bits = known.get(usize::from(look) * words + at / 64);
            bits.is_some_and(|bits| bits >> (at % 64) & 1 == 1)
        };
        Simulation { code, classes: self.classes, value, direction, holds: &holds }.run(&mut on_match)
    }
}

impl Code {
    /// A program of at most [`Code::MAX`] instructions that uses `counters` counters, at most [`Code::MAX_COUNTERS`].
    ///
    /// A larger one never matches; the generator does not make any.
    pub const fn new(insts: &'static [Inst], counters: usize) -> Self {
        Self { insts, counters, at_start: false }
    }

    /// The same, when every way through begins at the start of the text: the search ends where that fails.
    #[must_use]
    pub const fn at_start(mut self) -> Self {
        self.at_start = true;
        self
    }

    /// The largest number of instructions.
    pub const MAX: usize = 2048;

    /// The largest number of counters.
    pub const MAX_COUNTERS: usize = 128;
}

impl Look {
    /// Holds where the text that follows matches. The code takes characters backwards: it is the reverse of what is
    /// looked for.
    pub const fn ahead(code: Code) -> Self {
        Self { code, ahead: true }
    }

    /// Holds where the text before matches.
    pub const fn behind(code: Code) -> Self {
        Self { code, ahead: false }
    }
}
