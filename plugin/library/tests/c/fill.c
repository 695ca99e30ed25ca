/*
 * Fills a picture through reweave.h, as any program in C would, and checks what the header promises.
 *
 * Usage: fill MODEL.onnx GUIDED.onnx, the second a model that takes a sketch
 * Prints what it did; ends with 0 when all was well, else with the line of the check that failed.
 */
#include "reweave.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                                                                               \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            fprintf(stderr, "line %d: %s\n  last error: %s\n", __LINE__, #condition, reweave_last_error());            \
            exit(1);                                                                                                   \
        }                                                                                                              \
    } while (0)

enum { WIDTH = 48, HEIGHT = 40, PADDING = 5, STRIDE = WIDTH * 3 + PADDING };
/* The hole, in pixels from the top left corner. */
enum { LEFT = 18, TOP = 14, RIGHT = 28, BOTTOM = 22 };

static int inside(size_t x, size_t y) { return x >= LEFT && x < RIGHT && y >= TOP && y < BOTTOM; }

/* A soft pattern, the rows stored bottom up and padded with 0xA5. */
static unsigned char *new_picture(void) {
    unsigned char *memory = malloc(STRIDE * HEIGHT);
    CHECK(memory != NULL);
    memset(memory, 0xA5, STRIDE * HEIGHT);
    for (size_t y = 0; y < HEIGHT; y++) {
        for (size_t x = 0; x < WIDTH; x++) {
            unsigned char *pixel = memory + (HEIGHT - 1 - y) * STRIDE + 3 * x;
            pixel[0] = (unsigned char)(128 + 100 * sin(x / 9.0));
            pixel[1] = (unsigned char)(128 + 100 * sin(y / 7.0));
            pixel[2] = (unsigned char)(x + y);
        }
    }
    return memory;
}

static ReweavePixels bottom_up(unsigned char *memory) {
    ReweavePixels picture = {memory + (HEIGHT - 1) * STRIDE, -STRIDE, WIDTH, HEIGHT,
                             {REWEAVE_DEPTH_U8, REWEAVE_CHANNELS_RGB, REWEAVE_TRANSFER_SRGB, REWEAVE_ALPHA_STRAIGHT}};
    return picture;
}

static ReweaveHole *new_hole(void) {
    static float coverage[HEIGHT][WIDTH];
    for (size_t y = 0; y < HEIGHT; y++) {
        for (size_t x = 0; x < WIDTH; x++) coverage[y][x] = inside(x, y) ? 1.0f : 0.0f;
    }
    ReweavePixels mask = {coverage, sizeof coverage[0], WIDTH, HEIGHT,
                          {REWEAVE_DEPTH_FLOAT, REWEAVE_CHANNELS_GREY, REWEAVE_TRANSFER_LINEAR, REWEAVE_ALPHA_STRAIGHT}};
    ReweaveHole *hole = NULL;
    CHECK(reweave_hole_from_mask(&mask, &hole) == REWEAVE_OK);
    return hole;
}

struct Seen {
    int calls;
    float cancel_from; /* cancels from there on; 2 for never */
    float last;
};

static int32_t see(void *data, float done, const char *doing) {
    struct Seen *seen = data;
    CHECK(doing != NULL && done >= 0.0f && done <= 1.0f);
    seen->calls++;
    seen->last = done;
    return done >= seen->cancel_from;
}

