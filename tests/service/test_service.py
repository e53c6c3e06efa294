#!/usr/bin/python3
"""The Debian package as a service on a minimal Debian 12 with systemd as process 1.

Skipped, with the reason, where this machine cannot make such a system: no root, no debootstrap, no namespaces.
"""
import glob
import json
import os
import re
import signal
import sys
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from machine import MACHINE, ROOT, Machine, sh  # noqa: E402

sys.path.insert(0, os.path.join(ROOT, "tests", "integration"))

from harness import Broker, consume, wait_until  # noqa: E402
from scripted_site import Answer, Site, item, rss  # noqa: E402

machine = None  # one for all cases


def inside(*command, check=True):
    return machine.run(*command, check=check)


def show(*properties):
    return dict(line.split("=", 1) for line in inside("systemctl", "show", "newsd", "-p", ",".join(properties)).splitlines())


def build_deb(version):
    sh("make", "-C", ROOT, "-s", "deb", "DEB_VERSION=" + version)
    return glob.glob(os.path.join(ROOT, "out", "newsd_%s_*.deb" % version))[0]


def install(deb):
    sh(MACHINE, "put", machine.tree, deb, "/root/newsd.deb")
    return inside("apt-get", "install", "-y", "-q", "--no-install-recommends", "--reinstall", "/root/newsd.deb")


