//! One measurement: a rival calls the loopback service so many times.

use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;
use tokio::task::LocalSet;

use crate::alloc::{Allocations, allocations};
use crate::clock::process_cpu;
use crate::server::Server;
use crate::{Outcome, signature, stats};

/// Whoever joins the storage session of [`CHANNEL_ARN`](crate::request::CHANNEL_ARN).
pub trait Rival: 'static {
    /// Makes one call, and gives what went wrong.
    fn call(&self) -> impl Future<Output = Result<(), String>>;
}

/// A runtime of one thread, and a service for it to call on another.
pub struct Bench {
    /// The service.
    pub server: Server,
    runtime: Runtime,
}

/// What one call costs the caller, on average over a run unless said otherwise.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// CPU time in us, the kernel's included, on all threads but the service's.
    pub cpu: f64,
    /// Time from call to return in us, median over the run.
    pub latency: f64,
    /// Calls per second.
    pub throughput: f64,
    /// Calls of the allocator.
    pub allocations: f64,
    /// Bytes asked for.
    pub bytes: f64,
}

impl Bench {
    /// Starts the service.
    ///
    /// # Errors
    /// When there is no port for it.
    pub fn new() -> Outcome<Self> {
        Self::of(Server::start()?)
    }

    /// Calls this service.
    ///
    /// # Errors
    /// When the system has no room for a runtime.
    pub fn of(server: Server) -> Outcome<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        Ok(Self { server, runtime })
    }

    /// Makes one call, verifies the signature of what arrived, and gives its bytes.
    ///
    /// # Errors
    /// When the call fails, or the signature is wrong.
    pub fn request(&self, rival: &impl Rival) -> Outcome<Vec<u8>> {
        self.server.capture_next();
        self.runtime.block_on(rival.call())?;
        let request = self.server.captured().ok_or("no request arrived")?;
        signature::verify(&request)?;
        Ok(request)
    }

    /// Makes one call after the other.
    ///
    /// # Errors
    /// When a call fails, or other requests arrive than one per call.
    pub fn sequential(&self, rival: &impl Rival, calls: usize) -> Outcome<Cost> {
        let mut latencies = Vec::with_capacity(calls);
        self.measured(calls, || {
            self.runtime.block_on(async {
                for _ in 0..calls {
                    let start = Instant::now();
                    rival.call().await?;
                    latencies.push(micros(start.elapsed()));
                }
                Ok(())
            })
        })
        .map(|cost| Cost { latency: stats::median(&latencies).unwrap_or(cost.latency), ..cost })
    }

    /// Makes calls of which so many are in flight at any time; `calls` is their sum.
    ///
    /// # Errors
    /// When a call fails, or other requests arrive than one per call.
    pub fn concurrent<R: Rival>(&self, rival: &Rc<R>, in_flight: usize, calls: usize) -> Outcome<Cost> {
        let each = calls / in_flight;
        self.measured(each * in_flight, || {
            let tasks = LocalSet::new();
            tasks.block_on(&self.runtime, async {
                let callers: Vec<_> = (0..in_flight)
                    .map(|_| {
                        let rival = Rc::clone(rival);
                        tokio::task::spawn_local(async move {
                            for _ in 0..each {
                                rival.call().await?;
                            }
                            Ok::<_, String>(())
                        })
                    })
                    .collect();
                for caller in callers {
                    caller.await.map_err(|error| error.to_string())??;
                }
                Ok(())
            })
        })
    }

    /// Counts what happens meanwhile, and makes sure that it was as many good requests as there were calls.
    fn measured(&self, calls: usize, run: impl FnOnce() -> Result<(), String>) -> Outcome<Cost> {
        let served = self.server.served();
        let (cpu, server_cpu, start, before) = (process_cpu(), self.server.cpu(), Instant::now(), allocations());
        run()?;
        let after = allocations();
        let elapsed = start.elapsed();
        let used = (process_cpu() - cpu).saturating_sub(self.server.cpu() - server_cpu);
        if let Some(fault) = self.server.fault() {
            return Err(format!("the service refused a request: {fault}").into());
        }
        let served = self.server.served() - served;
        if served != calls as u64 || calls == 0 {
            return Err(format!("{calls} calls made {served} requests").into());
        }
        Ok(cost(calls, used, elapsed, before, after))
    }
}

