"""The process: configuration, reload, stop, second instance, brokers that are away, status."""
import itertools
import json
import os
import signal
import subprocess
import time
import unittest

from harness import NEWSD, NewsdTest, wait_until
from scripted_site import Answer, item, rss


class Configuration(NewsdTest):
    def run_with(self, text):
        daemon = self.newsd([], start=False)
        with open(daemon.config, "a") as file:
            file.write(text)
        done = subprocess.run([NEWSD, "run", "-c", daemon.config], capture_output=True, timeout=20)
        return done.returncode, done.stderr.decode()

    def test_an_unknown_option_is_named_with_file_and_line(self):
        code, said = self.run_with("[poll]\nintervall-min = 5min\n")
        self.assertEqual(code, 78)
        self.assertRegex(said, r"newsd\.conf:\d+: .*intervall-min")
        self.assertIn("interval-min", said)

    def test_an_unknown_section_is_told_the_known_ones(self):
        code, said = self.run_with("[feeds]\nx = 1\n")
        self.assertEqual(code, 78)
        self.assertIn("newsd, poll, websub, pages, process, store, topics, log, admin, stages, kafka", said)

    def test_a_wrong_value_says_what_is_allowed(self):
        code, said = self.run_with("[poll]\nhost-transfers = many\n")
        self.assertEqual(code, 78)
        self.assertRegex(said, r"newsd\.conf:\d+: ")

    def test_an_unknown_kafka_property_is_named(self):
        code, said = self.run_with("[kafka]\nno.such.property = 1\n")
        self.assertEqual(code, 78)
        self.assertIn("no.such.property", said)

    def test_check_finds_a_broken_feed_list(self):
        daemon = self.newsd([self.site.url("/feed")], start=False)
        with open(os.path.join(daemon.folder, "feeds.d", "bad.txt"), "w") as file:
            file.write("# a comment\nnot a url\n")
        done = subprocess.run([NEWSD, "check", "--strict", "-c", daemon.config], capture_output=True, timeout=20)
        self.assertEqual(done.returncode, 78)
        self.assertIn("bad.txt:2:", (done.stderr + done.stdout).decode())


class StructuredMode(NewsdTest):
    def test_the_value_is_a_cloudevents_envelope(self):
        self.site.on("/feed", Answer(200, rss([item(1)])))
        daemon = self.newsd([self.site.url("/feed")], {"topics": {"structured": "yes"}})
        record = self.wait_records("news.articles", 1)[0]
        self.assertEqual(record["headers"]["content-type"], "application/cloudevents+json; charset=UTF-8")
        envelope = record["value"]
        self.assertEqual((envelope["specversion"], envelope["type"]), ("1.0", "org.newsd.article.published"))
        self.assertEqual(envelope["id"], record["headers"]["ce_id"])
        self.assertEqual(envelope["data"]["newsd"]["revision"], 1)
        daemon.kill()  # in this mode too, records are found again after a kill
        daemon.start()
        wait_until(lambda: daemon.metric("polls_total") > 1, "polls after the restart")
        self.assertEqual(len(self.records("news.articles")), 1)


