# %% right: a set
makes_it_unfair = {
    "the challenger was trained on all 600 corrections, and compared on them",
    "only images that the champion had misread were compared",
    "nobody compared the two on the 5,000 clean images",
    "of twelve challengers, the one that did best on the compared images was reported",
}

# %% right: a set in another order
makes_it_unfair = {
    "of twelve challengers, the one that did best on the compared images was reported",
    "nobody compared the two on the 5,000 clean images",
    "only images that the champion had misread were compared",
    "the challenger was trained on all 600 corrections, and compared on them",
}

# %% right: a list
makes_it_unfair = [
    "the challenger was trained on all 600 corrections, and compared on them",
    "only images that the champion had misread were compared",
    "nobody compared the two on the 5,000 clean images",
    "of twelve challengers, the one that did best on the compared images was reported",
]

# %% right: a tuple
makes_it_unfair = (
    "the challenger was trained on all 600 corrections, and compared on them",
    "only images that the champion had misread were compared",
    "nobody compared the two on the 5,000 clean images",
    "of twelve challengers, the one that did best on the compared images was reported",
)

# %% right: a frozenset
makes_it_unfair = frozenset([
    "the challenger was trained on all 600 corrections, and compared on them",
    "only images that the champion had misread were compared",
    "nobody compared the two on the 5,000 clean images",
    "of twelve challengers, the one that did best on the compared images was reported",
])

# %% right: set() of a list
makes_it_unfair = set([
    "the challenger was trained on all 600 corrections, and compared on them",
    "only images that the champion had misread were compared",
    "nobody compared the two on the 5,000 clean images",
    "of twelve challengers, the one that did best on the compared images was reported",
])

# %% right: set.add, one by one
makes_it_unfair = set()
makes_it_unfair.add("the challenger was trained on all 600 corrections, and compared on them")
makes_it_unfair.add("only images that the champion had misread were compared")
makes_it_unfair.add("nobody compared the two on the 5,000 clean images")
makes_it_unfair.add("of twelve challengers, the one that did best on the compared images was reported")

# %% right: update with a list
makes_it_unfair = set()
makes_it_unfair.update([
    "the challenger was trained on all 600 corrections, and compared on them",
    "only images that the champion had misread were compared",
    "nobody compared the two on the 5,000 clean images",
    "of twelve challengers, the one that did best on the compared images was reported",
])

# %% right: union of small sets
makes_it_unfair = {"the challenger was trained on all 600 corrections, and compared on them"} | {"only images that the champion had misread were compared"} | {"nobody compared the two on the 5,000 clean images"} | {"of twelve challengers, the one that did best on the compared images was reported"}

# %% right: picked by number from a list of all options
options = [
    "the challenger was trained on all 600 corrections, and compared on them",
    "only images that the champion had misread were compared",
    "the challenger trained on corrections mixed with old training images",
    "nobody compared the two on the 5,000 clean images",
    "both models got the same images, in the same order",
    "of twelve challengers, the one that did best on the compared images was reported",
    "the p-value was computed by McNemar's test, on pairs",
]
makes_it_unfair = {options[i] for i in (0, 1, 3, 5)}

# %% right: all options minus the harmless ones
options = [
    "the challenger was trained on all 600 corrections, and compared on them",
    "only images that the champion had misread were compared",
    "the challenger trained on corrections mixed with old training images",
    "nobody compared the two on the 5,000 clean images",
    "both models got the same images, in the same order",
    "of twelve challengers, the one that did best on the compared images was reported",
    "the p-value was computed by McNemar's test, on pairs",
]
makes_it_unfair = set(options) - {options[2], options[4], options[6]}

# %% right: a dictionary of verdicts, comprehension over it
verdict = {
    "the challenger was trained on all 600 corrections, and compared on them": True,
    "only images that the champion had misread were compared": True,
    "the challenger trained on corrections mixed with old training images": False,
    "nobody compared the two on the 5,000 clean images": True,
    "both models got the same images, in the same order": False,
    "of twelve challengers, the one that did best on the compared images was reported": True,
    "the p-value was computed by McNemar's test, on pairs": False,
}
makes_it_unfair = {name for name, bad in verdict.items() if bad}

