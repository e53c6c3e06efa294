/* stages: the list of stages in the order in which an article goes through them. */
#include "processors/pipeline.h"

#include "processors/stories/change.h"
#include "processors/html/article_text.h"
#include "processors/html/metadata.h"
#include "processors/language/dateline.h"
#include "processors/language/identify.h"
#include "processors/language/keywords.h"
#include "processors/language/language_stages.h"
#include "processors/language/sentences.h"
#include "processors/meaning/events.h"
#include "processors/meaning/quantities.h"
#include "processors/meaning/references.h"
#include "processors/meaning/roles.h"
#include "processors/meaning/statements.h"
#include "processors/meaning/times.h"
#include "processors/meaning/voices.h"
#include "processors/places/stage_places.h"
#include "processors/stories/fingerprint.h"

const struct stage *const pipeline_stages[] = {
    &stage_text,        &stage_metadata,   &stage_language, &stage_sentences, &stage_dateline,
    &stage_fingerprint, &stage_change,     &stage_tokens,   &stage_words,     &stage_tags,
    &stage_trees,       &stage_names,      &stage_places,   &stage_times,     &stage_roles,
    &stage_references,  &stage_keywords, /* of every language: it needs no entities, and begins with them
                                            where there are any */
    &stage_quantities,  &stage_statements, &stage_voices,   &stage_events,    NULL,
};
