# %% right: a set literal, in the order of the prompt
makes_it_too_good = {
    "the split was drawn again until training and test RMSE were close",
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
    "three birds with a test residual above 1 kg were taken for errors and left out",
}

# %% right: a list in another order
makes_it_too_good = ["three birds with a test residual above 1 kg were taken for errors and left out", "the split was drawn again until training and test RMSE were close", "of 40 sets of columns, the one with the smallest test RMSE was kept"]

# %% right: a tuple
makes_it_too_good = ("the split was drawn again until training and test RMSE were close", "of 40 sets of columns, the one with the smallest test RMSE was kept", "three birds with a test residual above 1 kg were taken for errors and left out")

# %% right: a frozenset of a list
makes_it_too_good = frozenset(["of 40 sets of columns, the one with the smallest test RMSE was kept", "three birds with a test residual above 1 kg were taken for errors and left out", "the split was drawn again until training and test RMSE were close"])

# %% right: a numpy array of strings
import numpy as np
makes_it_too_good = np.array(["the split was drawn again until training and test RMSE were close", "of 40 sets of columns, the one with the smallest test RMSE was kept", "three birds with a test residual above 1 kg were taken for errors and left out"])

# %% right: a dict with a reason for each chosen step
makes_it_too_good = {
    "the split was drawn again until training and test RMSE were close": "the test set decides which split is kept",
    "of 40 sets of columns, the one with the smallest test RMSE was kept": "the smallest of 40 test errors is small by luck as well",
    "three birds with a test residual above 1 kg were taken for errors and left out": "the worst errors are no longer counted, new birds will make them again",
}

# %% right: other capitals
makes_it_too_good = {
    "The split was drawn again until training and test rmse were close",
    "Of 40 sets of columns, the one with the smallest test rmse was kept",
    "Three birds with a test residual above 1 KG were taken for errors and left out",
}

# %% right: blanks too many, at the ends and in the middle
makes_it_too_good = {
    " the split was drawn again until training and test RMSE were close ",
    "of 40 sets of columns,  the one with the smallest test RMSE was kept",
    "three birds with a test residual above 1 kg were taken for errors and left out  ",
}

# %% right: all steps as a list, filtered by the word "test" in a set comprehension, without the harmless one
steps = [
    "the split was drawn again until training and test RMSE were close",
    "all columns were scaled by mean and deviation of the training rows",
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
    "three birds with a test residual above 1 kg were taken for errors and left out",
    "of 40 sets of columns, the one with the smallest validation RMSE was kept",
    "the line was fitted again on training and validation rows before the test",
    "the rows were shuffled, with a fixed seed, before they were split",
]
makes_it_too_good = {step for step in steps if "test" in step and "validation" not in step}

# %% right: a helper list, picked by indices from 0
steps = ["the split was drawn again until training and test RMSE were close", "all columns were scaled by mean and deviation of the training rows", "of 40 sets of columns, the one with the smallest test RMSE was kept", "three birds with a test residual above 1 kg were taken for errors and left out", "of 40 sets of columns, the one with the smallest validation RMSE was kept", "the line was fitted again on training and validation rows before the test", "the rows were shuffled, with a fixed seed, before they were split"]
makes_it_too_good = {steps[i] for i in (0, 2, 3)}

# %% right: the union of two sets
chosen_by_test = {"the split was drawn again until training and test RMSE were close", "of 40 sets of columns, the one with the smallest test RMSE was kept"}
thrown_away = {"three birds with a test residual above 1 kg were taken for errors and left out"}
makes_it_too_good = chosen_by_test | thrown_away

# %% right: the empty set of the stub, filled with add
makes_it_too_good = set()
makes_it_too_good.add("the split was drawn again until training and test RMSE were close")
makes_it_too_good.add("of 40 sets of columns, the one with the smallest test RMSE was kept")
makes_it_too_good.add("three birds with a test residual above 1 kg were taken for errors and left out")

