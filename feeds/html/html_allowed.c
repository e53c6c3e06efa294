/* html_allowed: the lists, and tables of elements and attributes made of them. What is missing is missing on
 * purpose: elements that load or run things or speak for the page (base, link, meta, object, use, animate
 * ...), attributes that do (every on..., srcdoc, formaction, ping, background). */
#include "feeds/html/html_allowed.h"

#include <assert.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>

/* HTML, and of SVG and MathML what only draws. */
static const char *const allowed_elements[] = {
    "a",
    "abbr",
    "acronym",
    "address",
    "area",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "button",
    "canvas",
    "caption",
    "center",
    "circle",
    "cite",
    "code",
    "col",
    "colgroup",
    "command",
    "data",
    "datagrid",
    "datalist",
    "dd",
    "defs",
    "del",
    "desc",
    "details",
    "dfn",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "ellipse",
    "em",
    "event-source",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "g",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "input",
    "ins",
    "kbd",
    "keygen",
    "label",
    "legend",
    "li",
    "line",
    "lineargradient",
    "m",
    "main",
    "map",
    "mark",
    "marker",
    "math",
    "menu",
    "meter",
    "mfrac",
    "mi",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mroot",
    "mrow",
    "ms",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "multicol",
    "munder",
    "munderover",
    "nav",
    "nextid",
    "noscript",
    "ol",
    "optgroup",
    "option",
    "output",
    "p",
    "path",
    "picture",
    "polygon",
    "polyline",
    "pre",
    "progress",
    "q",
    "radialgradient",
    "rect",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "select",
    "small",
    "sound",
    "source",
    "spacer",
    "span",
    "stop",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "svg",
    "switch",
    "symbol",
    "table",
    "tbody",
    "td",
    "text",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tspan",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
};
static const char *const dropped_whole[] = {"applet",   "frameset", "script", "style",
                                            "template", "title",    "xml"};
static const char *const plain_attributes[] = {
    "abbr",
    "accept",
    "accept-charset",
    "accesskey",
    "align",
    "alt",
    "autocomplete",
    "autofocus",
    "axis",
    "balance",
    "baseprofile",
    "bgcolor",
    "bgproperties",
    "border",
    "bordercolor",
    "bottompadding",
    "cellpadding",
    "cellspacing",
    "ch",
    "challenge",
    "char",
    "charoff",
    "charset",
    "checked",
    "choff",
    "class",
    "clear",
    "color",
    "cols",
    "colspan",
    "columnalign",
    "columnspan",
    "compact",
    "contenteditable",
    "controls",
    "coords",
    "cx",
    "cy",
    "d",
    "datapagesize",
    "datetime",
    "default",
    "delay",
    "dir",
    "disabled",
    "display",
    "displaystyle",
    "draggable",
    "dx",
    "dy",
    "enctype",
    "end",
    "face",
    "fill-opacity",
    "fill-rule",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "for",
    "form",
    "frame",
    "fx",
    "fy",
    "galleryimg",
    "gradienttransform",
    "gradientunits",
    "gutter",
    "headers",
    "height",
    "hidden",
    "hidefocus",
    "high",
    "hreflang",
    "hspace",
    "id",
    "inputmode",
    "ismap",
    "itemid",
    "itemprop",
    "itemscope",
    "itemtype",
    "keytype",
    "kind",
    "label",
    "lang",
    "leftspacing",
    "list",
    "loop",
    "loopcount",
    "loopend",
    "loopstart",
    "low",
    "mathsize",
    "mathvariant",
    "max",
    "maxlength",
    "media",
    "method",
    "min",
    "multiple",
    "name",
    "nohref",
    "noshade",
    "nowrap",
    "offset",
    "opacity",
    "open",
    "optimum",
    "pathlength",
    "point-size",
    "points",
    "pqg",
    "preload",
    "preserveaspectratio",
    "prompt",
    "pubdate",
    "r",
    "radiogroup",
    "readonly",
    "rel",
    "repeat-max",
    "repeat-min",
    "required",
    "rev",
    "reversed",
    "rightspacing",
    "role",
    "rotate",
    "rowalign",
    "rows",
    "rowspacing",
    "rowspan",
    "rules",
    "rx",
    "ry",
    "scope",
    "selected",
    "shape",
    "size",
    "sizes",
    "span",
    "spellcheck",
    "spreadmethod",
    "srclang",
    "srcset",
    "start",
    "step",
    "stop-opacity",
    "stretchy",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-opacity",
    "stroke-width",
    "summary",
    "suppress",
    "tabindex",
    "target",
    "text-anchor",
    "textlength",
    "title",
    "toppadding",
    "transform",
    "translate",
    "type",
    "unselectable",
    "usemap",
    "valign",
    "value",
    "variable",
    "version",
    "viewbox",
    "volume",
    "vrml",
    "vspace",
    "width",
    "wrap",
    "x",
    "x1",
    "x2",
    "xml:lang",
    "xml:space",
    "y",
    "y1",
    "y2",
};
static const char *const url_attributes[] = {
    "action", "cite", "data", "dynsrc", "href", "longdesc", "lowsrc", "poster", "src", "xlink:href",
};
static const char *const paint_attributes[] = {"fill", "stop-color", "stroke"};
static const char *const safe_schemes[] = {
    "acct", "aim",  "callto", "ed2k",   "feed",   "ftp",    "geo", "gopher", "http",   "https",
    "irc",  "ircs", "jabber", "magnet", "mailto", "matrix", "mms", "news",   "nntp",   "rtsp",
    "sftp", "sip",  "sips",   "sms",    "ssh",    "tag",    "tel", "urn",    "webcal", "xmpp",
};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

