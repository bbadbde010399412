"""Reads what timeline.cpp wrote of a decoding process: of one of its last steps, what each kernel adds to the time at
which all so far have ended, and launches from the step's middle on.

    timeline.py FILE [LAUNCHES]

All times in microseconds; "adds" is from the end of all launches before to this one's."""

import sys
from collections import defaultdict


def read(path):
    launches = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            fields = line.split(None, 8)
            graph, begin, end = (int(field) for field in fields[:3])
            if graph != 0:
                launches.append(
                    (begin / 1e3, end / 1e3, fields[8].strip(), " x ".join(fields[3:6]), fields[6])
                )
    launches.sort()
    return launches


def one_step(launches):
    """The launches of the last step but one; every step begins with `prepare`."""
    begins = [i for i, launch in enumerate(launches) if launch[2] == "prepare"]
    if len(begins) < 3:
        sys.exit("timeline.py: fewer than three steps of one graph launch each")
    return launches[begins[-3] : begins[-2]]


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    step = one_step(read(sys.argv[1]))
    begin = step[0][0]
    before = begin
    kernels = defaultdict(lambda: [0, 0.0])
    rows = []
    for launch in step:
        adds = max(0.0, launch[1] - before)
        kernels[launch[2]][0] += 1
        kernels[launch[2]][1] += adds
        rows.append((launch[0] - begin, launch[1] - launch[0], adds, *launch[2:]))
        before = max(before, launch[1])
    print(f"{len(step)} launches in {before - begin:.1f}")
    for name, (count, adds) in sorted(kernels.items(), key=lambda item: -item[1][1]):
        print(f"  {name:28} {count:4} launches add {adds:9.1f}")
    middle = len(rows) // 2
    print(f"  {'begins':>9} {'takes':>8} {'adds':>8}  blocks, threads")
    for row in rows[middle : middle + (int(sys.argv[2]) if len(sys.argv) > 2 else 12)]:
        print(f"  {row[0]:9.1f} {row[1]:8.1f} {row[2]:8.1f}  {row[3]} {row[4]}, {row[5]}")


main()
