//! Signing a request without sending it.

use http::Request;

use crate::alloc::counted;
use crate::bench::micros;
use crate::clock::thread_cpu;
use crate::request::{PATH, body};
use crate::{Outcome, signature};

const HOST: &str = "w-0a1b2c3d.kinesisvideo.us-west-2.amazonaws.com";

/// Somebody who puts a signature into the headers of a request.
pub trait Signer {
    /// Signs the request with the time of now.
    ///
    /// # Errors
    /// When it cannot be signed.
    fn sign(&self, request: &mut Request<String>) -> Outcome<()>;
}

/// What one signature costs, on average over a run.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// CPU time in us.
    pub time: f64,
    /// Calls of the allocator.
    pub allocations: f64,
}

/// Makes so many signatures, and verifies one of them.
///
/// # Errors
/// When the signature is wrong.
pub fn measure(signer: &impl Signer, count: usize) -> Outcome<Cost> {
    let mut requests = unsigned(count)?;
    let start = thread_cpu();
    let (signed, allocations) = counted(|| requests.iter_mut().try_for_each(|request| signer.sign(request)));
    let time = thread_cpu() - start;
    signed?;
    verify(requests.last().ok_or("nothing was signed")?)?;
    Ok(Cost { time: micros(time) / count as f64, allocations: allocations.count as f64 / count as f64 })
}

/// Makes signatures and measures nothing, for a profiler that watches from outside. `most` requests are prepared however
/// many of them are signed, so that preparing costs the same in every run.
///
/// # Errors
/// When a request cannot be signed.
pub fn make(signer: &impl Signer, count: usize, most: usize) -> Outcome<()> {
    unsigned(most)?.iter_mut().take(count).try_for_each(|request| signer.sign(request))
}

/// Requests as they are before they are signed.
fn unsigned(count: usize) -> Outcome<Vec<Request<String>>> {
    let request = || {
        let mut request = Request::post(format!("https://{HOST}{PATH}"))
            .header("host", HOST)
            .header("content-type", "application/json")
            .header("user-agent", "bench/0.0.0 os/linux")
            .body(body())?;
        // Room for the signature, so that nobody is charged for the growth of a table that is not theirs.
        request.headers_mut().reserve(8);
        Ok(request)
    };
    (0..count).map(|_| request()).collect()
}

/// Verifies the signature as the service would.
fn verify(request: &Request<String>) -> Outcome<()> {
    let mut bytes = format!("POST {} HTTP/1.1\r\n", request.uri().path());
    for (name, value) in request.headers() {
        bytes.push_str(&format!("{name}: {}\r\n", value.to_str()?));
    }
    bytes.push_str("\r\n");
    bytes.push_str(request.body());
    Ok(signature::verify(bytes.as_bytes())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Nobody;

    impl Signer for Nobody {
        fn sign(&self, _: &mut Request<String>) -> Outcome<()> {
            Ok(())
        }
    }

    #[test]
    fn nothing_signed_is_nothing_measured() {
        assert_eq!(measure(&Nobody, 2).unwrap_err().to_string(), "the request is not signed");
        assert!(measure(&Nobody, 0).is_err());
    }
}
