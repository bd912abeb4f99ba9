"""What a force takes and what a fleet can keep up, in the field's own symbols: ground force, air
patrol, tankers, orbits, conditions.

Every function takes numbers or numpy arrays of one shape and returns the same; none reads a table.
Units are kilometres, hours,
kilograms and persons throughout. A rate is per ready aircraft unless its symbol says otherwise, so
readiness is divided by once.
`DEFINITIONS` names the functions that a number on a page may be made by.

Sources. Ground force: the arithmetic of rotation that allied ministers used in April 2025 (64,000
in place, 256,000 in the cycle) and
NATO's targets of deployable and sustained shares (2004, 2006). Patrols, tankers and orbits:
conservation of flying hours
and of fuel, written out here and checked against Libya 2011, Northern Watch and the published rates
of the E-3 and RQ-4. Conditions:
Boole (1854) and Fréchet (1935) for the bounds, the one-factor Gaussian copula for the rest.
Composite index: OECD and JRC, Handbook on
Constructing Composite Indicators (2008). Limits are stated with each function; each raises
ValueError where its answer is not defined.
"""

import inspect
import math
from collections.abc import Callable

import numpy as np

HOURS_PER_DAY = 24
KG_PER_TONNE = 1000
EARTH_RADIUS = 6371.0088  # km, mean radius (IUGG)
DEFINITIONS: dict[str, Callable] = {}
DIRECTIONS: dict[str, tuple[int, ...]] = {}  # of each input: 1 raises the number, -1 lowers it


# numpy's own give another last digit on processors with AVX-512 (numpy/numpy#23523)
_sin, _cos, _asin, _power = (
    np.vectorize(function, otypes=[float]) for function in (math.sin, math.cos, math.asin, math.pow)
)


def model(rises: str = "", falls: str = "") -> Callable[[Callable], Callable]:
    """Make a function known under its name, so that a number can say it was made by it.

    Parameters
    ----------
    rises, falls
        The inputs that raise the function wherever they move it at all, and those that lower it,
        over all values that make sense. One that is named in neither may move it either way.

    Raises ValueError for a name that is no input, or stands in both.
    """

    def known(function: Callable) -> Callable:
        inputs = list(inspect.signature(function).parameters)
        moved = [*rises.split(), *falls.split()]
        if strange := [name for name in moved if name not in inputs or moved.count(name) > 1]:
            raise ValueError(f"{function.__name__}: {strange[0]!r} is no input, or named twice")
        DIRECTIONS[function.__name__] = tuple(
            (name in rises.split()) - (name in falls.split()) for name in inputs
        )
        return DEFINITIONS.setdefault(function.__name__, function)

    return known


@model()
def distance(phi_1, lambda_1, phi_2, lambda_2):
    """Great-circle distance in km between two points given in degrees north and east (haversine
    formula on a sphere).

    Off by at most half a per cent from the distance on the ellipsoid.
    """
    phi_1, lambda_1, phi_2, lambda_2 = map(np.radians, (phi_1, lambda_1, phi_2, lambda_2))
    north, east = _sin((phi_2 - phi_1) / 2), _sin((lambda_2 - lambda_1) / 2)
    h = north * north + _cos(phi_1) * _cos(phi_2) * east * east
    return 2 * EARTH_RADIUS * _asin(np.sqrt(h))


# Ground force


@model(rises="N_dep R")
def pool(N_dep, R):
    """Persons that must exist for N_dep to be deployed without end: N_dep R, with R persons in the
    cycle for each deployed one.
    """
    return N_dep * R


@model(rises="A d", falls="C R")
def sustained(A, d, C, R):
    """Persons that a state can keep deployed without end: max(0, A d - C) / R.

    A  land personnel; d  share of them that can be deployed at all; R  rotation factor
    C  persons bound already: those deployed and those who rest and train to relieve them
    A state whose commitments exceed its deployable force adds nothing and takes nothing from the
    others.
    """
    return np.maximum(0, A * d - C) / R


@model(rises="T", falls="C")
def kept_up(T, C):
    """Persons that a state could add by its own record: max(0, T - C).

    T  persons that it was seen to keep in the field, on average over a year
    C  persons in the field already
    A record shows what was asked for as well as what could be given.
    """
    return np.maximum(0, T - C)


@model(rises="K W x_land", falls="G")
def abroad(K, W, G, x_land):
    """Persons of the land forces on operations abroad: K + x_land max(0, W - G - K).

    K  persons in the missions that are known; W  persons abroad of all services and for all
       reasons; G  persons in permanent garrisons
    x_land  share of those whom neither missions nor garrisons explain, from 0 to 1
    """
    return K + x_land * np.maximum(0, W - G - K)


@model(rises="N", falls="L")
def density(N, L):
    """Persons per kilometre of a line of L km."""
    return N / L


