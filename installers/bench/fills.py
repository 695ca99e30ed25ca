"""The peers' fills of pictures, as PNG files.

    python fills.py PICTURES OUT [MIGAN]

PICTURES holds NN.webp with its masks NN_narrow.png and NN_wide.png (white = hole). Writes OUT/telea and OUT/migan with a
fill under each mask's name, OUT/truth with the pictures, and OUT/input with what is known of them, the hole in magenta.
No peer sees the truth in a hole: MI-GAN gets it filled by Telea.
"""
import glob
import os
import sys

import cv2
import numpy as np
import onnxruntime
from PIL import Image

MAGENTA = np.array([255, 0, 255], np.uint8)


def telea(truth, hole):
    return cv2.inpaint(truth, hole.astype(np.uint8) * 255, 3, cv2.INPAINT_TELEA)


def migan(network, truth, hole):
    # Its pipeline grows the known area by a pixel and blends over a few: it must not find the truth there.
    return network.run(None, {
        "image": telea(truth, hole).transpose(2, 0, 1)[None],
        "mask": np.where(hole, 0, 255).astype(np.uint8)[None, None],
    })[0][0].transpose(1, 2, 0)


def main(pictures, out, model=None):
    methods = {
        "truth": lambda truth, hole: truth,
        "input": lambda truth, hole: np.where(hole[..., None], MAGENTA, truth),
        "telea": telea,
    }
    if model:
        network = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
        methods["migan"] = lambda truth, hole: migan(network, truth, hole)
    masks = sorted(glob.glob(f"{pictures}/*_narrow.png") + glob.glob(f"{pictures}/*_wide.png"))
    for name, fill in methods.items():
        os.makedirs(f"{out}/{name}", exist_ok=True)
        for path in masks:
            mask = os.path.basename(path)
            stem = mask.rsplit("_", 1)[0]
            truth = np.asarray(Image.open(f"{pictures}/{stem}.webp").convert("RGB"))
            hole = np.asarray(Image.open(path).convert("L")) > 127
            Image.fromarray(fill(truth, hole)).save(f"{out}/{name}/{mask}")
        print(f"  {name}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
