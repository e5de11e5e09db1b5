//! Operations that answer a page at a time: all their pages, or all their items, one call after another.
//!
//! Nothing is sent before something is asked for, and the next page is asked for when the one before has been used up.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use crate::client::Client;
use crate::error::Error;
use crate::operation::{Operation, OperationMeta};

/// An operation that answers a page at a time: the model's `smithy.api#paginated`, implemented by the operation's input.
pub trait Paginated: Operation + Clone {
    /// What a page names the next one with.
    type Token: Clone + PartialEq + Send + Sync;

    /// Makes the input ask for the page that the token names.
    fn set_token(&mut self, token: Self::Token);

    /// The token of the next page; `None` on the last one, where services leave it out or empty.
    fn token(output: &Self::Output) -> Option<Self::Token>;
}

/// A [`Paginated`] operation whose model says which member holds the items of a page.
pub trait PaginatedItems: Paginated {
    /// The items of a page: a list, or a map whose entries they are.
    type Items: IntoIterator;

    /// The items of a page; `None` when it has none.
    fn items(output: Self::Output) -> Option<Self::Items>;
}

/// The pages of a [`Paginated`] operation, in order: a [`Stream`] of outputs that needs no crate for streams, thanks to
/// [`next_page`](Self::next_page).
///
/// The first error ends it: nothing is sent after that. A service that answers in circles is such an error,
/// [`Error::Pagination`], rather than a stream without end.
#[must_use = "nothing is sent before a page is asked for"]
pub struct Pages<O: Paginated> {
    client: Client,
    state: State<O>,
    seen: SeenTokens<O::Token>,
}

enum State<O: Paginated> {
    /// The input of the next call.
    Ready(O),
    /// A call, and its input.
    Calling(Call<O>, O),
    /// The last page that was given out names one that was received before.
    Circle(PaginationError),
    Done,
}

type Call<O> = Pin<Box<dyn Future<Output = CallResult<O>> + Send>>;
type CallResult<O> = Result<<O as Operation>::Output, Error<<O as Operation>::Error>>;

impl<O: Paginated + 'static> Pages<O> {
    /// The pages from the one that the input asks for.
    pub fn new(client: &Client, input: O) -> Self {
        Self { client: client.clone(), state: State::Ready(input), seen: SeenTokens::default() }
    }

    /// The next page; `None` after the last one or an error.
    ///
    /// Dropping the future loses nothing: the next one goes on with the same call.
    pub async fn next_page(&mut self) -> Option<CallResult<O>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The items of the pages, one at a time.
    pub fn items(self) -> Items<O>
    where
        O: PaginatedItems,
    {
        Items { pages: self, page: None }
    }

    fn call(&self, input: &O) -> Call<O> {
        let (client, input) = (self.client.clone(), input.clone());
        Box::pin(async move { Ok(client.send(input).await?.output) })
    }

    /// What comes after this page.
    fn follow(&mut self, mut input: O, output: &O::Output) -> State<O> {
        let Some(token) = O::token(output) else { return State::Done };
        if !self.seen.is_new(&token) {
            return State::Circle(PaginationError { operation: O::META, pages: self.seen.count });
        }
        input.set_token(token);
        State::Ready(input)
    }
}

/// The input, the output and the call are used where they are, never through the pin.
impl<O: Paginated> Unpin for Pages<O> {}

impl<O: Paginated + 'static> Stream for Pages<O> {
    type Item = CallResult<O>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let (mut call, input) = match std::mem::replace(&mut this.state, State::Done) {
            State::Ready(input) => (this.call(&input), input),
            State::Calling(call, input) => (call, input),
            State::Circle(error) => return Poll::Ready(Some(Err(error.into()))),
            State::Done => return Poll::Ready(None),
        };
        let Poll::Ready(result) = call.as_mut().poll(context) else {
            this.state = State::Calling(call, input);
            return Poll::Pending;
        };
        if let Ok(output) = &result {
            this.state = this.follow(input, output);
        }
        Poll::Ready(Some(result))
    }
}

impl<O: Paginated> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("operation", &O::META.name).finish_non_exhaustive()
    }
}

