"""Mamba-2 language model in the parameter layout of transformers' Mamba2ForCausalLM.

The scan is the chunked SSD form (Dao and Gu 2024, section 6): matrix products inside a chunk, one short loop over chunks
for the state. B and C are shared by all heads (n_groups = 1), so the L x L score matrix is made once for a chunk, not once
for each head. State (SSM and convolution) may be carried from one segment to the next: the model is trained the way a
streaming runtime runs it.

Letters in shape comments: b batch, t time, c chunks, l and s positions within a chunk, h heads, p head width, n state
size, d model width, i inner width.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn


class RMSNorm(nn.Module):
    """Root mean square norm in float32, of x * silu(gate) where there is a gate."""

    def __init__(self, width, eps):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.eps = eps

    def forward(self, x, gate=None):
        x = x.float()
        if gate is not None:
            x = x * F.silu(gate.float())
        return F.rms_norm(x, x.shape[-1:], self.weight, self.eps)


def ssd(x, log_decay, B, C, chunk, state):
    """The scan: h = exp(log_decay) h + B x, y = C h.

    x [b,t,h,p], already times dt; log_decay [b,t,h] = dt * A <= 0; B, C [b,t,n]; state [b,h,n,p].
    Returns y [b,t,h,p] and the last state. t must be a multiple of chunk.
    """
    b, t, h, p = x.shape
    n = B.shape[-1]
    c = t // chunk
    x = x.view(b, c, chunk, h, p).permute(0, 1, 3, 2, 4)  # b c h l p
    total = log_decay.view(b, c, chunk, h).permute(0, 1, 3, 2).cumsum(-1)  # b c h l
    B = B.view(b, c, chunk, n)
    C = C.view(b, c, chunk, n)

    # Within each chunk: a masked product, as in attention.
    future = torch.ones(chunk, chunk, dtype=torch.bool, device=x.device).triu(1)
    decay = (
        (total[..., :, None] - total[..., None, :]).masked_fill(future, float("-inf")).exp()
    )  # b c h l s
    scores = torch.matmul(C, B.transpose(-1, -2))[:, :, None]  # b c 1 l s
    y = (scores * decay).to(x.dtype) @ x  # b c h l p

    # What each chunk adds to the state at its end.
    decayed = x * (total[..., -1:] - total).exp()[..., None].to(x.dtype)  # b c h l p
    decayed = decayed.permute(0, 1, 3, 2, 4).reshape(b, c, chunk, h * p)
    added = (
        torch.matmul(B.transpose(-1, -2), decayed).view(b, c, n, h, p).permute(0, 1, 3, 2, 4)
    )  # b c h n p

    # From chunk to chunk, in order.
    whole = total[..., -1].exp()  # b c h
    before = []
    for k in range(c):
        before.append(state)
        state = state * whole[:, k, :, None, None] + added[:, k].float()
    before = torch.stack(before, 1).permute(0, 1, 3, 2, 4).reshape(b, c, n, h * p)

    carried = (
        torch.matmul(C, before.to(C.dtype)).view(b, c, chunk, h, p).permute(0, 1, 3, 2, 4)
    )  # b c h l p
    y = y + carried * total.exp()[..., None].to(x.dtype)
    return y.permute(0, 1, 3, 2, 4).reshape(b, t, h, p), state


class Mixer(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.c = c
        d = c["hidden_size"]
        self.inner = d * c["expand"]
        self.n = c["state_size"]
        self.heads = c["num_heads"]
        self.conv_width = self.inner + 2 * self.n
        self.in_proj = nn.Linear(d, self.inner + self.conv_width + self.heads, bias=False)
        kernel = c["conv_kernel"]
        self.conv1d = nn.Conv1d(
            self.conv_width, self.conv_width, kernel, groups=self.conv_width, padding=kernel - 1
        )
        dt = torch.exp(torch.rand(self.heads) * (math.log(0.1) - math.log(0.001)) + math.log(0.001))
        self.dt_bias = nn.Parameter(dt + torch.log(-torch.expm1(-dt)))  # softplus of it is dt
        self.A_log = nn.Parameter(torch.log(torch.linspace(1, 16, self.heads)))
        self.D = nn.Parameter(torch.ones(self.heads))
        self.norm = RMSNorm(self.inner, c["layer_norm_epsilon"])
        self.out_proj = nn.Linear(self.inner, d, bias=False)

    def forward(self, u, state):
        """u [b,t,d], state (last conv_kernel - 1 inputs of the convolution, SSM state); returns y [b,t,d], state."""
        b, t, _ = u.shape
        kernel = self.c["conv_kernel"]
        z, xbc, dt = self.in_proj(u).split([self.inner, self.conv_width, self.heads], -1)
        xbc = torch.cat([state[0].to(xbc.dtype), xbc], 1)
        conv_state = xbc[:, -(kernel - 1) :].detach()
        weight = self.conv1d.weight[:, 0]
        acc = self.conv1d.bias
        for k in range(kernel):  # shifted products: quicker than a grouped convolution
            acc = acc + xbc[:, k : k + t] * weight[:, k]
        x, B, C = F.silu(acc).split([self.inner, self.n, self.n], -1)
        dt = F.softplus(dt.float() + self.dt_bias)  # b t h
        x = x.view(b, t, self.heads, -1)  # b t h p
        scaled = x * dt[..., None].to(x.dtype)
        y, ssm_state = ssd(scaled, -dt * self.A_log.exp(), B, C, self.c["train_chunk"], state[1])
        y = (y + x * self.D[:, None]).reshape(b, t, self.inner)
        return self.out_proj(self.norm(y, z)), (conv_state, ssm_state.detach())


class Block(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.norm = RMSNorm(c["hidden_size"], c["layer_norm_epsilon"])
        self.mixer = Mixer(c)

    def forward(self, x, state, dropout=0.0):
        y, state = self.mixer(self.norm(x), state)
        return x + F.dropout(y, dropout, dropout > 0), state


class Backbone(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.embeddings = nn.Embedding(c["vocab_size"], c["hidden_size"])
        self.layers = nn.ModuleList(Block(c) for _ in range(c["num_hidden_layers"]))
        self.norm_f = RMSNorm(c["hidden_size"], c["layer_norm_epsilon"])


class Mamba2LM(nn.Module):
    """The language model; embeddings and output head are tied."""

    def __init__(self, c):
        super().__init__()
        self.c = c
        self.backbone = Backbone(c)
        inner = c["hidden_size"] * c["expand"]
        nn.init.normal_(self.backbone.embeddings.weight, std=0.02)
        for name, parameter in self.named_parameters():
            if name.endswith("in_proj.weight"):
                nn.init.normal_(parameter, std=c["hidden_size"] ** -0.5)
            if name.endswith("out_proj.weight"):
                nn.init.normal_(parameter, std=inner**-0.5 / math.sqrt(c["num_hidden_layers"]))

    def zero_state(self, batch, device="cpu"):
        c = self.c
        width = c["hidden_size"] * c["expand"] + 2 * c["state_size"]
        return [
            (
                torch.zeros(batch, c["conv_kernel"] - 1, width, device=device),
                torch.zeros(batch, c["num_heads"], c["state_size"], c["head_dim"], device=device),
            )
            for _ in range(c["num_hidden_layers"])
        ]

    def forward(self, ids, state, dropout=0.0):
        """ids [b,t] and a state for each layer; returns logits [b,t,vocabulary] and the states after them."""
        x = self.backbone.embeddings(ids)
        after = []
        for layer, s in zip(self.backbone.layers, state):
            x, s = layer(x, s, dropout)
            after.append(s)
        return F.linear(self.backbone.norm_f(x), self.backbone.embeddings.weight), after


def config(vocabulary, width, layers, head_dim, state_size, chunk, eos):
    """Settings as config.json has them, and train_chunk, the length of a chunk of the scan."""
    return dict(
        architectures=["Mamba2ForCausalLM"],
        model_type="mamba2",
        vocab_size=vocabulary,
        hidden_size=width,
        num_hidden_layers=layers,
        expand=2,
        head_dim=head_dim,
        num_heads=2 * width // head_dim,
        state_size=state_size,
        conv_kernel=4,
        n_groups=1,
        use_bias=False,
        use_conv_bias=True,
        hidden_act="silu",
        chunk_size=64,
        layer_norm_epsilon=1e-5,
        residual_in_fp32=True,
        tie_word_embeddings=True,
        bos_token_id=eos,
        eos_token_id=eos,
        pad_token_id=eos,
        dtype="bfloat16",
        train_chunk=chunk,
    )


def parameter_groups(model, weight_decay):
    """Weight decay on matrices only, the embeddings excepted."""
    matrices = [
        p for name, p in model.named_parameters() if p.ndim == 2 and "embeddings" not in name
    ]
    chosen = {id(p) for p in matrices}
    rest = [p for p in model.parameters() if id(p) not in chosen]
    return [dict(params=matrices, weight_decay=weight_decay), dict(params=rest, weight_decay=0.0)]
