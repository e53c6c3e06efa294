"""Pages of published articles are fetched again: what has changed is a revision, what is gone a withdrawal."""
import time
import unittest

from harness import NewsdTest, wait_until
from scripted_site import Answer, item, rss

PARAGRAPHS = ["Paragraph %d of the page says that the dredger Marten began its work in the outer harbour of Lirana on "
              "Tuesday, and that the harbour office expects it to stay until the end of the month." % n for n in range(6)]
SAID = '"We will be done before the winter," said Anna Berg, the harbour master of Lirana.'


def page(paragraphs, nonce=0):
    return """<!DOCTYPE html><html lang="en"><head><title>Dredging begins</title><script>var nonce=%d</script></head><body><nav>
<a href="/">Start</a></nav><article><h1>Dredging begins</h1>%s</article><footer>All rights reserved</footer></body></html>""" % (
        nonce, "".join("<p>%s</p>" % paragraph for paragraph in paragraphs))


class Visits(NewsdTest):
    def serve(self, answer):
        self.site.on("/story/1", answer)
        self.site.on("/feed", Answer(200, rss([item(1, link=self.site.url("/story/1"))])))

    def run_newsd(self, revisit, **options):
        return self.newsd([self.site.url("/feed")], {"pages": {"policy": "always", "revisit": revisit}, **options})

    def found(self, daemon):
        return {key[len("revisits_"):]: value for key, value in daemon.status()["counters"].items() if key.startswith("revisits_")}

    def wait_found(self, daemon, **found):
        wait_until(lambda: {key: value for key, value in self.found(daemon).items() if value} == found, "visits that found %s" % found)

    def text(self, record):
        return next(body["value"] for body in record["value"]["bodies"] if body["contentType"] == "text/plain")


