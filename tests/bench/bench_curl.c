/* bench_curl: the least that libcurl's multi interface needs for conditional requests: what newsd's polls are
 * compared with.
 *
 *     bench_curl BASE_URL FEEDS REQUESTS CONCURRENT     prints requests, wall seconds and processor seconds
 */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { CONCURRENT_MAX = 512 };

static size_t discard(char *data, size_t size, size_t count, void *context)
{
    (void)data, (void)context;
    return size * count;
}

static double wall(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double processor(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void next_url(CURL *handle, const char *base, unsigned long number)
{
    char url[256];
    (void)snprintf(url, sizeof(url), "%s%lu", base, number);
    curl_easy_setopt(handle, CURLOPT_URL, url);
}

int main(int argc, char **argv)
{
    if (argc != 5)
        return 64;
    unsigned long feeds = strtoul(argv[2], NULL, 10), requests = strtoul(argv[3], NULL, 10), begun = 0,
                  ended = 0, unchanged = 0;
    int concurrent = (int)strtol(argv[4], NULL, 10), running, queued;
    curl_global_init(CURL_GLOBAL_DEFAULT);
    CURLM *multi = curl_multi_init();
    struct curl_slist *headers = curl_slist_append(NULL, "If-None-Match: \"v1\"");
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, (long)concurrent);
    double wall_began = wall(), processor_began = processor();
    for (; begun < (unsigned long)concurrent && begun < requests && begun < CONCURRENT_MAX; begun++) {
        CURL *handle = curl_easy_init();
        curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, discard);
        curl_easy_setopt(handle, CURLOPT_NOPROXY, "*");
        curl_easy_setopt(handle, CURLOPT_TIMEOUT, 30L);
        next_url(handle, argv[1], begun % feeds);
        curl_multi_add_handle(multi, handle);
    }
    while (ended < requests) {
        CURLMsg *message;
        curl_multi_perform(multi, &running);
        while ((message = curl_multi_info_read(multi, &queued))) {
            long status = 0;
            CURL *handle = message->easy_handle;
            if (message->data.result) {
                fprintf(stderr, "bench_curl: %s\n", curl_easy_strerror(message->data.result));
                return 1;
            }
            curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
            unchanged += status == 304;
            ended++;
            curl_multi_remove_handle(multi, handle);
            if (begun < requests) {
                next_url(handle, argv[1], begun++ % feeds);
                curl_multi_add_handle(multi, handle);
            } else {
                curl_easy_cleanup(handle);
            }
        }
        curl_multi_poll(multi, NULL, 0, 1000, NULL);
    }
    printf("%lu %.6f %.6f\n", unchanged, wall() - wall_began, processor() - processor_began);
    curl_multi_cleanup(multi);
    curl_slist_free_all(headers);
    curl_global_cleanup();
    return 0;
}
