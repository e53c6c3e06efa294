/* quantities: see the header. */
#include "processors/meaning/quantities.h"

#include <errno.h>
#include <string.h>

#include "processors/article_words.h"
#include "processors/budget.h"
#include "processors/language/language_stages.h"
#include "processors/meaning/currencies.h"
#include "processors/meaning/home_country.h"
#include "processors/meaning/numbers.h"

enum { NOUN_AHEAD_MAX = 5, VAGUE_ABOVE_MAX = 2 };

struct finder {
    struct article *article;
    const struct tree *tree;
    uint32_t sentence;
    char home[3]; /* the article's country */
};

static const struct tree_node *node(const struct finder *finder, uint32_t at)
{
    return &finder->tree->nodes[at];
}

static bool is(const struct finder *finder, uint32_t at, const char *lower)
{
    return at < finder->tree->count && str_equal(node(finder, at)->lower, str_from(lower));
}

struct pair {
    const char *word, *unit;
};

static const char *look_up(const struct pair *pairs, size_t count, struct str word)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(word, str_from(pairs[i].word)))
            return pairs[i].unit;
    return NULL;
}

#define LOOK_UP(pairs, word) look_up(pairs, sizeof(pairs) / sizeof((pairs)[0]), word)

/* ---- Units ---- */

static const char *measure_of(struct str lemma)
{
    static const struct pair names[] = {
        {"km", "km"},         {"kilometre", "km"},  {"kilometer", "km"},  {"metre", "m"},
        {"meter", "m"},       {"centimetre", "cm"}, {"centimeter", "cm"}, {"cm", "cm"},
        {"millimetre", "mm"}, {"millimeter", "mm"}, {"mile", "mi"},       {"foot", "ft"},
        {"inch", "in"},       {"yard", "yd"},       {"hectare", "ha"},    {"acre", "acre"},
        {"tonne", "t"},       {"ton", "t"},         {"kg", "kg"},         {"kilogram", "kg"},
        {"kilogramme", "kg"}, {"kilo", "kg"},       {"gram", "g"},        {"litre", "l"},
        {"liter", "l"},       {"barrel", "bbl"},    {"gallon", "gal"},    {"megawatt", "MW"},
        {"mw", "MW"},         {"gigawatt", "GW"},   {"gw", "GW"},         {"kilowatt", "kW"},
        {"degree", "deg"},    {"knot", "kn"},       {"mph", "mph"},       {"kph", "km/h"},
        {"hour", "h"},        {"minute", "min"},    {"second", "s"},      {"day", "d"},
        {"week", "wk"},       {"month", "mo"},      {"year", "a"},        {"decade", "10a"}};
    return LOOK_UP(names, lemma);
}

static bool is_month(struct str lower)
{
    static const char *const names[] = {
        "january",  "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november", "december", "jan",   "feb",   "aug", "sept", "oct",  "nov",    "dec"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (str_equal(lower, str_from(names[i])))
            return true;
    return false;
}

/* ---- What stands before the number ---- */

/* Takes the words that modify the number, in front of `first`. */
static enum quantity_modifier modifier_before(const struct finder *finder, uint32_t *first)
{
    static const struct {
        const char *before, *word;
        enum quantity_modifier modifier;
    } words[] = {{"more", "than", QUANTITY_MORE},         {"less", "than", QUANTITY_LESS},
                 {"fewer", "than", QUANTITY_LESS},        {"at", "least", QUANTITY_AT_LEAST},
                 {"at", "most", QUANTITY_AT_MOST},        {"up", "to", QUANTITY_AT_MOST},
                 {"many", "as", QUANTITY_AT_MOST},        {"an", "estimated", QUANTITY_ABOUT},
                 {NULL, "about", QUANTITY_ABOUT},         {NULL, "around", QUANTITY_ABOUT},
                 {NULL, "some", QUANTITY_ABOUT},          {NULL, "nearly", QUANTITY_ABOUT},
                 {NULL, "almost", QUANTITY_ABOUT},        {NULL, "roughly", QUANTITY_ABOUT},
                 {NULL, "approximately", QUANTITY_ABOUT}, {NULL, "over", QUANTITY_MORE},
                 {NULL, "under", QUANTITY_LESS},          {NULL, "only", QUANTITY_EXACT}};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]) && *first > 0; i++) {
        uint32_t length = words[i].before ? 2 : 1;
        if (*first < length || !is(finder, *first - 1, words[i].word) ||
            (words[i].before && !is(finder, *first - 2, words[i].before)))
            continue;
        *first -= length;
        if (length == 2 && *first > 0 && words[i].modifier == QUANTITY_AT_MOST &&
            is(finder, *first - 1, "as"))
            --*first;
        return words[i].modifier;
    }
    return QUANTITY_EXACT;
}

