"""The guard that keeps the whole suite on this machine, tried."""

import socket
import urllib.request

import pytest

from tests import network

ELSEWHERE = "192.0.2.1"  # reserved for documentation (RFC 5737): no machine has it


@pytest.mark.catalogue("I5")
def test_connecting_to_another_machine_is_refused() -> None:
    with pytest.raises(network.OutsideNetwork), socket.socket() as plug:
        plug.connect((ELSEWHERE, 80))
    assert len(network.reached) == 1
    network.reached.clear()


@pytest.mark.catalogue("I5")
def test_asking_for_the_address_of_another_machine_is_refused() -> None:
    with pytest.raises(network.OutsideNetwork):
        socket.getaddrinfo("elsewhere.example", 443)
    network.reached.clear()


@pytest.mark.catalogue("I5")
def test_a_refusal_that_was_swallowed_is_still_remembered() -> None:
    try:
        urllib.request.urlopen("http://elsewhere.example/")
    except Exception as problem:
        swallowed = problem
    assert swallowed
    assert network.reached
    network.reached.clear()


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
    assert network.is_local_address("/run/some.socket")
    assert network.is_local_address(("::1", 80, 0, 0))
    assert not network.reached


@pytest.mark.parametrize(
    "host", ["10.0.0.1", "8.8.8.8", "clinic.example", b"fd00::1", "0x7f.example"]
)
def test_other_machines_are_told_from_this_one(host: object) -> None:
    assert not network.is_local(host)
