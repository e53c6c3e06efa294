/* parse_repairs: see the header. */
#include "processors/language/parse_repairs.h"

#include "processors/language/parse_phrase_repairs.h"

enum { LAST_CLAUSE_MAX = 12 };

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
        verbs += arc_is_verb(&tags[at - 1]) && arc_reports(&forms[at - 1]);
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
        struct str relation = arc_relation(repair, at);
        bool moved = str_equal(relation, STR("obl")) || str_equal(relation, STR("advmod")) ||
                     (str_equal(relation, STR("advcl")) && str_equal(tags[at].xpos, STR("VBG")));
        if (moved && verb < at && heads[at] > clause && arc_is_verb(&tags[heads[at] - 1u]) &&
            !arc_hangs_below(heads, verb, at))
            heads[at] = (uint16_t)(verb + 1);
        if (arc_is_verb(&tags[at]) && !str_starts(relation, STR("aux")) && !str_equal(relation, STR("cop")))
            verb = at;
    }
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
        if (verb >= object || !str_equal(arc_relation(repair, object), STR("obj")) ||
            !str_equal(arc_relation(repair, verb), STR("conj")) || heads[verb] == 0)
            continue;
        bool past = str_equal(tags[verb].xpos, STR("VBD")) || str_equal(tags[verb].xpos, STR("VBN"));
        size_t above = heads[verb] - 1u;
        if (!past || above > verb || !arc_is_noun(&tags[above]))
            continue;
        while (heads[above] && arc_is_noun(&tags[above]))
            above = heads[above] - 1u;
        if (above < verb && arc_is_verb(&tags[above]) && !arc_hangs_below(heads, above, verb))
            heads[verb] = (uint16_t)(above + 1);
    }
}

/* The verb above a word, if it stands before it and is active and has no object; else the count. */
static size_t bare_verb_above(const struct parse_repair *repair, size_t at)
{
    size_t verb = at;
    while (repair->heads[verb] && !arc_is_verb(&repair->tags[verb]))
        verb = repair->heads[verb] - 1u;
    bool bare = arc_is_verb(&repair->tags[verb]) && verb < at && !arc_has_child(repair, verb, STR("obj")) &&
                !arc_has_child(repair, verb, STR("aux:pass")) && !arc_has_child(repair, verb, STR("ccomp"));
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
        struct str relation = arc_relation(repair, at);
        bool hangs = str_equal(relation, STR("appos")) || str_starts(relation, STR("nmod")) ||
                     str_equal(relation, STR("conj"));
        if (day >= at || !hangs || arc_is_time(repair, at) || !arc_is_noun(&repair->tags[at]) ||
            arc_has_case(repair, at) || arc_has_child(repair, at, STR("cc")) ||
            !arc_has_child(repair, at, STR("det")))
            continue;
        size_t verb = bare_verb_above(repair, day);
        bool place = str_equal(repair->tags[day].upos, STR("PROPN")) && arc_has_case(repair, day);
        if (verb < repair->count && (arc_is_time(repair, day) || (place && wants_object(repair, verb))))
            arc_set(repair, at, verb, STR("obj"));
    }
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
        if (repair->heads[at] == verb + 1 && str_starts(arc_relation(repair, at), STR("aux")))
            return at;
    return verb;
}

/* Where the words between two commas begin that end before `end`, a comma. */
static size_t piece_start(const struct parse_repair *repair, size_t end)
{
    while (end > 0 && !arc_is_comma(repair, end - 1))
        end--;
    return end;
}

/* The verb of a clause behind a comma that has no subject, or has it between the last two commas ("Ana Ruiz,
 * a council secretary, said"). */
static bool lacks_subject(const struct parse_repair *repair, size_t verb)
{
    struct str relation = arc_relation(repair, verb);
    size_t start = clause_verb(repair, verb);
    if (!arc_is_verb(&repair->tags[verb]) || !is_finite(&repair->tags[start]) || start < 2 ||
        !arc_is_comma(repair, start - 1) ||
        !(str_equal(relation, STR("root")) || str_equal(relation, STR("ccomp")) ||
          str_equal(relation, STR("parataxis"))))
        return false;
    for (size_t at = 0; at < repair->count; at++) {
        struct str own = arc_relation(repair, at);
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
        if (head == end && arc_is_noun(&repair->tags[at]) &&
            (above == 0 || above - 1 < first || above - 1 >= end) && !arc_has_case(repair, at))
            head = at;
    }
    return head;
}

