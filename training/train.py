"""Fine-tunes the deep reader on PolNeAR train; see README.md. One checkpoint an epoch, the averaged weights beside it."""

import argparse
import copy
import os
import random
import time

import torch
import torch.nn.functional as F

import data
import measure
from model import from_base, groups


def arguments():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--base", required=True, help="model.safetensors of all-MiniLM-L6-v2")
    p.add_argument("--inputs", required=True, help="train.tsv of the deep_inputs example")
    p.add_argument("--gold", required=True, help="folder of .ann files")
    p.add_argument("--dev-inputs")
    p.add_argument("--dev-gold")
    p.add_argument("--out", required=True, help="folder for checkpoints")
    p.add_argument("--epochs", type=int, default=5)
    p.add_argument("--batch", type=int, default=8)
    p.add_argument("--rate", type=float, default=2e-4)
    p.add_argument("--decay", type=float, default=0.9, help="factor of the rate with each layer down")
    p.add_argument("--head-rate", type=float, default=1e-3)
    p.add_argument("--average", type=float, default=0.99, help="decay of the running average of the weights")
    p.add_argument("--warm", type=int, default=60, help="steps until the full rate")
    p.add_argument("--held", type=int, default=24, help="articles of train kept out to choose the epoch")
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--resume", help="checkpoint to go on from")
    p.add_argument("--steps", type=int, default=0, help="plan for so many steps in place of whole epochs, and stop there")
    p.add_argument("--save-every", type=int, default=100, help="steps between two checkpoints")
    return p.parse_args()


def main():
    a = arguments()
    torch.manual_seed(a.seed)
    torch.set_num_threads(a.threads)
    os.makedirs(a.out, exist_ok=True)
    articles = data.load(a.inputs, a.gold)
    random.Random(7).shuffle(articles)
    held, train = articles[:a.held], articles[a.held:]
    targets = {x.name: x.targets() for x in train}
    dev = data.load(a.dev_inputs, a.dev_gold) if a.dev_inputs else []
    model = from_base(a.base)
    mean = copy.deepcopy(model)
    optimiser = torch.optim.AdamW(groups(model, a.rate, a.decay, a.head_rate), fused=True)
    step = 0
    if a.resume:
        saved = torch.load(a.resume)
        model.load_state_dict(saved["model"])
        mean.load_state_dict(saved["mean"])
        optimiser.load_state_dict(saved["optimiser"])
        step = saved["step"]
    plan = [(n, items) for n in range(a.epochs) for items in data.epoch(train, a.batch, a.seed * 1000 + n)]
    total = min(a.steps or len(plan), len(plan))
    print(f"{len(train)} articles, {total} steps of {len(plan) // a.epochs} an epoch", flush=True)

    def save(name, number):
        saved = {"model": model.state_dict(), "mean": mean.state_dict(), "optimiser": optimiser.state_dict(),
                 "step": step, "epoch": number, "arguments": vars(a)}
        torch.save(saved, os.path.join(a.out, name + ".new"))
        os.replace(os.path.join(a.out, name + ".new"), os.path.join(a.out, name))

    model.train()
    began, seen, loss_sum, since = time.time(), 0, 0.0, 0
    while step < total:
        number, items = plan[step]
        step += 1
        at = min(step / a.warm, max(0.02, 1 - (step - a.warm) / max(total - a.warm, 1)))
        for group in optimiser.param_groups:
            group["lr"] = group["base"] * at
        inputs = data.batch(items)
        gold = torch.zeros(len(items), inputs[5].shape[1], 7)
        for row, (article, i, j) in enumerate(items):
            gold[row, :j - i] = targets[article.name][i:j]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = model(*inputs)
        loss = -(gold * scores.float().log_softmax(-1)).sum() / inputs[6].sum()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        keep = min(a.average, (1 + step) / (10 + step))
        with torch.no_grad():
            torch._foreach_lerp_(list(mean.parameters()), list(model.parameters()), 1 - keep)
        seen += int(inputs[6].sum())
        loss_sum += float(loss.detach())
        since += 1
        if step % 20 == 0:
            rate = seen / (time.time() - began)
            print(f"epoch {number} step {step} loss {loss_sum / since:.4f} {rate:.0f} tokens/s", flush=True)
            loss_sum, since = 0.0, 0
        if step % a.save_every == 0:
            save("last.pt", number)
        if step == total or plan[step][0] != number:
            save(f"epoch{number}.pt", number)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                print(f"epoch {number} held", measure.f1(held, measure.read(mean, held)), flush=True)
                if dev and step == total:
                    print(f"epoch {number} dev", measure.f1(dev, measure.read(mean, dev)), flush=True)
            model.train()


if __name__ == "__main__":
    main()
