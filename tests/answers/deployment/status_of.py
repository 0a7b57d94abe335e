# %% right: step by step, early returns
def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict) or "image" not in data:
        return 422
    image = data["image"]
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
            if not 0 <= value <= 255:
                return 422
    return 200

# %% right: one condition with all(), types by type()
def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        request = json.loads(body)
    except ValueError:
        return 400
    image = request.get("image") if type(request) is dict else None
    good = (
        type(image) is list
        and len(image) == 28
        and all(type(row) is list and len(row) == 28 for row in image)
        and all(type(v) in (int, float) and 0 <= v <= 255 for row in image for v in row)
    )
    return 200 if good else 422

# %% right: helper functions
import json


def is_number(v):
    return isinstance(v, (int, float)) and not isinstance(v, bool) and v >= 0 and v <= 255


def is_row(row):
    return isinstance(row, list) and len(row) == 28 and all(map(is_number, row))


def is_image(image):
    return isinstance(image, list) and len(image) == 28 and all(map(is_row, image))


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if isinstance(data, dict) and is_image(data.get("image")):
        return 200
    return 422

# %% right: asserts caught as AssertionError
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
        assert isinstance(data, dict)
        image = data["image"]
        assert isinstance(image, list) and len(image) == 28
        for row in image:
            assert isinstance(row, list) and len(row) == 28
            for v in row:
                assert type(v) in {int, float}
                assert 0 <= v <= 255
    except ValueError:
        return 400
    except (AssertionError, KeyError):
        return 422
    else:
        return 200

# %% right: an exception of its own for each status
import json


class Refused(Exception):
    def __init__(self, status):
        self.status = status


def examine(body, max_bytes):
    if len(body) > max_bytes:
        raise Refused(413)
    try:
        data = json.loads(body)
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise Refused(400)
    try:
        rows = data["image"]
        if [len(row) for row in rows] != [28] * 28:
            raise Refused(422)
        for row in rows:
            for v in row:
                if isinstance(v, (bool, str)) or not (0 <= v <= 255):
                    raise Refused(422)
    except (TypeError, KeyError, IndexError):
        raise Refused(422)


def status_of(body, max_bytes=20_000):
    try:
        examine(body, max_bytes)
    except Refused as refused:
        return refused.status
    return 200

# %% right: numbers.Real, and numpy for the range
import json
from numbers import Real

import numpy as np


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list) or not all(isinstance(row, list) for row in image):
        return 422
    flat = sum(image, [])
    if any(isinstance(v, bool) or not isinstance(v, Real) for v in flat):
        return 422
    if len(image) != 28 or {len(row) for row in image} != {28}:
        return 422
    pixels = np.array(image, dtype=float)
    return 200 if np.all((pixels >= 0) & (pixels <= 255)) else 422

# %% right: structural pattern matching
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    match data:
        case {"image": list(image)} if len(image) == 28:
            pass
        case _:
            return 422
    for row in image:
        match row:
            case list() if len(row) == 28:
                for v in row:
                    match v:
                        case bool():
                            return 422
                        case int() | float() if 0 <= v <= 255:
                            continue
                        case _:
                            return 422
            case _:
                return 422
    return 200

# %% right: an object that can be called
import json


class StatusOf:
    sides = 28
    kinds = (int, float)

    def number(self, v):
        return type(v) in self.kinds and 0 <= v <= 255

    def __call__(self, body, max_bytes=20_000):
        if len(body) > max_bytes:
            return 413
        try:
            data = json.loads(body)
        except ValueError:
            return 400
        if not isinstance(data, dict):
            return 422
        image = data.get("image", None)
        if not isinstance(image, list) or len(image) != self.sides:
            return 422
        for row in image:
            if not isinstance(row, list) or len(row) != self.sides or not all(map(self.number, row)):
                return 422
        return 200


status_of = StatusOf()

