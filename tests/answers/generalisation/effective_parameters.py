# %% right: vectorised, d squared named first
def effective_parameters(singular_values, ridge):
    d2 = singular_values ** 2
    return np.sum(d2 / (d2 + ridge))

# %% right: one line with method sum
def effective_parameters(singular_values, ridge):
    return (singular_values**2 / (singular_values**2 + ridge)).sum()

# %% right: loop with a running total
def effective_parameters(singular_values, ridge):
    total = 0.0
    for d in singular_values:
        total += d * d / (d * d + ridge)
    return total

# %% right: list comprehension and built-in sum
def effective_parameters(singular_values, ridge):
    return sum([d**2 / (d**2 + ridge) for d in singular_values])

# %% right: generator expression, float
def effective_parameters(singular_values, ridge):
    return float(sum(s ** 2 / (s ** 2 + ridge) for s in singular_values))

# %% right: np.square
def effective_parameters(singular_values, ridge):
    sq = np.square(singular_values)
    share = sq / (sq + ridge)
    return share.sum()

# %% right: converts to float64 first
def effective_parameters(singular_values, ridge):
    s = np.asarray(singular_values, dtype=np.float64)
    s = s * s
    return float(np.sum(s / (s + ridge)))

# %% right: complement, k minus what is lost
def effective_parameters(singular_values, ridge):
    lost = ridge / (singular_values ** 2 + ridge)
    return len(singular_values) - np.sum(lost)

# %% right: divided through by d squared
def effective_parameters(singular_values, ridge):
    return np.sum(1.0 / (1.0 + ridge / singular_values ** 2))

# %% right: trace of the hat matrix of a diagonal problem
def effective_parameters(singular_values, ridge):
    D = np.diag(singular_values.astype(float))
    k = len(singular_values)
    hat = D @ np.linalg.inv(D.T @ D + ridge * np.eye(k)) @ D.T
    return np.trace(hat)

# %% right: solve instead of inverse, trace
def effective_parameters(singular_values, ridge):
    gram = np.diag(np.asarray(singular_values, float) ** 2)
    return float(np.trace(np.linalg.solve(gram + ridge * np.eye(len(gram)), gram)))

# %% right: einsum
def effective_parameters(singular_values, ridge):
    weight = 1 / (singular_values**2 + ridge)
    return np.einsum("i,i,i->", singular_values, singular_values, weight)

# %% right: dot product
def effective_parameters(singular_values, ridge):
    d = np.array(singular_values, dtype=float)
    return np.dot(d ** 2, 1 / (d ** 2 + ridge))

# %% right: keras.ops, back to float
def effective_parameters(singular_values, ridge):
    d = keras.ops.cast(keras.ops.convert_to_tensor(singular_values), "float32")
    d2 = keras.ops.square(d)
    return float(keras.ops.sum(d2 / (d2 + float(ridge))))

# %% right: index loop, fills an array
def effective_parameters(singular_values, ridge):
    k = singular_values.shape[0]
    shares = np.zeros(k)
    for j in range(k):
        shares[j] = singular_values[j]**2 / (singular_values[j]**2 + ridge)
    return np.sum(shares)

# %% right: map and lambda
def effective_parameters(singular_values, ridge):
    share = lambda d: d**2 / (d**2 + ridge)
    return sum(map(share, singular_values))

# %% right: helper function inside
def effective_parameters(singular_values, ridge):
    def keep(d):
        """share of the direction that is kept"""
        return d ** 2 / (d ** 2 + ridge)
    return np.sum(keep(singular_values))

# %% right: while loop
def effective_parameters(singular_values, ridge):
    i = 0
    result = 0
    while i < len(singular_values):
        d_sq = singular_values[i] ** 2
        result = result + d_sq / (d_sq + ridge)
        i += 1
    return result

# %% right: special case for ridge 0
def effective_parameters(singular_values, ridge):
    if ridge == 0:
        return float(len(singular_values))
    return float(np.sum(singular_values**2 / (singular_values**2 + ridge)))

# %% right: mean times k
def effective_parameters(singular_values, ridge):
    e = singular_values ** 2
    return np.mean(e / (e + ridge)) * e.size

# %% right: pandas
def effective_parameters(singular_values, ridge):
    d = pd.Series(singular_values)
    return (d.pow(2) / (d.pow(2) + ridge)).sum()

# %% right: copies, then works in place on the copy
def effective_parameters(singular_values, ridge):
    x = singular_values.astype("float64").copy()
    x **= 2
    x /= x + ridge
    return x.sum().item()

