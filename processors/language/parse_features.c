/* parse_features: see the header. */
#include "processors/language/parse_features.h"

#include <assert.h>

#include "processors/language/feature_hash.h"

enum { MARK_VERB = 1, MARK_COMMA = 2, MARK_LINK = 4, MARK_JOIN = 8 };

static uint8_t mark_of(struct str upos, struct str xpos)
{
    if (str_equal(upos, STR("VERB")))
        return MARK_VERB;
    if (str_equal(upos, STR("PUNCT")))
        return MARK_COMMA;
    if (str_equal(upos, STR("SCONJ")) || str_starts(xpos, STR("W")))
        return MARK_LINK;
    return str_equal(upos, STR("CCONJ")) ? MARK_JOIN : 0;
}

void parse_word_fill(struct parse_word *ret_word, const struct word_form *form, struct str upos,
                     struct str xpos)
{
    uint32_t universal = feature_hash_bytes(upos, 3),
             tag = feature_mix(universal, feature_hash_bytes(xpos, 4));
    *ret_word = (struct parse_word){.word = form->lower,
                                    .tag = tag,
                                    .upos = universal,
                                    .both = feature_mix(form->lower, tag),
                                    .coarse = form->entry.classes[1],
                                    .fine = form->entry.classes[2],
                                    .can = form->entry.kinds,
                                    .mark = mark_of(upos, xpos)};
}

static void count_marks(struct parse_word *words, size_t count)
{
    for (size_t i = 1; i <= count; i++) {
        words[i].verbs = (uint16_t)(words[i - 1].verbs + !!(words[i].mark & MARK_VERB));
        words[i].commas = (uint16_t)(words[i - 1].commas + !!(words[i].mark & MARK_COMMA));
        words[i].links = (uint16_t)(words[i - 1].links + !!(words[i].mark & MARK_LINK));
        words[i].joins = (uint16_t)(words[i - 1].joins + !!(words[i].mark & MARK_JOIN));
    }
}

void parse_words_close(struct parse_word *words, size_t count)
{
    static const struct parse_word outside = {.word = 1, .tag = 1, .upos = 1, .both = 1},
                                   root = {.word = 2, .tag = 2, .upos = 2, .both = 2};
    words[0] = outside;
    words[count + 1] = root;
    for (size_t i = count + 2; i < count + PARSE_NODES_BESIDE; i++)
        words[i] = outside;
    count_marks(words, count);
}

/* What the templates of one call have in common. */
struct view {
    const struct parse_state *state;
    const struct parse_word *s0, *s1, *s2, *b0, *b1, *b2, *words;
    const struct parse_node *n0, *n1, *m0; /* of s0, s1, b0 */
    uint32_t distance, stack_distance;
    uint32_t *features;
    size_t count;
};

/* Distances of one to four, then in steps. */
static uint32_t distance_of(size_t from, size_t to)
{
    size_t d = from < to ? to - from : from - to;
    return d <= 4 ? (uint32_t)d : d <= 6 ? 5 : d <= 10 ? 6 : d <= 20 ? 7 : 8;
}

static inline uint32_t valency(uint8_t children)
{
    return children < 4 ? children : 4;
}

#define ADD(number, value) view->features[view->count++] = feature_of(number, value)
#define ADD2(number, a, b) view->features[view->count++] = feature_of_pair(number, a, b)
#define ADD3(number, a, b, c) view->features[view->count++] = feature_mix(feature_of_pair(number, a, b), c)
#define ADD4(number, a, b, c, d)                                                                             \
    view->features[view->count++] = feature_mix(feature_mix(feature_of_pair(number, a, b), c), d)

static inline void add_words(struct view *view)
{
    const struct parse_word *s0 = view->s0, *s1 = view->s1, *s2 = view->s2, *b0 = view->b0, *b1 = view->b1,
                            *b2 = view->b2;
    ADD(1, 0);
    ADD(2, s0->word);
    ADD(3, s0->tag);
    ADD(4, s0->both);
    ADD(5, s1->word);
    ADD(6, s1->tag);
    ADD(7, s1->both);
    ADD(8, s2->tag);
    ADD(9, s2->both);
    ADD(10, b0->word);
    ADD(11, b0->tag);
    ADD(12, b0->both);
    ADD(13, b1->word);
    ADD(14, b1->tag);
    ADD(15, b1->both);
    ADD(16, b2->tag);
    ADD(17, b2->both);
    ADD2(18, s0->fine, s0->tag);
    ADD2(19, s1->fine, s1->tag);
    ADD2(20, b0->fine, b0->tag);
    ADD2(21, b1->fine, b1->tag);
}

