/* store: WebSub subscriptions are kept whole, outlive their feed without a name, and go when they are told
 * to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/store/store_fixture.h"
#include "daemon/store/store_feeds.h"
#include "daemon/store/store_websub.h"

static int set_up(void **state)
{
    struct fixture *fixture = malloc(sizeof(*fixture));
    fixture_make(fixture);
    fixture_open(fixture);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    fixture_done(*state);
    free(*state);
    return 0;
}

struct seen {
    int count;
    bool has_feed;
    char token[WEBSUB_TOKEN_BYTES], secret[WEBSUB_SECRET_BYTES];
    uint32_t pushes;
    int64_t lease_end_ms;
    uint8_t state;
};

static void see(void *context, const struct websub_subscription *subscription)
{
    struct seen *seen = context;
    seen->count++;
    seen->has_feed = subscription->feed_url != NULL;
    memcpy(seen->token, subscription->token, sizeof(seen->token));
    memcpy(seen->secret, subscription->secret, sizeof(seen->secret));
    seen->pushes = subscription->pushes;
    seen->lease_end_ms = subscription->lease_end_ms;
    seen->state = subscription->state;
    assert_string_equal(subscription->hub, "https://hub.example/");
    assert_string_equal(subscription->topic, "https://a.example/feed");
    if (seen->has_feed)
        assert_string_equal(subscription->feed_url, "https://a.example/rss");
}

static struct seen look(struct fixture *fixture)
{
    struct seen seen = {0};
    store_close(&fixture->store);
    fixture_open(fixture);
    assert_int_equal(store_load_subscriptions(fixture->store, see, &seen, &fixture->error), 0);
    return seen;
}

static void run(struct fixture *fixture, const struct websub_subscription *subscription, bool remove)
{
    struct store_subscription job = {.subscription = *subscription, .remove = remove};
    store_submit_subscription(fixture->store, &job);
    assert_int_equal(fixture_run(fixture, &job.base), 0);
}

static void test_a_subscription_is_kept_outlives_its_feed_and_goes(void **state)
{
    struct fixture *fixture = *state;
    struct websub_subscription subscription;
    struct feed_state feed = {.url = (char *)(uintptr_t) "https://a.example/rss"}, *feeds[] = {&feed};
    struct store_feeds add = {.add = feeds, .add_count = 1};
    store_submit_feeds(fixture->store, &add);
    assert_int_equal(fixture_run(fixture, &add.base), 0);
    assert_int_equal(websub_subscription_init(&subscription, feed.rowid, str_from(feed.url),
                                              STR("https://hub.example/"), STR("https://a.example/feed"),
                                              1000),
                     0);
    subscription.state = WEBSUB_ACTIVE;
    subscription.pushes = UINT32_MAX;
    subscription.lease_end_ms = 1700000000123;
    run(fixture, &subscription, false);
    struct seen seen = look(fixture);
    assert_int_equal(seen.count, 1);
    assert_true(seen.has_feed);
    assert_string_equal(seen.token, subscription.token);
    assert_string_equal(seen.secret, subscription.secret);
    assert_int_equal(seen.pushes, UINT32_MAX);
    assert_int_equal(seen.lease_end_ms, 1700000000123);
    assert_int_equal(seen.state, WEBSUB_ACTIVE);

    struct store_feeds remove = {.remove = &feed.rowid, .remove_count = 1};
    store_submit_feeds(fixture->store, &remove);
    assert_int_equal(fixture_run(fixture, &remove.base), 0);
    seen = look(fixture);
    assert_int_equal(seen.count, 1);
    assert_false(seen.has_feed);

    run(fixture, &subscription, true);
    assert_int_equal(look(fixture).count, 0);
    websub_subscription_done(&subscription);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_subscription_is_kept_outlives_its_feed_and_goes, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
