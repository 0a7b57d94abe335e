# %% right: a set
same_path = {"RMSProp", "Adam", "AdamW"}

# %% right: a set in another order
same_path = {"AdamW", "Adam", "RMSProp"}

# %% right: a list
same_path = ["RMSProp", "Adam", "AdamW"]

# %% right: a tuple
same_path = ("RMSProp", "Adam", "AdamW")

# %% right: a frozenset
same_path = frozenset(["RMSProp", "Adam", "AdamW"])

# %% right: set() of a list
same_path = set(["RMSProp", "Adam", "AdamW"])

# %% right: set() of a tuple in another order
same_path = set(("Adam", "AdamW", "RMSProp"))

# %% right: add, one by one
same_path = set()
same_path.add("RMSProp")
same_path.add("Adam")
same_path.add("AdamW")

# %% right: update with a list
same_path = set()
same_path.update(["RMSProp", "Adam", "AdamW"])

# %% right: all but the others
same_path = {"descent", "momentum", "Nesterov", "RMSProp", "Adam", "AdamW"} - {"descent", "momentum", "Nesterov"}

# %% right: union of small sets
same_path = {"RMSProp"} | {"Adam"} | {"AdamW"}

# %% right: picked by number from all options
options = ["descent", "momentum", "Nesterov", "RMSProp", "Adam", "AdamW"]
same_path = {options[i] for i in (3, 4, 5)}

# %% right: a dictionary of verdicts, filtered
verdict = {"descent": False, "momentum": False, "Nesterov": False, "RMSProp": True, "Adam": True, "AdamW": True}
same_path = {name for name, yes in verdict.items() if yes}

# %% right: single quotes
same_path = {'RMSProp', 'Adam', 'AdamW'}

# %% right: started with all and discarded
same_path = {"descent", "momentum", "Nesterov", "RMSProp", "Adam", "AdamW"}
same_path.discard("descent")
same_path.discard("momentum")
same_path.discard("Nesterov")

# %% right: a list with one of them twice, as a set
same_path = set(["RMSProp", "Adam", "AdamW", "RMSProp"])

# %% right: the parts of a text that are split at commas
same_path = set("RMSProp,Adam,AdamW".split(","))

# %% right: filter with a lambda
others = ["descent", "momentum", "Nesterov"]
same_path = set(filter(lambda name: name not in others, ["descent", "momentum", "Nesterov", "RMSProp", "Adam", "AdamW"]))

# %% right: appended to a list
same_path = []
same_path.append("RMSProp")
same_path.append("Adam")
same_path.append("AdamW")

# %% right: unpacked from two sets
same_path = {*{"RMSProp"}, *{"Adam", "AdamW"}}

# %% wrong: AdamW missing: thinks that the decay weighs differently against gradients of another size
# told: misses_adamw
same_path = {"RMSProp", "Adam"}

# %% wrong: RMSProp missing: thinks that only Adam divides by the size of the gradients
# told: misses_rmsprop
same_path = {"Adam", "AdamW"}

# %% wrong: Adam missing: thinks that its momentum is 1000 times as large
# told: misses_adam
same_path = {"RMSProp", "AdamW"}

# %% wrong: Adam alone
# told: misses_rmsprop
same_path = {"Adam"}

# %% wrong: RMSProp alone, since the others have momentum in them
# told: misses_adam
same_path = {"RMSProp"}

# %% wrong: AdamW alone, since decay does not depend on the gradient
# told: misses_rmsprop
same_path = {"AdamW"}

# %% wrong: the opposite: the three for which the path changes
# told: takes_descent
same_path = {"descent", "momentum", "Nesterov"}

# %% wrong: all six: units cannot matter
# told: takes_descent
same_path = {"descent", "momentum", "Nesterov", "RMSProp", "Adam", "AdamW"}

# %% wrong: descent added: thinks a factor of the loss leaves the direction, so the path
# told: takes_descent
same_path = {"descent", "RMSProp", "Adam", "AdamW"}

# %% wrong: momentum added
# told: takes_momentum
same_path = {"momentum", "RMSProp", "Adam", "AdamW"}

# %% wrong: Nesterov added
# told: takes_nesterov
same_path = {"Nesterov", "RMSProp", "Adam", "AdamW"}

