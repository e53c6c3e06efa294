/* tags: the HTML elements that matter for text, and what each does to it. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_HTML_TAGS_H
#define NEWSD_PROCESSORS_HTML_TAGS_H

#include <stdint.h>

#include "base/str.h"

/* In alphabetical order: html_tag_of() searches the names. TAG_OTHER stands for every other element. */
enum html_tag {
    TAG_A,
    TAG_ADDRESS,
    TAG_ARTICLE,
    TAG_ASIDE,
    TAG_AUDIO,
    TAG_B,
    TAG_BASE,
    TAG_BLOCKQUOTE,
    TAG_BODY,
    TAG_BR,
    TAG_BUTTON,
    TAG_CANVAS,
    TAG_CAPTION,
    TAG_CENTER,
    TAG_DATALIST,
    TAG_DD,
    TAG_DETAILS,
    TAG_DIALOG,
    TAG_DIR,
    TAG_DIV,
    TAG_DL,
    TAG_DT,
    TAG_EM,
    TAG_EMBED,
    TAG_FIELDSET,
    TAG_FIGCAPTION,
    TAG_FIGURE,
    TAG_FOOTER,
    TAG_FORM,
    TAG_FRAMESET,
    TAG_H1,
    TAG_H2,
    TAG_H3,
    TAG_H4,
    TAG_H5,
    TAG_H6,
    TAG_HEAD,
    TAG_HEADER,
    TAG_HGROUP,
    TAG_HR,
    TAG_HTML,
    TAG_I,
    TAG_IFRAME,
    TAG_IMG,
    TAG_INPUT,
    TAG_LEGEND,
    TAG_LI,
    TAG_LINK,
    TAG_MAIN,
    TAG_MAP,
    TAG_MATH,
    TAG_MENU,
    TAG_META,
    TAG_NAV,
    TAG_NOSCRIPT,
    TAG_OBJECT,
    TAG_OL,
    TAG_OPTION,
    TAG_P,
    TAG_PRE,
    TAG_PROGRESS,
    TAG_RP,
    TAG_RT,
    TAG_RTC,
    TAG_RUBY,
    TAG_SCRIPT,
    TAG_SECTION,
    TAG_SELECT,
    TAG_SOURCE,
    TAG_SPAN,
    TAG_STRONG,
    TAG_STYLE,
    TAG_SUMMARY,
    TAG_SVG,
    TAG_TABLE,
    TAG_TBODY,
    TAG_TD,
    TAG_TEMPLATE,
    TAG_TEXTAREA,
    TAG_TFOOT,
    TAG_TH,
    TAG_THEAD,
    TAG_TIME,
    TAG_TITLE,
    TAG_TR,
    TAG_TRACK,
    TAG_UL,
    TAG_VIDEO,
    TAG_WBR,
    TAG_OTHER,
    TAG_CUSTOM, /* of a tree: an element whose name has a hyphen (HTML 4.13) */
    TAG_TEXT,   /* of a tree: a text node */
};

enum tag_flag {
    TAG_IS_BLOCK = 1,  /* begins and ends a block of text */
    TAG_IS_VOID = 2,   /* has no content and no end tag */
    TAG_IS_HIDDEN = 4, /* its content is never text of the article */
    TAG_IS_RAW = 8,    /* its content is not markup up to the end tag */
};

enum html_tag html_tag_of(struct str name);
unsigned html_tag_flags(enum html_tag tag);
/* "div"; "custom" for elements of a page's own making, "other" for all that are not in the list. */
struct str html_tag_name(enum html_tag tag);

#endif
