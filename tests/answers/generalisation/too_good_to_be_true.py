# %% right: set literal
too_good = {"copies", "at random", "best epoch", "best seed"}

# %% right: set literal in another order, single quotes
too_good = {'best seed', 'best epoch', 'at random', 'copies'}

# %% right: set() of a list
too_good = set(["copies", "at random", "best epoch", "best seed"])

# %% right: set() of a tuple
too_good = set(("at random", "copies", "best seed", "best epoch"))

# %% right: empty set filled with add
too_good = set()
too_good.add("copies")
too_good.add("at random")
too_good.add("best epoch")
too_good.add("best seed")

# %% right: update with a list
too_good = {"copies"}
too_good.update(["at random", "best epoch", "best seed"])

# %% right: union operator of two causes
leaks = {"copies", "at random"}
selection = {"best epoch", "best seed"}
too_good = leaks | selection

# %% right: union method
too_good = {"copies", "at random"}.union({"best epoch", "best seed"})

# %% right: all options minus the harmless ones
options = {"copies", "at random", "mean", "best epoch", "dropout", "smoothing", "best seed"}
too_good = options - {"mean", "dropout", "smoothing"}

# %% right: set comprehension over a dictionary of judgements
judgement = {"copies": True, "at random": True, "mean": False, "best epoch": True,
             "dropout": False, "smoothing": False, "best seed": True}
too_good = {name for name, bad in judgement.items() if bad}

# %% right: generator in set()
options = ["copies", "at random", "mean", "best epoch", "dropout", "smoothing", "best seed"]
too_good = set(option for option in options if option not in ("mean", "dropout", "smoothing"))

# %% right: discards from the full set
too_good = {"copies", "at random", "mean", "best epoch", "dropout", "smoothing", "best seed"}
too_good.discard("mean")
too_good.discard("dropout")
too_good.remove("smoothing")

# %% right: strings split at commas
too_good = set("copies,at random,best epoch,best seed".split(","))

# %% right: duplicates in the literal do no harm
too_good = {"copies", "copies", "at random", "best epoch", "best seed", "best seed"}

# %% right: indices into a numpy array, turned to Python strings
options = np.array(["copies", "at random", "mean", "best epoch", "dropout", "smoothing", "best seed"])
too_good = set(options[[0, 1, 3, 6]].tolist())

# %% right: numpy strings in a set
options = np.array(["copies", "at random", "mean", "best epoch", "dropout", "smoothing", "best seed"])
too_good = set(options[[True, True, False, True, False, False, True]])

# %% right: in-place union and f-strings for the best ones
too_good = {"copies", "at random"}
too_good |= {f"best {what}" for what in ("epoch", "seed")}

# %% right: symmetric difference
too_good = {"copies", "at random", "mean"} ^ {"mean", "best epoch", "best seed"}

# %% wrong: only the leak by copies
# told: misses_at_random
too_good = {"copies"}

# %% wrong: only the random split
# told: misses_copies
too_good = {"at random"}

# %% wrong: only the split problems, forgets selection
# told: misses_best_epoch
too_good = {"copies", "at random"}

# %% wrong: only the selection, forgets the leaks
# told: misses_copies
too_good = {"best epoch", "best seed"}

# %% wrong: forgets that shoes recur, random split thought fair
# told: misses_at_random
too_good = {"copies", "best epoch", "best seed"}

# %% wrong: takes the copies for honest augmentation
# told: misses_copies
too_good = {"at random", "best epoch", "best seed"}

# %% wrong: takes early stopping for harmless
# told: misses_best_epoch
too_good = {"copies", "at random", "best seed"}

# %% wrong: takes the choice of the seed for harmless
# told: misses_best_seed
too_good = {"copies", "at random", "best epoch"}

# %% wrong: adds mean subtraction as a leak
# told: takes_mean
too_good = {"copies", "at random", "best epoch", "best seed", "mean"}

# %% wrong: adds dropout because it is off in the test
# told: takes_dropout
too_good = {"copies", "at random", "best epoch", "best seed", "dropout"}

# %% wrong: adds smoothing because labels differ
# told: takes_smoothing
too_good = {"copies", "at random", "best epoch", "best seed", "smoothing"}

# %% wrong: adds dropout and smoothing
# told: takes_dropout
too_good = {"copies", "at random", "best epoch", "best seed", "dropout", "smoothing"}

# %% wrong: adds mean and dropout
# told: takes_mean
too_good = {"copies", "at random", "best epoch", "best seed", "mean", "dropout"}

