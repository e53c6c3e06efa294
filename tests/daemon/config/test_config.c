/* config: the option table, files and drop-ins, what is said about mistakes, and that secrets stay secret. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/kafka/conf.h"
#include "daemon/config/options.h"
#include "daemon/config/problems.h"
#include "daemon/temp_folder.h"

struct fixture {
    struct temp_folder folder;
    struct problems problems;
    struct config *config;
    char path[256];
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    temp_folder_make(&fixture->folder);
    (void)temp_path(&fixture->folder, "newsd.conf", fixture->path);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    config_free(&fixture->config);
    problems_done(&fixture->problems);
    temp_folder_remove(&fixture->folder);
    free(fixture);
    return 0;
}

static int load(struct fixture *fixture, const char *text)
{
    temp_write(&fixture->folder, "newsd.conf", text);
    config_free(&fixture->config);
    problems_done(&fixture->problems);
    return config_load(fixture->path, problems_add, &fixture->problems, &fixture->config);
}

static void drop_in(struct fixture *fixture, const char *name, const char *text)
{
    char path[256];
    (void)mkdir(temp_path(&fixture->folder, "newsd.conf.d", path), 0700); /* may be there already */
    (void)snprintf(path, sizeof(path), "newsd.conf.d/%s", name);
    temp_write(&fixture->folder, path, text);
}

/* Loading `text` must fail with exactly this problem. */
static void expect_problem(struct fixture *fixture, const char *text, const char *problem)
{
    assert_int_equal(load(fixture, text), ERR_CONFIG);
    assert_null(fixture->config);
    if (!problems_say(&fixture->problems, problem))
        fail_msg("said: %s", fixture->problems.text.ptr);
    assert_int_equal(fixture->problems.count, 1);
}

/* ---- The table --------------------------------------------------------------------------------------------
 */

static void test_every_default_passes_its_own_check_and_prints_as_written(void **state)
{
    (void)state;
    struct config *config = config_default();
    assert_non_null(config);
    for (size_t i = 0; i < option_count; i++) {
        const struct option_entry *option = &option_table[i];
        _cleanup_buffer_ struct buffer text = {0};
        struct error error = {0};
        assert_int_equal(option_print(config, option, &text), 0);
        if (option_set(config, option, text.ptr ? text.ptr : "", &error))
            fail_msg("%s.%s = %s: %s", option->section, option->key, text.ptr, error.text);
        assert_ptr_equal(option_find(option->section, option->key), option);
        assert_true(option_section_known(option->section));
        assert_true(strlen(option->help) > 10);
    }
    config_free(&config);
}

static void test_the_sample_file_is_read_without_a_problem(void **state)
{
    struct fixture *fixture = *state;
    _cleanup_buffer_ struct buffer sample = {0};
    assert_int_equal(options_sample(&sample), 0);
    assert_int_equal(load(fixture, sample.ptr), 0);
    assert_int_equal(kafka_conf_check(fixture->config, problems_add, &fixture->problems), 0);
    /* And again with every option of it in force: the defaults it shows are the defaults. */
    for (char *line = sample.ptr; (line = strstr(line, "\n#")) != NULL; line++)
        if (line[2] != ' ')
            line[1] = ' ';
    struct config *written = NULL;
    char *sasl = strstr(sample.ptr, "security.protocol");
    assert_non_null(sasl);
    *sasl = '\0';
    temp_write(&fixture->folder, "newsd.conf", sample.ptr);
    assert_int_equal(config_load(fixture->path, problems_add, &fixture->problems, &written), 0);
    assert_int_equal(config_diff(fixture->config, written, NULL, NULL), 0);
    config_free(&written);
}

static void test_the_manuals_section_has_every_option(void **state)
{
    (void)state;
    _cleanup_buffer_ struct buffer manual = {0};
    assert_int_equal(options_manual(&manual), 0);
    for (size_t i = 0; i < option_count; i++)
        assert_non_null(strstr(manual.ptr, option_table[i].help));
}

/* ---- Values -----------------------------------------------------------------------------------------------
 */

