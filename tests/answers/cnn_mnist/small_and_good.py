# %% right: the notebook's network with fewer kernels and a second max pooling
def build_small():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(8, 5, strides=2, padding="same", activation="relu"),
            keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(32, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(10),
        ]
    )

# %% right: model.add, layer by layer, small valid convolutions at full resolution with pooling
def build_small():
    from keras.layers import Conv2D, Dense, Flatten, MaxPooling2D

    net = keras.Sequential(name="tiny")
    net.add(keras.Input(shape=(28, 28, 1)))
    net.add(Conv2D(8, (3, 3), activation="relu"))
    net.add(MaxPooling2D((2, 2)))
    net.add(Conv2D(16, (3, 3), activation="relu"))
    net.add(MaxPooling2D((2, 2)))
    net.add(Conv2D(32, (3, 3), activation="relu"))
    net.add(Flatten())
    net.add(Dense(10))
    return net

# %% right: strides instead of pooling, built in a loop over a table, number of channels as default argument
def build_small(channels=(8, 16, 20, 16)):
    layers = [keras.Input((28, 28, 1))]
    for width, size, strides in zip(channels, (5, 3, 3, 3), (2, 1, 2, 2)):
        layers.append(keras.layers.Conv2D(width, size, strides=strides, padding="same", activation="relu"))
    layers += [keras.layers.Flatten(), keras.layers.Dense(10)]
    return keras.Sequential(layers)

# %% right: batch normalisation and ReLU as layers of their own, convolutions without bias
def build_small():
    L = keras.layers

    def block(width, size, strides=1):
        return [
            L.Conv2D(width, size, strides=strides, padding="same", use_bias=False),
            L.BatchNormalization(momentum=0.9),
            L.ReLU(),
        ]

    return keras.Sequential(
        [keras.Input((28, 28, 1)), *block(8, 5, 2), *block(16, 3), L.MaxPooling2D(2), *block(24, 3)]
        + [L.MaxPooling2D(2), L.Flatten(), L.Dense(10)]
    )

# %% right: depthwise separable convolutions
def build_small():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(12, 3, padding="same", activation="relu"),
        keras.layers.MaxPool2D(),
        keras.layers.SeparableConv2D(28, 3, padding="same", activation="relu"),
        keras.layers.MaxPool2D(),
        keras.layers.SeparableConv2D(56, 3, padding="same", activation="relu"),
        keras.layers.MaxPool2D(),
        keras.layers.Flatten(),
        keras.layers.Dense(10),
    ])

# %% right: a 1 x 1 convolution squeezes the channels before Flatten
def build_small():
    conv, pool = keras.layers.Conv2D, keras.layers.MaxPooling2D
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            conv(8, 5, strides=2, padding="same", activation="relu"),
            conv(16, 3, padding="same", activation="relu"),
            pool(2),
            conv(26, 3, padding="same", activation="relu"),
            conv(8, 1, activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(10),
        ]
    )

# %% right: fully convolutional, the last layer is a 3 x 3 convolution with ten channels and then Flatten, no dense layer
def build_small():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(10, 5, strides=2, padding="same", activation="relu"),
            keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(28, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(10, 3, activation=None),
            keras.layers.Flatten(),
        ]
    )

# %% right: a lambda, input_shape on the first layer instead of keras.Input, activation as separate layers of gelu, some dropout
build_small = lambda: keras.models.Sequential([
    keras.layers.Conv2D(8, 5, strides=2, padding="same", input_shape=(28, 28, 1)),
    keras.layers.Activation("gelu"),
    keras.layers.Conv2D(18, 3, padding="same"),
    keras.layers.Activation("gelu"),
    keras.layers.MaxPooling2D(2),
    keras.layers.Conv2D(32, 3, padding="same"),
    keras.layers.Activation("gelu"),
    keras.layers.MaxPooling2D(2),
    keras.layers.Flatten(),
    keras.layers.Dropout(0.1),
    keras.layers.Dense(10, activation="linear"),
])

# %% right: a callable object that builds the network, He initialisation and leaky ReLU
class Builder:
    def __init__(self, *widths):
        self.widths = widths

    def __call__(self):
        network = keras.Sequential([keras.layers.InputLayer(shape=(28, 28, 1))])
        for number, width in enumerate(self.widths):
            network.add(
                keras.layers.Conv2D(
                    width, 3, padding="same", activation="leaky_relu", kernel_initializer="he_normal"
                )
            )
            network.add(keras.layers.MaxPooling2D(2))
        network.add(keras.layers.Flatten())
        network.add(keras.layers.Dense(10))
        return network