# %% wrong: everything is suspicious
# told: takes_mean
too_good = {"copies", "at random", "mean", "best epoch", "dropout", "smoothing", "best seed"}

# %% wrong: nothing is suspicious, empty set
# told: not attempted
too_good = set()

# %% wrong: empty braces make a dict
# told: not attempted
too_good = {}

# %% wrong: exactly the harmless ones
# told: misses_copies
too_good = {"mean", "dropout", "smoothing"}

# %% wrong: swaps a leak for the mean
# told: misses_at_random
too_good = {"copies", "mean", "best epoch", "best seed"}

# %% wrong: swaps the seed for dropout
# told: takes_dropout
too_good = {"copies", "at random", "best epoch", "dropout"}

# %% wrong: one leak and one selection
# told: misses_at_random
too_good = {"copies", "best epoch"}

# %% wrong: the other leak and the other selection
# told: misses_copies
too_good = {"at random", "best seed"}

# %% wrong: only the seeds
# told: misses_copies
too_good = {"best seed"}

# %% wrong: only the epochs
# told: misses_copies
too_good = {"best epoch"}

# %% wrong: random split and seeds with smoothing
# told: misses_copies
too_good = {"at random", "best seed", "smoothing"}

# %% wrong: everything about the data preparation
# told: takes_mean
too_good = {"copies", "at random", "mean"}

# %% wrong: everything about the training
# told: misses_copies
too_good = {"best epoch", "dropout", "smoothing", "best seed"}

# %% right: a list, not a set
too_good = ["copies", "at random", "best epoch", "best seed"]

# %% right: a tuple, not a set
too_good = ("copies", "at random", "best epoch", "best seed")

# %% wrong: one string, comma-separated
# told: form
too_good = "copies, at random, best epoch, best seed"

# %% right: a dict with True and False
too_good = {"copies": True, "at random": True, "mean": False, "best epoch": True,
            "dropout": False, "smoothing": False, "best seed": True}

# %% wrong: a set holding one tuple
# told: form
too_good = {("copies", "at random", "best epoch", "best seed")}

# %% wrong: a set of letters, set() of one string
# told: form
too_good = set("copies")

# %% wrong: all four in one string of a set
# told: form
too_good = {"copies, at random, best epoch, best seed"}

# %% wrong: commas forgotten, strings joined
# told: form
too_good = {"copies" "at random" "best epoch" "best seed"}

# %% wrong: one comma forgotten
# told: form
too_good = {"copies", "at random" "best epoch", "best seed"}

# %% wrong: misspelt, singular copy
# told: form
too_good = {"copy", "at random", "best epoch", "best seed"}

# %% wrong: underscore instead of space
# told: form
too_good = {"copies", "at_random", "best_epoch", "best_seed"}

# %% wrong: plural of seed
# told: form
too_good = {"copies", "at random", "best epoch", "best seeds"}

# %% wrong: random without at
# told: form
too_good = {"copies", "random", "best epoch", "best seed"}

# %% wrong: numbers of the options
# told: form
too_good = {0, 1, 3, 6}

# %% wrong: counts the options from one
# told: form
too_good = {1, 2, 4, 7}

# %% wrong: a set with None for the rest
# told: form
too_good = {"copies", "at random", None, "best epoch", "best seed"}

# %% wrong: keeps the result of update, which is None
# told: not attempted
too_good = {"copies", "at random"}
too_good = too_good.update({"best epoch", "best seed"})

# %% wrong: update with a string adds letters
# told: form
too_good = {"copies", "at random", "best epoch"}
too_good.update("best seed")

# %% wrong: intersection instead of union
# told: not attempted
too_good = {"copies", "at random"} & {"best epoch", "best seed"}

# %% wrong: a list in a set, raises TypeError
# told: raises before it is checked
too_good = {["copies", "at random", "best epoch", "best seed"]}

# %% wrong: names without quotes, NameError
# told: raises before it is checked
too_good = {copies, smoothing, dropout}

# %% wrong: another variable name
# told: not attempted
answer = {"copies", "at random", "best epoch", "best seed"}

# %% wrong: left the dots of the template
# told: not attempted
too_good = ...

# %% wrong: the full sentences instead of the short names
# told: form
too_good = {"each photograph was copied four times", "the split was random, photograph by photograph",
            "the highest of 50 epochs", "20 seeds were trained"}

# %% wrong: adds an invented option
# told: form
too_good = {"copies", "at random", "best epoch", "best seed", "97 %"}

# %% right: a numpy array
too_good = np.array(["copies", "at random", "best epoch", "best seed"])
