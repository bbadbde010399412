"""What others reach on the same card, for the figures in kernels/docs/cuda.md: the card's own ceilings, cuBLAS's matrix
products, Triton twins of the two hot kernels, and transformers' decoding of random weights of real shape. Medians of
device events over captured graphs. Needs PyTorch, Triton and transformers; run: python3 yardsticks.py [--quick]."""

import argparse
import statistics

import torch
import triton
import triton.language as tl

WARM = 2
TIMES = 7
BIG = 1 << 31  # bytes; far beyond any cache


def median_ms(run):
    """Median over TIMES of one call of run, after warming, by device events."""
    for _ in range(WARM):
        run()
    times = []
    for _ in range(TIMES):
        begin = torch.cuda.Event(enable_timing=True)
        end = torch.cuda.Event(enable_timing=True)
        begin.record()
        run()
        end.record()
        end.synchronize()
        times.append(begin.elapsed_time(end))
    return statistics.median(times)


def graph(body):
    """body, captured once and replayed: launch overhead of Python left out."""
    side = torch.cuda.Stream()
    with torch.cuda.stream(side):
        body()
    torch.cuda.current_stream().wait_stream(side)
    captured = torch.cuda.CUDAGraph()
    with torch.cuda.graph(captured):
        body()
    return captured.replay


def ceilings():
    a = torch.empty(BIG, dtype=torch.uint8, device="cuda")
    b = torch.empty_like(a)
    ms = median_ms(lambda: b.copy_(a))
    print(f"ceiling copy (read + write)          {2 * BIG / ms / 1e6:8.0f} GB/s")
    floats = a.view(torch.float32).fill_(1)
    ms = median_ms(lambda: floats.sum())
    print(f"ceiling read (torch.sum)             {BIG / ms / 1e6:8.0f} GB/s")
    x = torch.randn(8192, 8192, device="cuda", dtype=torch.bfloat16)
    y = torch.randn(8192, 8192, device="cuda", dtype=torch.bfloat16)
    ms = median_ms(lambda: x @ y)
    print(f"ceiling bf16 product 8192 cubed      {2 * 8192**3 / ms / 1e9:8.0f} TFLOP/s")


@triton.jit
def product_kernel(w, x, out, m, k, rows, BM: tl.constexpr, BN: tl.constexpr, BK: tl.constexpr):
    """out[r, m] = sum over k of w[m, k] x[r, k]: weights left, rows right, no split of k."""
    at_m = tl.program_id(0) * BM + tl.arange(0, BM)
    at_n = tl.program_id(1) * BN + tl.arange(0, BN)
    at_k = tl.arange(0, BK)
    sums = tl.zeros((BM, BN), dtype=tl.float32)
    for first in range(0, k, BK):
        a = tl.load(w + at_m[:, None] * k + first + at_k[None, :])
        b = tl.load(
            x + at_n[None, :] * k + first + at_k[:, None], mask=at_n[None, :] < rows, other=0.0
        )
        sums = tl.dot(a, b, sums)
    tl.store(out + at_n[None, :] * m + at_m[:, None], sums, mask=at_n[None, :] < rows)


