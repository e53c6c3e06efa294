"""The rules that a proxy's log can show: newsd's own log keeps them all, and a log that breaks one is found out."""
import json
import os
import sys
import time
import unittest

from harness import ROOT, NewsdTest, wait_until
from scripted_site import Answer, item, rss

sys.path.insert(0, os.path.join(ROOT, "tests"))

import manners  # noqa: E402

AGENT = {"User-Agent": "poller/1.0 (+https://poller.example)"}


def exchange(time, url="http://a.example/feed", status=200, request=None, response=None, end=None):
    return {"time": time, "end": end or time + 0.1, "url": url, "status": status, "request": dict(AGENT, **(request or {})),
            "response": response or {}}


class Manners(NewsdTest):
    def log_of(self, entries, floor=manners.FLOOR_SECONDS):
        path = os.path.join(self.folder, "proxy.log")
        with open(path, "w") as file:
            file.writelines(json.dumps(entry) + "\n" for entry in entries)
        return manners.Log(path, floor)

    def test_newsd_keeps_every_rule_that_a_log_shows(self):
        entries = [item(1)]

        def feed(request):
            tag = '"%d"' % len(entries)
            if request.headers.get("If-None-Match") == tag:
                return Answer(304, headers={"ETag": tag})
            return Answer(200, rss(entries), headers={"ETag": tag, "Last-Modified": "Tue, 11 Jan 2022 10:33:00 GMT"})

        self.site.on("/feed", feed)
        self.site.on("/fresh", Answer(200, rss([item(2)]), headers={"Cache-Control": "max-age=3", "ETag": '"x"'}))
        busy = iter([Answer(503, "later", "text/plain", headers={"Retry-After": "3"})])
        self.site.on("/busy", lambda request: next(busy, Answer(200, rss([item(3)]))))
        self.site.on("/gone", Answer(410, "gone", "text/plain"))
        self.site.on("/moved", Answer(301, headers={"Location": "/moved-to"}))
        self.site.on("/moved-to", Answer(200, rss([item(5)])))
        polite = {"poll": {"host-transfers": "2", "host-gap": "0s"}}
        self.newsd([self.site.url(path) for path in ("/feed", "/fresh", "/busy", "/other", "/gone", "/moved")], polite)
        self.wait_records("news.articles", 4)
        entries.insert(0, item(4))
        self.wait_records("news.articles", 5)
        wait_until(lambda: len(self.site.requests("/moved")) >= 2, "the second poll of what has moved")
        wait_until(lambda: len(self.site.requests("/fresh")) >= 2, "the second poll of what was fresh")
        self.assertEqual(len(self.site.requests("/gone")), 1)
        self.assertEqual(self.log_of(self.site.proxy_log(), floor=0.8).check(), (0, 10))

    def test_newsd_keeps_the_floor_over_a_restart(self):
        self.site.on("/feed", Answer(200, rss([item(1)])))
        self.site.on("/gone", Answer(410, "gone", "text/plain"))
        slow = {"poll": {"interval-min": "1h", "interval-default": "1h", "interval-max": "1h"}}
        daemon = self.newsd([self.site.url("/feed"), self.site.url("/gone")], slow)
        self.wait_records("news.articles", 1)
        wait_until(lambda: self.site.requests("/gone"), "the 410")
        for _ in range(2):
            daemon.stop()
            daemon.start()
            time.sleep(1.5)
        self.assertEqual(len(self.site.requests("/feed")), 1)
        self.assertEqual(self.log_of(self.site.proxy_log()).check(), (0, 10))

    def test_each_rule_finds_its_breach(self):
        given, moved = {"ETag": '"1"'}, {"Location": "http://b.example/feed"}
        day = 86400
        b = "http://b.example/feed"
        breaches = {
            "p1": [exchange(0, response=given), exchange(600, request={"If-None-Match": "1"}, status=304)],
            "p2": [exchange(0, response=given), exchange(600)],
            "p4": [exchange(0, response=given), exchange(600, status=304, request={"If-None-Match": '"1"'}, response={"ETag": '"2"'}),
                   exchange(1200, status=304, request={"If-None-Match": '"1"'})],
            "p10": [exchange(0, response={"Cache-Control": "max-age=3600"}), exchange(1200)],
            "s1": [exchange(0, status=301, response=moved), exchange(1, url=b), exchange(day, url=b)],
            "s5": [exchange(0, status=410), exchange(3600, status=410)],
            "s7": [exchange(0, status=429, response={"Retry-After": "120"}), exchange(30, url="http://a.example/other")],
            "t9": [exchange(0), exchange(300)],
            "t11": [exchange(0, url="http://a.example/%d" % n, end=5) for n in range(3)],
            "n10": [exchange(0, status=302, response={"Set-Cookie": "a=b"}), exchange(600, request={"Cookie": "a=b"})],
        }
        self.assertEqual({rule.lower() for rule in manners.LOG_RULES}, set(breaches))
        never = [exchange(n * day, status=308, response=moved) for n in range(30)]
        self.assertTrue(list(self.log_of(never).s1()), "a redirect that is never adopted")
        chain = [exchange(0, status=301, response={"Location": "/hop"}), exchange(1, url="http://a.example/hop", status=301, response=moved),
                 exchange(2, url=b), exchange(day, url=b)]
        self.assertTrue(list(self.log_of(chain).s1()), "the end of a chain, adopted at once")
        within = [exchange(0, status=302, response={"Set-Cookie": "a=b"}), exchange(1, request={"Cookie": "a=b"})]
        self.assertFalse(list(self.log_of(within).n10()), "a cookie within the redirects of one request")
        # What is no breach: adopted after its week; at once to https; at once from what is gone; a second feed of the same target.
        proved = [e for n in range(9) for e in (exchange(n * day, status=301, response=moved), exchange(n * day + 1, url=b))]
        secure = {"Location": "https://a.example/feed"}
        for good in (proved + [exchange(9 * day, url=b)],
                     [exchange(0, status=301, response=secure), exchange(600, url="https://a.example/feed")],
                     [exchange(0, status=301, response=moved), exchange(day, status=410), exchange(day + 600, url=b)],
                     [exchange(0, url=b), exchange(day, status=301, response=moved), exchange(day + 1, url=b), exchange(2 * day, url=b)]):
            self.assertFalse(list(self.log_of(good).s1()), good)
        twice = [exchange(0, url=b), exchange(10, status=302, response=moved), exchange(11, url=b)]
        self.assertFalse(list(self.log_of(twice).t9()), "another feed's redirect led there")
        self.assertFalse(list(self.log_of([exchange(0, status=410), exchange(7 * day, status=410)]).s5()), "a slow probe")
        for rule, entries in breaches.items():
            log = self.log_of(entries)
            for other in breaches:
                self.assertEqual(bool(list(getattr(log, other)())), other == rule, "%s in the breach of %s" % (other, rule))


if __name__ == "__main__":
    unittest.main(verbosity=2)
