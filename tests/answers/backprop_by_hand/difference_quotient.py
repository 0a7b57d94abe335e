# %% right: central, cube root of eps, scaled by max(1, |x|), divided by the step really taken
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.cbrt(np.finfo(np.float32).eps) * np.maximum(np.float32(1), np.abs(x))
    right, left = np.float32(x + h), np.float32(x - h)
    return (f(right) - f(left)) / (right - left)

# %% right: central with 0.01 * (1 + |x|)
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(0.01) * (np.float32(1) + np.abs(x))
    up = x + h
    down = x - h
    return (f(up) - f(down)) / (up - down)

# %% right: a power of two as step, so that x + h is nearly exact
def difference_quotient(f, x):
    x = np.float32(x)
    exponent = max(0, math.frexp(float(x))[1])
    h = np.float32(2.0 ** (exponent - 7))
    return (f(x + h) - f(x - h)) / (2 * h)

import math

# %% right: lambda with an inner lambda
difference_quotient = lambda f, x: (
    lambda a, b: (f(b) - f(a)) / (b - a)
)(np.float32(x - 4e-3 * max(1.0, abs(x))), np.float32(x + 4e-3 * max(1.0, abs(x))))

# %% right: five-point formula with a larger step
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(0.02) * max(np.float32(1), abs(x))
    h = np.float32(x + h) - x
    return (f(x - 2 * h) - 8 * f(x - h) + 8 * f(x + h) - f(x + 2 * h)) / (12 * h)

# %% right: Richardson extrapolation of two central quotients
def difference_quotient(f, x):
    x = np.float32(x)

    def central(h):
        a, b = np.float32(x - h), np.float32(x + h)
        return (f(b) - f(a)) / (b - a)

    h = np.float32(0.02) * np.maximum(abs(x), np.float32(1.0))
    return (4 * central(h / 2) - central(h)) / 3

# %% right: step by cases, small x and large x
def difference_quotient(f, x):
    x = np.float32(x)
    if abs(x) < 1:
        h = np.float32(0.005)
    else:
        h = np.float32(0.005) * abs(x)
    hi = x + h
    lo = x - h
    return float((f(hi) - f(lo)) / (hi - lo))

# %% right: the difference taken in Python floats after f has answered in float32
def difference_quotient(f, x):
    h = 0.005 * max(1.0, abs(float(x)))
    a, b = np.float32(x - h), np.float32(x + h)
    return (float(f(b)) - float(f(a))) / (float(b) - float(a))

# %% wrong: one-sided, with sqrt(eps) scaled by the size of x, times four, and the true step
# told: looks_to_one_side
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(4) * np.sqrt(np.finfo(np.float32).eps) * max(np.float32(1), abs(x))
    moved = np.float32(x + h)
    return (f(moved) - f(x)) / (moved - x)

# %% right: step as many spacings of float32 numbers, with a floor
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(65536) * np.spacing(np.maximum(np.abs(x), np.float32(1)))
    return (f(x + h) - f(x - h)) / ((x + h) - (x - h))

# %% right: slope of a straight line through nine points, least squares
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(0.01) * max(np.float32(1), abs(x))
    points = [np.float32(x + np.float32(k / 4) * h) for k in range(-4, 5)]
    dx = np.array([p - x for p in points], dtype=np.float32)
    dy = np.array([f(p) - f(x) for p in points], dtype=np.float32)
    return (dx @ dy) / (dx @ dx)

# %% right: np.hypot for the scale of x
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(6e-3) * np.hypot(np.float32(1), x)
    return np.float32((f(x + h) - f(x - h)) / ((x + h) - (x - h)))

# %% right: median of central quotients at three steps
def difference_quotient(f, x):
    x = np.float32(x)
    scale = np.maximum(np.float32(1), np.abs(x))
    found = []
    for factor in (3e-3, 6e-3, 1.2e-2):
        h = np.float32(factor) * scale
        a, b = x - h, x + h
        found.append((f(b) - f(a)) / (b - a))
    return np.median(np.array(found, dtype=np.float32))

# %% right: callable object with a relative step as its attribute
class DifferenceQuotient:
    def __init__(self, relative=np.float32(0.004)):
        self.relative = relative

    def __call__(self, f, x):
        x = np.asarray(x, dtype=np.float32)[()]
        h = self.relative * np.clip(np.abs(x), np.float32(1), None)
        b, a = x + h, x - h
        return (f(b) - f(a)) / (b - a)


difference_quotient = DifferenceQuotient()

