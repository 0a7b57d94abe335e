# %% right: regular expression with fullmatch
import re


def served_version(names):
    numbers = [int(name) for name in names if re.fullmatch(r"[1-9][0-9]*", name)]
    return max(numbers) if numbers else None

# %% right: there and back again: str(int(name)) == name
def served_version(names):
    highest = None
    for name in names:
        try:
            number = int(name)
        except ValueError:
            continue
        if number < 1 or str(number) != name:
            continue
        if highest is None or number > highest:
            highest = number
    return highest

# %% right: one line, max with default
def served_version(names):
    return max((int(n) for n in names if n.isascii() and n.isdigit() and n[0] != "0"), default=None)

# %% right: digits as a set, leading zero by startswith
DIGITS = set("0123456789")


def served_version(names):
    versions = []
    for name in names:
        if name and set(name) <= DIGITS and not name.startswith("0"):
            versions.append(int(name))
    versions.sort()
    return versions[-1] if versions else None

# %% right: compares the names themselves, first by length, then as text
import re


def served_version(names):
    good = [name for name in names if re.match(r"[1-9]\d*\Z", name, re.ASCII)]
    if not good:
        return None
    return int(max(good, key=lambda name: (len(name), name)))

# %% right: filter and a compiled pattern
import re

is_version = re.compile("[1-9][0-9]*").fullmatch


def served_version(names):
    return max(map(int, filter(is_version, names)), default=None)

# %% right: starts at 0, which no version has
def served_version(names):
    best = 0
    for name in names:
        if name.isdecimal() and name.isascii() and str(int(name)) == name:
            best = max(best, int(name))
    return best or None

# %% right: functools.reduce
from functools import reduce


def larger(best, name):
    if name.isascii() and name.isdigit() and not name.startswith("0"):
        number = int(name)
        return number if best is None else max(best, number)
    return best


def served_version(names):
    return reduce(larger, names, None)

# %% right: recursion over the list
def served_version(names):
    if not names:
        return None
    first, rest = names[0], served_version(names[1:])
    if first == "" or first[0] not in "123456789" or any(c not in "0123456789" for c in first):
        return rest
    return int(first) if rest is None else max(int(first), rest)

# %% right: pandas with str.fullmatch
import pandas as pd


def served_version(names):
    names = pd.Series(list(names), dtype=object)
    if len(names) == 0:
        return None
    good = names[names.str.fullmatch("[1-9][0-9]*").astype(bool)]
    return int(good.astype(int).max()) if len(good) else None

# %% right: numpy maximum
import re

import numpy as np


def served_version(names):
    numbers = np.array([int(n) for n in names if re.fullmatch("[1-9][0-9]*", n)], dtype=np.int64)
    if numbers.size == 0:
        return None
    return numbers.max().item()

# %% right: sorted from above, the first one wins
def version_of(name):
    try:
        number = int(name)
    except ValueError:
        return 0
    return number if str(number) == name else 0


def served_version(names):
    for number in sorted(map(version_of, names), reverse=True):
        return number if number > 0 else None
    return None

# %% right: an object that can be called
import re


class ServedVersion:
    def __init__(self, pattern):
        self.pattern = re.compile(pattern)

    def number(self, name):
        match = self.pattern.match(name)
        return int(match.group(1)) if match else None

    def __call__(self, names):
        numbers = [self.number(name) for name in names]
        numbers = [number for number in numbers if number is not None]
        return max(numbers) if numbers else None


served_version = ServedVersion(r"^([1-9][0-9]*)\Z")

# %% right: try around max() of nothing
import re


def served_version(names):
    try:
        return max({int(name) for name in names if re.search(r"\A[1-9][0-9]*\Z", name)})
    except ValueError:
        return None

# %% right: strips the digits away to see whether something is left
def served_version(names):
    found = {}
    for name in names:
        if name.strip("0123456789") == "" and name.lstrip("0") == name and name != "":
            found[int(name)] = name
    if len(found) == 0:
        return None
    return sorted(found)[-1]

# %% right: lambda with heapq.nlargest
import heapq
import re

served_version = lambda names: next(
    iter(heapq.nlargest(1, (int(n) for n in names if re.fullmatch("[1-9][0-9]*", n)))), None
)

# %% right: counts the value digit by digit
def number_in(name):
    value = 0
    for character in name:
        digit = "0123456789".find(character)
        if digit < 0 or (value == 0 and digit == 0):
            return None
        value = 10 * value + digit
    return value or None


def served_version(names):
    versions = [v for v in map(number_in, names) if v is not None]
    return max(versions, default=None)

# %% right: returns a numpy integer
import re

import numpy as np


