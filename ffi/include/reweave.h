/*
 * Reweave: content-aware fill behind a C interface.
 *
 * The whole path, without the error checks:
 *
 *     ReweaveSettings *settings;  reweave_settings_new(&settings);
 *     reweave_settings_set(settings, "seed", "7");
 *
 *     ReweaveModel *model;        reweave_model_open(NULL, NULL, &model);
 *
 *     ReweavePixels picture = {pixels, stride, width, height,
 *         {REWEAVE_DEPTH_U8, REWEAVE_CHANNELS_RGB, REWEAVE_TRANSFER_SRGB, REWEAVE_ALPHA_STRAIGHT}};
 *     ReweaveHole *hole;          reweave_hole_from_mask(&mask, &hole);
 *
 *     reweave_fill(&picture, hole, model, settings, NULL, NULL, NULL);
 *
 *     reweave_hole_free(hole); reweave_model_free(model); reweave_settings_free(settings);
 *
 * Rules that hold for every function:
 *  - A ReweaveStatus other than REWEAVE_OK means that nothing was changed or made;
 *    reweave_last_error() then says why and what to do, in the calling thread.
 *  - Pixels belong to the caller and are only borrowed during the call.
 *  - Text is UTF-8 and ends with a zero byte. Text that the library returns belongs to the library;
 *    each function says how long it lives.
 *  - The *_free functions take NULL.
 *  - Every function may be called from any thread. A ReweaveSettings may be used by one thread at a time;
 *    models, holes and sketches may be shared between threads.
 *  - No C++ exception, Rust panic or signal leaves the library.
 */
#ifndef REWEAVE_H
#define REWEAVE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Raised when something that exists changes. Additions do not raise it. */
#define REWEAVE_ABI_VERSION 1

#if defined(_WIN32) && !defined(REWEAVE_NO_IMPORT)
#define REWEAVE_API __declspec(dllimport)
#else
#define REWEAVE_API
#endif

/* ------------------------------------------------------------------ status */

/* What became of a call: one of the values below. */
typedef int32_t ReweaveStatus;
enum {
    REWEAVE_OK = 0,
    REWEAVE_CANCELLED = 1,      /* the progress function asked for it */
    REWEAVE_BAD_ARGUMENT = 2,   /* a NULL, a size or a stride that cannot be, text that is not UTF-8 */
    REWEAVE_BAD_SETTING = 3,    /* no such setting, or a value outside its range */
    REWEAVE_BAD_MODEL = 4,      /* no such model, or its file or card cannot be read */
    REWEAVE_RUNTIME_FAILED = 5, /* the runtime could not run the model */
    REWEAVE_OUT_OF_MEMORY = 6,
    REWEAVE_FAILED = 7,         /* anything else */
    REWEAVE_PANICKED = 8        /* a mistake in Reweave: please report it with reweave_last_error() */
};

/* The ABI version that the library speaks: compare with REWEAVE_ABI_VERSION before anything else. */
REWEAVE_API uint32_t reweave_abi_version(void);

/* The library's own version, as "0.1.0". Lives as long as the library. */
REWEAVE_API const char *reweave_version(void);

/* Why the last call in this thread failed and what to do next, "" if it did not.
 * Lives until the next call into the library in this thread. */
REWEAVE_API const char *reweave_last_error(void);

/* ------------------------------------------------------------------ pixels */

/* Size and meaning of one number of a pixel. */
enum {
    REWEAVE_DEPTH_U8 = 0,   /* 0 to 255 */
    REWEAVE_DEPTH_U16 = 1,  /* 0 to 65535 */
    REWEAVE_DEPTH_HALF = 2, /* 1.0 is white, brighter is allowed */
    REWEAVE_DEPTH_FLOAT = 3 /* 1.0 is white, brighter is allowed */
};

/* Numbers of a pixel, side by side in this order. */
enum {
    REWEAVE_CHANNELS_GREY = 0,
    REWEAVE_CHANNELS_GREY_ALPHA = 1,
    REWEAVE_CHANNELS_RGB = 2,
    REWEAVE_CHANNELS_RGBA = 3
};

