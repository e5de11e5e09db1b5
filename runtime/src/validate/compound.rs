//! Lists, maps and structures.

use serde::Serialize;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple, SerializeTupleStruct,
    SerializeTupleVariant,
};

use super::engine::Engine;
use super::key;
use super::path::{Path, Segment};
use super::violations::ViolationKind;
use super::walker::{Presence, Refused, Target, Walker, walk};
use crate::schema::{Kind, Member, Structure};

/// The parts of a value, one after the other.
pub(super) struct Compound<'e, 'a> {
    engine: &'e mut Engine,
    target: Target<'a>,
    path: &'a Path<'a>,
    mode: Mode,
    /// How many violations there were before.
    mark: usize,
    /// How many parts there were.
    count: usize,
    /// Which members of a structure were set.
    seen: Seen,
    /// A key whose value has yet to come.
    key: String,
}

/// What the parts are.
#[derive(Clone, Copy, PartialEq)]
enum Mode {
    /// Members of a structure by name.
    Members,
    /// Items where members should be.
    Misplaced,
    /// Entries of a map.
    Entries,
    /// Items of a list.
    Items,
    /// The digits of a number.
    Digits,
    /// Nothing that is checked.
    Unchecked,
}

impl<'e, 'a> Compound<'e, 'a> {
    fn new(walker: Walker<'e, 'a>, mode: Option<Mode>) -> Self {
        let Walker { engine, target, path, .. } = walker;
        let mode = mode.unwrap_or_else(|| {
            engine.wrong_type(target.kind, path);
            Mode::Unchecked
        });
        let mark = engine.mark();
        Self { engine, target, path, mode, mark, count: 0, seen: Seen::default(), key: String::new() }
    }

    /// Parts with names.
    pub(super) fn map(walker: Walker<'e, 'a>) -> Self {
        let mode = match walker.target.kind {
            Kind::Structure(_) => Some(Mode::Members),
            Kind::Map { .. } => Some(Mode::Entries),
            Kind::Document => Some(Mode::Unchecked),
            _ => None,
        };
        Self::new(walker, mode)
    }

    /// Parts without names.
    pub(super) fn seq(walker: Walker<'e, 'a>) -> Self {
        let mode = match walker.target.kind {
            Kind::List { .. } => Some(Mode::Items),
            // To the original an array is an object whose keys are its indices.
            Kind::Structure(_) => Some(Mode::Misplaced),
            Kind::Document => Some(Mode::Unchecked),
            _ => None,
        };
        Self::new(walker, mode)
    }

    /// A variant with fields, which only documents can hold: unions wrap a single value.
    pub(super) fn variant(walker: Walker<'e, 'a>) -> Self {
        let mode = matches!(walker.target.kind, Kind::Document).then_some(Mode::Unchecked);
        Self::new(walker, mode)
    }

    /// A number of arbitrary precision, its digits in the only field.
    pub(super) fn number(walker: Walker<'e, 'a>) -> Self {
        Self::new(walker, Some(Mode::Digits))
    }

    /// A value that does not let itself be looked into.
    pub(super) fn unchecked(walker: Walker<'e, 'a>) -> Self {
        Self::new(walker, Some(Mode::Unchecked))
    }

