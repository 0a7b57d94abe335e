"""The networks that are measured: 784-128-10, by hand and in three frameworks.

Each has restart(), epoch(), accuracy() and curve(): the losses of the first 100 batches. Keras's epoch() and
accuracy() take the number of a candidate: it has a model for each.
"""

import numpy as np

from autorev_lib.backprop import Dense, Network, ReLU
from autorev_lib.data import load_mnist
from benchmarks import harness

BATCH_SIZE = 128
LEARNING_RATE = 0.1
CURVE_STEPS = 100
NUM_ROWS = 60_000
# What is tried for the best setting, after what Keras takes by itself: there "auto" compiles on JAX, and on
# TensorFlow only with a GPU. JAX is not tried without jit, where nothing is fast.
DEFAULT = {"jit_compile": "auto", "steps_per_execution": 1}
CANDIDATES = {
    "tensorflow": [
        DEFAULT,
        *({"jit_compile": False, "steps_per_execution": steps} for steps in (10, 50, 469)),
        *({"jit_compile": True, "steps_per_execution": steps} for steps in (1, 10, 50, 469)),
    ],
    "jax": [DEFAULT, *({"jit_compile": True, "steps_per_execution": steps} for steps in (10, 50, 469))],
}


def initial_network():
    rng = np.random.default_rng(0)
    return Network([Dense(784, 128, rng), ReLU(), Dense(128, 10, rng)])


class Ours:
    def __init__(self, data):
        (self.x, self.labels), self.test = data
        self.rng = np.random.default_rng(1)
        self.restart()

    def restart(self):
        self.network = initial_network()

    def epoch(self):
        self.network.fit(
            self.x,
            self.labels,
            num_epochs=1,
            batch_size=BATCH_SIZE,
            learning_rate=LEARNING_RATE,
            rng=self.rng,
        )

    def curve(self):
        losses = []
        for start in range(0, CURVE_STEPS * BATCH_SIZE, BATCH_SIZE):
            batch = slice(start, start + BATCH_SIZE)
            losses.append(self.network.loss(self.x[batch], self.labels[batch]))
            self.network.backward()
            self.network.step(LEARNING_RATE)
        return losses

    def accuracy(self):
        x, labels = self.test
        return float((self.network.forward(x).argmax(axis=1) == labels).mean())

    def peak(self):
        return harness.matrix_peak()


class Unrolled:
    def __init__(self, data):
        (self.x, self.labels), self.test = data
        self.rng = np.random.default_rng(1)
        self.restart()

    def restart(self):
        self.w1, self.b1, self.w2, self.b2 = initial_network().parameters().values()

    def epoch(self):
        self.train(self.rng.permutation(NUM_ROWS))

    def curve(self):
        return self.train(np.arange(CURVE_STEPS * BATCH_SIZE))

    def train(self, order):
        w1, b1, w2, b2 = self.w1, self.b1, self.w2, self.b2
        losses = []
        for start in range(0, len(order), BATCH_SIZE):
            batch = order[start : start + BATCH_SIZE]
            x, labels = self.x[batch], self.labels[batch]
            rows = np.arange(len(batch))
            hidden = np.maximum(x @ w1 + b1, 0)
            logits = hidden @ w2 + b2
            exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
            probabilities = exponentials / exponentials.sum(axis=1, keepdims=True)
            losses.append(float(-np.log(probabilities[rows, labels]).mean()))
            grad_logits = probabilities
            grad_logits[rows, labels] -= 1
            grad_logits /= len(batch)
            grad_hidden = grad_logits @ w2.T * (hidden > 0)
            w2 -= LEARNING_RATE * (hidden.T @ grad_logits)
            b2 -= LEARNING_RATE * grad_logits.sum(axis=0)
            w1 -= LEARNING_RATE * (x.T @ grad_hidden)
            b1 -= LEARNING_RATE * grad_hidden.sum(axis=0)
        return losses

    def accuracy(self):
        x, labels = self.test
        logits = np.maximum(x @ self.w1 + self.b1, 0) @ self.w2 + self.b2
        return float((logits.argmax(axis=1) == labels).mean())


class Keras:
    def __init__(self, data):
        import keras

        (self.x, self.labels), self.test = data
        self.models = []
        for setting in CANDIDATES[keras.backend.backend()]:
            model = keras.Sequential([keras.layers.Dense(128, activation="relu"), keras.layers.Dense(10)])
            model.build((None, 784))
            model.compile(
                optimizer=keras.optimizers.SGD(LEARNING_RATE),
                loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
                **setting,
            )
            self.models.append(model)
        self.restart()

    def restart(self):
        for model in self.models:
            model.set_weights(list(initial_network().parameters().values()))

    def epoch(self, number):
        self.models[number].fit(self.x, self.labels, batch_size=BATCH_SIZE, epochs=1, verbose=0)

    def curve(self):
        model, losses = self.models[0], []
        for start in range(0, CURVE_STEPS * BATCH_SIZE, BATCH_SIZE):
            batch = slice(start, start + BATCH_SIZE)
            model.reset_metrics()  # or the loss that comes back is the mean over all batches so far
            losses.append(float(model.train_on_batch(self.x[batch], self.labels[batch])))
        return losses

    def accuracy(self, number):
        x, labels = self.test
        logits = self.models[number].predict(x, batch_size=1000, verbose=0)
        return float((logits.argmax(axis=1) == labels).mean())


class Torch:
    def __init__(self, data):
        import torch

        self.torch = torch
        (x, labels), self.test = data
        self.x, self.labels = torch.from_numpy(x), torch.from_numpy(labels.astype("int64"))
        self.restart()

    def restart(self):
        nn, (w1, b1, w2, b2) = self.torch.nn, initial_network().parameters().values()
        self.model = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
        with self.torch.no_grad():
            for parameter, value in zip(self.model.parameters(), (w1.T, b1, w2.T, b2), strict=True):
                parameter.copy_(self.torch.from_numpy(value))
        self.optimizer = self.torch.optim.SGD(self.model.parameters(), LEARNING_RATE)

    def epoch(self):
        self.train(self.torch.randperm(NUM_ROWS))

    def curve(self):
        return self.train(self.torch.arange(CURVE_STEPS * BATCH_SIZE))

    def train(self, order):
        losses = []
        for batch in order.split(BATCH_SIZE):
            loss = self.torch.nn.functional.cross_entropy(self.model(self.x[batch]), self.labels[batch])
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            losses.append(loss.item())
        return losses

    def accuracy(self):
        x, labels = self.test
        with self.torch.no_grad():
            logits = self.model(self.torch.from_numpy(x)).numpy()
        return float((logits.argmax(axis=1) == labels).mean())


def load_data():
    return [(x.reshape(-1, 784).astype("float32") / 255, labels) for x, labels in load_mnist()]
