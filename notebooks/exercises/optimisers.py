"""The exercises of notebook 06, optimisers."""

import numpy as np

from autorev_lib.exercises.kinds import (
    ChoiceExercise,
    FormError,
    FunctionExercise,
    PropertyExercise,
    ValueExercise,
    mistake,
    reference,
)


class LongestStep(ValueExercise):
    title = "Warm-up: the length of a step"
    prompt = r"""
The gradient is $g = 2$ at every step, the learning rate $\eta = 0.1$. How long does a step of momentum with
$\beta = 0.9$ become in the end? And a step of Adam, with its usual $\beta_1$ and $\beta_2$? Two positive
numbers.
"""
    hints = (
        "Once nothing changes any more, the velocity is the same before and after a step: v = βv − ηg.",
        "In the end Adam's mean is g itself. What is its mean of the squares, and the root of it?",
    )
    why = r"""
From $v = \beta v - \eta g$ follows $v = -\eta g / (1 - \beta)$, here $0.1 \cdot 2 / 0.1 = 2$: ten times the
step of plain descent. Adam's mean is 2 and the root of its mean square is 2 as well, so its step is
$\eta = 0.1$, whatever the gradient.
"""
    further = (
        "So a learning rate of momentum and one of plain descent are comparable only after the former is "
        "divided by 1 − β."
    )
    right = {"with_momentum": 2.0, "with_adam": 0.1}

    is_plain_descent = mistake(
        "For momentum, 0.2 is the step of plain descent, and the first step. What does the velocity add to "
        "it, again and again?",
        with_momentum=0.2,
    )
    takes_two_steps = mistake(
        "For momentum, 0.38 is the second step. The velocity goes on growing.", with_momentum=0.38
    )
    multiplies_by_beta = mistake(
        "For momentum, 0.18 is what is left of one step after one more. All earlier steps count, too.",
        with_momentum=0.18,
    )
    begins_at_beta = mistake(
        "For momentum, 1.8 adds up β + β² + ... The latest gradient counts in full: the sum begins with 1.",
        with_momentum=1.8,
    )
    takes_ten_steps = mistake(
        "For momentum, that is the tenth step. It goes on growing.",
        with_momentum=0.1 * 2 * (1 - 0.9**10) / 0.1,
    )
    divides_by_one_plus_beta = mistake(
        "For momentum, you divided by 1 + β, as if the velocity turned round at each step. The gradient does "
        "not change its sign.",
        with_momentum=0.2 / 1.9,
    )
    divides_by_the_squares = mistake(
        "For momentum, 1 − β² belongs to a sum of squares. Here the steps themselves add up.",
        with_momentum=0.2 / (1 - 0.81),
    )
    takes_a_root = mistake(
        "For momentum, there is no root. Solve v = βv − ηg for v.", with_momentum=0.2 / np.sqrt(0.1)
    )
    never_ends = mistake(
        "For momentum, the steps do not grow without end: of each gradient less and less is left.",
        with_momentum=np.inf,
    )
    adam_stops = mistake(
        "For Adam, the steps do not die out: its mean of the squares is a mean, not a sum that grows.",
        with_adam=0.0,
    )
    adam_divides_by_a_root = mistake(
        "For Adam, √2 η divides the gradient by its root. The root is of the mean of the *squares*.",
        with_adam=0.1 * np.sqrt(2),
    )
    forgets_the_rate = mistake("For momentum, 20 lacks the learning rate.", with_momentum=20.0)
    forgets_the_gradient = mistake("For momentum, 1 lacks the gradient of 2.", with_momentum=1.0)
    takes_beta_for_its_complement = mistake(
        "For momentum, you divided by β. Solve v = βv − ηg for v.", with_momentum=0.1 * 2 / 0.9
    )
    adam_keeps_the_gradient = mistake(
        "For Adam, 0.2 is η times the gradient. What is the mean divided by?", with_adam=0.2
    )
    adam_divides_by_the_square = mistake(
        "For Adam, 0.05 divides by the mean of the squares, 4. There is a root.", with_adam=0.05
    )
    adam_accumulates = mistake(
        "For Adam, 2 would be a sum over all steps. Its mean is a mean: its weights add up to 1.",
        with_adam=2.0,
    )
    adam_lacks_the_rate = mistake("For Adam, 1 lacks the learning rate.", with_adam=1.0)
    adam_without_correction = mistake(
        "For Adam, √10 η is the first step without bias correction. Here the correction is there, and in the "
        "end it makes no difference.",
        with_adam=0.1 * np.sqrt(10),
    )


