"""A minimal Debian 12 with systemd as process 1, for the tests of this folder (machine.sh does the work)."""
import os
import shutil
import subprocess
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MACHINE = os.path.join(ROOT, "tests", "service", "machine.sh")
BASE = os.path.join(ROOT, "out", "machine", "base")


def sh(*command, check=True, seconds=600):
    """Runs a command and returns what it said on standard output."""
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=seconds, stdin=subprocess.DEVNULL)
    if check and done.returncode:
        raise AssertionError("%s failed (%d):\n%s%s" % (" ".join(command), done.returncode, done.stdout[-3000:], done.stderr[-3000:]))
    return done.stdout


class Machine:
    """One machine in out/machine/NAME, fresh from the base system. Skips the test, with the reason, where none can be made."""

    def __init__(self, name):
        self.tree = os.path.join(ROOT, "out", "machine", name)
        if os.geteuid() != 0:
            raise unittest.SkipTest("needs root to make and boot a machine")
        if not shutil.which("debootstrap"):
            raise unittest.SkipTest("debootstrap is not installed")
        try:
            sh(MACHINE, "make", BASE)
            self.halt()
            shutil.rmtree(self.tree, ignore_errors=True)
            sh("cp", "-a", BASE, self.tree)
            self.boot()
        except AssertionError as error:
            raise unittest.SkipTest("no machine can be made here: %s" % str(error).splitlines()[-1])

    def boot(self):
        sh(MACHINE, "boot", self.tree)

    def halt(self):
        sh(MACHINE, "halt", self.tree, check=False)

    def run(self, *command, check=True, seconds=600):
        return sh(MACHINE, "in", self.tree, *command, check=check, seconds=seconds)

    def remove(self):
        self.halt()
        shutil.rmtree(self.tree, ignore_errors=True)
