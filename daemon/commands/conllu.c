/* conllu: see the header. */
#include "daemon/commands/conllu.h"

#include <errno.h>
#include <stdio.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/utf8.h"

enum { COLUMNS = 10, UPOS = 3, XPOS = 4, HEAD = 6, RELATION = 7, MISC = 9 };

/* Of each token: what it is of a name: "B-PER", "I-PER", or absent. NULL when there is no memory. */
static struct str *name_labels(const struct article *article)
{
    struct str *labels = arena_new_array(article->arena, struct str, article->tokens.count + 1);
    for (size_t i = 0; labels && i < article->names.count; i++) {
        const struct article_name *name = &article->names.items[i];
        for (uint32_t at = name->first; at < name->end; at++)
            labels[at] = arena_printf(article->arena, "%c-%s", at == name->first ? 'B' : 'I',
                                      name_type_text(name->type));
    }
    return labels;
}

static struct token_tag tag_of(const struct article *article, size_t at)
{
    static const struct token_tag none = {.upos = {0}};
    return article->tags ? article->tags[at] : none;
}

static struct token_arc arc_of(const struct article *article, size_t at)
{
    static const struct token_arc none = {.relation = {0}};
    return article->arcs ? article->arcs[at] : none;
}

static struct str or_nothing(struct str value)
{
    return value.len ? value : STR("_");
}

static void print_misc(struct str name, bool space_after)
{
    if (name.len)
        printf("Entity=%.*s%s", STR_ARG(name), space_after ? "" : "|");
    printf("%s\n", !space_after ? "SpaceAfter=No" : name.len ? "" : "_");
}

static void print_token(const struct article *article, uint32_t at, uint32_t number, uint32_t end,
                        struct str name)
{
    const struct token *token = &article->tokens.items[at];
    struct token_tag tag = tag_of(article, at);
    struct token_arc arc = arc_of(article, at);
    printf("%u\t%.*s\t_\t%.*s\t%.*s\t_\t", number,
           STR_ARG(str_slice(article->text, token->start, token->end)), STR_ARG(or_nothing(tag.upos)),
           STR_ARG(or_nothing(tag.xpos)));
    if (arc.relation.len)
        printf("%u\t%.*s\t_\t", arc.head, STR_ARG(arc.relation));
    else
        printf("_\t_\t_\t");
    print_misc(name, at + 1 == end || article->tokens.items[at + 1].start > token->end);
}

/* The sentence as it stands, in one line. */
static void print_text(struct str text)
{
    printf("# text = ");
    for (size_t i = 0; i < text.len; i++)
        putchar(text.ptr[i] == '\n' || text.ptr[i] == '\r' || text.ptr[i] == '\t' ? ' ' : text.ptr[i]);
    putchar('\n');
}

int conllu_print(const struct article *article)
{
    struct str *names = name_labels(article);
    if (!names)
        return -ENOMEM;
    for (size_t i = 0; i < article->sentences.count && article->sentence_tokens; i++) {
        uint32_t begin = article->sentence_tokens[i], end = article->sentence_tokens[i + 1];
        if (begin == end)
            continue;
        print_text(
            str_slice(article->text, article->tokens.items[begin].start, article->tokens.items[end - 1].end));
        for (uint32_t at = begin; at < end; at++)
            print_token(article, at, at + 1 - begin, end, names[at]);
        putchar('\n');
    }
    return 0;
}

/* ---- Given tokens ---- */

static int add_line(struct conllu_story *story, struct str line, bool is_word)
{
    if (arena_grow(story->arena, (void **)&story->lines, story->count, &story->capacity,
                   sizeof(*story->lines)) ||
        arena_grow(story->arena, (void **)&story->is_word, story->count, &story->words_capacity,
                   sizeof(*story->is_word)))
        return -ENOMEM;
    story->lines[story->count] = line;
    story->is_word[story->count++] = is_word;
    return 0;
}

/* The form of a word's line; absent for other lines. */
static struct str form_of(struct str line)
{
    struct str number, form;
    if (!line.len || line.ptr[0] == '#' || !str_split(&line, '\t', &number) ||
        str_find_byte(number, '-', 0) >= 0 || str_find_byte(number, '.', 0) >= 0 ||
        !str_split(&line, '\t', &form))
        return STR_NONE;
    return form;
}

static int add_token(struct article *article, struct buffer *text, struct str form)
{
    struct token *token = article_list_add(article->arena, &article->tokens);
    if (!token)
        return -ENOMEM;
    if (text->len)
        buffer_append_byte(text, ' ');
    token->start = (uint32_t)text->len;
    buffer_append_str(text, utf8_repair(article->arena, form));
    token->end = (uint32_t)text->len;
    return text->failed ? -ENOMEM : 0;
}

