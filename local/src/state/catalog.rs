//! Resources of a kind, found by name or by ARN, and listed page by page.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::time::SystemTime;

use super::Resource;
use crate::answer::ApiError;
use crate::arn::Arn;

/// A kind of resource.
pub(crate) trait Kind {
    /// How an ARN names the kind.
    const KIND: &'static str;
    fn resource(&self) -> &Resource;
}

/// How a caller says which resource it means.
#[derive(Clone, Debug)]
pub(crate) enum Selector<'a> {
    Name(&'a str),
    Arn(Arn<'a>),
}

/// The resources of a kind, by name.
#[derive(Debug)]
pub(crate) struct Catalog<T>(BTreeMap<String, T>);

/// A part of a list.
#[derive(Debug)]
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    /// The name after which the next page starts, when there is one.
    pub(crate) next: Option<String>,
}

impl<T: Kind> Catalog<T> {
    pub(super) fn new() -> Self {
        Self(BTreeMap::new())
    }

    pub(super) fn settle(&mut self, now: SystemTime) {
        self.0.retain(|_, item| !item.resource().lifecycle.is_gone(now));
    }

    pub(super) fn insert(&mut self, item: T) {
        self.0.insert(item.resource().name.clone(), item);
    }

    pub(crate) fn by_name(&self, name: &str) -> Option<&T> {
        self.0.get(name)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.values()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn get(&self, selector: &Selector<'_>) -> Result<&T, ApiError> {
        let name = match selector {
            Selector::Name(name) => name,
            Selector::Arn(arn) => arn.name,
        };
        self.0.get(name).filter(|item| selector.fits(*item)).ok_or_else(|| selector.not_found::<T>())
    }

    /// # Errors
    /// `ResourceNotFoundException`.
    pub(super) fn get_mut(&mut self, selector: &Selector<'_>) -> Result<&mut T, ApiError> {
        let name = match selector {
            Selector::Name(name) => name,
            Selector::Arn(arn) => arn.name,
        };
        self.0.get_mut(name).filter(|item| selector.fits(*item)).ok_or_else(|| selector.not_found::<T>())
    }

    /// At most `max` resources whose names start with `prefix` and come after `after`, in the order of their names.
    pub(crate) fn page(&self, prefix: &str, after: Option<&str>, max: usize) -> Page<&T> {
        let start = match after {
            Some(after) => Bound::Excluded(after),
            None => Bound::Unbounded,
        };
        let mut found = self
            .0
            .range::<str, _>((start, Bound::Unbounded))
            .filter(|(name, _)| name.starts_with(prefix))
            .map(|(_, item)| item);
        let items: Vec<_> = found.by_ref().take(max).collect();
        let next = items.last().filter(|_| found.next().is_some()).map(|item| item.resource().name.clone());
        Page { items, next }
    }
}

impl Selector<'_> {
    /// A name says enough; an ARN must be the resource's own, down to its creation time.
    fn fits<T: Kind>(&self, item: &T) -> bool {
        match self {
            Self::Name(_) => true,
            Self::Arn(arn) => arn.kind == T::KIND && item.resource().arn == arn.to_string(),
        }
    }

    fn not_found<T: Kind>(&self) -> ApiError {
        let kind = T::KIND;
        match self {
            Self::Name(name) => ApiError::not_found(format!("The requested {kind} is not found or not active: {name}")),
            Self::Arn(arn) => ApiError::not_found(format!("The requested {kind} is not found or not active: {arn}")),
        }
    }
}