class Service(unittest.TestCase):
    """One machine for all; the cases are numbered because each goes on where the one before stopped."""

    @classmethod
    def setUpClass(cls):
        global machine
        machine = Machine("newsroom")
        with open(os.path.join(ROOT, ".version")) as file:
            cls.version = file.read().strip()
        cls.site, cls.broker = Site(), Broker()
        cls.entries = [item(1)]
        cls.site.on("/broken", Answer(500, "out of order", "text/plain"))
        cls.site.on("/feed", lambda request: Answer(200, rss(cls.entries)))

    @classmethod
    def tearDownClass(cls):
        machine.remove()
        cls.broker.close()
        cls.site.close()

    def write(self, path, text):
        with open(machine.tree + path, "w") as file:
            file.write(text)

    def log(self, *fields):
        return [json.loads(line) for line in inside("journalctl", "-u", "newsd", "-o", "json", "--no-pager", *fields).splitlines()]

    def test_01_the_package_installs_and_waits_for_its_configuration(self):
        install(build_deb(self.version))
        self.assertEqual(show("ActiveState")["ActiveState"], "inactive")
        self.assertIn("newsd", inside("id", "newsd"))
        self.assertEqual(inside("newsd", "--version").strip(), "newsd " + self.version)
        for name in ("feeds-example.opml", "grafana-newsd.json", "prometheus-rules.yaml", "containers/compose.yaml"):
            self.assertTrue(os.path.exists(machine.tree + "/usr/share/newsd/" + name), name)

    def test_01_the_readmes_own_steps_end_in_a_running_service(self):
        self.write("/etc/newsd/newsd.conf.d/test.conf", "[poll]\nallow-private-addresses = yes\n[kafka]\nbootstrap.servers = %s\n" % self.broker.brokers)
        self.assertIn("added", inside("newsd", "feeds", "add", self.site.url("/feed")))
        self.assertIn("all is well", inside("newsd", "check"))
        inside("systemctl", "enable", "--now", "newsd")
        self.assertEqual(show("ActiveState")["ActiveState"], "active")
        inside("newsd", "feeds", "remove", self.site.url("/feed"))
        inside("systemctl", "reload", "newsd")
        inside("chmod", "600", "/etc/newsd/feeds.d/local.txt")  # root can read it, the service cannot
        self.assertIn("cannot be read", inside("sh", "-c", "newsd check 2>&1 || true"))
        inside("chmod", "644", "/etc/newsd/feeds.d/local.txt")
        inside("systemctl", "stop", "newsd")

    def test_02_a_damaged_database_is_found_and_does_not_restart_for_ever(self):
        inside("sh", "-c", "head -c 9000 /dev/urandom > /var/lib/newsd/newsd.db")
        self.assertIn("no usable database", inside("sh", "-c", "newsd check 2>&1 || true"))
        inside("systemctl", "start", "newsd", check=False)
        time.sleep(5)
        state = show("ActiveState", "NRestarts", "ExecMainStatus")
        self.assertEqual((state["ActiveState"], state["NRestarts"], state["ExecMainStatus"]), ("failed", "0", "65"))
        inside("sh", "-c", "rm -f /var/lib/newsd/newsd.db*")
        inside("systemctl", "reset-failed", "newsd")

    def test_02_it_starts_is_ready_and_shows_its_status(self):
        self.write("/etc/newsd/newsd.conf.d/test.conf",
                   "[poll]\ninterval-min = 1s\ninterval-default = 1s\ninterval-max = 2s\nhost-gap = 0s\nallow-private-addresses = yes\n"
                   "backfill = all\njitter = no\n[pages]\npolicy = never\n[topics]\ncreate = no\n[kafka]\nbootstrap.servers = %s\n"
                   % self.broker.brokers)
        self.write("/etc/newsd/feeds.d/local.txt", self.site.url("/feed") + "\n" + self.site.url("/broken") + "\n")
        inside("systemctl", "enable", "--now", "newsd")
        state = show("ActiveState", "StatusText", "MainPID")
        self.assertEqual(state["ActiveState"], "active")
        wait_until(lambda: "2 feeds" in show("StatusText")["StatusText"], "the status line")
        wait_until(lambda: consume(self.broker.brokers, "news.articles"), "the first record")
        self.assertIn("running", inside("newsd", "status"))

    def test_03_the_journal_has_fields_and_message_ids(self):
        ready = [line for line in self.log() if line.get("MESSAGE", "").startswith("ready:")]
        self.assertTrue(ready)
        self.assertRegex(ready[0]["MESSAGE_ID"], r"^[0-9a-f]{32}$")
        self.assertEqual(self.log("MESSAGE_ID=" + ready[0]["MESSAGE_ID"])[0]["MESSAGE"], ready[0]["MESSAGE"])
        wait_until(lambda: self.log("NEWSD_FEED=" + self.site.url("/broken")), "the failing feed in the journal")
        failing = self.log("NEWSD_FEED=" + self.site.url("/broken"))
        self.assertEqual(len(failing), 1)  # a state change, not a line per poll
        self.assertEqual((failing[0]["NEWSD_ERROR"], failing[0]["PRIORITY"]), ("status-server", "4"))

    def test_04_reload_writes_the_difference(self):
        self.write("/etc/newsd/newsd.conf.d/zz.conf", "[poll]\ninterval-max = 3s\n")
        inside("systemctl", "reload", "newsd")
        wait_until(lambda: [l for l in self.log() if "poll.interval-max: 2s -> 3s" in l.get("MESSAGE", "")], "the difference")
        self.assertEqual(show("ActiveState")["ActiveState"], "active")

    def test_04_reload_of_a_broken_configuration_fails_and_changes_nothing(self):
        before = show("MainPID")["MainPID"]
        self.write("/etc/newsd/newsd.conf.d/zz.conf", "[poll]\ninterval-max = soon\n")
        with self.assertRaises(AssertionError):
            inside("systemctl", "reload", "newsd")
        self.assertTrue([l for l in self.log() if "zz.conf:2:" in l.get("MESSAGE", "")])
        self.assertEqual((show("ActiveState")["ActiveState"], show("MainPID")["MainPID"]), ("active", before))
        self.write("/etc/newsd/newsd.conf.d/zz.conf", "[poll]\ninterval-max = 3s\n")

    def test_05_a_killed_process_comes_back(self):
        before = show("MainPID")["MainPID"]
        os.kill(self.outer(before), signal.SIGKILL)
        wait_until(lambda: show("MainPID")["MainPID"] not in ("0", before) and show("ActiveState")["ActiveState"] == "active",
                   "a new process")

    def test_06_a_stopped_process_is_restarted_by_the_watchdog(self):
        os.makedirs(machine.tree + "/etc/systemd/system/newsd.service.d", exist_ok=True)
        self.write("/etc/systemd/system/newsd.service.d/watchdog.conf", "[Service]\nWatchdogSec=3\n")
        inside("systemctl", "daemon-reload")
        inside("systemctl", "restart", "newsd")
        before = show("MainPID")["MainPID"]
        time.sleep(5)
        self.assertEqual(show("MainPID")["MainPID"], before, "a healthy process was restarted")
        os.kill(self.outer(before), signal.SIGSTOP)
        wait_until(lambda: show("MainPID")["MainPID"] not in ("0", before) and show("ActiveState")["ActiveState"] == "active",
                   "a new process after the watchdog")
        self.assertTrue([l for l in self.log() if "watchdog" in l.get("MESSAGE", "").lower()])

    def test_07_the_sandbox_scores_and_holds(self):
        text = inside("systemd-analyze", "security", "newsd", "--no-pager", check=False)
        score = float(re.search(r"exposure level for newsd.service: ([\d.]+)", text).group(1))
        print("service: systemd-analyze security %.1f" % score)
        self.assertLessEqual(score, 1.5)
        # As the service's user and in its view of the files: every folder it could write into.
        process = str(self.outer(show("MainPID")["MainPID"]))
        user, group = inside("id", "-u", "newsd").strip(), inside("id", "-g", "newsd").strip()
        found = sh("nsenter", "--target", process, "--mount", "--user", "--setuid", user, "--setgid", group, "find", "/", "-writable",
                   "(", "-type", "d", "-o", "-type", "f", ")", "-not", "-path", "/proc/*", check=False)
        own = ("/var/lib/newsd", "/run/newsd", "/tmp", "/var/tmp")  # the last two are private and go with the process
        self.assertIn("/var/lib/newsd/newsd.db", found.split())
        self.assertEqual([path for path in found.split() if not path.startswith(own)], [])

    def outer(self, pid):
        """The process's number outside the machine."""
        for status in glob.glob("/proc/[0-9]*/status"):
            try:
                with open(status) as file:
                    text = file.read()
            except OSError:
                continue
            if re.search(r"^Name:\tnewsd$", text, re.M) and re.search(r"^NSpid:.*\t%s$" % pid, text, re.M):
                return int(status.split("/")[2])
        raise AssertionError("the process is not to be found outside")

    def test_08_it_stops_within_ten_seconds(self):
        began = time.time()
        inside("systemctl", "stop", "newsd")
        took = time.time() - began
        print("service: stopped in %.2f s" % took)
        self.assertLess(took, 10)
        self.assertEqual(show("Result")["Result"], "success")
        inside("systemctl", "start", "newsd")

    def test_09_state_is_kept_over_a_reboot(self):
        wait_until(lambda: self.site.requests("/feed"), "polls")
        seen = len(consume(self.broker.brokers, "news.articles"))
        machine.halt()
        self.entries.insert(0, item(2))
        machine.boot()
        wait_until(lambda: show("ActiveState")["ActiveState"] == "active", "the service after the reboot")
        wait_until(lambda: len(consume(self.broker.brokers, "news.articles")) > seen, "the new article")
        self.assertEqual(len(consume(self.broker.brokers, "news.articles")), seen + 1)

    def test_10_an_upgrade_restarts_it_and_keeps_the_configuration(self):
        before = show("MainPID")["MainPID"]
        install(build_deb(self.version + "+1"))
        wait_until(lambda: show("MainPID")["MainPID"] not in ("0", before) and show("ActiveState")["ActiveState"] == "active",
                   "the new version runs")
        self.assertTrue(os.path.exists(machine.tree + "/etc/newsd/newsd.conf.d/test.conf"))

    def test_10_an_upgrade_that_does_not_start_is_finished_when_its_configuration_is_mended(self):
        self.write("/etc/newsd/newsd.conf.d/zz.conf", "[poll]\ninterval-max = soon\n")
        with self.assertRaises(AssertionError):
            install(build_deb(self.version + "+2"))
        self.assertIn("half-configured", inside("dpkg-query", "-W", "-f", "${db:Status-Status}", "newsd"))
        self.write("/etc/newsd/newsd.conf.d/zz.conf", "[poll]\ninterval-max = 3s\n")
        inside("dpkg", "--configure", "-a")
        inside("systemctl", "start", "newsd")
        self.assertEqual(inside("dpkg-query", "-W", "-f", "${db:Status-Status}", "newsd"), "installed")
        self.assertEqual(show("ActiveState")["ActiveState"], "active")

    def test_11_purge_leaves_nothing(self):
        inside("apt-get", "purge", "-y", "-q", "newsd")
        for path in ("/usr/bin/newsd", "/etc/newsd", "/var/lib/newsd", "/lib/systemd/system/newsd.service"):
            self.assertFalse(os.path.exists(machine.tree + path), path)


if __name__ == "__main__":
    unittest.main(verbosity=2)