# %% right: slope of the quadratic through three points, after the points were rounded
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(5e-3) * (abs(x) if abs(x) > 1 else np.float32(1))
    a, b = np.float32(x - h), np.float32(x + h)
    left = (f(x) - f(a)) / (x - a)
    right = (f(b) - f(x)) / (b - x)
    return (left * (b - x) + right * (x - a)) / (b - a)

# %% right: default arguments and a helper for the step
def step(x, relative=2**-7, smallest=2**-7):
    return np.float32(max(abs(float(x)) * relative, smallest))


def difference_quotient(f, x, step=step):
    h = step(x)
    x = np.float32(x)
    above, below = x + h, x - h
    return np.divide(np.subtract(f(above), f(below)), np.subtract(above, below))

# %% right: np.gradient of three values with their true places
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(0.005) * np.max(np.array([1, abs(x)], dtype=np.float32))
    places = np.array([x - h, x, x + h], dtype=np.float32)
    values = np.array([f(p) for p in places], dtype=np.float32)
    return np.gradient(values, places)[1]

# %% wrong: one-sided with h = 1e-7, the colleague's quotient unchanged
# told: takes_too_small_a_step
def difference_quotient(f, x):
    return (f(x + 1e-7) - f(x)) / 1e-7

# %% wrong: central, but still with h = 1e-7, which is lost in x + h
# told: takes_too_small_a_step
def difference_quotient(f, x):
    h = np.float32(1e-7)
    return (f(x + h) - f(x - h)) / (2 * h)

# %% wrong: central with fixed h = 1e-5, the step that is good in float64, too small for float32
# told: takes_too_small_a_step
def difference_quotient(f, x):
    h = np.float32(1e-5)
    return (f(x + h) - f(x - h)) / (2 * h)

# %% wrong: central with fixed h = 1e-3, good near 1 but lost at x = 10,000, where float32 has steps of 1e-3
# told: does_not_grow_with_x
def difference_quotient(f, x):
    h = np.float32(1e-3)
    return (f(x + h) - f(x - h)) / (2 * h)

# %% wrong: fixed h = 1e-2, not scaled with x: too inaccurate for x in the thousands
# told: does_not_grow_with_x
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(1e-2)
    return (f(x + h) - f(x - h)) / (2 * h)

# %% wrong: step purely relative, h = 0.005 |x|, so 0 / 0 at x = 0
# told: is_not_finite
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(0.005) * np.abs(x)
    return (f(x + h) - f(x - h)) / (2 * h)

# %% wrong: step relative to x with a floor of 1e-8 only, so far too small at and near x = 0
# told: takes_too_small_a_step
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.maximum(np.float32(0.005) * np.abs(x), np.float32(1e-8))
    a, b = x - h, x + h
    return (f(b) - f(a)) / (b - a)

# %% wrong: central difference divided by h instead of 2h, twice too large
# told: divides_by_one_step
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(0.005) * np.maximum(np.float32(1), np.abs(x))
    return (f(x + h) - f(x - h)) / h

# %% wrong: one-sided difference divided by 2h instead of h, half as large as it should be
# told: halves_twice
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(2e-3) * np.maximum(np.float32(1), np.abs(x))
    return (f(x + h) - f(x)) / (2 * h)

# %% wrong: sign, f(x - h) - f(x + h)
# told: has_the_wrong_sign
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(0.005) * np.maximum(np.float32(1), np.abs(x))
    return (f(x - h) - f(x + h)) / (2 * h)

# %% wrong: leaves float32, computes x + h in float64 with a tiny step
# told: leaves_float32
def difference_quotient(f, x):
    x = np.float64(x)
    h = 1e-6
    return (f(x + h) - f(x - h)) / (2 * h)

# %% wrong: h = eps of float32, the smallest possible step instead of a large enough one
# told: takes_too_small_a_step
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.finfo(np.float32).eps
    return (f(x + h) - f(x - h)) / (2 * h)

# %% wrong: one spacing to each side (np.nextafter), so rounding of f is as large as the difference
# told: takes_too_small_a_step
def difference_quotient(f, x):
    x = np.float32(x)
    b, a = np.nextafter(x, np.float32(np.inf)), np.nextafter(x, np.float32(-np.inf))
    return (f(b) - f(a)) / (b - a)

# %% wrong: step far too large, h = 1 fixed, averages over the curvature near 0
# told: takes_too_large_a_step
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(1.0)
    return (f(x + h) - f(x - h)) / (2 * h)

