/* parse_repairs: see the header. Heads count from 1, places from 0. */
#include "processors/language/parse_repairs.h"

enum { LAST_CLAUSE_MAX = 8 };

static struct str relation_of(const struct parse_repair *repair, size_t at)
{
    uint8_t relation = repair->relations[at];
    return relation < repair->name_count ? repair->names[relation] : STR_NONE;
}

static void set_arc(const struct parse_repair *repair, size_t at, size_t head, struct str relation)
{
    repair->heads[at] = (uint16_t)(head + 1);
    for (size_t i = 0; i < repair->name_count; i++)
        if (str_equal(repair->names[i], relation))
            repair->relations[at] = (uint8_t)i;
}

static bool is_verb(const struct token_tag *tag)
{
    return str_starts(tag->xpos, STR("VB"));
}

/* Is the word, or what it hangs on, below `top`? Heads count from 1. */
static bool hangs_below(const uint16_t *heads, size_t word, size_t top)
{
    while (word != top && heads[word])
        word = heads[word] - 1u;
    return word == top;
}

static bool reports(const struct word_form *form)
{
    static const char *const verbs[] = {"said",     "says",      "told",   "added",
                                        "reported", "announced", "warned", "claimed"};
    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
        if (form->lower == word_form_lower(str_from(verbs[i])))
            return true;
    return false;
}

/* Where the short clause at the end begins, behind its comma: "..., the ministry said."; count when there is
 * none. */
static size_t last_clause(const struct word_form *forms, const struct token_tag *tags, size_t count)
{
    size_t end = count, verbs = 0;
    while (end > 0 && str_equal(tags[end - 1].upos, STR("PUNCT")))
        end--;
    for (size_t at = end; at > 0 && end - at <= LAST_CLAUSE_MAX; at--) {
        if (str_equal(tags[at - 1].xpos, STR(",")))
            return verbs == 1 ? at : count;
        verbs += is_verb(&tags[at - 1]) && reports(&forms[at - 1]);
    }
    return count;
}

/* "They meet on Friday, the ministry said.": what says when or where before the comma is of the clause that
 * it ends, not of the one that follows. A greedy parser sees the verb behind while the one before is far down
 * its stack. */
static void return_to_the_clause(const struct parse_repair *repair)
{
    const struct token_tag *tags = repair->tags;
    size_t count = repair->count;
    uint16_t *heads = repair->heads;
    size_t clause = last_clause(repair->forms, tags, count), verb = count;
    for (size_t at = 0; clause < count && at < clause; at++) {
        struct str relation = relation_of(repair, at);
        bool moved = str_equal(relation, STR("obl")) || str_equal(relation, STR("advmod")) ||
                     (str_equal(relation, STR("advcl")) && str_equal(tags[at].xpos, STR("VBG")));
        if (moved && verb < at && heads[at] > clause && is_verb(&tags[heads[at] - 1u]) &&
            !hangs_below(heads, verb, at))
            heads[at] = (uint16_t)(verb + 1);
        if (is_verb(&tags[at]) && !str_starts(relation, STR("aux")) && !str_equal(relation, STR("cop")))
            verb = at;
    }
}

static bool is_noun(const struct token_tag *tag)
{
    return str_equal(tag->upos, STR("NOUN")) || str_equal(tag->upos, STR("PROPN"));
}

/* "They condemned the attack and promised aid": a verb with an object of its own is not joined to a noun, but
 * to the verb that the noun belongs to. */
