# %% right: flipper, one-hot species and sex with pandas' get_dummies
import pandas as pd

def my_inputs(measured):
    coded = pd.get_dummies(measured[["species", "sex"]], dummy_na=True, dtype=float)
    return np.column_stack([measured["flipper_length_mm"], coded])

# %% right: all three measurements, comparisons for species and sex, unknown sex in a column of its own
def my_inputs(measured):
    numbers = measured[["flipper_length_mm", "bill_length_mm", "bill_depth_mm"]].to_numpy()
    species = measured["species"].to_numpy()
    sex = measured["sex"]
    return np.column_stack([
        numbers, species == "Chinstrap", species == "Gentoo", sex == "male", sex.isna(),
    ])

# %% right: columns for male and for female, so unknown is what is neither
def my_inputs(measured):
    columns = [measured[name] for name in ("flipper_length_mm", "bill_depth_mm")]
    columns += [measured["species"] == name for name in ("Adelie", "Chinstrap")]
    columns += [measured["sex"] == "male", measured["sex"] == "female"]
    return np.array(columns, dtype=float).T

# %% right: a line for each species: its one-hot columns times the measurements, and the sex
def my_inputs(measured):
    M = measured[["flipper_length_mm", "bill_length_mm", "bill_depth_mm"]].to_numpy()
    S = (measured["species"].to_numpy()[:, None] == np.array(["Adelie", "Chinstrap", "Gentoo"])).astype(float)
    lines = [S] + [S * M[:, [k]] for k in range(3)]
    sex = np.column_stack([measured["sex"] == "male", measured["sex"].isna()]).astype(float)
    return np.hstack(lines + [sex])

# %% right: everything, and products of species and sex
def my_inputs(measured):
    M = measured.filter(like="_mm").to_numpy()
    chin, gentoo = (measured["species"].eq(s).to_numpy(float) for s in ("Chinstrap", "Gentoo"))
    male = measured["sex"].eq("male").to_numpy(float)
    unknown = measured["sex"].isna().to_numpy(float)
    return np.c_[M, chin, gentoo, male, unknown, male * chin, male * gentoo]

# %% right: sklearn's OneHotEncoder, unknown as a category
from sklearn.compose import make_column_transformer
from sklearn.preprocessing import OneHotEncoder

def my_inputs(measured):
    table = measured.drop(columns="body_mass_g").fillna({"sex": "unknown"})
    transform = make_column_transformer(
        (OneHotEncoder(sparse_output=False), ["species", "sex"]),
        ("passthrough", ["flipper_length_mm", "bill_length_mm"]),
    )
    return transform.fit_transform(table)

# %% right: logarithms of the measurements
def my_inputs(measured):
    logs = np.log(measured[["flipper_length_mm", "bill_length_mm", "bill_depth_mm"]].to_numpy())
    names = measured["species"].to_numpy()
    sex = measured["sex"].fillna("unknown").to_numpy()
    flags = [names == "Gentoo", names == "Chinstrap", sex == "male", sex == "unknown"]
    return np.column_stack([logs, *flags])

# %% right: cubes, because mass goes with the third power of a length
def my_inputs(measured):
    cubes = (measured[["flipper_length_mm", "bill_length_mm", "bill_depth_mm"]] / 100) ** 3
    cubes = cubes.assign(
        chinstrap=measured["species"] == "Chinstrap",
        gentoo=measured["species"] == "Gentoo",
        male=measured["sex"] == "male",
        unknown=measured["sex"].isna(),
    )
    return cubes.to_numpy(dtype=float)

# %% right: without the sex, but with squares and products of the measurements, and the species
from itertools import combinations_with_replacement

def my_inputs(measured):
    M = measured[["flipper_length_mm", "bill_length_mm", "bill_depth_mm"]].to_numpy() / 100
    products = [M[:, i] * M[:, j] for i, j in combinations_with_replacement(range(3), 2)]
    species = measured["species"].to_numpy()
    return np.column_stack([M, *products, species == "Chinstrap", species == "Gentoo"])