class SamePath(ChoiceExercise):
    title = "Predict before you run: a loss 1000 times as large"
    prompt = r"""
Somebody multiplies the loss by 1000, so every gradient is 1000 times as large. Nothing else changes: the same
start, the same learning rate, the same batches. For which optimisers do the parameters go the same way as
before (apart from $\varepsilon$ and rounding)? Put them into the set: `"descent"`,
`"momentum"`, `"Nesterov"`, `"RMSProp"`, `"Adam"`, `"AdamW"`.
"""
    hints = (
        "Write each step with 1000 g in place of g. Where does the 1000 cancel?",
        "In AdamW the decay stands beside Adam's step. Is there a gradient in it?",
    )
    why = r"""
RMSProp and Adam divide by the root of a mean of $g^2$, which grows by the same factor of 1000: it cancels.
AdamW adds a decay that no gradient enters. Descent, momentum and Nesterov take steps 1000 times as long; with
a rate that was good before, they usually explode.
"""
    further = (
        "With L2 inside the loss the picture would be another: if only the data's part of the loss is "
        "multiplied, the balance between the two changes, for every optimiser."
    )
    variable = "same_path"
    options = {
        "descent": (False, "The step is η g, and g is 1000 times as large."),
        "momentum": (
            False,
            "The velocity is a weighted sum of gradients, so all of it is 1000 times as large.",
        ),
        "Nesterov": (
            False,
            "It takes its gradient elsewhere, but its steps grow with the gradient as momentum's.",
        ),
        "RMSProp": (True, "What is g divided by, and how does that grow if g is 1000 times as large?"),
        "Adam": (True, "Its mean is 1000 times as large. And what the mean is divided by?"),
        "AdamW": (True, "Its step is that of Adam, and a decay. Which of the two would change?"),
    }


