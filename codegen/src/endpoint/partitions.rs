//! The table of partitions as Rust.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::{Map, Value};

use crate::diag::{Diagnostic, Diagnostics};

/// The module `partitions.rs` of the generated crate: the partitions of AWS's `partitions.json` as a static table.
///
/// `file` names the text in diagnostics. The descriptions of regions and the key `_comment` are left out.
///
/// # Errors
/// When the text is not JSON, when a partition lacks something or has something that is not known, and when its
/// `regionRegex` is of another form than `^(us|eu)\-\w+\-\d+$`.
pub fn partitions_file(file: &str, text: &str) -> Result<TokenStream, Diagnostics> {
    let value: Value = serde_json::from_str(text)
        .map_err(|error| Diagnostic::text(file, error.line(), error.column(), error.to_string()))?;
    let mut reader = Reader { file, found: Diagnostics::new() };
    let partitions = reader.partitions(&value).unwrap_or_default();
    let count = Literal::usize_unsuffixed(partitions.len());
    let module = quote! {
        //! The partitions of AWS: which regions belong together, and how the names of their hosts end.

        use kinesisvideo_runtime::endpoint::Partition;

        /// All partitions, in the order in which a region's partition is looked for.
        pub(crate) static PARTITIONS: [Partition; #count] = [#(#partitions),*];
    };
    reader.found.into_result(module)
}

struct Reader<'a> {
    file: &'a str,
    found: Diagnostics,
}

impl Reader<'_> {
    fn report(&mut self, path: &str, message: impl Into<String>) {
        self.found.push(Diagnostic::path(self.file, path, message));
    }

    fn partitions(&mut self, value: &Value) -> Option<Vec<TokenStream>> {
        let Some(Value::Array(partitions)) = value.get("partitions") else {
            self.report("partitions", "must be an array");
            return None;
        };
        if !partitions.iter().any(|partition| partition["id"] == "aws") {
            self.report("partitions", "has no partition `aws`, to which unknown regions belong");
        }
        partitions
            .iter()
            .enumerate()
            .map(|(index, partition)| self.partition(&format!("partitions[{index}]"), partition))
            .collect()
    }

    fn partition(&mut self, path: &str, value: &Value) -> Option<TokenStream> {
        let partition = self.object(path, value)?;
        self.only(path, partition, &["id", "outputs", "regionRegex", "regions"]);
        let id = self.text(path, partition, "id")?;
        let outputs_path = format!("{path}.outputs");
        let outputs = self.field(path, partition, "outputs")?;
        let outputs = self.object(&outputs_path, outputs)?;
        self.only(
            &outputs_path,
            outputs,
            &["dnsSuffix", "dualStackDnsSuffix", "implicitGlobalRegion", "name", "supportsDualStack", "supportsFIPS"],
        );
        let dns_suffix = self.text(&outputs_path, outputs, "dnsSuffix")?;
        let dual_stack_dns_suffix = self.text(&outputs_path, outputs, "dualStackDnsSuffix")?;
        let implicit_global_region = self.text(&outputs_path, outputs, "implicitGlobalRegion")?;
        let supports_fips = self.flag(&outputs_path, outputs, "supportsFIPS")?;
        let supports_dual_stack = self.flag(&outputs_path, outputs, "supportsDualStack")?;
        let regex = self.text(path, partition, "regionRegex")?;
        let Some(region_prefixes) = region_prefixes(regex) else {
            self.report(
                &format!("{path}.regionRegex"),
                format!("`{regex}` is not of the form `^(us|eu)\\-\\w+\\-\\d+$`, the only one that is understood"),
            );
            return None;
        };
        let regions = self.field(path, partition, "regions")?;
        let regions = self.regions(&format!("{path}.regions"), regions)?;
        Some(quote! {
            Partition {
                name: #id,
                dns_suffix: #dns_suffix,
                dual_stack_dns_suffix: #dual_stack_dns_suffix,
                implicit_global_region: #implicit_global_region,
                supports_fips: #supports_fips,
                supports_dual_stack: #supports_dual_stack,
                region_prefixes: &[#(#region_prefixes),*],
                regions: &[#(#regions),*],
            }
        })
    }

    /// The names of the regions, sorted.
    fn regions<'v>(&mut self, path: &str, value: &'v Value) -> Option<Vec<&'v str>> {
        let regions = self.object(path, value)?;
        let mut names = Vec::new();
        for (name, region) in regions {
            let path = format!("{path}.{name}");
            // A region could have outputs of its own, which would be lost.
            let region = self.object(&path, region)?;
            self.only(&path, region, &["description"]);
            names.push(name.as_str());
        }
        names.sort_unstable();
        Some(names)
    }

    fn object<'v>(&mut self, path: &str, value: &'v Value) -> Option<&'v Map<String, Value>> {
        let object = value.as_object();
        if object.is_none() {
            self.report(path, "must be an object");
        }
        object
    }

    fn field<'v>(&mut self, path: &str, object: &'v Map<String, Value>, key: &str) -> Option<&'v Value> {
        let value = object.get(key);
        if value.is_none() {
            self.report(path, format!("has no `{key}`"));
        }
        value
    }

    fn text<'v>(&mut self, path: &str, object: &'v Map<String, Value>, key: &str) -> Option<&'v str> {
        let text = self.field(path, object, key)?.as_str();
        if text.is_none() {
            self.report(&format!("{path}.{key}"), "must be a string");
        }
        text
    }

    fn flag(&mut self, path: &str, object: &Map<String, Value>, key: &str) -> Option<bool> {
        let flag = self.field(path, object, key)?.as_bool();
        if flag.is_none() {
            self.report(&format!("{path}.{key}"), "must be true or false");
        }
        flag
    }

    fn only(&mut self, path: &str, object: &Map<String, Value>, known: &[&str]) {
        for key in object.keys().filter(|key| !known.contains(&key.as_str())) {
            self.report(path, format!("`{key}` is not known here"));
        }
    }
}