static void test_durations_sizes_and_booleans_in_all_their_units(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *text;
        int64_t ms;
    } durations[] = {{"1500ms", 1500},      {"90", 90000},    {"90s", 90000},     {"2 min", 120000},
                     {"3m", 180000},        {"2h", 7200000},  {"1hour", 3600000}, {"1d", 86400000},
                     {"7 days", 604800000}, {"1w", 604800000}};
    static const struct {
        const char *text;
        int64_t bytes;
    } sizes[] = {{"2048", 2048},    {"512K", 524288},   {"2KiB", 2048},
                 {"16M", 16777216}, {"16MB", 16777216}, {"1G", 1073741824}};
    static const char *const yes[] = {"yes", "TRUE", "on", "1"}, *const no[] = {"no", "False", "off", "0"};
    struct config *config = fixture->config = config_default();
    for (size_t i = 0; i < sizeof(durations) / sizeof(durations[0]); i++) {
        assert_int_equal(config_set(config, "poll", "interval-max", durations[i].text, NULL), 0);
        assert_int_equal(config->interval_max_ms, durations[i].ms);
    }
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        assert_int_equal(config_set(config, "poll", "body-max", sizes[i].text, NULL), 0);
        assert_int_equal(config->body_bytes_max, sizes[i].bytes);
    }
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(config_set(config, "poll", "jitter", yes[i], NULL), 0);
        assert_true(config->jitter);
        assert_int_equal(config_set(config, "poll", "jitter", no[i], NULL), 0);
        assert_false(config->jitter);
    }
}

static void test_a_wrong_value_says_what_is_allowed(void **state)
{
    static const struct {
        const char *text, *said;
    } wrong[] = {
        {"[poll]\nhost-transfers = many\n",
         "newsd.conf:2: host-transfers = many cannot be read; write a whole number"},
        {"[poll]\nhost-transfers = 2.5\n", "write a whole number"},
        {"[poll]\nhost-transfers = 99999999999999999999\n", "write a whole number"},
        {"[poll]\nhost-transfers = 0\n", "host-transfers = 0 is out of range; allowed are 1 to 1024"},
        {"[poll]\n\nhost-gap = 5 parsecs\n",
         "newsd.conf:3: host-gap = 5 parsecs cannot be read; write a duration such as"},
        {"[poll]\nhost-gap = -5s\n", "write a duration such as"},
        {"[poll]\nhost-gaps = slow.example\n",
         "host-gaps = slow.example; write HOST=DURATION, as in reddit.com=60s"},
        {"[poll]\nhost-gaps = a.example=1s, b.example=soon\n", "b.example=soon"},
        {"[poll]\ninterval-min = 9223372036854775807w\n", "write a duration such as"},
        {"[poll]\ninterval-min = 9999999999999999\n", "write a duration such as"},
        {"[poll]\ninterval-min = 10ms\n", "allowed are 1000 to 86400000 ms"},
        {"[poll]\nbody-max = 5X\n", "write a size such as 512K, 16M or 8G"},
        {"[poll]\nbody-max = 12\n", "allowed are 1024 to 1073741824 bytes"},
        {"[poll]\njitter = perhaps\n", "jitter = perhaps; allowed are yes and no"},
        {"[poll]\nbackfill = newest\n", "allowed are skip, newest:NUMBER, all and since:YYYY-MM-DD"},
        {"[poll]\nbackfill = since:2022-13-01\n",
         "allowed are skip, newest:NUMBER, all and since:YYYY-MM-DD"},
        {"[pages]\npolicy = sometimes\n", "policy = sometimes; allowed are never, auto, always"},
        {"[pages]\nrevisit = 1h 24h soon\n", "'soon'; write durations from 1s to 365d"},
        {"[pages]\nrevisit = 1h, 1h\n", "each longer than the one before, as in 1h 24h 7d"},
        {"[pages]\nrevisit = 10ms\n", "'10ms'; write durations"},
        {"[pages]\nrevisit = 1s 2s 3s 4s 5s 6s 7s 8s 9s\n", "more than 8 times are named"},
        {"[log]\nlevel = loud\n", "allowed are error, warning, notice, info, debug"},
        {"[log]\ntarget = paper\n", "allowed are auto, journal, logfmt, json"},
        {"[topics]\narticles = news articles\n", "'news articles' is no topic name"},
    };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        expect_problem(*state, wrong[i].text, wrong[i].said);
}