static void join_verbs(const struct parse_repair *repair)
{
    const struct token_tag *tags = repair->tags;
    size_t count = repair->count;
    uint16_t *heads = repair->heads;
    for (size_t object = 1; object < count; object++) {
        size_t verb = heads[object] ? heads[object] - 1u : count;
        if (verb >= object || !str_equal(relation_of(repair, object), STR("obj")) ||
            !str_equal(relation_of(repair, verb), STR("conj")) || heads[verb] == 0)
            continue;
        bool past = str_equal(tags[verb].xpos, STR("VBD")) || str_equal(tags[verb].xpos, STR("VBN"));
        size_t above = heads[verb] - 1u;
        if (!past || above > verb || !is_noun(&tags[above]))
            continue;
        while (heads[above] && is_noun(&tags[above]))
            above = heads[above] - 1u;
        if (above < verb && is_verb(&tags[above]) && !hangs_below(heads, above, verb))
            heads[verb] = (uint16_t)(above + 1);
    }
}

/* ---- "They signed on Wednesday, in Oslo, a treaty" ---- */

/* Says when or how long, and is no object without a preposition. */
static bool is_time(const struct parse_repair *repair, size_t at)
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

static bool has_child(const struct parse_repair *repair, size_t above, struct str relation)
{
    for (size_t at = 0; at < repair->count; at++)
        if (repair->heads[at] == above + 1 && str_starts(relation_of(repair, at), relation))
            return true;
    return false;
}

static bool has_case(const struct parse_repair *repair, size_t noun)
{
    for (size_t at = 0; at < repair->count; at++)
        if (repair->heads[at] == noun + 1 && str_equal(relation_of(repair, at), STR("case")))
            return !str_equal(repair->tags[at].xpos, STR("POS"));
    return false;
}

/* The verb above a word, if it stands before it and is active and has no object; else the count. */
static size_t bare_verb_above(const struct parse_repair *repair, size_t at)
{
    size_t verb = at;
    while (repair->heads[verb] && !is_verb(&repair->tags[verb]))
        verb = repair->heads[verb] - 1u;
    bool bare = is_verb(&repair->tags[verb]) && verb < at && !has_child(repair, verb, STR("obj")) &&
                !has_child(repair, verb, STR("aux:pass")) && !has_child(repair, verb, STR("ccomp"));
    return bare ? verb : repair->count;
}

/* Verbs that say nothing without an object. */
static bool wants_object(const struct parse_repair *repair, size_t verb)
{
    static const char *const forms[] = {"adopted",    "announced", "approved", "concluded", "demanded",
                                        "denounced",  "issued",    "opened",   "presented", "published",
                                        "ratified",   "reached",   "received", "rejected",  "signed",
                                        "initialled", "unveiled"};
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
        if (repair->forms[verb].lower == word_form_lower(str_from(forms[i])))
            return true;
    return false;
}

/* "They signed on Wednesday, in Oslo, a treaty": what follows the day, or the place of what wants an object,
 * is no other word for it, but the verb's object. */
static void free_objects(const struct parse_repair *repair)
{
    for (size_t at = 3; at < repair->count; at++) {
        size_t day = repair->heads[at] ? repair->heads[at] - 1u : repair->count;
        struct str relation = relation_of(repair, at);
        bool hangs = str_equal(relation, STR("appos")) || str_starts(relation, STR("nmod")) ||
                     str_equal(relation, STR("conj"));
        if (day >= at || !hangs || is_time(repair, at) || !is_noun(&repair->tags[at]) ||
            has_case(repair, at) || has_child(repair, at, STR("cc")) || !has_child(repair, at, STR("det")))
            continue;
        size_t verb = bare_verb_above(repair, day);
        bool place = str_equal(repair->tags[day].upos, STR("PROPN")) && has_case(repair, day);
        if (verb < repair->count && (is_time(repair, day) || (place && wants_object(repair, verb))))
            set_arc(repair, at, verb, STR("obj"));
    }
}

/* ---- "The minister of the interior, Ana Ruiz, resigned" ---- */

static bool is_comma(const struct parse_repair *repair, size_t at)
{
    return str_equal(repair->tags[at].xpos, STR(","));
}

static bool is_finite(const struct token_tag *tag)
{
    return str_equal(tag->xpos, STR("VBD")) || str_equal(tag->xpos, STR("VBZ")) ||
           str_equal(tag->xpos, STR("VBP"));
}

