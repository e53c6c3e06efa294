#!/usr/bin/python3
"""newsd against real Apache Kafka brokers (KRaft, one node), or the one named in NEWSD_TEST_KAFKA.

The jars come by Maven into out/kafka/VERSION and stay there. Where Java or Maven is missing every test is skipped, with the reason.
"""
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests", "integration"))

from harness import Newsd, consume, wait_until  # noqa: E402
from scripted_site import Answer, Site, item, rss  # noqa: E402

VERSIONS = ("3.9.2", "4.3.1")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch_jars(version):
    """The folder of the version's jars; raises SkipTest with the reason where they cannot be had."""
    for tool in ("java", "mvn"):
        if not shutil.which(tool):
            raise unittest.SkipTest("%s is not installed" % tool)
    libs = os.path.join(ROOT, "out", "kafka", version)
    if not os.path.exists(os.path.join(libs, ".complete")):
        os.makedirs(libs, exist_ok=True)
        done = subprocess.run(["mvn", "-q", "-B", "-f", os.path.join(ROOT, "tests", "kafka", "pom.xml"), "-Dkafka.version=" + version,
                               "dependency:copy-dependencies", "-DoutputDirectory=" + libs], capture_output=True, text=True, timeout=600)
        if done.returncode:
            raise unittest.SkipTest("Maven could not fetch Kafka %s: %s" % (version, done.stdout.strip().splitlines()[:1]))
        open(os.path.join(libs, ".complete"), "w").close()
    return libs


class Kafka:
    """One broker with its data in a folder of its own; survives kill() and start() like a machine that lost power."""

    def __init__(self, version):
        self.version, self.libs = version, fetch_jars(version)
        self.folder = tempfile.mkdtemp(prefix="newsd-kafka-")
        self.port, controller = free_port(), free_port()
        self.brokers = "127.0.0.1:%d" % self.port
        self.config = os.path.join(self.folder, "server.properties")
        with open(self.config, "w") as file:
            file.write("""process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:%(controller)d
listeners=PLAINTEXT://127.0.0.1:%(port)d,CONTROLLER://127.0.0.1:%(controller)d
advertised.listeners=PLAINTEXT://127.0.0.1:%(port)d
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
log.dirs=%(folder)s/data
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
""" % {"controller": controller, "port": self.port, "folder": self.folder})
        cluster = self.java("kafka.tools.StorageTool", "random-uuid").stdout.strip().splitlines()[-1]
        self.java("kafka.tools.StorageTool", "format", "-t", cluster, "-c", self.config)
        self.process = None

    def java(self, *arguments):
        return subprocess.run(["java", "-cp", self.libs + "/*", *arguments], capture_output=True, text=True, timeout=60, check=True)

    def start(self):
        with open(os.path.join(self.folder, "log"), "a") as log:
            self.process = subprocess.Popen(["java", "-Xmx512m", "-cp", self.libs + "/*", "kafka.Kafka", self.config], stdout=log,
                                            stderr=log, cwd=self.folder)
        wait_until(lambda: subprocess.run(["kcat", "-b", self.brokers, "-L", "-m", "2"], capture_output=True).returncode == 0,
                   "Kafka %s answers" % self.version, 60)
        return self

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def close(self):
        if self.process and self.process.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def bytes_on_disk(self, topic):
        total = 0
        for folder in os.listdir(os.path.join(self.folder, "data")):
            if re.match(re.escape(topic) + r"-\d+$", folder):
                path = os.path.join(self.folder, "data", folder)
                total += sum(os.path.getsize(os.path.join(path, f)) for f in os.listdir(path) if f.endswith(".log"))
        return total


