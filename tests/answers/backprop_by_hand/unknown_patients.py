# %% right: five plain strings copied from the list
patient_h = "units are dead"
patient_i = "all units are equal"
patient_j = "the gradient is a sum instead of a mean"
patient_k = "the signal vanishes on its way"
patient_l = "nothing: the learning rate is only small"

# %% right: indices into patients.CAUSES
patient_h = patients.CAUSES[7]
patient_i = patients.CAUSES[0]
patient_j = patients.CAUSES[5]
patient_k = patients.CAUSES[6]
patient_l = patients.CAUSES[2]

# %% right: one tuple assignment, single quotes
patient_h, patient_i, patient_j, patient_k, patient_l = (
    'units are dead', 'all units are equal', 'the gradient is a sum instead of a mean',
    'the signal vanishes on its way', 'nothing: the learning rate is only small',
)

# %% right: the whole list unpacked into names first, then assigned
equal, added, slow, overflow, axis, summed, vanishing, dead = patients.CAUSES
patient_h, patient_i = dead, equal
patient_j, patient_k = summed, vanishing
patient_l = slow

# %% right: a dictionary of diagnoses by letter
diagnoses = {
    "L": "nothing: the learning rate is only small",
    "K": "the signal vanishes on its way",
    "J": "the gradient is a sum instead of a mean",
    "I": "all units are equal",
    "H": "units are dead",
}
patient_h = diagnoses["H"]
patient_i = diagnoses["I"]
patient_j = diagnoses["J"]
patient_k = diagnoses["K"]
patient_l = diagnoses["L"]

# %% right: searched in the list by a keyword
def cause(word):
    return next(text for text in patients.CAUSES if word in text)


patient_h = cause("dead")
patient_i = cause("equal")
patient_j = cause("sum")
patient_k = cause("vanishes")
patient_l = cause("small")

# %% right: negative indices and map
patient_h, patient_i, patient_j, patient_k, patient_l = map(patients.CAUSES.__getitem__, (-1, -8, -3, -2, -6))

# %% right: NumPy array of the causes with fancy indexing, NumPy strings
causes = np.array(patients.CAUSES)
patient_h, patient_i, patient_j, patient_k, patient_l = causes[[7, 0, 5, 6, 2]]

# %% right: a pandas Series indexed by letter
import pandas as pd

series = pd.Series(
    {
        "H": "units are dead",
        "I": "all units are equal",
        "J": "the gradient is a sum instead of a mean",
        "K": "the signal vanishes on its way",
        "L": "nothing: the learning rate is only small",
    }
)
patient_h, patient_i, patient_j, patient_k, patient_l = series

# %% right: f-strings and implicit concatenation
thing = "units are"
patient_h = f"{thing} dead"
patient_i = f"all {thing} equal"
patient_j = "the gradient is a sum " "instead of a mean"
patient_k = "the signal vanishes" + " on its way"
patient_l = ": ".join(["nothing", "the learning rate is only small"])

# %% right: an Enum whose members are strings
from enum import Enum


class Cause(str, Enum):
    DEAD = "units are dead"
    EQUAL = "all units are equal"
    SUM = "the gradient is a sum instead of a mean"
    VANISHES = "the signal vanishes on its way"
    SLOW = "nothing: the learning rate is only small"


patient_h = Cause.DEAD.value
patient_i = Cause.EQUAL.value
patient_j = Cause.SUM.value
patient_k = Cause.VANISHES.value
patient_l = Cause.SLOW.value

# %% right: set into the namespace in a loop with globals()
for letter, number in zip("hijkl", [8, 1, 6, 7, 3]):
    globals()["patient_" + letter] = patients.CAUSES[number - 1]

# %% right: by elimination, softmax and "added" taken out of CAUSES, the five that are left unpacked
left = [c for c in patients.CAUSES if "softmax" not in c and "added" not in c]
patient_i, patient_l, patient_j, patient_k, patient_h = left

# %% right: multi-line text, split into lines
text = """
units are dead
all units are equal
the gradient is a sum instead of a mean
the signal vanishes on its way
nothing: the learning rate is only small
"""
patient_h, patient_i, patient_j, patient_k, patient_l = text.strip().splitlines()