# %% right: http.HTTPStatus, whose members are ints
import json
from http import HTTPStatus


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return HTTPStatus(413)
    try:
        data = json.loads(body)
    except ValueError:
        return HTTPStatus.BAD_REQUEST
    if not isinstance(data, dict) or not isinstance(data.get("image"), list):
        return HTTPStatus(422)
    image = data["image"]
    if len(image) != 28 or any(not isinstance(row, list) or len(row) != 28 for row in image):
        return HTTPStatus(422)
    for v in (v for row in image for v in row):
        if v is True or v is False or not isinstance(v, (int, float)) or not 0 <= v <= 255:
            return HTTPStatus(422)
    return HTTPStatus.OK

# %% right: parse_int=float, so that only float is a number
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body, parse_int=float)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        if not all(isinstance(v, float) and 0.0 <= v <= 255.0 for v in row):
            return 422
    return 200

# %% right: itertools.chain, and the wrong values counted
import json
from itertools import chain


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict) or not isinstance(data.get("image"), list):
        return 422
    rows = data["image"]
    num_bad_rows = sum(not isinstance(row, list) or len(row) != 28 for row in rows)
    if num_bad_rows or len(rows) != 28:
        return 422
    num_bad = sum(type(v) not in (int, float) or not (0 <= v <= 255) for v in chain.from_iterable(rows))
    return 422 if num_bad else 200

# %% right: recursion over the depth
import json


def fits(value, shape):
    if not shape:
        return type(value) in [int, float] and 0 <= value <= 255
    return (
        isinstance(value, list)
        and len(value) == shape[0]
        and all(fits(part, shape[1:]) for part in value)
    )


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    return 200 if isinstance(data, dict) and fits(data.get("image"), (28, 28)) else 422

# %% right: range(28) and whatever goes wrong is 422
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    try:
        image = data["image"]
        ok = len(image) == 28
        for i in range(28):
            ok = ok and len(image[i]) == 28
            for j in range(28):
                v = image[i][j]
                ok = ok and v is not True and v is not False and 0 <= v <= 255
    except (TypeError, KeyError, IndexError):
        return 422
    return 200 if ok else 422

# %% right: conditional expressions in one return, with a parse helper
import json

NOTHING = object()


def parse(body):
    try:
        return json.loads(body)
    except ValueError:
        return NOTHING


def good(data):
    image = data.get("image") if isinstance(data, dict) else None
    if not isinstance(image, list):
        return False
    shape = [len(row) if isinstance(row, list) else -1 for row in image]
    return shape == 28 * [28] and all(
        str(type(v)) != "<class 'bool'>" and isinstance(v, (int, float)) and 0 <= v <= 255
        for row in image
        for v in row
    )


def status_of(body, max_bytes=20_000):
    return 413 if len(body) > max_bytes else 400 if (d := parse(body)) is NOTHING else 200 if good(d) else 422

# %% right: numpy array of objects, types looked at with np.vectorize
import json

import numpy as np


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict) or not isinstance(data.get("image"), list):
        return 422
    try:
        image = np.array(data["image"], dtype=object)
    except ValueError:
        return 422
    if image.shape != (28, 28):
        return 422
    is_number = np.vectorize(lambda v: type(v) in (int, float), otypes=[bool])
    if not is_number(image).all():
        return 422
    image = image.astype(float)
    return 200 if image.min() >= 0 and image.max() <= 255 else 422

# %% right: the status is a variable that gets better
import json


def status_of(body, max_bytes=20_000):
    status = 413
    if len(body) <= max_bytes:
        status = 400
        try:
            data = json.loads(body)
            status = 422
        except ValueError:
            data = None
        if isinstance(data, dict):
            image = data.get("image")
            if isinstance(image, list) and len(image) == 28:
                if all(isinstance(row, list) and len(row) == 28 for row in image):
                    numbers = [v for row in image for v in row if type(v) is int or type(v) is float]
                    if len(numbers) == 784 and all(v >= 0 and v <= 255 for v in numbers):
                        status = 200
    return status

# %% right: a lambda over helpers, pandas for rows and range
import json

