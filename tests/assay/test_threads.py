"""One thread for linear algebra, and the old number after it."""

from threadpoolctl import threadpool_info

from assay.threads import one_thread


def _blas() -> list[int]:
    return [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]


def test_one_thread_inside_and_the_old_number_after():
    import numpy as np

    np.eye(2) @ np.eye(2)
    before = _blas()
    with one_thread():
        assert _blas() == [1] * len(before)
    assert _blas() == before