# %% right: the causes found with a regular expression
import re


def find(pattern):
    (found,) = [c for c in patients.CAUSES if re.search(pattern, c)]
    return found


patient_h = find(r"\bdead\b")
patient_i = find(r"^all")
patient_j = find(r"sum .* mean$")
patient_k = find(r"vanish")
patient_l = find(r"^nothing")

# %% right: a decision rule on measurements of the untrained patients
from autorev_lib import patients


def diagnose(letter):
    rng = np.random.default_rng(0)
    x = rng.uniform(size=(32, 784)).astype("float32")
    labels = rng.integers(0, 10, size=32)
    network = patients.admit(letter, seed=3).network
    network.loss(x, labels)
    if not network.layers[1].output.any():
        return "units are dead"
    if np.ptp(network.layers[0].weights, axis=1).max() == 0:
        return "all units are equal"
    network.backward()
    once = np.linalg.norm(network.gradients()["layers[0].weights"])
    total = np.sqrt(sum(np.sum(g**2) for g in network.gradients().values()))
    network.loss(np.tile(x, (4, 1)), np.tile(labels, 4))
    network.backward()
    four_times = np.linalg.norm(network.gradients()["layers[0].weights"])
    if four_times > 2 * once:
        return "the gradient is a sum instead of a mean"
    if once < 0.1 * total:
        return "the signal vanishes on its way"
    return "nothing: the learning rate is only small"


patient_h, patient_i, patient_j, patient_k, patient_l = [diagnose(letter) for letter in "HIJKL"]

# %% right: a helper with match and case
def say(letter):
    match letter:
        case "H":
            return "units are dead"
        case "I":
            return "all units are equal"
        case "J":
            return "the gradient is a sum instead of a mean"
        case "K":
            return "the signal vanishes on its way"
        case _:
            return "nothing: the learning rate is only small"


patient_h, patient_i, patient_j = say("H"), say("I"), say("J")
patient_k, patient_l = say("K"), say("L")

# %% right: annotated assignments with comments on the reason
patient_h: str = "units are dead"  # dead 1.0, first loss exactly ln 10
patient_i: str = "all units are equal"  # different: 1
patient_j: str = "the gradient is a sum instead of a mean"  # four times: 4.0, and accuracy 0.93
patient_k: str = "the signal vanishes on its way"  # reach 0.0016
patient_l: str = "nothing: the learning rate is only small"  # all normal, loss falls slowly

# %% wrong: H, "all units are equal" for the dead units
# told: takes_dead_for_equal
patient_h = "all units are equal"
patient_i = "all units are equal"
patient_j = "the gradient is a sum instead of a mean"
patient_k = "the signal vanishes on its way"
patient_l = "nothing: the learning rate is only small"

# %% wrong: H, "the signal vanishes on its way" because its reach is 0, but the units are dead
# told: takes_dead_for_vanishing
patient_h = "the signal vanishes on its way"
patient_i = "all units are equal"
patient_j = "the gradient is a sum instead of a mean"
patient_k = "the signal vanishes on its way"
patient_l = "nothing: the learning rate is only small"

# %% wrong: H, "nothing: the learning rate is only small" because its curve is flat, but the units are dead
# told: misses_the_dead
patient_h = patients.CAUSES[2]
patient_i = patients.CAUSES[0]
patient_j = patients.CAUSES[5]
patient_k = patients.CAUSES[6]
patient_l = patients.CAUSES[2]

# %% wrong: I, "units are dead" although its dead share is 0; its units are equal
# told: misses_the_equal
patient_h = "units are dead"
patient_i = "units are dead"
patient_j = "the gradient is a sum instead of a mean"
patient_k = "the signal vanishes on its way"
patient_l = "nothing: the learning rate is only small"

# %% wrong: I, "the signal vanishes on its way" because its reach is tiny, but its units are equal
# told: takes_equal_for_vanishing
patient_h = "units are dead"
patient_i = "the signal vanishes on its way"
patient_j = "the gradient is a sum instead of a mean"
patient_k = "the signal vanishes on its way"
patient_l = "nothing: the learning rate is only small"

