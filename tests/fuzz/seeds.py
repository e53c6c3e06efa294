#!/usr/bin/python3
"""seeds.py FOLDER: documents of real lengths, 20 to 200 KB, for each format that is fuzzed, into FOLDER/<format>/. The same
bytes at every call. The small seeds are in corpus/, written by hand."""
import json
import os
import random
import sys
from xml.sax.saxutils import escape

LENGTHS = (20_000, 60_000, 200_000)
WORDS = ("harbour storm closes minister says after the council of vote on new bridge price école Zürich 東京 "
         "market rain report & <b>bold</b> \"quoted\" it's 4.5% strike ends talks").split(" ")
TAGS = "politics sport weather economy culture".split()


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def words(self, least, most):
        return " ".join(self.random.choice(WORDS) for _ in range(self.random.randint(least, most)))

    def html(self):
        return "".join("<p>%s <a href=\"/s/%d\">%s</a></p>" % (self.words(10, 60), self.random.randint(1, 999), self.words(1, 4))
                       for _ in range(self.random.randint(1, 6)))

    def stamp(self, number):
        return "2022-01-%02dT%02d:%02d:00Z" % (number % 28 + 1, number % 24, number % 60)

    def rfc822(self, number):
        return "%02d Jan 2022 %02d:%02d:00 +0100" % (number % 28 + 1, number % 24, number % 60)

    def rss(self, i):
        return ("<item><title>%s</title><link>https://a.example/%d?x=1&amp;y=2</link><guid isPermaLink=\"false\">urn:%d</guid>"
                "<pubDate>%s</pubDate><dc:creator>A. Writer</dc:creator><category>%s</category><description>%s</description>"
                "<content:encoded><![CDATA[%s]]></content:encoded><media:content url=\"/i/%d.jpg\" medium=\"image\"/></item>\n" %
                (escape(self.words(3, 12)), i, i, self.rfc822(i), self.random.choice(TAGS), escape(self.words(10, 40)),
                 self.html(), i))

    def atom(self, i):
        xhtml = "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>%s</p></div>" % escape(self.words(20, 90))
        content = "<content type=\"html\">%s</content>" % escape(self.html()) if i % 2 else "<content type=\"xhtml\">%s</content>" % xhtml
        return ("<entry><id>urn:%d</id><title>%s</title><link href=\"/%d\"/><updated>%s</updated><author><name>A. Writer</name>"
                "</author><category term=\"%s\"/><summary>%s</summary>%s</entry>\n" %
                (i, escape(self.words(3, 12)), i, self.stamp(i), self.random.choice(TAGS), escape(self.words(10, 30)), content))

    def rdf(self, i):
        return ("<item rdf:about=\"https://a.example/%d\"><title>%s</title><link>https://a.example/%d</link><dc:date>%s</dc:date>"
                "<dc:subject>%s</dc:subject><description>%s</description></item>\n" %
                (i, escape(self.words(3, 12)), i, self.stamp(i), self.random.choice(TAGS), escape(self.html())))

    def jsonfeed(self, i):
        return json.dumps({"id": "urn:%d" % i, "url": "https://a.example/%d" % i, "title": self.words(3, 12), "content_html": self.html(),
                           "date_published": self.stamp(i), "tags": [self.random.choice(TAGS)], "authors": [{"name": "A. Writer"}],
                           "attachments": [{"url": "/a/%d.mp3" % i, "mime_type": "audio/mpeg", "size_in_bytes": i}]},
                          ensure_ascii=i % 2 == 0)

    def sitemap(self, i):
        return ("<url><loc>https://a.example/%d</loc><lastmod>%s</lastmod><news:news><news:publication><news:name>A</news:name>"
                "<news:language>en</news:language></news:publication><news:publication_date>%s</news:publication_date>"
                "<news:title>%s</news:title><news:keywords>%s, x</news:keywords></news:news></url>\n" %
                (i, self.stamp(i), self.stamp(i), escape(self.words(3, 12)), self.random.choice(TAGS)))

    def opml(self, i):
        feed = "<outline type=\"rss\" text=\"%s\" xmlUrl=\"https://a.example/%d?a=1&amp;b=2\" htmlUrl=\"https://a.example/\"/>\n" % (
            escape(self.words(1, 4), {"\"": "&quot;"}), i)
        return "<outline text=\"%s/%d\">%s</outline>\n" % (self.random.choice(TAGS), i, feed) if i % 5 == 0 else feed

    def http_head(self, i):
        fields = ("Set-Cookie: s%d=%s; Path=/; HttpOnly" % (i, "%032x" % self.random.getrandbits(128)),
                  "Content-Security-Policy: default-src 'self' https://c%d.example" % i, "X-Served-By: cache-%d" % i,
                  "Cache-Control: max-age=%d, public" % (i * 7), "ETag: W/\"%d-gzip\"" % i, "Vary: Accept-Encoding")
        return fields[i % len(fields)] + "\r\n"

    def link(self, i):
        relation = ("hub", "self", "preload", "next", "alternate")[i % 5]
        return "Link: <https://a.example/%d,x;y>; rel=\"%s\"; title=\"a, \\\"b\\\"; c\", </r/%d>; rel=%s nofollow\r\n" % (i, relation, i, relation)


XMLNS = ('xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
         'xmlns:media="http://search.yahoo.com/mrss/"')
HEAD = "\nHTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nDate: Tue, 11 Jan 2022 10:33:00 GMT\r\n"
RSS = ("<?xml version=\"1.0\"?><rss version=\"2.0\" %s><channel><title>T</title><link>https://a.example/</link>\n" % XMLNS, "</channel></rss>")
# Format: what stands before the entries, between and behind them. The first line holds the settings of the program.
FRAMES = {
    "rss": ("\n" + RSS[0], "", RSS[1]),
    "atom": ("\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\" xml:base=\"https://a.example/\"><id>urn:f</id><title>T</title>\n",
             "", "</feed>"),
    "rdf": ("\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" %s>"
            "<channel rdf:about=\"c\"><title>T</title></channel>\n" % XMLNS, "", "</rdf:RDF>"),
    "jsonfeed": ("\n{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"T\", \"items\": [\n", ",\n", "]}"),
    "sitemap": ("\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">\n",
                "", "</urlset>"),
    "opml": ("<opml version=\"2.0\"><head><title>T</title></head><body>\n", "", "</body></opml>"),
    "websub": ("k\nsha256=\nhub.mode=subscribe&hub.topic=https%3A%2F%2Fa.example%2Ffeed&hub.challenge=c\n" + RSS[0], "", RSS[1]),
    "http_head": (HEAD, "", "\r\n"),
    "link": (HEAD, "", "\r\n"),
}


def main():
    for name, (before, between, behind) in FRAMES.items():
        folder = os.path.join(sys.argv[1], name)
        os.makedirs(folder, exist_ok=True)
        for length in LENGTHS:
            maker, entries, size, i = Maker("%s %d" % (name, length)), [], 0, 0
            one = maker.rss if name == "websub" else getattr(maker, name)
            while size < length:
                entries.append(one(i))
                size += len(entries[-1].encode())
                i += 1
            with open(os.path.join(folder, "long-%d" % length), "wb") as file:
                file.write((before + between.join(entries) + behind).encode())


main()
