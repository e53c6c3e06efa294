"""A WebSub hub of the tests' own on a scripted site: takes requests, verifies them, delivers, and misbehaves on request.

    hub = Hub(site, "/hub")
    hub.url, hub.requests, hub.subscriptions[topic], hub.deliver(topic, body)
"""
import hashlib
import hmac
import http.client
import threading
import urllib.parse

from scripted_site import Answer


def call(method, url, body=None, headers=None):
    """One request; (status, body)."""
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
    try:
        connection.request(method, parts.path + ("?" + parts.query if parts.query else ""), body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


class Hub:
    def __init__(self, site, path="/hub", lease=None, answer=None, verify=True):
        self.url = site.url(path)
        self.lease, self.answer, self.verify = lease, answer, verify
        self.requests, self.subscriptions, self.verifications = [], {}, []
        site.on(path, self.take)

    def take(self, request):
        fields = {name: values[0] for name, values in urllib.parse.parse_qs(request.body.decode()).items()}
        self.requests.append(fields)
        if self.answer:
            return self.answer(fields) or Answer(202)
        if self.verify:
            threading.Thread(target=self.confirm, args=(fields,), daemon=True).start()
        return Answer(202)

    def intent(self, fields, **changes):
        """The verification of a request, or another one: (status, body, challenge)."""
        query = {"hub.mode": fields["hub.mode"], "hub.topic": fields["hub.topic"], "hub.challenge": "challenge-%d" % len(self.requests)}
        if fields["hub.mode"] == "subscribe":
            query["hub.lease_seconds"] = str(self.lease or fields["hub.lease_seconds"])
        query.update({"hub." + name: value for name, value in changes.items()})
        status, body = call("GET", fields["hub.callback"] + "?" + urllib.parse.urlencode(query))
        self.verifications.append(status)
        return status, body, query["hub.challenge"]

    def confirm(self, fields):
        status, body, challenge = self.intent(fields)
        if status == 200 and body == challenge:
            if fields["hub.mode"] == "subscribe":
                self.subscriptions[fields["hub.topic"]] = fields
            else:
                self.subscriptions.pop(fields["hub.topic"], None)

    def deliver(self, topic, body, method="sha256", signature=None, callback=None, type="application/rss+xml"):
        """Delivers to the topic's subscriber; its HTTP status."""
        fields = self.subscriptions[topic]
        body = body.encode() if isinstance(body, str) else body
        headers = {"Link": '<%s>; rel="hub", <%s>; rel="self"' % (self.url, topic)}
        if signature is None and method:
            signature = "%s=%s" % (method, hmac.new(fields["hub.secret"].encode(), body, getattr(hashlib, method)).hexdigest())
        if type:
            headers["Content-Type"] = type
        if signature:
            headers["X-Hub-Signature"] = signature
        return call("POST", callback or fields["hub.callback"], body, headers)[0]
