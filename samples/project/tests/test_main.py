import subprocess
import sys


def test_main():
    """The trace of a process that a test starts belongs to the test."""
    words = [sys.executable, "-m", "shop", "1000", "book"]
    assert subprocess.run(words, capture_output=True, text=True, check=True).stdout == "10.70\n"
