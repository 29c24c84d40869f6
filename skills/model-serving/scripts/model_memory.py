#!/usr/bin/env python3
"""Computes the memory a language model needs for its weights and for the cache of open conversations.

usage: model_memory.py --parameters 8e9 --bits 16 --layers 32 --kv-heads 8 --head 128 --tokens 8192 --sequences 16
                       [--cache-bits 16] [--gpu GIGABYTES] [--gpus N]

The figures stand in the model's config.json: num_hidden_layers, num_key_value_heads, head_dim (or hidden_size divided by
num_attention_heads). --tokens: context of one conversation; --sequences: conversations at once. GB are 10^9 bytes.
Exit 0: it fits, or no --gpu was given; 1: it does not fit, and how many conversations would; 2: wrong call.
"""
import argparse
import sys

SPARE = 0.10  # of each GPU, for activations, graphs and fragments
OVERHEAD = {4: 1.10, 8: 1.02}  # scales and zero points of quantised weights


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, kind in (("parameters", float), ("bits", int), ("layers", int), ("kv-heads", int), ("head", int), ("tokens", int), ("sequences", int)):
        parser.add_argument("--" + name, type=kind, required=True)
    parser.add_argument("--cache-bits", type=int, default=16)
    parser.add_argument("--gpu", type=float)
    parser.add_argument("--gpus", type=int, default=1)
    a = parser.parse_args()
    if min(a.parameters, a.bits, a.layers, a.kv_heads, a.head, a.tokens, a.sequences, a.cache_bits, a.gpus) <= 0:
        parser.error("every figure is greater than 0")
    weights = a.parameters * a.bits / 8 * OVERHEAD.get(a.bits, 1)
    token = 2 * a.layers * a.kv_heads * a.head * a.cache_bits / 8
    conversation = token * a.tokens
    whole = weights + conversation * a.sequences
    print("weights %.1f GB, cache %.0f kB a token, %.2f GB a conversation, %.1f GB for %d: %.1f GB in all" %
          (weights / 1e9, token / 1e3, conversation / 1e9, conversation * a.sequences / 1e9, a.sequences, whole / 1e9))
    if a.gpu is None:
        return 0
    room = a.gpu * 1e9 * a.gpus * (1 - SPARE)
    fits = max(0, int((room - weights) // conversation))
    print("%d x %.0f GB leave %.1f GB: %d conversations of %d tokens" % (a.gpus, a.gpu, room / 1e9, fits, a.tokens))
    return 0 if whole <= room else 1


if __name__ == "__main__":
    sys.exit(main())
