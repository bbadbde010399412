"""The models of recall that train_recall.py trains, in the names of their references.

Those of transformers are transformers' own, with faster forms of convolution and scan while they train. The
others have the weight names of flash-linear-attention (gla, based) and of torch (lstm).
"""

import json
import math
import os
import sys

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load_file, save_file

from recall_data import V

TOK = dict(bos_token_id=0, eos_token_id=1, pad_token_id=2)


def fast_conv(x, weight, bias=None, activation=None, **_):
    """causal depthwise convolution, [b, c, t]: k shifted products"""
    t, k = x.shape[-1], weight.shape[-1]
    p = F.pad(x, (k - 1, 0))
    y = sum(p[..., i : i + t] * weight[:, i, None] for i in range(k))
    if bias is not None:
        y = y + bias[:, None]
    return F.silu(y) if activation else y


def fast_ssd(x, dt, A, B, C, chunk_size=32, D=None, dt_bias=None, dt_softplus=True, **_):
    """Mamba-2's chunked scan for one group: x [b,t,h,p], dt [b,t,h], B, C [b,t,1,n]"""
    b, t, h, p = x.shape
    n = B.shape[-1]
    l = 32
    c = t // l
    assert t % l == 0 and B.shape[2] == 1
    dt = F.softplus(dt + dt_bias)
    skip = x * D[:, None]
    u = (x * dt[..., None]).view(b, c, l, h, p).permute(0, 1, 3, 2, 4)
    cs = (dt * A).view(b, c, l, h).permute(0, 1, 3, 2).cumsum(-1)
    B = B.view(b, c, l, n)
    C = C.view(b, c, l, n)
    future = torch.ones(l, l, dtype=torch.bool).triu(1)
    decay = (cs[..., :, None] - cs[..., None, :]).masked_fill(future, float("-inf")).exp()
    y = ((C @ B.transpose(-1, -2))[:, :, None] * decay) @ u
    s = B.transpose(-1, -2)[:, :, None] @ (u * (cs[..., -1:] - cs).exp()[..., None])
    a = cs[..., -1].exp()
    st, hs = torch.zeros_like(s[:, 0]), []
    for i in range(c):
        hs.append(st)
        st = st * a[:, i, :, None, None] + s[:, i]
    y = y + (C[:, :, None] @ torch.stack(hs, 1)) * cs.exp()[..., None]
    return y.permute(0, 1, 3, 2, 4).reshape(b, t, h, p) + skip


class HF(nn.Module):
    """A transformers model; while it trains, with the fast convolution and scan above."""

    def __init__(self, model_type, **kw):
        super().__init__()
        from transformers import AutoConfig, AutoModelForCausalLM

        self.m = AutoModelForCausalLM.from_config(
            AutoConfig.for_model(model_type, vocab_size=V, **TOK, **kw), attn_implementation="eager"
        ).float()
        self.mod = sys.modules[type(self.m).__module__]
        with torch.no_grad():  # memory that lasts about the length of a sequence, at the start
            for k, w in self.m.named_parameters():
                if k.endswith("dt_bias"):
                    dt = torch.exp(torch.linspace(math.log(0.001), math.log(0.1), len(w)))
                    w.copy_(dt + torch.log(-torch.expm1(-dt)))
                if w.dim() == 2 and "conv" not in k:
                    w.normal_(
                        std=0.5 / math.sqrt(w.shape[1])
                        if "embed" not in k
                        else 0.5 / math.sqrt(w.shape[1])
                    )

    def forward(self, x):
        fast = {
            k: v
            for k, v in (("mamba2_chunk_scan", fast_ssd), ("causal_conv1d_fn", fast_conv))
            if hasattr(self.mod, k)
        }
        old = {k: getattr(self.mod, k) for k in fast}
        try:
            for k, v in fast.items():
                setattr(self.mod, k, v)
            return self.m(x, use_cache=False).logits
        finally:
            for k, v in old.items():
                setattr(self.mod, k, v)

    def save(self, d):
        self.m.save_pretrained(d)
        g = os.path.join(d, "generation_config.json")
        os.path.exists(g) and os.remove(g)


def hf_reference(d):
    from transformers import AutoModelForCausalLM

    m = AutoModelForCausalLM.from_pretrained(
        d, dtype=torch.float32, attn_implementation="eager"
    ).eval()
    return lambda x: m(x, use_cache=False).logits


