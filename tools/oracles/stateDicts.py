"""State dicts of PyTorch as safetensors files, by the format's own words: https://github.com/huggingface/safetensors#format"""

import json
import struct

import torch

TYPES = {
    "F64": torch.float64,
    "F32": torch.float32,
    "F16": torch.float16,
    "BF16": torch.bfloat16,
    "I64": torch.int64,
    "I32": torch.int32,
    "I16": torch.int16,
    "I8": torch.int8,
    "U8": torch.uint8,
    "BOOL": torch.bool,
}
NAMES = {dtype: name for name, dtype in TYPES.items()}


def bytes_of(tensor):
    # A tensor without dimensions cannot be seen as bytes, hence the reshape.
    return tensor.detach().contiguous().reshape(-1).view(torch.uint8).numpy().tobytes()


def to_safetensors(tensors, metadata=None):
    header, data = ({"__metadata__": metadata} if metadata else {}), b""
    for name, tensor in tensors.items():
        piece = bytes_of(tensor)
        offsets = [len(data), len(data) + len(piece)]
        header[name] = {"dtype": NAMES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": offsets}
        data += piece
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + data


def from_safetensors(file):
    (length,) = struct.unpack("<Q", file[:8])
    header, data = json.loads(file[8 : 8 + length]), file[8 + length :]
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            start, end = entry["data_offsets"]
            numbers = torch.frombuffer(bytearray(data[start:end]), dtype=TYPES[entry["dtype"]]) if end > start else torch.empty(0)
            tensors[name] = numbers.reshape(entry["shape"])
    return tensors
