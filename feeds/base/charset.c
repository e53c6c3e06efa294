/* charset: labels, detection and conversion. Allocates from the arena only; any thread. */
#include "base/charset.h"

#include <errno.h>
#include <iconv.h>

#include "base/utf8.h"
#include "base/charset_utf8.h"

enum { LABEL_BYTES_MAX = 32, DECLARATION_BYTES = 1024, JUNK_BYTES = 4096 };

/* Labels of the WHATWG Encoding Standard as feeds use them; what it calls latin1 is windows-1252. `name` is
 * what newsd reports. */
static const struct {
    const char *label, *iconv_name, *name;
} labels[] = {
    {"utf-8", "UTF-8", "utf-8"},
    {"utf8", "UTF-8", "utf-8"},
    {"unicode-1-1-utf-8", "UTF-8", "utf-8"},
    {"x-unicode20utf8", "UTF-8", "utf-8"},
    {"u8", "UTF-8", "utf-8"},
    {"us-ascii", "WINDOWS-1252", "windows-1252"},
    {"ascii", "WINDOWS-1252", "windows-1252"},
    {"ansi_x3.4-1968", "WINDOWS-1252", "windows-1252"},
    {"iso-8859-1", "WINDOWS-1252", "windows-1252"},
    {"iso8859-1", "WINDOWS-1252", "windows-1252"},
    {"iso88591", "WINDOWS-1252", "windows-1252"},
    {"iso_8859-1", "WINDOWS-1252", "windows-1252"},
    {"latin1", "WINDOWS-1252", "windows-1252"},
    {"latin-1", "WINDOWS-1252", "windows-1252"},
    {"l1", "WINDOWS-1252", "windows-1252"},
    {"cp819", "WINDOWS-1252", "windows-1252"},
    {"windows-1252", "WINDOWS-1252", "windows-1252"},
    {"cp1252", "WINDOWS-1252", "windows-1252"},
    {"cp-1252", "WINDOWS-1252", "windows-1252"},
    {"x-cp1252", "WINDOWS-1252", "windows-1252"},
    {"iso-8859-2", "ISO-8859-2", "iso-8859-2"},
    {"iso8859-2", "ISO-8859-2", "iso-8859-2"},
    {"latin2", "ISO-8859-2", "iso-8859-2"},
    {"iso-8859-3", "ISO-8859-3", "iso-8859-3"},
    {"iso-8859-4", "ISO-8859-4", "iso-8859-4"},
    {"iso-8859-5", "ISO-8859-5", "iso-8859-5"},
    {"cyrillic", "ISO-8859-5", "iso-8859-5"},
    {"iso-8859-6", "ISO-8859-6", "iso-8859-6"},
    {"arabic", "ISO-8859-6", "iso-8859-6"},
    {"iso-8859-7", "ISO-8859-7", "iso-8859-7"},
    {"greek", "ISO-8859-7", "iso-8859-7"},
    {"iso-8859-8", "ISO-8859-8", "iso-8859-8"},
    {"iso-8859-8-i", "ISO-8859-8", "iso-8859-8"},
    {"hebrew", "ISO-8859-8", "iso-8859-8"},
    {"iso-8859-9", "WINDOWS-1254", "windows-1254"},
    {"latin5", "WINDOWS-1254", "windows-1254"},
    {"iso-8859-10", "ISO-8859-10", "iso-8859-10"},
    {"iso-8859-11", "CP874", "windows-874"},
    {"tis-620", "CP874", "windows-874"},
    {"windows-874", "CP874", "windows-874"},
    {"iso-8859-13", "ISO-8859-13", "iso-8859-13"},
    {"iso-8859-14", "ISO-8859-14", "iso-8859-14"},
    {"iso-8859-15", "ISO-8859-15", "iso-8859-15"},
    {"iso8859-15", "ISO-8859-15", "iso-8859-15"},
    {"latin9", "ISO-8859-15", "iso-8859-15"},
    {"latin-9", "ISO-8859-15", "iso-8859-15"},
    {"iso-8859-16", "ISO-8859-16", "iso-8859-16"},
    {"windows-1250", "WINDOWS-1250", "windows-1250"},
    {"cp1250", "WINDOWS-1250", "windows-1250"},
    {"x-cp1250", "WINDOWS-1250", "windows-1250"},
    {"windows-1251", "WINDOWS-1251", "windows-1251"},
    {"cp1251", "WINDOWS-1251", "windows-1251"},
    {"x-cp1251", "WINDOWS-1251", "windows-1251"},
    {"windows1251", "WINDOWS-1251", "windows-1251"},
    {"windows-1253", "WINDOWS-1253", "windows-1253"},
    {"cp1253", "WINDOWS-1253", "windows-1253"},
    {"windows-1254", "WINDOWS-1254", "windows-1254"},
    {"cp1254", "WINDOWS-1254", "windows-1254"},
    {"windows-1255", "WINDOWS-1255", "windows-1255"},
    {"cp1255", "WINDOWS-1255", "windows-1255"},
    {"windows-1256", "WINDOWS-1256", "windows-1256"},
    {"cp1256", "WINDOWS-1256", "windows-1256"},
    {"windows-1257", "WINDOWS-1257", "windows-1257"},
    {"cp1257", "WINDOWS-1257", "windows-1257"},
    {"windows-1258", "WINDOWS-1258", "windows-1258"},
    {"cp1258", "WINDOWS-1258", "windows-1258"},
    {"koi8-r", "KOI8-R", "koi8-r"},
    {"koi8", "KOI8-R", "koi8-r"},
    {"koi8_r", "KOI8-R", "koi8-r"},
    {"koi8-u", "KOI8-U", "koi8-u"},
    {"ibm866", "CP866", "ibm866"},
    {"cp866", "CP866", "ibm866"},
    {"macintosh", "MACINTOSH", "macintosh"},
    {"mac", "MACINTOSH", "macintosh"},
    {"gb2312", "GB18030", "gb18030"},
    {"gb_2312-80", "GB18030", "gb18030"},
    {"euc-cn", "GB18030", "gb18030"},
    {"gbk", "GB18030", "gb18030"},
    {"x-gbk", "GB18030", "gb18030"},
    {"cp936", "GB18030", "gb18030"},
    {"gb18030", "GB18030", "gb18030"},
    {"big5", "BIG5-HKSCS", "big5"},
    {"big5-hkscs", "BIG5-HKSCS", "big5"},
    {"cn-big5", "BIG5-HKSCS", "big5"},
    {"x-x-big5", "BIG5-HKSCS", "big5"},
    {"euc-jp", "EUC-JP", "euc-jp"},
    {"x-euc-jp", "EUC-JP", "euc-jp"},
    {"eucjp", "EUC-JP", "euc-jp"},
    {"iso-2022-jp", "ISO-2022-JP", "iso-2022-jp"},
    {"shift_jis", "CP932", "shift_jis"},
    {"shift-jis", "CP932", "shift_jis"},
    {"sjis", "CP932", "shift_jis"},
    {"x-sjis", "CP932", "shift_jis"},
    {"ms_kanji", "CP932", "shift_jis"},
    {"windows-31j", "CP932", "shift_jis"},
    {"cp932", "CP932", "shift_jis"},
    {"euc-kr", "CP949", "euc-kr"},
    {"euckr", "CP949", "euc-kr"},
    {"ks_c_5601-1987", "CP949", "euc-kr"},
    {"ksc5601", "CP949", "euc-kr"},
    {"cp949", "CP949", "euc-kr"},
    {"windows-949", "CP949", "euc-kr"},
    {"utf-16", "UTF-16LE", "utf-16"},
    {"utf16", "UTF-16LE", "utf-16"},
    {"u16", "UTF-16LE", "utf-16"},
    {"utf_16", "UTF-16LE", "utf-16"},
    {"utf-16le", "UTF-16LE", "utf-16le"},
    {"utf-16be", "UTF-16BE", "utf-16be"},
    {"utf-32", "UTF-32LE", "utf-32"},
    {"utf-32le", "UTF-32LE", "utf-32le"},
    {"utf-32be", "UTF-32BE", "utf-32be"},
    {"ucs-2", "UTF-16LE", "utf-16le"},
    {"ucs-4", "UTF-32LE", "utf-32le"},
};
enum { LABELS = sizeof(labels) / sizeof(labels[0]) };