/// What regions begin with whose names a `regionRegex` matches: `["us-", "eu-"]` for `^(us|eu)\-\w+\-\d+$`.
///
/// AWS writes all of them as words and groups of words between hyphens, then a word and a number, for which the runtime
/// needs no regular expressions.
fn region_prefixes(regex: &str) -> Option<Vec<String>> {
    let words = regex.strip_prefix('^')?.strip_suffix(r"\w+\-\d+$")?;
    let words = words.strip_suffix(r"\-")?;
    let mut prefixes = vec![String::new()];
    for part in words.split(r"\-") {
        let group = part.strip_prefix('(').and_then(|part| part.strip_suffix(')')).unwrap_or(part);
        let alternatives: Vec<_> = group.split('|').collect();
        let is_word = |word: &&str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        if !alternatives.iter().all(is_word) || (alternatives.len() > 1 && group == part) {
            return None;
        }
        prefixes = prefixes
            .iter()
            .flat_map(|prefix| alternatives.iter().map(move |word| format!("{prefix}{word}-")))
            .collect();
    }
    Some(prefixes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_regular_expression_of_regions_becomes_prefixes() {
        for (regex, prefixes) in [
            (r"^(us|eu)\-\w+\-\d+$", &["us-", "eu-"][..]),
            (r"^cn\-\w+\-\d+$", &["cn-"]),
            (r"^us\-gov\-\w+\-\d+$", &["us-gov-"]),
            (r"^eusc\-(de|fr)\-\w+\-\d+$", &["eusc-de-", "eusc-fr-"]),
        ] {
            let prefixes: Vec<_> = prefixes.iter().map(|&prefix| prefix.to_owned()).collect();
            assert_eq!(region_prefixes(regex), Some(prefixes), "{regex}");
        }
        for regex in [
            "",
            r"us\-\w+\-\d+$",
            r"^\w+\-\d+$",
            r"^us\-\w+\-\d+",
            r"^u.\-\w+\-\d+$",
            r"^us|eu\-\w+\-\d+$",
            r"^(us|)\-\w+\-\d+$",
            r"^us-\w+-\d+$",
            r"^(us\-\w+\-\d+$",
        ] {
            assert_eq!(region_prefixes(regex), None, "{regex}");
        }
    }

    fn table(change: impl FnOnce(&mut Value)) -> String {
        let mut table = serde_json::json!({
            "version": "1.1",
            "partitions": [{
                "id": "aws",
                "outputs": {
                    "name": "aws",
                    "dnsSuffix": "example.test",
                    "dualStackDnsSuffix": "dual.example.test",
                    "implicitGlobalRegion": "xx-east-1",
                    "supportsDualStack": false,
                    "supportsFIPS": true
                },
                "regionRegex": r"^xx\-\w+\-\d+$",
                "regions": {"xx-west-1": {"description": "West"}, "aws-global": {}}
            }]
        });
        change(&mut table);
        table.to_string()
    }

    #[test]
    fn the_table_is_static_data() {
        let expected = quote! {
            pub(crate) static PARTITIONS: [Partition; 1] = [Partition {
                name: "aws",
                dns_suffix: "example.test",
                dual_stack_dns_suffix: "dual.example.test",
                implicit_global_region: "xx-east-1",
                supports_fips: true,
                supports_dual_stack: false,
                region_prefixes: &["xx-"],
                regions: &["aws-global", "xx-west-1"],
            }];
        };
        let module = partitions_file("p.json", &table(|_| {})).unwrap().to_string();
        assert!(module.ends_with(&expected.to_string()), "{module}");
    }

    #[test]
    fn what_would_be_lost_or_misread_is_refused() {
        let finding = |change: fn(&mut Value)| partitions_file("p.json", &table(change)).unwrap_err().to_string();
        assert_eq!(
            finding(|table| table["partitions"][0]["regions"]["xx-west-1"]["dnsSuffix"] = "x".into()),
            "p.json: partitions[0].regions.xx-west-1: `dnsSuffix` is not known here"
        );
        assert_eq!(
            finding(|table| table["partitions"][0]["regionRegex"] = "^xx.*$".into()),
            "p.json: partitions[0].regionRegex: `^xx.*$` is not of the form `^(us|eu)\\-\\w+\\-\\d+$`, the only one that \
             is understood"
        );
        assert_eq!(
            finding(|table| table["partitions"][0]["outputs"]["supportsFIPS"] = "yes".into()),
            "p.json: partitions[0].outputs.supportsFIPS: must be true or false"
        );
        assert_eq!(
            finding(|table| drop(table["partitions"][0].as_object_mut().unwrap().remove("regions"))),
            "p.json: partitions[0]: has no `regions`"
        );
        assert_eq!(
            finding(|table| table["partitions"][0]["id"] = "xx".into()),
            "p.json: partitions: has no partition `aws`, to which unknown regions belong"
        );
        assert_eq!(finding(|table| *table = Value::Null), "p.json: partitions: must be an array");
        assert!(partitions_file("p.json", "{").unwrap_err().to_string().starts_with("p.json:1:1: "));
    }
}