class LSTM(nn.Module):
    def __init__(self, E=64, H=88, L=2):
        super().__init__()
        self.cfg = dict(
            model_type="lstm",
            architectures=["RNNModel"],
            vocab_size=V,
            embedding_size=E,
            hidden_size=H,
            num_layers=L,
            bias=True,
            gate_order="i,f,g,o",
        )
        self.encoder = nn.Embedding(V, E)
        self.rnn = nn.LSTM(E, H, L, batch_first=True)
        self.decoder = nn.Linear(H, V)
        with torch.no_grad():
            for l in range(L):
                getattr(self.rnn, f"bias_ih_l{l}")[H : 2 * H].fill_(1.5)  # forget gates open

    def forward(self, x):
        return self.decoder(self.rnn(self.encoder(x))[0])

    def save(self, d):
        save_own(self, d)


def save_own(m, d):
    os.makedirs(d, exist_ok=True)
    json.dump(m.cfg, open(f"{d}/config.json", "w"), indent=1)
    save_file(
        {k: v.detach().clone().contiguous() for k, v in m.state_dict().items()},
        f"{d}/model.safetensors",
        metadata={"format": "pt"},
    )


def lstm_reference(d):
    c = json.load(open(f"{d}/config.json"))
    m = LSTM(c["embedding_size"], c["hidden_size"], c["num_layers"])
    m.load_state_dict(load_file(f"{d}/model.safetensors"))
    return m.eval()


class ShortConv(nn.Module):
    def __init__(self, n, k):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(n, 1, k) * 0.3)

    def forward(self, x):
        return fast_conv(x.transpose(1, 2), self.weight[:, 0], None, "silu").transpose(1, 2)


def rms(n, eps):
    return nn.RMSNorm(n, eps=eps)


def lin(i, o, bias=False):
    return nn.Linear(i, o, bias=bias)


