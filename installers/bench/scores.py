"""How near fills come to the truth: L1 %, PSNR, SSIM and LPIPS.

    python scores.py PICTURES LPIPS NAME=FOLDER...

PICTURES holds NN.webp with its masks NN_narrow.png and NN_wide.png (white = hole); each FOLDER holds the fills of a method
under the masks' names. Known pixels are put back before a fill is scored, so the numbers are about the holes, as shares of
the whole picture. Prints one line of JSON.
"""
import glob
import json
import os
import sys

import numpy as np
import onnxruntime
from PIL import Image
from skimage.metrics import structural_similarity

KINDS = ("narrow", "wide")


def read(path):
    return np.asarray(Image.open(path).convert("RGB"))


def tensor(picture):
    return (picture / np.float32(127.5) - 1).transpose(2, 0, 1)[None].astype(np.float32)


def session(path):
    return onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])


def score(truth, hole, fill, lpips):
    filled = np.where(hole[..., None], fill, truth)
    error = filled.astype(np.float32) - truth
    return {
        "L1 %": np.abs(error).mean() / 2.55,
        "PSNR": 10 * np.log10(255**2 / max((error**2).mean(), 1e-9)),
        "SSIM": structural_similarity(truth, filled, channel_axis=2, data_range=255),
        **{f"LPIPS {name}": float(net.run(None, {"a": tensor(truth), "b": tensor(filled)})[0].ravel()[0])
           for name, net in lpips.items()},
    }


def main(pictures, lpips_folder, methods):
    lpips = {name: session(f"{lpips_folder}/lpips_{name}.onnx") for name in ("alex", "vgg")}
    rows = []
    stems = sorted(os.path.splitext(os.path.basename(path))[0] for path in glob.glob(f"{pictures}/*.webp"))
    for name, folder in methods:
        for kind in KINDS:
            scores = []
            for stem in stems:
                truth = read(f"{pictures}/{stem}.webp")
                hole = np.asarray(Image.open(f"{pictures}/{stem}_{kind}.png").convert("L")) > 127
                scores.append(score(truth, hole, read(f"{folder}/{stem}_{kind}.png"), lpips))
            means = {key: float(np.mean([row[key] for row in scores])) for key in scores[0]}
            rows.append({"method": name, "holes": kind, "pictures": len(scores), **means})
            print(f"  {name}, {kind}: {means}", file=sys.stderr, flush=True)
    print(json.dumps(rows), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], [word.split("=", 1) for word in sys.argv[3:]])
