# SPDX-License-Identifier: BSD-3-Clause
"""Where the tests of the Python module find the checkout and what was built."""
import os
from pathlib import Path

import pytest

pytest_plugins = "pytester"


@pytest.fixture
def tree():
    return Path(os.environ["MEBENCH_TREE"])


@pytest.fixture
def build():
    return Path(os.environ["MEBENCH_BUILD"])