class AdamRepaired(FunctionExercise):
    title = "Find the bug"
    prompt = """
One step of Adam. It is called for the first time with `mean = square = 0.0` and `t = 1`, then
with what it returned. The first step is right to the last digit; the tenth is not. Repair it.

```python
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean = mean / (1 - 0.9**t)
    square = square / (1 - 0.999**t)
    theta = theta - learning_rate * mean / (np.sqrt(square) + 1e-7)
    return theta, mean, square, t + 1
```
"""
    hints = (
        "What does the next call get as `mean`?",
        "The correction is for the step alone. What is remembered must stay as it was before.",
    )
    why = """
The corrected means were returned, so the next call corrected them again: every step builds on means that are
too large. The correction belongs to the step; what is remembered is the plain running mean. The first step
cannot show it, since nothing has been remembered yet. Comparing with Keras over 100 steps does.
"""
    further = "A test of one step would have passed. That is why the notebook compared after one hundred."

    @reference
    def adam_step(theta, mean, square, t, gradient, learning_rate):
        """Return the new theta, mean, square and t. Arrays of one shape, or numbers."""
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        unbiased_mean = mean / (1 - 0.9**t)
        unbiased_square = square / (1 - 0.999**t)
        theta = theta - learning_rate * unbiased_mean / (np.sqrt(unbiased_square) + 1e-7)
        return theta, mean, square, t + 1

    def cases(self, rng):
        yield np.array([1.0, -2.0]), 0.0, 0.0, 1, np.array([0.5, -3.0]), 0.1
        yield np.array([1.0, -2.0]), np.array([0.2, 0.1]), np.array([0.3, 0.05]), 2, np.array([0.5, 3.0]), 0.1
        yield 0.7, -0.4, 0.02, 10, 1.5, 0.02
        yield np.zeros(2), np.array([2e-5, -3e-5]), np.array([1e-9, 2e-9]), 5, np.array([1e-4, 5e-5]), 0.1
        yield (
            rng.normal(size=(3, 2)),
            rng.normal(size=(3, 2)),
            rng.uniform(0.1, 2, (3, 2)),
            40,
            rng.normal(size=(3, 2)),
            0.5,
        )

    returns_corrected_means = mistake(
        "What you return for the next step is still corrected.",
        {"return theta, mean, square, t + 1": "return theta, unbiased_mean, unbiased_square, t + 1"},
    )
    returns_the_corrected_mean = mistake(
        "The mean you return for the next step is still corrected.",
        {"return theta, mean,": "return theta, unbiased_mean,"},
    )
    returns_the_corrected_square = mistake(
        "The square you return for the next step is still corrected.",
        {"square, t + 1": "unbiased_square, t + 1"},
    )
    drops_the_correction = mistake(
        "There is no bias correction any more. The steps need it, only what is remembered does not.",
        {"mean / (1 - 0.9**t)": "mean", "square / (1 - 0.999**t)": "square"},
    )
    corrects_the_mean_only = mistake(
        "The square is not corrected any more.", {"square / (1 - 0.999**t)": "square"}
    )
    corrects_the_square_only = mistake("The mean is not corrected any more.", {"mean / (1 - 0.9**t)": "mean"})
    corrects_as_if_at_the_start = mistake(
        "The correction must become weaker from step to step: it depends on t.",
        {"(1 - 0.9**t)": "(1 - 0.9)", "(1 - 0.999**t)": "(1 - 0.999)"},
    )
    counts_from_zero = mistake(
        "The powers are off by one: at the first call t is 1, and 0.9 must be taken to the power of 1.",
        {"0.9**t": "0.9 ** (t - 1)", "0.999**t": "0.999 ** (t - 1)"},
    )
    counts_on_first = mistake(
        "The powers are off by one: t is counted on before it is used.",
        {"0.9**t": "0.9 ** (t + 1)", "0.999**t": "0.999 ** (t + 1)"},
    )
    forgets_the_root = mistake(
        "The root of the square is gone.", {"np.sqrt(unbiased_square)": "unbiased_square"}
    )
    epsilon_under_the_root = mistake(
        "1e-7 stands under the root now, where it counts for far more.",
        {"np.sqrt(unbiased_square) + 1e-7": "np.sqrt(unbiased_square + 1e-7)"},
    )
    walks_uphill = mistake("The step goes uphill.", {"theta - learning_rate": "theta + learning_rate"})
    forgets_to_count = mistake("t is returned as it came: the next call must get t + 1.", {"t + 1": "t"})
    puts_brackets_wrong = mistake(
        "The powers are in the wrong place: it is 1 minus a power, not a power of 1 minus β.",
        {"(1 - 0.9**t)": "(1 - 0.9) ** t", "(1 - 0.999**t)": "(1 - 0.999) ** t"},
    )
    multiplies_by_t = mistake(
        "β is multiplied by t. It is taken to the power of t.", {"0.9**t": "0.9 * t", "0.999**t": "0.999 * t"}
    )
    multiplies_the_correction = mistake(
        "The running means are too small, and you make them smaller: divide by the correction.",
        {"mean / (1 - 0.9**t)": "mean * (1 - 0.9**t)", "square / (1 - 0.999**t)": "square * (1 - 0.999**t)"},
    )
    exchanges_the_corrections = mistake(
        "The two corrections are exchanged.",
        {
            "mean / (1 - 0.9**t)": "mean / (1 - 0.999**t)",
            "square / (1 - 0.999**t)": "square / (1 - 0.9**t)",
        },
    )
    corrects_both_by_0_9 = mistake(
        "The square is corrected with 0.9; it forgets at 0.999.", {"(1 - 0.999**t)": "(1 - 0.9**t)"}
    )
    returns_the_change = mistake(
        "The change is returned, not the new theta.", {"theta - learning_rate": "-learning_rate"}
    )
    forgets_to_square = mistake(
        "The gradient is not squared any more where it enters the square.", {"gradient**2": "gradient"}
    )
    exchanges_the_shares = mistake(
        "In the mean the shares are exchanged: 0.9 of the old one stays.",
        {"0.9 * mean + 0.1 * gradient": "0.1 * mean + 0.9 * gradient"},
    )
    forgets_the_rate = mistake(
        "The learning rate is gone.", {"learning_rate * unbiased_mean": "unbiased_mean"}
    )
    starts_afresh = mistake(
        "What was remembered is not used: the old means are gone.",
        {
            "0.9 * mean + 0.1 * gradient": "0.1 * gradient",
            "0.999 * square + 0.001 * gradient**2": "0.001 * gradient**2",
        },
    )
    uses_the_gradient = mistake(
        "The step uses the gradient itself, not its mean.",
        {"learning_rate * unbiased_mean": "learning_rate * gradient"},
    )


_NORM = "np.sqrt(sum(np.sum(gradient**2) for gradient in gradients))"  # as the reference has it


