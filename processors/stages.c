/* stages: the list of stages in the order in which an article goes through them. */
#include "processors/pipeline.h"

#include "processors/html/article_text.h"
#include "processors/language/identify.h"
#include "processors/language/sentences.h"

const struct stage *const pipeline_stages[] = {
    &stage_text,
    &stage_language,
    &stage_sentences,
    NULL,
};
