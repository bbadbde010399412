"""Trains the tiny recall models beside this file, or measures them again.

usage: train_recall.py NAME... [--out recall] [--seconds 300] [--threads 1]
       train_recall.py --eval-only NAME... [--out recall]

NAME is one of recall_models.MODELS. Writes OUT/recall_eval.json once (64 sequences, common to all models),
and for each model OUT/NAME/
  config.json, model.safetensors   float32
  golden.safetensors               tokens [T], logits [T, V] of the reference for one sequence, greedy [16]
  reference.json                   the reference's accuracy, also by number of pairs; its predictions

Needs torch 2.13, transformers 5.18 and safetensors.
"""

import argparse
import json
import os
import time

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load_file, save_file

from recall_data import batch, make_eval, measure
from recall_models import MODELS

# (pairs, length): the curriculum
STAGES = [(2, 32), (4, 32), (8, 64), (16, 64), (16, 128), (32, 128)]
LR = {"lstm": 4e-3}
# Stages and the longest share of the time in each. A stage may also say how many different keys
# there are: an LSTM learns nothing from all 62 at once.
CURRICULUM = {
    "lstm": (
        [
            (1, 8, 2),
            (2, 16, 2),
            (2, 16, 4),
            (3, 16, 8),
            (3, 24, 16),
            (4, 32, 32),
            (4, 32),
            (6, 48),
            (8, 64),
            (16, 128),
            (32, 128),
        ],
        [0.05, 0.2, 0.15, 0.12, 0.1, 0.08, 0.06, 0.04, 0.04, 0.03],
    )
}
USUAL = (STAGES, [0.3, 0.12, 0.12, 0.12, 0.12])


def train(name, seconds, seed=5, log=60):
    torch.manual_seed(seed)
    gen = torch.Generator().manual_seed(seed)
    m = MODELS[name][0]()
    m.train()
    lr = LR.get(name, 3e-3)
    mats = [w for w in m.parameters() if w.dim() == 2]
    ids = {id(w) for w in mats}
    opt = torch.optim.AdamW(
        [
            dict(params=mats, weight_decay=0.05),
            dict(params=[w for w in m.parameters() if id(w) not in ids], weight_decay=0.0),
        ],
        lr=lr,
        betas=(0.9, 0.98),
    )
    STAGES, patience = CURRICULUM.get(name, USUAL)
    t0 = time.time()
    step = stage = 0
    acc = {}
    entered = 0.0
    hist = []
    shown = 0
    while (used := time.time() - t0) < seconds:
        # The newest stage more than half of the time.
        i = (
            stage
            if torch.rand((), generator=gen) < 0.6
            else int(torch.randint(stage + 1, (), generator=gen))
        )
        n, t, *kinds = STAGES[i]
        f = used / seconds
        cool = min(1.0, max(0.02, (1 - f) / 0.3))
        for gr in opt.param_groups:
            gr["lr"] = lr * min(1, (step + 1) / 50) * cool
        x, y = batch(gen, 4096 // t if t > 32 else 64 if t == 32 else 128, n, t, *kinds)
        lg = m(x)
        k = y >= 0
        loss = F.cross_entropy(lg[k], y[k])
        opt.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(m.parameters(), 1.0)
        opt.step()
        a = (lg[k].argmax(-1) == y[k]).float().mean().item()
        acc[i] = 0.95 * acc.get(i, 0.0) + 0.05 * a
        step += 1
        if stage + 1 < len(STAGES) and (
            acc.get(stage, 0) > 0.93 or used - entered > seconds * patience[stage]
        ):
            stage += 1
            entered = used
            hist.append([step, round(used), STAGES[stage]])
        if used - shown > log:
            shown = used
            print(
                f"{name} {used:.0f}s step {step} stage {STAGES[stage]} loss {loss.item():.3f}",
                {STAGES[j]: round(v, 2) for j, v in sorted(acc.items())},
                flush=True,
            )
    m.eval()
    return m, dict(steps=step, seconds=round(time.time() - t0), stages=hist, seed=seed, lr=lr)


def finish(name, out, ev, record, m=None):
    d = os.path.join(out, name)
    ref = MODELS[name][1](d)
    r = measure(ref, ev)
    with torch.no_grad():
        tok = torch.tensor(ev[-1]["tokens"])
        lg = ref(tok[None])[0].float()
        seq = tok
        for _ in range(16):
            seq = torch.cat([seq, ref(seq[None])[0, -1].argmax().view(1)])
        if m is not None:
            record["trained form vs reference, max abs"] = float(
                f"{(m(tok[None])[0] - lg).abs().max().item():.2g}"
            )
    save_file(
        {"tokens": tok, "logits": lg.contiguous(), "greedy": seq[len(tok) :].contiguous()},
        f"{d}/golden.safetensors",
    )
    if not record and os.path.exists(f"{d}/reference.json"):
        record = json.load(open(f"{d}/reference.json"))["training"]
    json.dump({**r, "training": record}, open(f"{d}/reference.json", "w"))
    n = sum(v.numel() for v in load_file(f"{d}/model.safetensors").values())
    print(
        f"{name}: {n} parameters, accuracy {r['accuracy']}, {r['accuracy_by_pairs']}",
        flush=True,
    )


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("names", nargs="+")
    ap.add_argument("--out", default="recall")
    ap.add_argument("--seconds", type=float, default=300)
    ap.add_argument("--threads", type=int, default=1)
    ap.add_argument("--seed", type=int, default=5)
    ap.add_argument("--eval-only", action="store_true")
    a = ap.parse_args()
    torch.set_num_threads(a.threads)
    os.makedirs(a.out, exist_ok=True)
    e = os.path.join(a.out, "recall_eval.json")
    if not os.path.exists(e):
        make_eval(e)
    ev = json.load(open(e))["sequences"]
    for name in a.names:
        if a.eval_only:
            finish(name, a.out, ev, {})
            continue
        m, record = train(name, a.seconds, a.seed)
        m.save(os.path.join(a.out, name))
        finish(name, a.out, ev, record, m)


if __name__ == "__main__":
    main()
