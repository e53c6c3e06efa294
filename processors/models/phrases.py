#!/usr/bin/python3
"""Writes the lists of places, demonyms, organisations and politicians as lines of list and name, for train_words.

    phrases.py GAZETTEER NAMES OUT      GAZETTEER: TSV files after GeoNames; NAMES: organisations-politicians.tsv.xz

Lists: 0 countries, 1 first-level divisions, 2 large places, 3 other places, 4 second-level divisions, 5 demonyms,
6 organisations, 7 politicians.
"""
import lzma
import os
import sys

SHORT = """Syria|Russia|Britain|England|Scotland|Wales|Northern Ireland|Ivory Coast|Burma|Palestine|Gaza|West Bank|Kosovo|Taiwan|Iran|Venezuela|
Bolivia|Tanzania|Moldova|Laos|Vietnam|Macedonia|North Macedonia|Congo|DR Congo|Czech Republic|U.S.|U.K.|US|UK|USA|U.S.A.|UAE|EU|Soviet Union|USSR|
Yugoslavia|Holland|America|South Korea|North Korea|Europe|Africa|Asia|Latin America|Middle East|Balkans|Caucasus|Crimea|Donbas|Kurdistan|Kashmir|Tibet"""
LARGE, SMALL, FAMOUS = 100000, 5000, 500000


def rows(folder, name):
    with lzma.open(os.path.join(folder, name), "rt", encoding="utf-8") as lines:
        head = next(lines).rstrip("\n").split("\t")
        for line in lines:
            yield dict(zip(head, line.rstrip("\n").split("\t")))


def places(gazetteer):
    for row in rows(gazetteer, "places.tsv.xz"):
        people = int(row["population"] or 0)
        large = people >= LARGE or row["feature"] == "PPLC"
        if not large and people < SMALL:
            continue
        for name in {row["name"], row["ascii"]}:
            yield (2 if large else 3), name
        for name in row["alternates"].split("|") if people >= FAMOUS else []:
            if len(name) > 3 and name[0].isupper():
                yield 2, name


def phrases(gazetteer, names):
    for name in SHORT.replace("\n", "").split("|"):
        yield 0, name
    for row in rows(gazetteer, "country-names.tsv.xz"):
        if row["language"] == "en":
            yield 0, row["name"]
    for level, file in ((1, "admin1.tsv.xz"), (4, "admin2.tsv.xz")):
        for row in rows(gazetteer, file):
            yield level, row["name"]
    yield from places(gazetteer)
    for row in rows(gazetteer, "demonyms.tsv.xz"):
        if row["language"] == "en":
            yield 5, row["demonym"]
            yield 5, row["demonym"] + "s"
    with lzma.open(names, "rt", encoding="utf-8") as lines:
        for line in lines:
            label, name = line.rstrip("\n").split("\t")
            yield int(label), name


def main():
    gazetteer, names, path = sys.argv[1:]
    with open(path, "w", encoding="utf-8") as out:
        for label, name in dict.fromkeys(phrases(gazetteer, names)):
            if len(name) >= (2 if label == 0 else 3):
                out.write("%d\t%s\n" % (label, name))


if __name__ == "__main__":
    main()
