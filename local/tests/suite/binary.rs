//! The program: what it prints, and how it ends.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_kinesisvideo-local");

fn run(arguments: &[&str]) -> Output {
    Command::new(PROGRAM).args(arguments).output().unwrap()
}

/// A program that is stopped whatever becomes of the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn help_and_version_end_well() {
    let help = run(&["--help"]);
    assert_eq!(help.status.code(), Some(0));
    assert!(String::from_utf8(help.stdout).unwrap().contains("Usage: kinesisvideo-local [OPTIONS]"));
    assert_eq!(run(&["--version"]).stdout, format!("kinesisvideo-local {}\n", env!("CARGO_PKG_VERSION")).as_bytes());
}

#[test]
fn bad_arguments_end_with_2_and_say_why() {
    for (arguments, words) in [
        (&["--prot"][..], "\"--prot\" is not an option"),
        (&["--region", "Far Far Away"], "region \"Far Far Away\""),
        (&["--channel", "a", "--channel", "a"], "\"a\""),
        (&["--channel", "a b"], "\"a b\""),
    ] {
        let output = run(arguments);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {error}");
        assert!(error.starts_with("kinesisvideo-local: ") && error.contains(words), "{error}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_port_that_is_taken_ends_with_1() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = run(&["--port", &port]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains(&port));
}

#[cfg(unix)]
#[test]
fn it_says_where_it_is_logs_requests_and_ends_when_told() {
    for signal in ["-INT", "-TERM"] {
        let mut command = Command::new(PROGRAM);
        command.args(["--channel", "one", "--channel", "two", "--credentials", "AKIDMINE:hidden"]);
        let mut running = Running(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap());
        let mut lines = BufReader::new(running.0.stdout.take().unwrap()).lines();
        let mut line = || lines.next().unwrap().unwrap();
        let first = line();
        let url = first.split(' ').find(|word| word.starts_with("http://")).unwrap().to_owned();
        assert!(line().contains(":channel/one/") && line().contains(":channel/two/"));
        assert_eq!(line(), format!("export AWS_ENDPOINT_URL_KINESIS_VIDEO={url}"));
        let address = url.strip_prefix("http://").unwrap();
        let mut socket = TcpStream::connect(address).unwrap();
        let request = "POST /joinStorageSession HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
        socket.write_all(request.as_bytes()).unwrap();
        socket.read_to_end(&mut Vec::new()).unwrap();

        assert!(Command::new("kill").args([signal, &running.0.id().to_string()]).status().unwrap().success());
        assert_eq!(running.0.wait().unwrap().code(), Some(0), "{signal}");
        let mut log = String::new();
        running.0.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        assert_eq!(log.lines().count(), 1, "{log}");
        let expected = "Z POST /joinStorageSession 403, signature refused: \
                        MissingAuthenticationTokenException: Missing Authentication Token\n";
        assert!(log.ends_with(expected), "{log}");
        let rest: String = lines.map(Result::unwrap).collect();
        assert!(rest.contains("AWS_ACCESS_KEY_ID=AKIDMINE") && !rest.contains("hidden"), "{rest}");
    }
}
