//! Models with something wrong in them.

use serde_json::{Map, Value, json};

use super::rng::Rng;

/// Names that mean something to Rust, to JSON or to nobody.
const NAMES: [&str; 24] = [
    "", "1a", "a-b", "a.b", "a#b#c", "a$b", "é", "日本", "_", "__", "self", "Self", "crate", "super", "type", "gen",
    "Option", "Some", "Result", "Client", "new", "default", "build\n", "\u{0}",
];

/// Values that are rarely meant.
fn value(rng: &mut Rng) -> Value {
    match rng.below(22) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(false),
        3 => json!(-1),
        4 => json!(0),
        5 => json!(i64::MAX),
        6 => json!(i64::MIN),
        7 => json!(u64::MAX),
        8 => json!(1e308),
        9 => json!(-0.5),
        10 => json!([]),
        11 => json!({}),
        12 => json!("a".repeat(3_000)),
        13 => json!("*/ } \" \\ // {{ \r\n #[x] `"),
        14 => json!("<p><b>x<script></p></i>&amp;&bogus;[a](b"),
        15 => json!("/{a}/{b+}?x={c}&y"),
        16 => json!("^(a|b{3,1})(?=x)\\p{L}[z-a]$"),
        17 => json!({"target": "smithy.api#Unit"}),
        18 => json!(["smithy.api#noAuth", 1]),
        _ => json!(*rng.pick(&NAMES)),
    }
}

/// Applies one mutation, or sometimes a few.
pub(crate) fn mutate(model: &mut Value, rng: &mut Rng) {
    let more = if rng.below(3) == 0 { rng.below(4) } else { 0 };
    for _ in 0..=more {
        once(model, rng);
    }
}

fn once(model: &mut Value, rng: &mut Rng) {
    let paths = paths(model);
    if paths.is_empty() {
        // Nothing is left to get wrong.
        return;
    }
    let path = rng.pick(&paths).clone();
    match rng.below(9) {
        0 => drop_at(model, &path),
        1 | 2 => {
            let value = value(rng);
            put(model, &path, value);
        }
        3 => rename(model, &path, rng.pick::<&str>(&NAMES)),
        // What stands under the same key elsewhere is likely to be of the right form.
        4 => {
            let key = path.iter().rev().find(|step| matches!(step, Step::Key(_)));
            let alike: Vec<Path> = paths.iter().filter(|other| other.last() == key).cloned().collect();
            if !alike.is_empty() {
                let other = at(model, rng.pick::<Path>(&alike)).cloned().unwrap_or_default();
                put(model, &path, other);
            }
        }
        // What is right elsewhere is wrong here.
        5 => {
            let other = at(model, rng.pick::<Path>(&paths)).cloned().unwrap_or_default();
            put(model, &path, other);
        }
        6 => retarget(model, rng),
        7 => retype(model, rng),
        _ => add_trait(model, rng),
    }
}

type Path = Vec<Step>;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Key(String),
    Index(usize),
}

/// The paths of all values but the whole.
fn paths(value: &Value) -> Vec<Path> {
    let mut found = Vec::new();
    let mut queue = vec![(Path::new(), value)];
    while let Some((path, value)) = queue.pop() {
        let below = |step: Step| path.iter().cloned().chain([step]).collect::<Path>();
        match value {
            Value::Object(map) => queue.extend(map.iter().map(|(key, value)| (below(Step::Key(key.clone())), value))),
            Value::Array(items) => {
                queue.extend(items.iter().enumerate().map(|(index, value)| (below(Step::Index(index)), value)));
            }
            _ => {}
        }
        if !path.is_empty() {
            found.push(path);
        }
    }
    found
}

fn at<'a>(value: &'a Value, path: &[Step]) -> Option<&'a Value> {
    path.iter().try_fold(value, |value, step| match step {
        Step::Key(key) => value.get(key),
        Step::Index(index) => value.get(index),
    })
}

fn at_mut<'a>(value: &'a mut Value, path: &[Step]) -> Option<&'a mut Value> {
    path.iter().try_fold(value, |value, step| match step {
        Step::Key(key) => value.get_mut(key),
        Step::Index(index) => value.get_mut(index),
    })
}

fn put(model: &mut Value, path: &[Step], value: Value) {
    if let Some(place) = at_mut(model, path) {
        *place = value;
    }
}

fn drop_at(model: &mut Value, path: &[Step]) {
    let Some((last, owner)) = path.split_last() else { return };
    match (at_mut(model, owner), last) {
        (Some(Value::Object(map)), Step::Key(key)) => _ = map.remove(key),
        (Some(Value::Array(items)), Step::Index(index)) if *index < items.len() => _ = items.remove(*index),
        _ => {}
    }
}

fn rename(model: &mut Value, path: &[Step], name: &str) {
    let Some((Step::Key(key), owner)) = path.split_last() else { return };
    if let Some(Value::Object(map)) = at_mut(model, owner)
        && let Some(value) = map.remove(key)
    {
        // Half of a shape's ID stays, so that the name is what is wrong.
        let name = key.rsplit_once('#').map_or_else(|| name.to_owned(), |(namespace, _)| format!("{namespace}#{name}"));
        map.insert(name, value);
    }
}