import pandas as pd


def read(body):
    try:
        return True, json.loads(body)
    except ValueError:
        return False, None


def fine(data):
    if not isinstance(data, dict):
        return False
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return False
    if not all(isinstance(row, list) and len(row) == 28 for row in image):
        return False
    if {type(v) for row in image for v in row} - {int, float}:
        return False
    return bool(pd.DataFrame(image).apply(lambda column: column.between(0, 255)).to_numpy().all())


def judge(is_json, data):
    return 400 if not is_json else 200 if fine(data) else 422


status_of = lambda body, max_bytes=20_000: 413 if len(body) > max_bytes else judge(*read(body))

# %% wrong: 413 already at exactly max_bytes (>= instead of >)
# told: refuses_the_limit
import json


def status_of(body, max_bytes=20_000):
    if len(body) >= max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
            if not 0 <= value <= 255:
                return 422
    return 200

# %% wrong: never checks the length of the body, so no 413
# told: forgets_the_length
import json


def status_of(body, max_bytes=20_000):
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
            if not 0 <= value <= 255:
                return 422
    return 200

# %% wrong: ignores max_bytes, compares with the number 20,000
# told: ignores_argument
import json


def status_of(body, max_bytes=20_000):
    if len(body) > 20_000:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
            if not 0 <= value <= 255:
                return 422
    return 200

# %% wrong: parses before it looks at the length, so a long body that is no JSON gets 400 instead of 413
# told: parses_first
import json


def status_of(body, max_bytes=20_000):
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if len(body) > max_bytes:
        return 413
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
            if not 0 <= value <= 255:
                return 422
    return 200

# %% wrong: looks at the length only at the end, so a body that is too long and invalid gets 400 or 422 instead of 413
# told: parses_first
import json


def status_of(body, max_bytes=20_000):
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
            if not 0 <= value <= 255:
                return 422
    if len(body) > max_bytes:
        return 413
    return 200

# %% wrong: counts characters of the decoded text instead of bytes
# told: counts_characters
import json


def status_of(body, max_bytes=20_000):
    text = body.decode(errors="replace")
    if len(text) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
            if not 0 <= value <= 255:
                return 422
    return 200

# %% wrong: takes max_bytes for kilobytes
# told: forgets_the_length
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes * 1024:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
            if not 0 <= value <= 255:
                return 422
    return 200

# %% wrong: True and False pass for numbers
# told: takes_true_for_a_number
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if not isinstance(value, (int, float)):
                return 422
            if not 0 <= value <= 255:
                return 422
    return 200

# %% wrong: accepts numbers in quotes, because it converts with float()
# told: takes_words_for_numbers
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if isinstance(value, bool):
                return 422
            try:
                value = float(value)
            except (TypeError, ValueError):
                return 422
            if not 0 <= value <= 255:
                return 422
    return 200

# %% wrong: does not check the range 0 to 255
# told: does_not_look_at_the_pixels
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
    return 200

# %% wrong: refuses 0 and 255 (both ends of the range excluded)
# told: leaves_out_the_0
def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        request = json.loads(body)
    except ValueError:
        return 400
    image = request.get("image") if type(request) is dict else None
    good = (
        type(image) is list
        and len(image) == 28
        and all(type(row) is list and len(row) == 28 for row in image)
        and all(type(v) in (int, float) and 0 < v < 255 for row in image for v in row)
    )
    return 200 if good else 422

# %% wrong: range 0 to 255 without 255 (range(256) off by one: range(255))
# told: leaves_out_the_255
def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        request = json.loads(body)
    except ValueError:
        return 400
    image = request.get("image") if type(request) is dict else None
    good = (
        type(image) is list
        and len(image) == 28
        and all(type(row) is list and len(row) == 28 for row in image)
        and all(type(v) in (int, float) and 0 <= v < 255 for row in image for v in row)
    )
    return 200 if good else 422

# %% wrong: range from 0 to 1 instead of 0 to 255
# told: goes_up_to_1
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
            if not 0 <= value <= 1:
                return 422
    return 200

