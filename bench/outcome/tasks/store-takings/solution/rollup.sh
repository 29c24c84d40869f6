#!/bin/bash
# usage: rollup.sh YEAR PERIOD TAKINGS_DIR OUT_DIR
set -u
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
die() { echo "rollup.sh: $1" >&2; exit 2; }
[ $# -eq 4 ] || die "usage: rollup.sh YEAR PERIOD TAKINGS_DIR OUT_DIR"
year=$1 period=$2 in=$3 out=$4
[[ $year =~ ^20[0-9][0-9]$ ]] || die "bad year: $year"
[[ $period =~ ^([1-9]|1[0-2])$ ]] || die "bad period: $period"
[ -d "$in" ] || die "no such folder: $in"
mkdir -p "$out"

days() { echo $(( $(date -u -d "$1" +%s) / 86400 )); }
start() {                       # first Monday on or after 29 January, in days
  local d; d=$(days "$1-01-29")
  echo $(( d + (7 - (d + 3) % 7) % 7 ))
}
first=$(start "$year") next=$(start $((year + 1)))
weeks=(0 5 4 4 5 4 4 5 4 4 5 4 4)
[ $(( (next - first) / 7 )) -eq 53 ] && weeks[6]=5
from=$first
for ((p = 1; p < period; p++)); do from=$((from + 7 * weeks[p])); done
to=$((from + 7 * weeks[period] - 1))
iso() { date -u -d "@$(( $1 * 86400 ))" +"$2"; }

letters=ABCDEFGHIJKL
letter=${letters:period-1:1}
base=TK${year:2}$letter name=$base n=1
while [ -e "$out/$name.led" ]; do n=$((n + 1)); name=$base-$n; done

shopt -s nullglob
files=("$in"/*.csv)
tmp=$(mktemp -d "$out/.roll.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
# "from" is inclusive and "to" exclusive, as stamps: the day turns at 04:30
cat "${files[@]}" /dev/null | tr -d '\r' > "$tmp/all"
awk -F, -v from="$(iso "$from" %F) 04:30:00" -v to="$(iso $((to + 1)) %F) 04:30:00" \
    -v head="HDR~$year~$letter~$(iso "$from" %Y%m%d)~$(iso "$to" %Y%m%d)" -v rej="$tmp/rej" '
  FNR == 1 { pass++ }
  pass == 1 { if ($1 ~ /^[0-9]+$/) known[$1 + 0] = 1; next }
  $1 !~ /^[0-9]+$/ || $2 >= 90 && $2 <= 99 { next }
  pass == 2 { if ($5 == "V") void[$7] = 1; next }
  $5 == "V" || $3 in void || $4 < from || $4 >= to { next }
  !(($1 + 0) in known) { print > rej; next }
  { a = $6; sub(/\./, "", a); cents[$1 + 0] += $5 == "R" ? -a : a; count[$1 + 0]++ }
  END {
    print head
    m = 0
    for (s in known) list[++m] = s + 0
    for (i = 2; i <= m; i++) for (j = i; j > 1 && list[j - 1] > list[j]; j--) { t = list[j]; list[j] = list[j - 1]; list[j - 1] = t }
    for (i = 1; i <= m; i++) {
      s = list[i]; c = cents[s] + 0
      printf "%06d~%d%s~%d\n", s, c < 0 ? -c : c, c < 0 ? "D" : "C", count[s] + 0
      sum = (sum + s * c) % 9973
    }
    printf "TRL~%d~%d\n", m, (sum + 9973) % 9973
  }' "$here/stores.csv" "$tmp/all" "$tmp/all" > "$tmp/led" || exit 1
mv "$tmp/led" "$out/$name.led"
if [ -s "$tmp/rej" ]; then mv "$tmp/rej" "$out/$name.rej"; exit 4; fi
exit 0
