#!/bin/bash
# usage: bundle.sh [CHANNEL]
echo "bundle.sh: not written yet" >&2
exit 1
