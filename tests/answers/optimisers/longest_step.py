# %% right: plain numbers
with_momentum = 2.0
with_adam = 0.1

# %% right: a whole number for momentum
with_momentum = 2
with_adam = 0.1

# %% right: formula ηg / (1 - β), rounding leaves 2.0000000000000004 or so
with_momentum = 0.1 * 2 / (1 - 0.9)
with_adam = 0.1

# %% right: names for all quantities
g, eta, beta = 2.0, 0.1, 0.9
with_momentum = eta * g / (1 - beta)
with_adam = eta

# %% right: geometric series summed with NumPy
with_momentum = 0.1 * 2 * np.sum(0.9 ** np.arange(1000))
with_adam = 0.1

# %% right: fractions
from fractions import Fraction

with_momentum = Fraction(1, 10) * 2 / (1 - Fraction(9, 10))
with_adam = Fraction(1, 10)

# %% right: NumPy float64 scalars
with_momentum = np.float64(2.0)
with_adam = np.float64(0.1)

# %% right: NumPy float32 scalars
with_momentum = np.float32(2)
with_adam = np.float32(0.1)

# %% right: zero-dimensional arrays
with_momentum = np.array(2.0)
with_adam = np.array(0.1)

# %% right: scientific notation
with_momentum = 2e0
with_adam = 1e-1

# %% right: quotients of whole numbers
with_momentum = 20 / 10
with_adam = 1 / 10

# %% right: both in one assignment
with_momentum, with_adam = 2.0, 0.1

# %% right: momentum run in a loop, Adam's m / √v with g / |g|
v = 0.0
for _ in range(500):
    v = 0.9 * v - 0.1 * 2
with_momentum = -v
with_adam = 0.1 * 2 / np.sqrt(2**2)

# %% right: the notebook's classes, a thousand steps each
momentum, adam = Momentum(0.1, 0.9), Adam(0.1)
for _ in range(1000):
    long, short = momentum.step(2.0), adam.step(2.0)
with_momentum = abs(long)
with_adam = abs(short)

# %% right: Adam by hand with bias correction, in a function
def steps(num):
    v = m = s = 0.0
    for t in range(1, num + 1):
        v = 0.9 * v + 0.1 * 2
        m = 0.9 * m + 0.1 * 2
        s = 0.999 * s + 0.001 * 2**2
    return v, 0.1 * (m / (1 - 0.9**t)) / ((s / (1 - 0.999**t)) ** 0.5 + 1e-7)


with_momentum, with_adam = steps(2000)

# %% right: momentum as ten times a step of descent
with_momentum = 10 * (0.1 * 2)
with_adam = 0.1 * np.sign(2)

# %% right: ε taken into account for Adam
with_momentum = 0.2 / 0.1
with_adam = 0.1 * 2 / (2 + 1e-7)

# %% right: fixed point v = 0.9 v + 0.2 solved as a linear equation
with_momentum = np.linalg.solve([[1 - 0.9]], [0.2])[0]
with_adam = 0.1

# %% right: Keras's optimisers, the last of many steps measured
def last_step(optimizer, num_steps=300):
    theta = keras.Variable(0.0)
    for _ in range(num_steps):
        before = float(keras.ops.convert_to_numpy(theta))
        optimizer.apply([keras.ops.convert_to_tensor(2.0)], [theta])
    return before - float(keras.ops.convert_to_numpy(theta))


with_momentum = last_step(keras.optimizers.SGD(0.1, momentum=0.9))
with_adam = last_step(keras.optimizers.Adam(0.1))

# %% right: rounded at the end
with_momentum = round(0.1 * 2 / (1 - 0.9), 6)
with_adam = round(0.1, 3)

# %% wrong: the two the wrong way round
# told: exchanged
with_momentum = 0.1
with_adam = 2.0

# %% wrong: momentum: the first step, ηg, not the long run
# told: is_plain_descent
with_momentum = 0.2
with_adam = 0.1

# %% wrong: Adam: a step of plain descent, ηg
# told: adam_keeps_the_gradient
with_momentum = 2.0
with_adam = 0.2

# %% wrong: both as in plain descent, ηg
# told: is_plain_descent
with_momentum = 0.2
with_adam = 0.2

# %% wrong: momentum: the gradient left out, η / (1 - β)
# told: forgets_the_gradient
with_momentum = 1.0
with_adam = 0.1

# %% wrong: momentum: the learning rate left out, g / (1 - β)
# told: forgets_the_rate
with_momentum = 20.0
with_adam = 0.1

# %% wrong: momentum: multiplied by 1 - β instead of divided (a running mean)
# told: slip
with_momentum = 0.1 * 2 * (1 - 0.9)
with_adam = 0.1

# %% wrong: momentum: divided by β
# told: takes_beta_for_its_complement
with_momentum = 0.1 * 2 / 0.9
with_adam = 0.1

# %% wrong: momentum: multiplied by β
# told: multiplies_by_beta
with_momentum = 0.1 * 2 * 0.9
with_adam = 0.1

# %% wrong: momentum: 1 + β instead of 1 / (1 - β)
# told: takes_two_steps
with_momentum = 0.1 * 2 * (1 + 0.9)
with_adam = 0.1

# %% wrong: momentum: divided by 1 + β
# told: divides_by_one_plus_beta
with_momentum = 0.1 * 2 / (1 + 0.9)
with_adam = 0.1

# %% wrong: momentum: divided by 1 - β², the factor of the squares
# told: divides_by_the_squares
with_momentum = 0.1 * 2 / (1 - 0.9**2)
with_adam = 0.1