class ClipGradients(FunctionExercise):
    title = "Clip the gradients"
    prompt = r"""
One bad batch with a huge gradient can throw a network out of its valley. **Clipping by the global norm**
scales all gradients by one factor, so that the root of the sum of the squares of *all* their numbers is
`largest`, and leaves them as they are if that root is no larger than `largest` already. So the direction of
the whole gradient stays as it was.

`clip_gradients([np.array([3.0]), np.array([[4.0]])], largest=1.0)` gives arrays with 0.6 and 0.8.
"""
    hints = (
        "First one number for all of them: the sum of the squares over all arrays, then the root.",
        "The factor is `largest / norm` if the norm is larger than `largest`, else 1.",
        "With a norm of 0 there is nothing to clip, and nothing to divide by.",
    )
    why = """
All arrays are multiplied by the same number, so their proportions stay: the step goes in the same direction,
only not so far. Clipped one by one, or number by number, the step would turn. `min(1, largest / norm)` never
makes a small gradient larger.
"""
    further = (
        "In Keras: `global_clipnorm=1.0` of every optimiser. (`clipnorm` clips each array by itself, "
        "`clipvalue` each number.) Recurrent networks, in a later notebook, often need it."
    )

    @reference
    def clip_gradients(gradients, largest):
        """Return the arrays of the list gradients, scaled, in the same order."""
        norm = np.sqrt(sum(np.sum(gradient**2) for gradient in gradients))
        factor = largest / norm if norm > largest else 1.0
        return tuple(gradient * factor for gradient in gradients)

    def cases(self, rng):
        yield [np.array([3.0]), np.array([[4.0]])], 1.0
        yield [np.array([0.3, -0.1]), np.array([[0.2], [0.1]])], 1.0
        yield [rng.normal(size=(4, 3)), rng.normal(size=3), 10 * rng.normal(size=(3, 2))], 2.5
        yield [np.array([0.5, -0.5]), np.array([20.0, 1.0])], 5.0
        yield [np.array([2.0, -1.0]), np.array([[2.0]])], 5.0
        yield [np.array([6.0, -8.0]), np.array([1.0])], 2.0

    def edge_cases(self):
        yield [np.zeros(2), np.zeros((1, 2))], 1.0

    @mistake("Each array is scaled by a norm of its own, so the step turns. One norm for all of them.")
    def clips_each_array(gradients, largest):
        norms = [np.sqrt(np.sum(gradient**2)) for gradient in gradients]
        return tuple(
            gradient * (largest / norm if norm > largest else 1.0)
            for gradient, norm in zip(gradients, norms, strict=True)
        )

    @mistake("Each number is cut off by itself, so the step turns. All numbers are scaled by one factor.")
    def clips_each_number(gradients, largest):
        return tuple(np.clip(gradient, -largest, largest) for gradient in gradients)

    always_scales = mistake(
        "Small gradients are made larger. Below `largest` they stay as they are.",
        {"if norm > largest else 1.0": "if norm > 0 else 1.0"},
    )
    forgets_the_root = mistake("The norm is the root of the sum of squares.", {"np.sqrt(sum(": "(sum("})
    adds_up_norms = mistake(
        "The norms of the arrays were added up. Add up their squares, and take the root at the end.",
        {_NORM: ("sum(np.sqrt(np.sum(gradient**2)) for gradient in gradients)")},
    )
    takes_the_largest_norm = mistake(
        "That is the largest norm of a single array. The norm of all numbers together is wanted.",
        {_NORM: ("max(np.sqrt(np.sum(gradient**2)) for gradient in gradients)")},
    )
    takes_the_largest_number = mistake(
        "That is the largest number, not the norm.",
        {_NORM: ("max(np.max(np.abs(gradient)) for gradient in gradients)")},
    )
    adds_up_sizes = mistake(
        "The sizes of the numbers were added up. The norm is the root of the sum of their squares.",
        {_NORM: ("sum(np.sum(np.abs(gradient)) for gradient in gradients)")},
    )
    takes_means = mistake(
        "A mean of squares depends on how many numbers an array has. The norm takes their sum.",
        {"np.sum(gradient**2)": "np.mean(gradient**2)"},
    )
    divides_by_the_norm = mistake(
        "Clipped gradients have the norm 1 now, whatever `largest` is.", {"largest / norm": "1 / norm"}
    )
    turns_the_factor_round = mistake(
        "The factor is upside down: it makes large gradients larger.", {"largest / norm": "norm / largest"}
    )
    forgets_zeros = mistake(
        "Gradients of zero become `nan`: their norm is 0, and something is divided by it.",
        {"gradient * factor for": "gradient / norm * min(norm, largest) for"},
    )
    throws_away = mistake(
        "Gradients that are too large are thrown away. Keep their direction.", {"largest / norm": "0.0"}
    )
    never_clips = mistake("Nothing is clipped.", {"largest / norm": "1.0"})
    compares_with_one = mistake(
        "You compare the norm with 1. Compare it with `largest`.", {"norm > largest": "norm > 1"}
    )
    enlarges_small_ones = mistake(
        "Small gradients are made larger, and large ones are left as they are. Is a comparison the wrong way "
        "round, or a `max` where a `min` should be?",
        {"norm > largest": "0 < norm < largest"},
    )
    counts_the_first_array_only = mistake(
        "Only the first array counts for your norm.",
        {"sum(np.sum(gradient**2) for gradient in gradients)": "np.sum(gradients[0] ** 2)"},
    )
    forgets_to_square = mistake(
        "The numbers are added up as they are, signs and all. The norm takes their squares.",
        {"np.sum(gradient**2)": "np.sum(gradient)"},
    )
    averages_norms = mistake(
        "That is the mean of the arrays' norms. One norm for all numbers together is wanted.",
        {_NORM: ("np.mean([np.sqrt(np.sum(gradient**2)) for gradient in gradients])")},
    )
    divides_by_largest = mistake(
        "Large gradients are divided by `largest`. Their norm must *become* `largest`.",
        {"largest / norm": "1 / largest"},
    )
    multiplies_by_largest = mistake(
        "Large gradients are multiplied by `largest`. Their norm must *become* `largest`.",
        {"largest / norm": "largest"},
    )
    adds_one_to_the_norm = mistake(
        "Clipped gradients are a little too small: is something added to the norm?",
        {"largest / norm": "largest / (norm + 1)"},
    )
    squares_the_factor = mistake("The factor is squared.", {"largest / norm": "(largest / norm) ** 2"})
    takes_the_root_of_the_factor = mistake(
        "The factor's root is taken: the norm is still too large.",
        {"largest / norm if": "np.sqrt(largest / norm) if"},
    )
    loses_the_signs = mistake(
        "The signs are lost.", {"gradient * factor for": "np.abs(gradient) * factor for"}
    )
    turns_round = mistake(
        "All gradients point the other way.", {"gradient * factor for": "-gradient * factor for"}
    )