# %% wrong: step far too large, half of max(1, |x|)
# told: takes_too_large_a_step
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(0.5) * np.maximum(np.float32(1), np.abs(x))
    return (f(x + h) - f(x - h)) / (2 * h)

# %% wrong: scale without abs: for negative x the step is max(1, x) = 1 times 1e-3, not scaled, too small at -10,000
# told: grows_for_positive_x_only
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(1e-3) * np.maximum(np.float32(1), x)
    return (f(x + h) - f(x - h)) / (2 * h)

# %% wrong: returns the difference, not divided by the step
# told: is_not_exact
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(0.005) * np.maximum(np.float32(1), np.abs(x))
    return f(x + h) - f(x - h)

# %% wrong: min instead of max, so h shrinks with |x| below 1 to 0 at x = 0 and never grows above 0.005
# told: is_not_finite
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(0.005) * np.minimum(np.float32(1), np.abs(x))
    return (f(x + h) - f(x - h)) / (2 * h)

# %% wrong: sqrt of float64's eps (1.5e-8) as relative step, below the resolution of float32
# told: takes_too_small_a_step
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.sqrt(np.finfo(np.float64).eps) * max(1.0, abs(x))
    h = np.float32(h)
    return (f(x + h) - f(x - h)) / (2 * h)

# %% wrong: cube root of float64's eps (6e-6) as relative step, too small for float32
# told: takes_too_small_a_step
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(np.cbrt(np.finfo(float).eps)) * max(np.float32(1), abs(x))
    a, b = x - h, x + h
    return (f(b) - f(a)) / (b - a)

# %% wrong: prints the quotient instead of returning it
# told: form
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(0.005) * np.maximum(np.float32(1), np.abs(x))
    print((f(x + h) - f(x - h)) / (2 * h))

# %% wrong: complex step, which f from float32 to float32 cannot take (the imaginary part is lost or it raises)
# told: leaves_float32
def difference_quotient(f, x):
    h = 1e-20
    return np.float32(np.imag(f(np.complex64(complex(x, h)))) / h)

# %% wrong: second derivative instead of first
# told: takes_too_large_a_step
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(0.02) * np.maximum(np.float32(1), np.abs(x))
    return (f(x + h) - 2 * f(x) + f(x - h)) / h**2

# %% wrong: always 0.0707, the number from the story
# told: asks_nothing
def difference_quotient(f, x):
    return np.float32(0.0707)

# %% wrong: step 1e-3 times |x|, plus 1e-7: fine for large x, but nearly zero step at x = 0
# told: takes_too_small_a_step
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(1e-3) * np.abs(x) + np.float32(1e-7)
    a, b = x - h, x + h
    return (f(b) - f(a)) / (b - a)

# %% wrong: brackets forgotten, f(x + h) - f(x - h) / (2h)
# told: is_not_exact
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(0.005) * np.maximum(np.float32(1), np.abs(x))
    return f(x + h) - f(x - h) / (2 * h)

# %% wrong: divides by 2 and then multiplies by h (/ 2 * h without brackets)
# told: is_not_exact
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(0.005) * np.maximum(np.float32(1), np.abs(x))
    return (f(x + h) - f(x - h)) / 2 * h

# %% wrong: rounds the result to two decimals
# told: rounds
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(0.005) * np.maximum(np.float32(1), np.abs(x))
    return np.round((f(x + h) - f(x - h)) / (2 * h), 2)

# %% wrong: absolute value of the slope, sign lost
# told: has_the_wrong_sign
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(0.005) * np.maximum(np.float32(1), np.abs(x))
    return np.abs(f(x + h) - f(x - h)) / (2 * h)

# %% wrong: returns 0 at x = 0 instead of a derivative, because the step is relative
# told: asks_nothing
def difference_quotient(f, x):
    x = np.float32(x)
    if x == 0:
        return np.float32(0)
    h = np.float32(0.005) * np.abs(x)
    return (f(x + h) - f(x - h)) / (2 * h)

# %% wrong: goes to float16 for the values of f
# told: is_not_exact
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(0.005) * np.maximum(np.float32(1), np.abs(x))
    return (np.float16(f(x + h)) - np.float16(f(x - h))) / np.float16(2 * h)

# %% wrong: two mistakes, one-sided and fixed h = 1e-4, too small for large x
# told: takes_too_small_a_step
def difference_quotient(f, x):
    h = np.float32(1e-4)
    return (f(np.float32(x) + h) - f(np.float32(x))) / h

