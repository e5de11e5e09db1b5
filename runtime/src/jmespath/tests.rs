use serde_json::{Value, json};

use super::Expression::{
    And, Chain, Compare, Contains, Current, Field, Filter, Flatten, Index, Keys, Length, List, Literal as Constant,
    Not, Or, Project, Values,
};
use super::{Expression, Literal, Relation};

const A: Expression = Field("a");
const B: Expression = Field("b");

#[track_caller]
fn gives(expression: &Expression, value: Value, expected: Value) {
    assert_eq!(expression.evaluate(&value), expected, "{expression:?} of {value}");
}

#[test]
fn members_are_looked_up_and_null_where_there_are_none() {
    gives(&Chain(&A, &B), json!({"a": {"b": 1}}), json!(1));
    gives(&Chain(&A, &B), json!({"a": [1]}), Value::Null);
    gives(&Chain(&A, &B), json!({}), Value::Null);
}

#[test]
fn indexes_count_from_both_ends() {
    gives(&Chain(&A, &Index(0)), json!({"a": [1, 2]}), json!(1));
    gives(&Chain(&A, &Index(-1)), json!({"a": [1, 2]}), json!(2));
    gives(&Chain(&A, &Index(-3)), json!({"a": [1, 2]}), Value::Null);
    gives(&Chain(&A, &Index(i64::MIN)), json!({"a": [1, 2]}), Value::Null);
    gives(&Chain(&A, &Index(2)), json!({"a": [1, 2]}), Value::Null);
}

#[test]
fn projections_skip_items_without_the_rest() {
    let value = json!({"a": [{"b": 1}, {}, {"b": [2]}]});
    gives(&Project(&A, &B), value.clone(), json!([1, [2]]));
    gives(&Flatten(&Project(&A, &B), &Current), value, json!([1, 2]));
    gives(&Flatten(&A, &B), json!({"a": [[{"b": 1}], {"b": 2}]}), json!([1, 2]));
    gives(&Flatten(&A, &B), json!({"a": {"b": 1}}), Value::Null);
    gives(&Values(&A, &B), json!({"a": {"x": {"b": 1}, "y": {"b": 2}}}), json!([1, 2]));
}

#[test]
fn filters_keep_what_meets_the_condition() {
    const IS_X: Expression = Compare(Relation::Equal, &A, &Constant(Literal::String("x")));
    gives(&Filter(&Current, &IS_X, &B), json!([{"a": "x", "b": 1}, {"a": "y", "b": 2}]), json!([1]));
    gives(&Filter(&A, &Current, &Current), json!({"a": [0, "", [], {}, false, null, "x"]}), json!([0, "x"]));
}

#[test]
fn order_is_for_numbers_alone() {
    for (relation, expected) in [
        (Relation::Less, [true, false, false]),
        (Relation::LessOrEqual, [true, true, false]),
        (Relation::Equal, [false, true, false]),
        (Relation::NotEqual, [true, false, true]),
        (Relation::GreaterOrEqual, [false, true, true]),
        (Relation::Greater, [false, false, true]),
    ] {
        for (number, expected) in [0.5, 1.0, 2.0].into_iter().zip(expected) {
            gives(&Compare(relation, &A, &Constant(Literal::Number(1.0))), json!({"a": number}), json!(expected));
        }
    }
    gives(&Compare(Relation::Less, &A, &B), json!({"a": "1", "b": "2"}), Value::Null);
    gives(&Compare(Relation::Equal, &A, &Constant(Literal::Number(0.0))), json!({"a": 0}), json!(true));
    gives(&Compare(Relation::Equal, &A, &Constant(Literal::Null)), json!({}), json!(true));
    gives(&Compare(Relation::Equal, &A, &Constant(Literal::Bool(true))), json!({"a": "true"}), json!(false));
}

#[test]
fn logic_gives_operands() {
    gives(&And(&A, &B), json!({"a": 1, "b": 2}), json!(2));
    gives(&And(&A, &B), json!({"a": "", "b": 2}), json!(""));
    gives(&Or(&A, &B), json!({"a": "", "b": 2}), json!(2));
    gives(&Or(&A, &B), json!({"a": 1, "b": 2}), json!(1));
    gives(&Not(&A), json!({"a": []}), json!(true));
}

#[test]
fn functions_take_what_they_are_for() {
    gives(&Length(&A), json!({"a": [1, 2]}), json!(2));
    gives(&Length(&A), json!({"a": "äö"}), json!(2));
    gives(&Length(&A), json!({"a": {"x": 1}}), json!(1));
    gives(&Length(&A), json!({}), Value::Null);
    gives(&Contains(&A, &B), json!({"a": [1, 2], "b": 2.0}), json!(true));
    gives(&Contains(&A, &B), json!({"a": "abc", "b": "bc"}), json!(true));
    gives(&Contains(&A, &B), json!({"a": "abc", "b": 1}), json!(false));
    gives(&Contains(&A, &B), json!({"b": 1}), Value::Null);
    gives(&Keys(&A), json!({"a": {"x": 1}}), json!(["x"]));
    gives(&Keys(&A), json!({"a": 1}), Value::Null);
}

#[test]
fn several_values_make_a_list_unless_there_is_nothing_to_take_them_from() {
    gives(&Chain(&A, &List(&[B, Current])), json!({"a": {"b": 1}}), json!([1, {"b": 1}]));
    gives(&Chain(&A, &List(&[B, Current])), json!({}), Value::Null);
    gives(&Flatten(&List(&[A, B]), &Current), json!({"a": [1], "b": 2}), json!([1, 2]));
}
