#!/usr/bin/python3
"""Finds what is written and tested, but connected to nothing: public functions, log kinds, metrics, error codes and options
without a user outside tests/. Prints one line for each; part of `make lint`."""
import glob
import re
import sys

# What only tests use, and why it stays.
ALLOWED = {
    "charset_find": "the table of encodings is tested label by label",
    "fetcher_in_flight": "tests wait for it",
    "store_run_now": "the store without its thread: benchmarks and tests",
    "store_submit_append": "tests fill the outbox with it",
    "metrics_reset": "the counters are the process's: a test begins with none",
    "arena_held": "the cap of an arena is tested by it",
    "date_month_names": "the table of months is tested name by name",
    "clock_thread_cpu_us": "benchmarks measure with it",
    "clock_virtual_start": "the clock that tests move",
    "clock_virtual_advance": "the clock that tests move",
    "clock_virtual_step_wall": "the clock that tests move",
    "clock_virtual_stop": "the clock that tests move",
}


def stripped(path):
    """The text without comments and without the texts of strings."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    return re.sub(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|/\*.*?\*/|//[^\n]*',
                  lambda match: '""' if match.group(0)[0] == '"' else "\n" * match.group(0).count("\n"), text, flags=re.S)


def words(text):
    return re.findall(r"[A-Za-z_]\w*", text)


def main():
    files = {path: stripped(path) for room in ("daemon", "feeds", "processors")
             for path in glob.glob(room + "/**/*.[ch]", recursive=True) + glob.glob(room + "/**/*.cc", recursive=True)}
    uses = {}
    for path, text in files.items():
        for word in words(text):
            uses.setdefault(word, {}).setdefault(path, 0)
            uses[word][path] += 1

    def total(name, but=()):
        return sum(count for path, count in uses.get(name, {}).items() if path not in but)

    found = []
    for path, text in files.items():
        if not path.endswith(".h"):
            continue
        # What stands within braces is no declaration of a function.
        flat = re.sub(r"\{[^{}]*\}", ";", re.sub(r"\{[^{}]*\}", ";", text))
        flat = re.sub(r"^\s*#(?:\\\n|[^\n])*", "", flat, flags=re.M)
        for match in re.finditer(r"^(?!static|typedef|struct \w+;|extern)[a-z][\w\s*]*?\b(\w+)\(", flat, re.M):
            name = match.group(1)
            if name.startswith("__") or name in ALLOWED:
                continue
            if total(name) <= 2:  # its declaration and its definition
                found.append("%s: %s() has no caller" % (path, name))
    tables = (
        ("daemon/process/log.h", r"\b(LOG_KIND_\w+)", ("daemon/process/log.h", "daemon/process/log.c"), "is never written"),
        ("feeds/base/error.h", r"\b(ERR_\w+) =", ("feeds/base/error.h", "feeds/base/error.c"), "never happens"),
        ("feeds/http/http_answer.h", r"\b(FETCH_ERROR_(?!COUNT)\w+)", ("feeds/http/http_answer.h",), "never happens"),
    )
    for path, pattern, own, words_of_it in tables:
        for name in sorted(set(re.findall(pattern, files[path]))):
            if not re.search(r"_(COUNT|NONE)$", name) and total(name, own) <= (1 if path == "feeds/http/http_answer.h" else 0):
                found.append("%s: %s %s" % (path, name, words_of_it))
    for name in re.findall(r"^METRIC\((\w+),", files["daemon/process/metrics_table.h"], re.M):
        if not total("METRIC_" + name):
            found.append("daemon/process/metrics_table.h: %s is never counted" % name)
    fields = re.search(r"struct config \{(.*?)\n\};", files["daemon/config/config.h"], re.S).group(1)
    for declaration in re.findall(r"[^;]+;", fields):
        for name in re.findall(r"(\w+)(?:\[\w+\])?\s*(?=[,;])", declaration):
            if not total(name, ("daemon/config/config.h", "daemon/config/config.c", "daemon/config/options.c", "daemon/config/option_values.c")):
                found.append("daemon/config/config.h: the option behind %s has no effect" % name)
    unused = [name for name in ALLOWED if total(name) > 2]
    found += ["tests/unconnected.py: %s has a user now: take it off the list" % name for name in unused]
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
