/* fuzz_tzif: any bytes as a zone file; the first eight of them are the time that is asked for. */
#include "fuzz/fuzz_check.h"

#include <errno.h>
#include <string.h>

#include "base/tzif.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int64_t local = 0;
    int offset;
    if (size < sizeof(local))
        return 0;
    memcpy(&local, data, sizeof(local));
    local %= (int64_t)10000 * 366 * 86400; /* as far as dates go */
    int code = tzif_offset_in(data + sizeof(local), size - sizeof(local), local, &offset);
    CHECK(code == 0 || code == -EBADMSG);
    return 0;
}