/* The words between commas before the verb: the first noun phrase is its subject, the others say the same. */
static void find_subject(const struct parse_repair *repair, size_t verb)
{
    size_t subject = verb, own = verb;
    for (size_t at = 0; at < verb; at++)
        if (repair->heads[at] == verb + 1 && str_starts(arc_relation(repair, at), STR("nsubj")))
            own = at;
    for (size_t first = 0, end; first < verb; first = end + 1) {
        for (end = first; end < verb && !arc_is_comma(repair, end); end++)
            ;
        size_t begin = first;
        while (begin < end && str_equal(repair->tags[begin].upos, STR("PUNCT")))
            begin++;
        size_t head = phrase_head(repair, begin, end);
        if (head == end || arc_hangs_below(repair->heads, verb, head))
            continue;
        if (head == own && subject == verb)
            return; /* it was right */
        bool outside = subject < verb && (repair->heads[head] == 0 || repair->heads[head] - 1u < subject ||
                                          repair->heads[head] - 1u >= verb);
        if (subject == verb) {
            subject = head;
            arc_set(repair, subject, verb, STR("nsubj"));
        } else if (outside) {
            arc_set(repair, head, subject, STR("appos"));
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
        if (noun < at + 2 || !str_equal(arc_relation(repair, at), STR("amod")) ||
            repair->heads[at + 1] != noun + 1 || !str_equal(arc_relation(repair, at + 1), STR("case")) ||
            !repair->heads[noun])
            continue;
        verb = repair->heads[noun] - 1u;
        if (verb < at && arc_is_verb(&repair->tags[verb]))
            arc_set(repair, at, verb, STR("xcomp"));
    }
}

/* "Said in a letter read on television that it was over": a participle behind a noun is said of the noun, and
 * the clause is the verb's. */
static void part_participles(const struct parse_repair *repair)
{
    for (size_t at = 1; at < repair->count; at++) {
        size_t verb = repair->heads[at] ? repair->heads[at] - 1u : repair->count;
        if (verb + 1 >= at || !str_equal(repair->tags[at].xpos, STR("VBN")) ||
            !arc_is_noun(&repair->tags[at - 1]) || !str_equal(arc_relation(repair, at), STR("ccomp")) ||
            !arc_reports(&repair->forms[verb]) || arc_has_child(repair, at, STR("nsubj")) ||
            arc_has_child(repair, at, STR("aux")) || !arc_hangs_below(repair->heads, at - 1, verb))
            continue;
        for (size_t below = at + 1; below < repair->count; below++)
            if (repair->heads[below] == at + 1 && arc_has_child(repair, below, STR("mark")) &&
                arc_has_child(repair, below, STR("nsubj")))
                arc_set(repair, below, verb, STR("ccomp"));
        arc_set(repair, at, at - 1, STR("acl"));
    }
}

/* ---- One subject a verb ---- */

/* "Panama asked Costa Rica to help": who stands behind a verb that has its subject before it is its object.
 */
static void lower_second_subjects(const struct parse_repair *repair)
{
    for (size_t verb = 1; verb < repair->count; verb++) {
        size_t subject = repair->count;
        if (!arc_is_verb(&repair->tags[verb]))
            continue;
        for (size_t at = 0; at < verb; at++) {
            if (repair->heads[at] != verb + 1 || !str_starts(arc_relation(repair, at), STR("nsubj")))
                continue;
            if (subject < verb && arc_has_child(repair, at, STR("cc")))
                arc_set(repair, at, subject, STR("conj"));
            else
                subject = at;
        }
        for (size_t at = verb + 1; subject < verb && at < repair->count; at++)
            if (repair->heads[at] == verb + 1 && str_equal(arc_relation(repair, at), STR("nsubj")) &&
                !arc_has_case(repair, at))
                arc_set(repair, at, verb, arc_has_child(repair, verb, STR("obj")) ? STR("iobj") : STR("obj"));
    }
}

/* The finite verb behind a participle that hangs on it without a subject or a word that joins them: what the
 * sentence says; `count` when there is none. */
static size_t verb_below(const struct parse_repair *repair, size_t participle)
{
    for (size_t at = participle + 1; at < repair->count; at++) {
        if (arc_is_comma(repair, at) || str_equal(repair->tags[at].upos, STR("CCONJ")) ||
            str_equal(repair->tags[at].upos, STR("SCONJ")) || str_starts(repair->tags[at].xpos, STR("W")))
            return repair->count;
        if (is_finite(&repair->tags[at]))
            return repair->heads[at] == participle + 1 && !arc_has_child(repair, at, STR("nsubj")) &&
                           !arc_has_child(repair, at, STR("mark"))
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
        if (!str_equal(repair->tags[at].xpos, STR("VBN")) || arc_has_child(repair, at, STR("aux")))
            continue;
        for (size_t before = 0; before < at; before++)
            if (repair->heads[before] == at + 1 && str_starts(arc_relation(repair, before), STR("nsubj")))
                noun = before;
        verb = noun < at ? verb_below(repair, at) : repair->count;
        if (verb == repair->count)
            continue;
        repair->heads[verb] = repair->heads[at];
        repair->relations[verb] = repair->relations[at];
        for (size_t other = 0; other < repair->count; other++)
            if (repair->heads[other] == at + 1 && (other < noun || other > verb))
                repair->heads[other] = (uint16_t)(verb + 1);
        arc_set(repair, noun, verb, STR("nsubj"));
        arc_set(repair, at, noun, STR("acl"));
    }
}

/* "Congo, the United Nations and Belgium accuse Rwanda": nobody is addressed in the news. */
static void join_subjects(const struct parse_repair *repair)
{
    uint16_t *heads = repair->heads;
    for (size_t at = 0; at + 2 < repair->count; at++) {
        size_t verb = heads[at] ? heads[at] - 1u : 0;
        if (verb < at + 2 || !str_equal(arc_relation(repair, at), STR("vocative")) ||
            !arc_is_noun(&repair->tags[at]))
            continue;
        for (size_t subject = at + 1; subject < verb; subject++) {
            if (heads[subject] != verb + 1 || !str_equal(arc_relation(repair, subject), STR("nsubj")) ||
                !arc_has_child(repair, subject, STR("conj")))
                continue;
            repair->relations[at] = repair->relations[subject];
            for (size_t below = subject + 1; below < verb; below++)
                if (heads[below] == subject + 1 && str_equal(arc_relation(repair, below), STR("conj")))
                    heads[below] = (uint16_t)(at + 1);
            arc_set(repair, subject, at, STR("conj"));
            break;
        }
    }
}

/* "..., a charge Abu Dhabi denies": the name directly behind the noun is who does it, and the noun whom it is
 * done to. */
static void name_deniers(const struct parse_repair *repair)
{
    uint16_t *heads = repair->heads;
    for (size_t noun = 2; noun + 2 < repair->count; noun++) {
        size_t name = noun + 1, verb = heads[noun] ? heads[noun] - 1u : 0;
        if (verb <= name || !is_finite(&repair->tags[verb]) ||
            !str_equal(repair->tags[noun].upos, STR("NOUN")) ||
            !str_equal(repair->tags[name].upos, STR("PROPN")) || heads[name] != noun + 1 ||
            !str_equal(arc_relation(repair, name), STR("appos")) || !arc_is_comma(repair, noun - 2) ||
            !str_equal(arc_relation(repair, noun), STR("nsubj")) || heads[verb] == 0 ||
            heads[verb] > noun - 1)
            continue;
        size_t above = heads[verb] - 1u;
        arc_set(repair, name, verb, STR("nsubj"));
        arc_set(repair, noun, above, STR("parataxis"));
        arc_set(repair, verb, noun, STR("acl"));
    }
}

/* "It has said that they wait": who says is somebody. */
static void name_speaking_it(const struct parse_repair *repair)
{
    for (size_t at = 0; at + 1 < repair->count; at++) {
        size_t verb = repair->heads[at] ? repair->heads[at] - 1u : 0;
        bool passive = false;
        if (verb <= at || !str_equal(arc_relation(repair, at), STR("expl")) ||
            repair->forms[at].lower != word_form_lower(STR("it")) || !arc_reports(&repair->forms[verb]) ||
            arc_has_child(repair, verb, STR("nsubj")))
            continue;
        for (size_t aux = at + 1; aux < verb; aux++)
            passive |=
                repair->heads[aux] == verb + 1 && (repair->forms[aux].lower == word_form_lower(STR("is")) ||
                                                   repair->forms[aux].lower == word_form_lower(STR("was")) ||
                                                   repair->forms[aux].lower == word_form_lower(STR("been")) ||
                                                   repair->forms[aux].lower == word_form_lower(STR("be")));
        if (!passive)
            arc_set(repair, at, verb, STR("nsubj"));
    }
}

/* "They died, a clinic and two residents said": what stands between the comma and the "and" says it too. */
static void join_last_speakers(const struct parse_repair *repair)
{
    const struct token_tag *tags = repair->tags;
    uint16_t *heads = repair->heads;
    size_t first = last_clause(repair->forms, tags, repair->count), joint = first, verb = first;
    while (verb < repair->count && !(arc_is_verb(&tags[verb]) && arc_reports(&repair->forms[verb])))
        verb++;
    if (verb >= repair->count)
        return;
    while (joint < verb && !str_equal(tags[joint].upos, STR("CCONJ")))
        joint++;
    size_t subject = joint;
    while (subject < verb &&
           !(heads[subject] == verb + 1 && str_equal(arc_relation(repair, subject), STR("nsubj"))))
        subject++;
    if (joint == first || joint >= verb || subject >= verb)
        return;
    size_t head = first;
    while (head < joint && !(heads[head] && heads[head] <= first && arc_is_noun(&tags[head])))
        head++;
    for (size_t at = first; at < joint; at++) /* one noun phrase, and nothing else */
        if (head >= joint || (at != head && !arc_hangs_below(heads, at, head)) || arc_is_verb(&tags[at]))
            return;
    if (arc_has_case(repair, head))
        return;
    arc_set(repair, head, verb, STR("nsubj"));
    arc_set(repair, subject, head, STR("conj"));
    arc_set(repair, joint, subject, STR("cc"));
}

/* "Warned that it would not wait and ordered the army out": what was said is a tense back ("had", "would"),
 * so a plain past that "and" joins to it is what the speaker did. */
static void raise_acts(const struct parse_repair *repair)
{
    uint16_t *heads = repair->heads;
    for (size_t at = 2; at < repair->count; at++) {
        size_t said = heads[at] ? heads[at] - 1u : at,
               cue = said < at && heads[said] ? heads[said] - 1u : said;
        bool supposed = false;
        if (cue >= said || !str_equal(arc_relation(repair, at), STR("conj")) ||
            !str_equal(arc_relation(repair, said), STR("ccomp")) ||
            !str_equal(repair->tags[at].xpos, STR("VBD")) || !str_equal(repair->tags[cue].xpos, STR("VBD")) ||
            arc_has_child(repair, at, STR("nsubj")) || arc_has_child(repair, at, STR("aux")))
            continue;
        for (size_t aux = cue + 1; aux < said; aux++)
            supposed |= heads[aux] == said + 1 && str_equal(arc_relation(repair, aux), STR("aux")) &&
                        (str_equal(repair->tags[aux].xpos, STR("MD")) ||
                         repair->forms[aux].lower == word_form_lower(STR("had")));
        supposed |= arc_demands(&repair->forms[cue]);  /* "demanded that they let it in and announced" */
        for (size_t mark = cue + 1; mark < at; mark++) /* what is quoted stays together */
            supposed &= !str_equal(repair->tags[mark].xpos, STR("``"));
        if (supposed)
            heads[at] = (uint16_t)(cue + 1);
    }
}

void parse_repair(const struct parse_repair *repair)
{
    parse_repair_phrases(repair);
    join_subjects(repair);
    lower_second_subjects(repair);
    lower_participles(repair);
    free_adjectives(repair);
    part_participles(repair);
    return_to_the_clause(repair);
    join_verbs(repair);
    raise_acts(repair);
    name_speaking_it(repair);
    name_deniers(repair);
    join_last_speakers(repair);
    find_subjects(repair);
    free_objects(repair);
}
