/* dateline_east: datelines of scripts without upper case. Worker threads.
 *
 * Chinese "新华社北京3月5日电（记者…）", Japanese "【東京＝…】" and "（ロンドン＝共同）", Korean
 * "(서울=연합뉴스)", Arabic "دبي (رويترز) -". Only forms with a known agency, or with the sign that
 * joins place and reporter, count. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_DATELINE_EAST_H
#define NEWSD_PROCESSORS_LANGUAGE_DATELINE_EAST_H

#include <stdbool.h>

#include "base/str.h"

struct dateline_east {
    struct str place, agency, date; /* absent when not told; point into the text */
    size_t end;                     /* of the dateline, in bytes */
};

/* At the start of `text`, a block's first hundreds of bytes. */
bool dateline_read_east(struct str text, struct dateline_east *ret_dateline);

#endif
