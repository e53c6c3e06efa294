"""WebSub (W3C Recommendation, 2018) against a hub of the tests' own. The classes Discovery, Subscription and Distribution
follow the checks of the Recommendation's implementation report for subscribers (README.md here has the table); discovery from HTML
pages is the business of `newsd feeds add`, which looks at pages: a polled feed is never one."""
import json
import os
import re
import socket
import time
import unittest
import urllib.parse

from harness import NEWSD, NewsdTest, wait_until
from mock_hub import Hub, call
from scripted_site import Answer, item, rss

SANITIZED = re.search(r"asan|tsan", os.path.realpath(NEWSD)) is not None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class WebSubTest(NewsdTest):
    def setUp(self):
        super().setUp()
        self.port = free_port()
        self.callback = "http://127.0.0.1:%d/hook/" % self.port
        self.hub = Hub(self.site)
        self.topic = self.site.url("/feed")
        self.entries = [item(0)]

    def serve(self, path="/feed", hub=None, topic=None, headers=None, inline=True):
        """A feed that names its hub in its document, or in its headers."""
        links = '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="%s"/>' \
                '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="%s"/>' % (hub or self.hub.url, topic or self.topic)
        self.site.on(path, lambda request: Answer(200, rss(self.entries, extra=links if inline else ""), headers=headers))

    def start(self, feeds=None, poll=None, **websub):
        options = {"websub": {"listen": "127.0.0.1:%d" % self.port, "callback": self.callback,
                              **{name.replace("_", "-"): value for name, value in websub.items()}},
                   "poll": dict({"interval-min": "1s", "interval-default": "1s", "interval-max": "1s"}, **(poll or {}))}
        return self.newsd(feeds or [self.site.url("/feed")], options)

    def subscribed(self, topic=None, hub=None):
        hub = hub or self.hub
        return wait_until(lambda: hub.subscriptions.get(topic or self.topic), "the subscription is verified")

    def push(self, number, **how):
        return self.hub.deliver(self.topic, rss([item(number)]), **how)


class Discovery(WebSubTest):
    def test_http_header_discovery(self):
        self.serve(inline=False, headers={"Link": '<%s>; rel="hub", <%s>; rel="self"' % (self.hub.url, self.topic)})
        self.start()
        self.subscribed()

    def test_rss_feed_discovery(self):
        self.serve()
        self.start()
        self.subscribed()

    def test_atom_feed_discovery(self):
        self.site.on("/feed", Answer(200, '<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour</title><id>urn:harbour</id>'
                                          '<updated>2022-01-11T10:33:00Z</updated><link rel="hub" href="%s"/><link rel="self" '
                                          'href="%s"/></feed>' % (self.hub.url, self.topic), "application/atom+xml"))
        self.start()
        self.subscribed()

    def test_http_headers_go_before_the_document(self):
        other = Hub(self.site, "/other-hub")
        self.serve(headers={"Link": '<%s>; rel="hub"' % other.url})
        self.start()
        self.subscribed(hub=other)
        self.assertEqual(self.hub.requests, [])

    def test_relative_links_of_a_header(self):
        self.serve(inline=False, headers={"Link": '<hub>; rel="hub", </feed>; rel="self"'})
        self.start()
        self.subscribed()

    def test_relative_links_of_a_document(self):
        self.serve(hub="hub", topic="feed")
        self.start()
        self.subscribed()


