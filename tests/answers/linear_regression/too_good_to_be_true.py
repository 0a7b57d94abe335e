# %% right: a set
makes_it_too_good = {
    "the split was drawn again until the test RMSE was below 0.3 kg",
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
    "three test birds missed by more than 1 kg were taken for errors and left out",
}

# %% right: a set in another order
makes_it_too_good = {
    "three test birds missed by more than 1 kg were taken for errors and left out",
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
    "the split was drawn again until the test RMSE was below 0.3 kg",
}

# %% right: a list
makes_it_too_good = [
    "the split was drawn again until the test RMSE was below 0.3 kg",
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
    "three test birds missed by more than 1 kg were taken for errors and left out",
]

# %% right: a tuple
makes_it_too_good = (
    "the split was drawn again until the test RMSE was below 0.3 kg",
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
    "three test birds missed by more than 1 kg were taken for errors and left out",
)

# %% right: a frozenset
makes_it_too_good = frozenset([
    "the split was drawn again until the test RMSE was below 0.3 kg",
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
    "three test birds missed by more than 1 kg were taken for errors and left out",
])

# %% right: set() of a list
makes_it_too_good = set([
    "the split was drawn again until the test RMSE was below 0.3 kg",
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
    "three test birds missed by more than 1 kg were taken for errors and left out",
])

# %% right: set.add, one by one
makes_it_too_good = set()
makes_it_too_good.add("the split was drawn again until the test RMSE was below 0.3 kg")
makes_it_too_good.add("of 40 sets of columns, the one with the smallest test RMSE was kept")
makes_it_too_good.add("three test birds missed by more than 1 kg were taken for errors and left out")

# %% right: update with a list
makes_it_too_good = set()
makes_it_too_good.update([
    "the split was drawn again until the test RMSE was below 0.3 kg",
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
    "three test birds missed by more than 1 kg were taken for errors and left out",
])

# %% right: union of small sets
makes_it_too_good = {"the split was drawn again until the test RMSE was below 0.3 kg"} | {"of 40 sets of columns, the one with the smallest test RMSE was kept"} | {"three test birds missed by more than 1 kg were taken for errors and left out"}

# %% right: picked by number from a list of all options
options = [
    "the split was drawn again until the test RMSE was below 0.3 kg",
    "all columns were scaled by mean and standard deviation of the training rows",
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
    "three test birds missed by more than 1 kg were taken for errors and left out",
    "of 40 sets of columns, the one with the smallest validation RMSE was kept",
    "the line was fitted again on training and validation rows before the test",
    "the rows were shuffled, with a fixed seed, before they were split",
]
makes_it_too_good = {options[i] for i in (0, 2, 3)}

# %% right: all options minus the harmless ones
options = [
    "the split was drawn again until the test RMSE was below 0.3 kg",
    "all columns were scaled by mean and standard deviation of the training rows",
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
    "three test birds missed by more than 1 kg were taken for errors and left out",
    "of 40 sets of columns, the one with the smallest validation RMSE was kept",
    "the line was fitted again on training and validation rows before the test",
    "the rows were shuffled, with a fixed seed, before they were split",
]
makes_it_too_good = set(options) - {options[1], options[4], options[5], options[6]}

# %% right: a dictionary of verdicts, comprehension over it
verdict = {
    "the split was drawn again until the test RMSE was below 0.3 kg": True,
    "all columns were scaled by mean and standard deviation of the training rows": False,
    "of 40 sets of columns, the one with the smallest test RMSE was kept": True,
    "three test birds missed by more than 1 kg were taken for errors and left out": True,
    "of 40 sets of columns, the one with the smallest validation RMSE was kept": False,
    "the line was fitted again on training and validation rows before the test": False,
    "the rows were shuffled, with a fixed seed, before they were split": False,
}
makes_it_too_good = {name for name, bad in verdict.items() if bad}

# %% right: single quotes
makes_it_too_good = {
    'the split was drawn again until the test RMSE was below 0.3 kg',
    'of 40 sets of columns, the one with the smallest test RMSE was kept',
    'three test birds missed by more than 1 kg were taken for errors and left out',
}

# %% right: lines of a triple-quoted text
makes_it_too_good = set("""\
the split was drawn again until the test RMSE was below 0.3 kg
of 40 sets of columns, the one with the smallest test RMSE was kept
three test birds missed by more than 1 kg were taken for errors and left out
""".splitlines())

