#!/bin/bash
# usage: rollup.sh YEAR PERIOD TAKINGS_DIR OUT_DIR
echo "rollup.sh: not written yet" >&2
exit 1
