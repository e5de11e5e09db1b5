//! Corrections of what a model says wrongly. Each gives its reason, and each is an error once it no longer applies.

use serde::Deserialize;
use serde_json::Value;

use crate::diag::{Diagnostic, Diagnostics};
use crate::model::{HasTraits, Member, Model, ShapeId, ShapeKind, Traits, is_identifier};
use crate::parse::resolve;
use crate::traits;

use super::rename;

/// One correction.
///
/// `at` names a shape, `Name`, or a member, `Name$member`; a name without `#` is in the namespace of the service.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "action", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Fixup {
    /// Takes out a shape, or a member. An operation or error is unbound too; a shape that members target cannot go.
    Remove {
        /// What is taken out.
        at: String,
        /// Why.
        reason: String,
    },
    /// Adds a trait, or gives it another value.
    SetTrait {
        /// What gets the trait.
        at: String,
        /// The absolute ID of the trait.
        r#trait: String,
        /// Its value.
        value: Value,
        /// Why.
        reason: String,
    },
    /// Takes away a trait.
    RemoveTrait {
        /// What has the trait.
        at: String,
        /// The absolute ID of the trait.
        r#trait: String,
        /// Why.
        reason: String,
    },
    /// Gives a shape another name. Not for errors: their names are sent by the service.
    Rename {
        /// The shape.
        at: String,
        /// Its new name, without namespace.
        to: String,
        /// Why.
        reason: String,
    },
    /// Makes a member target another shape.
    Retarget {
        /// The member.
        at: String,
        /// What it targets in the model.
        from: String,
        /// What it ought to target.
        to: String,
        /// Why.
        reason: String,
    },
}

impl Fixup {
    /// Why the model is wrong.
    pub fn reason(&self) -> &str {
        match self {
            Self::Remove { reason, .. }
            | Self::SetTrait { reason, .. }
            | Self::RemoveTrait { reason, .. }
            | Self::Rename { reason, .. }
            | Self::Retarget { reason, .. } => reason,
        }
    }

