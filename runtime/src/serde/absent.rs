//! Members that the model requires and the service leaves out.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::IgnoredAny;
use serde::ser::Serializer;
use serde_json::Value;

use super::{DeserializeAs, Opt, SerializeAs};
use crate::{BigNumber, Blob, ByteStream, Timestamp, Unit};

/// What stands for a required member that the service left out: Smithy's client error correction.
///
/// A service may stop sending a member that it once required, and clients made before that must keep working. It is not
/// `Default`, since an enumeration has no sensible default, yet one can be left out.
pub trait Absent {
    /// Zero, false, an empty text, list or map, the epoch, an unknown value of an enumeration or union, or a structure of
    /// such.
    fn absent() -> Self;
}

macro_rules! absent_is_default {
    ($($type:ty)*) => {$(
        impl Absent for $type {
            fn absent() -> Self {
                <$type>::default()
            }
        }
    )*};
}

absent_is_default!(bool i8 i16 i32 i64 f32 f64 String Value BigNumber Blob ByteStream Timestamp Unit);

impl<T> Absent for Vec<T> {
    fn absent() -> Self {
        Self::new()
    }
}

impl<K, V> Absent for BTreeMap<K, V> {
    fn absent() -> Self {
        Self::new()
    }
}

impl<T> Absent for Option<T> {
    fn absent() -> Self {
        None
    }
}

impl<T: Absent> Absent for Box<T> {
    fn absent() -> Self {
        Self::new(T::absent())
    }
}

/// Anything the service sends, read and dropped.
impl Absent for IgnoredAny {
    fn absent() -> Self {
        Self
    }
}

/// A value in the format `F` that is never written as `null`, and for which `null` is read as absent.
pub struct Required<F>(PhantomData<F>);

impl<T, F: SerializeAs<T>> SerializeAs<T> for Required<F> {
    fn serialize_as<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        F::serialize_as(value, serializer)
    }
}

impl<'de, T: Absent, F: DeserializeAs<'de, T>> DeserializeAs<'de, T> for Required<F> {
    fn deserialize_as<D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        Ok(Opt::<F>::deserialize_as(deserializer)?.unwrap_or_else(T::absent))
    }
}