static int label_index(struct str label)
{
    label = str_trim_ascii(label);
    for (int i = 0; i < LABELS; i++)
        if (str_equal_nocase(label, str_from(labels[i].label)))
            return i;
    /* Underscores and hyphens are confused everywhere. */
    char folded[LABEL_BYTES_MAX];
    if (label.len == 0 || label.len >= sizeof(folded))
        return -1;
    for (size_t i = 0; i < label.len; i++)
        folded[i] = label.ptr[i] == '_' ? '-' : label.ptr[i];
    for (int i = 0; i < LABELS; i++)
        if (str_equal_nocase(str_make(folded, label.len), str_from(labels[i].label)))
            return i;
    return -1;
}

const char *charset_find(struct str label)
{
    int index = label_index(label);
    return index >= 0 ? labels[index].iconv_name : NULL;
}

/* charset=X of a Content-Type, quoted or not, with blanks around the sign. */
static struct str http_charset(struct str content_type)
{
    ptrdiff_t at = str_find_nocase(content_type, STR("charset"), 0);
    if (at < 0)
        return STR_NONE;
    struct str rest = str_trim_ascii(str_slice(content_type, (size_t)at + 7, content_type.len));
    if (rest.len == 0 || rest.ptr[0] != '=')
        return STR_NONE;
    rest = str_trim_ascii(str_slice(rest, 1, rest.len));
    size_t end = 0, start = rest.len && (rest.ptr[0] == '"' || rest.ptr[0] == '\'');
    end = start;
    while (end < rest.len && !strchr("\"';, \t", rest.ptr[end]))
        end++;
    return str_slice(rest, start, end);
}

