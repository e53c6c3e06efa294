/* event_parties: see the header. */
#include "processors/meaning/event_parties.h"

#include <string.h>

#include "base/word_list.h"

/* Cooperation, aid, meetings and sanctions are for or with somebody (PLOVER's manual of 2024: COOPERATE, AID
 * and SANCTION need a recipient), unless they are only asked for or refused. */
static bool needs_no_target(const struct act *act, enum stance stance)
{
    const char *done = act_code(act, STANCE_DONE);
    int root = (done[0] - '0') * 10 + done[1] - '0';
    return stance == STANCE_APPEAL || stance == STANCE_DEMAND || stance == STANCE_REFUSAL ||
           !((root == 4 && strcmp(act->name, "MEDIATE") != 0) || root == 6 || root == 7 || root == 16 ||
             (root == 5 && strcmp(act->name, "PRAISE") != 0 && strcmp(act->name, "DEFEND") != 0));
}

/* Violence is an event also where nobody is named who did it; so is what states do to people, in the passive
 * ("was arrested", "were charged"). */
static bool needs_no_source(const struct act *act, enum stance stance, bool passive)
{
    static const char *const of_state[] = {"RELEASE", "SUE", "CONVICT", "REFORM_LEADERS", NULL};
    const char *done = act_code(act, STANCE_DONE);
    int root = (done[0] - '0') * 10 + done[1] - '0';
    bool known = root >= 18 || (passive && (root == 17 || !strcmp(act->name, "RIOT")));
    for (const char *const *name = of_state; passive && *name; name++)
        known |= !strcmp(act->name, *name);
    return stance == STANCE_DONE && known;
}

/* "The convoy was ambushed": by and to nobody that is known, and yet an event. */
static bool is_violent(const struct act *act)
{
    const char *done = act_code(act, STANCE_DONE);
    return done[0] == '1' && (done[1] == '8' || done[1] == '9' || !strcmp(act->name, "RIOT"));
}

static bool is_known(const struct event_actor *actor)
{
    return actor->cameo.len > 0 || actor->entity;
}

size_t parties_keep_known(struct event_actor *list, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (is_known(&list[i]))
            list[kept++] = list[i];
    return kept;
}

static bool has_sector(const struct event_actor *list, size_t count, const char *sectors)
{
    return count && list[0].sector[0] && strstr(sectors, list[0].sector);
}

/* Governments do not demonstrate, they hold rallies; who talks to people of no office holds no consultation.
 */
static bool is_odd(const struct coded_event *event, const struct act *act)
{
    const char *done = act_code(act, STANCE_DONE);
    if (!strncmp(done, "13", 2)) /* forecasters warn */
        return has_sector(event->sources, event->source_count, "CVL EDU MED HLH ENV");
    if (!strncmp(done, "180", 3) && !event->source_count &&
        !has_sector(event->targets, event->target_count, "MIL REB"))
        return true; /* "28 people were wounded" */
    if (!strncmp(done, "14", 2))
        return has_sector(event->sources, event->source_count, "GOV MIL COP");
    return !strncmp(done, "04", 2) &&
           (has_sector(event->targets, event->target_count, "CVL MED EDU OPP REL") ||
            has_sector(event->sources, event->source_count, "CVL MED EDU"));
}

static bool has_country(const struct event_actor *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].cameo.len > 3 || list[i].country[0])
            return true;
    return false;
}

bool parties_companion(const struct event_actor *actor)
{
    static const char *const words[] = {"allies", "ally", "neighbors", "neighbours", "partner", "partners"};
    return !actor->entity && WORD_LISTED(words, actor->name);
}

bool parties_are_one(const struct coded_event *event, const struct stand *stand)
{
    const struct event_actor *source = &event->sources[0], *target = &event->targets[0];
    if (!event->source_count || !event->target_count ||
        parties_companion(source) != parties_companion(target))
        return false;
    if (source->entity && target->entity)
        return source->entity == target->entity;
    bool forces = !strcmp(target->sector, "MIL") || !strcmp(target->sector, "COP");
    if (!strncmp(act_code(stand->act, stand->stance), "15", 2) && forces &&
        !strcmp(source->country, target->country))
        return true; /* who deploys his own troops */
    return str_equal(source->cameo, target->cameo) &&
           (str_starts(source->cameo, STR("IGO")) ||
            act_quad_class(act_code(stand->act, stand->stance)) <= 2);
}

bool parties_suffice(const struct coded_event *event, const struct stand *stand, bool passive, bool at_home)
{
    if (!event->source_count && (!needs_no_source(stand->act, stand->stance, passive) ||
                                 (passive && !event->target_count && !is_violent(stand->act))))
        return false;
    if (!event->target_count && !needs_no_target(stand->act, stand->stance))
        return false;
    if (is_odd(event, stand->act))
        return false;
    return has_country(event->sources, event->source_count) ||
           has_country(event->targets, event->target_count) || at_home;
}

bool parties_no_target(const struct act *act)
{
    static const char *const acts[] = {"DENY",
                                       "ACKNOWLEDGE",
                                       "CONSIDER",
                                       "EMERGENCY",
                                       "CURFEW",
                                       "MOBILISE",
                                       "MOBILISE_WEAPONS",
                                       "MOBILISE_POLICE",
                                       "ALERT_MILITARY",
                                       "ALERT_POLICE",
                                       "RETREAT",
                                       "CEASEFIRE",
                                       "DEMOBILISE",
                                       NULL};
    for (const char *const *name = acts; *name; name++)
        if (!strcmp(act->name, *name))
            return true;
    return false;
}

