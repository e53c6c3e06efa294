/* Sentence borders in news text of several languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "processors/language/sentences.h"

static struct lexicon *lexicon;

static int setup(void **state)
{
    (void)state;
    struct error error;
    return lexicon_create(&lexicon, sentence_lists, &error);
}

static int teardown(void **state)
{
    (void)state;
    lexicon_destroy(&lexicon);
    return 0;
}

static size_t offset(struct str text, uint32_t points)
{
    size_t at = 0;
    for (uint32_t c; points > 0; points--)
        at += utf8_decode(text, at, &c);
    return at;
}

/* `text` holds '|' where a sentence is to end; the rest is the text. */
static void check(const char *language, const char *marked)
{
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct article article = {.arena = arena, .language = str_from(language)};
    char *plain = arena_copy(arena, marked, strlen(marked)), *out = plain;
    for (const char *c = marked; *c; c++)
        if (*c != '|')
            *out++ = *c;
    article.text = str_make(plain, (size_t)(out - plain));
    struct block *block = article_list_add(arena, &article.blocks);
    *block = (struct block){BLOCK_PARAGRAPH, 0, {0, (uint32_t)utf8_length(article.text)}};
    assert_int_equal(sentences_find(lexicon, &article), 0);
    struct str found = STR("");
    for (size_t i = 0; i < article.sentences.count; i++) {
        struct span span = article.sentences.items[i];
        size_t begin = offset(article.text, span.start), end = offset(article.text, span.end);
        found = arena_printf(arena, "%.*s%s%.*s", STR_ARG(found), i ? "| " : "",
                             STR_ARG(str_slice(article.text, begin, end)));
    }
    struct str expected = str_from(marked);
    /* Scripts without spaces have none behind the mark. */
    char *loose = arena_alloc(arena, found.len + 1), *to = loose;
    for (size_t i = 0; i < found.len; i++)
        if (!(found.ptr[i] == ' ' && i > 0 && found.ptr[i - 1] == '|' && !strstr(marked, "| ")))
            *to++ = found.ptr[i];
    if (!str_equal(str_make(loose, (size_t)(to - loose)), expected))
        fail_msg("\n  found    %.*s\n  expected %s", STR_ARG(found), marked);
    arena_destroy(&arena);
}

static void splits_english(void **state)
{
    (void)state;
    check("en", "The dam held.| Nobody was hurt.");
    check("en", "Mr. Bekele met Gen. Abel Tesfaye and Dr. W. E. Hart.| They left.");
    check("en", "The U.S. Army said so.| It left the U.S.| The rest stayed.");
    check("en", "It rose by 3.5 metres.| On Jan. 11 it fell.| See No. 5 for more.");
    check("en", "It ended at 5 p.m. EST on Monday.| It began at 9 a.m.| He was late.");
    check("en", "“We will come back.”| He left.");
    check("en", "“Will it rain?” she asked.| Nobody knew.");
    check("en", "(It rained.)| Then it stopped.");
    check("en", "He said “no.”| She said “yes”.");
    check("en", "Wait...| What?!| Yes!");
    check("en", "Acme Inc. reported a loss.| Acme Inc.| The firm is old.");
    check("en", "She was ill.| Smith went home.");
    check("en", "It cost $5.| Then 6.| Nobody paid.");
    check("en", "See www.example.com for more.| Or call.");
    check("en", "“It is key to ‘security ’ ”.| She left.");
    check("en", "no stop at the end");
}

static void splits_other_languages(void **state)
{
    (void)state;
    check("de", "Am 11. Januar kam Dr. Keller.| Er blieb z. B. bis zum 3. Oktober.| Das war's.");
    check("de", "Das gilt u.a. für Berlin.| Papst Benedikt XVI. besuchte Köln.");
    check("fr", "M. Dupont est venu.| « C'est fini. »| Il est parti.");
    check("fr", "Qui sait ?| Personne !");
    check("es", "El Sr. Pérez llegó.| ¿Quién sabe?| Nadie.");
    check("it", "Il dott. Rossi è arrivato.| Poi è partito.");
    check("pt", "O Sr. Silva chegou.| Depois saiu.");
    check("ru", "В 2021 г. Иванов приехал.| Он уехал.");
    check("nl", "Dhr. Jansen kwam.| Hij vertrok.");
}

static void splits_scripts_without_spaces_or_case(void **state)
{
    (void)state;
    check("zh", "大坝没有倒塌。|没有人受伤！|谁知道？");
    check("ja", "「雨が降る。」と彼は言った。|終わった。");
    check("hi", "बाँध टूट गया।| कोई घायल नहीं हुआ।");
    check("ar", "انهار السد.| هل أصيب أحد؟| لا.");
}

static void headings_are_sentences_of_their_own(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct article article = {
        .arena = arena, .language = STR("en"), .text = STR("“Moment of truth”\n\nIt came. It went.")};
    *article_list_add(arena, &article.blocks) = (struct block){BLOCK_HEADING, 0, {0, 17}};
    *article_list_add(arena, &article.blocks) = (struct block){BLOCK_PARAGRAPH, 0, {19, 36}};
    assert_int_equal(sentences_find(lexicon, &article), 0);
    assert_int_equal(article.sentences.count, 3);
    assert_int_equal(article.sentences.items[0].end, 17);
    assert_int_equal(article.sentences.items[1].start, 19);
    assert_int_equal(article.sentences.items[1].end, 27);
    assert_int_equal(article.sentences.items[2].end, 36);
    arena_destroy(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(splits_english),
        cmocka_unit_test(splits_other_languages),
        cmocka_unit_test(splits_scripts_without_spaces_or_case),
        cmocka_unit_test(headings_are_sentences_of_their_own),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