# %% wrong: momentum: divided by √(1 - β)
# told: takes_a_root
with_momentum = 0.1 * 2 / np.sqrt(1 - 0.9)
with_adam = 0.1

# %% wrong: momentum: β/(1 - β), the series begins at β instead of 1
# told: begins_at_beta
with_momentum = 0.1 * 2 * 0.9 / (1 - 0.9)
with_adam = 0.1

# %% wrong: momentum: the series cut off after ten terms
# told: takes_ten_steps
with_momentum = 0.1 * 2 * sum(0.9**k for k in range(10))
with_adam = 0.1

# %% wrong: momentum: grows without end, infinity
# told: never_ends
with_momentum = np.inf
with_adam = 0.1

# %% wrong: momentum: for β = 0.99
# told: forgets_the_rate
with_momentum = 0.1 * 2 / (1 - 0.99)
with_adam = 0.1

# %% wrong: Adam: as long as that of momentum, since it contains it
# told: adam_accumulates
with_momentum = 2.0
with_adam = 2.0

# %% wrong: Adam: divided by g² instead of its root
# told: adam_divides_by_the_square
with_momentum = 2.0
with_adam = 0.1 * 2 / 2**2

# %% wrong: Adam: 1 / (1 - β₁) as for momentum, on top of the division
# told: adam_lacks_the_rate
with_momentum = 2.0
with_adam = 0.1 / (1 - 0.9)

# %% wrong: Adam: √10 η, the first step without bias correction
# told: adam_without_correction
with_momentum = 2.0
with_adam = 0.1 * 0.1 / np.sqrt(0.001)

# %% wrong: Adam: divided by 1 - β₂
# told: slip
with_momentum = 2.0
with_adam = 0.1 / (1 - 0.999)

# %% wrong: Adam: multiplied by 1 - β₁
# told: slip
with_momentum = 2.0
with_adam = 0.1 * (1 - 0.9)

# %% wrong: Adam: Keras's default rate of 0.001 instead of 0.1
# told: slip
with_momentum = 2.0
with_adam = 0.001

# %% wrong: Adam: steps vanish in the long run, 0
# told: adam_stops
with_momentum = 2.0
with_adam = 0.0

# %% wrong: Adam: as AdaGrad after 100 steps, η / √t
# told: slip
with_momentum = 2.0
with_adam = 0.1 / np.sqrt(100)

# %% wrong: Adam: the sign of the gradient without the learning rate
# told: adam_lacks_the_rate
with_momentum = 2.0
with_adam = 1.0

# %% wrong: Adam: the root of g is the denominator, ηg / √g
# told: adam_divides_by_a_root
with_momentum = 2.0
with_adam = 0.1 * 2 / np.sqrt(2)

# %% wrong: signs: changes of the parameter instead of lengths, both negative
# told: slip
with_momentum = -2.0
with_adam = -0.1

# %% wrong: sign of momentum's step left negative
# told: slip
with_momentum = -2.0
with_adam = 0.1

# %% wrong: sign of Adam's step left negative
# told: slip
with_momentum = 2.0
with_adam = -0.1

# %% wrong: momentum 0.2 and Adam ηg/(1 - β₁): the two formulas mixed up
# told: is_plain_descent
with_momentum = 0.2
with_adam = 2.0

# %% wrong: lengths as multiples of η
# told: forgets_the_rate
with_momentum = 20.0
with_adam = 1.0

# %% wrong: lengths as multiples of ηg
# told: nothing
with_momentum = 10.0
with_adam = 0.5

# %% wrong: text instead of numbers
# told: form
with_momentum = '2.0'
with_adam = '0.1'

# %% wrong: lists instead of numbers
# told: form
with_momentum = [2.0, 0.1]
with_adam = [2.0, 0.1]

# %% wrong: momentum: the list of the first three steps
# told: form
with_momentum = [0.2, 0.38, 0.542]
with_adam = 0.1

# %% wrong: Adam left at None
# told: not attempted
with_momentum = 2.0
with_adam = None

# %% wrong: not a number
# told: nothing
with_momentum = np.nan
with_adam = 0.1

# %% wrong: names that do not exist, raises NameError
# told: raises before it is checked
with_momentum = learning_rate_of_exercise * g_of_exercise / (1 - 0.9)
with_adam = 0.1

# %% wrong: rounds 1 - β to a whole number, ZeroDivisionError
# told: raises before it is checked
with_momentum = 0.1 * 2 / (1 - round(0.9))
with_adam = 0.1

# %% wrong: momentum: how far it has come after 20 steps instead of the length of a step
# told: nothing
v = theta = 0.0
for _ in range(20):
    v = 0.9 * v - 0.1 * 2
    theta = theta + v
with_momentum = -theta
with_adam = 0.1

# %% wrong: momentum: only ten steps of the loop, 1.30 instead of the long run
# told: takes_ten_steps
v = 0.0
for _ in range(10):
    v = 0.9 * v + 0.1 * 2
with_momentum = v
with_adam = 0.1

# %% wrong: Adam: without bias correction, after 10 steps
# told: nothing
m = s = 0.0
for _ in range(10):
    m = 0.9 * m + 0.1 * 2
    s = 0.999 * s + 0.001 * 2**2
with_momentum = 2.0
with_adam = 0.1 * m / np.sqrt(s)

# %% wrong: functions instead of numbers
# told: form
def with_momentum():
    return 0.1 * 2 / (1 - 0.9)


def with_adam():
    return 0.1
