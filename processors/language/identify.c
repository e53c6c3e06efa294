/* identify: weighs what the letters say against what is stated. Worker threads. Never looks at URLs. */
#include "processors/language/identify.h"

#include <errno.h>

#include "base/utf8.h"
#include "processors/language/detect.h"
#include "processors/language/near_languages.h"

enum {
    SAMPLE_BYTES_MAX = 2048, /* enough for any language; more changes nothing */
    LETTERS_MIN = 60,        /* below, the detector errs often: what is stated wins */
    LETTERS_SURE = 300,      /* above, a reliable answer is nearly always right */
    PERCENT_MIN = 60,        /* a text of two languages is not certain to be in the first */
    PRIMARY_MAX = 8,         /* letters of a primary subtag (RFC 5646) */
    TAG_BYTES_MAX = 35,
};

static const float CONFIDENCE_OTHER = 0.8f; /* of a near language that the text's words speak for */
static const float CONFIDENCE_OPEN = 0.5f;  /* of one that they do not decide on */

/* A language and one that it takes in, or another name of it: the feed says which is meant. */
static const char *const families[][2] = {
    {"sh", "hr"},  {"sh", "bs"},  {"sh", "sr"},  {"cnr", "sr"}, {"cnr", "bs"}, {"cnr", "hr"},
    {"zh", "yue"}, {"zh", "wuu"}, {"fa", "prs"}, {"fil", "tl"}, {"no", "nb"},  {"no", "nn"},
};

struct str language_primary(struct str tag, char buffer[9])
{
    size_t len = 0;
    while (len < tag.len && len < PRIMARY_MAX && tag.ptr[len] != '-' && tag.ptr[len] != '_') {
        char c = tag.ptr[len] >= 'A' && tag.ptr[len] <= 'Z' ? (char)(tag.ptr[len] + 32) : tag.ptr[len];
        if (c < 'a' || c > 'z')
            return STR_NONE;
        buffer[len++] = c;
    }
    buffer[len] = '\0';
    return len >= 2 && (len == tag.len || tag.ptr[len] == '-' || tag.ptr[len] == '_') ? str_make(buffer, len)
                                                                                      : STR_NONE;
}

/* Subtags behind the first: scripts "Hant", regions "GB", the others in lower case. */
static void write_subtag(char *out, struct str part)
{
    for (size_t i = 0; i < part.len; i++) {
        char lower = part.ptr[i] >= 'A' && part.ptr[i] <= 'Z' ? (char)(part.ptr[i] + 32) : part.ptr[i];
        bool upper = part.len == 2 || (part.len == 4 && i == 0);
        out[i] = upper && lower >= 'a' && lower <= 'z' ? (char)(lower - 32) : lower;
    }
}

struct str language_tag(struct arena *arena, struct str stated)
{
    char buffer[9], out[TAG_BYTES_MAX + PRIMARY_MAX];
    stated = str_trim(stated);
    struct str primary = language_primary(stated, buffer);
    if (!primary.ptr || stated.len > TAG_BYTES_MAX)
        return STR_NONE;
    size_t at = primary.len;
    primary = detect_rename(primary);
    if (str_equal(primary, STR("und")) || str_equal(primary, STR("mul")))
        return STR_NONE;
    size_t len = primary.len;
    memcpy(out, primary.ptr, len);
    while (at < stated.len) {
        size_t begin = ++at;
        while (at < stated.len && stated.ptr[at] != '-' && stated.ptr[at] != '_') {
            char c = stated.ptr[at++];
            if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')))
                return arena_str(arena, primary);
        }
        if (at == begin || at - begin > PRIMARY_MAX)
            break;
        out[len++] = '-';
        write_subtag(out + len, str_slice(stated, begin, at));
        len += at - begin;
    }
    return arena_str(arena, str_make(out, len));
}

static bool same_family(struct str a, struct str b)
{
    if (str_equal(a, b))
        return true;
    for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
        struct str first = str_from(families[i][0]), second = str_from(families[i][1]);
        if ((str_equal(a, first) && str_equal(b, second)) || (str_equal(a, second) && str_equal(b, first)))
            return true;
    }
    return false;
}

static float confidence_of(const struct detection *answer)
{
    float share = (float)answer->percent / 100.0f;
    float length =
        answer->letters >= LETTERS_SURE ? 1.0f : 0.7f + 0.3f * (float)answer->letters / LETTERS_SURE;
    return share * length * (answer->reliable ? 0.99f : 0.5f);
}

