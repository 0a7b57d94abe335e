# %% right: 256 units, rate lowered in three stages by a list of (epochs, rate)
def train_my_network():
    rng = np.random.default_rng(3)
    network = backprop.Network([backprop.Dense(784, 256, rng), backprop.ReLU(), backprop.Dense(256, 10, rng)])
    for epochs, rate in [(5, 0.3), (3, 0.1), (2, 0.03)]:
        network.fit(x_train, y_train, num_epochs=epochs, batch_size=64, learning_rate=rate, rng=rng)
    return network

# %% right: one call per epoch, the rate decays by a constant factor
def train_my_network():
    rng = np.random.default_rng(0)
    network = build_network(seed=0, num_hidden=300)
    for epoch in range(10):
        network.fit(
            x_train, y_train, num_epochs=1, batch_size=50, learning_rate=0.3 * 0.75**epoch, rng=rng
        )
    return network

# %% right: two hidden layers, cosine schedule, two epochs fewer than allowed
def train_my_network():
    rng = np.random.default_rng(1)
    layers = []
    for num_inputs, num_outputs in [(784, 256), (256, 128)]:
        layers += [backprop.Dense(num_inputs, num_outputs, rng), backprop.ReLU()]
    network = backprop.Network(layers + [backprop.Dense(128, 10, rng)])
    for epoch in range(8):
        rate = 0.15 * (1 + math.cos(math.pi * epoch / 8))
        network.fit(x_train, y_train, num_epochs=1, batch_size=64, learning_rate=rate, rng=rng)
    return network

# %% right: momentum by hand in an own loop of loss and backward
def train_my_network():
    rng = np.random.default_rng(7)
    network = backprop.Network([backprop.Dense(784, 256, rng), backprop.ReLU(), backprop.Dense(256, 10, rng)])
    velocities = {name: np.zeros_like(p) for name, p in network.parameters().items()}
    for epoch in range(8):
        rate = 0.05 if epoch < 5 else 0.01
        order = rng.permutation(len(x_train))
        for start in range(0, len(order), 128):
            batch = order[start : start + 128]
            network.loss(x_train[batch], y_train[batch])
            network.backward()
            gradients = network.gradients()
            for name, p in network.parameters().items():
                velocities[name] *= 0.9
                velocities[name] -= rate * gradients[name]
                p += velocities[name]
    return network

# %% right: own layer class (leaky ReLU), linear decay
class Leaky(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, x, np.float32(0.05) * x)
        return self.output

    def backward(self, grad_output):
        return np.where(self.output > 0, grad_output, np.float32(0.05) * grad_output)


def train_my_network():
    rng = np.random.default_rng(5)
    network = backprop.Network([backprop.Dense(784, 256, rng), Leaky(), backprop.Dense(256, 10, rng)])
    for rate in np.linspace(0.3, 0.02, 9).tolist():
        network.fit(x_train, y_train, num_epochs=1, batch_size=50, learning_rate=rate, rng=rng)
    return network

# %% right: every epoch sees the images shifted by up to one pixel, still ten epochs of 55,000
def train_my_network():
    rng = np.random.default_rng(11)
    network = build_network(seed=11, num_hidden=256)
    for epoch in range(10):
        down, right = (0, 0) if epoch >= 8 else rng.integers(-1, 2, size=2)
        shifted = np.roll(x_train.reshape(-1, 28, 28), (down, right), axis=(1, 2)).reshape(-1, 784)
        rate = 0.2 if epoch < 5 else 0.1 if epoch < 8 else 0.03
        network.fit(shifted, y_train, num_epochs=1, batch_size=64, learning_rate=rate, rng=rng)
    return network

# %% right: stops as soon as the validation accuracy (looked at after each epoch, not trained on) is over 98.1 %
def train_my_network(max_epochs=10):
    rng = np.random.default_rng(2)
    network = build_network(seed=2, num_hidden=256)
    epoch, rate = 0, 0.3
    while epoch < max_epochs and accuracy(network, x_validation, y_validation) < 0.981:
        network.fit(x_train, y_train, num_epochs=1, batch_size=32, learning_rate=rate, rng=rng)
        epoch, rate = epoch + 1, max(0.7 * rate, 0.02)
    return network

