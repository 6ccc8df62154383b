"""A machine on which nothing has been published yet."""

import pytest
from django.test import Client

from medications import queries

pytestmark = pytest.mark.django_db


def test_the_door_says_that_there_is_none() -> None:
    with pytest.raises(queries.NoRelease):
        queries.current_release()
    with pytest.raises(queries.NoRelease):
        queries.release(1)


def test_the_library_says_so_in_words(client: Client) -> None:
    answer = client.get("/medicines/")
    assert answer.status_code == 200
    assert "No release has been published yet" in answer.content.decode()


def test_no_card_is_found(client: Client) -> None:
    assert client.get("/medicines/aripiprazole/").status_code == 404
    assert client.get("/medicines/aripiprazole/card.pdf").status_code == 404
