//! Types that contain themselves.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Diagnostics;
use crate::model::{Model, Shape, ShapeId, ShapeKind};

/// The members that have to be boxed: those through which a structure or union directly contains itself.
///
/// Lists and maps hold their items on the heap, so nothing that goes through one counts.
pub(super) fn boxed_members<'a>(
    model: &'a Model,
    types: impl Iterator<Item = &'a ShapeId>,
) -> BTreeSet<(&'a ShapeId, &'a str)> {
    let graph: Graph<'_> =
        types.filter_map(|id| model.shape(id)).map(|shape| (&shape.id, contained(model, shape))).collect();
    let component = components(&graph);
    let mut boxed = BTreeSet::new();
    for (from, edges) in &graph {
        for (member, to) in edges {
            // In one component there is a way back from every node to every other.
            if component.get(from) == component.get(to) {
                boxed.insert((*from, *member));
            }
        }
    }
    boxed
}

/// How many lists and maps may be in each other with neither a structure nor a union between. Nobody writes down more, and
/// types that are nested deeply are hard on compilers and on everything that follows them.
const DEEPEST: usize = 32;

/// Reports lists and maps that contain themselves without a structure or union between, which have no type, and those that
/// are nested too deeply.
pub(super) fn check_collections(model: &Model, diagnostics: &mut Diagnostics) {
    let graph: Graph<'_> = model
        .shapes
        .values()
        .filter(|shape| is_collection(shape))
        .map(|shape| {
            let items = shape.members().filter_map(|member| Some((member, model.target(member)?)));
            let edges = items.filter(|(_, target)| is_collection(target));
            (&shape.id, edges.map(|(member, target)| (member.name.as_str(), &target.id)).collect())
        })
        .collect();
    let component = components(&graph);
    for (from, edges) in &graph {
        for (member, to) in edges {
            if component.get(from) == component.get(to) {
                let message = "contains itself with neither a structure nor a union between";
                diagnostics.push(model.diagnostic((*from, *member), message));
            }
        }
    }
    if diagnostics.is_empty() {
        check_depth(model, &graph, diagnostics);
    }
}

/// Reports the innermost of the collections that are nested too deeply; there are no circles.
fn check_depth(model: &Model, graph: &Graph<'_>, diagnostics: &mut Diagnostics) {
    let (mut seen, mut inside_out) = (BTreeSet::new(), Vec::new());
    for start in graph.keys() {
        visit(start, &mut seen, &mut inside_out, |node| {
            graph.get(node).into_iter().flatten().map(|(_, to)| *to).collect()
        });
    }
    let mut depths: BTreeMap<&ShapeId, usize> = BTreeMap::new();
    for id in inside_out {
        let below = graph.get(id).into_iter().flatten().filter_map(|(_, to)| depths.get(to)).max();
        let depth = below.copied().unwrap_or(0) + 1;
        if depth == DEEPEST + 1 {
            let message = format!("holds lists and maps that are nested more than {DEEPEST} deep");
            diagnostics.push(model.diagnostic(id, message).with_help("put a structure between them"));
        }
        depths.insert(id, depth);
    }
}

fn is_collection(shape: &Shape) -> bool {
    matches!(shape.kind, ShapeKind::List(_) | ShapeKind::Map { .. })
}

/// The structures and unions that a value of a shape holds directly, by member.
fn contained<'a>(model: &'a Model, shape: &'a Shape) -> Vec<(&'a str, &'a ShapeId)> {
    let (ShapeKind::Structure(members) | ShapeKind::Union(members)) = &shape.kind else { return Vec::new() };
    members
        .iter()
        .filter_map(|member| Some((member.name.as_str(), model.target(member)?)))
        .filter(|(_, target)| matches!(target.kind, ShapeKind::Structure(_) | ShapeKind::Union(_)))
        .map(|(name, target)| (name, &target.id))
        .collect()
}

type Graph<'a> = BTreeMap<&'a ShapeId, Vec<(&'a str, &'a ShapeId)>>;

/// The strongly connected component of each node, by Kosaraju's algorithm, without recursion of its own: models may nest
/// deeply.
fn components<'a>(graph: &Graph<'a>) -> BTreeMap<&'a ShapeId, usize> {
    let mut finished = Vec::new();
    let mut seen = BTreeSet::new();
    for start in graph.keys() {
        visit(start, &mut seen, &mut finished, |node| {
            graph.get(node).into_iter().flatten().map(|(_, to)| *to).collect()
        });
    }
    let mut reverse: BTreeMap<&ShapeId, Vec<&ShapeId>> = BTreeMap::new();
    for (from, edges) in graph {
        for (_, to) in edges {
            reverse.entry(to).or_default().push(from);
        }
    }
    let mut component = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for (number, start) in finished.into_iter().rev().enumerate() {
        let mut members = Vec::new();
        visit(start, &mut seen, &mut members, |node| reverse.get(node).cloned().unwrap_or_default());
        component.extend(members.into_iter().map(|node| (node, number)));
    }
    component
}

/// Depth first, each node added to `finished` after all that it leads to.
fn visit<'a>(
    start: &'a ShapeId,
    seen: &mut BTreeSet<&'a ShapeId>,
    finished: &mut Vec<&'a ShapeId>,
    next: impl Fn(&'a ShapeId) -> Vec<&'a ShapeId>,
) {
    if !seen.insert(start) {
        return;
    }
    let mut stack = vec![(start, next(start))];
    while let Some((node, pending)) = stack.last_mut() {
        match pending.pop() {
            Some(child) if seen.insert(child) => {
                let children = next(child);
                stack.push((child, children));
            }
            Some(_) => {}
            None => {
                finished.push(node);
                stack.pop();
            }
        }
    }
}