# %% right: single quotes
makes_it_unfair = {
    'the challenger was trained on all 600 corrections, and compared on them',
    'only images that the champion had misread were compared',
    'nobody compared the two on the 5,000 clean images',
    'of twelve challengers, the one that did best on the compared images was reported',
}

# %% right: lines of a triple-quoted text
makes_it_unfair = set("""\
the challenger was trained on all 600 corrections, and compared on them
only images that the champion had misread were compared
nobody compared the two on the 5,000 clean images
of twelve challengers, the one that did best on the compared images was reported
""".splitlines())

# %% right: started with all and discarded
makes_it_unfair = {
    "the challenger was trained on all 600 corrections, and compared on them",
    "only images that the champion had misread were compared",
    "the challenger trained on corrections mixed with old training images",
    "nobody compared the two on the 5,000 clean images",
    "both models got the same images, in the same order",
    "of twelve challengers, the one that did best on the compared images was reported",
    "the p-value was computed by McNemar's test, on pairs",
}
makes_it_unfair.discard("the challenger trained on corrections mixed with old training images")
makes_it_unfair.discard("both models got the same images, in the same order")
makes_it_unfair.discard("the p-value was computed by McNemar's test, on pairs")

# %% right: a list with one option twice
makes_it_unfair = [
    "the challenger was trained on all 600 corrections, and compared on them",
    "only images that the champion had misread were compared",
    "nobody compared the two on the 5,000 clean images",
    "of twelve challengers, the one that did best on the compared images was reported",
    "the challenger was trained on all 600 corrections, and compared on them",
]

# %% right: keys of a dictionary
makes_it_unfair = dict.fromkeys([
    "the challenger was trained on all 600 corrections, and compared on them",
    "only images that the champion had misread were compared",
    "nobody compared the two on the 5,000 clean images",
    "of twelve challengers, the one that did best on the compared images was reported",
]).keys()

# %% wrong: leaves out "trained and compared on the same 600" (thinks comparing on the training images is fair)
# told: misses_the_challenger_was_trained_on_all_600_corrections_and_compared_on_them
makes_it_unfair = {
    "only images that the champion had misread were compared",
    "nobody compared the two on the 5,000 clean images",
    "of twelve challengers, the one that did best on the compared images was reported",
}

# %% wrong: leaves out "only misread images compared" (thinks comparing only on the champion"s mistakes is fair)
# told: misses_only_images_that_the_champion_had_misread_were_compared
makes_it_unfair = {
    "the challenger was trained on all 600 corrections, and compared on them",
    "nobody compared the two on the 5,000 clean images",
    "of twelve challengers, the one that did best on the compared images was reported",
}

# %% wrong: leaves out "no comparison on clean images" (thinks nothing is missing without a comparison on clean images)
# told: misses_nobody_compared_the_two_on_the_5_000_clean_images
makes_it_unfair = {
    "the challenger was trained on all 600 corrections, and compared on them",
    "only images that the champion had misread were compared",
    "of twelve challengers, the one that did best on the compared images was reported",
}

# %% wrong: leaves out "best of twelve reported" (thinks reporting the best of twelve is fair)
# told: misses_of_twelve_challengers_the_one_that_did_best_on_the_compared_images_was_reported
makes_it_unfair = {
    "the challenger was trained on all 600 corrections, and compared on them",
    "only images that the champion had misread were compared",
    "nobody compared the two on the 5,000 clean images",
}

# %% wrong: also has "mixed with old images" (takes mixing in old training images for unfair)
# told: takes_the_challenger_trained_on_corrections_mixed_with_old_training_images
makes_it_unfair = {
    "the challenger was trained on all 600 corrections, and compared on them",
    "only images that the champion had misread were compared",
    "the challenger trained on corrections mixed with old training images",
    "nobody compared the two on the 5,000 clean images",
    "of twelve challengers, the one that did best on the compared images was reported",
}

