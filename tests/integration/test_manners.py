"""The rules that a proxy's log can show: newsd's own log keeps them all, and a log that breaks one is found out."""
import json
import os
import sys
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
    def log_of(self, entries):
        path = os.path.join(self.folder, "proxy.log")
        with open(path, "w") as file:
            file.writelines(json.dumps(entry) + "\n" for entry in entries)
        return manners.Log(path)

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
        polite = {"poll": {"host-transfers": "2", "host-gap": "0s"}}
        self.newsd([self.site.url(path) for path in ("/feed", "/fresh", "/busy", "/other")], polite)
        self.wait_records("news.articles", 3)
        entries.insert(0, item(4))
        self.wait_records("news.articles", 4)
        wait_until(lambda: len(self.site.requests("/fresh")) >= 2, "the second poll of what was fresh")
        self.assertEqual(self.log_of(self.site.proxy_log()).check(), (0, 6))

    def test_each_rule_finds_its_breach(self):
        given = {"ETag": '"1"'}
        breaches = {
            "p1": [exchange(0, response=given), exchange(10, request={"If-None-Match": "1"}, status=304)],
            "p2": [exchange(0, response=given), exchange(10)],
            "p10": [exchange(0, response={"Cache-Control": "max-age=600"}), exchange(60)],
            "s7": [exchange(0, status=429, response={"Retry-After": "120"}), exchange(30, url="http://a.example/other")],
            "t11": [exchange(0, url="http://a.example/%d" % n, end=5) for n in range(3)],
            "n10": [exchange(0, status=302, response={"Set-Cookie": "a=b"}), exchange(600, request={"Cookie": "a=b"})],
        }
        within = [exchange(0, status=302, response={"Set-Cookie": "a=b"}), exchange(1, request={"Cookie": "a=b"})]
        self.assertFalse(list(self.log_of(within).n10()), "a cookie within the redirects of one request")
        for rule, entries in breaches.items():
            log = self.log_of(entries)
            for other in breaches:
                self.assertEqual(bool(list(getattr(log, other)())), other == rule, "%s in the breach of %s" % (other, rule))


if __name__ == "__main__":
    unittest.main(verbosity=2)
