"""Messages of Protocol Buffers, as far as a file of ONNX is made of them: fields by their numbers."""

from collections.abc import Iterator
from dataclasses import dataclass

from nnviz.text import say

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5  # how a field is written
SIZES = {FIXED64: 8, FIXED32: 4}
MOST_BITS = 64


@dataclass(frozen=True)
class Message:
    """The fields of a message: for each number what stands there, in order, whole numbers and bytes."""

    fields: dict[int, list[int | bytes]]

    def whole(self, number: int, usual: int = 0) -> int:
        """Return the whole number in a field, the last one where there are several."""
        found = self.fields.get(number, [usual])[-1]
        return found if isinstance(found, int) else usual

    def wholes(self, number: int) -> list[int]:
        """Return the whole numbers in a field, packed or not; those below 0 are so."""
        found: list[int] = []
        for part in self.fields.get(number, []):
            if isinstance(part, int):
                found.append(part)
            else:
                at = 0
                while at < len(part):
                    value, at = _varint(part, at)
                    found.append(value)
        return [value - (1 << MOST_BITS) if value >> (MOST_BITS - 1) else value for value in found]

    def contents(self, number: int) -> list[bytes]:
        """Return the bytes in a field, each time that it is there."""
        return [part for part in self.fields.get(number, []) if isinstance(part, bytes)]

    def content(self, number: int) -> bytes:
        """Return the bytes in a field, or none."""
        return next(iter(self.contents(number)), b"")

    def text(self, number: int) -> str:
        """Return the text in a field."""
        return self.content(number).decode(errors="replace")

    def texts(self, number: int) -> list[str]:
        """Return the texts in a field."""
        return [part.decode(errors="replace") for part in self.contents(number)]

    def messages(self, number: int) -> "list[Message]":
        """Return the messages in a field."""
        return list(map(read, self.contents(number)))


def read(data: bytes) -> Message:
    """Return a message. Raises ValueError where the bytes are none."""
    fields: dict[int, list[int | bytes]] = {}
    for number, value in _fields(data):
        fields.setdefault(number, []).append(value)
    return Message(fields)


def _fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        number, kind = key >> 3, key & 7
        if kind == VARINT:
            value, at = _varint(data, at)
            yield number, value
            continue
        if kind == BYTES:
            size, at = _varint(data, at)
        elif kind in SIZES:
            size = SIZES[kind]
        else:
            raise ValueError(say("import.unknown"))
        if at + size > len(data):
            raise ValueError(say("import.unknown"))
        yield number, data[at : at + size]
        at += size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Return a whole number that begins at a place, and where it ends. Raises ValueError where it does not."""
    value = 0
    for shift in range(0, MOST_BITS + 6, 7):
        if at >= len(data):
            break
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if not byte & 0x80:
            return value, at
    raise ValueError(say("import.unknown"))
