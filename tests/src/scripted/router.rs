//! A proxy that brings requests for any host to a scripted server, those over TLS included.

use std::io::{self, BufReader, Write};
use std::net::TcpStream;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore, ServerConfig, ServerConnection, StreamOwned};

use super::connection::{Acceptor, listen, read_request};
use super::{Server, Shared, Via};

/// An HTTP proxy whose every destination is one scripted server. It speaks TLS for any host, with certificates of an
/// authority of its own.
pub struct Router {
    acceptor: Acceptor,
    root: CertificateDer<'static>,
}

impl Router {
    /// Starts a router to the server, on a free port.
    pub fn start(server: &Server) -> io::Result<Self> {
        let authority = Authority::new().map_err(io::Error::other)?;
        let root = authority.root.clone();
        let (shared, port) = (Arc::clone(&server.shared), server.port());
        let acceptor = Acceptor::start(listen(0, std::time::Duration::ZERO)?, move |stream| {
            // What goes wrong here, the client sees.
            _ = bring(stream, &shared, port, &authority);
        })?;
        Ok(Self { acceptor, root })
    }

    /// The URL of the proxy.
    pub fn url(&self) -> String {
        format!("http://{}", self.acceptor.address)
    }

    /// An HTTP client that goes through it, with these settings besides, and trusts its certificates.
    pub fn http_client(&self, settings: reqwest::ClientBuilder) -> io::Result<reqwest::Client> {
        let mut trusted = RootCertStore::empty();
        trusted.add(self.root.clone()).map_err(io::Error::other)?;
        let tls = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_root_certificates(trusted)
            .with_no_client_auth();
        let proxy = reqwest::Proxy::all(self.url()).map_err(io::Error::other)?;
        let settings = settings.redirect(reqwest::redirect::Policy::none()).retry(reqwest::retry::never());
        settings.proxy(proxy).tls_backend_preconfigured(tls).build().map_err(io::Error::other)
    }

    /// The certificate of the authority that its certificates are from.
    pub fn root(&self) -> &CertificateDer<'static> {
        &self.root
    }
}

fn bring(mut stream: TcpStream, shared: &Shared, port: u16, authority: &Authority) -> io::Result<()> {
    let mut head = [0; 8];
    let peeked = stream.peek(&mut head)?;
    if !head[..peeked].starts_with(b"CONNECT") {
        shared.serve(stream, port, Via::Proxy);
        return Ok(());
    }
    let request = read_request(&mut BufReader::new(stream.try_clone()?))?;
    let target = request.map(|request| request.target).unwrap_or_default();
    stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
    let (host, number) = target.rsplit_once(':').unwrap_or((&target, "443"));
    let connection = ServerConnection::new(authority.server_config(host)?).map_err(io::Error::other)?;
    let origin = match number {
        "443" => format!("https://{host}"),
        _ => format!("https://{target}"),
    };
    shared.serve(StreamOwned::new(connection, stream), port, Via::Tunnel(&origin));
    Ok(())
}

struct Authority {
    root: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new() -> Result<Self, rcgen::Error> {
        let mut params = CertificateParams::new(Vec::new())?;
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate()?;
        let root = params.self_signed(&key)?.der().clone();
        Ok(Self { root, issuer: Issuer::new(params, key) })
    }

    fn server_config(&self, host: &str) -> io::Result<Arc<ServerConfig>> {
        let key = KeyPair::generate().map_err(io::Error::other)?;
        let params = CertificateParams::new(vec![host.to_owned()]).map_err(io::Error::other)?;
        let certificate = params.signed_by(&key, &self.issuer).map_err(io::Error::other)?;
        let key = PrivateKeyDer::try_from(key.serialize_der()).map_err(io::Error::other)?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .map_err(io::Error::other)?;
        Ok(Arc::new(config))
    }
}
