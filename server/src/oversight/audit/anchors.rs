//! Heads of chains kept outside of the database (L-3): whoever can rewrite a whole chain there, head and all, is found
//! by what stands here. One line each: time, owner, number, hash, and a MAC by a key that the database does not know.
//!
//! The file is only ever appended to. It belongs where the database's administrator cannot write: another disk, another
//! host, a printer.

use std::{
    collections::{BTreeMap, HashMap},
    fmt::Write as _,
    io::{ErrorKind, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, bail};
use chrono::{DateTime, SecondsFormat, Utc};
use domain::audit::{Digest, Head, Owner};
use uuid::Uuid;

use crate::{
    crypto::{Keys, hex, unhex},
    error::Result,
    graphql::context::App,
};

/// Where the heads are kept.
#[derive(Clone)]
pub struct AnchorFile {
    path: Arc<PathBuf>,
    keys: Keys,
}

/// The kept heads of each chain, by number.
#[derive(Debug, Default)]
pub struct Anchors(HashMap<(String, Uuid), BTreeMap<i64, Digest>>);

impl Anchors {
    /// Those of one chain.
    #[must_use]
    pub fn of(&self, owner: Owner) -> BTreeMap<i64, Digest> {
        self.0.get(&(owner.kind().to_owned(), owner.id())).cloned().unwrap_or_default()
    }
}

impl AnchorFile {
    /// The file at `path`, with the keys that prove its lines.
    pub fn new(path: &Path, keys: &Keys) -> Self {
        Self { path: Arc::new(path.to_owned()), keys: keys.clone() }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Adds one line for each head, in one write that is on the disk before this returns.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn append(&self, at: DateTime<Utc>, heads: &[(Owner, Head)]) -> anyhow::Result<()> {
        let mut lines = String::new();
        for (owner, head) in heads {
            let line = format!(
                "{} {} {} {} {}",
                at.to_rfc3339_opts(SecondsFormat::Secs, true),
                owner.kind(),
                owner.id(),
                head.seq,
                hex(&head.hash)
            );
            writeln!(lines, "{line} {}", self.keys.anchor_mac(&line))?;
        }
        let path = self.path.display();
        let mut file =
            std::fs::File::options().create(true).append(true).open(&*self.path).with_context(|| path.to_string())?;
        file.write_all(lines.as_bytes()).and_then(|()| file.sync_all()).with_context(|| path.to_string())
    }

    /// Every line; none when there is no file yet.
    ///
    /// # Errors
    /// Names the first line that this deployment did not write.
    pub fn read(&self) -> anyhow::Result<Anchors> {
        let text = match std::fs::read_to_string(&*self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Anchors::default()),
            Err(error) => return Err(error).context(self.path.display().to_string()),
        };
        let mut anchors = Anchors::default();
        for (number, line) in (1..).zip(text.lines()) {
            let Some((kind, id, seq, hash)) = self.parse(line) else {
                bail!("{}: line {number} was not written by this deployment", self.path.display());
            };
            let chain = anchors.0.entry((kind, id)).or_default();
            // Two hashes for one number: one of them is not the chain's, whichever it is.
            if chain.insert(seq, hash).is_some_and(|before| before != hash) {
                bail!("{}: line {number} contradicts one before it: the chain was rewritten", self.path.display());
            }
        }
        Ok(anchors)
    }

    fn parse(&self, line: &str) -> Option<(String, Uuid, i64, Digest)> {
        let (text, mac) = line.rsplit_once(' ')?;
        if self.keys.anchor_mac(text) != mac {
            return None;
        }
        let mut parts = text.split(' ').skip(1);
        let (kind, id, seq, hash) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        Some((kind.to_owned(), id.parse().ok()?, seq.parse().ok()?, unhex(hash)?))
    }
}

/// Keeps the head of every chain; how many there were.
///
/// # Errors
/// From the database, or when the file cannot be written.
pub async fn keep(app: &App, file: &AnchorFile) -> Result<usize> {
    let mut heads = Vec::new();
    for (_, scope) in app.db.chains("anchors").await? {
        if let Some(head) = app.db.read(&scope).await?.audit_head().await? {
            heads.push((scope.owner(), head));
        }
    }
    let (file, at, kept) = (file.clone(), app.clock.now(), heads.len());
    let written = tokio::task::spawn_blocking(move || file.append(at, &heads)).await;
    written.map_err(anyhow::Error::from)??;
    Ok(kept)
}

/// The kept heads; none where no file is set.
///
/// # Errors
/// As [`AnchorFile::read`].
pub async fn kept(file: Option<&AnchorFile>) -> Result<Anchors> {
    let Some(file) = file.cloned() else { return Ok(Anchors::default()) };
    Ok(tokio::task::spawn_blocking(move || file.read()).await.map_err(anyhow::Error::from)??)
}

#[cfg(test)]
mod tests {
    use domain::CenterId;

    use super::*;

    fn file(name: &str) -> AnchorFile {
        let path = std::env::temp_dir().join(format!("gangping-anchors-{name}-{}", std::process::id()));
        let _ = std::fs::remove_file(&path);
        AnchorFile::new(&path, &Keys::from_base64(&Keys::generate().unwrap()).unwrap())
    }

    #[test]
    fn heads_read_back_and_no_line_can_be_written_by_others() {
        let file = file("lines");
        let owner = Owner::Center(CenterId(Uuid::from_u128(1)));
        let head = |seq, byte| (owner, Head { seq, hash: [byte; 32] });
        assert!(file.read().unwrap().of(owner).is_empty());
        file.append(DateTime::UNIX_EPOCH, &[head(1, 1)]).unwrap();
        file.append(DateTime::UNIX_EPOCH, &[head(2, 2), head(2, 2)]).unwrap();
        assert_eq!(file.read().unwrap().of(owner), BTreeMap::from([(1, [1; 32]), (2, [2; 32])]));
        assert!(file.read().unwrap().of(Owner::City(domain::CityId(Uuid::from_u128(1)))).is_empty());

        let text = std::fs::read_to_string(file.path()).unwrap();
        for forged in [text.replacen(" 1 ", " 3 ", 1), text.replace("0202", "0303"), format!("{text}x\n")] {
            std::fs::write(file.path(), &forged).unwrap();
            let found = file.read().unwrap_err().to_string();
            assert!(found.contains("was not written by this deployment"), "{found}");
        }
        std::fs::write(file.path(), &text).unwrap();
        file.append(DateTime::UNIX_EPOCH, &[head(2, 9)]).unwrap();
        assert!(file.read().unwrap_err().to_string().contains("line 4 contradicts"));
        std::fs::remove_file(file.path()).unwrap();
    }
}
