#!/usr/bin/env python3
"""Writes src/places/zone-data.ts: which time zones and countries a telephone number may be in, by its prefix.

The data are libphonenumber's (Apache-2.0, see NOTICE), from a checkout of its newest release:
  git clone --depth 1 https://github.com/google/libphonenumber && python3 packaging/zone-data.py libphonenumber

A prefix stands for its own zones and those of every longer prefix: a number whose exchange is not listed may be in any
of them. Numbers of mobiles, where they name no place, stand for all zones of their country. Area codes of North America
that share their ground are src/places/overlays.ts.
"""

import pathlib
import random
import re
import sys
import xml.etree.ElementTree as ElementTree

# Mobiles of these calling codes show where they are at home, as libphonenumber has it.
PLACED_MOBILES = {1, 52, 54, 55, 62, 86, 262}
# Where the table is wrong.
CORRECTED = {
    # Ireland has the clock of London, but it is not the United Kingdom.
    "353": ["Europe/Dublin"],
    # Regina and Saskatoon, which keep no summer time, as of 306 and 639 that it shares its ground with (NANPA PL-530).
    "1474": ["America/Regina"],
    # Orlando, as of 407 (NANPA PL-519).
    "1689": ["America/New_York"],
}
# An exchange that the table does not know: Lloydminster keeps the time of Alberta on both sides of the border.
MISSING = {"1306825": ("America/Edmonton",)}
# Area codes that the numbering plan itself has in one zone more than the table (NANPA, list of area codes, 2025-11-26).
WIDENED = {"1915": ["America/Chicago"], "1931": ["America/New_York"]}
# Mobiles of the few people there are not told from those of the mainland, five hours away: the contact's fields must say.
FAR_ISLANDS = {61: ("Indian/Christmas", "Indian/Cocos")}
WIDTH = 118


def read_table(folder):
    """Zones by prefix, as the table has them."""
    table = {}
    for line in (folder / "resources/timezones/map_data.txt").read_text().splitlines():
        if re.match(r"\d+\|", line):
            prefix, zones = line.split("|")
            table[prefix] = next((right for start, right in CORRECTED.items() if prefix.startswith(start)), zones.split("&"))
    for prefix, zones in WIDENED.items():
        table[prefix] = sorted({*table[prefix], *zones})
    # An area code of which only parts are listed stands for them all.
    for area_code in {prefix[:4] for prefix in table if re.match(r"1\d{4}", prefix)} - table.keys():
        table[area_code] = sorted({zone for prefix, found in table.items() if prefix.startswith(area_code) for zone in found})
    return table


def read_metadata(folder):
    """The territories of each calling code, the main one first, and where they have mobile numbers: pattern and lengths."""
    tree = ElementTree.parse(folder / "resources/PhoneNumberMetadata.xml")
    regions, mobiles = {}, {}
    for territory in tree.iter("territory"):
        code, region = int(territory.get("countryCode")), territory.get("id")
        known = regions.setdefault(code, [])
        known.insert(0 if territory.get("mainCountryForCode") == "true" else len(known), region)
        mobile = territory.find("mobile")
        if mobile is not None and mobile.find("possibleLengths") is not None:
            pattern = re.sub(r"\s", "", mobile.findtext("nationalNumberPattern"))
            mobiles[region] = (re.compile(pattern), lengths_of(mobile.find("possibleLengths").get("national")))
    return regions, mobiles


def lengths_of(written):
    """`8,[10-12]` as numbers."""
    lengths = []
    for part in re.findall(r"\[\d+-\d+\]|\d+", written):
        first, *last = map(int, re.findall(r"\d+", part))
        lengths += range(first, (last or [first])[0] + 1)
    return lengths


def all_zones(table, regions, mobiles):
    zones = {}
    for prefix in table:
        below = {zone for key, found in table.items() if key.startswith(prefix) for zone in found}
        zones[prefix] = tuple(sorted(below))
    zones.update(MISSING)
    for code in regions:
        country = zones.get(str(code))
        country = country and tuple(zone for zone in country if zone not in FAR_ISLANDS.get(code, ()))
        if code in PLACED_MOBILES or country is None or len(country) < 2:
            continue
        for region in regions[code]:
            for prefix in mobile_prefixes(mobiles.get(region)):
                for key in [key for key in zones if key.startswith(f"{code}{prefix}")]:
                    del zones[key]
                zones[f"{code}{prefix}"] = country
    return without_repetition(zones)


def mobile_prefixes(mobile):
    """Three digits after the country code with which mobile numbers begin."""
    if mobile is None:
        return
    pattern, lengths = mobile
    chance = random.Random(1)
    for start in range(1000):
        prefix = f"{start:03}"
        tries = [prefix + "".join(chance.choice("0123456789") for _ in range(length - 3)) for length in lengths for _ in range(60)]
        if any(pattern.fullmatch(number) for number in tries):
            yield prefix


def without_repetition(zones):
    """Leaves out what the next shorter prefix says already."""

    def shorter(prefix):
        return next((zones[prefix[:end]] for end in range(len(prefix) - 1, 0, -1) if prefix[:end] in zones), None)

    return {prefix: found for prefix, found in zones.items() if shorter(prefix) != found}


def literal(name, doc, parts):
    lines, line = [], ""
    for part in parts:
        if line and len(line) + len(part) > WIDTH:
            lines.append(line)
            line = ""
        line += part
    text = "\n".join([*lines, line])
    return f"/** {doc} */\nexport const {name} = `\n{text}\n`;\n"


def main(folder):
    table = read_table(folder)
    regions, mobiles = read_metadata(folder)
    zones = all_zones(table, regions, mobiles)
    names = sorted({zone for found in zones.values() for zone in found})
    sets = {}
    for prefix, found in sorted(zones.items()):
        sets.setdefault(tuple(names.index(zone) for zone in found), []).append(prefix)
    rows = [f"{','.join(map(str, indexes))}:{' '.join(prefixes)};" for indexes, prefixes in sorted(sets.items())]
    words = [word for row in rows for word in re.findall(r"[^ ]+ ?", row)]
    codes = [f"{code}:{','.join(found)};" for code, found in sorted(regions.items()) if code != 1]
    head = (
        "// Made by packaging/zone-data.py from libphonenumber's data (Apache-2.0, see NOTICE); not edited by hand.\n"
        "// Line breaks within the texts mean nothing.\n\n"
    )
    text = head + "\n".join(
        [
            literal("ZONE_NAMES", "IANA zones, in the order of their numbers below.", [f"{name} " for name in names]),
            literal("PREFIX_ZONES", "`zones:prefixes;`: zones by number, prefixes of numbers without plus.", words),
            literal("COUNTRY_CODES", "`calling code:countries;` without North America.", codes),
        ]
    )
    target = pathlib.Path(__file__).parent.parent / "src/places/zone-data.ts"
    target.write_text(text.replace(" \n", "\n"))
    print(f"{len(names)} zones, {len(zones)} prefixes, {len(sets)} sets, {len(text)} characters")


main(pathlib.Path(sys.argv[1]))
