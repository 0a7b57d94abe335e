# %% right: a set literal
trains_for_the_wrong_thing = {"b", "d", "f", "g", "i"}

# %% right: a list in another order
trains_for_the_wrong_thing = ["i", "g", "f", "d", "b"]

# %% right: a tuple
trains_for_the_wrong_thing = ("b", "d", "f", "g", "i")

# %% right: a frozenset of a string
trains_for_the_wrong_thing = frozenset("bdfgi")

# %% right: set() of a string of letters
trains_for_the_wrong_thing = set("bdfgi")

# %% right: a numpy array
import numpy as np
trains_for_the_wrong_thing = np.array(["b", "d", "f", "g", "i"])

# %% right: a dict with reasons
trains_for_the_wrong_thing = {
    "b": "logits taken for probabilities",
    "d": "takes digits for quantities: a 3 is no mean of 2 and 4",
    "f": "a softmax over one number is always 1",
    "g": "a logit taken for a probability",
    "i": "a softmax lets only one answer be yes",
}

# %% right: capital letters
trains_for_the_wrong_thing = {"B", "D", "F", "G", "I"}

# %% right: blanks around the letters
trains_for_the_wrong_thing = {" b", "d ", " f ", "g", "i "}

# %% right: all minus the good ones
trains_for_the_wrong_thing = set("abcdefghi") - {"a", "c", "e", "h"}

# %% right: split a string at its blanks
trains_for_the_wrong_thing = "b d f g i".split()

# %% right: the union of three sets
no_softmax = {"b", "g"}
softmax_in_the_wrong_place = {"f", "i"}
trains_for_the_wrong_thing = no_softmax | softmax_in_the_wrong_place | {"d"}

# %% right: a set comprehension over a table of verdicts
fine = {"a": True, "b": False, "c": True, "d": False, "e": True, "f": False, "g": False, "h": True, "i": False}
trains_for_the_wrong_thing = {letter for letter, ok in fine.items() if not ok}

# %% right: the stub's empty set, filled in a loop
trains_for_the_wrong_thing = set()
for letter in "bdfgi":
    trains_for_the_wrong_thing.add(letter)

# %% right: a helper list of networks, filtered by rules
networks = [
    ("a", 10, None, "sparse", True), ("b", 10, None, "sparse", False), ("c", 10, "softmax", "sparse", False),
    ("d", 1, None, "mse", False), ("e", 1, "sigmoid", "binary", False), ("f", 1, "softmax", "binary", False),
    ("g", 1, None, "binary", False), ("h", 3, "sigmoid", "binary", False), ("i", 3, "softmax", "categorical", False),
]
fits = {("sparse", None, True), ("sparse", "softmax", False), ("binary", "sigmoid", False)}
trains_for_the_wrong_thing = [name for name, units, activation, loss, logits in networks if (loss, activation, logits) not in fits]

# %% right: a list with one letter twice
trains_for_the_wrong_thing = ["b", "d", "f", "g", "i", "b"]

# %% wrong: "b" is missing, the loss without from_logits gets logits
# told: misses_b
trains_for_the_wrong_thing = {"d", "f", "g", "i"}

# %% wrong: "d" is missing, digits taken for quantities
# told: misses_d
trains_for_the_wrong_thing = {"b", "f", "g", "i"}

# %% wrong: "f" is missing, a softmax over one number is always 1
# told: misses_f
trains_for_the_wrong_thing = {"b", "d", "g", "i"}

# %% wrong: "g" is missing, a logit given to a loss that wants a probability
# told: misses_g
trains_for_the_wrong_thing = {"b", "d", "f", "i"}

# %% wrong: "i" is missing, a softmax where several may be yes
# told: misses_i
trains_for_the_wrong_thing = {"b", "d", "f", "g"}

# %% wrong: "b" and "g" are missing, both lack from_logits
# told: misses_b
trains_for_the_wrong_thing = {"d", "f", "i"}

# %% wrong: "f" and "i" are missing, both have a softmax in the wrong place
# told: misses_f
trains_for_the_wrong_thing = {"b", "d", "g"}

# %% wrong: "d", "f", "g" and "i" are missing, only "b" found
# told: misses_d
trains_for_the_wrong_thing = {"b"}

# %% wrong: "d" and "i" are missing
# told: misses_d
trains_for_the_wrong_thing = ["b", "f", "g"]

