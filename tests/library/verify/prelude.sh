# What the cases of this folder may call. Each case runs in an empty folder of its own, with an empty HOME.
# `line` runs the command of the manifest's line; its standard error goes to a file that try_verify reads.

line() {
  bash "$CASE/line.sh" 2>>"$CASE/err"
  local status=$?
  case $status in 126 | 127) echo "status $status" >>"$CASE/broken" ;; esac
  return $status
}
acting() {  # runs the command of a case with `does`; what it printed is what `shown` looks at, how it ended is $status
  (cd "$PWD" && bash "$CASE/line.sh") >"$CASE/out" 2>&1 </dev/null
  status=$?
  case $status in 126 | 127) { echo "status $status"; tail -1 "$CASE/out"; } >>"$CASE/broken" ;; esac
}
shown() { grep -qE -- "$1" "$CASE/out"; }
said() { bash "$CASE/line.sh" 2>&1; }              # what it prints on both channels
count() { line | wc -l | tr -d ' '; }              # lines that it prints
silent() { local out; out=$(line) && [ -z "$out" ]; }  # ends with 0 and prints nothing
nothing() { [ -z "$(line)" ]; }                    # prints nothing, whatever its status

repo() {  # repo [FOLDER]: a repository with one commit, and stands in it
  git init -q -b main "${1:-.}" && cd "${1:-.}" && git commit -q --allow-empty -m start
}
put() { mkdir -p "$(dirname "$1")" && printf '%b\n' "$2" >"$1"; }  # put FILE TEXT
commit() {  # commit FILE TEXT [MESSAGE]
  put "$1" "$2" && git add -A && git commit -q -m "${3:-change $1}"
}
origin() {  # a bare origin beside a clone; stands in the clone
  git init -q -b main --bare origin.git && git clone -q origin.git clone 2>/dev/null && cd clone &&
    git checkout -q -b main && git commit -q --allow-empty -m start && git push -q origin main &&
    git remote set-head origin main
}
at() { git rev-parse "$1"; }
serve() {  # serve FILE.py: runs it with a free port of the loopback in $PORT and waits until it listens
  PORT=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  export PORT
  python3 "$1" >"$CASE/server" 2>&1 &
  for _ in $(seq 100); do
    python3 -c 'import os, socket; socket.create_connection(("127.0.0.1", int(os.environ["PORT"])), 1)' 2>"$CASE/wait" && return 0
    sleep 0.05
  done
  return 1
}
answering() {  # answering 'STATEMENTS': a server that runs them for each request; `self`, `body` and `reply(CODE, TEXT, HEADERS)`
  {
    printf '%s\n' 'import http.server, json, os, time' 'state = {}' \
      'class Handler(http.server.BaseHTTPRequestHandler):' '    def log_message(self, *a): pass' \
      '    def handle_any(self):' \
      '        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode("utf-8", "replace")' \
      '        def reply(code, text="", headers={}):' '            self.send_response(code)' \
      '            for k, v in dict({"Content-Length": str(len(text.encode()))}, **headers).items(): self.send_header(k, v)' \
      '            self.end_headers(); self.wfile.write(text.encode())'
    printf '%s\n' "$1" | sed 's/^/        /'
    printf '%s\n' '    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_OPTIONS = handle_any' \
      'http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()'
  } >"$CASE/server.py"
  serve "$CASE/server.py"
}
database() {  # a database of the run's server for this case alone, and sql to run statements in it
  export PGDATABASE=t$$_$RANDOM
  psql -qX -d postgres -c "CREATE DATABASE $PGDATABASE"
}
sql() { psql -qXAt -v ON_ERROR_STOP=1 -c "$1"; }
npx() {  # what npm would fetch is taken from the tools that are here, by the name of its program
  while [ "${1#-}" != "$1" ]; do shift; done
  local package=$1
  shift
  case $package in
    @stoplight/*-cli) package=${package##*/}; ${package%-cli} "$@" ;;
    @*/cli) "$(basename "${package%/*}" | tr -d @)" "$@" ;;
    *) "${package%@*}" "$@" ;;
  esac
}
export -f npx
example() {  # example SKILL LANGUAGE [FILE]: the first block of that language in the skill's page, or in a file beside it
  awk -v fence='```'"$2" '/^```/ { inside = !seen && $0 == fence; seen += inside; next } inside' "$ROOT/skills/$1/${3:-SKILL.md}"
}
