//! `evidence`: what a verdict rests on: a link, a copy in an archive, a quotation, a file by its hash, a note.

use crate::commands::layout::claims;
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::{Block, Role, Run, View};
use crate::store::id::{EvidenceId, VerdictId};
use crate::store::rows::{EvidenceKind, EvidenceRow};
use crate::workbench::Lack;
use crate::workbench::files::is_regular;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// Adds and lists evidence
#[derive(Debug, clap::Args)]
pub struct Evidence {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, clap::Subcommand)]
enum Act {
    /// Add evidence for a verdict
    Add {
        /// The verdict
        #[arg(value_name = "VERDICT")]
        verdict: VerdictId,
        #[command(flatten)]
        what: What,
        /// What it shows, in a few words
        #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
        note: String,
    },
    /// Take evidence away from its verdict
    Drop {
        /// The evidence
        #[arg(value_name = "EVIDENCE", required = true)]
        evidence: Vec<EvidenceId>,
        /// Although its verdict is published: that becomes a new version, and readers are told why
        #[arg(long, value_name = "TEXT")]
        anyway: Option<String>,
    },
    /// List the evidence of the verdicts in effect
    List {
        /// Verdicts, by their ids, or only what is on claims that match (see `help filters`)
        #[arg(value_name = "VERDICT|FILTER")]
        filter: Vec<String>,
    },
}

/// What the evidence is; exactly one.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct What {
    /// A link
    #[arg(long, value_name = "LINK")]
    link: Option<String>,
    /// A link to a copy in an archive
    #[arg(long, value_name = "LINK")]
    archive: Option<String>,
    /// Words from a document
    #[arg(long, value_name = "TEXT")]
    quotation: Option<String>,
    /// A file; its SHA-256 is stored, the file stays where it is
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Anything else, in words
    #[arg(long, value_name = "TEXT")]
    remark: Option<String>,
    /// The speaker was asked for a response: how and when
    #[arg(long, value_name = "TEXT")]
    asked: Option<String>,
    /// What the speaker answered
    #[arg(long, value_name = "TEXT")]
    answer: Option<String>,
}

impl Command for Evidence {
    const NAME: &'static str = "evidence";
    const PURPOSE: &'static str = "Add or list the evidence for a verdict";
    const EXAMPLE: &'static str = "evidence add v1 --link https://auditor.example/2024/tunnel";
    const GROUP: Group = Group::Verdicts;

    fn is_signed(&self) -> bool {
        !matches!(self.act, Act::List { .. })
    }

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        match self.act {
            Act::Add { verdict, what, note } => {
                let (kind, words) = what.read(session)?;
                let workbench = session.workbench()?;
                let row = workbench.add_evidence(verdict, kind, &words, &note)?;
                let lacks_copy =
                    kind == EvidenceKind::Link && workbench.check_one(verdict)?.lacks.contains(&Lack::Archive);
                let view = View::empty().with(claims::evidence(&row)).data(row);
                Ok(match lacks_copy {
                    true => view.hint(format!(
                        "before it is published a link needs an archived copy: `evidence add {verdict} --archive URL`"
                    )),
                    false => view,
                })
            }
            Act::Drop { evidence, anyway } => {
                session.workbench()?.drop_evidence(&evidence, anyway.as_deref())?;
                let ids: Vec<String> = evidence.iter().map(ToString::to_string).collect();
                Ok(View::done(format!("{} taken away", ids.join(", "))).hint("`undo` restores it").data(evidence))
            }
            Act::List { filter } => list(session, &filter),
        }
    }
}

impl What {
    /// Returns the kind and the words to keep; a file is read for its hash.
    fn read(self, session: &Session) -> Result<(EvidenceKind, String), CommandError> {
        let given = [
            (EvidenceKind::Link, self.link),
            (EvidenceKind::Archive, self.archive),
            (EvidenceKind::Quotation, self.quotation),
            (EvidenceKind::Note, self.remark),
            (EvidenceKind::Asked, self.asked),
            (EvidenceKind::Answer, self.answer),
        ];
        if let Some((kind, words)) = given.into_iter().find_map(|(kind, words)| Some((kind, words?))) {
            return Ok((kind, words));
        }
        let Some(file) = self.file else {
            return Err(CommandError::usage("say what the evidence is: --link, --file …"));
        };
        Ok((EvidenceKind::File, format!("{} sha256:{}", file.display(), hash(&session.path(&file))?)))
    }
}

fn hash(path: &Path) -> Result<String, CommandError> {
    let wrong = |error: std::io::Error| CommandError::file(path, &error);
    if path.exists() && !is_regular(path) {
        return Err(CommandError::failed(format!("{} is no regular file", path.display())));
    }
    // However large it is, only a piece of it is in memory.
    let mut file = std::fs::File::open(path).map_err(wrong)?;
    let (mut digest, mut piece) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match std::io::Read::read(&mut file, &mut piece).map_err(wrong)? {
            0 => break,
            length => digest.update(&piece[..length]),
        }
    }
    Ok(base16ct::lower::encode_string(&digest.finalize()))
}

fn list(session: &mut Session, filter: &[String]) -> Result<View, CommandError> {
    let ids: Vec<VerdictId> = filter.iter().filter_map(|word| word.parse().ok()).collect();
    let words: Vec<String> = filter.iter().filter(|word| word.parse::<VerdictId>().is_err()).cloned().collect();
    let filter = session.filter(&words)?;
    let workbench = session.workbench()?;
    let mut verdicts = workbench.verdicts(&filter)?;
    if !ids.is_empty() {
        let wanted = ids.iter().map(|id| workbench.verdict(*id)).collect::<Result<Vec<_>, _>>()?;
        // A version that is replaced is named by its id alone.
        verdicts = match words.is_empty() {
            true => wanted,
            false => verdicts.into_iter().filter(|verdict| ids.contains(&verdict.id)).collect(),
        };
    }
    let mut view = View::empty();
    let mut rows: Vec<&EvidenceRow> = Vec::new();
    for verdict in verdicts.iter().filter(|verdict| !verdict.evidence.is_empty()) {
        let runs = [
            Run::new(Role::Id, format!("{}  ", verdict.id)),
            Run::new(Role::Caution, &*verdict.rating),
            Run::new(Role::Id, format!("  on {}", verdict.claim)),
        ];
        view = view.text(runs);
        view.blocks.extend(verdict.evidence.iter().map(claims::evidence).collect::<Vec<Block>>());
        rows.extend(&verdict.evidence);
    }
    if rows.is_empty() {
        let verdict = ids.first().map_or_else(|| "VERDICT".to_owned(), ToString::to_string);
        let none = match (ids.as_slice(), filter.is_empty()) {
            ([id], true) => format!("{id} has no evidence yet"),
            ([], true) => "there is no evidence yet".to_owned(),
            _ => "no evidence fits".to_owned(),
        };
        view = view.hint(format!("{none}; `evidence add {verdict} --link URL` adds some"));
    }
    Ok(view.data(rows))
}
