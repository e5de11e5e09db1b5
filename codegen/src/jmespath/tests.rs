use super::parse;
use crate::ir::Expression;

/// An expression with every pair of parentheses that could be.
fn show(expression: &Expression) -> String {
    use Expression::{
        And, Chain, Compare, Contains, Current, Field, Filter, Flatten, Index, Keys, Length, List, Literal, Not, Or,
        Project, Values,
    };
    match expression {
        Current => "@".to_owned(),
        Field(name) => name.clone(),
        Chain(left, right) => format!("({} then {})", show(left), show(right)),
        Index(index) => format!("[{index}]"),
        Flatten(list, rest) => format!("({} flat {})", show(list), show(rest)),
        Project(list, rest) => format!("({} each {})", show(list), show(rest)),
        Values(list, rest) => format!("({} values {})", show(list), show(rest)),
        Filter(list, condition, rest) => format!("({} if {} {})", show(list), show(condition), show(rest)),
        Literal(constant) => format!("{constant:?}"),
        Compare(relation, left, right) => format!("({} {relation} {})", show(left), show(right)),
        And(left, right) => format!("({} and {})", show(left), show(right)),
        Or(left, right) => format!("({} or {})", show(left), show(right)),
        Not(operand) => format!("(not {})", show(operand)),
        List(items) => format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(", ")),
        Length(of) => format!("length({})", show(of)),
        Contains(list, what) => format!("contains({}, {})", show(list), show(what)),
        Keys(of) => format!("keys({})", show(of)),
    }
}

/// Expressions of published models first.
#[test]
fn expressions_are_read_as_the_grammar_binds_them() {
    for (text, expected) in [
        ("cluster.status", "(cluster then status)"),
        ("items[].health.connectorStatus", "(items flat (health then connectorStatus))"),
        ("length(items[]) == `0`", "(length((items flat @)) Equal Number(0.0))"),
        (
            "status != 'CANCELLING' && status != 'A'",
            "((status NotEqual String(\"CANCELLING\")) and (status NotEqual String(\"A\")))",
        ),
        ("a[?b=='y'].c", "(a if (b Equal String(\"y\")) c)"),
        ("a[?b][]", "((a if b @) flat @)"),
        ("a[*].b[]", "((a each b) flat @)"),
        ("a[].b[].c", "((a flat b) flat c)"),
        ("a[*][0]", "(a each [0])"),
        ("a[*].b[-1]", "(a each (b then [-1]))"),
        ("a[*].b | [0]", "((a each b) then [0])"),
        ("a[].[b, c][]", "((a flat [b, c]) flat @)"),
        ("a.*.b", "(a values b)"),
        ("*.b", "(@ values b)"),
        ("a || b && !c", "(a or (b and (not c)))"),
        ("(a || b) && c", "((a or b) and c)"),
        ("!(a.b)", "(not (a then b))"),
        ("contains(a[].b, 'x')", "contains((a flat b), String(\"x\"))"),
        ("keys(@)", "keys(@)"),
        ("\"a-b\".c", "(a-b then c)"),
        ("a == 'it\\'s'", "(a Equal String(\"it's\"))"),
        ("`true` == a", "(Bool(true) Equal a)"),
        ("`null`", "Null"),
        ("[0]", "[0]"),
    ] {
        assert_eq!(parse(text).map(|expression| show(&expression)).as_deref(), Ok(expected), "{text}");
    }
}

#[test]
fn what_is_not_understood_is_told() {
    let deep = format!("{}a", "!".repeat(200));
    let long = "a".repeat(2_000);
    for (text, says) in [
        ("", "ends where a value should be"),
        ("a.", "ends with a dot"),
        ("a b", "`b` where it should end"),
        ("a.'x'", "behind a dot"),
        ("a[", "without a number or `*`"),
        ("a[0", "ends where `]` should be"),
        ("a[1:2]", "`:`, which is not understood"),
        ("a[?b", "ends where `]` should be"),
        ("{a: b}", "`:`, which is not understood"),
        ("{a}", "objects made of several values"),
        ("sort(a)", "the function `sort`"),
        ("length(a, b)", "gives `length` 2 arguments"),
        ("'a", "without an end"),
        ("`[1]`", "lists and objects are not understood"),
        ("`x`", "which is no JSON"),
        ("99999999999999999999", "cannot be read"),
        ("a == ", "ends where a value should be"),
        ("a )", "`)` where it should end"),
        ("ä", "`ä`, which is not understood"),
        (&deep, "nested more than 50 deep"),
        (&long, "has 2000 bytes"),
    ] {
        let error = parse(text).map(|expression| show(&expression)).unwrap_err();
        assert!(error.contains(says), "{text}: {error}");
    }
}