class UnfairComparison(ChoiceExercise):
    title = "Find what is wrong: a new optimiser"
    prompt = """
From a report: "Our optimiser Zeta beats SGD on MNIST: 98.4 % against 97.1 % of the test images." You read how
it was done. Put into the set what makes the comparison unfair or its number too good. (Fair means: the same
number of steps on batches of the same size, the same effort, the same chance.)

- `"rate"`: Zeta's learning rate is the best of 40; SGD has the library's default.
- `"test"`: Zeta's rate was chosen by the accuracy on the test images.
- `"best seed"`: of three seeds, the best of Zeta and the mean of SGD are reported.
- `"same start"`: with each seed, both start from the same weights.
- `"batches"`: both get 10 epochs; Zeta in batches of 32, SGD in batches of 128.
- `"order"`: with each seed, both see the images in the same order.
- `"same rate"`: the two were *not* compared at the same learning rate.
"""
    hints = (
        "Ask of each: does it give one of the two something that the other did not get?",
        "How many steps does each take in 10 epochs?",
        "What does a learning rate mean without its optimiser?",
    )
    why = """
Forty tries against none, the best of three against a mean, four times as many steps: each helps Zeta alone.
A rate chosen by the test images makes Zeta's number on them too good. The same start and the same order are
what makes a comparison *paired*: chance falls on both alike. And equal rates would be no fairness at all: the
rate that suits one optimiser can be a hundred times that of another.
"""
    further = (
        "Schmidt, Schneider and Hennig (2021) ran 15 optimisers with equal budgets: trying several of them "
        "with default rates helped about as much as tuning a single one."
    )
    variable = "unfair"
    options = {
        "same start": (False, "Both start from the same weights. Whom would that help?"),
        "order": (False, "Both see the images in the same order. Whom would that help?"),
        "same rate": (
            False,
            "Each needs a rate of its own: remember the range test. Equal rates would favour one of them.",
        ),
        "rate": (True, "One got forty tries, the other none. What did the race look like before tuning?"),
        "test": (True, "What happens to a number by which something was chosen?"),
        "best seed": (True, "How large is the best of three, compared with the mean of three?"),
        "batches": (True, "How many steps are 10 epochs in batches of 32, and how many in batches of 128?"),
    }


NUM_CALLS = 60
CURVATURES = np.geomspace(1, 400, 20)


