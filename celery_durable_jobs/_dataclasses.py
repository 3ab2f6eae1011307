"""``dataclass`` as the standard library's, at a tenth of its cost when a module is imported.

The standard library compiles up to six functions for each class, which was two thirds of what importing this package
cost. Here what all classes can share is shared, and what is worth compiling is compiled when it is first called.
Fields, ``replace``, ``asdict`` and ``match`` are the standard library's own; errors and pickles are as there.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(*, frozen: bool = False, slots: bool = False, eq: bool = True) -> Callable[[type], type]:
        """For ``frozen``, ``slots`` and ``eq``. No ``init=False``, and no dataclass derived from another."""

        def made(given: type) -> type:
            cls = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(given)
            own = {"__init__": _later(cls, "__init__", _init, frozen), "__repr__": _repr}
            if eq:
                own |= {"__eq__": _later(cls, "__eq__", _eq), "__hash__": None}
            if eq and frozen:
                own["__hash__"] = _later(cls, "__hash__", _hash)
            if frozen:
                own |= {"__setattr__": _setattr, "__delattr__": _delattr}
                if slots:
                    own |= {"__getstate__": _getstate, "__setstate__": _setstate}
            for name, value in own.items():
                if vars(cls).get(name) is None:  # a class that defines __eq__ alone has a __hash__ of None
                    setattr(cls, name, value)
            return cls

        return made


def _later(cls: type, name: str, write: Callable[..., tuple[str, dict[str, Any]]], *how: Any) -> Callable[..., Any]:
    """A method that at its first call puts the real one in its place. (Two threads make the same one twice: no harm.)

    :param write: makes arguments and body, and the names that they use.
    """

    def method(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        source, names = write(cls, *how)
        exec(f"def {name}{source}", names)
        made = names[name]
        made.__qualname__ = f"{cls.__qualname__}.{name}"
        setattr(cls, name, made)
        return made(self, *args, **kwargs)

    return method


def _init(cls: Any, frozen: bool) -> tuple[str, dict[str, Any]]:
    names: dict[str, Any] = {"_set": object.__setattr__, "_made": object()}
    parameters, lines = ["_self"], []
    for each in dataclasses.fields(cls):
        name, value = each.name, each.name
        if each.default_factory is not dataclasses.MISSING:
            names[f"_new_{name}"] = each.default_factory
            value = f"_new_{name}() if {name} is _made else {name}"
            parameters.append(f"{name}=_made")
        elif each.default is not dataclasses.MISSING:
            names[f"_default_{name}"] = each.default
            parameters.append(f"{name}=_default_{name}")
        else:
            parameters.append(name)
        lines.append(f"_set(_self, {name!r}, {value})" if frozen else f"_self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append("_self.__post_init__()")
    return f"({', '.join(parameters)}):\n    " + "\n    ".join(lines or ["pass"]), names


def _eq(cls: type) -> tuple[str, dict[str, Any]]:
    same = f"{_compared(cls, 'self')} == {_compared(cls, 'other')}"
    return f"(self, other): return {same} if other.__class__ is self.__class__ else NotImplemented", {}


def _hash(cls: type) -> tuple[str, dict[str, Any]]:
    return f"(self): return hash({_compared(cls, 'self')})", {}


def _compared(cls: Any, which: str) -> str:
    return f"({''.join(f'{which}.{each.name}, ' for each in dataclasses.fields(cls) if each.compare)})"


@recursive_repr()
def _repr(self: Any) -> str:
    told = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in dataclasses.fields(self) if each.repr)
    return f"{type(self).__qualname__}({told})"


def _setattr(self: Any, name: str, value: Any) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _delattr(self: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _getstate(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in dataclasses.fields(self)]


def _setstate(self: Any, state: list[Any]) -> None:
    for each, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)
