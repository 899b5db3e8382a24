import stat

from probierz.config.secret import secret_key_in


def test_a_secret_is_made_once_and_kept_from_others(tmp_path):
    file = tmp_path / "secret-key"
    first = secret_key_in(file)
    assert len(first) >= 64
    assert secret_key_in(file) == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