/* How the numbers relate to light. */
enum {
    REWEAVE_TRANSFER_SRGB = 0,  /* as on a screen ("perceptual") */
    REWEAVE_TRANSFER_LINEAR = 1 /* proportional to light ("scene-linear") */
};

/* What alpha has done to the colours. */
enum {
    REWEAVE_ALPHA_STRAIGHT = 0,
    REWEAVE_ALPHA_PREMULTIPLIED = 1
};

typedef struct ReweaveFormat {
    uint32_t depth;    /* REWEAVE_DEPTH_… */
    uint32_t channels; /* REWEAVE_CHANNELS_… */
    uint32_t transfer; /* REWEAVE_TRANSFER_… */
    uint32_t alpha;    /* REWEAVE_ALPHA_…; no matter for pixels without alpha */
} ReweaveFormat;

/* The caller's pixels. */
typedef struct ReweavePixels {
    void *top_left;       /* first byte of the leftmost pixel of the top row; no alignment is asked for */
    ptrdiff_t row_stride; /* bytes from a row to the one below it; negative when rows are stored bottom up */
    size_t width;         /* pixels, at least 1 */
    size_t height;        /* pixels, at least 1 */
    ReweaveFormat format;
} ReweavePixels;

/* A part of a picture, in pixels from its top left corner. */
typedef struct ReweaveRect {
    size_t x;
    size_t y;
    size_t width;
    size_t height;
} ReweaveRect;

/* -------------------------------------------------------------------- hole */

/* What to fill: a coverage from 0 (known) to 1 (hole) for each pixel; between them, fill and picture blend.
 * Memory goes by the hole's own bounding box, not by the picture. */
typedef struct ReweaveHole ReweaveHole;

/* From a mask of the picture's size: white is hole. The mask's format is grey, or any other (its luminance counts). */
REWEAVE_API ReweaveStatus reweave_hole_from_mask(const ReweavePixels *mask, ReweaveHole **hole);

/* From a picture's own alpha: transparent is hole. */
REWEAVE_API ReweaveStatus reweave_hole_from_alpha(const ReweavePixels *picture, ReweaveHole **hole);

/* From a colour painted over what should go: pixels within `tolerance` of `rgb` in each channel (0.0 to 1.0). */
REWEAVE_API ReweaveStatus reweave_hole_from_colour(const ReweavePixels *picture, const float rgb[3], float tolerance,
                                                   ReweaveHole **hole);

/* The smallest rectangle that holds the hole. 0 wide and high when there is none: then nothing needs a fill. */
REWEAVE_API ReweaveStatus reweave_hole_bounds(const ReweaveHole *hole, ReweaveRect *bounds);

REWEAVE_API void reweave_hole_free(ReweaveHole *hole);

/* ------------------------------------------------------------------ sketch */

/* Lines along which things go on inside a hole, for models that are guided. */
typedef struct ReweaveSketch ReweaveSketch;

/* From a drawing of the picture's size: what is not transparent is line, of whatever colour. In a drawing that is opaque
 * throughout, white lines on black, or dark ones where most of it is light. */
REWEAVE_API ReweaveStatus reweave_sketch_from_drawing(const ReweavePixels *drawing, ReweaveSketch **sketch);

REWEAVE_API void reweave_sketch_free(ReweaveSketch *sketch);

/* ---------------------------------------------------------------- settings */

enum {
    REWEAVE_KIND_TEXT = 0,    /* any text, as a model's name */
    REWEAVE_KIND_CHOICE = 1,  /* the id of one of the choices */
    REWEAVE_KIND_INTEGER = 2, /* a whole number from minimum to maximum */
    REWEAVE_KIND_NUMBER = 3,  /* a number from minimum to maximum */
    REWEAVE_KIND_TOGGLE = 4   /* "true" or "false" */
};

/* Who wants to see a setting. */
enum {
    REWEAVE_LEVEL_BASIC = 0,   /* everybody: a dialog shows it when it opens */
    REWEAVE_LEVEL_ADVANCED = 1 /* who asks for more */
};

