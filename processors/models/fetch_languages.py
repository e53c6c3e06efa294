#!/usr/bin/python3
"""Fetches, by their package names, what train_languages reads: for each language its words with counts, and lines of text.

    fetch_languages.py FOLDER      FOLDER/CODE.words (word, tab, parts in a thousand million), FOLDER/CODE.lines;
                                   FOLDER/languages.txt: code, name of these, percentage of samples from lines, times that it is drawn

What stands there already is left alone. Licences: processors/models/README.md.
"""
import glob
import gzip
import html
import os
import re
import struct
import subprocess
import sys
import zipfile

WORDFREQ = "wordfreq==3.1.1"
LISTED_MAX = 40000
SPELLED_SHARE = 0.15  # of the words, from a spelling list, whose words have no counts
LINES_MAX = 40000
# Code: the list in wordfreq, the suffixes of Debian's translation packages, the spelling list.
LANGUAGES = {
    "en": ("en", "en-gb", ""), "es": ("es", "es-es", ""), "fr": ("fr", "fr", ""), "de": ("de", "de", ""),
    "it": ("it", "it", ""), "pt": ("pt", "pt-br pt-pt", ""), "nl": ("nl", "nl", ""), "pl": ("pl", "pl", ""),
    "cs": ("cs", "cs", ""), "sk": ("sk", "sk", ""), "hu": ("hu", "hu", ""), "ro": ("ro", "ro", ""),
    "hr": ("sh", "hr", "hunspell-hr"), "bs": ("sh", "bs", "hunspell-bs"), "sr": ("sh", "sr", ""),
    "sl": ("sl", "sl", ""), "tr": ("tr", "tr", ""), "vi": ("vi", "vi", ""), "id": ("id", "id", ""),
    "ms": ("ms", "ms", ""), "sv": ("sv", "sv-se", ""), "da": ("da", "da", ""), "no": ("nb", "nb-no nn-no", ""),
    "fi": ("fi", "fi", ""), "et": ("", "et", "myspell-et"), "lt": ("lt", "lt", ""), "lv": ("lv", "lv", ""),
    "ca": ("ca", "ca", ""), "sq": ("", "sq", ""), "az": ("", "az", ""), "sw": ("", "", "hunspell-sw"),
    "tl": ("fil", "tl", ""), "af": ("", "af", "hunspell-af"), "is": ("is", "is", ""), "ga": ("", "ga-ie ga", "myspell-ga"),
    "eu": ("", "eu", "hunspell-eu"), "gl": ("", "gl", "hunspell-gl"), "ru": ("ru", "ru", ""), "uk": ("uk", "uk", ""),
    "bg": ("bg", "bg", ""), "mk": ("mk", "mk", ""), "be": ("", "be", "hunspell-be"), "kk": ("", "kk", "hunspell-kk"),
    "ar": ("ar", "ar", ""), "fa": ("fa", "fa", ""), "ur": ("ur", "ur", ""), "hi": ("hi", "hi-in", ""),
    "mr": ("", "mr", ""), "ne": ("", "ne-np ne", "hunspell-ne"),
}
# How much more news there is in a language than in the smallest: so often it is drawn.
TIMES = {"en": 7, "sr": 2, "no": 2, "es": 3, "fr": 2, "de": 2, "it": 2, "pt": 2, "ru": 3, "pl": 2, "cs": 2, "hr": 2, "id": 2, "ar": 2, "hi": 2}
PREFIXES = ("firefox-esr-l10n-", "thunderbird-l10n-", "libreoffice-l10n-", "libreoffice-help-")
# Big packages are taken only for languages without a list of words.
BIG = ("thunderbird-l10n-", "libreoffice-l10n-", "libreoffice-help-")
TO_LATIN = dict(zip("абвгдђежзијклљмнњопрстћуфхцчџш",
                    "a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š".split()))
TO_LATIN.update({cyrillic.upper(): latin.capitalize() for cyrillic, latin in list(TO_LATIN.items())})
TO_CYRILLIC = sorted(((latin, cyrillic) for cyrillic, latin in TO_LATIN.items()), key=lambda pair: -len(pair[0]))