# %% right: np.divide, np.add, np.power
def effective_parameters(singular_values, ridge):
    p = np.power(singular_values, 2)
    return np.divide(p, np.add(p, ridge)).sum(axis=0)

# %% right: product of two factors d / sqrt
def effective_parameters(singular_values, ridge):
    d = singular_values / np.sqrt(singular_values ** 2 + ridge)
    return d @ d

# %% right: math.fsum
def effective_parameters(singular_values, ridge):
    import math
    return math.fsum(float(d) ** 2 / (float(d) ** 2 + ridge) for d in singular_values)

# %% right: functools.reduce
def effective_parameters(singular_values, ridge):
    from functools import reduce
    return reduce(lambda acc, d: acc + d * d / (d * d + ridge), singular_values, 0.0)

# %% right: cumulative sum, last entry
def effective_parameters(singular_values, ridge):
    d2 = singular_values * singular_values
    return np.cumsum(d2 / (d2 + ridge))[-1]

# %% wrong: forgets to square, both places
# told: forgets_the_squares
def effective_parameters(singular_values, ridge):
    return np.sum(singular_values / (singular_values + ridge))

# %% wrong: square missing in the numerator
# told: squares_below_only
def effective_parameters(singular_values, ridge):
    return np.sum(singular_values / (singular_values ** 2 + ridge))

# %% wrong: square missing in the denominator
# told: squares_above_only
def effective_parameters(singular_values, ridge):
    d = singular_values
    return np.sum(d**2 / (d + ridge))

# %% wrong: lambda squared as well
# told: squares_the_ridge
def effective_parameters(singular_values, ridge):
    d2 = singular_values ** 2
    return np.sum(d2 / (d2 + ridge ** 2))

# %% wrong: squares the sum d + lambda
# told: nothing
def effective_parameters(singular_values, ridge):
    return np.sum(singular_values**2 / (singular_values + ridge)**2)

# %% wrong: mean instead of sum
# told: relation
def effective_parameters(singular_values, ridge):
    d2 = singular_values ** 2
    return np.mean(d2 / (d2 + ridge))

# %% wrong: returns the shares, not their sum
# told: returns_the_shares
def effective_parameters(singular_values, ridge):
    return singular_values ** 2 / (singular_values ** 2 + ridge)

# %% wrong: missing parentheses, d2 / d2 + lambda
# told: nothing
def effective_parameters(singular_values, ridge):
    return np.sum(singular_values ** 2 / singular_values ** 2 + ridge)

# %% wrong: ratio of sums instead of sum of ratios
# told: nothing
def effective_parameters(singular_values, ridge):
    d2 = singular_values ** 2
    return np.sum(d2) / np.sum(d2 + ridge)

# %% wrong: ratio of sums, lambda added once
# told: takes_one_share_of_the_sums
def effective_parameters(singular_values, ridge):
    total = np.sum(singular_values ** 2)
    return total / (total + ridge)

# %% wrong: product instead of sum
# told: multiplies_the_shares
def effective_parameters(singular_values, ridge):
    d2 = np.square(singular_values)
    return np.prod(d2 / (d2 + ridge))

# %% wrong: sums the lost share
# told: adds_what_is_lost
def effective_parameters(singular_values, ridge):
    return np.sum(ridge / (singular_values ** 2 + ridge))

# %% wrong: minus lambda
# told: changes_argument
def effective_parameters(singular_values, ridge):
    d2 = singular_values ** 2
    return np.sum(d2 / (d2 - ridge))

# %% wrong: share upside down
# told: nothing
def effective_parameters(singular_values, ridge):
    return sum((d**2 + ridge) / d**2 for d in singular_values)

# %% wrong: no return
# told: form
def effective_parameters(singular_values, ridge):
    d2 = singular_values ** 2
    result = np.sum(d2 / (d2 + ridge))

# %% wrong: prints instead of returning
# told: form
def effective_parameters(singular_values, ridge):
    d2 = singular_values ** 2
    print(np.sum(d2 / (d2 + ridge)))

# %% wrong: return inside the loop
# told: nothing
def effective_parameters(singular_values, ridge):
    total = 0
    for d in singular_values:
        total += d**2 / (d**2 + ridge)
        return total

# %% wrong: total set to zero in each round
# told: nothing
def effective_parameters(singular_values, ridge):
    for d in singular_values:
        total = 0
        total += d**2 / (d**2 + ridge)
    return total

# %% wrong: = instead of +=, only the last one
# told: nothing
def effective_parameters(singular_values, ridge):
    result = 0
    for d in singular_values:
        result = d ** 2 / (d ** 2 + ridge)
    return result