static void test_options_that_contradict_each_other_are_refused(void **state)
{
    expect_problem(*state, "[poll]\ninterval-min = 2h\ninterval-max = 1h\n",
                   "poll.interval-min is over poll.interval-max");
    expect_problem(*state, "[store]\noutbox-high = 10\noutbox-hard = 5\n",
                   "store.outbox-high is over store.outbox-hard");
}

static void test_choices_set_what_they_say(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(
        load(fixture,
             "[poll]\nbackfill = since:2022-01-11\n[pages]\npolicy = always\n[log]\nlevel = debug\n"
             "target = json\n[topics]\nfeeds = off\narticles = press.items\n[admin]\nlisten = off\n"),
        0);
    const struct config *config = fixture->config;
    assert_int_equal(config->backfill, BACKFILL_SINCE);
    assert_int_equal(config->backfill_value, 1641859200000);
    assert_int_equal(config->pages, PAGES_ALWAYS);
    assert_int_equal(config->log_level, 7);
    assert_string_equal(config->log_target, "json");
    assert_null(config->topics[TOPIC_FEEDS].name);
    assert_string_equal(config->topics[TOPIC_ARTICLES].name, "press.items");
    assert_true(config->topics[TOPIC_FEEDS].compact);
    assert_null(config->admin_listen);
}

/* ---- Files ------------------------------------------------------------------------------------------------
 */

static void test_an_unknown_option_is_named_with_its_place_and_a_suggestion(void **state)
{
    expect_problem(*state, "[poll]\n# a comment\nintervall-min = 5min\n",
                   "newsd.conf:3: [poll] has no option intervall-min; did you mean interval-min in [poll]?");
    expect_problem(*state, "[newsd]\nhost-gap = 5s\n",
                   "newsd.conf:2: [newsd] has no option host-gap; did you mean host-gap in [poll]?");
    expect_problem(*state, "[poll]\ncoffee-machine = on\n",
                   "[poll] has no option coffee-machine; newsd.conf(5)");
    expect_problem(*state, "[polls]\nhost-gap = 5s\n",
                   "newsd.conf:2: there is no section [polls]; the sections are");
}

static void test_every_problem_is_reported_not_only_the_first(void **state)
{
    struct fixture *fixture = *state;
    drop_in(fixture, "10-late.conf", "[log]\nlevel = loud\n");
    assert_int_equal(load(fixture, "[poll]\nhost-gap = x\nword\n[store]\nsize-max = y\n"), ERR_CONFIG);
    assert_int_equal(fixture->problems.count, 4);
    assert_true(problems_say(&fixture->problems, "newsd.conf:2: "));
    assert_true(problems_say(&fixture->problems, "newsd.conf:3: "));
    assert_true(problems_say(&fixture->problems, "newsd.conf:5: "));
    assert_true(problems_say(&fixture->problems, "10-late.conf:2: "));
}

static void test_drop_ins_override_in_order_of_name_and_an_empty_value_resets(void **state)
{
    struct fixture *fixture = *state;
    drop_in(fixture, "20-b.conf", "[poll]\nhost-transfers = 20\n[log]\nlevel =\n");
    drop_in(fixture, "10-a.conf", "[poll]\nhost-transfers = 10\nredirects = 1\n");
    drop_in(fixture, "30-c.conf.bak", "[poll]\nhost-transfers = 30\n");
    drop_in(fixture, ".40-hidden.conf", "[poll]\nhost-transfers = 40\n");
    assert_int_equal(load(fixture, "[poll]\nhost-transfers = 5\nredirects = 9\nredirects = 8\nhost-gap = "
                                   "1s\n[log]\nlevel = debug\n"),
                     0);
    assert_int_equal(fixture->config->host_transfers_max, 20);
    assert_int_equal(fixture->config->redirects_max, 1);
    assert_int_equal(fixture->config->host_gap_ms, 1000);
    assert_int_equal(fixture->config->log_level, 6);
}

static void test_a_relative_path_counts_from_the_file_that_names_it(void **state)
{
    struct fixture *fixture = *state;
    char wanted[256];
    assert_int_equal(load(fixture, "[newsd]\nstate-directory = state\n[poll]\nca-file = /etc/hostname\n"), 0);
    assert_string_equal(fixture->config->state_directory, temp_path(&fixture->folder, "state", wanted));
    assert_string_equal(fixture->config->feeds_directory, temp_path(&fixture->folder, "feeds.d", wanted));
    assert_string_equal(fixture->config->ca_file, "/etc/hostname");
}