# %% wrong: also has "same images, same order" (takes the same images for both for unfair)
# told: takes_both_models_got_the_same_images_in_the_same_order
makes_it_unfair = {
    "the challenger was trained on all 600 corrections, and compared on them",
    "only images that the champion had misread were compared",
    "nobody compared the two on the 5,000 clean images",
    "both models got the same images, in the same order",
    "of twelve challengers, the one that did best on the compared images was reported",
}

# %% wrong: also has "McNemar's test" (takes the test on pairs for unfair)
# told: takes_the_p_value_was_computed_by_mcnemar_s_test_on_pairs
makes_it_unfair = {
    "the challenger was trained on all 600 corrections, and compared on them",
    "only images that the champion had misread were compared",
    "nobody compared the two on the 5,000 clean images",
    "of twelve challengers, the one that did best on the compared images was reported",
    "the p-value was computed by McNemar's test, on pairs",
}

# %% wrong: two mistakes: leaves out "trained and compared on the same 600" and has "McNemar's test"
# told: misses_the_challenger_was_trained_on_all_600_corrections_and_compared_on_them
makes_it_unfair = {
    "only images that the champion had misread were compared",
    "nobody compared the two on the 5,000 clean images",
    "of twelve challengers, the one that did best on the compared images was reported",
    "the p-value was computed by McNemar's test, on pairs",
}

# %% wrong: two mistakes: leaves out "only misread images compared" and has "same images, same order"
# told: misses_only_images_that_the_champion_had_misread_were_compared
makes_it_unfair = {
    "the challenger was trained on all 600 corrections, and compared on them",
    "nobody compared the two on the 5,000 clean images",
    "both models got the same images, in the same order",
    "of twelve challengers, the one that did best on the compared images was reported",
}

# %% wrong: two mistakes: leaves out "no comparison on clean images" and has "McNemar's test"
# told: misses_nobody_compared_the_two_on_the_5_000_clean_images
makes_it_unfair = {
    "the challenger was trained on all 600 corrections, and compared on them",
    "only images that the champion had misread were compared",
    "of twelve challengers, the one that did best on the compared images was reported",
    "the p-value was computed by McNemar's test, on pairs",
}

# %% wrong: two mistakes: leaves out "best of twelve reported" and has "mixed with old images"
# told: takes_the_challenger_trained_on_corrections_mixed_with_old_training_images
makes_it_unfair = {
    "the challenger was trained on all 600 corrections, and compared on them",
    "only images that the champion had misread were compared",
    "the challenger trained on corrections mixed with old training images",
    "nobody compared the two on the 5,000 clean images",
}

# %% wrong: two mistakes: leaves out "trained and compared on the same 600" and "only misread images compared"
# told: misses_the_challenger_was_trained_on_all_600_corrections_and_compared_on_them
makes_it_unfair = {
    "nobody compared the two on the 5,000 clean images",
    "of twelve challengers, the one that did best on the compared images was reported",
}

# %% wrong: two mistakes: leaves out "trained and compared on the same 600" and "no comparison on clean images"
# told: misses_the_challenger_was_trained_on_all_600_corrections_and_compared_on_them
makes_it_unfair = {
    "only images that the champion had misread were compared",
    "of twelve challengers, the one that did best on the compared images was reported",
}

# %% wrong: two mistakes: leaves out "trained and compared on the same 600" and "best of twelve reported"
# told: misses_the_challenger_was_trained_on_all_600_corrections_and_compared_on_them
makes_it_unfair = {
    "only images that the champion had misread were compared",
    "nobody compared the two on the 5,000 clean images",
}

# %% wrong: two mistakes: leaves out "only misread images compared" and "no comparison on clean images"
# told: misses_only_images_that_the_champion_had_misread_were_compared
makes_it_unfair = {
    "the challenger was trained on all 600 corrections, and compared on them",
    "of twelve challengers, the one that did best on the compared images was reported",
}

