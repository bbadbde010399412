"""Makes the .pth files beside it with torch.save, and the same tensors as .safetensors.

Development only: pip install torch safetensors numpy; python make_pth.py
"""

import collections
import pathlib

import torch
from safetensors.torch import save_file

HERE = pathlib.Path(__file__).parent
torch.manual_seed(4)


def save(name, state, **how):
    torch.save(state, HERE / f"{name}.pth", **how)
    if "state_dict" in state:
        state = state["state_dict"]
    save_file(
        {key: t.detach().clone().contiguous() for key, t in state.items()},
        HERE / f"{name}.safetensors",
    )


shared = torch.randn(6, 5)
mixed = {
    "double": torch.randn(3, dtype=torch.float64),
    "float": torch.randn(2, 3, 4),
    "half": torch.randn(7).half(),
    "bfloat16": torch.randn(4, 1, 2).bfloat16(),
    "long": torch.tensor([1 << 40, -3]),
    "int": torch.tensor([5, -6], dtype=torch.int32),
    "short": torch.tensor([7, -8], dtype=torch.int16),
    "char": torch.tensor([9, -10], dtype=torch.int8),
    "byte": torch.tensor([200, 11], dtype=torch.uint8),
    "bool": torch.tensor([True, False]),
    "scalar": torch.tensor(12.5),
    "empty": torch.empty(0, 3),
    "parameter": torch.nn.Parameter(torch.randn(3, 2)),
    "shared": shared,
    "row": shared[2],
    "rows": shared[1:4],
    "transposed": shared.T,
    "column": shared[:, 3],
    "strided": shared[::2, 1::2],
}
save("mixed", mixed)
save("protocol5", {"a": torch.arange(6.0).reshape(2, 3)}, pickle_protocol=5)
save(
    "wrapped",
    {
        "state_dict": collections.OrderedDict(a=torch.arange(6.0)),
        "epoch": 3,
        "loss": 0.5,
        "name": "x",
    },
)

module = torch.nn.LSTM(3, 4, 2)
save("lstm", module.state_dict())

hidden, layers, vocabulary = 16, 2, 20
rwkv7 = {
    "emb.weight": (vocabulary, hidden),
    "ln_out.weight": (hidden,),
    "ln_out.bias": (hidden,),
    "head.weight": (vocabulary, hidden),
}
for i in range(layers):
    block = f"blocks.{i}."
    for norm in ["ln1", "ln2"] + ["ln0"] * (i == 0):
        rwkv7 |= {f"{block}{norm}.weight": (hidden,), f"{block}{norm}.bias": (hidden,)}
    for x in "rwkvag":
        rwkv7[f"{block}att.x_{x}"] = (1, 1, hidden)
    for letter, rank in [("w", 5), ("a", 4), ("v", 3)][: 3 if i else 2]:
        rwkv7 |= {
            f"{block}att.{letter}0": (1, 1, hidden),
            f"{block}att.{letter}1": (hidden, rank),
            f"{block}att.{letter}2": (rank, hidden),
        }
    rwkv7 |= {
        f"{block}att.g1": (hidden, 6),
        f"{block}att.g2": (6, hidden),
        f"{block}att.k_k": (1, 1, hidden),
        f"{block}att.k_a": (1, 1, hidden),
        f"{block}att.r_k": (2, 8),
    }
    for matrix in ["receptance", "key", "value", "output"]:
        rwkv7[f"{block}att.{matrix}.weight"] = (hidden, hidden)
    rwkv7 |= {
        f"{block}att.ln_x.weight": (hidden,),
        f"{block}att.ln_x.bias": (hidden,),
        f"{block}ffn.x_k": (1, 1, hidden),
        f"{block}ffn.key.weight": (4 * hidden, hidden),
        f"{block}ffn.value.weight": (hidden, 4 * hidden),
    }
save("rwkv7", {name: torch.randn(shape).bfloat16() for name, shape in rwkv7.items()})

# What is to be refused.
torch.save({"a": torch.zeros(2)}, HERE / "legacy.pth", _use_new_zipfile_serialization=False)
torch.save(torch.nn.Linear(2, 2), HERE / "module.pth")
torch.save({"a": torch.zeros(1).expand(1000)}, HERE / "expanded.pth")
torch.save({"a": torch.zeros(2, dtype=torch.float8_e4m3fn)}, HERE / "float8.pth")
torch.jit.save(torch.jit.script(torch.nn.Linear(2, 2)), HERE / "script.pth")