@model(rises="rho_L L")
def line_force(rho_L, L):
    """Persons for a line of L km at rho_L persons a km."""
    return rho_L * L


# Air patrol and its tankers


@model(rises="d", falls="v")
def transit_time(d, v):
    """Hours from base to station and back: 2 d / v, with d km each way at v km/h."""
    return 2 * d / v


@model(rises="v f u", falls="d b")
def unrefuelled_station(d, v, f, u, b):
    """Hours on station of a sortie without refuelling: max(0, f u / b - 2 d / v).

    f  internal fuel in kg; u  share of it that may be used; b  fuel burned in kg/h; d, v as in
       transit_time
    """
    return np.maximum(0, f * u / b - transit_time(d, v))


@model(rises="v f u", falls="b")
def tipping_distance(v, f, u, b):
    """Kilometres from base at which an unrefuelled sortie has no time on station: v f u / (2 b);
    symbols as in unrefuelled_station.
    """
    return v * f * u / (2 * b)


@model(rises="n k", falls="t_os")
def sorties(n, k, t_os):
    """Sorties a day for k continuous patrols of n aircraft, each on station for t_os hours: 24 n k
    / t_os.
    """
    with np.errstate(divide="ignore"):
        return np.divide(HOURS_PER_DAY * n * k, t_os)


@model(rises="n k d t_turn", falls="v t_os s_max m")
def fighters(n, k, d, v, t_os, t_turn, s_max, m):
    """Fighters possessed for k continuous patrols of n aircraft: max(n k C / t_os, S / s_max) / m
    with C = t_os + 2 d / v + t_turn.

    t_turn  hours on the ground between sorties; s_max  sorties a day of a ready aircraft; m  share
            that is ready (mission-capable rate)
    Aircraft in depot come on top where m is counted without them. Crews, threat, weather and peaks
    are left out; one base serves each patrol.
    """
    cycle = t_os + transit_time(d, v) + t_turn
    with np.errstate(divide="ignore"):
        return np.maximum(np.divide(n * k * cycle, t_os), sorties(n, k, t_os) / s_max) / m


@model(rises="n k d t_turn", falls="v t_os")
def cycling_fighters(n, k, d, v, t_os, t_turn):
    """The cycling term alone, n k C / t_os: the rule of thumb that leaves out sortie rate and
    readiness.
    """
    return n * k * (t_os + transit_time(d, v) + t_turn) / t_os


@model(rises="n k d b", falls="v f u")
def tanker_fuel(n, k, d, v, t_os, b, f, u):
    """Kilograms a day that tankers must give for k continuous patrols: max(0, b (24 n k + S 2 d /
    v) - S f u), S sorties a day.

    A longer stay takes less fuel where a sortie burns more on its way than it brings, else more.
    """
    S = sorties(n, k, t_os)
    return np.maximum(0, b * (HOURS_PER_DAY * n * k + S * transit_time(d, v)) - S * f * u)


@model(rises="F_cap v_T O_max", falls="b_T r t_hold F_res")
def offload(F_cap, b_T, r, v_T, t_hold, F_res, O_max):
    """Kilograms a tanker can give on a sortie: max(0, min(O_max, F_cap - b_T (2 r / v_T + t_hold) -
    F_res)).

    F_cap  fuel it holds; b_T  what it burns in kg/h; r  km from its base to the track, flown at v_T
           km/h
    t_hold  hours on the track; F_res  reserve; O_max  the most it can give
    """
    return np.maximum(0, np.minimum(O_max, F_cap - b_T * (transit_time(r, v_T) + t_hold) - F_res))


@model(rises="F_day", falls="O s_T")
def tankers(F_day, O, s_T):
    """Tankers possessed that give F_day kg a day: F_day / (O s_T), with O kg a sortie and s_T
    sorties a day per possessed one.

    A rate counted over ready aircraft is multiplied by the share that is ready first. Raises
    ValueError where no tanker has fuel left to
    give; in arrays such elements are infinite.
    """
    given = np.asarray(O * s_T, dtype=float)
    if np.all(given == 0):
        raise ValueError(
            "no number of tankers suffices: at this distance none has fuel left to give"
        )
    return np.where(
        F_day == 0,
        0.0,
        np.divide(
            F_day, given, out=np.full(np.broadcast(F_day, given).shape, np.inf), where=given != 0
        ),
    )


@model(rises="T O s_T")
def fuel_given(T, O, s_T):
    """Kilograms a day that T possessed tankers give together: T O s_T, with O kg a sortie and s_T
    sorties a day per possessed one.

    Depot, training and unreadiness are inside s_T, which is counted over a whole fleet.
    """
    return T * O * s_T


