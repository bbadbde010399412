"""Trains prose or dna (mamba2.py's model) for so many minutes and saves it as transformers does.

usage: train.py text|dna MINUTES OUT [--data DATA_DIRECTORY] [--device cuda|cpu]

DATA_DIRECTORY is what prepare_text.py or prepare_dna.py wrote (./data by default). The batch's rows are contiguous
streams of the data; each step continues them with the state that the last one left, and now and then a row forgets its
own. Weights are averaged exponentially; the average is what is saved, in bfloat16. OUT gets config.json,
model.safetensors and training.json. prose took 7.4 and dna 7.2 minutes on one H200.
"""

import argparse
import json
import math
import os
import time
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import nn

import mamba2

WARM_UP = 200  # steps
FORGET = 0.03  # share of rows whose state is dropped before a step
REPORT = 250  # steps
EVALUATE = 2000  # steps
SCORED_BASES = 200_000


@dataclass
class Recipe:
    vocabulary: int
    width: int
    layers: int
    head_dim: int
    state_size: int
    batch: int
    length: int  # elements of a row in a step
    chunk: int  # elements of a chunk of the scan
    rate: float
    dropout: float
    weight_decay: float
    eos: int


RECIPES = {
    "text": Recipe(4096, 256, 11, 64, 64, 128, 512, 64, 3e-3, 0.05, 0.1, 0),
    "dna": Recipe(5, 192, 8, 32, 64, 64, 1024, 64, 3e-3, 0.1, 0.1, 4),
}


class Evaluation:
    """What the model gives for held-out data, in bits per byte or base."""

    def __init__(self, model, recipe, device):
        self.model, self.recipe, self.device = model, recipe, device

    @torch.no_grad()
    def nats(self, ids, window=4096):
        """Total for ids[1:], as one stream with carried state."""
        total = 0.0
        state = self.model.zero_state(1, self.device)
        x = torch.tensor(ids, device=self.device)[None]
        for start in range(0, x.shape[1] - 1, window):
            segment, target = x[:, start : start + window], x[:, start + 1 : start + window + 1]
            padding = -segment.shape[1] % self.recipe.chunk
            with autocast(self.device):
                logits, state = self.model(F.pad(segment, (0, padding)), state)
            total += F.cross_entropy(
                logits[0, : target.shape[1]].float(), target[0], reduction="sum"
            ).item()
        return total

    def bits_per_base(self, bases):
        scored = [self.recipe.eos] + bases[:SCORED_BASES]
        return self.nats(scored) / (len(scored) - 1) / math.log(2)

    @torch.no_grad()
    def bits_per_byte(self, blocks):
        """Over blocks (ids, bytes), each after one end-of-text id, all in one padded batch."""
        length = self.recipe.length
        longest = max(len(ids) for ids, _ in blocks) + 1
        padded = (longest + length - 1) // length * length
        x = torch.zeros(len(blocks), padded + 1, dtype=torch.long, device=self.device)
        mask = torch.zeros(len(blocks), padded, device=self.device)
        for row, (ids, _) in enumerate(blocks):
            x[row, 1 : len(ids) + 1] = torch.tensor(ids, device=self.device)
            mask[row, : len(ids)] = 1
        state = self.model.zero_state(len(blocks), self.device)
        total = 0.0
        for start in range(0, padded, length):
            with autocast(self.device):
                logits, state = self.model(x[:, start : start + length], state)
            target = x[:, start + 1 : start + length + 1]
            losses = F.cross_entropy(logits.float().transpose(1, 2), target, reduction="none")
            total += (losses * mask[:, start : start + length]).sum().item()
        return total / sum(size for _, size in blocks) / math.log(2)


def autocast(device):
    return torch.autocast(device, torch.bfloat16)


def load(kind, data):
    """Training ids, and what evaluate(limit) and controls() need."""
    if kind == "text":
        train = np.load(os.path.join(data, "train.npy")).astype(np.int64)
        with open(os.path.join(data, "held.json")) as file:
            held = [(ids, size) for _, ids, size in json.load(file)]
        return train, held, {}
    arrays = np.load(os.path.join(data, "dna.npz"))
    train = np.concatenate([arrays["train"], arrays["train_rc"]]).astype(np.int64)
    controls = {"reversed": arrays["held"][::-1].tolist(), "lambda": arrays["lam"].tolist()}
    return train, arrays["held"].tolist(), controls


def rate_at(step, share, peak):
    """Linear warm-up, then a cosine down to 3 % over the whole time."""
    return (
        peak * min(1, (step + 1) / WARM_UP) * (0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * share)))
    )


