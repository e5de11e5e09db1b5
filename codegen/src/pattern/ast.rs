//! What a pattern says, without its spelling.

use super::set::Set;

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// Nothing.
    Empty,
    /// One character.
    Set(Set),
    /// One after the other.
    Concat(Vec<Node>),
    /// Any of them.
    Alternate(Vec<Node>),
    /// So many times; `None` for no limit.
    Repeat { node: Box<Node>, min: u32, max: Option<u32> },
    /// The start of the text.
    Start,
    /// The end of the text.
    End,
    /// The edge of a word, or, when false, anywhere else.
    WordBoundary(bool),
    /// A look-around; `wanted` is false for the negative ones.
    Look { ahead: bool, wanted: bool, node: Box<Node> },
}

impl Node {
    /// The nodes one after the other, groups among them opened.
    pub(super) fn concat(nodes: Vec<Node>) -> Node {
        let mut flat = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node {
                Node::Empty => {}
                Node::Concat(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        match flat.len() {
            0 => Node::Empty,
            1 => flat.remove(0),
            _ => Node::Concat(flat),
        }
    }

    /// Whether it takes no characters, whatever the text.
    pub(super) fn is_zero_width(&self) -> bool {
        match self {
            Node::Empty | Node::Start | Node::End | Node::WordBoundary(_) | Node::Look { .. } => true,
            Node::Set(_) => false,
            Node::Concat(nodes) | Node::Alternate(nodes) => nodes.iter().all(Node::is_zero_width),
            Node::Repeat { node, max, .. } => *max == Some(0) || node.is_zero_width(),
        }
    }

    /// Whether every way through passes the start of the text before it takes a character.
    pub(super) fn is_at_start(&self) -> bool {
        match self {
            Node::Start => true,
            Node::Concat(nodes) => {
                let zero_width = nodes.iter().take_while(|node| node.is_zero_width()).count();
                nodes.iter().take(zero_width + 1).any(Node::is_at_start)
            }
            Node::Alternate(nodes) => nodes.iter().all(Node::is_at_start),
            Node::Repeat { node, min, .. } => *min > 0 && node.is_at_start(),
            Node::Empty | Node::Set(_) | Node::End | Node::WordBoundary(_) | Node::Look { .. } => false,
        }
    }
}