# %% wrong: I, "gradients are added to earlier ones" because its loss swings, but its units are equal
# told: misses_the_equal
patient_h = "units are dead"
patient_i = "gradients are added to earlier ones"
patient_j = "the gradient is a sum instead of a mean"
patient_k = "the signal vanishes on its way"
patient_l = "nothing: the learning rate is only small"

# %% wrong: J, "nothing: the learning rate is only small" because it learns well, but its gradient is a sum
# told: is_content_with_the_accuracy
patient_h = "units are dead"
patient_i = "all units are equal"
patient_j = "nothing: the learning rate is only small"
patient_k = "the signal vanishes on its way"
patient_l = "nothing: the learning rate is only small"

# %% wrong: J, "gradients are added to earlier ones", the factor 4 mistaken for a second call's factor; its gradient is a sum
# told: takes_the_sum_for_piling_up
patient_h = "units are dead"
patient_i = "all units are equal"
patient_j = "gradients are added to earlier ones"
patient_k = "the signal vanishes on its way"
patient_l = "nothing: the learning rate is only small"

# %% wrong: J, "softmax runs along the wrong axis" although its first loss is ln 10; its gradient is a sum
# told: misses_the_sum
patient_h = "units are dead"
patient_i = "all units are equal"
patient_j = "softmax runs along the wrong axis"
patient_k = "the signal vanishes on its way"
patient_l = "nothing: the learning rate is only small"

# %% wrong: K, "units are dead" because it learns nothing, but its dead share is 0 and its signal vanishes
# told: takes_vanishing_for_dead
patient_h = "units are dead"
patient_i = "all units are equal"
patient_j = "the gradient is a sum instead of a mean"
patient_k = "units are dead"
patient_l = "nothing: the learning rate is only small"

# %% wrong: K, "all units are equal" because only 64 are different (it has 64), but its signal vanishes
# told: takes_vanishing_for_equal
patient_h = "units are dead"
patient_i = "all units are equal"
patient_j = "the gradient is a sum instead of a mean"
patient_k = "all units are equal"
patient_l = "nothing: the learning rate is only small"

# %% wrong: K, "nothing: the learning rate is only small" because its curve is flat, but its signal vanishes
# told: misses_the_vanishing
patient_h, patient_i, patient_j = patients.CAUSES[7], patients.CAUSES[0], patients.CAUSES[5]
patient_k = patient_l = patients.CAUSES[2]

# %% wrong: K, "softmax overflows" although its losses are finite; its signal vanishes
# told: misses_the_vanishing
patient_h = "units are dead"
patient_i = "all units are equal"
patient_j = "the gradient is a sum instead of a mean"
patient_k = "softmax overflows"
patient_l = "nothing: the learning rate is only small"

# %% wrong: L, "the signal vanishes on its way" because it learns slowly, but its reach is normal and only its learning rate is small
# told: misses_the_slow_one
patient_h = "units are dead"
patient_i = "all units are equal"
patient_j = "the gradient is a sum instead of a mean"
patient_k = "the signal vanishes on its way"
patient_l = "the signal vanishes on its way"

# %% wrong: L, "softmax runs along the wrong axis" because its accuracy is middling, but only its learning rate is small
# told: misses_the_slow_one
patient_h = "units are dead"
patient_i = "all units are equal"
patient_j = "the gradient is a sum instead of a mean"
patient_k = "the signal vanishes on its way"
patient_l = "softmax runs along the wrong axis"

# %% wrong: L, "units are dead" although no unit is, only its learning rate is small
# told: misses_the_slow_one
patient_h = "units are dead"
patient_i = "all units are equal"
patient_j = "the gradient is a sum instead of a mean"
patient_k = "the signal vanishes on its way"
patient_l = "units are dead"

# %% wrong: two mistakes, H and I are swapped
# told: takes_dead_for_equal
patient_h = "all units are equal"
patient_i = "units are dead"
patient_j = "the gradient is a sum instead of a mean"
patient_k = "the signal vanishes on its way"
patient_l = "nothing: the learning rate is only small"