/* "$", "US$", "C" and "$" without a blank between them. */
static struct str sign_before(const struct finder *finder, uint32_t *first)
{
    const struct token *tokens = finder->article->tokens.items + finder->tree->first;
    uint32_t at = *first;
    bool takes_letters = false;
    if (at == 0)
        return STR_NONE;
    bool joined = at > 1 && tokens[at - 2].end == tokens[at - 1].start;
    struct str letters = joined ? node(finder, at - 2)->lower : STR_NONE;
    struct str unit = currency_of_sign(node(finder, at - 1)->lower, letters, &takes_letters);
    if (unit.len)
        *first -= 1 + takes_letters;
    return unit;
}

/* ---- What stands behind it ---- */

/* "%", "per cent", "percentage points"; the end moves behind it. */
static bool percent_behind(const struct finder *finder, uint32_t *end)
{
    uint32_t at = *end;
    if (is(finder, at, "-"))
        at++;
    if (is(finder, at, "%") || is(finder, at, "percent"))
        *end = at + 1;
    else if ((is(finder, at, "per") && is(finder, at + 1, "cent")) ||
             (is(finder, at, "percentage") && at + 1 < finder->tree->count &&
              tree_is(finder->tree, at + 1, "point")))
        *end = at + 2;
    else
        return false;
    return true;
}

/* The noun that is counted: of "two young Kenyan farmers". */
static uint32_t noun_behind(const struct finder *finder, uint32_t end)
{
    uint32_t found = TREE_NONE;
    for (uint32_t at = end; at < finder->tree->count && at - end < NOUN_AHEAD_MAX; at++) {
        enum upos upos = node(finder, at)->upos;
        if (upos == UPOS_NOUN)
            found = at;
        else if (upos == UPOS_PROPN && found != TREE_NONE)
            break;
        else if (upos != UPOS_ADJ && upos != UPOS_PROPN && !is(finder, at, "-") && !is(finder, at, "other"))
            break;
    }
    return found;
}

/* "dead", "injured": people without a noun. */
static const char *state_of(struct str lower)
{
    static const struct pair words[] = {
        {"dead", "killed"},  {"killed", "killed"},   {"injured", "injured"},   {"wounded", "injured"},
        {"hurt", "injured"}, {"missing", "missing"}, {"homeless", "displaced"}};
    return LOOK_UP(words, lower);
}

/* What is done to those counted, by the words that tell it; NULL = nothing of these. */
static const char *effect_of_verb(struct str lemma)
{
    static const struct pair verbs[] = {
        {"kill", "killed"},       {"die", "killed"},          {"execute", "killed"},
        {"massacre", "killed"},   {"perish", "killed"},       {"murder", "killed"},
        {"drown", "killed"},      {"assassinate", "killed"},  {"injure", "injured"},
        {"wound", "injured"},     {"hurt", "injured"},        {"displace", "displaced"},
        {"flee", "displaced"},    {"evacuate", "displaced"},  {"uproot", "displaced"},
        {"arrest", "arrested"},   {"detain", "arrested"},     {"jail", "arrested"},
        {"imprison", "arrested"}, {"capture", "arrested"},    {"apprehend", "arrested"},
        {"kidnap", "abducted"},   {"abduct", "abducted"},     {"release", "released"},
        {"free", "released"},     {"rescue", "rescued"},      {"deploy", "deployed"},
        {"mass", "deployed"},     {"amass", "deployed"},      {"destroy", "destroyed"},
        {"infect", "infected"},   {"vaccinate", "vaccinated"}};
    return LOOK_UP(verbs, lemma);
}

