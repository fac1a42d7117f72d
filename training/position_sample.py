"""Writes what the encoder of positions says of a few made-up pairs, for the test that holds the Rust side to it."""

import argparse
import json
import math

import position
import relation_data
import relation_model
import torch
from relation_sample import PAIRS


def shipped(path, base):
    """The model of a file that `position.ship` wrote."""
    file = relation_model.Base.__new__(relation_model.Base)
    file.data, file.at, file.state = open(path, "rb").read(), 8 + 16 + 21 + 24 + 12, {}
    file.layers, file.width, file.heads, file.inner = base.layers, base.width, base.heads, base.inner
    model = position.Tower(base, 1)
    for n in range(1, base.layers):
        file.layer(n)
    width, target, stance = base.width, position.TARGET, position.STANCE
    shapes = {"target.weight": (target, width), "target.bias": (target,), "stance.weight": (stance, 2 * width), "stance.bias": (stance,),
              "axis": (stance,), "near": (2,), "bias": (2,)}
    for name, shape in shapes.items():
        file.state[name] = file.row(math.prod(shape)).view(shape)
    model.load_state_dict(file.state, strict=False)
    return model.eval()


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--model", required=True)
    p.add_argument("--base", required=True)
    p.add_argument("--out", required=True)
    a = p.parse_args()
    base, pieces = relation_model.Base(a.base), relation_data.Pieces(a.base)
    model = shipped(a.model, base)
    first, last, colon = (pieces.rows[piece] for piece in ("[CLS]", "[SEP]", ":"))

    def read(name, cue, words):
        head = pieces.cut(name, relation_data.NAME) + pieces.cut(cue, relation_data.CUE)
        run = torch.tensor([[first, *head, *([colon] if head else []), *pieces.cut(words, relation_data.WORDS), last]])
        return model(run, torch.ones_like(run, dtype=torch.bool))

    with open(a.out, "w", encoding="utf-8", newline="\n") as out, torch.no_grad():
        for one, two in PAIRS:
            scores = model.pairs(read(*one), read(*two))[0].tolist()
            named = lambda t: dict(zip(("speaker", "cue", "words"), t))
            out.write(json.dumps({"a": named(one), "b": named(two), "scores": [round(x, 3) for x in scores]}) + "\n")


if __name__ == "__main__":
    main()
