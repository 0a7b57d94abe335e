# %% right: box blur, corners of the diagonal kernel
blur = np.ones((3, 3)) / 9
diagonal = np.array([[-1, 0, 1], [0, 0, 0], [1, 0, -1]])

# %% right: binomial blur, stroke kernel with 2 on the stroke and -1 elsewhere
blur = np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]]) / 16
diagonal = np.array([[-1, -1, 2], [-1, 2, -1], [2, -1, -1]])

# %% right: plain lists of floats
blur = [[0.1, 0.1, 0.1], [0.1, 0.2, 0.1], [0.1, 0.1, 0.1]]
diagonal = [[-1.0, 0.0, 1.0], [0.0, 0.0, 0.0], [1.0, 0.0, -1.0]]

# %% right: tuples of tuples, the blur as expressions 1 / 9
blur = ((1 / 9, 1 / 9, 1 / 9),) * 3
diagonal = ((-1, -1, 2), (-1, 2, -1), (2, -1, -1))

# %% right: outer products
t = np.array([1, 2, 1]) / 4
blur = np.outer(t, t)
d = np.array([-1, 0, 1])
diagonal = -np.outer(d, d)

# %% right: a plus-shaped blur, the difference of two strokes
blur = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]]) / 5
diagonal = np.eye(3)[::-1] - np.eye(3)

# %% right: np.full and the stroke with its mean taken off
blur = np.full((3, 3), 1 / 9)
stroke = np.fliplr(np.eye(3))
diagonal = stroke - stroke.mean()

# %% right: a Gaussian from the formula, divided by its sum
y, x = np.mgrid[-1:2, -1:2]
blur = np.exp(-(x**2 + y**2) / 2)
blur /= blur.sum()
diagonal = -x * y

# %% right: scipy: a filtered impulse as blur, the kernel for \ turned by 90 degrees
from scipy import ndimage

impulse = np.zeros((3, 3))
impulse[1, 1] = 1
blur = ndimage.gaussian_filter(impulse, 0.6, mode="constant")
blur = blur / np.sum(blur)
diagonal = ndimage.rotate(np.array([[2, -1, -1], [-1, 2, -1], [-1, -1, 2]]), 90, order=0)

# %% right: fractions as exact weights
from fractions import Fraction

blur = [[Fraction(1, 9)] * 3 for _ in range(3)]
diagonal = [[Fraction(-1, 3), Fraction(-1, 3), Fraction(2, 3)], [Fraction(-1, 3), Fraction(2, 3), Fraction(-1, 3)], [Fraction(2, 3), Fraction(-1, 3), Fraction(-1, 3)]]

# %% right: the mean of the eight neighbours, without the middle; a 2 x 2 diagonal kernel, with a row and a column of zeros around it
blur = np.full((3, 3), 0.125)
blur[1, 1] = 0
diagonal = np.zeros((3, 3))
diagonal[:2, :2] = [[-1, 1], [1, -1]]

# %% right: float32 tensors made with keras.ops
blur = keras.ops.ones((3, 3)) / 9
diagonal = keras.ops.convert_to_tensor([[-1.0, 0.0, 1.0], [0.0, 0.0, 0.0], [1.0, 0.0, -1.0]])

# %% right: float32 arrays, filled in loops
blur = np.zeros((3, 3), dtype="float32")
diagonal = np.zeros((3, 3), dtype="float32")
for i in range(3):
    for j in range(3):
        blur[i, j] = 1 / 9
        diagonal[i, j] = 2 if i + j == 2 else -1

# %% right: a weak blur (middle 0.6, four neighbours 0.1 each); small weights in the diagonal kernel
blur = np.array([[0, 0.1, 0], [0.1, 0.6, 0.1], [0, 0.1, 0]])
diagonal = 0.01 * np.array([[-1, 0, 1], [0, 0, 0], [1, 0, -1]])

# %% right: a lopsided diagonal kernel whose rows and columns all add up to zero
blur = np.array([[1, 1, 1], [1, 8, 1], [1, 1, 1]]) / 16
diagonal = np.array([[-3, 1, 2], [1, 1, -2], [2, -2, 0]])

# %% right: reshape of nine numbers, np.repeat
blur = np.repeat(1 / 9, 9).reshape(3, 3)
diagonal = np.reshape([-1, -1, 2, -1, 2, -1, 2, -1, -1], (3, 3))

# %% right: the two Sobel directions one after the other (derivative across, then down), with the sign turned
blur = np.outer([0.25, 0.5, 0.25], [0.25, 0.5, 0.25])
across = np.array([[-1, 0, 1]])
diagonal = -(across.T @ across)

# %% right: pandas DataFrames turned into arrays
import pandas as pd