/* What the detector and the statement say of a text, before they are weighed. */
struct evidence {
    struct str tag, tag_primary; /* as stated */
    struct str code;             /* the detector's, absent = unknown */
    float confidence;
    bool sure; /* enough reliable text */
    char tag_buffer[9], code_buffer[9];
    struct detection found;
};

static void gather(const struct language_model *model, struct arena *arena, struct str sample,
                   struct str stated, struct evidence *evidence)
{
    struct detection *found = &evidence->found;
    detect_language(model, sample, found);
    bool known = found->percent > 0 && found->code[0];
    evidence->tag = language_tag(arena, stated);
    evidence->tag_primary = language_primary(evidence->tag, evidence->tag_buffer);
    evidence->code = known ? str_from(found->code) : STR_NONE;
    evidence->confidence = confidence_of(found);
    evidence->sure =
        known && found->reliable && found->percent >= PERCENT_MIN && found->letters >= LETTERS_MIN;
}

/* Words and letters that only one of some near languages has decide between these; with none of them the
 * detector's choice is a guess. False when nothing is known then. */
static bool weigh_near(struct str sample, struct evidence *evidence)
{
    const char *best = NULL;
    struct str primary = language_primary(evidence->code, evidence->code_buffer);
    enum near_verdict verdict = near_language_weigh(sample, primary, evidence->tag_primary, &best);
    if (verdict == NEAR_OTHER)
        evidence->code = str_from(best);
    if (verdict == NEAR_OTHER && evidence->confidence > CONFIDENCE_OTHER)
        evidence->confidence = CONFIDENCE_OTHER;
    if ((verdict == NEAR_OPEN || verdict == NEAR_SILENT) && evidence->confidence > CONFIDENCE_OPEN)
        evidence->confidence = CONFIDENCE_OPEN;
    if (verdict != NEAR_SILENT)
        evidence->sure &= verdict != NEAR_OPEN;
    return verdict != NEAR_SILENT;
}

struct language_answer language_identify(const struct language_model *model, struct arena *arena,
                                         struct str title, struct str text, struct str stated)
{
    struct str sample = utf8_cut(text, SAMPLE_BYTES_MAX);
    if (sample.len < LETTERS_MIN * 2 && title.len) {
        struct str both =
            arena_printf(arena, "%.*s\n%.*s", STR_ARG(utf8_cut(title, SAMPLE_BYTES_MAX)), STR_ARG(sample));
        sample = both.ptr ? both : sample;
    }
    struct evidence found;
    gather(model, arena, sample, stated, &found);
    bool known = found.code.ptr != NULL;
    if (known && !weigh_near(sample, &found))
        known = found.sure = false;
    char buffer[9];
    struct str primary = language_primary(found.code, buffer);
    if (found.tag.ptr && known && same_family(found.tag_primary, primary))
        return (struct language_answer){found.tag, found.confidence > 0.9f ? found.confidence : 0.9f};
    if (found.tag.ptr && !found.sure)
        return (struct language_answer){found.tag, known ? 0.5f : 0.7f};
    if (!known)
        return (struct language_answer){STR_NONE, 0};
    return (struct language_answer){arena_str(arena, found.code), found.confidence};
}

static int init(void **ret_context, const char *data_directory, struct error *error)
{
    struct language_model *model = NULL;
    int code = language_model_create(&model, data_directory, error);
    *ret_context = model;
    return code;
}

static void destroy(void *context)
{
    struct language_model *model = context;
    language_model_destroy(&model);
}

static int process(const void *context, struct article *article, struct str *ret_note)
{
    (void)ret_note;
    struct language_answer answer =
        language_identify(context, article->arena, article->title, article->text, article->language_stated);
    if (arena_exhausted(article->arena))
        return -ENOMEM;
    article->language = answer.code;
    article->language_confidence = answer.confidence;
    article->given |= answer.code.len ? GIFT_LANGUAGE : 0;
    return 0;
}

const struct stage stage_language = {
    .name = "language",
    .description = "the language of the text, weighed against what the feed and page state",
    .version = 2,
    .gives = GIFT_LANGUAGE,
    .init = init,
    .process = process,
    .destroy = destroy,
};
