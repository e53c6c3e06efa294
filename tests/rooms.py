#!/usr/bin/python3
"""Holds the house to its arrows: which room may include which. A room is a folder; each line below names what it stands on.
tests/ mirrors the rooms. Prints one line for each include against the table, each arrow of the table that is not used, and each unit
test in a folder that is no room's. Part of `make lint`."""
import glob
import os
import re
import sys

ARROWS = {
    "feeds/base": "",
    "feeds/http": "feeds/base",
    "feeds/xml": "feeds/base",
    "feeds/html": "feeds/base",
    "feeds/parse": "feeds/base feeds/xml feeds/html",
    "feeds/poll": "feeds/base feeds/http feeds/parse",
    "processors": "feeds/base",
    "processors/stages": "processors processors/html processors/language processors/meaning processors/places processors/stories",
    "processors/intake": "feeds/base processors processors/html processors/text",
    "processors/text": "feeds/base processors",
    "processors/model": "feeds/base",
    "processors/models": "feeds/base processors processors/html processors/language processors/meaning processors/model processors/places",
    "processors/language": "feeds/base processors processors/model processors/text",
    "processors/places": "feeds/base processors processors/language processors/model",
    "processors/html": "feeds/base processors processors/language processors/model processors/text",
    "processors/stories": "feeds/base processors processors/language",
    "processors/meaning": "feeds/base processors processors/language processors/model",
    "processors/record": "feeds/base processors",
    "daemon/process": "feeds/base feeds/http",
    "daemon/config": "feeds/base feeds/http feeds/parse feeds/poll processors processors/html processors/record",
    "daemon/store": "daemon/process feeds/base feeds/poll processors processors/record processors/intake",
    "daemon/fetching": "daemon/process feeds/base feeds/http feeds/poll",
    "daemon/kafka": "daemon/config daemon/process daemon/store feeds/base feeds/poll processors/record processors/intake",
    "daemon/polling": "daemon/config daemon/fetching daemon/process daemon/store feeds/base feeds/parse feeds/poll processors/record processors/intake",
    "daemon/articles": "daemon/config daemon/fetching daemon/process daemon/store feeds/base processors processors/html processors/intake"
                       " processors/record processors/stories",
    "daemon/websub": "daemon/config daemon/fetching daemon/polling daemon/process daemon/store feeds/base feeds/http feeds/poll",
    "daemon/watch": "daemon/articles daemon/config daemon/fetching daemon/kafka daemon/polling daemon/process daemon/store feeds/base feeds/http"
                    "",
    "daemon": "daemon/articles daemon/config daemon/process daemon/store daemon/watch daemon/websub feeds/base",
    "daemon/commands": "daemon daemon/config daemon/fetching daemon/kafka daemon/process daemon/store daemon/watch feeds/base feeds/html feeds/http"
                       " feeds/parse processors processors/html processors/intake processors/language processors/record processors/text",
    "daemon/main": "daemon/commands daemon/config",
    "daemon/demo": "daemon daemon/commands daemon/kafka daemon/process feeds/base",
}
# Files that stand in another place than their folder: the list of stages and the intake above all stages, main() above the
# commands.
ELSEWHERE = {"processors/stages.c": "processors/stages", "processors/intake.c": "processors/intake",
             "processors/intake.h": "processors/intake", "processors/intake_payload.c": "processors/intake",
             "processors/intake_payload.h": "processors/intake", "daemon/main.c": "daemon/main"}


def room_of(path):
    return ELSEWHERE.get(path, os.path.dirname(path))


def circles(arrows):
    """The rooms that are left when all without an arrow into the rest are taken away."""
    left = {room: set(others) for room, others in arrows.items()}
    while True:
        ground = [room for room, others in left.items() if not others & set(left)]
        if not ground:
            return sorted(left)
        for room in ground:
            del left[room]


def target(include, path):
    if include.startswith("base/"):
        return "feeds/" + include
    return include if os.path.exists(include) else os.path.join(os.path.dirname(path), include)


def main():
    found, used = [], set()
    for path in sorted(glob.glob("daemon/**/*.[ch]", recursive=True) + glob.glob("feeds/**/*.[ch]", recursive=True) +
                       glob.glob("processors/**/*.[ch]", recursive=True)):
        room = room_of(path)
        if room not in ARROWS:
            found.append("%s: the room %s is not in the table" % (path, room))
            continue
        with open(path, encoding="utf-8") as file:
            includes = re.findall(r'^#include "([^"]+)"', file.read(), re.M)
        for include in includes:
            other = room_of(target(include, path))
            if other != room:
                used.add((room, other))
                if other not in ARROWS[room].split():
                    found.append("%s: %s may not stand on %s" % (path, room, other))
    for room, others in ARROWS.items():
        found += ["tests/rooms.py: %s does not stand on %s any more" % (room, other) for other in others.split() if (room, other) not in used]
    for path in glob.glob("tests/*/**/test_*.c", recursive=True):
        room = os.path.dirname(path)[len("tests/"):]
        if room.split("/")[0] in ("daemon", "feeds", "processors") and not glob.glob(room + "/*.c"):
            found.append("%s: there is no room %s to test" % (path, room))
    round_about = circles({room: others.split() for room, others in ARROWS.items()})
    if round_about:
        found.append("tests/rooms.py: the arrows go round: " + " ".join(round_about))
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
