"""A class made here is, to whoever uses it, the frozen dataclass with slots that the library would make."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Mapping
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from tts_news import frozen


@frozen.dataclass(frozen=True, slots=True)
class Mine:
    """A record."""

    name: str
    sizes: tuple[int, ...] = ()
    options: Mapping[str, float] = dataclasses.field(default_factory=dict)
    note: str = dataclasses.field(default="", compare=False, repr=False)

    @property
    def first(self) -> int:
        """The first size."""
        return self.sizes[0]


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    """A record."""

    name: str
    sizes: tuple[int, ...] = ()
    options: Mapping[str, float] = dataclasses.field(default_factory=dict)
    note: str = dataclasses.field(default="", compare=False, repr=False)


@frozen.dataclass(frozen=True, slots=True)
class One:
    """Has one field, and checks it."""

    value: float

    def __post_init__(self) -> None:
        """Refuse what is below nothing."""
        if self.value < 0:
            raise ValueError(self.value)


@frozen.dataclass(frozen=True, slots=True)
class Nothing:
    """Has no field."""


@frozen.dataclass(frozen=True, slots=True, eq=False)
class Unlike:
    """Is only like itself."""

    value: int


def both(*args: Any, **named: Any) -> tuple[Any, Any]:
    return Mine(*args, **named), Theirs(*args, **named)


@pytest.mark.parametrize(
    ("args", "named"),
    [
        (("a",), {}),
        (("a", (1,)), {"note": "x"}),
        (("a",), {"options": {"b": 1.0}, "sizes": (1, 2)}),
        (("a", (1,), {}, "n"), {}),
    ],
)
def test_it_is_made_shown_and_taken_apart_alike(args: tuple[Any, ...], named: dict[str, Any]) -> None:
    mine, theirs = both(*args, **named)
    assert repr(mine).replace("Mine", "Theirs") == repr(theirs)
    assert dataclasses.asdict(mine) == dataclasses.asdict(theirs)
    assert Mine.__match_args__ == Theirs.__match_args__
    assert Mine.__slots__ == Theirs.__slots__  # type: ignore[attr-defined]
    assert not hasattr(mine, "__dict__")


@pytest.mark.parametrize(
    ("args", "named"), [((), {}), (("a", (), {}, "", 1), {}), (("a",), {"name": "b"}), (("a",), {"x": 1})]
)
def test_what_it_does_not_take_is_refused(args: tuple[Any, ...], named: dict[str, Any]) -> None:
    for kind in (Theirs, Mine):
        with pytest.raises(TypeError, match="__init__"):
            kind(*args, **named)


def test_equal_are_those_of_one_class_with_the_same_values() -> None:
    assert Mine("a", (1,), note="x") == Mine("a", (1,), note="y")
    assert Mine("a", (1,)) != Mine("a", (2,))
    assert Mine("a") != Theirs("a")
    assert One(1.0) == One(1)
    assert One(1.0) != Unlike(1)
    assert Nothing() == Nothing()
    assert Unlike(1) != Unlike(1)
    nan = float("nan")
    assert One(nan) == One(nan)


def test_equal_ones_have_one_hash() -> None:
    assert len({One(1.0), One(1), One(2)}) == 2
    assert len({Nothing(), Nothing()}) == 1
    assert len({Unlike(1), Unlike(1)}) == 2
    with pytest.raises(TypeError, match="unhashable"):
        hash(Mine("a"))


def test_nothing_of_it_changes() -> None:
    record = Mine("a", (1,))
    with pytest.raises(dataclasses.FrozenInstanceError, match="'name'"):
        record.name = "b"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError, match="'name'"):
        del record.name  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        record.other = 1  # type: ignore[attr-defined]
    assert record == Mine("a", (1,))


def test_a_changed_one_is_another_and_is_checked() -> None:
    assert dataclasses.replace(Mine("a", (1,)), name="b") == Mine("b", (1,))
    with pytest.raises(ValueError, match="-1"):
        dataclasses.replace(One(1), value=-1)


def test_each_has_its_own_of_what_is_made_for_it() -> None:
    assert Mine("a").options is not Mine("a").options


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda record: pickle.loads(pickle.dumps(record))])  # noqa: S301
def test_it_is_copied_and_sent_to_another_process(again: Any) -> None:
    for record in (Mine("a", (1,), {"b": 1.0}, "n"), One(1.5), Nothing()):
        assert again(record) == record
    assert again(Mine("a", (3,), note="n")).note == "n"
    assert again(Mine("a", (3,))).first == 3


def test_pydantic_reads_it() -> None:
    read = TypeAdapter(Mine).validate_python({"name": "a", "sizes": ["1"], "options": {"b": "2"}})
    assert read == Mine("a", (1,), {"b": 2.0})
    with pytest.raises(ValidationError):
        TypeAdapter(Mine).validate_python({"sizes": []})


def test_what_may_change_is_not_made_here() -> None:
    with pytest.raises(TypeError, match="dataclasses"):
        frozen.dataclass(frozen=False, slots=True)
