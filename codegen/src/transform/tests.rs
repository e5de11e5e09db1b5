//! What becomes of a model on its way to being generated.

mod fixups;
mod flaws;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::model::Shape;
use crate::parse::{Source, smithy};

/// A model of one service `a#S` that speaks restJson1, with these shapes beside it.
fn model_with(service: Value, shapes: Value) -> Model {
    let mut all = json!({
        "a#S": {"type": "service", "version": "1", "traits": {"aws.protocols#restJson1": {}, "aws.auth#sigv4": {"name": "s"}}},
    });
    merge(&mut all["a#S"], service);
    merge(&mut all, shapes);
    let text = json!({"smithy": "2.0", "shapes": all}).to_string();
    smithy::parse(Source { file: "m.json", text: &text }).unwrap()
}

fn merge(into: &mut Value, from: Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        (into, from) => *into = from,
    }
}

/// An operation `POST /<name>` that is like this otherwise.
fn operation(name: &str, rest: Value) -> Value {
    let mut operation =
        json!({"type": "operation", "traits": {"smithy.api#http": {"method": "POST", "uri": format!("/{name}")}}});
    merge(&mut operation, rest);
    operation
}

/// The service of [`model_with`] with the operation `a#Op`, whose input has these members.
fn model_of_input(members: Value, rest: Value) -> Model {
    let mut shapes = json!({
        "a#Op": operation("op", json!({"input": {"target": "a#In"}})),
        "a#In": {"type": "structure", "members": members},
    });
    merge(&mut shapes, rest);
    model_with(json!({"operations": [{"target": "a#Op"}]}), shapes)
}

fn run(model: Model) -> Result<Transformed, String> {
    transform(model, &Options::default()).map_err(|error| error.to_string())
}

fn error_of(model: Model) -> String {
    match run(model) {
        Ok(done) => format!("accepted: {:?}", done.model.shapes.keys().collect::<Vec<_>>()),
        Err(error) => error,
    }
}

fn shape<'a>(done: &'a Transformed, id: &str) -> &'a Shape {
    &done.model.shapes[&ShapeId::new(id)]
}

fn operations(done: &Transformed) -> Vec<&str> {
    let (_, service) = done.model.services().next().unwrap();
    service.operations.iter().map(ShapeId::name).collect()
}

#[test]
fn the_service_gets_the_operations_of_its_resources_and_loses_what_it_does_not_reach() {
    let done = run(model_with(
        json!({"operations": [{"target": "a#Own"}], "resources": [{"target": "a#R"}], "errors": [{"target": "a#Busy"}]}),
        json!({
            "a#R": {"type": "resource", "read": {"target": "a#Get"}, "resources": [{"target": "a#Inner"}]},
            "a#Inner": {"type": "resource", "operations": [{"target": "a#Act"}], "resources": [{"target": "a#R"}]},
            "a#Own": operation("own", json!({"input": {"target": "a#In"}})),
            "a#Get": operation("get", json!({})),
            "a#Act": operation("act", json!({})),
            "a#In": {"type": "structure", "members": {"deep": {"target": "a#List"}}},
            "a#List": {"type": "list", "member": {"target": "a#In"}},
            "a#Busy": {"type": "structure", "traits": {"smithy.api#error": "server"}},
            "a#Unreached": {"type": "structure"},
            "a#Loose": operation("loose", json!({})),
        }),
    ))
    .unwrap();
    assert_eq!(operations(&done), ["Act", "Get", "Own"]);
    let shapes: Vec<&str> = done.model.shapes.keys().map(ShapeId::as_str).collect();
    assert_eq!(shapes, ["a#Act", "a#Busy", "a#Get", "a#In", "a#List", "a#Own", "a#S", "smithy.api#Unit"]);
}

