# %% right: a set literal
good_augmentations = {"shift by 2 pixels", "rotate by 10 degrees", "make strokes thicker"}

# %% right: a set in another order, with single quotes
good_augmentations = {'make strokes thicker', 'shift by 2 pixels', 'rotate by 10 degrees'}

# %% right: a list
good_augmentations = ["shift by 2 pixels", "rotate by 10 degrees", "make strokes thicker"]

# %% right: a tuple
good_augmentations = ("make strokes thicker", "rotate by 10 degrees", "shift by 2 pixels")

# %% right: a frozenset
good_augmentations = frozenset(["shift by 2 pixels", "rotate by 10 degrees", "make strokes thicker"])

# %% right: an empty set and add
good_augmentations = set()
good_augmentations.add("shift by 2 pixels")
good_augmentations.add("rotate by 10 degrees")
good_augmentations.add("make strokes thicker")

# %% right: update with a list
good_augmentations = set()
good_augmentations.update(["shift by 2 pixels", "rotate by 10 degrees", "make strokes thicker"])

# %% right: all six minus the bad ones
everything = {"shift by 2 pixels", "rotate by 10 degrees", "rotate by 180 degrees", "mirror left to right", "make strokes thicker", "invert ink and paper"}
bad = {"rotate by 180 degrees", "mirror left to right", "invert ink and paper"}
good_augmentations = everything - bad

# %% right: a comprehension over a dict of verdicts, with reasons for the others
verdict = {
    "shift by 2 pixels": "fine",
    "rotate by 10 degrees": "fine",
    "rotate by 180 degrees": "a 6 becomes a 9",
    "mirror left to right": "a 2 looks like a 5, a 3 like nothing",
    "make strokes thicker": "fine",
    "invert ink and paper": "MNIST is always ink on paper, such images never come",
}
good_augmentations = {change for change, reason in verdict.items() if reason == "fine"}

# %% right: remove from the full set, one by one
good_augmentations = {"shift by 2 pixels", "rotate by 10 degrees", "rotate by 180 degrees", "mirror left to right", "make strokes thicker", "invert ink and paper"}
good_augmentations.remove("rotate by 180 degrees")  # 6 and 9
good_augmentations.remove("mirror left to right")  # 2 and 5
good_augmentations.discard("invert ink and paper")

# %% right: chosen by index from a list of options
options = ["shift by 2 pixels", "rotate by 10 degrees", "rotate by 180 degrees", "mirror left to right", "make strokes thicker", "invert ink and paper"]
good_augmentations = {options[i] for i in (0, 1, 4)}

# %% right: a mask with zip
options = ("shift by 2 pixels", "rotate by 10 degrees", "rotate by 180 degrees", "mirror left to right", "make strokes thicker", "invert ink and paper")
keep = [True, True, False, False, True, False]
good_augmentations = [option for option, yes in zip(options, keep) if yes]

# %% right: split from one string at the commas
good_augmentations = set("shift by 2 pixels,rotate by 10 degrees,make strokes thicker".split(","))

# %% right: a NumPy array of strings
good_augmentations = np.array(["shift by 2 pixels", "rotate by 10 degrees", "make strokes thicker"])

# %% right: the keys of a dict
good_augmentations = {"shift by 2 pixels": 1, "rotate by 10 degrees": 1, "make strokes thicker": 1}.keys()

# %% right: sorted, a list
good_augmentations = sorted({"shift by 2 pixels", "rotate by 10 degrees", "make strokes thicker"})

# %% right: union of single sets
good_augmentations = {"shift by 2 pixels"} | {"rotate by 10 degrees"} | {"make strokes thicker"}

# %% right: filter with a lambda over the options
options = ["shift by 2 pixels", "rotate by 10 degrees", "rotate by 180 degrees", "mirror left to right", "make strokes thicker", "invert ink and paper"]
good_augmentations = set(filter(lambda option: not any(word in option for word in ("180", "mirror", "invert")), options))

# %% right: a pandas Index after a filter
import pandas as pd

table = pd.Series([True, True, False, False, True, False], index=["shift by 2 pixels", "rotate by 10 degrees", "rotate by 180 degrees", "mirror left to right", "make strokes thicker", "invert ink and paper"])
good_augmentations = set(table[table].index)

# %% right: an option twice in a list, which is the same set
good_augmentations = ["shift by 2 pixels", "rotate by 10 degrees", "make strokes thicker", "shift by 2 pixels"]

# %% right: unpacked with a star from two lists
moves = ["shift by 2 pixels", "rotate by 10 degrees"]
pen = ["make strokes thicker"]
good_augmentations = {*moves, *pen}

