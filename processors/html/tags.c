/* tags: one table, searched by halves. */
#include "processors/html/tags.h"

#include <stdbool.h>

enum { TAG_NAME_MAX = 10 };

static const struct {
    const char name[TAG_NAME_MAX + 1];
    unsigned char flags;
} tags[] = {
    [TAG_A] = {"a", 0},
    [TAG_ADDRESS] = {"address", TAG_IS_BLOCK},
    [TAG_ARTICLE] = {"article", TAG_IS_BLOCK},
    [TAG_ASIDE] = {"aside", TAG_IS_BLOCK},
    [TAG_AUDIO] = {"audio", TAG_IS_HIDDEN},
    [TAG_B] = {"b", 0},
    [TAG_BASE] = {"base", TAG_IS_VOID},
    [TAG_BLOCKQUOTE] = {"blockquote", TAG_IS_BLOCK},
    [TAG_BODY] = {"body", TAG_IS_BLOCK},
    [TAG_BR] = {"br", TAG_IS_VOID},
    [TAG_BUTTON] = {"button", TAG_IS_HIDDEN},
    [TAG_CANVAS] = {"canvas", TAG_IS_HIDDEN},
    [TAG_CAPTION] = {"caption", TAG_IS_BLOCK},
    [TAG_CENTER] = {"center", TAG_IS_BLOCK},
    [TAG_DATALIST] = {"datalist", TAG_IS_HIDDEN},
    [TAG_DD] = {"dd", TAG_IS_BLOCK},
    [TAG_DETAILS] = {"details", TAG_IS_BLOCK},
    [TAG_DIALOG] = {"dialog", TAG_IS_HIDDEN},
    [TAG_DIR] = {"dir", TAG_IS_BLOCK},
    [TAG_DIV] = {"div", TAG_IS_BLOCK},
    [TAG_DL] = {"dl", TAG_IS_BLOCK},
    [TAG_DT] = {"dt", TAG_IS_BLOCK},
    [TAG_EM] = {"em", 0},
    [TAG_EMBED] = {"embed", TAG_IS_VOID},
    [TAG_FIELDSET] = {"fieldset", TAG_IS_BLOCK},
    [TAG_FIGCAPTION] = {"figcaption", TAG_IS_BLOCK},
    [TAG_FIGURE] = {"figure", TAG_IS_BLOCK},
    [TAG_FOOTER] = {"footer", TAG_IS_BLOCK},
    [TAG_FORM] = {"form", TAG_IS_BLOCK},
    [TAG_FRAMESET] = {"frameset", TAG_IS_BLOCK},
    [TAG_H1] = {"h1", TAG_IS_BLOCK},
    [TAG_H2] = {"h2", TAG_IS_BLOCK},
    [TAG_H3] = {"h3", TAG_IS_BLOCK},
    [TAG_H4] = {"h4", TAG_IS_BLOCK},
    [TAG_H5] = {"h5", TAG_IS_BLOCK},
    [TAG_H6] = {"h6", TAG_IS_BLOCK},
    [TAG_HEAD] = {"head", TAG_IS_BLOCK},
    [TAG_HEADER] = {"header", TAG_IS_BLOCK},
    [TAG_HGROUP] = {"hgroup", TAG_IS_BLOCK},
    [TAG_HR] = {"hr", TAG_IS_BLOCK | TAG_IS_VOID},
    [TAG_HTML] = {"html", TAG_IS_BLOCK},
    [TAG_I] = {"i", 0},
    [TAG_IFRAME] = {"iframe", TAG_IS_HIDDEN | TAG_IS_RAW},
    [TAG_IMG] = {"img", TAG_IS_VOID},
    [TAG_INPUT] = {"input", TAG_IS_VOID},
    [TAG_LEGEND] = {"legend", TAG_IS_BLOCK},
    [TAG_LI] = {"li", TAG_IS_BLOCK},
    [TAG_LINK] = {"link", TAG_IS_VOID},
    [TAG_MAIN] = {"main", TAG_IS_BLOCK},
    [TAG_MAP] = {"map", 0},
    [TAG_MATH] = {"math", 0},
    [TAG_MENU] = {"menu", TAG_IS_BLOCK},
    [TAG_META] = {"meta", TAG_IS_VOID},
    [TAG_NAV] = {"nav", TAG_IS_BLOCK},
    [TAG_NOSCRIPT] = {"noscript", TAG_IS_HIDDEN},
    [TAG_OBJECT] = {"object", TAG_IS_HIDDEN},
    [TAG_OL] = {"ol", TAG_IS_BLOCK},
    [TAG_OPTION] = {"option", TAG_IS_HIDDEN},
    [TAG_P] = {"p", TAG_IS_BLOCK},
    [TAG_PRE] = {"pre", TAG_IS_BLOCK},
    [TAG_PROGRESS] = {"progress", TAG_IS_HIDDEN},
    [TAG_RP] = {"rp", TAG_IS_HIDDEN}, /* readings above the text (ruby) are no part of it */
    [TAG_RT] = {"rt", TAG_IS_HIDDEN},
    [TAG_RTC] = {"rtc", TAG_IS_HIDDEN},
    [TAG_RUBY] = {"ruby", 0},
    [TAG_SCRIPT] = {"script", TAG_IS_HIDDEN | TAG_IS_RAW},
    [TAG_SECTION] = {"section", TAG_IS_BLOCK},
    [TAG_SELECT] = {"select", TAG_IS_HIDDEN},
    [TAG_SOURCE] = {"source", TAG_IS_VOID},
    [TAG_SPAN] = {"span", 0},
    [TAG_STRONG] = {"strong", 0},
    [TAG_STYLE] = {"style", TAG_IS_HIDDEN | TAG_IS_RAW},
    [TAG_SUMMARY] = {"summary", TAG_IS_BLOCK},
    [TAG_SVG] = {"svg", TAG_IS_HIDDEN},
    [TAG_TABLE] = {"table", TAG_IS_BLOCK},
    [TAG_TBODY] = {"tbody", TAG_IS_BLOCK},
    [TAG_TD] = {"td", 0},
    [TAG_TEMPLATE] = {"template", TAG_IS_HIDDEN},
    [TAG_TEXTAREA] = {"textarea", TAG_IS_HIDDEN | TAG_IS_RAW},
    [TAG_TFOOT] = {"tfoot", TAG_IS_BLOCK},
    [TAG_TH] = {"th", 0},
    [TAG_THEAD] = {"thead", TAG_IS_BLOCK},
    [TAG_TIME] = {"time", 0},
    [TAG_TITLE] = {"title", TAG_IS_HIDDEN | TAG_IS_RAW},
    [TAG_TR] = {"tr", TAG_IS_BLOCK},
    [TAG_TRACK] = {"track", TAG_IS_VOID},
    [TAG_UL] = {"ul", TAG_IS_BLOCK},
    [TAG_VIDEO] = {"video", TAG_IS_HIDDEN},
    [TAG_WBR] = {"wbr", TAG_IS_VOID},
};

enum html_tag html_tag_of(struct str name)
{
    char lower[TAG_NAME_MAX + 1];
    if (name.len == 0 || name.len > TAG_NAME_MAX)
        return TAG_OTHER;
    for (size_t i = 0; i < name.len; i++)
        lower[i] = name.ptr[i] >= 'A' && name.ptr[i] <= 'Z' ? (char)(name.ptr[i] + 32) : name.ptr[i];
    lower[name.len] = '\0';
    size_t low = 0, high = sizeof(tags) / sizeof(tags[0]);
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(lower, tags[middle].name);
        if (order == 0)
            return (enum html_tag)middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return TAG_OTHER;
}

unsigned html_tag_flags(enum html_tag tag)
{
    return tag < TAG_OTHER ? tags[tag].flags : 0;
}

struct str html_tag_name(enum html_tag tag)
{
    return tag < TAG_OTHER ? str_from(tags[tag].name) : tag == TAG_CUSTOM ? STR("custom") : STR("other");
}
