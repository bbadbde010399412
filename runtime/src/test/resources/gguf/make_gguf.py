"""Converts reference checkpoints (safetensors) to small GGUF files as llama.cpp's converter lays them out.

Development only: pip install torch safetensors gguf numpy
    python make_gguf.py GOLDENS OUT [NAME-TYPE ...]
where GOLDENS holds one folder for each architecture with config.json and model.safetensors.
"""

import json
import pathlib
import sys

import gguf
import numpy as np
import torch
from safetensors.torch import load_file

F32 = gguf.GGMLQuantizationType.F32


def interleaved(weight, heads):
    """Rows in the order of ggml's rotary embedding: the two halves of each head alternate."""
    half = weight.shape[0] // heads // 2
    return weight.reshape(heads, 2, half, *weight.shape[1:]).swapaxes(1, 2).reshape(weight.shape)


class Conversion:
    """One architecture on its way into one file."""

    def __init__(self, golden, arch, kind, target):
        self.config = json.loads((golden / "config.json").read_text())
        self.tensors = {
            name: t.float() for name, t in load_file(golden / "model.safetensors").items()
        }
        self.kind = gguf.GGMLQuantizationType[kind]
        self.writer = gguf.GGUFWriter(target, arch)
        self.arch = arch

    def settings(self, table):
        """Adds whole numbers, booleans, floats and lists of whole numbers."""
        for key, value in table.items():
            key = f"{self.arch}.{key}"
            if isinstance(value, bool):
                self.writer.add_bool(key, value)
            elif isinstance(value, float):
                self.writer.add_float32(key, value)
            elif isinstance(value, str):
                self.writer.add_string(key, value)
            elif isinstance(value, list):
                self.writer.add_array(key, value)
            else:
                self.writer.add_uint32(key, value)

    def add(self, name, tensor, exact=False):
        """Adds a tensor: matrices in the file's type, all else, and what is to stay exact, in float32."""
        data = tensor.contiguous().numpy().astype(np.float32)
        fits = data.ndim >= 2 and not exact
        if fits and self.kind in gguf.GGML_QUANT_SIZES:
            fits = data.shape[-1] % gguf.GGML_QUANT_SIZES[self.kind][0] == 0
        kind = self.kind if fits else F32
        if kind == F32:
            self.writer.add_tensor(name, data)
        else:
            self.writer.add_tensor(name, gguf.quants.quantize(data, kind), raw_dtype=kind)

    def take(self, name):
        return self.tensors.pop(name)

    def rename(self, table, **marks):
        """Adds what the table names as it is; N counts layers."""
        for source, target in table.items():
            layers = self.config.get("num_hidden_layers", 64) if ".N." in source else 1
            for i in range(layers):
                name = source.replace(".N.", f".{i}.")
                if name in self.tensors:
                    self.add(target.replace(".N.", f".{i}."), self.take(name), **marks)

    def close(self):
        assert not self.tensors, sorted(self.tensors)
        self.writer.write_header_to_file()
        self.writer.write_kv_data_to_file()
        self.writer.write_tensors_to_file()
        self.writer.close()


def mamba(c):
    config = c.config
    c.settings(
        {
            "context_length": 1 << 20,
            "embedding_length": config["hidden_size"],
            "feed_forward_length": 0,
            "attention.head_count": 0,
            "block_count": config["num_hidden_layers"],
            "ssm.conv_kernel": config["conv_kernel"],
            "ssm.inner_size": config["intermediate_size"],
            "ssm.state_size": config["state_size"],
            "ssm.time_step_rank": config["time_step_rank"],
            "ssm.dt_b_c_rms": config["model_type"] == "falcon_mamba",
            "attention.layer_norm_rms_epsilon": config["layer_norm_epsilon"],
        }
    )
    for i in range(config["num_hidden_layers"]):
        mixer = f"backbone.layers.{i}.mixer."
        c.add(f"blk.{i}.ssm_a", -torch.exp(c.take(mixer + "A_log")), exact=True)
        c.add(f"blk.{i}.ssm_conv1d.weight", c.take(mixer + "conv1d.weight").squeeze(), exact=True)
    c.rename(
        {
            "backbone.embeddings.weight": "token_embd.weight",
            "backbone.norm_f.weight": "output_norm.weight",
            "lm_head.weight": "output.weight",
            "backbone.layers.N.norm.weight": "blk.N.attn_norm.weight",
            "backbone.layers.N.mixer.in_proj.weight": "blk.N.ssm_in.weight",
            "backbone.layers.N.mixer.conv1d.bias": "blk.N.ssm_conv1d.bias",
            "backbone.layers.N.mixer.x_proj.weight": "blk.N.ssm_x.weight",
            "backbone.layers.N.mixer.dt_proj.weight": "blk.N.ssm_dt.weight",
            "backbone.layers.N.mixer.dt_proj.bias": "blk.N.ssm_dt.bias",
            "backbone.layers.N.mixer.D": "blk.N.ssm_d",
            "backbone.layers.N.mixer.out_proj.weight": "blk.N.ssm_out.weight",
        }
    )