# %% wrong: lets 256 through
# told: lets_256_pass
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
            if not 0 <= value <= 256:
                return 422
    return 200

# %% wrong: checks only the upper end, so negative numbers pass
# told: looks_at_the_upper_end_only
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
            if value > 255:
                return 422
    return 200

# %% wrong: checks only the lower end, so numbers above 255 pass
# told: looks_at_the_lower_end_only
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
            if value < 0:
                return 422
    return 200

# %% wrong: NaN passes, because it asks value < 0 or value > 255
# told: lets_nan_pass
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
            if value < 0 or value > 255:
                return 422
    return 200

# %% wrong: refuses floats, takes whole numbers only
# told: allows_no_floats
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if type(value) is not int:
                return 422
            if not 0 <= value <= 255:
                return 422
    return 200

# %% wrong: refuses whole numbers, takes floats only
# told: takes_floats_only
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if not isinstance(value, float):
                return 422
            if not 0 <= value <= 255:
                return 422
    return 200

# %% wrong: does not check the type of the values, so a string raises TypeError and True passes
# told: error
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if not 0 <= value <= 255:
                return 422
    return 200

# %% wrong: checks the number of rows, not their lengths
# told: does_not_count_the_pixels
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list):
            return 422
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
            if not 0 <= value <= 255:
                return 422
    return 200

# %% wrong: checks the length of the first row only
# told: counts_the_first_row_only
def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        request = json.loads(body)
    except ValueError:
        return 400
    image = request.get("image") if type(request) is dict else None
    good = (
        type(image) is list
        and len(image) == 28
        and all(type(row) is list for row in image)
        and len(image[0]) == 28
        and all(type(v) in (int, float) and 0 <= v <= 255 for row in image for v in row)
    )
    return 200 if good else 422

# %% wrong: does not check the number of rows, only their lengths
# told: does_not_count_the_rows
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list):
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
            if not 0 <= value <= 255:
                return 422
    return 200

# %% wrong: checks that there are 784 numbers in all, not 28 rows of 28
# told: counts_784_numbers
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list):
        return 422
    for row in image:
        if not isinstance(row, list):
            return 422
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
            if not 0 <= value <= 255:
                return 422
    if sum(len(row) for row in image) != 784:
        return 422
    return 200

# %% wrong: accepts more than 28 rows and columns (only < 28 is refused)
# told: lets_larger_images_pass
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list) or len(image) < 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) < 28:
            return 422
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
            if not 0 <= value <= 255:
                return 422
    return 200

# %% wrong: wants a flat list of 784 numbers
# told: wants_784_in_one_row
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 784:
        return 422
    for value in image:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return 422
        if not 0 <= value <= 255:
            return 422
    return 200

# %% wrong: raises AttributeError for JSON that is no object, because it calls .get on it
# told: fails_on_other_json
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
            if not 0 <= value <= 255:
                return 422
    return 200

# %% wrong: 400 instead of 422 for JSON that is no object
# told: calls_what_is_no_object_unreadable
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 400
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
            if not 0 <= value <= 255:
                return 422
    return 200

# %% wrong: raises KeyError where "image" is missing
# told: error
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data["image"]
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
            if not 0 <= value <= 255:
                return 422
    return 200

# %% wrong: 400 instead of 422 where "image" is missing
# told: calls_any_other_json_unreadable
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    if "image" not in data:
        return 400
    image = data["image"]
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
            if not 0 <= value <= 255:
                return 422
    return 200

# %% wrong: raises TypeError where image is a number or null, because it takes len() of it without asking for a list
# told: error
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
            if not 0 <= value <= 255:
                return 422
    return 200

# %% wrong: raises TypeError where a row is a number, because it takes len() of it
# told: error
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if len(row) != 28:
            return 422
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
            if not 0 <= value <= 255:
                return 422
    return 200

# %% wrong: catches only json.JSONDecodeError, so bytes that are no text raise UnicodeDecodeError
# told: error
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except json.JSONDecodeError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
            if not 0 <= value <= 255:
                return 422
    return 200

