# %% right: a set
trains_for_the_wrong_thing = {"b", "d", "f", "g", "i"}

# %% right: a set in another order
trains_for_the_wrong_thing = {"i", "g", "f", "d", "b"}

# %% right: a list
trains_for_the_wrong_thing = [
    "b",
    "d",
    "f",
    "g",
    "i",
]

# %% right: a tuple
trains_for_the_wrong_thing = (
    "b",
    "d",
    "f",
    "g",
    "i",
)

# %% right: a frozenset
trains_for_the_wrong_thing = frozenset([
    "b",
    "d",
    "f",
    "g",
    "i",
])

# %% right: set() of a list
trains_for_the_wrong_thing = set([
    "b",
    "d",
    "f",
    "g",
    "i",
])

# %% right: set.add, one by one
trains_for_the_wrong_thing = set()
trains_for_the_wrong_thing.add("b")
trains_for_the_wrong_thing.add("d")
trains_for_the_wrong_thing.add("f")
trains_for_the_wrong_thing.add("g")
trains_for_the_wrong_thing.add("i")

# %% right: update with a list
trains_for_the_wrong_thing = set()
trains_for_the_wrong_thing.update([
    "b",
    "d",
    "f",
    "g",
    "i",
])

# %% right: union of small sets
trains_for_the_wrong_thing = {"b"} | {"d"} | {"f"} | {"g"} | {"i"}

# %% right: picked by number from a list of all options
options = [
    "a",
    "b",
    "c",
    "d",
    "e",
    "f",
    "g",
    "h",
    "i",
]
trains_for_the_wrong_thing = {options[i] for i in (1, 3, 5, 6, 8)}

# %% right: all options minus the harmless ones
options = [
    "a",
    "b",
    "c",
    "d",
    "e",
    "f",
    "g",
    "h",
    "i",
]
trains_for_the_wrong_thing = set(options) - {options[0], options[2], options[4], options[7]}

# %% right: a dictionary of verdicts, comprehension over it
verdict = {
    "a": False,
    "b": True,
    "c": False,
    "d": True,
    "e": False,
    "f": True,
    "g": True,
    "h": False,
    "i": True,
}
trains_for_the_wrong_thing = {name for name, bad in verdict.items() if bad}

# %% right: set of a string of letters
trains_for_the_wrong_thing = set("bdfgi")

# %% right: star-unpacked string of letters
trains_for_the_wrong_thing = {*"bdfgi"}

# %% right: split at the spaces
trains_for_the_wrong_thing = set("b d f g i".split())

# %% right: single quotes, chr() of codes
trains_for_the_wrong_thing = {chr(code) for code in [98, 100, 102, 103, 105]}

# %% right: a list with one option twice
trains_for_the_wrong_thing = [
    "b",
    "d",
    "f",
    "g",
    "i",
    "b",
]

# %% right: keys of a dictionary
trains_for_the_wrong_thing = dict.fromkeys([
    "b",
    "d",
    "f",
    "g",
    "i",
]).keys()

# %% wrong: leaves out "b" (takes logits for probabilities: from_logits=True is missing)
# told: misses_b
trains_for_the_wrong_thing = {"d", "f", "g", "i"}

# %% wrong: leaves out "d" (does not see that squared error takes digits for quantities, with 3 near 4)
# told: misses_d
trains_for_the_wrong_thing = {"b", "f", "g", "i"}

# %% wrong: leaves out "f" (does not see that softmax over one number is always 1)
# told: misses_f
trains_for_the_wrong_thing = {"b", "d", "g", "i"}

# %% wrong: leaves out "g" (does not see that from_logits=True or a sigmoid is missing)
# told: misses_g
trains_for_the_wrong_thing = {"b", "d", "f", "i"}

# %% wrong: leaves out "i" (does not see that softmax lets the three answers compete)
# told: misses_i
trains_for_the_wrong_thing = {"b", "d", "f", "g"}

# %% wrong: also has "a" (thinks a softmax is missing, though from_logits=True does it)
# told: takes_a
trains_for_the_wrong_thing = {"a", "b", "d", "f", "g", "i"}

# %% wrong: also has "c" (thinks softmax needs from_logits=True)
# told: takes_c
trains_for_the_wrong_thing = {"b", "c", "d", "f", "g", "i"}

# %% wrong: also has "e" (thinks yes or no needs two outputs)
# told: takes_e
trains_for_the_wrong_thing = {"b", "d", "e", "f", "g", "i"}

# %% wrong: also has "h" (thinks several yes need softmax and CategoricalCrossentropy)
# told: takes_h
trains_for_the_wrong_thing = {"b", "d", "f", "g", "h", "i"}

# %% wrong: two mistakes: leaves out "b" and has "e"
# told: misses_b
trains_for_the_wrong_thing = {"d", "e", "f", "g", "i"}

# %% wrong: two mistakes: leaves out "b" and has "h"
# told: misses_b
trains_for_the_wrong_thing = {"d", "f", "g", "h", "i"}

# %% wrong: two mistakes: leaves out "d" and has "a"
# told: takes_a
trains_for_the_wrong_thing = {"a", "b", "f", "g", "i"}

# %% wrong: two mistakes: leaves out "d" and has "h"
# told: misses_d
trains_for_the_wrong_thing = {"b", "f", "g", "h", "i"}

# %% wrong: two mistakes: leaves out "f" and has "c"
# told: takes_c
trains_for_the_wrong_thing = {"b", "c", "d", "g", "i"}

# %% wrong: two mistakes: leaves out "f" and has "h"
# told: misses_f
trains_for_the_wrong_thing = {"b", "d", "g", "h", "i"}