static void test_what_does_not_go_together_is_said(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(load(fixture, "[poll]\nca-file = /nowhere/ca.pem\n[topics]\nrejects = news.articles\n"),
                     ERR_CONFIG);
    assert_true(problems_say(&fixture->problems, "poll.ca-file = /nowhere/ca.pem cannot be read"));
    assert_true(problems_say(&fixture->problems, "two kinds of records go to the topic news.articles"));
}

static void test_a_file_that_is_not_there_is_a_problem(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(config_load("/nowhere/newsd.conf", problems_add, &fixture->problems, &fixture->config),
                     ERR_CONFIG);
    assert_true(problems_say(&fixture->problems, "newsd.conf:0: cannot be read: "));
}

/* ---- Kafka and secrets ------------------------------------------------------------------------------------
 */

static void test_kafka_properties_pass_through_and_an_empty_one_takes_back(void **state)
{
    struct fixture *fixture = *state;
    drop_in(fixture, "10.conf", "[kafka]\nlinger.ms =\nclient.id = desk\n");
    assert_int_equal(
        load(fixture, "[kafka]\nbootstrap.servers = a:9092,b:9092\nlinger.ms = 5\nclient.id = one\n"), 0);
    assert_int_equal(fixture->config->kafka_count, 2);
    assert_string_equal(fixture->config->kafka[0].value, "a:9092,b:9092");
    assert_string_equal(fixture->config->kafka[1].value, "desk");
    assert_int_equal(kafka_conf_check(fixture->config, problems_add, &fixture->problems), 0);
}

static void test_refused_kafka_properties_are_named_with_their_place(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(load(fixture, "[kafka]\nbootstrap.servers = a:9092\nno.such.property = 1\nacks = 1\n"
                                   "linger.ms = often\nsasl.mechanisms = WHISPER\n"),
                     0);
    assert_int_equal(kafka_conf_check(fixture->config, problems_add, &fixture->problems), ERR_CONFIG);
    assert_true(problems_say(&fixture->problems, "newsd.conf:3: kafka.no.such.property"));
    assert_true(problems_say(&fixture->problems, "newsd.conf:4: kafka.acks is set by newsd itself"));
    assert_true(problems_say(&fixture->problems, "newsd.conf:5: kafka.linger.ms"));
    assert_int_equal(load(fixture, "[kafka]\nlinger.ms = 5\n"), 0);
    assert_int_equal(kafka_conf_check(fixture->config, problems_add, &fixture->problems), ERR_CONFIG);
    assert_true(problems_say(&fixture->problems, "bootstrap.servers is not set"));
}

static void note_line(void *context, const char *text)
{
    buffer_printf(context, "%s\n", text);
}

static void test_secrets_are_used_and_never_shown(void **state)
{
    struct fixture *fixture = *state;
    _cleanup_buffer_ struct buffer dump = {0}, lines = {0};
    char text[512], secret[256];
    temp_write(&fixture->folder, "password", "tr0ub4dor\n");
    (void)snprintf(text, sizeof(text),
                   "[kafka]\nbootstrap.servers = a:9092\nsasl.username = desk\nsasl.password = c0rrecthorse\n"
                   "ssl.key.password = file:%s\n",
                   temp_path(&fixture->folder, "password", secret));
    assert_int_equal(load(fixture, text), 0);
    assert_string_equal(fixture->config->kafka[2].value, "c0rrecthorse");
    assert_string_equal(fixture->config->kafka[3].value, "tr0ub4dor");
    assert_int_equal(config_dump(fixture->config, &dump), 0);
    assert_null(strstr(dump.ptr, "tr0ub4dor"));
    assert_null(strstr(dump.ptr, "c0rrecthorse"));
    assert_non_null(strstr(dump.ptr, "sasl.password = (secret)"));
    assert_non_null(strstr(dump.ptr, "sasl.username = desk"));
    struct config *before = config_default();
    assert_true(config_diff(before, fixture->config, note_line, &lines) >= 4);
    assert_null(strstr(lines.ptr, "tr0ub4dor"));
    assert_null(strstr(lines.ptr, "c0rrecthorse"));
    assert_non_null(strstr(lines.ptr, "kafka.sasl.password: (none) -> (secret) (needs a restart)"));
    config_free(&before);
}

