"""Writes what the relation model says of a few made-up pairs, for the test that holds the Rust side to it."""

import argparse
import json

import numpy as np
import torch

import relation_data
import relation_model

PAIRS = [
    (("Ada Lorn", "said", "the harbour will close in May"), ("Ben Tarrow", "denied", "that the harbour will close")),
    (("Ada Lorn", "said", "the harbour will close in May"), ("Ada Lorn", "said", "the harbour will stay open all year")),
    (("Ada Lorn", "supports", "the new bridge"), ("Ben Tarrow", "called", "the bridge a waste of money")),
    (("Ada Lorn", "said", "taxes fell by a fifth"), ("the auditors", "found", "that taxes rose")),
    (("Ada Lorn", "said", "she never met the banker"), ("Carl Voss", "testified", "that he saw Lorn dine with the banker twice")),
    (("Ada Lorn", "said", "it rained all week"), ("Carl Voss", "said", "the museum opens on Monday")),
    (("", "", "The council approved the plan."), ("", "", "The council rejected the plan.")),
    (("", "", "The council approved the plan."), ("", "", "The plan was approved by the council.")),
    (("Dora Quill", "promised", "to raise the minimum wage"), ("Dora Quill", "said", "wages are high enough and should not be raised by law")),
]


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--model", required=True)
    p.add_argument("--base", required=True)
    p.add_argument("--out", required=True)
    a = p.parse_args()
    base, pieces = relation_model.Base(a.base), relation_data.Pieces(a.base)
    model = relation_model.shipped(a.model, base).eval()
    first, last, colon = (pieces.rows[piece] for piece in ("[CLS]", "[SEP]", ":"))

    def side(name, cue, words):
        head = pieces.cut(name, relation_data.NAME) + pieces.cut(cue, relation_data.CUE)
        return head + ([colon] if head else []) + pieces.cut(words, relation_data.WORDS)

    with open(a.out, "w", encoding="utf-8", newline="\n") as out, torch.no_grad():
        for one, two in PAIRS:
            found = []
            for x, y in ((side(*one), side(*two)), (side(*two), side(*one))):
                run = torch.tensor([[first, *x, last, *y, last]])
                sides = torch.tensor([[0] * (len(x) + 2) + [1] * (len(y) + 1)])
                found.append(model(run, sides, torch.ones_like(run, dtype=torch.bool))[0].double().numpy())
            if len(found[0]) == len(relation_model.DESK):
                scores = np.mean([one - one.mean() for one in found], 0)
            else:
                # Contradiction, both orders; that the second is the one which the first repeats.
                scores = [np.mean([one[0] - np.logaddexp(one[1], one[2]) for one in found]), found[0][3] - found[0][4]]
            named = lambda t: dict(zip(("speaker", "cue", "words"), t))
            out.write(json.dumps({"a": named(one), "b": named(two), "scores": [round(float(x), 3) for x in scores]}) + "\n")


if __name__ == "__main__":
    main()