def unpacked(data):
    """The lists, maps and texts of a MessagePack file; what else the format has is not in these."""
    at = 0

    def take(count):
        nonlocal at
        at += count
        return data[at - count:at]

    def value():
        kind = take(1)[0]
        if kind < 0x80:
            return kind
        if kind < 0x90:
            return {value(): value() for _ in range(kind & 15)}
        if kind < 0xA0:
            return [value() for _ in range(kind & 15)]
        if kind < 0xC0:
            return take(kind & 31).decode("utf-8")
        if kind in (0xD9, 0xDA):
            return take(int.from_bytes(take(kind - 0xD8), "big")).decode("utf-8")
        if kind in (0xDC, 0xDD):
            return [value() for _ in range(int.from_bytes(take(2 if kind == 0xDC else 4), "big"))]
        sys.exit("a list of words is not what it was: %#x" % kind)

    return value()


def listed_words(wheel, code):
    """Word and share; place N of the file holds the words that are 10^(-N/100) of all."""
    words = {}
    for place, entries in enumerate(unpacked(gzip.decompress(wheel.read("wordfreq/data/small_%s.msgpack.gz" % code)))[1:]):
        for word in entries:
            if len(words) < LISTED_MAX and not re.search(r"\d", word):
                words[word] = 10 ** (-place / 100)
    return words


def spelled_words(folder, package):
    words = set()
    for path in glob.glob(os.path.join(folder, package, "usr/share/*spell/*.dic")):
        with open(path, "rb") as file:
            raw = file.read()
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = raw.decode("iso-8859-15" if package == "myspell-et" else "iso-8859-1")
        words.update(word for word in re.split(r"[/\t].*\n|\n", text) if word.islower() and len(word) > 1)
    return sorted(words)


def plain(text):
    """A message without its variables, tags and marks."""
    text = re.sub(r"\\u([0-9A-Fa-f]{4})", lambda match: chr(int(match.group(1), 16)), text)
    text = re.sub(r"\{[^{}]*\}|<[^<>]*>|https?:\S+|%\d*\$?\w|\$\w+|\\n|[~_&](?=\w)", " ", text)
    return re.sub(r"\s+", " ", html.unescape(text)).strip()


def messages(name, data):
    """The texts of one file of a translation package."""
    if name.endswith(".ftl"):
        return re.findall(r"^(?:[\w.-]+ =|\s+(?:\.\w+ =)?)[ \t]*(.+)$", data.decode("utf-8", "ignore"), re.M)
    if name.endswith(".properties"):
        return re.findall(r"^[^#\s=][^=]*=(.+)$", data.decode("utf-8", "ignore"), re.M)
    if name.endswith(".html"):
        return re.split(r"</?(?:p|h\d|td|li|div|title)\b[^>]*>", data.decode("utf-8", "ignore").split("<body", 1)[-1])
    count, originals, translations = struct.unpack("<III", data[8:20])
    found = []
    for i in range(count):
        pair = []
        for table in (originals, translations):
            length, at = struct.unpack("<II", data[table + 8 * i:table + 8 * i + 8])
            pair.append(data[at:at + length].decode("utf-8", "ignore"))
        if pair[1] != pair[0].split("\x04")[-1] and pair[0]:
            found += pair[1].split("\0")
    return found


def package_lines(folder, package):
    lines = {}
    for path in sorted(glob.glob(os.path.join(folder, package, "usr/**/*.*"), recursive=True)):
        if path.endswith(".xpi"):
            archive = zipfile.ZipFile(path)
            members = [(name, archive.read(name)) for name in sorted(archive.namelist()) if name.endswith((".ftl", ".properties"))]
        elif path.endswith((".mo", "/text/.html")) or "/help/" in path and path.endswith(".html"):
            with open(path, "rb") as file:
                members = [(path, file.read())]
        else:
            continue
        for name, data in members:
            for text in messages(name, data):
                text = plain(text)
                if len(text) >= 12 and text.count(" ") >= 2:
                    lines[text] = True
    return lines


