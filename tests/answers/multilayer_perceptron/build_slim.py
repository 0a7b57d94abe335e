# %% right: average pooling to 14 by 14 pixels, one hidden layer of 200 units
def build_slim():
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Reshape((28, 28, 1)),
            keras.layers.AveragePooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(200, "relu"),
            keras.layers.Dropout(0.1),
            keras.layers.Dense(10),
        ]
    )

# %% right: model.add line by line, crops two pixels before pooling, two hidden layers
def build_slim():
    from keras.layers import AveragePooling2D, Cropping2D, Dense, Dropout, Flatten, Reshape

    net = keras.Sequential(name="slim")
    net.add(keras.Input(shape=(784,)))
    net.add(Reshape((28, 28, 1)))
    net.add(Cropping2D(2))
    net.add(AveragePooling2D(pool_size=(2, 2)))
    net.add(Flatten())
    net.add(Dense(200, activation="relu"))
    net.add(Dropout(0.15))
    net.add(Dense(90, activation="relu"))
    net.add(Dense(10, activation=None))
    return net

# %% right: crops the empty margin of four pixels, then pools, so that 10 by 10 pixels feed two wide layers
def build_slim():
    layers = [keras.Input((784,)), keras.layers.Reshape((28, 28, 1))]
    layers += [keras.layers.Cropping2D(4), keras.layers.AveragePooling2D(2), keras.layers.Flatten()]
    for width in (200, 130):
        layers += [keras.layers.Dense(width), keras.layers.ReLU(), keras.layers.Dropout(0.1)]
    return keras.Sequential(layers + [keras.layers.Dense(10, name="logits")])

# %% right: keras.layers.Resizing to 14 by 14, GELU, width as default argument
def build_slim(width=220, f="gelu"):
    return keras.Sequential([
        keras.Input((28 * 28,)),
        keras.layers.Reshape((28, 28, 1)),
        keras.layers.Resizing(14, 14),
        keras.layers.Flatten(),
        keras.layers.Dropout(0.05),
        keras.layers.Dense(width, f),
        keras.layers.Dense(10),
    ])

# %% right: crops 2, overlapping average pooling (3 by 3, stride 2), leaky ReLU, He initialiser
def build_slim():
    L = keras.layers
    stack = [
        L.Reshape((28, 28, 1)),
        L.Cropping2D(((2, 2), (3, 3))),
        L.AveragePooling2D(3, strides=2),
        L.Flatten(),
        L.Dense(256, kernel_initializer="he_normal"),
        L.LeakyReLU(0.05),
        L.Dropout(0.2),
        L.Dense(48, activation="relu", kernel_initializer="he_normal"),
        L.Dense(10),
    ]
    net = keras.Sequential(stack)
    net.build((None, 784))
    return net

# %% right: no pooling at all: a small dense layer shared by all 28 rows, then one on the whole
def build_slim():
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Reshape((28, 28)),
            keras.layers.Dense(14, "relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(112, "relu"),
            keras.layers.Dropout(0.15),
            keras.layers.Dense(40, "relu"),
            keras.layers.Dense(10),
        ]
    )

# %% right: a Sequential of Sequentials, the first half shrinks the image and has no weights; swish
def build_slim():
    shrink = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Reshape((28, 28, 1)),
            keras.layers.AveragePooling2D((2, 2), padding="same"),
            keras.layers.Flatten(),
        ],
        name="shrink",
    )
    head = keras.Sequential(
        [
            keras.Input((196,)),
            keras.layers.Dense(192, activation="swish"),
            keras.layers.Dropout(0.15),
            keras.layers.Dense(48, activation="swish"),
            keras.layers.Dense(10),
        ],
        name="head",
    )
    return keras.Sequential([keras.Input((784,)), shrink, head])

# %% right: average pooling in one dimension over pairs of pixels of a row (784 to 392), 110 units and a second layer
def build_slim():
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Reshape((784, 1)),
            keras.layers.AveragePooling1D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(110, "relu"),
            keras.layers.Dropout(0.1),
            keras.layers.Dense(50, "relu"),
            keras.layers.Dense(10),
        ]
    )