static const char *effect_of_noun(struct str lemma)
{
    static const struct pair nouns[] = {
        {"killing", "killed"},      {"death", "killed"},         {"murder", "killed"},
        {"massacre", "killed"},     {"execution", "killed"},     {"arrest", "arrested"},
        {"detention", "arrested"},  {"release", "released"},     {"abduction", "abducted"},
        {"kidnapping", "abducted"}, {"evacuation", "displaced"}, {"displacement", "displaced"},
        {"rescue", "rescued"},      {"deployment", "deployed"}};
    return LOOK_UP(nouns, lemma);
}

/* "Shot dead", "taken hostage", "lost their lives", "suffered burns". */
static const char *effect_of_phrase(const struct finder *finder, uint32_t verb)
{
    bool shot = tree_is(finder->tree, verb, "shoot") || tree_is(finder->tree, verb, "find");
    for (uint32_t c = node(finder, verb)->first_child; c != TREE_NONE; c = node(finder, c)->next_child) {
        if (shot && is(finder, c, "dead"))
            return "killed";
        if (is(finder, c, "hostage") || is(finder, c, "captive"))
            return "abducted";
        if (tree_is(finder->tree, verb, "lose") && tree_is(finder->tree, c, "life"))
            return "killed";
        if (tree_is(finder->tree, verb, "suffer") &&
            (tree_is(finder->tree, c, "injury") || tree_is(finder->tree, c, "wound") ||
             tree_is(finder->tree, c, "burn") || tree_is(finder->tree, c, "bruise")))
            return "injured";
    }
    return NULL;
}

/* What the verb does to those counted, or the noun that they hang on ("the killing of two men"), or the
 * participle that hangs on them ("60 people detained in May"). */
static const char *effect_of(const struct finder *finder, uint32_t noun)
{
    uint32_t above = node(finder, noun)->head;
    enum relation relation = node(finder, noun)->relation;
    const char *effect = NULL;
    struct number many;
    for (int step = 0; step < VAGUE_ABOVE_MAX && above != TREE_NONE && above < noun && relation == REL_NMOD &&
                       number_read_vague(finder->tree, above, &many);
         step++) { /* "dozens of people" */
        noun = above;
        above = node(finder, noun)->head;
        relation = node(finder, noun)->relation;
    }
    if (above != TREE_NONE && (relation == REL_NSUBJ || relation == REL_OBJ)) {
        effect = effect_of_verb(node(finder, above)->lemma);
        effect = effect ? effect : effect_of_phrase(finder, above);
    } else if (above != TREE_NONE && relation == REL_NMOD && node(finder, above)->upos == UPOS_NOUN) {
        uint32_t mark = tree_child(finder->tree, noun, REL_CASE);
        if (mark != TREE_NONE && tree_is(finder->tree, mark, "of"))
            effect = effect_of_noun(node(finder, above)->lemma);
    }
    for (uint32_t c = node(finder, noun)->first_child; c != TREE_NONE && !effect;
         c = node(finder, c)->next_child)
        if (c > noun && node(finder, c)->relation == REL_ACL &&
            str_equal(node(finder, c)->xpos, STR("VBN")) &&
            tree_child(finder->tree, c, REL_NSUBJ) == TREE_NONE)
            effect = effect_of_verb(node(finder, c)->lemma);
    return effect;
}

/* A nationality of people without a noun: "two Americans". */
static bool is_people(const struct finder *finder, uint32_t at)
{
    uint32_t entity =
        at < finder->tree->count ? finder->article->token_entities[finder->tree->first + at] : 0;
    enum upos upos = entity ? node(finder, at)->upos : UPOS_X;
    return entity && finder->article->entities.items[entity - 1].type == NAME_GROUP &&
           (upos == UPOS_PROPN || upos == UPOS_NOUN || str_ends(node(finder, at)->lower, STR("s")));
}

/* "Americans" to "American". */
static struct str one_of_people(const struct finder *finder, uint32_t at)
{
    struct span span = finder->article->token_spans[finder->tree->first + at];
    struct str word = article_words(finder->article, span);
    return str_ends(word, STR("s")) && !str_ends(word, STR("ss")) ? str_slice(word, 0, word.len - 1) : word;
}

/* ---- Quantities ---- */