# %% right: started with all and discarded
makes_it_too_good = {
    "the split was drawn again until the test RMSE was below 0.3 kg",
    "all columns were scaled by mean and standard deviation of the training rows",
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
    "three test birds missed by more than 1 kg were taken for errors and left out",
    "of 40 sets of columns, the one with the smallest validation RMSE was kept",
    "the line was fitted again on training and validation rows before the test",
    "the rows were shuffled, with a fixed seed, before they were split",
}
makes_it_too_good.discard("all columns were scaled by mean and standard deviation of the training rows")
makes_it_too_good.discard("of 40 sets of columns, the one with the smallest validation RMSE was kept")
makes_it_too_good.discard("the line was fitted again on training and validation rows before the test")
makes_it_too_good.discard("the rows were shuffled, with a fixed seed, before they were split")

# %% right: a list with one option twice
makes_it_too_good = [
    "the split was drawn again until the test RMSE was below 0.3 kg",
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
    "three test birds missed by more than 1 kg were taken for errors and left out",
    "the split was drawn again until the test RMSE was below 0.3 kg",
]

# %% right: keys of a dictionary
makes_it_too_good = dict.fromkeys([
    "the split was drawn again until the test RMSE was below 0.3 kg",
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
    "three test birds missed by more than 1 kg were taken for errors and left out",
]).keys()

# %% wrong: leaves out "split drawn again" (thinks drawing the split again is harmless)
# told: misses_the_split_was_drawn_again_until_the_test_rmse_was_below_0_3_kg
makes_it_too_good = {
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
    "three test birds missed by more than 1 kg were taken for errors and left out",
}

# %% wrong: leaves out "choice by test RMSE" (thinks choosing columns by the test RMSE is harmless)
# told: misses_of_40_sets_of_columns_the_one_with_the_smallest_test_rmse_was_kept
makes_it_too_good = {
    "the split was drawn again until the test RMSE was below 0.3 kg",
    "three test birds missed by more than 1 kg were taken for errors and left out",
}

# %% wrong: leaves out "birds left out" (thinks leaving out badly predicted test birds is harmless)
# told: misses_three_test_birds_missed_by_more_than_1_kg_were_taken_for_errors_and_left_out
makes_it_too_good = {
    "the split was drawn again until the test RMSE was below 0.3 kg",
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
}

# %% wrong: also has "scaling by training rows" (takes scaling by the training rows for a leak)
# told: takes_all_columns_were_scaled_by_mean_and_standard_deviation_of_the_training_rows
makes_it_too_good = {
    "the split was drawn again until the test RMSE was below 0.3 kg",
    "all columns were scaled by mean and standard deviation of the training rows",
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
    "three test birds missed by more than 1 kg were taken for errors and left out",
}

# %% wrong: also has "choice by validation RMSE" (takes choosing by the validation RMSE for choosing by the test set)
# told: takes_of_40_sets_of_columns_the_one_with_the_smallest_validation_rmse_was_kept
makes_it_too_good = {
    "the split was drawn again until the test RMSE was below 0.3 kg",
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
    "three test birds missed by more than 1 kg were taken for errors and left out",
    "of 40 sets of columns, the one with the smallest validation RMSE was kept",
}

# %% wrong: also has "refit on training and validation" (takes training on the validation rows for a leak of the test set)
# told: takes_the_line_was_fitted_again_on_training_and_validation_rows_before_the_test
makes_it_too_good = {
    "the split was drawn again until the test RMSE was below 0.3 kg",
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
    "three test birds missed by more than 1 kg were taken for errors and left out",
    "the line was fitted again on training and validation rows before the test",
}

# %% wrong: also has "shuffling with a fixed seed" (takes shuffling with a fixed seed for cheating)
# told: takes_the_rows_were_shuffled_with_a_fixed_seed_before_they_were_split
makes_it_too_good = {
    "the split was drawn again until the test RMSE was below 0.3 kg",
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
    "three test birds missed by more than 1 kg were taken for errors and left out",
    "the rows were shuffled, with a fixed seed, before they were split",
}

# %% wrong: two mistakes: leaves out "split drawn again" and has "shuffling with a fixed seed"
# told: misses_the_split_was_drawn_again_until_the_test_rmse_was_below_0_3_kg
makes_it_too_good = {
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
    "three test birds missed by more than 1 kg were taken for errors and left out",
    "the rows were shuffled, with a fixed seed, before they were split",
}

# %% wrong: two mistakes: leaves out "choice by test RMSE" and has "refit on training and validation"
# told: misses_of_40_sets_of_columns_the_one_with_the_smallest_test_rmse_was_kept
makes_it_too_good = {
    "the split was drawn again until the test RMSE was below 0.3 kg",
    "three test birds missed by more than 1 kg were taken for errors and left out",
    "the line was fitted again on training and validation rows before the test",
}

# %% wrong: two mistakes: leaves out "birds left out" and has "shuffling with a fixed seed"
# told: misses_three_test_birds_missed_by_more_than_1_kg_were_taken_for_errors_and_left_out
makes_it_too_good = {
    "the split was drawn again until the test RMSE was below 0.3 kg",
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
    "the rows were shuffled, with a fixed seed, before they were split",
}

