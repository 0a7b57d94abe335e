# %% right: two in-place lines in a loop over the names
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, parameter in network.parameters().items():
        velocities[name] *= 0.9
        velocities[name] -= learning_rate * gradients[name]
        parameter += velocities[name]

# %% right: a new array is put into the dictionary for each velocity, parameters in place
def momentum_step(network, velocities, learning_rate):
    for name, grad in network.gradients().items():
        velocities[name] = 0.9 * velocities[name] - learning_rate * grad
        network.parameters()[name][...] += velocities[name]

# %% right: slice assignment [:] for both
def momentum_step(network, velocities, learning_rate):
    parameters, gradients = network.parameters(), network.gradients()
    for key in parameters:
        v, theta, g = velocities[key], parameters[key], gradients[key]
        v[:] = 0.9 * v - learning_rate * g
        theta[:] = theta + v

# %% right: zip of parameters and gradients
def momentum_step(network, velocities, learning_rate):
    pairs = zip(network.parameters().items(), network.gradients().values(), strict=True)
    for (name, p), g in pairs:
        v = velocities[name]
        v *= 0.9
        v += -learning_rate * g
        p += v

# %% right: ufuncs with out=
def momentum_step(network, velocities, learning_rate):
    g = network.gradients()
    for name, p in network.parameters().items():
        v = velocities[name]
        np.multiply(v, 0.9, out=v)
        np.subtract(v, learning_rate * g[name], out=v)
        np.add(p, v, out=p)

# %% right: walks over the layers and builds the names itself
def momentum_step(network, velocities, learning_rate):
    for number, layer in enumerate(network.layers):
        for kind in layer.parameter_names:
            v = velocities[f"layers[{number}].{kind}"]
            v[...] = 0.9 * v - learning_rate * getattr(layer, "grad_" + kind)
            parameter = getattr(layer, kind)
            parameter += v

# %% right: entry by entry with np.ndindex
def momentum_step(network, velocities, learning_rate):
    parameters, gradients = network.parameters(), network.gradients()
    for name in parameters:
        for i in np.ndindex(parameters[name].shape):
            velocities[name][i] = 0.9 * velocities[name][i] - learning_rate * gradients[name][i]
            parameters[name][i] += velocities[name][i]

# %% right: momentum as a keyword with default, returns the velocities as well
def momentum_step(network, velocities, learning_rate, momentum=0.9):
    for name, parameter in network.parameters().items():
        velocity = velocities[name]
        velocity *= momentum
        velocity -= learning_rate * network.gradients()[name]
        parameter += velocity
    return velocities

# %% right: functools.partial of a general function
from functools import partial


def _step(network, velocities, learning_rate, *, beta):
    grads = network.gradients()
    for name, theta in network.parameters().items():
        v = velocities[name]
        v += (beta - 1) * v - learning_rate * grads[name]
        theta += v


momentum_step = partial(_step, beta=0.9)

# %% right: one lambda with a list comprehension and operator.iadd
import operator

momentum_step = lambda network, velocities, learning_rate: [
    operator.iadd(
        theta,
        operator.isub(operator.imul(velocities[name], 0.9), learning_rate * network.gradients()[name]),
    )
    for name, theta in network.parameters().items()
]

# %% right: a callable object that holds the 0.9
class MomentumStep:
    def __init__(self, friction=0.9):
        self.friction = friction

    def __call__(self, network, velocities, learning_rate):
        gradients = network.gradients()
        for name, parameter in network.parameters().items():
            velocities[name] = self.friction * velocities[name] - learning_rate * gradients[name]
            parameter += velocities[name]


momentum_step = MomentumStep()

# %% right: parameter first (0.9 v, then network.step), the velocity afterwards
def momentum_step(network, velocities, learning_rate):
    parameters, gradients = network.parameters(), network.gradients()
    for name in parameters:
        velocities[name] *= 0.9
        parameters[name] += velocities[name]
    network.step(learning_rate)
    for name in velocities:
        velocities[name] -= learning_rate * gradients[name]

# %% right: v minus a tenth of v, 0.1 in place of 0.9
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, parameter in network.parameters().items():
        velocities[name] -= 0.1 * velocities[name] + learning_rate * gradients[name]
        parameter += velocities[name]

# %% right: dict.update with a comprehension, then a second loop
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    velocities.update({k: 0.9 * v - learning_rate * gradients[k] for k, v in velocities.items()})
    for k, p in network.parameters().items():
        p += velocities[k]