static void the_table(void) {
    CHECK(reweave_setting_count() > 0);
    CHECK(reweave_setting_at(reweave_setting_count()) == NULL);
    ReweaveSettings *settings = NULL;
    CHECK(reweave_settings_new(&settings) == REWEAVE_OK);
    for (size_t i = 0; i < reweave_setting_count(); i++) {
        const ReweaveSetting *row = reweave_setting_at(i);
        CHECK(row->id[0] && row->label[0] && row->help[0] && row->group[0]);
        CHECK(strcmp(reweave_settings_get(settings, row->id), row->default_value) == 0);
        CHECK(reweave_settings_set(settings, row->id, row->default_value) == REWEAVE_OK);
        CHECK((row->kind == REWEAVE_KIND_CHOICE) == (row->choice_count > 0));
        CHECK(row->level <= REWEAVE_LEVEL_ADVANCED && row->stage <= REWEAVE_STAGE_BLEND);
        if (row->kind == REWEAVE_KIND_INTEGER || row->kind == REWEAVE_KIND_NUMBER) {
            CHECK(row->minimum <= row->slider_minimum && row->slider_maximum <= row->maximum && row->step > 0);
        }
        for (uint32_t c = 0; c < row->choice_count; c++) {
            CHECK(reweave_settings_set(settings, row->id, row->choices[c].id) == REWEAVE_OK);
        }
    }
    CHECK(reweave_settings_set(settings, "no-such-setting", "1") == REWEAVE_BAD_SETTING);
    CHECK(strstr(reweave_last_error(), "no-such-setting"));
    CHECK(reweave_settings_get(settings, "no-such-setting") == NULL);
    CHECK(reweave_settings_set(settings, "seed", "minus one") == REWEAVE_BAD_SETTING);
    CHECK(reweave_settings_set(settings, "seed", NULL) == REWEAVE_BAD_ARGUMENT);
    CHECK(reweave_settings_set(settings, "seed", "\xff\xfe") == REWEAVE_BAD_ARGUMENT);
    CHECK(reweave_settings_set(NULL, "seed", "1") == REWEAVE_BAD_ARGUMENT);
    reweave_settings_free(settings);
}

static void holes(void) {
    ReweaveHole *hole = new_hole();
    ReweaveRect bounds;
    CHECK(reweave_hole_bounds(hole, &bounds) == REWEAVE_OK);
    CHECK(bounds.x == LEFT && bounds.y == TOP && bounds.width == RIGHT - LEFT && bounds.height == BOTTOM - TOP);
    CHECK(reweave_hole_bounds(NULL, &bounds) == REWEAVE_BAD_ARGUMENT);

    static unsigned char covered[HEIGHT][WIDTH];
    ReweavePixels coverage = {covered, WIDTH, WIDTH, HEIGHT,
                              {REWEAVE_DEPTH_U8, REWEAVE_CHANNELS_GREY, REWEAVE_TRANSFER_LINEAR, REWEAVE_ALPHA_STRAIGHT}};
    ReweaveSettings *settings = NULL;
    CHECK(reweave_settings_new(&settings) == REWEAVE_OK);
    CHECK(reweave_settings_set(settings, "grow", "2") == REWEAVE_OK);
    CHECK(reweave_hole_coverage(hole, settings, &coverage) == REWEAVE_OK);
    CHECK(covered[TOP][LEFT] == 255 && covered[TOP - 1][LEFT] == 255 && covered[TOP - 3][LEFT] == 0);
    CHECK(reweave_hole_coverage(hole, NULL, &coverage) == REWEAVE_OK);
    CHECK(covered[TOP][LEFT] == 255 && covered[TOP - 1][LEFT] == 0);
    coverage.height--;
    CHECK(reweave_hole_coverage(hole, settings, &coverage) == REWEAVE_BAD_ARGUMENT);
    size_t reach = 7;
    CHECK(reweave_hole_reach(settings, &reach) == REWEAVE_OK && reach == 2);
    CHECK(reweave_hole_reach(NULL, &reach) == REWEAVE_OK && reach == 0);
    CHECK(reweave_hole_reach(settings, NULL) == REWEAVE_BAD_ARGUMENT);
    reweave_settings_free(settings);
    reweave_hole_free(hole);

    unsigned char grey_alpha[2][4] = {{9, 255, 9, 255}, {9, 255, 9, 0}};
    ReweavePixels picture = {grey_alpha, 4, 2, 2,
                             {REWEAVE_DEPTH_U8, REWEAVE_CHANNELS_GREY_ALPHA, REWEAVE_TRANSFER_SRGB, REWEAVE_ALPHA_STRAIGHT}};
    CHECK(reweave_hole_from_alpha(&picture, &hole) == REWEAVE_OK);
    CHECK(reweave_hole_bounds(hole, &bounds) == REWEAVE_OK);
    CHECK(bounds.x == 1 && bounds.y == 1 && bounds.width == 1 && bounds.height == 1);
    reweave_hole_free(hole);

    unsigned char *memory = new_picture();
    picture = bottom_up(memory);
    CHECK(reweave_hole_from_alpha(&picture, &hole) == REWEAVE_BAD_ARGUMENT);
    const float magenta[3] = {1.0f, 0.0f, 1.0f};
    unsigned char *painted = memory + (HEIGHT - 1 - 3) * STRIDE + 3 * 7;
    painted[0] = 255, painted[1] = 0, painted[2] = 255;
    CHECK(reweave_hole_from_colour(&picture, magenta, 0.01f, &hole) == REWEAVE_OK);
    CHECK(reweave_hole_bounds(hole, &bounds) == REWEAVE_OK);
    CHECK(bounds.x == 7 && bounds.y == 3 && bounds.width == 1 && bounds.height == 1);
    reweave_hole_free(hole);
    CHECK(reweave_hole_from_colour(&picture, magenta, NAN, &hole) == REWEAVE_BAD_ARGUMENT);

    ReweavePixels wrong = picture;
    wrong.row_stride = 3;
    CHECK(reweave_hole_from_mask(&wrong, &hole) == REWEAVE_BAD_ARGUMENT);
    wrong = picture, wrong.top_left = NULL;
    CHECK(reweave_hole_from_mask(&wrong, &hole) == REWEAVE_BAD_ARGUMENT);
    wrong = picture, wrong.width = SIZE_MAX;
    CHECK(reweave_hole_from_mask(&wrong, &hole) == REWEAVE_BAD_ARGUMENT);
    wrong = picture, wrong.format.depth = 77;
    CHECK(reweave_hole_from_mask(&wrong, &hole) == REWEAVE_BAD_ARGUMENT);
    CHECK(reweave_hole_from_mask(NULL, &hole) == REWEAVE_BAD_ARGUMENT);
    CHECK(reweave_hole_from_mask(&picture, NULL) == REWEAVE_BAD_ARGUMENT);
    free(memory);
}

