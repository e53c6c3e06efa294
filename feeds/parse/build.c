/* build: the steps that all vocabularies share when they fill a document. Allocates from the document's arena
 * only; running out of it stops the reading. */
#include "feeds/parse/build.h"

#include <errno.h>
#include <limits.h>

#include "base/date.h"
#include "feeds/html/html_safe.h"
#include "feeds/parse/people.h"

void *feed_list_add(struct arena *arena, void **items, size_t *count, size_t *capacity, size_t size)
{
    enum { FIRST = 2 }; /* most lists stay short, and a sitemap has 50,000 entries with some each */
    if (!*capacity) {
        *items = arena_array(arena, FIRST, size);
        *capacity = *items ? FIRST : 0;
    }
    if (!*items || arena_grow(arena, items, *count, capacity, size) < 0)
        return NULL;
    void *item = (char *)*items + *count * size;
    memset(item, 0, size);
    (*count)++;
    return item;
}

void build_out_of_memory(struct feed_builder *build)
{
    build->error = -ENOMEM;
    build->stop = true;
}

void *build_added(struct feed_builder *build, void *item)
{
    if (!item)
        build_out_of_memory(build);
    return item;
}

void build_repair(struct feed_builder *build, struct str name)
{
    for (size_t i = 0; i < build->document->repairs.count; i++)
        if (str_equal(build->document->repairs.items[i], name))
            return;
    struct str *slot = BUILD_ADD_TO(build, &build->document->repairs);
    if (slot)
        *slot = name;
}

struct str build_copy(struct feed_builder *build, struct str text)
{
    text = str_trim(text);
    if (str_empty(text))
        return STR_NONE;
    struct str copy = arena_str(build->arena, text);
    if (!copy.ptr)
        build_out_of_memory(build);
    return copy;
}

struct str build_line(struct feed_builder *build, struct str text)
{
    text = str_trim(text);
    if (str_empty(text))
        return STR_NONE;
    struct str decoded = text_without_c1(build->arena, text);
    if (decoded.ptr && memchr(decoded.ptr, '&', decoded.len))
        decoded = html_decode_references(build->arena, decoded);
    return build_copy(build, decoded);
}

int64_t build_number(struct str text)
{
    int64_t value;
    text = str_trim(text);
    if (str_to_int64(text, &value) && value >= 0)
        return value;
    double number;
    if (str_to_double(text, &number) && number >= 0 && number < (double)INT_MAX)
        return (int64_t)number;
    return -1;
}

struct feed_dates *build_dates(struct feed_builder *build)
{
    return build->entry ? &build->entry->dates : &build->meta->dates;
}

void build_time(struct feed_builder *build, struct feed_time *time, unsigned char *have, enum build_rank rank,
                struct str text)
{
    text = str_trim(text);
    if (str_empty(text) || (have && rank < *have))
        return;
    struct feed_time read = {0};
    (void)date_parse(text, &read); /* what cannot be read is kept as it is written */
    if (read.precision == TIME_NONE && time->precision != TIME_NONE && (!have || rank <= *have))
        return;
    read.raw = build_copy(build, text);
    *time = read;
    if (have)
        *have = (unsigned char)rank;
}

void build_text(struct feed_builder *build, struct feed_text *slot, unsigned char *have, enum build_rank rank,
                struct feed_text text)
{
    (void)build;
    if ((!text.value.ptr && !text.src.ptr) || rank < *have)
        return;
    *slot = text;
    *have = (unsigned char)rank;
}

struct feed_text build_construct(struct feed_builder *build, const struct xml_element *element,
                                 struct str text, bool markup, struct str type, bool guess)
{
    struct text_source source = {
        .text = text,
        .markup = markup,
        .type = build->pending.type,
        .mode = build->pending.mode,
        .type_default = type,
        .language = element->language,
        .base = element->base,
        .guess = guess,
        .raw = build->options->raw,
    };
    struct feed_text result = text_construct(build->arena, &source);
    if (!result.value.ptr && arena_exhausted(build->arena))
        build_out_of_memory(build);
    return result;
}

static bool person_known(struct feed_person *people, size_t count, const struct feed_person *person)
{
    for (size_t i = 0; i < count; i++) {
        if (!people_same(&people[i], person))
            continue;
        if (!people[i].name.ptr)
            people[i].name = person->name;
        if (!people[i].email.ptr)
            people[i].email = person->email;
        if (!people[i].url.ptr)
            people[i].url = person->url;
        return true;
    }
    return false;
}

/* False when a list whose items are compared with each other is full. */
static bool has_room(struct feed_builder *build, size_t count)
{
    if (count < FEED_LIST_MAX)
        return true;
    build->document->limit_hit = true;
    return false;
}

void build_author(struct feed_builder *build, struct feed_person person)
{
    struct feed_person *people = build->entry ? build->entry->authors.items : build->meta->authors.items;
    size_t count = build->entry ? build->entry->authors.count : build->meta->authors.count;
    if (!(person.name.ptr || person.email.ptr || person.url.ptr) || person_known(people, count, &person) ||
        !has_room(build, count))
        return;
    struct feed_person *slot = BUILD_ADD(build, authors);
    if (slot)
        *slot = person;
}

void build_person_line(struct feed_builder *build, struct feed_person *slot, struct str line)
{
    struct feed_person person = people_parse(build_line(build, line));
    if (person.name.ptr || person.email.ptr)
        *slot = person;
}

void build_category(struct feed_builder *build, struct str term, struct str scheme, struct str label)
{
    if (!term.ptr && !label.ptr && !scheme.ptr)
        return;
    size_t count = build->entry ? build->entry->categories.count : build->meta->categories.count;
    const struct feed_category *have =
        build->entry ? build->entry->categories.items : build->meta->categories.items;
    for (size_t i = 0; i < count; i++)
        if (str_equal(have[i].term, term) && str_equal(have[i].scheme, scheme) &&
            str_equal(have[i].label, label))
            return;
    if (!has_room(build, count))
        return;
    struct feed_category *slot = BUILD_ADD(build, categories);
    if (slot)
        *slot = (struct feed_category){.term = term, .scheme = scheme, .label = label};
}

void build_enclosure(struct feed_builder *build, struct feed_enclosure enclosure)
{
    if (!build->entry)
        return;
    struct feed_enclosure *slot = BUILD_ADD_TO(build, &build->entry->enclosures);
    if (slot)
        *slot = enclosure;
}

struct feed_image *build_image_new(struct feed_builder *build)
{
    struct feed_image *image = arena_new(build->arena, struct feed_image);
    if (!image) {
        build_out_of_memory(build);
        return NULL;
    }
    image->width = image->height = -1;
    return image;
}

struct feed_image *build_image(struct feed_builder *build)
{
    struct feed_image **slot = build->entry ? &build->entry->image : &build->meta->image;
    if (!*slot)
        *slot = build_image_new(build);
    return *slot;
}

struct feed_podcast *build_podcast(struct feed_builder *build)
{
    struct feed_podcast **slot = build->entry ? &build->entry->podcast : &build->meta->podcast;
    if (!*slot) {
        *slot = arena_new(build->arena, struct feed_podcast);
        if (!*slot) {
            build_out_of_memory(build);
            return NULL;
        }
        (*slot)->duration_s = (*slot)->season = (*slot)->episode = -1;
    }
    return *slot;
}