# %% wrong: two mistakes: leaves out "g" and has "a"
# told: takes_a
trains_for_the_wrong_thing = {"a", "b", "d", "f", "i"}

# %% wrong: two mistakes: leaves out "g" and has "c"
# told: takes_c
trains_for_the_wrong_thing = {"b", "c", "d", "f", "i"}

# %% wrong: two mistakes: leaves out "g" and has "e"
# told: takes_e
trains_for_the_wrong_thing = {"b", "d", "e", "f", "i"}

# %% wrong: two mistakes: leaves out "i" and has "a"
# told: takes_a
trains_for_the_wrong_thing = {"a", "b", "d", "f", "g"}

# %% wrong: two mistakes: leaves out "i" and has "c"
# told: takes_c
trains_for_the_wrong_thing = {"b", "c", "d", "f", "g"}

# %% wrong: two mistakes: leaves out "i" and has "e"
# told: takes_e
trains_for_the_wrong_thing = {"b", "d", "e", "f", "g"}

# %% wrong: two mistakes: leaves out "b" and "d"
# told: misses_b
trains_for_the_wrong_thing = {"f", "g", "i"}

# %% wrong: two mistakes: leaves out "b" and "f"
# told: misses_b
trains_for_the_wrong_thing = {"d", "g", "i"}

# %% wrong: two mistakes: leaves out "b" and "g"
# told: misses_b
trains_for_the_wrong_thing = {"d", "f", "i"}

# %% wrong: two mistakes: leaves out "b" and "i"
# told: misses_b
trains_for_the_wrong_thing = {"d", "f", "g"}

# %% wrong: two mistakes: also has "a" and "c"
# told: takes_a
trains_for_the_wrong_thing = {"a", "b", "c", "d", "f", "g", "i"}

# %% wrong: two mistakes: also has "a" and "e"
# told: takes_a
trains_for_the_wrong_thing = {"a", "b", "d", "e", "f", "g", "i"}

# %% wrong: two mistakes: also has "a" and "h"
# told: takes_a
trains_for_the_wrong_thing = {"a", "b", "d", "f", "g", "h", "i"}

# %% wrong: two mistakes: also has "c" and "e"
# told: takes_c
trains_for_the_wrong_thing = {"b", "c", "d", "e", "f", "g", "i"}

# %% wrong: all options chosen
# told: takes_a
trains_for_the_wrong_thing = {"a", "b", "c", "d", "e", "f", "g", "h", "i"}

# %% wrong: the stub: nothing chosen
# told: not attempted
trains_for_the_wrong_thing = set()

# %% wrong: the opposite: the harmless ones instead of the faulty ones
# told: takes_a
trains_for_the_wrong_thing = {"a", "c", "e", "h"}

# %% wrong: only one of them: "b"
# told: misses_d
trains_for_the_wrong_thing = {"b"}

# %% wrong: only one of them: "i"
# told: misses_b
trains_for_the_wrong_thing = {"i"}

# %% wrong: places in the list, counted from 0, instead of the options
# told: form
trains_for_the_wrong_thing = {1, 3, 5, 6, 8}

# %% wrong: places in the list, counted from 1, instead of the options
# told: form
trains_for_the_wrong_thing = {2, 4, 6, 7, 9}

# %% wrong: None
# told: not attempted
trains_for_the_wrong_thing = None

# %% wrong: the number of faulty ones instead of a set
# told: form
trains_for_the_wrong_thing = 5

# %% right: tolerated: a dictionary of True and False for all options (all of them are its keys)
trains_for_the_wrong_thing = {
    "a": False,
    "b": True,
    "c": False,
    "d": True,
    "e": False,
    "f": True,
    "g": True,
    "h": False,
    "i": True,
}

# %% wrong: a list of True and False instead of the options
# told: form
trains_for_the_wrong_thing = [False, True, False, True, False, True, True, False, True]

# %% wrong: a set in a list
# told: form
trains_for_the_wrong_thing = [{"b", "d", "f", "g", "i"}]

# %% wrong: a tuple of all in a set, one element instead of several
# told: form
trains_for_the_wrong_thing = {("b", "d", "f", "g", "i")}

# %% wrong: one string that joins the options with commas
# told: form
trains_for_the_wrong_thing = "b, d, f, g, i"

# %% wrong: one string that joins the options, in a set
# told: form
trains_for_the_wrong_thing = {"b, d, f, g, i"}

# %% wrong: prints the options, leaves the set empty
# told: not attempted
trains_for_the_wrong_thing = set()
print("b", "d", "f", "g", "i")

# %% wrong: set.union without keeping the result, so the set stays empty
# told: not attempted
trains_for_the_wrong_thing = set()
trains_for_the_wrong_thing.union(["b", "d", "f", "g", "i"])

# %% right: tolerated: capital letters
trains_for_the_wrong_thing = {"B", "D", "F", "G", "I"}

# %% wrong: the losses or layers instead of their letters
# told: form
trains_for_the_wrong_thing = {"SparseCategoricalCrossentropy()", "MeanSquaredError()", "BinaryCrossentropy()", "CategoricalCrossentropy()"}

# %% right: tolerated: letters that are not there: a space before each
trains_for_the_wrong_thing = {" b", " d", " f", " g", " i"}

# %% wrong: letters with a bracket as in a list
# told: form
trains_for_the_wrong_thing = {"b)", "d)", "f)", "g)", "i)"}

# %% wrong: j, which is not in the table, besides the right ones
# told: form
trains_for_the_wrong_thing = {"b", "d", "f", "g", "i", "j"}
