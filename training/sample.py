"""Writes what the Python model says of the sample text, for the test that holds the Rust reader against it.

Reads the output of `deep_inputs`, with the kept pieces, over a folder with `sample.txt`; the weights go through 8 bits first, as in the export.
One line a token: begin, end, seven log-probabilities, and the share that the token has when the word `--asked` points
(the last pronoun of the sample).
"""

import argparse

import torch

import data
import export
from corpus import Corpus
from model import Reader


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--checkpoints", nargs="+", required=True, help="their mean is read with")
    p.add_argument("--vocabulary", required=True, help="all pieces of the base")
    p.add_argument("--kept", required=True, help="the kept pieces, as export.py wrote them")
    p.add_argument("--inputs", required=True)
    p.add_argument("--asked", type=int, required=True, help="number of the word that points")
    p.add_argument("--out", required=True)
    a = p.parse_args()
    state = export.rounded(export.averaged(a.checkpoints))
    pieces, kept = (open(path, encoding="utf-8").read().split("\n")[:-1] for path in (a.vocabulary, a.kept))
    numbers = {piece: number for number, piece in enumerate(pieces)}
    state["piece.weight"] = state["piece.weight"][[numbers[piece] for piece in kept]]
    model = Reader(state["piece.weight"].shape[0])
    model.load_state_dict(state)
    article = data.read_inputs(a.inputs)["sample"]
    corpus = Corpus([article], "cpu", kept.index("[CLS]"), kept.index("[SEP]"))
    model.eval()
    with torch.inference_mode():
        scores, states = corpus.read(model, [article])
        asked = torch.tensor([a.asked])
        one = torch.tensor([True])
        shares = model.point(states, asked, asked + 1, one, corpus.paragraphs, torch.zeros(len(article), dtype=torch.long))[0].exp()
    with open(a.out, "w", encoding="utf-8", newline="\n") as out:
        for begin, end, row, share in zip(article.begins, article.ends, scores.log_softmax(-1), shares.tolist()):
            out.write(f"{begin}\t{end}\t" + "\t".join(f"{x:.3f}" for x in [*row.tolist(), share]) + "\n")


if __name__ == "__main__":
    main()