# %% wrong: does not catch the exception of json.loads, so no 400
# told: error
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    data = json.loads(body)
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
            if not 0 <= value <= 255:
                return 422
    return 200

# %% wrong: 400 and 422 swapped
# told: exchanges_the_two
def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        request = json.loads(body)
    except ValueError:
        return 422
    image = request.get("image") if type(request) is dict else None
    good = (
        type(image) is list
        and len(image) == 28
        and all(type(row) is list and len(row) == 28 for row in image)
        and all(type(v) in (int, float) and 0 <= v <= 255 for row in image for v in row)
    )
    return 200 if good else 400

# %% wrong: 400 for everything that is wrong, 422 never
# told: lets_everything_be_400
def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        request = json.loads(body)
    except ValueError:
        return 400
    image = request.get("image") if type(request) is dict else None
    good = (
        type(image) is list
        and len(image) == 28
        and all(type(row) is list and len(row) == 28 for row in image)
        and all(type(v) in (int, float) and 0 <= v <= 255 for row in image for v in row)
    )
    return 200 if good else 400

# %% wrong: refuses an object that has other entries besides image
# told: wants_nothing_else
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict) or set(data) != {"image"}:
        return 422
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
            if not 0 <= value <= 255:
                return 422
    return 200

# %% wrong: returns from within the loop, so only the first value is checked
# told: nothing
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
            if not 0 <= value <= 255:
                return 422
            return 200

# %% wrong: checks only the first row (return 200 inside the loop over rows)
# told: knows_the_first_row_only
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
            if not 0 <= value <= 255:
                return 422
        return 200

# %% wrong: any instead of all: one good number is enough
# told: nothing
def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        request = json.loads(body)
    except ValueError:
        return 400
    image = request.get("image") if type(request) is dict else None
    good = (
        type(image) is list
        and len(image) == 28
        and all(type(row) is list and len(row) == 28 for row in image)
        and any(type(v) in (int, float) and 0 <= v <= 255 for row in image for v in row)
    )
    return 200 if good else 422

# %% wrong: returns nothing (None) instead of 200 for a good request
# told: form
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
            if not 0 <= value <= 255:
                return 422

# %% wrong: returns the status as a string
# told: form
def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return "413"
    try:
        request = json.loads(body)
    except ValueError:
        return "400"
    image = request.get("image") if type(request) is dict else None
    good = (
        type(image) is list
        and len(image) == 28
        and all(type(row) is list and len(row) == 28 for row in image)
        and all(type(v) in (int, float) and 0 <= v <= 255 for row in image for v in row)
    )
    return "200" if good else "422"

# %% wrong: returns a pair of status and message instead of an int
# told: relation
def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413, "too large"
    try:
        request = json.loads(body)
    except ValueError:
        return 400, "no JSON"
    image = request.get("image") if type(request) is dict else None
    good = (
        type(image) is list
        and len(image) == 28
        and all(type(row) is list and len(row) == 28 for row in image)
        and all(type(v) in (int, float) and 0 <= v <= 255 for row in image for v in row)
    )
    return (200, "ok") if good else (422, "no image")

# %% wrong: prints the status instead of returning it
# told: form
def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        print(413)
        return
    try:
        request = json.loads(body)
    except ValueError:
        print(400)
        return
    image = request.get("image") if type(request) is dict else None
    good = (
        type(image) is list
        and len(image) == 28
        and all(type(row) is list and len(row) == 28 for row in image)
        and all(type(v) in (int, float) and 0 <= v <= 255 for row in image for v in row)
    )
    print(200 if good else 422)

# %% wrong: returns True or False instead of the status
# told: says_yes_or_no
def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return False
    try:
        request = json.loads(body)
    except ValueError:
        return False
    image = request.get("image") if type(request) is dict else None
    good = (
        type(image) is list
        and len(image) == 28
        and all(type(row) is list and len(row) == 28 for row in image)
        and all(type(v) in (int, float) and 0 <= v <= 255 for row in image for v in row)
    )
    return good

