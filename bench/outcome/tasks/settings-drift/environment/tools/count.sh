#!/bin/sh
# count.sh FILE...: number of settings in each file, roughly
for f in "$@"; do
    printf '%s %s\n' "$(grep -c '^[A-Za-z_]' "$f")" "$f"
done
