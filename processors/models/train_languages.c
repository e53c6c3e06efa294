/* train_languages: trains the model that tells languages apart, and says how well it does on other text.
 *
 *     train_languages MODELS FOLDER [TESTS]     FOLDER as fetch_languages.py fills it; MODELS/languages.model
 * is written; TESTS/CODE.txt has a sentence on each line
 *
 * Samples of a few letters to some sentences are made of words drawn by their frequency and of lines of text;
 * on their features multinomial logistic regression is trained by stochastic gradient with step sizes by
 * weight (AdaGrad: Duchi, Hazan and Singer 2011), each script for itself. Scores of one script may all be
 * moved by the same amount, so each feature's median goes to zero and only what differs is kept. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "processors/language/language_model.h"
#include "processors/model/linear.h"
#include "processors/models/files.h"
#include "processors/models/score_languages.h"

enum {
    VERSION = 1,
    SOURCES_MAX = 80,
    ROWS_MAX = 170000,
    COUNT_PLACES = 1 << 23,
    COUNT_SAMPLES = 12000, /* of each source, to find the features that matter */
    SAMPLES = 28000,       /* of each source, and again as many for each time that it is drawn more often */
    SAMPLE_BYTES = 1024,
    BYTES_MAX = 1950000,
    BUCKET_BITS = 16, /* the whole is small */
    SCALE = 24,       /* units of weight to one unit of log odds */
};
static const float rate = 0.15f;

struct source {
    char code[8];
    uint32_t label;
    int lines_percent, times;
    enum language_script script;
    struct str *words, *lines;
    double *sums; /* of the words' shares up to this one */
    size_t word_count, line_count;
};

struct trainer {
    struct arena *arena;
    struct source sources[SOURCES_MAX];
    size_t source_count;
    struct buffer labels;
    enum language_script scripts[SOURCES_MAX];
    char codes[SOURCES_MAX][8];
    uint32_t label_count;
    uint64_t random;
    uint32_t *features, *counts, *rows; /* by place */
    size_t row_count;
    float *weights, *squares; /* row_count times label_count */
};

static void *checked(void *memory)
{
    if (!memory)
        files_fail("memory", "does not suffice");
    return memory;
}

/* xorshift*, the same at every run. */
static uint32_t draw(struct trainer *trainer, uint32_t below)
{
    trainer->random ^= trainer->random >> 12;
    trainer->random ^= trainer->random << 25;
    trainer->random ^= trainer->random >> 27;
    return (uint32_t)(((trainer->random * 0x2545F4914F6CDD1Du) >> 32) * below >> 32);
}

static size_t count_lines(struct str text)
{
    size_t count = 1;
    for (size_t i = 0; i < text.len; i++)
        count += text.ptr[i] == '\n';
    return count;
}

static void read_words(struct trainer *trainer, struct source *source, struct str text)
{
    struct str line, word;
    double sum = 0;
    source->words = arena_array(trainer->arena, count_lines(text), sizeof(struct str));
    source->sums = arena_array(trainer->arena, count_lines(text), sizeof(double));
    while (str_split(&text, '\n', &line)) {
        double share;
        if (!str_split(&line, '\t', &word) || !str_to_double(line, &share))
            continue;
        sum += share;
        source->words[source->word_count] = word;
        source->sums[source->word_count++] = sum;
    }
}

static void read_lines(struct trainer *trainer, struct source *source, struct str text)
{
    struct str line;
    source->lines = arena_array(trainer->arena, count_lines(text), sizeof(struct str));
    while (str_split(&text, '\n', &line))
        if (line.len)
            source->lines[source->line_count++] = line;
}

static uint32_t label_of(struct trainer *trainer, const char *code, enum language_script script)
{
    for (uint32_t i = 0; i < trainer->label_count; i++)
        if (!strcmp(trainer->codes[i], code) && trainer->scripts[i] == script)
            return i;
    trainer->scripts[trainer->label_count] = script;
    memcpy(trainer->codes[trainer->label_count], code, strlen(code) + 1);
    buffer_printf(&trainer->labels, "%d %s\n", (int)script, code);
    return trainer->label_count++;
}

