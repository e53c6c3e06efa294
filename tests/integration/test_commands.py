"""The command line: demo, feed, extract, feed lists, tail, metrics on a TCP port, retry. Everything printed is validated."""
import json
import os
import signal
import socket
import sqlite3
import subprocess
import tempfile
import unittest

from harness import NEWSD, NewsdTest, validate_records, wait_until
from scripted_site import Answer, item, rss

STORY = """KYIV, Ukraine (AP) - Ferry crews on the Dnipro returned to work on Tuesday after nine days, the port authority said.

"The boats will run as before," said harbour master Olena Hrytsenko. Two lines stay closed until spring."""


def run(*arguments, input=None, seconds=120):
    done = subprocess.run([NEWSD, *arguments], capture_output=True, timeout=seconds, input=input)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


class Commands(NewsdTest):
    def valid_article(self, value):
        problems = validate_records.validate_value("article-1", value)
        self.assertEqual(problems, [])
        return value

    def put(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w") as file:
            file.write(text)
        return path

    def test_the_demo_shows_every_expected_record_and_all_are_valid(self):
        code, printed, said = run("demo", "--once", "--json")
        self.assertEqual(code, 0, said)
        records = [json.loads(line) for line in printed.splitlines()]
        for record in records:
            self.assertEqual(validate_records.validate(record), [], record["key"])
        types = {record["headers"]["ce_type"].rpartition(".")[2] for record in records}
        self.assertLessEqual({"published", "revised", "withdrawn", "status"}, types)
        states = {record["value"]["status"] for record in records if record["topic"] == "news.feeds"}
        self.assertLessEqual({"ok", "failing", "recovered"}, states)

    def test_extract_reads_text_html_a_url_and_json_lines(self):
        code, printed, said = run("extract", self.put("story.txt", STORY))
        self.assertEqual(code, 0, said)
        article = self.valid_article(json.loads(printed))
        self.assertEqual(article["located"], "Kyiv")
        body, (start, end) = article["bodies"][0]["value"], article["newsd"]["dateline"]["span"]
        self.assertTrue(body[start:end].startswith("KYIV"))
        self.assertEqual(len(article["newsd"]["sentences"]), 3)

        page = "<html lang=en><head><title>Ferries | Post</title><meta property=og:title content=Ferries></head><body><nav>Menu</nav><article><h1>Ferries</h1>" \
               + "".join("<p>%s</p>" % p for p in STORY.replace('"', "&quot;").split("\n\n")) + "</article></body></html>"
        self.site.on("/page", Answer(200, page, "text/html"))
        code, printed, said = run("extract", self.site.url("/page"))
        self.assertEqual(code, 0, said)
        article = self.valid_article(json.loads(printed))
        self.assertIn("Ferry crews", article["bodies"][0]["value"])
        self.assertNotIn("Menu", article["bodies"][0]["value"])

        lines = [{"id": "a", "url": "https://news.example/a", "date": "2022-01-11", "title": "A", "text": STORY}, {"id": "b", "html": "<p>Kurz und gut ist der Text.</p>"}]
        code, printed, said = run("extract", "--jsonl", "-", input="\n".join(map(json.dumps, lines)).encode())
        self.assertEqual(code, 0, said)
        articles = [self.valid_article(json.loads(line)) for line in printed.splitlines()]
        self.assertEqual(len(articles), 2)
        self.assertEqual(articles[1]["language"], "de")

    def test_what_is_planned_is_an_event_of_the_standard(self):
        text = "GENEVA (AP) - Russian Foreign Minister Sergei Lavrov will meet US Secretary of State Antony Blinken in Geneva on Friday, the Kremlin " \
               "said. France met Germany in Stockholm last month."
        code, printed, said = run("extract", "--text", "--date", "2022-01-19", self.put("plan.txt", text))
        self.assertEqual(code, 0, said)
        article = self.valid_article(json.loads(printed))
        planned = [event["id"] for event in article["newsd"]["events"] if event["modality"] == "planned"]
        self.assertEqual([event["id"] for event in article["events"]], planned)
        self.assertEqual(article["events"][0]["rel"], "planned")
        for part in ("Sergei Lavrov", "Antony Blinken", "meet", "2022-01-21", "Geneva"):
            self.assertIn(part, article["events"][0]["name"])

    def test_extract_of_a_bad_line_names_it_and_goes_on(self):
        code, printed, said = run("extract", "--jsonl", "-", input=b'{"text":"One."}\nnot json\n{"text":"Two."}\n')
        self.assertNotEqual(code, 0)
        self.assertEqual(len(printed.splitlines()), 2)
        self.assertEqual(json.loads(said.splitlines()[0])["line"], 2)

    def test_page_prints_what_a_page_says(self):
        html = "<html lang=en><head><title>Ferries | Post</title><meta property=article:published_time content='2022-01-10T23:30:00Z'></head>" \
               "<body><nav><a href=/>Menu</a></nav><article><h1>Ferries sail again</h1><p>By Ann Lee, January 11, 2022</p>" \
               + "".join("<p>%s</p>" % p for p in STORY.replace('"', "&quot;").split("\n\n")) + "<h2>What comes</h2><p>" + STORY[28:140] + "</p></article></body></html>"
        path = self.put("page.html", html)
        self.site.on("/page", Answer(200, html, "text/html"))
        code, printed, said = run("page", "--pretty", self.site.url("/page"))
        self.assertEqual(code, 0, said)
        page = json.loads(printed)
        self.assertEqual((page["outcome"], page["title"], page["authors"]), ("article", "Ferries sail again", ["Ann Lee"]))
        self.assertEqual((page["published"], page["language"], page["url"]), ("2022-01-11T00:30:00+01:00", "en", self.site.url("/page")))
        self.assertNotIn("Menu", page["text"])
        for block in page["blocks"]:
            start, end = block["span"]
            self.assertEqual(page["text"][start:end], block["text"])
        self.assertIn({"kind": "h", "level": 2, "text": "What comes"}, [{k: b[k] for k in b if k != "span"} for b in page["blocks"]])

        lines = f"{path}\thttps://post.example/a\n/nowhere/page.html\n{path}\n"
        code, printed, said = run("page", "--stream", input=lines.encode())
        self.assertEqual(code, 0, said)
        first, fault, last = [json.loads(line) for line in printed.splitlines()]
        self.assertEqual((first["url"], first["text"]), ("https://post.example/a", page["text"]))
        self.assertEqual((fault["outcome"], last["text"]), ("error", page["text"]))
        self.assertIn("/nowhere/page.html", fault["error"])
        self.site.on("/asks", Answer(200, html, "text/html", headers={"X-Robots-Tag": "noai"}))
        for arguments, asked in ((("--header", "X-Robots-Tag: noai", "--header", "TDM-Reservation: 1", path), ["noai", "tdm-reservation"]),
                                 ((path,), []), ((self.site.url("/asks"),), ["noai"]), (("--header", "X-Robots-Tag: nosnippet", self.site.url("/asks")), ["noai", "nosnippet"])):
            code, printed, said = run("page", *arguments)
            self.assertEqual((code, json.loads(printed)["opt_out"]), (0, asked), said)
        os.makedirs(os.path.join(self.folder, "rules", "sites.d"), exist_ok=True)
        config = self.put("rules/newsd.conf", "")
        self.put("rules/sites.d/a.conf", "[post.example]\ncontainer = h2\nauthor = .none\ncontianer = p\n[*.example]\ncontainer = .none\n")
        code, printed, said = run("page", "-c", config, "--url", "https://post.example/a", path)
        self.assertEqual((code, json.loads(printed)["text"], json.loads(printed)["authors"]), (0, "What comes", ["Ann Lee"]), said)
        self.assertIn("a.conf:4: warning: there is no key contianer; did you mean container?", said)
        code, printed, said = run("page", "-c", config, "--url", "https://www.post.example/a", path)
        self.assertEqual((code, json.loads(printed)["text"]), (0, page["text"]), said)
        self.assertIn("the container of the site's rule is not on the page", printed)
        for wrong in ((), ("a", "b"), ("--header", "no colon", "a"), ("--stream", "--header", "a: b"), ("--stream", "a"), ("--stream", "--url", "b"), ("--nothing", "a")):
            self.assertEqual(run("page", *wrong)[0], 64)
        self.assertEqual(run("page", "/nowhere/page.html")[0], 66)

    def test_feed_prints_json_and_says_what_is_no_feed(self):
        self.site.on("/feed", Answer(200, rss([item(1)])))
        code, printed, said = run("feed", self.site.url("/feed"))
        self.assertEqual(code, 0, said)
        self.assertEqual(json.loads(printed)["format"], "rss-2.0")
        code, printed, said = run("feed", self.put("page.html", "<!DOCTYPE html><html></html>"))
        self.assertEqual((code, printed), (1, ""))
        self.assertIn("HTML", said)

    def test_feed_lists_are_added_to_exported_imported_and_removed_from(self):
        daemon = self.newsd([self.site.url("/a")], start=False)
        config = ["-c", daemon.config]
        self.assertEqual(run("feeds", *config, "add", "--unchecked", "https://news.example/rss?a=1&b=2")[0], 0)
        listed = run("feeds", *config, "list")[1]
        self.assertIn("https://news.example/rss?a=1&b=2", listed)
        exported = run("feeds", *config, "export")[1]
        self.assertIn("<opml", exported)
        opml = self.put("all.opml", exported)
        self.assertEqual(run("feeds", *config, "remove", "https://news.example/rss?a=1&b=2")[0], 0)
        self.assertNotIn("a=1", run("feeds", *config, "list")[1])
        self.assertEqual(run("feeds", *config, "import", opml)[0], 0)
        self.assertIn("https://news.example/rss?a=1&b=2", run("feeds", *config, "list")[1])
        self.assertEqual(run("check", *config)[0], 0)

    def test_status_names_silent_and_moved_feeds(self):
        url = {name: self.site.url("/" + name) for name in ("well", "silent", "moved", "failing")}
        for name in ("well", "silent", "moved"):
            self.site.on("/" + name, Answer(200, rss([item(1)])))
        daemon = self.newsd(list(url.values()))
        wait_until(lambda: daemon.status()["feeds"]["ok"] == 3, "three answer")
        daemon.stop()
        with sqlite3.connect(os.path.join(daemon.folder, "state", "newsd.db")) as database:
            database.execute("UPDATE feeds SET next_poll_ms = 4102444800000")  # no poll changes what is set here
            database.execute("UPDATE feeds SET status = 3, last_new_ms = 1641000000000 WHERE url = ?", (url["silent"],))
            database.execute("UPDATE feeds SET moved_to = ? WHERE url = ?", (self.site.url("/well"), url["moved"]))
        database.close()
        daemon.options["poll"].update({"interval-min": "1h", "interval-default": "1h", "interval-max": "1d"})
        daemon.write(list(url.values()))
        daemon.start()
        status = daemon.status()
        self.assertEqual([feed["url"] for feed in status["silent"]], [url["silent"]])
        self.assertEqual(status["silent"][0]["last_new"][:4], "2022")
        self.assertEqual([(feed["url"], feed["moved_to"]) for feed in status["moved"]], [(url["moved"], self.site.url("/well"))])
        code, printed, said = run("status", "-c", daemon.config)
        self.assertEqual(code, 0, said)
        self.assertRegex(printed, r"silent     %s: since \S+; the last new entry came 2022-01-01" % url["silent"])
        self.assertIn("moved      %s: to %s\n" % (url["moved"], self.site.url("/well")), printed)

    def test_status_names_feeds_whose_articles_wait_for_pages(self):
        self.site.on("/feed", Answer(200, rss([item(n, link=self.site.url("/page/%d" % n)) for n in range(1, 8)])))
        for n in range(1, 8):
            self.site.on("/page/%d" % n, Answer(200, "<html><body><p>A page.</p></body></html>", "text/html"))
        daemon = self.newsd([self.site.url("/feed")],
                            {"pages": {"policy": "always", "robots": "no"}, "poll": {"host-gap": "20s", "interval-min": "1h",
                                                                                      "interval-default": "1h", "interval-max": "1h"}})
        wait_until(lambda: daemon.status()["held"], "the feed is held by its pages")
        held = daemon.status()["held"]
        self.assertEqual([feed["url"] for feed in held], [self.site.url("/feed")])
        self.assertIn(held[0]["waiting"], (6, 7))  # one may be on its way
        code, printed, said = run("status", "-c", daemon.config)
        self.assertEqual(code, 0, said)
        self.assertRegex(printed, r"held       \S+/feed: [67] articles wait for their pages\n")

    def test_without_proc_the_models_are_found_and_one_line_says_it(self):
        hidden = ["unshare", "-m", "sh", "-c", 'umount -l /proc && exec "$@"', "sh"]
        if "asan" in NEWSD or "tsan" in NEWSD or subprocess.run([*hidden, "true"], capture_output=True).returncode:
            self.skipTest("needs a mount name space of its own, and a build without sanitizers")
        done = subprocess.run([*hidden, NEWSD, "extract", "--text", self.put("story.txt", STORY)], capture_output=True, timeout=60)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertEqual(self.valid_article(json.loads(done.stdout))["located"], "Kyiv")
        daemon = self.newsd([self.site.url("/a")], start=False)
        with subprocess.Popen([*hidden, NEWSD, "run", "-c", daemon.config], stderr=subprocess.PIPE, text=True) as process:
            lines = []
            for line in process.stderr:
                lines.append(line)
                if "ready: " in line:
                    process.terminate()
        self.assertEqual(process.returncode, 0, lines)
        self.assertEqual(sum("/proc" in line for line in lines), 1, lines)

    def test_an_exported_list_that_is_imported_is_exported_the_same(self):
        one, two = (self.newsd([], start=False, name=name) for name in ("one", "two"))
        with open(os.path.join(one.folder, "feeds.d", "test.txt"), "w") as file:
            file.write('https://a.example/rss title="A ""great"" paper & more" category="World/North East" pages=never interval=10min\n'
                       "https://b.example/rss site=https://b.example/?a=1&b=2 certificate=unchecked # comment\n"
                       "https://c.example/rss pages=auto title=Plain category=World\n")
        with open(os.path.join(one.folder, "feeds.d", "more.opml"), "w") as file:
            file.write('<opml version="2.0"><body><outline text="S &quot;x&quot;"><outline text=" Two&#10;lines " xmlUrl="https://d.example/rss"'
                       ' htmlUrl="https://d.example/"/></outline><outline xmlUrl="https://e.example/rss"/></body></opml>')
        first = run("feeds", "-c", one.config, "export")
        self.assertEqual((first[0], first[2]), (0, ""))
        for part in ('text="A &quot;great&quot; paper &amp; more"', 'newsd:settings="pages=never interval=600s"', 'htmlUrl="https://b.example/?a=1&amp;b=2"',
                     'newsd:settings="certificate=unchecked"', 'text="Two lines"'):
            self.assertIn(part, first[1])
        code, printed, said = run("feeds", "-c", two.config, "import", self.put("a.opml", first[1]))
        self.assertEqual((code, len(said.splitlines())), (0, 1), printed)
        self.assertIn("warning: certificate=unchecked: anybody on the way can pass for https://b.example/rss;", said)
        self.assertEqual(run("feeds", "-c", two.config, "export"), first)
        # As a list of its own it says the same as well.
        os.remove(os.path.join(two.folder, "feeds.d", "local.txt"))
        with open(os.path.join(two.folder, "feeds.d", "a.opml"), "w") as file:
            file.write(first[1])
        self.assertEqual(run("feeds", "-c", two.config, "export"), first)
        bad = self.put("bad.opml", '<opml xmlns:n="urn:newsd"><body><outline xmlUrl="https://f.example/" n:settings="interval=soon color=red"/></body></opml>')
        code, printed, said = run("feeds", "-c", two.config, "import", bad)
        self.assertIn("added 1 of 1", printed)
        self.assertIn("bad.opml:1: warning: interval=soon", said)
        self.assertIn("there is no setting 'color'", said)

    def test_an_address_without_scheme_is_tried_with_https(self):
        daemon = self.newsd([], start=False)
        config = ["-c", daemon.config]
        for written in ("news.example/rss", "news.example:8443/a?b=c", "localhost:8080", "news.example"):
            code, printed, said = run("feeds", *config, "add", "--unchecked", written)
            self.assertEqual(code, 0, said)
            self.assertIn("%s has no scheme; trying https://%s\n" % (written, written), printed)
            self.assertIn("added https://" + written, printed)
        for written in ("mailto:desk@news.example", "rss", "./feed.xml", "ftp://news.example/rss", "feed:news.example/rss", "desk@news.example"):
            code, printed, said = run("feeds", *config, "add", "--unchecked", written)
            self.assertEqual(code, 64, printed)
            self.assertIn("is no http or https URL; write https://", said)
        # Nothing answers there: the attempt is said before its failure.
        code, printed, said = run("feeds", *config, "add", self.site.url("/x").partition("://")[2])
        self.assertEqual(code, 65, printed)
        self.assertIn("; trying https://", printed)
        for again in ("https://news.example/rss", "news.example/rss"):
            code, printed, _ = run("feeds", *config, "add", again)
            self.assertEqual(code, 0)
            self.assertRegex(printed, r"https://news\.example/rss stands in \S+/local\.txt:1 already")
        with open(os.path.join(daemon.folder, "feeds.d", "local.txt"), "a") as file:
            file.write("https://news.example/rss\n")
        self.assertRegex(self.check(daemon)[1], r"local\.txt:5: warning: https://news\.example/rss stands in \S+/local\.txt:1 already")

    def test_a_silent_contact_is_said_with_the_remedy(self):
        daemon = self.newsd([self.site.url("/a")])
        self.assertEqual(sum("[newsd] contact = " in line for line in map(str, daemon.lines)), 1, daemon.lines)
        self.assertIn("[newsd] contact = ", run("check", "-c", daemon.config)[1])
        daemon.options["newsd"]["contact"] = "desk@news.example"
        self.assertNotIn("[newsd] contact = ", self.check(daemon)[1])
        other = self.newsd([self.site.url("/a")], options={"newsd": {"contact": "desk@news.example"}}, name="two")
        self.assertFalse(other.said("[newsd] contact = "))

    def test_lists_that_root_writes_stay_readable_for_the_service(self):
        daemon = self.newsd([self.site.url("/a")], start=False)
        config, folder = ["-c", daemon.config], os.path.join(daemon.folder, "feeds.d")
        local, own = os.path.join(folder, "local.txt"), os.path.join(folder, "test.txt")
        os.chmod(folder, 0o755)
        code, _, said = run("feeds", *config, "add", "--unchecked", "https://news.example:99999/1")
        self.assertEqual(code, 64)
        self.assertIn("the port 99999 is out of range", said)
        code, _, said = run("feeds", *config, "add", "--unchecked", "https://news.example/1")
        self.assertEqual((code, os.stat(local).st_mode & 0o777), (0, 0o644), said)
        os.chmod(local, 0o640)
        os.chmod(own, 0o604)
        if os.geteuid() == 0:
            os.chown(local, 4711, 4712)
        owner = os.stat(local).st_uid, os.stat(local).st_gid
        self.assertEqual(run("feeds", *config, "add", "--unchecked", "https://news.example/2")[0], 0)
        opml = self.put("more.opml", '<opml version="2.0"><body><outline type="rss" xmlUrl="https://news.example/3"/></body></opml>')
        self.assertEqual(run("feeds", *config, "import", opml)[0], 0)
        self.assertEqual(run("feeds", *config, "remove", "https://news.example/2")[0], 0)
        self.assertEqual(run("feeds", *config, "remove", self.site.url("/a"))[0], 0)
        self.assertEqual((os.stat(local).st_mode & 0o777, os.stat(local).st_uid, os.stat(local).st_gid), (0o640, *owner))
        self.assertEqual(os.stat(own).st_mode & 0o777, 0o604)

    def check(self, daemon, *arguments):
        daemon.write([self.site.url("/a")])
        code, printed, said = run("check", "-c", daemon.config, *arguments)
        return code, printed + said

    def test_check_finds_what_run_would_die_of(self):
        daemon = self.newsd([self.site.url("/a")], start=False)
        self.assertEqual(self.check(daemon)[0], 0)
        for section, key, value, words in (
                ("admin", "listen", "0.0.0.0:9100", "not on loopback"),
                ("admin", "listen", "/nowhere/at/all/admin.sock", "there is no folder /nowhere/at/all"),
                ("topics", "rejects", "news.articles", "news.articles"),
                ("poll", "ca-file", "/nowhere/ca.pem", "cannot be read")):
            before = dict(daemon.options[section])
            daemon.options[section][key] = value
            code, said = self.check(daemon)
            self.assertEqual(code, 78, said)
            self.assertIn(words, said)
            daemon.options[section] = before
        for kafka, words in (({"security.protocol": "SASL_PLAINTEXT", "sasl.mechanisms": "SCRAM-SHA-512"}, "sasl"),
                             ({"security.protocol": "ssl", "ssl.ca.location": "/nowhere/ca.pem"}, "/nowhere/ca.pem")):
            daemon.kafka = kafka
            code, said = self.check(daemon)
            self.assertEqual(code, 78, said)
            self.assertIn(words, said)
        daemon.kafka, daemon.brokers = {}, "127.0.0.1:notaport"
        code, said = self.check(daemon)
        self.assertEqual(code, 78, said)
        self.assertIn("notaport", said)

    def test_check_looks_into_the_state_and_leaves_it_alone(self):
        daemon = self.newsd([self.site.url("/a")], start=False)
        database = os.path.join(daemon.folder, "state", "newsd.db")
        with open(database, "wb") as file:
            file.write(os.urandom(9000))
        code, said = self.check(daemon)
        self.assertEqual(code, 78)
        self.assertIn("no usable database", said)
        self.assertIn("move it aside", said)
        with self.assertRaises(AssertionError) as ended:
            daemon.start()
        self.assertIn("newsd ended with 65", str(ended.exception))  # which the unit does not restart
        os.unlink(database)
        daemon.start()
        daemon.kill()
        for _ in range(2):  # looking does not make the stop a clean one
            self.assertIn("did not end cleanly", self.check(daemon)[1])

    def test_a_wrong_line_of_a_list_is_said_and_blocks_nothing(self):
        daemon = self.newsd([self.site.url("/a")], start=False)
        with open(os.path.join(daemon.folder, "feeds.d", "more.txt"), "w") as file:
            file.write("htp://x\n%s\n%s\n" % (self.site.url("/a"), self.site.url("/b")))
        code, said = self.check(daemon)
        self.assertEqual(code, 0, said)
        self.assertIn("2 warnings", said)
        self.assertEqual(self.check(daemon, "--strict")[0], 78)
        daemon.start()
        wait_until(lambda: self.site.requests("/b"), "the good line is polled")
        with open(os.path.join(daemon.folder, "feeds.d", "more.txt"), "a") as file:
            file.write(self.site.url("/c") + "\n")
        daemon.signal(signal.SIGHUP)
        wait_until(lambda: self.site.requests("/c"), "the reload takes the new line")
        with open(os.path.join(daemon.folder, "feeds.d", "half.opml"), "w") as file:
            file.write('<opml version="2.0"><body><outline xmlUrl="')
        self.assertEqual(self.check(daemon)[0], 78)
        daemon.signal(signal.SIGHUP)
        wait_until(lambda: daemon.said("the new configuration is broken"), "half a list is refused")

    def test_add_finds_the_feed_that_a_page_names(self):
        self.site.on("/", Answer(200, "<html><head><link rel=alternate type=application/rss+xml href=/gone>"
                                      "<link rel=alternate type=application/rss+xml title=City href=/city.rss></head></html>", "text/html"))
        self.site.on("/city.rss", Answer(200, rss([item(1)])))
        self.site.on("/plain/", Answer(200, "<html><body>nothing named</body></html>", "text/html"))
        self.site.on("/feed", Answer(200, rss([item(2)])))
        daemon = self.newsd([], start=False)
        config = ["-c", daemon.config]
        code, printed, said = run("feeds", *config, "add", self.site.url("/"), "pages=never")
        self.assertEqual(code, 0, said)
        self.assertIn("added " + self.site.url("/city.rss"), printed)
        code, printed, said = run("feeds", *config, "add", self.site.url("/plain/"))
        self.assertIn("added " + self.site.url("/feed"), printed)
        listed = run("feeds", *config, "list")[1]
        self.assertIn(self.site.url("/city.rss"), listed)
        self.assertIn(self.site.url("/feed"), listed)
        self.site.on("/feed", Answer(404, "", "text/plain"))
        code, printed, said = run("feeds", *config, "add", self.site.url("/plain/"))
        self.assertEqual(code, 65)
        self.assertIn("--unchecked", said)

    def test_check_fetches_each_feed_once_and_prints_how_it_is(self):
        self.site.on("/good", Answer(200, rss([item(1), item(2)])))
        self.site.on("/html", Answer(200, "<!DOCTYPE html><html></html>", "text/html"))
        self.site.on("/part", Answer(206, rss([item(1)])))
        cut = Answer(200, rss([item(n) for n in range(300)]), compress=True)
        cut.body = cut.body[:-500]
        self.site.on("/cut", cut)
        self.site.on("/loop", Answer(302, headers={"Location": "/loop"}))
        paths = ("/good", "/html", "/gone", "/part", "/cut", "/loop")
        daemon = self.newsd([self.site.url(path) for path in paths] + ["http://127.0.0.1:1/refused"], {"poll": {"host-gap": "0s"}}, start=False)
        code, printed, said = run("feeds", "-c", daemon.config, "check")
        self.assertEqual(code, 65, said)
        rows = {line.split()[-1]: line for line in printed.splitlines() if line.startswith(("ok", "BAD"))}
        self.assertRegex(rows[self.site.url("/good")], r"^ok +200 rss-2.0 +2 ")
        self.assertRegex(rows[self.site.url("/html")], r"^BAD +200 .*HTML")
        self.assertRegex(rows[self.site.url("/gone")], r"^BAD +404 ")
        self.assertIn("http://127.0.0.1:1/refused", rows)
        self.assertRegex(rows[self.site.url("/part")], r"^BAD +206 .*a part only")
        self.assertRegex(rows[self.site.url("/cut")], r"^BAD +200 rss-2.0, compressed and cut off")
        self.assertRegex(rows[self.site.url("/loop")], r"^BAD +302 the redirects go in circles")
        self.assertIn("7 feeds, 1 well, 6 not", printed)
        self.assertEqual(len(self.site.requests("/good")), 1)

    def test_language_prints_conllu_and_keeps_given_tokens(self):
        text = b'KYIV, Jan. 11 (Newswire) - The minister said on Monday: "We won\'t wait." Talks resume on Friday.\n'
        code, printed, said = run("language", "-", input=text)
        self.assertEqual(code, 0, said)
        rows = [line.split("\t") for line in printed.splitlines() if line[:1].isdigit()]
        self.assertTrue(all(len(row) == 10 for row in rows))
        self.assertEqual([row[1] for row in rows if row[0] == "1"], ["KYIV", "Talks"])
        self.assertIn(["n't", "PART"], [[row[1], row[3]] for row in rows])
        self.assertIn("# text = Talks resume on Friday.", printed)
        given = "# a comment\n1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n" + "".join(
            "%d\t%s\t_\t_\t_\t_\t0\troot\t_\t_\n" % (n, word) for n, word in enumerate(["do", "n't", "go"], 1)) + "\n"
        code, printed, said = run("language", "--tokens", "-", input=given.encode())
        self.assertEqual(code, 0, said)
        kept = [line.split("\t") for line in printed.splitlines() if line[:1].isdigit()]
        self.assertEqual([row[1] for row in kept], ["don't", "do", "n't", "go"])
        self.assertEqual([row[3] for row in kept], ["_", "AUX", "PART", "VERB"])
        self.assertEqual([(row[6], row[7]) for row in kept][1:], [("3", "aux"), ("3", "advmod"), ("0", "root")])
        code, printed, said = run("language", "--models", "/nowhere", "-", input=text)
        self.assertNotEqual(code, 0)
        self.assertIn("/nowhere/pages.model", said)

    def test_language_names_people_and_places(self):
        text = b"The German chancellor, Angela Merkel, flew to Paris on Monday and met Emmanuel Macron there.\n"
        code, printed, said = run("language", "-", input=text)
        self.assertEqual(code, 0, said)
        of = {row[1]: row[9] for row in (line.split("\t") for line in printed.splitlines() if line[:1].isdigit())}
        self.assertEqual([of[word].split("|")[0] for word in ("Angela", "Merkel", "Paris", "Emmanuel", "Macron", "flew")],
                         ["Entity=B-PER", "Entity=I-PER", "Entity=B-LOC", "Entity=B-PER", "Entity=I-PER", "_"])
        self.assertEqual(of["Merkel"], "Entity=I-PER|SpaceAfter=No")
        given = "".join("# newdoc\n" + "".join("%d\t%s\t_\t_\t_\t_\t_\t_\t_\tGloss=x\n" % (n, word) for n, word in enumerate(story, 1)) + "\n"
                        for story in (["He", "met", "Angela", "Merkel", "."], ["Paris", "waits", "."]))
        code, printed, said = run("language", "--tokens", "-", input=given.encode())
        self.assertEqual(code, 0, said)
        self.assertRegex(printed, r"(?m)^3\tAngela\t_\tPROPN\tNNP\t_\t2\tobj\t_\tGloss=x\|Entity=B-PER$")
        self.assertEqual(printed.count("# newdoc"), 2)
        code, printed, said = run("language", "--tokens", "-", input=b"1\tHe\t_\nthis is no CoNLL-U\n")
        self.assertNotEqual(code, 0)
        self.assertIn("-:2: no line of CoNLL-U", said)

    def test_tail_reads_what_was_published(self):
        self.site.on("/a", Answer(200, rss([item(1)])))
        self.newsd([self.site.url("/a")])
        self.wait_records("news.articles", 1)
        code, printed, said = run("tail", "news.articles", "-b", self.brokers, "--from", "beginning", "--count", "1", "--json")
        self.assertEqual(code, 0, said)
        self.assertEqual(validate_records.validate(json.loads(printed.splitlines()[0])), [])
        code, printed, said = run("tail", "news.articles", "-b", self.brokers, "--from", "beginning", "--count", "1")
        self.assertIn("published", printed)

    def test_metrics_on_a_loopback_port(self):
        daemon = self.newsd([], {"admin": {"listen": "127.0.0.1:0"}}, start=False)
        daemon.options["admin"]["listen"] = "127.0.0.1:%d" % free_port()
        daemon.write([])
        daemon.start()
        done = subprocess.run(["curl", "-sf", "http://%s/metrics" % daemon.options["admin"]["listen"]], capture_output=True, timeout=20)
        self.assertEqual(done.returncode, 0)
        self.assertIn(b"# TYPE newsd_polls_total counter", done.stdout)
        code, printed, said = run("status", "-c", daemon.config)
        self.assertEqual(code, 0, said)

    def test_explain_shows_how_a_text_is_read_and_why_not(self):
        text = b"Iran arrested two Canadians on Monday. Russia did not attack Georgia. Maria Santos said she was tired.\n"
        code, printed, said = run("explain", "-", input=text)
        self.assertEqual(code, 0, said)
        self.assertIn("tried      arrested as ARREST", printed)
        self.assertIn("Iran [IRN] -> 173 COERCE (asserted) -> Canadians [CAN]", printed)
        self.assertIn("it is denied by the writer", printed)
        self.assertIn("reference  she means Maria Santos", printed)
        self.assertIn("statement  Maria Santos: she was tired", printed)
        self.assertEqual(run("explain", "/nowhere/text")[0], 66)
        code, printed, said = run("explain", "--date", "2021-01-13", "-", input=text)
        self.assertEqual(code, 0, said)
        self.assertIn("time       Monday = 2021-01-11", printed)
        code, printed, said = run("explain", "--date", "soon", "-", input=text)
        self.assertEqual((code, printed), (65, ""))
        self.assertIn("'soon' is no date: use YYYY-MM-DD or RFC 3339", said)

    def test_every_command_explains_itself_and_refuses_nonsense(self):
        for command in ("run", "check", "demo", "feed", "extract", "language", "explain", "feeds", "status", "tail", "retry"):
            code, printed, _ = run(command, "--help")
            self.assertEqual(code, 0, command)
            self.assertIn("usage: newsd " + command, printed)
            code, _, said = run(command, "--no-such-option")
            self.assertEqual(code, 2 if command == "feed" else 64, command)
            self.assertEqual(said.count("usage:"), 1, said)
        self.assertEqual(run("no-such-command")[0], 64)

    def test_what_is_misspelt_is_answered_with_what_was_meant(self):
        config = ["-c", self.newsd([], start=False).config]
        rows = [(["statsu"], "status"), (["lang"], "language"), (["status", "--jsn"], "--json"), (["feed", "--rwa", "x"], "--raw"),
                (["feeds", *config, "lst"], "list"), (["feeds", *config, "--unchekd", "add", "x"], "--unchecked"), (["tail", "--form=end"], "--from")]
        for words, meant in rows:
            code, _, said = run(*words)
            self.assertIn(code, (2, 64), said)
            self.assertIn("did you mean '%s'?" % meant, said)
        for words in (["qqqq"], ["status", "--no-such-option"], ["feeds", *config, "add"]):
            self.assertNotIn("did you mean", run(*words)[2])

    def test_completion_offers_the_words_of_the_help(self):
        code, printed, said = run("completion", "bash")
        self.assertEqual(code, 0, said)
        rows = [(["newsd", "sta"], "status"), (["newsd", "feeds", "ex"], "export"), (["newsd", "feeds", "--un"], "--unchecked"),
                (["newsd", "help", "lang"], "language"), (["newsd", "completion", ""], "bash zsh --help"), (["newsd", "run", "--x"], "")]
        for words, offered in rows:
            script = printed + '\nCOMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _newsd; echo "${COMPREPLY[*]}"'
            done = subprocess.run(["bash", "-c", script, "bash", *words], capture_output=True, timeout=20)
            self.assertEqual((done.stdout.decode().strip(), done.stderr), (offered, b""), words)
        code, printed, said = run("completion", "zsh")
        self.assertEqual(code, 0, said)
        self.assertTrue(printed.startswith("#compdef newsd\n"))
        self.assertIn("list check add remove import export", printed)
        self.assertEqual(run("completion", "fish")[0], 64)


class Build(unittest.TestCase):
    def test_a_build_is_a_line_for_each_file_and_all_of_it_with_V(self):
        root = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
        with tempfile.TemporaryDirectory() as out:
            def make(*arguments):
                environment = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "V")}
                done = subprocess.run(["make", "-C", root, "--no-print-directory", "CC=true", "OUT=" + out, *arguments, out + "/feeds/base/str.o"],
                                      capture_output=True, timeout=60, env=environment)
                self.assertEqual((done.returncode, done.stderr), (0, b""))
                return done.stdout.decode()

            self.assertEqual(make(), "CC feeds/base/str.c\n")
            self.assertEqual(make("-s"), "")
            self.assertRegex(make("V=1"), r"\Atrue .* -c -o \S+/feeds/base/str\.o feeds/base/str\.c\n\Z")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    unittest.main(verbosity=2)
