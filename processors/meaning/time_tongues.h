/* time_tongues: how nine languages beside English tell dates (time_tongue_words.h): one grammar over the
 * pieces of a sentence, which the words of each language fill. Each rule looks at a bounded number of pieces,
 * and answers where what it knows ends: `at` itself when it is not there. Any thread.
 *
 *     time_tongue_look_up(tongue, &pieces);
 *     struct tongue_reader reader = {.reader = &now, .tongue = tongue, .pieces = &pieces};
 *     struct time_found found = {0};
 *     uint32_t end = time_tongue_read(&reader, at, &found);          "12 de marzo de 2024" */
#ifndef NEWSD_PROCESSORS_MEANING_TIME_TONGUES_H
#define NEWSD_PROCESSORS_MEANING_TIME_TONGUES_H

#include "processors/meaning/time_grammar.h"
#include "processors/meaning/time_pieces.h"
#include "processors/meaning/time_tongue_words.h"

struct tongue_reader {
    const struct time_reader *reader; /* what is now and what was told; it has no tree */
    const struct time_tongue *tongue;
    const struct time_pieces *pieces;
};

/* Finds the words of the pieces; before anything is read of them. */
void time_tongue_look_up(const struct time_tongue *tongue, struct time_pieces *pieces);

/* The date at that piece, the longest. `found` is to be empty; it is filled when a date is there. Without a
 * "now" what counts from it has no point. */
uint32_t time_tongue_read(const struct tongue_reader *reader, uint32_t at, struct time_found *found);

/* Where to look on from a piece at which no date is: behind the words that hide one ("روسيا اليوم", a house).
 */
uint32_t time_tongue_skip(const struct tongue_reader *reader, uint32_t at);

/* ---- For the rules: looking at pieces and words (time_tongue_look.c) ---- */

static inline const struct time_piece *tongue_piece(const struct tongue_reader *reader, uint32_t at)
{
    return &reader->pieces->items[at];
}

/* Is there such a piece, and is it that mark? */
bool tongue_is(const struct tongue_reader *reader, uint32_t at, char mark);
/* The longest word there if it has one of the uses, or NULL; *ret_end is behind it. */
const struct tongue_word *tongue_use(const struct tongue_reader *reader, uint32_t at, uint32_t uses,
                                     uint32_t *ret_end);
/* The longest word that ends before `at` if it has one of the uses, or NULL. */
const struct tongue_word *tongue_before(const struct tongue_reader *reader, uint32_t at, uint32_t uses);
/* The same, perhaps with articles and "year" between. */
const struct tongue_word *tongue_led(const struct tongue_reader *reader, uint32_t at, uint32_t uses);
/* A number of at most so many digits that is no part of a longer one, of a word, an amount; -1 = there is
 * none. */
int tongue_number(const struct tongue_reader *reader, uint32_t at, uint32_t digits_max);
/* Is something stuck to what ends before `end` that makes it no date: ".5", "%", a letter? */
bool tongue_goes_on(const struct tongue_reader *reader, uint32_t end);

/* ---- Dates of the calendar (time_tongue_dates.c) ---- */

/* "12.03.2024", "2024-03-12". */
uint32_t tongue_figures(const struct tongue_reader *reader, uint32_t at, struct time_found *found);
/* "12 de marzo de 2024", "12-15 марта", "1er mai", "7 octobre dernier", "pasado 12 de febrero". */
uint32_t tongue_day_month(const struct tongue_reader *reader, uint32_t at, struct time_found *found);
/* "marzo de 2024", "marzo pasado", "en marzo". */
uint32_t tongue_month(const struct tongue_reader *reader, uint32_t at, struct time_found *found);
/* "2014" where a word says that it is a year. */
uint32_t tongue_year(const struct tongue_reader *reader, uint32_t at, struct time_found *found);
/* "2024年3月12日", "3月", "12日", "令和6年", "去年3月". */
uint32_t tongue_east(const struct tongue_reader *reader, uint32_t at, struct time_found *found);

/* ---- Counted from now (time_tongue_now.c) ---- */

/* "semana pasada", "letztes Jahr". */
uint32_t tongue_unit(const struct tongue_reader *reader, uint32_t at, struct time_found *found);
/* "hoy", "après-demain". */
uint32_t tongue_day(const struct tongue_reader *reader, uint32_t at, struct time_found *found);
/* That month of the year before (-1), now's (0), or the next (1): the one that lies nearest. */
void tongue_which_month(const struct tongue_reader *reader, int month, int which, struct time_found *found);
/* A date that counts from now and has no point yet; sure of itself where now is known. */
void tongue_anchored(const struct tongue_reader *reader, struct time_found *found, float confidence);
/* The week, month, year ... so many from now's. */
void tongue_set_piece(const struct tongue_reader *reader, enum time_grain grain, int which,
                      struct time_found *found);

/* ---- Weekdays (time_tongue_weekdays.c) ---- */

/* "lunes", "próximo lunes", "Montag, 12. März", "segunda-feira (11)", "下周一". */
uint32_t tongue_weekday(const struct tongue_reader *reader, uint32_t at, struct time_found *found);
/* "ayer, martes", "غدا الخميس": a day counted from now and its weekday. */
uint32_t tongue_day_of_week(const struct tongue_reader *reader, uint32_t at, struct time_found *found);

#endif
