/* score_languages: see the header. */
#include "processors/models/score_languages.h"

#include <glob.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "processors/language/language_model.h"
#include "processors/models/files.h"

enum { LENGTHS = 3 };

static struct str first_characters(struct str line, size_t characters)
{
    size_t at = 0;
    uint32_t c;
    for (size_t i = 0; i < characters && at < line.len; i++)
        at += utf8_decode(line, at, &c);
    return str_slice(line, 0, at);
}

/* "en" of "tests/en.txt" */
static struct str code_of(const char *path)
{
    const char *name = strrchr(path, '/') + 1;
    return str_make(name, strlen(name) - strlen(".txt"));
}

static void score_language(const struct language_model *model, const char *path, double *means)
{
    static const size_t lengths[LENGTHS] = {SIZE_MAX, 40, 20};
    struct arena *arena = arena_create((size_t)1 << 30);
    struct str text = files_read(arena, path), code = code_of(path), line;
    size_t right[LENGTHS] = {0}, count = 0;
    while (str_split(&text, '\n', &line) && line.len) {
        count++;
        for (int k = 0; k < LENGTHS; k++) {
            struct language_guess guess;
            language_model_guess(model, first_characters(line, lengths[k]), &guess);
            right[k] += str_equal(str_from(guess.code), code);
        }
    }
    printf("%.*s %5zu", STR_ARG(code), count);
    for (int k = 0; k < LENGTHS; k++) {
        double percent = count ? 100.0 * (double)right[k] / (double)count : 0;
        means[k] += percent;
        printf(" %6.2f", percent);
    }
    printf("\n");
    arena_destroy(&arena);
}

void score_languages(const char *models, const char *tests)
{
    struct language_model *model = NULL;
    struct error error;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    double means[LENGTHS] = {0};
    int languages = 0;
    glob_t files;
    if (language_model_create(&model, models, &error))
        files_fail(models, error.text);
    if (glob(files_path(arena, tests, "*.txt"), 0, NULL, &files))
        files_fail(tests, "holds no CODE.txt");
    for (size_t i = 0; i < files.gl_pathc; i++)
        if (language_model_knows(model, code_of(files.gl_pathv[i]))) {
            score_language(model, files.gl_pathv[i], means);
            languages++;
        }
    if (languages)
        printf("mean of %d: whole %.2f, 40 characters %.2f, 20 characters %.2f\n", languages,
               means[0] / languages, means[1] / languages, means[2] / languages);
    globfree(&files);
    arena_destroy(&arena);
    language_model_destroy(&model);
}
