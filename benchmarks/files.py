"""Files made to hurt, read by our reader: milliseconds of CPU, and their ratio to reading an honest file.

    python -m benchmarks.files [--rounds 7]

The promise is that a bomb is refused in less than 100 ms; what only has very much in it may take longer. The
tests count work and memory, never time.
"""

import argparse
import statistics
import time
from pathlib import Path

from tests.instruments.bombs import BOMBS
from tests.instruments.files import problems
from tests.instruments.test_heavy import REFUSED

HONEST = Path(__file__).parent.parent / "instruments" / "aut" / "0.1.0.yaml"
PROMISED = 100


def milliseconds(data: bytes, rounds: int) -> float:
    """The median CPU time of some readings, each to the end or to its refusal."""
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        problems(data)
        taken.append((time.process_time() - start) * 1000)
    return statistics.median(taken)


def main() -> None:
    """Print a line for each file, the slowest last."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    honest = milliseconds(HONEST.read_bytes(), rounds)
    print(f"{'aut/0.1.0.yaml':36} {honest:8.1f} ms")
    for kind, files in {"bombs": BOMBS, "very much in a file": REFUSED}.items():
        print(kind)
        taken = {name: milliseconds(text.encode(), rounds) for name, text in files.items()}
        for name, found in sorted(taken.items(), key=lambda one: one[1]):
            late = f"  MORE THAN {PROMISED} ms" if kind == "bombs" and found >= PROMISED else ""
            print(f"  {name:34} {found:8.1f} ms {found / honest:7.2f} times{late}")


if __name__ == "__main__":
    main()
