/* language_model: see the header. Letters go through one table of scripts, which is searched by halves. */
#include "processors/language/language_model.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "base/utf8.h"
#include "processors/language/words.h"
#include "processors/model/linear.h"
#include "processors/model/model.h"

enum {
    GRAM_MAX = 4,
    WORD_LETTERS_MAX = 24, /* the rest of a longer word says nothing new */
    PIECE_LETTERS = 48,    /* about eight words: enough to tell, short enough to find a change of language */
    PIECES_MAX = 10,       /* from all over the text: more of them change nothing */
    CODE_BYTES = 8,
    LATIN_PART = 2, /* names and marks in Latin letters stand in every text, seldom the reverse */
    KANA_PART = 12, /* one kana in so many Han and kana is Japanese; names in Chinese text have fewer */
};

static const float MARGIN_ALONE = 100; /* where there is no second */
static const float PIECE_DOUBT = 2.0f; /* log odds that a piece may have against the text's language */

static const struct script_range {
    uint32_t first, last;
    enum language_script script;
    const char *code;
} ranges[] = {
    {0x41, 0x24F, SCRIPT_LATIN, NULL},       {0x370, 0x3FF, SCRIPT_OTHER, "el"},
    {0x400, 0x52F, SCRIPT_CYRILLIC, NULL},   {0x530, 0x58F, SCRIPT_OTHER, "hy"},
    {0x590, 0x5FF, SCRIPT_OTHER, "he"},      {0x600, 0x77F, SCRIPT_ARABIC, NULL},
    {0x900, 0x97F, SCRIPT_DEVANAGARI, NULL}, {0x980, 0x9FF, SCRIPT_OTHER, "bn"},
    {0xA00, 0xA7F, SCRIPT_OTHER, "pa"},      {0xA80, 0xAFF, SCRIPT_OTHER, "gu"},
    {0xB00, 0xB7F, SCRIPT_OTHER, "or"},      {0xB80, 0xBFF, SCRIPT_OTHER, "ta"},
    {0xC00, 0xC7F, SCRIPT_OTHER, "te"},      {0xC80, 0xCFF, SCRIPT_OTHER, "kn"},
    {0xD00, 0xD7F, SCRIPT_OTHER, "ml"},      {0xD80, 0xDFF, SCRIPT_OTHER, "si"},
    {0xE00, 0xE7F, SCRIPT_OTHER, "th"},      {0xE80, 0xEFF, SCRIPT_OTHER, "lo"},
    {0xF00, 0xFFF, SCRIPT_OTHER, "bo"},      {0x1000, 0x109F, SCRIPT_OTHER, "my"},
    {0x10A0, 0x10FF, SCRIPT_OTHER, "ka"},    {0x1100, 0x11FF, SCRIPT_OTHER, "ko"},
    {0x1200, 0x139F, SCRIPT_OTHER, "am"},    {0x1780, 0x17FF, SCRIPT_OTHER, "km"},
    {0x1E00, 0x1EFF, SCRIPT_LATIN, NULL},    {0x1F00, 0x1FFF, SCRIPT_OTHER, "el"},
    {0x3041, 0x30FF, SCRIPT_OTHER, "ja"},    {0x3400, 0x9FFF, SCRIPT_OTHER, "zh"},
    {0xAC00, 0xD7AF, SCRIPT_OTHER, "ko"},    {0xF900, 0xFAFF, SCRIPT_OTHER, "zh"},
    {0xFB50, 0xFDFF, SCRIPT_ARABIC, NULL},   {0xFE70, 0xFEFC, SCRIPT_ARABIC, NULL},
    {0x20000, 0x3FFFF, SCRIPT_OTHER, "zh"},
};
enum { RANGES = sizeof(ranges) / sizeof(ranges[0]), CYRILLIC = 2 };

struct label {
    char code[CODE_BYTES];
    enum language_script script;
};

struct language_model {
    struct model *file;
    struct linear weights;
    float scale; /* log odds of one unit of weight */
    uint32_t count;
    struct label labels[LINEAR_LABELS_MAX];
};

