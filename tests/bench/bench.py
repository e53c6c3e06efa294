#!/usr/bin/python3
"""`make bench`: what newsd costs, as a table. Every row runs the real daemon on one core (but the memory rows), with the
server, the broker and the reader on the others; processor time is the daemon's own, from the kernel's account of the process.

    tests/bench/bench.py [ROW...]      polls memory articles old-feeds store delay parse pages stages language schedule; all without arguments
"""
import glob
import os
import re
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "integration"))

from harness import ROOT, Broker, Newsd, wait_until  # noqa: E402

PROGRAMS = os.path.join(ROOT, "out", "release", "tests", "bench")
SECONDS = 10
TICKS = os.sysconf("SC_CLK_TCK")
CORES = sorted(os.sched_getaffinity(0))
NEWSD_CORES, OTHER_CORES = ({CORES[0]}, set(CORES[1:])) if len(CORES) > 1 else ({CORES[0]}, {CORES[0]})
QUICK = {"poll": {"interval-min": "1s", "interval-default": "1s", "interval-max": "1s", "host-transfers": "200", "transfers": "200",
                  "host-gap": "0s"}}


class Row:
    def __init__(self, name, measured, goal, good, meaning):
        self.name, self.measured, self.goal, self.good, self.meaning = name, measured, goal, good, meaning

    def show(self):
        verdict = {True: "reached", False: "MISSED", None: ""}[self.good]
        print("%-44s %16s   %-16s %s\n    %s" % (self.name, self.measured, self.goal, verdict, self.meaning), flush=True)


def on_cores(cores, start):
    """Runs start() with the affinity that its child processes are to have."""
    os.sched_setaffinity(0, cores)
    try:
        return start()
    finally:
        os.sched_setaffinity(0, set(CORES))


class Server:
    def __init__(self, feeds=1, rate=1.0, items=1, text=1000):
        command = [os.path.join(PROGRAMS, "bench_server"), str(feeds), str(rate), str(items), str(text)]
        self.process = on_cores(OTHER_CORES, lambda: subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
        self.base = "http://127.0.0.1:%s" % self.process.stdout.readline().strip()

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(5)


class Run:
    """A daemon with its server and its broker, all gone at the end."""

    def __init__(self, path, feeds, options=None, server=None):
        self.folder = tempfile.mkdtemp(prefix="newsd-bench-")
        self.server = Server(**(server or {}))
        self.broker = on_cores(OTHER_CORES, Broker)
        urls = ["%s/%s/%d" % (self.server.base, path, number) for number in range(feeds)]
        self.daemon = Newsd(self.folder, self.broker.brokers, urls, options)
        self.feeds = feeds

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.daemon.process and self.daemon.process.poll() is None:
            self.daemon.kill()
        self.broker.close()
        self.server.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, cores=NEWSD_CORES):
        on_cores(cores, self.daemon.start)

    def wait_stored(self):
        """The whole list is in the database."""
        wait_until(lambda: self.daemon.status()["store"]["feeds"] >= self.feeds, "the feed list is stored", 120)

    def processor(self):
        with open("/proc/%d/stat" % self.daemon.process.pid) as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self, name):
        with open("/proc/%d/status" % self.daemon.process.pid) as file:
            return int(re.search(r"^%s:\s+(\d+) kB" % name, file.read(), re.M).group(1)) / 1024

    def rates(self, metric, seconds=SECONDS):
        """(per wall second, per processor second, share of a core) of a counter while time passes."""
        counter, used, wall = self.daemon.metric(metric), self.processor(), time.monotonic()
        time.sleep(seconds)
        counter, used, wall = self.daemon.metric(metric) - counter, self.processor() - used, time.monotonic() - wall
        return counter / wall, counter / max(used, 1e-9), used / wall

    def edit_feeds(self, sql):
        """Changes the stored state of all feeds while the daemon is down."""
        database = sqlite3.connect(os.path.join(self.folder, "state", "newsd.db"))
        database.execute(sql)
        database.commit()
        database.close()


