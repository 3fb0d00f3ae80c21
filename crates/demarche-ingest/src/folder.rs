use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::format::EXTENSIONS;
use crate::{Format, Input, Problem};

/// Expands folders, recursively and sorted by path, to the files of known extensions in them.
///
/// Hidden files and folders are skipped, and links to folders are not followed. A file that is named is kept whatever
/// its extension; `-` is standard input. Folders without such files and paths that cannot be read become problems.
pub fn inputs(paths: &[PathBuf]) -> (Vec<Input>, Vec<Problem>) {
    let mut found = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            found.push(Input::default());
            continue;
        }
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {
                let known = problems.len();
                let mut files = walk(path, &mut problems);
                if files.is_empty() && problems.len() == known {
                    let extensions: Vec<String> = EXTENSIONS.iter().map(|(known, _)| format!(".{known}")).collect();
                    let message = format!("no files to read in this folder; looked for {}", extensions.join(" "));
                    problems.push(problem(path, message));
                }
                files.sort();
                found.extend(files.into_iter().map(file));
            }
            Ok(_) => found.push(file(path.clone())),
            Err(error) => problems.push(unreadable(path, &error)),
        }
    }
    (found, problems)
}

fn walk(folder: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) => {
                problems.push(unreadable(&folder, &error));
                continue;
            }
        };
        for entry in entries {
            match entry.and_then(|entry| Ok((entry.path(), entry.file_type()?))) {
                Ok((path, _)) if is_hidden(&path) => {}
                Ok((path, kind)) if kind.is_dir() => folders.push(path),
                Ok((path, kind)) if Format::of_path(&path).is_some() && (kind.is_file() || path.is_file()) => {
                    files.push(path);
                }
                Ok(_) => {}
                Err(error) => problems.push(unreadable(&folder, &error)),
            }
        }
    }
    files
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name: &OsStr| name.as_encoded_bytes().starts_with(b"."))
}

fn file(path: PathBuf) -> Input {
    Input { format: Format::of_path(&path), path: Some(path) }
}

fn unreadable(path: &Path, error: &io::Error) -> Problem {
    problem(path, format!("cannot be read: {error}"))
}

fn problem(path: &Path, message: String) -> Problem {
    Problem { input: path.display().to_string(), place: None, message, fatal: true }
}
