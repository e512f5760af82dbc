"""Between plain data (what YAML and JSON hold) and the model."""

import json
from typing import Any, TypeVar

import cattrs
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from dok_guide.model import Check, Verification

T = TypeVar("T")

# A field that has its default value is left out, so that JSON has the keys of the YAML file.
_converter = cattrs.Converter(omit_if_default=True)
_for = override(rename="for")  # `for` is a keyword of Python
for _cls in (Verification, Check):
    _converter.register_structure_hook(_cls, make_dict_structure_fn(_cls, _converter, for_=_for))
    _converter.register_unstructure_hook(
        _cls,
        make_dict_unstructure_fn(_cls, _converter, _cattrs_omit_if_default=True, for_=_for),
    )


def from_data(cls: type[T], data: object) -> T:
    """Return an object of a model class; the data has been checked against its schema."""
    return _converter.structure(data, cls)


def to_data(entry: object) -> Any:  # noqa: ANN401 - what JSON can hold
    """Return the plain data of a model object, its keys in the order of its fields."""
    return _converter.unstructure(entry)


def to_bytes(data: object) -> bytes:
    """Return JSON as all our files write it: UTF-8, indented, one newline at the end."""
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