def polls():
    feeds = 40000
    with Run("still", feeds, QUICK) as run:
        run.start(set(CORES))
        run.wait_stored()
        run.daemon.stop(60)
        # All have been polled before and are due: an import's first polls are spread on purpose and would take long.
        run.edit_feeds("UPDATE feeds SET status = 1, backfilled = 1, interval_s = 1, next_poll_ms = 0, etag = '\"v1\"', last_full_ms = %d,"
                       " last_success_ms = %d" % (time.time() * 1000, time.time() * 1000))
        run.start()
        wait_until(lambda: run.daemon.metric("polls_not_modified_total") > 0, "the first 304")
        time.sleep(3)
        wall, processor, share = run.rates("polls_not_modified_total")
        bare = on_cores(NEWSD_CORES, lambda: subprocess.run(
            [os.path.join(PROGRAMS, "bench_curl"), run.server.base + "/still/", str(feeds), "200000", "200"], capture_output=True, text=True, check=True))
        count, bare_wall, bare_processor = (float(word) for word in bare.stdout.split())
        bare_rate = count / bare_processor
        return [
            Row("conditional polls per second, one core", "%.0f /s" % wall, ">= 5000 /s", wall >= 5000,
                "the whole daemon: schedule, fetch, validators, states to disk; %d feeds due all the time, %.0f %% of the core" % (feeds, share * 100)),
            Row("  ratio to a bare curl multi loop", "%.2f" % (processor / bare_rate), ">= 0.50", processor / bare_rate >= 0.5,
                "polls per processor second: newsd %.0f, bare loop %.0f (%.0f /s of wall time); same requests, same server, one run"
                % (processor, bare_rate, count / bare_wall)),
        ]


def memory():
    feeds = 100000
    with Run("still", feeds, {"poll": {"interval-min": "1h", "interval-default": "1h", "interval-max": "1d"}}) as run:
        run.start(set(CORES))
        run.wait_stored()
        time.sleep(2)
        fresh, peak = run.memory("VmRSS"), run.memory("VmHWM")
        run.daemon.stop(60)
        run.edit_feeds("UPDATE feeds SET status = 1, backfilled = 1, etag = '\"5e8ff7b2-1a2b3c4d5e6f\"', title = 'A newspaper of ' || rowid,"
                       " last_modified = 'Tue, 11 Jan 2022 16:33:00 GMT', next_poll_ms = %d + rowid * 36" % (time.time() * 1000 + 60000))
        began = time.monotonic()
        run.start(set(CORES))
        ready = time.monotonic() - began
        time.sleep(2)
        again = run.memory("VmRSS")
        return [
            Row("memory, 100 000 feeds just imported", "%.0f MiB" % fresh, "<= 256 MiB", fresh <= 256,
                "resident after the list is stored and scheduled; the highest on the way was %.0f MiB" % peak),
            Row("memory, 100 000 feeds after a restart", "%.0f MiB" % again, "<= 256 MiB", again <= 256,
                "with validators and titles; highest %.0f MiB; ready after %.1f s" % (run.memory("VmHWM"), ready)),
        ]


# Without the stages that read English, which cost several times the rest: what the machinery around them costs.
PLAIN = dict(QUICK, stages={"tokens": "off", "words": "off", "tags": "off", "names": "off"})


def articles_rate(options):
    with Run("news", 60, options, {"items": 50, "text": 1500}) as run:
        run.start()
        wait_until(lambda: run.daemon.metric("records_delivered_total") > 2000, "the first articles", 120)
        time.sleep(3)
        return run.rates("articles_published_total")  # what they say brings records of its own


def articles():
    rows = []
    for name, options, goal in (("articles, all stages", QUICK, 0), ("articles, no stage that reads English", PLAIN, 2000)):
        wall, processor, share = articles_rate(options)
        rows.append(Row(name, "%.0f /s" % wall, ">= %d /cpu-s" % goal if goal else "", processor >= goal if goal else None,
                        "feed items of 1.5 KB to the broker on one core: parse, identity, intake, stages, record, outbox, report;"
                        " %.0f per processor second, %.0f %% of the core" % (processor, share * 100)))
    return rows


