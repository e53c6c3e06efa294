/* cld2: the only C++ in newsd: a call through. No exception can leave (CLD2 throws none of its own; memory
 * running out inside it is answered with "unknown"). */
#include "processors/language/cld2.h"

#include <cstdio> /* the next one needs it */

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

extern "C" void cld2_identify(const char *text, size_t len, struct cld2_answer *ret_answer)
{
    CLD2::Language languages[3] = {CLD2::UNKNOWN_LANGUAGE, CLD2::UNKNOWN_LANGUAGE, CLD2::UNKNOWN_LANGUAGE};
    int percents[3] = {0, 0, 0}, letters = 0;
    double scores[3];
    bool reliable = false;
    CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
    try {
        CLD2::ExtDetectLanguageSummary(text, static_cast<int>(len), true, &hints, 0, languages, percents,
                                       scores, nullptr, &letters, &reliable);
    } catch (...) {
        languages[0] = CLD2::UNKNOWN_LANGUAGE;
        reliable = false;
    }
    ret_answer->code = CLD2::LanguageCode(languages[0]);
    ret_answer->percent = percents[0];
    ret_answer->letters = letters;
    ret_answer->reliable = reliable;
}