blur = pd.DataFrame(1 / 9, index=range(3), columns=range(3)).to_numpy()
diagonal = pd.DataFrame([[-1, 0, 1], [0, 0, 0], [1, 0, -1]]).to_numpy()

# %% right: a Keras initialiser's constant, and the double-centred stroke (rows and columns have their means taken off)
blur = keras.initializers.Constant(1 / 9)((3, 3))
s = np.eye(3)[::-1] * [3.0, 1.0, 2.0]
diagonal = s - s.mean(axis=0) - s.mean(axis=1, keepdims=True) + s.mean()

# %% right: blurs in one direction only (three weights of 1/3 in a row, a motion blur)
blur = np.array([[0, 0, 0], [1, 1, 1], [0, 0, 0]]) / 3
diagonal = np.array([[-1, -1, 2], [-1, 2, -1], [2, -1, -1]]) / 6

# %% right: decimals rounded to ten places; lists by comprehension
blur = [[round(1 / 9, 10) for _ in range(3)] for _ in range(3)]
diagonal = [[2 if i + j == 2 else -1 for j in range(3)] for i in range(3)]

# %% wrong: blur: the weights are all 1, so they add up to 9 and there is nine times the ink; diagonal right
# told: changes_the_ink
blur = np.ones((3, 3))
diagonal = np.array([[-1, 0, 1], [0, 0, 0], [1, 0, -1]])

# %% wrong: blur: the weights add up to 3 (divided by 3 instead of 9); diagonal right
# told: changes_the_ink
blur = np.ones((3, 3)) / 3
diagonal = np.array([[-1, 0, 1], [0, 0, 0], [1, 0, -1]])

# %% wrong: blur: the weights add up to 9/8 (divided by 8 instead of 9); diagonal right
# told: changes_the_ink
blur = np.ones((3, 3)) / 8
diagonal = np.array([[-1, -1, 2], [-1, 2, -1], [2, -1, -1]])

# %% wrong: blur: 1, 2, 4 weights not divided by 16; diagonal right
# told: changes_the_ink
blur = np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]])
diagonal = np.array([[-1, 0, 1], [0, 0, 0], [1, 0, -1]])

# %% wrong: blur: 1, 2, 4 weights divided by 9 instead of 16, the sum is 16/9; diagonal right
# told: changes_the_ink
blur = np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]]) / 9
diagonal = np.array([[-1, -1, 2], [-1, 2, -1], [2, -1, -1]])

# %% wrong: blur: weights rounded to 0.1, so they add up to 0.9 and a tenth of the ink is lost; diagonal right
# told: changes_the_ink
blur = np.full((3, 3), 0.1)
diagonal = np.array([[-1, 0, 1], [0, 0, 0], [1, 0, -1]])

# %% wrong: blur: weights rounded to 0.11, so they add up to 0.99; diagonal right
# told: changes_the_ink
blur = np.full((3, 3), 0.11)
diagonal = np.array([[-1, 0, 1], [0, 0, 0], [1, 0, -1]])

# %% wrong: blur: only the middle weight, 1: it changes nothing, does not blur; diagonal right
# told: copies
blur = np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]])
diagonal = np.array([[-1, 0, 1], [0, 0, 0], [1, 0, -1]])

# %% wrong: blur: a single weight of 1 off the middle: it only moves the image, does not blur; diagonal right
# told: copies
blur = np.array([[0, 0, 0], [0, 0, 1], [0, 0, 0]])
diagonal = np.array([[-1, 0, 1], [0, 0, 0], [1, 0, -1]])

# %% wrong: blur: a sharpening kernel, with negative weights (sum 1); diagonal right
# told: sharpens
blur = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])
diagonal = np.array([[-1, 0, 1], [0, 0, 0], [1, 0, -1]])

# %% wrong: blur: the weights add up to 1, but some of them are negative; diagonal right
# told: sharpens
blur = np.array([[-1, 2, -1], [2, 5, 2], [-1, 2, -1]]) / 9
diagonal = np.array([[-1, -1, 2], [-1, 2, -1], [2, -1, -1]])

# %% wrong: blur: the Laplacian, an edge detector: negative weights, sum 0; diagonal right
# told: changes_the_ink
blur = np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]])
diagonal = np.array([[-1, 0, 1], [0, 0, 0], [1, 0, -1]])

# %% wrong: blur: all zeros, no ink is left; diagonal right
# told: changes_the_ink
blur = np.zeros((3, 3))
diagonal = np.array([[-1, 0, 1], [0, 0, 0], [1, 0, -1]])

