#!/usr/bin/python3
"""`make test-manners`: the rules of a good feed poller (tests/manners.txt), each with the tests that carry its number and how
they went.

    tests/manners.py --build asan        runs them
    tests/manners.py --log FILE          holds any poller's proxy log against those rules that a log can show: JSON lines with
                                         time (seconds), end, url, request {header: value}, status, response {header: value};
                                         --floor SECONDS says how near the operator lets two polls of one address be (T9)

A rule without a test is a failure. The last line is `N rules held, N failed`.
"""
import argparse
import collections
import email.utils
import glob
import json
import os
import re
import subprocess
import sys
import urllib.parse

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
REQUEST_SECONDS = 60  # a request with its redirects
FLOOR_SECONDS = 540  # between two polls of one address
DAY_SECONDS = 86400
ADOPT_SECONDS = 7 * DAY_SECONDS  # S1: so long a permanent redirect has to stand ...
SIGHTINGS = 10  # ... and so often it has to be seen; twice both, and it should have been adopted


def rules():
    with open(os.path.join(ROOT, "tests", "manners.txt")) as file:
        return dict(line.rstrip("\n").split(" ", 1) for line in file if line.strip() and not line.startswith("#"))


def number_of(test):
    match = re.match(r"test_([PSTN]\d+)_", test)
    return match.group(1) if match else None


def run_units(build):
    """{test name: passed} of every unit test whose name begins with a rule's number."""
    found = {}
    for program in sorted(glob.glob(os.path.join(ROOT, "out", build, "tests", "**", "test_*"), recursive=True)):
        if program.endswith(".d"):
            continue
        done = subprocess.run([program], capture_output=True, text=True, errors="replace", timeout=300)
        text = done.stdout + done.stderr
        for verdict, test in re.findall(r"\[ +(OK|FAILED) +\] (test_\w+)", text):
            if number_of(test):
                found[test] = found.get(test, True) and verdict == "OK"
    return found


def run_integration(build):
    environment = dict(os.environ, NEWSD=os.path.join(ROOT, "out", build, "newsd"), NEWSD_TEST_PATIENCE="60",
                       NEWSD_MOCK_BROKER=os.path.join(ROOT, "out", "release", "tests", "support", "mock_broker"))
    patterns = [word for letter in "PSTN" for word in ("-k", "*test_%s[0-9]*" % letter)]
    found = {}
    for path in sorted(glob.glob(os.path.join(ROOT, "tests", "integration", "test_*.py"))):
        with open(path) as file:
            if not re.search(r"def test_[PSTN]\d+_", file.read()):
                continue
        done = subprocess.run([sys.executable, path, "-v", *patterns], capture_output=True, text=True, errors="replace", timeout=600,
                              env=environment)
        found.update({test: verdict == "ok" for test, verdict in
                      re.findall(r"^(test_\w+) .*\.\.\. (ok|FAIL|ERROR)$", done.stderr, re.M) if number_of(test)})
    return found


def show(known, results):
    """Prints the document; the number of failures."""
    failed = 0
    tests = collections.defaultdict(list)
    for test, passed in results.items():
        tests[number_of(test)].append((test, passed))
    for rule, words in known.items():
        good = tests[rule] and all(passed for _, passed in tests[rule])
        failed += not good
        print("%-4s %-4s %s" % (rule, "ok" if good else "FAIL", words))
        for test, passed in tests[rule]:
            print("          %s%s" % ("" if passed else "FAILED: ", test[len("test_" + rule) + 1:].replace("_", " ")))
        if not tests[rule]:
            print("          no test")
    return failed


LOG_RULES = ("P1", "P2", "P4", "P10", "S1", "S5", "S7", "T9", "T11", "N10")