/* Sentences in code points and in tokens, from where each begins. */
static int add_sentences(struct article *article, const struct conllu_story *story)
{
    size_t capacity = 0;
    uint32_t *begins = arena_new_array(article->arena, uint32_t, story->count + 2), words = 0, points = 0,
             first = 0;
    if (!begins)
        return -ENOMEM;
    for (size_t i = 0; i <= story->count; i++) {
        if (i < story->count && story->lines[i].len) {
            words += story->is_word[i];
            continue;
        }
        if (words == first)
            continue;
        struct span *span = article_list_add(article->arena, &article->sentences);
        if (!span)
            return -ENOMEM;
        struct str text = str_slice(article->text, article->tokens.items[first].start,
                                    article->tokens.items[words - 1].end);
        *span = (struct span){points, points + (uint32_t)utf8_length(text)};
        points = span->end + 1;
        begins[capacity++] = first;
        first = words;
    }
    begins[capacity] = words;
    article->sentence_tokens = begins;
    return 0;
}

static int fill(struct conllu_story *story, struct article *article)
{
    _cleanup_buffer_ struct buffer text = {0};
    for (size_t i = 0; i < story->count; i++) {
        int error = story->is_word[i] ? add_token(article, &text, form_of(story->lines[i])) : 0;
        if (error)
            return error;
    }
    article->text = arena_str(article->arena, buffer_str(&text));
    return text.len && !article->text.len ? -ENOMEM : add_sentences(article, story);
}

bool conllu_next(struct conllu_story *story, struct str *rest, size_t *line_number, struct article *article,
                 int *ret_error)
{
    struct str line, before;
    bool words = false;
    *ret_error = 0;
    story->count = 0;
    while (rest->len && !*ret_error) {
        before = *rest;
        (void)str_split(rest, '\n', &line);
        if (line.len && line.ptr[line.len - 1] == '\r')
            line.len--;
        if (words && str_starts(line, STR("# newdoc"))) {
            *rest = before;
            break;
        }
        ++*line_number;
        bool is_word = form_of(line).len > 0;
        if (line.len && line.ptr[0] != '#' && !is_word && str_find_byte(line, '\t', 0) < 0)
            *ret_error = ERR_MALFORMED;
        words |= is_word;
        if (!*ret_error)
            *ret_error = add_line(story, line, is_word);
    }
    if (!*ret_error)
        *ret_error = fill(story, article);
    return story->count || *ret_error;
}

/* What stands in column 10 but an Entity of before, then ours. */
static void print_given_misc(struct str misc, struct str name)
{
    struct str part;
    const char *between = "";
    while (misc.len && !str_equal(misc, STR("_")) && str_split(&misc, '|', &part)) {
        if (str_starts(part, STR("Entity=")))
            continue;
        printf("%s%.*s", between, STR_ARG(part));
        between = "|";
    }
    if (name.len)
        printf("%sEntity=%.*s", between, STR_ARG(name));
    printf("%s", !name.len && !*between ? "_" : "");
}

/* Ours in place of what stood there, as far as we have it. */
static void print_given_column(const struct article *article, size_t at, int number, struct str given)
{
    struct token_tag tag = tag_of(article, at);
    struct token_arc arc = arc_of(article, at);
    struct str ours = number == UPOS       ? tag.upos
                      : number == XPOS     ? tag.xpos
                      : number == RELATION ? arc.relation
                                           : STR_NONE;
    if (number == HEAD && arc.relation.len)
        printf("%u", arc.head);
    else
        printf("%.*s", STR_ARG(or_nothing(ours.len ? ours : given)));
}

static void print_word(struct str line, const struct article *article, size_t at, struct str name)
{
    for (int number = 0; number < COLUMNS; number++) {
        struct str column = STR_NONE;
        (void)(line.len && str_split(&line, '\t', &column));
        printf("%s", number ? "\t" : "");
        if (number == MISC)
            print_given_misc(column, name);
        else
            print_given_column(article, at, number, column);
    }
    putchar('\n');
}

int conllu_print_story(const struct conllu_story *story, const struct article *article)
{
    struct str *names = name_labels(article);
    size_t at = 0;
    if (!names)
        return -ENOMEM;
    for (size_t i = 0; i < story->count; i++) {
        if (story->is_word[i]) {
            print_word(story->lines[i], article, at, names[at]);
            at++;
        } else {
            printf("%.*s\n", STR_ARG(story->lines[i]));
        }
    }
    return 0;
}
