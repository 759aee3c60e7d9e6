"""One page has one address, whatever its writing; what opens a door in an address is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socdialog.intake.addresses import page_of, secret_of

PAGE = "https://example.org/news/strike-2024"


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/news/strike-2024",
        "https://www.example.org/news/strike-2024",
        "https://www2.example.org/news/strike-2024",
        "https://EXAMPLE.org:443/news/strike-2024/",
        "http://example.org:80/news/strike-2024/index.html",
        "https://m.example.org/news/strike-2024",
        "https://example.org/news/strike-2024/amp/",
        f"{PAGE}?utm_source=twitter&utm_medium=social",
        f"{PAGE}?fbclid=IwAR0abc",
        f"{PAGE}#:~:text=strike",
        "https://example.org/news/strike%2D2024",
        f"https://web.archive.org/web/20240501000000/{PAGE}",
        "http://web.archive.org/web/20240501id_/http://www.example.org/news/strike-2024",
        f"https://archive.ph/20240501/{PAGE}",
        f"https://webcache.googleusercontent.com/search?q=cache:abc123:{PAGE}",
    ],
)
def test_another_writing_is_the_same_page(url: str) -> None:
    assert page_of(url) == page_of(PAGE)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/news/strike-2024",
        "https://example.org/news/strike-2025",
        "https://example.org/News/strike-2024",
        f"{PAGE}?page=2",
        f"{PAGE}?id=5&utm_source=x",
        "https://example.org:8080/news/strike-2024",
        "https://news.example.org/news/strike-2024",
        "https://web.archive.org/web/2024/https://example.org/other",
    ],
)
def test_another_page_is_another(url: str) -> None:
    found, page = page_of(url), page_of(PAGE)
    assert found is not None
    assert page is not None
    assert found.address != page.address


def test_the_order_of_what_is_asked_makes_no_other_page_and_a_fragment_another_place() -> None:
    assert page_of("https://a.org/x?b=1&a=2") == page_of("https://a.org/x?a=2&b=1")
    one, other = page_of("https://a.org/x#L1"), page_of("https://a.org/x#L2")
    assert one is not None
    assert other is not None
    assert (one.address, one.place) != (other.address, other.place) == (one.address, "L2")


@given(st.text())
def test_whatever_is_written_is_a_page_or_none(text: str) -> None:
    page_of(f"https://{text}")
    secret_of(f"https://{text}")


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://a.org/x?api_key=AbCdEf123456", "api_key"),
        ("https://a.org/x?a=1&X-Amz-Signature=9f8e7d6c5b4a", "X-Amz-Signature"),
        ("https://a.org/x;jsessionid=0123456789ABCDEF", "jsessionid"),
        ("https://a.org/index.php?PHPSESSID=0123456789abcdef", "PHPSESSID"),
        ("https://a.org/x#access_token=eyJhbGciOiJI", "access_token"),
        ("https://a.org/x?password=correcthorse", "password"),
        ("https://a.blob.org/f.pdf?sv=2020&sig=AbCdEf123456", "sig"),
    ],
)
def test_what_opens_a_door_is_named(url: str, name: str) -> None:
    assert secret_of(url) == name


@pytest.mark.parametrize(
    "url",
    [
        "https://a.org/x?p=1",
        "https://a.org/?key=5",
        "https://a.org/keynote=speech-of-2024",
        "https://a.org/x?monkey=12345678",
    ],
)
def test_a_page_open_to_all_holds_no_secret(url: str) -> None:
    assert secret_of(url) is None