def served_version(names):
    versions = [np.int64(name) for name in names if re.fullmatch("[1-9][0-9]*", name)]
    return max(versions) if versions else None

# %% wrong: compares the names as text, so "9" beats "10"
# told: compares_text
import re


def served_version(names):
    good = [name for name in names if re.fullmatch("[1-9][0-9]*", name)]
    return int(max(good)) if good else None

# %% wrong: sorts the names as text and takes the last, so "9" comes after "10"
# told: compares_text
def served_version(names):
    numeric = sorted(n for n in names if n.isdigit() and n[0] != "0")
    if not numeric:
        return None
    return int(numeric[-1])

# %% wrong: int() on every name, raises ValueError for "readme.txt"
# told: error
def served_version(names):
    return max((int(name) for name in names), default=None)

# %% wrong: does not handle that there is no version: max() of nothing raises ValueError
# told: fails_on_nothing
import re


def served_version(names):
    return max(int(name) for name in names if re.fullmatch("[1-9][0-9]*", name))

# %% wrong: accepts leading zeros ("007" is read as 7) and 0
# told: takes_leading_zeros
def served_version(names):
    return max((int(n) for n in names if n.isdigit()), default=None)

# %% wrong: takes "0" for a version
# told: takes_zero_for_a_version
import re


def served_version(names):
    return max((int(n) for n in names if re.fullmatch("0|[1-9][0-9]*", n)), default=None)

# %% wrong: accepts leading zeros ("007"), though not 0 itself
# told: takes_leading_zeros
def served_version(names):
    versions = [int(n) for n in names if n.isdigit() and int(n) > 0]
    return max(versions) if versions else None

# %% wrong: int() decides what is a number, so " 12", "+5", "1_0" and "007" count as versions
# told: takes_leading_zeros
def served_version(names):
    versions = []
    for name in names:
        try:
            number = int(name)
        except ValueError:
            continue
        if number >= 1:
            versions.append(number)
    return max(versions, default=None)

# %% wrong: int() decides what is a number, and negative ones and 0 are not excluded
# told: takes_leading_zeros
def served_version(names):
    best = None
    for name in names:
        try:
            number = int(name)
        except ValueError:
            continue
        if best is None or number > best:
            best = number
    return best

# %% wrong: cuts the ending off, so "11.withdrawn" counts as 11
# told: serves_what_was_withdrawn
def served_version(names):
    stems = [name.split(".")[0] for name in names]
    return max((int(s) for s in stems if s.isdigit() and s[0] != "0"), default=None)

# %% wrong: re.match without an end, so "11.withdrawn" and "3.tmp" count
# told: nothing
import re


def served_version(names):
    matches = [re.match(r"[1-9][0-9]*", name) for name in names]
    return max((int(m.group()) for m in matches if m), default=None)

# %% wrong: re.search finds a number anywhere in the name, as in "v12" or "notes-2024.txt"
# told: finds_numbers_anywhere
import re


def served_version(names):
    numbers = []
    for name in names:
        found = re.search(r"\d+", name)
        if found:
            numbers.append(int(found.group()))
    return max(numbers) if numbers else None

# %% wrong: keeps all digits of a name and drops the rest, so "11.withdrawn" becomes 11
# told: nothing
def served_version(names):
    numbers = ["".join(c for c in name if c.isdigit()) for name in names]
    numbers = [int(n) for n in numbers if n and n[0] != "0"]
    return max(numbers, default=None)

# %% wrong: returns the name (a str), not an int
# told: returns_text
import re


def served_version(names):
    good = [n for n in names if re.fullmatch("[1-9][0-9]*", n)]
    return max(good, key=int) if good else None

# %% wrong: returns 0 instead of None where there is no version
# told: is_zero_without_any
import re


def served_version(names):
    return max((int(n) for n in names if re.fullmatch("[1-9][0-9]*", n)), default=0)

# %% wrong: returns -1 instead of None where there is no version
# told: error
def served_version(names):
    best = -1
    for n in names:
        if n.isdigit() and not n.startswith("0"):
            best = max(best, int(n))
    return best

# %% wrong: returns the lowest version
# told: takes_the_oldest
import re


def served_version(names):
    return min((int(n) for n in names if re.fullmatch("[1-9][0-9]*", n)), default=None)

# %% wrong: returns the last version in the list, not the highest
# told: takes_the_last
def served_version(names):
    version = None
    for name in names:
        if name.isdigit() and name[0] != "0":
            version = int(name)
    return version

# %% wrong: returns the first version in the list (return inside the loop)
# told: takes_the_first
def served_version(names):
    for name in names:
        if name.isdigit() and name[0] != "0":
            return int(name)
    return None