# %% wrong: leaves out the first value
# told: changes_argument
def effective_parameters(singular_values, ridge):
    total = 0.0
    for j in range(1, len(singular_values)):
        total += singular_values[j]**2 / (singular_values[j]**2 + ridge)
    return total

# %% wrong: leaves out the last value
# told: changes_argument
def effective_parameters(singular_values, ridge):
    total = 0.0
    for j in range(len(singular_values) - 1):
        total += singular_values[j]**2 / (singular_values[j]**2 + ridge)
    return total

# %% wrong: index beyond the end
# told: error
def effective_parameters(singular_values, ridge):
    total = 0.0
    for j in range(len(singular_values) + 1):
        dj = singular_values[j]
        total += dj ** 2 / (dj ** 2 + ridge)
    return total

# %% wrong: integer division
# told: nothing
def effective_parameters(singular_values, ridge):
    return np.sum(singular_values**2 // (singular_values**2 + ridge))

# %% wrong: rounds to a whole number of parameters
# told: relation
def effective_parameters(singular_values, ridge):
    d2 = singular_values ** 2
    return int(round(float(np.sum(d2 / (d2 + ridge)))))

# %% wrong: int() cuts off
# told: relation
def effective_parameters(singular_values, ridge):
    d2 = singular_values ** 2
    return int(np.sum(d2 / (d2 + ridge)))

# %% wrong: ^ instead of **
# told: error
def effective_parameters(singular_values, ridge):
    return np.sum(singular_values^2 / (singular_values^2 + ridge))

# %% wrong: square root of the shares (d / sqrt(d2 + lambda))
# told: nothing
def effective_parameters(singular_values, ridge):
    return np.sum(singular_values / np.sqrt(singular_values ** 2 + ridge))

# %% wrong: twice d instead of d squared
# told: nothing
def effective_parameters(singular_values, ridge):
    return np.sum(2 * singular_values / (2 * singular_values + ridge))

# %% wrong: takes d for eigenvalues, square root first
# told: forgets_the_squares
def effective_parameters(singular_values, ridge):
    d = np.sqrt(singular_values)
    return np.sum(d**2 / (d**2 + ridge))

# %% wrong: sums the squared shares
# told: nothing
def effective_parameters(singular_values, ridge):
    share = singular_values**2 / (singular_values**2 + ridge)
    return np.sum(share ** 2)

# %% wrong: counts directions above lambda
# told: counts_large_ones
def effective_parameters(singular_values, ridge):
    return np.sum(singular_values ** 2 > ridge)

# %% wrong: counts shares above one half
# told: counts_large_ones
def effective_parameters(singular_values, ridge):
    share = singular_values**2 / (singular_values**2 + ridge)
    return (share > 0.5).sum()

# %% wrong: lambda times k in the denominator
# told: nothing
def effective_parameters(singular_values, ridge):
    k = len(singular_values)
    d2 = singular_values ** 2
    return np.sum(d2 / (d2 + k * ridge))

# %% wrong: lambda divided by k
# told: nothing
def effective_parameters(singular_values, ridge):
    k = len(singular_values)
    return sum(d**2 / (d**2 + ridge / k) for d in singular_values)

# %% wrong: denominator is the sum of all squares
# told: takes_one_share_of_the_sums
def effective_parameters(singular_values, ridge):
    d2 = singular_values ** 2
    return np.sum(d2 / (np.sum(d2) + ridge))

# %% wrong: takes the SVD of the array again
# told: error
def effective_parameters(singular_values, ridge):
    d = np.linalg.svd(singular_values, compute_uv=False)
    return np.sum(d**2 / (d**2 + ridge))

# %% wrong: SVD of the array as a column, one value only
# told: takes_one_share_of_the_sums
def effective_parameters(singular_values, ridge):
    d = np.linalg.svd(singular_values[:, None].astype(float), compute_uv=False)
    return np.sum(d**2 / (d**2 + ridge))

# %% wrong: keeps the dimension, returns an array of shape (1,)
# told: relation
def effective_parameters(singular_values, ridge):
    d2 = singular_values ** 2
    return np.sum(d2 / (d2 + ridge), axis=0, keepdims=True)

# %% wrong: axis=1 on a one-dimensional array
# told: error
def effective_parameters(singular_values, ridge):
    d2 = singular_values ** 2
    return np.sum(d2 / (d2 + ridge), axis=1)

# %% wrong: returns shares and total as a tuple
# told: relation
def effective_parameters(singular_values, ridge):
    shares = singular_values**2 / (singular_values**2 + ridge)
    return shares, shares.sum()

# %% wrong: returns a string
# told: form
def effective_parameters(singular_values, ridge):
    d2 = singular_values ** 2
    return f"{np.sum(d2 / (d2 + ridge)):.2f}"

# %% wrong: rounds to one decimal
# told: relation
def effective_parameters(singular_values, ridge):
    d2 = singular_values ** 2
    return round(float(np.sum(d2 / (d2 + ridge))), 1)

# %% wrong: squares the array of the caller in place
# told: error
def effective_parameters(singular_values, ridge):
    singular_values **= 2
    singular_values /= (singular_values + ridge)
    return singular_values.sum()

# %% wrong: uses a name that is not defined
# told: error
def effective_parameters(singular_values, ridge):
    return np.sum(singular_values**2 / (singular_values**2 + lam))

# %% wrong: calls the array like a function
# told: error
def effective_parameters(singular_values, ridge):
    total = 0
    for j in range(len(singular_values)):
        total += singular_values(j)**2 / (singular_values(j)**2 + ridge)
    return total

# %% wrong: loops over the array itself as if it were a number
# told: error
def effective_parameters(singular_values, ridge):
    total = 0
    for j in range(singular_values):
        total += j**2 / (j**2 + ridge)
    return total

# %% wrong: lambda 0 returns 0
# told: nothing
def effective_parameters(singular_values, ridge):
    if ridge == 0:
        return 0.0
    return np.sum(singular_values**2 / (singular_values**2 + ridge))

# %% wrong: default ridge, replaces lambda 0 by 1
# told: nothing
def effective_parameters(singular_values, ridge):
    ridge = ridge or 1.0
    d2 = np.square(singular_values)
    return np.sum(d2 / (d2 + ridge))

# %% wrong: trace of d/(d+lambda) with the matrix not squared
# told: forgets_the_squares
def effective_parameters(singular_values, ridge):
    D = np.diag(singular_values)
    return np.trace(D @ np.linalg.inv(D + ridge * np.eye(len(D))))

# %% wrong: ridge added to every entry, not to the diagonal
# told: nothing
def effective_parameters(singular_values, ridge):
    D2 = np.diag(singular_values ** 2)
    return np.trace(D2 @ np.linalg.pinv(D2 + ridge))

# %% wrong: sums the entries of an outer quotient
# told: nothing
def effective_parameters(singular_values, ridge):
    d2 = singular_values[:, None] ** 2
    return np.sum(d2 / (singular_values ** 2 + ridge))

# %% wrong: sums the shrunken singular values d^3/(d^2+lambda)
# told: nothing
def effective_parameters(singular_values, ridge):
    return np.sum(singular_values * singular_values**2 / (singular_values**2 + ridge))

# %% wrong: 1 minus the sum of what is lost
# told: nothing
def effective_parameters(singular_values, ridge):
    return 1 - np.sum(ridge / (singular_values**2 + ridge))

# %% wrong: normalises d by the largest first
# told: nothing
def effective_parameters(singular_values, ridge):
    d = singular_values / singular_values.max()
    return np.sum(d**2 / (d**2 + ridge))

# %% wrong: mean of unsquared shares, two mistakes
# told: nothing
def effective_parameters(singular_values, ridge):
    return np.mean(singular_values / (singular_values + ridge))

# %% wrong: weights of the shares normalised to add up to 1
# told: relation
def effective_parameters(singular_values, ridge):
    share = singular_values**2 / (singular_values**2 + ridge)
    return np.sum(share / share.sum())

# %% wrong: result in an integer array, shares cut to 0
# told: nothing
def effective_parameters(singular_values, ridge):
    shares = np.zeros(len(singular_values), dtype=int)
    for j, d in enumerate(singular_values):
        shares[j] = d**2 / (d**2 + ridge)
    return shares.sum()

# %% wrong: zeros_like, cuts off when the input is ints
# told: nothing
def effective_parameters(singular_values, ridge):
    kept = np.zeros_like(singular_values)
    for j in range(len(kept)):
        kept[j] = singular_values[j]**2 / (singular_values[j]**2 + ridge)
    return kept.sum()

# %% wrong: arguments exchanged in the formula
# told: exchanges_arguments
def effective_parameters(singular_values, ridge):
    return np.sum(ridge**2 / (ridge**2 + singular_values))

# %% wrong: singular values once each only (np.unique)
# told: nothing
def effective_parameters(singular_values, ridge):
    d = np.unique(singular_values)
    return np.sum(d**2 / (d**2 + ridge))

# %% wrong: returns nothing but pass
# told: not attempted
def effective_parameters(singular_values, ridge):
    pass
