//! How members are written in JSON where serde's own way is not the protocol's.
//!
//! A format says how a type is written, and formats nest like the types do: a member of type `Option<Vec<f64>>` carries
//! `#[serde(with = "As::<Opt<List<Float>>>")]`. Formats exist because one type has several forms: a timestamp is seconds
//! in one member and text in another, and a list may or may not hold nulls.
//!
//! Reading is lenient where no harm can come of it: a timestamp in another of the three formats is a timestamp, and a
//! `null` where the model allows none counts as absent.

mod absent;
mod collections;
mod enums;
mod number;
mod partial;
mod timestamp;
mod union;

use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

pub use absent::{Absent, Required};
pub use collections::{List, Map, SparseList, SparseMap};
pub use enums::{int_enum, string_enum};
pub use number::Float;
pub use partial::Without;
pub use timestamp::{DateTime, EpochSeconds, HttpDate};
pub use union::{Member, Union, read_union, union, union_member};

/// What the macros for enumerations name, so that the emitted crate need not.
#[doc(hidden)]
pub mod __private {
    pub use serde::{Deserialize, Deserializer, Serialize, Serializer};
}

/// A way of writing a `T`.
pub trait SerializeAs<T: ?Sized> {
    /// Writes it.
    ///
    /// # Errors
    /// Those of the serializer.
    fn serialize_as<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error>;
}

/// A way of reading a `T`.
pub trait DeserializeAs<'de, T>: Sized {
    /// Reads one.
    ///
    /// # Errors
    /// Those of the deserializer, or when what it gives is not a `T` in this format.
    fn deserialize_as<D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error>;
}

/// Turns a format into what `#[serde(with = "…")]` takes.
pub struct As<F>(PhantomData<F>);

impl<F> As<F> {
    /// Writes a value in the format.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<T, S>(value: &T, serializer: S) -> Result<S::Ok, S::Error>
    where
        F: SerializeAs<T>,
        S: Serializer,
    {
        F::serialize_as(value, serializer)
    }

    /// Reads a value in the format.
    ///
    /// # Errors
    /// Those of the deserializer, or when what it gives is not of the format.
    pub fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
    where
        F: DeserializeAs<'de, T>,
        D: Deserializer<'de>,
    {
        F::deserialize_as(deserializer)
    }
}

/// The type's own way.
pub struct Plain;

impl<T: Serialize + ?Sized> SerializeAs<T> for Plain {
    fn serialize_as<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> DeserializeAs<'de, T> for Plain {
    fn deserialize_as<D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }
}

/// `null`, or a value in the format `F`.
pub struct Opt<F>(PhantomData<F>);

impl<T, F: SerializeAs<T>> SerializeAs<Option<T>> for Opt<F> {
    fn serialize_as<S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => serializer.serialize_some(&Borrowed::<T, F>(value, PhantomData)),
            None => serializer.serialize_none(),
        }
    }
}

impl<'de, T, F: DeserializeAs<'de, T>> DeserializeAs<'de, Option<T>> for Opt<F> {
    fn deserialize_as<D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
        struct Visitor<T, F>(PhantomData<(T, F)>);

        impl<'de, T, F: DeserializeAs<'de, T>> serde::de::Visitor<'de> for Visitor<T, F> {
            type Value = Option<T>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a value or null")
            }

            fn visit_none<E>(self) -> Result<Self::Value, E> {
                Ok(None)
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(None)
            }

            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
                F::deserialize_as(deserializer).map(Some)
            }
        }

        deserializer.deserialize_option(Visitor::<T, F>(PhantomData))
    }
}

/// A value that serialises itself in the format `F`.
struct Borrowed<'a, T: ?Sized, F>(&'a T, PhantomData<F>);

impl<T: ?Sized, F: SerializeAs<T>> Serialize for Borrowed<'_, T, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        F::serialize_as(self.0, serializer)
    }
}

/// Reads one value in the format `F`.
struct Seed<T, F>(PhantomData<(T, F)>);

impl<'de, T, F: DeserializeAs<'de, T>> DeserializeSeed<'de> for Seed<T, F> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        F::deserialize_as(deserializer)
    }
}