/* A line: code, name of the files, percentage of samples from lines, times that it is drawn. */
static void read_source(struct trainer *trainer, const char *folder, struct str line)
{
    struct str code, name, lines_percent;
    int64_t percent, times;
    struct source *source = &trainer->sources[trainer->source_count];
    if (!str_split(&line, ' ', &code) || !str_split(&line, ' ', &name) ||
        !str_split(&line, ' ', &lines_percent) || !str_to_int64(lines_percent, &percent) ||
        !str_to_int64(line, &times) || code.len >= sizeof(source->code) ||
        trainer->source_count == SOURCES_MAX)
        return;
    trainer->source_count++;
    memcpy(source->code, code.ptr, code.len);
    source->lines_percent = (int)percent;
    source->times = (int)times;
    const char *words = arena_printf(trainer->arena, "%s/%.*s.words", folder, STR_ARG(name)).ptr;
    const char *lines = arena_printf(trainer->arena, "%s/%.*s.lines", folder, STR_ARG(name)).ptr;
    struct str text = files_read(trainer->arena, lines);
    read_words(trainer, source, files_read(trainer->arena, words));
    read_lines(trainer, source, text);
    struct language_letters letters;
    source->script = language_script_of(
        text.len ? utf8_cut(text, 65536) : utf8_cut(files_read(trainer->arena, words), 65536), &letters);
    source->label = label_of(trainer, source->code, source->script);
}

static struct str draw_word(struct trainer *trainer, const struct source *source)
{
    double at = (double)draw(trainer, 1u << 31) / 2147483648.0 * source->sums[source->word_count - 1];
    size_t low = 0, high = source->word_count - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (source->sums[middle] > at)
            high = middle;
        else
            low = middle + 1;
    }
    return source->words[low];
}

/* A line from one of its words on. */
static struct str draw_line(struct trainer *trainer, const struct source *source)
{
    struct str line = source->lines[draw(trainer, (uint32_t)source->line_count)];
    ptrdiff_t blank = str_find_byte(line, ' ', draw(trainer, (uint32_t)line.len));
    return blank < 0 ? line : str_slice(line, (size_t)blank + 1, line.len);
}

/* So many characters as a title, a teaser or a paragraph has, cut anywhere. */
static struct str draw_sample(struct trainer *trainer, const struct source *source, char buffer[SAMPLE_BYTES])
{
    static const uint32_t lengths[] = {12, 20, 20, 30, 40, 60, 120};
    size_t want = lengths[draw(trainer, sizeof(lengths) / sizeof(lengths[0]))], len = 0, characters = 0;
    bool by_line = source->word_count == 0 ||
                   (source->line_count > 0 && draw(trainer, 100) < (uint32_t)source->lines_percent);
    while (characters < want) {
        struct str part = by_line ? draw_line(trainer, source) : draw_word(trainer, source);
        for (size_t at = 0, n; at < part.len && characters < want && len + 8 < SAMPLE_BYTES; at += n) {
            uint32_t c;
            n = utf8_decode(part, at, &c);
            memcpy(buffer + len, part.ptr + at, n);
            len += n;
            characters++;
        }
        buffer[len++] = ' ';
        characters++;
        if (len + 16 > SAMPLE_BYTES)
            break;
    }
    return str_make(buffer, len);
}

static size_t place_of(const struct trainer *trainer, uint32_t feature)
{
    size_t at = (feature * 0x9E3779B1u) & (COUNT_PLACES - 1);
    while (trainer->counts[at] && trainer->features[at] != feature)
        at = (at + 1) & (COUNT_PLACES - 1);
    return at;
}

static void count_features(struct trainer *trainer)
{
    char buffer[SAMPLE_BYTES];
    struct language_piece piece;
    size_t used = 0;
    for (size_t s = 0; s < trainer->source_count; s++)
        for (int k = 0; k < COUNT_SAMPLES; k++) {
            struct str sample = draw_sample(trainer, &trainer->sources[s], buffer);
            for (size_t at = 0; language_piece_next(sample, trainer->sources[s].script, &at, &piece);)
                for (size_t i = 0; i < piece.count; i++) {
                    size_t place = place_of(trainer, piece.features[i]);
                    if (!trainer->counts[place] && used >= COUNT_PLACES / 4 * 3)
                        continue;
                    used += !trainer->counts[place];
                    trainer->features[place] = piece.features[i];
                    trainer->counts[place]++;
                }
        }
}

