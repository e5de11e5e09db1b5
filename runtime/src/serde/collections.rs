//! Lists and maps whose members have a format of their own.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use super::{Borrowed, DeserializeAs, Opt, Seed, SerializeAs};

/// A list of values in the format `F`; nulls are skipped.
pub struct List<F>(PhantomData<F>);

/// A list of values in the format `F` or null.
pub struct SparseList<F>(PhantomData<F>);

/// A map to values in the format `F`; entries with null are skipped.
pub struct Map<F>(PhantomData<F>);

/// A map to values in the format `F` or null.
pub struct SparseMap<F>(PhantomData<F>);

impl<T, F: SerializeAs<T>> SerializeAs<Vec<T>> for List<F> {
    fn serialize_as<S: Serializer>(list: &Vec<T>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(list.iter().map(|item| Borrowed::<T, F>(item, PhantomData)))
    }
}

impl<T, F: SerializeAs<T>> SerializeAs<Vec<Option<T>>> for SparseList<F> {
    fn serialize_as<S: Serializer>(list: &Vec<Option<T>>, serializer: S) -> Result<S::Ok, S::Error> {
        List::<Opt<F>>::serialize_as(list, serializer)
    }
}

impl<K: Serialize, V, F: SerializeAs<V>> SerializeAs<BTreeMap<K, V>> for Map<F> {
    fn serialize_as<S: Serializer>(map: &BTreeMap<K, V>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(map.iter().map(|(key, value)| (key, Borrowed::<V, F>(value, PhantomData))))
    }
}

impl<K: Serialize, V, F: SerializeAs<V>> SerializeAs<BTreeMap<K, Option<V>>> for SparseMap<F> {
    fn serialize_as<S: Serializer>(map: &BTreeMap<K, Option<V>>, serializer: S) -> Result<S::Ok, S::Error> {
        Map::<Opt<F>>::serialize_as(map, serializer)
    }
}

impl<'de, T, F: DeserializeAs<'de, T>> DeserializeAs<'de, Vec<T>> for List<F> {
    fn deserialize_as<D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
        let items = Items::<Vec<T>, T, F> { push: |list, item| list.extend(item), format: PhantomData };
        deserializer.deserialize_seq(items)
    }
}

impl<'de, T, F: DeserializeAs<'de, T>> DeserializeAs<'de, Vec<Option<T>>> for SparseList<F> {
    fn deserialize_as<D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Option<T>>, D::Error> {
        let items = Items::<Vec<Option<T>>, T, F> { push: Vec::push, format: PhantomData };
        deserializer.deserialize_seq(items)
    }
}

impl<'de, K, V, F> DeserializeAs<'de, BTreeMap<K, V>> for Map<F>
where
    K: Deserialize<'de> + Ord,
    F: DeserializeAs<'de, V>,
{
    fn deserialize_as<D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<K, V>, D::Error> {
        let entries = Entries::<BTreeMap<K, V>, K, V, F> {
            insert: |map, key, value| map.extend(value.map(|value| (key, value))),
            format: PhantomData,
        };
        deserializer.deserialize_map(entries)
    }
}

impl<'de, K, V, F> DeserializeAs<'de, BTreeMap<K, Option<V>>> for SparseMap<F>
where
    K: Deserialize<'de> + Ord,
    F: DeserializeAs<'de, V>,
{
    fn deserialize_as<D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<K, Option<V>>, D::Error> {
        let entries = Entries::<BTreeMap<K, Option<V>>, K, V, F> {
            insert: |map, key, value| drop(map.insert(key, value)),
            format: PhantomData,
        };
        deserializer.deserialize_map(entries)
    }
}

/// Reads a list, and leaves it to `push` what becomes of nulls.
struct Items<C, T, F> {
    push: fn(&mut C, Option<T>),
    format: PhantomData<F>,
}

impl<'de, C: Default, T, F: DeserializeAs<'de, T>> Visitor<'de> for Items<C, T, F> {
    type Value = C;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<C, A::Error> {
        let mut list = C::default();
        while let Some(item) = items.next_element_seed(Seed::<Option<T>, Opt<F>>(PhantomData))? {
            (self.push)(&mut list, item);
        }
        Ok(list)
    }
}

/// Reads a map, and leaves it to `insert` what becomes of nulls.
struct Entries<C, K, V, F> {
    insert: fn(&mut C, K, Option<V>),
    format: PhantomData<F>,
}

impl<'de, C, K, V, F> Visitor<'de> for Entries<C, K, V, F>
where
    C: Default,
    K: Deserialize<'de>,
    F: DeserializeAs<'de, V>,
{
    type Value = C;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<C, A::Error> {
        let mut map = C::default();
        while let Some(key) = entries.next_key()? {
            let value = entries.next_value_seed(Seed::<Option<V>, Opt<F>>(PhantomData))?;
            (self.insert)(&mut map, key, value);
        }
        Ok(map)
    }
}
