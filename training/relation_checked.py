"""What somebody said with the checked claims near it, for the answer of the relation model that says which of them it repeats."""

import collections
import json
import random

from relation_data import NAME, SENTENCE, WORDS, neighbours


class Checked:
    """What somebody says, and the checked claims that are near it: the one that it repeats, and others.

    `queries` holds, for each file of queries of `matching`, the nearest claims as `match --queries --format jsonl` lists them.
    Besides, a checked claim and its own headline repeat one another; headlines of claims that share rare words do not.
    """

    FILES = (("2b_train", "politifact", True), ("2020_train", "snopes", True), ("2b_dev", "politifact", False), ("2020_dev", "snopes", False))

    def __init__(self, pieces, folder, queries):
        self.pieces, self.pairs, self.tests = pieces, [], []
        self.lists = {name: [] for name in ("said_speaker", "said", "known_speaker", "known", "known_title")}
        read = lambda path: [json.loads(line) for line in open(path, encoding="utf-8")]
        rng = random.Random(2)
        for store in ("politifact", "snopes"):
            claims = read(f"{folder}/{store}_claims.jsonl")
            known = {c["id"]: self.known(c, True) for c in claims}
            for n, (name, of, train) in enumerate(self.FILES):
                if of != store:
                    continue
                near = {str(r["query_id"]): [m["id"] for m in r["matches"]] for r in read(f"{queries}/{name}.jsonl")}
                for q in read(f"{folder}/{name}.jsonl"):
                    query, wanted = self.said(q), set(q["relevant"])
                    listed = near.get(str(q["query_id"]), [])
                    for m in listed if not train else dict.fromkeys([*(r for r in wanted if r in known), *listed[:30]]):
                        (self.pairs if train else self.tests).append((query, known[m], int(m in wanted), n))
            rows = [{"words": c["text"], "article": c["id"]} for c in claims]
            chosen = sorted(rng.sample(range(len(claims)), len(claims) // 2))
            beside = collections.defaultdict(list)
            for x, y in neighbours(rows, range(len(rows)), 3):
                beside[x].append(y)
                beside[y].append(x)
            for x in chosen:
                query = self.said({"text": claims[x]["title"]})
                self.pairs.append((query, self.known(claims[x], False), 1, 9))
                for y in rng.sample(beside[x], min(3, len(beside[x]))):
                    self.pairs.append((query, self.known(claims[y], False), 0, 9))

    def said(self, query):
        self.lists["said_speaker"].append(self.pieces.cut(query.get("speaker") or "", NAME))
        self.lists["said"].append(self.pieces.cut(query["text"], WORDS))
        return len(self.lists["said"]) - 1

    def known(self, claim, titled):
        self.lists["known_speaker"].append(self.pieces.cut(claim.get("speaker") or "", NAME))
        self.lists["known"].append(self.pieces.cut(claim["text"], WORDS))
        self.lists["known_title"].append(self.pieces.cut(claim.get("title") or "", SENTENCE) if titled else [])
        return len(self.lists["known"]) - 1