/* The most frequent features get rows: those that are seen as often as the count that leaves few enough. */
static void choose_features(struct trainer *trainer)
{
    enum { SEEN_MAX = 4096 };
    size_t *with = checked(calloc(SEEN_MAX + 1, sizeof(size_t))), kept = 0;
    for (size_t i = 0; i < COUNT_PLACES; i++)
        with[trainer->counts[i] < SEEN_MAX ? trainer->counts[i] : SEEN_MAX]++;
    uint32_t least = SEEN_MAX;
    while (least > 2 && kept + with[least] <= ROWS_MAX)
        kept += with[least--];
    free(with);
    for (size_t i = 0; i < COUNT_PLACES; i++)
        trainer->rows[i] = trainer->counts[i] > least ? (uint32_t)trainer->row_count++ : UINT32_MAX;
    printf("features: %zu, seen more than %u times\n", trainer->row_count, least);
    size_t cells = trainer->row_count * trainer->label_count;
    trainer->weights = checked(calloc(cells, sizeof(float)));
    trainer->squares = checked(calloc(cells, sizeof(float)));
}

static size_t rows_of(const struct trainer *trainer, struct str sample, enum language_script script,
                      uint32_t *rows)
{
    struct language_piece piece;
    size_t count = 0;
    for (size_t at = 0;
         count < 4 * LANGUAGE_PIECE_FEATURES && language_piece_next(sample, script, &at, &piece);)
        for (size_t i = 0; i < piece.count && count < 4 * LANGUAGE_PIECE_FEATURES; i++) {
            size_t place = place_of(trainer, piece.features[i]);
            if (trainer->counts[place] && trainer->rows[place] != UINT32_MAX)
                rows[count++] = trainer->rows[place];
        }
    return count;
}

/* The gradient of the log likelihood by the scores, into errors; true when the sample was told rightly. */
static bool errors_of(const struct trainer *trainer, const struct source *source, const uint32_t *rows,
                      size_t count, float *errors)
{
    uint32_t labels = trainer->label_count, best = source->label;
    float sum = 0;
    memset(errors, 0, labels * sizeof(float));
    for (size_t i = 0; i < count; i++)
        for (uint32_t l = 0; l < labels; l++)
            errors[l] += trainer->weights[rows[i] * (size_t)labels + l];
    for (uint32_t l = 0; l < labels; l++)
        if (trainer->scripts[l] == source->script && errors[l] > errors[best])
            best = l;
    float most = errors[best];
    for (uint32_t l = 0; l < labels; l++) {
        errors[l] = trainer->scripts[l] == source->script ? expf(errors[l] - most) : 0;
        sum += errors[l];
    }
    for (uint32_t l = 0; l < labels; l++)
        errors[l] = (l == source->label) - errors[l] / sum;
    return best == source->label;
}

static bool learn_sample(struct trainer *trainer, const struct source *source, float step)
{
    static uint32_t rows[4 * LANGUAGE_PIECE_FEATURES];
    char buffer[SAMPLE_BYTES];
    float errors[SOURCES_MAX];
    uint32_t labels = trainer->label_count;
    size_t count = rows_of(trainer, draw_sample(trainer, source, buffer), source->script, rows);
    bool right = errors_of(trainer, source, rows, count, errors);
    if (errors[source->label] < 0.002f)
        return right;
    for (size_t i = 0; i < count; i++) {
        float *weights = trainer->weights + rows[i] * (size_t)labels;
        float *squares = trainer->squares + rows[i] * (size_t)labels;
        for (uint32_t l = 0; l < labels; l++) {
            squares[l] += errors[l] * errors[l];
            weights[l] += step * errors[l] / sqrtf(squares[l] + 1e-2f);
        }
    }
    return right;
}

static void learn(struct trainer *trainer)
{
    size_t right = 0, drawn = 0;
    for (size_t s = 0; s < trainer->source_count; s++)
        drawn += (size_t)trainer->sources[s].times;
    for (int k = 0; k < SAMPLES; k++) {
        for (size_t s = 0; s < trainer->source_count; s++)
            for (int time = 0; time < trainer->sources[s].times; time++)
                right +=
                    learn_sample(trainer, &trainer->sources[s], rate * (1.0f - 0.9f * (float)k / SAMPLES));
        if ((k + 1) % (SAMPLES / 10) == 0) {
            printf("%d %%: %.2f %% of the samples right\n", 100 * (k + 1) / SAMPLES,
                   100.0 * (double)right / (double)drawn / (SAMPLES / 10));
            fflush(stdout);
            right = 0;
        }
    }
}