class Subscription(WebSubTest):
    def test_a_subscription_is_made(self):
        self.serve()
        daemon = self.start()
        self.subscribed()
        request = self.hub.requests[0]
        self.assertEqual(request["hub.mode"], "subscribe")
        self.assertEqual(request["hub.topic"], self.topic)
        self.assertTrue(request["hub.callback"].startswith(self.callback))
        wait_until(lambda: daemon.metric("websub_subscriptions") == 1, "it is counted")
        self.assertTrue(daemon.said("websub-subscribed"))

    def test_a_topic_that_reports_another_self(self):
        self.topic = self.site.url("/the-canonical-feed")
        self.serve()
        self.start()
        self.subscribed(self.topic)

    def test_a_topic_behind_a_temporary_redirect(self):
        self.serve()
        self.site.on("/old", Answer(302, headers={"Location": "/feed"}))
        self.start([self.site.url("/old")])
        self.subscribed()

    def test_a_topic_behind_a_permanent_redirect(self):
        self.serve()
        self.site.on("/old", Answer(301, headers={"Location": "/feed"}))
        self.start([self.site.url("/old")])
        self.subscribed()

    def redirected_hub(self, status):
        self.site.on("/old-hub", Answer(status, headers={"Location": "/hub"}))
        self.serve(hub=self.site.url("/old-hub"))
        self.start()
        self.subscribed()

    def test_a_hub_behind_a_temporary_redirect(self):
        self.redirected_hub(307)

    def test_a_hub_behind_a_permanent_redirect(self):
        self.redirected_hub(308)

    def test_a_hub_behind_the_older_temporary_redirect_is_posted_to(self):
        self.redirected_hub(302)

    def test_a_hub_behind_the_older_permanent_redirect_is_posted_to(self):
        self.redirected_hub(301)

    def test_a_verification_of_another_topic_is_refused(self):
        self.hub.verify = False
        self.serve()
        self.start()
        request = wait_until(lambda: self.hub.requests and self.hub.requests[0], "the request")
        self.assertEqual(self.hub.intent(request, topic=self.site.url("/another"))[0], 404)
        self.assertEqual(self.hub.intent(request, mode="unsubscribe")[0], 404)
        self.assertEqual(call("GET", self.callback + "0" * 32 + "?hub.mode=subscribe&hub.topic=x&hub.challenge=y")[0], 404)
        status, body, challenge = self.hub.intent(request)
        self.assertEqual((status, body), (200, challenge))

    def test_a_secret_and_a_lease_are_asked_for(self):
        self.serve()
        self.start(lease="5d")
        request = self.subscribed()
        self.assertEqual(request["hub.lease_seconds"], str(5 * 86400))
        self.assertIn(len(request["hub.secret"]), range(32, 200))

    def test_callbacks_are_unique_and_cannot_be_guessed(self):
        second = self.site.url("/second")
        self.serve()
        self.serve("/second", topic=second)
        self.start([self.topic, second])
        one, two = self.subscribed(), self.subscribed(second)
        self.assertNotEqual(one["hub.callback"], two["hub.callback"])
        self.assertNotEqual(one["hub.secret"], two["hub.secret"])
        self.assertGreaterEqual(len(one["hub.callback"].rsplit("/", 1)[1]), 32)

    def test_a_removed_feed_is_unsubscribed(self):
        self.serve()
        self.site.on("/other", Answer(200, rss([item(99)])))
        daemon = self.start([self.topic, self.site.url("/other")])
        self.subscribed()
        daemon.write([self.site.url("/other")])
        daemon.signal(1)
        wait_until(lambda: [r for r in self.hub.requests if r["hub.mode"] == "unsubscribe"], "the unsubscription")
        wait_until(lambda: not self.hub.subscriptions, "its verification")
        self.assertEqual(call("POST", self.hub.requests[0]["hub.callback"], "late", {})[0], 410)

    def test_a_denial_is_taken_and_said(self):
        self.hub.verify = False
        self.serve()
        daemon = self.start()
        request = wait_until(lambda: self.hub.requests and self.hub.requests[0], "the request")
        self.assertEqual(self.hub.intent(request, mode="denied", reason="not for you")[0], 200)
        self.assertIn("not for you", wait_until(lambda: daemon.said("websub-denied"), "the denial in the log")[0])

    def test_a_lease_is_renewed_with_the_same_names(self):
        self.hub.lease = 4
        self.serve()
        self.start()
        first = self.subscribed()
        wait_until(lambda: len(self.hub.requests) >= 3, "two renewals")
        self.assertEqual({(r["hub.callback"], r["hub.secret"]) for r in self.hub.requests},
                         {(first["hub.callback"], first["hub.secret"])})
        self.assertEqual(self.push(1), 202)

    def test_a_denial_of_another_topic_is_refused(self):
        self.serve()
        daemon = self.start()
        fields = self.subscribed()
        self.assertEqual(self.hub.intent(fields, mode="denied", topic=self.site.url("/another"))[0], 404)
        self.assertEqual(daemon.metric("websub_subscriptions"), 1)
        self.assertEqual(self.hub.intent(fields, mode="denied")[0], 200)
        wait_until(lambda: daemon.metric("websub_subscriptions") == 0, "what ran has ended")

    def test_a_lease_longer_than_asked_for_is_taken(self):
        self.hub.lease = 100 * 86400
        self.serve()
        daemon = self.start(lease="1d")
        self.subscribed()
        wait_until(lambda: daemon.metric("websub_subscriptions") == 1, "it is verified")
        time.sleep(2)
        self.assertEqual(len(self.hub.requests), 1)

    def test_a_hub_that_refuses_is_asked_again_later(self):
        self.hub.answer = lambda fields: Answer(403, "not now", "text/plain")
        self.serve()
        self.start()
        wait_until(lambda: self.hub.requests, "the request")
        self.hub.answer = None
        self.subscribed()
        self.assertGreater(len(self.hub.requests), 1)

    def test_a_hub_that_fails_is_asked_again_and_then_the_next_one(self):
        self.hub.answer = lambda fields: Answer(500)
        second = Hub(self.site, "/second-hub")
        both = '<%s>; rel="hub", <%s>; rel="hub", <%s>; rel="self"' % (self.hub.url, second.url, self.topic)
        self.serve(inline=False, headers={"Link": both})
        self.start()
        self.subscribed(hub=second)
        self.assertGreater(len(self.hub.requests), 1)

    def test_a_restart_keeps_the_subscription(self):
        self.serve()
        daemon = self.start()
        self.subscribed()
        daemon.stop()
        daemon.start()
        wait_until(lambda: daemon.metric("websub_subscriptions") == 1, "it is known again")
        self.assertEqual(self.push(1), 202)
        self.wait_records("news.articles", 2)
        self.assertEqual(len(self.hub.requests), 1)