static bool is_year(const struct finder *finder, uint32_t at, const struct number *number)
{
    return node(finder, at)->lower.len == 4 && !number->in_words && number->value >= 1500 &&
           number->value < 2100 && number->end == at + 1 && at > 0 && !is(finder, at - 1, "some") &&
           (is(finder, at - 1, "in") || is(finder, at - 1, "since") || is(finder, at - 1, "of") ||
            is(finder, at - 1, "by") || is(finder, at - 1, "until") || is(finder, at - 1, ",") ||
            is_month(node(finder, at - 1)->lower));
}

/* "36-year-old", "11 January", "5 pm", "No. 10". */
static bool is_other(const struct finder *finder, uint32_t at, const struct number *number)
{
    uint32_t end = number->end;
    bool age = (is(finder, end, "-") && is(finder, end + 1, "year")) || is(finder, end, "year-old") ||
               is(finder, end, "-year-old");
    bool clock =
        is(finder, end, "am") || is(finder, end, "pm") || is(finder, end, "a.m.") || is(finder, end, "p.m.");
    bool month = (end < finder->tree->count && is_month(node(finder, end)->lower)) ||
                 (at > 0 && is_month(node(finder, at - 1)->lower) && number->value <= 31);
    return age || clock || month || finder->article->token_names[finder->tree->first + at] ||
           is_year(finder, at, number);
}

/* "10-15", "10 to 15", "between 10 and 15": the end of the range. */
static void read_range(const struct finder *finder, uint32_t first, struct number *number, double *ret_high)
{
    struct number high;
    uint32_t at = number->end;
    bool between = first > 0 && is(finder, first - 1, "between") && is(finder, at, "and");
    *ret_high = number->value;
    if (!between && !is(finder, at, "-") && !is(finder, at, "–") && !is(finder, at, "to"))
        return;
    if (!number_read(finder->tree, at + 1, &high) || high.value <= number->value * number->scale / high.scale)
        return;
    if (number->scale == 1 && high.scale > 1) /* "300-400 billion" */
        number->value *= high.scale;
    if (high.value <= number->value)
        return;
    *ret_high = high.value;
    number->end = high.end;
}

static void count_noun(const struct finder *finder, uint32_t noun, struct article_quantity *quantity,
                       uint32_t *end)
{
    quantity->unit = node(finder, noun)->lemma;
    quantity->effect = effect_of(finder, noun);
    quantity->of = tree_span(finder->article, finder->tree, *end, noun + 1);
    for (uint32_t at = *end; at <= noun && !quantity->entity; at++)
        quantity->entity = finder->article->token_entities[finder->tree->first + at];
    *end = noun + 1;
}

static bool is_year_like(const struct finder *finder, uint32_t at)
{
    struct str word = node(finder, at)->lower;
    return word.len == 4 && (str_starts(word, STR("19")) || str_starts(word, STR("20"))) &&
           word.ptr[2] >= '0' && word.ptr[2] <= '9';
}

/* Of the nationality that the word is; absent = none. */
static struct str country_of(const struct finder *finder, uint32_t at)
{
    uint32_t entity = finder->article->token_entities[finder->tree->first + at];
    enum upos upos = node(finder, at)->upos;
    return entity && (upos == UPOS_ADJ || upos == UPOS_PROPN)
               ? str_from(finder->article->entities.items[entity - 1].country)
               : STR_NONE;
}

/* "Nine of the wounded", "two of its soldiers", "29 of them": of whom some are counted. What is of a number
 * itself ("11 of the 75 tunnels") is named by its noun and stays outside. */