# %% right: loop over the birds, row by row
def my_inputs(measured):
    rows = []
    for _, bird in measured.iterrows():
        row = [bird["flipper_length_mm"], bird["bill_length_mm"], bird["bill_depth_mm"]]
        for name in ("Chinstrap", "Gentoo"):
            row.append(1.0 if bird["species"] == name else 0.0)
        row.append(1.0 if bird["sex"] == "male" else 0.0)
        row.append(0.0 if bird["sex"] in ("male", "female") else 1.0)
        rows.append(row)
    return np.array(rows, dtype=float)

# %% right: a group for each pair of species and sex, and the flipper
def my_inputs(measured):
    groups = measured["species"] + "/" + measured["sex"].fillna("unknown")
    names, codes = np.unique(groups.to_numpy(dtype=str), return_inverse=True)
    return np.column_stack([np.eye(len(names))[codes], measured["flipper_length_mm"], measured["bill_depth_mm"]])

# %% right: sex as +1 and -1, 0 where unknown, and a flag for unknown; float32
def my_inputs(measured):
    sign = measured["sex"].map({"male": 1.0, "female": -1.0})
    species = measured["species"]
    columns = [
        measured["flipper_length_mm"] - 200,
        species.eq("Chinstrap"),
        species.eq("Gentoo"),
        sign.fillna(0.0),
        sign.isna(),
    ]
    return np.stack([np.asarray(c, dtype=np.float32) for c in columns], axis=-1)

# %% right: lambda
my_inputs = lambda measured: np.column_stack(
    [measured[c] for c in ("flipper_length_mm", "bill_length_mm", "bill_depth_mm")]
    + [measured["species"] == s for s in ("Adelie", "Chinstrap", "Gentoo")]
    + [measured["sex"] == "male", measured["sex"].isna()]
)

# %% right: island and year as well, all text columns one-hot
import pandas as pd

def my_inputs(measured):
    inputs = measured.drop(columns=["body_mass_g"])
    text = ["species", "island", "sex"]
    inputs[text] = inputs[text].astype(object).where(inputs[text].notna(), "unknown")
    return pd.get_dummies(inputs, columns=text).to_numpy(dtype="float64")

# %% right: functools.partial with the names of the columns
from functools import partial

def _columns(measured, numbers, flags):
    parts = [measured[name].to_numpy() for name in numbers]
    parts += [(measured[column] == value).to_numpy() for column, value in flags]
    parts.append(measured["sex"].isna().to_numpy())
    return np.vstack(parts).astype(float).T

my_inputs = partial(
    _columns,
    numbers=["flipper_length_mm", "bill_depth_mm"],
    flags=[("species", "Chinstrap"), ("species", "Gentoo"), ("sex", "male")],
)

# %% right: callable object; hinges (broken lines) in the flipper
class Inputs:
    knots = (190, 200, 210, 220)

    def __call__(self, measured):
        f = measured["flipper_length_mm"].to_numpy()
        hinges = [np.maximum(f - k, 0) for k in self.knots]
        species = [measured["species"].to_numpy() == s for s in ("Chinstrap", "Gentoo")]
        sex = [measured["sex"].to_numpy() == "male", measured["sex"].isna().to_numpy()]
        return np.column_stack([f, *hinges, measured["bill_depth_mm"], *species, *sex])

my_inputs = Inputs()

# %% right: principal components of the measurements instead of the measurements
def my_inputs(measured):
    M = measured[["flipper_length_mm", "bill_length_mm", "bill_depth_mm"]].to_numpy()
    U, s, _ = np.linalg.svd(M - M.mean(axis=0), full_matrices=False)
    coded = [measured["species"].eq("Chinstrap"), measured["species"].eq("Gentoo"),
             measured["sex"].eq("male"), measured["sex"].isna()]
    return np.hstack([U * s, np.array(coded).T])

# %% right: sklearn's PolynomialFeatures, products of flags and measurements
from sklearn.preprocessing import PolynomialFeatures

def my_inputs(measured):
    species = measured["species"].to_numpy()
    base = np.column_stack([
        (measured["flipper_length_mm"] - 200) / 14,
        species == "Chinstrap",
        species == "Gentoo",
        measured["sex"] == "male",
    ]).astype(float)
    products = PolynomialFeatures(degree=2, interaction_only=True, include_bias=False).fit_transform(base)
    return np.hstack([products, measured[["sex"]].isna()])