# %% right: GaussianNoise and three hidden layers on 14 by 14 pixels, built by a helper; the last layer with an explicit linear activation
def _dense(width):
    return keras.layers.Dense(width, activation=keras.activations.relu)


def build_slim():
    layers = [
        keras.layers.Reshape(target_shape=(28, 28, 1), input_shape=(784,)),
        keras.layers.AveragePooling2D(pool_size=2),
        keras.layers.Flatten(),
        keras.layers.GaussianNoise(0.08),
        *map(_dense, (150, 80, 60)),
        keras.layers.Dense(units=10, activation="linear"),
    ]
    return keras.Sequential(layers)

# %% right: batch normalisation between dense and ReLU, its parameters counted in
def build_slim():
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Reshape((28, 28, 1)),
            keras.layers.AveragePooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(200, use_bias=False),
            keras.layers.BatchNormalization(),
            keras.layers.ReLU(),
            keras.layers.Dropout(0.2),
            keras.layers.Dense(10),
        ]
    )

# %% right: no Input, so the model is only built by the first images that it sees
def build_slim():
    return keras.Sequential([
        keras.layers.Reshape((28, 28, 1)),
        keras.layers.AveragePooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(200, "relu"),
        keras.layers.Dropout(0.1),
        keras.layers.Dense(10),
    ])

# %% wrong: the notebook's network, 256 units on all 784 pixels: 203,530 parameters
# told: has_too_many_parameters
def build_slim():
    return keras.Sequential(
        [keras.Input((784,)), keras.layers.Dense(256, "relu"), keras.layers.Dense(10)]
    )

# %% wrong: slightly too many parameters (50,890), 64 units on all pixels
# told: has_too_many_parameters
def build_slim():
    return keras.Sequential([
        keras.Input((784,)),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10),
    ])

# %% wrong: the biases were not counted: 14 by 14 pixels, 242 units: 49,852 weights, but 50,104 parameters
# told: has_too_many_parameters
def build_slim():
    return keras.Sequential([
        keras.Input((784,)),
        keras.layers.Reshape((28, 28, 1)),
        keras.layers.AveragePooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(242, "relu"),
        keras.layers.Dense(10),
    ])

# %% wrong: within the budget but misses 98 %: all pixels, so only 32 hidden units
# told: only training tells
def build_slim():
    return keras.Sequential(
        [keras.Input((784,)), keras.layers.Dense(32, "relu"), keras.layers.Dense(10)]
    )

# %% wrong: as large as the budget allows on all 784 pixels (60 units, 47,710 parameters), misses 98 %
# told: only training tells
def build_slim():
    return keras.Sequential([
        keras.Input((784,)),
        keras.layers.Dense(60, "relu"),
        keras.layers.Dense(10),
    ])

# %% wrong: divides the pixels by 255 a second time, so it learns too slowly and misses 98 %
# told: only training tells
def build_slim():
    return keras.Sequential([
        keras.Input((784,)),
        keras.layers.Rescaling(1 / 255),
        keras.layers.Reshape((28, 28, 1)),
        keras.layers.AveragePooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(200, "relu"),
        keras.layers.Dense(10),
    ])