/// Has something refer to something else: to itself, to nothing, to a shape of another kind.
fn retarget(model: &mut Value, rng: &mut Rng) {
    let Some(shapes) = model.get("shapes").and_then(Value::as_object) else { return };
    let mut names: Vec<String> = shapes.keys().cloned().collect();
    names.extend(
        ["smithy.api#String", "smithy.api#Unit", "smithy.api#Document", "a#Nothing", "Nothing"].map(str::to_owned),
    );
    let is_reference = |path: &Path| matches!(path.last(), Some(Step::Key(key)) if key == "target" || key == "shape");
    let references: Vec<Path> = paths(model).into_iter().filter(is_reference).collect();
    if !references.is_empty() {
        let (path, name) = (rng.pick(&references), rng.pick(&names).clone());
        put(model, path, json!(name));
    }
}

fn retype(model: &mut Value, rng: &mut Rng) {
    const TYPES: [&str; 22] = [
        "structure",
        "union",
        "list",
        "map",
        "set",
        "string",
        "enum",
        "intEnum",
        "integer",
        "long",
        "bigInteger",
        "bigDecimal",
        "float",
        "boolean",
        "blob",
        "timestamp",
        "document",
        "operation",
        "service",
        "resource",
        "member",
        "nothing",
    ];
    if let Some(shape) = shape(model, rng) {
        shape.insert("type".to_owned(), json!(*rng.pick(&TYPES)));
    }
}

fn shape<'a>(model: &'a mut Value, rng: &mut Rng) -> Option<&'a mut Map<String, Value>> {
    let shapes = model.get_mut("shapes")?.as_object_mut()?;
    let index = rng.below(shapes.len().max(1));
    shapes.values_mut().nth(index)?.as_object_mut()
}

fn add_trait(model: &mut Value, rng: &mut Rng) {
    let traits = [
        ("smithy.api#required", json!({})),
        ("smithy.api#default", value(rng)),
        ("smithy.api#httpLabel", json!({})),
        ("smithy.api#httpPayload", json!({})),
        ("smithy.api#httpQuery", json!("q")),
        ("smithy.api#httpQueryParams", json!({})),
        ("smithy.api#httpHeader", json!("X-H")),
        ("smithy.api#httpPrefixHeaders", json!("X-")),
        ("smithy.api#httpResponseCode", json!({})),
        ("smithy.api#streaming", json!({})),
        ("smithy.api#sparse", json!({})),
        ("smithy.api#sensitive", json!({})),
        ("smithy.api#jsonName", json!("other")),
        ("smithy.api#deprecated", json!({"message": "\"x\"\n*/", "since": "1"})),
        ("smithy.api#idempotencyToken", json!({})),
        ("smithy.api#hostLabel", json!({})),
        ("smithy.api#length", json!({"min": 3, "max": 2})),
        ("smithy.api#range", json!({"min": -1e300, "max": u64::MAX})),
        ("smithy.api#pattern", json!("(((((((((a{0,60}){0,60}){0,60}){0,60})))))")),
        ("smithy.api#timestampFormat", json!("http-date")),
        ("smithy.api#mediaType", json!("application/json")),
        ("smithy.api#error", json!("client")),
        ("smithy.api#enumValue", json!(7)),
        ("smithy.api#endpoint", json!({"hostPrefix": "{a}.{b}."})),
        ("smithy.api#auth", json!([])),
        ("smithy.api#paginated", json!({"inputToken": "a.b", "outputToken": "a", "items": "b.c"})),
        ("smithy.api#xmlName", json!("x")),
        ("smithy.rules#contextParam", json!({"name": "Region"})),
        ("smithy.rules#staticContextParams", json!({"Region": {"value": "x"}})),
        (
            "smithy.waiters#waitable",
            json!({"W": {"acceptors": [{"state": "success", "matcher": {"output": {"path": "a[].b", "expected": "x", "comparator": "anyStringEquals"}}}]}}),
        ),
        ("smithy.api#unknown", json!({})),
        ("smithy.api#mixin", json!({})),
    ];
    let (name, value) = rng.pick(&traits).clone();
    let paths: Vec<Path> = paths(model)
        .into_iter()
        .filter(|path| matches!(path.last(), Some(Step::Key(key)) if key == "traits"))
        .collect();
    if !paths.is_empty()
        && let Some(Value::Object(traits)) = at_mut(model, rng.pick::<Path>(&paths))
    {
        traits.insert(name.to_owned(), value);
    }
}

/// A text with something wrong that no value can have: cut short, keys that stand twice, nesting without end.
pub(crate) fn break_text(text: &str, rng: &mut Rng) -> String {
    let mut cut = rng.below(text.len() + 1);
    while !text.is_char_boundary(cut) {
        cut -= 1;
    }
    let (before, after) = text.split_at(cut);
    match rng.below(5) {
        0 => before.to_owned(),
        1 => format!("{before}{}", "[".repeat(1 + rng.below(100_000))),
        2 => format!("{before}1e999{after}"),
        3 => format!("{{\"smithy\":\"2.0\",{}", text.trim_start_matches('{')),
        _ => format!("{before}\u{feff}{after}"),
    }
}
