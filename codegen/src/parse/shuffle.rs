//! For tests: JSON texts that differ in the order of keys only.

use serde_json::Value;

/// The text of a value with the keys of every object in an order that depends on `seed`.
pub(super) fn shuffled(value: &Value, seed: u64) -> String {
    let mut text = String::new();
    write(value, seed, &mut text);
    text
}

fn write(value: &Value, seed: u64, out: &mut String) {
    match value {
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(item, seed, out);
            }
            out.push(']');
        }
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|(key, _)| {
                key.bytes()
                    .fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3).rotate_left(23))
            });
            out.push('{');
            for (index, (key, value)) in entries.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                out.push_str(&format!("{key:?}:"));
                write(value, seed, out);
            }
            out.push('}');
        }
        scalar => out.push_str(&scalar.to_string()),
    }
}