class KafkaCases:
    """The cases; a subclass names the version."""

    version = None

    @classmethod
    def setUpClass(cls):
        address = os.environ.get("NEWSD_TEST_KAFKA")
        cls.kafka = None if address else Kafka(cls.version).start()
        cls.brokers = address or cls.kafka.brokers

    @classmethod
    def tearDownClass(cls):
        if cls.kafka:
            cls.kafka.close()

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="newsd-test-")
        self.site = Site()
        self.topic = "t%d.articles" % time.time_ns()
        self.feeds_topic = self.topic.replace("articles", "feeds")
        self.daemon = None

    def tearDown(self):
        if self.daemon and self.daemon.process and self.daemon.process.poll() is None:
            self.daemon.kill()
        self.site.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def newsd(self, kafka=None):
        options = {"topics": {"create": "yes", "articles": self.topic, "feeds": self.feeds_topic,
                              "rejects": self.topic.replace("articles", "rejects"), "replication": "1"}}
        self.daemon = Newsd(self.folder, self.brokers, [self.site.url("/feed")], options, kafka)
        return self.daemon.start()

    def wait_records(self, count):
        got = []

        def enough():
            got[:] = consume(self.brokers, self.topic)
            return len(got) >= count

        try:
            wait_until(enough, "%d records on %s" % (count, self.topic), 60)
        except AssertionError as error:
            raise AssertionError("%s; there are %d\n%s" % (error, len(got), "\n".join(self.daemon.lines[-30:])))
        return got

    def test_topics_are_created_and_every_record_arrives_with_headers_in_order(self):
        entries = [item(n) for n in range(40)]
        self.site.on("/feed", lambda request: Answer(200, rss(entries)))
        daemon = self.newsd()
        records = self.wait_records(40)
        self.assertEqual(len({r["key"] for r in records}), 40)
        self.assertTrue(daemon.said("created the topic"))
        for edit in range(3):
            entries[0] = item(0, title="Harbour report, edition %d" % edit)
            self.wait_records(41 + edit)
        key = next(r["key"] for r in consume(self.brokers, self.topic) if r["value"]["newsd"]["revision"] == 4)
        versions = [r["value"]["newsd"]["revision"] for r in consume(self.brokers, self.topic) if r["key"] == key]
        self.assertEqual(versions, [1, 2, 3, 4])

    def test_compression_is_really_on(self):
        if not self.kafka:
            self.skipTest("needs the broker's own disk")
        text = "<p>" + "The same long sentence about calm seas and late ferries stands here again and again. " * 60 + "</p>"
        self.site.on("/feed", Answer(200, rss([item(n, text=text) for n in range(100)])))
        self.newsd({"linger.ms": "200"})
        records = self.wait_records(100)
        plain = sum(len(r["value"]["bodies"][0]["value"]) for r in records)
        disk = self.kafka.bytes_on_disk(self.topic)
        print("kafka: %s: %d bytes of text, %d bytes on disk" % (self.version, plain, disk))
        self.assertLess(disk, plain / 3)

    def test_a_broker_killed_and_restarted_loses_and_repeats_nothing(self):
        if not self.kafka:
            self.skipTest("somebody else's broker is not killed")
        entries = [item(0)]
        self.site.on("/feed", lambda request: Answer(200, rss(entries)))
        daemon = self.newsd()
        self.wait_records(1)
        for number in range(1, 61):
            entries.insert(0, item(number))
            if number == 20:
                self.kafka.kill()
            if number == 40:
                self.kafka.start()
            time.sleep(0.1)
        records = self.wait_records(61)
        wait_until(lambda: daemon.metric("outbox_rows") == 0, "an empty outbox", 60)
        ids = [r["headers"]["ce_id"] for r in consume(self.brokers, self.topic)]
        self.assertEqual(len({r["key"] for r in records}), 61)
        self.assertEqual(len(ids), len(set(ids)))

    def test_newsd_killed_mid_flight_repeats_nothing(self):
        served = [0]
        self.site.on("/feed", lambda request: Answer(200, rss([item(n) for n in range(served[0] + 1)])))
        daemon = self.newsd()
        for _ in range(5):
            end = time.time() + 1.0
            while time.time() < end:
                served[0] += 1
                time.sleep(0.05)
            daemon.kill()
            daemon.lines.clear()
            daemon.start(ready=False)
        self.wait_records(served[0] + 1)
        wait_until(lambda: daemon.metric("outbox_rows") == 0 and daemon.metric("intake_rows") == 0, "an empty outbox", 60)
        ids = [r["headers"]["ce_id"] for r in consume(self.brokers, self.topic)]
        self.assertEqual(len(ids), len(set(ids)))


class Kafka39(KafkaCases, unittest.TestCase):
    version = VERSIONS[0]


class Kafka43(KafkaCases, unittest.TestCase):
    version = VERSIONS[1]


if __name__ == "__main__":
    unittest.main(verbosity=2)
