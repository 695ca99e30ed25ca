//! Why the menu entry does not show: GIMP passes over most mistakes in silence.

use super::places::{Packaging, Place};
use super::{NAME, program_name};
use crate::install::finding::Finding::{self, Fine, Note, Problem};
use reweave::installation::{Installation, library_name};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
#[cfg(unix)]
use std::time::Duration;
use std::time::SystemTime;

/// Looks at one GIMP.
pub fn examine(place: &Place) -> Vec<Finding> {
    if !place.line.is_supported() {
        return vec![Note(format!(
            "GIMP {} is too old for the plug-in: it runs in 2.10, 3.0 and later",
            place.line
        ))];
    }
    let mut findings = misplaced(place);
    let own = match (place.own(), place.for_all_users()) {
        (own, None) if !own.is_dir() => {
            findings.push(Problem(format!(
                "not installed in {}: type `reweave install gimp`",
                place.plug_ins().display()
            )));
            return findings;
        }
        (own, Some(for_all)) if !own.is_dir() => for_all,
        (own, for_all) => {
            findings.extend(for_all.map(|for_all| {
                Note(format!(
                    "the plug-in is there twice, for all users in {} and for you in {}: `reweave install gimp --uninstall` \
                     takes yours out",
                    for_all.display(),
                    own.display()
                ))
            }));
            findings.extend(search_path(place));
            own
        }
    };
    let program = own.join(program_name());
    if !program.is_file() {
        findings.push(Problem(format!(
            "{} is not there, and GIMP passes over a folder without a program of the folder's name in silence: type \
             `reweave install gimp`",
            program.display()
        )));
        return findings;
    }
    if !may_run(&program) {
        findings.push(Problem(format!(
            "{} may not be run (its run bit is off), and GIMP passes over such files in silence: type \
             `chmod +x '{0}'`",
            program.display()
        )));
        return findings;
    }
    findings.extend(try_out(&own, &program, place.packaging));
    findings.push(remembered(place, &program));
    findings
}

/// Copies of the plug-in where GIMP does not take it.
fn misplaced(place: &Place) -> Vec<Finding> {
    let mut findings = Vec::new();
    let entries = fs::read_dir(place.plug_ins())
        .into_iter()
        .flatten()
        .flatten();
    for path in entries.map(|entry| entry.path()) {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let is_ours = name.starts_with(NAME) || name == library_name();
        if path.is_file() && is_ours {
            findings.push(Problem(format!(
                "{} lies loose among the plug-ins. GIMP says: \"Skipping potential plug-in: plug-ins must be installed \
                 in subdirectories\". Delete it and type `reweave install gimp`",
                path.display()
            )));
        }
        let holds_us = |folder: &Path| {
            folder.join(library_name()).is_file()
                || folder.join("reweave-gimp").is_file()
                || folder.join("reweave-gimp.exe").is_file()
        };
        if path.is_dir() && name != NAME && holds_us(&path) {
            findings.push(Problem(format!(
                "{} holds the plug-in, but its program is not called {name} as the folder is, and GIMP passes over that \
                 in silence. Delete the folder and type `reweave install gimp`",
                path.display()
            )));
        }
    }
    findings
}

/// Whether GIMP has been told to look elsewhere.
fn search_path(place: &Place) -> Option<Finding> {
    let file = place.profile.join("gimprc");
    let text = fs::read_to_string(&file).ok()?;
    let line = text
        .lines()
        .map(str::trim)
        .find(|line| line.starts_with("(plug-in-path "))?;
    let plug_ins = place.plug_ins().display().to_string();
    let looks = line.contains("${gimp_dir}/plug-ins")
        || line.contains("${gimp_dir}\\plug-ins")
        || line.contains(&plug_ins);
    (!looks).then(|| {
        Problem(format!(
            "GIMP has been told not to look for plug-ins in {plug_ins} ({line} in {}). In GIMP: Edit > Preferences > \
             Folders > Plug-ins, add that folder",
            file.display()
        ))
    })
}

/// Lets the plug-in's program say whether it finds its parts.
fn try_out(own: &Path, program: &Path, packaging: Packaging) -> Vec<Finding> {
    let library = Installation::folder(own).library;
    if !library.is_file() {
        return vec![Problem(format!(
            "{} is missing: the menu entry shows, but the fill fails. Type `reweave install gimp`",
            library.display()
        ))];
    }
    if packaging != Packaging::Native {
        return vec![Note(
            "this GIMP runs in a sandbox: the plug-in sees its own folder only, and the models and the runtime in it"
                .into(),
        )];
    }
    let answer = Command::new(program)
        .arg("--check")
        .stdin(Stdio::null())
        .output();
    match answer {
        Err(error) => vec![Problem(format!(
            "{} cannot be started: {error}. If its file system forbids to run programs (noexec), GIMP cannot run plug-ins \
             there either",
            program.display()
        ))],
        Ok(answer) => {
            let said = String::from_utf8_lossy(&answer.stdout).trim().to_owned();
            let complaint = String::from_utf8_lossy(&answer.stderr).trim().to_owned();
            match answer.status.success() {
                true => vec![Fine(format!("installed in {}\n{said}", own.display()))],
                false => vec![Problem(format!("{}: {complaint}", program.display()))],
            }
        }
    }
}

