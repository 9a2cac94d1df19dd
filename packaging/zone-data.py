#!/usr/bin/env python3
"""Writes src/list/zone-data.ts: which time zones and countries a telephone number may be in, by its prefix.

The data are libphonenumber's (Apache-2.0, see NOTICE), as Debian's python3-phonenumbers carries them:
  apt-get install --no-install-recommends python3-phonenumbers && python3 packaging/zone-data.py

A prefix stands for its own zones and those of every longer prefix: a number whose exchange is not listed may be in any
of them. Numbers of mobiles, where they tell no place, stand for all zones of their country.
"""

import pathlib
import random
import re

from phonenumbers import PhoneMetadata
from phonenumbers.data import _COUNTRY_CODE_TO_REGION_CODE as REGIONS
from phonenumbers.tzdata import TIMEZONE_DATA

# Mobiles of these countries have an area code, as libphonenumber has it.
PLACED_MOBILES = {1, 52, 54, 55, 62, 86}
# Mobiles of the few people there are not told from those of the mainland, five hours away: the contact's fields must say.
FAR_ISLANDS = {61: ("Indian/Christmas", "Indian/Cocos")}
WIDTH = 118


def all_zones():
    zones = {}
    for prefix in TIMEZONE_DATA:
        below = {zone for key, found in TIMEZONE_DATA.items() if key.startswith(prefix) for zone in found}
        zones[prefix] = tuple(sorted(below))
    for code, regions in REGIONS.items():
        country = zones.get(str(code))
        country = country and tuple(zone for zone in country if zone not in FAR_ISLANDS.get(code, ()))
        if code in PLACED_MOBILES or country is None or len(country) < 2:
            continue
        for region in regions:
            for prefix in mobile_prefixes(region):
                for key in [key for key in zones if key.startswith(f"{code}{prefix}")]:
                    del zones[key]
                zones[f"{code}{prefix}"] = country
    return without_repetition(zones)


def mobile_prefixes(region):
    """Three digits after the country code with which mobile numbers begin."""
    metadata = PhoneMetadata.metadata_for_region(region)
    pattern = re.compile(metadata.mobile.national_number_pattern)
    lengths = metadata.mobile.possible_length or metadata.general_desc.possible_length
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


def main():
    zones = all_zones()
    names = sorted({zone for found in zones.values() for zone in found})
    sets = {}
    for prefix, found in sorted(zones.items()):
        sets.setdefault(tuple(names.index(zone) for zone in found), []).append(prefix)
    rows = [f"{','.join(map(str, indexes))}:{' '.join(prefixes)};" for indexes, prefixes in sorted(sets.items())]
    words = [word for row in rows for word in re.findall(r"[^ ]+ ?", row)]
    codes = [f"{code}:{','.join(regions)};" for code, regions in sorted(REGIONS.items()) if code != 1]
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
    target = pathlib.Path(__file__).parent.parent / "src/list/zone-data.ts"
    target.write_text(text.replace(" \n", "\n"))
    print(f"{len(names)} zones, {len(zones)} prefixes, {len(sets)} sets, {len(text)} characters")


main()