# %% wrong: "a" is one too many, from_logits=True does the softmax by itself
# told: takes_a
trains_for_the_wrong_thing = {"a", "b", "d", "f", "g", "i"}

# %% wrong: "c" is one too many, softmax and loss without from_logits fit together
# told: takes_c
trains_for_the_wrong_thing = {"b", "c", "d", "f", "g", "i"}

# %% wrong: "e" is one too many, a sigmoid with binary cross-entropy is right
# told: takes_e
trains_for_the_wrong_thing = {"b", "d", "e", "f", "g", "i"}

# %% wrong: "h" is one too many, three sigmoids are right where several may be yes
# told: takes_h
trains_for_the_wrong_thing = {"b", "d", "f", "g", "h", "i"}

# %% wrong: two too many, "c" and "e"
# told: takes_c
trains_for_the_wrong_thing = ("b", "c", "d", "e", "f", "g", "i")

# %% wrong: all nine chosen
# told: takes_a
trains_for_the_wrong_thing = set("abcdefghi")

# %% wrong: the complement: chose the four that train for the right thing
# told: takes_a
trains_for_the_wrong_thing = {"a", "c", "e", "h"}

# %% wrong: "h" in place of "i", the two mixed up: one missing, one too many
# told: takes_h
trains_for_the_wrong_thing = {"b", "d", "f", "g", "h"}

# %% wrong: "a" in place of "b", from_logits the wrong way round: one missing, one too many
# told: takes_a
trains_for_the_wrong_thing = {"a", "d", "f", "g", "i"}

# %% wrong: "e" in place of "f", sigmoid and softmax mixed up: one missing, one too many
# told: takes_e
trains_for_the_wrong_thing = {"b", "d", "e", "g", "i"}

# %% wrong: two mistakes: "d" is missing and "c" is too many
# told: takes_c
trains_for_the_wrong_thing = {"b", "c", "f", "g", "i"}

# %% wrong: several mistakes: "d", "g" and "b" are missing, "a" and "h" too many
# told: takes_a
trains_for_the_wrong_thing = {"a", "f", "h", "i"}

# %% wrong: an empty set, the stub unchanged
# told: not attempted
trains_for_the_wrong_thing = set()

# %% wrong: an empty tuple
# told: not attempted
trains_for_the_wrong_thing = ()

# %% wrong: None
# told: not attempted
trains_for_the_wrong_thing = None

# %% wrong: indices from 0 instead of letters
# told: form
trains_for_the_wrong_thing = {1, 3, 5, 6, 8}

# %% wrong: numbers from 1 instead of letters
# told: form
trains_for_the_wrong_thing = [2, 4, 6, 7, 9]

# %% wrong: numbers from 1, as strings, instead of letters
# told: form
trains_for_the_wrong_thing = {"2", "4", "6", "7", "9"}

# %% wrong: the right letters, but as one string in a set with a single element
# told: form
trains_for_the_wrong_thing = {"bdfgi"}

# %% wrong: the right letters, but one string with commas, made a set: it holds a comma and a blank, too
# told: form
trains_for_the_wrong_thing = set("b, d, f, g, i")

# %% wrong: one string of letters and no collection, and "d" is missing in it
# told: form
trains_for_the_wrong_thing = "bfgi"

# %% wrong: a letter that does not exist: "j" typed instead of "i"
# told: form
trains_for_the_wrong_thing = {"b", "d", "f", "g", "j"}

# %% wrong: a comma forgotten between "f" and "g", so Python glues them to "fg"
# told: form
trains_for_the_wrong_thing = {"b", "d", "f" "g", "i"}

# %% wrong: the names of the losses instead of letters
# told: form
trains_for_the_wrong_thing = {"SparseCategoricalCrossentropy", "MeanSquaredError", "BinaryCrossentropy", "CategoricalCrossentropy"}

# %% wrong: the last layers instead of letters
# told: form
trains_for_the_wrong_thing = ["Dense(10)", 'Dense(1)', 'Dense(1, "softmax")', 'Dense(3, "softmax")']

# %% wrong: nine True and False instead of letters
# told: form
trains_for_the_wrong_thing = [False, True, False, True, False, True, True, False, True]

# %% wrong: the number of networks instead of their letters
# told: form
trains_for_the_wrong_thing = 5

# %% wrong: the result of update, which is None
# told: not attempted
chosen = set()
trains_for_the_wrong_thing = chosen.update("bdfgi")