static void test_a_secret_that_cannot_be_read_is_a_problem(void **state)
{
    (void)unsetenv("CREDENTIALS_DIRECTORY");
    expect_problem(*state, "[kafka]\nsasl.password = file:/nowhere/password\n",
                   "the secret /nowhere/password cannot be read");
    expect_problem(*state, "[kafka]\nsasl.password = credential:kafka\n", "add LoadCredential= to the unit");
}

static void test_a_credential_comes_from_systemds_folder(void **state)
{
    struct fixture *fixture = *state;
    temp_write(&fixture->folder, "kafka", "from-systemd");
    (void)setenv("CREDENTIALS_DIRECTORY", fixture->folder.path, 1);
    assert_int_equal(load(fixture, "[kafka]\nsasl.password = credential:kafka\n"), 0);
    assert_string_equal(fixture->config->kafka[0].value, "from-systemd");
    (void)unsetenv("CREDENTIALS_DIRECTORY");
}

static void test_differences_say_old_new_and_what_needs_a_restart(void **state)
{
    (void)state;
    _cleanup_buffer_ struct buffer lines = {0};
    struct config *before = config_default(), *after = config_default();
    assert_int_equal(config_diff(before, after, note_line, &lines), 0);
    assert_int_equal(config_set(after, "poll", "host-gap", "90s", NULL), 0);
    assert_int_equal(config_set(after, "newsd", "contact", "desk@news.example", NULL), 0);
    assert_int_equal(config_diff(before, after, note_line, &lines), 2);
    assert_non_null(strstr(lines.ptr, "poll.host-gap: 5s -> 90s\n"));
    assert_non_null(strstr(lines.ptr, "newsd.contact: (none) -> desk@news.example (needs a restart)\n"));
    config_free(&before);
    config_free(&after);
}

static void test_the_dump_reads_back_as_the_same_configuration(void **state)
{
    struct fixture *fixture = *state;
    _cleanup_buffer_ struct buffer dump = {0};
    assert_int_equal(
        load(fixture,
             "[poll]\nbackfill = newest:3\nhost-gap = 0s\n[topics]\nrejects = off\n[store]\nsize-max = 3G\n"
             "[kafka]\nbootstrap.servers = a:9092\n"),
        0);
    assert_int_equal(config_dump(fixture->config, &dump), 0);
    struct config *again = NULL;
    temp_write(&fixture->folder, "newsd.conf", dump.ptr);
    assert_int_equal(config_load(fixture->path, problems_add, &fixture->problems, &again), 0);
    assert_int_equal(config_diff(fixture->config, again, NULL, NULL), 0);
    config_free(&again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_default_passes_its_own_check_and_prints_as_written),
        cmocka_unit_test_setup_teardown(test_the_sample_file_is_read_without_a_problem, set_up, tear_down),
        cmocka_unit_test(test_the_manuals_section_has_every_option),
        cmocka_unit_test_setup_teardown(test_durations_sizes_and_booleans_in_all_their_units, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_wrong_value_says_what_is_allowed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_options_that_contradict_each_other_are_refused, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_choices_set_what_they_say, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_an_unknown_option_is_named_with_its_place_and_a_suggestion,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_every_problem_is_reported_not_only_the_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_drop_ins_override_in_order_of_name_and_an_empty_value_resets,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_relative_path_counts_from_the_file_that_names_it, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_what_does_not_go_together_is_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_file_that_is_not_there_is_a_problem, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_kafka_properties_pass_through_and_an_empty_one_takes_back,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_refused_kafka_properties_are_named_with_their_place, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_secrets_are_used_and_never_shown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_secret_that_cannot_be_read_is_a_problem, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_credential_comes_from_systemds_folder, set_up, tear_down),
        cmocka_unit_test(test_differences_say_old_new_and_what_needs_a_restart),
        cmocka_unit_test_setup_teardown(test_the_dump_reads_back_as_the_same_configuration, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