/// Makes calls and measures nothing, for a profiler that watches from outside.
///
/// # Errors
/// When a call fails.
pub fn make(rival: &impl Rival, calls: usize) -> Outcome<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        for _ in 0..calls {
            rival.call().await?;
        }
        Ok(())
    })
}

fn cost(calls: usize, cpu: Duration, elapsed: Duration, before: Allocations, after: Allocations) -> Cost {
    let calls = calls as f64;
    Cost {
        cpu: micros(cpu) / calls,
        latency: micros(elapsed) / calls,
        throughput: calls / elapsed.as_secs_f64(),
        allocations: (after.count - before.count) as f64 / calls,
        bytes: (after.bytes - before.bytes) as f64 / calls,
    }
}

/// The time in us.
pub fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpStream;

    use super::*;
    use crate::request::{PATH, body};

    /// A rival that does not look at the answer.
    struct Careless {
        address: String,
        body: String,
        requests: usize,
    }

    impl Careless {
        fn of(bench: &Bench) -> Self {
            Self { address: bench.server.url().replace("http://", ""), body: body(), requests: 1 }
        }
    }

    impl Rival for Careless {
        async fn call(&self) -> Result<(), String> {
            let request = format!(
                "POST {PATH} HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\nx-amz-date: 20240510T123456Z\r\n\
                 authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20240510, Signature=00\r\ncontent-length: {}\r\n\r\n{}",
                self.address,
                self.body.len(),
                self.body,
            );
            for _ in 0..self.requests {
                let mut stream = TcpStream::connect(&self.address).await.map_err(|error| error.to_string())?;
                stream.write_all(request.as_bytes()).await.map_err(|error| error.to_string())?;
                stream.read(&mut [0; 1024]).await.map_err(|error| error.to_string())?;
            }
            Ok(())
        }
    }

    fn sequential(bench: &Bench, rival: &Careless) -> String {
        bench.sequential(rival, 3).map_or_else(|error| error.to_string(), |_| "counted".to_owned())
    }

    #[test]
    fn good_calls_count() {
        let bench = Bench::new().unwrap();
        let cost = bench.sequential(&Careless::of(&bench), 3).unwrap();
        assert!(cost.cpu > 0.0 && cost.latency > 0.0 && cost.throughput > 0.0, "{cost:?}");
        assert!(bench.concurrent(&Rc::new(Careless::of(&bench)), 2, 4).is_ok());
    }

    #[test]
    fn calls_that_the_service_fails_do_not_count() {
        let bench = Bench::of(Server::failing().unwrap()).unwrap();
        assert_eq!(sequential(&bench, &Careless::of(&bench)), "3 calls made 0 requests");
        let concurrent = bench.concurrent(&Rc::new(Careless::of(&bench)), 2, 4);
        assert_eq!(concurrent.unwrap_err().to_string(), "4 calls made 0 requests");
    }

    #[test]
    fn other_requests_than_agreed_do_not_count() {
        let bench = Bench::new().unwrap();
        let other = Careless { body: body().replace("demo", "deMo"), ..Careless::of(&bench) };
        assert!(sequential(&bench, &other).contains("another body than agreed"));
    }

    #[test]
    fn another_number_of_requests_than_calls_does_not_count() {
        let bench = Bench::new().unwrap();
        for (requests, made) in [(0, 0), (2, 6)] {
            let rival = Careless { requests, ..Careless::of(&bench) };
            assert_eq!(sequential(&bench, &rival), format!("3 calls made {made} requests"));
        }
        assert!(bench.sequential(&Careless::of(&bench), 0).is_err(), "no calls at all");
    }

    #[test]
    fn a_request_with_a_wrong_signature_is_refused() {
        let bench = Bench::new().unwrap();
        let error = bench.request(&Careless::of(&bench)).unwrap_err().to_string();
        assert!(error.contains("SignedHeaders"), "{error}");
    }
}
