"""Faults of the machine and of single articles: a full disk, a small quota, stages that crash, a newer database,
a broker that is not there yet, a configuration that breaks."""
import os
import re
import signal
import sqlite3
import subprocess
import time
import unittest

from harness import NEWSD, ROOT, NewsdTest, wait_until
from scripted_site import Answer, item, rss

SIGHUP = int(signal.SIGHUP)
SLOW = "The harbour cafe\u0301 heard that the stage sleeps over this. Nobody was hurt, and the next report is due."
POISON = "The harbour cafe\u0301 heard that the stage dies of this. Nobody was hurt, and the next report is due on Thursday."


def long_item(number, size=6000):
    """An item whose text does not repeat itself, so that it takes its space on disk."""
    words = " ".join("w%dx%d" % (number, n * 7919 % 100003) for n in range(size // 10))
    return item(number, text="Report %d says: %s." % (number, words))


class FaultTest(NewsdTest):
    def articles(self):
        return [r["headers"]["ce_subject"] for r in self.records("news.articles")]

    def wait_articles(self, numbers, seconds=None):
        """Waits for exactly these items, each once."""
        wanted = ["https://news.example/harbour/%d" % n for n in numbers]
        wait_until(lambda: set(wanted) <= set(self.articles()), "items %s" % (numbers,), seconds)
        self.assertEqual(sorted(self.articles()), sorted(wanted))

    def assert_counts_agree(self, daemon):
        """The identities of the README: nothing is lost between two counters."""
        wait_until(lambda: daemon.metric("intake_rows") == 0 and daemon.metric("outbox_rows") == 0, "an empty store")
        self.assertEqual(daemon.metric("entries_seen_total"),
                         daemon.metric("entries_known_total") + daemon.metric("entries_new_total"))


class FullDisk(FaultTest):
    def setUp(self):
        super().setUp()
        self.state = None

    def tearDown(self):
        for daemon in self.daemons:
            if daemon.process and daemon.process.poll() is None:
                daemon.kill()
        if self.state:
            subprocess.run(["umount", "-l", self.state], capture_output=True)
        super().tearDown()

    def on_small_disk(self, size="24m"):
        daemon = self.newsd([self.site.url("/feed")], start=False)
        self.state = os.path.join(daemon.folder, "state")
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", self.state], capture_output=True)
        if done.returncode:
            self.state = None
            self.skipTest("a small disk cannot be mounted here: " + done.stderr.decode().strip())
        return daemon

    def fill(self):
        """Takes all the space there is; also what was given back since the last call."""
        with open(os.path.join(self.state, "filler"), "ab", buffering=0) as file:
            for chunk in (65536, 4096, 512, 1):
                try:
                    while file.write(b"\0" * chunk):
                        pass
                except OSError:
                    pass

    def empty(self):
        os.unlink(os.path.join(self.state, "filler"))

    def wait_full(self, daemon):
        def full():
            self.fill()
            return daemon.said("no space for the database")
        wait_until(full, "the full disk in the log")

    def test_it_waits_says_so_once_and_goes_on_by_itself(self):
        entries = [item(0)]
        self.site.on("/feed", lambda request: Answer(200, rss(entries)))
        daemon = self.on_small_disk().start()
        self.wait_articles([0])
        self.fill()
        entries[:0] = [long_item(n, 20000) for n in range(1, 11)]
        self.wait_full(daemon)
        wait_until(lambda: daemon.metric("store_full") == 1, "the metric")
        asked = len(self.site.requests("/feed"))
        time.sleep(3)  # several polls would fit in here
        self.assertLessEqual(len(self.site.requests("/feed")), asked + 1)
        self.assertEqual(len(daemon.said("no space for the database")), 1)
        self.assertEqual(len(daemon.said('"level":"error"')), 1)
        self.assertEqual(self.articles(), ["https://news.example/harbour/0"])
        self.empty()
        self.wait_articles(range(11))
        wait_until(lambda: daemon.said("there is space for the database again"), "the end of it in the log")
        self.assertEqual(len(daemon.said("there is space for the database again")), 1)
        self.assert_counts_agree(daemon)
        wait_until(lambda: os.path.exists(os.path.join(self.state, "ballast")), "the ballast is back")

    def test_what_is_in_the_outbox_leaves_although_the_disk_is_full(self):
        entries = [item(n) for n in range(30)]
        self.site.on("/feed", lambda request: Answer(200, rss(entries)))
        daemon = self.on_small_disk()
        self.broker.tell("down")
        daemon.start()
        wait_until(lambda: daemon.metric("articles_published_total") == 30, "thirty articles in the outbox")
        entries[:0] = [long_item(n, 20000) for n in range(30, 35)]
        self.wait_full(daemon)
        self.broker.tell("up")
        wait_until(lambda: daemon.metric("outbox_rows") == 0, "an empty outbox on a full disk")
        self.fill()
        self.assertGreaterEqual(len(self.articles()), 30)
        self.empty()
        self.wait_articles(range(35))

    def test_a_kill_on_a_full_disk_loses_and_repeats_nothing(self):
        entries = [item(n) for n in range(5)]
        self.site.on("/feed", lambda request: Answer(200, rss(entries)))
        daemon = self.on_small_disk().start()
        self.wait_articles(range(5))
        entries[:0] = [long_item(n, 20000) for n in range(5, 15)]
        self.wait_full(daemon)
        for _ in range(3):
            daemon.kill()
            self.fill()
            daemon.lines.clear()
            daemon.start()  # the disk is still full: it comes up and waits
            self.wait_full(daemon)
        self.empty()
        self.wait_articles(range(15))
        self.assert_counts_agree(daemon)

    def test_a_clean_stop_on_a_full_disk_is_quick_and_loses_nothing(self):
        entries = [item(n) for n in range(5)]
        self.site.on("/feed", lambda request: Answer(200, rss(entries)))
        daemon = self.on_small_disk().start()
        self.wait_articles(range(5))
        entries[:0] = [long_item(n, 20000) for n in range(5, 10)]
        self.wait_full(daemon)
        self.assertLess(daemon.stop(), 10)
        self.assertEqual(daemon.process.returncode, 0)
        self.empty()
        daemon.lines.clear()
        daemon.start()
        self.wait_articles(range(10))


class Quota(FaultTest):
    def test_the_size_limit_is_back_pressure_and_drains_by_itself(self):
        shown = [1]
        self.site.on("/feed", lambda request: Answer(200, rss([long_item(n) for n in reversed(range(shown[0]))])))
        self.broker.tell("down")
        daemon = self.newsd([self.site.url("/feed")], {"store": {"size-max": "2M"}})

        def full():
            shown[0] = min(shown[0] + 2, 300)
            return daemon.said("no space for the database")
        wait_until(full, "the quota in the log")
        last = shown[0]
        self.assertGreater(last, 20)
        self.assertLessEqual(os.path.getsize(os.path.join(daemon.folder, "state", "newsd.db")), 2 << 20)
        self.assertEqual(len(daemon.said("no space for the database")), 1)
        self.broker.tell("up")
        wait_until(lambda: daemon.said("there is space for the database again"), "space")
        wait_until(lambda: daemon.metric("outbox_rows") == 0 and daemon.metric("intake_rows") == 0, "an empty store")
        subjects = self.articles()
        self.assertEqual(len(subjects), len(set(subjects)))
        self.assertGreaterEqual(len(subjects), 20)


class Poison(FaultTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.library = os.path.join(ROOT, "out", "stage_faults.so")
        source = os.path.join(ROOT, "tests", "support", "stage_faults.c")
        os.makedirs(os.path.dirname(cls.library), exist_ok=True)
        subprocess.run(["cc", "-D_GNU_SOURCE", "-shared", "-fPIC", "-o", cls.library, source, "-ldl"], check=True)

    def with_faults(self, feeds, options=None):
        daemon = self.newsd(feeds, options, start=False)
        daemon.environment = {"LD_PRELOAD": self.library,
                              "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"}
        return daemon

    def crash(self, daemon):
        daemon.start(ready=False)
        self.assertEqual(daemon.process.wait(30), -signal.SIGABRT)
        daemon.reader.join(5)

    def test_an_article_that_kills_the_process_ends_on_the_rejects(self):
        entries = [item(n) for n in range(40)]
        entries.insert(20, item(100, text=POISON))
        self.site.on("/feed", Answer(200, rss(entries)))
        daemon = self.with_faults([self.site.url("/feed")])
        for _ in range(3):
            self.crash(daemon)
        daemon.lines.clear()
        daemon.start()
        self.wait_articles(range(40))  # none of those that were under way beside it
        reject = self.wait_records("news.rejects", 1)
        self.assertEqual(len(reject), 1)
        self.assertEqual(reject[0]["value"]["reason"], "poison")
        self.assertIn("the stage dies of this", str(reject[0]["value"]["payload"]))
        self.assertEqual(daemon.metric("articles_rejected_total"), 1)
        self.assertEqual(len(daemon.said("went to the rejects topic")), 1)
        self.assert_counts_agree(daemon)
        # And that was the end of it.
        daemon.stop()
        daemon.lines.clear()
        daemon.start()
        wait_until(lambda: daemon.metric("polls_total") >= 1, "a poll")
        self.assertEqual(len(self.records("news.rejects")), 1)

    def test_retry_runs_a_reject_again(self):
        self.site.on("/feed", Answer(200, rss([item(100, text=POISON)])))
        daemon = self.with_faults([self.site.url("/feed")], {"process": {"attempts": "1"}})
        self.crash(daemon)
        daemon.start()
        self.wait_records("news.rejects", 1)
        daemon.stop()
        daemon.environment = {}  # the fault is mended
        daemon.lines.clear()
        daemon.start()
        done = subprocess.run([NEWSD, "retry", "-c", daemon.config], capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(b"1 items run again, 0 passed over", done.stdout)
        self.wait_articles([100])
        again = subprocess.run([NEWSD, "retry", "-c", daemon.config], capture_output=True, timeout=60)
        self.assertIn(b"0 items run again", again.stdout)
        self.assertEqual(len(self.records("news.rejects")), 1)

    def test_an_article_over_its_budget_is_published_and_says_so(self):
        self.site.on("/feed", Answer(200, rss([item(1), item(2, text=SLOW)])))
        daemon = self.with_faults([self.site.url("/feed")], {"process": {"article-budget": "100ms"}}).start()
        records = self.wait_records("news.articles", 2)
        self.assertEqual(len(records), 2)
        outcomes = {r["headers"]["ce_subject"]: {p["outcome"] for p in r["value"]["newsd"]["processing"]} for r in records}
        self.assertIn("budget", outcomes["https://news.example/harbour/2"])
        self.assertGreaterEqual(daemon.metric("stage_failures_total"), 1)
        self.assertEqual(daemon.metric("articles_rejected_total"), 0)


class Versions(FaultTest):
    def test_a_database_of_a_newer_version_is_refused_and_left_alone(self):
        self.site.on("/feed", Answer(200, rss([item(1)])))
        daemon = self.newsd([self.site.url("/feed")])
        self.wait_articles([1])
        daemon.stop()
        path = os.path.join(daemon.folder, "state", "newsd.db")
        with sqlite3.connect(path) as database:
            before = database.execute("PRAGMA user_version").fetchone()[0]
            database.execute("PRAGMA user_version = 99")
        database.close()
        done = subprocess.run([NEWSD, "run", "-c", daemon.config], capture_output=True, timeout=20)
        self.assertEqual(done.returncode, 65)
        said = done.stderr.decode()
        self.assertRegex(said, r"newsd\.db has schema version 99, this newsd knows up to \d+")
        self.assertEqual(len([l for l in said.splitlines() if '"level":"error"' in l]), 1)
        with sqlite3.connect(path) as database:
            database.execute("PRAGMA user_version = %d" % before)
        database.close()
        daemon.lines.clear()
        daemon.start()
        self.assertFalse(daemon.said("did not end cleanly"))


class Away(FaultTest):
    def test_no_broker_at_the_start_fills_the_outbox_to_its_mark_and_waits(self):
        self.broker.tell("down")
        for feed in range(8):
            self.site.on("/%d" % feed, Answer(200, rss([
                item(n, link="https://news.example/harbour/%d" % (feed * 20 + n), guid="%d-%d" % (feed, n))
                for n in range(20)])))
        daemon = self.newsd([self.site.url("/%d" % n) for n in range(8)],
                            {"store": {"outbox-high": "50", "outbox-hard": "100"},
                             "poll": {"interval-min": "1s", "interval-default": "1s", "interval-max": "1s",
                                      "host-transfers": "1"}})
        wait_until(lambda: daemon.said("polling waits"), "back-pressure in the log")
        wait_until(lambda: daemon.said("Kafka does not answer"), "the broker in the log")
        time.sleep(1)
        polls = daemon.metric("polls_total")
        time.sleep(2.5)
        self.assertEqual(daemon.metric("polls_total"), polls)
        self.assertEqual(len(daemon.said("Kafka does not answer")), 1)
        self.assertEqual(len(daemon.said("polling waits")), 1)
        self.assertEqual(self.articles(), [])
        self.broker.tell("up")
        self.wait_articles(range(160))
        self.assertEqual(len(daemon.said("Kafka answers again")), 1)
        self.assert_counts_agree(daemon)


class Reload(FaultTest):
    def test_a_broken_configuration_keeps_the_old_one_until_it_is_mended(self):
        self.site.on("/a", Answer(200, rss([item(1)])))
        self.site.on("/b", Answer(200, rss([item(2)])))
        daemon = self.newsd([self.site.url("/a")])
        self.wait_articles([1])
        breaks = [("poll", "intervall-max", "3s", r"newsd\.conf:\d+: .*did you mean interval-max"),
                  ("store", "outbox-high", "lots", r"newsd\.conf:\d+: .*a whole number"),
                  ("kafka", "no.such.property", "1", r"newsd\.conf:\d+: kafka\.no\.such\.property")]
        for count, (section, key, value, said) in enumerate(breaks, 1):
            where = daemon.kafka if section == "kafka" else daemon.options.setdefault(section, {})
            where[key] = value
            daemon.write([self.site.url("/a"), self.site.url("/b")])
            daemon.signal(SIGHUP)
            wait_until(lambda: len(daemon.said("the old one stays")) == count, "the refusal")
            self.assertTrue([l for l in daemon.lines if re.search(said, l)], said)
            del where[key]
        asked = len(self.site.requests("/a"))
        wait_until(lambda: len(self.site.requests("/a")) > asked, "another poll")
        self.assertEqual(self.site.requests("/b"), [])  # nothing of the broken configuration is in force
        daemon.write([self.site.url("/a"), self.site.url("/b")])
        daemon.signal(SIGHUP)
        self.wait_articles([1, 2])
        self.assertEqual(daemon.status()["feeds"]["total"], 2)

    def test_a_missing_configuration_file_keeps_the_old_one(self):
        self.site.on("/a", Answer(200, rss([item(1)])))
        daemon = self.newsd([self.site.url("/a")])
        self.wait_articles([1])
        os.rename(daemon.config, daemon.config + ".away")
        daemon.signal(SIGHUP)
        wait_until(lambda: daemon.said("the old one stays"), "the refusal")
        os.rename(daemon.config + ".away", daemon.config)
        daemon.signal(SIGHUP)
        wait_until(lambda: daemon.said("reloaded: 0 options changed"), "the reload")


class LargeFeed(FaultTest):
    ENTRIES = 50000  # what sitemaps may carry by their standard, and all that newsd takes of a document

    def test_a_feed_of_50_000_entries_stops_nothing(self):
        base = self.site.url("")
        items = "".join('<item><guid isPermaLink="false">g%d</guid><title>Story %d</title><link>%s/a/%d</link></item>' % (n, n, base, n)
                        for n in range(self.ENTRIES))
        head = "<rss version='2.0'><channel><title>Large</title><description>As of %.3f</description>"
        self.site.on("/large", lambda request: Answer(200, head % time.time() + items + "</channel></rss>"))
        entries = [item(0)]
        self.site.on("/feed", lambda request: Answer(200, rss(entries)))
        daemon = self.newsd([self.site.url("/large"), self.site.url("/feed")], {"poll": {"backfill": "newest:10"}})
        began = time.time()
        while daemon.metric("entries_known_total") < self.ENTRIES:  # it has been polled whole, and once more
            self.assertLess(time.time() - began, 240, "the large feed is through")
            self.assertEqual(daemon.get("/healthz")[0], 200)
            if len(entries) < 2 and self.site.requests("/large"):
                entries.insert(0, item(1))  # comes while the large one is being stored
            time.sleep(0.1)
        self.assertEqual(daemon.metric("entries_skipped_total"), self.ENTRIES - 10)
        self.assertEqual(len(daemon.said('"level":"error"')), 0)
        self.assertIn("https://news.example/harbour/1", self.articles())


class SetAside(FaultTest):
    def mark(self, daemon, times):
        """As if newsd had died at work on the feed's document this often."""
        database = sqlite3.connect(os.path.join(daemon.folder, "state", "newsd.db"))
        (feed,) = database.execute("SELECT rowid FROM feeds WHERE url LIKE '%/poison'").fetchone()
        database.execute("UPDATE feeds SET stopped = ?, next_poll_ms = 0", (times - 1,))
        database.execute("UPDATE run SET clean = 0")
        database.commit()
        database.close()
        with open(os.path.join(daemon.folder, "state", "working"), "r+b") as file:
            file.write(feed.to_bytes(8, "little"))

    def test_a_feed_that_newsd_dies_at_is_set_aside_by_name(self):
        self.site.on("/poison", lambda request: Answer(200, rss([item(0)])))
        self.site.on("/feed", lambda request: Answer(200, rss([item(1)])))
        daemon = self.newsd([self.site.url("/poison"), self.site.url("/feed")])
        self.wait_articles([0, 1])
        daemon.stop()
        self.mark(daemon, 2)
        asked = len(self.site.requests("/poison"))
        daemon.start()  # twice is no proof yet, and a document that is worked off begins the count anew
        wait_until(lambda: len(self.site.requests("/poison")) > asked + 1, "it is polled as ever")
        daemon.stop()
        self.mark(daemon, 3)
        asked, others = len(self.site.requests("/poison")), len(self.site.requests("/feed"))
        daemon.start()
        wait_until(lambda: len(self.site.requests("/feed")) > others + 2, "the others are polled")
        self.assertEqual(len(self.site.requests("/poison")), asked)
        lines = daemon.said("is set aside")
        self.assertEqual(len(lines), 1)
        self.assertIn(self.site.url("/poison"), lines[0])
        self.assertEqual(daemon.metric("feeds_set_aside_total"), 1)
        records = wait_until(lambda: [r for r in self.records("news.feeds") if r["value"].get("error") == "set-aside"], "the record")
        self.assertEqual(records[0]["value"]["status"], "failing")
        daemon.stop()
        daemon.start()  # an ordinary restart changes nothing: the day runs on, and nothing is said again
        wait_until(lambda: len(self.site.requests("/feed")) > others + 4, "the others are polled")
        self.assertEqual(len(self.site.requests("/poison")), asked)
        self.assertEqual(len(daemon.said("is set aside")), 1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