build_small = Builder(8, 16, 32)

# %% wrong: the notebook's network unchanged, far more than 10,000 parameters (42,458)
# told: has_too_many_parameters
def build_small():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(16, 5, strides=2, padding="same", activation="relu", name="conv1"),
            keras.layers.Conv2D(32, 3, padding="same", activation="relu", name="conv2"),
            keras.layers.MaxPooling2D(2, name="pool"),
            keras.layers.Conv2D(48, 3, padding="same", activation="relu", name="conv3"),
            keras.layers.Flatten(name="flatten"),
            keras.layers.Dropout(0.3, name="dropout"),
            keras.layers.Dense(10, name="logits"),
        ]
    )

# %% wrong: 12,181 parameters, too many: no second pooling, so Flatten still hands 7 x 7 maps to the dense layer
# told: has_too_many_parameters
def build_small():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(8, 5, strides=2, padding="same", activation="relu"),
            keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(17, 3, padding="same", activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(10),
        ]
    )

# %% wrong: 10,081 parameters, just over the 10,000 that are allowed
# told: has_too_many_parameters
def build_small():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(8, 5, strides=2, padding="same", activation="relu"),
            keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(37, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(10),
        ]
    )

# %% wrong: ends in softmax, so probabilities instead of logits
# told: ends_in_softmax
def build_small():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(8, 5, strides=2, padding="same", activation="relu"),
            keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(32, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )

# %% wrong: no convolution at all: a dense network with 12 hidden units, too inaccurate
# told: only training tells
def build_small():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Flatten(),
            keras.layers.Dense(12, activation="relu"),
            keras.layers.Dense(10),
        ]
    )

# %% wrong: a single dense layer on the pixels (softmax regression), too inaccurate
# told: is_linear
def build_small():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Flatten(),
            keras.layers.Dense(10),
        ]
    )

# %% wrong: ReLU on the last layer, so no logit can be negative
# told: ends_in_an_activation
def build_small():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(8, 5, strides=2, padding="same", activation="relu"),
            keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(32, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="relu"),
        ]
    )

# %% wrong: convolutions without activation function, so the network is nearly linear and not accurate enough
# told: is_linear
def build_small():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(8, 5, strides=2, padding="same"),
            keras.layers.Conv2D(16, 3, padding="same"),
            keras.layers.AveragePooling2D(2),
            keras.layers.Conv2D(32, 3, padding="same"),
            keras.layers.AveragePooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(10),
        ]
    )

# %% wrong: far too small: two kernels in each convolution, 280 parameters, not accurate enough
# told: only training tells
def build_small():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(2, 5, strides=2, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(2, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(10),
        ]
    )

# %% wrong: one convolution and then global average pooling: only 170 parameters, not accurate enough
# told: only training tells
def build_small():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(8, 3, padding="same", activation="relu"),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(10),
        ]
    )

# %% wrong: pools away nearly everything (7 x 7 pooling) right at the start, not accurate enough
# told: only training tells
def build_small():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.MaxPooling2D(7),
            keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
            keras.layers.Conv2D(32, 3, padding="same", activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(10),
        ]
    )

# %% wrong: dropout of 90 % before the last layer in a network this small, not accurate enough
# told: only training tells
def build_small():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(8, 5, strides=2, padding="same", activation="relu"),
            keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dropout(0.9),
            keras.layers.Dense(10),
        ]
    )

# %% wrong: returns the list of layers instead of a Sequential model
# told: form
def build_small():
    return [
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(8, 5, strides=2, padding="same", activation="relu"),
        keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(32, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(10),
    ]

# %% wrong: builds the network but forgets to return it (returns None)
# told: form
def build_small():
    net = keras.Sequential()
    net.add(keras.Input((28, 28, 1)))
    net.add(keras.layers.Conv2D(8, 5, strides=2, padding="same", activation="relu"))
    net.add(keras.layers.Conv2D(16, 3, padding="same", activation="relu"))
    net.add(keras.layers.MaxPooling2D(2))
    net.add(keras.layers.Conv2D(32, 3, padding="same", activation="relu"))
    net.add(keras.layers.MaxPooling2D(2))
    net.add(keras.layers.Flatten())
    net.add(keras.layers.Dense(10))
    print(net.count_params(), "parameters")

# %% wrong: returns a tuple of the model and its number of parameters
# told: form
def build_small():
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(8, 5, strides=2, padding="same", activation="relu"),
            keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(32, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(10),
        ]
    )
    return model, model.count_params()

