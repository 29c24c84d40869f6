#!/bin/bash
# usage: sweep.sh DIR TODAY [--apply]
dir=$1 today=$2
cd "$dir" || exit 1
limit=$(date -d "$today - 30 days" +%F)
for f in *.tar; do
  d=$(echo "$f" | grep -o '[0-9]\{4\}-[0-9][0-9]-[0-9][0-9]')
  [[ $d < $limit ]] || continue
  echo "$f"
  [ "$3" = --apply ] && rm -f "$f"
done
exit 0
