#!/usr/bin/env python3
"""Computes the memory a language model needs for its weights and for the cache of open conversations.

usage: model_memory.py --parameters 8e9 --bits 16 --tokens 8192 --sequences 16 --config config.json
       model_memory.py --parameters 8e9 --bits 16 --tokens 8192 --sequences 16 --layers 32 --kv-heads 8 --head 128
                       [--latent N] [--window TOKENS --window-layers N] [--cache-bits 16] [--gpu GIGABYTES] [--gpus N]

--config reads the figures: num_hidden_layers, num_key_value_heads, head_dim (or hidden_size / num_attention_heads),
kv_lora_rank + qk_rope_head_dim (latent attention, --latent), sliding_window and layer_types. --layers counts the layers
whose cache grows with the conversation, --window-layers those that keep only the last --window tokens. --parameters are
all that are loaded, experts included. --tokens: context of one conversation; --sequences: conversations at once. With
more --gpus than KV heads (latent attention: than one) each holds copies of the cache. GB are 10^9 bytes.
Exit 0: it fits, or no --gpu was given; 1: it does not fit, and how many conversations would; 2: wrong call.
"""
import argparse
import json
import sys

SPARE = 0.10  # of each GPU, for activations, graphs and fragments
OVERHEAD = {4: 1.10, 8: 1.02}  # scales and zero points of quantised weights
FIGURES = ("layers", "kv_heads", "head", "latent", "window", "window_layers")


def figures_of(path):
    """The figures of a config.json; those of its text model where it has several."""
    with open(path, encoding="utf-8") as file:
        config = json.load(file)
    config = next((config[key] for key in ("text_config", "llm_config", "language_config") if isinstance(config.get(key), dict)), config)
    for older, name in (("n_layer", "num_hidden_layers"), ("n_head", "num_attention_heads"), ("n_embd", "hidden_size")):  # GPT-2 and its kin
        config.setdefault(name, config.get(older))
    heads = config.get("num_attention_heads") or 0
    kinds = config.get("layer_types") or ["full_attention"] * (config.get("num_hidden_layers") or 0)
    window = config.get("sliding_window") if config.get("use_sliding_window", True) else None
    if window and "layer_types" not in config:
        every = config.get("sliding_window_pattern")  # each n-th layer is a full one; without it all slide, or none do
        kinds = ["full_attention" if every and (i + 1) % every == 0 else "sliding_attention" for i in range(len(kinds))]
    sliding = sum("sliding" in kind for kind in kinds) if window else 0
    fixed = sum("linear" in kind or "mamba" in kind or "conv" in kind for kind in kinds)
    found = {"layers": len(kinds) - sliding - fixed, "window": window if sliding else 0, "window_layers": sliding,
             "kv_heads": config.get("num_key_value_heads") or heads,
             "head": config.get("head_dim") or (config.get("hidden_size") or 0) // max(heads, 1),
             "latent": (config.get("kv_lora_rank") or 0) + (config.get("qk_rope_head_dim") or 0) if config.get("kv_lora_rank") else 0}
    if found["latent"]:
        found["kv_heads"] = found["head"] = 1
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, kind in (("parameters", float), ("bits", int), ("tokens", int), ("sequences", int)):
        parser.add_argument("--" + name, type=kind, required=True)
    for name in FIGURES:
        parser.add_argument("--" + name.replace("_", "-"), type=int)
    parser.add_argument("--config")
    parser.add_argument("--cache-bits", type=int, default=16)
    parser.add_argument("--gpu", type=float)
    parser.add_argument("--gpus", type=int, default=1)
    a = parser.parse_args()
    try:
        read = figures_of(a.config) if a.config else {}
    except (OSError, ValueError, AttributeError, TypeError) as fault:
        parser.error("%s: %s" % (a.config, fault))
    layers, kv_heads, head, latent, window, window_layers = (
        read.get(name, 0) if getattr(a, name) is None else getattr(a, name) for name in FIGURES)
    if latent:
        kv_heads = head = 1
    if min(a.parameters, a.bits, kv_heads, head, a.tokens, a.sequences, a.cache_bits, a.gpus, layers + window_layers) <= 0:
        parser.error("every figure is greater than 0; --layers, --kv-heads and --head, or --config, are needed")
    if min(layers, latent, window, window_layers) < 0 or bool(window) != bool(window_layers):
        parser.error("--window and --window-layers belong together")
    weights = a.parameters * a.bits / 8 * OVERHEAD.get(a.bits, 1)
    copies = max(1, a.gpus / kv_heads)  # a head cannot be split, so GPUs beyond the heads hold it again
    layer = (latent or 2 * kv_heads * head) * a.cache_bits / 8
    token = layers * layer
    conversation = (token * a.tokens + window_layers * layer * min(window, a.tokens)) * copies
    whole = weights + conversation * a.sequences
    print("weights %.1f GB, cache %.0f kB a token, %.2f GB a conversation, %.1f GB for %d: %.1f GB in all" %
          (weights / 1e9, token / 1e3, conversation / 1e9, conversation * a.sequences / 1e9, a.sequences, whole / 1e9))
    if copies > 1:
        print("%d GPUs hold the cache %.0f times; with attention run data-parallel it is there once" % (a.gpus, copies))
    if a.gpu is None:
        return 0
    room = a.gpu * 1e9 * a.gpus * (1 - SPARE)
    fits = max(0, int((room - weights) // conversation))
    print("%d x %.0f GB leave %.1f GB: %d conversations of %d tokens" % (a.gpus, a.gpu, room / 1e9, fits, a.tokens))
    return 0 if whole <= room else 1


if __name__ == "__main__":
    sys.exit(main())
