"""Articles as the Rust side cuts them (`examples/deep_inputs.rs`), with the labels of their annotators, and who speaks.

A source whose speaker is known is a question to the pointer: the right answers are all words of the speaker's mentions.
"""

import bisect
import collections
import csv
import glob
import json
import os
import re

import torch

from model import ASKED, STATUSES

ROLES = ("Source", "Cue", "Content")


class Article:
    """One article: per word its place in the text, inputs and first piece; per annotator its set of spans."""

    def __init__(self, name):
        self.name, self.begins, self.ends, self.pieces, self.starts = name, [], [], [], []
        self.cases, self.places, self.breaks = [], [], []
        self.versions = []  # one {(role, first word, last word + 1)} an annotator
        self.questions = []  # of the pointer and the statuses
        self.site = name

    def __len__(self):
        return len(self.begins)

    def targets(self):
        """Label distribution of each word: the mean over the annotators; nothing where nobody has read."""
        out = torch.zeros(len(self), 7)
        for spans in self.versions:
            labels = [0] * len(self)
            for role, first, last in sorted(spans):
                labels[first] = 1 + 2 * role
                labels[first + 1:last] = [2 + 2 * role] * (last - first - 1)
            out[range(len(self)), labels] += 1.0 / len(self.versions)
        return out


def read_inputs(path):
    articles = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            name, begin, end, case, place, start, pieces = line.rstrip("\n").split("\t")
            if name not in articles:
                articles[name] = Article(name)
            a = articles[name]
            a.begins.append(int(begin))
            a.ends.append(int(end))
            a.cases.append(int(case))
            a.places.append(int(place))
            a.breaks.append(int(start))
            a.starts.append(len(a.pieces))
            a.pieces += map(int, pieces.split(","))
    for a in articles.values():
        a.starts.append(len(a.pieces))
    return articles


def read_spans(article, path):
    """Spans of one annotator that belong to an attribution, in words (first, last + 1)."""
    spans, used = {}, set()
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            columns = line.rstrip("\n").split("\t")
            if len(columns) < 2:
                continue
            if columns[0].startswith("T"):
                label, _, rest = columns[1].partition(" ")
                spans[columns[0]] = (label, [tuple(map(int, p.split())) for p in rest.split(";")])
            elif columns[0].startswith("E"):
                used |= {part.partition(":")[2] for part in columns[1].split()}
    out = set()
    for key, (label, pieces) in spans.items():
        if label in ROLES and key in used:
            for begin, end in pieces:
                first, last = bisect.bisect_right(article.ends, begin), bisect.bisect_left(article.begins, end)
                if first < last:
                    out.add((ROLES.index(label), first, last))
    return out


