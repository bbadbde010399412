"""Makes prose's training data: novels -> byte-level BPE of 4,096 tokens -> uint16 ids; every 25th block is held out.

usage: prepare_text.py BOOKS_DIRECTORY DATA_DIRECTORY

BOOKS_DIRECTORY holds one UTF-8 .txt file for each book, in the order of their names (prose: 47 novels of Standard Ebooks,
then Moby Dick). Writes tokenizer.json, train.npy (all books' ids in random order, id 0 between them), held.json
(book, ids and bytes of each held-out block) and held_text.json (book and text of each).
"""

import argparse
import glob
import json
import os

import numpy as np
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

BLOCK = 16384  # characters
HELD_OUT = 25  # one block in so many
VOCABULARY = 4096
END = "<|endoftext|>"


def split(books):
    """Texts to train on, cut where a block was taken out, and the held-out blocks as (book, text)."""
    train, held, block = [], [], 0
    for book in books:
        with open(book, encoding="utf8") as file:
            text = file.read()
        kept = []
        for start in range(0, len(text), BLOCK):
            block += 1
            if block % HELD_OUT == 0:
                held.append((os.path.basename(book), text[start : start + BLOCK]))
                train.append("".join(kept))
                kept = []
            else:
                kept.append(text[start : start + BLOCK])
        train.append("".join(kept))
    return [text for text in train if text], held


def train_tokenizer(texts):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY, special_tokens=[END], initial_alphabet=alphabet, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("books")
    parser.add_argument("data")
    args = parser.parse_args()
    train, held = split(sorted(glob.glob(os.path.join(args.books, "*.txt"))))
    tokenizer = train_tokenizer(train)
    os.makedirs(args.data, exist_ok=True)
    tokenizer.save(os.path.join(args.data, "tokenizer.json"))

    ids = [0]
    for index in np.random.default_rng(1).permutation(len(train)):
        ids.extend(tokenizer.encode(train[index]).ids)
        ids.append(0)
    np.save(os.path.join(args.data, "train.npy"), np.array(ids, np.uint16))

    blocks = [(book, tokenizer.encode(text).ids, len(text.encode())) for book, text in held]
    with open(os.path.join(args.data, "held.json"), "w") as file:
        json.dump(blocks, file)
    with open(os.path.join(args.data, "held_text.json"), "w") as file:
        json.dump(held, file)
    train_bytes = sum(len(text.encode()) for text in train)
    print(
        f"{len(ids)} train ids, {train_bytes / len(ids):.3f} bytes each;",
        f"{len(blocks)} held-out blocks, {sum(size for _, _, size in blocks)} bytes",
    )


if __name__ == "__main__":
    main()