def fetch_packages(folder):
    """Downloads what there is of the packages and unpacks it; a language has not every kind."""
    wanted = []
    for listed, suffixes, spelling in LANGUAGES.values():
        for prefix in PREFIXES:
            if prefix not in BIG or listed in ("", "sh"):
                wanted += [prefix + suffix for suffix in suffixes.split()]
        wanted += [spelling] if spelling else []
    known = subprocess.run(["apt-cache", "pkgnames"], check=True, capture_output=True, text=True).stdout.split()
    wanted = sorted(set(wanted) & set(known))
    missing = [name for name in wanted if not glob.glob(os.path.join(folder, name + "_*.deb"))]
    if missing:
        subprocess.run(["apt-get", "download", "-q", *missing], check=True, cwd=folder, stdout=subprocess.DEVNULL)
    for name in wanted:
        if not os.path.isdir(os.path.join(folder, name)):
            subprocess.run(["dpkg-deb", "-x", glob.glob(os.path.join(folder, name + "_*.deb"))[0],
                            os.path.join(folder, name)], check=True)
    return wanted


def into_latin(text):
    return "".join(TO_LATIN.get(letter, letter) for letter in text)


def into_cyrillic(text):
    for latin, cyrillic in TO_CYRILLIC:
        text = text.replace(latin, cyrillic)
    return text


def of_standard(words, ekavian):
    """Words of the common list without those that have the other standard's vowel: mjesto is mesto in Serbian."""
    pairs = [(word, short) for word in words for long in ("ije", "je") for short in [word.replace(long, "e")]
             if long in word[1:] and short in words]
    other = {pair[0] if ekavian else pair[1] for pair in pairs}
    return {word: share for word, share in words.items() if word not in other}


def write(folder, code, words, lines):
    total = sum(words.values())
    with open(os.path.join(folder, code + ".words"), "w", encoding="utf-8") as out:
        out.writelines("%s\t%d\n" % (word, round(share / total * 1e9)) for word, share in sorted(words.items()))
    with open(os.path.join(folder, code + ".lines"), "w", encoding="utf-8") as out:
        out.writelines(line + "\n" for line in lines)


def write_language(folder, wheel, code, packages, english):
    listed, suffixes, spelling = LANGUAGES[code]
    words = listed_words(wheel, listed) if listed else {}
    if listed == "sh":
        words = of_standard(words, code == "sr")
    spelled = spelled_words(os.path.join(folder, "packages"), spelling) if spelling else []
    whole = sum(words.values()) or 1
    for word in spelled:
        words[word] = words.get(word, 0) + whole * SPELLED_SHARE / len(spelled)
    lines = {}
    for name in (prefix + suffix for prefix in PREFIXES for suffix in suffixes.split()):
        if name in packages:
            lines.update(package_lines(os.path.join(folder, "packages"), name))
    kept = [line for line in lines if code == "en" or line not in english]
    kept = kept[::len(kept) // LINES_MAX + 1]
    if code == "sr":  # both scripts
        write(folder, "sr-cyrl", {into_cyrillic(word): share for word, share in words.items()}, kept)
        kept = [into_latin(line) for line in kept]
    write(folder, code, words, kept)
    print(code, len(words), "words", len(kept), "lines", flush=True)
    percent = 40 if listed == "sh" else 15 if listed else 85
    return "".join("%s %s %d %d\n" % (code, name, percent, TIMES.get(code, 1)) for name in ([code] if code != "sr" else ["sr", "sr-cyrl"]))


def main():
    folder = sys.argv[1]
    packages = os.path.join(folder, "packages")
    os.makedirs(packages, exist_ok=True)
    if os.path.exists(os.path.join(folder, "languages.txt")):
        return
    subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", "download", "--no-deps", "-d", folder,
                    WORDFREQ], check=True)
    wheel = zipfile.ZipFile(glob.glob(os.path.join(folder, "wordfreq-*.whl"))[0])
    fetched = fetch_packages(packages)
    english = package_lines(packages, "firefox-esr-l10n-en-gb")
    with open(os.path.join(folder, "languages.txt"), "w", encoding="utf-8") as out:
        out.writelines(write_language(folder, wheel, code, fetched, english) for code in LANGUAGES)


if __name__ == "__main__":
    main()
