//! How operations answer a page at a time: `smithy.api#paginated`.

use serde_json::Value;

use super::context::Context;
use super::fields::{self, Place};
use crate::diag::{Diagnostic, Diagnostics};
use crate::ir::{PageItems, Pagination, Step, Type};
use crate::model::{HasTraits, Shape, ShapeKind};
use crate::{naming, traits};

/// The pagination of an operation; `None` when it has none, or what was reported.
pub(super) fn lower(
    context: &Context<'_>,
    operation: &Shape,
    input: &Shape,
    output: &Shape,
    diagnostics: &mut Diagnostics,
) -> Option<Pagination> {
    let paginated = operation.get(traits::PAGINATED)?;
    let pagination = Paginated { context, operation, paginated }.lower(input, output);
    diagnostics.collect(pagination)
}

struct Paginated<'a> {
    context: &'a Context<'a>,
    operation: &'a Shape,
    paginated: &'a Value,
}

impl Paginated<'_> {
    fn lower(&self, input: &Shape, output: &Shape) -> Result<Pagination, Diagnostic> {
        let name = self.operation.id.name();
        let (asking, asked) = self.follow("inputToken", input, Place::Input)?;
        let [Step { field: asking, .. }] = asking.as_slice() else {
            return Err(self.flaw("inputToken", "leads into a member, which only tokens of outputs may"));
        };
        let (path, token) = self.follow("outputToken", output, Place::Output)?;
        if asked != token {
            return Err(self.flaw("outputToken", "is of another type than the inputToken"));
        }
        let items = match self.path("items") {
            None => None,
            Some(_) => Some(self.items(output)?),
        };
        let size = match self.path("pageSize") {
            None => None,
            Some(_) => Some(self.follow("pageSize", input, Place::Input)?.0),
        };
        Ok(Pagination {
            method: naming::pages_method(name),
            docs: self.docs(items.as_ref(), size.as_deref()),
            may_be_empty: matches!(token, Type::String | Type::List(_) | Type::Map(..)),
            token,
            input: asking.clone(),
            output: path,
            items,
        })
    }

    fn items(&self, output: &Shape) -> Result<PageItems, Diagnostic> {
        let (path, ty) = self.follow("items", output, Place::Output)?;
        match ty {
            Type::List(_) | Type::Map(..) => Ok(PageItems { ty, path }),
            _ => Err(self.flaw("items", "is neither a list nor a map")),
        }
    }

    fn path(&self, key: &str) -> Option<&str> {
        self.paginated.get(key)?.as_str()
    }

    /// The fields along a path, and the type of the last, optional or not.
    fn follow(&self, key: &str, root: &Shape, mut place: Place) -> Result<(Vec<Step>, Type), Diagnostic> {
        let mut shape = Some(root);
        let mut steps = Vec::new();
        let mut ty = Type::Unit;
        for name in self.path(key).unwrap_or_default().split('.') {
            let structure = shape.filter(|shape| matches!(shape.kind, ShapeKind::Structure(_)));
            let member = structure.and_then(|structure| Some((structure, structure.member(name)?)));
            let (structure, member) =
                member.ok_or_else(|| self.flaw(key, "does not lead from structure to structure"))?;
            let field = fields::lower(self.context, structure, member, place, false)?.field;
            let (optional, bare) = match field.ty {
                Type::Option(inner) => (true, *inner),
                other => (false, other),
            };
            steps.push(Step { field: field.name, optional });
            ty = bare;
            shape = self.context.model.target(member);
            place = Place::Nested;
        }
        Ok((steps, ty))
    }

    fn flaw(&self, key: &str, problem: &str) -> Diagnostic {
        let path = self.path(key).unwrap_or_default();
        self.context
            .model
            .diagnostic(&self.operation.id, format!("is paginated with the {key} `{path}`, which {problem}"))
    }

    fn docs(&self, items: Option<&PageItems>, size: Option<&[Step]>) -> String {
        let method = naming::method(self.operation.id.name());
        let mut docs =
            format!("All pages of [`{method}`](Self::{method}), each asked for when the one before is used up.");
        if let Some(items) = items {
            let path: Vec<&str> = items.path.iter().map(|step| step.field.as_str()).collect();
            let path = path.join(".");
            docs.push_str(&format!("\n\n[`items`](Pages::items) gives what is in their `{path}`, one by one."));
        }
        if let Some([Step { field, .. }]) = size {
            docs.push_str(&format!(" `{field}` bounds a page, not the whole."));
        }
        docs
    }
}
