/* score_languages: how many sentences of each language the language model tells rightly. For the programs
 * that train and look. */
#ifndef NEWSD_PROCESSORS_MODELS_SCORE_LANGUAGES_H
#define NEWSD_PROCESSORS_MODELS_SCORE_LANGUAGES_H

/* Reads TESTS/CODE.txt, a sentence on each line, of each language that MODELS/languages.model tells, and
 * prints the share of sentences told rightly by their whole text, its first 40 and its first 20 characters,
 * and the mean over languages. Exits with words on a fault. One thread. */
void score_languages(const char *models, const char *tests);

#endif
