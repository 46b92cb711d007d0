"""A few of the inputs that `nox -s fuzz` tries; with `PARTNERING_TESTS_THOROUGH` many."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

FUZZ = Path(__file__).with_name("fuzz")
MANY = 700 if os.environ.get("PARTNERING_TESTS_THOROUGH") else 21


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no process can be limited here")
def test_inputs_that_nobody_should_hand_over_end_fine_or_in_a_sentence():
    ended = subprocess.run(
        [sys.executable, str(FUZZ), str(MANY)], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