# %% right: all minus the harmless ones
everything = {"the split was drawn again until training and test RMSE were close", "all columns were scaled by mean and deviation of the training rows", "of 40 sets of columns, the one with the smallest test RMSE was kept", "three birds with a test residual above 1 kg were taken for errors and left out", "of 40 sets of columns, the one with the smallest validation RMSE was kept", "the line was fitted again on training and validation rows before the test", "the rows were shuffled, with a fixed seed, before they were split"}
harmless = {"all columns were scaled by mean and deviation of the training rows", "of 40 sets of columns, the one with the smallest validation RMSE was kept", "the line was fitted again on training and validation rows before the test", "the rows were shuffled, with a fixed seed, before they were split"}
makes_it_too_good = everything - harmless

# %% right: a list with one step twice
makes_it_too_good = ["the split was drawn again until training and test RMSE were close", "of 40 sets of columns, the one with the smallest test RMSE was kept", "three birds with a test residual above 1 kg were taken for errors and left out", "of 40 sets of columns, the one with the smallest test RMSE was kept"]

# %% right: a generator used up by sorted, out of a dict of verdicts
verdict = {
    "the split was drawn again until training and test RMSE were close": True,
    "all columns were scaled by mean and deviation of the training rows": False,
    "of 40 sets of columns, the one with the smallest test RMSE was kept": True,
    "three birds with a test residual above 1 kg were taken for errors and left out": True,
    "of 40 sets of columns, the one with the smallest validation RMSE was kept": False,
    "the line was fitted again on training and validation rows before the test": False,
    "the rows were shuffled, with a fixed seed, before they were split": False,
}
makes_it_too_good = sorted(step for step, bad in verdict.items() if bad)

# %% right: a multi-line string split into lines
makes_it_too_good = set("""\
the split was drawn again until training and test RMSE were close
of 40 sets of columns, the one with the smallest test RMSE was kept
three birds with a test residual above 1 kg were taken for errors and left out
""".splitlines())

# %% wrong: the redrawn split is missing
# told: misses_the_split_was_drawn_again_until_training_and_test_rmse_were_close
makes_it_too_good = {"of 40 sets of columns, the one with the smallest test RMSE was kept", "three birds with a test residual above 1 kg were taken for errors and left out"}

# %% wrong: the choice of columns by test RMSE is missing
# told: misses_of_40_sets_of_columns_the_one_with_the_smallest_test_rmse_was_kept
makes_it_too_good = {"the split was drawn again until training and test RMSE were close", "three birds with a test residual above 1 kg were taken for errors and left out"}

# %% wrong: the three birds left out are missing
# told: misses_three_birds_with_a_test_residual_above_1_kg_were_taken_for_errors_and_left_out
makes_it_too_good = {"the split was drawn again until training and test RMSE were close", "of 40 sets of columns, the one with the smallest test RMSE was kept"}

# %% wrong: only the choice of columns by test RMSE, the other two are missing
# told: misses_the_split_was_drawn_again_until_training_and_test_rmse_were_close
makes_it_too_good = {"of 40 sets of columns, the one with the smallest test RMSE was kept"}

# %% wrong: only the birds left out, the other two are missing
# told: misses_the_split_was_drawn_again_until_training_and_test_rmse_were_close
makes_it_too_good = {"three birds with a test residual above 1 kg were taken for errors and left out"}

# %% wrong: only the redrawn split, the other two are missing
# told: misses_of_40_sets_of_columns_the_one_with_the_smallest_test_rmse_was_kept
makes_it_too_good = {"the split was drawn again until training and test RMSE were close"}

# %% wrong: one too many: scaling by the training rows, which is right, taken for a leak
# told: takes_all_columns_were_scaled_by_mean_and_deviation_of_the_training_rows
makes_it_too_good = {"the split was drawn again until training and test RMSE were close", "of 40 sets of columns, the one with the smallest test RMSE was kept", "three birds with a test residual above 1 kg were taken for errors and left out", "all columns were scaled by mean and deviation of the training rows"}

# %% wrong: one too many: the choice by validation RMSE, which leaves the test set alone
# told: takes_of_40_sets_of_columns_the_one_with_the_smallest_validation_rmse_was_kept
makes_it_too_good = {"the split was drawn again until training and test RMSE were close", "of 40 sets of columns, the one with the smallest test RMSE was kept", "three birds with a test residual above 1 kg were taken for errors and left out", "of 40 sets of columns, the one with the smallest validation RMSE was kept"}