# %% right: weights averaged over the last epochs, validation loss printed with network.loss
def train_my_network():
    rng = np.random.default_rng(4)
    network = build_network(seed=4, num_hidden=256)
    network.fit(x_train, y_train, num_epochs=6, batch_size=50, learning_rate=0.2, rng=rng)
    kept = []
    for _ in range(4):
        network.fit(x_train, y_train, num_epochs=1, batch_size=50, learning_rate=0.06, rng=rng)
        print("validation loss", network.loss(x_validation, y_validation))
        kept.append([p.copy() for p in network.parameters().values()])
    for p, copies in zip(network.parameters().values(), zip(*kept)):
        p[...] = np.mean(copies, axis=0)
    return network

# %% right: Adam by hand, larger batches
def train_my_network():
    rng = np.random.default_rng(6)
    network = backprop.Network([backprop.Dense(784, 320, rng), backprop.ReLU(), backprop.Dense(320, 10, rng)])
    parameters = network.parameters()
    m = {k: np.zeros_like(p) for k, p in parameters.items()}
    s = {k: np.zeros_like(p) for k, p in parameters.items()}
    t, total = 0, 10 * math.ceil(len(x_train) / 150)
    for _ in range(10):
        for batch in np.array_split(rng.permutation(len(x_train)), total // 10):
            t += 1
            network.loss(x_train[batch], y_train[batch])
            network.backward()
            rate = 0.002 * (1 - t / (total + 1))
            for k, g in network.gradients().items():
                m[k] += 0.1 * (g - m[k])
                s[k] += 0.001 * (g * g - s[k])
                step = rate * (m[k] / (1 - 0.9**t)) / (np.sqrt(s[k] / (1 - 0.999**t)) + 1e-8)
                parameters[k] -= step.astype(parameters[k].dtype)
    return network

# %% right: a callable object, tanh and ReLU mixed, growing batches instead of a falling rate
class Trainer:
    schedule = ((6, 32), (2, 128), (2, 512))

    def __call__(self):
        rng = np.random.default_rng(8)
        first, second, last = (backprop.Dense(*s, rng) for s in [(784, 256), (256, 64), (64, 10)])
        network = backprop.Network([first, backprop.ReLU(), second, backprop.Tanh(), last])
        for epochs, size in self.schedule:
            network.fit(x_train, y_train, num_epochs=epochs, batch_size=size, learning_rate=0.15, rng=rng)
        return network


train_my_network = Trainer()

# %% wrong: two epochs too many, ten and then two more at a smaller rate (reaches 98 %)
def train_my_network():
    rng = np.random.default_rng(3)
    network = build_network(seed=3, num_hidden=256)
    network.fit(x_train, y_train, num_epochs=10, batch_size=64, learning_rate=0.2, rng=rng)
    network.fit(x_train, y_train, num_epochs=2, batch_size=64, learning_rate=0.02, rng=rng)
    return network

# %% wrong: three networks of five epochs each, the best is returned: 15 epochs in all
def train_my_network():
    networks = []
    for seed in range(3):
        rng = np.random.default_rng(seed)
        candidate = build_network(seed=seed, num_hidden=200)
        for rate in (0.4, 0.3, 0.2, 0.1, 0.03):
            candidate.fit(x_train, y_train, num_epochs=1, batch_size=50, learning_rate=rate, rng=rng)
        networks.append(candidate)
    return max(networks, key=lambda network: accuracy(network, x_validation, y_validation))

# %% wrong: shifted copies double the images, ten epochs of 110,000 are as many as twenty
def train_my_network():
    rng = np.random.default_rng(1)
    shifted = np.roll(x_train.reshape(-1, 28, 28), 1, axis=2).reshape(-1, 784)
    x_double, y_double = np.concatenate([x_train, shifted]), np.concatenate([y_train, y_train])
    network = build_network(seed=1, num_hidden=128)
    for epoch in range(10):
        network.fit(x_double, y_double, num_epochs=1, batch_size=64, learning_rate=0.2 * 0.8**epoch, rng=rng)
    return network

# %% wrong: six epochs are trained in the cell outside the function, and eight more inside: 14 in all
rng_before = np.random.default_rng(3)
prepared = build_network(seed=3, num_hidden=200)
prepared.fit(x_train, y_train, num_epochs=6, batch_size=64, learning_rate=0.2, rng=rng_before)


def train_my_network():
    for epoch in range(8):
        rate = 0.1 * 0.7**epoch
        prepared.fit(x_train, y_train, num_epochs=1, batch_size=64, learning_rate=rate, rng=rng_before)
    return prepared

# %% wrong: 14 epochs in an own NumPy loop beside the network's methods, the arrays copied into a Network at the end
def train_my_network():
    rng = np.random.default_rng(9)
    network = build_network(seed=9, num_hidden=200)
    w1, b1, w2, b2 = (p.copy() for p in network.parameters().values())
    for epoch in range(14):
        rate = np.float32(0.25 * 0.8**epoch)
        order = rng.permutation(len(x_train))
        for start in range(0, len(order), 64):
            rows = order[start : start + 64]
            x, t = x_train[rows], y_train[rows]
            h = np.maximum(x @ w1 + b1, 0)
            z = h @ w2 + b2
            p = np.exp(z - z.max(axis=1, keepdims=True))
            p /= p.sum(axis=1, keepdims=True)
            p[np.arange(len(t)), t] -= 1
            p /= len(t)
            back = (p @ w2.T) * (h > 0)
            w2 -= rate * (h.T @ p)
            b2 -= rate * p.sum(axis=0)
            w1 -= rate * (x.T @ back)
            b1 -= rate * back.sum(axis=0)
    for p, values in zip(network.parameters().values(), (w1, b1, w2, b2)):
        p[...] = values
    return network

# %% wrong: trains on the validation set too (x_all), nine epochs of 60,000 images
def train_my_network():
    rng = np.random.default_rng(3)
    network = build_network(seed=3, num_hidden=256)
    for epoch in range(9):
        network.fit(prepare(x_all), y_all, num_epochs=1, batch_size=64, learning_rate=0.25 * 0.8**epoch, rng=rng)
    return network

# %% wrong: trains on the validation set only
def train_my_network():
    rng = np.random.default_rng(3)
    network = build_network()
    network.fit(x_validation, y_validation, num_epochs=60, batch_size=32, learning_rate=0.2, rng=rng)
    return network

# %% wrong: three epochs on the training set, then 20 times over the validation set
def train_my_network():
    rng = np.random.default_rng(3)
    network = build_network(seed=3)
    network.fit(x_train, y_train, num_epochs=3, batch_size=64, learning_rate=0.2, rng=rng)
    network.fit(x_validation, y_validation, num_epochs=20, batch_size=64, learning_rate=0.1, rng=rng)
    return network

# %% wrong: trains on the test set together with the training set
def train_my_network():
    rng = np.random.default_rng(3)
    network = build_network(seed=3, num_hidden=256)
    x_more, y_more = np.concatenate([x_train, x_test]), np.concatenate([y_train, y_test])
    for epoch in range(8):
        network.fit(x_more, y_more, num_epochs=1, batch_size=64, learning_rate=0.25 * 0.8**epoch, rng=rng)
    return network

# %% wrong: no training, a subclass of Network looks up the label of each validation image
class Memory(backprop.Network):
    def forward(self, x):
        table = {row.tobytes(): label for row, label in zip(x_validation, y_validation)}
        return np.eye(10, dtype="float32")[[table.get(row.tobytes(), 0) for row in x]]


def train_my_network():
    rng = np.random.default_rng(0)
    return Memory([backprop.Dense(784, 10, rng)])

# %% wrong: trained by Keras (a framework), the weights copied into a backprop.Network
import keras


def train_my_network():
    keras.utils.set_random_seed(3)
    model = keras.Sequential(
        [keras.Input((784,)), keras.layers.Dense(256, activation="relu"), keras.layers.Dense(10)]
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.001), loss)
    model.fit(x_train, y_train, epochs=7, batch_size=128, verbose=0)
    model.optimizer.learning_rate = 0.0002
    model.fit(x_train, y_train, epochs=3, batch_size=128, verbose=0)
    network = build_network(num_hidden=256)
    for p, values in zip(network.parameters().values(), model.get_weights()):
        p[...] = values
    return network

