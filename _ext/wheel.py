"""What the wheel holds beside the package: the notebooks and the worked examples."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Exercises(BuildHookInterface):
    """Puts what lies beside the package in `exercises/` into `partnering/notebooks`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        exercises = Path(self.root) / "exercises"
        for file in [*exercises.glob("*.ipynb"), exercises / "examples"]:
            build_data["force_include"][str(file)] = f"partnering/notebooks/{file.name}"
