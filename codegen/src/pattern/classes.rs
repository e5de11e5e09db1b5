//! The character classes that have names, and the other case of a class.

use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, HirKind};

use super::set::Set;

/// `\d`.
pub(super) fn digit() -> Set {
    Set::new([(0x30, 0x39)])
}

/// `\w`.
pub(super) fn word() -> Set {
    Set::new([(0x30, 0x39), (0x41, 0x5a), (0x5f, 0x5f), (0x61, 0x7a)])
}

/// `\s`: white space and line terminators as ECMAScript lists them.
pub(super) fn space() -> Set {
    Set::new([
        (0x09, 0x0d),
        (0x20, 0x20),
        (0xa0, 0xa0),
        (0x1680, 0x1680),
        (0x2000, 0x200a),
        (0x2028, 0x2029),
        (0x202f, 0x202f),
        (0x205f, 0x205f),
        (0x3000, 0x3000),
        (0xfeff, 0xfeff),
    ])
}

/// What `.` does not match.
pub(super) fn line_terminator() -> Set {
    Set::new([(0x0a, 0x0a), (0x0d, 0x0d), (0x2028, 0x2029)])
}

/// `\p{name}`, or `None` when Unicode knows no such property.
pub(super) fn property(name: &str) -> Option<Set> {
    // Only what a property can be called reaches the other parser.
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '=')) {
        return None;
    }
    let hir = regex_syntax::parse(&format!(r"\p{{{name}}}")).ok()?;
    match hir.kind() {
        HirKind::Class(Class::Unicode(class)) => Some(from_class(class)),
        _ => None,
    }
}

/// The set with the other case of each of its letters. As in ECMAScript without the `u` flag, no letter beyond ASCII
/// is a case of an ASCII letter.
pub(super) fn fold_case(set: &Set) -> Set {
    let ascii = Set::new([(0, 0x7f)]);
    let fold = |set: &Set| {
        let mut class = to_class(set);
        class.try_case_fold_simple().ok().map(|()| from_class(&class))
    };
    let inner = set.intersection(&ascii);
    let outer = set.without(&ascii);
    let inner = fold(&inner).map_or(inner, |folded| folded.intersection(&ascii));
    let outer = fold(&outer).map_or(outer.clone(), |folded| folded.without(&ascii).union(&outer));
    inner.union(&outer)
}

fn from_class(class: &ClassUnicode) -> Set {
    Set::new(class.ranges().iter().map(|range| (u32::from(range.start()), u32::from(range.end()))))
}

fn to_class(set: &Set) -> ClassUnicode {
    let ranges = set.ranges().iter().filter_map(|&(first, last)| {
        // A range may begin or end within the surrogates, which this library's sets cannot hold.
        let first = char::from_u32(first).or_else(|| char::from_u32(0xe000))?;
        let last = char::from_u32(last).or_else(|| char::from_u32(0xd7ff))?;
        (first <= last).then(|| ClassUnicodeRange::new(first, last))
    });
    ClassUnicode::new(ranges)
}