# %% wrong: returns a Keras model instead of a backprop.Network (one epoch of training)
import keras


def train_my_network():
    model = keras.Sequential(
        [keras.Input((784,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(10)]
    )
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.fit(x_train, y_train, epochs=1, batch_size=256, verbose=0)
    return model

# %% wrong: the return is forgotten
def train_my_network():
    rng = np.random.default_rng(3)
    network = build_network(seed=3, num_hidden=64)
    network.fit(x_train, y_train, num_epochs=2, batch_size=64, learning_rate=0.2, rng=rng)

# %% wrong: returns what fit returns, the list of losses
def train_my_network():
    rng = np.random.default_rng(3)
    network = build_network(seed=3, num_hidden=64)
    return network.fit(x_train, y_train, num_epochs=2, batch_size=64, learning_rate=0.2, rng=rng)

# %% wrong: returns a tuple (network, losses), the network is good enough
def train_my_network():
    rng = np.random.default_rng(3)
    network, losses = build_network(seed=3, num_hidden=256), []
    for rate in (0.4, 0.3, 0.2, 0.1, 0.05, 0.02):
        losses += network.fit(x_train, y_train, num_epochs=1, batch_size=50, learning_rate=rate, rng=rng)
    return network, losses

# %% wrong: returns the accuracy instead of the network
def train_my_network():
    rng = np.random.default_rng(3)
    network = build_network(seed=3, num_hidden=64)
    network.fit(x_train, y_train, num_epochs=1, batch_size=64, learning_rate=0.2, rng=rng)
    return accuracy(network, x_validation, y_validation)

# %% wrong: returns a network that was never trained
def train_my_network():
    return build_network(seed=3, num_hidden=256)

# %% wrong: returns a fresh network, the trained one stays behind in another variable
def train_my_network():
    rng = np.random.default_rng(3)
    trained = build_network(seed=3)
    trained.fit(x_train, y_train, num_epochs=2, batch_size=64, learning_rate=0.2, rng=rng)
    network = build_network(seed=3)
    return network

# %% wrong: a new network is built in every epoch, so that the last one has had only one epoch
def train_my_network():
    for epoch in range(5):
        rng = np.random.default_rng(3)
        network = build_network(seed=3)
        network.fit(x_train, y_train, num_epochs=1, batch_size=64, learning_rate=0.2, rng=rng)
    return network

# %% wrong: the images are standardised for training, but the network is measured on pixels from 0 to 1
def train_my_network():
    rng = np.random.default_rng(3)
    network = build_network(seed=3, num_hidden=128)
    x_standard = ((x_train - x_train.mean(axis=0)) / (x_train.std(axis=0) + 0.1)).astype("float32")
    for rate in (0.1, 0.05, 0.02, 0.01):
        network.fit(x_standard, y_train, num_epochs=1, batch_size=64, learning_rate=rate, rng=rng)
    return network

# %% wrong: trained on inverted images (1 - x), measured on images as they are
def train_my_network():
    rng = np.random.default_rng(3)
    network = build_network(seed=3)
    network.fit(1 - x_train, y_train, num_epochs=4, batch_size=64, learning_rate=0.05, rng=rng)
    return network

# %% wrong: no activation between the two dense layers, about 92 %
def train_my_network():
    rng = np.random.default_rng(3)
    network = backprop.Network([backprop.Dense(784, 128, rng), backprop.Dense(128, 10, rng)])
    network.fit(x_train, y_train, num_epochs=5, batch_size=64, learning_rate=0.1, rng=rng)
    return network

# %% wrong: only ten hidden units, too few
def train_my_network():
    rng = np.random.default_rng(3)
    network = build_network(seed=3, num_hidden=10)
    network.fit(x_train, y_train, num_epochs=10, batch_size=64, learning_rate=0.1, rng=rng)
    return network

# %% wrong: only one epoch
def train_my_network():
    rng = np.random.default_rng(3)
    network = build_network(seed=3, num_hidden=256)
    network.fit(x_train, y_train, num_epochs=1, batch_size=64, learning_rate=0.2, rng=rng)
    return network

# %% wrong: the chapter's own recipe (128 units, rate 0.2, batches of 128, 8 epochs), narrowly below 98 %
def train_my_network():
    rng = np.random.default_rng(seed=3)
    network = build_network()
    network.fit(x_train, y_train, num_epochs=8, batch_size=128, learning_rate=0.2, rng=rng)
    return network

# %% wrong: learning rate of 5, the units die
def train_my_network():
    rng = np.random.default_rng(3)
    network = build_network(seed=3)
    network.fit(x_train, y_train, num_epochs=2, batch_size=64, learning_rate=5, rng=rng)
    return network

# %% wrong: learning rate of 0.001, far too small
def train_my_network():
    rng = np.random.default_rng(3)
    network = build_network(seed=3)
    network.fit(x_train, y_train, num_epochs=3, batch_size=64, learning_rate=0.001, rng=rng)
    return network

# %% wrong: one batch of all images, so ten epochs are only ten steps
def train_my_network():
    rng = np.random.default_rng(3)
    network = build_network(seed=3)
    network.fit(x_train, y_train, num_epochs=10, batch_size=len(x_train), learning_rate=0.2, rng=rng)
    return network

# %% wrong: deep sigmoid network, the signal vanishes
def train_my_network():
    rng = np.random.default_rng(3)
    layers = [backprop.Dense(784, 64, rng), backprop.Sigmoid()]
    for _ in range(5):
        layers += [backprop.Dense(64, 64, rng), backprop.Sigmoid()]
    network = backprop.Network([*layers, backprop.Dense(64, 10, rng)])
    network.fit(x_train, y_train, num_epochs=3, batch_size=64, learning_rate=0.1, rng=rng)
    return network

# %% wrong: all weights start at zero
def train_my_network():
    rng = np.random.default_rng(3)
    network = build_network(seed=3)
    for p in network.parameters().values():
        p[...] = 0
    network.fit(x_train, y_train, num_epochs=2, batch_size=64, learning_rate=0.2, rng=rng)
    return network

# %% wrong: the images are shuffled without their labels
def train_my_network():
    rng = np.random.default_rng(3)
    network = build_network(seed=3)
    mixed = x_train[rng.permutation(len(x_train))]
    network.fit(mixed, y_train, num_epochs=2, batch_size=64, learning_rate=0.1, rng=rng)
    return network

# %% wrong: trains on the 12,800 images of the ward only
def train_my_network():
    rng = np.random.default_rng(3)
    network = build_network(seed=3, num_hidden=256)
    network.fit(x_train[:12_800], y_train[:12_800], num_epochs=10, batch_size=64, learning_rate=0.2, rng=rng)
    return network

# %% wrong: the sign of the own step is wrong, the loss is climbed
def train_my_network():
    rng = np.random.default_rng(3)
    network = build_network(seed=3)
    for start in range(0, 20_000, 100):
        network.loss(x_train[start : start + 100], y_train[start : start + 100])
        network.backward()
        gradients = network.gradients()
        for name, p in network.parameters().items():
            p += 0.01 * gradients[name]
    return network

# %% wrong: raises TypeError, one-hot labels
def train_my_network():
    rng = np.random.default_rng(3)
    network = build_network(seed=3)
    one_hot = np.eye(10)[y_train]
    network.fit(x_train, one_hot, num_epochs=5, batch_size=64, learning_rate=0.2, rng=rng)
    return network

# %% wrong: raises TypeError, fit is called without rng
def train_my_network():
    network = build_network(seed=3)
    network.fit(x_train, y_train, num_epochs=5, batch_size=64, learning_rate=0.2)
    return network

# %% wrong: raises ValueError, only nine outputs for ten digits
def train_my_network():
    rng = np.random.default_rng(3)
    network = backprop.Network([backprop.Dense(784, 128, rng), backprop.ReLU(), backprop.Dense(128, 9, rng)])
    network.fit(x_train, y_train, num_epochs=5, batch_size=64, learning_rate=0.2, rng=rng)
    return network

# %% wrong: raises ValueError, the schedule reaches a learning rate of 0
def train_my_network():
    rng = np.random.default_rng(3)
    network = build_network(seed=3, num_hidden=32)
    for epoch in range(4):
        network.fit(x_train, y_train, num_epochs=1, batch_size=128, learning_rate=(3 - epoch) / 10, rng=rng)
    return network

# %% wrong: float64 network trained on a float64 copy, it refuses x_validation, which is float32
def train_my_network():
    rng = np.random.default_rng(3)
    first, last = backprop.Dense(784, 64, rng, "float64"), backprop.Dense(64, 10, rng, "float64")
    network = backprop.Network([first, backprop.ReLU(), last])
    network.fit(x_train.astype("float64"), y_train, num_epochs=2, batch_size=64, learning_rate=0.2, rng=rng)
    return network

# %% wrong: returns a list of three networks (an ensemble) instead of one
def train_my_network():
    networks = [build_network(seed=seed, num_hidden=64) for seed in range(3)]
    for network in networks:
        rng = np.random.default_rng(3)
        network.fit(x_train, y_train, num_epochs=1, batch_size=64, learning_rate=0.2, rng=rng)
    return networks

# %% wrong: prints the accuracy and returns nothing
def train_my_network():
    rng = np.random.default_rng(3)
    network = build_network(seed=3, num_hidden=64)
    network.fit(x_train, y_train, num_epochs=1, batch_size=64, learning_rate=0.2, rng=rng)
    print(f"98 %: {accuracy(network, x_validation, y_validation) > 0.98}")

# %% wrong: two mistakes, 13 epochs and trained on the validation set too
def train_my_network():
    rng = np.random.default_rng(3)
    network = build_network(seed=3, num_hidden=128)
    network.fit(prepare(x_all), y_all, num_epochs=13, batch_size=64, learning_rate=0.15, rng=rng)
    return network

# %% wrong: two mistakes, 12 epochs and still below 98 % (a learning rate of 0.01)
def train_my_network():
    rng = np.random.default_rng(3)
    network = build_network(seed=3, num_hidden=64)
    network.fit(x_train, y_train, num_epochs=12, batch_size=128, learning_rate=0.01, rng=rng)
    return network

# %% wrong: two mistakes, no activation and the losses are returned
def train_my_network():
    rng = np.random.default_rng(3)
    network = backprop.Network([backprop.Dense(784, 64, rng), backprop.Dense(64, 10, rng)])
    return network.fit(x_train, y_train, num_epochs=1, batch_size=64, learning_rate=0.1, rng=rng)

# %% wrong: two mistakes, images from 0 to 255 and a learning rate that makes the units die
def train_my_network():
    rng = np.random.default_rng(3)
    network = build_network(seed=3)
    with np.errstate(all="ignore"):
        network.fit(255 * x_train, y_train, num_epochs=1, batch_size=64, learning_rate=0.2, rng=rng)
    return network

# %% wrong: keeps the best network by reference, not as a copy, and goes on with a far too large rate, so that the best is lost
def train_my_network():
    rng = np.random.default_rng(3)
    network, best, best_accuracy = build_network(seed=3), None, 0
    for rate in (0.2, 0.3, 4.0):
        network.fit(x_train, y_train, num_epochs=1, batch_size=64, learning_rate=rate, rng=rng)
        if accuracy(network, x_validation, y_validation) > best_accuracy:
            best, best_accuracy = network, accuracy(network, x_validation, y_validation)
    return best
