/* page_images: metadata_read_images(): the figure that shows the article's first picture. Worker threads;
 * linear. */
#include "processors/html/metadata.h"

enum {
    FIGURES_MAX = 30, /* looked at */
    WIDTH_MIN = 200,  /* of a picture whose width is told: smaller ones are portraits and signs */
    TEXT_MAX = 1000,  /* bytes of a caption */
};

/* Its address: of pictures that come late, the one that will be fetched. */
static struct str source_of(const struct dom *dom, uint32_t node)
{
    static const char *const attributes[] = {"data-src", "data-original", "data-lazy-src", "src"};
    for (size_t i = 0; i < sizeof(attributes) / sizeof(attributes[0]); i++) {
        struct str source = str_trim(dom_attribute(dom, node, attributes[i]));
        if (source.len && !str_starts_nocase(source, STR("data:")))
            return source;
    }
    return STR_NONE;
}

static int64_t size_of(const struct dom *dom, uint32_t node, const char *attribute)
{
    int64_t size;
    return str_to_int64(str_trim(dom_attribute(dom, node, attribute)), &size) && size > 0 ? size : -1;
}

/* The first picture in the element; dom->count = none. */
static uint32_t picture_in(const struct dom *dom, uint32_t node)
{
    uint32_t picture = dom_find(dom, node, TAG_IMG);
    return picture < dom->nodes[node].end && source_of(dom, picture).len ? picture : dom->count;
}

static struct str file_of(struct str address)
{
    ptrdiff_t end = str_find_byte(address, '?', 0);
    struct str path = end < 0 ? address : str_slice(address, 0, (size_t)end);
    size_t at = path.len;
    while (at > 0 && path.ptr[at - 1] != '/')
        at--;
    return str_slice(path, at, path.len);
}

/* The part of a caption that names whose the picture is; dom->count = none. */
static uint32_t credit_in(const struct dom *dom, uint32_t caption)
{
    static const char *const words[] = {"credit", "copyright", "photographer", "byline", "fotograf", NULL};
    for (uint32_t i = caption + 1; i < dom->nodes[caption].end; i++)
        if (dom->nodes[i].tag != TAG_TEXT && layout_is_named(dom, i, words))
            return i;
    return dom->count;
}

static void describe(struct arena *arena, const struct dom *dom, uint32_t figure, struct article_image *image)
{
    uint32_t caption = dom_find(dom, figure, TAG_FIGCAPTION);
    if (caption >= dom->nodes[figure].end)
        return;
    uint32_t credit = credit_in(dom, caption);
    if (credit == dom->count) {
        metadata_set(arena, &image->caption, layout_element_text(arena, dom, caption, TEXT_MAX));
        return;
    }
    struct layout_line before = {.first = caption, .end = credit, .owner = caption};
    metadata_set(arena, &image->caption, layout_line_text(arena, dom, &before, TEXT_MAX));
    metadata_set(arena, &image->credit, layout_element_text(arena, dom, credit, TEXT_MAX));
}

static bool is_of_article(const struct dom *dom, const struct page_layout *layout, uint32_t figure)
{
    int64_t distance;
    return !(layout->places[figure] & (PLACE_BESIDE | PLACE_RELATED | PLACE_QUOTED)) &&
           layout->heading < dom->count && layout_behind_heading(layout, figure, &distance) && distance >= 0;
}

void metadata_read_images(struct arena *arena, const struct dom *dom, const struct page_layout *layout,
                          struct page_metadata *metadata)
{
    bool told = metadata->images.count > 0;
    size_t seen = 0;
    for (uint32_t i = dom_find(dom, 0, TAG_FIGURE); i < dom->count && seen < FIGURES_MAX;
         i = dom_find(dom, i + 1, TAG_FIGURE), seen++) {
        uint32_t picture = picture_in(dom, i);
        if (picture == dom->count || !is_of_article(dom, layout, i))
            continue;
        struct str source = source_of(dom, picture);
        int64_t width = size_of(dom, picture, "width");
        if (!told && (width < 0 || width >= WIDTH_MIN)) {
            struct article_image *image = metadata_add_image(arena, metadata, source);
            if (!image)
                return;
            image->width = width;
            image->height = size_of(dom, picture, "height");
            describe(arena, dom, i, image);
            return;
        }
        if (told && str_equal(file_of(source), file_of(metadata->images.items[0].url))) {
            describe(arena, dom, i, &metadata->images.items[0]);
            return;
        }
    }
}
