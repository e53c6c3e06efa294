#!/usr/bin/python3
"""Holds the house to having no circle of files: one whose object uses a symbol of another's never stands, by whatever way,
under that other. Reads the objects of out/release (`make objects`). Prints one line for each step of a circle, and for each
object that is missing or older than its source. Part of `make lint`."""
import collections
import glob
import os
import subprocess
import sys

OBJECTS = "out/release/"


def sources():
    return sorted(path for room in ("daemon", "feeds", "processors") for end in ("c", "cc")
                  for path in glob.glob("%s/**/*.%s" % (room, end), recursive=True))


def object_of(source):
    return OBJECTS + os.path.splitext(source)[0] + ".o"


def is_stale(source):
    built = object_of(source)
    return not os.path.exists(built) or os.path.getmtime(built) < os.path.getmtime(source)


def symbols(paths, kind):
    """Pairs of a source and a symbol that its object has of this kind."""
    source_of = {object_of(path): path for path in paths}
    lines = subprocess.run(["nm", "-A", "-P", "--extern-only", kind] + sorted(source_of), check=True, stdout=subprocess.PIPE,
                           text=True).stdout
    for line in lines.splitlines():
        built, symbol = line.split()[:2]
        yield source_of[built.rstrip(":")], symbol


def uses(paths):
    """What each source uses of each other one: {source: {other: [symbol]}}."""
    found = {path: collections.defaultdict(list) for path in paths}
    defined_in = {symbol: path for path, symbol in symbols(paths, "--defined-only")}
    for path, symbol in symbols(paths, "--undefined-only"):
        if symbol in defined_in:
            found[path][defined_in[symbol]].append(symbol)
    return found


def reached(found, start):
    seen, left = set(), [start]
    while left:
        for other in found[left.pop()]:
            if other not in seen:
                seen.add(other)
                left.append(other)
    return seen


def main():
    paths = sources()
    stale = [path for path in paths if is_stale(path)]
    if stale:
        print("\n".join("%s: no object of it as it is now in %s; `make objects` builds it" % (path, OBJECTS) for path in stale))
        return 1
    found = uses(paths)
    below = {path: reached(found, path) for path in paths}
    steps = ["%s: uses %s of %s, which stands on it" % (path, ", ".join(sorted(of_other)), other)
             for path in paths for other, of_other in sorted(found[path].items()) if path in below[other]]
    print("\n".join(steps))
    return 1 if steps else 0


if __name__ == "__main__":
    sys.exit(main())
