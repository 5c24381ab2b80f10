"""`dataclass(frozen=True, slots=True)`, made in a tenth of the time: what says one sentence has fifty of them.

Python 3.11 writes, compiles and runs the text of six functions for each such class, a millisecond of work before any
instance is made. Here `dataclasses` makes class and fields; what compares, shows and guards is the same for all classes
and written once, and the text of `__init__` is compiled for a class that is used. To a type checker, to `fields`,
`replace`, `asdict`, `pickle` and pydantic it is the dataclass it would be.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool, slots: bool, eq: bool = True) -> Any:
        """Return the decorator that makes a frozen class with slots of what is declared; both are to be True."""
        if not (frozen and slots):
            raise TypeError("what may change, or has no slots, is for `dataclasses` to make")
        return lambda declared: _made(declared, eq=eq)


def _made(declared: type, *, eq: bool) -> type:
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(declared)
    made.__init__ = _init_when_needed(made)
    made.__setattr__, made.__delattr__ = _refuse_to_set, _refuse_to_delete
    made.__getstate__, made.__setstate__ = _state, _set_state
    if "__repr__" not in declared.__dict__:
        made.__repr__ = _shown
    if eq:
        made.__eq__, made.__hash__ = _comparing([field.name for field in dataclasses.fields(made) if field.compare])
    return made  # type: ignore[no-any-return]


def _init_when_needed(made: Any) -> Any:
    def __init__(self: Any, *args: Any, **named: Any) -> None:  # noqa: N807
        made.__init__ = _init_of(made)
        made.__init__(self, *args, **named)

    return __init__


def _init_of(made: Any) -> Any:
    """Return the `__init__` of a class: its text is of names that Python has found to be names of attributes."""
    known: dict[str, Any] = {"_open": dataclasses.MISSING}
    takes, sets = ["self"], []
    for field in dataclasses.fields(made):
        name = value = field.name
        known[f"_set_{name}"] = getattr(made, name).__set__
        if field.default is not dataclasses.MISSING:
            known[f"_default_{name}"] = field.default
            takes.append(f"{name}=_default_{name}")
        elif field.default_factory is not dataclasses.MISSING:
            known[f"_make_{name}"] = field.default_factory
            takes.append(f"{name}=_open")
            value = f"_make_{name}() if {name} is _open else {name}"
        else:
            takes.append(name)
        sets.append(f" _set_{name}(self, {value})")
    if hasattr(made, "__post_init__"):
        sets.append(" self.__post_init__()")
    exec(f"def __init__({', '.join(takes)}):\n" + "\n".join(sets or [" pass"]), known)  # noqa: S102 - as `dataclasses` does
    return known["__init__"]


def _comparing(names: list[str]) -> tuple[Any, Any]:
    """Return `__eq__` and `__hash__` by the values of some attributes."""
    get = attrgetter(*names) if names else lambda _: ()
    values: Any = get if len(names) != 1 else lambda record: (get(record),)

    def __eq__(self: object, other: object) -> Any:  # noqa: N807
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: object) -> int:  # noqa: N807
        return hash(values(self))

    return __eq__, __hash__


def _shown(self: Any) -> str:
    shown = (f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self) if field.repr)
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _refuse_to_set(self: object, name: str, value: object) -> None:
    del self, value
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> None:
    del self
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[object]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _set_state(self: Any, state: list[object]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