class Revisit(Visits):
    def test_a_changed_page_is_a_revision_and_one_that_is_gone_a_withdrawal_over_a_restart(self):
        answer = {"now": Answer(200, page(PARAGRAPHS + [SAID]), "text/html", headers={"ETag": '"one"'})}
        self.serve(lambda request: Answer(304) if request.headers.get("If-None-Match") == answer["now"].headers.get("ETag", "none")
                   else answer["now"])
        daemon = self.run_newsd("1s 3s 6s 9s 12s 16s 20s 25s")
        first = self.wait_records("news.articles", 1)[0]
        self.wait_records("news.statements", 1)
        wait_until(lambda: self.found(daemon)["unchanged"], "a visit that was answered 304")
        self.assertEqual(self.site.requests("/story/1")[-1].headers["If-None-Match"], '"one"')
        answer["now"] = Answer(200, page(PARAGRAPHS[:-1] + [SAID, "Two tugs are to help."]), "text/html", headers={"ETag": '"two"'})
        second = self.wait_records("news.articles", 2)[1]
        self.assertEqual((second["key"], second["headers"]["ce_type"]), (first["key"], "org.newsd.article.revised"))
        self.assertEqual(second["value"]["newsd"]["revision"], 2)
        self.assertIn(second["value"]["newsd"]["change"]["class"], ("minor", "update"))
        self.assertIn("Two tugs", self.text(second))
        self.assertGreater(second["value"]["versionCreated"], first["value"]["versionCreated"])
        wait_until(lambda: self.found(daemon)["revised"] == 1, "a visit that found a change")
        daemon.stop()
        daemon.start()
        wait_until(lambda: self.found(daemon)["unchanged"], "a visit that was answered 304 to the new tag")
        self.assertEqual(self.site.requests("/story/1")[-1].headers["If-None-Match"], '"two"')
        answer["now"] = Answer(410, "gone", "text/plain")
        third = self.wait_records("news.articles", 3)[2]
        self.assertEqual(third["headers"]["ce_type"], "org.newsd.article.withdrawn")
        self.assertEqual((third["value"]["pubStatus"], third["value"]["newsd"]["revision"]), ("canceled", 3))
        self.assertFalse(third["value"].get("bodies"))
        wait_until(lambda: not any({r["key"]: r["value"] for r in self.records("news.statements")}.values()), "only tombstones of statements")
        self.assertEqual(len(daemon.said("its page is gone (HTTP status 410)")), 1)
        wait_until(lambda: daemon.status()["store"]["revisits"] == 0, "no visit is planned")
        self.assertEqual(daemon.metric("articles_published_total"), 0)  # by feeds: the counters add up without visits
        found = self.found(daemon)
        self.assertEqual((found["withdrawn"], found["revised"], found["missing"], found["failed"]), (1, 0, 0, 0))
        self.assertEqual(daemon.metric("revisits_total"), sum(found.values()))

    def test_another_page_around_the_same_article_is_no_revision(self):
        nonces = []
        self.serve(lambda request: nonces.append(1) or Answer(200, page(PARAGRAPHS, len(nonces)), "text/html"))
        daemon = self.run_newsd("1s 2s")
        self.wait_found(daemon, unchanged=2)
        self.assertEqual(len(nonces), 3)
        self.assertEqual(len(self.records("news.articles")), 1)
        self.assertEqual(daemon.status()["store"]["revisits"], 0)

    def test_a_404_withdraws_at_the_second_visit_and_a_500_says_nothing(self):
        answers = [Answer(200, page(PARAGRAPHS), "text/html"), Answer(404), Answer(500), Answer(404)]
        self.serve(lambda request: answers.pop(0))
        daemon = self.run_newsd("1s 3s 5s")
        self.assertEqual(self.wait_records("news.articles", 2)[1]["value"]["pubStatus"], "canceled")
        self.wait_found(daemon, missing=1, failed=1, withdrawn=1)
        self.assertEqual(answers, [])

    def test_a_wall_in_the_articles_place_is_no_revision(self):
        answers = [Answer(200, page(PARAGRAPHS), "text/html"),
                   Answer(200, "<html><head><title>Just a moment...</title></head><body><script>x()</script></body></html>", "text/html")]
        self.serve(lambda request: answers.pop(0))
        daemon = self.run_newsd("1s")
        self.wait_found(daemon, failed=1)
        self.assertEqual(len(self.records("news.articles")), 1)

    def test_a_revision_of_the_feed_reads_the_page_itself(self):
        text = [PARAGRAPHS]
        self.serve(lambda request: Answer(200, page(text[0]), "text/html"))
        daemon = self.run_newsd("8s")
        self.wait_records("news.articles", 1)
        text[0] = PARAGRAPHS[:-1] + ["Two tugs are to help."]
        self.site.on("/feed", Answer(200, rss([item(1, link=self.site.url("/story/1"), title="Dredging begins, with tugs")])))
        self.assertIn("Two tugs", self.text(self.wait_records("news.articles", 2)[1]))
        self.wait_found(daemon, unchanged=1)
        self.assertEqual(len(self.records("news.articles")), 2)

    def test_nothing_is_visited_where_it_is_off(self):
        self.serve(Answer(200, page(PARAGRAPHS), "text/html"))
        daemon = self.run_newsd("")
        self.wait_records("news.articles", 1)
        time.sleep(2.5)
        self.assertEqual(len(self.site.requests("/story/1")), 1)
        self.assertEqual(daemon.status()["store"]["revisits"], 0)


