"""Fills a hole in a photo through the C library, with nothing but Python's own modules:

    cargo build --release -p reweave-plugin
    export REWEAVE_MODELS=models/zoo
    python3 plugin/library/examples/fill.py target/release/libreweave_plugin.so photo.ppm mask.pgm result.ppm

The photo is a binary PPM, the mask a binary PGM of the same size, both with 8 bits. White in the mask is hole.
"""

import os
import sys
from ctypes import CDLL, CFUNCTYPE, Structure, addressof, byref, c_char_p, c_float, c_int32, c_size_t, c_ssize_t
from ctypes import c_uint32, c_ubyte, c_void_p

# From ffi/include/reweave.h, which says what each means.
ABI_VERSION = 1
OK = 0
DEPTH_U8 = 0
CHANNELS_GREY, CHANNELS_RGB = 0, 2
TRANSFER_SRGB = 0
ALPHA_STRAIGHT = 0


class Format(Structure):
    _fields_ = [("depth", c_uint32), ("channels", c_uint32), ("transfer", c_uint32), ("alpha", c_uint32)]


class Pixels(Structure):
    _fields_ = [
        ("top_left", c_void_p),
        ("row_stride", c_ssize_t),
        ("width", c_size_t),
        ("height", c_size_t),
        ("format", Format),
    ]


# The library calls it in the thread that fills.
@CFUNCTYPE(c_int32, c_void_p, c_float, c_char_p)
def tell(_data, done, doing):
    print(f"{100 * done:3.0f} % {doing.decode()}", file=sys.stderr)
    return 0  # anything else cancels


def open_library(path):
    # An absolute path, so that nothing else of this name is opened.
    library = CDLL(os.path.abspath(path))
    library.reweave_last_error.restype = c_char_p
    if library.reweave_abi_version() != ABI_VERSION:
        raise RuntimeError(f"{path} is another version of the library")
    return library


def fill(library, rgb, mask, width, height):
    """Fills the white parts of an 8-bit mask in an 8-bit RGB picture: two ctypes arrays of bytes, changed in place.

    With numpy, give `array.ctypes.data` for the address and `array.strides[0]` for the stride.
    """

    def check(status):
        if status != OK:
            raise RuntimeError(library.reweave_last_error().decode())

    rgb_format = Format(DEPTH_U8, CHANNELS_RGB, TRANSFER_SRGB, ALPHA_STRAIGHT)
    picture = Pixels(addressof(rgb), 3 * width, width, height, rgb_format)
    grey_format = Format(DEPTH_U8, CHANNELS_GREY, TRANSFER_SRGB, ALPHA_STRAIGHT)
    white = Pixels(addressof(mask), width, width, height, grey_format)

    model, hole = c_void_p(), c_void_p()
    try:
        check(library.reweave_model_open(None, None, byref(model)))
        check(library.reweave_hole_from_mask(byref(white), byref(hole)))
        check(library.reweave_fill(byref(picture), hole, model, None, tell, None, None))
    finally:
        library.reweave_hole_free(hole)
        library.reweave_model_free(model)


def read_pixels(path, kind, channels):
    """Width, height and bytes of a binary PPM (kind P6) or PGM (P5) without comments."""
    with open(path, "rb") as file:
        head, size, white = (file.readline().split() for _ in range(3))
        if head != [kind] or white != [b"255"]:
            raise ValueError(f"{path} is not a binary {kind.decode()} with 8 bits")
        width, height = map(int, size)
        pixels = file.read(channels * width * height)
    return width, height, (c_ubyte * (channels * width * height)).from_buffer_copy(pixels)


def main(library, photo, mask, result):
    width, height, rgb = read_pixels(photo, b"P6", 3)
    mask_width, mask_height, coverage = read_pixels(mask, b"P5", 1)
    if (mask_width, mask_height) != (width, height):
        raise ValueError("the mask has another size than the photo")
    fill(open_library(library), rgb, coverage, width, height)
    with open(result, "wb") as file:
        file.write(b"P6\n%d %d\n255\n" % (width, height) + bytes(rgb))


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit("usage: fill.py LIBRARY PHOTO.ppm MASK.pgm RESULT.ppm")
    main(*sys.argv[1:])
