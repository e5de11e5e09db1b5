//! A server on loopback that answers one request and keeps it. Clients reach it as their proxy, so that what they send to
//! any host arrives here.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc;

use kinesisvideo_runtime::config::ConfigBuilder;
use kinesisvideo_runtime::{Config, Credentials};

/// A request as it arrived.
#[derive(Debug, Default)]
pub(crate) struct Received {
    /// The method.
    pub(crate) method: String,
    /// Path and query.
    pub(crate) target: String,
    /// The headers, their names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    /// The body.
    pub(crate) body: Vec<u8>,
}

impl Received {
    /// The value of a header, of all its lines.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let lines = self.headers.iter().filter(|(header, _)| header.eq_ignore_ascii_case(name));
        let values: Vec<&str> = lines.map(|(_, value)| value.as_str()).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }
}

/// What the server answers: these headers and no other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answer {
    /// The status.
    pub(crate) status: u16,
    /// The headers.
    pub(crate) headers: &'static [(&'static str, &'static str)],
    /// The body.
    pub(crate) body: &'static str,
}

/// A running server.
pub(crate) struct Server {
    address: SocketAddr,
    received: mpsc::Receiver<Received>,
}

impl Server {
    /// Starts a server that gives this answer.
    pub(crate) fn start(answer: Answer) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, received) = mpsc::channel();
        // It ends with the test when no request comes.
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept()?;
            let request = read(&stream)?;
            // The test that does not wait for it is over.
            sender.send(request).ok();
            write(&mut stream, answer)
        });
        Self { address, received }
    }

    /// The configuration of a client whose requests to `host` (with a base path, if it has one) arrive here.
    pub(crate) fn config(&self, host: &str) -> ConfigBuilder {
        Config::builder()
            .region("us-east-1")
            .credentials(Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"))
            .endpoint(format!("http://{host}"))
            .proxy(format!("http://{}", self.address))
            .max_retries(0)
    }

    /// The request that has arrived, if there was one.
    pub(crate) fn received(&self) -> Option<Received> {
        self.received.try_recv().ok()
    }
}

fn read(stream: &TcpStream) -> io::Result<Received> {
    let mut reader = BufReader::new(stream);
    let mut request = Received::default();
    let line = read_line(&mut reader)?;
    let mut words = line.split(' ').map(str::to_owned);
    request.method = words.next().unwrap_or_default();
    // Proxies are sent the whole URL.
    let url = words.next().unwrap_or_default();
    request.target = url.splitn(4, '/').nth(3).map(|path| format!("/{path}")).unwrap_or_default();
    loop {
        let line = read_line(&mut reader)?;
        let Some((name, value)) = line.split_once(':') else { break };
        request.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let length = request.header("content-length").and_then(|length| length.parse().ok());
    request.body = vec![0; length.unwrap_or_default()];
    reader.read_exact(&mut request.body)?;
    Ok(request)
}

fn read_line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// The end of the connection is the end of the body, so that there need not be a header that says how long it is.
fn write(stream: &mut TcpStream, answer: Answer) -> io::Result<()> {
    let mut text = format!("HTTP/1.1 {} Answer\r\n", answer.status);
    for (name, value) in answer.headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    text.push_str(answer.body);
    stream.write_all(text.as_bytes())
}

thread_local! {
    /// One for each test, for what a connection still has to do when a call has ended.
    static RUNTIME: tokio::runtime::Runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
}

/// Waits for a future.
pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    RUNTIME.with(|runtime| runtime.block_on(future))
}