# %% wrong: two mistakes, J and L are swapped (the one that learns well taken for the healthy one)
# told: is_content_with_the_accuracy
patient_h = "units are dead"
patient_i = "all units are equal"
patient_j = "nothing: the learning rate is only small"
patient_k = "the signal vanishes on its way"
patient_l = "the gradient is a sum instead of a mean"

# %% wrong: two mistakes, K and L are swapped
# told: misses_the_vanishing
patient_h = "units are dead"
patient_i = "all units are equal"
patient_j = "the gradient is a sum instead of a mean"
patient_k = "nothing: the learning rate is only small"
patient_l = "the signal vanishes on its way"

# %% wrong: two mistakes, H and K are swapped
# told: takes_dead_for_vanishing
patient_h = "the signal vanishes on its way"
patient_i = "all units are equal"
patient_j = "the gradient is a sum instead of a mean"
patient_k = "units are dead"
patient_l = "nothing: the learning rate is only small"

# %% wrong: two mistakes, I and K are swapped
# told: takes_equal_for_vanishing
patient_h = "units are dead"
patient_i = "the signal vanishes on its way"
patient_j = "the gradient is a sum instead of a mean"
patient_k = "all units are equal"
patient_l = "nothing: the learning rate is only small"

# %% wrong: two mistakes, J is said to add gradients and L to overflow
# told: takes_the_sum_for_piling_up
patient_h = "units are dead"
patient_i = "all units are equal"
patient_j = "gradients are added to earlier ones"
patient_k = "the signal vanishes on its way"
patient_l = "softmax overflows"

# %% wrong: three wrong (H, I and K), every patient that learns nothing gets "the learning rate is only small"
# told: misses_the_dead
patient_h = patient_i = patient_k = patient_l = "nothing: the learning rate is only small"
patient_j = "the gradient is a sum instead of a mean"

# %% wrong: two mistakes (H and I), H, I and K are all called vanishing because their reach is small
# told: takes_dead_for_vanishing
patient_h = patient_i = patient_k = "the signal vanishes on its way"
patient_j = "the gradient is a sum instead of a mean"
patient_l = "nothing: the learning rate is only small"

# %% wrong: all five called dead, right for H only
# told: misses_the_equal
patient_h = patient_i = patient_j = patient_k = patient_l = "units are dead"

# %% wrong: all five wrong, the causes are shifted by one patient
# told: misses_the_dead
patient_i = "units are dead"
patient_j = "all units are equal"
patient_k = "the gradient is a sum instead of a mean"
patient_l = "the signal vanishes on its way"
patient_h = "nothing: the learning rate is only small"

# %% wrong: the order is reversed, L to H, so that only J is right
# told: misses_the_dead
patient_h, patient_i, patient_j, patient_k, patient_l = [
    "nothing: the learning rate is only small",
    "the signal vanishes on its way",
    "the gradient is a sum instead of a mean",
    "all units are equal",
    "units are dead",
]

# %% wrong: all five wrong, the first five entries of CAUSES in their order
# told: takes_dead_for_equal
patient_h, patient_i, patient_j, patient_k, patient_l = patients.CAUSES[:5]

# %% wrong: right causes, but as indices into CAUSES instead of words
# told: form
patient_h = 7
patient_i = 0
patient_j = 5
patient_k = 6
patient_l = 2

# %% wrong: right causes, but as numbers counted from 1 instead of words
# told: form
patient_h, patient_i, patient_j, patient_k, patient_l = 8, 1, 6, 7, 3

# %% wrong: off by one index into CAUSES (counted from 1, wrapped round at the end), all five wrong
# told: takes_dead_for_equal
patient_h = patients.CAUSES[8 % 8]
patient_i = patients.CAUSES[1]
patient_j = patients.CAUSES[6]
patient_k = patients.CAUSES[7]
patient_l = patients.CAUSES[3]

# %% wrong: own words instead of those of CAUSES, all five
# told: form
patient_h = "dead ReLUs"
patient_i = "symmetric initialisation"
patient_j = "forgot to divide by N"
patient_k = "vanishing gradient"
patient_l = "learning rate too low"

