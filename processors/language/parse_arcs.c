/* parse_arcs: see the header. */
#include "processors/language/parse_arcs.h"

struct str arc_relation(const struct parse_repair *repair, size_t at)
{
    uint8_t relation = repair->relations[at];
    return relation < repair->name_count ? repair->names[relation] : STR_NONE;
}

void arc_set(const struct parse_repair *repair, size_t at, size_t head, struct str relation)
{
    if (arc_hangs_below(repair->heads, head, at))
        return;
    repair->heads[at] = (uint16_t)(head + 1);
    for (size_t i = 0; i < repair->name_count; i++)
        if (str_equal(repair->names[i], relation))
            repair->relations[at] = (uint8_t)i;
}

bool arc_is_verb(const struct token_tag *tag)
{
    return str_starts(tag->xpos, STR("VB"));
}

bool arc_is_noun(const struct token_tag *tag)
{
    return str_equal(tag->upos, STR("NOUN")) || str_equal(tag->upos, STR("PROPN"));
}

bool arc_is_comma(const struct parse_repair *repair, size_t at)
{
    return str_equal(repair->tags[at].xpos, STR(","));
}

bool arc_hangs_below(const uint16_t *heads, size_t word, size_t top)
{
    while (word != top && heads[word])
        word = heads[word] - 1u;
    return word == top;
}

bool arc_has_child(const struct parse_repair *repair, size_t above, struct str relation)
{
    for (size_t at = 0; at < repair->count; at++)
        if (repair->heads[at] == above + 1 && str_starts(arc_relation(repair, at), relation))
            return true;
    return false;
}

bool arc_has_case(const struct parse_repair *repair, size_t noun)
{
    for (size_t at = 0; at < repair->count; at++)
        if (repair->heads[at] == noun + 1 && str_equal(arc_relation(repair, at), STR("case")))
            return !str_equal(repair->tags[at].xpos, STR("POS"));
    return false;
}

bool arc_reports(const struct word_form *form)
{
    static const char *const verbs[] = {"said",     "says",      "told",   "added",
                                        "reported", "announced", "warned", "claimed"};
    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
        if (form->lower == word_form_lower(str_from(verbs[i])))
            return true;
    return false;
}

bool arc_demands(const struct word_form *form)
{
    static const char *const verbs[] = {"demanded", "urged",       "insisted",
                                        "proposed", "recommended", "ordered"};
    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
        if (form->lower == word_form_lower(str_from(verbs[i])))
            return true;
    return false;
}

bool arc_is_time(const struct parse_repair *repair, size_t at)
{
    static const char *const words[] = {
        "day",      "days",      "week",   "weeks",    "month",     "months",   "year",   "years",
        "hour",     "hours",     "minute", "minutes",  "morning",   "evening",  "night",  "afternoon",
        "midnight", "noon",      "monday", "tuesday",  "wednesday", "thursday", "friday", "saturday",
        "sunday",   "yesterday", "today",  "tomorrow", "tonight",   "weekend",  "time",   "times",
        "spring",   "summer",    "autumn", "winter"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (repair->forms[at].lower == word_form_lower(str_from(words[i])))
            return true;
    return false;
}
