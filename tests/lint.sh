#!/bin/bash
# The house rules that a machine can check. Prints each breach with its place; the last line counts.
set -u
cd "$(dirname "$0")/.." || exit 1
breaches=0
breach() {
    [ -n "$2" ] || return 0
    printf '%s\n%s\n\n' "$1" "$2"
    breaches=$((breaches + $(printf '%s\n' "$2" | wc -l)))
}
sources=$(git ls-files '*.c' '*.h' '*.cc')
c_files=$(git ls-files '*.c')

breach "rooms stand on what the table allows" "$(tests/rooms.py)"
breach "no circle of files" "$(tests/circles.py)"
breach "functions that the house does not use" \
    "$(grep -nwE 'strcpy|strcat|sprintf|vsprintf|atoi|gmtime|localtime|system|strtok|gets' $sources /dev/null |
       grep -vE '^\S+:[0-9]+:\s*(/?\*|//)' | grep -E '\b(strcpy|strcat|sprintf|vsprintf|atoi|gmtime|localtime|system|strtok|gets)\(')"
breach "board, rules, containers and example feeds name what there is" "$(tests/packaging.py 2>&1)"
breach "everything public has a user" "$(tests/unconnected.py)"
breach "no sleep in the daemon" "$(grep -nE '\b(u|nano)?sleep\(' -r daemon feeds processors --include='*.c')"
breach "processors/ allocates from the arena" \
    "$(grep -nE '(^|[^_a-z])(malloc|calloc|realloc|strdup|strndup)\(' -r processors --include='*.c' | grep -vE 'processors/(models?/|pipeline|meaning/(event_coder|act_model)|stories/copies|places/gazetteer|language/(lexicon|language_model|parser|tagger|names|word_tables))')"
breach "files of at most 600 lines" "$(wc -l $sources | awk '$2 != "total" && $1 > 600 {print $2": "$1" lines"}' | grep -vE '_table|/html_references|demo_stories')"
# Each says what the code around it relies on (phases, counts, threads, owners): they are written with the code.
daemon_lines=$(cat daemon/*.c daemon/*/*.c | wc -l)
assertions=$(cat daemon/*.c daemon/*/*.c | grep -cE '\b(static_)?assert\(')
echo "daemon: $assertions assertions in $daemon_lines lines"
breach "at least nine assertions per 1,000 lines of daemon/" \
    "$([ $((assertions * 1000)) -ge $((daemon_lines * 9)) ] || echo "daemon/: $assertions in $daemon_lines lines")"
breach "unfinished work" "$(grep -nE '\b(TODO|FIXME|XXX|HACK)\b' $sources /dev/null)"
breach "tabs and trailing blanks" "$(grep -nE '(	|[ 	]$)' $sources /dev/null | head -20)"
breach "headers begin with a comment and have a guard" \
    "$(for f in $(git ls-files '*.h' | grep -v _table.h); do grep -q '#ifndef NEWSD_' "$f" && head -c 2 "$f" | grep -q '/\*' || echo "$f"; done)"
if command -v clang-format >/dev/null; then
    # shellcheck disable=SC2046  # the list is split on purpose
    breach "clang-format" "$(clang-format --dry-run $(echo "$sources" | grep -vE '_table\.h|demo_stories\.c|references\.c|store_columns\.h|vocabulary\.h') 2>&1 | grep -E 'warning:' | cut -d: -f1 | sort | uniq -c | awk '{print $2": "$1" places"}')"
fi
if command -v cppcheck >/dev/null; then
    breach "cppcheck" "$(cppcheck -q --enable=warning --inline-suppr --suppress=missingInclude --suppress=missingIncludeSystem \
        --suppress=unknownMacro --suppress=uninitvar --suppress=returnDanglingLifetime --suppress=internalAstError --suppress=legacyUninitvar --suppress=normalCheckLevelMaxBranches --library=posix -D_GNU_SOURCE -DNEWSD_VERSION='""' -I. -Ifeeds --std=c11 -j2 $c_files 2>&1 | grep -E '(error|warning|portability):')"
fi
command -v codespell >/dev/null && breach "spelling" "$(git ls-files README.md '*.h' daemon/manual | grep -v _table.h | xargs codespell -q 3 -L ninjs,inpu,te,ot,fo,ba,hist,nd,ser,als,ans 2>/dev/null | head -20)"
if command -v mandoc >/dev/null; then
    for page in $(git ls-files 'daemon/manual/*.[1-8]'); do
        breach "manual $page" "$(mandoc -T lint -W warning "$page" | grep -vE 'new manual|operating system|unusual Xr order' | head)"
    done
fi
command -v shellcheck >/dev/null && breach "shellcheck" "$(git ls-files '*.sh' | xargs -r shellcheck -S warning -f gcc 2>&1 | head -20)"
echo "lint: $breaches breaches"
[ "$breaches" = 0 ]
