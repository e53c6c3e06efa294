/* genders: whether the article, or a given name, says that someone is a man or a woman. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_MEANING_GENDERS_H
#define NEWSD_PROCESSORS_MEANING_GENDERS_H

#include "processors/article.h"
#include "processors/meaning/role_words.h"

/* By its given name alone; in lower case. */
enum gender gender_of_given_name(struct str lower);

/* Of a person: by "Mr" and "Mrs" before one of the names, by the role's words, by the given name. */
enum gender gender_of_person(const struct article *article, const struct article_entity *person);

#endif