def load(inputs, folder, texts=None, speakers=None):
    """Articles of PolNeAR; with the folder of texts and the table of speakers their questions too."""
    articles = read_inputs(inputs)
    files = collections.defaultdict(list)
    for path in sorted(glob.glob(os.path.join(folder, "*.ann"))):
        files[os.path.basename(path)[:-4].rpartition("_")[0]].append(path)
    rows = collections.defaultdict(list)
    if speakers:
        for row in csv.DictReader(open(speakers, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
            rows[row["article"].removesuffix(".txt")].append(row)
    out = []
    for name, article in sorted(articles.items()):
        article.versions = [read_spans(article, path) for path in files[name]]
        if article.versions and len(article):
            out.append(article)
        if rows[name]:
            with open(os.path.join(texts, name + ".txt"), encoding="utf-8", newline="") as file:
                asker = Asker(article, file.read(), [row["speakers"] for row in rows[name]])
            cues = read_cues(files[name])
            for row in rows[name]:
                source, content = ([(int(row[f"{k}_start"]), int(row[f"{k}_end"]))] if row[f"{k}_start"] else [] for k in ("source", "content"))
                cue = cues.get(content[0], []) if content else []
                asker.ask(source, cue, content, row["speakers"], row["status"])
    return out


def read_cues(paths):
    """The cue of each content, by the outermost offsets of the content."""
    cues = {}
    for path in paths:
        spans = {}
        for line in open(path, encoding="utf-8"):
            columns = line.rstrip("\n").split("\t")
            if len(columns) < 2:
                continue
            if columns[0].startswith("T"):
                label, _, rest = columns[1].partition(" ")
                spans[columns[0]] = (label, [tuple(map(int, p.split())) for p in rest.split(";")])
            elif columns[0].startswith("E"):
                parts = collections.defaultdict(list)
                for part in columns[1].split():
                    label, pieces = spans.get(part.partition(":")[2], ("", []))
                    parts[label] += pieces
                if parts["Content"]:
                    key = (min(b for b, _ in parts["Content"]), max(e for _, e in parts["Content"]))
                    cues.setdefault(key, parts["Cue"])
    return cues


def load_world(inputs, path):
    """Articles of many publishers with their attributions in one file; `site` is what cross-validation keeps apart."""
    articles, out = read_inputs(inputs), []
    for line in open(path, encoding="utf-8"):
        one = json.loads(line)
        article = articles.get(one["id"])
        if article is None:
            continue
        article.site = re.sub(r"^https?://(www\.)?([^/]+).*$", r"\2", one["url"])
        asker = Asker(article, one["text"], [x["speaker"] for x in one["attributions"]])
        spans = set()
        for x in one["attributions"]:
            for role, key in enumerate(("source", "cue", "content")):
                spans |= {(role, *words) for words in asker.words_of(x[key])}
            asker.ask(x["source"], x["cue"], x["content"], x["speaker"], x["status"])
        article.versions = [spans]
        out.append(article)
    return out


PRONOUNS = set("""he she they it we i you who which that him her them this one ones himself herself themselves those
both""".split())
TITLES = set("""mr mrs ms miss dr prof professor president vice sen rep gov governor senator representative secretary gen
general col judge justice chief attorney mayor king queen prince princess pope rev sir lady lord first chancellor minister
prime speaker madam former republican democrat democratic rabbi sheriff capt sgt lt det insp chairman""".split())
SUFFIXES = set("jr sr ii iii iv jnr phd md".split())
ARTICLES = set("the a an some many several few other two three his her their its this these those".split())
KIND = re.compile(r"^(org|doc|group|anon)\b:?\s*(.*)$")


def lowered(word):
    return re.sub(r"(’s|'s)$", "", word.lower())


def cut_name(name):
    """Lower-case parts of a name without titles and suffixes."""
    parts = [lowered(p).strip(".") for p in re.findall(r"[^\s,()\"“”]+", re.sub(r"^.* \((.*)\)$", r"\1", name))]
    while len(parts) > 1 and parts[-1].replace(".", "") in SUFFIXES:
        parts = parts[:-1]
    while len(parts) > 1 and parts[0] in TITLES:
        parts = parts[1:]
    return parts


def kinds(speakers):
    out = []
    for one in re.split(r"\s*(?:\||;)\s*", speakers):
        match = KIND.match(one)
        if match:
            out.append(match.groups())
        elif one:
            out.append((one if one in ("author", "unclear") else "person", one))
    return out


class Question(collections.namedtuple("Question", "kind first last nobody words cue status")):
    """A source, or the first words of a content without one: kind, words, the right answers; words of the cue, status.

    Kinds: pronoun, description (of a person), name, none (no source), other (bodies, groups, documents), dropped."""


WEIGHTS = {"pronoun": 1.0, "description": 1.0, "name": 0.3, "none": 1.0, "other": 0.2}


class Asker:
    """Finds in an article the words that name a speaker."""

    def __init__(self, article, text, speakers):
        self.article = article
        self.written = [text[b:e] for b, e in zip(article.begins, article.ends)]
        self.lower = [lowered(word) for word in self.written]
        names = {name for one in speakers for kind, name in kinds(one) if kind == "person"}
        self.people = [cut_name(name) for name in names]

    def words_of(self, spans):
        a, out = self.article, []
        for begin, end in spans:
            first, last = bisect.bisect_right(a.ends, begin), bisect.bisect_left(a.begins, end)
            if first < last:
                out.append((first, last))
        return out

    def person(self, name):
        """Words of the name: the surname, with given names before it, unless somebody else's stand there."""
        full = cut_name(name)
        given, last, out = full[:-1], full[-1], set()
        others = [o for o in self.people if o != full]
        rivals = {p for o in others if o[-1] == last for p in o[:-1]} - set(given)
        capital = lambda n: self.written[n][:1].isupper()
        for at, word in enumerate(self.lower):
            if word.strip(".") == last and (capital(at) or not last[:1].isalpha()):
                first = at
                while first and (self.lower[first - 1].strip(".") in given or capital(first - 1) and len(self.written[first - 1].strip(".")) == 1):
                    first -= 1
                if first == at and at and capital(at - 1) and self.lower[at - 1].strip(".") in rivals:
                    continue
                out.update(range(first, at + 1))
        if given and len(given[0]) > 2 and not any(given[0] in o for o in others):
            for at, word in enumerate(self.lower):
                if word == given[0] and capital(at) and not (at + 1 < len(self.lower) and capital(at + 1)):
                    out.add(at)
        return out

    def phrase(self, name):
        """Words of the places where a body, group or document is written so."""
        parts = [lowered(p) for p in re.findall(r"[^\s,()\"“”]+", name)]
        while parts and parts[0] in ARTICLES:
            parts = parts[1:]
        size, out = len(parts), set()
        for at in range(len(self.lower) - size + 1 if size else 0):
            if self.lower[at:at + size] == parts:
                out.update(range(at, at + size))
        return out

    def ask(self, source, cue, content, speakers, status):
        source, cue, content = (self.words_of(spans) for spans in (source, cue, content))
        if not source and not content:
            return
        first, last = (source or content)[0]
        own = set(range(first, last)) if source else set()
        pronoun = len(own) == 1 and self.lower[first] in PRONOUNS
        words, nobody, parts = set(), False, kinds(speakers)
        for kind, name in parts:
            if kind == "person":
                words |= self.person(name)
            elif kind in ("org", "doc", "group", "anon"):
                found = self.phrase(name)
                nobody |= kind == "anon" and not found and (pronoun or not source)
                words |= found
                if source and not pronoun and not (kind == "org" and found):
                    words |= own
            elif kind == "author" or not source:
                nobody = True
        people = any(kind == "person" for kind, _ in parts)
        if not source:
            kind = "none"
        elif pronoun:
            kind, words = "pronoun", words - own
        elif not people:
            kind = "other"
        else:
            kind = "name" if words & own else "description"
            words = words - own or words
        if not words and not nobody:
            kind = "dropped"
        number = STATUSES.index(status) if status in STATUSES else 0
        self.article.questions.append(Question(kind, first, min(last, first + ASKED), nobody, sorted(words), cue[0] if cue else None, number))
