# %% right: a set
unfair = {"rate", "test", "best seed", "batches"}

# %% right: a set in another order
unfair = {"batches", "best seed", "test", "rate"}

# %% right: a list
unfair = ["rate", "test", "best seed", "batches"]

# %% right: a tuple
unfair = ("rate", "test", "best seed", "batches")

# %% right: a frozenset
unfair = frozenset(["rate", "test", "best seed", "batches"])

# %% right: set() of a list
unfair = set(["rate", "test", "best seed", "batches"])

# %% right: set() of a tuple in another order
unfair = set(("test", "best seed", "batches", "rate"))

# %% right: add, one by one
unfair = set()
unfair.add("rate")
unfair.add("test")
unfair.add("best seed")
unfair.add("batches")

# %% right: update with a list
unfair = set()
unfair.update(["rate", "test", "best seed", "batches"])

# %% right: all but the others
unfair = {"rate", "test", "best seed", "same start", "batches", "order", "same rate"} - {"same start", "order", "same rate"}

# %% right: union of small sets
unfair = {"rate"} | {"test"} | {"best seed"} | {"batches"}

# %% right: picked by number from all options
options = ["rate", "test", "best seed", "same start", "batches", "order", "same rate"]
unfair = {options[i] for i in (0, 1, 2, 4)}

# %% right: a dictionary of verdicts, filtered
verdict = {"rate": True, "test": True, "best seed": True, "same start": False, "batches": True, "order": False, "same rate": False}
unfair = {name for name, yes in verdict.items() if yes}

# %% right: single quotes
unfair = {'rate', 'test', 'best seed', 'batches'}

# %% right: started with all and discarded
unfair = {"rate", "test", "best seed", "same start", "batches", "order", "same rate"}
unfair.discard("same start")
unfair.discard("order")
unfair.discard("same rate")

# %% right: a list with one of them twice, as a set
unfair = set(["rate", "test", "best seed", "batches", "rate"])

# %% right: the parts of a text that are split at commas
unfair = set("rate,test,best seed,batches".split(","))

# %% right: filter with a lambda
others = ["same start", "order", "same rate"]
unfair = set(filter(lambda name: name not in others, ["rate", "test", "best seed", "same start", "batches", "order", "same rate"]))

# %% right: appended to a list
unfair = []
unfair.append("rate")
unfair.append("test")
unfair.append("best seed")
unfair.append("batches")

# %% right: unpacked from two sets
unfair = {*{"rate"}, *{"test", "best seed", "batches"}}

# %% wrong: batches missing: thinks that equal epochs are equal effort, but 32 means four times as many steps
# told: misses_batches
unfair = {"rate", "test", "best seed"}

# %% wrong: test missing: thinks that a rate is no weight, so that the test images may choose it
# told: misses_test
unfair = {"rate", "best seed", "batches"}

# %% wrong: rate missing: thinks that the default is the rate that suits SGD
# told: misses_rate
unfair = {"test", "best seed", "batches"}

# %% wrong: best seed missing: thinks that three seeds are three seeds
# told: misses_best_seed
unfair = {"rate", "test", "batches"}

# %% wrong: same rate added: thinks that a fair comparison needs one learning rate for both
# told: takes_same_rate
unfair = {"rate", "test", "best seed", "batches", "same rate"}

# %% wrong: same start added: thinks that the start might suit one of them
# told: takes_same_start
unfair = {"rate", "test", "best seed", "same start", "batches"}

# %% wrong: order added: thinks that the images must be shuffled anew for each
# told: takes_order
unfair = {"rate", "test", "best seed", "batches", "order"}

# %% wrong: all seven
# told: takes_same_start
unfair = {"rate", "test", "best seed", "same start", "batches", "order", "same rate"}

# %% wrong: the opposite: the three harmless ones
# told: takes_same_start
unfair = {"same start", "order", "same rate"}

# %% wrong: all but same start
# told: takes_order
unfair = {"rate", "test", "best seed", "batches", "order", "same rate"}

# %% wrong: all but order
# told: takes_same_start
unfair = {"rate", "test", "best seed", "same start", "batches", "same rate"}

