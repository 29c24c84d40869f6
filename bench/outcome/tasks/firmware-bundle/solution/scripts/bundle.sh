#!/bin/bash
# usage: bundle.sh [CHANNEL]
set -u
export LC_ALL=C
cd "$(dirname "$0")/.." || exit 1
refuse() { echo "refused: $1" >&2; exit 17; }

channel=${1:-bench}
version=$(tr -d ' \r\n' < VERSION)
[[ $version =~ ^([0-9]+)\.([0-9]+)\.([0-9]+)$ ]] || refuse "bad version: $version"
x=$((10#${BASH_REMATCH[1]})) y=$((10#${BASH_REMATCH[2]})) z=$((10#${BASH_REMATCH[3]}))
case $channel in
  stable) letter=K; [ $((y % 2)) -eq 0 ] || refuse "odd minor versions are never stable" ;;
  pilot) letter=V; [ "$z" -ge 1 ] || refuse "the first cut is not for pilots" ;;
  bench) letter=W ;;
  *) refuse "no such channel: $channel" ;;
esac
[ "$z" -le 25 ] || refuse "no label for patch $z"
abc=abcdefghijklmnopqrstuvwxyz
label=$letter$x-$(printf %02d "$y")${abc:z:1}
[ ! -e "out/$label" ] && [ ! -e "out/$label.tar" ] || refuse "label $label is taken"

names=()
shopt -s dotglob nullglob
for f in parts/*; do
  n=${f##*/}
  [[ $n == .* || $n == *~ ]] && continue
  [[ -f $f && -s $f && ${#n} -le 12 && $n =~ ^[a-z][a-z0-9._]*$ ]] || refuse "bad part: $n"
  names+=("$n")
done
others=() boot= app=
for n in "${names[@]}"; do
  case $n in boot) boot=1 ;; app) app=1 ;; *) others+=("$n") ;; esac
done
[ "$boot$app" = 11 ] || refuse "boot or app is missing"

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
dir=$tmp/$label
mkdir "$dir"
total=0 lines=
slot=16
for n in boot app "${others[@]}"; do
  cp "parts/$n" "$dir/$n"
  size=$(stat -c %s "$dir/$n")
  pad=$(( (64 - size % 64) % 64 ))
  if [ $pad -gt 0 ]; then head -c $pad /dev/zero | tr '\0' '\377' >> "$dir/$n"; fi
  size=$((size + pad)) total=$((total + size))
  sum=$(cksum < "$dir/$n")
  sum=${sum%% *}
  case $n in boot) s=0 ;; app) s=1 ;; *) s=$slot; slot=$((slot + 1)) ;; esac
  lines=$(printf '%02X %06X %08X %s' "$s" "$size" $((sum ^ size)) "$n")$'\n'$lines
done
{
  echo "BX3 $((${#others[@]} + 2)) $total $label"
  printf %s "$lines"
} > "$dir/CONTENTS.bx"
seal=$( { cat "$dir/CONTENTS.bx"; printf %s "$label"; } | sha256sum)
echo "SEAL ${seal:0:12}" >> "$dir/CONTENTS.bx"
chmod 755 "$dir"
chmod 644 "$dir"/*
tar --format=ustar --sort=name --owner=0 --group=0 --numeric-owner --mtime='2000-01-01 00:00:00 UTC' \
  -C "$tmp" -cf "$tmp/$label.tar" "$label" || exit 1
mkdir -p out
cp -r "$dir" "out/$label" && cp "$tmp/$label.tar" out/ && echo "$label $channel $version" >> out/LABELS
