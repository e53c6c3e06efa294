/* article_text: the stage "text": where an article's text comes from.
 *
 * The page's main text when a page was fetched and one was found there that is not shorter than what the feed
 * gave; of a page that scripts would fill, what its JSON-LD has as the text of an article that is free; else
 * the feed's content, else its summary. What happened stands in article->source. */
#ifndef NEWSD_PROCESSORS_HTML_ARTICLE_TEXT_H
#define NEWSD_PROCESSORS_HTML_ARTICLE_TEXT_H

#include "processors/pipeline.h"

extern const struct stage stage_text;

#endif