# %% wrong: range(27) leaves the last row and column out
# told: nothing
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(data, dict):
        return 422
    image = data.get("image")
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for i in range(27):
        row = image[i]
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for value in row[:27]:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return 422
            if not 0 <= value <= 255:
                return 422
    return 200

# %% wrong: raises an exception of its own instead of returning the status
# told: error
import json


class HTTPError(Exception):
    pass


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        raise HTTPError(413)
    try:
        data = json.loads(body)
    except ValueError:
        raise HTTPError(400)
    try:
        image = data["image"]
        good = [len(row) for row in image] == [28] * 28
        good = good and all(type(v) in (int, float) and 0 <= v <= 255 for row in image for v in row)
    except (TypeError, KeyError):
        good = False
    if not good:
        raise HTTPError(422)
    return 200

# %% wrong: one try around everything: ragged rows and words make numpy raise ValueError and get 400 instead of 422; True passes too
# told: nothing
import json

import numpy as np


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
        image = np.array(data["image"], dtype=float)
        if image.shape != (28, 28) or not np.all((image >= 0) & (image <= 255)):
            return 422
    except ValueError:
        return 400
    except (KeyError, TypeError, IndexError):
        return 422
    return 200

# %% wrong: numpy turns True into 1 and "12" into 12.0, so both pass for numbers
# told: takes_words_for_numbers
import json

import numpy as np


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        data = json.loads(body)
    except ValueError:
        return 400
    try:
        image = np.array(data["image"], dtype=float)
    except (ValueError, KeyError, TypeError, IndexError):
        return 422
    if image.shape != (28, 28) or not np.all((image >= 0) & (image <= 255)):
        return 422
    return 200

# %% wrong: bare except: whatever goes wrong gets 400, even JSON without an image; the range and booleans are not checked either (two mistakes and more)
# told: nothing
import json


def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        image = json.loads(body)["image"]
        if len(image) == 28 and all(len(row) == 28 for row in image):
            return 200
        return 422
    except:
        return 400

# %% wrong: two mistakes: 413 at exactly max_bytes, and True passes for a number
# told: refuses_the_limit
def status_of(body, max_bytes=20_000):
    if len(body) >= max_bytes:
        return 413
    try:
        request = json.loads(body)
    except ValueError:
        return 400
    image = request.get("image") if type(request) is dict else None
    good = (
        type(image) is list
        and len(image) == 28
        and all(type(row) is list and len(row) == 28 for row in image)
        and all(isinstance(v, (int, float)) and 0 <= v <= 255 for row in image for v in row)
    )
    return 200 if good else 422

# %% wrong: two mistakes: refuses 255, and raises AttributeError for JSON that is no object
# told: leaves_out_the_255
def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        request = json.loads(body)
    except ValueError:
        return 400
    image = request.get("image")
    good = (
        type(image) is list
        and len(image) == 28
        and all(type(row) is list and len(row) == 28 for row in image)
        and all(type(v) in (int, float) and 0 <= v < 255 for row in image for v in row)
    )
    return 200 if good else 422

# %% wrong: two mistakes: UnicodeDecodeError is not caught, and the row lengths are not checked
# told: does_not_count_the_pixels
def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        request = json.loads(body)
    except json.JSONDecodeError:
        return 400
    image = request.get("image") if type(request) is dict else None
    good = (
        type(image) is list
        and len(image) == 28
        and all(type(row) is list for row in image)
        and all(type(v) in (int, float) and 0 <= v <= 255 for row in image for v in row)
    )
    return 200 if good else 422

# %% wrong: two mistakes: 400 for JSON without a good image, and floats refused
# told: nothing
def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        request = json.loads(body)
    except ValueError:
        return 400
    image = request.get("image") if type(request) is dict else None
    good = (
        type(image) is list
        and len(image) == 28
        and all(type(row) is list and len(row) == 28 for row in image)
        and all(type(v) is int and 0 <= v <= 255 for row in image for v in row)
    )
    return 200 if good else 400