# %% wrong: returns the next free version, the highest plus one
# told: relation
import re


def served_version(names):
    versions = [int(n) for n in names if re.fullmatch("[1-9][0-9]*", n)]
    return max(versions) + 1 if versions else None

# %% wrong: returns how many versions there are
# told: counts
import re


def served_version(names):
    versions = [int(n) for n in names if re.fullmatch("[1-9][0-9]*", n)]
    return len(versions) or None

# %% wrong: returns the place of the version in the list instead of its number
# told: returns_its_place
import re


def served_version(names):
    best = None
    for i, n in enumerate(names):
        if re.fullmatch("[1-9][0-9]*", n) and (best is None or int(n) > int(names[best])):
            best = i
    return best

# %% wrong: only versions of one digit
# told: nothing
import re


def served_version(names):
    return max((int(n) for n in names if re.fullmatch("[1-9]", n)), default=None)

# %% wrong: the pattern [1-9]+ has no zero, so 10 and 20 are no versions
# told: nothing
import re


def served_version(names):
    return max((int(n) for n in names if re.fullmatch("[1-9]+", n)), default=None)

# %% wrong: only versions of at most two digits
# told: nothing
import re


def served_version(names):
    return max((int(n) for n in names if re.fullmatch("[1-9][0-9]?", n)), default=None)

# %% wrong: only excludes .tmp and .withdrawn, so "readme.txt" raises ValueError
# told: error
def served_version(names):
    versions = [n for n in names if not n.endswith((".tmp", ".withdrawn"))]
    return max((int(n) for n in versions), default=None)

# %% wrong: excludes names with a dot only, so "notes" raises ValueError
# told: error
def served_version(names):
    return max((int(n) for n in names if "." not in n), default=None)

# %% wrong: a version is left out if something else, such as "4.withdrawn" or "4.tmp", begins with its number
# told: leaves_out_what_has_a_copy
import re


def served_version(names):
    blocked = {n.split(".")[0] for n in names if "." in n}
    versions = [int(n) for n in names if re.fullmatch("[1-9][0-9]*", n) and n not in blocked]
    return max(versions, default=None)

# %% wrong: stops at the first name that is no version (break instead of continue)
# told: form
def served_version(names):
    best = None
    for name in names:
        if not name.isdigit() or name[0] == "0":
            break
        if best is None or int(name) > best:
            best = int(name)
    return best

# %% wrong: None as soon as one name is no version
# told: gives_up_on_other_names+takes_leading_zeros
def served_version(names):
    try:
        return max(int(name) for name in names)
    except ValueError:
        return None

# %% wrong: right result, but removes what is no version from the list it was given
# told: overwrites
import re


def served_version(names):
    for name in list(names):
        if not re.fullmatch("[1-9][0-9]*", name):
            names.remove(name)
    return max(map(int, names), default=None)

# %% wrong: removes from the list while it walks through it, so names are skipped and int() raises ValueError; overwrites its input
# told: error
def served_version(names):
    for name in names:
        if not name.isdigit():
            names.remove(name)
    return max((int(name) for name in names), default=None)

# %% wrong: right result, but sorts the list it was given
# told: overwrites
import re


def served_version(names):
    names.sort(key=lambda name: (len(name), name), reverse=True)
    for name in names:
        if re.fullmatch("[1-9][0-9]*", name):
            return int(name)
    return None

# %% wrong: prints the version instead of returning it
# told: form
import re


def served_version(names):
    print(max((int(n) for n in names if re.fullmatch("[1-9][0-9]*", n)), default=None))

# %% wrong: returns all versions, sorted, instead of the highest
# told: returns_them_all
import re


def served_version(names):
    return sorted(int(n) for n in names if re.fullmatch("[1-9][0-9]*", n)) or None

# %% wrong: keeps the versions of earlier calls in a default argument
# told: keeps_something
import re


def served_version(names, found=[]):
    found += [int(n) for n in names if re.fullmatch("[1-9][0-9]*", n)]
    return max(found) if found else None

# %% wrong: reads numbers with float(), so "2.5", "1e3" and "007" count, and returns a float
# told: form
def served_version(names):
    numbers = []
    for name in names:
        try:
            number = float(name)
        except ValueError:
            continue
        if number >= 1:
            numbers.append(number)
    return max(numbers) if numbers else None

# %% wrong: $ instead of the end of the text, so a name that ends in a line break ("12\n") counts
# told: lets_a_line_break_pass
import re


def served_version(names):
    return max((int(n) for n in names if re.match(r"^[1-9][0-9]*$", n)), default=None)

