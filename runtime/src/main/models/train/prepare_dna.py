"""Makes dna's training data: genomes -> ids 0 A, 1 C, 2 G, 3 T, 4 any other letter.

usage: prepare_dna.py GENOME.fna.gz CONTROL.fa.gz DATA_DIRECTORY

dna: GENOME is Escherichia coli 536 (NC_008253) and CONTROL phage lambda (NC_001416), both from Debian's bowtie-examples.
The genome's last 250,000 bases are held out. Writes dna.npz: train, train_rc (its reverse complement), held, lam.
"""

import argparse
import gzip
import os

import numpy as np

HELD_OUT = 250_000
OTHER = 4


def read_fasta(path):
    with gzip.open(path, "rt") as file:
        letters = "".join(line.strip() for line in file if not line.startswith(">")).upper()
    table = np.full(256, OTHER, np.uint8)
    for base, letter in enumerate("ACGT"):
        table[ord(letter)] = base
    return table[np.frombuffer(letters.encode(), np.uint8)]


def reverse_complement(ids):
    return np.where(ids < OTHER, 3 - ids, OTHER)[::-1].astype(np.uint8)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("genome")
    parser.add_argument("control")
    parser.add_argument("data")
    args = parser.parse_args()
    genome = read_fasta(args.genome)
    control = read_fasta(args.control)
    train, held = genome[:-HELD_OUT], genome[-HELD_OUT:]
    os.makedirs(args.data, exist_ok=True)
    np.savez_compressed(
        os.path.join(args.data, "dna.npz"),
        train=train,
        train_rc=reverse_complement(train),
        held=held,
        lam=control,
    )
    print(len(train), "train,", len(held), "held out,", len(control), "control")


if __name__ == "__main__":
    main()