# %% wrong: rotation by 180 degrees is in it (a 6 becomes a 9), the rest right
# told: takes_rotate_by_180_degrees
good_augmentations = {"shift by 2 pixels", "rotate by 10 degrees", "rotate by 180 degrees", "make strokes thicker"}

# %% wrong: mirroring is in it, the rest right
# told: takes_mirror_left_to_right
good_augmentations = {"shift by 2 pixels", "rotate by 10 degrees", "mirror left to right", "make strokes thicker"}

# %% wrong: inverting ink and paper is in it, the rest right
# told: takes_invert_ink_and_paper
good_augmentations = {"shift by 2 pixels", "rotate by 10 degrees", "make strokes thicker", "invert ink and paper"}

# %% wrong: making strokes thicker is missing
# told: misses_make_strokes_thicker
good_augmentations = {"shift by 2 pixels", "rotate by 10 degrees"}

# %% wrong: rotation by 10 degrees is missing
# told: misses_rotate_by_10_degrees
good_augmentations = {"shift by 2 pixels", "make strokes thicker"}

# %% wrong: the shift is missing
# told: misses_shift_by_2_pixels
good_augmentations = {"rotate by 10 degrees", "make strokes thicker"}

# %% wrong: all six are chosen
# told: takes_rotate_by_180_degrees
good_augmentations = {"shift by 2 pixels", "rotate by 10 degrees", "rotate by 180 degrees", "mirror left to right", "make strokes thicker", "invert ink and paper"}

# %% wrong: nothing is chosen: the set is empty
# told: not attempted
good_augmentations = set()

# %% wrong: the complement: exactly the three bad ones
# told: takes_rotate_by_180_degrees
good_augmentations = {"rotate by 180 degrees", "mirror left to right", "invert ink and paper"}

# %% wrong: all but the inversion: 180 degrees and mirroring are wrongly in it
# told: takes_rotate_by_180_degrees
good_augmentations = {"shift by 2 pixels", "rotate by 10 degrees", "rotate by 180 degrees", "mirror left to right", "make strokes thicker"}

# %% wrong: two wrong ones in it: mirroring and inverting; good ones complete
# told: takes_mirror_left_to_right
good_augmentations = {"shift by 2 pixels", "rotate by 10 degrees", "make strokes thicker", "mirror left to right", "invert ink and paper"}

# %% wrong: two wrong ones in it: 180 degrees and inverting; good ones complete
# told: takes_rotate_by_180_degrees
good_augmentations = {"shift by 2 pixels", "rotate by 10 degrees", "make strokes thicker", "rotate by 180 degrees", "invert ink and paper"}

# %% wrong: the geometric ones only: shift, both rotations, mirror; so thicker strokes are missing, 180 degrees and mirror wrong
# told: takes_rotate_by_180_degrees
good_augmentations = {"shift by 2 pixels", "rotate by 10 degrees", "rotate by 180 degrees", "mirror left to right"}

# %% wrong: only the shift, as in the notebook: the small rotation and the thicker strokes are missing
# told: misses_rotate_by_10_degrees
good_augmentations = {"shift by 2 pixels"}

# %% wrong: only the small rotation: two good ones are missing
# told: misses_shift_by_2_pixels
good_augmentations = {"rotate by 10 degrees"}

# %% wrong: only the thicker strokes: two good ones are missing
# told: misses_shift_by_2_pixels
good_augmentations = {"make strokes thicker"}

# %% wrong: two mistakes: thicker strokes are missing, and mirroring is in it
# told: takes_mirror_left_to_right
good_augmentations = {"shift by 2 pixels", "rotate by 10 degrees", "mirror left to right"}

# %% wrong: two mistakes: thicker strokes are missing, and 180 degrees is in it
# told: takes_rotate_by_180_degrees
good_augmentations = {"shift by 2 pixels", "rotate by 10 degrees", "rotate by 180 degrees"}

# %% wrong: two mistakes: thicker strokes are missing, and inverting is in it
# told: takes_invert_ink_and_paper
good_augmentations = {"shift by 2 pixels", "rotate by 10 degrees", "invert ink and paper"}

# %% wrong: two mistakes: the small rotation is missing, and inverting is in it
# told: takes_invert_ink_and_paper
good_augmentations = {"shift by 2 pixels", "make strokes thicker", "invert ink and paper"}

# %% wrong: two mistakes: the small rotation is missing, and mirroring is in it (as for photos: shift and flip)
# told: takes_mirror_left_to_right
good_augmentations = {"shift by 2 pixels", "make strokes thicker", "mirror left to right"}

# %% wrong: two mistakes: shift is missing, and mirroring is in it
# told: takes_mirror_left_to_right
good_augmentations = {"rotate by 10 degrees", "make strokes thicker", "mirror left to right"}

