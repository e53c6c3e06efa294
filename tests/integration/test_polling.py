"""From a served feed to Kafka: new, revised, known; conditional requests; failures, back-off and recovery."""
import hashlib
import os
import sqlite3
import subprocess
import time
import unittest

from harness import NewsdTest, wait_until
from scripted_site import Answer, Site, item, rss


def conditional(body_of, tag=None):
    """A route that answers 304 to its own entity tag."""

    def route(request):
        body = body_of()
        etag = tag or '"%s"' % hashlib.sha256(body.encode()).hexdigest()[:12]
        if request.headers.get("If-None-Match") == etag:
            return Answer(304, headers={"ETag": etag})
        return Answer(200, body, headers={"ETag": etag, "Last-Modified": "Tue, 11 Jan 2022 10:33:00 GMT"})

    return route


class NewArticles(NewsdTest):
    def test_every_entry_of_a_feed_arrives_once_with_its_headers(self):
        self.site.on("/feed", Answer(200, rss([item(n) for n in range(5)])))
        self.newsd([self.site.url("/feed")])
        records = self.wait_records("news.articles", 5)
        self.assertEqual(len({r["key"] for r in records}), 5)
        self.assertEqual({r["value"]["headlines"][0]["value"] for r in records},
                         {"Harbour report number %d" % n for n in range(5)})
        for record in records:
            self.assertEqual(record["headers"]["ce_type"], "org.newsd.article.published")
            self.assertEqual(record["headers"]["ce_source"], self.site.url("/feed"))
            self.assertEqual(record["value"]["newsd"]["revision"], 1)
            self.assertTrue(record["value"]["newsd"]["feed"]["backfill"])

    def test_a_later_entry_is_new_and_no_backfill(self):
        entries = [item(1)]
        self.site.on("/feed", lambda request: Answer(200, rss(entries)))
        self.newsd([self.site.url("/feed")])
        self.wait_records("news.articles", 1)
        entries.insert(0, item(2))
        records = self.wait_records("news.articles", 2)
        self.assertFalse(records[-1]["value"]["newsd"]["feed"].get("backfill", False))
        self.assertEqual(len(records), 2)

    def test_an_edited_entry_is_a_revision_that_says_what_changed(self):
        entries = [item(1)]
        self.site.on("/feed", lambda request: Answer(200, rss(entries)))
        self.newsd([self.site.url("/feed")])
        first = self.wait_records("news.articles", 1)[0]
        entries[0] = item(1, title="Harbour report number 1, corrected")
        second = self.wait_records("news.articles", 2)[1]
        self.assertEqual(first["key"], second["key"])
        self.assertEqual(second["headers"]["ce_type"], "org.newsd.article.revised")
        self.assertEqual(second["value"]["newsd"]["revision"], 2)
        self.assertTrue(second["value"]["newsd"]["change"]["title_changed"])
        self.assertNotEqual(first["headers"]["ce_id"], second["headers"]["ce_id"])

    def test_an_entry_that_left_the_feed_is_not_withdrawn(self):
        entries = [item(2), item(1)]
        self.site.on("/feed", lambda request: Answer(200, rss(entries)))
        daemon = self.newsd([self.site.url("/feed")])
        self.wait_records("news.articles", 2)
        del entries[1]
        polls = daemon.metric("polls_total")
        wait_until(lambda: daemon.metric("polls_total") >= polls + 3, "three more polls")
        self.assertEqual(len(self.records("news.articles")), 2)

    def test_an_entry_absent_from_a_complete_feed_is_withdrawn(self):
        entries = [item(2), item(1)]
        complete = '<fh:complete xmlns:fh="http://purl.org/syndication/history/1.0"/>'
        self.site.on("/feed", lambda request: Answer(200, rss(entries, extra=complete)))
        self.newsd([self.site.url("/feed")])
        published = self.wait_records("news.articles", 2)
        del entries[1]
        records = self.wait_records("news.articles", 3)
        self.assertEqual(records[-1]["headers"]["ce_type"], "org.newsd.article.withdrawn")
        self.assertEqual(records[-1]["value"]["pubStatus"], "canceled")
        self.assertIn(records[-1]["key"], {r["key"] for r in published})

    def test_one_article_in_two_feeds_is_one_article(self):
        self.site.on("/a", Answer(200, rss([item(1, guid="a-1")], title="A")))
        self.site.on("/b", Answer(200, rss([item(1, guid="b-77")], title="B")))
        daemon = self.newsd([self.site.url("/a"), self.site.url("/b")])
        wait_until(lambda: daemon.metric("entries_sighted_total") == 1, "one sighting")
        self.wait_records("news.articles", 1)
        self.assertEqual(len(self.records("news.articles")), 1)

    def test_the_counters_add_up(self):
        entries = [item(n) for n in range(7)]
        self.site.on("/feed", lambda request: Answer(200, rss(entries)))
        daemon = self.newsd([self.site.url("/feed")])
        self.wait_records("news.articles", 7)
        entries.insert(0, item(99))
        entries[3] = item(2, text="Another text altogether, with other words in it.")
        self.wait_records("news.articles", 9)
        wait_until(lambda: daemon.metric("outbox_rows") == 0, "an empty outbox")
        seen, known, new = (daemon.metric("entries_%s_total" % n) for n in ("seen", "known", "new"))
        self.assertEqual(seen, known + new)
        self.assertEqual(new, daemon.metric("intake_total") + daemon.metric("entries_skipped_total") +
                         daemon.metric("entries_sighted_total"))
        self.assertEqual(daemon.metric("intake_total"),
                         daemon.metric("articles_published_total") + daemon.metric("articles_rejected_total"))