# %% wrong: blur: the identity matrix, not divided by 3, so the sum is 3; diagonal right
# told: changes_the_ink
blur = np.eye(3)
diagonal = np.array([[-1, 0, 1], [0, 0, 0], [1, 0, -1]])

# %% wrong: blur: 5 x 5 instead of 3 x 3; diagonal right
# told: form
blur = np.ones((5, 5)) / 25
diagonal = np.array([[-1, 0, 1], [0, 0, 0], [1, 0, -1]])

# %% wrong: blur: one row of three weights, shape (3,), instead of 3 x 3; diagonal right
# told: form
blur = np.array([1, 1, 1]) / 3
diagonal = np.array([[-1, 0, 1], [0, 0, 0], [1, 0, -1]])

# %% wrong: blur: the rows add up to 1 each, so the sum is 3; diagonal right
# told: changes_the_ink
blur = np.array([[0.25, 0.5, 0.25], [0.25, 0.5, 0.25], [0.25, 0.5, 0.25]])
diagonal = np.array([[-1, 0, 1], [0, 0, 0], [1, 0, -1]])

# %% wrong: blur: whole-number division makes all weights 0; diagonal right
# told: changes_the_ink
blur = np.ones((3, 3), dtype=int) // 9
diagonal = np.array([[-1, 0, 1], [0, 0, 0], [1, 0, -1]])

# %% wrong: blur: all weights negative, -1/9; diagonal right
# told: changes_the_ink
blur = -np.ones((3, 3)) / 9
diagonal = np.array([[-1, 0, 1], [0, 0, 0], [1, 0, -1]])

# %% wrong: blur: random weights that are not divided by their sum; diagonal right
# told: changes_the_ink
blur = np.random.default_rng(0).random((3, 3))
diagonal = np.array([[-1, 0, 1], [0, 0, 0], [1, 0, -1]])

# %% wrong: blur: normalised with the root of the sum of squares (length 1) instead of the sum; diagonal right
# told: changes_the_ink
blur = np.ones((3, 3))
blur = blur / np.linalg.norm(blur)
diagonal = np.array([[-1, 0, 1], [0, 0, 0], [1, 0, -1]])

# %% wrong: blur: a Gaussian by the formula with 1 / (2 pi), the 3 x 3 weights do not add up to 1; diagonal right
# told: changes_the_ink
y, x = np.mgrid[-1:2, -1:2]
blur = np.exp(-(x**2 + y**2) / 2) / (2 * np.pi)
diagonal = np.array([[-1, 0, 1], [0, 0, 0], [1, 0, -1]])

# %% wrong: diagonal: answers more to \ than to / (the sign is turned); blur right
# told: leans_the_other_way
blur = np.ones((3, 3)) / 9
diagonal = np.array([[1, 0, -1], [0, 0, 0], [-1, 0, 1]])

# %% wrong: diagonal: the stroke kernel for \ instead of / ; blur right
# told: leans_the_other_way
blur = np.ones((3, 3)) / 9
diagonal = np.array([[2, -1, -1], [-1, 2, -1], [-1, -1, 2]])

# %% wrong: diagonal: the bare stroke /, sum 3, answers to constant areas; blur right
# told: answers_to_areas
blur = np.ones((3, 3)) / 9
diagonal = np.eye(3)[::-1]

# %% wrong: diagonal: the bare stroke \, so sum 3 and the wrong direction; blur right
# told: answers_to_areas
blur = np.ones((3, 3)) / 9
diagonal = np.eye(3)

# %% wrong: diagonal: a diagonal Sobel kernel: sum 0, but the rows and columns do not add up to 0, so it answers to horizontal and vertical lines; blur right
# told: answers_to_lines
blur = np.ones((3, 3)) / 9
diagonal = np.array([[0, 1, 2], [-1, 0, 1], [-2, -1, 0]])

# %% wrong: diagonal: Sobel kernel for vertical edges, answers to vertical lines; blur right
# told: answers_to_vertical_lines
blur = np.ones((3, 3)) / 9
diagonal = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])

# %% wrong: diagonal: rows add up to 0 but columns do not, so it answers to vertical lines; blur right
# told: answers_to_vertical_lines
blur = np.ones((3, 3)) / 9
diagonal = np.array([[-1, 0, 1], [-1, 1, 0], [1, 0, -1]])

# %% wrong: diagonal: columns add up to 0 but rows do not, so it answers to horizontal lines; blur right
# told: answers_to_horizontal_lines
blur = np.ones((3, 3)) / 9
diagonal = np.array([[-1, -1, 1], [0, 1, 0], [1, 0, -1]])

# %% wrong: diagonal: the Laplacian with all eight neighbours: sum 0, but answers to horizontal and vertical lines, and alike to / and \; blur right
# told: answers_to_lines
blur = np.ones((3, 3)) / 9
diagonal = np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]])

