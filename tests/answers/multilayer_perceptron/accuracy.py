# %% right: argmax and ravel
def accuracy(labels, logits):
    return float(np.mean(np.argmax(logits, axis=1) == np.ravel(labels)))

# %% right: loop and count
def accuracy(labels, logits):
    right = 0
    for label, row in zip(labels.reshape(-1), logits):
        if row.argmax() == label:
            right += 1
    return right / len(logits)

# %% right: lambda with axis=-1
accuracy = lambda labels, logits: (logits.argmax(axis=-1) == labels.reshape(len(logits))).mean()

# %% right: sklearn's accuracy_score
from sklearn.metrics import accuracy_score
def accuracy(labels, logits):
    return accuracy_score(np.asarray(labels).flatten(), np.asarray(logits).argmax(axis=1))

# %% right: squeezes the second axis only if there is one
def accuracy(labels, logits):
    if labels.ndim == 2:
        labels = labels[:, 0]
    predicted = np.argmax(logits, axis=1)
    return np.sum(predicted == labels) / labels.size

# %% right: keras.ops
import keras
def accuracy(labels, logits):
    labels = keras.ops.reshape(keras.ops.cast(labels, "int64"), (-1,))
    predicted = keras.ops.cast(keras.ops.argmax(logits, axis=-1), "int64")
    return float(keras.ops.mean(keras.ops.cast(predicted == labels, "float32")))

# %% right: the metric of Keras
import keras
def accuracy(labels, logits):
    metric = keras.metrics.SparseCategoricalAccuracy()
    metric.update_state(np.reshape(labels, (-1,)), logits)
    return float(metric.result())

# %% right: TensorFlow, returns a NumPy number
import tensorflow as tf
def accuracy(labels, logits):
    predicted = tf.argmax(logits, axis=1)
    truth = tf.cast(tf.reshape(labels, [-1]), tf.int64)
    return tf.reduce_mean(tf.cast(predicted == truth, tf.float64)).numpy()

# %% right: compares columns, (N, 1) with (N, 1)
def accuracy(labels, logits):
    column = np.asarray(labels).reshape(-1, 1)
    return np.mean(np.argmax(logits, axis=1, keepdims=True) == column)

# %% right: logit of the truth against the largest of the row (take_along_axis)
def accuracy(labels, logits):
    index = np.asarray(labels).reshape(-1, 1).astype(int)
    of_truth = np.take_along_axis(np.asarray(logits), index, axis=1)
    return float((of_truth[:, 0] >= np.max(logits, axis=1)).mean())

# %% right: plain lists, max with key
def accuracy(labels, logits):
    truth = np.ravel(labels).tolist()
    hits = [max(range(len(row)), key=row.__getitem__) == t for row, t in zip(np.asarray(logits).tolist(), truth)]
    return sum(hits) / len(hits)

# %% right: one-hot truth times one-hot prediction, einsum
def accuracy(labels, logits):
    identity = np.eye(logits.shape[1])
    truth = identity[np.asarray(labels).astype(int).ravel()]
    predicted = identity[logits.argmax(1)]
    return float(np.einsum("nk,nk->", truth, predicted) / len(logits))

# %% right: one minus the share of mistakes
def accuracy(labels, logits):
    mistakes = np.count_nonzero(np.argmax(logits, 1) - np.ravel(labels).astype(int))
    return 1 - mistakes / np.shape(logits)[0]

# %% right: softmax first, which changes no order
def accuracy(labels, logits):
    e = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    probabilities = e / e.sum(axis=1, keepdims=True)
    return np.mean(probabilities.argmax(axis=1) == np.array(labels).flat[:])

# %% right: argsort, last column
def accuracy(labels, logits):
    best = np.argsort(logits, axis=1)[:, -1]
    return np.equal(best, np.concatenate([np.atleast_1d(x) for x in labels])).mean()

# %% right: trace of the confusion matrix
def accuracy(labels, logits):
    k = logits.shape[1]
    confusion = np.zeros((k, k))
    np.add.at(confusion, (np.ravel(labels).astype(int), logits.argmax(axis=1)), 1)
    return np.trace(confusion) / confusion.sum()