def fit(model, train, recipe, minutes, device, evaluate):
    """Trains until the time is up; returns the averaged weights, the steps made and the log."""
    average = {name: value.detach().clone() for name, value in model.state_dict().items()}
    groups = mamba2.parameter_groups(model, recipe.weight_decay)
    optimizer = torch.optim.AdamW(groups, lr=recipe.rate, betas=(0.9, 0.98), fused=True)
    train = torch.from_numpy(train).to(device)
    stream = len(train) // recipe.batch
    starts = torch.arange(recipe.batch, device=device) * stream
    reach = torch.arange(recipe.length + 1, device=device)[None]
    position, step, log = 0, 0, []
    state = model.zero_state(recipe.batch, device)
    begun, budget = time.time(), minutes * 60
    while (share := (time.time() - begun) / budget) < 1:
        rate = rate_at(step, share, recipe.rate)
        for group in optimizer.param_groups:
            group["lr"] = rate
        batch = train[(starts[:, None] + position + reach) % (stream * recipe.batch)]
        position += recipe.length
        if position > stream:
            position = int(torch.randint(0, stream, (1,)))
            state = model.zero_state(recipe.batch, device)
        keep = (torch.rand(recipe.batch, device=device) >= FORGET).float()
        state = [
            (c * keep[:, None, None].to(c.dtype), h * keep[:, None, None, None]) for c, h in state
        ]
        with autocast(device):
            logits, state = model(batch[:, :-1], state, recipe.dropout)
            loss = F.cross_entropy(logits.flatten(0, 1).float(), batch[:, 1:].flatten())
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step += 1
        with torch.no_grad():
            decay = min(0.999, step / (step + 10))
            torch._foreach_lerp_(
                list(average.values()), list(model.state_dict().values()), 1 - decay
            )
        if step % REPORT == 0:
            log.append((step, round(loss.item(), 4)))
            speed = step * recipe.batch * recipe.length / (time.time() - begun)
            print(
                f"step {step} loss {loss.item():.4f} rate {rate:.2e} {speed:.0f} elements/s",
                flush=True,
            )
        if step % EVALUATE == 0:
            log.append(("held", step, evaluate(24)))
            print(f"step {step} held out {log[-1][2]:.4f}", flush=True)
    return average, step, log


def save(model, out, record):
    os.makedirs(out, exist_ok=True)
    weights = {
        name: value.detach().to(torch.bfloat16).cpu().contiguous()
        for name, value in model.state_dict().items()
    }
    save_file(weights, os.path.join(out, "model.safetensors"), metadata={"format": "pt"})
    settings = {key: value for key, value in model.c.items() if key != "train_chunk"}
    for name, content in (("config.json", settings), ("training.json", record)):
        with open(os.path.join(out, name), "w") as file:
            json.dump(content, file, indent=2)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("kind", choices=sorted(RECIPES))
    parser.add_argument("minutes", type=float)
    parser.add_argument("out")
    parser.add_argument("--data", default="data")
    parser.add_argument("--device", default="cuda", choices=["cuda", "cpu"])
    args = parser.parse_args()
    torch.manual_seed(1)
    torch.backends.cuda.matmul.allow_tf32 = True
    recipe = RECIPES[args.kind]
    train, held, controls = load(args.kind, args.data)
    settings = mamba2.config(
        recipe.vocabulary,
        recipe.width,
        recipe.layers,
        recipe.head_dim,
        recipe.state_size,
        recipe.chunk,
        recipe.eos,
    )
    model = mamba2.Mamba2LM(settings).to(args.device)
    evaluation = Evaluation(model, recipe, args.device)

    def evaluate(limit=None):
        return (
            evaluation.bits_per_byte(held[:limit])
            if args.kind == "text"
            else evaluation.bits_per_base(held)
        )

    average, steps, log = fit(model, train, recipe, args.minutes, args.device, evaluate)
    raw = evaluate()
    model.load_state_dict(average)
    averaged = evaluate()
    others = {name: evaluation.bits_per_base(bases) for name, bases in controls.items()}
    print(
        f"{steps} steps; held out {raw:.4f}, averaged weights {averaged:.4f}; {others}", flush=True
    )
    record = dict(
        kind=args.kind,
        steps=steps,
        elements=steps * recipe.batch * recipe.length,
        minutes=args.minutes,
        held_out=raw,
        held_out_averaged=averaged,
        controls=others,
        log=log,
        parameters=sum(p.numel() for p in model.parameters()),
    )
    save(model, args.out, record)


if __name__ == "__main__":
    main()
