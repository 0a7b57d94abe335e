"""What the author of an exercise needs: the kinds of exercises, and what is written inside them."""

from autorev_lib.exercises.comparison import describe
from autorev_lib.exercises.exercise import FormError, mistake, reference
from autorev_lib.exercises.kinds.choice import ChoiceExercise
from autorev_lib.exercises.kinds.function import FunctionExercise
from autorev_lib.exercises.kinds.property import PropertyExercise, expect_array
from autorev_lib.exercises.kinds.value import ValueExercise

__all__ = [
    "ChoiceExercise",
    "FormError",
    "FunctionExercise",
    "PropertyExercise",
    "ValueExercise",
    "describe",
    "expect_array",
    "mistake",
    "reference",
]
