"""What the integration tests stand on: a broker, the real binary with a state of its own, and a consumer.

Environment: NEWSD (the binary, default ./newsd), NEWSD_MOCK_BROKER (the mock broker program),
NEWSD_TEST_BROKERS (a broker to use instead of the mock one).
"""
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests", "support"))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import validate_records  # noqa: E402
from scripted_site import Site  # noqa: E402

NEWSD = os.environ.get("NEWSD", os.path.join(ROOT, "newsd"))
MOCK_BROKER = os.environ.get("NEWSD_MOCK_BROKER", os.path.join(ROOT, "out", "release", "tests", "support", "mock_broker"))
PATIENCE = float(os.environ.get("NEWSD_TEST_PATIENCE", "30"))


def wait_until(condition, what, seconds=None):
    """Waits until condition() is true and returns its value; fails with `what` when it never is."""
    end = time.time() + (seconds or PATIENCE)
    while True:
        value = condition()
        if value:
            return value
        if time.time() > end:
            raise AssertionError("waited %g s in vain: %s" % (seconds or PATIENCE, what))
        time.sleep(0.05)


class Broker:
    """The mock cluster in a process of its own, which outlives any newsd that is killed."""

    def __init__(self):
        self.process = subprocess.Popen([MOCK_BROKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        match = re.search(r"((?:[\w.\-]+:\d+)(?:,[\w.\-]+:\d+)*)", line)
        if not match:
            raise AssertionError("the mock broker did not start: %r" % line)
        self.brokers = match.group(1)

    def tell(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()

    def close(self):
        try:
            self.tell("quit")
            self.process.wait(5)
        except (OSError, subprocess.TimeoutExpired):
            self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


class Newsd:
    """One newsd with its configuration, feed list and state in a folder of its own."""

    def __init__(self, folder, brokers, feeds, options=None, kafka=None):
        self.folder = folder
        self.brokers = brokers
        self.config = os.path.join(folder, "newsd.conf")
        self.socket = os.path.join(folder, "admin.sock")
        self.options = {"poll": {"interval-min": "1s", "interval-default": "1s", "interval-max": "2s", "host-gap": "0s",
                                 "host-transfers": "50", "allow-private-addresses": "yes", "jitter": "no",
                                 "backfill": "all"},
                        "pages": {"policy": "never"},
                        "newsd": {"state-directory": os.path.join(folder, "state"),
                                  "feeds-directory": os.path.join(folder, "feeds.d")},
                        "topics": {} if os.environ.get("NEWSD_TEST_BROKERS") else {"create": "no"},
                        "log": {"target": "json", "level": "info"},
                        "admin": {"listen": self.socket}}
        for section, pairs in (options or {}).items():
            self.options.setdefault(section, {}).update(pairs)
        self.kafka = dict(kafka or {})
        self.environment = {}
        self.lines = []
        self.process = None
        os.makedirs(os.path.join(folder, "state"), exist_ok=True)
        self.write(feeds)

    def write(self, feeds):
        os.makedirs(os.path.join(self.folder, "feeds.d"), exist_ok=True)
        with open(os.path.join(self.folder, "feeds.d", "test.txt"), "w") as file:
            file.write("".join(url + "\n" for url in feeds))
        with open(self.config, "w") as file:
            for section, pairs in self.options.items():
                file.write("[%s]\n%s" % (section, "".join("%s = %s\n" % pair for pair in pairs.items())))
            file.write("[kafka]\nbootstrap.servers = %s\n" % self.brokers)
            file.write("".join("%s = %s\n" % pair for pair in self.kafka.items()))

    def start(self, ready=True):
        before = len(self.lines)
        self.process = subprocess.Popen([NEWSD, "run", "-c", self.config], stdout=subprocess.DEVNULL,
                                        stderr=subprocess.PIPE, cwd=self.folder,
                                        env=dict(os.environ, **self.environment))
        self.reader = threading.Thread(target=self._read, args=(self.process.stderr,), daemon=True)
        self.reader.start()
        if ready:
            wait_until(lambda: [line for line in self.lines[before:] if "ready: " in line] or self.process.poll() is not None, "newsd is ready")
            if self.process.poll() is not None:
                self.reader.join(5)  # its last words
                raise AssertionError("newsd ended with %d:\n%s" % (self.process.returncode, "\n".join(self.lines)))
        return self

    def _read(self, stream):
        for line in stream:
            self.lines.append(line.decode("utf-8", "replace").rstrip("\n"))
        stream.close()

    def said(self, text):
        """The log lines that contain text."""
        return [line for line in list(self.lines) if text in line]

    def signal(self, number):
        self.process.send_signal(number)

    def stop(self, seconds=15):
        """SIGTERM; returns the seconds it took."""
        if self.process is None or self.process.poll() is not None:
            return 0.0
        began = time.time()
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError("newsd did not stop within %d s" % seconds)
        self.reader.join(5)
        return time.time() - began

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.reader.join(5)

    def get(self, path):
        """GET over the admin socket: (status, body)."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(5)
            connection.connect(self.socket)
            connection.sendall(("GET %s HTTP/1.1\r\nHost: newsd\r\nConnection: close\r\n\r\n" % path).encode())
            answer = b""
            while chunk := connection.recv(65536):
                answer += chunk
        head, _, body = answer.partition(b"\r\n\r\n")
        return int(head.split()[1]), body.decode()

    def status(self):
        return json.loads(self.get("/status")[1])

    def metric(self, name):
        """Sum of a metric over its labels."""
        total, found = 0.0, False
        for line in self.get("/metrics")[1].splitlines():
            match = re.match(r"newsd_%s(\{[^}]*\})? ([-\d.e+]+)$" % re.escape(name), line)
            if match:
                total, found = total + float(match.group(2)), True
        if not found:
            raise AssertionError("no metric newsd_%s" % name)
        return total


def consume(brokers, topic):
    """Every record of a topic, in order within its partitions; each one is validated against its schema."""
    command = ["kcat", "-b", brokers, "-C", "-t", topic, "-o", "beginning", "-e", "-q", "-J",
               "-X", "topic.metadata.refresh.interval.ms=1000"]
    # kcat refuses a topic that is not there yet: that is an empty one. At times it misses the end of a
    # partition whose leader changes under it, and waits for ever: it is asked again.
    try:
        done = subprocess.run(command, capture_output=True, timeout=20)
    except subprocess.TimeoutExpired:
        done = subprocess.run(command, capture_output=True, timeout=60)
    records = []
    for line in done.stdout.decode().splitlines():
        raw = json.loads(line)
        names = raw.get("headers") or []
        headers = dict(zip(names[::2], names[1::2]))
        value = json.loads(raw["payload"]) if raw.get("payload") else None
        record = {"topic": topic, "key": raw.get("key"), "partition": raw["partition"], "offset": raw["offset"],
                  "headers": headers, "value": value}
        problems = validate_records.validate(record)
        if problems:
            raise AssertionError("invalid record on %s: %s\n%s" % (topic, problems, json.dumps(value)[:2000]))
        records.append(record)
    # Partitions come one after another: the time of writing gives the order over all of them.
    return sorted(records, key=lambda r: (r["headers"].get("ce_recordedtime", ""), r["offset"]))


class NewsdTest(unittest.TestCase):
    """A site, a broker and a folder for each test."""

    options = None

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="newsd-test-")
        self.site = Site()
        self.broker = None if os.environ.get("NEWSD_TEST_BROKERS") else Broker()
        self.daemons = []

    def tearDown(self):
        for daemon in self.daemons:
            if daemon.process and daemon.process.poll() is None:
                daemon.kill()
        if self.broker:
            self.broker.close()
        self.site.close()
        failed = any(error for _, error in getattr(self._outcome, "errors", []) or []) if hasattr(self, "_outcome") else False
        if failed and self.daemons:
            print("--- log of newsd ---\n" + "\n".join(self.daemons[-1].lines[-40:]), file=sys.stderr)
        for daemon in self.daemons:
            for line in daemon.lines:
                if "ERROR: AddressSanitizer" in line or "runtime error:" in line or "WARNING: ThreadSanitizer" in line:
                    raise AssertionError("a sanitizer spoke:\n" + "\n".join(daemon.lines[-60:]))
                if line.startswith("["):
                    raise AssertionError("a library wrote past the log: " + line)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def brokers(self):
        return self.broker.brokers if self.broker else os.environ["NEWSD_TEST_BROKERS"]

    def newsd(self, feeds, options=None, kafka=None, start=True, name="one"):
        folder = os.path.join(self.folder, name)
        os.makedirs(folder, exist_ok=True)
        daemon = Newsd(folder, self.brokers, feeds, options or self.options, kafka)
        self.daemons.append(daemon)
        return daemon.start() if start else daemon

    def records(self, topic):
        return consume(self.brokers, topic)

    def wait_records(self, topic, count, seconds=None):
        """Waits until the topic has at least `count` records and returns all."""
        last = []

        def enough():
            last[:] = self.records(topic)
            return len(last) >= count

        try:
            wait_until(enough, "", seconds)
        except AssertionError as error:
            if "invalid record" in str(error):
                raise
            raise AssertionError("%d records on %s, not %d" % (len(last), topic, count))
        return last