static bool read_part(const struct finder *finder, uint32_t at, struct article_quantity *quantity,
                      uint32_t *end)
{
    const char *effect = effect_of(finder, at - 1);
    struct number of_number;
    uint32_t noun = at + 1;
    if (!is(finder, at, "of"))
        return false;
    while (noun < finder->tree->count && noun - at <= NOUN_AHEAD_MAX &&
           (node(finder, noun)->upos == UPOS_DET || str_equal(node(finder, noun)->xpos, STR("PRP$")) ||
            number_read(finder->tree, noun, &of_number) ||
            (node(finder, noun)->upos == UPOS_ADJ && noun + 1 < finder->tree->count &&
             (node(finder, noun + 1)->upos == UPOS_NOUN || node(finder, noun + 1)->upos == UPOS_ADJ))))
        noun++;
    if (noun >= finder->tree->count)
        return false;
    enum upos upos = node(finder, noun)->upos;
    const char *state = state_of(node(finder, noun)->lower);
    bool them = is(finder, noun, "them") || is(finder, noun, "us") || is(finder, noun, "whom");
    if (upos != UPOS_NOUN && !state && !them)
        return false;
    uint32_t counted = noun;
    while (upos == UPOS_NOUN && counted + 1 < finder->tree->count &&
           node(finder, counted + 1)->upos == UPOS_NOUN && node(finder, counted)->relation == REL_COMPOUND)
        counted++;
    quantity->unit = state || them ? STR("person") : node(finder, counted)->lemma;
    quantity->effect = effect ? effect : state;
    quantity->entity = finder->article->token_entities[finder->tree->first + noun];
    quantity->of = tree_span(finder->article, finder->tree, at + 1, counted + 1);
    for (uint32_t i = at; i < noun; i++)
        if (number_read(finder->tree, i, &of_number))
            return true;
    *end = counted + 1;
    return true;
}

/* Who acts or is acted on without a noun: "some 1,500 marched". */
static bool is_bare_people(const struct finder *finder, uint32_t at)
{
    uint32_t verb = node(finder, at)->head;
    return node(finder, at)->relation == REL_NSUBJ && verb != TREE_NONE && verb > at &&
           node(finder, verb)->upos == UPOS_VERB && !is_year_like(finder, at) &&
           tree_child(finder->tree, at, REL_NMOD) == TREE_NONE;
}

/* The unit behind the number; false when there is none and nothing is counted. */
static bool read_unit(const struct finder *finder, struct str sign, struct article_quantity *quantity,
                      uint32_t *end)
{
    uint32_t at = *end;
    if (sign.len) {
        quantity->kind = QUANTITY_MONEY;
        quantity->unit = sign;
        return true;
    }
    if (percent_behind(finder, end)) {
        quantity->kind = QUANTITY_PERCENT;
        quantity->unit = STR("%");
        return true;
    }
    bool square = is(finder, at, "square") || is(finder, at, "sq"), cubic = is(finder, at, "cubic");
    uint32_t unit_at = at + (square || cubic) + is(finder, at, "-");
    struct str country = str_from(finder->home);
    if (unit_at + 1 < finder->tree->count && country_of(finder, unit_at).len) /* "4 million Chilean pesos" */
        country = country_of(finder, unit_at++);
    if (is(finder, unit_at, "nautical") && unit_at + 1 < finder->tree->count &&
        tree_is(finder->tree, unit_at + 1, "mile")) {
        quantity->kind = QUANTITY_MEASURE;
        quantity->unit = STR("nmi");
        *end = unit_at + 2;
        return true;
    }
    bool cfa = is(finder, unit_at, "cfa");
    unit_at += cfa;
    if (unit_at >= finder->tree->count)
        return false;
    struct str money = currency_of_word(node(finder, unit_at)->lower, node(finder, unit_at)->lemma, country);
    if (cfa && !money.len)
        money = STR("XOF");
    const char *measure = measure_of(node(finder, unit_at)->lemma);
    if (money.len || (measure && unit_at <= at + 1)) {
        quantity->kind = money.len ? QUANTITY_MONEY : QUANTITY_MEASURE;
        quantity->unit = money.len ? money
                         : square || cubic
                             ? arena_printf(finder->article->arena, "%s%c", measure, square ? '2' : '3')
                             : str_from(measure);
        *end = unit_at + 1;
        return true;
    }
    const char *effect = effect_of(finder, at - 1), *state = state_of(node(finder, at)->lower);
    uint32_t noun = noun_behind(finder, at);
    if (noun == TREE_NONE && read_part(finder, at, quantity, end))
        return true;
    for (uint32_t people = at; noun == TREE_NONE && people < at + 2; people++)
        if (is_people(finder, people) && (people == at || node(finder, at)->upos == UPOS_ADJ)) {
            count_noun(finder, people, quantity, end);
            quantity->unit = one_of_people(finder, people);
            return true;
        }
    if (noun != TREE_NONE && is_year_like(finder, at - 1) && str_equal(node(finder, noun)->xpos, STR("NN")))
        return false; /* "the 2022 budget" */
    if (noun != TREE_NONE)
        count_noun(finder, noun, quantity, end);
    if (noun != TREE_NONE ||
        (!state && !effect && !is_bare_people(finder, at - 1))) /* "2.5 million were displaced" */
        return noun != TREE_NONE;
    quantity->unit = STR("person");
    quantity->effect = state ? state : effect;
    *end += state != NULL;
    return true;
}

