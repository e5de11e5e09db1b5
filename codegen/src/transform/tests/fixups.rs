//! Corrections of a model, and corrections that no longer apply.

use serde_json::json;

use super::*;

fn base() -> Model {
    model_of_input(
        json!({"name": {"target": "a#Name"}, "kind": {"target": "a#Kind"}}),
        json!({
            "a#Name": {"type": "string", "traits": {"smithy.api#length": {"min": 1}}},
            "a#Kind": {"type": "enum", "members": {"A": {"target": "smithy.api#Unit"}}},
            "a#Denied": {"type": "structure", "traits": {"smithy.api#error": "client"}},
            "a#Op": {"errors": [{"target": "a#Denied"}]},
            "a#Other": operation("other", json!({})),
            "a#S": {"operations": [{"target": "a#Op"}, {"target": "a#Other"}]},
        }),
    )
}

fn applied(list: &str) -> Result<Transformed, String> {
    #[derive(serde::Deserialize)]
    struct File {
        fixup: Vec<Fixup>,
    }
    let file: File = toml::from_str(list).unwrap();
    let fixups = Fixups { file: "services.toml", path: "service[0]", list: &file.fixup };
    let options = Options { fixups, ..Options::default() };
    transform(base(), &options).map_err(|error| error.to_string())
}

fn one(fields: &str) -> Result<Transformed, String> {
    applied(&format!("[[fixup]]\nreason = \"r\"\n{fields}"))
}

#[test]
fn fixups_change_the_model() {
    let done = one("action = \"remove\"\nat = \"Other\"").unwrap();
    assert_eq!(operations(&done), ["Op"]);

    let done = one("action = \"remove\"\nat = \"a#Denied\"").unwrap();
    assert!(!done.model.shapes.contains_key(&ShapeId::new("a#Denied")));

    let done = one("action = \"remove\"\nat = \"In$kind\"").unwrap();
    assert!(shape(&done, "a#In").member("kind").is_none());

    let done = one("action = \"set-trait\"\nat = \"In$name\"\ntrait = \"smithy.api#required\"\nvalue = {}").unwrap();
    assert!(shape(&done, "a#In").member("name").unwrap().required());

    let done = one("action = \"set-trait\"\nat = \"Kind$A\"\ntrait = \"smithy.api#deprecated\"\nvalue = {}").unwrap();
    let ShapeKind::Enum(values) = &shape(&done, "a#Kind").kind else { panic!("not an enum") };
    assert!(values[0].traits.deprecated().is_some());

    let done = one("action = \"remove-trait\"\nat = \"Name\"\ntrait = \"smithy.api#length\"").unwrap();
    assert_eq!(shape(&done, "a#Name").length(), None);

    let done = one("action = \"rename\"\nat = \"Name\"\nto = \"Title\"").unwrap();
    assert_eq!(shape(&done, "a#In").member("name").unwrap().target.as_str(), "a#Title");

    let done = one("action = \"retarget\"\nat = \"In$name\"\nfrom = \"Name\"\nto = \"smithy.api#String\"").unwrap();
    assert_eq!(shape(&done, "a#In").member("name").unwrap().target.as_str(), "smithy.api#String");
}

#[test]
fn fixups_that_do_not_apply_are_refused() {
    let cases = [
        ("action = \"remove\"\nat = \"Gone\"", "a#Gone is not in the model"),
        ("action = \"remove\"\nat = \"In$gone\"", "a#In has no member `gone`"),
        ("action = \"remove\"\nat = \"Kind$A\"", "what is within the kind enum cannot be removed"),
        ("action = \"remove\"\nat = \"In.kind\"", "`In.kind` names neither a shape nor a member"),
        (
            "action = \"set-trait\"\nat = \"Name\"\ntrait = \"smithy.api#length\"\nvalue = { min = 1 }",
            "Name has `smithy.api#length` with this value already",
        ),
        (
            "action = \"set-trait\"\nat = \"Name\"\ntrait = \"smithy.api#length\"\nvalue = { min = \"1\" }",
            "the trait `smithy.api#length` `min` must be a whole number, found \"1\"",
        ),
        (
            "action = \"set-trait\"\nat = \"Name\"\ntrait = \"length\"\nvalue = 1",
            "`length` is not the absolute ID of a trait",
        ),
        (
            "action = \"remove-trait\"\nat = \"In$name\"\ntrait = \"smithy.api#required\"",
            "In$name has no trait `smithy.api#required`",
        ),
        ("action = \"rename\"\nat = \"Name\"\nto = \"In\"", "a#Name cannot become a#In, which is there already"),
        ("action = \"rename\"\nat = \"Denied\"\nto = \"No\"", "a#Denied is an error, and the service sends its name"),
        ("action = \"rename\"\nat = \"In$name\"\nto = \"x\"", "`In$name` is a member: their names are on the wire"),
        ("action = \"rename\"\nat = \"Name\"\nto = \"a b\"", "`a b` is not a name for a shape"),
        (
            "action = \"retarget\"\nat = \"In$name\"\nfrom = \"Kind\"\nto = \"smithy.api#String\"",
            "In$name targets a#Name, not a#Kind",
        ),
        (
            "action = \"retarget\"\nat = \"In\"\nfrom = \"Kind\"\nto = \"Name\"",
            "`In` names a shape where a member is needed",
        ),
    ];
    for (fields, expected) in cases {
        assert_eq!(
            one(fields).map(|_| ()),
            Err(format!(
                "services.toml: service[0].fixup[0]: {expected} \
                 (help: a fixup that no longer applies should go: the model may have been mended)"
            ))
        );
    }
}

#[test]
fn a_shape_that_is_still_needed_cannot_be_removed() {
    assert_eq!(
        one("action = \"remove\"\nat = \"Name\"").map(|_| ()),
        Err("m.json: a#In$name: targets a#Name, which is not in the model (help: was it a fixup that removed it?)"
            .to_owned())
    );
}