static inline void add_pairs(struct view *view)
{
    const struct parse_word *s0 = view->s0, *s1 = view->s1, *s2 = view->s2, *b0 = view->b0, *b1 = view->b1;
    ADD2(30, s0->both, b0->both);
    ADD2(31, s0->both, b0->tag);
    ADD2(32, s0->tag, b0->both);
    ADD2(33, s0->both, b0->word);
    ADD2(34, s0->word, b0->both);
    ADD2(35, s0->word, b0->word);
    ADD2(36, s0->tag, b0->tag);
    ADD2(37, s1->both, s0->both);
    ADD2(38, s1->both, s0->tag);
    ADD2(39, s1->tag, s0->both);
    ADD2(40, s1->word, s0->word);
    ADD2(41, s1->tag, s0->tag);
    ADD2(42, s1->both, b0->tag);
    ADD2(43, s1->tag, b0->both);
    ADD2(44, s1->tag, b0->tag);
    ADD2(45, b0->tag, b1->tag);
    ADD2(46, b0->both, b1->tag);
    ADD2(47, b0->tag, b1->both);
    ADD2(48, s0->tag, b1->tag);
    ADD2(49, s0->both, b1->tag);
    ADD2(50, s2->tag, s0->both);
    ADD2(51, s1->word, b0->word);
    ADD2(52, s0->fine, b0->fine);
    ADD3(53, s0->coarse, b0->coarse, s0->tag);
    ADD2(54, s1->fine, s0->fine);
    ADD3(55, s1->coarse, s0->coarse, s0->tag);
    ADD3(56, s0->fine, b0->tag, s0->tag);
    ADD3(57, s0->tag, b0->fine, b0->tag);
    ADD3(58, s1->coarse, s0->tag, b0->tag);
    ADD3(59, s1->tag, s0->coarse, b0->tag);
    ADD3(60, s1->tag, s0->tag, b0->coarse);
}

static inline void add_triples(struct view *view)
{
    const struct parse_word *s0 = view->s0, *s1 = view->s1, *s2 = view->s2, *b0 = view->b0, *b1 = view->b1,
                            *b2 = view->b2;
    ADD3(70, s1->tag, s0->tag, b0->tag);
    ADD3(71, s1->tag, s0->tag, b0->both);
    ADD3(72, s1->tag, s0->both, b0->tag);
    ADD3(73, s1->both, s0->tag, b0->tag);
    ADD3(74, s0->tag, b0->tag, b1->tag);
    ADD3(75, s0->both, b0->tag, b1->tag);
    ADD3(76, s0->tag, b0->both, b1->tag);
    ADD3(77, b0->tag, b1->tag, b2->tag);
    ADD3(78, s2->tag, s1->tag, s0->tag);
    ADD4(79, s2->tag, s1->tag, s0->tag, b0->tag);
    ADD4(80, s1->tag, s0->tag, b0->tag, b1->tag);
    ADD4(81, s0->tag, b0->tag, b1->tag, b2->tag);
    ADD3(82, s2->tag, s0->tag, b0->tag);
    ADD3(83, s1->word, s0->word, b0->tag);
    ADD3(84, s1->word, s0->tag, b0->word);
    ADD4(85, s1->upos, s0->word, b0->upos, b1->upos);
    ADD4(86, s1->word, s0->upos, b0->upos, b1->upos);
    ADD4(87, s1->upos, s0->upos, b0->word, b1->upos);
}