class GLAMixer(nn.Module):
    """Gated linear attention: S = diag(exp g) S + k v', o = q'S / sqrt(dk)."""

    def __init__(self, c):
        super().__init__()
        d, self.h = c["hidden_size"], c["num_heads"]
        K, W = int(d * c["expand_k"]), int(d * c["expand_v"])
        self.conv = c["use_short_conv"]
        self.q_proj, self.k_proj, self.v_proj, self.g_proj, self.o_proj = (
            lin(d, K),
            lin(d, K),
            lin(d, W),
            lin(d, W),
            lin(W, d),
        )
        self.gk_proj = nn.Sequential(lin(d, 16), lin(16, K, True))
        self.g_norm = rms(W // self.h, c["norm_eps"])
        if self.conv:
            self.q_conv1d, self.k_conv1d, self.v_conv1d = (
                ShortConv(n, c["conv_size"]) for n in (K, K, W)
            )

    def forward(self, x):
        b, t, _ = x.shape
        q, k, v = self.q_proj(x), self.k_proj(x), self.v_proj(x)
        if self.conv:
            q, k, v = self.q_conv1d(q), self.k_conv1d(k), self.v_conv1d(v)
        pad = -t % 32
        g = F.logsigmoid(self.gk_proj(x)) / 16
        q, k, v, g = (
            F.pad(z, (0, 0, 0, pad)).view(b, (t + pad) // 32, 32, self.h, -1).transpose(2, 3)
            for z in (q, k, v, g)
        )
        cs = g.cumsum(-2)
        last = cs[..., -1:, :]
        qd = q * cs.exp() * q.shape[-1] ** -0.5  # b c h l k
        o = (qd @ (k * (-cs).exp()).transpose(-1, -2)).tril() @ v
        s = (k * (last - cs).exp()).transpose(-1, -2) @ v
        st, hs = torch.zeros_like(s[:, 0]), []
        for i in range(s.shape[1]):
            hs.append(st)
            st = st * last[:, i].exp().transpose(-1, -2) + s[:, i]
        o = (o + qd @ torch.stack(hs, 1)).transpose(2, 3).reshape(b, t + pad, self.h, -1)[:, :t]
        return self.o_proj(self.g_norm(o).reshape(b, t, -1) * F.silu(self.g_proj(x)))


class BasedMixer(nn.Module):
    """Based's linear attention, normalised: weights 1 + s + s^2/2 with s = qk / sqrt(dk)."""

    def __init__(self, c):
        super().__init__()
        d, self.h, self.f = c["hidden_size"], c["num_heads"], c["feature_dim"]
        self.q_proj, self.k_proj, self.v_proj, self.o_proj = (
            lin(d, self.f * self.h),
            lin(d, self.f * self.h),
            lin(d, d),
            lin(d, d),
        )

    def forward(self, x):
        b, t, _ = x.shape
        q, k, v = (
            p(x).view(b, t, self.h, -1).transpose(1, 2)
            for p in (self.q_proj, self.k_proj, self.v_proj)
        )
        s = q @ k.transpose(-1, -2) / math.sqrt(self.f)
        w = (1 + s + s * s / 2).tril()
        return self.o_proj(
            ((w @ v) / (w.sum(-1, keepdim=True) + 1e-12)).transpose(1, 2).reshape(b, t, -1)
        )


class GatedMLP(nn.Module):
    def __init__(self, d, f):
        super().__init__()
        self.gate_proj, self.up_proj, self.down_proj = lin(d, f), lin(d, f), lin(f, d)

    def forward(self, x):
        return self.down_proj(F.silu(self.gate_proj(x)) * self.up_proj(x))


class FlaBlock(nn.Module):
    def __init__(self, c):
        super().__init__()
        d, e = c["hidden_size"], c["norm_eps"]
        self.attn_norm, self.mlp_norm = rms(d, e), rms(d, e)
        self.attn = {"gla": GLAMixer, "based": BasedMixer}[c["model_type"]](c)
        self.mlp = GatedMLP(d, c["intermediate_size"])

    def forward(self, x):
        x = x + self.attn(self.attn_norm(x))
        return x + self.mlp(self.mlp_norm(x))


class Fla(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.cfg = c
        d = c["hidden_size"]
        self.model = nn.Module()
        self.model.embeddings = nn.Embedding(c["vocab_size"], d)
        self.model.layers = nn.ModuleList(FlaBlock(c) for _ in range(c["num_hidden_layers"]))
        self.model.norm = rms(d, c["norm_eps"])
        self.lm_head = lin(d, c["vocab_size"])
        with torch.no_grad():
            for k, w in self.named_parameters():
                if w.dim() == 2:
                    w.normal_(std=0.5 / math.sqrt(w.shape[1]))
                if k.endswith("gk_proj.1.bias"):
                    w.fill_(3.0)  # decay close to 1 at the start

    def forward(self, x):
        x = self.model.embeddings(x)
        for l in self.model.layers:
            x = l(x)
        return self.lm_head(self.model.norm(x))

    def save(self, d):
        save_own(self, d)


def fla_reference(d):
    m = Fla(json.load(open(f"{d}/config.json")))
    m.load_state_dict(load_file(f"{d}/model.safetensors"))
    return m.eval()


FLA = dict(
    attn=None,
    hidden_size=64,
    num_hidden_layers=2,
    vocab_size=V,
    intermediate_size=128,
    hidden_act="swish",
    hidden_ratio=4,
    norm_eps=1e-6,
    expand_v=1.0,
    fuse_norm=False,
    fuse_swiglu=False,
    fuse_cross_entropy=False,
    elementwise_affine=True,
    tie_word_embeddings=False,
    use_cache=True,
    max_position_embeddings=2048,
    **TOK,
)
MAMBA2 = dict(
    hidden_size=64,
    num_hidden_layers=2,
    expand=2,
    head_dim=32,
    num_heads=4,
    n_groups=1,
    conv_kernel=4,
    chunk_size=32,
    tie_word_embeddings=True,
)
MODELS = {  # name: (builder, reference)
    "attention_llama": (
        lambda: HF(
            "llama",
            hidden_size=64,
            num_hidden_layers=2,
            intermediate_size=128,
            num_attention_heads=2,
            num_key_value_heads=2,
            tie_word_embeddings=True,
            max_position_embeddings=2048,
        ),
        hf_reference,
    ),
    "mamba2_n16": (lambda: HF("mamba2", state_size=16, **MAMBA2), hf_reference),
    "mamba2_n64": (lambda: HF("mamba2", state_size=64, **MAMBA2), hf_reference),
    "lstm": (LSTM, lstm_reference),
    "gla": (
        lambda: Fla(
            dict(
                FLA,
                model_type="gla",
                architectures=["GLAForCausalLM"],
                attn_mode="chunk",
                num_heads=2,
                num_kv_heads=None,
                expand_k=1.0,
                use_short_conv=True,
                conv_size=4,
                use_gk=True,
                use_gv=False,
                use_output_gate=True,
                clamp_min=None,
                feature_map=None,
            )
        ),
        fla_reference,
    ),
    "based": (
        lambda: Fla(
            dict(
                FLA,
                model_type="based",
                architectures=["LinearAttentionForCausalLM with BasedLinearAttention mixers"],
                attn_mode="chunk",
                num_heads=4,
                num_key_value_heads=4,
                feature_dim=16,
                feature_map="taylor_exp",
                expand_k=1.0,
            )
        ),
        fla_reference,
    ),
    "hybrid_bamba": (
        lambda: HF(
            "bamba",
            hidden_size=64,
            num_hidden_layers=2,
            intermediate_size=96,
            num_attention_heads=2,
            num_key_value_heads=1,
            attn_layer_indices=[1],
            mamba_n_heads=4,
            mamba_d_head=32,
            mamba_n_groups=1,
            mamba_d_state=16,
            mamba_chunk_size=32,
            tie_word_embeddings=True,
            max_position_embeddings=2048,
        ),
        hf_reference,
    ),
}