# %% right: everything in one flat vector, then split again
def momentum_step(network, velocities, learning_rate):
    parameters, gradients = network.parameters(), network.gradients()
    names = list(parameters)
    v = np.concatenate([velocities[n].ravel() for n in names])
    g = np.concatenate([gradients[n].ravel() for n in names])
    v = 0.9 * v - learning_rate * g
    ends = np.cumsum([parameters[n].size for n in names])
    for n, piece in zip(names, np.split(v, ends[:-1])):
        velocities[n][...] = piece.reshape(parameters[n].shape)
        parameters[n] += velocities[n]

# %% right: recursion over the list of names
def momentum_step(network, velocities, learning_rate, names=None):
    names = list(network.parameters()) if names is None else names
    if not names:
        return
    name, *others = names
    velocities[name] *= 0.9
    velocities[name] -= learning_rate * network.gradients()[name]
    network.parameters()[name][:] += velocities[name]
    momentum_step(network, velocities, learning_rate, others)

# %% right: keras.ops for the arithmetic, written back with np.copyto
import keras


def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, theta in network.parameters().items():
        v = 0.9 * keras.ops.convert_to_tensor(velocities[name]) - float(learning_rate) * keras.ops.convert_to_tensor(
            gradients[name]
        )
        np.copyto(velocities[name], keras.ops.convert_to_numpy(v))
        np.copyto(theta, keras.ops.convert_to_numpy(keras.ops.add(theta, v)))

# %% right: a missing velocity counts as zero (setdefault)
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        v = velocities.setdefault(name, np.zeros_like(p))
        v[...] = v * 0.9 - gradients[name] * learning_rate
        p += v

# %% right: Fraction(9, 10) as the factor, typed like the array
from fractions import Fraction


def momentum_step(network, velocities, learning_rate):
    for name, theta in network.parameters().items():
        factor = theta.dtype.type(Fraction(9, 10))
        rate = theta.dtype.type(learning_rate)
        velocities[name] = factor * velocities[name] - rate * network.gradients()[name]
        theta += velocities[name]

# %% right: a helper for one array, called through a loop over the velocities
def _update(theta, v, gradient, rate):
    v *= 9 / 10
    v -= rate * gradient
    theta += v


def momentum_step(network, velocities, learning_rate):
    theta, grad = network.parameters(), network.gradients()
    for name in velocities.keys():
        _update(theta[name], velocities[name], grad[name], learning_rate)

# %% right: einsum of two coefficients with the stacked velocity and gradient
def momentum_step(network, velocities, learning_rate):
    for name, g in network.gradients().items():
        both = np.stack([velocities[name], g])
        velocities[name][...] = np.einsum("k,k...->...", np.array([0.9, -learning_rate]), both)
        parameter = network.parameters()[name]
        parameter += velocities[name]

# %% right: only the two Dense attributes by name, numbered among all layers
def momentum_step(network, velocities, learning_rate):
    for i in range(len(network.layers)):
        layer = network.layers[i]
        if not layer.parameter_names:
            continue
        vw, vb = velocities[f"layers[{i}].weights"], velocities[f"layers[{i}].bias"]
        vw[:, :] = 0.9 * vw - learning_rate * layer.grad_weights
        vb[:] = 0.9 * vb - learning_rate * layer.grad_bias
        layer.weights += vw
        layer.bias += vb

# %% wrong: plus instead of minus before the gradient, climbs uphill
# told: climbs
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] = 0.9 * velocities[name] + learning_rate * gradients[name]
        p += velocities[name]

# %% wrong: velocity with the opposite sign (v = 0.9 v + rate * gradient, parameter -= v): parameters right if velocities start at zero, velocities not
# told: turns_the_velocities
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] *= 0.9
        velocities[name] += learning_rate * gradients[name]
        p -= velocities[name]

# %% wrong: PyTorch's convention, the velocity collects bare gradients and the learning rate comes in the second line
# told: collects_the_gradients
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] *= 0.9
        velocities[name] += gradients[name]
        p -= learning_rate * velocities[name]

# %% wrong: the order is swapped, the parameter moves by the old velocity, then the velocity is updated
# told: moves_too_early
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        p += velocities[name]
        velocities[name] *= 0.9
        velocities[name] -= learning_rate * gradients[name]

# %% wrong: the new velocity is not kept in the dictionary, only in a local variable
# told: leaves_the_velocities
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        v = velocities[name]
        v = 0.9 * v - learning_rate * gradients[name]
        p += v

# %% wrong: p = p + v makes a new array, the network's parameters do not move
# told: leaves_the_parameters
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] = 0.9 * velocities[name] - learning_rate * gradients[name]
        p = p + velocities[name]