/* The place in the table, RANGES for no letter of a known script. */
static size_t range_of(uint32_t c)
{
    size_t low = 0, high = RANGES;
    if (c < 0x80)
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' ? 0 : RANGES;
    if (c >= 0x410 && c <= 0x481) /* most Cyrillic text */
        return CYRILLIC;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (c > ranges[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < RANGES && c >= ranges[low].first && words_is_letter(c) ? low : RANGES;
}

/* Han and kana stand together in Japanese text; the other scripts count by the languages they write. */
static size_t strongest(const int counts[RANGES])
{
    size_t best = RANGES, kana = RANGES, han = RANGES;
    int merged[RANGES];
    memset(merged, 0, sizeof(merged));
    for (size_t i = 0; i < RANGES; i++) {
        size_t first = 0;
        while (ranges[first].script != ranges[i].script ||
               (ranges[i].code && strcmp(ranges[first].code, ranges[i].code) != 0))
            first++;
        merged[first] +=
            ranges[i].script == SCRIPT_LATIN ? (counts[i] + LATIN_PART - 1) / LATIN_PART : counts[i];
        kana = ranges[first].first == 0x3041 ? first : kana;
        han = ranges[first].first == 0x3400 ? first : han;
    }
    if (merged[kana] * KANA_PART > merged[kana] + merged[han]) {
        merged[kana] += merged[han];
        merged[han] = 0;
    }
    for (size_t i = 0; i < RANGES; i++)
        if (merged[i] > 0 && (best == RANGES || merged[i] > merged[best]))
            best = i;
    return best;
}

/* Letters that the language of a script is written in: Japanese has Han too. */
static bool belongs(size_t range, size_t of)
{
    if (ranges[of].script != SCRIPT_OTHER)
        return ranges[range].script == ranges[of].script;
    return ranges[range].script == SCRIPT_OTHER &&
           (!strcmp(ranges[range].code, ranges[of].code) ||
            (!strcmp(ranges[of].code, "ja") && !strcmp(ranges[range].code, "zh")));
}

enum language_script language_script_of(struct str text, struct language_letters *ret_letters)
{
    int counts[RANGES + 1];
    memset(counts, 0, sizeof(counts));
    for (size_t at = 0; at < text.len;) {
        uint32_t c = (unsigned char)text.ptr[at];
        at += c < 0x80 ? 1 : utf8_decode(text, at, &c);
        counts[range_of(c)]++;
    }
    size_t best = strongest(counts);
    *ret_letters = (struct language_letters){.code = best < RANGES ? ranges[best].code : NULL};
    for (size_t i = 0; i < RANGES; i++) {
        ret_letters->all += counts[i];
        ret_letters->own += best < RANGES && belongs(i, best) ? counts[i] : 0;
    }
    return best < RANGES ? ranges[best].script : SCRIPT_NONE;
}

static uint32_t step(uint32_t hash, uint32_t c)
{
    return (hash ^ c) * 0x9E3779B1u + (hash >> 15);
}

static uint32_t last_step(uint32_t hash)
{
    hash ^= hash >> 16;
    hash *= 0x85EBCA6Bu;
    hash ^= hash >> 13;
    return hash * 0xC2B2AE35u;
}

/* Alone: letters that not every language of the script has; the others only cost time. */
static bool is_telling(uint32_t c)
{
    return c >= 0x80 && !(c >= 0x430 && c <= 0x44F);
}

/* `letters` has a border (' ') at either end. */
static void add_word(struct language_piece *piece, const uint32_t *letters, size_t count)
{
    uint32_t whole = 0x3C6EF372u;
    for (size_t i = 0; i < count; i++) {
        uint32_t hash = 0x811C9DC5u;
        whole = step(whole, letters[i]);
        for (size_t n = 1; n <= GRAM_MAX && i + n <= count; n++) {
            hash = step(hash, letters[i + n - 1]);
            if (n > 1 || is_telling(letters[i]))
                piece->features[piece->count++] = last_step(hash ^ (uint32_t)n);
        }
    }
    piece->features[piece->count++] = last_step(whole);
}

bool language_piece_next(struct str text, enum language_script script, size_t *at,
                         struct language_piece *ret_piece)
{
    enum { WORD_FEATURES = (WORD_LETTERS_MAX + 2) * GRAM_MAX + 1 };
    uint32_t letters[WORD_LETTERS_MAX + 2] = {' '};
    size_t count = 1;
    ret_piece->count = 0;
    ret_piece->letters = 0;
    while (*at < text.len && ret_piece->letters < PIECE_LETTERS &&
           ret_piece->count + WORD_FEATURES <= LANGUAGE_PIECE_FEATURES) {
        uint32_t c = (unsigned char)text.ptr[*at];
        *at += c < 0x80 ? 1 : utf8_decode(text, *at, &c);
        size_t range = range_of(c);
        bool inside = range < RANGES && ranges[range].script == script;
        if (inside && count <= WORD_LETTERS_MAX)
            letters[count++] = c < 0x80 ? c | 0x20 : (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
        ret_piece->letters += inside;
        if ((inside && *at < text.len) || count == 1)
            continue;
        letters[count++] = ' ';
        add_word(ret_piece, letters, count);
        count = 1;
    }
    return ret_piece->count > 0;
}

static bool read_labels(struct language_model *model, struct str section)
{
    struct str line;
    while (str_split(&section, '\n', &line)) {
        if (line.len == 0)
            continue;
        if (model->count == LINEAR_LABELS_MAX || line.len < 4 || line.len - 2 >= CODE_BYTES)
            return false;
        struct label *label = &model->labels[model->count++];
        label->script = (enum language_script)(line.ptr[0] - '0');
        memcpy(label->code, line.ptr + 2, line.len - 2);
    }
    return model->count > 0 && model->count == model->weights.labels;
}

static int read_sections(struct language_model *model, struct error *error)
{
    struct str scale = model_section(model->file, "scale");
    if (!linear_open(&model->weights, model_section(model->file, "weights")) || scale.len != sizeof(float) ||
        !read_labels(model, model_section(model->file, "labels")))
        return error_set(error, ERR_MALFORMED,
                         "the model languages has sections that do not fit; install it again");
    memcpy(&model->scale, scale.ptr, sizeof(float));
    return 0;
}

int language_model_create(struct language_model **ret_model, const char *directory, struct error *error)
{
    struct language_model *model = calloc(1, sizeof(*model));
    if (!model)
        return error_set(error, -ENOMEM, "no memory for the model languages");
    int failure = model_open(&model->file, directory, "languages", error);
    if (!failure)
        failure = read_sections(model, error);
    if (failure) {
        language_model_destroy(&model);
        return failure;
    }
    *ret_model = model;
    return 0;
}

void language_model_destroy(struct language_model **model)
{
    if (!*model)
        return;
    model_close(&(*model)->file);
    free(*model);
    *model = NULL;
}

bool language_model_knows(const struct language_model *model, struct str code)
{
    for (uint32_t i = 0; i < model->count; i++)
        if (str_equal(code, str_from(model->labels[i].code)))
            return true;
    for (size_t i = 0; i < RANGES; i++)
        if (ranges[i].code && str_equal(code, str_from(ranges[i].code)))
            return true;
    return false;
}

/* The scores of each piece, kept until the text's language is known. */
struct pieces {
    int32_t scores[PIECES_MAX][LINEAR_LABELS_MAX];
    int letters[PIECES_MAX];
    size_t count;
};

/* Where the piece with this number begins: in a long text they stand apart, each at the begin of a word. */
static size_t skip_to(struct str text, size_t at, size_t number)
{
    size_t want = text.len / PIECES_MAX * number;
    if (want <= at)
        return at;
    ptrdiff_t blank = str_find_byte(text, ' ', want);
    return blank < 0 ? at : (size_t)blank;
}

static void read_pieces(const struct language_model *model, struct str text, enum language_script script,
                        struct pieces *pieces, int64_t *total)
{
    struct language_piece piece;
    pieces->count = 0;
    memset(total, 0, model->count * sizeof(*total));
    for (size_t at = 0; pieces->count < PIECES_MAX && language_piece_next(text, script, &at, &piece);) {
        int32_t *scores = pieces->scores[pieces->count];
        memset(scores, 0, model->count * sizeof(*scores));
        linear_add_all(&model->weights, piece.features, piece.count, scores);
        for (uint32_t i = 0; i < model->count; i++)
            total[i] += scores[i];
        pieces->letters[pieces->count++] = piece.letters;
        at = skip_to(text, at, pieces->count);
    }
}

/* Labels of another script, and of the best one's language (Serbian has two), are passed over. */
static uint32_t best_label(const struct language_model *model, const int64_t *total,
                           enum language_script script, uint32_t except)
{
    uint32_t best = model->count;
    for (uint32_t i = 0; i < model->count; i++)
        if (model->labels[i].script == script && i != except &&
            (best == model->count || total[i] > total[best]))
            best = i;
    return best;
}

static void weigh(const struct language_model *model, const int64_t *total, enum language_script script,
                  uint32_t best, struct language_guess *guess)
{
    uint32_t second = best_label(model, total, script, best);
    double sum = 0;
    for (uint32_t i = 0; i < model->count; i++)
        if (model->labels[i].script == script)
            sum += exp((double)(total[i] - total[best]) * model->scale);
    guess->code = model->labels[best].code;
    guess->probability = (float)(1 / sum);
    guess->second = second < model->count ? model->labels[second].code : "";
    guess->margin =
        second < model->count ? (float)(total[best] - total[second]) * model->scale : MARGIN_ALONE;
}

static int letters_of(const struct language_model *model, const struct pieces *pieces,
                      enum language_script script, uint32_t best)
{
    int letters = 0;
    for (size_t k = 0; k < pieces->count; k++) {
        int32_t most = INT32_MIN;
        for (uint32_t i = 0; i < model->count; i++)
            if (model->labels[i].script == script && pieces->scores[k][i] > most)
                most = pieces->scores[k][i];
        if ((float)(most - pieces->scores[k][best]) * model->scale <= PIECE_DOUBT)
            letters += pieces->letters[k];
    }
    return letters;
}

void language_model_guess(const struct language_model *model, struct str text,
                          struct language_guess *ret_guess)
{
    struct language_letters letters;
    enum language_script script = language_script_of(text, &letters);
    *ret_guess = (struct language_guess){.code = "", .second = "", .letters = letters.all};
    if (script == SCRIPT_NONE || letters.all == 0)
        return;
    int share = 100 * letters.own / letters.all;
    if (letters.code) {
        *ret_guess = (struct language_guess){letters.code, "", 1, MARGIN_ALONE, share, letters.all};
        return;
    }
    struct pieces pieces;
    int64_t total[LINEAR_LABELS_MAX];
    read_pieces(model, text, script, &pieces, total);
    uint32_t best = best_label(model, total, script, model->count);
    if (best == model->count)
        return;
    int read = 0;
    for (size_t k = 0; k < pieces.count; k++)
        read += pieces.letters[k];
    if (read == 0)
        return;
    weigh(model, total, script, best, ret_guess);
    ret_guess->percent = share * letters_of(model, &pieces, script, best) / read;
}
