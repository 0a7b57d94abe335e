"""Is a gradient right? Central differences need nothing but the loss; a table sets the two side by side.

Built step by step in notebook 03. Gradients from elsewhere, such as ``tf.GradientTape``, come in as arrays.

    network.loss(x, labels)
    network.backward()
    numerical = numerical_gradients(network, x, labels)
    compare_gradients(network.gradients(), {"central difference": numerical})

What does not fit raises TypeError (type or dtype) or ValueError (shape, names, step).
"""

from numbers import Real

import numpy as np

from .backprop import check_floats, check_positive

# Where all gradients are smaller, their difference is measured against this instead. Rounding alone puts a
# central difference in float64 off by about 1e-10: below 1e-3 it cannot vouch for a relative error of 1e-7.
SMALLEST_GRADIENT = 1e-3


def numerical_gradient(loss, parameter, step=None):
    """Measure the slope of the loss along every entry of ``parameter``: (loss above - loss below) / (2 step).

    Its own error has two parts: the curve between the two points, which grows with step², and the rounding of
    the two losses, which grows with 1/step. Together they are smallest near the cube root of the machine
    epsilon: 6e-6 in float64, 5e-3 in float32. If a ReLU's kink lies between the points, the answer is wrong.

    Args:
        loss: A function without arguments that computes the loss from the present ``parameter``.
        parameter: Float array of any shape. Each entry is moved in place, then put back.
        step: How far to move; None for the cube root of the machine epsilon.

    Returns:
        Array of the shape and dtype of ``parameter``.
    """
    check_floats("parameter", parameter, np.shape(parameter))
    if step is None:
        step = np.cbrt(np.finfo(parameter.dtype).eps)
    check_positive("step", step, Real)
    gradient = np.empty_like(parameter)
    for index in np.ndindex(parameter.shape):
        value = parameter[index]
        parameter[index] = value + step
        loss_above = loss()
        parameter[index] = value - step
        loss_below = loss()
        parameter[index] = value
        gradient[index] = (loss_above - loss_below) / (2 * step)
    return gradient


def numerical_gradients(network, x, labels):
    """``numerical_gradient`` for every parameter of a ``backprop.Network``, by the parameter's name."""
    return {
        name: numerical_gradient(lambda: network.loss(x, labels), parameter)
        for name, parameter in network.parameters().items()
    }


def relative_error(gradient, reference):
    """Largest difference over largest entry: max|a - b| / max(max|a|, max|b|, SMALLEST_GRADIENT), a float.

    The largest entry of the whole array, because an entry that happens to be almost zero holds little but
    rounding, and would raise a false alarm if it were measured against itself.
    """
    if np.shape(gradient) != np.shape(reference):
        raise ValueError(f"reference: expected shape {np.shape(gradient)}, received {np.shape(reference)}")
    scale = max(np.max(np.abs(gradient)), np.max(np.abs(reference)), SMALLEST_GRADIENT)
    return float(np.max(np.abs(np.subtract(gradient, reference))) / scale)


def compare_gradients(gradients, references, tolerance=1e-7):
    """Print a table of gradients against references: one line for each parameter and reference.

    Errors below the tolerance are rounding, which differs from machine to machine: they print as "< 1e-07".

    Args:
        gradients: Arrays by parameter name, such as ``network.gradients()``.
        references: For each method's name, the arrays that it gives for the same names.
        tolerance: Largest relative error that still agrees; 1e-7 suits smooth networks in float64.

    Returns:
        True if all of them agree.
    """
    rows = [("parameter", "shape", "against", "largest difference", "relative error", "verdict")]
    for name, gradient in gradients.items():
        for method, reference in references.items():
            if reference.keys() != gradients.keys():
                raise ValueError(f"{method}: expected gradients of {[*gradients]}, received {[*reference]}")
            error = relative_error(gradient, reference[name])
            difference = np.max(np.abs(gradient - reference[name]))
            errors = [f"{e:.1e}" if not e < tolerance else f"< {tolerance:.0e}" for e in (difference, error)]
            verdict = "agree" if error <= tolerance else "DIFFER"
            rows.append((name, str(gradient.shape), method, *errors, verdict))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(map(str.ljust, row, widths)).rstrip())
    return all(row[-1] == "agree" for row in rows[1:])
