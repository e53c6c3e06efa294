"""What people who read feeds complain of most, a test for each of the 25 complaints, end to end: either `newsd feed` on a
document, or the daemon against a site that behaves like that. Numbers
6 and 21, a 304 without end and HTTP/2 that breaks, are unit tests in tests/feeds: they need a virtual clock and a broken library."""
import json
import subprocess
import time
import unittest

from harness import NEWSD, NewsdTest, wait_until
from scripted_site import Answer, item, rss


def parse(document, *options):
    """The JSON of `newsd feed` for a document given as text or bytes."""
    done = subprocess.run([NEWSD, "feed", *options, "-"], input=document.encode() if isinstance(document, str) else document,
                          capture_output=True, timeout=30)
    if done.returncode:
        raise AssertionError("newsd feed failed: %s" % done.stderr.decode())
    return json.loads(done.stdout)


def channel(inner, head='<?xml version="1.0"?>', attributes=""):
    return '%s<rss version="2.0"%s><channel><title>Harbour</title><link>https://news.example/</link>%s</channel></rss>' % (
        head, attributes, inner)


class Documents(unittest.TestCase):
    def test_pain_11_control_characters_do_not_kill_the_document(self):
        feed = parse(channel("<item><title>Ship \x0b\x01 in port</title></item><item><title>Next</title></item>"))
        self.assertEqual([entry["title"]["value"] for entry in feed["entries"]], ["Ship  in port", "Next"])
        self.assertTrue(feed["repairs"])

    def test_pain_12_html_entities_and_old_dtds(self):
        head = '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">'
        feed = parse(channel("<item><title>Caf&eacute; &ndash; open&nbsp;late</title></item>", head))
        self.assertEqual(feed["entries"][0]["title"]["value"], "Caf\u00e9 \u2013 open\u00a0late")

    def test_pain_13_prefixes_that_nobody_declared(self):
        feed = parse(channel("<item><title>One</title><dc:creator>Ana Reyes</dc:creator><content:encoded>&lt;p&gt;Text&lt;/p&gt;"
                             "</content:encoded></item>"))
        self.assertEqual(feed["entries"][0]["authors"][0]["name"], "Ana Reyes")
        self.assertIn("Text", feed["entries"][0]["content"][0]["value"])
        self.assertIn("undeclared-prefix", feed["repairs"])

    def test_pain_14_the_wrong_charset(self):
        body = channel("<item><title>M\u00fcnchen \u20ac 5</title></item>", '<?xml version="1.0" encoding="iso-8859-1"?>')
        self.assertEqual(parse(body.encode("cp1252"))["entries"][0]["title"]["value"], "M\u00fcnchen \u20ac 5")
        claims_utf8 = body.replace("iso-8859-1", "utf-8").encode("cp1252")
        self.assertEqual(parse(claims_utf8)["entries"][0]["title"]["value"], "M\u00fcnchen \u20ac 5")
        cyrillic = channel("<item><title>\u041f\u043e\u0440\u0442</title></item>", '<?xml version="1.0" encoding="windows-1251"?>')
        self.assertEqual(parse(cyrillic.encode("cp1251"))["entries"][0]["title"]["value"], "\u041f\u043e\u0440\u0442")

    def test_pain_15_zones_and_dates_in_other_languages(self):
        for written, read in (("Tue, 11 Jan 2022 10:33:00 EST", "2022-01-11T15:33:00Z"), ("Tue, 11 Jan 2022 10:33 PDT", "2022-01-11T17:33Z"),
                              ("mar., 11 janv. 2022 10:33:00 +0100", "2022-01-11T09:33:00Z"), ("11. Januar 2022 10:33 MEZ", "2022-01-11T09:33Z"),
                              ("2022-01-11 10:33:00 +0530", "2022-01-11T05:03:00Z")):
            entry = parse(channel("<item><title>x</title><pubDate>%s</pubDate></item>" % written))["entries"][0]
            self.assertEqual(entry["published"].replace(":00Z", "Z"), read.replace(":00Z", "Z"), written)
            self.assertEqual(entry["published_raw"], written)

    def test_pain_18_relative_links_and_xml_base(self):
        feed = parse('<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/a/"><title>t</title><entry xml:base="b/">'
                     '<id>1</id><title>x</title><link href="c"/><content type="html">&lt;a href="d">&lt;img src="/e.png"></content></entry></feed>')
        entry = feed["entries"][0]
        self.assertEqual(entry["link"], "https://news.example/a/b/c")
        self.assertIn('href="https://news.example/a/b/d"', entry["content"][0]["value"])
        self.assertIn('src="https://news.example/e.png"', entry["content"][0]["value"])

    def test_pain_19_marks_and_blank_lines_before_the_declaration(self):
        for before in (b"\xef\xbb\xbf", b"\r\n\r\n  ", b"\xef\xbb\xbf\n"):
            feed = parse(before + channel("<item><title>One</title></item>").encode())
            self.assertEqual(feed["entries"][0]["title"]["value"], "One")

    def test_pain_16_dates_in_the_future_are_kept_raw_and_clamped(self):
        entry = parse(channel("<item><title>x</title><pubDate>Tue, 11 Jan 2095 10:33:00 GMT</pubDate></item>"))["entries"][0]
        self.assertEqual(entry["published_raw"], "Tue, 11 Jan 2095 10:33:00 GMT")
        self.assertNotIn("published", parse(channel("<item><title>x</title></item>"))["entries"][0])


