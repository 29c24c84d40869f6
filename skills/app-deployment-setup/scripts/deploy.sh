#!/bin/sh
# Switches an application to a release and back again if it does not answer.
#
# usage: deploy.sh REVISION
#
# The release lies in $APP/releases/REVISION, the link $APP/current leads to the running one. RESTART starts what the
# link leads to, HEALTH answers with a status below 400 once it is up. Five releases are kept.
# Exit 0: the new release answers; 1: it did not, the one before is back; 2: wrong call; 3: neither answers.
set -u
APP=${APP:-/srv/shop}
RESTART=${RESTART:-sudo systemctl restart shop}
HEALTH=${HEALTH:-http://localhost:8000/healthz}
TRIES=${TRIES:-15}

name=${1-}
name=${name%/}
case $name in */* | .* | '') set -- ;; esac # another folder's link would be cleared away as an old release
if [ $# -ne 1 ] || [ ! -d "$APP/releases/$name" ]; then
  echo "usage: deploy.sh REVISION (a folder of $APP/releases)" >&2
  exit 2
fi
before=$(readlink "$APP/current" 2>/dev/null || :)

point() { # releases/REVISION: a rename, so that the link is never missing
  ln -sfn "$1" "$APP/current.new" && mv -T "$APP/current.new" "$APP/current" && $RESTART
}
answers() {
  left=$TRIES
  while ! curl -fsS -m 2 -o /dev/null "$HEALTH" 2>/dev/null; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || return 1
    sleep 1
  done
}

if point "releases/$name" && answers; then
  ls -1t "$APP/releases" | tail -n +6 | while read -r old; do
    [ "$old" = "${before##*/}" ] || [ "$old" = "$name" ] || rm -rf "$APP/releases/${old:?}"
  done
  echo "deploy: $name answers"
  exit 0
fi
[ -n "$before" ] || { echo "deploy: $name does not answer, and there was none before" >&2; exit 3; }
point "$before" && answers && { echo "deploy: $name does not answer, $before is back" >&2; exit 1; }
echo "deploy: neither $name nor $before answers" >&2
exit 3