class Distribution(WebSubTest):
    """Polls are an hour apart here, so that what arrives came by push."""

    def setUp(self):
        super().setUp()
        self.serve()
        self.daemon = self.start(poll={"interval-min": "1h", "interval-default": "1h", "interval-max": "1h"})
        self.subscribed()
        self.wait_records("news.articles", 1)

    def test_a_delivery_becomes_a_record_at_once(self):
        self.assertEqual(self.push(1), 202)
        record = self.wait_records("news.articles", 2)[1]
        self.assertEqual(record["headers"]["ce_source"], self.topic)
        self.assertFalse(record["value"]["newsd"]["feed"].get("backfill", False))
        self.assertEqual(len(self.site.requests("/feed")), 1)
        self.assertEqual(self.daemon.metric("websub_pushes_total"), 1)

    def test_signatures_of_four_methods(self):
        for number, method in enumerate(("sha1", "sha256", "sha384", "sha512"), 1):
            self.assertEqual(self.push(number, method=method), 202)
        self.wait_records("news.articles", 5)

    def test_a_delivery_with_a_wrong_or_no_signature_is_discarded(self):
        for how in ({"signature": "sha256=" + "0" * 64}, {"method": None}, {"signature": "md5=" + "0" * 32}, {"signature": "sha256="}):
            self.assertEqual(self.push(1, **how), 202)
        self.assertEqual(self.daemon.metric("websub_pushes_discarded_total"), 4)
        self.push(2)
        records = self.wait_records("news.articles", 2)
        self.assertEqual(len(records), 2)

    def test_a_delivery_in_another_format_than_the_feeds(self):
        feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Harbour", "items": [
            {"id": "json-1", "url": "https://news.example/json/1", "title": "By another format",
             "content_text": "The harbour office said on Tuesday that the ship had left."}]}
        self.assertEqual(self.hub.deliver(self.topic, json.dumps(feed), type="application/feed+json"), 202)
        atom = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour</title><id>urn:harbour</id><entry><id>atom-1</id>' \
               '<title>By a third</title><link href="https://news.example/atom/1"/><updated>2022-01-11T10:33:00Z</updated>' \
               '<content>The ship came back on Wednesday, said the office.</content></entry></feed>'
        self.assertEqual(self.hub.deliver(self.topic, atom, type="text/plain"), 202)
        titles = {record["value"]["headlines"][0]["value"] for record in self.wait_records("news.articles", 3)}
        self.assertLessEqual({"By another format", "By a third"}, titles)

    def test_the_charset_of_a_delivery_counts(self):
        title = "\u0413\u0430\u0432\u0430\u043d\u044c"  # no guess reads it from KOI8-R
        body = rss([item(1, title=title)]).replace(' encoding="UTF-8"', "").encode("koi8-r")
        self.assertEqual(self.hub.deliver(self.topic, body, type="text/xml; charset=koi8-r"), 202)
        titles = {record["value"]["headlines"][0]["value"] for record in self.wait_records("news.articles", 2)}
        self.assertIn(title, titles)

    def test_a_delivery_without_a_type(self):
        self.assertEqual(self.hub.deliver(self.topic, rss([item(1)]), type=None), 202)
        self.wait_records("news.articles", 2)

    def test_a_delivery_to_an_unknown_callback_is_gone(self):
        self.assertEqual(self.push(1, callback=self.callback + "f" * 32), 410)

    def test_a_delivery_twice_and_a_revised_one(self):
        self.push(1)
        self.wait_records("news.articles", 2)
        self.push(1)
        self.hub.deliver(self.topic, rss([item(1, title="Harbour report number 1, corrected")]))
        records = self.wait_records("news.articles", 3)
        self.assertEqual(records[2]["headers"]["ce_type"], "org.newsd.article.revised")
        self.assertEqual(len(records), 3)

    def test_a_body_over_its_limit_is_refused_and_harms_nothing(self):
        with self.assertRaises((AssertionError, OSError)):
            self.assertEqual(self.hub.deliver(self.topic, "x" * (4 << 20)), 202)
        self.assertEqual(self.push(1), 202)
        self.wait_records("news.articles", 2)

    def test_many_deliveries_at_once_all_arrive(self):
        for number in range(1, 41):
            while self.push(number) == 503: # what a hub does: it comes again
                time.sleep(0.2)
        keys = {r["key"] for r in self.wait_records("news.articles", 41)}
        self.assertEqual(len(keys), 41)