# %% wrong: two mistakes: also has "mixed with old images" and "same images, same order"
# told: takes_the_challenger_trained_on_corrections_mixed_with_old_training_images
makes_it_unfair = {
    "the challenger was trained on all 600 corrections, and compared on them",
    "only images that the champion had misread were compared",
    "the challenger trained on corrections mixed with old training images",
    "nobody compared the two on the 5,000 clean images",
    "both models got the same images, in the same order",
    "of twelve challengers, the one that did best on the compared images was reported",
}

# %% wrong: two mistakes: also has "mixed with old images" and "McNemar's test"
# told: takes_the_challenger_trained_on_corrections_mixed_with_old_training_images
makes_it_unfair = {
    "the challenger was trained on all 600 corrections, and compared on them",
    "only images that the champion had misread were compared",
    "the challenger trained on corrections mixed with old training images",
    "nobody compared the two on the 5,000 clean images",
    "of twelve challengers, the one that did best on the compared images was reported",
    "the p-value was computed by McNemar's test, on pairs",
}

# %% wrong: two mistakes: also has "same images, same order" and "McNemar's test"
# told: takes_both_models_got_the_same_images_in_the_same_order
makes_it_unfair = {
    "the challenger was trained on all 600 corrections, and compared on them",
    "only images that the champion had misread were compared",
    "nobody compared the two on the 5,000 clean images",
    "both models got the same images, in the same order",
    "of twelve challengers, the one that did best on the compared images was reported",
    "the p-value was computed by McNemar's test, on pairs",
}

# %% wrong: all options chosen
# told: takes_the_challenger_trained_on_corrections_mixed_with_old_training_images
makes_it_unfair = {
    "the challenger was trained on all 600 corrections, and compared on them",
    "only images that the champion had misread were compared",
    "the challenger trained on corrections mixed with old training images",
    "nobody compared the two on the 5,000 clean images",
    "both models got the same images, in the same order",
    "of twelve challengers, the one that did best on the compared images was reported",
    "the p-value was computed by McNemar's test, on pairs",
}

# %% wrong: the stub: nothing chosen
# told: not attempted
makes_it_unfair = set()

# %% wrong: the opposite: the harmless ones instead of the faulty ones
# told: misses_the_challenger_was_trained_on_all_600_corrections_and_compared_on_them
makes_it_unfair = {
    "the challenger trained on corrections mixed with old training images",
    "both models got the same images, in the same order",
    "the p-value was computed by McNemar's test, on pairs",
}

# %% wrong: only one of them: "trained and compared on the same 600"
# told: misses_only_images_that_the_champion_had_misread_were_compared
makes_it_unfair = {
    "the challenger was trained on all 600 corrections, and compared on them",
}

# %% wrong: only one of them: "best of twelve reported"
# told: misses_the_challenger_was_trained_on_all_600_corrections_and_compared_on_them
makes_it_unfair = {
    "of twelve challengers, the one that did best on the compared images was reported",
}

# %% wrong: places in the list, counted from 0, instead of the options
# told: form
makes_it_unfair = {0, 1, 3, 5}

# %% wrong: places in the list, counted from 1, instead of the options
# told: form
makes_it_unfair = {1, 2, 4, 6}

# %% wrong: None
# told: not attempted
makes_it_unfair = None

# %% wrong: the number of faulty ones instead of a set
# told: form
makes_it_unfair = 4

# %% right: tolerated: a dictionary of True and False for all options (all of them are its keys)
makes_it_unfair = {
    "the challenger was trained on all 600 corrections, and compared on them": True,
    "only images that the champion had misread were compared": True,
    "the challenger trained on corrections mixed with old training images": False,
    "nobody compared the two on the 5,000 clean images": True,
    "both models got the same images, in the same order": False,
    "of twelve challengers, the one that did best on the compared images was reported": True,
    "the p-value was computed by McNemar's test, on pairs": False,
}

# %% wrong: a list of True and False instead of the options
# told: form
makes_it_unfair = [True, True, False, True, False, True, False]

# %% wrong: a set in a list
# told: form
makes_it_unfair = [{"the challenger was trained on all 600 corrections, and compared on them", "only images that the champion had misread were compared", "nobody compared the two on the 5,000 clean images", "of twelve challengers, the one that did best on the compared images was reported"}]