# %% right: callable object, exact fraction turned into a float
from fractions import Fraction
class Accuracy:
    def __call__(self, labels, logits):
        pairs = list(zip(np.ravel(labels), np.argmax(logits, axis=1), strict=True))
        return float(Fraction(sum(int(a == b) for a, b in pairs), len(pairs)))


accuracy = Accuracy()

# %% right: pandas
import pandas as pd
def accuracy(labels, logits):
    predicted = pd.DataFrame(np.asarray(logits)).idxmax(axis=1)
    return float(predicted.eq(pd.Series(np.ravel(labels))).mean())

# %% wrong: labels (N, 1) not flattened: comparison with (N,) broadcasts to (N, N)
# told: broadcasts
def accuracy(labels, logits):
    return float(np.mean(np.argmax(logits, axis=1) == labels))

# %% wrong: argmax over axis 0, the images, instead of the digits
# told: nothing
def accuracy(labels, logits):
    labels = np.ravel(labels)
    predicted = np.argmax(logits, axis=0)
    n = min(len(predicted), len(labels))
    return float(np.mean(predicted[:n] == labels[:n]))

# %% wrong: argmax without axis: one number for the whole table
# told: forgets_the_axis
def accuracy(labels, logits):
    labels = np.ravel(labels)
    return float(np.mean(np.argmax(logits) == labels))

# %% wrong: argmin instead of argmax
# told: takes_the_smallest
def accuracy(labels, logits):
    labels = np.ravel(labels)
    return float(np.mean(np.argmin(logits, axis=1) == labels))

# %% wrong: max instead of argmax: compares the logit itself with the label
# told: takes_the_largest_logit
def accuracy(labels, logits):
    labels = np.ravel(labels)
    return float(np.mean(np.max(logits, axis=1) == labels))

# %% wrong: number of right answers instead of their share
# told: counts
def accuracy(labels, logits):
    labels = np.ravel(labels)
    return float(np.sum(np.argmax(logits, axis=1) == labels))

# %% wrong: per cent instead of a share
# told: per_cent
def accuracy(labels, logits):
    labels = np.ravel(labels)
    return float(100 * np.mean(np.argmax(logits, axis=1) == labels))

# %% wrong: share of wrong answers instead of right ones
# told: error_rate
def accuracy(labels, logits):
    labels = np.ravel(labels)
    return float(np.mean(np.argmax(logits, axis=1) != labels))