/* encoding="X" of an XML declaration in ASCII-compatible bytes. */
static struct str declared_encoding(struct str bytes)
{
    ptrdiff_t start =
        str_find(str_slice(bytes, 0, JUNK_BYTES), STR("<?xml "), 0); /* warnings may stand first */
    if (start < 0)
        return STR_NONE;
    struct str head = str_slice(bytes, (size_t)start, (size_t)start + DECLARATION_BYTES);
    ptrdiff_t close = str_find(head, STR("?>"), 0);
    if (close > 0)
        head.len = (size_t)close;
    ptrdiff_t at = str_find(head, STR("encoding"), 0);
    if (at < 0)
        return STR_NONE;
    struct str rest = str_trim_ascii(str_slice(head, (size_t)at + 8, head.len));
    if (rest.len < 2 || rest.ptr[0] != '=')
        return STR_NONE;
    rest = str_trim_ascii(str_slice(rest, 1, rest.len));
    if (rest.len == 0 || (rest.ptr[0] != '"' && rest.ptr[0] != '\''))
        return STR_NONE;
    ptrdiff_t end = str_find_byte(rest, rest.ptr[0], 1);
    return end < 0 ? STR_NONE : str_slice(rest, 1, (size_t)end);
}

/* Wide encodings show themselves by their zero bytes around the first '<' (XML 1.0, appendix F). */
static const char *wide_by_bytes(struct str bytes, size_t *ret_bom)
{
    static const struct {
        const char *pattern;
        size_t length, bom;
        const char *label;
    } patterns[] = {
        {"\xFF\xFE\0\0", 4, 4, "utf-32le"}, {"\0\0\xFE\xFF", 4, 4, "utf-32be"},
        {"\xFF\xFE", 2, 2, "utf-16le"},     {"\xFE\xFF", 2, 2, "utf-16be"},
        {"<\0\0\0", 4, 0, "utf-32le"},      {"\0\0\0<", 4, 0, "utf-32be"},
        {"<\0", 2, 0, "utf-16le"},          {"\0<", 2, 0, "utf-16be"},
    };
    for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++) {
        if (bytes.len >= patterns[i].length && !memcmp(bytes.ptr, patterns[i].pattern, patterns[i].length)) {
            *ret_bom = patterns[i].bom;
            return patterns[i].label;
        }
    }
    return NULL;
}

/* Bytes that no character is shorter than. */
static size_t unit_bytes(const char *iconv_name)
{
    return !strncmp(iconv_name, "UTF-16", 6) ? 2 : !strncmp(iconv_name, "UTF-32", 6) ? 4 : 1;
}

static int convert(struct arena *arena, struct str bytes, const char *iconv_name,
                   struct charset_result *result)
{
    size_t room = bytes.len * 3 + 16, unit = unit_bytes(iconv_name);
    char *out = arena_alloc(arena, room);
    if (!out)
        return -ENOMEM;
    iconv_t handle = iconv_open("UTF-8", iconv_name);
    if (handle == (iconv_t)-1)
        return -EINVAL;
    char *in = (char *)(uintptr_t)bytes.ptr, *to = out;
    size_t left = bytes.len, space = room - 1;
    while (left > 0) {
        if (iconv(handle, &in, &left, &to, &space) != (size_t)-1)
            break;
        if (errno == E2BIG || space < 4)
            break;
        /* Invalid or cut off: one replacement character for one unit, and on. */
        memcpy(to, "\xEF\xBF\xBD", 3);
        to += 3;
        space -= 3;
        size_t skipped = left < unit ? left : unit;
        in += skipped;
        left -= skipped;
        result->replaced = true;
    }
    (void)iconv(handle, NULL, NULL, &to, &space); /* a letter held back for an accent; room is left for it */
    iconv_close(handle);
    *to = '\0';
    result->text = str_make(out, (size_t)(to - out));
    return 0;
}

/* windows-1252 by hand: it is total (the five holes are C1 controls, as the standard has it), and by far the
 * most common. */