# %% wrong: takes rows of 784 pixels instead of images of shape (28, 28, 1)
# told: takes_another_shape
def build_small():
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Reshape((28, 28, 1)),
            keras.layers.Conv2D(8, 5, strides=2, padding="same", activation="relu"),
            keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(32, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(10),
        ]
    )

# %% wrong: expects colour images, input shape (28, 28, 3) instead of (28, 28, 1)
# told: takes_another_shape
def build_small():
    return keras.Sequential(
        [
            keras.Input((28, 28, 3)),
            keras.layers.Conv2D(8, 5, strides=2, padding="same", activation="relu"),
            keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(28, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(10),
        ]
    )

# %% wrong: a single output instead of ten logits
# told: has_not_ten_outputs
def build_small():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(8, 5, strides=2, padding="same", activation="relu"),
            keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(32, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(1),
        ]
    )

# %% wrong: eleven outputs instead of ten
# told: has_not_ten_outputs
def build_small():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(8, 5, strides=2, padding="same", activation="relu"),
            keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(28, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(11),
        ]
    )

# %% wrong: Flatten is missing, so the dense layer works at each place and the output has shape (3, 3, 10)
# told: keeps_the_places
def build_small():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(8, 5, strides=2, padding="same", activation="relu"),
            keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(32, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Dense(10),
        ]
    )

# %% wrong: all weights start at zero, so nothing is learned
# told: only training tells
def build_small():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(8, 5, strides=2, padding="same", activation="relu", kernel_initializer="zeros"),
            keras.layers.Conv2D(16, 3, padding="same", activation="relu", kernel_initializer="zeros"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(32, 3, padding="same", activation="relu", kernel_initializer="zeros"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(10, kernel_initializer="zeros"),
        ]
    )

# %% wrong: raises: Flatten stands before the convolutions
# told: error
def build_small():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Flatten(),
            keras.layers.Conv2D(8, 5, strides=2, padding="same", activation="relu"),
            keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Dense(10),
        ]
    )

# %% wrong: the function needs an argument, num_classes, that has no default
# told: error
def build_small(num_classes):
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(8, 5, strides=2, padding="same", activation="relu"),
            keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(32, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(num_classes),
        ]
    )

# %% wrong: freezes the convolutions and counts only the trainable parameters: the total of 23,258 is over 10,000
# told: has_too_many_parameters
def build_small():
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(16, 5, strides=2, padding="same", activation="relu", trainable=False),
            keras.layers.Conv2D(32, 3, padding="same", activation="relu", trainable=False),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(48, 3, padding="same", activation="relu", trainable=False),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(10),
        ]
    )
    return model

# %% wrong: two mistakes: over 10,000 parameters (17,194), and softmax at the end instead of logits
# told: has_too_many_parameters
def build_small():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(16, 5, strides=2, padding="same", activation="relu"),
            keras.layers.Conv2D(32, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(32, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )

# %% wrong: two mistakes: dense layers only (too inaccurate), and softmax at the end instead of logits
# told: ends_in_softmax
def build_small():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Flatten(),
            keras.layers.Dense(12, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )

# %% wrong: two mistakes: a dense network with 32 hidden units has over 10,000 parameters, and still is not accurate enough
# told: has_too_many_parameters
def build_small():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Flatten(),
            keras.layers.Dense(32, activation="relu"),
            keras.layers.Dense(10),
        ]
    )

# %% wrong: two mistakes: the last layer has one output and a sigmoid, as for yes or no
# told: has_not_ten_outputs
def build_small():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(8, 5, strides=2, padding="same", activation="relu"),
            keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(32, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )

# %% wrong: two mistakes: sigmoid in the hidden layers, with very few kernels and large pooling; it learns too slowly for three epochs
# told: only training tells
def build_small():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(4, 5, strides=2, padding="same", activation="sigmoid"),
            keras.layers.MaxPooling2D(4),
            keras.layers.Conv2D(6, 3, padding="same", activation="sigmoid"),
            keras.layers.Flatten(),
            keras.layers.Dense(10),
        ]
    )
