"""Makes the inputs of the relation model: word pieces of claims, pairs of them with labels, folds, and sets to measure on.

Besides, what somebody said with the checked claims near it. A side of a pair is speaker, cue, words and, for a fragment, its sentence; each is kept apart as pieces of the vocabulary in
`src/matching/meaning/model.bin`, cut as `src/encoder/pieces.rs` cuts. One compressed file comes out that holds numbers only.
"""

import argparse
import collections
import csv
import glob
import gzip
import io
import json
import lzma
import os
import random
import re
import struct
import unicodedata

import numpy as np

FOLDS = 3
NAME, CUE, WORDS, SENTENCE = 10, 8, 56, 40
LABELS = {"plain": 0, "inferred": 1, "same": 2, "neither": 3, "contradiction": 4, "not": 5}
MARKS = re.compile(r"[!-/:-@\[-`{-~\u00a1-\u00a9\u00ab\u00ac\u00ae-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7\u2010-\u2027\u2030-\u205e"
                   r"\u20a0-\u20cf\u2100-\u2bff\u3000-\u9fff\uac00-\ud7af\uf900-\ufaff\U0001f000-\U0010ffff]")


class Pieces:
    """Cuts words into pieces: the longest known first."""

    def __init__(self, model):
        data = open(model, "rb").read()
        at = 8 + 16 + 8 * 4
        (length,) = struct.unpack_from("<I", data, at)
        self.lines = data[at + 4 : at + 4 + length].decode().split("\n")
        self.rows = {piece: row for row, piece in enumerate(self.lines)}
        self.unknown = self.rows["[UNK]"]
        self.known = {}

    def word(self, word):
        if word in self.rows:
            return [self.rows[word]]
        out, at = [], 0
        while at < len(word) and len(word) <= 100:
            head = "##" if at else ""
            end = next((e for e in range(len(word), at, -1) if head + word[at:e] in self.rows), None)
            if end is None:
                return [self.unknown]
            out.append(self.rows[head + word[at:end]])
            at = end
        return out or [self.unknown]

    def token(self, token):
        if token not in self.known:
            plain = unicodedata.normalize("NFD", token.lower())
            plain = "".join(c for c in plain if not (unicodedata.combining(c) or unicodedata.category(c) in ("Cc", "Cf")))
            out = []
            for part in re.split(f"({MARKS.pattern})", plain):
                if part:
                    out += [self.rows.get(part, self.unknown)] if MARKS.fullmatch(part) else self.word(part)
            self.known[token] = out or [self.unknown]
        return self.known[token]

    def cut(self, text, most):
        out = []
        for token in text.split():
            out += self.token(token)
            if len(out) >= most:
                break
        return out[:most]


def speaker(names):
    """The name that stands before a claim: kinds of speakers are dropped, "Cruz (Ted Cruz)" is Ted Cruz."""
    out = []
    for name in names:
        name = re.sub(r"^(org|doc|anon|group):\s*", "", name.strip())
        whole = re.search(r"\(([^)]+)\)", name)
        name = whole.group(1) if whole else name
        if name and name not in ("unclear", "author"):
            out.append(name)
    return " and ".join(out[:2])


def sentence(text, first, last):
    """The sentence around a span, roughly."""
    start = max((m.end() for m in re.finditer(r"[.!?][\"”’']?\s+|\n", text[max(0, first - 400) : first + 1])), default=None)
    start = max(0, first - 400) + start if start is not None else max(0, first - 400)
    end = re.search(r"[.!?][\"”’']?(\s|$)|\n", text[max(last - 1, 0) :])
    return text[min(start, first) : max(last - 1, 0) + (end.end() if end else 200)].strip()