# %% wrong: two mistakes: leaves out "split drawn again" and "choice by test RMSE"
# told: misses_the_split_was_drawn_again_until_the_test_rmse_was_below_0_3_kg
makes_it_too_good = {
    "three test birds missed by more than 1 kg were taken for errors and left out",
}

# %% wrong: two mistakes: leaves out "split drawn again" and "birds left out"
# told: misses_the_split_was_drawn_again_until_the_test_rmse_was_below_0_3_kg
makes_it_too_good = {
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
}

# %% wrong: two mistakes: leaves out "choice by test RMSE" and "birds left out"
# told: misses_of_40_sets_of_columns_the_one_with_the_smallest_test_rmse_was_kept
makes_it_too_good = {
    "the split was drawn again until the test RMSE was below 0.3 kg",
}

# %% wrong: two mistakes: also has "scaling by training rows" and "choice by validation RMSE"
# told: takes_all_columns_were_scaled_by_mean_and_standard_deviation_of_the_training_rows
makes_it_too_good = {
    "the split was drawn again until the test RMSE was below 0.3 kg",
    "all columns were scaled by mean and standard deviation of the training rows",
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
    "three test birds missed by more than 1 kg were taken for errors and left out",
    "of 40 sets of columns, the one with the smallest validation RMSE was kept",
}

# %% wrong: two mistakes: also has "scaling by training rows" and "refit on training and validation"
# told: takes_all_columns_were_scaled_by_mean_and_standard_deviation_of_the_training_rows
makes_it_too_good = {
    "the split was drawn again until the test RMSE was below 0.3 kg",
    "all columns were scaled by mean and standard deviation of the training rows",
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
    "three test birds missed by more than 1 kg were taken for errors and left out",
    "the line was fitted again on training and validation rows before the test",
}

# %% wrong: two mistakes: also has "scaling by training rows" and "shuffling with a fixed seed"
# told: takes_all_columns_were_scaled_by_mean_and_standard_deviation_of_the_training_rows
makes_it_too_good = {
    "the split was drawn again until the test RMSE was below 0.3 kg",
    "all columns were scaled by mean and standard deviation of the training rows",
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
    "three test birds missed by more than 1 kg were taken for errors and left out",
    "the rows were shuffled, with a fixed seed, before they were split",
}

# %% wrong: two mistakes: also has "choice by validation RMSE" and "refit on training and validation"
# told: takes_of_40_sets_of_columns_the_one_with_the_smallest_validation_rmse_was_kept
makes_it_too_good = {
    "the split was drawn again until the test RMSE was below 0.3 kg",
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
    "three test birds missed by more than 1 kg were taken for errors and left out",
    "of 40 sets of columns, the one with the smallest validation RMSE was kept",
    "the line was fitted again on training and validation rows before the test",
}

# %% wrong: all options chosen
# told: takes_all_columns_were_scaled_by_mean_and_standard_deviation_of_the_training_rows
makes_it_too_good = {
    "the split was drawn again until the test RMSE was below 0.3 kg",
    "all columns were scaled by mean and standard deviation of the training rows",
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
    "three test birds missed by more than 1 kg were taken for errors and left out",
    "of 40 sets of columns, the one with the smallest validation RMSE was kept",
    "the line was fitted again on training and validation rows before the test",
    "the rows were shuffled, with a fixed seed, before they were split",
}

# %% wrong: the stub: nothing chosen
# told: not attempted
makes_it_too_good = set()

# %% wrong: the opposite: the harmless ones instead of the faulty ones
# told: misses_the_split_was_drawn_again_until_the_test_rmse_was_below_0_3_kg
makes_it_too_good = {
    "all columns were scaled by mean and standard deviation of the training rows",
    "of 40 sets of columns, the one with the smallest validation RMSE was kept",
    "the line was fitted again on training and validation rows before the test",
    "the rows were shuffled, with a fixed seed, before they were split",
}

# %% wrong: only one of them: "split drawn again"
# told: misses_of_40_sets_of_columns_the_one_with_the_smallest_test_rmse_was_kept
makes_it_too_good = {
    "the split was drawn again until the test RMSE was below 0.3 kg",
}

# %% wrong: only one of them: "birds left out"
# told: misses_the_split_was_drawn_again_until_the_test_rmse_was_below_0_3_kg
makes_it_too_good = {
    "three test birds missed by more than 1 kg were taken for errors and left out",
}

# %% wrong: places in the list, counted from 0, instead of the options
# told: form
makes_it_too_good = {0, 2, 3}

# %% wrong: places in the list, counted from 1, instead of the options
# told: form
makes_it_too_good = {1, 3, 4}