class Log:
    """A proxy's log, in order of time, and what it shows of the rules."""

    def __init__(self, path, floor=FLOOR_SECONDS):
        self.floor = floor
        with open(path) as file:
            self.entries = sorted((json.loads(line) for line in file if line.strip()), key=lambda e: e["time"])
        for entry in self.entries:
            entry["request"] = {k.lower(): v for k, v in entry.get("request", {}).items()}
            entry["response"] = {k.lower(): v for k, v in entry.get("response", {}).items()}
            entry["host"] = urllib.parse.urlsplit(entry["url"]).netloc
        self.by_url, self.by_host = collections.defaultdict(list), collections.defaultdict(list)
        for entry in self.entries:
            self.by_url[entry["url"]].append(entry)
            self.by_host[entry["host"]].append(entry)

    def pairs(self):
        for entries in self.by_url.values():
            yield from zip(entries, entries[1:])

    def validators(self):
        """Each validator that was sent, with those that this address has ever given and the one that holds: the newest."""
        for entries in self.by_url.values():
            given, newest = collections.defaultdict(set), {}
            for entry in entries:
                for sent, name in (("if-none-match", "etag"), ("if-modified-since", "last-modified")):
                    if sent in entry["request"]:
                        yield entry, entry["request"][sent], given[name], newest.get(name)
                for name in ("etag", "last-modified"):
                    value = entry["response"].get(name)
                    if entry["status"] == 200 or entry["status"] == 304 and value:
                        newest[name] = value
                        given[name].add(value)

    def p1(self):
        for entry, sent, given, newest in self.validators():
            if sent not in given:
                yield entry, "sends %r, was given %r" % (sent, newest)

    def p4(self):
        for entry, sent, given, newest in self.validators():
            if sent in given and sent != newest:
                yield entry, "sends %r, which an answer since has replaced by %r" % (sent, newest)

    def p2(self):
        for before, after in self.pairs():
            given = [h for h in ("etag", "last-modified") if before["status"] == 200 and h in before["response"]]
            sent = [h for h in ("if-none-match", "if-modified-since") if h in after["request"]]
            if given and not sent:
                yield after, "no validator, although %s was given" % " and ".join(given)

    def p10(self):
        for before, after in self.pairs():
            age = re.search(r"max-age=(\d+)", before["response"].get("cache-control", ""))
            if age and "no-cache" not in before["response"]["cache-control"] and \
                    after["time"] - before["time"] < min(int(age.group(1)), 86400) - int(before["response"].get("age", 0)) - 1:
                yield after, "asked again after %.0f s, fresh for %s s" % (after["time"] - before["time"], age.group(1))

    def target(self, entry):
        """Where a redirect leads; None when it is none."""
        location = entry["response"].get("location") if entry["status"] in (301, 302, 303, 307, 308) else None
        return urllib.parse.urldefrag(urllib.parse.urljoin(entry["url"], location)).url if location else None

    def is_followed(self, entry):
        """The request comes of a redirect."""
        return any(self.target(other) == entry["url"] and 0 <= entry["time"] - other.get("end", other["time"]) < REQUEST_SECONDS
                   for other in self.entries)

    def last_target(self, entry):
        """Where a chain of permanent redirects ends."""
        target = self.target(entry)
        for _ in range(10):
            further = [e for e in self.by_url.get(target, ()) if e["status"] in (301, 308) and e["time"] >= entry["time"]]
            if not further:
                break
            entry, target = further[0], self.target(further[0])
        return target

    def s1(self):
        for url, entries in list(self.by_url.items()):
            first, target, seen = None, None, 0
            for entry in entries:
                if entry["status"] in (301, 308) and self.target(entry):
                    if self.last_target(entry) != target:
                        first, target, seen = entry, self.last_target(entry), 0
                    seen += 1
                elif entry["status"] < 400 or entry["status"] in (404, 410):
                    first, target, seen = None, None, 0  # back at its place, or gone: the redirect is all that is left
                if first and entry["time"] - first["time"] > 2 * ADOPT_SECONDS and seen > 2 * SIGHTINGS:
                    yield entry, "still asked, although it has led to %s for %.0f days" % (
                        target, (entry["time"] - first["time"]) / DAY_SECONDS)
            if not first or entries[-1]["time"] - first["time"] > ADOPT_SECONDS * 0.9 or target == re.sub("^http:", "https:", url):
                continue
            own = [e for e in self.by_url[target] if not self.is_followed(e)]
            if own and own[0]["time"] > entries[-1]["time"]:
                yield own[0], "in place of %s, whose redirect had stood for %.1f days" % (
                    url, (entries[-1]["time"] - first["time"]) / DAY_SECONDS)

    def s5(self):
        for before, after in self.pairs():
            if before["status"] == 410 and after["time"] - before["time"] < DAY_SECONDS * 0.9:
                yield after, "asked again %.0f s after it was gone" % (after["time"] - before["time"])

    def t9(self):
        for before, after in self.pairs():
            if after["time"] - before["time"] < self.floor * 0.95 and not self.is_followed(after):
                yield after, "asked again after %.1f s" % (after["time"] - before["time"])

    def s7(self):
        until = collections.defaultdict(float)
        for entry in self.entries:
            if entry["time"] < until[entry["host"]] - 0.5:
                yield entry, "%.0f s before the host wanted to be asked again" % (until[entry["host"]] - entry["time"])
            wait = entry["response"].get("retry-after") if entry["status"] in (429, 503) else None
            if wait:
                end = entry.get("end", entry["time"])
                seconds = float(wait) if wait.isdigit() else email.utils.parsedate_to_datetime(wait).timestamp() - end
                until[entry["host"]] = max(until[entry["host"]], end + min(seconds, 86400))

    def t11(self):
        for entries in self.by_host.values():
            for i, entry in enumerate(entries):
                busy = sum(1 for other in entries[:i] if other.get("end", other["time"]) > entry["time"])
                if busy >= 2:
                    yield entry, "%d transfers to this host are under way already" % busy

    def n10(self):
        for entry in self.entries:
            agent = entry["request"].get("user-agent", "")
            if not re.search(r"\w/\d", agent):
                yield entry, "the user agent %r names no product and version" % agent
            if "referer" in entry["request"]:
                yield entry, "sends referer"
            if "cookie" in entry["request"] and not self.in_redirects(entry):
                yield entry, "sends a cookie that it has kept"

    def in_redirects(self, entry):
        """The request comes of a redirect that set a cookie: none is kept between polls, but one request's
        redirects may need one."""
        return any(300 <= other["status"] < 400 and "set-cookie" in other["response"] and
                   0 <= entry["time"] - other.get("end", other["time"]) < REQUEST_SECONDS
                   for other in self.entries)

    def check(self):
        failed = 0
        words = rules()
        for rule in LOG_RULES:
            faults = list(getattr(self, rule.lower())())
            failed += bool(faults)
            print("%-4s %-4s %s" % (rule, "FAIL" if faults else "ok", words[rule]))
            for entry, fault in faults[:5]:
                print("          %.3f %s: %s" % (entry["time"], entry["url"], fault))
            if len(faults) > 5:
                print("          and %d more" % (len(faults) - 5))
        return failed, len(LOG_RULES)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default="asan")
    parser.add_argument("--log")
    parser.add_argument("--floor", type=float, default=FLOOR_SECONDS)
    arguments = parser.parse_args()
    if arguments.log:
        failed, total = Log(arguments.log, arguments.floor).check()
    else:
        known = rules()
        results = run_units(arguments.build)
        results.update(run_integration(arguments.build))
        failed, total = show(known, results), len(known)
    print("%d rules held, %d failed" % (total - failed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