class Identity(NewsdTest):
    def test_a_changed_guid_under_the_same_link_and_title_is_the_same_article(self):
        entries = [item(2), item(1, guid="http://news.example/?p=1")]
        self.site.on("/feed", lambda request: Answer(200, rss(entries)))
        daemon = self.newsd([self.site.url("/feed")])
        self.wait_records("news.articles", 2)
        entries[1] = item(1, guid="https://news.example/?p=1")
        polls = daemon.metric("polls_total")
        wait_until(lambda: daemon.metric("polls_total") >= polls + 3, "three more polls")
        self.assertEqual(len(self.records("news.articles")), 2)

    def test_entries_without_guid_are_told_apart_by_link(self):
        self.site.on("/feed", Answer(200, rss([item(n, guid="") for n in range(3)])))
        self.newsd([self.site.url("/feed")])
        self.assertEqual(len({r["key"] for r in self.wait_records("news.articles", 3)}), 3)

    def test_one_guid_for_all_entries_loses_none(self):
        self.site.on("/feed", Answer(200, rss([item(n, guid="same") for n in range(3)])))
        self.newsd([self.site.url("/feed")])
        self.assertEqual(len({r["key"] for r in self.wait_records("news.articles", 3)}), 3)

    def test_backfill_newest_takes_only_the_newest(self):
        entries = [item(n, date="Tue, 11 Jan 2022 10:%02d:00 GMT" % n) for n in range(10)]
        self.site.on("/feed", lambda request: Answer(200, rss(entries)))
        daemon = self.newsd([self.site.url("/feed")], {"poll": {"backfill": "newest:3"}})
        records = self.wait_records("news.articles", 3)
        self.assertEqual({r["value"]["headlines"][0]["value"] for r in records},
                         {"Harbour report number %d" % n for n in (7, 8, 9)})
        self.assertEqual(daemon.metric("entries_skipped_total"), 7)


