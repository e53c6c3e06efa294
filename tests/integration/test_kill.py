"""SIGKILL at random moments: no item is lost, and after reconciliation none is there twice.

NEWSD_KILL_ROUNDS sets the number of rounds (5 by default, 100 in CI, 1 000 by hand).
"""
import os
import random
import threading
import time
import unittest

from harness import NewsdTest, wait_until
from scripted_site import Answer, item, rss

ROUNDS = int(os.environ.get("NEWSD_KILL_ROUNDS", "5"))


class Kill(NewsdTest):
    options = {"poll": {"interval-min": "1s", "interval-default": "1s", "interval-max": "1s"},
               "stages": {"tags": "off"}}  # thousands of items: what the texts say is not asked here

    def test_nothing_is_lost_and_nothing_comes_twice(self):
        chance = random.Random(20220111)
        served, window, lock = [0], 10 ** 9, threading.Lock()
        feeds = 4

        def feed(number):
            def route(request):
                with lock:
                    newest = served[0]
                return Answer(200, rss([item(n, link="https://news.example/%d/%d" % (number, n), guid="%d-%d" % (number, n))
                                        for n in range(max(0, newest - window), newest + 1)], title="Feed %d" % number))
            return route

        for number in range(feeds):
            self.site.on("/%d" % number, feed(number))
        daemon = self.newsd([self.site.url("/%d" % n) for n in range(feeds)], start=False)
        for _ in range(ROUNDS):
            daemon.lines.clear()
            daemon.start(ready=False)
            end = time.time() + chance.uniform(0.05, 1.2)
            while time.time() < end:
                with lock:
                    served[0] += 1
                time.sleep(0.1)
            daemon.kill()
        daemon.lines.clear()
        daemon.start()
        with lock:
            last = served[0]
        # Nothing ever leaves the documents, so every item that was served must arrive.
        wanted = {"https://news.example/%d/%d" % (f, n) for f in range(feeds) for n in range(max(0, last - window), last + 1)}

        def missing():
            self.got = self.records("news.articles")
            return not wanted - {r["headers"]["ce_subject"] for r in self.got}

        wait_until(missing, "every served item on Kafka", 60)
        wait_until(lambda: daemon.metric("outbox_rows") == 0 and daemon.metric("intake_rows") == 0, "an empty outbox")
        self.got = self.records("news.articles")
        ids = [r["headers"]["ce_id"] for r in self.got]
        duplicates = len(ids) - len(set(ids))
        print("kill: %d rounds, %d records, %d duplicates" % (ROUNDS, len(ids), duplicates))
        self.assertEqual(duplicates, 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