@model(rises="F_day", falls="F_patrol")
def patrols_carried(F_day, F_patrol):
    """Continuous patrols that F_day kg a day from tankers can keep up, with F_patrol kg a day for
    one: F_day / F_patrol.

    Infinite where a patrol takes no fuel from tankers: they set no limit.
    """
    F_day, F_patrol = np.asarray(F_day, dtype=float), np.asarray(F_patrol, dtype=float)
    return np.divide(
        F_day,
        F_patrol,
        out=np.full(np.broadcast(F_day, F_patrol).shape, np.inf),
        where=F_patrol > 0,
    )


@model(rises="k q")
def alert_fighters(k, q):
    """Fighters at base to hold k pairs at readiness on the ground: k q, with q of them for each
    pair.
    """
    return k * q


# Surveillance orbits


@model(rises="E v", falls="d")
def orbit_station(E, d, v):
    """Hours on station of an aircraft with endurance E hours, d km from base at v km/h: max(0, E -
    2 d / v).
    """
    return np.maximum(0, E - transit_time(d, v))


@model(rises="A E v m", falls="c d t_turn")
def orbits(A, c, E, d, v, t_turn, m):
    """Continuous orbits that a fleet keeps up: A (1 - c) m (E - 2 d / v) / (E + t_turn); zero where
    it cannot reach the orbit.

    A  aircraft possessed; c  share in depot maintenance; t_turn  hours on the ground between
       sorties; m  ready share of the rest
    Fleets with other tasks and sensors of other kinds must not be added.
    """
    return A * (1 - c) * m * orbit_station(E, d, v) / (E + t_turn)


@model(rises="d t_turn", falls="E v m")
def airframes_per_orbit(E, d, v, t_turn, m):
    """Aircraft on the line for one continuous orbit: (E + t_turn) / (E - 2 d / v) / m; infinite
    where the orbit cannot be reached.
    """
    with np.errstate(divide="ignore"):
        return (E + t_turn) / np.asarray(orbit_station(E, d, v), dtype=float) / m


# Conditions that must hold together


@model(rises="p_1 p_2 p_3")
def independent(p_1, p_2, p_3):
    """Probability that all three hold if none says anything of the others: their product."""
    return p_1 * p_2 * p_3


@model(rises="p_1 p_2 p_3")
def at_least(p_1, p_2, p_3):
    """Least probability that all three hold, whatever their dependence: max(0, sum - 2) (Boole and
    Fréchet).
    """
    return np.maximum(0, p_1 + p_2 + p_3 - 2)


@model(rises="p_1 p_2 p_3")
def at_most(p_1, p_2, p_3):
    """Greatest probability that all three hold, whatever their dependence: the smallest of them
    (Boole and Fréchet).
    """
    return np.minimum(np.minimum(p_1, p_2), p_3)


@model(rises="p_1 p_2 p_3 rho")
def correlated(p_1, p_2, p_3, rho):
    """Probability that all three hold under a Gaussian copula with one correlation rho, 0 <= rho <
    1, between every two.

    P = E[prod_i Phi((z_i - sqrt(rho) X) / sqrt(1 - rho))], z_i = Phi^-1(p_i), X standard normal; by
    Gauss-Hermite quadrature.
    A certain condition drops out, an impossible one makes it zero. Raises ValueError for other rho
    and for p outside [0, 1].
    """
    from scipy.special import ndtr, ndtri

    p = np.stack(np.broadcast_arrays(np.asarray(p_1, float), p_2, p_3))
    rho = np.asarray(rho, float)
    if np.any((p < 0) | (p > 1)):
        raise ValueError("a probability lies between 0 and 1")
    if np.any((rho < 0) | (rho >= 1)):
        raise ValueError("the correlation must be at least 0 and below 1")
    x, weight = np.polynomial.hermite_e.hermegauss(64)
    z, shares = ndtri(p), weight / weight.sum()
    return sum(
        share * np.prod(ndtr((z - np.sqrt(rho) * at) / np.sqrt(1 - rho)), axis=0)
        for at, share in zip(x, shares, strict=True)
    )


# Measures put together


def composite(x, w, geometric: bool = False):
    """A composite index of each state: sum_k w_k x_k / sum_k w_k, or the product of x_k to the
    power w_k / sum_k w_k.

    x  normalised measures, states by measures; w  their weights, one each, or draws by measures:
       the result is then draws by states
    The geometric form lets no large measure make up for a small one; a measure of zero makes it
    zero. Raises ValueError for weights
    that are negative or all zero, and for negative measures in the geometric form.
    """
    x, w = np.asarray(x, dtype=float), np.asarray(w, dtype=float)
    if np.any(w < 0) or np.any(w.sum(axis=-1) == 0):
        raise ValueError("weights are not negative, and not all zero")
    if geometric and np.any(x < 0):
        raise ValueError("a geometric index takes no negative measure")
    part = w / w.sum(axis=-1, keepdims=True)
    if geometric:
        return np.prod(_power(x, part[..., None, :]), axis=-1)
    return np.sum(x * part[..., None, :], axis=-1)