class Restart(NewsdTest):
    def test_T9_overdue_feeds_do_not_start_all_at_once(self):
        feeds = ["/feed/%d" % n for n in range(300)]
        for path in feeds:
            self.site.on(path, Answer(200, rss([item(1)])))
        daemon = self.newsd([self.site.url(path) for path in feeds])
        wait_until(lambda: all(self.site.requests(path) for path in feeds), "all have been polled", 60)
        daemon.stop()
        database = sqlite3.connect(os.path.join(daemon.folder, "state", "newsd.db"))
        ago = int(time.time() * 1000) - 2 * 86400000  # two days overdue, and not polled since
        database.execute("UPDATE feeds SET next_poll_ms = ?, last_poll_ms = ?, last_success_ms = ?", (ago, ago, ago))
        database.commit()
        database.close()
        before = sum(len(self.site.requests(path)) for path in feeds)
        daemon.options["poll"].update({"interval-min": "1min", "interval-default": "1min", "interval-max": "2min", "jitter": "yes"})
        daemon.write([self.site.url(path) for path in feeds])
        daemon.start()
        time.sleep(6)  # a tenth of the shortest interval
        polled = sum(len(self.site.requests(path)) for path in feeds) - before
        self.assertGreater(polled, 5)
        self.assertLess(polled, 90)


class Conditional(NewsdTest):
    def test_validators_are_sent_back_and_304_is_no_parse(self):
        self.site.on("/feed", conditional(lambda: rss([item(1)]), tag='W/"odd tag, byte for byte"'))
        daemon = self.newsd([self.site.url("/feed")])
        wait_until(lambda: daemon.metric("polls_not_modified_total") >= 1, "a 304")
        later = self.site.requests("/feed")[1]
        self.assertEqual(later.headers["If-None-Match"], 'W/"odd tag, byte for byte"')
        self.assertEqual(later.headers["If-Modified-Since"], "Tue, 11 Jan 2022 10:33:00 GMT")
        self.assertIn("newsd/", later.headers["User-Agent"])
        self.assertNotIn("Cookie", later.headers)

    def test_S9_a_feed_that_is_added_is_fetched_once(self):
        self.site.on("/new", Answer(200, rss([item(1)])))
        slow = {"poll": {"interval-min": "1h", "interval-default": "1h", "interval-max": "1d"}}
        daemon = self.newsd([self.site.url("/new")], slow)
        self.wait_records("news.articles", 1)
        time.sleep(2)
        self.assertEqual(len(self.site.requests("/new")), 1)
        daemon.stop()
        daemon.start()  # nor again at a restart
        time.sleep(2)
        self.assertEqual(len(self.site.requests("/new")), 1)

    def test_T12_an_address_that_is_listed_twice_is_fetched_once(self):
        self.site.on("/new", Answer(200, rss([item(1)])))
        slow = {"poll": {"interval-min": "1h", "interval-default": "1h", "interval-max": "1d"}}
        self.newsd([self.site.url("/new"), self.site.url("/other"), self.site.url("/new")], slow)
        self.wait_records("news.articles", 1)
        wait_until(lambda: self.site.requests("/other"), "the other feed")
        self.assertEqual(len(self.site.requests("/new")), 1)

    def test_a_restart_polls_conditionally_and_publishes_nothing_again(self):
        self.site.on("/feed", conditional(lambda: rss([item(n) for n in range(3)])))
        daemon = self.newsd([self.site.url("/feed")])
        self.wait_records("news.articles", 3)
        daemon.stop()
        before = len(self.site.requests("/feed"))
        daemon.lines.clear()
        daemon.start()
        wait_until(lambda: len(self.site.requests("/feed")) > before, "a poll after the restart")
        self.assertIn("If-None-Match", self.site.requests("/feed")[before].headers)
        self.assertEqual(len(self.records("news.articles")), 3)


