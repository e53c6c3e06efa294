/* feed_state: memory of the state's strings, and its names. Pure; any thread. */
#include "feeds/poll/feed_state.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

void feed_state_done(struct feed_state *state)
{
    free(state->url);
    free(state->moved_to);
    free(state->title);
    free(state->etag);
    free(state->last_modified);
    free(state->redirect_target);
    *state = (struct feed_state){0};
}

static int copy_string(char **to, const char *from)
{
    *to = from ? strdup(from) : NULL;
    return from && !*to ? -ENOMEM : 0;
}

int feed_state_copy(struct feed_state *to, const struct feed_state *from)
{
    struct feed_state copy = *from;
    copy.url = copy.moved_to = copy.title = copy.etag = copy.last_modified = copy.redirect_target = NULL;
    if (copy_string(&copy.url, from->url) || copy_string(&copy.moved_to, from->moved_to) ||
        copy_string(&copy.title, from->title) || copy_string(&copy.etag, from->etag) ||
        copy_string(&copy.last_modified, from->last_modified) ||
        copy_string(&copy.redirect_target, from->redirect_target)) {
        feed_state_done(&copy);
        *to = copy;
        return -ENOMEM;
    }
    *to = copy;
    return 0;
}

const char *feed_status_name(enum feed_status status)
{
    static const char *const names[] = {"new", "ok", "failing", "silent", "gone"};
    return (size_t)status < sizeof(names) / sizeof(names[0]) ? names[status] : "unknown";
}

void feed_state_id(const char *url, char ret_id[17])
{
    char hex[SHA256_HEX_BYTES];
    memcpy(ret_id, hash_sha256_hex(str_from(url), 16, hex), 17);
}