# %% wrong: two mistakes: no check of the length of the body, and 404 instead of 422
# told: nothing
def status_of(body, max_bytes=20_000):
    try:
        request = json.loads(body)
    except ValueError:
        return 400
    image = request.get("image") if type(request) is dict else None
    good = (
        type(image) is list
        and len(image) == 28
        and all(type(row) is list and len(row) == 28 for row in image)
        and all(type(v) in (int, float) and 0 <= v <= 255 for row in image for v in row)
    )
    return 200 if good else 404

# %% wrong: 500 instead of 422
# told: answers_500_for_the_form
def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        request = json.loads(body)
    except ValueError:
        return 400
    image = request.get("image") if type(request) is dict else None
    good = (
        type(image) is list
        and len(image) == 28
        and all(type(row) is list and len(row) == 28 for row in image)
        and all(type(v) in (int, float) and 0 <= v <= 255 for row in image for v in row)
    )
    return 200 if good else 500

# %% wrong: 414 instead of 413 for a body that is too long
# told: answers_414
def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 414
    try:
        request = json.loads(body)
    except ValueError:
        return 400
    image = request.get("image") if type(request) is dict else None
    good = (
        type(image) is list
        and len(image) == 28
        and all(type(row) is list and len(row) == 28 for row in image)
        and all(type(v) in (int, float) and 0 <= v <= 255 for row in image for v in row)
    )
    return 200 if good else 422

# %% wrong: 201 instead of 200
# told: answers_201
def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        request = json.loads(body)
    except ValueError:
        return 400
    image = request.get("image") if type(request) is dict else None
    good = (
        type(image) is list
        and len(image) == 28
        and all(type(row) is list and len(row) == 28 for row in image)
        and all(type(v) in (int, float) and 0 <= v <= 255 for row in image for v in row)
    )
    return 201 if good else 422

# %% wrong: 255.5 is rounded down first
# told: nothing
import json