# %% wrong: the new parameter is stored in the dictionary that parameters() returned, not in the network
# told: leaves_the_parameters
def momentum_step(network, velocities, learning_rate):
    parameters = network.parameters()
    for name, g in network.gradients().items():
        velocities[name] = 0.9 * velocities[name] - learning_rate * g
        parameters[name] = parameters[name] + velocities[name]

# %% wrong: two mistakes, both v and the parameter are rebound to local arrays, so nothing changes at all
# told: changes_nothing
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        v = 0.9 * velocities[name] - learning_rate * gradients[name]
        p = p + v

# %% wrong: the learning rate is missing
# told: forgets_the_learning_rate
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] *= 0.9
        velocities[name] -= gradients[name]
        p += velocities[name]

# %% wrong: the factor 0.9 is missing, the velocity never decays
# told: forgets_the_friction
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] -= learning_rate * gradients[name]
        p += velocities[name]

# %% wrong: 0.1 instead of 0.9
# told: fades_to_a_tenth
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] *= 1 - 0.9
        velocities[name] -= learning_rate * gradients[name]
        p += velocities[name]

# %% wrong: 0.99 instead of 0.9
# told: nothing
def momentum_step(network, velocities, learning_rate, momentum=0.99):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] *= momentum
        velocities[name] -= learning_rate * gradients[name]
        p += velocities[name]

# %% wrong: running mean, the gradient is also multiplied by 1 - 0.9
# told: takes_a_running_mean
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] = 0.9 * velocities[name] - (1 - 0.9) * learning_rate * gradients[name]
        p += velocities[name]

# %% wrong: Nesterov's form, the parameter moves by 0.9 v - rate * gradient with the new v
# told: looks_ahead
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] = 0.9 * velocities[name] - learning_rate * gradients[name]
        p += 0.9 * velocities[name] - learning_rate * gradients[name]

# %% wrong: bracket, 0.9 multiplies the gradient's term as well
# told: fades_the_gradient
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] = 0.9 * (velocities[name] - learning_rate * gradients[name])
        p += velocities[name]

# %% wrong: bracket, the learning rate multiplies the old velocity as well
# told: nothing
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] = learning_rate * (0.9 * velocities[name] - gradients[name])
        p += velocities[name]

# %% wrong: the learning rate is applied twice, in the velocity and in the move
# told: scales_twice
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] = 0.9 * velocities[name] - learning_rate * gradients[name]
        p += learning_rate * velocities[name]

# %% wrong: plain descent, the velocities are neither used nor updated
# told: descends_plainly
def momentum_step(network, velocities, learning_rate):
    network.step(learning_rate)

# %% wrong: the gradient counts twice, network.step and then the velocity on top
# told: steps_twice
def momentum_step(network, velocities, learning_rate):
    network.step(learning_rate)
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] *= 0.9
        velocities[name] -= learning_rate * gradients[name]
        p += velocities[name]

# %% wrong: only the weights are updated, the biases are forgotten
# told: forgets_the_biases
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        if name.endswith("weights"):
            velocities[name] *= 0.9
            velocities[name] -= learning_rate * gradients[name]
            p += velocities[name]

# %% wrong: return stands inside the loop, only the first parameter is updated
# told: stops_after_the_first
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] *= 0.9
        velocities[name] -= learning_rate * gradients[name]
        p += velocities[name]
        return velocities

# %% wrong: indentation, all velocities are updated but only the last parameter moves
# told: nothing
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] *= 0.9
        velocities[name] -= learning_rate * gradients[name]
    p += velocities[name]

# %% wrong: the velocities are set to zero at the start of every call, which is plain descent
# told: loses_the_old_velocity
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] = np.zeros_like(p)
        velocities[name] = 0.9 * velocities[name] - learning_rate * gradients[name]
        p += velocities[name]

# %% wrong: changes nothing, returns new parameters and velocities instead
# told: changes_nothing
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    new_velocities = {n: 0.9 * v - learning_rate * gradients[n] for n, v in velocities.items()}
    new_parameters = {n: p + new_velocities[n] for n, p in network.parameters().items()}
    return new_parameters, new_velocities

# %% wrong: the name velocities is rebound to a new dictionary, the caller's one keeps the old velocities
# told: leaves_the_velocities
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    velocities = {name: 0.9 * v - learning_rate * gradients[name] for name, v in velocities.items()}
    for name, p in network.parameters().items():
        p += velocities[name]

