/* statements: what is said, as JSON: the fields of one statement, in the article's record and in its own. */
#ifndef NEWSD_PROCESSORS_RECORD_STATEMENTS_H
#define NEWSD_PROCESSORS_RECORD_STATEMENTS_H

#include "base/json_writer.h"
#include "processors/article.h"

/* The fields of article->statements.items[at], into an object that is open. */
void statement_write(struct json_writer *json, const struct article *article, size_t at);

#endif