static void the_list(void) {
    ReweaveModelList *list = NULL;
    CHECK(reweave_models_list("/no/such/folder", &list) == REWEAVE_OK);
    CHECK(reweave_models_at(list, reweave_models_count(list)) == NULL);
    for (size_t i = 0; i < reweave_models_count(list); i++) {
        const ReweaveModelInfo *info = reweave_models_at(list, i);
        CHECK(info->name[0] && info->title[0] && info->path[0]);
        printf("model %s: %s %s\n", info->name, info->path, info->problem);
    }
    reweave_models_free(list);
    ReweaveModel *model = NULL;
    CHECK(reweave_model_open("no-such-model", NULL, &model) == REWEAVE_BAD_MODEL && model == NULL);
    CHECK(strstr(reweave_last_error(), "no-such-model"));
    CHECK(reweave_model_open("/no/such/model.onnx", NULL, &model) == REWEAVE_BAD_MODEL && model == NULL);
    CHECK(reweave_model_open(NULL, "toaster", &model) == REWEAVE_BAD_SETTING && model == NULL);
}

static void fill(const char *path) {
    ReweaveModel *model = NULL;
    CHECK(reweave_model_open(path, "cpu", &model) == REWEAVE_OK);
    printf("answered by %s\n", reweave_model_runtime(model));
    ReweaveSettings *settings = NULL;
    CHECK(reweave_settings_new(&settings) == REWEAVE_OK);
    CHECK(reweave_settings_set(settings, "seed", "7") == REWEAVE_OK);
    ReweaveHole *hole = new_hole();
    unsigned char *before = new_picture(), *after = new_picture();
    ReweavePixels picture = bottom_up(after);

    /* Cancelled at the first call, on the way, or at the last, when all is done: the picture is as it was. */
    const float from[] = {0.0f, 0.5f, 1.0f};
    struct Seen seen;
    for (size_t i = 0; i < sizeof from / sizeof from[0]; i++) {
        seen = (struct Seen){0, from[i], 0.0f};
        CHECK(reweave_fill(&picture, hole, model, settings, see, &seen, NULL) == REWEAVE_CANCELLED);
        CHECK(seen.last >= from[i] && (seen.calls == 1) == (i == 0));
        CHECK(memcmp(before, after, STRIDE * HEIGHT) == 0);
    }

    ReweaveReport report = {0};
    seen = (struct Seen){0, 2.0f, 0.0f};
    CHECK(reweave_fill(&picture, hole, model, settings, see, &seen, &report) == REWEAVE_BAD_ARGUMENT);
    report.size = sizeof report;
    CHECK(reweave_fill(&picture, hole, model, settings, see, &seen, &report) == REWEAVE_OK);
    CHECK(strcmp(reweave_last_error(), "") == 0);
    CHECK(seen.calls > 1 && seen.last == 1.0f);
    CHECK(report.regions == 1 && report.specks == 0 && report.pixels == (RIGHT - LEFT) * (BOTTOM - TOP));
    int changed = 0;
    for (size_t y = 0; y < HEIGHT; y++) {
        for (size_t x = 0; x < STRIDE; x++) {
            size_t at = (HEIGHT - 1 - y) * STRIDE + x;
            if (inside(x / 3, y)) changed += before[at] != after[at];
            else CHECK(before[at] == after[at]);
        }
    }
    printf("%d of %d numbers changed\n", changed, (RIGHT - LEFT) * (BOTTOM - TOP) * 3);
    CHECK(changed > (RIGHT - LEFT) * (BOTTOM - TOP));

    /* The same pixels top down give the same fill. */
    unsigned char *upright = malloc(STRIDE * HEIGHT);
    CHECK(upright != NULL);
    for (size_t y = 0; y < HEIGHT; y++) memcpy(upright + y * STRIDE, before + (HEIGHT - 1 - y) * STRIDE, STRIDE);
    ReweavePixels top_down = picture;
    top_down.top_left = upright, top_down.row_stride = STRIDE;
    CHECK(reweave_fill(&top_down, hole, model, settings, NULL, NULL, NULL) == REWEAVE_OK);
    for (size_t y = 0; y < HEIGHT; y++) CHECK(!memcmp(upright + y * STRIDE, after + (HEIGHT - 1 - y) * STRIDE, STRIDE));

    /* A program that was built with an older header: the report ends before `specks`, which is not written. */
    report.size = offsetof(ReweaveReport, specks), report.specks = 12345, report.regions = 0;
    CHECK(reweave_fill(&top_down, hole, model, settings, NULL, NULL, &report) == REWEAVE_OK);
    CHECK(report.regions == 1 && report.specks == 12345 && report.size == offsetof(ReweaveReport, specks));

    /* Only what the fill looks at: the same again. */
    ReweaveRect bounds, needed;
    CHECK(reweave_hole_bounds(hole, &bounds) == REWEAVE_OK);
    CHECK(reweave_fill_needs(&bounds, WIDTH, HEIGHT, model, settings, &needed) == REWEAVE_OK);
    CHECK(needed.x <= LEFT && needed.y <= TOP && needed.x + needed.width >= RIGHT && needed.y + needed.height >= BOTTOM);
    CHECK(needed.x + needed.width <= WIDTH && needed.y + needed.height <= HEIGHT);
    CHECK(reweave_fill_needs(&bounds, WIDTH, BOTTOM - 1, model, NULL, &needed) == REWEAVE_BAD_ARGUMENT);

    /* A hole of another size than the picture. */
    ReweavePixels smaller = picture;
    smaller.width--;
    CHECK(reweave_fill(&smaller, hole, model, NULL, NULL, NULL, NULL) == REWEAVE_BAD_ARGUMENT);
    CHECK(reweave_fill(&picture, hole, NULL, NULL, NULL, NULL, NULL) == REWEAVE_BAD_ARGUMENT);
    CHECK(reweave_fill(&picture, NULL, model, NULL, NULL, NULL, NULL) == REWEAVE_BAD_ARGUMENT);
    CHECK(reweave_fill(NULL, hole, model, NULL, NULL, NULL, NULL) == REWEAVE_BAD_ARGUMENT);

    free(before), free(after), free(upright);
    reweave_hole_free(hole);
    reweave_settings_free(settings);
    reweave_model_free(model);
}