static inline void add_children(struct view *view)
{
    const struct parse_word *s0 = view->s0, *s1 = view->s1, *b0 = view->b0, *words = view->words;
    const struct parse_node *nodes = view->state->nodes, *n0 = view->n0, *n1 = view->n1, *m0 = view->m0;
    const struct parse_word *s0l = words + n0->left, *s0r = words + n0->right, *b0l = words + m0->left,
                            *s1l = words + n1->left, *s1r = words + n1->right;
    uint32_t s0l_r = nodes[n0->left].relation, s0r_r = nodes[n0->right].relation,
             b0l_r = nodes[m0->left].relation, s1l_r = nodes[n1->left].relation,
             s1r_r = nodes[n1->right].relation, s0r2_r = nodes[n0->right2].relation,
             s0l2_r = nodes[n0->left2].relation, b0l2_r = nodes[m0->left2].relation;
    ADD2(100, s0l->both, s0->tag);
    ADD2(101, s0r->both, s0->tag);
    ADD2(102, b0l->both, b0->tag);
    ADD2(103, s1r->both, s1->tag);
    ADD2(104, s0->word, s0l_r);
    ADD2(105, s0->word, s0r_r);
    ADD2(106, b0->word, b0l_r);
    ADD2(107, s1->word, s1r_r);
    ADD3(108, s0->tag, s0l_r, s0l2_r);
    ADD3(109, s0->tag, s0r_r, s0r2_r);
    ADD3(110, b0->tag, b0l_r, b0l2_r);
    ADD3(111, s1->tag, s1l_r, s1r_r);
    ADD3(112, s0->tag, b0->tag, s0l->tag);
    ADD3(113, s0->tag, b0->tag, s0r->tag);
    ADD3(114, s0->tag, b0->tag, b0l->tag);
    ADD3(115, s1->tag, s0->tag, s0l->tag);
    ADD3(116, s1->tag, s0->tag, s0r->tag);
    ADD3(117, s1->tag, s0->tag, s1r->tag);
    ADD3(118, s1->tag, s0->tag, s1l->tag);
    ADD4(119, s0->upos, b0->upos, s0l_r, s0r_r);
    ADD4(120, s0->tag, b0->tag, b0l_r, s0r_r);
    ADD4(121, s1->tag, s0->tag, s1r_r, s0l_r);
    ADD4(122, s1->tag, s0->tag, b0->tag, s1r_r);
    ADD4(123, s1->upos, s0->upos, b0->upos, s0l->word);
    ADD3(124, s0->word, s0l->word, s1->tag);
    ADD3(125, s1->word, s0l->word, s0->tag);
    ADD4(126, s1->upos, s1l_r, s1r_r, b0->tag);
}

static inline void add_measures(struct view *view)
{
    const struct parse_word *s0 = view->s0, *s1 = view->s1, *b0 = view->b0;
    uint32_t d = view->distance, sd = view->stack_distance, l0 = valency(view->n0->lefts),
             r0 = valency(view->n0->rights), lb = valency(view->m0->lefts), r1 = valency(view->n1->rights),
             l1 = valency(view->n1->lefts);
    ADD2(140, s0->word, d);
    ADD2(141, s0->tag, d);
    ADD2(142, b0->word, d);
    ADD2(143, b0->tag, d);
    ADD3(144, s0->tag, b0->tag, d);
    ADD3(145, s0->tag, b0->tag, lb);
    ADD3(146, s1->tag, s0->tag, sd);
    ADD2(147, s0->word, r0);
    ADD2(148, s0->tag, r0);
    ADD2(149, s0->word, l0);
    ADD2(150, s0->tag, l0);
    ADD2(151, b0->word, lb);
    ADD2(152, b0->tag, lb);
    ADD2(153, s1->both, r1);
    ADD3(154, s1->tag, r1, l1);
    ADD3(155, s1->tag, s0->tag, r1);
    ADD3(156, s0->tag, r0, b0->tag);
    ADD2(157, view->state->depth < 4 ? (uint32_t)view->state->depth : 4, b0->tag);
}

/* Where a word's guessed head stands, seen from the move to be made. */
static uint32_t guessed_place(const struct view *view, const struct parse_word *word)
{
    enum { ROOT, NEXT, AHEAD, TOP, UNDER, BEHIND, BETWEEN };
    size_t head = word->guess_head, front = view->state->front, top = (size_t)(view->s0 - view->words),
           under = (size_t)(view->s1 - view->words);
    if (head > view->state->words)
        return ROOT;
    if (head >= front)
        return head == front ? NEXT : AHEAD;
    return head == top ? TOP : head == under ? UNDER : head < under ? BEHIND : BETWEEN;
}

static inline void add_guesses(struct view *view)
{
    const struct parse_word *s0 = view->s0, *s1 = view->s1, *b0 = view->b0;
    uint32_t top = guessed_place(view, s0) << 1 | (s0->guess_last >= view->state->front),
             next = guessed_place(view, b0), both = top << 4 | next;
    ADD(170, both);
    ADD2(171, both, s0->tag);
    ADD2(172, both, b0->tag);
    ADD3(173, both, s0->tag, b0->tag);
    ADD2(174, top, s0->word);
    ADD2(175, next, b0->word);
    ADD3(176, both, s0->guess_relation, b0->guess_relation);
    ADD3(177, top, s0->guess_relation, s0->tag);
    ADD3(178, next, b0->guess_relation, b0->tag);
    ADD4(179, both, s1->tag, s0->tag, b0->tag);
    ADD3(180, top, s0->guess_relation, s1->tag);
    ADD4(181, both, s0->guess_relation, s1->upos, view->distance);
}

