//! What the command line says.

use std::fs;
use std::path::Path;

use kinesisvideo_local::{Builder, Channel, Credentials, LocalService, Quotas, Stream, Verification};

/// What `--help` prints.
pub(crate) const HELP: &str = "\
Amazon Kinesis Video WebRTC storage on loopback, for tests and offline work.

Usage: kinesisvideo-local [OPTIONS]

Options:
  --port PORT                The port on 127.0.0.1; 0 for any that is free [default: 0]
  --region REGION            The region that signatures name [default: us-west-2]
  --account ID               The account that ARNs carry, 12 digits [default: 123456789012]
  --channel NAME[=STREAM]    A channel and the stream it stores in, of the same name unless
                             said otherwise; may be repeated [default: demo]
  --stream NAME[=HOURS]      A stream that keeps what is stored in it for that long; may be
                             repeated [default: 24 hours]
  --seed FILE                Channels, streams, credentials and quotas from a JSON file
  --credentials ID:SECRET[:TOKEN]
                             A key the service knows; may be repeated [default: the key of
                             the AWS documentation, printed at the start]
  --verify strict|any|off    How much of a signature is checked [default: strict]
  --strict-endpoints         Joins only at the channel's own WEBRTC endpoint
  --no-quotas                As many joins, viewers and channels as you like
  --quiet                    No line for each request
  -h, --help                 This text
  -V, --version              The version
";

/// What to do.
#[derive(Debug)]
pub(crate) enum Command {
    /// Serve.
    Serve(Box<Serve>),
    /// Print a text.
    Print(String),
}

/// How to serve.
#[derive(Debug)]
pub(crate) struct Serve {
    pub(crate) builder: Builder,
    pub(crate) quiet: bool,
}

/// Reads the arguments, without the program's name.
///
/// # Errors
/// A sentence that names the argument.
pub(crate) fn read(arguments: impl IntoIterator<Item = String>) -> Result<Command, String> {
    let mut arguments = arguments.into_iter();
    let mut builder = LocalService::builder();
    let (mut quiet, mut seeded, mut channels) = (false, false, 0);
    while let Some(argument) = arguments.next() {
        let (name, inline) = match argument.split_once('=') {
            Some((name, value)) if name.starts_with("--") => (name, Some(value.to_owned())),
            _ => (argument.as_str(), None),
        };
        let flag = || match &inline {
            Some(_) => Err(format!("{name} takes no value")),
            None => Ok(()),
        };
        let mut value = || inline.clone().or_else(|| arguments.next()).ok_or_else(|| format!("{name} needs a value"));
        match name {
            "-h" | "--help" => return flag().map(|()| Command::Print(HELP.to_owned())),
            "-V" | "--version" => {
                return flag().map(|()| Command::Print(format!("kinesisvideo-local {}\n", env!("CARGO_PKG_VERSION"))));
            }
            "--quiet" => {
                flag()?;
                quiet = true;
            }
            "--no-quotas" => {
                flag()?;
                builder = builder.quotas(Quotas::unlimited());
            }
            "--strict-endpoints" => {
                flag()?;
                builder = builder.strict_endpoints(true);
            }
            "--port" => {
                let port = value()?;
                builder = builder.port(port.parse().map_err(|_| format!("--port {port:?} is not one of 0 to 65535"))?);
            }
            "--region" => builder = builder.region(value()?),
            "--account" => builder = builder.account(value()?),
            "--channel" => {
                builder = builder.channel(channel(&value()?));
                channels += 1;
            }
            "--stream" => builder = builder.stream(stream(&value()?)?),
            "--seed" => {
                builder = seed(builder, Path::new(&value()?))?;
                seeded = true;
            }
            "--credentials" => builder = builder.credentials(credentials(&value()?)?),
            "--verify" => builder = builder.verification(verification(&value()?)?),
            _ => return Err(format!("{argument:?} is not an option")),
        }
    }
    if channels == 0 && !seeded {
        builder = builder.channel("demo");
    }
    Ok(Command::Serve(Box::new(Serve { builder, quiet })))
}