/* The first of the verb and its auxiliaries: "had asked". */
static size_t clause_verb(const struct parse_repair *repair, size_t verb)
{
    for (size_t at = 0; at < verb; at++)
        if (repair->heads[at] == verb + 1 && str_starts(relation_of(repair, at), STR("aux")))
            return at;
    return verb;
}

/* Where the words between two commas begin that end before `end`, a comma. */
static size_t piece_start(const struct parse_repair *repair, size_t end)
{
    while (end > 0 && !is_comma(repair, end - 1))
        end--;
    return end;
}

/* The verb of a clause behind a comma that has no subject, or has it between the last two commas ("Ana Ruiz,
 * a council secretary, said"). */
static bool lacks_subject(const struct parse_repair *repair, size_t verb)
{
    struct str relation = relation_of(repair, verb);
    size_t start = clause_verb(repair, verb);
    if (!is_verb(&repair->tags[verb]) || !is_finite(&repair->tags[start]) || start < 2 ||
        !is_comma(repair, start - 1) ||
        !(str_equal(relation, STR("root")) || str_equal(relation, STR("ccomp")) ||
          str_equal(relation, STR("parataxis"))))
        return false;
    for (size_t at = 0; at < repair->count; at++) {
        struct str own = relation_of(repair, at);
        if (repair->heads[at] != verb + 1)
            continue;
        if (str_starts(own, STR("csubj")) || str_equal(own, STR("expl")) ||
            (str_starts(own, STR("nsubj")) && (at > verb || at < piece_start(repair, start - 1))))
            return false;
    }
    return true;
}