def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return 400

    try:
        image = content["image"]
        if len(image) != 28 or any(len(row) != 28 for row in image):
            return 422
        for row in image:
            for pixel in row:
                if isinstance(pixel, (bool, str)) or not 0 <= int(pixel // 1) <= 255:
                    return 422
    except (KeyError, TypeError, IndexError, ValueError, AttributeError):
        return 422
    return 200

# %% wrong: a number in place of the rows raises
# told: error
import json

def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return 400

    if not isinstance(content, dict) or not isinstance(content.get("image"), list):
        return 422
    image = content["image"]
    if len(image) != 28 or not all(len(row) == 28 for row in image if row is not None):
        return 422
    for row in image:
        for pixel in row or [None]:
            if isinstance(pixel, bool) or not isinstance(pixel, (int, float)) or not 0 <= pixel <= 255:
                return 422
    return 200

# %% wrong: takes the first value of the object, whatever its key
# told: nothing
import json

def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return 400

    if not isinstance(content, dict) or not content:
        return 422
    image = next(iter(content.values()))
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for pixel in row:
            if isinstance(pixel, bool) or not isinstance(pixel, (int, float)) or not 0 <= pixel <= 255:
                return 422
    return 200

# %% wrong: leaves out the last row
# told: nothing
import json

def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return 400

    if not isinstance(content, dict) or not isinstance(content.get("image"), list):
        return 422
    image = content["image"]
    if len(image) != 28 or not all(isinstance(row, list) and len(row) == 28 for row in image):
        return 422
    for row in image[:-1]:
        for pixel in row:
            if isinstance(pixel, bool) or not isinstance(pixel, (int, float)) or not 0 <= pixel <= 255:
                return 422
    return 200

# %% wrong: fails with null only (not d.get)
# told: error
def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        d = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(d, (dict, list, str)) or "image" not in d:
        return 422
    image = d["image"]
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for v in row:
            if isinstance(v, bool) or not isinstance(v, (int, float)) or not 0 <= v <= 255:
                return 422
    return 200

# %% wrong: 28 rows and 784 in all
# told: nothing
def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        d = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(d, dict) or "image" not in d:
        return 422
    image = d["image"]
    if not isinstance(image, list) or len(image) != 28:
        return 422
    if not all(isinstance(r, list) for r in image) or sum(map(len, image)) != 784:
        return 422
    for row in image:
        if not isinstance(row, list):
            return 422
        for v in row:
            if isinstance(v, bool) or not isinstance(v, (int, float)) or not 0 <= v <= 255:
                return 422
    return 200

# %% wrong: "image" in d on a list or a text
# told: error
def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        d = json.loads(body)
    except ValueError:
        return 400
    try:
        if "image" not in d:
            return 422
    except TypeError:
        return 422
    image = d["image"]
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for v in row:
            if type(v) not in (int, float) or not 0 <= v <= 255:
                return 422
    return 200

# %% wrong: mean of the lengths is 28 (numbers of all rows over rows)
# told: nothing
def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        d = json.loads(body)
    except ValueError:
        return 400
    try:
        image = d["image"]
        flat = [v for row in image for v in row]
        ok = len(image) == 28 and len(flat) == 784 and isinstance(image, list)
        ok = ok and all(type(v) in (int, float) and 0 <= v <= 255 for v in flat)
    except (TypeError, KeyError):
        return 422
    return 200 if ok else 422

# %% wrong: an empty body is 422
# told: nothing
import json

def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    if not body:
        return 422
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return 400
    if not isinstance(content, dict) or "image" not in content:
        return 422
    image = content["image"]
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for pixel in row:
            if isinstance(pixel, bool) or not isinstance(pixel, (int, float)) or not 0 <= pixel <= 255:
                return 422
    return 200

# %% wrong: asks for the length of whatever the image is
# told: error
import json

def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return 400
    if not isinstance(content, dict) or "image" not in content:
        return 422
    image = content["image"]
    if len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for pixel in row:
            if isinstance(pixel, bool) or not isinstance(pixel, (int, float)) or not 0 <= pixel <= 255:
                return 422
    return 200

# %% wrong: a pixel null is passed over
# told: nothing
import json

def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return 400
    if not isinstance(content, dict) or "image" not in content:
        return 422
    image = content["image"]
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for pixel in row:
            if pixel is None:
                continue
            if isinstance(pixel, bool) or not isinstance(pixel, (int, float)) or not 0 <= pixel <= 255:
                return 422
    return 200

# %% wrong: a pixel that is a list raises
# told: error
import json

def status_of(body, max_bytes=20_000):
    if len(body) > max_bytes:
        return 413
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return 400
    if not isinstance(content, dict) or "image" not in content:
        return 422
    image = content["image"]
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for pixel in row:
            if isinstance(pixel, (bool, str, type(None))) or not 0 <= pixel <= 255:
                return 422
    return 200

# %% wrong: another limit where none is given, 19,999
# told: nothing
import json

def status_of(body, max_bytes=19_999):
    if len(body) > max_bytes:
        return 413
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return 400
    if not isinstance(content, dict) or "image" not in content:
        return 422
    image = content["image"]
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for pixel in row:
            if isinstance(pixel, bool) or not isinstance(pixel, (int, float)) or not 0 <= pixel <= 255:
                return 422
    return 200

# %% wrong: another limit where none is given, 20,480
# told: nothing
import json

def status_of(body, max_bytes=20_480):
    if len(body) > max_bytes:
        return 413
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return 400
    if not isinstance(content, dict) or "image" not in content:
        return 422
    image = content["image"]
    if not isinstance(image, list) or len(image) != 28:
        return 422
    for row in image:
        if not isinstance(row, list) or len(row) != 28:
            return 422
        for pixel in row:
            if isinstance(pixel, bool) or not isinstance(pixel, (int, float)) or not 0 <= pixel <= 255:
                return 422
    return 200