# %% right: einsum for a line per species and slope per sex
def my_inputs(measured):
    one = np.ones(len(measured))
    M = np.column_stack([one, measured["flipper_length_mm"] / 100, measured["bill_depth_mm"] / 10])
    S = np.column_stack([measured["species"] == s for s in sorted(set(measured["species"]))])
    sex = np.column_stack([measured["sex"] == "male", measured["sex"].isna()])
    return np.hstack([np.einsum("nd,ns->nds", M, S).reshape(len(one), -1), sex])

# %% right: standardised with all birds (does not matter for least squares)
def my_inputs(measured):
    M = measured[["flipper_length_mm", "bill_length_mm", "bill_depth_mm"]]
    M = (M - M.mean()) / M.std()
    flags = np.column_stack([measured["species"] == "Chinstrap", measured["species"] == "Gentoo",
                             measured["sex"] == "male", measured["sex"].isna()])
    return np.concatenate([M.to_numpy(), flags], axis=1)

# %% right: returns a DataFrame of floats instead of an array
import pandas as pd

def my_inputs(measured):
    return pd.DataFrame({
        "flipper": measured["flipper_length_mm"],
        "bill": measured["bill_length_mm"],
        "depth": measured["bill_depth_mm"],
        "chinstrap": (measured["species"] == "Chinstrap").astype(float),
        "gentoo": (measured["species"] == "Gentoo").astype(float),
        "male": (measured["sex"] == "male").astype(float),
        "unknown": measured["sex"].isna().astype(float),
    })

# %% wrong: flipper alone, RMSE 0.40 (too high)
# told: knows_too_little
def my_inputs(measured):
    return measured[["flipper_length_mm"]].to_numpy()

# %% wrong: three measurements but neither species nor sex, RMSE 0.39 (too high)
# told: knows_too_little
def my_inputs(measured):
    return measured[["flipper_length_mm", "bill_length_mm", "bill_depth_mm"]].to_numpy()

# %% wrong: the notebook's best table row (flipper, bill and species) without the sex, RMSE 0.315 (too high)
# told: knows_too_little
def my_inputs(measured):
    species = measured["species"].to_numpy()
    return np.column_stack([
        measured[["flipper_length_mm", "bill_length_mm", "bill_depth_mm"]],
        species == "Chinstrap", species == "Gentoo",
    ])

# %% wrong: flipper and sex but no species, RMSE 0.33 (too high)
# told: knows_too_little
def my_inputs(measured):
    return np.column_stack([
        measured["flipper_length_mm"], measured["sex"] == "male", measured["sex"].isna(),
    ])

# %% wrong: species numbered 0, 1, 2 in one column instead of one-hot, RMSE 0.307 (too high)
# told: knows_too_little
def my_inputs(measured):
    number = measured["species"].map({"Adelie": 0, "Chinstrap": 1, "Gentoo": 2})
    return np.column_stack([
        measured[["flipper_length_mm", "bill_length_mm", "bill_depth_mm"]],
        number, measured["sex"] == "male", measured["sex"].isna(),
    ])

# %% wrong: a line for each species in the flipper only, no sex, RMSE 0.38 (too high)
# told: knows_too_little
def my_inputs(measured):
    f = measured["flipper_length_mm"].to_numpy()
    S = np.column_stack([measured["species"] == s for s in ("Chinstrap", "Gentoo")]).astype(float)
    return np.column_stack([f, S, S * f[:, None]])

# %% wrong: species and sex but no measurement at all, RMSE 0.32 (too high)
# told: knows_too_little
def my_inputs(measured):
    return np.column_stack([
        measured["species"] == "Chinstrap", measured["species"] == "Gentoo",
        measured["sex"] == "male", measured["sex"].isna(),
    ]).astype(float)

# %% wrong: the target itself, body mass, is among the columns
# told: peeks_at_the_mass
def my_inputs(measured):
    return measured[["flipper_length_mm", "bill_length_mm", "bill_depth_mm", "body_mass_g"]].to_numpy()

# %% wrong: takes all numeric columns, and with them the body mass
# told: peeks_at_the_mass
def my_inputs(measured):
    return measured.select_dtypes("number").to_numpy(dtype=float)

# %% wrong: the target in disguise, mass per millimetre of flipper
# told: peeks_at_the_mass
def my_inputs(measured):
    f = measured["flipper_length_mm"]
    density = measured["body_mass_g"] / f
    return np.column_stack([f, density, measured["bill_depth_mm"]])