/// The items of a [`Paginated`] operation's pages, in order: a [`Stream`] that needs no crate for streams, thanks to
/// [`next_item`](Self::next_item).
///
/// The first error ends it, after the items of the pages before.
#[must_use = "nothing is sent before an item is asked for"]
pub struct Items<O: PaginatedItems> {
    pages: Pages<O>,
    page: Option<<O::Items as IntoIterator>::IntoIter>,
}

type ItemResult<O> = Result<<<O as PaginatedItems>::Items as IntoIterator>::Item, Error<<O as Operation>::Error>>;

impl<O: PaginatedItems + 'static> Items<O> {
    /// The next item, from the next page if need be; `None` after the last one or an error.
    ///
    /// Dropping the future loses nothing: the next one goes on with the same call.
    pub async fn next_item(&mut self) -> Option<ItemResult<O>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// All items that are left, or the first error.
    ///
    /// # Errors
    /// See [`Error`]. The items of the pages before are lost then.
    pub async fn collect<C>(mut self) -> Result<C, Error<O::Error>>
    where
        C: Default + Extend<<O::Items as IntoIterator>::Item>,
    {
        let mut all = C::default();
        while let Some(item) = self.next_item().await {
            all.extend([item?]);
        }
        Ok(all)
    }
}

/// The items of a page are used where they are, never through the pin.
impl<O: PaginatedItems> Unpin for Items<O> {}

impl<O: PaginatedItems + 'static> Stream for Items<O> {
    type Item = ItemResult<O>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(item) = this.page.as_mut().and_then(Iterator::next) {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut this.pages).poll_next(context)) {
                Some(Ok(output)) => this.page = O::items(output).map(IntoIterator::into_iter),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<O: PaginatedItems> fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("operation", &O::META.name).finish_non_exhaustive()
    }
}

/// Finds out whether tokens come in a circle, without keeping them all: the last one and the one of page 1, 2, 4, 8, …
/// (Brent's algorithm), so that a circle of any length is found within a few turns.
struct SeenTokens<T> {
    count: u64,
    last: Option<T>,
    mark: Option<T>,
}

impl<T> Default for SeenTokens<T> {
    fn default() -> Self {
        Self { count: 0, last: None, mark: None }
    }
}

impl<T: Clone + PartialEq> SeenTokens<T> {
    fn is_new(&mut self, token: &T) -> bool {
        self.count += 1;
        if [&self.last, &self.mark].into_iter().flatten().any(|seen| seen == token) {
            return false;
        }
        if self.count.is_power_of_two() {
            self.mark = Some(token.clone());
        }
        self.last = Some(token.clone());
        true
    }
}

/// A service named a next page that it had named before, so that following it would never end.
#[derive(Clone, Debug)]
pub struct PaginationError {
    operation: &'static OperationMeta,
    pages: u64,
}

impl PaginationError {
    /// The operation's name in the model.
    pub fn operation(&self) -> &'static str {
        self.operation.name
    }

    /// How many pages had been received, the one with the repeated token included.
    pub fn pages(&self) -> u64 {
        self.pages
    }
}

impl fmt::Display for PaginationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "page {} of {} names a next page that was received before: following it would never end",
            self.pages, self.operation.name
        )
    }
}

impl std::error::Error for PaginationError {}

impl<E> From<PaginationError> for Error<E> {
    fn from(error: PaginationError) -> Self {
        Self::Pagination(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of these tokens pass.
    fn passing(tokens: impl IntoIterator<Item = u32>) -> usize {
        let mut seen = SeenTokens::default();
        tokens.into_iter().take(10_000).take_while(|token| seen.is_new(token)).count()
    }

    #[test]
    fn tokens_that_differ_pass() {
        assert_eq!(passing(0..5_000), 5_000);
    }

    #[test]
    fn a_token_that_follows_itself_is_found_at_once() {
        assert_eq!(passing([1, 2, 3, 4, 5, 5]), 5);
    }

    #[test]
    fn a_circle_of_any_length_and_with_any_way_into_it_is_found() {
        for way in 0..20 {
            for length in 1..20 {
                let tokens = (0..way).chain((0..).map(|n| 1_000 + n % length));
                let found = passing(tokens);
                assert!(found <= 3 * (way + length) as usize, "{way} {length}: {found}");
            }
        }
    }
}
