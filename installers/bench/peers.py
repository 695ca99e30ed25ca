"""The other side of the bench: a bare ONNX Runtime session and OpenCV, timed on request.

Reads one request a line, `session MODEL WIDTH HEIGHT` or `telea WIDTH HEIGHT`, and answers each with one line of JSON.
"""
import json
import sys
import time

import cv2
import numpy as np
import onnxruntime

sessions, scenes = {}, {}


def scene(width, height):
    """A picture with gradients, edges and grain, and a square of half its size in the middle as its hole."""
    if (width, height) not in scenes:
        y, x = np.mgrid[0:height, 0:width].astype(np.float32)
        picture = np.stack([x * 255 / width, y * 255 / height, ((x // 32 + y // 32) % 2) * 200], -1)
        picture += np.random.default_rng(1).normal(0, 8, picture.shape)
        hole = (np.abs(x - width / 2) < width / 4) & (np.abs(y - height / 2) < height / 4)
        scenes[width, height] = picture.clip(0, 255).astype(np.uint8), hole.astype(np.uint8)
    return scenes[width, height]


def feed(session, picture, hole):
    """The inputs that the model declares: a picture of three channels and a mask of one, bytes or floats."""
    values = {}
    for wanted in session.get_inputs():
        tensor = picture.transpose(2, 0, 1)[None] if wanted.shape[1] == 3 else hole[None, None]
        if wanted.type == "tensor(uint8)":
            # The only model here that takes bytes is MI-GAN, whose mask is 0 in the hole.
            values[wanted.name] = tensor if wanted.shape[1] == 3 else (1 - tensor) * np.uint8(255)
        else:
            values[wanted.name] = tensor / np.float32(127.5) - 1 if wanted.shape[1] == 3 else tensor.astype(np.float32)
    return values


def run_session(model, width, height):
    if model not in sessions:
        sessions[model] = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    session = sessions[model]
    values = feed(session, *scene(int(width), int(height)))
    start = time.perf_counter()
    session.run(None, values)
    return time.perf_counter() - start


def run_telea(width, height):
    picture, hole = scene(int(width), int(height))
    start = time.perf_counter()
    cv2.inpaint(picture, hole * 255, 3, cv2.INPAINT_TELEA)
    return time.perf_counter() - start


print(json.dumps({"onnxruntime": onnxruntime.__version__, "opencv": cv2.__version__}), flush=True)
for line in sys.stdin:
    what, *words = line.split("\t") if "\t" in line else line.split()
    seconds = {"session": run_session, "telea": run_telea}[what](*(word.strip() for word in words))
    print(json.dumps({"seconds": seconds}), flush=True)
