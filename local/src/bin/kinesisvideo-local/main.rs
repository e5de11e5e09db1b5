//! The service on loopback, as a program of its own.

mod arguments;

use std::io::{self, Write};
use std::process::ExitCode;

use arguments::{Command, Serve};
use kinesisvideo_local::{Builder, LocalService, RecordedRequest, StartError};
use kinesisvideo_runtime::timestamp::{Format, Timestamp};

fn main() -> ExitCode {
    match arguments::read(std::env::args().skip(1)) {
        Ok(Command::Print(text)) => {
            say(&mut io::stdout(), &text);
            ExitCode::SUCCESS
        }
        Ok(Command::Serve(serve)) => run(*serve),
        Err(mistake) => {
            say(&mut io::stderr(), &format!("kinesisvideo-local: {mistake}\nTry 'kinesisvideo-local --help'.\n"));
            ExitCode::from(2)
        }
    }
}

/// Serves until the program is told to end.
fn run(serve: Serve) -> ExitCode {
    let result = serve_until_told(serve);
    match &result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&mut io::stderr(), &format!("kinesisvideo-local: {error}\n"));
            match error.downcast_ref() {
                Some(StartError::Setting { .. } | StartError::Seed(_)) => ExitCode::from(2),
                _ => ExitCode::FAILURE,
            }
        }
    }
}

fn serve_until_told(serve: Serve) -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let builder = if serve.quiet { serve.builder } else { serve.builder.on_request(log) };
    let service = builder.start_blocking()?;
    // A signal that comes once the service is announced must find its handler.
    runtime.block_on(async {
        let told = told_to_end()?;
        announce(&service);
        told.await;
        service.shutdown().await;
        Ok(())
    })
}

/// What a person needs to use the service.
fn announce(service: &LocalService) {
    let (url, region, credentials) = (service.url(), service.region(), service.credentials());
    let mut text = format!("kinesisvideo-local serves {url} in region {region}; stop it with Ctrl-C\n");
    for arn in service.channel_arns() {
        text += &format!("channel {arn}\n");
    }
    text += &format!(
        "export AWS_ENDPOINT_URL_KINESIS_VIDEO={url}\n\
         export AWS_ENDPOINT_URL_KINESIS_VIDEO_WEBRTC_STORAGE={url}\n\
         export AWS_REGION={region} AWS_DEFAULT_REGION={region}\n\
         export AWS_ACCESS_KEY_ID={}\n",
        credentials.access_key_id()
    );
    // A secret of the user's own is not repeated on a terminal or in a log.
    if credentials.secret_access_key() == Builder::TEST_SECRET_ACCESS_KEY {
        text += &format!("export AWS_SECRET_ACCESS_KEY={}\n", Builder::TEST_SECRET_ACCESS_KEY);
    }
    say(&mut io::stdout(), &text);
}

fn log(request: &RecordedRequest) {
    let seconds = Timestamp::from(request.received_at).seconds();
    let time = Timestamp::from_seconds(seconds).format(Format::DateTime);
    say(&mut io::stderr(), &format!("{time} {request}\n"));
}

/// Writes a text; nobody may be there to read it, which is no reason to stop.
fn say(stream: &mut impl Write, text: &str) {
    let _ = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
}

/// Ends with Ctrl-C or, on Unix, a request to terminate; the handlers are there when this returns.
#[cfg(unix)]
fn told_to_end() -> io::Result<impl Future<Output = ()>> {
    use std::future::poll_fn;
    use std::task::Poll;
    use tokio::signal::unix::{SignalKind, signal};

    let mut signals = [signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?];
    Ok(poll_fn(move |cx| {
        if signals.iter_mut().any(|signal| signal.poll_recv(cx).is_ready()) { Poll::Ready(()) } else { Poll::Pending }
    }))
}

/// Ends with Ctrl-C.
#[cfg(not(unix))]
fn told_to_end() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