# %% wrong: a tuple of all in a set, one element instead of several
# told: form
makes_it_unfair = {("the challenger was trained on all 600 corrections, and compared on them", "only images that the champion had misread were compared", "nobody compared the two on the 5,000 clean images", "of twelve challengers, the one that did best on the compared images was reported")}

# %% wrong: one string that joins the options with commas
# told: form
makes_it_unfair = "the challenger was trained on all 600 corrections, and compared on them, only images that the champion had misread were compared, nobody compared the two on the 5,000 clean images, of twelve challengers, the one that did best on the compared images was reported"

# %% wrong: one string that joins the options, in a set
# told: form
makes_it_unfair = {"the challenger was trained on all 600 corrections, and compared on them, only images that the champion had misread were compared, nobody compared the two on the 5,000 clean images, of twelve challengers, the one that did best on the compared images was reported"}

# %% wrong: prints the options, leaves the set empty
# told: not attempted
makes_it_unfair = set()
print("the challenger was trained on all 600 corrections, and compared on them", "only images that the champion had misread were compared", "nobody compared the two on the 5,000 clean images", "of twelve challengers, the one that did best on the compared images was reported")

# %% wrong: set.union without keeping the result, so the set stays empty
# told: not attempted
makes_it_unfair = set()
makes_it_unfair.union(["the challenger was trained on all 600 corrections, and compared on them", "only images that the champion had misread were compared", "nobody compared the two on the 5,000 clean images", "of twelve challengers, the one that did best on the compared images was reported"])

# %% wrong: set() of one string, so its letters are the elements
# told: form
makes_it_unfair = set("the challenger was trained on all 600 corrections, and compared on them")

# %% wrong: adds with |= a string's letters instead of the option: set.update with strings
# told: form
makes_it_unfair = set()
makes_it_unfair.update("the challenger was trained on all 600 corrections, and compared on them")
makes_it_unfair.update("only images that the champion had misread were compared")
makes_it_unfair.update("nobody compared the two on the 5,000 clean images")
makes_it_unfair.update("of twelve challengers, the one that did best on the compared images was reported")

# %% wrong: a missing comma joins two options into one string
# told: form
makes_it_unfair = {
    "the challenger was trained on all 600 corrections, and compared on them"
    "only images that the champion had misread were compared",
    "nobody compared the two on the 5,000 clean images",
    "of twelve challengers, the one that did best on the compared images was reported",
}

# %% wrong: misspelt: "chalenger"
# told: form
makes_it_unfair = {
    "the chalenger was trained on all 600 corrections, and compared on them",
    "only images that the champion had misread were compared",
    "nobody compared the two on the 5,000 clean images",
    "of twelve challengers, the one that did best on the compared images was reported",
}

# %% wrong: short for the first one: not word for word
# told: form
makes_it_unfair = {
    "trained and compared on the same 600",
    "only images that the champion had misread were compared",
    "nobody compared the two on the 5,000 clean images",
    "of twelve challengers, the one that did best on the compared images was reported",
}

# %% wrong: its own words for all of them
# told: form
makes_it_unfair = {"trained and compared on the same 600", "only misread images compared", "no comparison on clean images", "best of twelve reported"}

# %% wrong: a full stop at the end of each option
# told: form
makes_it_unfair = {
    "the challenger was trained on all 600 corrections, and compared on them.",
    "only images that the champion had misread were compared.",
    "nobody compared the two on the 5,000 clean images.",
    "of twelve challengers, the one that did best on the compared images was reported.",
}

# %% right: tolerated: a capital letter at the beginning of each option
makes_it_unfair = {
    "The challenger was trained on all 600 corrections, and compared on them",
    "Only images that the champion had misread were compared",
    "Nobody compared the two on the 5,000 clean images",
    "Of twelve challengers, the one that did best on the compared images was reported",
}

# %% wrong: letters a, b, c ... instead of the options
# told: form
makes_it_unfair = {"a", "b", "d", "f"}