# %% wrong: keeps its own velocities in a global variable and ignores the dictionary it is given
# told: nothing
_velocities = {}


def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        _velocities[name] = 0.9 * _velocities.get(name, 0 * p) - learning_rate * gradients[name]
        p += _velocities[name]

# %% wrong: RMSprop, the velocity is a mean of squared gradients and divides the step
# told: nothing
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] = 0.9 * velocities[name] + 0.1 * gradients[name] ** 2
        p -= learning_rate * gradients[name] / (np.sqrt(np.abs(velocities[name])) + 1e-7)

# %% wrong: the mean of each gradient array is used for all of its entries
# told: nothing
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] *= 0.9
        velocities[name] -= learning_rate * gradients[name].mean()
        p += velocities[name]

# %% wrong: the gradient is divided once more, by the length of the array
# told: averages_once_more
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] = 0.9 * velocities[name] - learning_rate * gradients[name] / len(gradients[name])
        p += velocities[name]

# %% wrong: the parameter is taken in place of its gradient
# told: nothing
def momentum_step(network, velocities, learning_rate):
    for name, p in network.parameters().items():
        velocities[name] *= 0.9
        velocities[name] -= learning_rate * p
        p += velocities[name]

# %% wrong: raises KeyError, uses "weights" and "bias" as names
# told: error
def momentum_step(network, velocities, learning_rate):
    for layer in network.layers:
        for name in layer.parameter_names:
            velocities[name] = 0.9 * velocities[name] - learning_rate * getattr(layer, "grad_" + name)
            setattr(layer, name, getattr(layer, name) + velocities[name])

# %% wrong: raises, gradients is a method and the brackets are missing
# told: error
def momentum_step(network, velocities, learning_rate):
    for name, p in network.parameters().items():
        velocities[name] = 0.9 * velocities[name] - learning_rate * network.gradients[name]
        p += velocities[name]

# %% wrong: raises, multiplies the whole dictionary by 0.9
# told: error
def momentum_step(network, velocities, learning_rate):
    velocities = 0.9 * velocities - learning_rate * network.gradients()
    network.parameters().update(network.parameters() + velocities)

# %% wrong: infinite recursion
# told: error
def momentum_step(network, velocities, learning_rate):
    for name, p in network.parameters().items():
        velocities[name] *= 0.9
    return momentum_step(network, velocities, learning_rate)

# %% wrong: right result, but overwrites the gradients with rate * gradient
# told: overwrites
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        g = gradients[name]
        g *= learning_rate
        velocities[name] *= 0.9
        velocities[name] -= g
        p += velocities[name]

# %% wrong: right result, but sets the gradients to zero afterwards
# told: overwrites
def momentum_step(network, velocities, learning_rate):
    for name, p in network.parameters().items():
        g = network.gradients()[name]
        velocities[name][:] = 0.9 * velocities[name] - learning_rate * g
        p += velocities[name]
        g[:] = 0

# %% wrong: the decay by 0.9 is applied twice
# told: fades_twice
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name in velocities:
        velocities[name] *= 0.9
    for name, p in network.parameters().items():
        velocities[name] = 0.9 * velocities[name] - learning_rate * gradients[name]
        p += velocities[name]

# %% wrong: prints the new velocities and parameters and changes nothing
# told: changes_nothing
def momentum_step(network, velocities, learning_rate):
    for name, g in network.gradients().items():
        v = 0.9 * velocities[name] - learning_rate * g
        print(name, v, network.parameters()[name] + v)

# %% wrong: the velocity is rounded to three decimals
# told: nothing
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] = np.round(0.9 * velocities[name] - learning_rate * gradients[name], 3)
        p += velocities[name]

# %% wrong: the gradient is clipped to -0.01 to 0.01
# told: nothing
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        g = np.clip(gradients[name], -0.01, 0.01)
        velocities[name] = 0.9 * velocities[name] - learning_rate * g
        p += velocities[name]

# %% wrong: the parameter is replaced by the velocity instead of moved by it
# told: takes_the_velocity_for_the_place
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] = 0.9 * velocities[name] - learning_rate * gradients[name]
        p[...] = velocities[name]

# %% wrong: the velocity is subtracted from the parameter instead of added
# told: subtracts_twice
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] = 0.9 * velocities[name] - learning_rate * gradients[name]
        p -= velocities[name]

# %% wrong: the learning rate is hard-coded as 0.02
# told: fixes_the_learning_rate
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] = 0.9 * velocities[name] - 0.02 * gradients[name]
        p += velocities[name]