#[test]
fn operations_that_cannot_be_generated_are_left_out_with_the_reason() {
    let stream = json!({"type": "structure", "members": {"events": {"target": "a#Events"}}});
    let done = run(model_with(
        json!({
            "operations": [{"target": "a#Fine"}, {"target": "a#Stream"}, {"target": "a#Sum"}, {"target": "a#Token"}, {"target": "a#Ask"}],
            "traits": {"smithy.api#httpDigestAuth": {}},
        }),
        json!({
            "a#Fine": operation("fine", json!({})),
            "a#Stream": operation("stream", json!({"output": {"target": "a#Out"}})),
            "a#Sum": operation("sum", json!({"traits": {"aws.protocols#httpChecksum": {"requestChecksumRequired": true}}})),
            "a#Token": operation("token", json!({"traits": {"smithy.api#auth": ["smithy.api#httpDigestAuth"]}})),
            "a#Ask": operation("ask", json!({"traits": {"aws.api#clientDiscoveredEndpoint": {"required": true}}})),
            "a#Out": stream,
            "a#Events": {"type": "union", "members": {"a": {"target": "a#Out"}}, "traits": {"smithy.api#streaming": {}}},
        }),
    ))
    .unwrap();
    assert_eq!(operations(&done), ["Fine"]);
    let refused: Vec<_> =
        done.refused.iter().map(|refused| (refused.operation.name(), refused.reason.as_str())).collect();
    assert_eq!(
        refused,
        [
            ("Ask", "needs its endpoint to be asked for first (`aws.api#clientDiscoveredEndpoint`)"),
            ("Stream", "sends or receives an event stream"),
            ("Sum", "needs a checksum of the request in a header"),
            ("Token", "authenticates with smithy.api#httpDigestAuth only"),
        ]
    );
    assert!(!done.model.shapes.contains_key(&ShapeId::new("a#Events")));
}

#[test]
fn every_operation_says_how_it_is_signed() {
    let auth = |service: Value, traits: Value| {
        let done = run(model_with(
            merged(json!({"operations": [{"target": "a#Op"}]}), service),
            json!({"a#Op": operation("op", json!({"traits": traits}))}),
        ))
        .unwrap();
        shape(&done, "a#Op").get(crate::traits::AUTH).cloned()
    };
    let signed = Some(json!(["aws.auth#sigv4"]));
    assert_eq!(auth(json!({}), json!({})), signed);
    assert_eq!(auth(json!({}), json!({"smithy.api#auth": []})), Some(json!([])));
    assert_eq!(auth(json!({}), json!({"smithy.api#optionalAuth": {}})), signed);
    assert_eq!(auth(json!({"traits": {"smithy.api#auth": []}}), json!({})), Some(json!([])));
    assert_eq!(
        auth(
            json!({"traits": {"smithy.api#auth": []}}),
            json!({"smithy.api#auth": ["aws.auth#sigv4a", "aws.auth#sigv4"]})
        ),
        signed
    );
    // Without a list, schemes are in the order of their IDs.
    let both = || json!({"traits": {"smithy.api#httpBearerAuth": {}}});
    assert_eq!(auth(both(), json!({})), Some(json!(["aws.auth#sigv4", "smithy.api#httpBearerAuth"])));
    let listed = json!(["smithy.api#httpBearerAuth", "aws.auth#sigv4"]);
    assert_eq!(auth(both(), json!({"smithy.api#auth": listed})), Some(listed));
}

fn merged(mut first: Value, second: Value) -> Value {
    merge(&mut first, second);
    first
}

#[test]
fn names_the_service_gives_its_shapes_are_theirs() {
    let done = run(model_with(
        json!({"operations": [{"target": "a#Op"}], "rename": {"b#In": "OtherIn", "b#Gone": "NotHere"}}),
        json!({
            "a#Op": operation("op", json!({"input": {"target": "b#In"}})),
            "b#In": {"type": "structure", "members": {"again": {"target": "b#In"}}},
            "b#Gone": {"type": "structure"},
        }),
    ))
    .unwrap();
    assert_eq!(shape(&done, "b#OtherIn").member("again").unwrap().target.name(), "OtherIn");
    assert!(!done.model.shapes.contains_key(&ShapeId::new("b#In")));
}

#[test]
fn pagination_of_the_service_completes_that_of_its_operations() {
    let token = json!({"target": "smithy.api#String"});
    let done = run(model_with(
        json!({
            "operations": [{"target": "a#List"}, {"target": "a#Plain"}],
            "traits": {"smithy.api#paginated": {"inputToken": "next", "outputToken": "next", "pageSize": "max"}},
        }),
        json!({
            "a#List": operation("list", json!({
                "input": {"target": "a#In"}, "output": {"target": "a#Out"},
                "traits": {"smithy.api#paginated": {"items": "page.all", "pageSize": "size"}},
            })),
            "a#Plain": operation("plain", json!({})),
            "a#In": {"type": "structure", "members": {"next": token, "size": {"target": "smithy.api#Integer"}}},
            "a#Out": {"type": "structure", "members": {"next": token, "page": {"target": "a#Page"}}},
            "a#Page": {"type": "structure", "members": {"all": {"target": "a#All"}}},
            "a#All": {"type": "list", "member": token},
        }),
    ))
    .unwrap();
    assert_eq!(
        shape(&done, "a#List").get(crate::traits::PAGINATED),
        Some(&json!({"inputToken": "next", "outputToken": "next", "pageSize": "size", "items": "page.all"}))
    );
    assert!(!shape(&done, "a#Plain").has(crate::traits::PAGINATED));
}