bool parties_owner_counts(const struct act *act)
{
    const char *done = act_code(act, STANCE_DONE);
    int root = (done[0] - '0') * 10 + done[1] - '0';
    return root <= 3 || root == 5 || (root >= 7 && root <= 13) || root == 16;
}

bool parties_private(const struct article *article, const struct coded_event *event)
{
    const struct event_actor *source = &event->sources[0];
    const struct article_entity *entity =
        source->entity ? &article->entities.items[source->entity - 1] : NULL;
    return (entity && entity->type == NAME_PERSON && entity->role.class == ROLE_NONE && !source->sector[0] &&
            source->cameo.len <= 3) ||
           has_sector(event->sources, event->source_count, "CVL BUS EDU MED HLH LAB REF JUD");
}

bool parties_with_words(const struct article *article, const struct stand *stand,
                        const struct coded_event *event)
{
    const struct event_actor *target = &event->targets[0];
    return !strcmp(stand->act->name, "FIGHT") && event->source_count && event->target_count &&
           target->entity && article->entities.items[target->entity - 1].type == NAME_PERSON &&
           has_sector(event->sources, event->source_count, "GOV LEG PTY OPP ELI");
}

bool parties_people(const struct act *act, struct str verb)
{
    static const char *const verbs[] = {"arrest", "behead", "kill", "injure", "maim", "shoot", "wound"};
    static const char *const acts[] = {"KILL",   "ASSAULT", "BEAT",    "SEXUAL", "TORTURE",      "ABDUCT",
                                       "ARREST", "CONVICT", "RELEASE", "DEPORT", "MASS_KILLING", NULL};
    for (const char *const *name = acts; *name; name++)
        if (!strcmp(act->name, *name))
            return true;
    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
        if (str_equal(verb, str_from(verbs[i])))
            return true;
    return false;
}

static bool target_is(const struct article *article, const struct coded_event *event, enum name_type type)
{
    uint32_t entity = event->target_count ? event->targets[0].entity : 0;
    return entity && article->entities.items[entity - 1].type == type;
}

const struct act *parties_act(const struct article *article, const struct act *act,
                              const struct coded_event *event)
{
    bool people = has_sector(event->sources, event->source_count, "OPP CVL EDU LAB REF REL");
    bool police = has_sector(event->targets, event->target_count, "COP MIL GOV");
    bool armed = has_sector(event->targets, event->target_count, "MIL REB") ||
                 has_sector(event->sources, event->source_count, "MIL");
    if (armed && (!strcmp(act->name, "KILL") || !strcmp(act->name, "ASSAULT"))) /* of soldiers, and by them */
        return act_find(STR("FIGHT"));
    if (!strcmp(act->name, "EASE_PROTEST") &&
        has_sector(event->sources, event->source_count, "GOV COP JUD MIL"))
        return act_find(STR("RESTRICT"));                /* who suspends rallies */
    if (!strcmp(act->name, "FIGHT") && people && police) /* "protesters clashed with police" */
        return act_find(STR("RIOT"));
    bool state = has_sector(event->sources, event->source_count, "GOV MIL COP SPY JUD");
    bool forces = has_sector(event->sources, event->source_count, "MIL") ||
                  (event->source_count && event->sources[0].cameo.len == 3);
    if (!strcmp(act->name, "OBSTRUCT") && forces) /* a state that blocks ports */
        return act_find(STR("BLOCKADE"));
    if (!strcmp(act->name, "SEIZE") && target_is(article, event, NAME_PLACE))
        return act_find(STR("OCCUPY"));
    if (!strcmp(act->name, "SEIZE") && target_is(article, event, NAME_PERSON))
        return act_find(state ? STR("ARREST") : STR("ABDUCT"));
    return state && !strcmp(act->name, "ABDUCT") ? act_find(STR("ARREST")) : act;
}

bool parties_said_mutual(const struct clause *clause, const struct clause_match *match,
                         const struct coded_event *event)
{
    return event->source_count > 1 &&
           (match->rule->reciprocal || clause_each_other(clause->tree, clause->at));
}

/* Talks, treaties and work in common, and what is agreed on: where two do that, each does it with the other.
 * Two who offer to mediate do not. */
static bool is_done_together(const struct tree *tree, const struct stand *stand)
{
    const char *done = act_code(stand->act, STANCE_DONE);
    for (size_t i = 0; i < stand->stance_count; i++)
        if (tree_is(tree, stand->stances[i], "agree"))
            return true;
    return (!strncmp(done, "04", 2) && strcmp(stand->act->name, "MEDIATE") != 0) ||
           !strncmp(done, "057", 3) || !strncmp(done, "06", 2) ||
           (!strncmp(done, "03", 2) && act_quad_class(done) <= 2);
}

bool parties_mutual(const struct clause *clause, const struct clause_match *match, const struct stand *stand,
                    const struct coded_event *event)
{
    bool asked =
        stand->stance == STANCE_APPEAL || stand->stance == STANCE_DEMAND || stand->stance == STANCE_REFUSAL;
    if (parties_said_mutual(clause, match, event))
        return true;
    return (match->rule->reciprocal || is_done_together(clause->tree, stand)) && !asked &&
           stand->target == TREE_NONE;
}

void parties_split(struct coded_event *event)
{
    for (size_t i = 1; i < event->source_count; i++)
        event->targets[event->target_count++] = event->sources[i];
    event->source_count = event->source_count ? 1 : 0;
}