# %% wrong: the small rotation and the thicker strokes are missing, and mirroring is in it (shift and flip as for photographs)
# told: takes_mirror_left_to_right
good_augmentations = {"shift by 2 pixels", "mirror left to right"}

# %% wrong: the pen's ones only: thicker strokes and inverting; shift and rotation are missing
# told: takes_invert_ink_and_paper
good_augmentations = {"make strokes thicker", "invert ink and paper"}

# %% wrong: both rotations only: 180 degrees is wrong, shift and thicker strokes are missing
# told: takes_rotate_by_180_degrees
good_augmentations = {"rotate by 10 degrees", "rotate by 180 degrees"}

# %% wrong: only mirroring is chosen: wrong, and all good ones are missing
# told: takes_mirror_left_to_right
good_augmentations = {"mirror left to right"}

# %% wrong: only inverting is chosen: wrong, and all good ones are missing
# told: takes_invert_ink_and_paper
good_augmentations = {"invert ink and paper"}

# %% wrong: only 180 degrees is chosen: wrong, and all good ones are missing
# told: takes_rotate_by_180_degrees
good_augmentations = {"rotate by 180 degrees"}

# %% wrong: misspelt: "thiker" for "thicker"
# told: form
good_augmentations = {"shift by 2 pixels", "rotate by 10 degrees", "make strokes thiker"}

# %% wrong: misspelt: "shift by two pixels" instead of "shift by 2 pixels"
# told: form
good_augmentations = {"shift by two pixels", "rotate by 10 degrees", "make strokes thicker"}

# %% wrong: shortened names that are none of the options: "shift", "rotate", "thicker"
# told: form
good_augmentations = {"shift", "rotate", "thicker"}

# %% wrong: "rotate by 10" without "degrees" is none of the options
# told: form
good_augmentations = {"shift by 2 pixels", "rotate by 10", "make strokes thicker"}

# %% wrong: "rotate by 90 degrees" is none of the options, the small rotation is missing
# told: form
good_augmentations = {"shift by 2 pixels", "rotate by 90 degrees", "make strokes thicker"}

# %% wrong: underscores instead of spaces
# told: form
good_augmentations = {"shift_by_2_pixels", "rotate_by_10_degrees", "make_strokes_thicker"}

# %% wrong: indices, counted from 0, instead of the options
# told: form
good_augmentations = {0, 1, 4}

# %% wrong: indices, counted from 1, instead of the options
# told: form
good_augmentations = [1, 2, 5]

# %% wrong: one string with commas instead of a set
# told: form
good_augmentations = "shift by 2 pixels, rotate by 10 degrees, make strokes thicker"

# %% wrong: commas forgotten, so Python joins the three strings into one
# told: form
good_augmentations = {
    "shift by 2 pixels"
    "rotate by 10 degrees"
    "make strokes thicker"
}

# %% wrong: one comma forgotten, so two of the options are joined into one string
# told: form
good_augmentations = {"shift by 2 pixels", "rotate by 10 degrees" "make strokes thicker"}

# %% wrong: set("...") of a string: a set of its letters
# told: form
good_augmentations = set("shift by 2 pixels")

# %% wrong: a list of booleans instead of the options
# told: form
good_augmentations = [True, True, False, False, True, False]

# %% right: a dict of True and False for all six options, so all six are keys
good_augmentations = {"shift by 2 pixels": True, "rotate by 10 degrees": True, "rotate by 180 degrees": False, "mirror left to right": False, "make strokes thicker": True, "invert ink and paper": False}

# %% wrong: a tuple of options inside a set: one element
# told: form
good_augmentations = {("shift by 2 pixels", "rotate by 10 degrees", "make strokes thicker")}

# %% wrong: None: the result of set.update was assigned
# told: not attempted
chosen = set()
good_augmentations = chosen.update(["shift by 2 pixels", "rotate by 10 degrees", "make strokes thicker"])

# %% wrong: a number: how many are good (3)
# told: form
good_augmentations = 3

# %% wrong: two mistakes: mirroring is in it, and the shift is misspelt
# told: form
good_augmentations = {"shift by 2 pixel", "rotate by 10 degrees", "mirror left to right", "make strokes thicker"}

# %% wrong: two mistakes: all three bad ones in it, and the small rotation missing
# told: takes_rotate_by_180_degrees
good_augmentations = {"shift by 2 pixels", "rotate by 180 degrees", "mirror left to right", "make strokes thicker", "invert ink and paper"}

# %% wrong: an invented option, "add noise", is added to the good ones
# told: form
good_augmentations = {"shift by 2 pixels", "rotate by 10 degrees", "make strokes thicker", "add noise"}
