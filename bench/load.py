"""Requests over HTTP: one after another for the time of a page, many at once for requests a second."""

from __future__ import annotations

import multiprocessing
import time
from dataclasses import dataclass
from http.client import HTTPConnection

from bench.site import Server

WARM_UP = 4


@dataclass(frozen=True)
class Timing:
    """Seconds of a request as the browser waits for them, and as the worker works on them."""

    p50: float
    p95: float
    cpu: float
    kilobytes: float

    def in_ms(self) -> list[str]:
        return [f"{value * 1000:.0f}" for value in (self.p50, self.p95, self.cpu)] + [f"{self.kilobytes:.0f}"]


def timing(server: Server, path: str, cookie: str = "", rounds: int = 30) -> Timing:
    """From the first byte sent to the last received, on a kept connection, after a warm-up."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    for _turn in range(WARM_UP):
        _get(connection, path, cookie)
    size, times, used = 0, [], server.cpu_seconds()
    for _turn in range(rounds):
        start = time.perf_counter()
        size = _get(connection, path, cookie)
        times.append(time.perf_counter() - start)
    times.sort()
    cpu = (server.cpu_seconds() - used) / rounds
    return Timing(times[len(times) // 2], times[min(len(times) - 1, round(len(times) * 0.95))], cpu, size / 1024)


def per_second(port: int, paths: list[str], clients: int = 8, seconds: float = 6) -> float:
    """Requests a second of so many clients, each in a process of its own, asking for the paths in turn."""
    with multiprocessing.get_context("fork").Pool(clients) as pool:
        pool.starmap(_ask, [(port, paths, 0.5)] * clients)
        done = pool.starmap(_ask, [(port, paths[number:] + paths[:number], seconds) for number in range(clients)])
    return sum(count / took for count, took in done)


def each_once(port: int, paths: list[str], clients: int = 8) -> float:
    """Requests a second when every path is asked for once: nobody has seen any of these pages before."""
    with multiprocessing.get_context("fork").Pool(clients) as pool:
        pool.starmap(_ask_all, [(port, paths[:1])] * clients)
        start = time.perf_counter()
        pool.starmap(_ask_all, [(port, paths[number::clients]) for number in range(clients)], chunksize=1)
        return len(paths) / (time.perf_counter() - start)


def _ask_all(port: int, paths: list[str]) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    for path in paths:
        _get(connection, path)


def _ask(port: int, paths: list[str], seconds: float) -> tuple[int, float]:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    count, start = 0, time.perf_counter()
    while (took := time.perf_counter() - start) < seconds:
        _get(connection, paths[count % len(paths)])
        count += 1
    return count, took


def _get(connection: HTTPConnection, path: str, cookie: str = "") -> int:
    connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise RuntimeError(f"{path}: {response.status}")
    return len(body)
