//! Mixins: shapes whose members and traits are copied into others. After this stage there are none.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::draft::{Draft, DraftMember};
use super::{Application, Drafts};
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::{HasTraits, ShapeId, Traits};
use crate::traits;

/// The shapes that [`flatten`] will take out.
pub(super) fn removed(drafts: &Drafts) -> BTreeSet<ShapeId> {
    drafts.values().filter(|draft| draft.traits.has(traits::MIXIN)).map(|draft| draft.id.clone()).collect()
}

/// Copies mixins into the shapes that use them, gives `applied` traits to their shapes, and takes the mixins out.
pub(super) fn flatten(
    file: &str,
    mut drafts: Drafts,
    mut applied: BTreeMap<ShapeId, Vec<Application>>,
) -> Result<Drafts, Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    for id in order(file, &drafts)? {
        let Some(mut draft) = drafts.remove(&id) else {
            continue;
        };
        if !draft.mixins.is_empty() {
            match inherit(file, &mut draft, &drafts) {
                Ok(()) => {}
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
        }
        // Here and not earlier, because it may be an inherited member that is given traits.
        for Application { member, traits } in applied.remove(&id).unwrap_or_default() {
            match member {
                None => draft.traits.0.extend(traits.0),
                Some(name) => match draft.members.get_mut(&name) {
                    Some(member) => member.traits.0.extend(traits.0),
                    None => diagnostics.push(Diagnostic::member(
                        file,
                        &id,
                        &name,
                        "is given traits, but the shape has no such member",
                    )),
                },
            }
        }
        drafts.insert(id, draft);
    }
    for id in applied.keys() {
        diagnostics.push(Diagnostic::shape(file, id, "is given traits, but is not in the model"));
    }
    drafts.retain(|_, draft| !draft.traits.has(traits::MIXIN));
    diagnostics.into_result(drafts)
}

/// All shapes, each after the mixins it uses.
fn order(file: &str, drafts: &Drafts) -> Result<Vec<ShapeId>, Diagnostic> {
    let mut order = Vec::with_capacity(drafts.len());
    let mut done = BTreeSet::new();
    for start in drafts.values() {
        // The shapes being visited, each with the index of the mixin to visit next. A stack of ours, not the thread's.
        let mut path = vec![(start, 0)];
        let mut on_path = BTreeSet::from([&start.id]);
        while let Some((draft, next)) = path.last_mut() {
            if done.contains(&draft.id) {
                on_path.remove(&draft.id);
                path.pop();
                continue;
            }
            let Some(mixin) = draft.mixins.get(*next) else {
                done.insert(&draft.id);
                order.push(draft.id.clone());
                continue;
            };
            *next += 1;
            let user = &draft.id;
            let Some(mixin) = drafts.get(mixin) else {
                return Err(Diagnostic::shape(
                    file,
                    user,
                    format!("uses the mixin {mixin}, which is not in the model"),
                ));
            };
            if !on_path.insert(&mixin.id) {
                return Err(Diagnostic::shape(
                    file,
                    user,
                    format!("uses the mixin {}, which in turn uses it", mixin.id),
                ));
            }
            path.push((mixin, 0));
        }
    }
    Ok(order)
}

fn inherit(file: &str, draft: &mut Draft, drafts: &Drafts) -> Result<(), Diagnostic> {
    let own_traits = std::mem::take(&mut draft.traits);
    let own_members = std::mem::take(&mut draft.members);
    for mixin in draft.mixins.clone() {
        // `order` made sure that all are there.
        let Some(mixin) = drafts.get(&mixin) else {
            continue;
        };
        check_mixin(file, draft, mixin)?;
        copy_traits(&mut draft.traits, mixin);
        add_members(file, &draft.id, &mut draft.members, mixin.members.clone())?;
        draft.operations.extend_from_slice(&mixin.operations);
        draft.resources.extend_from_slice(&mixin.resources);
        draft.errors.extend_from_slice(&mixin.errors);
        for (id, name) in &mixin.rename {
            draft.rename.entry(id.clone()).or_insert_with(|| name.clone());
        }
        draft.version = draft.version.take().or_else(|| mixin.version.clone());
        draft.input = draft.input.take().or_else(|| mixin.input.clone());
        draft.output = draft.output.take().or_else(|| mixin.output.clone());
    }
    draft.traits.0.extend(own_traits.0);
    add_members(file, &draft.id, &mut draft.members, own_members)
}

fn check_mixin(file: &str, user: &Draft, mixin: &Draft) -> Result<(), Diagnostic> {
    let message = if !mixin.traits.has(traits::MIXIN) {
        format!("uses {} as a mixin, which lacks the trait `{}`", mixin.id, traits::MIXIN)
    } else if mixin.kind != user.kind {
        format!("is of the kind {} and cannot use the mixin {} of the kind {}", user.kind, mixin.id, mixin.kind)
    } else {
        return Ok(());
    };
    Err(Diagnostic::shape(file, &user.id, message))
}

/// Later mixins win over earlier ones.
fn copy_traits(into: &mut Traits, mixin: &Draft) {
    let local = mixin.traits.get(traits::MIXIN).and_then(|value| value.get("localTraits")).and_then(Value::as_array);
    let stays = |id: &str| id == traits::MIXIN || local.is_some_and(|local| local.iter().any(|name| name == id));
    for (id, value) in &mixin.traits.0 {
        if !stays(id) {
            into.set(id.clone(), value.clone());
        }
    }
}

fn add_members(
    file: &str,
    shape: &ShapeId,
    into: &mut BTreeMap<String, DraftMember>,
    from: BTreeMap<String, DraftMember>,
) -> Result<(), Diagnostic> {
    for (name, member) in from {
        match into.get_mut(&name) {
            None => {
                into.insert(name, member);
            }
            Some(inherited) if inherited.target == member.target => inherited.traits.0.extend(member.traits.0),
            Some(inherited) => {
                let message =
                    format!("targets {}, but is inherited with the target {}", member.target, inherited.target);
                return Err(Diagnostic::member(file, shape, &name, message));
            }
        }
    }
    Ok(())
}