static int convert_1252(struct arena *arena, struct str bytes, struct charset_result *result)
{
    char *out = arena_alloc(arena, bytes.len * 3 + 1);
    if (!out)
        return -ENOMEM;
    size_t len = 0;
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char c = (unsigned char)bytes.ptr[i];
        if (c < 0x80)
            out[len++] = (char)c;
        else
            len += utf8_encode(windows_1252_character(c), out + len);
    }
    out[len] = '\0';
    result->text = str_make(out, len);
    return 0;
}

static int decode(struct arena *arena, struct str bytes, int index, struct charset_result *result)
{
    result->name = str_from(labels[index].name);
    if (!strcmp(labels[index].iconv_name, "UTF-8")) {
        result->text = utf8_valid(bytes) ? bytes : utf8_read_damaged(arena, bytes);
        result->replaced = result->text.ptr != bytes.ptr;
        return result->text.ptr ? 0 : -ENOMEM;
    }
    if (!strcmp(labels[index].iconv_name, "WINDOWS-1252"))
        return convert_1252(arena, bytes, result);
    return convert(arena, bytes, labels[index].iconv_name, result);
}

static bool is_wide(int index)
{
    return index >= 0 && (!strncmp(labels[index].iconv_name, "UTF-16", 6) ||
                          !strncmp(labels[index].iconv_name, "UTF-32", 6));
}

static bool is_utf8(int index)
{
    return index >= 0 && !strcmp(labels[index].iconv_name, "UTF-8");
}

/* The best reading when nothing else is known or what is stated cannot be: UTF-8 when its characters outweigh
 * the faults; with `stated`, a text that is cut within its only one as well. */
static bool mostly_utf8(struct str bytes, bool stated)
{
    struct utf8_census census = utf8_count(bytes);
    return census.sequences > census.faults || (stated && !census.faults);
}

/* UTF-8 under a label of one byte a character: the label is some server's default. That bytes are well formed
 * by chance several times, and never are not, does not happen. */
static bool is_mislabelled_utf8(struct str bytes, int index)
{
    enum { SEVERAL = 2 };
    if (index < 0 || strcmp(labels[index].iconv_name, "WINDOWS-1252") || !utf8_valid(bytes))
        return false;
    return utf8_count(bytes).sequences >= SEVERAL;
}

/* us-ascii has no byte above 127. */
static bool is_ascii_label(struct str label)
{
    return str_find_nocase(label, STR("ascii"), 0) >= 0 || str_find_nocase(label, STR("ansi_x3.4"), 0) >= 0;
}

static bool has_high_bytes(struct str bytes)
{
    unsigned char all = 0;
    for (size_t i = 0; i < bytes.len; i++)
        all |= (unsigned char)bytes.ptr[i];
    return all >= 0x80;
}

/* A statement (HTTP's or the declaration's) is followed unless the bytes show that it cannot be true. */
static bool try_label(struct arena *arena, struct str bytes, struct str label, enum charset_origin origin,
                      struct charset_result *result, int *ret_error)
{
    int index = label_index(label);
    if (index < 0 || is_wide(index) || is_mislabelled_utf8(bytes, index) ||
        (is_utf8(index) && !utf8_valid(bytes) && !mostly_utf8(bytes, true))) {
        result->overridden = true;
        return false;
    }
    if (is_ascii_label(label) && has_high_bytes(bytes))
        result->overridden = true;
    result->origin = origin;
    *ret_error = decode(arena, bytes, index, result);
    return true;
}

int charset_to_utf8(struct arena *arena, struct str bytes, struct str content_type,
                    struct charset_result *ret_result)
{
    struct charset_result result = {.text = bytes};
    struct str stated = http_charset(content_type), declared;
    size_t bom = 0;
    int error = 0;
    if (str_starts(bytes, STR("\xEF\xBB\xBF"))) {
        result.origin = CHARSET_BOM;
        error = decode(arena, str_slice(bytes, 3, bytes.len), 0, &result);
        goto done;
    }
    const char *wide = wide_by_bytes(bytes, &bom);
    if (wide) {
        result.origin = CHARSET_BOM;
        error = decode(arena, str_slice(bytes, bom, bytes.len), label_index(str_from(wide)), &result);
        goto done;
    }
    declared = declared_encoding(bytes);
    if (stated.len && try_label(arena, bytes, stated, CHARSET_HTTP, &result, &error))
        goto done;
    if (declared.len && try_label(arena, bytes, declared, CHARSET_DECLARATION, &result, &error))
        goto done;
    result.origin = utf8_valid(bytes) || mostly_utf8(bytes, false) ? CHARSET_VALID_UTF8 : CHARSET_GUESS;
    error = decode(arena, bytes,
                   label_index(result.origin == CHARSET_VALID_UTF8 ? STR("utf-8") : STR("windows-1252")),
                   &result);
done:
    if (error)
        return error;
    *ret_result = result;
    return 0;
}