/* Does "of" stand before some that are told from others: "of them", "of the wounded", "of its soldiers"? */
static bool is_part(const struct finder *finder, uint32_t at)
{
    return is(finder, at, "them") || is(finder, at, "us") || is(finder, at, "whom") ||
           (at < finder->tree->count &&
            (node(finder, at)->upos == UPOS_DET || str_equal(node(finder, at)->xpos, STR("PRP$"))));
}

/* Words that count little: "one" for somebody or a thing, "the two countries", "three times". */
static bool is_no_count(const struct finder *finder, uint32_t at, const struct number *number,
                        const struct article_quantity *quantity)
{
    if (quantity->kind != QUANTITY_COUNT || quantity->effect)
        return false;
    bool definite = at > 0 && (is(finder, at - 1, "the") || is(finder, at - 1, "these") ||
                               is(finder, at - 1, "those") || is(finder, at - 1, "both"));
    return (number->in_words && (definite || is(finder, at, "one"))) ||
           str_equal(quantity->unit, STR("time"));
}

/* The quantity at the node; the node behind it, or the next when there is none. */
static int look_at(struct finder *finder, uint32_t at, uint32_t *ret_next)
{
    struct article *article = finder->article;
    struct number number;
    *ret_next = at + 1;
    if (!number_read_vague(finder->tree, at, &number) && !number_read(finder->tree, at, &number))
        return 0;
    struct article_quantity quantity = {.kind = QUANTITY_COUNT,
                                        .sentence = article->sentences.items[finder->sentence]};
    uint32_t first = at, end;
    *ret_next = number.end;
    if (is_other(finder, at, &number))
        return 0;
    struct str sign = sign_before(finder, &first);
    read_range(finder, first, &number, &quantity.high);
    quantity.value = number.value;
    end = number.end;
    uint32_t of = number.at_least && is(finder, end, "of"); /* "dozens of people", "dozens of them" */
    bool part = of && is_part(finder, end + 1);
    end += part ? 0 : of;
    if (!read_unit(finder, sign, &quantity, &end) || is_no_count(finder, at, &number, &quantity))
        return 0;
    quantity.modifier = modifier_before(finder, &first);
    if (number.at_least && quantity.modifier == QUANTITY_EXACT)
        quantity.modifier = QUANTITY_AT_LEAST;
    quantity.span = tree_span(article, finder->tree, first, end);
    struct article_quantity *slot = article_list_add(article->arena, &article->quantities);
    if (!slot || !quantity.unit.ptr)
        return -ENOMEM;
    *slot = quantity;
    *ret_next = end > number.end ? end : number.end;
    return 0;
}

static int process(const void *context, struct article *article, struct str *ret_note)
{
    (void)context;
    (void)ret_note;
    struct finder finder = {.article = article};
    int error = 0;
    home_country(article, finder.home);
    for (uint32_t i = 0; i < article->sentences.count && !error; i++) {
        finder.sentence = i;
        finder.tree = &article->trees[i];
        if (budget_over())
            error = ERR_DEADLINE;
        for (uint32_t at = 0;
             at < finder.tree->count && !error && article->quantities.count < QUANTITIES_MAX;)
            error = look_at(&finder, at, &at);
    }
    if (error) {
        article->quantities.count = 0;
        return error;
    }
    article->given |= GIFT_QUANTITIES;
    return 0;
}

const struct stage stage_quantities = {
    .name = "quantities",
    .description = "how many and how much",
    .version = 2,
    .needs = GIFT_REFERENCES,
    .gives = GIFT_QUANTITIES,
    .languages = language_stages_spoken,
    .process = process,
};