class Manners(Visits):
    """What a site asks of those who fetch holds for the second look as for the first."""

    def test_robots_txt_is_obeyed_at_a_visit(self):
        self.serve(Answer(200, page(PARAGRAPHS), "text/html"))
        self.site.on("/robots.txt", Answer(200, "User-agent: *\nDisallow: /private/\n", "text/plain"))
        daemon = self.run_newsd("8s 10s")
        self.wait_records("news.articles", 1)
        daemon.stop()
        self.site.on("/robots.txt", Answer(200, "User-agent: newsd\nDisallow: /story/\n", "text/plain"))
        daemon.start()
        self.wait_found(daemon, failed=2)
        self.assertEqual(len(self.site.requests("/story/1")), 1)
        self.assertEqual(daemon.metric("pages_forbidden_total"), 2)
        self.assertEqual(len(self.records("news.articles")), 1)

    def told_to_wait(self, status):
        answers = [Answer(200, page(PARAGRAPHS), "text/html"), Answer(status, "later", "text/plain", headers={"Retry-After": "5"})]
        changed = Answer(200, page(PARAGRAPHS[:-1] + ["Two tugs are to help."]), "text/html")
        self.serve(lambda request: answers.pop(0) if answers else changed)
        daemon = self.run_newsd("1s 2s 3s 12s")
        self.assertIn("Two tugs", self.text(self.wait_records("news.articles", 2)[1]))
        asked = [request.time for request in self.site.requests("/story/1")]
        self.assertGreaterEqual(asked[2] - asked[1], 5)
        self.assertEqual(self.found(daemon)["failed"], 1)
        self.assertFalse([r for r in self.site.requests() if asked[1] + 0.2 < r.time < asked[1] + 5], "nobody asks the host meanwhile")

    def test_a_429_at_a_visit_stops_the_host_for_as_long_as_it_says(self):
        self.told_to_wait(429)

    def test_a_503_at_a_visit_stops_the_host_for_as_long_as_it_says(self):
        self.told_to_wait(503)

    def test_a_page_without_a_tag_is_asked_for_by_its_date(self):
        date = "Tue, 11 Jan 2022 10:33:00 GMT"
        self.serve(lambda request: Answer(304) if request.headers.get("If-Modified-Since") == date
                   else Answer(200, page(PARAGRAPHS), "text/html", headers={"Last-Modified": date}))
        daemon = self.run_newsd("1s 2s")
        self.wait_found(daemon, unchanged=2)
        self.assertEqual([r.status for r in self.site.requests("/story/1")], [200, 304, 304])
        self.assertEqual(len(self.records("news.articles")), 1)

    def test_a_page_that_was_missing_and_came_back_is_not_withdrawn(self):
        here = Answer(200, page(PARAGRAPHS), "text/html")
        answers = [here, Answer(404), here, Answer(404), here]
        self.serve(lambda request: answers.pop(0))
        daemon = self.run_newsd("1s 2s 3s 4s")
        self.wait_found(daemon, missing=2, unchanged=2)
        self.assertEqual(len(self.records("news.articles")), 1)

    def test_visits_keep_the_hosts_gap(self):
        paths = ["/story/%d" % n for n in range(4)]
        for path in paths:
            self.site.on(path, Answer(200, page(["%s tells of %s." % (text, path) for text in PARAGRAPHS]), "text/html"))
        self.site.on("/feed", Answer(200, rss([item(n, link=self.site.url(path)) for n, path in enumerate(paths)])))
        daemon = self.run_newsd("12s", poll={"host-transfers": "1", "host-gap": "1s"})
        self.wait_records("news.articles", 4)
        self.wait_found(daemon, unchanged=4)
        times = sorted(request.time for path in paths for request in self.site.requests(path))
        self.assertEqual(len(times), 8)
        self.assertGreaterEqual(min(after - before for before, after in zip(times, times[1:])), 0.95)

    def test_a_host_that_asks_for_a_pause_holds_up_no_other(self):
        story = page(PARAGRAPHS)
        paused = []
        paths = ["/story/%d" % n for n in range(280)]
        self.site.on("/last", Answer(200, story, "text/html"))
        for path in paths:
            self.site.on(path, lambda request: Answer(429, headers={"Retry-After": "600"}) if paused else Answer(200, story, "text/html"))
        self.site.on("/feed", Answer(200, rss([item(n, link=self.site.url(path)) for n, path in enumerate(paths)])))
        self.site.on("/late", Answer(200, rss([])))
        daemon = self.newsd([self.site.url("/feed"), self.site.url("/late", "localhost")],
                            {"pages": {"policy": "always", "revisit": "20s"}, "poll": {"host-transfers": "8", "host-gap": "0s"}})
        self.wait_records("news.articles", len(paths))
        self.site.on("/late", Answer(200, rss([item(999, link=self.site.url("/last", "localhost"))])))
        self.wait_records("news.articles", len(paths) + 1)
        paused.append(True)
        wait_until(lambda: len(self.site.requests("/last")) == 2, "the visit to the other host", 60)
        refused = sum(request.status == 429 for path in paths for request in self.site.requests(path))
        self.assertLessEqual(refused, 16, "visits to the host that asks for a pause")
        wait_until(lambda: daemon.status()["store"]["revisits"] == 2 * len(paths) - sum(len(self.site.requests(path)) for path in paths),
                   "the store to hold the visits that have not been made", 60)


if __name__ == "__main__":
    unittest.main(verbosity=2)
