"""The data of multi-query associative recall (Zoology, arXiv:2312.04927), and how a model is measured on it.

A sequence holds n key-value pairs (k v k v ...), then filler with queries (a key) at random places; at a
query the right next token is that key's value. Ids: 0 bos, 1 eos, 2 pad, 3 filler, 4 to 65 keys, 66 to 127
values. Answers are never shown, so nothing but memory helps.
"""

import json

import torch

V, FILL, KEYS, VALUES, T_EVAL = 128, 3, (4, 66), (66, 128), 128


def batch(gen, b, n, t, kinds=None):
    """Tokens [b, t] and targets [b, t], -100 where nothing is asked.

    kinds: how many different keys there are (all, unless told).
    """
    keys = torch.rand(b, kinds or KEYS[1] - KEYS[0], generator=gen).argsort(1)[:, :n] + KEYS[0]
    vals = torch.randint(*VALUES, (b, n), generator=gen)
    x = torch.full((b, t), FILL)
    y = torch.full((b, t), -100)
    x[:, 0 : 2 * n : 2], x[:, 1 : 2 * n : 2] = keys, vals
    q = (t - 2 * n) // 2  # half of what is left are queries
    where = torch.rand(b, t - 2 * n, generator=gen).argsort(1)[:, :q] + 2 * n
    if q >= n:
        which = torch.cat(
            [
                torch.rand(b, n, generator=gen).argsort(1),
                torch.randint(n, (b, q - n), generator=gen),
            ],
            1,
        )  # every key at least once
    else:
        which = torch.rand(b, n, generator=gen).argsort(1)[:, :q]
    return x.scatter(1, where, keys.gather(1, which)), y.scatter(1, where, vals.gather(1, which))


def make_eval(path):
    gen = torch.Generator().manual_seed(77001)
    seqs = []
    for n in (4, 8, 16, 32):
        x, y = batch(gen, 16, n, T_EVAL)
        for a, b in zip(x, y):
            p = (b >= 0).nonzero()[:, 0]
            seqs.append(
                {
                    "pairs": n,
                    "tokens": a.tolist(),
                    "query_positions": p.tolist(),
                    "answers": b[p].tolist(),
                }
            )
    with open(path, "w") as f:
        f.write(
            json.dumps(
                {
                    "task": "mqar",
                    "vocab_size": V,
                    "length": T_EVAL,
                    "keys": KEYS,
                    "values": VALUES,
                    "filler": FILL,
                    "metric": "share of query_positions p where argmax(logits after tokens[0..p]) equals the answer",
                    "sequences": 0,
                }
            ).replace('"sequences": 0}', '"sequences": [\n')
        )
        f.write(",\n".join(json.dumps(s, separators=(",", ":")) for s in seqs) + "\n]}\n")


def measure(fn, ev):
    by, pred, margin = {}, [], 1e9
    with torch.no_grad():
        for i in range(0, len(ev), 16):
            lg = fn(torch.tensor([s["tokens"] for s in ev[i : i + 16]])).float()
            for s, l in zip(ev[i : i + 16], lg):
                l = l[s["query_positions"]]
                p = l.argmax(-1)
                pred.append(p.tolist())
                top = l.topk(2, -1).values
                margin = min(margin, (top[:, 0] - top[:, 1]).min().item())
                a = by.setdefault(s["pairs"], [0, 0])
                a[0] += (p == torch.tensor(s["answers"])).sum().item()
                a[1] += len(p)
    tot = [sum(v[0] for v in by.values()), sum(v[1] for v in by.values())]
    return dict(
        accuracy=round(tot[0] / tot[1], 4),
        correct=tot[0],
        queries=tot[1],
        accuracy_by_pairs={str(n): round(c / q, 4) for n, (c, q) in by.items()},
        smallest_top1_margin=float(f"{margin:.2g}"),
        predictions=pred,
    )