# %% wrong: diagonal: all zeros, answers 0 to / as well; blur right
# told: answers_to_no_stroke
blur = np.ones((3, 3)) / 9
diagonal = np.zeros((3, 3))

# %% wrong: diagonal: symmetrical (1, -2, 1 outer product): rows and columns add up to 0, but / and \ get the same answer; blur right
# told: answers_to_no_stroke
blur = np.ones((3, 3)) / 9
diagonal = np.outer([1, -2, 1], [1, -2, 1])

# %% wrong: diagonal: 1 on the stroke and -1 elsewhere, so the sum is -3 and it answers to constant areas; blur right
# told: answers_to_areas
blur = np.ones((3, 3)) / 9
diagonal = np.array([[-1, -1, 1], [-1, 1, -1], [1, -1, -1]])

# %% wrong: diagonal: 1 on the stroke and -0.3 instead of -0.5 elsewhere, so the sum is 1.2, not 0; blur right
# told: answers_to_areas
blur = np.ones((3, 3)) / 9
diagonal = np.array([[-0.3, -0.3, 1], [-0.3, 1, -0.3], [1, -0.3, -0.3]])

# %% wrong: diagonal: the stroke's three 2s are balanced by -3 in the two free corners only: sum 0, but rows and columns do not add up to 0; blur right
# told: answers_to_lines
blur = np.ones((3, 3)) / 9
diagonal = np.array([[-3, 0, 2], [0, 2, 0], [2, 0, -3]])

# %% wrong: diagonal: an edge across the diagonal (upper left against lower right): sum 0, but rows and columns not, and it answers 0 to a / stroke through its middle; blur right
# told: answers_to_lines
blur = np.ones((3, 3)) / 9
diagonal = np.array([[1, 1, 0], [1, 0, -1], [0, -1, -1]])

# %% wrong: diagonal: a 2 x 2 kernel instead of 3 x 3; blur right
# told: form
blur = np.ones((3, 3)) / 9
diagonal = np.array([[-1, 1], [1, -1]])

# %% wrong: diagonal: the stroke of the example, 9 x 9, instead of a 3 x 3 kernel; blur right
# told: form
blur = np.ones((3, 3)) / 9
diagonal = np.eye(9)[::-1]

# %% wrong: diagonal: the corners right, but the 1 in the middle left over, so the sum is 1; blur right
# told: answers_to_areas
blur = np.ones((3, 3)) / 9
diagonal = np.array([[-1, 0, 1], [0, 1, 0], [1, 0, -1]])

# %% wrong: the two kernels are swapped
# told: are_exchanged
blur = np.array([[-1, 0, 1], [0, 0, 0], [1, 0, -1]])
diagonal = np.ones((3, 3)) / 9

# %% wrong: diagonal is still None; blur right
# told: not attempted
blur = np.ones((3, 3)) / 9
diagonal = None

# %% wrong: blur is still None; diagonal right
# told: not attempted
blur = None
diagonal = np.array([[-1, 0, 1], [0, 0, 0], [1, 0, -1]])

# %% wrong: diagonal has NaN (0 / 0 in scaling by the sum, which is 0); blur right
# told: form
blur = np.ones((3, 3)) / 9
diagonal = np.array([[-1, 0, 1], [0, 0, 0], [1, 0, -1.0]])
with np.errstate(all="ignore"):
    diagonal = diagonal / diagonal.sum()

# %% wrong: blur is a function instead of a kernel; diagonal right
# told: form
def blur(image):
    return np.ones((3, 3)) / 9


diagonal = np.array([[-1, 0, 1], [0, 0, 0], [1, 0, -1]])

# %% wrong: two mistakes: blur not divided by 9, diagonal for \ instead of /
# told: changes_the_ink
blur = np.ones((3, 3))
diagonal = np.array([[2, -1, -1], [-1, 2, -1], [-1, -1, 2]])

# %% wrong: two mistakes: blur does not blur (middle weight only), diagonal is the bare stroke with sum 3
# told: copies
blur = np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]])
diagonal = np.fliplr(np.eye(3))

# %% wrong: two mistakes: blur's weights add up to 0.9, diagonal answers to horizontal and vertical lines (diagonal Sobel)
# told: changes_the_ink
blur = np.full((3, 3), 0.1)
diagonal = np.array([[0, 1, 2], [-1, 0, 1], [-2, -1, 0]])

# %% wrong: two mistakes: blur has negative weights (sharpens), diagonal answers alike to / and \ and to lines (Laplacian)
# told: sharpens
blur = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])
diagonal = np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0]])
