"""What stands beside the program: that the metrics which tests/packaging.py knows are those that are printed, that the example list
is read, and that the containers' drop-in is a configuration."""
import os
import re
import subprocess
import sys
import unittest

from harness import NEWSD, NewsdTest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests"))

import packaging  # noqa: E402


class Packaging(NewsdTest):
    def test_the_metrics_that_board_and_rules_are_held_to_are_those_printed(self):
        printed, kinds = {}, {}
        for line in self.newsd([]).get("/metrics")[1].splitlines():
            if line.startswith("# TYPE "):
                kinds.update([line.split()[2:]])
            elif not line.startswith("#"):
                name, labels = re.match(r"(\w+)(?:\{(.*)\})? \S+$", line).groups()
                values = printed.setdefault(name, {})
                for label, value in re.findall(r'(\w+)="([^"]*)"', labels or ""):
                    values.setdefault(label, set()).add(value)
        known = packaging.series()
        self.assertEqual(sorted(printed), sorted(known))
        for name, (kind, labels) in known.items():
            self.assertEqual(sorted(printed[name]), sorted(labels), name)
            for label, values in labels.items():
                if values is not None:  # a histogram's bounds
                    self.assertEqual(printed[name][label], values, name)
            whole = re.sub("_(bucket|sum|count)$", "", name)
            self.assertEqual(kinds.get(name, "counter" if kinds.get(whole) == "histogram" else None), kind, name)

    def test_the_example_list_and_the_containers_drop_in_are_read(self):
        os.makedirs(os.path.join(self.folder, "feeds.d"))
        for name, target in ((packaging.FEEDS, "feeds.d/example.opml"), (packaging.CONTAINERS + "newsd.conf.d/compose.conf", "newsd.conf")):
            with open(os.path.join(self.folder, target), "w", encoding="utf-8") as file:
                file.write(packaging.read(name))
        with open(os.path.join(self.folder, "newsd.conf"), "a", encoding="utf-8") as file:
            file.write("[newsd]\nstate-directory = %s\n" % self.folder)
        done = subprocess.run([NEWSD, "check", "--strict", "-c", os.path.join(self.folder, "newsd.conf")], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        count = packaging.read(packaging.FEEDS).count("xmlUrl=")
        self.assertIn("feeds: %d in " % count, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
