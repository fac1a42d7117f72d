//! The bytes that articles were read from, packed and by their hash, and which reader made the text of them.

use super::error::{Result, StoreError};
use super::id::ArticleId;
use super::{Store, Writer, json, to_json};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{Read, Write};

/// Some bytes as they are stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// SHA-256, in hexadecimal.
    pub hash: String,
    pub size: usize,
    /// Nothing where only the hash is kept.
    packed: Option<Vec<u8>>,
}

impl Original {
    /// Bytes of which only hash and size are kept.
    pub fn told(bytes: &[u8]) -> Self {
        Self { hash: hash(&[bytes]), size: bytes.len(), packed: None }
    }

    /// Bytes that are kept whole.
    pub fn kept(bytes: &[u8]) -> Self {
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        // Writing to memory cannot fail.
        let packed = packed.write_all(bytes).and_then(|()| packed.finish()).ok();
        Self { packed, ..Self::told(bytes) }
    }
}

/// SHA-256 of some parts, one after the other, in hexadecimal.
pub fn hash(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    parts.iter().for_each(|part| hasher.update(part));
    base16ct::lower::encode_string(&hasher.finalize())
}

/// Where the text of an article comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OriginalRow {
    /// SHA-256 of the bytes, in hexadecimal.
    pub hash: String,
    /// Bytes.
    pub size: u64,
    /// Whether they can be written back.
    pub kept: bool,
    /// `html`, or `zip/html` for a file in an archive.
    pub format: String,
    /// Of the reader of that format.
    pub version: u32,
}

/// Where and when an article was fetched, and what its server said of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fetched {
    /// The address that was asked.
    pub asked: String,
    /// Where it was found, after all redirects.
    pub address: String,
    /// RFC 3339, UTC.
    pub at: String,
    /// `content-type`, `last-modified` and `etag`, where they were sent.
    pub headers: Vec<(String, String)>,
}

/// Files that were read whole, by digest: the articles of each, by their names.
pub type FilesRead = BTreeMap<String, Vec<(String, ArticleId)>>;

impl Writer<'_> {
    /// Notes what the text of a new article was made of, and how.
    pub fn add_original(&self, article: ArticleId, original: &Original, format: &str, version: u32) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT INTO original (hash, size, packed) VALUES (?1, ?2, ?3)
                 ON CONFLICT (hash) DO UPDATE SET packed = ifnull(packed, excluded.packed)",
            )?
            .execute(params![original.hash, original.size as i64, original.packed])?;
        self.0
            .prepare_cached(
                "INSERT OR IGNORE INTO article_original (article, original, format, version)
                 SELECT ?1, id, ?3, ?4 FROM original WHERE hash = ?2",
            )?
            .execute(params![article, original.hash, format, version])?;
        Ok(())
    }

    /// Notes where an article was fetched.
    pub fn add_fetch(&self, article: ArticleId, fetched: &Fetched) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT OR IGNORE INTO article_fetch (article, asked, address, at, headers) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![article, fetched.asked, fetched.address, fetched.at, to_json(&fetched.headers)?])?;
        Ok(())
    }

    /// Notes files that were read whole: the digest of each, and its articles by their names.
    pub fn note_files_read(&self, files: impl Iterator<Item = (String, Vec<(String, ArticleId)>)>) -> Result<()> {
        let mut statement =
            self.0.prepare_cached("INSERT OR REPLACE INTO file_read (digest, articles) VALUES (?1, ?2)")?;
        for (digest, articles) in files {
            let articles: Vec<(&str, i64)> = articles.iter().map(|(name, id)| (name.as_str(), id.0)).collect();
            statement.execute(params![digest, to_json(&articles)?])?;
        }
        Ok(())
    }
}

impl Store {
    /// Tells where the text of an article comes from; nothing for one that was loaded before this was kept.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn original(&self, article: ArticleId) -> Result<Option<OriginalRow>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT o.hash, o.size, o.packed IS NOT NULL, a.format, a.version
             FROM article_original a JOIN original o ON o.id = a.original WHERE a.article = ?1",
        )?;
        let found = statement.query_row([article], |row| {
            Ok(OriginalRow {
                hash: row.get(0)?,
                size: row.get::<_, i64>(1)?.unsigned_abs(),
                kept: row.get(2)?,
                format: row.get(3)?,
                version: row.get(4)?,
            })
        });
        Ok(found.optional()?)
    }

    /// Tells where an article was fetched; nothing for one that was read from a file.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn fetched(&self, article: ArticleId) -> Result<Option<Fetched>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT asked, address, at, headers FROM article_fetch WHERE article = ?1")?;
        let found = statement.query_row([article], |row| {
            Ok(Fetched { asked: row.get(0)?, address: row.get(1)?, at: row.get(2)?, headers: json(row, "headers")? })
        });
        Ok(found.optional()?)
    }

    /// Returns the bytes that an article was read from, where they were kept.
    ///
    /// # Errors
    /// When they cannot be read, or are not what they were.
    pub fn original_bytes(&self, article: ArticleId) -> Result<Option<Vec<u8>>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT o.packed, o.hash, o.size
             FROM article_original a JOIN original o ON o.id = a.original WHERE a.article = ?1 AND o.packed IS NOT NULL",
        )?;
        let found = statement.query_row([article], |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?.unsigned_abs()))
        });
        let Some((packed, hash, size)) = found.optional()? else { return Ok(None) };
        let damaged = || StoreError::Corrupt(format!("the original of {article} is not what was kept"));
        let mut bytes = Vec::new();
        GzDecoder::new(&packed[..]).take(size + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
        if self::hash(&[&bytes]) == hash { Ok(Some(bytes)) } else { Err(damaged()) }
    }

    /// Returns the files of which every article is on the desk.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn files_read(&self) -> Result<FilesRead> {
        let mut statement = self.connection.prepare_cached(
            "SELECT f.digest, f.articles FROM file_read f WHERE NOT EXISTS (
                 SELECT 1 FROM json_each(f.articles) n LEFT JOIN article a ON a.id = n.value ->> 1
                 WHERE ifnull(a.live, 0) = 0)",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
        let mut out = FilesRead::new();
        for row in rows {
            let (digest, articles) = row?;
            let articles: Vec<(String, i64)> = serde_json::from_str(&articles)?;
            out.insert(digest, articles.into_iter().map(|(name, id)| (name, ArticleId(id))).collect());
        }
        Ok(out)
    }
}