static uint32_t most(uint32_t count, uint32_t limit)
{
    return count < limit ? count : limit;
}

/* What stands between two words. */
static uint32_t between(const struct parse_word *left, const struct parse_word *right)
{
    const struct parse_word *last = right - 1;
    if (last <= left)
        return 0;
    return 1 + most((uint32_t)(last->verbs - left->verbs), 2) +
           3 * most((uint32_t)(last->commas - left->commas), 2) +
           9 * most((uint32_t)(last->links - left->links), 1) +
           18 * most((uint32_t)(last->joins - left->joins), 1);
}

static inline void add_between(struct view *view)
{
    const struct parse_word *s0 = view->s0, *s1 = view->s1, *b0 = view->b0,
                            *end = view->words + view->state->words;
    uint32_t near = between(s0, b0), far = between(s1, s0),
             ahead = view->state->front > view->state->words
                         ? 0
                         : 1 + most((uint32_t)(end->verbs - b0->verbs), 2) +
                               3 * most((uint32_t)(end->links - b0->links), 1);
    ADD3(200, near, s0->tag, b0->tag);
    ADD2(201, near, s0->tag);
    ADD2(202, near, b0->tag);
    ADD3(203, far, s1->tag, s0->tag);
    ADD4(204, far, s1->tag, s0->tag, b0->tag);
    ADD3(205, ahead, s0->tag, b0->tag);
    ADD3(206, ahead, s1->tag, s0->tag);
    ADD3(207, near, s0->word, b0->tag);
    ADD3(208, near, s0->tag, b0->word);
    ADD2(209, b0->can, b0->tag);
    ADD3(210, b0->can, b0->tag, s0->tag);
    ADD3(211, s0->can, s0->tag, b0->tag);
    ADD2(212, b0[1].can, b0[1].tag);
}

/* The fewer templates of the reading from the end, whose tree is a guess. */
static inline void add_light(struct view *view)
{
    const struct parse_word *s0 = view->s0, *s1 = view->s1, *s2 = view->s2, *b0 = view->b0, *b1 = view->b1,
                            *b2 = view->b2, *words = view->words;
    const struct parse_node *nodes = view->state->nodes, *n0 = view->n0, *n1 = view->n1, *m0 = view->m0;
    const struct parse_word *s0l = words + n0->left, *s0r = words + n0->right, *b0l = words + m0->left;
    uint32_t d = view->distance, l0 = valency(n0->lefts), r0 = valency(n0->rights), lb = valency(m0->lefts);
    ADD(1, 0);
    ADD(4, s0->both);
    ADD(7, s1->both);
    ADD(12, b0->both);
    ADD(15, b1->both);
    ADD2(18, s0->fine, s0->tag);
    ADD2(20, b0->fine, b0->tag);
    ADD2(31, s0->both, b0->tag);
    ADD2(32, s0->tag, b0->both);
    ADD2(35, s0->word, b0->word);
    ADD2(36, s0->tag, b0->tag);
    ADD2(38, s1->both, s0->tag);
    ADD2(39, s1->tag, s0->both);
    ADD2(40, s1->word, s0->word);
    ADD2(41, s1->tag, s0->tag);
    ADD3(70, s1->tag, s0->tag, b0->tag);
    ADD3(72, s1->tag, s0->both, b0->tag);
    ADD3(73, s1->both, s0->tag, b0->tag);
    ADD3(74, s0->tag, b0->tag, b1->tag);
    ADD3(76, s0->tag, b0->both, b1->tag);
    ADD3(77, b0->tag, b1->tag, b2->tag);
    ADD3(78, s2->tag, s1->tag, s0->tag);
    ADD2(100, s0l->both, s0->tag);
    ADD2(101, s0r->both, s0->tag);
    ADD2(102, b0l->both, b0->tag);
    ADD3(108, s0->tag, nodes[n0->left].relation, nodes[n0->left2].relation);
    ADD3(109, s0->tag, nodes[n0->right].relation, nodes[n0->right2].relation);
    ADD3(110, b0->tag, nodes[m0->left].relation, nodes[m0->left2].relation);
    ADD3(111, s1->tag, nodes[n1->left].relation, nodes[n1->right].relation);
    ADD3(112, s0->tag, b0->tag, s0l->tag);
    ADD3(113, s0->tag, b0->tag, s0r->tag);
    ADD3(114, s0->tag, b0->tag, b0l->tag);
    ADD3(116, s1->tag, s0->tag, s0r->tag);
    ADD3(117, s1->tag, s0->tag, words[n1->right].tag);
    ADD3(144, s0->tag, b0->tag, d);
    ADD3(145, s0->tag, b0->tag, lb);
    ADD3(146, s1->tag, s0->tag, view->stack_distance);
    ADD2(147, s0->word, r0);
    ADD2(148, s0->tag, r0);
    ADD2(149, s0->word, l0);
    ADD2(150, s0->tag, l0);
    ADD2(152, b0->tag, lb);
}

