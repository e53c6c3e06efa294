/* geo: places in GeoRSS (simple and GML) and W3C geo. Coordinates come out longitude first, as GeoJSON has
 * them; GML in a system that newsd does not know keeps its order. A shape with too few positions is none. */
#include "feeds/parse/elements.h"

#include <math.h>

enum {
    NUMBERS_MAX = 20000 /* of one shape; a country's coast has fewer in feeds */,
    SEEN_LATITUDE = 1,
    SEEN_LONGITUDE = 2
};

/* EPSG numbers of systems with latitude first: geographic ones. Others (projected) are left as they are. */
static bool latitude_first(struct str system)
{
    static const char *const geographic[] = {"4326", "4269", "4258", "4979", "4019",
                                             "4230", "4267", "4283", "4617"};
    system = str_trim(system);
    if (str_empty(system))
        return true;
    if (str_find_nocase(system, STR("crs84"), 0) >= 0)
        return false;
    for (size_t i = 0; i < sizeof(geographic) / sizeof(*geographic); i++)
        if (str_ends(system, str_from(geographic[i])))
            return true;
    return false;
}

static int gml_start(struct feed_builder *build, struct xml_element *element)
{
    struct str system = xml_value(element, "srsName");
    struct str dimensions = xml_value(element, "srsDimension");
    if (system.ptr)
        build->geo_swap = latitude_first(system);
    if (dimensions.ptr)
        build->geo_dimensions = build_number(dimensions) == 3 ? 3 : 2;
    switch (element->name) {
    case NAME_POS:
    case NAME_POSLIST:
    case NAME_LOWERCORNER:
    case NAME_UPPERCORNER:
        return XML_TEXT;
    case NAME_POINT:
    case NAME_LINESTRING:
    case NAME_POLYGON:
    case NAME_ENVELOPE:
        element->thing = element; /* its name is the shape */
        return XML_CHILDREN;
    case NAME_EXTERIOR:
    case NAME_LINEARRING:
        return XML_CHILDREN;
    default:
        return XML_SKIP;
    }
}

static void enter(struct feed_builder *build, struct xml_element *element)
{
    element->scope = SCOPE_GEO;
    element->thing = NULL; /* the parent's is of another kind */
    build->geo_swap = true;
    build->geo_dimensions = 0;
    build->geo_seen = 0;
}

int geo_start(struct feed_builder *build, struct xml_element *element)
{
    if (element->namespace == NS_GML) {
        if (element->scope != SCOPE_GEO)
            enter(build, element);
        return gml_start(build, element);
    }
    if (element->namespace == NS_GEO) {
        if (element->name == NAME_POINT)
            return XML_CHILDREN;
        return element->name == NAME_LAT || element->name == NAME_LONG ? XML_TEXT : XML_SKIP;
    }
    switch (element->name) {
    case NAME_WHERE:
        enter(build, element);
        return XML_CHILDREN;
    case NAME_POINT:
    case NAME_LINE:
    case NAME_POLYGON:
    case NAME_BOX:
        return XML_TEXT;
    default:
        return XML_SKIP;
    }
}

static size_t read_numbers(struct str text, double *numbers, size_t max)
{
    size_t count = 0, at = 0;
    while (at < text.len && count < max) {
        while (at < text.len && strchr(" \t\r\n,", text.ptr[at]))
            at++;
        size_t end = at;
        while (end < text.len && !strchr(" \t\r\n,", text.ptr[end]))
            end++;
        if (end > at &&
            (!str_to_double(str_slice(text, at, end), &numbers[count++]) || !isfinite(numbers[count - 1])))
            return 0;
        at = end;
    }
    return count;
}

static size_t positions_min(enum feed_shape shape)
{
    return shape == SHAPE_POINT ? 1 : shape == SHAPE_POLYGON ? 4 : 2;
}

