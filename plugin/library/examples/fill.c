/*
 * Fills a hole in a photo through reweave.h:
 *
 *     cargo build --release -p reweave-plugin
 *     cc -I ffi/include plugin/library/examples/fill.c target/release/libreweave_plugin.so -o fill
 *     REWEAVE_MODELS=models/zoo ./fill photo.ppm mask.pgm result.ppm
 *
 * The photo is a binary PPM, the mask a binary PGM of the same size, both with 8 bits. White in the mask is hole.
 */
#include "reweave.h"

#include <stdio.h>
#include <stdlib.h>

static int32_t tell(void *data, float done, const char *doing) {
    (void)data;
    fprintf(stderr, "%3.0f %% %s\n", 100 * done, doing);
    return 0; /* anything else cancels */
}

/* Fills the white parts of an 8-bit mask in an 8-bit RGB picture. */
static ReweaveStatus fill(unsigned char *rgb, unsigned char *mask, size_t width, size_t height) {
    ReweaveModel *model = NULL;
    ReweaveHole *hole = NULL;
    ReweavePixels picture = {rgb, (ptrdiff_t)(3 * width), width, height,
        {REWEAVE_DEPTH_U8, REWEAVE_CHANNELS_RGB, REWEAVE_TRANSFER_SRGB, REWEAVE_ALPHA_STRAIGHT}};
    ReweavePixels white = {mask, (ptrdiff_t)width, width, height,
        {REWEAVE_DEPTH_U8, REWEAVE_CHANNELS_GREY, REWEAVE_TRANSFER_SRGB, REWEAVE_ALPHA_STRAIGHT}};

    ReweaveStatus status = reweave_model_open(NULL, NULL, &model);
    if (status == REWEAVE_OK) status = reweave_hole_from_mask(&white, &hole);
    if (status == REWEAVE_OK) status = reweave_fill(&picture, hole, model, NULL, tell, NULL, NULL);
    if (status != REWEAVE_OK) fprintf(stderr, "%s\n", reweave_last_error());

    reweave_hole_free(hole);
    reweave_model_free(model);
    return status;
}

/* The pixels of a binary PPM (3 channels) or PGM (1) with 8 bits, to be freed by the caller; NULL if it cannot be read. */
static unsigned char *read_pixels(const char *path, int channels, size_t *width, size_t *height) {
    unsigned char *pixels = NULL;
    char kind = 0;
    unsigned white = 0;
    FILE *file = fopen(path, "rb");
    if (file && fscanf(file, "P%c %zu %zu %u", &kind, width, height, &white) == 4 && fgetc(file) != EOF
        && kind == (channels == 3 ? '6' : '5') && white == 255 && *width < 65536 && *height < 65536) {
        size_t bytes = (size_t)channels * *width * *height;
        pixels = malloc(bytes);
        if (pixels && fread(pixels, 1, bytes, file) != bytes) free(pixels), pixels = NULL;
    }
    if (file) fclose(file);
    if (!pixels) fprintf(stderr, "%s: not a binary %s with 8 bits\n", path, channels == 3 ? "PPM" : "PGM");
    return pixels;
}

/* 0 if it was written. */
static int write_pixels(const char *path, const unsigned char *rgb, size_t width, size_t height) {
    FILE *file = fopen(path, "wb");
    if (!file) return perror(path), 1;
    fprintf(file, "P6\n%zu %zu\n255\n", width, height);
    fwrite(rgb, 1, 3 * width * height, file);
    int failed = ferror(file);
    failed |= fclose(file);
    if (failed) perror(path);
    return failed;
}

int main(int count, char **arguments) {
    if (count != 4) return fprintf(stderr, "usage: fill PHOTO.ppm MASK.pgm RESULT.ppm\n"), 2;
    if (reweave_abi_version() != REWEAVE_ABI_VERSION) return fprintf(stderr, "another version of the library\n"), 1;

    size_t width, height, mask_width, mask_height;
    unsigned char *rgb = read_pixels(arguments[1], 3, &width, &height);
    unsigned char *mask = read_pixels(arguments[2], 1, &mask_width, &mask_height);
    int failed = !rgb || !mask;
    if (!failed && (mask_width != width || mask_height != height)) {
        failed = 1;
        fprintf(stderr, "the mask has another size than the photo\n");
    }
    if (!failed) failed = fill(rgb, mask, width, height) != REWEAVE_OK;
    if (!failed) failed = write_pixels(arguments[3], rgb, width, height);
    free(rgb);
    free(mask);
    return failed;
}
