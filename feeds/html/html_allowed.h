/* html_allowed: the allow-lists of html_safe: which elements, attributes and URL schemes may stay. Names are
 * in lower case. Pure; any thread. */
#ifndef NEWSD_FEEDS_HTML_HTML_ALLOWED_H
#define NEWSD_FEEDS_HTML_HTML_ALLOWED_H

#include <stdbool.h>

enum { HTML_NAME_BYTES_MAX = 20 }; /* of every name in the lists */

enum html_element {
    HTML_DROPPED,       /* the tag goes, its content stays */
    HTML_DROPPED_WHOLE, /* its content goes with it */
    HTML_ALLOWED,
};

/* `in_svg`: inside of an svg element, where a title is a picture's description and no page's. */
enum html_element html_element(const char *name, bool in_svg);

enum html_attribute {
    HTML_ATTRIBUTE_DROPPED,
    HTML_ATTRIBUTE_PLAIN,
    HTML_ATTRIBUTE_URL,
    HTML_ATTRIBUTE_STYLE, /* declarations of CSS */
    HTML_ATTRIBUTE_PAINT, /* one value of CSS */
    HTML_ATTRIBUTE_NAMESPACE,
};
enum html_attribute html_attribute(const char *name);

/* Schemes that open a resource and never run or carry code. */
bool html_scheme(const char *scheme);

#endif
