//! Our own documentation, which replaces the model's.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diag::{Diagnostic, Diagnostics};
use crate::model::{Model, ShapeId, Traits};
use crate::parse::Source;
use crate::services::toml_error;
use crate::traits;

/// The key of the service itself, whatever its shape is called.
const SERVICE: &str = "service";

/// Markdown by what it documents.
///
/// A TOML file of texts. The key is a shape's name, `"JoinStorageSession"`; a shape's and a member's,
/// `"JoinStorageSessionInput$channelArn"` (for an enum, the value's name in the model or on the wire); or `service`.
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    file: String,
    texts: BTreeMap<String, String>,
}

impl Overlay {
    /// Reads an overlay.
    ///
    /// # Errors
    /// What is wrong with the TOML, or a text that is empty.
    pub fn parse(source: Source<'_>) -> Result<Self, Diagnostics> {
        let texts: BTreeMap<String, String> =
            toml::from_str(source.text).map_err(|error| toml_error(source, &error))?;
        let mut diagnostics = Diagnostics::new();
        for (key, _) in texts.iter().filter(|(_, text)| text.trim().is_empty()) {
            diagnostics.push(Diagnostic::path(source.file, key, "is empty"));
        }
        diagnostics.into_result(Self { file: source.file.to_owned(), texts })
    }

    /// Replaces the documentation of a model by these texts.
    ///
    /// # Errors
    /// Every key that matches nothing in the model.
    pub fn apply(&self, model: &mut Model, service: &ShapeId) -> Result<(), Diagnostics> {
        // Names are unique within what a service reaches; the prelude's come first so that the service's own win.
        let mut by_name: Vec<ShapeId> = model.shapes.keys().cloned().collect();
        by_name.sort_by_key(|id| id.namespace() != "smithy.api");
        let by_name: BTreeMap<String, ShapeId> = by_name.into_iter().map(|id| (id.name().to_owned(), id)).collect();
        let mut diagnostics = Diagnostics::new();
        for (key, text) in &self.texts {
            let (name, member) = match key.split_once('$') {
                Some((name, member)) => (name, Some(member)),
                None => (key.as_str(), None),
            };
            let id = if name == SERVICE { Some(service) } else { by_name.get(name) };
            match id.and_then(|id| find(model, id, member)) {
                Some(set) => set.set(traits::DOCUMENTATION, Value::String(text.trim().to_owned())),
                None => diagnostics.push(
                    Diagnostic::path(self.file.as_str(), key, "documents nothing that is generated")
                        .with_help("a key is `Shape`, `Shape$member` or `service`"),
                ),
            }
        }
        diagnostics.into_result(())
    }
}

fn find<'m>(model: &'m mut Model, id: &ShapeId, member: Option<&str>) -> Option<&'m mut Traits> {
    let shape = model.shapes.get_mut(id)?;
    match member {
        Some(name) => shape.member_traits_mut(name),
        None => Some(&mut shape.traits),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{HasTraits, ShapeKind};
    use crate::parse::smithy;

    const MODEL: &str = r#"{"smithy": "2.0", "shapes": {
        "a#Sky_2018": {"type": "service", "version": "1"},
        "a#In": {"type": "structure", "members": {"arn": {"target": "smithy.api#String"}, "kind": {"target": "a#Kind"}}},
        "a#Kind": {"type": "enum", "members": {"BIG": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "big one"}}}}}}"#;

    fn applied(text: &str) -> Result<Model, String> {
        let mut model = smithy::parse(Source { file: "m.json", text: MODEL }).unwrap();
        Overlay::parse(Source { file: "m.toml", text })
            .and_then(|overlay| overlay.apply(&mut model, &ShapeId::new("a#Sky_2018")))
            .map(|()| model)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn texts_replace_documentation_of_shapes_members_values_and_the_service() {
        let model = applied(
            "service = \"\"\"\nThe *service*.\n\"\"\"\nIn = \"a\"\n\"In$arn\" = \"b\"\n\"Kind$big one\" = \"c\"\n",
        )
        .unwrap();
        let shape = |name: &str| &model.shapes[&ShapeId::new(name)];
        assert_eq!(shape("a#Sky_2018").documentation(), Some("The *service*."));
        assert_eq!(shape("a#In").documentation(), Some("a"));
        assert_eq!(shape("a#In").member("arn").unwrap().documentation(), Some("b"));
        let ShapeKind::Enum(values) = &shape("a#Kind").kind else { panic!("not an enum") };
        assert_eq!(values[0].traits.documentation(), Some("c"));
    }

    #[test]
    fn flaws_are_explained() {
        const HELP: &str = "(help: a key is `Shape`, `Shape$member` or `service`)";
        let cases = [
            (
                "Out = \"x\"\n\"In$gone\" = \"y\"",
                format!(
                    "m.toml: In$gone: documents nothing that is generated {HELP}\n\
                     m.toml: Out: documents nothing that is generated {HELP}"
                ),
            ),
            ("In = \"  \"", "m.toml: In: is empty".to_owned()),
            ("[In]\narn = \"x\"", "m.toml:1:1: invalid type: map, expected a string".to_owned()),
            ("In = \"x\"\nIn = \"y\"", "m.toml:2:1: duplicate key".to_owned()),
        ];
        for (text, expected) in cases {
            assert_eq!(applied(text).map(|_| ()), Err(expected));
        }
    }
}
