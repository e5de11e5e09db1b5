//! A handful of values by name.

/// Values by name, ordered by it.
///
/// For settings, of which there are few: a vector takes a fraction of the machine code of a tree, once for each type of value.
#[derive(Clone, Debug)]
pub(crate) struct Named<V>(Vec<(String, V)>);

impl<V> Default for Named<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<V> Named<V> {
    /// The value of that name.
    pub(crate) fn get(&self, name: &str) -> Option<&V> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value)
    }

    /// The value of that name, to be changed.
    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut V> {
        self.0.iter_mut().find(|(other, _)| other == name).map(|(_, value)| value)
    }

    /// Sets the value of a name.
    pub(crate) fn insert(&mut self, name: String, value: V) {
        match self.get_mut(&name) {
            Some(old) => *old = value,
            None => {
                let place = self.0.iter().take_while(|(other, _)| *other < name).count();
                self.0.insert(place, (name, value));
            }
        }
    }

    /// Sets the values of names.
    pub(crate) fn extend(&mut self, values: impl IntoIterator<Item = (String, V)>) {
        values.into_iter().for_each(|(name, value)| self.insert(name, value));
    }

    /// Names and values, ordered by name.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, (String, V)> {
        self.0.iter()
    }

    /// The names, ordered.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }
}

impl<V> IntoIterator for Named<V> {
    type Item = (String, V);
    type IntoIter = std::vec::IntoIter<(String, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ordered_and_the_last_value_counts() {
        let mut named = Named::default();
        named.extend([("b", 1), ("a", 2), ("c", 3), ("b", 4)].map(|(name, value)| (name.to_owned(), value)));
        assert_eq!(named.names().collect::<Vec<_>>(), ["a", "b", "c"]);
        assert_eq!((named.get("b"), named.get("d")), (Some(&4), None));
        *named.get_mut("a").unwrap() = 5;
        let all: Vec<_> = named.into_iter().map(|(_, value)| value).collect();
        assert_eq!(all, [5, 4, 3]);
    }
}
