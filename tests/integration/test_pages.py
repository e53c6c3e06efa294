"""Article pages: robots.txt before them, their text in the record, and the feed's text in their place."""
import os
import unittest

from harness import NewsdTest
from scripted_site import Answer, item, rss

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Dredging begins</title></head><body><nav><a href="/">Start</a></nav>
<article><h1>Dredging begins</h1>%s</article><footer>All rights reserved</footer></body></html>""" % "".join(
    "<p>Paragraph %d of the page says that the dredger Marten began its work in the outer harbour of Lirana on "
    "Tuesday, and that the harbour office expects it to stay until the end of the month.</p>" % n for n in range(6))


class Robots(NewsdTest):
    def serve(self, robots, paths=("/story/1",)):
        for path in paths:
            self.site.on(path, Answer(200, PAGE, "text/html; charset=utf-8"))
        self.site.on("/robots.txt", robots)
        self.site.on("/feed", Answer(200, rss([item(n, link=self.site.url(path)) for n, path in enumerate(paths)])))

    def run_newsd(self, robots="yes"):
        return self.newsd([self.site.url("/feed")], {"pages": {"policy": "always", "robots": robots}})

    def text(self, record):
        return next(body["value"] for body in record["value"]["bodies"] if body["contentType"] == "text/plain")

    def test_N12_what_robots_txt_forbids_is_not_fetched_and_the_feeds_text_serves(self):
        self.serve(Answer(200, "User-agent: *\nDisallow: /story/\n", "text/plain"))
        daemon = self.run_newsd()
        record = self.wait_records("news.articles", 1)[0]
        self.assertEqual(record["value"]["newsd"]["source"]["page_error"], "robots")
        self.assertIn("captain spoke of calm seas", self.text(record).replace("\n", " "))
        self.assertEqual(self.site.requests("/story/1"), [])
        self.assertEqual(daemon.metric("pages_forbidden_total"), 1)

    def test_N12_newsds_own_group_counts_and_the_file_is_asked_once(self):
        self.serve(Answer(200, "User-agent: *\nDisallow: /\n\nUser-agent: newsd\nDisallow: /story/2\n", "text/plain"),
                   ["/story/1", "/story/2", "/story/3"])
        self.run_newsd()
        records = self.wait_records("news.articles", 3)
        self.assertEqual(sorted(r["value"]["newsd"]["source"].get("page_error", "") for r in records), ["", "", "robots"])
        self.assertEqual(sum("dredger Marten" in self.text(r) for r in records), 2)
        self.assertEqual(len(self.site.requests("/robots.txt")), 1)

    def test_N12_a_site_without_robots_txt_forbids_nothing(self):
        self.serve(Answer(404, "no such file", "text/plain"))
        self.run_newsd()
        self.assertIn("dredger Marten", self.text(self.wait_records("news.articles", 1)[0]))

    def test_N12_while_robots_txt_cannot_be_read_no_page_is_fetched(self):
        self.serve(Answer(500, "out of order", "text/plain"))
        self.run_newsd()
        record = self.wait_records("news.articles", 1)[0]
        self.assertEqual(record["value"]["newsd"]["source"]["page_error"], "robots-unreachable")
        self.assertEqual(self.site.requests("/story/1"), [])

    def test_N12_it_is_a_setting(self):
        self.serve(Answer(200, "User-agent: *\nDisallow: /\n", "text/plain"))
        self.run_newsd("no")
        self.assertIn("dredger Marten", self.text(self.wait_records("news.articles", 1)[0]))
        self.assertEqual(self.site.requests("/robots.txt"), [])


class Headers(NewsdTest):
    def test_what_the_answers_headers_ask_stands_in_the_record(self):
        self.site.on("/story/1", Answer(200, PAGE.replace("</head>", "<meta name=robots content=noarchive></head>"), "text/html",
                                        headers={"X-Robots-Tag": "noai, googlebot: nosnippet", "TDM-Reservation": "1", "TDM-Policy": "/tdm.json"}))
        self.site.on("/story/2", Answer(200, PAGE, "text/html", headers={"X-Robots-Tag": "googlebot: noai"}))
        self.site.on("/feed", Answer(200, rss([item(1, link=self.site.url("/story/1")), item(2, link=self.site.url("/story/2"))])))
        self.newsd([self.site.url("/feed")], {"pages": {"policy": "always"}})
        said = [record["value"]["newsd"] for record in self.wait_records("news.articles", 2)]
        self.assertEqual(sorted(len(newsd.get("opt_out", [])) for newsd in said), [0, 3])
        asked = next(newsd for newsd in said if "opt_out" in newsd)
        self.assertEqual(asked["opt_out"], ["noai", "tdm-reservation", "noarchive"])
        self.assertEqual(asked["tdm_policy"], self.site.url("/tdm.json"))


class SiteRules(NewsdTest):
    def test_a_rule_finds_the_text_and_one_that_does_not_match_is_counted(self):
        folder = os.path.join(self.folder, "rules")
        os.makedirs(folder)
        with open(os.path.join(folder, "a.conf"), "w") as file:
            file.write("[127.0.0.1]\ncontainer = .box\nremove = .box b\n")
        self.site.on("/story/1", Answer(200, PAGE.replace("<footer>", "<div class=box><p>A harbour of one's own.</p><b>Buy it</b></div><footer>"), "text/html"))
        self.site.on("/story/2", Answer(200, PAGE, "text/html"))
        self.site.on("/feed", Answer(200, rss([item(n, link=self.site.url("/story/%d" % n)) for n in (1, 2)])))
        daemon = self.newsd([self.site.url("/feed")], {"pages": {"policy": "always", "sites-directory": folder}})
        texts = sorted(next(b["value"] for b in r["value"]["bodies"] if b["contentType"] == "text/plain")
                       for r in self.wait_records("news.articles", 2))
        self.assertEqual(texts[0], "A harbour of one's own.")
        self.assertIn("dredger Marten", texts[1])
        self.assertEqual(daemon.metric("site_rules_missed_total"), 1)


class Copies(NewsdTest):
    """One agency's report in two newspapers: the later one's record names the earlier, also after a restart."""

    def serve(self, name, title, page):
        self.site.on("/%s/1" % name, Answer(200, page, "text/html; charset=utf-8"))
        self.site.on("/%s/feed" % name, Answer(200, rss([item(len(name + title), title=title, link=self.site.url("/%s/1" % name))])))

    def test_a_copy_names_its_original_over_a_restart(self):
        self.serve("post", "Dredging begins", PAGE)
        self.serve("echo", "A dredger comes to Lirana", PAGE.replace("Dredging begins", "A dredger comes to Lirana"))
        self.serve("else", "Two choirs sing", PAGE.replace("the dredger Marten", "one of three choirs").replace("harbour", "opera")
                   .replace("began its work", "sang for an hour").replace("expects it to stay", "has sold every seat"))
        feeds = [self.site.url("/post/feed")]
        daemon = self.newsd(feeds, {"pages": {"policy": "always"}})
        first = self.wait_records("news.articles", 1)[0]["value"]["newsd"]
        self.assertNotIn("story", first)
        daemon.stop()
        daemon.write(feeds + [self.site.url("/echo/feed"), self.site.url("/else/feed")])
        daemon.start()
        others = [r["value"]["newsd"] for r in self.wait_records("news.articles", 3)[1:]]
        stories = [newsd["story"] for newsd in others if "story" in newsd]
        self.assertEqual(len(stories), 1)
        self.assertEqual((stories[0]["id"], stories[0]["duplicate_of"]), (first["id"], first["id"]))
        self.assertGreater(stories[0]["similarity"], 0.95)
        self.assertEqual(daemon.metric("copies_total"), 1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
