# %% right: as integers
peak_with_copies = 150
peak_with_mirrored = 300

# %% right: floats
peak_with_copies = 150.0
peak_with_mirrored = 300.0

# %% right: computed from a named count
num_images = 150
peak_with_copies = num_images
peak_with_mirrored = 2 * num_images

# %% right: tuple assignment on one line
peak_with_copies, peak_with_mirrored = 150, 300

# %% right: numpy integers
peak_with_copies = np.int64(150)
peak_with_mirrored = np.int64(300)

# %% right: numpy single-precision floats
peak_with_copies = np.float32(150)
peak_with_mirrored = np.float32(300)

# %% right: second from the first
peak_with_copies = 150
peak_with_mirrored = peak_with_copies + 150

# %% right: rank of stacked matrices
rng = np.random.default_rng(0)
images = rng.normal(size=(150, 20, 20))
with_copies = np.concatenate([images, images]).reshape(300, -1)
with_mirrored = np.concatenate([images, images[:, :, ::-1]]).reshape(300, -1)
peak_with_copies = np.linalg.matrix_rank(with_copies)
peak_with_mirrored = np.linalg.matrix_rank(with_mirrored)

# %% right: counts the different rows with np.unique
rows = np.random.default_rng(1).normal(size=(150, 8))
peak_with_copies = len(np.unique(np.concatenate([rows, rows]), axis=0))
peak_with_mirrored = len(np.unique(np.concatenate([rows, rows[:, ::-1]]), axis=0))

# %% right: argmax over the candidate widths of a toy curve
widths = np.arange(50, 501)
peak_with_copies = widths[np.argmax(-np.abs(widths - 150))]
peak_with_mirrored = widths[np.argmax(-np.abs(widths - 300))]

# %% right: size of a Python set of image names
names = [f"image{i}" for i in range(150)]
peak_with_copies = len(set(names + names))
peak_with_mirrored = len(set(names + [name + " mirrored" for name in names]))

# %% right: out of a dictionary
new_equations = {"copies": 0, "mirrored": 150}
peak_with_copies = 150 + new_equations["copies"]
peak_with_mirrored = 150 + new_equations["mirrored"]

# %% right: a little function called twice
def peak(different_images):
    return int(different_images)
peak_with_copies = peak(150)
peak_with_mirrored = peak(150 * 2)

# %% right: divisions that give floats
peak_with_copies = 300 / 2
peak_with_mirrored = 600 / 2

# %% right: unpacked from a numpy array, scientific notation
peak_with_copies, peak_with_mirrored = np.array([1.5e2, 3e2])

# %% right: elements of an integer array, with unsigned type
peaks = np.array([150, 300], dtype=np.uint16)
peak_with_copies = peaks[0]
peak_with_mirrored = peaks[1]

# %% wrong: thinks copies double the equations
# told: counts_copies
peak_with_copies = 300
peak_with_mirrored = 300

# %% wrong: thinks neither adds any equation
# told: takes_mirrors_for_copies
peak_with_copies = 150
peak_with_mirrored = 150

# %% wrong: the two cases swapped
# told: exchanged
peak_with_copies = 300
peak_with_mirrored = 150

# %% wrong: more data need fewer features, both halved
# told: halves_copies
peak_with_copies = 75
peak_with_mirrored = 75

# %% wrong: halves for copies, keeps for mirrored
# told: halves_copies
peak_with_copies = 75
peak_with_mirrored = 150

# %% wrong: halves for mirrored
# told: halves_mirrored
peak_with_copies = 150
peak_with_mirrored = 75

# %% wrong: thinks mirror images are only half new
# told: nothing
peak_with_copies = 150
peak_with_mirrored = 225

# %% wrong: adds the doubled set to the old one, 150 + 300
# told: nothing
peak_with_copies = 150
peak_with_mirrored = 450

# %% wrong: doubles twice for mirrored, because features are mirrored too
# told: doubles_twice
peak_with_copies = 150
peak_with_mirrored = 600

# %% wrong: doubles once for the copies, twice for mirrored
# told: counts_copies
peak_with_copies = 300
peak_with_mirrored = 600

# %% wrong: square root of two, thinks of standard errors
# told: nothing
peak_with_copies = 150
peak_with_mirrored = 150 * np.sqrt(2)