size_t parse_move_features(const struct parse_state *state, const struct parse_word *words,
                           uint32_t features[PARSE_FEATURES_MAX])
{
    uint16_t s0 = parse_state_stack(state, 0), s1 = parse_state_stack(state, 1),
             s2 = parse_state_stack(state, 2);
    const struct parse_word *b0 = &words[state->front];
    struct view view = {.state = state,
                        .words = words,
                        .s0 = &words[s0],
                        .s1 = &words[s1],
                        .s2 = &words[s2],
                        .b0 = b0,
                        .b1 = b0 + 1,
                        .b2 = b0 + 2,
                        .n0 = &state->nodes[s0],
                        .n1 = &state->nodes[s1],
                        .m0 = &state->nodes[state->front],
                        .distance = distance_of(s0, state->front),
                        .stack_distance = distance_of(s1, s0),
                        .features = features};
    if (!words[1].guess_relation) {
        add_light(&view);
        return view.count;
    }
    add_words(&view);
    add_pairs(&view);
    add_triples(&view);
    add_children(&view);
    add_measures(&view);
    add_between(&view);
    add_guesses(&view);
    assert(view.count <= PARSE_FEATURES_MAX);
    return view.count;
}

static inline void add_arc(struct view *view, uint32_t side)
{
    const struct parse_word *h = view->b0, *d = view->s0;
    ADD(1, side);
    ADD2(2, h->word, side);
    ADD2(3, h->tag, side);
    ADD2(4, h->both, side);
    ADD2(5, d->word, side);
    ADD2(6, d->tag, side);
    ADD2(7, d->both, side);
    ADD3(8, h->tag, d->tag, side);
    ADD3(9, h->both, d->tag, side);
    ADD3(10, h->tag, d->both, side);
    ADD2(11, h->both, d->both);
    ADD3(12, h->word, d->word, side);
    ADD4(13, h->tag, d->tag, side, view->distance);
    ADD3(14, h->fine, d->fine, side);
    ADD4(15, h->coarse, d->coarse, side, d->tag);
    ADD4(16, h->tag, d->fine, side, d->tag);
    ADD4(17, h->fine, h->tag, side, d->tag);
    ADD2(18, d->fine, side);
    ADD4(19, d->can, d->tag, h->tag, side);
    ADD4(20, h->can, h->tag, d->tag, side);
    ADD4(21, side ? between(h, d) : between(d, h), h->tag, d->tag, side);
    ADD3(22, side ? between(h, d) : between(d, h), d->both, side);
}

/* The words beside both ends. */
static inline void add_neighbours(struct view *view, uint32_t side)
{
    const struct parse_word *h = view->b0, *d = view->s0;
    ADD4(30, h->tag, d->tag, side, d[-1].tag);
    ADD4(31, h->tag, d->tag, side, d[1].tag);
    ADD2(32, d->tag, d[-1].word);
    ADD2(33, d->tag, d[1].word);
    ADD3(34, h->tag, h[1].tag, d->tag);
    ADD4(35, d->tag, d[-1].tag, d[1].tag, side);
}