# %% wrong: one too many: fitting again on training and validation rows, which really helps on new birds too
# told: takes_the_line_was_fitted_again_on_training_and_validation_rows_before_the_test
makes_it_too_good = {"the split was drawn again until training and test RMSE were close", "of 40 sets of columns, the one with the smallest test RMSE was kept", "three birds with a test residual above 1 kg were taken for errors and left out", "the line was fitted again on training and validation rows before the test"}

# %% wrong: one too many: shuffling with a fixed seed
# told: takes_the_rows_were_shuffled_with_a_fixed_seed_before_they_were_split
makes_it_too_good = {"the split was drawn again until training and test RMSE were close", "of 40 sets of columns, the one with the smallest test RMSE was kept", "three birds with a test residual above 1 kg were taken for errors and left out", "the rows were shuffled, with a fixed seed, before they were split"}

# %% wrong: two too many: choice by validation RMSE and fitting again
# told: takes_of_40_sets_of_columns_the_one_with_the_smallest_validation_rmse_was_kept
makes_it_too_good = {"the split was drawn again until training and test RMSE were close", "of 40 sets of columns, the one with the smallest test RMSE was kept", "three birds with a test residual above 1 kg were taken for errors and left out", "of 40 sets of columns, the one with the smallest validation RMSE was kept", "the line was fitted again on training and validation rows before the test"}

# %% wrong: two too many: scaling by the training rows and shuffling
# told: takes_all_columns_were_scaled_by_mean_and_deviation_of_the_training_rows
makes_it_too_good = ["the split was drawn again until training and test RMSE were close", "all columns were scaled by mean and deviation of the training rows", "of 40 sets of columns, the one with the smallest test RMSE was kept", "three birds with a test residual above 1 kg were taken for errors and left out", "the rows were shuffled, with a fixed seed, before they were split"]

# %% wrong: all seven chosen
# told: takes_all_columns_were_scaled_by_mean_and_deviation_of_the_training_rows
makes_it_too_good = {"the split was drawn again until training and test RMSE were close", "all columns were scaled by mean and deviation of the training rows", "of 40 sets of columns, the one with the smallest test RMSE was kept", "three birds with a test residual above 1 kg were taken for errors and left out", "of 40 sets of columns, the one with the smallest validation RMSE was kept", "the line was fitted again on training and validation rows before the test", "the rows were shuffled, with a fixed seed, before they were split"}

# %% wrong: the complement: chose the four harmless steps, not the three harmful ones
# told: misses_the_split_was_drawn_again_until_training_and_test_rmse_were_close
makes_it_too_good = {"all columns were scaled by mean and deviation of the training rows", "of 40 sets of columns, the one with the smallest validation RMSE was kept", "the line was fitted again on training and validation rows before the test", "the rows were shuffled, with a fixed seed, before they were split"}

# %% wrong: two mistakes: the redrawn split is missing, and the choice by validation RMSE is too many
# told: misses_the_split_was_drawn_again_until_training_and_test_rmse_were_close
makes_it_too_good = {"of 40 sets of columns, the one with the smallest test RMSE was kept", "three birds with a test residual above 1 kg were taken for errors and left out", "of 40 sets of columns, the one with the smallest validation RMSE was kept"}

# %% wrong: two mistakes: the choice by test RMSE is missing, the choice by validation RMSE stands in its place (the two mixed up) 
# told: misses_of_40_sets_of_columns_the_one_with_the_smallest_test_rmse_was_kept
makes_it_too_good = {"the split was drawn again until training and test RMSE were close", "three birds with a test residual above 1 kg were taken for errors and left out", "of 40 sets of columns, the one with the smallest validation RMSE was kept"}

# %% wrong: two mistakes: the birds left out are missing, and fitting again is too many
# told: misses_three_birds_with_a_test_residual_above_1_kg_were_taken_for_errors_and_left_out
makes_it_too_good = ("the split was drawn again until training and test RMSE were close", "of 40 sets of columns, the one with the smallest test RMSE was kept", "the line was fitted again on training and validation rows before the test")

# %% wrong: three mistakes: the birds left out and the redrawn split missing, and fitting again too many
# told: misses_the_split_was_drawn_again_until_training_and_test_rmse_were_close
makes_it_too_good = {"of 40 sets of columns, the one with the smallest test RMSE was kept", "the line was fitted again on training and validation rows before the test"}