class Trust(WebSubTest):
    def test_polls_become_an_audit_when_the_hub_delivers(self):
        self.serve()
        self.start()
        self.subscribed()
        wait_until(lambda: len(self.site.requests("/feed")) >= 3, "polls at the feed's own interval")
        self.entries.insert(0, item(1))
        self.push(1)
        self.wait_records("news.articles", 2)
        time.sleep(2.5)  # the poll under way and the proving one
        polls = len(self.site.requests("/feed"))
        time.sleep(3)
        self.assertLessEqual(len(self.site.requests("/feed")), polls + 1)

    def test_a_hub_that_stops_delivering_is_demoted(self):
        self.serve()
        daemon = self.start(audit="2s", grace="1s")
        self.subscribed()
        self.push(1)
        self.wait_records("news.articles", 2)
        self.entries[:0] = [item(1)]
        time.sleep(3)
        self.entries[:0] = [item(2)]
        wait_until(lambda: daemon.said("websub-demoted"), "the demotion in the log")
        polls = len(self.site.requests("/feed"))
        wait_until(lambda: len(self.site.requests("/feed")) > polls + 2, "polls at the old interval")

    def test_a_hint_without_a_document_leads_to_a_poll(self):
        self.serve()
        daemon = self.start()
        self.subscribed()
        self.entries.insert(0, item(1))
        self.assertEqual(self.hub.deliver(self.topic, "ping"), 202)
        self.wait_records("news.articles", 2)
        self.assertFalse(daemon.said("feed-failing"))


