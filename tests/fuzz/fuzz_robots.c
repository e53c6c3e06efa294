/* fuzz_robots: the first line is a target, the rest a robots.txt. */
#include "fuzz/fuzz_check.h"

#include "feeds/http/robots.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str target, text = fuzz_text(data, size, &target);
    struct robots *robots = robots_parse(text, STR("newsd"));
    CHECK(robots_allows(robots, STR("/robots.txt")));
    (void)robots_allows(robots, target);
    robots_free(&robots);
    return 0;
}