    fn apply(&self, model: &mut Model, namespace: &str) -> Result<(), String> {
        match self {
            Self::Remove { at, .. } => remove(model, &Place::parse(at, namespace)?),
            Self::SetTrait { at, r#trait, value, .. } => {
                traits::check(r#trait, value)?;
                if ShapeId::parse(r#trait).is_none() {
                    return Err(format!("`{trait}` is not the absolute ID of a trait", trait = r#trait));
                }
                let set = Place::parse(at, namespace)?.traits(model)?;
                if set.get(r#trait) == Some(value) {
                    return Err(format!("{at} has `{trait}` with this value already", trait = r#trait));
                }
                set.set(r#trait.as_str(), value.clone());
                Ok(())
            }
            Self::RemoveTrait { at, r#trait, .. } => {
                let set = Place::parse(at, namespace)?.traits(model)?;
                match set.0.remove(r#trait) {
                    Some(_) => Ok(()),
                    None => Err(format!("{at} has no trait `{trait}`", trait = r#trait)),
                }
            }
            Self::Rename { at, to, .. } => rename_one(model, &Place::parse(at, namespace)?, to),
            Self::Retarget { at, from, to, .. } => {
                let from = Place::parse(from, namespace)?.shape_only()?;
                let to = Place::parse(to, namespace)?.shape_only()?;
                let member = Place::parse(at, namespace)?.member_mut(model)?;
                if member.target != from {
                    return Err(format!("{at} targets {}, not {from}", member.target));
                }
                member.target = to;
                Ok(())
            }
        }
    }
}

/// Corrections, and where they were written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fixups<'a> {
    /// The file.
    pub file: &'a str,
    /// The path of the service within it, for messages: `service[0]`.
    pub path: &'a str,
    /// The corrections, applied in this order.
    pub list: &'a [Fixup],
}

impl Fixups<'_> {
    /// Applies all corrections.
    ///
    /// # Errors
    /// Every one that does not apply (any more), and references the corrections left without a target.
    pub fn apply(&self, model: &mut Model, service: &ShapeId) -> Result<(), Diagnostics> {
        let mut diagnostics = Diagnostics::new();
        for (index, fixup) in self.list.iter().enumerate() {
            if let Err(message) = fixup.apply(model, service.namespace()) {
                diagnostics.push(
                    Diagnostic::path(self.file, format!("{}.fixup[{index}]", self.path), message)
                        .with_help("a fixup that no longer applies should go: the model may have been mended"),
                );
            }
        }
        diagnostics.into_result(())?;
        if self.list.is_empty() {
            return Ok(());
        }
        resolve::resolve(model, |_| Some("was it a fixup that removed it?".to_owned()))
    }
}

/// What a fixup is about.
struct Place<'a> {
    text: &'a str,
    shape: ShapeId,
    member: Option<&'a str>,
}

impl<'a> Place<'a> {
    fn parse(text: &'a str, namespace: &str) -> Result<Self, String> {
        let (shape, member) = match text.split_once('$') {
            Some((shape, member)) => (shape, Some(member)),
            None => (text, None),
        };
        let absolute =
            if shape.contains('#') { ShapeId::parse(shape) } else { ShapeId::parse(&format!("{namespace}#{shape}")) };
        match absolute {
            Some(shape) if member.is_none_or(is_identifier) => Ok(Self { text, shape, member }),
            _ => Err(format!("`{text}` names neither a shape nor a member")),
        }
    }

    fn shape_only(self) -> Result<ShapeId, String> {
        match self.member {
            None => Ok(self.shape),
            Some(_) => Err(format!("`{}` names a member where a shape is needed", self.text)),
        }
    }

    fn member_mut<'m>(&self, model: &'m mut Model) -> Result<&'m mut Member, String> {
        let Some(name) = self.member else {
            return Err(format!("`{}` names a shape where a member is needed", self.text));
        };
        let shape = model.shapes.get_mut(&self.shape).ok_or_else(|| self.missing_shape())?;
        shape.members_mut().find(|member| member.name == name).ok_or_else(|| self.missing_member())
    }

    fn traits<'m>(&self, model: &'m mut Model) -> Result<&'m mut Traits, String> {
        let shape = model.shapes.get_mut(&self.shape).ok_or_else(|| self.missing_shape())?;
        match self.member {
            Some(name) => shape.member_traits_mut(name).ok_or_else(|| self.missing_member()),
            None => Ok(&mut shape.traits),
        }
    }

    fn missing_shape(&self) -> String {
        format!("{} is not in the model", self.shape)
    }

    fn missing_member(&self) -> String {
        format!("{} has no member `{}`", self.shape, self.member.unwrap_or_default())
    }
}

fn remove(model: &mut Model, place: &Place<'_>) -> Result<(), String> {
    let shape = model.shapes.get_mut(&place.shape).ok_or_else(|| place.missing_shape())?;
    if let Some(name) = place.member {
        let members = match &mut shape.kind {
            ShapeKind::Structure(members) | ShapeKind::Union(members) => members,
            other => {
                return Err(format!("what is within the kind {} cannot be removed", other.name()));
            }
        };
        let before = members.len();
        members.retain(|member| member.name != name);
        return if members.len() < before { Ok(()) } else { Err(place.missing_member()) };
    }
    model.shapes.remove(&place.shape);
    let gone = |id: &ShapeId| *id == place.shape;
    for shape in model.shapes.values_mut() {
        match &mut shape.kind {
            ShapeKind::Service(service) => {
                service.operations.retain(|id| !gone(id));
                service.resources.retain(|id| !gone(id));
                service.errors.retain(|id| !gone(id));
            }
            ShapeKind::Resource(resource) => {
                resource.operations.retain(|id| !gone(id));
                resource.resources.retain(|id| !gone(id));
            }
            ShapeKind::Operation(operation) => operation.errors.retain(|id| !gone(id)),
            _ => {}
        }
    }
    Ok(())
}

fn rename_one(model: &mut Model, place: &Place<'_>, to: &str) -> Result<(), String> {
    if place.member.is_some() {
        return Err(format!("`{}` is a member: their names are on the wire", place.text));
    }
    if !is_identifier(to) {
        return Err(format!("`{to}` is not a name for a shape"));
    }
    rename::rename(model, &[(place.shape.clone(), to)])
}
