"""A scripted HTTP server on loopback: each path is a function from a request to an answer.

    site = Site()
    site.on("/feed.xml", lambda request: Answer(200, rss([...])))
    site.url("/feed.xml"), site.requests("/feed.xml")

Answers can be slow, cut off, endless or compressed: what feeds do to pollers.
"""
import gzip
import http.server
import ssl
import threading
import time


class Answer:
    def __init__(self, status=200, body=b"", type="application/rss+xml", headers=None, cut_after=None, delay=0.0,
                 chunks=None, compress=False):
        self.status = status
        self.body = body.encode() if isinstance(body, str) else body
        self.headers = dict(headers or {})
        self.headers.setdefault("Content-Type", type)
        self.cut_after = cut_after  # bytes after which the connection is closed
        self.delay = delay          # seconds before the answer
        self.chunks = chunks        # an iterator of bytes: sent chunked, for bodies without end
        if compress:
            self.body = gzip.compress(self.body)
            self.headers["Content-Encoding"] = "gzip"


class Request:
    def __init__(self, handler):
        self.method = handler.command
        self.path = handler.path
        self.body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        self.headers = handler.headers
        self.time = self.end = time.time()
        self.status, self.answered = 0, {}


class Site:
    def __init__(self, certificate=None):
        """`certificate`: a PEM file with certificate and key; the site is https then."""
        self.scheme = "https" if certificate else "http"
        self.routes = {}
        self.log = []
        self.lock = threading.Lock()
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                request = Request(self)
                with site.lock:
                    site.log.append(request)
                    route = site.routes.get(self.path.split("?")[0])
                answer = route(request) if callable(route) else route
                answer = answer or Answer(404, "not here", "text/plain")
                self.reply(answer)
                request.status, request.answered, request.end = answer.status, answer.headers, time.time()

            do_POST = do_GET

            def reply(self, answer):
                if answer.delay:
                    time.sleep(answer.delay)
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                if answer.chunks is not None:
                    self.send_header("Transfer-Encoding", "chunked")
                    self.end_headers()
                    for chunk in answer.chunks:
                        self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
                    self.wfile.write(b"0\r\n\r\n")
                    return
                if answer.status != 304:
                    self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                if answer.status == 304:
                    return
                self.wfile.write(answer.body[:answer.cut_after] if answer.cut_after is not None else answer.body)
                if answer.cut_after is not None:
                    self.wfile.flush()
                    self.close_connection = True

            def handle_one_request(self):
                try:
                    super().handle_one_request()
                except (ConnectionError, BrokenPipeError):
                    self.close_connection = True

            def log_message(self, *arguments):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256

            def handle_error(self, request, address):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()

    def url(self, path, host="127.0.0.1"):
        return "%s://%s:%d%s" % (self.scheme, host, self.port, path)

    def on(self, path, answer):
        with self.lock:
            self.routes[path] = answer

    def requests(self, path=None):
        with self.lock:
            return [r for r in self.log if path is None or r.path.split("?")[0] == path]

    def proxy_log(self):
        """The exchanges as a proxy would have logged them (tests/manners.py says how)."""
        return [{"time": r.time, "end": r.end, "url": self.url(r.path), "request": dict(r.headers.items()), "status": r.status,
                 "response": r.answered} for r in self.requests() if r.status]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def item(number, title=None, text=None, link=None, guid=None, date="Tue, 11 Jan 2022 10:33:00 GMT"):
    """One RSS item; every part can be given, and guid or link left out with an empty string."""
    title = "Harbour report number %d" % number if title is None else title
    text = ("The harbour office said on Tuesday that ship %d had left the port of Lirana. Its captain "
            "spoke of calm seas. The next report is due on Thursday." % number) if text is None else text
    link = "https://news.example/harbour/%d" % number if link is None else link
    guid = "report-%d" % number if guid is None else guid
    parts = ["<title>%s</title>" % escape(title), "<description>%s</description>" % escape(text)]
    if link:
        parts.append("<link>%s</link>" % escape(link))
    if guid:
        parts.append('<guid isPermaLink="false">%s</guid>' % escape(guid))
    if date:
        parts.append("<pubDate>%s</pubDate>" % date)
    return "<item>%s</item>" % "".join(parts)


def rss(items, title="Harbour news", extra=""):
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>%s</title>'
            "<link>https://news.example/harbour</link><description>Reports from the harbour</description>%s%s"
            "</channel></rss>\n" % (escape(title), extra, "\n".join(items)))