# %% wrong: softmax at the end, so probabilities instead of logits
# told: ends_in_softmax
def build_slim():
    return keras.Sequential([
        keras.Input((784,)),
        keras.layers.Reshape((28, 28, 1)),
        keras.layers.AveragePooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(200, "relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])

# %% wrong: softmax as a layer of its own at the end, so probabilities instead of logits
# told: ends_in_softmax
def build_slim():
    net = keras.Sequential([keras.Input((784,)), keras.layers.Reshape((28, 28, 1))])
    net.add(keras.layers.MaxPooling2D())
    net.add(keras.layers.Flatten())
    net.add(keras.layers.Dense(180, "relu"))
    net.add(keras.layers.Dense(10))
    net.add(keras.layers.Softmax())
    return net

# %% wrong: the model is compiled already
# told: only training tells
def build_slim():
    net = keras.Sequential([
        keras.Input((784,)),
        keras.layers.Reshape((28, 28, 1)),
        keras.layers.AveragePooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(200, "relu"),
        keras.layers.Dense(10),
    ])
    net.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    return net

# %% wrong: no activation in the hidden layer, so it is only a linear model
# told: is_a_line
def build_slim():
    return keras.Sequential([
        keras.Input((784,)),
        keras.layers.Reshape((28, 28, 1)),
        keras.layers.AveragePooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(200),
        keras.layers.Dense(10),
    ])

# %% wrong: convolutions instead of dense layers (a network of dense layers was asked for)
# told: is_not_dense
def build_slim():
    return keras.Sequential([
        keras.Input((784,)),
        keras.layers.Reshape((28, 28, 1)),
        keras.layers.Conv2D(8, 3, strides=2, activation="relu"),
        keras.layers.Conv2D(16, 3, strides=2, activation="relu"),
        keras.layers.Flatten(),
        keras.layers.Dense(64, "relu"),
        keras.layers.Dense(10),
    ])

# %% wrong: input of shape (28, 28, 1) instead of (784,)
# told: takes_images
def build_slim():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.AveragePooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(200, "relu"),
        keras.layers.Dense(10),
    ])

# %% wrong: does not return the model (return is missing)
# told: form
def build_slim():
    net = keras.Sequential([
        keras.Input((784,)),
        keras.layers.Reshape((28, 28, 1)),
        keras.layers.AveragePooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(200, "relu"),
        keras.layers.Dense(10),
    ])
    net.summary()

# %% wrong: ReLU on the output layer, so that logits cannot be negative and outputs die
# told: ends_in_an_activation
def build_slim():
    return keras.Sequential([
        keras.Input((784,)),
        keras.layers.Reshape((28, 28, 1)),
        keras.layers.AveragePooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(200, "relu"),
        keras.layers.Dense(10, "relu"),
    ])

# %% wrong: pooled too coarsely (7 by 4 pixels of an image are left), misses 98 %
# told: only training tells
def build_slim():
    return keras.Sequential([
        keras.Input((784,)),
        keras.layers.Reshape((28, 28, 1)),
        keras.layers.AveragePooling2D((4, 7)),
        keras.layers.Flatten(),
        keras.layers.Dense(256, "relu"),
        keras.layers.Dense(128, "relu"),
        keras.layers.Dense(10),
    ])

# %% wrong: crops eight pixels on each side and so cuts off much of the digit, misses 98 %
# told: only training tells
def build_slim():
    return keras.Sequential([
        keras.Input((784,)),
        keras.layers.Reshape((28, 28, 1)),
        keras.layers.Cropping2D(8),
        keras.layers.Flatten(),
        keras.layers.Dense(256, "relu"),
        keras.layers.Dense(10),
    ])

# %% wrong: global average pooling, one number (the mean ink) is all that the dense layers see
# told: only training tells
def build_slim():
    return keras.Sequential([
        keras.Input((784,)),
        keras.layers.Reshape((28, 28, 1)),
        keras.layers.GlobalAveragePooling2D(),
        keras.layers.Dense(256, "relu"),
        keras.layers.Dense(128, "relu"),
        keras.layers.Dense(10),
    ])

# %% wrong: drops 80 % of the pixels and of the hidden units, so it underfits and misses 98 %
# told: only training tells
def build_slim():
    return keras.Sequential([
        keras.Input((784,)),
        keras.layers.Reshape((28, 28, 1)),
        keras.layers.AveragePooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dropout(0.8),
        keras.layers.Dense(200, "relu"),
        keras.layers.Dropout(0.8),
        keras.layers.Dense(10),
    ])

# %% wrong: Flatten is missing, the dense layers act on the pixels of a row and the output is (N, 14, 14, 10)
# told: forgets_to_flatten
def build_slim():
    return keras.Sequential([
        keras.Input((784,)),
        keras.layers.Reshape((28, 28, 1)),
        keras.layers.AveragePooling2D(2),
        keras.layers.Dense(200, "relu"),
        keras.layers.Dense(10),
    ])

# %% wrong: reshaped to (28, 28) without a channel, so that AveragePooling2D raises an error
# told: error
def build_slim():
    return keras.Sequential([
        keras.Input((784,)),
        keras.layers.Reshape((28, 28)),
        keras.layers.AveragePooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(200, "relu"),
        keras.layers.Dense(10),
    ])

# %% wrong: one output (the digit as a number) instead of ten logits
# told: has_not_ten_outputs
def build_slim():
    return keras.Sequential([
        keras.Input((784,)),
        keras.layers.Reshape((28, 28, 1)),
        keras.layers.AveragePooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(200, "relu"),
        keras.layers.Dense(1),
    ])

# %% wrong: a functional keras.Model instead of a keras.Sequential
# told: only training tells
def build_slim():
    inputs = keras.Input((784,))
    x = keras.layers.Reshape((28, 28, 1))(inputs)
    x = keras.layers.AveragePooling2D(2)(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(200, "relu")(x)
    return keras.Model(inputs, keras.layers.Dense(10)(x))

# %% wrong: the first layer is frozen (trainable=False), but its 200,960 parameters count all the same
# told: has_too_many_parameters
def build_slim():
    return keras.Sequential([
        keras.Input((784,)),
        keras.layers.Dense(256, "relu", trainable=False),
        keras.layers.Dense(128, "relu"),
        keras.layers.Dense(10),
    ])

# %% wrong: all weights start at zero, so that hidden units never learn
# told: has_equal_units
def build_slim():
    return keras.Sequential([
        keras.Input((784,)),
        keras.layers.Reshape((28, 28, 1)),
        keras.layers.AveragePooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(200, "relu", kernel_initializer="zeros"),
        keras.layers.Dense(10, kernel_initializer="zeros"),
    ])

# %% wrong: returns the number of parameters beside the model
# told: form
def build_slim():
    net = keras.Sequential([
        keras.Input((784,)),
        keras.layers.Reshape((28, 28, 1)),
        keras.layers.AveragePooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(200, "relu"),
        keras.layers.Dense(10),
    ])
    return net, net.count_params()

# %% wrong: the model itself instead of a function that builds it
# told: form
build_slim = keras.Sequential([
    keras.Input((784,)),
    keras.layers.Reshape((28, 28, 1)),
    keras.layers.AveragePooling2D(2),
    keras.layers.Flatten(),
    keras.layers.Dense(200, "relu"),
    keras.layers.Dense(10),
])

# %% wrong: two mistakes, softmax at the end and too many parameters (101,770)
# told: ends_in_softmax
def build_slim():
    return keras.Sequential([
        keras.Input((784,)),
        keras.layers.Dense(128, "relu"),
        keras.layers.Dense(10, "softmax"),
    ])

# %% wrong: two mistakes, the model is compiled already, and it has too many parameters (203,530)
# told: has_too_many_parameters
def build_slim():
    net = keras.Sequential([keras.Input((784,)), keras.layers.Dense(256, "relu"), keras.layers.Dense(10)])
    net.compile(keras.optimizers.Adam(0.005), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return net

# %% wrong: two mistakes, input of shape (28, 28) instead of (784,), and softmax at the end
# told: takes_images
def build_slim():
    return keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(60, "relu"),
        keras.layers.Dense(10, "softmax"),
    ])

# %% wrong: two mistakes, no activation in the hidden layer and too many parameters (79,510)
# told: has_too_many_parameters
def build_slim():
    return keras.Sequential([keras.Input((784,)), keras.layers.Dense(100), keras.layers.Dense(10)])