static int by_value(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static void center(struct trainer *trainer, float *weights)
{
    for (enum language_script script = SCRIPT_LATIN; script < SCRIPT_OTHER; script++) {
        float values[SOURCES_MAX];
        size_t count = 0;
        for (uint32_t l = 0; l < trainer->label_count; l++)
            if (trainer->scripts[l] == script)
                values[count++] = weights[l];
        qsort(values, count, sizeof(float), by_value);
        for (uint32_t l = 0; l < trainer->label_count; l++)
            if (trainer->scripts[l] == script)
                weights[l] -= values[count / 2];
    }
}

struct ordered {
    uint32_t feature, count;
    const float *weights;
};

static int by_feature(const void *a, const void *b)
{
    const struct ordered *x = a, *y = b;
    return x->feature < y->feature ? -1 : x->feature > y->feature;
}

static void write_entry(const struct trainer *trainer, const struct ordered *row, float least,
                        struct buffer *out)
{
    char pairs[2 * SOURCES_MAX];
    size_t count = 0;
    for (uint32_t l = 0; l < trainer->label_count; l++) {
        if (fabsf(row->weights[l]) < least)
            continue;
        long value = lroundf(fmaxf(-127, fminf(127, row->weights[l] * SCALE)));
        if (value == 0)
            continue;
        pairs[2 * count] = (char)l;
        pairs[2 * count++ + 1] = (char)value;
    }
    if (count == 0)
        return;
    buffer_append_byte(out, (char)row->feature);
    buffer_append_byte(out, (char)(row->feature >> 8));
    buffer_append_byte(out, (char)count);
    buffer_append(out, pairs, 2 * count);
}

/* The section of linear.h, without weights that matter less than `least`. */
static void write_weights(const struct trainer *trainer, const struct ordered *rows, float least,
                          struct buffer *out)
{
    enum { BUCKETS = 1 << BUCKET_BITS };
    _cleanup_buffer_ struct buffer entries = {0};
    uint32_t *head = checked(calloc(2 + BUCKETS + 1, sizeof(*head)));
    size_t at = 0;
    head[0] = trainer->label_count;
    head[1] = BUCKETS;
    for (uint32_t bucket = 0; bucket < BUCKETS; bucket++) {
        head[2 + bucket] = (uint32_t)entries.len;
        for (; at < trainer->row_count && rows[at].feature >> (32 - BUCKET_BITS) == bucket; at++)
            write_entry(trainer, &rows[at], least, &entries);
    }
    head[2 + BUCKETS] = (uint32_t)entries.len;
    buffer_clear(out);
    buffer_append(out, (const char *)head, (2 + BUCKETS + 1) * sizeof(*head));
    buffer_append_str(out, buffer_str(&entries));
    free(head);
}

static void write_model(struct trainer *trainer, const char *path)
{
    _cleanup_buffer_ struct buffer weights = {0};
    struct ordered *rows = checked(calloc(trainer->row_count, sizeof(*rows)));
    for (size_t i = 0; i < COUNT_PLACES; i++)
        if (trainer->rows[i] != UINT32_MAX) {
            float *row = trainer->weights + trainer->rows[i] * (size_t)trainer->label_count;
            center(trainer, row);
            rows[trainer->rows[i]] = (struct ordered){trainer->features[i], trainer->counts[i], row};
        }
    qsort(rows, trainer->row_count, sizeof(*rows), by_feature);
    float low = 0, high = 64, scale = 1.0f / SCALE;
    for (int round = 0; round < 12; round++) {
        float least = (low + high) / 2;
        write_weights(trainer, rows, least, &weights);
        if (weights.len > BYTES_MAX)
            low = least;
        else
            high = least;
    }
    write_weights(trainer, rows, high, &weights);
    printf("weights that matter less than %.2f are left out\n", (double)high);
    struct model_part parts[] = {{"weights", buffer_str(&weights)},
                                 {"labels", buffer_str(&trainer->labels)},
                                 {"scale", str_make((const char *)&scale, sizeof(scale))}};
    files_write_model(path, "languages", VERSION, parts, sizeof(parts) / sizeof(parts[0]));
    free(rows);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "train_languages MODELS FOLDER [TESTS]\n");
        return 2;
    }
    static struct trainer trainer = {.random = 1};
    trainer.arena = arena_create((size_t)4 << 30);
    struct str list = files_read(trainer.arena, files_path(trainer.arena, argv[2], "languages.txt")), line;
    while (str_split(&list, '\n', &line))
        read_source(&trainer, argv[2], line);
    trainer.features = checked(calloc(COUNT_PLACES, sizeof(uint32_t)));
    trainer.counts = checked(calloc(COUNT_PLACES, sizeof(uint32_t)));
    trainer.rows = checked(calloc(COUNT_PLACES, sizeof(uint32_t)));
    count_features(&trainer);
    choose_features(&trainer);
    learn(&trainer);
    write_model(&trainer, files_path(trainer.arena, argv[1], "languages.model"));
    if (argc > 3)
        score_languages(argv[1], argv[3]);
    return 0;
}
