#!/bin/bash
# usage: sweep.sh DIR TODAY [--apply]
set -u
export LC_ALL=C
die() { echo "sweep: $1" >&2; exit 2; }
[ $# -eq 2 ] || { [ $# -eq 3 ] && [ "$3" = --apply ]; } || die "usage: sweep.sh DIR TODAY [--apply]"
[[ $2 =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}$ ]] && date -u -d "$2" >/dev/null 2>&1 || die "bad date: $2"
cd -- "$1" 2>/dev/null || die "no such folder: $1"

list=$(
  shopt -s nullglob
  for f in *.tar; do
    [[ -f $f && $f =~ ^.+-[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{4}\.tar$ ]] || continue
    pin=0; [ -e "$f.pin" ] && pin=1
    printf '%s\t%s\t%s\n' "$(stat -c %s -- "$f")" "$pin" "$f"
  done | awk -F'\t' -v today="$2" '
    function day(y, m, d) {           # days since an old 1 March
      if (m < 3) { m += 12; y-- }
      return 365 * y + int(y / 4) - int(y / 100) + int(y / 400) + int((153 * (m - 3) + 2) / 5) + d
    }
    BEGIN { now = day(substr(today, 1, 4) + 0, substr(today, 6, 2) + 0, substr(today, 9, 2) + 0)
            thursday = day(2024, 5, 30) }
    { n++; size[n] = $1; pin[n] = $2; name[n] = $3
      s = substr($3, length($3) - 18, 15); set[n] = substr($3, 1, length($3) - 20); stamp[n] = s
      d = day(substr(s, 1, 4) + 0, substr(s, 6, 2) + 0, substr(s, 9, 2) + 0)
      age = now - d; go[n] = 0
      if ($1 > 0) left[set[n]]++
      if ($2) next
      if ($1 == 0) { go[n] = 2; next }
      if (age <= 10) next
      md = substr(s, 6, 5)
      go[n] = !(age <= 2557 && (md == "03-31" || md == "06-30" || md == "09-30" || md == "12-31"))
      if (age <= 70) {
        w = set[n] "/w" int((d - thursday + 70000) / 7)
        b = best[w]
        if (!b || size[n] > size[b] || size[n] == size[b] && stamp[n] < stamp[b]) best[w] = n
      } else if (age <= 800) {
        w = set[n] "/m" substr(s, 1, 7)
        b = best[w]
        if (!b || stamp[n] > stamp[b]) best[w] = n
      }
    }
    END {
      for (w in best) go[best[w]] = 0
      for (i = 1; i <= n; i++) if (go[i] == 1) left[set[i]]--
      for (i = 1; i <= n; i++) if (go[i] == 2 || go[i] == 1 && left[set[i]] >= 4) print name[i]
      print n + 0 " copies"
    }')
total=${list##*$'\n'}
total=${total%% *}
gone=$(printf '%s\n' "$list" | sed '$d' | sort)
[ -n "$gone" ] || exit 0
count=$(printf '%s\n' "$gone" | wc -l)
if [ $((count * 2)) -gt "$total" ] && [ "${SWEEP_ANYWAY:-}" != yes ]; then
  echo "sweep: brake: $count of $total" >&2
  exit 3
fi
printf '%s\n' "$gone"
[ $# -eq 3 ] || exit 0
mkdir -p .leaving || exit 1
while IFS= read -r f; do
  mv -- "$f" .leaving/ || exit 1
  if [ -e "$f.md5" ]; then mv -- "$f.md5" .leaving/ || exit 1; fi
done <<< "$gone"