# %% wrong: two mistakes, purely relative step (0 / 0 at x = 0) and divided by h instead of 2h
# told: is_not_finite
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(0.005) * abs(x)
    return (f(x + h) - f(x - h)) / h

# %% wrong: two mistakes, backward difference with the sign the wrong way round, and fixed h = 1e-3
# told: has_the_wrong_sign
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(1e-3)
    return (f(x - h) - f(x)) / h

# %% wrong: two mistakes, leaves float32 (x + h in float64) and h = 1e-7 one-sided
# told: leaves_float32
def difference_quotient(f, x):
    x = float(x)
    return (f(x + 1e-7) - f(x)) / 1e-7

# %% wrong: two mistakes, h = 1 fixed and only one-sided
# told: takes_too_large_a_step
def difference_quotient(f, x):
    x = np.float32(x)
    return f(x + np.float32(1)) - f(x)

# %% wrong: takes its two arguments in the wrong order (x, f), so it raises TypeError
# told: error
def difference_quotient(x, f):
    x = np.float32(x)
    h = np.float32(0.005) * np.maximum(np.float32(1), np.abs(x))
    return (f(x + h) - f(x - h)) / (2 * h)

# %% wrong: scaled by the value of f instead of x: zero step where f is 0
# told: is_not_finite
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(0.005) * np.abs(f(x))
    return (f(x + h) - f(x - h)) / (2 * h)

# %% wrong: step scaled with x squared, far too large for large x
# told: takes_too_large_a_step
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(0.005) * (1 + x**2)
    a, b = x - h, x + h
    return (f(b) - f(a)) / (b - a)

# %% wrong: returns a pair of derivative and step
# told: form
def difference_quotient(f, x):
    x = np.float32(x)
    h = np.float32(0.005) * np.maximum(np.float32(1), np.abs(x))
    return (f(x + h) - f(x - h)) / (2 * h), h

# %% wrong: one large step for every x
# told: takes_too_large_a_step
def difference_quotient(f, x):
    h = np.float32(0.1)
    return (f(x + h) - f(x - h)) / ((x + h) - (x - h))

# %% wrong: a step in proportion to |x| without a floor, but for 0 itself
# told: takes_too_small_a_step
def difference_quotient(f, x):
    h = np.float32(5e-3) * abs(x) if x != 0 else np.float32(5e-3)
    return (f(x + h) - f(x - h)) / ((x + h) - (x - h))

# %% wrong: forward difference with a small growing step
# told: looks_to_one_side
def difference_quotient(f, x):
    h = np.float32(1e-3) * max(np.float32(1), abs(x))
    return (f(x + h) - f(x)) / ((x + h) - x)

# %% right: four places, as the second-order formula extended
def difference_quotient(f, x):
    size = np.float32(max(1.0, abs(float(x))))
    slopes = []
    for factor in (4e-3, 6e-3):
        right, left = x + np.float32(factor) * size, x - np.float32(factor) * size
        slopes.append((f(right) - f(left)) / (right - left))
    return np.float32(sum(slopes) / 2)

# %% wrong: step a little too large, 0.02 max(1, |x|)
# told: takes_too_large_a_step
def difference_quotient(f, x):
    h = np.float32(0.02) * max(np.float32(1), abs(x))
    return (f(x + h) - f(x - h)) / ((x + h) - (x - h))

# %% wrong: 0.0002 max(1, |x|), too small at the ends
# told: takes_too_small_a_step
def difference_quotient(f, x):
    h = np.float32(0.0002) * max(np.float32(1), abs(x))
    return (f(x + h) - f(x - h)) / ((x + h) - (x - h))

# %% wrong: forward, sqrt(eps) max(1,|x|)
# told: takes_too_small_a_step
def difference_quotient(f, x):
    h = np.float32(3.45e-4) * max(np.float32(1), abs(x))
    return (f(x + h) - f(x)) / ((x + h) - x)

# %% wrong: steps: fixed 100 beyond 100, 0.01 below
# told: takes_too_small_a_step
def difference_quotient(f, x):
    h = np.float32(100) if abs(x) > 1000 else np.float32(0.01)
    return (f(x + h) - f(x - h)) / ((x + h) - (x - h))

# %% wrong: divided by the wanted 2h, not exact (h = 1e-3 max) 
# told: takes_too_small_a_step
def difference_quotient(f, x):
    h = np.float32(1e-4) * max(np.float32(1), abs(x))
    return (f(x + h) - f(x - h)) / (2 * h)