fn channel(text: &str) -> Channel {
    match text.split_once('=') {
        Some((name, stream)) => Channel::new(name).stream(stream),
        None => Channel::new(text),
    }
}

fn stream(text: &str) -> Result<Stream, String> {
    let Some((name, hours)) = text.split_once('=') else { return Ok(Stream::new(text)) };
    let hours = hours.parse().map_err(|_| format!("--stream {text:?} has no whole number of hours behind its ="))?;
    Ok(Stream::new(name).retention_hours(hours))
}

fn seed(builder: Builder, file: &Path) -> Result<Builder, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("--seed {}: {error}", file.display()))?;
    builder.seed(&text).map_err(|error| format!("--seed {}: {error}", file.display()))
}

/// The secret is not repeated in the error.
fn credentials(text: &str) -> Result<Credentials, String> {
    let mut parts = text.splitn(3, ':').map(|part| Some(part).filter(|part| !part.is_empty()));
    match (parts.next().flatten(), parts.next().flatten(), parts.next()) {
        (Some(id), Some(secret), None) => Ok(Credentials::new(id, secret)),
        (Some(id), Some(secret), Some(Some(token))) => Ok(Credentials::new(id, secret).with_session_token(token)),
        _ => Err("--credentials must be ID:SECRET or ID:SECRET:TOKEN".to_owned()),
    }
}

fn verification(text: &str) -> Result<Verification, String> {
    match text {
        "strict" => Ok(Verification::Strict),
        "any" => Ok(Verification::AnySignature),
        "off" => Ok(Verification::Off),
        _ => Err(format!("--verify {text:?} is not one of strict, any, off")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(line: &str) -> Result<Command, String> {
        read(line.split_whitespace().map(str::to_owned))
    }

    fn start(line: &str) -> LocalService {
        match read_all(line).unwrap() {
            Command::Serve(serve) => serve.builder.start_blocking().unwrap(),
            Command::Print(text) => panic!("{text}"),
        }
    }

    #[test]
    fn without_arguments_there_is_a_channel() {
        assert!(start("").channel_arn("demo").is_some());
    }

    #[test]
    fn options_say_what_is_there() {
        let line = "--region eu-west-1 --account=000000000001 --channel a --channel=b=s --stream c=0 --credentials id:secret:token";
        let service = start(line);
        let arns = service.channel_arns();
        assert_eq!(arns.len(), 2);
        assert!(arns[0].starts_with("arn:aws:kinesisvideo:eu-west-1:000000000001:channel/a/"));
        let stream = |name| service.stream_arn(name).is_some();
        assert!(stream("s") && stream("c") && !stream("b"));
        assert_eq!(service.credentials().session_token(), Some("token"));
    }

    #[test]
    fn mistakes_are_named() {
        for (line, words) in [
            ("--prot 1", "\"--prot\" is not an option"),
            ("demo", "\"demo\" is not an option"),
            ("--port", "--port needs a value"),
            ("--port 70000", "--port \"70000\""),
            ("--verify maybe", "strict, any, off"),
            ("--stream cam=long", "--stream \"cam=long\" has no whole number of hours"),
            ("--quiet=yes", "--quiet takes no value"),
            ("--seed /nowhere/at/all.json", "--seed /nowhere/at/all.json"),
        ] {
            let error = read_all(line).unwrap_err();
            assert!(error.contains(words), "{line}: {error}");
        }
        for wrong in ["AKID", "AKID:", ":secret", "AKID:secret:"] {
            let error = read_all(&format!("--credentials {wrong}")).unwrap_err();
            assert!(error.contains("ID:SECRET") && !error.contains("secret"), "{error}");
        }
    }

    #[test]
    fn help_names_every_option() {
        let source = include_str!("arguments.rs");
        let options = source.lines().filter_map(|line| line.trim_start().strip_prefix("\"--")?.split('"').next());
        for option in options.filter(|option| option.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')) {
            assert!(HELP.contains(&format!("--{option}")), "{option}");
        }
        assert!(matches!(read_all("--help"), Ok(Command::Print(text)) if text == HELP));
    }
}
