"""The settings of the server: read from the environment, or refused in one sentence."""

import pytest

from nnviz.web.settings import MOST_PORT, SettingError, Settings, processors, settings_of


def test_what_is_not_set_or_empty_is_as_usual() -> None:
    usual = Settings(workers=processors())
    assert settings_of({}) == settings_of({"PORT": "", "HOST": " ", "PATH": "/bin"}) == usual
    assert (usual.host, usual.port, usual.base_path, usual.frame_ancestors) == ("127.0.0.1", 8050, "", "'none'")
    assert (usual.trusted_proxies, usual.access_log) == (0, False)


@pytest.mark.parametrize(
    ("name", "text", "setting"),
    [
        ("HOST", "0.0.0.0", "0.0.0.0"),
        ("PORT", "0", 0),
        ("PORT", "65535", MOST_PORT),
        ("WORKERS", "3", 3),
        ("THREADS", " 8 ", 8),
        ("BASE_PATH", "/", ""),
        ("BASE_PATH", "nnviz", "/nnviz"),
        ("BASE_PATH", "/nnviz/", "/nnviz"),
        ("BASE_PATH", "/school/nn-viz_2.0", "/school/nn-viz_2.0"),
        ("FRAME_ANCESTORS", "none", "'none'"),
        ("FRAME_ANCESTORS", "self https://*.school.example http://a.example:81",
         "'self' https://*.school.example http://a.example:81"),
        ("TRUSTED_PROXIES", "2", 2),
        ("ACCESS_LOG", "on", True),
        ("ACCESS_LOG", "0", False),
    ],
)  # fmt: skip
def test_a_setting_is_read(name: str, text: str, setting: object) -> None:
    assert getattr(settings_of({name: text}), name.lower()) == setting


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *(("PORT", text) for text in ("65536", "-1", "eighty", "8e3", "٣")),
        *(("WORKERS", text) for text in ("0", "257", "two")),
        ("THREADS", "0"),
        *(("BASE_PATH", text) for text in ("//", "/a//b", "/a b", "/..", "/a/../b", "http://a.example/", '/"')),
        *(("FRAME_ANCESTORS", text) for text in ("*", "none self", "a.example", "'self'", "https://a; script-src *")),
        ("TRUSTED_PROXIES", "yes"),
        ("ACCESS_LOG", "access.log"),
    ],
)
def test_a_setting_that_is_not_allowed_is_named_and_quoted(name: str, text: str) -> None:
    with pytest.raises(SettingError) as raised:
        settings_of({name: text})
    words = str(raised.value)
    assert words.startswith(name)
    assert repr(text) in words
    assert "\n" not in words