    /// A part with a name.
    pub(super) fn entry<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        match (self.mode, self.target.kind) {
            (Mode::Members, Kind::Structure(structure)) => match self.member(structure, name) {
                Some((place, member)) => {
                    let path = self.path.child(Segment::Member(member.name));
                    if walk(value, self.engine, self.target.member(member), &path) == Presence::Set {
                        self.seen.insert(place);
                    }
                }
                None => {
                    if walk(value, self.engine, Target::any(), self.path) == Presence::Set {
                        self.engine.unexpected(name, self.path);
                    }
                }
            },
            (Mode::Entries, Kind::Map { key, value: shape, .. }) => {
                let sensitive = self.target.sensitive || key.sensitive;
                let (key_segment, value_segment) = if sensitive {
                    (Segment::Hidden, Segment::Hidden)
                } else {
                    (Segment::Key(name), Segment::Value(name))
                };
                self.engine.key(name, key, sensitive, &self.path.child(key_segment));
                walk(value, self.engine, self.target.within(shape), &self.path.child(value_segment));
            }
            (Mode::Digits, _) => {
                let Self { target, path, .. } = *self;
                let walker = Walker { engine: self.engine, target, path, number: true };
                // Digits are plain text, which never refuses.
                let _ = value.serialize(walker);
            }
            _ => {}
        }
        self.count += 1;
    }

    /// A part without a name.
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) {
        match (self.mode, self.target.kind) {
            (Mode::Items, Kind::List { item, .. }) => {
                let path = self.path.child(Segment::Index(self.count));
                walk(value, self.engine, self.target.within(item), &path);
            }
            (Mode::Misplaced, _) if walk(value, self.engine, Target::any(), self.path) == Presence::Set => {
                self.engine.unexpected(&self.count.to_string(), self.path);
            }
            _ => {}
        }
        self.count += 1;
    }

    /// The member with the name. Typed inputs give members in the model's order, so most often it is the next one.
    fn member(&self, structure: &'static Structure, name: &str) -> Option<(usize, &'static Member)> {
        match structure.members.get(self.count) {
            Some(member) if member.wire == name => Some((self.count, member)),
            _ => structure.member(name),
        }
    }

    /// What concerns the whole, which goes before what concerns its parts (after it, for maps, as in the original).
    pub(super) fn finish(self) -> Presence {
        let Self { engine, target, path, mark, count, seen, .. } = self;
        let parts = engine.mark();
        match (self.mode, target.kind) {
            (Mode::Members | Mode::Misplaced, Kind::Structure(structure)) => {
                engine.missing(structure, |place| seen.contains(place), path);
                if structure.union && seen.count() != 1 {
                    let message = format!("Expected {path} to have exactly one member set, but found {}", seen.count());
                    let found = Some(seen.count().to_string());
                    engine.fail(ViolationKind::Type, path, message, Some("1".to_owned()), found);
                }
                engine.move_up(parts, mark);
            }
            (Mode::Items, Kind::List { length, .. }) => {
                engine.count(count, length, "list member count", path);
                engine.move_up(parts, mark);
            }
            (Mode::Entries, Kind::Map { length, .. }) => engine.count(count, length, "map member count", path),
            _ => {}
        }
        Presence::Set
    }
}

/// The places of members; those of structures with many members take memory of their own.
#[derive(Default)]
struct Seen {
    first: [u64; 4],
    more: Vec<u64>,
}

impl Seen {
    fn insert(&mut self, place: usize) {
        let (word, bit) = (place / 64, 1 << (place % 64));
        if let Some(bits) = self.first.get_mut(word) {
            *bits |= bit;
            return;
        }
        let word = word - self.first.len();
        if self.more.len() <= word {
            self.more.resize(word + 1, 0);
        }
        self.more[word] |= bit;
    }

    fn contains(&self, place: usize) -> bool {
        let bits = self.first.iter().chain(&self.more).nth(place / 64);
        bits.is_some_and(|bits| bits >> (place % 64) & 1 == 1)
    }

    fn count(&self) -> u32 {
        self.first.iter().chain(&self.more).map(|bits| bits.count_ones()).sum()
    }
}

impl SerializeMap for Compound<'_, '_> {
    type Ok = Presence;
    type Error = Refused;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Refused> {
        let mut text = String::new();
        key::with(key, &mut |key| text.push_str(key))?;
        self.key = text;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        let key = std::mem::take(&mut self.key);
        self.entry(&key, value);
        Ok(())
    }

    // With key and value at once, the key need not be kept.
    fn serialize_entry<K, V>(&mut self, key: &K, value: &V) -> Result<(), Refused>
    where
        K: Serialize + ?Sized,
        V: Serialize + ?Sized,
    {
        key::with(key, &mut |key| self.entry(key, value))
    }

    fn end(self) -> Result<Presence, Refused> {
        Ok(self.finish())
    }
}

/// The other ways serde hands over parts: with names, or without.
macro_rules! parts {
    ($($of:ident: $method:ident($($name:ident)?) => $part:ident;)*) => {$(
        impl $of for Compound<'_, '_> {
            type Ok = Presence;
            type Error = Refused;

            fn $method<T: Serialize + ?Sized>(&mut self, $($name: &'static str,)? value: &T) -> Result<(), Refused> {
                self.$part($($name,)? value);
                Ok(())
            }

            fn end(self) -> Result<Presence, Refused> {
                Ok(self.finish())
            }
        }
    )*};
}

parts! {
    SerializeSeq: serialize_element() => item;
    SerializeTuple: serialize_element() => item;
    SerializeTupleStruct: serialize_field() => item;
    SerializeTupleVariant: serialize_field() => item;
    SerializeStruct: serialize_field(name) => entry;
    SerializeStructVariant: serialize_field(name) => entry;
}