# %% wrong: all but same rate: takes equal starts and order for a lack of chance
# told: takes_same_start
unfair = {"rate", "test", "best seed", "same start", "batches", "order"}

# %% wrong: rate alone
# told: misses_test
unfair = {"rate"}

# %% wrong: test alone
# told: misses_rate
unfair = {"test"}

# %% wrong: best seed alone
# told: misses_rate
unfair = {"best seed"}

# %% wrong: batches alone
# told: misses_rate
unfair = {"batches"}

# %% wrong: same rate alone
# told: takes_same_rate
unfair = {"same rate"}

# %% wrong: same start alone
# told: takes_same_start
unfair = {"same start"}

# %% wrong: rate and test only: seeds and batches taken for details
# told: misses_best_seed
unfair = {"rate", "test"}

# %% wrong: rate and best seed only
# told: misses_test
unfair = {"rate", "best seed"}

# %% wrong: test and best seed only
# told: misses_rate
unfair = {"test", "best seed"}

# %% wrong: rate and batches only: what is unfair between the two, not what makes the number too good
# told: misses_test
unfair = {"rate", "batches"}

# %% wrong: test and batches only
# told: misses_rate
unfair = {"test", "batches"}

# %% wrong: best seed and batches only
# told: misses_rate
unfair = {"best seed", "batches"}

# %% wrong: two mistakes: same rate in place of rate
# told: takes_same_rate
unfair = {"test", "best seed", "batches", "same rate"}

# %% wrong: two mistakes: same rate in place of batches
# told: takes_same_rate
unfair = {"rate", "test", "best seed", "same rate"}

# %% wrong: two mistakes: same rate in place of test
# told: takes_same_rate
unfair = {"rate", "best seed", "batches", "same rate"}

# %% wrong: two mistakes: same rate in place of best seed
# told: takes_same_rate
unfair = {"rate", "test", "batches", "same rate"}

# %% wrong: two mistakes: order in place of batches
# told: takes_order
unfair = {"rate", "test", "best seed", "order"}

# %% wrong: two mistakes: same start in place of best seed
# told: takes_same_start
unfair = {"rate", "test", "same start", "batches"}

# %% wrong: two mistakes: same start in place of batches
# told: takes_same_start
unfair = {"rate", "test", "best seed", "same start"}

# %% wrong: two mistakes: order in place of test
# told: takes_order
unfair = {"rate", "best seed", "batches", "order"}

# %% wrong: everything that concerns the rate
# told: takes_same_rate
unfair = {"rate", "test", "same rate"}

# %% wrong: everything that has "same" in it
# told: takes_same_start
unfair = {"same start", "same rate"}

# %% wrong: one text, no set
# told: form
unfair = "rate, test, best seed, batches"

# %% wrong: a set with one text that holds all names
# told: form
unfair = {"rate, test, best seed, batches"}

# %% wrong: one name as a text, no set
# told: misses_rate
unfair = "test"

# %% wrong: seed in place of best seed, which is not among the options
# told: form
unfair = {"rate", "test", "seed", "batches"}

# %% wrong: best_seed with an underscore, which is not among the options
# told: form
unfair = {"rate", "test", "best_seed", "batches"}

# %% wrong: a comma forgotten, so that two names become one
# told: form
unfair = {"rate", "test", "best seed" "batches"}

# %% wrong: True instead of names
# told: form
unfair = True

# %% wrong: numbers of the options instead of their names
# told: form
unfair = {0, 1, 2, 4}

# %% wrong: the number of what is wrong
# told: form
unfair = 4

# %% wrong: an option invented, epochs in place of batches
# told: form
unfair = {"rate", "test", "best seed", "epochs"}

# %% wrong: names without quotes, raises NameError
# told: raises before it is checked
unfair = {rate_, test_, batches_}

# %% wrong: a list in a set, raises TypeError
# told: raises before it is checked
unfair = {["rate", "test", "best seed", "batches"]}

# %% wrong: update returns None, and that is kept
# told: not attempted
unfair = {"rate", "test"}.update({"best seed", "batches"})