# %% wrong: learning rate and 0.9 are swapped
# told: nothing
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] = learning_rate * velocities[name] - 0.9 * gradients[name]
        p += velocities[name]

# %% wrong: integer division, 9 // 10 is 0, so the old velocity is lost
# told: loses_the_old_velocity
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] = 9 // 10 * velocities[name] - learning_rate * gradients[name]
        p += velocities[name]

# %% wrong: updates a deep copy of the network
# told: leaves_the_parameters
import copy


def momentum_step(network, velocities, learning_rate):
    network = copy.deepcopy(network)
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] *= 0.9
        velocities[name] -= learning_rate * gradients[name]
        p += velocities[name]

# %% wrong: parameters that have no velocity yet (all zero) get the bare gradient, without the learning rate
# told: skips_the_learning_rate_at_first
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        if velocities[name].any():
            velocities[name] = 0.9 * velocities[name] - learning_rate * gradients[name]
        else:
            velocities[name] = -gradients[name]
        p += velocities[name]

# %% wrong: parameters whose velocity is all zero are skipped, so from a start at zero nothing ever moves
# told: nothing
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        if np.any(velocities[name]):
            velocities[name] = 0.9 * velocities[name] - learning_rate * gradients[name]
            p += velocities[name]

# %% wrong: velocity computed in float16, most digits are lost
# told: nothing
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] = (0.9 * velocities[name] - learning_rate * gradients[name]).astype("float16")
        p += velocities[name]

# %% wrong: weight decay added, 0.01 times the parameter joins the gradient
# told: nothing
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] = 0.9 * velocities[name] - learning_rate * (gradients[name] + 0.01 * p)
        p += velocities[name]

# %% wrong: the gradient is scaled to length one first
# told: scales_the_gradient
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        g = gradients[name] / (np.linalg.norm(gradients[name]) + 1e-12)
        velocities[name] = 0.9 * velocities[name] - learning_rate * g
        p += velocities[name]

# %% wrong: one velocity number for the whole network, the sum over all entries, instead of one for each parameter
# told: nothing
def momentum_step(network, velocities, learning_rate):
    total = sum(float(g.sum()) for g in network.gradients().values())
    for name, p in network.parameters().items():
        velocities[name] = 0.9 * velocities[name] - learning_rate * total
        p += velocities[name]

# %% wrong: the velocity's array is also the gradient's array (assigned without a copy), so the next backward's gradients start a new velocity and the old one is lost
# told: loses_the_old_velocity
def momentum_step(network, velocities, learning_rate):
    for name, p in network.parameters().items():
        velocities[name] = network.gradients()[name]
        velocities[name] *= -learning_rate
        p += velocities[name]

# %% wrong: only the first layer with parameters is updated, hard-coded names
# told: nothing
def momentum_step(network, velocities, learning_rate):
    gradients, parameters = network.gradients(), network.parameters()
    for name in ("layers[0].weights", "layers[0].bias"):
        velocities[name] *= 0.9
        velocities[name] -= learning_rate * gradients[name]
        parameters[name] += velocities[name]

# %% wrong: keeps state, counts its calls and divides the learning rate by their number
# told: nothing
_calls = 0


def momentum_step(network, velocities, learning_rate):
    global _calls
    _calls += 1
    for name, p in network.parameters().items():
        velocities[name] = 0.9 * velocities[name] - learning_rate / _calls * network.gradients()[name]
        p += velocities[name]

# %% wrong: two mistakes, plus before the gradient and the learning rate is missing
# told: climbs+forgets_the_learning_rate
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] = 0.9 * velocities[name] + gradients[name]
        p += velocities[name]

# %% wrong: two mistakes, 0.1 instead of 0.9 and the new velocity is not stored
# told: leaves_the_velocities+fades_to_a_tenth
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        v = 0.1 * velocities[name] - learning_rate * gradients[name]
        p += v

# %% wrong: two mistakes, the order is swapped and the biases are forgotten
# told: moves_too_early+forgets_the_biases
def momentum_step(network, velocities, learning_rate):
    for layer, number in zip(network.layers, range(len(network.layers))):
        if hasattr(layer, "weights"):
            v = velocities[f"layers[{number}].weights"]
            layer.weights += v
            v *= 0.9
            v -= learning_rate * layer.grad_weights

# %% wrong: two mistakes, no decay of the velocity and the sign of the move is reversed
# told: subtracts_twice+forgets_the_friction
def momentum_step(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, p in network.parameters().items():
        velocities[name] -= learning_rate * gradients[name]
        p -= velocities[name]
