"""Who meets whom, as a graph: its parts, the jurors who hold it together, and how tightly it hangs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final

from assay.exact import FieldError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from assay.design.precision import VarianceComponents

    Ints = NDArray[np.int64]

MOST_PAIRS: Final = 5_000_000
WIDE: Final = 1.5  # planned PEV beyond so many medians is worth a warning


class DesignError(FieldError):
    """A design that cannot be read; `field` names the part."""


@dataclass(frozen=True)
class Component:
    """Institutions and jurors joined by audits and to nobody else, each sorted."""

    institutions: tuple[str, ...]
    jurors: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Design:
    """Institutions and jurors sorted by key; `rows`, `columns`: each pair that meets, once; `counts`: its audits."""

    institutions: tuple[str, ...]
    jurors: tuple[str, ...]
    rows: Ints
    columns: Ints
    counts: Ints

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Design:
        """From (institution, juror), one for each audit, in any order. Raises DesignError when there is none."""
        import numpy as np

        both = list(pairs)
        if not both:
            raise DesignError("audits", "must have at least 1 element")
        if len(both) > MOST_PAIRS:
            raise DesignError("audits", f"must be at most {MOST_PAIRS}")
        institutions = tuple(sorted({institution for institution, _ in both}))
        jurors = tuple(sorted({juror for _, juror in both}))
        row_of = {key: index for index, key in enumerate(institutions)}
        column_of = {key: index for index, key in enumerate(jurors)}
        width = len(jurors)
        flat = np.fromiter((row_of[row] * width + column_of[column] for row, column in both), np.int64, len(both))
        unique, counts = np.unique(flat, return_counts=True)
        return cls(institutions, jurors, unique // width, unique % width, counts.astype(np.int64))

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Every audit as (institution, juror), sorted."""
        audits = zip(self.rows.tolist(), self.columns.tolist(), self.counts.tolist(), strict=True)
        return [(self.institutions[row], self.jurors[column]) for row, column, count in audits for _ in range(count)]

    def matrix(self) -> csr_array:
        """Audits by institution and juror."""
        from scipy.sparse import csr_array

        shape = (len(self.institutions), len(self.jurors))
        return csr_array((self.counts.astype(float), (self.rows, self.columns)), shape=shape)

    def _adjacency(self) -> csr_array:
        """Institutions, then jurors, then one node tied to the first institution of each part."""
        import numpy as np
        from scipy.sparse import csr_array

        labels = self.labels()[: len(self.institutions)]
        firsts = np.unique(labels, return_index=True)[1]
        top = len(self.institutions) + len(self.jurors)
        tails = np.concatenate([self.rows, np.full(len(firsts), top)])
        heads = np.concatenate([self.columns + len(self.institutions), firsts])
        ends = (np.concatenate([tails, heads]), np.concatenate([heads, tails]))
        return csr_array((np.ones(len(ends[0]), np.int8), ends), shape=(top + 1, top + 1))

    def labels(self) -> Ints:
        """The number of the part of every institution and then every juror."""
        import numpy as np
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import connected_components

        size = len(self.institutions) + len(self.jurors)
        heads = self.columns + len(self.institutions)
        graph = csr_array((np.ones(len(heads), np.int8), (self.rows, heads)), shape=(size, size))
        found: Ints = connected_components(graph, directed=False)[1].astype(np.int64)
        return found

    def components(self) -> tuple[Component, ...]:
        """Parts that no juror joins, sorted by their first institution."""
        parts: dict[int, tuple[list[str], list[str]]] = {}
        labels = self.labels().tolist()
        for key, label in zip(self.institutions, labels, strict=False):
            parts.setdefault(label, ([], []))[0].append(key)
        for key, label in zip(self.jurors, labels[len(self.institutions) :], strict=True):
            parts[label][1].append(key)
        return tuple(Component(tuple(places), tuple(people)) for places, people in parts.values())

    def articulation_jurors(self) -> tuple[str, ...]:
        """Jurors without whom institutions joined now would come apart: cut vertices (Hopcroft and Tarjan 1973)."""
        start = len(self.institutions)
        return tuple(self.jurors[node - start] for node in self._cuts() if start <= node < start + len(self.jurors))

    def _cuts(self) -> list[int]:
        """The nodes without which the graph falls apart, sorted: one depth-first search in the work of its edges."""
        graph = self._adjacency()
        ends, next_end, heads = graph.indptr[1:].tolist(), graph.indptr[:-1].tolist(), graph.indices.tolist()
        top = len(ends) - 1
        place, low, above = [-1] * (top + 1), [0] * (top + 1), [-1] * (top + 1)
        place[top] = 0
        node, seen = top, 1
        cut = set()
        while node >= 0:
            at = next_end[node]
            if at < ends[node]:
                next_end[node] = at + 1
                head = heads[at]
                if place[head] < 0:
                    above[head], place[head], low[head] = node, seen, seen
                    node, seen = head, seen + 1
                elif head != above[node] and place[head] < low[node]:
                    low[node] = place[head]
                continue
            over = above[node]
            if over >= 0 and low[node] >= place[over]:
                cut.add(over)
            elif over >= 0 and low[node] < low[over]:
                low[over] = low[node]
            node = over
        return sorted(cut)

    def fiedler(self) -> float:
        """The second smallest eigenvalue of the Laplacian of the graph, audits as weights; 0 in several parts.

        Fiedler 1973: the greater, the harder it is to part the graph. Units: audits.
        """
        from assay.design.spectrum import fiedler

        return 0.0 if self.labels().any() else fiedler(self.matrix())

    def planned_pev(self, variances: VarianceComponents) -> dict[str, float]:
        """By institution, the variance with which its effect will be known, in squared points; see `precision`."""
        from assay.design.precision import planned_pev

        return dict(zip(self.institutions, planned_pev(self.matrix(), variances).tolist(), strict=True))

    def warnings(self, planned: Mapping[str, float] | None = None) -> tuple[str, ...]:
        """What to mend before fieldwork, "code: words" each: several parts, jurors who alone join, wide intervals."""
        found = []
        parts = len(self.components())
        if parts > 1:
            found.append(f"disconnected: {parts} parts without a common juror; compare only within a part")
        alone = self.articulation_jurors()
        if alone:
            found.append(f"articulation: institutions come apart without {_listed(alone)}")
        middle = median(planned.values()) if planned else 0.0
        wide = [key for key, pev in (planned or {}).items() if pev > WIDE * middle]
        if wide:
            found.append(f"imprecise: planned variance beyond {WIDE} of the median at {_listed(wide)}")
        return tuple(found)


def _listed(keys: Iterable[str], most: int = 6) -> str:
    named = list(keys)
    return ", ".join(named[:most]) + (f" and {len(named) - most} more" if len(named) > most else "")
