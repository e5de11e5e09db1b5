//! Patterns that need no search: see `runtime::pattern::Step`.

use super::Program;
use super::ast::Node;
use super::set::Set;

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// This text.
    Text(String),
    /// A run of characters.
    Run {
        /// The characters.
        set: Set,
        /// The smallest legal number.
        min: u32,
        /// The largest legal number, if any.
        max: Option<u32>,
    },
}

/// The steps of the pattern, unless it leaves a choice or does not begin at the start.
pub(super) fn compile(node: &Node) -> Option<Program> {
    let nodes = match node {
        Node::Concat(nodes) => &nodes[..],
        node => std::slice::from_ref(node),
    };
    let [Node::Start, nodes @ ..] = nodes else {
        return None;
    };
    let (nodes, to_end) = match nodes {
        [nodes @ .., Node::End] => (nodes, true),
        nodes => (nodes, false),
    };
    let mut runs: Vec<Run> = Vec::with_capacity(nodes.len());
    for node in nodes {
        let run = Run::of(node)?;
        match runs.last_mut() {
            // `xx*` is `x+`; without this the first would compete with the second.
            Some(last) if last.set == run.set && !(last.is_text() && run.is_text()) => last.join(&run),
            _ => runs.push(run),
        }
    }
    let deterministic =
        (0..runs.len()).all(|place| runs[place].is_exact() || !competes(&runs[place], &runs[place + 1..]));
    deterministic.then(|| Program::Steps { steps: join_texts(runs), to_end })
}

/// Whether what follows may begin with a character of the run.
fn competes(run: &Run, rest: &[Run]) -> bool {
    let reach = rest.iter().position(|next| next.min > 0).map_or(rest.len(), |place| place + 1);
    rest[..reach].iter().any(|next| run.set.overlaps(&next.set))
}

struct Run {
    set: Set,
    min: u32,
    max: Option<u32>,
}

impl Run {
    fn of(node: &Node) -> Option<Self> {
        match node {
            Node::Set(set) => Some(Self { set: set.clone(), min: 1, max: Some(1) }),
            Node::Repeat { node, min, max } => match &**node {
                Node::Set(set) => Some(Self { set: set.clone(), min: *min, max: *max }),
                _ => None,
            },
            _ => None,
        }
    }

    fn is_exact(&self) -> bool {
        self.max == Some(self.min)
    }

    fn is_text(&self) -> bool {
        self.min == 1 && self.max == Some(1) && self.set.as_char().is_some()
    }

    fn join(&mut self, next: &Self) {
        self.min = self.min.saturating_add(next.min);
        self.max = self.max.zip(next.max).and_then(|(max, more)| max.checked_add(more));
    }
}

fn join_texts(runs: Vec<Run>) -> Vec<Step> {
    let mut steps = Vec::with_capacity(runs.len());
    for run in runs {
        match (run.is_text().then(|| run.set.as_char()).flatten(), steps.last_mut()) {
            (Some(c), Some(Step::Text(text))) => text.push(c),
            (Some(c), _) => steps.push(Step::Text(c.to_string())),
            (None, _) => steps.push(Step::Run { set: run.set, min: run.min, max: run.max }),
        }
    }
    steps
}
