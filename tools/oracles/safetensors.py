"""A safetensors file of every type, its bytes made by PyTorch, and how PyTorch rounds float32 to 16 bits and back.

    /usr/bin/python3 tools/oracles/safetensors.py > tools/oracles/safetensors.json
"""

import base64
import json
import struct

import torch

from stateDicts import to_safetensors

EDGES = [0, 1, 0x33000000, 0x33000001, 0x33800000, 0x33C00000, 0x387FC000, 0x387FE000, 0x387FF000, 0x38800000]
EDGES += [0x477FE000, 0x477FEFFF, 0x477FF000, 0x47800000, 0x7F7F7FFF, 0x7F7F8000, 0x7F7FFFFF, 0x7F800000]
# Around 1 + k/2048 (F16) and 1 + k/256 (BF16): just below, on and just above each tie.
TIES = [0x3F800000 + k * step + d for step in (0x1000, 0x8000) for k in range(1, 6) for d in (-1, 0, 1)]
SUBNORMAL = [0x38000000 - k * 0x1234567 for k in range(1, 6)]
MAGNITUDES = EDGES + TIES + SUBNORMAL + [(k * 2654435761) % 0x7F800000 for k in range(1, 60)]
BITS = MAGNITUDES + [0x80000000 | bits for bits in MAGNITUDES]

floats = torch.frombuffer(bytearray(struct.pack(f"<{len(BITS)}I", *BITS)), dtype=torch.float32)


def bits_of(tensor):
    return [bits & 0xFFFF for bits in tensor.view(torch.int16).tolist()]


values = torch.tensor([[0.1, -2.5, 3e4], [1e-7, 65504, -0.0]], dtype=torch.float64)
tensors = {
    "double": values,
    "float": values.float(),
    "half": values.half(),
    "brain": values.bfloat16(),
    "long": torch.tensor([-(2**63), -1, 2**53 + 1]),
    "int": torch.tensor([-(2**31), 7], dtype=torch.int32),
    "short": torch.tensor([-(2**15), 7], dtype=torch.int16),
    "char": torch.tensor([-128, 127], dtype=torch.int8),
    "byte": torch.tensor([0, 255, 3], dtype=torch.uint8),
    "bool": torch.tensor([[True], [False], [True]]),
    "scalar": torch.tensor(2.5),
    "empty": torch.zeros(0, 4),
}
print(
    json.dumps(
        {
            "file": base64.b64encode(to_safetensors(tensors, {"format": "pt"})).decode(),
            "tensors": {
                name: {
                    "shape": list(tensor.shape),
                    # As text, since JSON's numbers do not hold 64 bits.
                    "values": [str(int(v) if tensor.dtype == torch.bool else v) for v in tensor.flatten().tolist()],
                }
                for name, tensor in tensors.items()
            },
            "rounding": {"float": BITS, "half": bits_of(floats.half()), "brain": bits_of(floats.bfloat16())},
        },
        separators=(",", ":"),
    )
)