class DescendTheValley(PropertyExercise):
    title = "Open: down a long valley with sixty gradients"
    prompt = f"""
A quadratic valley in 20 dimensions; all you know is that its curvatures lie between **1 and 400**. You may
ask for **{NUM_CALLS} gradients**, `gradient(theta)`, and nothing else. Come from `theta`, an array of 20
numbers, to a place that is at most **a tenth** as far from the bottom. The check tries your function in
several valleys and counts the calls. (Plain descent at a constant rate has more than a quarter of it left.)
"""
    hints = (
        "With momentum it is the root of the condition number that counts. How large is it here?",
        "η and β for μ = 1 and Λ = 400 are in the notebook.",
        "(2 / (1 + 20))² and (19 / 21)². Fewer steps will do, too: look up *conjugate gradients*.",
    )
    why = r"""
With $\kappa = 400$, each step of plain descent leaves $399/401$ of the distance in the gentlest direction,
one of momentum about $19/21$. After 60 steps plain descent has about a third of the whole distance left,
momentum about 6 %. Conjugate gradients choose rate and momentum anew at each step, from the gradients
themselves, and need no more steps than there are dimensions, but for rounding.
"""
    further = (
        "With conjugate gradients 21 calls lead to the bottom: one at the start, and one for each dimension. "
        "They count on exact gradients, and those of a batch are not."
    )

    @reference
    def descend(gradient, theta):
        """Return an array of 20 numbers, near the bottom of the valley."""
        learning_rate, beta = (2 / (1 + 20)) ** 2, (19 / 21) ** 2
        velocity = 0.0
        for _ in range(60):
            velocity = beta * velocity - learning_rate * gradient(theta)
            theta = theta + velocity
        return theta

    def properties(self, descend):
        worst, most = 0.0, 0
        for seed in range(5):
            valley = _Valley(seed)
            start = valley.start.copy()
            found = self.call(descend, valley.gradient, start, text="descend(gradient, theta)")
            found = np.asarray(found)
            if found.shape != (20,) or found.dtype.kind != "f":
                raise FormError(f"expected an array of 20 numbers, received {found.dtype} of {found.shape}")
            left = np.linalg.norm(found - valley.bottom) / np.linalg.norm(valley.start - valley.bottom)
            worst, most = max(worst, float(left)), max(most, valley.num_calls)
            yield "diverges", left <= 1 + 1e-9, f"({left:.3g} times the distance is left.)"
            yield "asks_too_often", most <= NUM_CALLS, f"({most} calls.)"
        measured = f"At worst {worst:.1%} of the distance is left, after {most} gradients."
        yield "goes_nowhere", worst < 0.75, measured
        yield "is_plain_descent", worst < 0.25, measured
        yield "is_not_near_enough", worst <= 0.1, measured

    @mistake("It diverges. The steepest curvature, 400, limits the learning rate.")
    def diverges(gradient, theta):
        for _ in range(60):
            theta = theta - 0.1 * gradient(theta)
        return theta

    @mistake("More than sixty gradients.")
    def asks_too_often(gradient, theta):
        for _ in range(3000):
            theta = theta - 2 / 401 * gradient(theta)
        return theta

    @mistake("It hardly moves. What is the largest rate that does not diverge?")
    def goes_nowhere(gradient, theta):
        for _ in range(60):
            theta = theta - 0.00001 * gradient(theta)
        return theta

    @mistake("No nearer than plain descent can come. What does that lack?")
    def is_plain_descent(gradient, theta):
        for _ in range(60):
            theta = theta - 2 / 401 * gradient(theta)
        return theta

    @mistake("Better than plain descent, and not near enough. Are rate and momentum those of this valley?")
    def is_not_near_enough(gradient, theta):
        velocity = 0.0
        for _ in range(60):
            velocity = 0.5 * velocity - 0.005 * gradient(theta)
            theta = theta + velocity
        return theta


class _Valley:
    """A quadratic valley that counts how often it is asked for its gradient."""

    def __init__(self, seed):
        rng = np.random.default_rng(seed)
        axes, _ = np.linalg.qr(rng.normal(size=(20, 20)))
        self.bottom = rng.normal(size=20)
        self.start = self.bottom + axes @ rng.choice([-1.0, 1.0], 20)
        self._hessian = (axes * CURVATURES) @ axes.T
        self.num_calls = 0

    def gradient(self, theta):
        """The gradient at theta, an array of 20 numbers."""
        self.num_calls += 1
        return self._hessian @ (np.asarray(theta) - self.bottom)