class Life(NewsdTest):
    def test_it_stops_within_ten_seconds_and_says_so(self):
        self.site.on("/feed", Answer(200, rss([item(1)])))
        daemon = self.newsd([self.site.url("/feed")])
        self.wait_records("news.articles", 1)
        self.assertLess(daemon.stop(), 10)
        self.assertEqual(daemon.process.returncode, 0)
        self.assertTrue(daemon.said("stopped"))

    def test_feeds_are_polled_only_once_their_rows_are_made(self):
        """A store that was faster than the loop once let a feed be polled twice at once: many starts find it."""
        for i in range(8):
            daemon = self.newsd([self.site.url("/%d" % n) for n in range(5)], name="start%d" % i)
            self.assertLess(daemon.stop(), 10)
            self.assertEqual(daemon.process.returncode, 0)

    def test_a_second_instance_is_refused_with_the_holders_pid(self):
        daemon = self.newsd([])
        second = subprocess.run([NEWSD, "run", "-c", daemon.config], capture_output=True, timeout=20)
        self.assertNotEqual(second.returncode, 0)
        self.assertIn(str(daemon.process.pid), second.stderr.decode())

    def test_reload_adds_and_removes_feeds_and_says_what_changed(self):
        self.site.on("/a", Answer(200, rss([item(1)])))
        self.site.on("/b", Answer(200, rss([item(2)])))
        daemon = self.newsd([self.site.url("/a")])
        self.wait_records("news.articles", 1)
        daemon.options["poll"]["interval-max"] = "3s"
        daemon.write([self.site.url("/b")])
        daemon.signal(1)
        self.wait_records("news.articles", 2)
        self.assertTrue(daemon.said("poll.interval-max"))
        self.assertTrue(daemon.said("no longer listed"))
        asked = len(self.site.requests("/a"))
        time.sleep(2.5)
        self.assertEqual(len(self.site.requests("/a")), asked)

    def test_a_removed_feed_is_told_on_its_topic(self):
        for name in ("/a", "/b"):
            self.site.on(name, lambda request: Answer(200, rss([item(1)])))
        daemon = self.newsd([self.site.url("/a"), self.site.url("/b")])
        wait_until(lambda: self.site.requests("/b"), "both are polled")
        daemon.write([self.site.url("/a")])
        daemon.signal(signal.SIGHUP)
        removed = wait_until(lambda: [r for r in self.records("news.feeds") if r["value"]["status"] == "removed"], "the record")
        self.assertEqual([r["value"]["url"] for r in removed], [self.site.url("/b")])

    def test_reloads_under_load_disturb_no_worker(self):
        """A worker sees only its own job: what the loop exchanges at a reload is none of it (thread sanitizer)."""
        numbers = itertools.count()
        for n in range(20):
            self.site.on("/%d" % n, lambda request: Answer(200, rss([item(next(numbers)) for _ in range(20)])))
        daemon = self.newsd([self.site.url("/%d" % n) for n in range(20)])
        for n in range(8):
            daemon.options["process"] = {"article-memory": "%dM" % (32 + n)}
            daemon.write([self.site.url("/%d" % k) for k in range(20)])
            daemon.signal(signal.SIGHUP)
            time.sleep(0.25)
        wait_until(lambda: daemon.metric("articles_published_total") > 300, "articles are made all the while")

    def test_a_broken_reload_keeps_the_old_configuration(self):
        self.site.on("/a", Answer(200, rss([item(1)])))
        daemon = self.newsd([self.site.url("/a")])
        self.wait_records("news.articles", 1)
        daemon.options["poll"]["interval-max"] = "nonsense"
        daemon.write([self.site.url("/a")])
        daemon.signal(1)
        wait_until(lambda: daemon.said("the old one stays"), "the refusal in the log")
        asked = len(self.site.requests("/a"))
        wait_until(lambda: len(self.site.requests("/a")) > asked, "another poll")

    def test_status_metrics_and_health_answer(self):
        self.site.on("/a", Answer(200, rss([item(1)])))
        daemon = self.newsd([self.site.url("/a")])
        self.wait_records("news.articles", 1)
        status = daemon.status()
        self.assertEqual(status["feeds"]["total"], 1)
        self.assertEqual(status["state"], "running")
        self.assertEqual(daemon.get("/healthz")[0], 200)
        self.assertEqual(daemon.get("/nothing")[0], 404)
        done = subprocess.run([NEWSD, "status", "-c", daemon.config], capture_output=True, timeout=20)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("running", done.stdout.decode())

    def test_the_summary_has_rates_queues_and_delays(self):
        self.site.on("/a", Answer(200, rss([item(1)])))
        daemon = self.newsd([self.site.url("/a")], {"log": {"summary": "10s"}})
        self.wait_records("news.articles", 1)
        line = json.loads(wait_until(lambda: daemon.said('"kind":"summary"'), "a summary")[0])
        for name in ("feeds", "due", "polls_per_s", "not_modified_share", "new", "published", "rejected", "intake", "outbox",
                     "deliver_delay_ms_p99", "resident_mb"):
            self.assertIn(name, line)
        self.assertEqual((line["feeds"], line["published"]), ("1", "1"))

    def test_secrets_are_never_in_the_log_or_the_dump(self):
        daemon = self.newsd([], kafka={"sasl.password": "tr0ub4dor", "sasl.username": "desk"}, start=False)
        done = subprocess.run([NEWSD, "check", "--dump", "-c", daemon.config], capture_output=True, timeout=20)
        self.assertNotIn(b"tr0ub4dor", done.stdout + done.stderr)
        self.assertIn(b"sasl.username", done.stdout)


class Brokers(NewsdTest):
    def setUp(self):
        super().setUp()
        if not self.broker:
            self.skipTest("needs the mock broker's commands")

    def test_a_broker_away_at_the_start_costs_nothing(self):
        self.broker.tell("down")
        self.site.on("/feed", Answer(200, rss([item(n) for n in range(20)])))
        daemon = self.newsd([self.site.url("/feed")])
        wait_until(lambda: daemon.metric("articles_published_total") == 20, "twenty articles in the outbox")
        self.broker.tell("up")
        self.assertEqual(len({r["key"] for r in self.wait_records("news.articles", 20)}), 20)

    def test_polling_waits_at_the_outbox_mark_and_goes_on_after_it(self):
        self.broker.tell("down")
        numbers = iter(range(10 ** 6))
        self.site.on("/feed", lambda request: Answer(200, rss([item(next(numbers)) for _ in range(20)])))
        daemon = self.newsd([self.site.url("/feed")],
                            {"store": {"outbox-high": "50", "outbox-hard": "100"}, "poll": {"interval-max": "1s"}})
        wait_until(lambda: daemon.said("polling waits"), "back-pressure in the log")
        time.sleep(1)
        asked = len(self.site.requests("/feed"))
        time.sleep(3)
        self.assertLessEqual(len(self.site.requests("/feed")), asked + 1)
        self.broker.tell("up")
        wait_until(lambda: len(self.site.requests("/feed")) > asked + 1, "polls again")
        self.assertTrue(daemon.said("back to full speed"))

    def test_an_outage_in_the_middle_loses_and_repeats_nothing(self):
        entries = [item(0)]
        self.site.on("/feed", lambda request: Answer(200, rss(entries)))
        self.newsd([self.site.url("/feed")])
        for number in range(1, 31):
            entries.insert(0, item(number))
            if number == 10:
                self.broker.tell("down")
            if number == 20:
                self.broker.tell("up")
            time.sleep(0.1)
        records = self.wait_records("news.articles", 31)
        ids = [r["headers"]["ce_id"] for r in records]
        self.assertEqual(len(ids), len(set(ids)))

    def test_stop_with_a_dead_broker_keeps_the_outbox(self):
        self.site.on("/feed", Answer(200, rss([item(n) for n in range(5)])))
        self.broker.tell("down")
        daemon = self.newsd([self.site.url("/feed")])
        wait_until(lambda: daemon.metric("articles_published_total") == 5, "five articles in the outbox")
        self.assertLess(daemon.stop(), 10)
        self.broker.tell("up")
        daemon.lines.clear()
        daemon.start()
        self.assertEqual(len({r["key"] for r in self.wait_records("news.articles", 5)}), 5)


if __name__ == "__main__":
    unittest.main(verbosity=2)
