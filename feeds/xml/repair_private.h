/* repair_private: what the parts of the repair share: the text, the place in it, and what has been written.
 */
#ifndef NEWSD_FEEDS_XML_REPAIR_PRIVATE_H
#define NEWSD_FEEDS_XML_REPAIR_PRIVATE_H

#include "feeds/xml/repair.h"

enum {
    REPAIR_DEPTH_MAX = 256,               /* open elements that are written; deeper ones are text alone */
    REPAIR_TEXT_BYTES_MAX = 8 << 20,      /* libxml2 ends at 10,000,000; twice as much as a field keeps */
    REPAIR_ATTRIBUTE_BYTES_MAX = 1 << 20, /* a longer one is left out: half an address is none */
    REPAIR_ENTITIES_MAX = 320,            /* HTML 4 has 253, which some feeds declare one by one */
    REPAIR_ENTITY_BYTES_MAX = 256,
    REPAIR_EXPANSION_BYTES_MAX = 256 * 1024, /* of all references together */
};

struct repair_entity {
    struct str name, value; /* value absent: it lies outside of the document */
};

struct repair {
    struct arena *arena;
    struct str in;
    size_t at; /* the next byte to read */
    char *out;
    size_t len, capacity;
    uint32_t kinds;
    struct str open[REPAIR_DEPTH_MAX]; /* names of the open elements */
    size_t depth;
    bool root_seen, failed, cut; /* cut: the text ends within a tag */
    bool cdata_searched;
    ptrdiff_t cdata_end; /* the next "]]>" as it was found last, -1 when there is none */
    struct repair_entity *entities;
    size_t entity_count, expanded;
    int error;
    struct error *words;
};

void repair_note(struct repair *repair, enum repair_kind kind);
void repair_put(struct repair *repair, const char *ptr, size_t len);
#define REPAIR_PUT(repair, literal) repair_put((repair), (literal), sizeof(literal) - 1)

/* Writes characters [start, end) of the input: ampersands and control characters mended; in an attribute
 * value, '<' and '"' as well. */
void repair_put_text(struct repair *repair, size_t start, size_t end, bool attribute);
/* The same within a CDATA section, where only control characters need it. */
void repair_put_cdata(struct repair *repair, size_t start, size_t end);
/* Length of the XML name at `at`, 0 when there is none. */
size_t repair_name_length(struct str text, size_t at);

/* repair->at stands on '<' of a tag that begins with a name or "</": reads it, writes it mended. False when
 * it is no tag after all; nothing was read then. */
bool repair_start_tag(struct repair *repair);
bool repair_end_tag(struct repair *repair);

/* repair->at stands on "<!DOCTYPE": reads it with its internal subset and remembers the entities. */
void repair_doctype(struct repair *repair);

#endif