class Entries(NewsdTest):
    def feed(self, entries, **options):
        self.site.on("/feed", lambda request: Answer(200, rss(entries)))
        return self.newsd([self.site.url("/feed")], options or None)

    def keys(self, records):
        return [r["key"] for r in records]

    def settle(self, count):
        """The records after some more polls, of which nothing more is to come."""
        records = self.wait_records("news.articles", count)
        polls = len(self.site.requests("/feed"))
        wait_until(lambda: len(self.site.requests("/feed")) > polls + 2, "more polls")
        time.sleep(0.5)
        return self.records("news.articles")

    def test_pain_1_changed_guids_bring_nothing_twice(self):
        entries = [item(n, guid="http://news.example/?p=%d" % n) for n in range(10)]
        self.feed(entries)
        self.wait_records("news.articles", 10)
        entries[:] = [item(n, guid="https://news.example/?p=%d" % (n + 500)) for n in range(10)]
        self.assertEqual(len(self.settle(10)), 10)

    def test_pain_2_missing_empty_and_equal_guids_lose_and_multiply_nothing(self):
        self.feed([item(1, guid=""), item(2, guid=""), item(3, guid="same"), item(4, guid="same"), item(5, guid=" ")])
        self.assertEqual(len(set(self.keys(self.settle(5)))), 5)

    def test_pain_3_one_story_in_two_feeds_with_an_edited_headline(self):
        entries = [item(1)]
        self.site.on("/feed", lambda request: Answer(200, rss(entries)))
        self.site.on("/world", lambda request: Answer(200, rss([item(1, guid="world-1")])))
        self.newsd([self.site.url("/feed"), self.site.url("/world")])
        self.wait_records("news.articles", 1)
        # Both have shown the first headline: what a feed shows first is no edit.
        wait_until(lambda: self.site.requests("/feed") and self.site.requests("/world"), "both feeds polled")
        entries[0] = item(1, title="Harbour report number 1, corrected")
        self.assertEqual(len(set(self.keys(self.settle(2)))), 1)

    def test_pain_16_missing_dates_do_not_become_now_with_each_poll(self):
        self.feed([item(n, date="") for n in range(3)])
        self.assertEqual(len(self.settle(3)), 3)

    def test_pain_17_an_edit_is_one_revision_and_noise_is_none(self):
        entries = [item(n) for n in range(3)]
        self.feed(entries)
        self.wait_records("news.articles", 3)
        entries[0] = item(0, text="The harbour office said on Tuesday that the ship had to return to the port of Lirana with a broken engine.")
        entries[1] = item(1, link="https://news.example/harbour/1?utm_source=rss&utm_campaign=%d" % time.time())
        records = self.settle(4)
        self.assertEqual(len(records), 4)
        self.assertEqual(records[3]["headers"]["ce_type"], "org.newsd.article.revised")


