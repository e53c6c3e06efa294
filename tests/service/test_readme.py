#!/usr/bin/python3
"""The README's two commands on a bare Debian 12 that has make and nothing else for newsd.

The second one, `make test`, takes as long as all tests: NEWSD_TEST_README=all runs it, and it is skipped else.
"""
import os
import re
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from machine import ROOT, Machine, sh  # noqa: E402


class Readme(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.machine = Machine("bare")
        sources = sh("git", "-C", ROOT, "ls-files", "--cached", "--others", "--exclude-standard").split()
        there = [name for name in sources if os.path.exists(os.path.join(ROOT, name))]
        target = os.path.join(cls.machine.tree, "srv", "newsd")
        os.makedirs(target)
        sh("env", "-C", ROOT, "cp", "-a", "--parents", "-t", target, *there)
        cls.machine.run("apt-get", "install", "-y", "-q", "--no-install-recommends", "make")

    @classmethod
    def tearDownClass(cls):
        cls.machine.remove()

    def make(self, *arguments, seconds):
        return self.machine.run("env", "-C", "/srv/newsd", "make", *arguments, seconds=seconds)

    def test_1_make_demo_installs_builds_and_shows_every_record(self):
        said = self.make("demo", "ONCE=1", seconds=900)
        print(said[-1500:])
        self.assertRegex(said, r"librdkafka-dev")
        self.assertRegex(said, r"\b(\d+) of \1\b")

    @unittest.skipUnless(os.environ.get("NEWSD_TEST_README") == "all", "NEWSD_TEST_README=all runs the whole of make test there")
    def test_2_make_test_passes(self):
        said = self.make("test", seconds=1500)
        print("service: make test on a bare machine: " + said.strip().splitlines()[-1])
        for line in said.splitlines():
            if re.match(r"^\d+ passed", line):
                self.assertIn(" 0 failed", line)


if __name__ == "__main__":
    unittest.main(verbosity=2)
