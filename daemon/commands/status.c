/* status: `newsd status`: asks the running daemon over its admin socket and prints the answer for
 * people. */
#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "daemon/commands/admin_client.h"
#include "daemon/commands/command.h"
#include "daemon/config/config.h"

static json_int_t number(const json_t *root, const char *section, const char *key)
{
    return json_integer_value(json_object_get(json_object_get(root, section), key));
}

static double real(const json_t *root, const char *section, const char *key)
{
    return json_number_value(json_object_get(json_object_get(root, section), key));
}

static const char *text(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));
    return value ? value : "";
}

static void print_delay(const json_t *root, const char *key, const char *label)
{
    const json_t *delay = json_object_get(json_object_get(root, "delays_ms"), key);
    printf("%-10s %s: p50 %.0f ms, p99 %.0f ms\n", "", label,
           json_number_value(json_object_get(delay, "p50")),
           json_number_value(json_object_get(delay, "p99")));
}

static void print_status(const json_t *root)
{
    size_t index;
    const json_t *entry, *broker = json_object_get(root, "broker"), *queues = json_object_get(root, "queues");
    printf("newsd %s, %s for %lld s, %.1f MiB resident\n", text(root, "version"), text(root, "state"),
           (long long)json_integer_value(json_object_get(root, "uptime_s")),
           (double)json_integer_value(json_object_get(root, "resident_bytes")) / (1 << 20));
    printf("feeds      %lld: %lld ok, %lld new, %lld failing, %lld silent, %lld gone; %lld due\n",
           number(root, "feeds", "total"), number(root, "feeds", "ok"), number(root, "feeds", "new"),
           number(root, "feeds", "failing"), number(root, "feeds", "silent"), number(root, "feeds", "gone"),
           number(root, "feeds", "due"));
    printf("rates      %.1f polls/s (%.0f %% answered 304), %.2f new/s, %.2f delivered/s\n",
           real(root, "rates", "polls_per_s"), real(root, "rates", "not_modified_share") * 100,
           real(root, "rates", "new_per_s"), real(root, "rates", "delivered_per_s"));
    printf("queues     intake %lld, outbox %lld (%.1f MiB), back-pressure: %s\n",
           number(root, "queues", "intake"), number(root, "queues", "outbox"),
           real(root, "queues", "outbox_bytes") / (1 << 20), text(queues, "pressure"));
    printf("Kafka      %s; %lld delivered, %lld in flight, %lld refused\n", text(broker, "state"),
           number(root, "broker", "delivered"), number(root, "broker", "in_flight"),
           number(root, "broker", "rejected"));
    if (*text(broker, "error"))
        printf("%-10s away since %s: %s\n", "", text(broker, "away_since"), text(broker, "error"));
    print_delay(root, "published_to_fetched", "published to fetched");
    print_delay(root, "fetched_to_delivered", "fetched to delivered");
    json_array_foreach(json_object_get(root, "hosts"), index, entry)
        printf("%-10s %s: %lld waiting, %lld in flight, next start not before %s\n", index ? "" : "hosts",
               text(entry, "host"), (long long)json_integer_value(json_object_get(entry, "waiting")),
               (long long)json_integer_value(json_object_get(entry, "in_flight")), text(entry, "not_before"));
    json_array_foreach(json_object_get(root, "failing"), index, entry)
        printf("%-10s %s: %s since %s, %lld in a row\n", index ? "" : "failing", text(entry, "url"),
               text(entry, "error"), text(entry, "since"),
               (long long)json_integer_value(json_object_get(entry, "failures")));
    json_array_foreach(json_object_get(root, "silent"), index, entry)
        printf("%-10s %s: since %s; the last new entry came %s\n", index ? "" : "silent", text(entry, "url"),
               text(entry, "since"), *text(entry, "last_new") ? text(entry, "last_new") : "never");
    json_array_foreach(json_object_get(root, "held"), index, entry)
        printf("%-10s %s: %lld articles wait for their pages\n", index ? "" : "held", text(entry, "url"),
               (long long)json_integer_value(json_object_get(entry, "waiting")));
    json_array_foreach(json_object_get(root, "moved"), index, entry)
        printf("%-10s %s: to %s\n", index ? "" : "moved", text(entry, "url"), text(entry, "moved_to"));
}

static int run(int argc, char **argv)
{
    static const struct option options[] = {
        {"config", required_argument, NULL, 'c'}, {"json", no_argument, NULL, 'j'}, {NULL, 0, NULL, 0}};
    const char *path = NULL;
    bool as_json = false;
    int option;
    while ((option = getopt_long(argc, argv, "c:", options, NULL)) != -1) {
        if (option == '?')
            return EX_USAGE;
        path = option == 'c' ? optarg : path;
        as_json = as_json || option == 'j';
    }
    struct config *config;
    struct error error = {0};
    _cleanup_buffer_ struct buffer answer = {0};
    if (config_load(path, config_report_stderr, NULL, &config))
        return EX_CONFIG;
    int status = admin_client_request(config->admin_listen, "GET", "/status", STR_NONE, &answer, &error);
    config_free(&config);
    if (status != 200) {
        fprintf(stderr, "newsd status: %s\n",
                status < 0 ? error.text : "the daemon did not answer as expected");
        return EX_UNAVAILABLE;
    }
    json_t *root = json_loadb(answer.ptr, answer.len, 0, NULL);
    if (as_json)
        printf("%.*s\n", (int)answer.len, answer.ptr);
    else if (root)
        print_status(root);
    json_decref(root);
    return root || as_json ? EX_OK : EX_PROTOCOL;
}

const struct command command_status = {
    .name = "status",
    .arguments = "[-c FILE] [--json]",
    .summary = "the running daemon: feeds by state, rates, queues, broker, slowest hosts, feeds in trouble",
    .run = run,
};