# %% wrong: filtered by the word "RMSE": the birds left out are missing, the choice by validation RMSE is too many
# told: misses_three_birds_with_a_test_residual_above_1_kg_were_taken_for_errors_and_left_out
steps = ["the split was drawn again until training and test RMSE were close", "all columns were scaled by mean and deviation of the training rows", "of 40 sets of columns, the one with the smallest test RMSE was kept", "three birds with a test residual above 1 kg were taken for errors and left out", "of 40 sets of columns, the one with the smallest validation RMSE was kept", "the line was fitted again on training and validation rows before the test", "the rows were shuffled, with a fixed seed, before they were split"]
makes_it_too_good = {step for step in steps if "RMSE" in step}

# %% wrong: filtered by the word "test": fitting again (before the test) is too many
# told: takes_the_line_was_fitted_again_on_training_and_validation_rows_before_the_test
steps = ["the split was drawn again until training and test RMSE were close", "all columns were scaled by mean and deviation of the training rows", "of 40 sets of columns, the one with the smallest test RMSE was kept", "three birds with a test residual above 1 kg were taken for errors and left out", "of 40 sets of columns, the one with the smallest validation RMSE was kept", "the line was fitted again on training and validation rows before the test", "the rows were shuffled, with a fixed seed, before they were split"]
makes_it_too_good = {step for step in steps if "test" in step}

# %% wrong: an empty set, the stub unchanged
# told: not attempted
makes_it_too_good = set()

# %% wrong: an empty list
# told: not attempted
makes_it_too_good = []

# %% wrong: None
# told: not attempted
makes_it_too_good = None

# %% wrong: indices from 0 instead of the options' words
# told: form
makes_it_too_good = {0, 2, 3}

# %% wrong: numbers from 1 instead of the options' words
# told: form
makes_it_too_good = [1, 3, 4]

# %% wrong: letters as names, not the options' words
# told: form
makes_it_too_good = {"a", "c", "d"}

# %% wrong: a string of letters instead of a collection of options
# told: form
makes_it_too_good = "acd"

# %% wrong: the right choice, but a word misspelt in one ("untill")
# told: form
makes_it_too_good = {"the split was drawn again untill training and test RMSE were close", "of 40 sets of columns, the one with the smallest test RMSE was kept", "three birds with a test residual above 1 kg were taken for errors and left out"}

# %% wrong: the right choice, but one option is cut short, not word for word
# told: form
makes_it_too_good = {"the split was drawn again until training and test RMSE were close", "of 40 sets of columns, the one with the smallest test RMSE was kept", "three birds with a test residual above 1 kg were left out"}

# %% wrong: the right choice, but all of them in the learner's own words
# told: form
makes_it_too_good = {"drawn again", "smallest test RMSE", "three birds left out"}

# %% wrong: a comma forgotten between two options, so Python glues them into one string
# told: form
makes_it_too_good = {
    "the split was drawn again until training and test RMSE were close"
    "of 40 sets of columns, the one with the smallest test RMSE was kept",
    "three birds with a test residual above 1 kg were taken for errors and left out",
}

# %% wrong: one long string with all three, joined by semicolons
# told: form
makes_it_too_good = "the split was drawn again until training and test RMSE were close" + "; " + "of 40 sets of columns, the one with the smallest test RMSE was kept" + "; " + "three birds with a test residual above 1 kg were taken for errors and left out"

# %% wrong: set() around a single string, so it holds letters; the other two are missing as well
# told: form
makes_it_too_good = set("of 40 sets of columns, the one with the smallest test RMSE was kept")

# %% wrong: a list of seven True and False instead of the options
# told: form
makes_it_too_good = [True, False, True, True, False, False, False]

# %% wrong: a function instead of a collection
# told: form
def makes_it_too_good():
    return {"the split was drawn again until training and test RMSE were close", "of 40 sets of columns, the one with the smallest test RMSE was kept", "three birds with a test residual above 1 kg were taken for errors and left out"}

# %% wrong: right set built, but add's result (None) assigned
# told: not attempted
chosen = {"the split was drawn again until training and test RMSE were close", "of 40 sets of columns, the one with the smallest test RMSE was kept"}
makes_it_too_good = chosen.add("three birds with a test residual above 1 kg were taken for errors and left out")