class Polling(NewsdTest):
    def test_pain_4_429_stops_the_host_for_as_long_as_it_asks(self):
        self.site.on("/a", Answer(429, "slow down", headers={"Retry-After": "4"}))
        self.site.on("/b", Answer(200, rss([item(1)])))
        daemon = self.newsd([self.site.url("/a")])
        wait_until(lambda: daemon.said("asks for a pause"), "the pause in the log")
        asked = len(self.site.requests())
        time.sleep(2.5)
        self.assertEqual(len(self.site.requests()), asked)
        wait_until(lambda: len(self.site.requests()) > asked, "polls after the pause")

    def test_pain_5_a_host_with_many_feeds_meets_two_transfers_at_most_and_a_gap(self):
        for n in range(12):
            self.site.on("/feed/%d" % n, Answer(200, rss([item(n)]), delay=0.1))
        self.newsd([self.site.url("/feed/%d" % n) for n in range(12)], {"poll": {"host-gap": "200ms", "host-transfers": "2", "interval-min": "60s",
                                                                                "interval-default": "60s", "interval-max": "60s"}})
        self.wait_records("news.articles", 12)
        requests = sorted(self.site.requests(), key=lambda r: r.time)
        self.assertEqual(len(requests), 12)
        for request in requests:
            self.assertLessEqual(sum(r.time <= request.time < r.end for r in requests), 2)
        gaps = [b.time - a.time for a, b in zip(requests, requests[1:])]
        self.assertGreater(min(gaps), 0.15)

    def test_pain_7_validators_are_renewed_when_the_body_is_the_same(self):
        tags = iter('"%d"' % n for n in range(1000))
        self.site.on("/feed", lambda request: Answer(200, rss([item(1)]), headers={"ETag": next(tags)}))
        self.newsd([self.site.url("/feed")])
        wait_until(lambda: len(self.site.requests("/feed")) >= 4, "polls")
        sent = [r.headers.get("If-None-Match") for r in self.site.requests("/feed")]
        self.assertEqual(sent[1:4], ['"0"', '"1"', '"2"'])

    def test_pain_8_and_9_cache_hints_are_heeded_capped_and_last_over_a_304(self):
        def route(request):
            headers = {"ETag": '"1"'}
            if request.headers.get("If-None-Match"):
                return Answer(304, headers=headers)
            return Answer(200, rss([item(1)], extra="<ttl>1</ttl>"), headers=dict(headers, **{"Cache-Control": "max-age=4"}))

        self.site.on("/feed", route)
        self.site.on("/absurd", Answer(200, rss([item(2)]), headers={"Cache-Control": "max-age=315360000"}))
        self.newsd([self.site.url("/feed"), self.site.url("/absurd")], {"poll": {"hint-max": "4s"}})
        wait_until(lambda: len(self.site.requests("/feed")) >= 3 and len(self.site.requests("/absurd")) >= 2, "polls")
        times = [r.time for r in self.site.requests("/feed")]
        self.assertGreater(times[1] - times[0], 3.5)
        self.assertGreater(times[2] - times[1], 3.5)

    def test_pain_10_a_permanent_redirect_is_adopted_when_the_old_address_dies(self):
        self.site.on("/old", Answer(301, headers={"Location": "/new"}))
        self.site.on("/new", Answer(200, rss([item(1)])))
        daemon = self.newsd([self.site.url("/old")])
        self.wait_records("news.articles", 1)
        self.site.on("/old", Answer(410, "gone"))
        wait_until(lambda: daemon.said("feed-moved"), "the new address is adopted")
        self.site.on("/new", Answer(200, rss([item(1), item(2)])))
        records = self.wait_records("news.articles", 2)
        self.assertEqual({r["headers"]["ce_source"] for r in records}, {self.site.url("/old")})

    def test_pain_20_a_bot_wall_has_a_name_and_is_left_alone(self):
        self.site.on("/feed", Answer(403, "<html>checking your browser</html>", "text/html", headers={"cf-mitigated": "challenge"}))
        daemon = self.newsd([self.site.url("/feed")])
        line = wait_until(lambda: daemon.said("feed-failing"), "the failure in the log")[0]
        self.assertIn("challenge", line)
        time.sleep(3)
        self.assertLessEqual(len(self.site.requests("/feed")), 2)

    def test_pain_22_a_busy_feed_is_polled_often_and_a_quiet_one_seldom(self):
        numbers = iter(range(10 ** 6))
        self.site.on("/busy", lambda request: Answer(200, rss([item(next(numbers), date="") for _ in range(10)])))
        self.site.on("/quiet", Answer(200, rss([item(-1, date="Tue, 11 Jan 2011 10:33:00 GMT"), item(-2, date="Tue, 11 Jan 2005 10:33:00 GMT")])))
        self.newsd([self.site.url("/busy"), self.site.url("/quiet")], {"poll": {"interval-default": "4s", "interval-max": "60s"}})
        wait_until(lambda: len(self.site.requests("/busy")) >= 5, "polls of the busy feed")
        self.assertEqual(len(self.site.requests("/quiet")), 1)

    def test_pain_23_a_restart_does_not_fire_all_feeds_together(self):
        for n in range(30):
            self.site.on("/feed/%d" % n, Answer(200, rss([item(n)])))
        daemon = self.newsd([self.site.url("/feed/%d" % n) for n in range(30)],
                            {"poll": {"interval-min": "60s", "interval-default": "60s", "interval-max": "60s"}})
        self.wait_records("news.articles", 30)
        daemon.stop()
        daemon.start()
        time.sleep(2)
        self.assertEqual(len(self.site.requests()), 30)

    def test_pain_24_a_feed_that_failed_for_long_resumes(self):
        broken = [True]
        self.site.on("/feed", lambda request: Answer(500, "out of order") if broken[0] else Answer(200, rss([item(1)])))
        daemon = self.newsd([self.site.url("/feed")])
        wait_until(lambda: len(self.site.requests("/feed")) >= 5, "polls go on while it fails")
        broken[0] = False
        self.wait_records("news.articles", 1)
        self.assertTrue(daemon.said("feed-recovered"))

    def test_pain_25_private_addresses_bombs_and_endless_bodies(self):
        self.site.on("/bomb", Answer(200, b"\0" * (64 << 20), compress=True))
        self.site.on("/endless", Answer(200, chunks=iter(lambda: b"<rss>" * 4096, None)))
        bomb = channel("<item><title>&a;</title></item>", '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "&b;&b;&b;&b;&b;&b;&b;&b;">%s]>' % "".join(
            '<!ENTITY %s "%s">' % (name, ("&%s;" % chr(ord(name) + 1)) * 8) for name in "bcdefgh"))
        self.site.on("/entities", Answer(200, bomb))
        daemon = self.newsd([self.site.url("/bomb"), self.site.url("/endless"), self.site.url("/entities")])
        wait_until(lambda: len({line.split("/")[-1] for line in daemon.said("feed-failing")}) >= 1 and
                   len(daemon.said("feed-failing")) >= 3, "all three fail and say so")
        self.assertEqual(self.records("news.articles"), [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
