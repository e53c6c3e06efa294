"""What a host asks for holds for every request of newsd's, whatever it was for."""
import socket
import time
import unittest

from harness import NewsdTest, wait_until
from scripted_site import Answer, item, rss

BUSY = Answer(429, "slow down", "text/plain", headers={"Retry-After": "60"})


class Pauses(NewsdTest):
    def run_with(self, busy, feed="/feed", **pages):
        """Starts newsd with this path busy; afterwards nothing of the host is asked, and one line says so."""
        self.site.on(busy, BUSY)
        daemon = self.newsd([self.site.url(feed)], {"pages": dict({"policy": "never"}, **pages)})
        wait_until(lambda: self.site.requests(busy), "the busy address is asked")
        wait_until(lambda: daemon.said("asks for a pause of 60 s"), "the pause in the log")
        asked = len(self.site.requests(feed))
        time.sleep(3)  # three polls would fit in here
        self.assertLessEqual(len(self.site.requests(feed)), asked + 1)  # one may have been under way
        self.assertEqual(len(daemon.said("asks for a pause of 60 s")), 1)
        self.assertIn('"host":"127.0.0.1', daemon.said("asks for a pause of 60 s")[0].replace(" ", ""))

    def serve(self, link):
        self.site.on("/feed", lambda request: Answer(200, rss([item(1, link=self.site.url(link), text="As of %.3f" % time.time())])))

    def test_S7_an_articles_page(self):
        self.serve("/story/1")
        self.site.on("/robots.txt", Answer(404, "", "text/plain"))
        self.run_with("/story/1", policy="always")

    def test_S7_a_robots_txt(self):
        self.serve("/story/1")
        self.run_with("/robots.txt", policy="always", robots="yes")

    def test_S7_a_document_that_follows_another(self):
        self.site.on("/index.xml", lambda request: Answer(
            200, '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>%s</loc></sitemap></sitemapindex>'
            % self.site.url("/map.xml")))
        self.run_with("/map.xml", feed="/index.xml")

    def test_S7_a_hub(self):
        hub = self.site.url("/hub")
        self.site.on("/feed", lambda request: Answer(200, rss(
            [item(1, text="As of %.3f" % time.time())],
            extra='<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="%s"/><atom:link xmlns:atom="http://www.w3.org/2005/Atom"'
                  ' rel="self" href="%s"/>' % (hub, self.site.url("/feed")))))
        self.site.on("/hub", BUSY)
        daemon = self.newsd([self.site.url("/feed")], {"websub": {"listen": "127.0.0.1:%d" % self.free_port(),
                                                                  "callback": "http://127.0.0.1:1/hook/"}})
        wait_until(lambda: daemon.said("asks for a pause of 60 s"), "the pause in the log")
        asked = len(self.site.requests("/feed"))
        time.sleep(3)
        self.assertLessEqual(len(self.site.requests("/feed")), asked + 1)

    def free_port(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return probe.getsockname()[1]


if __name__ == "__main__":
    unittest.main(verbosity=2)