/// What GIMP itself knows: it keeps a list of the plug-ins that it has asked what they are.
fn remembered(place: &Place, program: &Path) -> Finding {
    let list = place.profile.join("pluginrc");
    let Ok(bytes) = fs::read(&list) else {
        return Note(format!(
            "GIMP {} has not been started yet with these settings: start it",
            place.line
        ));
    };
    // The list holds the first bytes of files that plug-ins can load, which are no text.
    if String::from_utf8_lossy(&bytes).contains("plug-in-reweave-fill") {
        return Fine("GIMP knows the plug-in: Filters > Enhance > Content-Aware Fill and Edit > Content-Aware Fill".into());
    }
    // GIMP itself writes its list.
    if written(&list) < came_to_be(program) {
        return Note("GIMP has not been started since the plug-in was installed: close it if it runs, and start it".into());
    }
    Problem(format!(
        "GIMP has been started since, and did not take the plug-in ({} does not name it). Start GIMP from a terminal and \
         look for lines with \"{NAME}\" in what it says",
        list.display()
    ))
}

/// When a file came to be as it is where it is. What a package's manager lays keeps the date on which it was built; when it
/// was laid is told by the change of its entry.
fn came_to_be(file: &Path) -> SystemTime {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let changed = fs::metadata(file).map_or(0, |data| data.ctime());
        let changed = Duration::from_secs(u64::try_from(changed).unwrap_or(0));
        written(file).max(SystemTime::UNIX_EPOCH + changed)
    }
    #[cfg(not(unix))]
    written(file)
}

/// When the content of a file was written.
fn written(file: &Path) -> SystemTime {
    let data = fs::metadata(file).and_then(|data| data.modified());
    data.unwrap_or(SystemTime::UNIX_EPOCH)
}

#[cfg(unix)]
fn may_run(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(file).is_ok_and(|data| data.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn may_run(_file: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::install::gimp::places::Line;

    fn place(profile: &Path) -> Place {
        Place {
            line: Line { major: 3, minor: 0 },
            packaging: Packaging::Native,
            profile: profile.into(),
        }
    }

    fn problems(findings: &[Finding]) -> String {
        let texts = findings.iter().filter_map(|finding| match finding {
            Problem(text) => Some(text.clone()),
            _ => None,
        });
        texts.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn every_way_to_be_passed_over_has_a_sentence() {
        let profile = tempfile::tempdir().unwrap();
        let place = place(profile.path());
        assert!(problems(&examine(&place)).contains("not installed"));

        fs::create_dir_all(place.plug_ins().join("reweave-1.0")).unwrap();
        fs::write(
            place.plug_ins().join("reweave-1.0").join(library_name()),
            "",
        )
        .unwrap();
        fs::write(place.plug_ins().join("reweave"), "").unwrap();
        let said = problems(&examine(&place));
        assert!(
            said.contains("lies loose") && said.contains("as the folder is"),
            "{said}"
        );
        fs::remove_file(place.plug_ins().join("reweave")).unwrap();
        fs::remove_dir_all(place.plug_ins().join("reweave-1.0")).unwrap();

        fs::create_dir_all(place.own()).unwrap();
        assert!(problems(&examine(&place)).contains("is not there"));
        fs::write(place.own().join(program_name()), "").unwrap();
        #[cfg(unix)]
        assert!(problems(&examine(&place)).contains("chmod +x"));

        fs::write(
            place.profile.join("gimprc"),
            "(plug-in-path \"/elsewhere\")\n",
        )
        .unwrap();
        assert!(problems(&examine(&place)).contains("Preferences"));
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_may_run_is_asked() {
        use std::os::unix::fs::PermissionsExt;
        let profile = tempfile::tempdir().unwrap();
        let place = place(profile.path());
        fs::create_dir_all(place.own()).unwrap();
        let program = place.own().join(program_name());
        fs::write(&program, "#!/bin/sh\necho all well\n").unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        assert!(problems(&examine(&place)).contains("is missing"));

        fs::write(place.own().join(library_name()), "").unwrap();
        let findings = examine(&place);
        assert!(
            matches!(&findings[0], Fine(text) if text.contains("all well")),
            "{findings:?}"
        );
        assert!(
            matches!(&findings[1], Note(text) if text.contains("not been started yet")),
            "{findings:?}"
        );
        fs::write(
            place.profile.join("pluginrc"),
            b"(load-magic \"0,string,\xFF\xD8\") (proc-def \"plug-in-reweave-fill\" 1",
        )
        .unwrap();
        assert!(matches!(&examine(&place)[1], Fine(text) if text.contains("Enhance")));
        let list = place.profile.join("pluginrc");
        fs::write(&list, "").unwrap();
        let date = |file: &Path, date: SystemTime| {
            let file = fs::File::options().append(true).open(file).unwrap();
            file.set_modified(date).unwrap();
        };
        date(&list, SystemTime::now() + Duration::from_secs(60));
        assert!(problems(&examine(&place)).contains("did not take"));

        // A package's manager has laid the program after GIMP was started last, with the date on which it was built.
        date(&list, SystemTime::now() - Duration::from_secs(3600));
        date(
            &program,
            SystemTime::now() - Duration::from_secs(86400 * 365),
        );
        let findings = examine(&place);
        assert!(
            matches!(&findings[1], Note(text) if text.contains("not been started since")),
            "{findings:?}"
        );
    }
}
