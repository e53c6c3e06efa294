/* corpus_pairs: see the header. */
#include "processors/models/corpus_pairs.h"

#include "processors/models/annotation_of.h"
#include "processors/models/corpus_file.h"
#include "processors/models/files.h"

const struct corpus_pair *corpus_pairs_of(struct arena *arena, const char *models,
                                          const struct annotation *annotations, size_t count)
{
    struct pipeline *pipeline;
    struct pipeline_options options;
    struct error error = {0};
    pipeline_options_default(&options);
    options.data_directory = models;
    options.article_budget_ms = 0; /* a busy machine changes nothing */
    options.event_confidence_min = 0;
    if (pipeline_create(&pipeline, &options, &error))
        files_fail(models, error.text);
    struct corpus_pair *pairs = arena_new_array(arena, struct corpus_pair, count);
    if (!pairs)
        files_fail("memory", "too little");
    for (size_t i = 0; i < count; i++) {
        pairs[i].article = annotation_of(&pairs[i].found, arena, pipeline, &annotations[i]);
        annotation_align(&pairs[i].pair, arena, &annotations[i], &pairs[i].found);
    }
    pipeline_destroy(&pipeline);
    return pairs;
}

size_t corpus_pairs_read(const struct corpus_pair **ret_pairs, struct arena *arena, const char *models,
                         const char *folder)
{
    size_t count;
    const struct annotation *annotations =
        corpus_files_read(arena, files_path(arena, folder, "*.txt"), &count);
    *ret_pairs = corpus_pairs_of(arena, models, annotations, count);
    return count;
}
