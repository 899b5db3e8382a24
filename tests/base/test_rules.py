import pytest

from probierz.base.rules import YES, NotAllowed, no


def test_a_verdict_is_true_or_false_and_says_why():
    assert YES
    verdict = no("late", "Za późno.")
    assert not verdict
    assert (verdict.code, verdict.message) == ("late", "Za późno.")


def test_require_lets_through_or_refuses():
    YES.require()
    with pytest.raises(NotAllowed) as refusal:
        no("late", "Za późno.").require()
    assert (refusal.value.code, refusal.value.message) == ("late", "Za późno.")
