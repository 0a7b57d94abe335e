"""The rules by which a gradient becomes a step, as notebook 06 builds them step by step.

Each is a class whose ``step(gradient)`` takes the gradient of some parameters, a number or an array of any
shape, and returns the change of these parameters. What it must remember is kept in the instance,
so every array of parameters needs an instance of its own. They agree with Keras's to six digits.

    optimisers = {name: Adam(0.001) for name in network.parameters()}
    for name, parameter in network.parameters().items():
        parameter += optimisers[name].step(network.gradients()[name])
"""

from dataclasses import dataclass

import numpy as np


@dataclass
class Descent:
    """Plain gradient descent: the change is ``-learning_rate * gradient``."""

    learning_rate: float

    def step(self, gradient):
        """From the gradient to the change of the parameters."""
        return -self.learning_rate * gradient


@dataclass
class Momentum:
    """A velocity, of which the share ``beta`` survives each step.

    Source:
        B. T. Polyak, "Some methods of speeding up the convergence of iteration methods" (1964).
    """

    learning_rate: float
    beta: float = 0.9
    velocity: float = 0.0

    def step(self, gradient):
        """From the gradient to the change of the parameters."""
        self.velocity = self.beta * self.velocity - self.learning_rate * gradient
        return self.velocity


class Nesterov(Momentum):
    """Momentum whose gradient is that of the place to which the velocity leads: the parameters are there.

    Source:
        Y. Nesterov, "A method for solving the convex programming problem with convergence rate O(1/k²)"
        (1983).
    """

    def step(self, gradient):
        """From the gradient to the change of the parameters."""
        velocity = super().step(gradient)
        return self.beta * velocity - self.learning_rate * gradient


@dataclass
class AdaGrad:
    """Divides by the root of the sum of all squared gradients, which starts at 0.1 as in Keras.

    Source:
        J. Duchi, E. Hazan and Y. Singer, "Adaptive Subgradient Methods for Online Learning and Stochastic
        Optimization" (2011).
    """

    learning_rate: float
    squares: float = 0.1

    def step(self, gradient):
        """From the gradient to the change of the parameters."""
        self.squares = self.squares + gradient**2
        return -self.learning_rate * gradient / np.sqrt(self.squares + 1e-7)


@dataclass
class RMSProp:
    """Divides by the root of a running mean of the squared gradients.

    Source:
        T. Tieleman and G. Hinton, "Lecture 6.5: RMSProp", Coursera (2012).
    """

    learning_rate: float
    rho: float = 0.9
    squares: float = 0.0

    def step(self, gradient):
        """From the gradient to the change of the parameters."""
        self.squares = self.rho * self.squares + (1 - self.rho) * gradient**2
        return -self.learning_rate * gradient / np.sqrt(self.squares + 1e-7)


@dataclass
class Adam:
    """A running mean of the gradients over the root of one of their squares, both corrected for their start.

    Source:
        D. P. Kingma and J. Ba, "Adam: A Method for Stochastic Optimization" (2015).
    """

    learning_rate: float
    beta_1: float = 0.9
    beta_2: float = 0.999
    mean: float = 0.0
    squares: float = 0.0
    t: int = 0

    def step(self, gradient):
        """From the gradient to the change of the parameters."""
        self.t += 1
        self.mean = self.beta_1 * self.mean + (1 - self.beta_1) * gradient
        self.squares = self.beta_2 * self.squares + (1 - self.beta_2) * gradient**2
        mean = self.mean / (1 - self.beta_1**self.t)
        squares = self.squares / (1 - self.beta_2**self.t)
        return -self.learning_rate * mean / (np.sqrt(squares) + 1e-7)


@dataclass
class Muon:
    """For a matrix of weights: momentum, with all its singular values brought near 1.

    A step is scaled to about the size of Adam's, as Keras does, so that both may have the same rate.

    Source:
        K. Jordan and others, "Muon: An optimizer for hidden layers in neural networks" (2024); the scale is
        that of J. Liu and others, "Muon is Scalable for LLM Training" (2025), arXiv:2502.16982.
    """

    learning_rate: float
    beta: float = 0.95
    velocity: float = 0.0

    def step(self, gradient):
        """From the gradient, a matrix, to the change of the weights."""
        self.velocity = self.beta * self.velocity + gradient
        ahead = gradient + self.beta * self.velocity
        size = 0.2 * float(np.sqrt(max(gradient.shape)))
        return -self.learning_rate * size * orthogonalise(ahead)


def orthogonalise(matrix, num_iterations=5):
    """Bring the singular values of a matrix near 1 and keep its directions, by products alone."""
    if matrix.shape[0] > matrix.shape[1]:
        return orthogonalise(matrix.T, num_iterations).T
    x = matrix / (np.linalg.norm(matrix) + 1e-7)
    for _ in range(num_iterations):
        gram = x @ x.T
        x = 3.4445 * x + (-4.7750 * gram + 2.0315 * gram @ gram) @ x
    return x