# %% wrong: None
# told: not attempted
makes_it_too_good = None

# %% wrong: the number of faulty ones instead of a set
# told: form
makes_it_too_good = 3

# %% right: tolerated: a dictionary of True and False for all options (all of them are its keys)
makes_it_too_good = {
    "the split was drawn again until the test RMSE was below 0.3 kg": True,
    "all columns were scaled by mean and standard deviation of the training rows": False,
    "of 40 sets of columns, the one with the smallest test RMSE was kept": True,
    "three test birds missed by more than 1 kg were taken for errors and left out": True,
    "of 40 sets of columns, the one with the smallest validation RMSE was kept": False,
    "the line was fitted again on training and validation rows before the test": False,
    "the rows were shuffled, with a fixed seed, before they were split": False,
}

# %% wrong: a list of True and False instead of the options
# told: form
makes_it_too_good = [True, False, True, True, False, False, False]

# %% wrong: a set in a list
# told: form
makes_it_too_good = [{"the split was drawn again until the test RMSE was below 0.3 kg", "of 40 sets of columns, the one with the smallest test RMSE was kept", "three test birds missed by more than 1 kg were taken for errors and left out"}]

# %% wrong: a tuple of all in a set, one element instead of several
# told: form
makes_it_too_good = {("the split was drawn again until the test RMSE was below 0.3 kg", "of 40 sets of columns, the one with the smallest test RMSE was kept", "three test birds missed by more than 1 kg were taken for errors and left out")}

# %% wrong: one string that joins the options with commas
# told: form
makes_it_too_good = "the split was drawn again until the test RMSE was below 0.3 kg, of 40 sets of columns, the one with the smallest test RMSE was kept, three test birds missed by more than 1 kg were taken for errors and left out"

# %% wrong: one string that joins the options, in a set
# told: form
makes_it_too_good = {"the split was drawn again until the test RMSE was below 0.3 kg, of 40 sets of columns, the one with the smallest test RMSE was kept, three test birds missed by more than 1 kg were taken for errors and left out"}

# %% wrong: prints the options, leaves the set empty
# told: not attempted
makes_it_too_good = set()
print("the split was drawn again until the test RMSE was below 0.3 kg", "of 40 sets of columns, the one with the smallest test RMSE was kept", "three test birds missed by more than 1 kg were taken for errors and left out")

# %% wrong: set.union without keeping the result, so the set stays empty
# told: not attempted
makes_it_too_good = set()
makes_it_too_good.union(["the split was drawn again until the test RMSE was below 0.3 kg", "of 40 sets of columns, the one with the smallest test RMSE was kept", "three test birds missed by more than 1 kg were taken for errors and left out"])

# %% wrong: set() of one string, so its letters are the elements
# told: form
makes_it_too_good = set("the split was drawn again until the test RMSE was below 0.3 kg")

# %% wrong: adds with |= a string's letters instead of the option: set.update with strings
# told: form
makes_it_too_good = set()
makes_it_too_good.update("the split was drawn again until the test RMSE was below 0.3 kg")
makes_it_too_good.update("of 40 sets of columns, the one with the smallest test RMSE was kept")
makes_it_too_good.update("three test birds missed by more than 1 kg were taken for errors and left out")

# %% wrong: a missing comma joins two options into one string
# told: form
makes_it_too_good = {
    "the split was drawn again until the test RMSE was below 0.3 kg"
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
    "three test birds missed by more than 1 kg were taken for errors and left out",
}

# %% wrong: misspelt: "agian"
# told: form
makes_it_too_good = {
    "the split was drawn agian until training and test RMSE were close",
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
    "three test birds missed by more than 1 kg were taken for errors and left out",
}

# %% wrong: short for the first one: not word for word
# told: form
makes_it_too_good = {
    "split drawn again",
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
    "three test birds missed by more than 1 kg were taken for errors and left out",
}

# %% wrong: its own words for all of them
# told: form
makes_it_too_good = {"split drawn again", "choice by test RMSE", "birds left out"}

# %% wrong: a full stop at the end of each option
# told: form
makes_it_too_good = {
    "the split was drawn again until the test RMSE was below 0.3 kg.",
    "of 40 sets of columns, the one with the smallest test RMSE was kept.",
    "three test birds missed by more than 1 kg were taken for errors and left out.",
}

# %% right: tolerated: a capital letter at the beginning of each option
makes_it_too_good = {
    "the split was drawn again until the test RMSE was below 0.3 kg",
    "Of 40 sets of columns, the one with the smallest test RMSE was kept",
    "Three test birds missed by more than 1 kg were taken for errors and left out",
}

# %% wrong: letters a, b, c ... instead of the options
# told: form
makes_it_too_good = {"a", "c", "d"}
