//! SHA-256, by the library that the program has anyway: TLS by rustls on ring brings one, and two would be machine code for nothing.

#[cfg(feature = "rustls-ring")]
use ring::digest::{Context, SHA256};
#[cfg(not(feature = "rustls-ring"))]
use sha2::Digest;

/// A hash under way.
#[derive(Clone)]
pub(crate) struct Sha256(#[cfg(feature = "rustls-ring")] Context, #[cfg(not(feature = "rustls-ring"))] sha2::Sha256);

#[cfg(feature = "rustls-ring")]
impl Sha256 {
    pub(crate) fn new() -> Self {
        Self(Context::new(&SHA256))
    }

    pub(crate) fn finish(self) -> [u8; 32] {
        let mut hash = [0; 32];
        hash.copy_from_slice(self.0.finish().as_ref());
        hash
    }
}

#[cfg(not(feature = "rustls-ring"))]
impl Sha256 {
    pub(crate) fn new() -> Self {
        Self(sha2::Sha256::new())
    }

    pub(crate) fn finish(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

impl Sha256 {
    /// The hash of what is at hand.
    pub(crate) fn of(bytes: &[u8]) -> [u8; 32] {
        Self::begin(bytes).finish()
    }

    /// A hash that begins with these bytes.
    pub(crate) fn begin(bytes: &[u8]) -> Self {
        let mut hash = Self::new();
        hash.update(bytes);
        hash
    }

    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }
}

#[cfg(test)]
mod tests {
    use sha2::Digest;

    use super::Sha256;

    #[test]
    fn it_is_sha_256_however_it_is_cut() {
        for length in [0, 1, 55, 56, 63, 64, 65, 1000] {
            let bytes = vec![b'x'; length];
            let (first, second) = bytes.split_at(length / 3);
            let mut hash = Sha256::begin(first);
            hash.update(second);
            let expected: [u8; 32] = sha2::Sha256::digest(&bytes).into();
            assert_eq!((hash.clone().finish(), Sha256::of(&bytes)), (expected, expected), "{length}");
        }
    }
}