def products(quick):
    """Each product over so many weights in turn that none stays in the cache."""
    shapes = [
        (2560, 2560),
        (10240, 2560),
        (2560, 10240),
        (4096, 4096),
        (16384, 4096),
        (4096, 16384),
    ]
    for m, k in shapes[3:5] if quick else shapes:
        count = max(2, (1 << 29) // (2 * m * k))
        weights = [torch.randn(m, k, device="cuda", dtype=torch.bfloat16) for _ in range(count)]
        for rows in (1, 8, 64, 320, 1024):
            x = torch.randn(rows, k, device="cuda", dtype=torch.bfloat16)
            out = torch.empty(rows, m, device="cuda", dtype=torch.float32)

            def cublas():
                for w in weights:
                    torch.nn.functional.linear(x, w)

            tile = 16 if rows <= 16 else 64
            bm = 32 if rows <= 16 else 64

            def twin():
                for w in weights:
                    product_kernel[(m // bm, triton.cdiv(rows, tile))](
                        w, x, out, m, k, rows, BM=bm, BN=tile, BK=128, num_warps=4, num_stages=4
                    )

            line = f"product {m:5d} x {k:5d} rows {rows:4d}"
            for name, body in (("cuBLAS", cublas), ("Triton", twin)):
                us = median_ms(graph(body)) * 1e3 / count
                line += f"  {name} {us:8.2f} us {2 * m * k / us / 1e3:6.0f} GB/s"
            print(line)


@triton.jit
def delta_kernel(s, q, k, v, w, a, b, out, heads, K: tl.constexpr, V: tl.constexpr):
    """One element of RWKV-7's recurrence for one head of one session; state [K, V]."""
    at = tl.program_id(0)
    i = tl.arange(0, K)
    j = tl.arange(0, V)
    state = s + at * K * V + i[:, None] * V + j[None, :]
    held = tl.load(state)
    a_i = tl.load(a + at * K + i)
    read = tl.sum(a_i[:, None] * held, axis=0)
    w_i = tl.load(w + at * K + i)[:, None]
    b_i = tl.load(b + at * K + i)[:, None]
    k_i = tl.load(k + at * K + i)[:, None]
    v_j = tl.load(v + at * V + j)[None, :]
    held = w_i * held + b_i * read[None, :] + k_i * v_j
    tl.store(state, held)
    q_i = tl.load(q + at * K + i)[:, None]
    tl.store(out + at * V + j, tl.sum(q_i * held, axis=0))


def scans():
    for heads, sessions in ((40, 64), (64, 64), (64, 320)):
        count = heads * sessions
        layers = max(2, (1 << 29) // (count * 64 * 64 * 4))
        states = [torch.zeros(count, 64, 64, device="cuda") for _ in range(layers)]
        q, k, v, w, a, b, out = (torch.randn(count, 64, device="cuda") * 0.1 for _ in range(7))

        def body():
            for s in states:
                delta_kernel[(count,)](s, q, k, v, w, a, b, out, heads, K=64, V=64, num_warps=4)

        us = median_ms(graph(body)) * 1e3 / layers
        bytes_moved = 2 * count * 64 * 64 * 4
        print(
            f"delta scan {heads} heads, {sessions:4d} sessions  Triton {us:8.2f} us"
            f" {bytes_moved / us / 1e3:6.0f} GB/s"
        )


def decoding(quick):
    """transformers as it comes: eager decoding with its own cache; its fast kernels are other packages."""
    from transformers import Mamba2Config, MambaConfig

    models = {
        "Mamba-2.8B": MambaConfig(
            hidden_size=2560, num_hidden_layers=64, state_size=16, vocab_size=50280, expand=2
        ),
        "Mamba2-2.7B": Mamba2Config(
            hidden_size=2560,
            num_hidden_layers=64,
            state_size=128,
            num_heads=80,
            head_dim=64,
            n_groups=1,
            vocab_size=50288,
            expand=2,
        ),
    }
    for name, config in models.items():
        decode(name, config, (1,) if quick else (1, 64))
        torch.cuda.empty_cache()


def decode(name, config, counts):
    from transformers import AutoModelForCausalLM

    with torch.device("cuda"):
        model = AutoModelForCausalLM.from_config(config, dtype=torch.bfloat16).eval()
    tokens = 16
    for sessions in counts:
        ids = torch.randint(0, 50000, (sessions, 4), device="cuda")

        @torch.no_grad()
        def run():
            model.generate(ids, max_new_tokens=tokens, min_new_tokens=tokens, do_sample=False)

        rate = sessions * tokens / median_ms(run) * 1e3
        print(f"transformers {name}, {sessions:3d} sessions {rate:9.1f} tokens/s (prompt of 4)")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true", help="fewer shapes")
    quick = arguments.parse_args().quick
    print(torch.cuda.get_device_name(), "PyTorch", torch.__version__, "Triton", triton.__version__)
    ceilings()
    products(quick)
    scans()
    decoding(quick)