static void add_shape(struct feed_builder *build, enum feed_shape shape, struct str text, unsigned dimensions,
                      bool swap)
{
    double *numbers = arena_new_array(build->arena, double, text.len / 2 + 2);
    if (!numbers) {
        build_out_of_memory(build);
        return;
    }
    size_t max = text.len / 2 + 1;
    size_t count = read_numbers(text, numbers, max < NUMBERS_MAX ? max : NUMBERS_MAX);
    if (!dimensions)
        dimensions = shape == SHAPE_POINT && count == 3 ? 3 : 2;
    size_t positions = count / dimensions;
    if (positions < positions_min(shape) || (shape == SHAPE_POINT && positions != 1))
        return;
    if (shape == SHAPE_BOX)
        positions = 2;
    for (size_t i = 0; swap && i < positions; i++) {
        double first = numbers[i * dimensions];
        numbers[i * dimensions] = numbers[i * dimensions + 1];
        numbers[i * dimensions + 1] = first;
    }
    struct feed_geo *geo = arena_new(build->arena, struct feed_geo);
    if (!geo) {
        build_out_of_memory(build);
        return;
    }
    *geo =
        (struct feed_geo){.shape = shape, .dimensions = dimensions, .numbers = numbers, .count = positions};
    *(build->entry ? &build->entry->geo : &build->meta->geo) = geo;
}

static void corner_end(struct feed_builder *build, enum feed_name name, struct str text)
{
    double numbers[3];
    if (read_numbers(text, numbers, 3) < 2)
        return;
    if (name == NAME_LOWERCORNER) {
        build->latitude = numbers[0];
        build->longitude = numbers[1];
        build->geo_seen = SEEN_LATITUDE | SEEN_LONGITUDE;
    } else if (build->geo_seen) {
        struct str both = arena_printf(build->arena, "%.10g %.10g %.10g %.10g", build->latitude,
                                       build->longitude, numbers[0], numbers[1]);
        add_shape(build, SHAPE_BOX, both, 2, build->geo_swap);
    }
}

static void gml_end(struct feed_builder *build, struct xml_element *element, struct str text)
{
    const struct xml_element *container = (element - 1)->thing;
    if (element->name == NAME_LOWERCORNER || element->name == NAME_UPPERCORNER) {
        corner_end(build, element->name, text);
        return;
    }
    if (!container || container->namespace != NS_GML)
        return;
    enum feed_shape shape = container->name == NAME_POINT     ? SHAPE_POINT
                            : container->name == NAME_POLYGON ? SHAPE_POLYGON
                                                              : SHAPE_LINE;
    add_shape(build, shape, text, build->geo_dimensions, build->geo_swap);
}

static void w3c_end(struct feed_builder *build, enum feed_name name, struct str text)
{
    double number;
    if (read_numbers(str_trim(text), &number, 1) != 1)
        return;
    if (name == NAME_LAT)
        build->latitude = number;
    else
        build->longitude = number;
    build->geo_seen |= name == NAME_LAT ? SEEN_LATITUDE : SEEN_LONGITUDE;
    if (build->geo_seen != (SEEN_LATITUDE | SEEN_LONGITUDE))
        return;
    struct str both = arena_printf(build->arena, "%.10g %.10g", build->latitude, build->longitude);
    add_shape(build, SHAPE_POINT, both, 2, true);
    build->geo_seen = 0;
}

void geo_end(struct feed_builder *build, struct xml_element *element, struct str text, bool markup)
{
    (void)markup;
    if (element->reading == XML_CHILDREN)
        return;
    if (element->namespace == NS_GML)
        gml_end(build, element, text);
    else if (element->namespace == NS_GEO)
        w3c_end(build, element->name, text);
    else
        add_shape(build,
                  element->name == NAME_POINT     ? SHAPE_POINT
                  : element->name == NAME_POLYGON ? SHAPE_POLYGON
                  : element->name == NAME_BOX     ? SHAPE_BOX
                                                  : SHAPE_LINE,
                  text, element->name == NAME_POINT ? 0 : 2, true);
}