class Outages(WebSubTest):
    def test_while_the_outbox_is_full_hubs_are_asked_to_come_again(self):
        if not self.broker:
            self.skipTest("needs the mock broker's commands")
        self.serve()
        self.entries = [item(number) for number in range(60)]
        self.broker.tell("down")
        options = {"websub": {"listen": "127.0.0.1:%d" % self.port, "callback": self.callback},
                   "store": {"outbox-high": "20", "outbox-hard": "40"}}
        daemon = self.newsd([self.topic], options)
        self.subscribed()
        wait_until(lambda: daemon.said("polling waits"), "back-pressure")
        self.assertEqual(self.push(100), 503)
        self.broker.tell("up")
        wait_until(lambda: self.push(100) == 202, "it is taken")
        self.wait_records("news.articles", 61)


class Strangers(WebSubTest):
    """What somebody who is no hub may take of the listener."""

    def connect(self):
        connection = socket.create_connection(("127.0.0.1", self.port), 5)
        connection.settimeout(10)
        return connection

    def memory(self, daemon):
        if SANITIZED:  # a sanitizer keeps what is freed for a while: its memory says nothing
            return 0
        with open("/proc/%d/status" % daemon.process.pid) as file:
            return int(re.search(r"^VmRSS:\s+(\d+) kB", file.read(), re.M).group(1)) // 1024

    def head(self, path, length):
        return ("POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/rss+xml\r\nContent-Length: %d\r\n\r\n" % (path, length)).encode()

    def answer(self, connection):
        """The answer up to the end of the connection."""
        said = b""
        try:
            while chunk := connection.recv(65536):
                said += chunk
        except ConnectionResetError:
            pass
        return said

    def test_a_body_nobody_asked_for_is_refused_at_its_head(self):
        self.serve()
        daemon = self.start()
        self.subscribed()
        with self.connect() as connection:
            connection.sendall(self.head("/hook/nobody", 3000000))  # and not a byte of it
            self.assertIn(b"410 Gone", self.answer(connection))
        before, connections = self.memory(daemon), []
        for _ in range(100):
            connection = self.connect()
            connections.append(connection)
            connection.sendall(self.head("/hook/nobody", 3000000))
        for connection in connections:
            connection.settimeout(0.2)
            try:
                connection.sendall(b"x" * 1000000)
            except OSError:
                pass
        self.assertLess(self.memory(daemon), before + 40)
        for connection in connections:
            connection.close()
        self.push(1)
        self.wait_records("news.articles", 2)

    def test_bodies_that_wait_for_their_end_have_a_limit_together(self):
        self.serve()
        daemon = self.start(body_max="1M")
        callback = urllib.parse.urlsplit(self.subscribed()["hub.callback"]).path
        before, connections, refused = self.memory(daemon), [], 0
        for _ in range(60):
            connection = self.connect()
            connections.append(connection)
            connection.sendall(self.head(callback, 900000) + b"x" * 800000)
        time.sleep(1)
        for connection in connections:
            connection.settimeout(1)
            try:
                refused += b" 503 " in connection.recv(1000)
            except OSError:
                pass
        self.assertGreaterEqual(refused, 50)
        self.assertLess(self.memory(daemon), before + 32)
        for connection in connections:
            connection.close()
        wait_until(lambda: self.push(1) in (200, 202), "the hub gets through again")
        self.wait_records("news.articles", 2)

    def test_connections_have_a_limit_and_a_place_becomes_free_again(self):
        self.serve()
        self.start()
        self.subscribed()
        connections = [self.connect() for _ in range(256)]
        time.sleep(0.5)
        with self.connect() as one_more:
            self.assertIn(b" 503 ", self.answer(one_more))
        for connection in connections:
            connection.close()
        time.sleep(0.5)
        self.push(1)
        self.wait_records("news.articles", 2)


if __name__ == "__main__":
    unittest.main(verbosity=2)
