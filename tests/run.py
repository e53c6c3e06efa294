#!/usr/bin/python3
"""Runs the test suites and adds up their results.

    tests/run.py [--build asan|tsan|release] [--jobs N] SUITE...      suites: unit valgrind integration kafka service demo

Prints each failure whole and each skip with its reason; the last line is `N passed, N failed, N skipped`.
Exit status 1 when anything failed, or when --insist names a suite that was skipped.
"""
import argparse
import concurrent.futures
import glob
import os
import re
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Result:
    def __init__(self, name, passed=0, failed=0, skipped=0, output="", reasons=(), seconds=0.0):
        self.name, self.passed, self.failed, self.skipped = name, passed, failed, skipped
        self.output, self.reasons, self.seconds = output, list(reasons), seconds


def run(command, seconds, environment=None):
    began = time.time()
    try:
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=seconds,
                              env=dict(os.environ, **(environment or {})))
        return done.returncode, done.stdout.decode("utf-8", "replace"), time.time() - began
    except subprocess.TimeoutExpired as error:
        return 124, (error.stdout or b"").decode("utf-8", "replace") + "\nstopped after %d s\n" % seconds, time.time() - began


def cmocka(name, command, seconds, environment=None):
    """A cmocka program: its own counts; a crash or a leak after them is one failure more."""
    code, output, took = run(command, seconds, environment)
    passed = sum(int(n) for n in re.findall(r"\[  PASSED  \] (\d+) test", output))
    failed = sum(int(n) for n in re.findall(r"\[  FAILED  \] \w+: (\d+) test", output))
    skips = re.findall(r"\[  SKIPPED \] (?!\w*: ?\d)(\S+)", output)
    reasons = re.findall(r"^skipped: (.*)$", output, re.M)
    if code and not failed:
        failed = 1
    if not code and not passed and not skips:
        failed, output = 1, output + "\n(no test ran)\n"
    return Result(name, passed, failed, len(set(skips)), output if failed else "", reasons, took)


def python(name, path, seconds, environment):
    code, output, took = run(["/usr/bin/python3", path, "-v"], seconds, environment)
    match = re.search(r"^Ran (\d+) tests?", output, re.M)
    total = int(match.group(1)) if match else 0
    ends = re.search(r"^(?:OK|FAILED)(?: \((.*)\))?$", output, re.M)
    numbers = dict(re.findall(r"(\w+)=(\d+)", ends.group(1) or "") if ends else [])
    failed = int(numbers.get("failures", 0)) + int(numbers.get("errors", 0))
    skipped = int(numbers.get("skipped", 0))
    reasons = re.findall(r"skipped ['\"](.*)['\"]$", output, re.M)
    if (code and not failed) or not match:
        failed = failed or 1
    said = re.findall(r"^(?:kill|bench|kafka|service): .*$", output, re.M)
    for line in said:
        print("  " + line)
    return Result(name, max(total - failed - skipped, 0), failed, skipped, output if failed else "", reasons, took)


def suites(arguments):
    out = os.path.join(ROOT, "out", arguments.build)
    sanitizer = {"ASAN_OPTIONS": "detect_leaks=1:abort_on_error=0", "UBSAN_OPTIONS": "print_stacktrace=1",
                 "TSAN_OPTIONS": "halt_on_error=0:second_deadlock_stack=1:suppressions=" + os.path.join(ROOT, "tests", "tsan.supp")}
    live = dict(sanitizer, NEWSD=os.path.join(out, "newsd"),
                NEWSD_MOCK_BROKER=os.path.join(ROOT, "out", "release", "tests", "support", "mock_broker"))
    if arguments.build != "release":
        live["NEWSD_TEST_PATIENCE"] = "60"
    programs = sorted(p for top in ("feeds", "processors", "daemon")
                      for p in glob.glob(os.path.join(out, "tests", top, "**", "test_*"), recursive=True) if not p.endswith(".d"))
    relative = lambda p: os.path.relpath(p, out)
    return {
        "unit": [lambda p=p: cmocka(relative(p), [p], 300, sanitizer) for p in programs],
        "valgrind": [lambda p=p: cmocka("valgrind " + relative(p), ["valgrind", "-q", "--error-exitcode=9", "--leak-check=full",
                                        "--errors-for-leak-kinds=definite",
                                        "--suppressions=" + os.path.join(ROOT, "tests", "valgrind.supp"), p], 600, {"NEWSD_TEST_COARSE": "1"}) for p in programs],
        "integration": [lambda p=p: python(os.path.relpath(p, ROOT), p, 1800, live)
                        for p in sorted(glob.glob(os.path.join(ROOT, "tests", "integration", "test_*.py")))],
        "kafka": [lambda p=p: python(os.path.relpath(p, ROOT), p, 1800, live)
                  for p in sorted(glob.glob(os.path.join(ROOT, "tests", "kafka", "test_*.py")))],
        "service": [lambda p=p: python(os.path.relpath(p, ROOT), p, 1800, live)
                    for p in sorted(glob.glob(os.path.join(ROOT, "tests", "service", "test_*.py")))],
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default="asan")
    parser.add_argument("--jobs", type=int, default=3)
    parser.add_argument("--insist", action="append", default=[], help="a skip in this suite is a failure")
    parser.add_argument("suites", nargs="+")
    arguments = parser.parse_args()
    known = suites(arguments)
    results = []
    for suite in arguments.suites:
        if not known.get(suite):
            results.append(Result(suite, failed=1, output="no tests found for the suite %s\n" % suite))
            continue
        print("== %s (%s build)" % (suite, arguments.build), flush=True)
        with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
            for result in pool.map(lambda test: test(), known[suite]):
                if suite in arguments.insist and result.skipped:
                    result.failed += result.skipped
                    result.output += "\nskipped where that is not allowed\n"
                results.append(result)
                print("%-52s %4d passed %3d failed %3d skipped %7.1f s" %
                      (result.name, result.passed, result.failed, result.skipped, result.seconds), flush=True)
                for reason in result.reasons:
                    print("    skipped: %s" % reason)
    for result in results:
        if result.failed:
            print("\n---- %s\n%s" % (result.name, result.output[-20000:]))
    passed, failed, skipped = (sum(getattr(r, n) for r in results) for n in ("passed", "failed", "skipped"))
    print("%d passed, %d failed, %d skipped" % (passed, failed, skipped))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