enum { SLOTS = 1024 }; /* a power of two, more than twice as many as there are names in a table */

struct slot {
    const char *name;
    uint8_t kind;
};

/* Filled once for the process, then only read. */
static struct slot elements[SLOTS], attributes[SLOTS];
static pthread_once_t filled = PTHREAD_ONCE_INIT;

/* Where the name stands, or the free slot where it would. */
static struct slot *find(struct slot *table, const char *name)
{
    uint32_t hash = 0;
    for (const char *at = name; *at; at++)
        hash = hash * 33 ^ (unsigned char)*at;
    size_t index = (hash ^ hash >> 10) % SLOTS;
    while (table[index].name && strcmp(table[index].name, name) != 0)
        index = (index + 1) % SLOTS;
    return &table[index];
}

static void add(struct slot *table, const char *const *list, size_t count, int kind)
{
    for (size_t i = 0; i < count; i++) {
        struct slot *slot = find(table, list[i]);
        if (!slot->name)
            *slot = (struct slot){list[i], (uint8_t)kind};
    }
}

static void fill(void)
{
    static_assert(COUNT(allowed_elements) + COUNT(dropped_whole) < SLOTS / 2, "elements");
    static_assert(COUNT(plain_attributes) + COUNT(url_attributes) < SLOTS / 2 - 8, "attributes");
    static const char *const style[] = {"style"}, *const namespaces[] = {"xmlns", "xmlns:xlink"};
    add(elements, allowed_elements, COUNT(allowed_elements), HTML_ALLOWED);
    add(elements, dropped_whole, COUNT(dropped_whole), HTML_DROPPED_WHOLE);
    add(attributes, plain_attributes, COUNT(plain_attributes), HTML_ATTRIBUTE_PLAIN);
    add(attributes, url_attributes, COUNT(url_attributes), HTML_ATTRIBUTE_URL);
    add(attributes, paint_attributes, COUNT(paint_attributes), HTML_ATTRIBUTE_PAINT);
    add(attributes, style, COUNT(style), HTML_ATTRIBUTE_STYLE);
    add(attributes, namespaces, COUNT(namespaces), HTML_ATTRIBUTE_NAMESPACE);
}

enum html_element html_element(const char *name, bool in_svg)
{
    pthread_once(&filled, fill);
    const struct slot *slot = find(elements, name);
    if (in_svg && !strcmp(name, "title"))
        return HTML_ALLOWED;
    return slot->name ? (enum html_element)slot->kind : HTML_DROPPED;
}

enum html_attribute html_attribute(const char *name)
{
    pthread_once(&filled, fill);
    const struct slot *slot = find(attributes, name);
    return slot->name ? (enum html_attribute)slot->kind : HTML_ATTRIBUTE_DROPPED;
}

bool html_scheme(const char *scheme)
{
    for (size_t i = 0; i < COUNT(safe_schemes); i++)
        if (scheme[0] == safe_schemes[i][0] && !strcmp(scheme, safe_schemes[i]))
            return true;
    return false;
}
