//! Patterns as automata: see `runtime::pattern::Nfa`.

use super::ast::Node;
use super::set::Set;

/// The largest number of instructions: the runtime's own limit.
const MAX_INSTS: usize = 2048;
/// The largest number of counters: the runtime's own limit.
const MAX_COUNTERS: u16 = 128;
/// The largest number of nodes visited, which repetitions of repetitions multiply.
const MAX_VISITS: u32 = 100_000;

/// An automaton.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Nfa {
    /// The pattern itself.
    pub code: Code,
    /// Its look-arounds, each after those it uses itself.
    pub looks: Vec<Look>,
    /// The classes that instructions name by index.
    pub classes: Vec<Set>,
}

/// A program.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Code {
    /// Its instructions.
    pub insts: Vec<Inst>,
    /// How many counters it uses.
    pub counters: u16,
    /// Whether every way through begins at the start of the text.
    pub at_start: bool,
}

/// A look-around.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// What it looks for; reversed when it looks ahead.
    pub code: Code,
    /// Whether it looks ahead.
    pub ahead: bool,
}

/// One instruction; `runtime::pattern::Inst` explains each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the runtime's instructions have the same names")]
pub enum Inst {
    Char(char),
    Class(u16),
    Enter { counter: u16, max: u32 },
    Run { class: u16, counter: u16 },
    Split(u16, u16),
    Jump(u16),
    Start,
    End,
    WordBoundary(bool),
    Look(u16, bool),
    Match,
}

/// The automaton of the pattern, unless it is too large.
pub(super) fn compile(node: &Node) -> Option<Nfa> {
    let mut shared = Shared { nfa: Nfa::default(), visits: 0 };
    let code = shared.code(node, false)?;
    Some(Nfa { code, ..shared.nfa })
}

/// What the programs of a pattern have in common.
struct Shared {
    nfa: Nfa,
    visits: u32,
}

impl Shared {
    fn code(&mut self, node: &Node, reversed: bool) -> Option<Code> {
        let mut builder = Builder { shared: self, code: Code::default(), reversed };
        builder.node(node)?;
        builder.push(Inst::Match)?;
        let mut code = builder.code;
        code.at_start = !reversed && node.is_at_start();
        Some(code)
    }

    fn class(&mut self, set: &Set) -> Option<u16> {
        place_of(&mut self.nfa.classes, set.clone())
    }
}

/// Where the item is in the table, which gets it if it is new.
fn place_of<T: PartialEq>(table: &mut Vec<T>, item: T) -> Option<u16> {
    let place = table.iter().position(|known| *known == item).unwrap_or(table.len());
    if place == table.len() {
        table.push(item);
    }
    u16::try_from(place).ok()
}

/// One program in the making. Every method is `None` when a limit is passed.
struct Builder<'s> {
    shared: &'s mut Shared,
    code: Code,
    reversed: bool,
}

impl Builder<'_> {
    fn push(&mut self, inst: Inst) -> Option<()> {
        self.code.insts.push(inst);
        (self.code.insts.len() <= MAX_INSTS).then_some(())
    }

    fn here(&self) -> Option<u16> {
        u16::try_from(self.code.insts.len()).ok()
    }

    /// Leaves room for an instruction that needs to know what follows.
    fn reserve(&mut self) -> Option<u16> {
        let here = self.here()?;
        self.push(Inst::Match)?;
        Some(here)
    }

    fn fill(&mut self, place: u16, inst: Inst) -> Option<()> {
        *self.code.insts.get_mut(usize::from(place))? = inst;
        Some(())
    }

    fn node(&mut self, node: &Node) -> Option<()> {
        self.shared.visits += 1;
        if self.shared.visits > MAX_VISITS {
            return None;
        }
        match node {
            Node::Empty => Some(()),
            Node::Set(set) => self.set(set),
            Node::Concat(nodes) if self.reversed => nodes.iter().rev().try_for_each(|node| self.node(node)),
            Node::Concat(nodes) => nodes.iter().try_for_each(|node| self.node(node)),
            Node::Alternate(nodes) => self.alternate(nodes),
            Node::Repeat { node, min, max } => {
                for _ in 1..*min {
                    self.node(node)?;
                }
                match max {
                    None => self.forever(node, *min > 0),
                    Some(max) => self.at_most(node, *min > 0, max - min.saturating_sub(1)),
                }
            }
            Node::Start => self.push(Inst::Start),
            Node::End => self.push(Inst::End),
            Node::WordBoundary(wanted) => self.push(Inst::WordBoundary(*wanted)),
            Node::Look { ahead, wanted, node } => {
                let code = self.shared.code(node, *ahead)?;
                let place = place_of(&mut self.shared.nfa.looks, Look { code, ahead: *ahead })?;
                self.push(Inst::Look(place, *wanted))
            }
        }
    }

    fn set(&mut self, set: &Set) -> Option<()> {
        let inst = match set.as_char() {
            Some(c) => Inst::Char(c),
            None => Inst::Class(self.shared.class(set)?),
        };
        self.push(inst)
    }

    fn alternate(&mut self, nodes: &[Node]) -> Option<()> {
        let mut jumps = Vec::with_capacity(nodes.len());
        let (last, others) = nodes.split_last()?;
        for node in others {
            let split = self.reserve()?;
            self.node(node)?;
            jumps.push(self.reserve()?);
            self.fill(split, Inst::Split(split + 1, self.here()?))?;
        }
        self.node(last)?;
        let end = self.here()?;
        jumps.into_iter().try_for_each(|jump| self.fill(jump, Inst::Jump(end)))
    }

    /// Without limit; at least once, if so wanted.
    fn forever(&mut self, node: &Node, once: bool) -> Option<()> {
        let start = self.here()?;
        if once {
            self.node(node)?;
            let end = self.here()?;
            self.push(Inst::Split(start, end + 1))
        } else {
            self.reserve()?;
            self.node(node)?;
            self.push(Inst::Jump(start))?;
            self.fill(start, Inst::Split(start + 1, self.here()?))
        }
    }

    /// Up to `max` times, which is at least one; at least once, if so wanted.
    fn at_most(&mut self, node: &Node, once: bool, max: u32) -> Option<()> {
        let mut splits = Vec::new();
        if !once {
            splits.push(self.reserve()?);
        }
        match node {
            // A counter instead of a copy for each time.
            Node::Set(set) if max > 1 => {
                let counter = self.code.counters;
                self.code.counters += 1;
                if self.code.counters > MAX_COUNTERS {
                    return None;
                }
                self.push(Inst::Enter { counter, max })?;
                let class = self.shared.class(set)?;
                self.push(Inst::Run { class, counter })?;
            }
            node => {
                self.node(node)?;
                for _ in 1..max {
                    splits.push(self.reserve()?);
                    self.node(node)?;
                }
            }
        }
        let end = self.here()?;
        splits.into_iter().try_for_each(|split| self.fill(split, Inst::Split(split + 1, end)))
    }
}
