//! Runs the command of a profile's `credential_process`.

use std::process::Stdio;

use reqsign_core::{CommandExecute, CommandOutput, Error, Result};
use serde::Deserialize;
use tokio::io::AsyncReadExt;
use tokio::process::Command;

use crate::timestamp::{Format, Timestamp};

/// How much output is read: credentials take a few kilobytes.
const LARGEST_OUTPUT: u64 = 256 * 1024;

/// One command line, run by the system's shell as the AWS command line tools do.
///
/// The library splits a command at white space, so it is given a name in its place, and what it passes here is ignored.
/// Messages show neither the command nor its output: both may hold secrets.
pub(super) struct Shell {
    pub(super) command: String,
}

/// What a command must print.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Output {
    version: u32,
    #[serde(rename = "AccessKeyId")]
    _id: String,
    #[serde(rename = "SecretAccessKey")]
    _secret: String,
    #[serde(rename = "SessionToken", default)]
    _token: Option<String>,
    #[serde(default)]
    expiration: Option<String>,
}

impl CommandExecute for Shell {
    async fn command_execute<'a>(&'a self, _: &'a str, _: &'a [&'a str]) -> Result<CommandOutput> {
        let (shell, flag) = if cfg!(windows) { ("cmd.exe", "/C") } else { ("sh", "-c") };
        let mut child = Command::new(shell)
            .args([flag, &self.command])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            // Prompts and complaints go where the user of this program looks.
            .stderr(Stdio::inherit())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| Error::unexpected(format!("`credential_process` could not be run: {error}")))?;
        let mut stdout = Vec::new();
        if let Some(pipe) = child.stdout.take() {
            let read = pipe.take(LARGEST_OUTPUT).read_to_end(&mut stdout).await;
            read.map_err(|error| Error::unexpected(format!("`credential_process` could not be read: {error}")))?;
        }
        let status = child.wait().await?;
        if !status.success() {
            return Err(Error::unexpected(format!("`credential_process` failed ({status}); see what it wrote")));
        }
        check(&stdout)?;
        Ok(CommandOutput { status: 0, stdout, stderr: Vec::new() })
    }
}

/// Refuses output that the library would misread, or complain about in words that quote it.
fn check(stdout: &[u8]) -> Result<()> {
    let refuse = |reason: &str| Error::config_invalid(format!("the output of `credential_process` {reason}"));
    let output: Output = serde_json::from_slice(stdout)
        .map_err(|_| refuse("is not JSON with `Version`, `AccessKeyId` and `SecretAccessKey`"))?;
    if output.version != 1 {
        return Err(refuse("has a `Version` other than 1"));
    }
    match output.expiration {
        Some(time) if Timestamp::parse(&time, Format::DateTime).is_err() => {
            Err(refuse("has an `Expiration` that is not a time such as `2030-01-01T00:00:00Z`"))
        }
        _ => Ok(()),
    }
}

impl std::fmt::Debug for Shell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Shell")
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;

    async fn run(command: &str) -> std::result::Result<String, String> {
        let shell = Shell { command: command.to_owned() };
        let output = shell.command_execute("", &[]).await;
        output.map(|output| String::from_utf8(output.stdout).unwrap()).map_err(|error| error.to_string())
    }

    #[tokio::test]
    async fn the_shell_reads_the_command_as_it_is_written() {
        let json = r#"{"Version":1,"AccessKeyId":"A  B","SecretAccessKey":"s","Expiration":"2030-01-01T00:00:00Z"}"#;
        assert_eq!(run(&format!("printf '%s' '{json}'")).await.unwrap(), json);
    }

    #[tokio::test]
    async fn what_is_wrong_is_said_without_the_output() {
        for (command, reason) in [
            ("exit 3", "`credential_process` failed (exit status: 3); see what it wrote"),
            ("echo hunter2", "is not JSON"),
            (r#"echo '"hunter2"'"#, "is not JSON"),
            (r#"echo '{"Version":1,"AccessKeyId":"a","SecretAccessKey":7777}'"#, "is not JSON"),
            (r#"echo '{"Version":2,"AccessKeyId":"a","SecretAccessKey":"hunter2"}'"#, "a `Version` other than 1"),
            (
                r#"echo '{"Version":1,"AccessKeyId":"a","SecretAccessKey":"hunter2","Expiration":"soon"}'"#,
                "`Expiration` that is not a time",
            ),
            ("/no/such/command/hunter2 2>/dev/null", "failed (exit status: 127)"),
        ] {
            let message = run(command).await.unwrap_err();
            assert!(message.contains(reason), "{message}");
            assert!(!message.contains("hunter2") && !message.contains("7777"), "{message}");
        }
    }

    #[test]
    fn debug_shows_no_command() {
        assert_eq!(format!("{:?}", Shell { command: "get --password hunter2".to_owned() }), "Shell");
    }
}
