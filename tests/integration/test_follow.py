"""Documents that belong to a feed: older pages after a gap (RFC 5005), the sitemaps of an index, gzip files."""
import gzip
import time
import unittest

from harness import NewsdTest, wait_until
from scripted_site import Answer, item, rss

ATOM = '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="%s" href="%s"/>'


class OlderPages(NewsdTest):
    newest = {"poll": {"backfill": "newest:5"}}

    def pages(self, numbers, size=5, rel="prev-archive", first="/feed"):
        """The numbers, newest first, in pages of that size that lead to each other."""
        for page in range(0, (len(numbers) + size - 1) // size):
            part = numbers[page * size:(page + 1) * size]
            older = ATOM % (rel, self.site.url("/page/%d" % (page + 1))) if (page + 1) * size < len(numbers) else ""
            self.site.on(first if page == 0 else "/page/%d" % page, Answer(200, rss([item(n) for n in part], extra=older)))

    def test_T6_what_fell_out_between_two_polls_is_read_from_the_archive(self):
        self.pages(list(range(9, -1, -1)))
        daemon = self.newsd([self.site.url("/feed")], self.newest)
        self.wait_records("news.articles", 5)  # the first document only
        self.assertEqual(self.site.requests("/page/1"), [])
        self.pages(list(range(26, -1, -1)))
        records = self.wait_records("news.articles", 22)
        self.assertEqual({r["value"]["headlines"][0]["value"] for r in records},
                         {"Harbour report number %d" % n for n in range(5, 27)})
        self.assertTrue(daemon.said("feed-gap"))
        # Page 3 holds known entries, and the reading ends there.
        self.assertEqual([len(self.site.requests("/page/%d" % n)) for n in (1, 2, 3, 4, 5)], [1, 1, 1, 0, 0])
        self.assertFalse(any(r["value"]["newsd"]["feed"].get("backfill") for r in records[5:]))
        self.assertEqual(daemon.metric("documents_followed_total"), 3)

    def test_T6_paged_feeds_are_followed_by_rel_next(self):
        self.pages([4, 3, 2, 1, 0], rel="next")
        self.newsd([self.site.url("/feed")], self.newest)
        self.wait_records("news.articles", 5)
        self.pages(list(range(14, -1, -1)), rel="next")
        self.wait_records("news.articles", 15)

    def test_a_first_look_with_backfill_of_all_reads_the_archive(self):
        self.pages(list(range(12, -1, -1)))
        self.newsd([self.site.url("/feed")], {"poll": {"backfill": "all"}})
        records = self.wait_records("news.articles", 13)
        self.assertTrue(all(r["value"]["newsd"]["feed"]["backfill"] for r in records))

    def test_T6_without_a_gap_nothing_older_is_read(self):
        self.pages(list(range(9, -1, -1)))
        self.newsd([self.site.url("/feed")], self.newest)
        self.wait_records("news.articles", 5)
        self.pages(list(range(11, -1, -1)))
        self.wait_records("news.articles", 7)
        time.sleep(2)
        self.assertEqual(self.site.requests("/page/1"), [])

    def test_T6_pages_in_a_circle_and_broken_ones_end_the_reading(self):
        self.pages([4, 3, 2, 1, 0])
        daemon = self.newsd([self.site.url("/feed")], self.newest)
        self.wait_records("news.articles", 5)
        circle = ATOM % ("prev-archive", self.site.url("/page/1"))
        self.site.on("/page/1", Answer(200, rss([item(n) for n in range(20, 25)], extra=circle)))
        self.site.on("/feed", Answer(200, rss([item(n) for n in range(30, 35)], extra=circle)))
        self.wait_records("news.articles", 15)
        self.site.on("/page/9", Answer(200, "<html><body>not here any more</body></html>", "text/html"))
        broken = ATOM % ("prev-archive", self.site.url("/page/9"))
        self.site.on("/feed", Answer(200, rss([item(n) for n in range(40, 45)], extra=broken)))
        self.wait_records("news.articles", 20)
        polls = len(self.site.requests("/feed"))
        wait_until(lambda: len(self.site.requests("/feed")) > polls + 1, "polls go on")
        self.assertEqual(len(self.site.requests("/page/1")), 1)
        self.assertFalse(daemon.said("feed-failing"))


def stamp(seconds_ago):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - seconds_ago))


class Sitemaps(NewsdTest):
    def index(self, *sitemaps):
        self.site.on("/index.xml", Answer(200, '<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">%s'
                                               "</sitemapindex>" % "".join("<sitemap><loc>%s</loc>%s</sitemap>" % (
                                                   url, "<lastmod>%s</lastmod>" % lastmod if lastmod else "") for url, lastmod in sitemaps),
                                          "application/xml"))

    def sitemap(self, path, numbers, packed=False):
        body = '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" ' \
               'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">%s</urlset>' % "".join(
                   "<url><loc>https://news.example/%d</loc><news:news><news:publication><news:name>Harbour</news:name><news:language>en"
                   "</news:language></news:publication><news:publication_date>%s</news:publication_date><news:title>Harbour report number "
                   "%d</news:title></news:news></url>" % (n, stamp(60), n) for n in numbers)
        self.site.on(path, Answer(200, gzip.compress(body.encode()) if packed else body,
                                  "application/gzip" if packed else "application/xml"))

    def test_the_sitemaps_of_an_index_are_read_and_not_taken_for_articles(self):
        self.sitemap("/news.xml.gz", [1, 2], packed=True)
        self.sitemap("/today.xml", [3])
        self.sitemap("/last-year.xml", [4])
        self.index((self.site.url("/news.xml.gz"), stamp(30)), (self.site.url("/today.xml"), None),
                   (self.site.url("/last-year.xml"), stamp(86400 * 400)), ("https://advertising.example/a.xml", stamp(5)))
        self.newsd([self.site.url("/index.xml")])
        records = self.wait_records("news.articles", 3)
        self.assertEqual({r["value"]["headlines"][0]["value"] for r in records}, {"Harbour report number %d" % n for n in (1, 2, 3)})
        self.assertTrue(all(r["value"]["newsd"]["feed"]["backfill"] for r in records))
        self.assertEqual(self.site.requests("/last-year.xml"), [])
        time.sleep(1.1)
        self.sitemap("/news.xml.gz", [5, 1, 2], packed=True)
        self.index((self.site.url("/news.xml.gz"), stamp(0)))
        records = self.wait_records("news.articles", 4)
        self.assertFalse(records[3]["value"]["newsd"]["feed"].get("backfill", False))
        self.assertEqual({r["headers"]["ce_source"] for r in records}, {self.site.url("/index.xml")})


if __name__ == "__main__":
    unittest.main(verbosity=2)
