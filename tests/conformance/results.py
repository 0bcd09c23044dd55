"""Collects what was checked, and prints it as a table. Whatever could not run is a failure."""

from collections.abc import Callable
from dataclasses import dataclass

Adder = Callable[..., None]


@dataclass
class Result:
    check: str
    file: str
    passed: bool
    figure: str


class Results(list[Result]):
    """One entry a check and file, in the order of the checks."""

    def add(self, check: str, file: str, passed: bool, figure: object = "") -> None:
        self.append(Result(check, file, bool(passed), str(figure)))

    def adder(self, file: str, prefix: str = "") -> Adder:
        """`add` for one file: add(check, passed, figure)."""
        return lambda check, passed, figure="": self.add(prefix + check, file, passed, figure)

    @property
    def failed(self) -> int:
        return sum(not result.passed for result in self)

    def table(self) -> str:
        """The readable table; its last line is the sum."""
        widths = [max((len(getattr(r, name)) for r in self), default=0) for name in ("check", "file")]
        lines = [f"{r.check:{widths[0]}}  {r.file:{widths[1]}}  {_short(r.figure)}".rstrip() for r in self]
        lines = [("ok    " if r.passed else "FAIL  ") + line for r, line in zip(self, lines)]
        return "\n".join([*lines, f"{len(self) - self.failed} passed, {self.failed} failed"])

    def tell(self) -> int:
        """Prints the table; the exit code: 1 when a check failed, or none was made."""
        print(self.table())
        return 1 if self.failed or not self else 0


def _short(figure: str) -> str:
    """One line, of a length that a terminal can bear."""
    line = " ".join(figure.split())
    return line if len(line) <= 240 else line[:239] + "…"