# %% wrong: square root of two in both
# told: nothing
peak_with_copies = 150 * 2 ** 0.5
peak_with_mirrored = 150 * 2 ** 0.5

# %% wrong: thinks there is no peak any more with copies
# told: copies_have_no_peak
peak_with_copies = 0
peak_with_mirrored = 300

# %% wrong: thinks augmentation removes both peaks
# told: copies_have_no_peak
peak_with_copies = 0
peak_with_mirrored = 0

# %% wrong: None for a peak that is supposed to be gone
# told: not attempted
peak_with_copies = None
peak_with_mirrored = 300

# %% wrong: infinity, as if copies pushed the peak away
# told: nothing
peak_with_copies = np.inf
peak_with_mirrored = 300

# %% wrong: nan for not defined
# told: nothing
peak_with_copies = np.nan
peak_with_mirrored = 300

# %% wrong: nan for the mirrored one
# told: nothing
peak_with_copies = 150
peak_with_mirrored = float("nan")

# %% wrong: gives strings
# told: form
peak_with_copies = "150"
peak_with_mirrored = "300"

# %% wrong: gives words
# told: form
peak_with_copies = "at 150 features"
peak_with_mirrored = "at 300 features"

# %% wrong: left the dots of the template
# told: not attempted
peak_with_copies = ...
peak_with_mirrored = ...

# %% wrong: counts an extra one for a bias
# told: slip
peak_with_copies = 151
peak_with_mirrored = 301

# %% wrong: one below, thinks N - 1 degrees of freedom
# told: slip
peak_with_copies = 149
peak_with_mirrored = 299

# %% wrong: counts the bias in the mirrored case only
# told: slip
peak_with_copies = 150
peak_with_mirrored = 301

# %% wrong: answers the ratio to before
# told: nothing
peak_with_copies = 1
peak_with_mirrored = 2

# %% wrong: answers how far the peak moves
# told: copies_have_no_peak
peak_with_copies = 0
peak_with_mirrored = 150

# %% wrong: only the second variable is set
# told: not attempted
peak_with_mirrored = 300

# %% wrong: only the first variable is set
# told: not attempted
peak_with_copies = 150

# %% wrong: own names for the variables
# told: not attempted
peak_copies = 150
peak_mirrored = 300

# %% wrong: both answers packed as a tuple into one variable
# told: form
peak_with_copies = (150, 300)
peak_with_mirrored = (150, 300)

# %% wrong: ranges instead of a number
# told: form
peak_with_copies = [140, 160]
peak_with_mirrored = [290, 310]

# %% wrong: pixels of a 28 x 28 picture
# told: takes_pixels
peak_with_copies = 784
peak_with_mirrored = 784

# %% wrong: pixels limit the mirrored ones only
# told: takes_pixels
peak_with_copies = 150
peak_with_mirrored = 784

# %% wrong: squares the number of images
# told: nothing
peak_with_copies = 150
peak_with_mirrored = 150 ** 2

# %% wrong: negative, because it moves the other way
# told: slip
peak_with_copies = -150
peak_with_mirrored = -300

# %% wrong: True and False for whether it moves
# told: form
peak_with_copies = False
peak_with_mirrored = True

# %% wrong: a rough figure read off a plot
# told: nothing
peak_with_copies = 160
peak_with_mirrored = 320

# %% wrong: grid value next to the true one
# told: nothing
peak_with_copies = 150
peak_with_mirrored = 256

# %% wrong: a typing mistake, a zero missing
# told: slip
peak_with_copies = 150
peak_with_mirrored = 30

# %% wrong: a hundred used instead of 150 images
# told: nothing
num_images = 100
peak_with_copies = num_images
peak_with_mirrored = 2 * num_images

# %% wrong: thinks that the copies shift it, and mirrored ones shift it even more
# told: counts_copies
peak_with_copies = 300
peak_with_mirrored = 450

# %% wrong: functions that were not called
# told: form
peak_with_copies = lambda: 150
peak_with_mirrored = lambda: 300

# %% wrong: duplicates a list instead of multiplying a number
# told: form
peak_with_copies = [150]
peak_with_mirrored = [150] * 2

# %% wrong: does not run, name never defined
# told: raises before it is checked
peak_with_copies = n_images
peak_with_mirrored = 2 * n_images