/* The stages of a fill, in their order. */
enum {
    REWEAVE_STAGE_HOLE = 0,    /* the hole gets its shape: reweave_hole_coverage does this stage alone */
    REWEAVE_STAGE_PLAN = 1,    /* regions are chosen */
    REWEAVE_STAGE_NETWORK = 2, /* the network predicts what is in them */
    REWEAVE_STAGE_TEXTURE = 3, /* the prediction gets its colours and its texture */
    REWEAVE_STAGE_BLEND = 4    /* it goes into the picture */
};

typedef struct ReweaveChoice {
    const char *id;    /* the value to set */
    const char *label; /* for people, in English */
    const char *help;  /* what it does, in one sentence */
} ReweaveChoice;

/* One row of the engine's settings table. No pointer is NULL; what does not apply is "" or 0. */
typedef struct ReweaveSetting {
    const char *id; /* the key for reweave_settings_set */
    const char *label;
    const char *help;
    const char *unit;
    const char *group;         /* heading under which a dialog shows it */
    const char *default_value; /* as text, as reweave_settings_set takes it */
    uint32_t kind;             /* REWEAVE_KIND_… */
    uint32_t choice_count;
    const ReweaveChoice *choices;
    double minimum; /* INTEGER and NUMBER: allowed range */
    double maximum;
    double slider_minimum; /* INTEGER and NUMBER: the range that is of use to most people */
    double slider_maximum;
    double step;     /* INTEGER and NUMBER: of a spin button */
    uint32_t scales; /* 1 for a length in pixels of the picture: a host that works on a smaller copy scales it */
    uint32_t level;  /* REWEAVE_LEVEL_… */
    uint32_t stage;  /* REWEAVE_STAGE_…: the first stage of a fill whose work depends on it */
} ReweaveSetting;

/* The table. It is the same during the whole life of the library, and rows live as long as the library. */
REWEAVE_API size_t reweave_setting_count(void);
/* NULL past the end. */
REWEAVE_API const ReweaveSetting *reweave_setting_at(size_t index);

typedef struct ReweaveSettings ReweaveSettings;

/* All at their defaults. */
REWEAVE_API ReweaveStatus reweave_settings_new(ReweaveSettings **settings);
REWEAVE_API ReweaveStatus reweave_settings_set(ReweaveSettings *settings, const char *id, const char *value);
/* NULL for an id that is not in the table. The text lives until the next call with the same settings. */
REWEAVE_API const char *reweave_settings_get(ReweaveSettings *settings, const char *id);
REWEAVE_API void reweave_settings_free(ReweaveSettings *settings);

/* How much of each pixel a fill with `settings` replaces: the hole's own coverage, shaped by all settings of
 * REWEAVE_STAGE_HOLE. For callers that blend by themselves, through a selection or a layer mask; a fill of what comes
 * out should have the settings of that stage at their defaults. `settings` may be NULL. `mask` has the size of the mask
 * that the hole came from, and is 8-bit grey; 255 is wholly replaced. */
REWEAVE_API ReweaveStatus reweave_hole_coverage(const ReweaveHole *hole, const ReweaveSettings *settings,
                                                const ReweavePixels *mask);

/* How far, in pixels, the settings of REWEAVE_STAGE_HOLE may widen a hole on each side. `settings` may be NULL. */
REWEAVE_API ReweaveStatus reweave_hole_reach(const ReweaveSettings *settings, size_t *pixels);

/* ------------------------------------------------------------------ models */

typedef struct ReweaveModelInfo {
    const char *name; /* for reweave_model_open and the setting "model" */
    const char *title;
    const char *description;
    const char *licence;
    const char *path;    /* of the .onnx file */
    const char *problem; /* why it cannot be used, "" if it can */
} ReweaveModelInfo;

typedef struct ReweaveModelList ReweaveModelList;

/* Looks through the models folders: `folder` if not NULL, REWEAVE_MODELS in the environment, models/ beside the
 * library, and the user's reweave/models. A name that was seen before is left out. An empty list is not an error. */
REWEAVE_API ReweaveStatus reweave_models_list(const char *folder, ReweaveModelList **list);
REWEAVE_API size_t reweave_models_count(const ReweaveModelList *list);
/* NULL past the end. Lives as long as the list. */
REWEAVE_API const ReweaveModelInfo *reweave_models_at(const ReweaveModelList *list, size_t index);
REWEAVE_API void reweave_models_free(ReweaveModelList *list);

