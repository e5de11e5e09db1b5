//! Sockets: accepting connections, speaking HTTP/1.1 on them, and letting go of them.

use std::future::poll_fn;
use std::io;
use std::net::TcpListener as StdListener;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{sleep, timeout};

use crate::exchange;
use crate::shared::Shared;

/// How long connections may take to end once the service is told to stop.
const GRACE: Duration = Duration::from_secs(5);

/// How the service is to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Serve.
    Run,
    /// Take no more connections, answer what was asked, end.
    Finish,
    /// End.
    Stop,
}

/// Serves until told otherwise.
pub(crate) async fn serve(listener: StdListener, shared: Arc<Shared>, mut phase: watch::Receiver<Phase>) {
    let connections = shared.settings.limits.connections.clamp(1, Semaphore::MAX_PERMITS);
    let slots = Arc::new(Semaphore::new(connections));
    let accepting = tokio::spawn(accept(listener, shared, Arc::clone(&slots), phase.clone()));
    // An owner that is gone without a word has the service stopped too.
    let told = phase.wait_for(|phase| *phase != Phase::Run).await.map_or(Phase::Stop, |phase| *phase);
    accepting.abort();
    if told == Phase::Finish {
        let everyone = u32::try_from(connections).unwrap_or(u32::MAX);
        let ended = async {
            // The accepting task holds a slot until its end.
            let _ = accepting.await;
            let _ = slots.acquire_many(everyone).await;
        };
        let mut ended = pin!(timeout(GRACE, ended));
        let mut stopped = pin!(phase.wait_for(|phase| *phase == Phase::Stop));
        poll_fn(|cx| {
            let over = ended.as_mut().poll(cx).is_ready() || stopped.as_mut().poll(cx).is_ready();
            if over { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }
}

async fn accept(
    listener: StdListener,
    shared: Arc<Shared>,
    slots: Arc<Semaphore>,
    phase: watch::Receiver<Phase>,
) -> io::Result<()> {
    let listener = TcpListener::from_std(listener)?;
    while let Ok(slot) = Arc::clone(&slots).acquire_owned().await {
        match listener.accept().await {
            Ok((socket, _)) => {
                let (shared, phase) = (Arc::clone(&shared), phase.clone());
                tokio::spawn(async move {
                    converse(socket, shared, phase).await;
                    drop(slot);
                });
            }
            // A connection that is already gone, or no file descriptors left: neither ends the service.
            Err(_) => sleep(Duration::from_millis(20)).await,
        }
    }
    Ok(())
}

/// Speaks HTTP on a connection until its end.
async fn converse(socket: TcpStream, shared: Arc<Shared>, mut phase: watch::Receiver<Phase>) {
    // Small answers must not wait for the acknowledgement of earlier ones.
    let _ = socket.set_nodelay(true);
    let head_timeout = shared.settings.limits.head_timeout;
    let reset = Arc::new(AtomicBool::new(false));
    let service = service_fn(|request| exchange::answer(Arc::clone(&shared), Arc::clone(&reset), request));
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(head_timeout)
        .max_buf_size(64 * 1024)
        .serve_connection(TokioIo::new(socket), service);
    let mut finish = pin!(phase.wait_for(|phase| *phase != Phase::Run));
    let mut finishing = false;
    let _ = poll_fn(|cx| {
        if !finishing && finish.as_mut().poll(cx).is_ready() {
            finishing = true;
            Pin::new(&mut connection).graceful_shutdown();
        }
        Pin::new(&mut connection).poll(cx)
    })
    .await;
    if reset.load(Ordering::Relaxed) {
        let _ = connection.into_parts().io.into_inner().set_zero_linger();
    }
}
