"""No number and no byte depends on the processor: the grid, what may be called, and a fuzz."""

import ast
import math
from pathlib import Path

import nbformat
import numpy as np
import pytest
from checkouts import notebook
from hypothesis import given
from hypothesis import strategies as st

from helpers import data, rounding, scenarios
from helpers.machinery.check import fuzz_last_digits
from helpers.machinery.commands import fuzz
from helpers.quantities import Quantity

INEXACT = (
    "arccos arccosh arcsin arcsinh arctan arctan2 arctanh cbrt cos cosh dot einsum exp exp2 expm1"
    " float_power geomspace hypot inner linalg log log10 log1p log2 logaddexp logspace matmul pow"
    " power sin sinc sinh tan tanh tensordot vdot acos acosh asin asinh atan atan2 atanh dist erf"
    " erfc gamma lgamma erfinv gammaln ndtr ndtri hermegauss"
).split()
ALLOWED = {  # module, function: why its last digit reaches nobody
    (
        "flight_distance_and_time.py",
        "sin",
    ): "math.sin by way of the C library; distances are kept on the grid",
    ("flight_distance_and_time.py", "cos"): "as sin",
    ("flight_distance_and_time.py", "asin"): "as sin",
    ("composite_index.py", "pow"): "as sin; ranks of a composite index are compared on the grid",
    ("joint_probability.py", "ndtr"): "the copula; its probability is kept on the grid",
    ("joint_probability.py", "ndtri"): "as ndtr",
    ("joint_probability.py", "hermegauss"): "as ndtr: the nodes of its quadrature",
}
numbers = st.floats(allow_nan=False, allow_infinity=False)


@given(numbers)
def test_a_number_on_the_grid_has_nine_digits_and_stays_where_it_is(number):
    snapped = rounding.snap(number)
    assert snapped == float(f"{number:.8e}") == rounding.snap(snapped)


@given(st.lists(numbers, min_size=1, max_size=20))
def test_an_array_comes_to_the_same_grid_as_its_numbers(values):
    assert list(rounding.snap(np.array(values))) == [rounding.snap(value) for value in values]


@pytest.mark.filterwarnings("error")
def test_numbers_near_the_greatest_that_a_float_holds_do_not_overflow_beside_others():
    assert list(rounding.snap(np.array([1.0, 1.7e308, -1.7e308]))) == [1.0, 1.7e308, -1.7e308]


@given(st.floats(1e-100, 1e100))
def test_the_last_digits_of_a_float_make_no_difference_on_the_grid(number):
    number = rounding.snap(number)
    assert {rounding.snap(math.nextafter(number, side)) for side in (0, math.inf)} == {number}


def test_what_is_no_inexact_number_stays_as_it_is():
    assert rounding.snap(None) is None and rounding.snap(123_456_789_012) == 123_456_789_012
    assert rounding.snap(math.inf) == math.inf and math.isnan(rounding.snap(math.nan))
    assert np.isposinf(rounding.snap(np.array([np.inf]))[0])


def test_a_quantity_is_kept_on_the_grid():
    number = Quantity(0.1 + 0.2, 1 / 3, 2 / 3)
    assert (number.value, number.low, number.high) == (0.3, 0.333333333, 0.666666667)


DRAWING = """<svg><defs>
<clipPath id="p1a"><rect x="1.0000004" y="-0" width="2" height="3"/></clipPath>
<clipPath id="p2b"><rect x="1.0000001" y="-0.0000001" width="2" height="3"/></clipPath>
</defs><path clip-path="url(#p2b)" d="M 1.23456 4.5
L 2 -0
"/><use xlink:href="#p1a"/></svg>"""


def test_a_drawing_has_its_coordinates_on_a_grid_and_its_ids_in_order_of_appearance():
    drawn = rounding.svg(DRAWING)
    assert 'd="M 1.235 4.5\nL 2 0\n"' in drawn
    assert 'clip-path="url(#i0)"' in drawn and 'href="#i0"' in drawn
    assert drawn.count("<clipPath") == 1, "two that are alike on the grid are one"
    assert rounding.svg(drawn) == drawn


def called(path: Path) -> set[tuple[str, str]]:
    """The inexact functions and operators that a module names, as (module, function)."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in INEXACT:
            owner = ast.unparse(node.value)
            if owner.split(".")[0] in ("np", "numpy", "math", "scipy", "special"):
                found.add((path.name, node.attr))
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in (
            "math",
            "numpy",
            "scipy",
        ):
            found |= {(path.name, name.name) for name in node.names if name.name in INEXACT}
        if isinstance(node, ast.BinOp | ast.AugAssign):
            exact = isinstance(getattr(node, "left", None), ast.Constant)
            if isinstance(node.op, ast.MatMult) or isinstance(node.op, ast.Pow) and not exact:
                found.add((path.name, type(node.op).__name__))
    return found


def test_helpers_call_no_function_whose_last_digit_depends_on_the_processor_but_those_allowed():
    """A power of a number that is written out, such as 2**18, is exact."""
    modules = [
        path for path in (data.ROOT / "helpers").rglob("*.py") if path.name != "fuzz_last_digits.py"
    ]
    assert set().union(*map(called, modules)) == ALLOWED.keys()


@pytest.mark.parametrize(
    "line", ["np.sin(x)", "np.linalg.inv(x)", "x ** 2", "x ** y", "a @ b", "from math import exp"]
)
def test_such_a_call_is_seen(tmp_path, line):
    (module := tmp_path / "module.py").write_text(line + "\n", "utf-8")
    assert called(module)


@pytest.mark.long
def test_the_outputs_are_the_same_whatever_the_last_digits_are(tmp_path):
    """`make fuzz` does it for every notebook, with a hundred seeds and on other processors."""
    paths = [scenarios.file("06-refuelling")]
    plain, *others = fuzz.perturbed([0, 1, fuzz_last_digits.PICTURES], paths, tmp_path).values()
    assert set(plain) == {f"{path.stem}{of}" for path in paths for of in ("", ", pictures")}
    assert [len(other) for other in others] == [len(paths), len(plain)]
    assert all(other.items() <= plain.items() for other in others)


def test_a_numpy_function_put_back_into_the_models_is_seen_by_the_fuzz(tmp_path):
    shown = notebook(
        "from helpers import data, headline_answers, patrols\nworld = data.World()\n"
        "patrols.distance_to(world, headline_answers.AREA).value"
    )
    nbformat.write(shown, tmp_path / "small.ipynb")
    program = (
        "import sys; from pathlib import Path\n"
        "from helpers.machinery.check import fuzz_last_digits as moved; moved.install()\n"
        "import numpy as np; from helpers.formulas import flight_distance_and_time as flight\n"
        "exec(compile('flight._sin = lambda x: np.sin(x)', flight.__file__, 'exec'))\n"
        f"run = moved.run(int(sys.argv[1]), [Path({str(tmp_path / 'small.ipynb')!r})], None)\n"
        "print(run['small'])"
    )

    def run(seed):
        return fuzz.python(["-c", program, seed]).stdout

    assert run("0") != run("1")