typedef struct ReweaveModel ReweaveModel;

/* Opens a model on a device; the second time, in the same process, it is there at once.
 * `name` is a name from the list, the path of an .onnx file or of its card, or NULL for what the settings table
 * has as default; where that is not installed, patches of the picture fill without a network. "patch" as name means these
 * too, and so does "patch" as setting "method" of a fill, whatever model it is given. `device` is one of the choices of the
 * setting "device" ("auto", "cpu", …), or NULL for "auto". */
REWEAVE_API ReweaveStatus reweave_model_open(const char *name, const char *device, ReweaveModel **model);

/* One or more lines for people: which runtime, version and provider answers, and why not a better one.
 * Lives as long as the model. */
REWEAVE_API const char *reweave_model_runtime(const ReweaveModel *model);

/* 1 if the model takes a sketch, 0 if not. */
REWEAVE_API uint32_t reweave_model_is_guided(const ReweaveModel *model);

REWEAVE_API void reweave_model_free(ReweaveModel *model);

/* -------------------------------------------------------------------- fill */

/* Called from the filling thread, at least once for each piece of work. `done` goes from 0 to 1; `doing` says in a few
 * English words what happens and lives during the call. Return 0 to go on, anything else to cancel. */
typedef int32_t (*ReweaveProgress)(void *data, float done, const char *doing);

/* What a fill did. Set `size` to sizeof(ReweaveReport) before the call: the library writes as much as the caller knows
 * of, so that a program that was built with an older header gets what that has. */
typedef struct ReweaveReport {
    size_t size;
    size_t regions; /* parts of the picture that the network worked on */
    size_t pixels;  /* pixels filled */
    double seconds_plan;
    double seconds_read;
    double seconds_network;
    double seconds_texture;
    double seconds_blend;
    size_t specks; /* parts of the hole so small that they were filled without the network; reports that end before it are taken too */
} ReweaveReport;

/* Which part of a picture of `width` x `height` a fill looks at, for a hole inside `hole_bounds`: a caller whose
 * pixels are costly to fetch may hand over only this part (hole and picture cropped alike). `settings` may be NULL. */
REWEAVE_API ReweaveStatus reweave_fill_needs(const ReweaveRect *hole_bounds, size_t width, size_t height,
                                             const ReweaveModel *model, const ReweaveSettings *settings,
                                             ReweaveRect *needed);

/* Fills the hole, in place. Pixels with coverage 0 are not written. When the call fails or is cancelled, the picture is
 * as it was. `settings`, `progress`, `progress_data` and `report` may be NULL. The settings "model" and "device" do not
 * count here: `model` does. */
REWEAVE_API ReweaveStatus reweave_fill(const ReweavePixels *picture, const ReweaveHole *hole, const ReweaveModel *model,
                                       const ReweaveSettings *settings, ReweaveProgress progress, void *progress_data,
                                       ReweaveReport *report);

/* reweave_fill with a sketch, which is of the picture's size. NULL, or one without a line, is none; any other with a model that
 * is not guided is REWEAVE_BAD_ARGUMENT. */
REWEAVE_API ReweaveStatus reweave_fill_guided(const ReweavePixels *picture, const ReweaveHole *hole,
                                              const ReweaveSketch *sketch, const ReweaveModel *model,
                                              const ReweaveSettings *settings, ReweaveProgress progress,
                                              void *progress_data, ReweaveReport *report);
/* ------------------------------------------------------------------ worker */

/* With REWEAVE_WORKER=1 in the environment of a program, models run in another process, so that whatever a model or a
 * driver does, the program lives. That process is the command `reweave`, where it is installed with the library; or the
 * program whose absolute path stands in REWEAVE_WORKER in place of the 1. It is started with the one argument "worker",
 * and has to call this function then, before it has started a thread, and to end with the status that it returns. */
REWEAVE_API int32_t reweave_worker(void);

#ifdef __cplusplus
}
#endif

#endif