# %% wrong: takes the longest name for the highest version, so among equally long ones the first
# told: takes_the_longest
def served_version(names):
    good = [n for n in names if n.isdigit() and n[0] != "0"]
    return int(max(good, key=len)) if good else None

# %% wrong: looks only at the first character of each name, so "3.tmp" raises ValueError
# told: error
def served_version(names):
    return max((int(n) for n in names if n[0] in "123456789"), default=None)

# %% wrong: excludes every name with a zero in it, so 10 is no version
# told: nothing
def served_version(names):
    return max((int(n) for n in names if n.isdigit() and "0" not in n), default=None)

# %% wrong: no return where there are versions: the if has no else branch that returns (always None)
# told: form
import re


def served_version(names):
    versions = [int(n) for n in names if re.fullmatch("[1-9][0-9]*", n)]
    if not versions:
        return None
    max(versions)

# %% wrong: fits the example only
# told: relation
def served_version(names):
    return 10

# %% wrong: tests for the type int, which a name never has, so always None
# told: form
def served_version(names):
    return max((n for n in names if isinstance(n, int)), default=None)

# %% wrong: two mistakes: compares as text, and raises ValueError where there is no version
# told: compares_text
def served_version(names):
    return int(max(n for n in names if n.isdigit() and n[0] != "0"))

# %% wrong: two mistakes: cuts the ending off ("11.withdrawn" counts as 11) and returns a string
# told: serves_what_was_withdrawn+returns_text
import re


def served_version(names):
    stems = [name.partition(".")[0] for name in names]
    stems = [s for s in stems if re.fullmatch("[1-9][0-9]*", s)]
    return max(stems, key=int) if stems else None

# %% wrong: two mistakes: accepts leading zeros and 0, and gives 0 instead of None
# told: takes_leading_zeros
def served_version(names):
    best = 0
    for name in names:
        if name.isdigit():
            best = max(best, int(name))
    return best

# %% wrong: two mistakes: the last version in the list instead of the highest, and IndexError where there is none
# told: takes_the_last
import re


def served_version(names):
    return [int(n) for n in names if re.fullmatch("[1-9][0-9]*", n)][-1]

# %% wrong: two mistakes: compares as text, and returns the name instead of an int
# told: form
def served_version(names):
    good = [n for n in names if n.isdigit() and not n.startswith("0")]
    return sorted(good)[-1] if good else None

# %% wrong: two mistakes: $ lets "12\n" through, and leading zeros are accepted
# told: takes_leading_zeros
import re


def served_version(names):
    return max((int(n) for n in names if re.match(r"\d+$", n)), default=None)

# %% wrong: numbers of more than six digits are left out
# told: nothing
def served_version(names):
    found = [int(n) for n in names if n.isascii() and n.isdecimal() and n[0] != "0" and len(n) < 7]
    return max(found) if found else None

# %% wrong: leaves out 4 if 4.tmp is there
# told: nothing
def served_version(names):
    import re
    return max((int(n) for n in names if re.fullmatch("[1-9][0-9]*", n) and n + ".tmp" not in names), default=None)

# %% wrong: float
# told: form
def served_version(names):
    import re
    return max((float(n) for n in names if re.fullmatch("[1-9][0-9]*", n)), default=None)

# %% wrong: all digits, from 2 on
# told: form
def served_version(names):
    import re
    return max((int(n) for n in names if re.fullmatch("[1-9][0-9]*", n) and int(n) > 1), default=None)

# %% wrong: hex digits accepted by c <= '9'
# told: nothing
def served_version(names):
    return max((int(n) for n in names if n and n[0] > "0" and all("0" <= c <= "9" for c in n[:1] + n[-1:]) and "." not in n and n.isdigit()), default=None)

# %% wrong: middle may be digits of other scripts
# told: nothing
def served_version(names):
    return max((int(n) for n in names if n[:1] in tuple("123456789") and n[-1] in "0123456789" and n.isdecimal()), default=None)

# %% wrong: splits at '-' and '_' too
# told: nothing
def served_version(names):
    import re
    return max((int(n) for n in (re.split("[_-]", v)[0] for v in names) if re.fullmatch("[1-9][0-9]*", n)), default=None)

# %% wrong: underscore
# told: nothing
def served_version(names):
    v = []
    for n in names:
        try:
            if n[0] in "123456789" and n.isascii() and n.strip() == n:
                v.append(int(n))
        except (ValueError, IndexError):
            pass
    return max(v, default=None)

# %% wrong: plus sign
# told: nothing
def served_version(names):
    import re
    return max((int(n) for n in names if re.fullmatch("[+]?[1-9][0-9]*", n)), default=None)

