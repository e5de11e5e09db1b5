//! Whether the members that an expression names are there, and what JSON calls them.

use super::bindings;
use crate::ir::Expression;
use crate::model::{HasTraits, Model, Shape, ShapeKind};

/// What an expression is asked of.
pub(super) enum Root<'a> {
    /// An output.
    Output(&'a Shape),
    /// An input.
    Input(&'a Shape),
    /// An object with `input` and `output`.
    Both(&'a Shape, &'a Shape),
}

/// What is known of a value.
#[derive(Clone)]
enum Known<'a> {
    Shape(&'a Shape),
    Input(&'a Shape),
    Both(&'a Shape, &'a Shape),
    List(Box<Known<'a>>),
    Nothing,
}

/// The expression with the members' names in JSON.
///
/// # Errors
/// A member that is not there, as the rest of a sentence that begins with the expression.
pub(super) fn resolve(model: &Model, mut expression: Expression, root: &Root<'_>) -> Result<Expression, String> {
    let known = match *root {
        Root::Output(output) => Known::Shape(output),
        Root::Input(input) => Known::Input(input),
        Root::Both(input, output) => Known::Both(input, output),
    };
    Resolver { model }.visit(&mut expression, &known)?;
    Ok(expression)
}

struct Resolver<'a> {
    model: &'a Model,
}

impl<'a> Resolver<'a> {
    fn visit(&self, expression: &mut Expression, of: &Known<'a>) -> Result<Known<'a>, String> {
        Ok(match expression {
            Expression::Current => of.clone(),
            Expression::Field(name) => self.field(name, of)?,
            Expression::Index(_) => self.item(of)?,
            Expression::Chain(left, right) => {
                let left = self.visit(left, of)?;
                self.visit(right, &left)?
            }
            Expression::Flatten(list, rest) => {
                let item = self.item(&self.visit(list, of)?)?;
                let flat = self.item(&item).ok().filter(|_| self.is_list(&item)).unwrap_or(item);
                Known::List(Box::new(self.visit(rest, &flat)?))
            }
            Expression::Project(list, rest) => {
                let item = self.item(&self.visit(list, of)?)?;
                Known::List(Box::new(self.visit(rest, &item)?))
            }
            Expression::Filter(list, condition, rest) => {
                let item = self.item(&self.visit(list, of)?)?;
                self.visit(condition, &item)?;
                Known::List(Box::new(self.visit(rest, &item)?))
            }
            Expression::Values(object, rest) => {
                let value = self.value(&self.visit(object, of)?);
                Known::List(Box::new(self.visit(rest, &value)?))
            }
            Expression::Compare(_, left, right) | Expression::Contains(left, right) => {
                self.visit(left, of)?;
                self.visit(right, of)?;
                Known::Nothing
            }
            // Either operand is what it gives.
            Expression::And(left, right) | Expression::Or(left, right) => {
                self.visit(left, of)?;
                self.visit(right, of)?
            }
            Expression::Not(of_it) | Expression::Length(of_it) | Expression::Keys(of_it) => {
                self.visit(of_it, of)?;
                Known::Nothing
            }
            Expression::List(items) => {
                let mut first = None;
                for item in items {
                    let known = self.visit(item, of)?;
                    first.get_or_insert(known);
                }
                Known::List(Box::new(first.unwrap_or(Known::Nothing)))
            }
            Expression::Literal(_) => Known::Nothing,
        })
    }

    fn field(&self, name: &mut String, of: &Known<'a>) -> Result<Known<'a>, String> {
        let shape = match of {
            Known::Nothing => return Ok(Known::Nothing),
            Known::Both(input, _) if name == "input" => return Ok(Known::Input(input)),
            Known::Both(_, output) if name == "output" => return Ok(Known::Shape(output)),
            Known::Both(..) => return Err(format!("names `{name}` where there are `input` and `output`")),
            Known::List(_) => return Err(format!("names `{name}` of a list: `[]` gives its items")),
            Known::Shape(shape) | Known::Input(shape) => shape,
        };
        match &shape.kind {
            ShapeKind::Structure(_) | ShapeKind::Union(_) => {
                let member =
                    shape.member(name).ok_or_else(|| format!("names `{name}`, which {} does not have", shape.id))?;
                let is_own = matches!(of, Known::Input(_)) && bindings::is_under_own_name(shape, member);
                if let Some(json) = member.json_name().filter(|_| !is_own) {
                    *name = json.to_owned();
                }
                Ok(self.model.target(member).map_or(Known::Nothing, Known::Shape))
            }
            ShapeKind::Map { value, .. } => Ok(self.model.target(value).map_or(Known::Nothing, Known::Shape)),
            ShapeKind::Document => Ok(Known::Nothing),
            ShapeKind::List(_) => Err(format!("names `{name}` of a list: `[]` gives its items")),
            other => Err(format!("names `{name}` of {}, a {}", shape.id, other.name())),
        }
    }

    fn is_list(&self, known: &Known<'_>) -> bool {
        match known {
            Known::List(_) => true,
            Known::Shape(shape) => matches!(shape.kind, ShapeKind::List(_)),
            Known::Both(..) | Known::Input(_) | Known::Nothing => false,
        }
    }

    fn item(&self, known: &Known<'a>) -> Result<Known<'a>, String> {
        match known {
            Known::List(item) => Ok((**item).clone()),
            Known::Nothing => Ok(Known::Nothing),
            Known::Both(..) => Err("asks for items of input and output together".to_owned()),
            Known::Shape(shape) | Known::Input(shape) => match &shape.kind {
                ShapeKind::List(item) => Ok(self.model.target(item).map_or(Known::Nothing, Known::Shape)),
                ShapeKind::Document => Ok(Known::Nothing),
                other => Err(format!("asks for items of {}, a {}", shape.id, other.name())),
            },
        }
    }

    /// What the values of an object are, where they are all alike.
    fn value(&self, known: &Known<'a>) -> Known<'a> {
        match known {
            Known::Shape(Shape { kind: ShapeKind::Map { value, .. }, .. }) => {
                self.model.target(value).map_or(Known::Nothing, Known::Shape)
            }
            _ => Known::Nothing,
        }
    }
}
