//! The keys that a case can sign with.

use serde_json::Value;

/// The secret that belongs to an access key ID, wherever the case has it.
pub(crate) fn secret_of(case: &Value, access_key_id: &str) -> Option<String> {
    in_objects(case, access_key_id).or_else(|| in_environment(&case["env"], access_key_id))
}

fn in_objects(value: &Value, access_key_id: &str) -> Option<String> {
    if value["accessKeyId"].as_str() == Some(access_key_id)
        && let Some(secret) = value["secretAccessKey"].as_str()
    {
        return Some(secret.to_owned());
    }
    match value {
        Value::Object(members) => members.values().find_map(|member| in_objects(member, access_key_id)),
        Value::Array(items) => items.iter().find_map(|item| in_objects(item, access_key_id)),
        _ => None,
    }
}

fn in_environment(env: &Value, access_key_id: &str) -> Option<String> {
    let of = |prefix: &str| {
        let id = env[format!("{prefix}_ACCESS_KEY_ID")].as_str();
        let secret = env[format!("{prefix}_SECRET_ACCESS_KEY")].as_str();
        secret.filter(|_| id == Some(access_key_id)).map(str::to_owned)
    };
    ["AWS", "AMAZON"].into_iter().find_map(of)
}
