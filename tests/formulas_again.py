"""The formulas of helpers.formulas written a second time, without its code, for recounting what
pages show. One that asks which of two numbers is larger by `larger` takes all draws at once.
"""

import math

from numpy import maximum as larger
from numpy import minimum as smaller


def sphere(phi_1, lambda_1, phi_2, lambda_2):
    """The angle between two unit vectors, times the Earth's mean radius."""
    one, other = (
        (math.cos(a) * math.cos(b), math.cos(a) * math.sin(b), math.sin(a))
        for a, b in (
            (math.radians(phi_1), math.radians(lambda_1)),
            (math.radians(phi_2), math.radians(lambda_2)),
        )
    )
    return 6371.0088 * math.acos(
        max(-1, min(1, sum(x * y for x, y in zip(one, other, strict=True))))
    )


def on_station(fuel, burn, d, v):
    return larger(0.0, fuel / burn - 2 * d / v)


def possessed_fighters(n, k, d, v, t_os, t_turn, s_max, m):
    in_the_air = n * k
    for_the_cycle = in_the_air * (t_os + 2 * d / v + t_turn) / t_os
    for_the_sorties = 24 / t_os * in_the_air / s_max
    return larger(for_the_cycle, for_the_sorties) / m


def air_hours_a_year(n, k, d, v, t_os):
    """A sortie lasts its time on station and the way; so many of them a day, every day."""
    sorties_a_day = 24 * n * k / t_os
    return 365 * sorties_a_day * (t_os + 2 * d / v)


def fighters_that_last(n, k, d, v, t_os, t_turn, s_max, m, h, p=1.0, h_p=math.inf):
    hours = air_hours_a_year(n, k, d, v, t_os)
    at_once = possessed_fighters(n, k, d, v, t_os, t_turn, s_max, m)
    return larger(at_once, larger(hours / h, hours / p / h_p))


def pairs_with_escorts(k_F, r_F, F_day, F_patrol, e, F_escort):
    fuel_left, fighters_left = F_day - F_escort * e, k_F - r_F * e
    if fuel_left < 0 or fighters_left < 0:
        return 0.0
    return min(fighters_left, fuel_left / F_patrol) if F_patrol else fighters_left


def orbits_that_last(A, c, E, d, v, t_turn, m, h, w):
    on_station = larger(0.0, E - 2 * d / v)
    at_capacity = (A - A * c) * m * on_station / (E + t_turn)
    by_hours = A * h / 24 / 365 * w * on_station / E
    return smaller(at_capacity, by_hours)


def fuel_from_tankers(n, k, d, v, t_os, b, f, u):
    flown = 24 / t_os * n * k
    hours = 24 * n * k + flown * 2 * d / v
    return larger(0.0, hours * b - flown * f * u)


def given_by_a_tanker(F_cap, b_T, r, v_T, t_hold, F_res, O_max):
    left = F_cap - F_res - b_T * t_hold - 2 * r * b_T / v_T
    return min(O_max, left) if left > 0 else 0.0


def bivariate_steps(p_1, p_2, p_3, rho, steps=20_000):
    """The one-factor Gaussian copula by the midpoint rule over the common factor, with bisected
    normal quantiles.
    """

    def normal(x):
        return 0.5 * math.erfc(-x / math.sqrt(2))

    def quantile(p):
        low, high = -9.0, 9.0
        for _ in range(200):
            middle = (low + high) / 2
            low, high = (middle, high) if normal(middle) < p else (low, middle)
        return low

    if 0 in (p_1, p_2, p_3):
        return 0.0
    z = [quantile(p) for p in (p_1, p_2, p_3)]
    total = 0.0
    for step in range(steps):
        x = -8 + 16 * (step + 0.5) / steps
        given = math.prod(normal((limit - math.sqrt(rho) * x) / math.sqrt(1 - rho)) for limit in z)
        total += given * math.exp(-x * x / 2) / math.sqrt(2 * math.pi) * 16 / steps
    return total


AGAIN = {
    "distance": sphere,
    "pool": lambda N_dep, R: N_dep * R,
    "sustained": lambda A, d, C, R: larger(A * d - C, 0) / R,
    "kept_up": lambda T, C: larger(T, C) - C,
    "abroad": lambda K, W, G, x_land: K + x_land * (larger(W, G + K) - G - K),
    "cost": lambda N_dep, B, P, Y: B / P / Y * N_dep,
    "density": lambda N, L: N / L,
    "line_force": lambda rho_L, L: rho_L * L,
    "transit_time": lambda d, v: d / v + d / v,
    "unrefuelled_station": lambda d, v, f, u, b: on_station(f * u, b, d, v),
    "tipping_distance": lambda v, f, u, b: f * u / b * v / 2,
    "sorties": lambda n, k, t_os: 24 / t_os * n * k,
    "fighters": possessed_fighters,
    "hours_flown": air_hours_a_year,
    "fighters_by_hours": lambda n, k, d, v, t_os, h: air_hours_a_year(n, k, d, v, t_os) / h,
    "fighters_by_crews": (
        lambda n, k, d, v, t_os, p, h_p: air_hours_a_year(n, k, d, v, t_os) / p / h_p
    ),
    "fighters_for_a_month": fighters_that_last,
    "fighters_without_end": fighters_that_last,
    "pairs_beside": pairs_with_escorts,
    "pairs_flown": lambda A, g, F: A / F * g,
    "airborne": lambda A, h, w: A / 8760 * w * h,
    "orbits_without_end": orbits_that_last,
    "cycling_fighters": lambda n, k, d, v, t_os, t_turn: n * k * (1 + (2 * d / v + t_turn) / t_os),
    "tanker_fuel": fuel_from_tankers,
    "offload": given_by_a_tanker,
    "tankers": lambda F_day, O, s_T: F_day / O / s_T if F_day else 0.0,  # noqa: E741
    "fuel_given": lambda T, O, s_T: s_T * O * T,  # noqa: E741
    "patrols_carried": lambda F_day, F_patrol: F_day / F_patrol if F_patrol else math.inf,
    "alert_fighters": lambda k, q: q * k,
    "orbit_station": lambda E, d, v: larger(0.0, E - 2 * d / v),
    "orbits": (
        lambda A, c, E, d, v, t_turn, m: (A - A * c) * m * larger(0.0, E - 2 * d / v) / (E + t_turn)
    ),
    "airframes_per_orbit": lambda E, d, v, t_turn, m: (
        (E + t_turn) / (E - 2 * d / v) / m if 2 * d / v < E else math.inf
    ),
    "independent": lambda p_1, p_2, p_3: p_1 * p_2 * p_3,
    "at_least": lambda p_1, p_2, p_3: max(0, p_1 + p_2 + p_3 - 2),
    "at_most": min,
    "correlated": bivariate_steps,
}
