"""Teaches the base to see words again before it reads: whole words of plain news are hidden and guessed.

The base was made to compare sentences; its states of single words are the poorer for it, and it has never seen letter
case, quotations or paragraphs as the reader gives them. Method: Devlin et al. 2019 (whole words, a fifth of them);
Gururangan et al. 2020 (more of it on the texts of the task).
"""

import argparse
import random
import time

import torch
import torch.nn.functional as F

import data
from corpus import Corpus, windows
from model import from_base

MASK = 103
HIDDEN = 0.2
WINDOWS = 64  # of a batch
NEAR = 1024  # windows that are sorted by length together


def arguments():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--base", required=True, help="model.safetensors of all-MiniLM-L6-v2")
    p.add_argument("--task", nargs="+", required=True, help="outputs of deep_inputs; these articles count twice")
    p.add_argument("--plain", nargs="*", default=[], help="outputs of deep_inputs of more English text")
    p.add_argument("--out", required=True)
    p.add_argument("--epochs", type=float, default=10)
    p.add_argument("--rate", type=float, default=2.5e-4)
    p.add_argument("--seed", type=int, default=1)
    return p.parse_args()


def main():
    a = arguments()
    torch.manual_seed(a.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    task, plain = ([x for path in paths for x in data.read_inputs(path).values()] for paths in (a.task, a.plain))
    corpus = Corpus(task + plain, device)
    model = from_base(a.base).to(device)
    pieces, size = model.piece.weight.shape
    head = torch.nn.Sequential(torch.nn.Linear(size, size), torch.nn.GELU(), torch.nn.LayerNorm(size)).to(device)
    bias = torch.nn.Parameter(torch.zeros(pieces, device=device))
    with torch.no_grad():
        head[0].weight.copy_(torch.eye(size))
        head[0].bias.zero_()
    parts = ((list(model.parameters()), a.rate), ([*head.parameters(), bias], 5 * a.rate))
    optimiser = torch.optim.AdamW([{"params": p, "lr": rate, "base": rate} for p, rate in parts], fused=device == "cuda")
    total, seen, step, began, rng = a.epochs * (2 * len(task) + len(plain)), 0.0, 0, time.time(), random.Random(a.seed)
    model.train()
    while seen < total:
        items = [(x, w[0], w[1]) for x in task * 2 + plain for w in windows(x, margin=8, shorter=rng.randint(0, 200))]
        share = (2 * len(task) + len(plain)) / len(items)
        rng.shuffle(items)
        near = [sorted(items[k:k + NEAR], key=lambda x: x[0].starts[x[2]] - x[0].starts[x[1]]) for k in range(0, len(items), NEAR)]
        batches = [part[k:k + WINDOWS] for part in near for k in range(0, len(part), WINDOWS)]
        rng.shuffle(batches)
        for part in batches:
            for group in optimiser.param_groups:
                group["lr"] = group["base"] * min((step + 1) / 100, max(1.01 - seen / total, 0.01))
            (*inputs, _, _), at, inside = corpus.batch(part)
            hidden = (torch.rand(len(corpus.starts), device=device) < HIDDEN)[corpus.owner[at]] & inside
            gold, chance = inputs[0][hidden], torch.rand(inputs[0].shape, device=device)
            shown = torch.where(hidden & (chance < 0.8), MASK, inputs[0])
            inputs[0] = torch.where(hidden & (chance >= 0.9), torch.randint(0, pieces, shown.shape, device=device), shown)
            with torch.autocast(device, dtype=torch.bfloat16, enabled=device == "cuda"):
                guess = head(model.encode(*inputs)[hidden]) @ model.piece.weight.T + bias
            loss = F.cross_entropy(guess.float(), gold)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            step += 1
            seen += share * len(part)
            if step % 100 == 0:
                print(f"step {step}, {100 * seen / total:.1f} % done, loss {float(loss.detach()):.3f}, {time.time() - began:.0f} s", flush=True)
    torch.save({"mean": model.cpu().state_dict(), "arguments": vars(a)}, a.out)


if __name__ == "__main__":
    main()