/* "Yesterday", "Monday": says when. */
static bool is_day(const struct parse_repair *repair, size_t at)
{
    static const char *const words[] = {"yesterday", "today",    "tomorrow",  "tonight",
                                        "monday",    "tuesday",  "wednesday", "thursday",
                                        "friday",    "saturday", "sunday",    "meanwhile"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (repair->forms[at].lower == word_form_lower(str_from(words[i])))
            return true;
    return false;
}

/* Can a noun phrase begin with the word? */
static bool begins_phrase(const struct parse_repair *repair, size_t at)
{
    static const char *const tags[] = {"DET", "PROPN", "NOUN", "ADJ", "NUM"};
    if (str_starts(repair->tags[at].xpos, STR("W")) || is_day(repair, at))
        return false;
    for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
        if (str_equal(repair->tags[at].upos, str_from(tags[i])))
            return true;
    return str_equal(repair->tags[at].xpos, STR("PRP$"));
}

/* The head of the noun phrase that is all of [first, end): the noun that hangs on a word outside; `end` when
 * the words are no such phrase. */
static size_t phrase_head(const struct parse_repair *repair, size_t first, size_t end)
{
    size_t head = end;
    if (first >= end || !begins_phrase(repair, first))
        return end;
    for (size_t at = first; at < end; at++) {
        size_t above = repair->heads[at];
        if (is_finite(&repair->tags[at]))
            return end;
        if (head == end && is_noun(&repair->tags[at]) &&
            (above == 0 || above - 1 < first || above - 1 >= end) && !has_case(repair, at))
            head = at;
    }
    return head;
}

/* The words between commas before the verb: the first noun phrase is its subject, the others say the same. */
static void find_subject(const struct parse_repair *repair, size_t verb)
{
    size_t subject = verb, own = verb;
    for (size_t at = 0; at < verb; at++)
        if (repair->heads[at] == verb + 1 && str_starts(relation_of(repair, at), STR("nsubj")))
            own = at;
    for (size_t first = 0, end; first < verb; first = end + 1) {
        for (end = first; end < verb && !is_comma(repair, end); end++)
            ;
        size_t begin = first;
        while (begin < end && str_equal(repair->tags[begin].upos, STR("PUNCT")))
            begin++;
        size_t head = phrase_head(repair, begin, end);
        if (head == end || hangs_below(repair->heads, verb, head))
            continue;
        if (head == own && subject == verb)
            return; /* it was right */
        bool outside = subject < verb && (repair->heads[head] == 0 || repair->heads[head] - 1u < subject ||
                                          repair->heads[head] - 1u >= verb);
        if (subject == verb) {
            subject = head;
            set_arc(repair, subject, verb, STR("nsubj"));
        } else if (outside) {
            set_arc(repair, head, subject, STR("appos"));
        }
    }
}

static void find_subjects(const struct parse_repair *repair)
{
    for (size_t verb = 0; verb < repair->count; verb++)
        if (lacks_subject(repair, verb))
            find_subject(repair, verb);
}

/* "They set three soldiers free on Monday": an adjective does not stand before its noun's preposition; it is
 * of the verb. */
static void free_adjectives(const struct parse_repair *repair)
{
    for (size_t at = 1; at + 2 < repair->count; at++) {
        size_t noun = repair->heads[at] ? repair->heads[at] - 1u : 0, verb;
        if (noun < at + 2 || !str_equal(relation_of(repair, at), STR("amod")) ||
            repair->heads[at + 1] != noun + 1 || !str_equal(relation_of(repair, at + 1), STR("case")) ||
            !repair->heads[noun])
            continue;
        verb = repair->heads[noun] - 1u;
        if (verb < at && is_verb(&repair->tags[verb]))
            set_arc(repair, at, verb, STR("xcomp"));
    }
}

/* ---- One subject a verb ---- */

/* "Panama asked Costa Rica to help": who stands behind a verb that has its subject before it is its object.
 */
static void lower_second_subjects(const struct parse_repair *repair)
{
    for (size_t verb = 1; verb < repair->count; verb++) {
        size_t subject = repair->count;
        if (!is_verb(&repair->tags[verb]))
            continue;
        for (size_t at = 0; at < verb; at++) {
            if (repair->heads[at] != verb + 1 || !str_starts(relation_of(repair, at), STR("nsubj")))
                continue;
            if (subject < verb && has_child(repair, at, STR("cc")))
                set_arc(repair, at, subject, STR("conj"));
            else
                subject = at;
        }
        for (size_t at = verb + 1; subject < verb && at < repair->count; at++)
            if (repair->heads[at] == verb + 1 && str_equal(relation_of(repair, at), STR("nsubj")) &&
                !has_case(repair, at))
                set_arc(repair, at, verb, has_child(repair, verb, STR("obj")) ? STR("iobj") : STR("obj"));
    }
}

/* The finite verb behind a participle that hangs on it without a subject or a word that joins them: what the
 * sentence says; `count` when there is none. */
static size_t verb_below(const struct parse_repair *repair, size_t participle)
{
    for (size_t at = participle + 1; at < repair->count; at++) {
        if (is_comma(repair, at) || str_equal(repair->tags[at].upos, STR("CCONJ")) ||
            str_equal(repair->tags[at].upos, STR("SCONJ")) || str_starts(repair->tags[at].xpos, STR("W")))
            return repair->count;
        if (is_finite(&repair->tags[at]))
            return repair->heads[at] == participle + 1 && !has_child(repair, at, STR("nsubj")) &&
                           !has_child(repair, at, STR("mark"))
                       ? at
                       : repair->count;
    }
    return repair->count;
}

/* "Malware planted by agents crippled the servers": of two past forms in a row, with nothing that joins them,
 * the first says of the noun what was done to it. */
static void lower_participles(const struct parse_repair *repair)
{
    for (size_t at = 1; at < repair->count; at++) {
        size_t noun = at, verb;
        if (!str_equal(repair->tags[at].xpos, STR("VBN")) || has_child(repair, at, STR("aux")))
            continue;
        for (size_t before = 0; before < at; before++)
            if (repair->heads[before] == at + 1 && str_starts(relation_of(repair, before), STR("nsubj")))
                noun = before;
        verb = noun < at ? verb_below(repair, at) : repair->count;
        if (verb == repair->count)
            continue;
        repair->heads[verb] = repair->heads[at];
        repair->relations[verb] = repair->relations[at];
        for (size_t other = 0; other < repair->count; other++)
            if (repair->heads[other] == at + 1 && (other < noun || other > verb))
                repair->heads[other] = (uint16_t)(verb + 1);
        set_arc(repair, noun, verb, STR("nsubj"));
        set_arc(repair, at, noun, STR("acl"));
    }
}

/* ---- What stands beside one another ---- */

static bool says_when(const struct parse_repair *repair, size_t at)
{
    static const char *const words[] = {"later", "earlier", "ago", "before", "after", "afterwards"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (repair->forms[at].lower == word_form_lower(str_from(words[i])))
            return true;
    return false;
}

/* "Fired rockets at Israel hours later": the place is no kind of hours; the preposition is its own. */
static void part_places_from_times(const struct parse_repair *repair)
{
    uint16_t *heads = repair->heads;
    for (size_t at = 1; at + 1 < repair->count; at++) {
        size_t place = at - 1;
        if (!is_time(repair, at) || !says_when(repair, at + 1) || heads[place] != at + 1 || !heads[at] ||
            !str_equal(repair->tags[place].upos, STR("PROPN")) || !has_case(repair, at))
            continue;
        size_t above = heads[at] - 1u;
        if (above == at + 1)
            above = heads[above] ? heads[above] - 1u : repair->count;
        if (above == repair->count || hangs_below(heads, above, at))
            continue;
        for (size_t child = 0; child < place; child++)
            if (heads[child] == at + 1)
                heads[child] = (uint16_t)(place + 1);
        set_arc(repair, place, above, is_verb(&repair->tags[above]) ? STR("obl") : STR("nmod"));
    }
}

static bool stands_before_noun(const struct parse_repair *repair, size_t at)
{
    struct str relation = relation_of(repair, at);
    return repair->heads[at] > at + 1 && !has_case(repair, at) &&
           (str_equal(relation, STR("compound")) || str_starts(relation, STR("nmod")));
}

static size_t conjunction_between(const struct parse_repair *repair, size_t first, size_t end)
{
    for (size_t at = first + 1; at < end; at++)
        if (str_equal(repair->tags[at].upos, STR("CCONJ")))
            return at;
    return repair->count;
}

/* "Met President Ana Ruiz and army chief Li Wei": a full name before an "and" is not said of the noun behind
 * it; both are met. */
static void part_names(const struct parse_repair *repair)
{
    uint16_t *heads = repair->heads;
    for (size_t at = 0; at + 1 < repair->count; at++) {
        if (!str_equal(repair->tags[at].upos, STR("PROPN")) || !stands_before_noun(repair, at) ||
            heads[at + 1] != at + 1 || !str_equal(relation_of(repair, at + 1), STR("flat")))
            continue;
        size_t top = heads[at] - 1u, joint = conjunction_between(repair, at, top);
        while (joint < repair->count && stands_before_noun(repair, top))
            top = heads[top] - 1u;
        if (joint == repair->count || !is_noun(&repair->tags[top]))
            continue;
        heads[at] = heads[top];
        repair->relations[at] = repair->relations[top];
        for (size_t before = 0; before < at; before++)
            if (heads[before] > at + 1 && heads[before] <= top + 1)
                heads[before] = (uint16_t)(at + 1);
        set_arc(repair, top, at, STR("conj"));
        set_arc(repair, joint, top, STR("cc"));
    }
}

void parse_repair(const struct parse_repair *repair)
{
    part_places_from_times(repair);
    part_names(repair);
    lower_second_subjects(repair);
    lower_participles(repair);
    free_adjectives(repair);
    return_to_the_clause(repair);
    join_verbs(repair);
    find_subjects(repair);
    free_objects(repair);
}
