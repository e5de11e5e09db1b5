//! Bodies on their way out: hashed once, sent as often as it takes.

use bytes::Bytes;
use sha2::{Digest, Sha256};

use crate::byte_stream::ByteStream;
use crate::encode_error::EncodeError;
use crate::http::Request;
use crate::operation::Auth;
use crate::sigv4::{Payload, PayloadHash};

/// A body and its hash.
pub(crate) enum Body {
    /// In memory.
    Bytes(Bytes, PayloadHash),
    /// Sent as it comes; without a hash the signature does not cover it.
    Stream(ByteStream, Option<PayloadHash>),
}

impl Body {
    /// Finds out what the signature will say of the request's body.
    ///
    /// A signature covers the whole body, so a stream that is to be signed is read twice when it can be replayed, and into
    /// memory when it cannot.
    pub(crate) async fn of(request: &Request, auth: Auth) -> Result<Self, EncodeError> {
        let failed = |error| EncodeError::request(format!("the body's stream failed: {error}"));
        let bytes = match &request.stream {
            None => request.body.clone(),
            Some(stream) => match stream.as_bytes() {
                Some(bytes) => bytes.clone(),
                None if matches!(auth, Auth::SigV4UnsignedPayload | Auth::Bearer | Auth::None) => {
                    return Ok(Self::Stream(stream.clone(), None));
                }
                None if stream.is_replayable() => {
                    let mut reader = stream.clone();
                    let mut hasher = Sha256::new();
                    while let Some(chunk) = reader.next_chunk().await {
                        hasher.update(chunk.map_err(failed)?);
                    }
                    let hash = PayloadHash::of_digest(&hasher.finalize().into());
                    return Ok(Self::Stream(stream.clone(), Some(hash)));
                }
                None => stream.clone().collect().await.map_err(failed)?,
            },
        };
        let hash = PayloadHash::of(&bytes);
        Ok(Self::Bytes(bytes, hash))
    }

    /// What a signature says of it.
    pub(crate) fn payload(&self, auth: Auth) -> Payload<'_> {
        match self {
            _ if auth == Auth::SigV4UnsignedPayload => Payload::Unsigned,
            Self::Bytes(_, hash) | Self::Stream(_, Some(hash)) => Payload::Hash(*hash),
            Self::Stream(_, None) => Payload::Unsigned,
        }
    }

    /// Whether it can be sent again after it was sent once.
    pub(crate) fn is_replayable(&self) -> bool {
        match self {
            Self::Bytes(..) => true,
            Self::Stream(stream, _) => stream.is_replayable(),
        }
    }

    /// How long a stream is, where that is known; of what is in memory it is plain.
    pub(crate) fn announced_length(&self) -> Option<u64> {
        match self {
            Self::Bytes(..) => None,
            Self::Stream(stream, _) => stream.length(),
        }
    }

    /// One copy to send.
    pub(crate) fn to_reqwest(&self) -> reqwest::Body {
        match self {
            Self::Bytes(bytes, _) => bytes.clone().into(),
            Self::Stream(stream, _) => stream.clone().into_body(),
        }
    }
}