class BadFeeds(NewsdTest):
    def assert_failing(self, daemon, error):
        record = self.wait_records("news.feeds", 1)[-1]
        self.assertEqual(record["value"]["status"], "failing")
        self.assertEqual(record["value"]["error"], error)
        self.assertEqual(len([l for l in daemon.said("is failing") if error or True]), 1)

    options = {"poll": {"failing-after": "1"}}

    def test_an_html_page_is_said_to_be_one(self):
        self.site.on("/feed", Answer(200, "<!DOCTYPE html><html><body><h1>Hello</h1></body></html>", "text/html"))
        self.assert_failing(self.newsd([self.site.url("/feed")]), "html")

    def test_an_empty_answer_is_an_error(self):
        self.site.on("/feed", Answer(200, ""))
        self.assert_failing(self.newsd([self.site.url("/feed")]), "empty")

    def test_a_body_without_end_is_stopped(self):
        def endless():
            for _ in range(4000):
                yield b"<item>" + b"x" * 65536

        self.site.on("/feed", lambda request: Answer(200, chunks=endless()))
        daemon = self.newsd([self.site.url("/feed")], {"poll": {"failing-after": "1", "body-max": "2M"}})
        self.assert_failing(daemon, "too-large")

    def test_a_compressed_bomb_is_stopped(self):
        self.site.on("/feed", Answer(200, b"<rss>" + b" " * (64 << 20), compress=True))
        self.assert_failing(self.newsd([self.site.url("/feed")]), "too-large")

    def test_an_entity_bomb_is_refused(self):
        bomb = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">%s]><rss version="2.0"><channel><title>&z;</title></channel></rss>'
        nested = "".join('<!ENTITY %s "%s">' % (name, ("&%s;" % before) * 10) for before, name in zip("abcdefghi", "bcdefghiz"))
        self.site.on("/feed", Answer(200, bomb % nested))
        self.assert_failing(self.newsd([self.site.url("/feed")]), "bomb")

    def test_a_truncated_document_gives_its_whole_entries_and_is_asked_for_again(self):
        body = rss([item(n) for n in range(4)])
        self.site.on("/feed", Answer(200, body[:body.rindex("<item>") + 40], headers={"ETag": '"half"'}))
        self.newsd([self.site.url("/feed")])
        self.wait_records("news.articles", 3)
        wait_until(lambda: len(self.site.requests("/feed")) >= 2, "a second poll")
        self.assertNotIn("If-None-Match", self.site.requests("/feed")[1].headers)

    def test_a_failing_feed_recovers_with_one_line_and_one_record(self):
        state = {"status": 500}
        self.site.on("/feed", lambda request: Answer(state["status"], rss([item(1)]) if state["status"] == 200 else "oops"))
        daemon = self.newsd([self.site.url("/feed")])
        self.wait_records("news.feeds", 1)
        state["status"] = 200
        records = self.wait_records("news.feeds", 2)
        self.assertEqual(records[-1]["value"]["status"], "recovered")
        self.assertEqual(len(daemon.said("has recovered")), 1)
        self.wait_records("news.articles", 1)

    def test_retry_after_stops_the_whole_host(self):
        self.site.on("/a", Answer(429, "slow down", headers={"Retry-After": "3600"}))
        self.site.on("/b", Answer(200, rss([item(1)])))
        daemon = self.newsd([self.site.url("/a")])
        wait_until(lambda: daemon.said("asks for a pause"), "the pause in the log")
        daemon.write([self.site.url("/a"), self.site.url("/b")])
        daemon.signal(1)
        wait_until(lambda: daemon.said("reloaded"), "the reload")
        wait_until(lambda: daemon.status()["hosts"], "the host in the status")
        self.assertEqual(len(self.site.requests("/b")), 0)
        self.assertEqual(len(self.site.requests("/a")), 1)

    def test_a_private_address_is_refused_unless_allowed(self):
        self.site.on("/feed", Answer(200, rss([item(1)])))
        daemon = self.newsd([self.site.url("/feed")], {"poll": {"failing-after": "1", "allow-private-addresses": "no"}})
        self.assert_failing(daemon, "address-refused")
        self.assertEqual(len(self.site.requests()), 0)

    def test_a_redirect_loop_and_a_file_redirect_are_refused(self):
        self.site.on("/loop", Answer(302, headers={"Location": "/loop"}))
        self.site.on("/file", Answer(302, headers={"Location": "file:///etc/passwd"}))
        self.site.on("/far", Answer(302, headers={"Location": "/far/1"}))
        for hop in range(1, 6):
            self.site.on("/far/%d" % hop, Answer(302, headers={"Location": "/far/%d" % (hop + 1)}))
        self.newsd([self.site.url(path) for path in ("/loop", "/file", "/far")])
        records = self.wait_records("news.feeds", 3)
        self.assertEqual({r["value"]["error"] for r in records}, {"redirect-loop", "redirect-scheme", "redirect-too-many"})

    def test_a_part_that_nobody_asked_for_is_no_document(self):
        self.site.on("/feed", Answer(206, rss([item(1)])))
        self.assert_failing(self.newsd([self.site.url("/feed")]), "partial")

    def test_a_coding_that_is_none_costs_no_feed_and_is_one_poll(self):
        self.site.on("/feed", Answer(200, rss([item(1)]), headers={"Content-Encoding": "aws-chunked"}))
        daemon = self.newsd([self.site.url("/feed")], {"poll": {"interval-min": "1h", "interval-default": "1h", "interval-max": "1d"}})
        self.wait_records("news.articles", 1)
        self.assertEqual(daemon.metric("polls_total"), 1)

    def test_a_wall_of_cookies_is_passed_and_none_is_kept(self):
        def wall(request):
            if "pass=1" in request.headers.get("Cookie", ""):
                return Answer(200, rss([item(1)]), headers={"Set-Cookie": "stays=1"})
            return Answer(302, headers={"Location": "/feed", "Set-Cookie": "pass=1"})
        self.site.on("/feed", wall)
        daemon = self.newsd([self.site.url("/feed")])
        self.wait_records("news.articles", 1)
        wait_until(lambda: len(self.site.requests("/feed")) >= 4, "the second poll")
        self.assertEqual([r.headers.get("Cookie") for r in self.site.requests("/feed")[:4]], [None, "pass=1"] * 2)
        self.assertTrue(daemon)

    def test_a_password_is_for_the_server_and_in_no_record(self):
        def guarded(request):
            if request.headers.get("Authorization") != "Basic bWU6c2VjcmV0":
                return Answer(401, "who?", "text/plain")
            return Answer(200, rss([item(1, link="story/1")]))
        self.site.on("/feed", guarded)
        self.newsd([self.site.url("/feed").replace("//", "//me:secret@")])
        records = self.wait_records("news.articles", 1)
        self.assertNotIn("secret", str(records))


class Certificates(NewsdTest):
    def test_N13_a_bad_certificate_is_taken_for_the_feed_that_says_so_and_for_no_other(self):
        pem = os.path.join(self.folder, "site.pem")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=elsewhere.example",
                        "-keyout", pem, "-out", pem + ".crt"], check=True, capture_output=True)
        with open(pem, "a") as key, open(pem + ".crt") as certificate:
            key.write(certificate.read())
        secure = Site(pem)
        self.addCleanup(secure.close)
        for path, number in (("/checked", 1), ("/unchecked", 2)):
            secure.on(path, Answer(200, rss([item(number)])))
        daemon = self.newsd([secure.url("/checked"), secure.url("/unchecked") + " certificate=unchecked"])
        records = self.wait_records("news.articles", 1)
        wait_until(lambda: daemon.said("feed-failing"), "the other feed fails")
        self.assertEqual([r["headers"]["ce_source"] for r in records], [secure.url("/unchecked")])
        self.assertEqual(len(secure.requests("/checked")), 0)
        self.assertIn("ertificate", daemon.said("feed-failing")[0])


if __name__ == "__main__":
    unittest.main(verbosity=2)
