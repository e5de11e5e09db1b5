//! Unions: objects with one member that is not null.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use super::{DeserializeAs, Opt, Seed};

/// A union, as far as reading one needs it. Writing is serde's own: an object with the one member.
pub trait Union: Sized {
    /// Reads the value of the member `name`, if the model knows it and the value is not null.
    ///
    /// # Errors
    /// When the value is not what the model says.
    fn read_member<'de, A: MapAccess<'de>>(name: &str, object: &mut A) -> Result<Member<Self>, A::Error>;

    /// The member of a name that the model does not know.
    fn unknown(name: String) -> Self;
}

/// What became of one member of an object that is read as a union.
pub enum Member<U> {
    /// It is the one that is set.
    Set(U),
    /// Its value is null.
    Null,
    /// The model does not know it; its value is still to be read.
    Unknown,
}

/// Reads the value of a member in the format `F`.
///
/// # Errors
/// When the value is not of the format.
pub fn union_member<'de, F, T, A, U>(object: &mut A, wrap: fn(T) -> U) -> Result<Member<U>, A::Error>
where
    F: DeserializeAs<'de, T>,
    A: MapAccess<'de>,
{
    Ok(match object.next_value_seed(Seed::<Option<T>, Opt<F>>(PhantomData))? {
        Some(value) => Member::Set(wrap(value)),
        None => Member::Null,
    })
}

/// Reads an object as a union.
///
/// Members that are null and the `__type` that some services add count as absent.
///
/// # Errors
/// When the object has no member that is set, or more than one.
pub fn read_union<'de, U: Union, D: Deserializer<'de>>(deserializer: D) -> Result<U, D::Error> {
    deserializer.deserialize_map(UnionVisitor(PhantomData))
}

struct UnionVisitor<U>(PhantomData<U>);

impl<'de, U: Union> Visitor<'de> for UnionVisitor<U> {
    type Value = U;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with exactly one member")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<U, A::Error> {
        let mut found = None;
        let mut unknown = None;
        while let Some(name) = object.next_key::<String>()? {
            match U::read_member(&name, &mut object)? {
                Member::Set(_) if found.is_some() => return Err(exactly_one()),
                Member::Set(value) => found = Some(value),
                Member::Null => {}
                Member::Unknown => {
                    let value: Option<IgnoredAny> = object.next_value()?;
                    if value.is_some() && name != "__type" {
                        unknown = Some(name);
                    }
                }
            }
        }
        found.or_else(|| unknown.map(U::unknown)).ok_or_else(exactly_one)
    }
}

/// Implements for a [`Union`] what does not depend on its members.
#[macro_export]
#[doc(hidden)]
macro_rules! __union {
    ($name:ident) => {
        impl $crate::serde::Absent for $name {
            fn absent() -> Self {
                $crate::serde::Union::unknown(::std::string::String::new())
            }
        }

        impl<'de> $crate::serde::__private::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::__private::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::serde::read_union(deserializer)
            }
        }
    };
}

pub use crate::__union as union;

fn exactly_one<E: Error>() -> E {
    E::custom("expected an object with exactly one member")
}
