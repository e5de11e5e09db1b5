//! Reports traits the generator has never heard of.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Diagnostics};
use crate::model::{Model, Shape, ShapeId, ShapeKind, Traits};
use crate::traits::{Standing, standing};

/// Namespaces in which an unknown trait is an error: what is new there is likely to change requests.
const STRICT: [&str; 3] = ["smithy.api", "smithy.rules", "aws.protocols"];

/// Where a trait was met first, and how often in all.
struct Met<'a> {
    shape: &'a ShapeId,
    member: Option<&'a str>,
    count: usize,
}

/// Reports each unknown trait once.
pub(super) fn check(model: &Model, errors: &mut Diagnostics, warnings: &mut Diagnostics) {
    let mut unknown: BTreeMap<&str, Met<'_>> = BTreeMap::new();
    for shape in model.shapes.values() {
        each_traits(shape, |member, traits| {
            for id in traits.0.keys() {
                if standing(id) == Standing::Unknown {
                    let first = Met { shape: &shape.id, member, count: 0 };
                    unknown.entry(id).or_insert(first).count += 1;
                }
            }
        });
    }
    for (id, met) in unknown {
        let more = match met.count {
            1 => String::new(),
            count => format!(", here and {} times more", count - 1),
        };
        let message = format!("has the unknown trait `{id}`{more}");
        let diagnostic = match met.member {
            Some(member) => model.diagnostic((met.shape, member), message),
            None => model.diagnostic(met.shape, message),
        };
        report(id, diagnostic, errors, warnings);
    }
}

fn report(id: &str, diagnostic: Diagnostic, errors: &mut Diagnostics, warnings: &mut Diagnostics) {
    let strict = id.split_once('#').is_some_and(|(namespace, _)| STRICT.contains(&namespace));
    if strict {
        errors.push(diagnostic.with_help("a `remove-trait` fixup says that it may be ignored"));
    } else {
        warnings.push(diagnostic.with_help("it is ignored"));
    }
}

/// Calls `visit` with the traits of a shape and of all within it.
fn each_traits<'a>(shape: &'a Shape, mut visit: impl FnMut(Option<&'a str>, &'a Traits)) {
    visit(None, &shape.traits);
    for member in shape.members() {
        visit(Some(&member.name), &member.traits);
    }
    match &shape.kind {
        ShapeKind::Enum(values) => {
            for value in values {
                visit(Some(value.name.as_deref().unwrap_or(&value.value)), &value.traits);
            }
        }
        ShapeKind::IntEnum(values) => {
            for value in values {
                visit(Some(&value.name), &value.traits);
            }
        }
        _ => {}
    }
}