# %% wrong: integer division, 0 unless all are right
# told: all_or_nothing
def accuracy(labels, logits):
    labels = np.ravel(labels)
    right = np.sum(np.argmax(logits, axis=1) == labels)
    return float(right // len(labels))

# %% wrong: divides by the number of classes K instead of N
# told: nothing
def accuracy(labels, logits):
    labels = np.ravel(labels)
    return float(np.sum(np.argmax(logits, axis=1) == labels) / logits.shape[1])

# %% wrong: divides by N times K (logits.size)
# told: relation
def accuracy(labels, logits):
    labels = np.ravel(labels)
    return float(np.sum(np.argmax(logits, axis=1) == labels) / logits.size)

# %% wrong: returns the right and wrong ones as a list of truth values, not their share
# told: right_or_not
def accuracy(labels, logits):
    labels = np.ravel(labels)
    return np.argmax(logits, axis=1) == labels

# %% wrong: prints the share instead of returning it
# told: form
def accuracy(labels, logits):
    labels = np.ravel(labels)
    print(np.mean(np.argmax(logits, axis=1) == labels))

# %% wrong: rounds logits to whole numbers before the comparison, so near ties go to the first class
# told: changes_argument
def accuracy(labels, logits):
    labels = np.ravel(labels)
    return float(np.mean(np.argmax(np.round(logits), axis=1) == labels))

# %% wrong: rounds the share to one decimal
# told: relation
def accuracy(labels, logits):
    labels = np.ravel(labels)
    return round(float(np.mean(np.argmax(logits, axis=1) == labels)), 1)

# %% wrong: counts classes from 1: argmax + 1
# told: counts_from_one
def accuracy(labels, logits):
    labels = np.ravel(labels)
    return float(np.mean(np.argmax(logits, axis=1) + 1 == labels))

# %% wrong: threshold: a logit of the truth above 0 counts as right, the others are not looked at
# told: asks_for_a_positive_logit
def accuracy(labels, logits):
    labels = np.ravel(labels)
    return float(np.mean(logits[np.arange(len(labels)), labels] > 0))

# %% wrong: threshold of 0.5 on the probability of the truth instead of being the largest
# told: asks_for_half
def accuracy(labels, logits):
    labels = np.ravel(labels)
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return float(np.mean(p[np.arange(len(labels)), labels] > 0.5))

# %% wrong: mean probability of the right digit instead of the share of right answers
# told: mean_probability
def accuracy(labels, logits):
    labels = np.ravel(labels)
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return float(p[np.arange(len(labels)), labels].mean())

# %% wrong: cross-entropy instead of accuracy
# told: nothing
def accuracy(labels, logits):
    labels = np.ravel(labels)
    z = logits - logits.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return float(-logp[np.arange(len(labels)), labels].mean())

# %% wrong: 1 only if all are right, else 0 (np.all instead of np.mean)
# told: all_or_nothing
def accuracy(labels, logits):
    labels = np.ravel(labels)
    return float(np.all(np.argmax(logits, axis=1) == labels))

# %% wrong: 1 as soon as one is right (np.any instead of np.mean)
# told: relation
def accuracy(labels, logits):
    labels = np.ravel(labels)
    return float(np.any(np.argmax(logits, axis=1) == labels))

# %% wrong: labels[0] only: squeezes along the wrong axis, compares all with the first label
# told: compares_with_the_first_label
def accuracy(labels, logits):
    first = np.ravel(labels)[0]
    return float(np.mean(np.argmax(logits, axis=1) == first))

# %% wrong: labels[:, 0] always, raises for labels of shape (N,)
# told: error
def accuracy(labels, logits):
    return float(np.mean(np.argmax(logits, axis=1) == labels[:, 0]))

# %% wrong: labels taken as one-hot (argmax over axis 1), raises for (N,) and gives 0 for each label of (N, 1)
# told: error
def accuracy(labels, logits):
    return float(np.mean(np.argmax(logits, axis=1) == np.argmax(labels, axis=1)))

# %% wrong: largest absolute value instead of largest logit
# told: changes_argument
def accuracy(labels, logits):
    labels = np.ravel(labels)
    return float(np.mean(np.argmax(np.abs(logits), axis=1) == labels))

# %% wrong: top 2: right if the digit is among the two largest logits
# told: accepts_the_second_place
def accuracy(labels, logits):
    labels = np.ravel(labels)
    best = np.argsort(logits, axis=1)[:, -2:]
    return float(np.mean((best == labels[:, None]).any(axis=1)))

# %% wrong: second largest logit (argsort [:, -2]), off by one
# told: nothing
def accuracy(labels, logits):
    labels = np.ravel(labels)
    return float(np.mean(np.argsort(logits, axis=1)[:, -2] == labels))

# %% wrong: returns inside the loop after the first image
# told: counts_the_first_image_only
def accuracy(labels, logits):
    for label, row in zip(np.ravel(labels), logits):
        return float(row.argmax() == label)

# %% wrong: loop leaves out the last image (range(N - 1)), divides by N
# told: leaves_out_the_last_image
def accuracy(labels, logits):
    labels = np.ravel(labels)
    right = 0
    for i in range(len(labels) - 1):
        right += int(logits[i].argmax() == labels[i])
    return right / len(labels)

# %% wrong: loop starts at 1 and leaves out the first image, divides by N
# told: leaves_out_the_first_image
def accuracy(labels, logits):
    labels = np.ravel(labels)
    right = 0
    for i in range(1, len(labels)):
        right += int(logits[i].argmax() == labels[i])
    return right / len(labels)

# %% wrong: mean of the accuracies of the classes (balanced accuracy) instead of the share of all images
# told: nothing
def accuracy(labels, logits):
    labels = np.ravel(labels)
    predicted = np.argmax(logits, axis=1)
    return float(np.mean([np.mean(predicted[labels == k] == k) for k in np.unique(labels)]))

# %% wrong: mean of the residuals: 1 minus the mean absolute distance of digit and prediction
# told: nothing
def accuracy(labels, logits):
    labels = np.ravel(labels)
    return float(1 - np.mean(np.abs(np.argmax(logits, axis=1) - labels)))

# %% wrong: two mistakes: labels (N, 1) not flattened, and per cent
# told: broadcasts+per_cent
def accuracy(labels, logits):
    return float(100 * np.mean(np.argmax(logits, axis=1) == labels))

# %% wrong: two mistakes: labels (N, 1) not flattened, and the share of wrong answers
# told: broadcasts+error_rate
def accuracy(labels, logits):
    return float(np.mean(np.argmax(logits, axis=1) != labels))

# %% wrong: two mistakes: argmin, and the number instead of the share
# told: counts+takes_the_smallest
def accuracy(labels, logits):
    labels = np.ravel(labels)
    return float(np.sum(np.argmin(logits, axis=1) == labels))

# %% wrong: two mistakes: argmax + 1, and labels (N, 1) not flattened
# told: broadcasts+counts_from_one
def accuracy(labels, logits):
    return float(np.mean(np.argmax(logits, axis=1) + 1 == labels))

# %% wrong: two mistakes: sum over an (N, N) comparison of unflattened labels, divided by N, so above 1
# told: nothing
def accuracy(labels, logits):
    return float(np.sum(np.argmax(logits, axis=1) == labels) / len(labels))

# %% wrong: 10 classes hard-coded: only the first ten columns are looked at and labels above 9 are never right
# told: expects_ten_classes
def accuracy(labels, logits):
    labels = np.ravel(labels)
    return float(np.mean(np.argmax(logits[:, :10], axis=1) == labels))

# %% wrong: three classes hard-coded as in the example: logits[:, :3]
# told: nothing
def accuracy(labels, logits):
    labels = np.ravel(labels)
    return float(np.mean(np.argmax(logits[:, :3], axis=1) == labels))

# %% wrong: always 0.5, the example's result
# told: relation
def accuracy(labels, logits):
    return 0.5

# %% wrong: labels and logits in the wrong order (argmax of the labels), raises or gives nonsense
# told: nothing
def accuracy(labels, logits):
    return float(np.mean(np.argmax(np.atleast_2d(labels), axis=1) == logits))

# %% wrong: int() around the share: 0 unless all are right
# told: all_or_nothing
def accuracy(labels, logits):
    labels = np.ravel(labels)
    return int(np.mean(np.argmax(logits, axis=1) == labels))

# %% wrong: `is` instead of ==, never true for NumPy numbers
# told: relation
def accuracy(labels, logits):
    right = sum(row.argmax() is label for label, row in zip(np.ravel(labels), logits))
    return right / len(logits)

# %% wrong: keeps counting over calls: right answers of earlier calls are mixed in
# told: keeps_something
_right, _seen = 0, 0
def accuracy(labels, logits):
    global _right, _seen
    _right += int(np.sum(np.argmax(logits, axis=1) == np.ravel(labels)))
    _seen += len(logits)
    return _right / _seen

# %% wrong: right result, but overwrites its input: labels are given the shape (N,) in place (labels.shape = ...)
# told: overwrites
def accuracy(labels, logits):
    labels.shape = (len(logits),)
    return float(np.mean(np.argmax(logits, axis=1) == labels))

# %% wrong: right result, but overwrites its input: the largest logits are set to infinity in place
# told: overwrites
def accuracy(labels, logits):
    logits[np.arange(len(logits)), logits.argmax(axis=1)] = 1e9
    return float(np.mean(logits.argmax(axis=1) == np.ravel(labels)))

# %% wrong: returns the share in a list instead of a float
# told: relation
def accuracy(labels, logits):
    labels = np.ravel(labels)
    return [float(np.mean(np.argmax(logits, axis=1) == labels))]

# %% wrong: (N, 1) told by the last axis being 1
# told: error
def accuracy(labels, logits):
    if labels.shape[-1] == 1:
        labels = labels[:, 0]
    return np.mean(np.argmax(logits, axis=1) == labels)

# %% wrong: squeeze of logits too (breaks for one image)
# told: error
def accuracy(labels, logits):
    return float(np.mean(np.argmax(np.squeeze(logits), axis=1) == np.squeeze(labels)))