#[test]
fn unknown_traits_are_reported_once() {
    let member = json!({"target": "smithy.api#String", "traits": {"example.org#odd": 1}});
    let done = run(model_of_input(json!({"x": member, "y": member}), json!({}))).unwrap();
    assert_eq!(
        done.warnings.to_string(),
        "m.json: a#In$x: has the unknown trait `example.org#odd`, here and 1 times more (help: it is ignored)"
    );
    let new = json!({"x": {"target": "smithy.api#String", "traits": {"smithy.api#httpTrailer": "x"}}});
    assert_eq!(
        error_of(model_of_input(new, json!({}))),
        "m.json: a#In$x: has the unknown trait `smithy.api#httpTrailer` (help: a `remove-trait` fixup says that it may be ignored)"
    );
}

#[test]
fn documentation_becomes_markdown_and_is_replaced_by_ours() {
    let overlay = Overlay::parse(Source { file: "m.toml", text: "\"In$y\" = \"Ours: [x](https://x.y).\"" }).unwrap();
    let text = |html: &str| json!({"target": "smithy.api#String", "traits": {"smithy.api#documentation": html}});
    let model =
        model_of_input(json!({"x": text("<p>A <b>b</b>.</p>"), "y": text("theirs"), "z": text("<p></p>")}), json!({}));
    let options = Options { docs: Some(&overlay), ..Options::default() };
    let done = transform(model, &options).unwrap();
    let documentation = |name: &str| shape(&done, "a#In").member(name).unwrap().documentation();
    assert_eq!(documentation("x"), Some("A **b**."));
    assert_eq!(documentation("y"), Some("Ours: [x](https://x.y)."));
    assert_eq!(documentation("z"), None);
}

#[test]
fn the_service_is_the_only_one_or_the_one_named() {
    let two = || {
        let mut model = model_of_input(json!({}), json!({}));
        let mut other = model.shapes[&ShapeId::new("a#S")].clone();
        other.id = ShapeId::new("a#T");
        model.shapes.insert(other.id.clone(), other);
        model
    };
    let named = |name| {
        let options = Options { service: name, ..Options::default() };
        transform(two(), &options).map(|done| done.service.to_string()).map_err(|error| error.to_string())
    };
    assert_eq!(named(Some("T")), Ok("a#T".to_owned()));
    assert_eq!(
        named(None),
        Err("m.json: has several services: S, T (help: name one: with `service` in services.toml, or with `--service-name`)".to_owned())
    );
    assert_eq!(named(Some("U")), Err("m.json: has no service `U` (help: it has: S, T)".to_owned()));
}

#[test]
fn long_chains_of_structures_need_no_stack() {
    let mut shapes = serde_json::Map::new();
    for index in 0..20_000 {
        let next = json!({"next": {"target": format!("a#N{}", index + 1), "traits": {"smithy.api#required": {}}}});
        shapes.insert(format!("a#N{index}"), json!({"type": "structure", "members": next}));
    }
    shapes.insert("a#N20000".to_owned(), json!({"type": "structure"}));
    let done = run(model_of_input(json!({"first": {"target": "a#N0"}}), Value::Object(shapes))).unwrap();
    assert_eq!(done.model.shapes.len(), 20_005);
}

proptest! {
    #[test]
    fn any_web_of_structures_is_accepted_or_refused(links in prop::collection::vec((0_usize..8, 0_usize..8, any::<bool>()), 0..20)) {
        let mut shapes = json!({});
        for index in 0..8 {
            shapes[format!("a#N{index}")] = json!({"type": "structure", "members": {}});
        }
        for (number, (from, to, required)) in links.iter().enumerate() {
            let traits = if *required { json!({"smithy.api#required": {}}) } else { json!({}) };
            shapes[format!("a#N{from}")]["members"][format!("m{number}")] = json!({"target": format!("a#N{to}"), "traits": traits});
        }
        // A structure can be built if and only if it does not reach itself, or a circle, by required members.
        let mut reach = [[false; 8]; 8];
        for (from, to, _) in links.iter().filter(|(.., required)| *required) {
            reach[*from][*to] = true;
        }
        for middle in 0..8 {
            for from in 0..8 {
                for to in 0..8 {
                    reach[from][to] |= reach[from][middle] && reach[middle][to];
                }
            }
        }
        let circular = (0..8).any(|node| reach[node][node]);
        let members = (0..8).map(|index| (format!("n{index}"), json!({"target": format!("a#N{index}")}))).collect();
        prop_assert_eq!(run(model_of_input(Value::Object(members), shapes)).is_err(), circular);
    }
}