# %% wrong: misspelt, J says "insted"
# told: form
patient_h = "units are dead"
patient_i = "all units are equal"
patient_j = "the gradient is a sum insted of a mean"
patient_k = "the signal vanishes on its way"
patient_l = "nothing: the learning rate is only small"

# %% wrong: L in part only, the words "nothing: " are missing
# told: form
patient_h = "units are dead"
patient_i = "all units are equal"
patient_j = "the gradient is a sum instead of a mean"
patient_k = "the signal vanishes on its way"
patient_l = "the learning rate is only small"

# %% wrong: two not in the words of CAUSES, K and L shortened
# told: form
patient_h = "units are dead"
patient_i = "all units are equal"
patient_j = "the gradient is a sum instead of a mean"
patient_k = "the signal vanishes"
patient_l = "nothing"

# %% wrong: letters of similar patients of the chapter (B, C, D, A) instead of causes, and "healthy" for L
# told: form
patient_h = "B"
patient_i = "C"
patient_j = "D"
patient_k = "A"
patient_l = "healthy"

# %% wrong: J is left out (None)
# told: not attempted
patient_h = "units are dead"
patient_i = "all units are equal"
patient_j = None
patient_k = "the signal vanishes on its way"
patient_l = "nothing: the learning rate is only small"

# %% wrong: only H and I are filled in (both right), the other three are None
# told: not attempted
patient_h = "units are dead"
patient_i = "all units are equal"
patient_j = patient_k = patient_l = None

# %% wrong: J is an empty string
# told: form
patient_h = "units are dead"
patient_i = "all units are equal"
patient_j = ""
patient_k = "the signal vanishes on its way"
patient_l = "nothing: the learning rate is only small"

# %% wrong: H gets two causes in a list instead of one (dead and vanishing)
# told: form
patient_h = ["units are dead", "the signal vanishes on its way"]
patient_i = "all units are equal"
patient_j = "the gradient is a sum instead of a mean"
patient_k = "the signal vanishes on its way"
patient_l = "nothing: the learning rate is only small"

# %% wrong: all causes are chosen for every patient
# told: form
patient_h = patient_i = patient_j = patient_k = patient_l = patients.CAUSES

# %% wrong: J, two causes joined in one string with "and"
# told: form
patient_h = "units are dead"
patient_i = "all units are equal"
patient_j = "the gradient is a sum instead of a mean and nothing: the learning rate is only small"
patient_k = "the signal vanishes on its way"
patient_l = "nothing: the learning rate is only small"

# %% wrong: the accuracies of the chart instead of causes
# told: form
patient_h = 0.106
patient_i = 0.102
patient_j = 0.931
patient_k = 0.106
patient_l = 0.557

# %% wrong: the patients themselves (untrained, from admit) instead of causes
# told: form
patient_h, patient_i, patient_j, patient_k, patient_l = [patients.admit(letter, seed=3) for letter in "HIJKL"]

# %% wrong: functions that return the right causes, not called
# told: form
patient_h = lambda: "units are dead"
patient_i = lambda: "all units are equal"
patient_j = lambda: "the gradient is a sum instead of a mean"
patient_k = lambda: "the signal vanishes on its way"
patient_l = lambda: "nothing: the learning rate is only small"

# %% wrong: printed instead of stored, so that all five stay None
# told: not attempted
patient_h = print("units are dead")
patient_i = print("all units are equal")
patient_j = print("the gradient is a sum instead of a mean")
patient_k = print("the signal vanishes on its way")
patient_l = print("nothing: the learning rate is only small")

# %% wrong: two mistakes, J and L are both called healthy by own words ("healthy"), which CAUSES does not have
# told: form
patient_h = "units are dead"
patient_i = "all units are equal"
patient_j = patient_l = "healthy"
patient_k = "the signal vanishes on its way"

# %% wrong: trailing comma, H is a tuple of one string
# told: form
patient_h = "units are dead",
patient_i = "all units are equal"
patient_j = "the gradient is a sum instead of a mean"
patient_k = "the signal vanishes on its way"
patient_l = "nothing: the learning rate is only small"