# %% wrong: target encoding, mean mass of each species and sex over all birds (leaks validation masses)
# told: peeks_at_the_mass
def my_inputs(measured):
    sex = measured["sex"].fillna("unknown")
    mean_mass = measured.groupby([measured["species"], sex])["body_mass_g"].transform("mean")
    return np.column_stack([measured["flipper_length_mm"], measured["bill_depth_mm"], mean_mass])

# %% wrong: one column with the predictions of a forest fitted on the masses of all birds (leak)
# told: peeks_at_the_mass
from sklearn.ensemble import RandomForestRegressor

def my_inputs(measured):
    M = measured[["flipper_length_mm", "bill_length_mm", "bill_depth_mm"]].to_numpy()
    forest = RandomForestRegressor(n_estimators=20, random_state=0).fit(M, measured["body_mass_g"])
    return forest.predict(M)[:, None]

# %% wrong: masses of the nearest neighbours, each bird counted as its own neighbour (leak)
# told: peeks_at_the_mass
from sklearn.neighbors import KNeighborsRegressor

def my_inputs(measured):
    M = measured[["flipper_length_mm", "bill_length_mm", "bill_depth_mm"]].to_numpy()
    near = KNeighborsRegressor(n_neighbors=2).fit(M, measured["body_mass_g"]).predict(M)
    return np.column_stack([M, near])

# %% wrong: rank of the mass as a column (leak)
# told: peeks_at_the_mass
def my_inputs(measured):
    rank = measured["body_mass_g"].rank(pct=True)
    return np.column_stack([measured["flipper_length_mm"], rank, measured["sex"] == "male", measured["sex"].isna()])

# %% wrong: drops the birds of unknown sex, 333 rows instead of 342
# told: form
def my_inputs(measured):
    known = measured.dropna()
    return np.column_stack([
        known[["flipper_length_mm", "bill_length_mm", "bill_depth_mm"]],
        known["species"] == "Chinstrap", known["species"] == "Gentoo", known["sex"] == "male",
    ])

# %% wrong: sex by map leaves NaN for the nine birds of unknown sex
# told: leaves_gaps
def my_inputs(measured):
    male = measured["sex"].map({"male": 1.0, "female": 0.0})
    species = measured["species"]
    return np.column_stack([measured["flipper_length_mm"], species == "Chinstrap", species == "Gentoo", male])

# %% wrong: leaves the texts of species and sex in, array of dtype object
# told: gives_text
def my_inputs(measured):
    return measured[["species", "sex", "flipper_length_mm", "bill_length_mm"]].to_numpy()

# %% wrong: array of texts (numbers became strings when mixed with species names)
# told: gives_text
def my_inputs(measured):
    return np.column_stack([
        measured["flipper_length_mm"].to_numpy(), measured["bill_depth_mm"].to_numpy(),
        measured["species"].to_numpy(dtype=str),
    ]).astype(str)

# %% wrong: transposed, shape (7, 342)
# told: form
def my_inputs(measured):
    return np.array([
        measured["flipper_length_mm"], measured["bill_length_mm"], measured["bill_depth_mm"],
        measured["species"] == "Chinstrap", measured["species"] == "Gentoo",
        measured["sex"] == "male", measured["sex"].isna(),
    ], dtype=float)

# %% wrong: one-dimensional, shape (342,) (one column without its axis)
# told: form
def my_inputs(measured):
    return measured["flipper_length_mm"].to_numpy()

# %% wrong: hstack of vectors makes one long vector instead of columns
# told: form
def my_inputs(measured):
    return np.hstack([
        measured["flipper_length_mm"], measured["bill_length_mm"], measured["species"] == "Chinstrap",
        measured["species"] == "Gentoo", measured["sex"] == "male", measured["sex"].isna(),
    ])

# %% wrong: prints the shape and returns nothing
# told: form
def my_inputs(measured):
    columns = measured[["flipper_length_mm", "bill_length_mm"]].to_numpy()
    print(columns.shape)

# %% wrong: flipper and 100 random columns, overfits
# told: memorises
def my_inputs(measured):
    noise = np.random.default_rng(0).normal(size=(len(measured), 100))
    return np.column_stack([measured["flipper_length_mm"], noise])

