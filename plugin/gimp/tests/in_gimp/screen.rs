//! A screen that nobody sees, and hands that press keys on it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// An X server without a screen, gone when this value goes.
pub struct Screen {
    server: Child,
    number: String,
}

impl Screen {
    /// Starts the server on a display that is free. It listens on the network of this machine, too: a chroot has no
    /// other way to it.
    pub fn start() -> Result<Self, String> {
        let mut server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1280x900x24",
                "-listen",
                "tcp",
            ])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("Xvfb does not start: {error}"))?;
        let mut number = String::new();
        let stdout = server.stdout.take().ok_or("Xvfb has no output")?;
        BufReader::new(stdout)
            .read_line(&mut number)
            .map_err(|error| error.to_string())?;
        let number = number.trim().to_owned();
        if number.is_empty() {
            return Err("Xvfb found no free display".into());
        }
        Ok(Self { server, number })
    }

    /// The display for programs in a chroot.
    pub fn display(&self) -> String {
        format!("127.0.0.1:{}", self.number)
    }

    fn command(&self, program: &str, arguments: &[&str]) -> Result<String, String> {
        let answer = Command::new(program)
            .args(arguments)
            .env("DISPLAY", format!(":{}", self.number))
            .output()
            .map_err(|error| format!("{program}: {error}"))?;
        Ok(String::from_utf8_lossy(&answer.stdout).into_owned())
    }

    /// The window with this in its name, which has to come within a minute or two.
    pub fn window(&self, name: &str) -> Result<String, String> {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(120) {
            if let Some(window) = self.find(name)? {
                return Ok(window);
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        Err(format!("no window called {name} has come"))
    }

    /// Waits until no window has this in its name.
    pub fn window_gone(&self, name: &str) -> Result<(), String> {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(120) {
            if self.find(name)?.is_none() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        Err(format!("the window {name} stays"))
    }

    fn find(&self, name: &str) -> Result<Option<String>, String> {
        let found = self.command("xdotool", &["search", "--onlyvisible", "--name", name])?;
        Ok(found.lines().last().map(str::to_owned))
    }

    /// Presses keys in a window, one after another, with time for menus to open.
    pub fn press(&self, window: &str, keys: &[&str]) -> Result<(), String> {
        self.command("xdotool", &["windowfocus", "--sync", window])?;
        for key in keys {
            std::thread::sleep(Duration::from_millis(400));
            self.command("xdotool", &["key", "--clearmodifiers", key])?;
        }
        Ok(())
    }

    /// Takes a picture of the screen.
    pub fn shoot(&self, file: &Path) -> Result<(), String> {
        self.command("import", &["-window", "root", &file.to_string_lossy()])
            .map(|_| ())
    }

    /// How many colours a part of the screen has: 1 where nothing is shown.
    pub fn colours(&self, part: &str) -> Result<usize, String> {
        let shot = self.command(
            "import",
            &["-window", "root", "-crop", part, "-format", "%k", "info:"],
        )?;
        shot.trim()
            .parse()
            .map_err(|_| format!("{shot}: not a number of colours"))
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