static inline void add_arc_children(struct view *view, uint32_t side)
{
    const struct parse_word *h = view->b0, *d = view->s0, *words = view->words;
    const struct parse_node *nodes = view->state->nodes, *nh = view->m0, *nd = view->n0;
    const struct parse_word *dl = words + nd->left, *dr = words + nd->right;
    uint32_t dl_r = nodes[nd->left].relation, dr_r = nodes[nd->right].relation,
             dl2_r = nodes[nd->left2].relation, hl_r = nodes[nh->left].relation,
             hr_r = nodes[nh->right].relation, hl2_r = nodes[nh->left2].relation,
             hr2_r = nodes[nh->right2].relation;
    ADD3(50, d->tag, dl->word, side);
    ADD4(51, h->tag, d->tag, dl->tag, side);
    ADD4(52, h->tag, d->tag, dl->word, side);
    ADD4(53, h->word, d->tag, dl->word, side);
    ADD3(54, d->both, dl->word, side);
    ADD3(55, d->tag, dr->both, side);
    ADD4(56, h->tag, d->tag, dr->tag, side);
    ADD4(57, d->tag, dl_r, dl2_r, side);
    ADD4(58, h->tag, d->tag, dl_r, side);
    ADD4(59, h->tag, d->tag, dr_r, side);
    ADD4(60, h->tag, d->tag, hl_r, side);
    ADD4(61, h->tag, d->tag, hr_r, side);
    ADD4(62, h->both, d->tag, hr_r, side);
    ADD4(63, h->tag, hl_r, hl2_r, d->upos);
    ADD4(64, h->tag, hr_r, hr2_r, d->upos);
    ADD4(65, h->word, d->upos, hr_r, hl_r);
    ADD4(66, h->tag, d->tag, valency(nd->lefts), side);
    ADD4(67, h->tag, d->tag, valency(nh->rights), side);
    ADD3(68, d->tag, words[nd->left2].word, side);
    ADD4(69, h->fine, d->upos, dl->word, side);
    ADD4(70, d->fine, h->upos, dl->word, side);
}

static inline void add_arc_guesses(struct view *view, uint32_t side)
{
    const struct parse_word *h = view->b0, *d = view->s0, *above = view->words + h->guess_head;
    uint32_t same = view->words + d->guess_head == h, own = (uint32_t)d->guess_relation << 1 | same;
    ADD2(90, own, side);
    ADD4(91, own, h->tag, d->tag, side);
    ADD2(92, own, d->both);
    ADD3(93, own, h->both, side);
    ADD3(94, h->guess_relation, d->tag, side);
    ADD3(95, h->guess_relation, own, side);
    ADD4(96, h->guess_relation, h->tag, d->tag, side);
    ADD4(97, above->tag, h->tag, d->tag, side);
    ADD4(98, above->upos, h->upos, own, side);
}

static inline void add_light_arc(struct view *view, uint32_t side)
{
    const struct parse_word *h = view->b0, *d = view->s0, *words = view->words;
    const struct parse_node *nodes = view->state->nodes, *nh = view->m0, *nd = view->n0;
    const struct parse_word *dl = words + nd->left;
    uint32_t dl_r = nodes[nd->left].relation, hl_r = nodes[nh->left].relation,
             hr_r = nodes[nh->right].relation;
    ADD(1, side);
    ADD2(4, h->both, side);
    ADD2(7, d->both, side);
    ADD3(8, h->tag, d->tag, side);
    ADD3(9, h->both, d->tag, side);
    ADD3(10, h->tag, d->both, side);
    ADD2(18, d->fine, side);
    ADD4(13, h->tag, d->tag, side, view->distance);
    ADD3(50, d->tag, dl->word, side);
    ADD4(52, h->tag, d->tag, dl->word, side);
    ADD3(54, d->both, dl->word, side);
    ADD4(57, d->tag, dl_r, nodes[nd->left2].relation, side);
    ADD4(58, h->tag, d->tag, dl_r, side);
    ADD4(60, h->tag, d->tag, hl_r, side);
    ADD4(61, h->tag, d->tag, hr_r, side);
}

size_t parse_relation_features(const struct parse_state *state, const struct parse_word *words, uint16_t head,
                               uint16_t child, uint32_t features[PARSE_FEATURES_MAX])
{
    uint32_t side = head < child;
    struct view view = {.state = state,
                        .words = words,
                        .s0 = &words[child],
                        .b0 = &words[head],
                        .n0 = &state->nodes[child],
                        .m0 = &state->nodes[head],
                        .distance = distance_of(head, child),
                        .features = features};
    if (!words[1].guess_relation) {
        add_light_arc(&view, side);
        return view.count;
    }
    add_arc(&view, side);
    add_neighbours(&view, side);
    add_arc_children(&view, side);
    add_arc_guesses(&view, side);
    assert(view.count <= PARSE_FEATURES_MAX);
    return view.count;
}