/* Lines across the hole: another fill, of the same pixels; a drawing without lines is the fill without one. */
static void follow(const char *unguided, const char *guided) {
    static unsigned char drawn[HEIGHT][WIDTH][2];
    ReweavePixels drawing = {drawn, sizeof drawn[0], WIDTH, HEIGHT,
                             {REWEAVE_DEPTH_U8, REWEAVE_CHANNELS_GREY_ALPHA, REWEAVE_TRANSFER_SRGB, REWEAVE_ALPHA_STRAIGHT}};
    ReweaveSketch *blank = NULL, *lines = NULL;
    CHECK(reweave_sketch_from_drawing(&drawing, &blank) == REWEAVE_OK);
    for (size_t x = 0; x < WIDTH; x++) drawn[(TOP + BOTTOM) / 2][x][1] = 255;
    CHECK(reweave_sketch_from_drawing(&drawing, &lines) == REWEAVE_OK);
    CHECK(reweave_sketch_from_drawing(NULL, &lines) == REWEAVE_BAD_ARGUMENT);
    CHECK(reweave_sketch_from_drawing(&drawing, NULL) == REWEAVE_BAD_ARGUMENT);
    ReweaveHole *hole = new_hole();
    unsigned char *before = new_picture();
    const char *paths[] = {unguided, guided};
    for (uint32_t takes = 0; takes <= 1; takes++) {
        ReweaveModel *model = NULL;
        CHECK(reweave_model_open(paths[takes], "cpu", &model) == REWEAVE_OK);
        CHECK(reweave_model_is_guided(model) == takes);
        unsigned char *plain = new_picture(), *empty = new_picture(), *followed = new_picture();
        ReweavePixels picture = bottom_up(plain);
        CHECK(reweave_fill(&picture, hole, model, NULL, NULL, NULL, NULL) == REWEAVE_OK);
        picture = bottom_up(empty);
        CHECK(reweave_fill_guided(&picture, hole, blank, model, NULL, NULL, NULL, NULL) == REWEAVE_OK);
        CHECK(memcmp(plain, empty, STRIDE * HEIGHT) == 0);
        picture = bottom_up(followed);
        if (takes) {
            CHECK(reweave_fill_guided(&picture, hole, lines, model, NULL, NULL, NULL, NULL) == REWEAVE_OK);
            CHECK(memcmp(plain, followed, STRIDE * HEIGHT) != 0);
            for (size_t y = 0; y < HEIGHT; y++) {
                for (size_t x = 0; x < STRIDE; x++) {
                    size_t at = (HEIGHT - 1 - y) * STRIDE + x;
                    CHECK(inside(x / 3, y) || before[at] == followed[at]);
                }
            }
            picture.width--;
            CHECK(reweave_fill_guided(&picture, hole, lines, model, NULL, NULL, NULL, NULL) == REWEAVE_BAD_ARGUMENT);
        } else {
            CHECK(reweave_fill_guided(&picture, hole, lines, model, NULL, NULL, NULL, NULL) == REWEAVE_BAD_ARGUMENT);
            CHECK(strstr(reweave_last_error(), "takes no sketch"));
            CHECK(memcmp(before, followed, STRIDE * HEIGHT) == 0);
        }
        free(plain), free(empty), free(followed);
        reweave_model_free(model);
    }
    CHECK(reweave_model_is_guided(NULL) == 0);
    free(before);
    reweave_hole_free(hole);
    reweave_sketch_free(blank), reweave_sketch_free(lines), reweave_sketch_free(NULL);
}

int main(int count, char **arguments) {
    CHECK(reweave_abi_version() == REWEAVE_ABI_VERSION);
    printf("reweave %s\n", reweave_version());
    the_table();
    holes();
    the_list();
    reweave_hole_free(NULL), reweave_settings_free(NULL), reweave_model_free(NULL), reweave_models_free(NULL);
    if (count > 1) fill(arguments[1]);
    if (count > 3) follow(arguments[2], arguments[3]);
    return 0;
}