def attributions(text):
    """The parts of each attribution: its role, and for each the spans and the words."""
    spans, out = {}, []
    rows = [line.split("\t") for line in text.split("\n") if line]
    for row in rows:
        if row[0].startswith("T") and len(row) > 2 and " " in row[1] and row[1].split(" ")[1].isdigit():
            spans[row[0]] = [tuple(map(int, s.split())) for s in row[1].split(" ", 1)[1].split(";")], row[2]
    for row in rows:
        if row[0].startswith("E"):
            roles = collections.defaultdict(list)
            for role in row[1].split()[1:]:
                name, of = role.split(":")
                if of in spans:
                    roles[name.rstrip("0123456789")].append(spans[of])
            out.append(roles)
    return out


class Claims:
    """Claims by article and span, each as its fields."""

    def __init__(self, root):
        self.root, self.rows, self.at, self.texts, self.marks = root, [], {}, {}, {}

    def text(self, article):
        if article not in self.texts:
            paths = glob.glob(f"{self.root}/polnear/*/text/{article}")
            self.texts[article] = open(paths[0], encoding="utf-8", newline="").read() if paths else ""
            marks = []
            for path in glob.glob(f"{self.root}/polnear/*/attributions/{article[:-4]}_*.ann"):
                marks += attributions(open(path, encoding="utf-8").read())
            self.marks[article] = marks
        return self.texts[article]

    def add(self, article, content, names, status, words=None):
        """Adds a claim; returns its number."""
        first, last = min(s for s, _ in content), max(e for _, e in content)
        key = (article, first, last)
        if key in self.at:
            return self.at[key]
        text = self.text(article)
        best, cue, source = 0, "", ""
        for roles in self.marks.get(article, []):
            spans = [s for one, _ in roles["Content"] for s in one]
            over = sum(max(0, min(e, last) - max(s, first)) for s, e in spans)
            size = max(max((e for _, e in spans), default=0) - min((s for s, _ in spans), default=0), last - first)
            if over / max(1, size) > best:
                best, near = over / max(1, size), roles
                cue = " ".join(t for _, t in near["Cue"])
                source = " ".join(t for _, t in near["Source"])
                if words is None:
                    content_words = " ".join(t for _, t in near["Content"])
        words = words or (content_words if best > 0.5 else text[first:last])
        around = sentence(text, first, last) if text else ""
        row = {"article": article, "first": first, "last": last, "content": content, "speaker": speaker(names), "names": names,
               "source": source, "cue": cue, "words": words, "sentence": around, "sentence_start": text.find(around, max(0, first - 420)) if around else 0, "status": status}
        self.at[key] = len(self.rows)
        self.rows.append(row)
        return self.at[key]


def fold_of(text):
    return sum(map(ord, text)) * 2654435761 % 2**32 % FOLDS


def words_of(row):
    return [w for w in re.findall(r"[a-z]{4,}|\d[\d,.]*", row["words"].lower())]


def neighbours(rows, numbers, count):
    """The nearest claims of other articles by rare words."""
    index, seen = collections.defaultdict(list), collections.Counter()
    bags = {n: set(words_of(rows[n])) for n in numbers}
    for bag in bags.values():
        seen.update(bag)
    for n, bag in bags.items():
        for word in bag:
            if 2 <= seen[word] <= 400:
                index[word].append(n)
    weight = {w: np.log(len(numbers) / c) for w, c in seen.items()}
    length = {n: sum(weight[w] ** 2 for w in bag) ** 0.5 + 1e-9 for n, bag in bags.items()}
    out = set()
    for n, bag in bags.items():
        score = collections.Counter()
        for word in bag:
            for m in index.get(word, ()):
                score[m] += weight[word] ** 2
        near = [(s / length[n] / length[m], m) for m, s in score.items() if rows[m]["article"] != rows[n]["article"]]
        for s, m in sorted(near, reverse=True)[:count]:
            if s < 0.95:
                out.add((min(n, m), max(n, m)))
    return sorted(out)


class Stories:
    """Headlines that stand in a pair belong to one story."""

    def __init__(self):
        self.of = {}

    def root(self, text):
        while self.of.setdefault(text, text) != text:
            text = self.of[text]
        return text

    def join(self, a, b):
        self.of[self.root(a)] = self.root(b)

    def number(self, text):
        return sum(map(ord, self.root(text))) * 2654435761 % 2**32 >> 8


