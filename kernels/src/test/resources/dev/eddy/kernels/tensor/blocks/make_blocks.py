"""Makes the .blocks and .floats files beside it: random ggml blocks and what the Python package gguf decodes them to.

Development only: pip install gguf numpy; python make_blocks.py
"""

import pathlib

import gguf
import numpy as np

HERE = pathlib.Path(__file__).parent
BLOCKS = {"Q4_0": 24, "Q5_0": 24, "Q8_0": 24, "Q4_K": 6, "Q5_K": 6, "Q6_K": 6}
HALVES = {"Q4_0": [0], "Q5_0": [0], "Q8_0": [0], "Q4_K": [0, 2], "Q5_K": [0, 2], "Q6_K": [208]}

random = np.random.default_rng(4)
for name, count in BLOCKS.items():
    kind = gguf.GGMLQuantizationType[name]
    _, size = gguf.GGML_QUANT_SIZES[kind]
    blocks = random.integers(0, 256, (count, size), dtype=np.uint8)
    for at in HALVES[name]:
        scales = (random.standard_normal(count) * 0.05).astype(np.float16)
        scales[:3] = np.array(
            [0.0, -6e-8, 65504.0], dtype=np.float16
        )  # zero, the least subnormal, the largest
        blocks[:, at : at + 2] = scales.view(np.uint8).reshape(count, 2)
    floats = gguf.quants.dequantize(blocks, kind)
    assert np.isfinite(floats).all() and floats.dtype == np.float32
    (HERE / f"{name}.blocks").write_bytes(blocks.tobytes())
    (HERE / f"{name}.floats").write_bytes(floats.astype("<f4").tobytes())