# %% wrong: momentum and Nesterov added: only plain descent is taken to suffer
# told: takes_momentum
same_path = {"momentum", "Nesterov", "RMSProp", "Adam", "AdamW"}

# %% wrong: descent and momentum added, Nesterov left out
# told: takes_descent
same_path = {"descent", "momentum", "RMSProp", "Adam", "AdamW"}

# %% wrong: descent and Nesterov added, momentum left out
# told: takes_descent
same_path = {"descent", "Nesterov", "RMSProp", "Adam", "AdamW"}

# %% wrong: descent alone: the minimum is the same
# told: takes_descent
same_path = {"descent"}

# %% wrong: momentum alone
# told: takes_momentum
same_path = {"momentum"}

# %% wrong: Nesterov alone
# told: takes_nesterov
same_path = {"Nesterov"}

# %% wrong: descent and momentum
# told: takes_descent
same_path = {"descent", "momentum"}

# %% wrong: momentum and Nesterov: opposite gradients cancel whatever their size
# told: takes_momentum
same_path = {"momentum", "Nesterov"}

# %% wrong: all with momentum in them
# told: takes_momentum
same_path = {"momentum", "Nesterov", "Adam", "AdamW"}

# %% wrong: all but AdamW, since its decay stays as it is
# told: takes_descent
same_path = {"descent", "momentum", "Nesterov", "RMSProp", "Adam"}

# %% wrong: all but Adam
# told: takes_descent
same_path = {"descent", "momentum", "Nesterov", "RMSProp", "AdamW"}

# %% wrong: all but RMSProp
# told: takes_descent
same_path = {"descent", "momentum", "Nesterov", "Adam", "AdamW"}

# %% wrong: two mistakes: AdamW missing, descent added
# told: takes_descent
same_path = {"descent", "RMSProp", "Adam"}

# %% wrong: two mistakes: AdamW missing, momentum added
# told: takes_momentum
same_path = {"momentum", "RMSProp", "Adam"}

# %% wrong: two mistakes: AdamW missing, Nesterov added
# told: takes_nesterov
same_path = {"Nesterov", "RMSProp", "Adam"}

# %% wrong: two mistakes: RMSProp missing, momentum added
# told: takes_momentum
same_path = {"momentum", "Adam", "AdamW"}

# %% wrong: two mistakes: RMSProp missing, Nesterov added
# told: takes_nesterov
same_path = {"Nesterov", "Adam", "AdamW"}

# %% wrong: two mistakes: Adam missing, descent added
# told: takes_descent
same_path = {"descent", "RMSProp", "AdamW"}

# %% wrong: those without momentum: descent and RMSProp
# told: takes_descent
same_path = {"descent", "RMSProp"}

# %% wrong: descent and AdamW: for descent, decay and L2 are the same
# told: takes_descent
same_path = {"descent", "AdamW"}

# %% wrong: AdaGrad in place of RMSProp, which is not among the options
# told: form
same_path = {"AdaGrad", "Adam", "AdamW"}

# %% wrong: AdaGrad added, which is not among the options
# told: form
same_path = {"AdaGrad", "RMSProp", "Adam", "AdamW"}

# %% wrong: one text with all names, no set
# told: form
same_path = "RMSProp, Adam, AdamW"

# %% wrong: a set with one text that holds all names
# told: form
same_path = {"RMSProp, Adam, AdamW"}

# %% wrong: one name as a text, no set
# told: misses_rmsprop
same_path = "Adam"

# %% wrong: True instead of names
# told: form
same_path = True

# %% wrong: numbers of the options instead of their names
# told: form
same_path = {3, 4, 5}

# %% wrong: the number of optimisers
# told: form
same_path = 3

# %% wrong: names without quotes: a set of the notebook's classes and a name that does not exist, raises NameError
# told: raises before it is checked
same_path = {RMSProp, Adam, AdamW_}

# %% wrong: lists in a set, raises TypeError
# told: raises before it is checked
same_path = {["RMSProp", "Adam", "AdamW"]}

# %% wrong: add with three names, raises TypeError
# told: raises before it is checked
same_path = set()
same_path.add("RMSProp", "Adam", "AdamW")

# %% wrong: AdamW misspelt
# told: form
same_path = {"RMSProp", "Adam", "AdmaW"}

# %% wrong: append returns None, and that is kept
# told: not attempted
same_path = ["RMSProp", "Adam"].append("AdamW")