def old_feeds():
    """Feeds that have been polled for two months: 60 000 marks each."""
    feeds, marks = 10, 60000
    with Run("news", feeds, PLAIN, {"items": 300, "text": 1500}) as run:
        run.start(set(CORES))
        run.wait_stored()
        run.daemon.stop(60)
        database = sqlite3.connect(os.path.join(run.folder, "state", "newsd.db"))
        day = int(time.time() / 86400)
        for (feed,) in database.execute("SELECT rowid FROM feeds").fetchall():
            random = os.urandom(marks * 32)
            rows = ((feed, *struct.unpack("<qq", random[at:at + 16]), random[at + 16:at + 32], day - at // 32 // 1000)
                    for at in range(0, len(random), 32))
            database.executemany("INSERT INTO seen(feed, key, link, title, content, article, withdrawn, day, doc) "
                                 "VALUES(?, ?, ?, 7, 9, ?, 0, ?, 0)", rows)
            database.execute("UPDATE feeds SET marked_day = ?, backfilled = 1, next_poll_ms = 0", (day,))
        database.commit()
        database.close()
        run.start()
        wait_until(lambda: run.daemon.metric("records_delivered_total") > 2000, "the first articles", 120)
        time.sleep(3)
        wall, processor, share = run.rates("records_delivered_total")
        return [Row("articles per second, 60 000 marks a feed", "%.0f /s" % wall, ">= 2000 /cpu-s", processor >= 2000,
                    "as the row without stages that read English, from %d feeds with 60 000 known entries each; %.0f per processor second, %.0f %% of the core"
                    % (feeds, processor, share * 100))]


def store():
    done = on_cores(NEWSD_CORES, lambda: subprocess.run([os.path.join(PROGRAMS, "bench_store"), "1000", "60000"],
                                                       capture_output=True, text=True, check=True))
    few, many = ([float(word) for word in line.split()] for line in done.stdout.splitlines())
    names = ["a new entry", "a known entry", "an entry another feed has", "an entry with a new id", "an entry of a complete feed",
             "an entry that is gone", "a feed's turn in forgetting", "a feed's removal"]
    return [Row("store: " + name, "%.0f us" % many[at], "< 5 x few marks" if at <= 6 else "", many[at] < 5 * few[at] if at <= 6 else None,
                "processor time with 60 000 marks in the feed; with 1 000: %.0f us" % few[at]) for at, name in enumerate(names, 1)]


def delay():
    feeds, rate = 100, 100
    with Run("paced", feeds, QUICK, {"feeds": feeds, "rate": rate, "text": 1500}) as run:
        run.start()
        wait_until(lambda: run.daemon.metric("records_delivered_total") > 200, "the first articles", 120)
        reader = on_cores(OTHER_CORES, lambda: subprocess.run(
            [os.path.join(PROGRAMS, "bench_consumer"), run.broker.brokers, "news.articles", "4", str(SECONDS * 2)],
            capture_output=True, text=True, check=True))
        times = sorted(float(line) for line in reader.stdout.split())
        if len(times) < 100:
            raise SystemExit("only %d records arrived at the reader" % len(times))
        middle, late = times[len(times) // 2], times[int(len(times) * 0.99)]
        return [Row("delay from served item to Kafka, p99", "%.0f ms" % late, "< 250 ms", late < 250,
                    "from the answer that showed the item to a consumer's hands, a little more than to the delivery report;"
                    " p50 %.0f ms, worst %.0f ms, %.0f items/s, %d items" % (middle, times[-1], len(times) / (SECONDS * 2), len(times)))]


def parse():
    done = on_cores(NEWSD_CORES, lambda: subprocess.run([os.path.join(PROGRAMS, "bench_parse"), "5"], capture_output=True, text=True, check=True))
    ours, bare, _, documents, megabytes = (float(word) for word in done.stdout.split())
    return [
        Row("feeds to JSON, one core", "%.0f MB/s" % ours, ">= 200 MB/s", ours >= 200,
            "parse, normalise, write JSON: %d feeds of five formats, %.1f MB, 20 KB to 2 MB each" % (documents, megabytes)),
        Row("  ratio to a bare libxml2 SAX pass", "%.2f" % (ours / bare), ">= 0.55", ours / bare >= 0.55,
            "handlers that do nothing, over the same XML, in the same run: %.0f MB/s" % bare),
    ]


def pages():
    done = on_cores(NEWSD_CORES, lambda: subprocess.run([os.path.join(PROGRAMS, "bench_pages"), "3"], capture_output=True, text=True, check=True))
    ours, tree, text, metadata, bare, kilobytes = (float(word) for word in done.stdout.split())
    return [
        Row("article page, one core", "%.2f ms" % ours, "<= 8 ms", ours <= 8,
            "page to text and metadata, %.0f KB: tree %.2f ms, text %.2f, metadata %.2f" % (kilobytes, tree, text, metadata)),
        Row("  ratio to a bare gumbo parse", "%.2f" % (ours / bare), "<= 1.5", ours / bare <= 1.5,
            "of the same bytes, in the same run: %.2f ms" % bare),
    ]


def stages():
    done = on_cores(NEWSD_CORES, lambda: subprocess.run([os.path.join(PROGRAMS, "bench_stages"), "1"], capture_output=True, text=True, check=True))
    rows = []
    for line in done.stdout.splitlines()[1:]:
        match = re.match(r"(.*?)\s+(\d+) /s\s+(.*)", line)
        rows.append(Row("stages: " + match.group(1), match.group(2) + " /s", "", None, "microseconds by stage: " + match.group(3)))
    return rows


def language():
    """The sentences of the own corpus's articles: many different words, as in use."""
    models = os.path.join(ROOT, "processors", "models")
    articles = sorted(glob.glob(os.path.join(models, "corpus", "test", "*.txt")))
    done = on_cores(NEWSD_CORES, lambda: subprocess.run([os.path.join(PROGRAMS, "bench_language"), models] + articles,
                                                       capture_output=True, text=True, check=True))
    everything, cut, look_up, tags, names, trees, load = (float(word) for word in done.stdout.split())
    return [Row("language: tokens, tags, names and trees, one core", "%.0f /s" % everything, ">= 100000 /s", everything >= 100000,
                "tokens per processor second; cutting %.0f, looking up %.0f, tags %.0f, names %.0f, trees %.0f /s; the models are loaded in %.1f ms"
                % (cut, look_up, tags, names, trees, load))]


def schedule():
    """Each row of the simulation; newsd stands below the rule whose number of requests it was given."""
    done = subprocess.run([os.path.join(PROGRAMS, "bench_schedule")], capture_output=True, text=True, check=True)
    rows, other = [], None
    for line in done.stdout.splitlines()[2:]:
        match = re.match(r"(\s*)(.*?)\s\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+(\d+)\s", line)
        name, (requests, mean, median, late), lost = match.group(2), map(float, match.group(3, 4, 5, 6)), int(match.group(7))
        goal, good = "", None
        if match.group(1):
            goal, good = "< %.1f min" % other[0], mean < other[0] and lost < other[1]
        rows.append(Row("schedule: " + match.group(1) + name, "%.1f min" % mean, goal, good,
                        "mean delay; median %.1f, p95 %.1f; %.2f requests a feed and day, %d entries lost" % (median, late, requests, lost)))
        other = mean, lost
    return rows


def main():
    known = {"polls": polls, "memory": memory, "articles": articles, "old-feeds": old_feeds, "store": store, "delay": delay, "parse": parse, "pages": pages, "stages": stages, "language": language,
             "schedule": schedule}
    wanted = sys.argv[1:] or list(known)
    print("%-44s %16s   %-16s" % ("", "measured", "goal"))
    missed = 0
    for name in wanted:
        if name not in known:
            raise SystemExit("rows are: " + " ".join(known))
        for row in known[name]():
            row.show()
            missed += row.good is False
    print("%d goal%s missed" % (missed, "" if missed == 1 else "s"))


if __name__ == "__main__":
    main()