def ssd(c, mixer, i, groups):
    """The mixer of Mamba-2 in layer i, below the name mixer."""
    c.add(f"blk.{i}.ssm_a", -torch.exp(c.take(mixer + "A_log")).reshape(-1, 1), exact=True)
    c.add(f"blk.{i}.ssm_d", c.take(mixer + "D").reshape(-1, 1), exact=True)
    c.add(f"blk.{i}.ssm_conv1d.weight", c.take(mixer + "conv1d.weight").squeeze(), exact=True)
    c.add(f"blk.{i}.ssm_conv1d.bias", c.take(mixer + "conv1d.bias"))
    c.add(f"blk.{i}.ssm_dt.bias", c.take(mixer + "dt_bias"))
    c.add(f"blk.{i}.ssm_in.weight", c.take(mixer + "in_proj.weight"))
    c.add(f"blk.{i}.ssm_out.weight", c.take(mixer + "out_proj.weight"))
    if mixer + "norm.weight" in c.tensors:
        c.add(
            f"blk.{i}.ssm_norm.weight",
            c.take(mixer + "norm.weight").reshape(groups, -1),
            exact=True,
        )


def mamba2(c):
    config = c.config
    c.settings(
        {
            "context_length": 1 << 20,
            "embedding_length": config["hidden_size"],
            "feed_forward_length": 0,
            "attention.head_count": 0,
            "block_count": config["num_hidden_layers"],
            "ssm.conv_kernel": config["conv_kernel"],
            "ssm.inner_size": config["num_heads"] * config["head_dim"],
            "ssm.state_size": config["state_size"],
            "ssm.time_step_rank": config["num_heads"],
            "ssm.group_count": config["n_groups"],
            "attention.layer_norm_rms_epsilon": config["layer_norm_epsilon"],
        }
    )
    for i in range(config["num_hidden_layers"]):
        ssd(c, f"backbone.layers.{i}.mixer.", i, config["n_groups"])
    c.rename(
        {
            "backbone.embeddings.weight": "token_embd.weight",
            "backbone.norm_f.weight": "output_norm.weight",
            "lm_head.weight": "output.weight",
            "backbone.layers.N.norm.weight": "blk.N.attn_norm.weight",
        }
    )


def llama(c):
    config = c.config
    heads, kv_heads = config["num_attention_heads"], config["num_key_value_heads"]
    c.settings(
        {
            "context_length": config["max_position_embeddings"],
            "embedding_length": config["hidden_size"],
            "feed_forward_length": config["intermediate_size"],
            "block_count": config["num_hidden_layers"],
            "attention.head_count": heads,
            "attention.head_count_kv": kv_heads,
            "attention.layer_norm_rms_epsilon": config["rms_norm_eps"],
            "rope.dimension_count": config["head_dim"],
            "rope.freq_base": config["rope_parameters"]["rope_theta"],
            "rope.scaling.type": config["rope_parameters"]["rope_type"],
            "rope.scaling.factor": config["rope_parameters"]["factor"],
            "vocab_size": config["vocab_size"],
        }
    )
    for i in range(config["num_hidden_layers"]):
        attention = f"model.layers.{i}.self_attn."
        c.add(f"blk.{i}.attn_q.weight", interleaved(c.take(attention + "q_proj.weight"), heads))
        c.add(f"blk.{i}.attn_k.weight", interleaved(c.take(attention + "k_proj.weight"), kv_heads))
    c.rename(
        {
            "model.embed_tokens.weight": "token_embd.weight",
            "model.norm.weight": "output_norm.weight",
            "lm_head.weight": "output.weight",
            "model.layers.N.input_layernorm.weight": "blk.N.attn_norm.weight",
            "model.layers.N.post_attention_layernorm.weight": "blk.N.ffn_norm.weight",
            "model.layers.N.self_attn.v_proj.weight": "blk.N.attn_v.weight",
            "model.layers.N.self_attn.o_proj.weight": "blk.N.attn_output.weight",
            "model.layers.N.mlp.gate_proj.weight": "blk.N.ffn_gate.weight",
            "model.layers.N.mlp.up_proj.weight": "blk.N.ffn_up.weight",
            "model.layers.N.mlp.down_proj.weight": "blk.N.ffn_down.weight",
        }
    )


CONVERSIONS = {"mamba": mamba, "falcon_mamba": mamba, "mamba2": mamba2, "llama": llama}
ARCHITECTURES = {"falcon_mamba": "mamba"}
FILES = [
    "mamba-F32",
    "mamba-F16",
    "mamba-BF16",
    "mamba-Q8_0",
    "mamba-Q4_0",
    "falcon_mamba-F32",
    "mamba2-F32",
    "mamba2-Q8_0",
    "llama-F32",
    "llama-Q8_0",
]


def main():
    goldens, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    for file in sys.argv[3:] or FILES:
        name, kind = file.rsplit("-", 1)
        target = out / f"{file}.gguf"
        c = Conversion(goldens / name, ARCHITECTURES.get(name, name), kind, target)
        CONVERSIONS[name](c)
        c.close()
        print(target.name, target.stat().st_size)


if __name__ == "__main__":
    main()