def flat(lists):
    ends = np.cumsum([len(x) for x in lists], dtype=np.int64)
    return np.array([n for x in lists for n in x], np.uint16), ends.astype(np.int32)


def kind(pair):
    if pair["label"] == "contradiction":
        return LABELS["plain"] if pair.get("sure") and pair.get("difficulty") != "inference" else LABELS["inferred"]
    return LABELS["same"] if pair["label"] == "same" else LABELS["neither"]


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--corpora", required=True, help="folder with polnear, relations, positions, speakers and nli")
    p.add_argument("--model", required=True, help="src/matching/meaning/model.bin")
    p.add_argument("--queries", required=True, help="folder with the nearest checked claims of each file of queries")
    p.add_argument("--share", type=float, default=1.0, help="share of the sentence pairs that is kept")
    p.add_argument("--out", required=True, help="gets data.npz.xz, and claims.jsonl and tables for later steps")
    a = p.parse_args()
    os.makedirs(a.out, exist_ok=True)
    pieces, rng = Pieces(a.model), random.Random(1)
    claims = Claims(a.corpora)
    lines = lambda path: [json.loads(line) for line in open(f"{a.corpora}/{path}", encoding="utf-8")]
    positions = [r for r in lines("positions/positions_train.jsonl") if "target" in r]
    relations = lines("relations/desk_train.jsonl")
    read = lines("relations/desk_read_dev.jsonl")
    desk = lines("relations/desk_pairs_dev.jsonl")
    held = {(tuple(sorted((d["a"]["article"], d["b"]["article"])))) for d in desk}

    side = lambda s: claims.add(s["article"], s["content"], s["speaker"], s["status"])
    named = [(side(r["a"]), side(r["b"])) for r in relations]
    placed = [side(r) for r in positions]
    with open(f"{a.corpora}/speakers/train/speakers_train.tsv", encoding="utf-8", newline="") as file:
        for r in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            claims.add(r["article"], [[int(r["content_start"]), int(r["content_end"])]], r["speakers"].split("|"), r["status"])
    count_train = len(claims.rows)

    # Pairs: a, b, label, weight (in tenths), scope (0 within, 1 across, 2 clause), fold.
    pairs, labelled = [], set()
    topics = collections.defaultdict(set)
    for n, r in zip(placed, positions):
        topics[n].add(r["topic"])
    for (x, y), r in zip(named, relations):
        across = r["scope"] == "cross"
        common = sorted(topics[x] & topics[y] or topics[x] | topics[y])
        fold = fold_of(common[0]) if across and common else fold_of(r["id"] if across else r["a"]["article"])
        weight = 10 if r["label"] != "hard_negative" and r.get("sure", True) else 5
        pairs.append((x, y, kind(r), weight, int(across), fold, int(r["id"][1:])))
        labelled.add((min(x, y), max(x, y)))
    by_topic = collections.defaultdict(lambda: collections.defaultdict(dict))
    for n, r in zip(placed, positions):
        by_topic[r["topic"]][n][r["target"]] = r["polarity"], r["sure"]
    for topic, there in by_topic.items():
        numbers = sorted(there)
        loose = []
        for i, x in enumerate(numbers):
            for y in numbers[i + 1 :]:
                if claims.rows[x]["article"] == claims.rows[y]["article"] or (x, y) in labelled:
                    continue
                common = set(there[x]) & set(there[y])
                if not common:
                    loose.append((x, y))
                    continue
                like = {there[x][t][0] == there[y][t][0] for t in common}
                sure = all(there[x][t][1] and there[y][t][1] for t in common)
                if len(like) == 1:
                    label = LABELS["same"] if True in like else LABELS["contradiction"]
                    pairs.append((x, y, label, 8 if sure else 4, 1, fold_of(topic), -1))
                labelled.add((x, y))
        rng.shuffle(loose)
        for x, y in loose[: 12 * len(numbers)]:
            pairs.append((x, y, LABELS["neither"], 5, 1, fold_of(topic), -1))
            labelled.add((x, y))
    clauses, clause_at, clause_pairs = [], {}, []
    topic_clauses = collections.defaultdict(set)
    for r in positions:
        clause_at.setdefault((r["topic"], r["target"]), len(clause_at))
        topic_clauses[r["topic"]].add((r["topic"], r["target"]))
        if clause_at[r["topic"], r["target"]] == len(clauses):
            clauses.append(r["clause"])
    for n, r in zip(placed, positions):
        label = LABELS["same"] if r["polarity"] == "for" else LABELS["contradiction"]
        clause_pairs.append((n, clause_at[r["topic"], r["target"]], label, 10 if r["sure"] else 5, fold_of(r["topic"])))
        others = sorted(topic_clauses[r["topic"]] - {(r["topic"], t) for t in by_topic[r["topic"]][n]})
        for other in rng.sample(others, min(2, len(others))):
            clause_pairs.append((n, clause_at[other], LABELS["neither"], 5, fold_of(r["topic"])))
    topic_at = {topic: n for n, topic in enumerate(sorted(by_topic))}
    places = [(n, clause_at[r["topic"], r["target"]], 1 if r["polarity"] == "for" else -1, int(r["sure"]), topic_at[r["topic"]], fold_of(r["topic"]))
              for n, r in zip(placed, positions)]
    asserted = [n for n in range(count_train) if claims.rows[n]["status"] == "asserted"]
    near = [p for p in neighbours(claims.rows, asserted, 5) if p not in labelled
            and tuple(sorted((claims.rows[p[0]]["article"], claims.rows[p[1]]["article"]))) not in held]

    # What is measured on: claims of the articles read in full, and the pairs found by reading.
    read_pairs = []
    for r in read:
        numbers = [claims.add(r["article"], c["content"], c["speakers"], c["status"]) for c in r["claims"]]
        marks = {}
        for x, y, *rest in r["contradictions"]:
            marks[min(x, y), max(x, y)] = LABELS["plain"] if rest[2] and rest[1] != "inference" else LABELS["inferred"]
        for x, y in r["same"]:
            marks.setdefault((min(x, y), max(x, y)), LABELS["same"])
        for i in range(1, len(numbers) + 1):
            for j in range(i + 1, len(numbers) + 1):
                if numbers[i - 1] != numbers[j - 1] and r["claims"][i - 1]["status"] == r["claims"][j - 1]["status"] == "asserted":
                    read_pairs.append((numbers[i - 1], numbers[j - 1], marks.get((i, j), LABELS["neither"])))
    desk_sides = []
    for r in desk:
        for s in (r["a"], r["b"]):
            row = {"article": s["article"], "first": s["start"], "last": s["end"], "content": [[s["start"], s["end"]]]}
            text = claims.text(s["article"])
            old = len(claims.rows)
            number = claims.add(s["article"], row["content"], s["speaker"][:1], "asserted", s["text"])
            if number < old:
                claims.rows.append({**claims.rows[number], "words": s["text"]})
                number = old
            desk_sides.append(number)
    desk_pairs = [(desk_sides[2 * i], desk_sides[2 * i + 1]) for i in range(len(desk))]

    sets, nli, stories = [], [], Stories()
    label_of = {"contradiction": "contradiction", "entailment": "same", "neutral": "neither", "not_contradiction": "not"}
    for path in sorted(glob.glob(f"{a.corpora}/nli/*.jsonl.gz")):
        name = os.path.basename(path).split(".")[0]
        headlines = name == "news_headlines"
        keep = a.share if name in ("fever", "new_protocols", "wikifactcheck", "mined_neighbours", "snli") else 1.0
        for line in gzip.open(path, "rt", encoding="utf-8"):
            r = json.loads(line)
            if headlines and r["label"] in ("contradiction", "entailment"):
                stories.join(r["a"], r["b"])
            if random.Random(r["a"]).random() < keep:
                nli.append((pieces.cut(r["a"], 72), pieces.cut(r["b"], 72), LABELS[label_of[r["label"]]], (r["a"], r["b"]) if headlines else ()))
    tests = []
    for name in ("breaking_nli_dev", "negation_nli_dev", "sick_trial", "political_dev", "background_pairs"):
        for r in lines(f"relations/{name}.jsonl"):
            tests.append((pieces.cut(r["a"], 72), pieces.cut(r["b"], 72)))
            sets.append((name, r["id"], r["label"]))

    from relation_checked import Checked

    checked = Checked(pieces, f"{a.corpora}/matching", a.queries)
    fragment = lambda r: len(r["words"].split()) < 9 and len(r["sentence"]) > len(r["words"]) + 12
    out = {}
    for name, lists in {
        "speaker": [pieces.cut(r["speaker"], NAME) for r in claims.rows],
        "source": [pieces.cut(r["source"], NAME) for r in claims.rows],
        "cue": [pieces.cut(r["cue"], CUE) for r in claims.rows],
        "words": [pieces.cut(r["words"], WORDS) for r in claims.rows],
        "sentence": [pieces.cut(r["sentence"], SENTENCE) if fragment(r) else [] for r in claims.rows],
        "clauses": [pieces.cut(c, WORDS) for c in clauses],
        "nli_a": [x for x, *_ in nli], "nli_b": [y for _, y, *_ in nli], **checked.lists,
        "tests_a": [x for x, _ in tests], "tests_b": [y for _, y in tests],
    }.items():
        out[name], out[f"{name}_ends"] = flat(lists)
    articles = sorted({r["article"] for r in claims.rows})
    at = {name: n for n, name in enumerate(articles)}
    out["article"] = np.array([at[r["article"]] for r in claims.rows], np.int16)
    out["fold"] = np.array([fold_of(name) for name in articles], np.int8)
    out["asserted"] = np.array([r["status"] == "asserted" for r in claims.rows], np.int8)
    out["train"] = np.array([count_train], np.int32)
    out["pairs"] = np.array(pairs, np.int32)
    out["clause_pairs"] = np.array(clause_pairs, np.int32)
    out["places"] = np.array(places, np.int32)
    out["near"] = np.array(near, np.int32)
    out["read_pairs"] = np.array(read_pairs, np.int32)
    out["desk_pairs"] = np.array(desk_pairs, np.int32)
    out["nli_label"] = np.array([label for _, _, label, _ in nli], np.int8)
    out["nli_held"] = np.array([any(stories.number(t) % 4 == 0 for t in both) for *_, both in nli], np.int8)
    out["nli_news"] = np.array([bool(both) for *_, both in nli], np.int8)
    out["checked"], out["checked_tests"] = np.array(checked.pairs, np.int32), np.array(checked.tests, np.int32)
    plain = {}
    for name, array in out.items():
        # High and low bytes apart compress better.
        plain[name] = np.stack([array & 255, array >> 8]).astype(np.uint8) if array.dtype == np.uint16 else array
    file = io.BytesIO()
    np.savez(file, **plain)
    with open(f"{a.out}/data.npz.xz", "wb") as target:
        target.write(lzma.compress(file.getvalue(), preset=9 | lzma.PRESET_EXTREME))
    with open(f"{a.out}/claims.jsonl", "w", encoding="utf-8") as target:
        for r in claims.rows:
            target.write(json.dumps(r, ensure_ascii=False) + "\n")
    json.dump({"sets": sets, "relations": len(relations), "clauses": clauses, "articles": articles}, open(f"{a.out}/tables.json", "w"))
    print({name: array.shape for name, array in out.items() if not name.endswith("_ends")})
    print(collections.Counter(x[2] for x in pairs), os.path.getsize(f"{a.out}/data.npz.xz"))


if __name__ == "__main__":
    main()