# %% wrong: good columns, but 120 random ones besides, so that it overfits
# told: memorises
def my_inputs(measured):
    good = np.column_stack([
        measured[["flipper_length_mm", "bill_length_mm", "bill_depth_mm"]],
        measured["species"] == "Chinstrap", measured["species"] == "Gentoo",
        measured["sex"] == "male", measured["sex"].isna(),
    ])
    return np.hstack([good, np.random.default_rng(1).normal(size=(len(measured), 120))])

# %% wrong: polynomial of degree 9 in three measurements (219 columns), overfits wildly
# told: memorises
from sklearn.preprocessing import PolynomialFeatures

def my_inputs(measured):
    M = measured[["flipper_length_mm", "bill_length_mm", "bill_depth_mm"]]
    M = ((M - M.mean()) / M.std()).to_numpy()
    return PolynomialFeatures(degree=9, include_bias=False).fit_transform(M)

# %% wrong: one column for each bird (identity matrix), memorises the training birds
# told: memorises
def my_inputs(measured):
    return np.eye(len(measured))

# %% wrong: one-hot of every single flipper length and bill length, overfits
# told: memorises
import pandas as pd

def my_inputs(measured):
    text = measured[["flipper_length_mm", "bill_length_mm"]].astype(str)
    return pd.get_dummies(text).to_numpy(float)

# %% wrong: right result, but adds columns to measured
# told: overwrites
def my_inputs(measured):
    measured["chinstrap"] = (measured["species"] == "Chinstrap").astype(float)
    measured["gentoo"] = (measured["species"] == "Gentoo").astype(float)
    measured["male"] = (measured["sex"] == "male").astype(float)
    measured["unknown"] = measured["sex"].isna().astype(float)
    return measured[["flipper_length_mm", "bill_length_mm", "bill_depth_mm",
                     "chinstrap", "gentoo", "male", "unknown"]].to_numpy()

# %% wrong: right result, but fills in the missing sex in measured itself
# told: overwrites
def my_inputs(measured):
    measured.loc[measured["sex"].isna(), "sex"] = "unknown"
    return np.column_stack([
        measured[["flipper_length_mm", "bill_length_mm", "bill_depth_mm"]],
        measured["species"] == "Chinstrap", measured["species"] == "Gentoo",
        measured["sex"] == "male", measured["sex"] == "unknown",
    ])

# %% wrong: misspelt column name, raises KeyError
# told: error
def my_inputs(measured):
    return np.column_stack([measured["flipper_length"], measured["sex"] == "male", measured["sex"].isna()])

# %% wrong: species and sex compared with the wrong spelling (capital letters), so these columns are all zero and the RMSE too high
# told: knows_too_little
def my_inputs(measured):
    return np.column_stack([
        measured[["flipper_length_mm", "bill_length_mm", "bill_depth_mm"]],
        measured["species"] == "chinstrap", measured["species"] == "gentoo",
        measured["sex"] == "Male", measured["sex"].isna(),
    ])

# %% wrong: two mistakes, compares the sex with "m" and with == NaN (both never true), so the sex does not get in, RMSE 0.315 (too high)
# told: knows_too_little
def my_inputs(measured):
    return np.column_stack([
        measured[["flipper_length_mm", "bill_length_mm", "bill_depth_mm"]],
        measured["species"] == "Chinstrap", measured["species"] == "Gentoo",
        measured["sex"] == "m", measured["sex"] == np.nan,
    ])

# %% wrong: island instead of species, and no sex, RMSE too high
# told: knows_too_little
import pandas as pd

def my_inputs(measured):
    island = pd.get_dummies(measured["island"], drop_first=True, dtype=float)
    return np.column_stack([measured[["flipper_length_mm", "bill_length_mm", "bill_depth_mm"]], island])

# %% wrong: returns the pair (columns, y) instead of the columns
# told: nothing
def my_inputs(measured):
    X = np.column_stack([
        measured[["flipper_length_mm", "bill_length_mm", "bill_depth_mm"]],
        measured["species"] == "Chinstrap", measured["species"] == "Gentoo",
        measured["sex"] == "male", measured["sex"].isna(),
    ])
    return X, measured["body_mass_g"].to_numpy() / 1000

# %% wrong: sorts the birds, so rows and masses no longer belong together
# told: knows_too_little
def my_inputs(measured):
    table = measured.sort_values("flipper_length_mm")
    return np.column_stack([
        table[["flipper_length_mm", "bill_length_mm", "bill_depth_mm"]],
        table["species"] == "Chinstrap", table["species"] == "Gentoo",
        table["sex"] == "male", table["sex"].isna(),
    ])

# %% wrong: rows in random order (sample), so rows and masses no longer belong together
# told: knows_too_little
def my_inputs(measured):
    table = measured.sample(frac=1, random_state=1)
    return np.column_stack([table["flipper_length_mm"], table["species"] == "Gentoo",
                            table["species"] == "Chinstrap", table["sex"] == "male", table["sex"].isna()])

# %% wrong: sum of the three measurements in one column, with species, no sex; RMSE too high
# told: knows_too_little
def my_inputs(measured):
    total = measured[["flipper_length_mm", "bill_length_mm", "bill_depth_mm"]].sum(axis=1)
    return np.column_stack([total, measured["species"] == "Chinstrap", measured["species"] == "Gentoo"])

# %% wrong: product of flipper, bill length and depth alone (volume), RMSE 0.69
# told: knows_too_little
def my_inputs(measured):
    return measured[["flipper_length_mm", "bill_length_mm", "bill_depth_mm"]].prod(axis=1).to_numpy()[:, None]

# %% wrong: division by the difference to 200 mm gives infinity for some birds
# told: leaves_gaps
def my_inputs(measured):
    f = measured["flipper_length_mm"].to_numpy()
    with np.errstate(divide="ignore"):
        inverse = 1 / (f - 200)
    return np.column_stack([f, inverse, measured["species"] == "Gentoo", measured["sex"] == "male", measured["sex"].isna()])

# %% wrong: returns a table with text columns
# told: gives_text
def my_inputs(measured):
    return measured[["species", "island", "sex", "flipper_length_mm"]]

# %% wrong: only a column of ones, which is the bias once more; RMSE as the lazy model
# told: knows_too_little
def my_inputs(measured):
    return np.ones((len(measured), 1))

# %% wrong: no columns at all, shape (342, 0)
# told: knows_too_little
def my_inputs(measured):
    return np.empty((len(measured), 0))

# %% wrong: returns the names of the columns instead of the columns
# told: gives_text
def my_inputs(measured):
    return ["flipper_length_mm", "bill_length_mm", "bill_depth_mm", "species", "sex"]

# %% wrong: products of measurements and sex left with an extra axis, shape (342, 3, 2)
# told: form
def my_inputs(measured):
    M = measured[["flipper_length_mm", "bill_length_mm", "bill_depth_mm"]].to_numpy()
    sex = np.column_stack([measured["sex"] == "male", measured["sex"].isna()])
    return M[:, :, None] * sex[:, None, :]

# %% wrong: two mistakes, NaN from the unknown sex and species numbered 1, 2, 3 instead of one-hot
# told: leaves_gaps
def my_inputs(measured):
    return np.column_stack([
        measured["flipper_length_mm"],
        measured["species"].map({"Adelie": 1, "Chinstrap": 2, "Gentoo": 3}),
        measured["sex"].map({"female": 0, "male": 1}),
    ])

# %% wrong: two mistakes, body mass among the columns and transposed, shape (4, 342)
# told: form
def my_inputs(measured):
    return measured[["flipper_length_mm", "bill_length_mm", "bill_depth_mm", "body_mass_g"]].to_numpy().T

# %% wrong: two mistakes, drops the birds of unknown sex (333 rows) and leaves the body mass in
# told: form
import pandas as pd

def my_inputs(measured):
    return pd.get_dummies(measured.dropna()).to_numpy(float)

# %% wrong: two mistakes, texts left in (dtype object) and NaN in the sex
# told: gives_text
def my_inputs(measured):
    return measured.drop(columns=["body_mass_g"]).values

# %% wrong: two mistakes, a leaked mass column (mass in kg, rounded) and measured changed in place
# told: peeks_at_the_mass
def my_inputs(measured):
    measured["kg"] = (measured["body_mass_g"] / 1000).round(1)
    return measured[["flipper_length_mm", "bill_length_mm", "kg"]].to_numpy()
