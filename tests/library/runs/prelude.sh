# What the cases of this folder may call, besides what those of ../verify may.
. "$(dirname "${BASH_SOURCE[0]}")/../verify/prelude.sh"

json() { [ -s "$CASE/out" ] && jq -e "$1" "$CASE/out"; }  # whether what it printed is JSON of which this holds
gomod() { printf 'module example.org/a\n\ngo 1.18\n' >go.mod; }  # a module in this folder
redis() {  # a server of Redis for this case alone, which redis-cli finds by itself
  redis-server --port 6379 --bind 127.0.0.1 --save "" --dir "$CASE" >"$CASE/redis" 2>&1 &
  for _ in $(seq 50); do redis-cli ping 2>/dev/null | grep -q PONG && return 0; sleep 0.1; done
}
pdf() {  # pdf TEXT...: a.pdf with a page of 200 points for each text; the text image:N is a picture of N times N points of noise
  python3 - "$@" <<'END'
import random, sys, zlib
def stream(head, data): return b"<<%s/Length %d>>stream\n%s\nendstream" % (head.encode(), len(data), data)
random.seed(1)
pages = sys.argv[1:]
parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), b" ".join(b"%d 0 R" % (4 + 3 * i) for i in range(len(pages)))),
         b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
for i, text in enumerate(pages):
    size = int(text[6:]) if text.startswith("image:") else 1
    parts.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources<</Font<</F 3 0 R>>/XObject<</I %d 0 R>>>>/Contents %d 0 R>>" % (6 + 3 * i, 5 + 3 * i)
                 if size > 1 else b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>" % (5 + 3 * i))
    parts.append(stream("", b"180 0 0 180 9 9 cm /I Do" if size > 1 else b"BT /F 18 Tf 20 100 Td (%s) Tj ET" % text.encode()))
    parts.append(stream("/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode" % (size, size),
                        zlib.compress(random.randbytes(size * size * 3))))
out, places = b"%PDF-1.4\n", []
for i, part in enumerate(parts, 1):
    places.append(len(out))
    out += b"%d 0 obj\n%s\nendobj\n" % (i, part)
table = "xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1) + "".join("%010d 00000 n \n" % p for p in places)
out += (table + "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(out))).encode()
open("a.pdf", "wb").write(out)
END
}
clip() {  # clip SECONDS [SIZE]: in.mp4 with a moving picture and a tone
  ffmpeg -v error -f lavfi -i "testsrc=s=${2:-64x64}:d=$1:r=10" -f lavfi -i "sine=d=$1" -g 10 -pix_fmt yuv420p -shortest in.mp4
}
duration() { ffprobe -v error -show_entries format=duration -of csv=p=0 "$1"; }
stack() {  # a configuration of Terraform that needs no provider from elsewhere
  printf 'variable "n" {\n  default = "1"\n}\n\nresource "terraform_data" "a" {\n  input = var.n\n}\n' >main.tf
}
tls() {  # tls HOST: a server with a certificate of this name, which ca.pem knows
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout key.pem -out ca.pem -days 2 -subj "/CN=$1" -addext "subjectAltName=DNS:$1"
  put "$CASE/tls.py" 'import http.server, os, ssl
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self): self.send_response(200); self.end_headers()
    do_HEAD = do_GET
server = http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain("ca.pem", "key.pem")
server.socket = context.wrap_socket(server.socket, server_side=True)
server.serve_forever()'
  serve "$CASE/tls.py"
}
names() {  # a server of names on the loopback, one made-up record of each type
  put "$CASE/names.py" 'import os, socket, struct, threading
def name(text): return b"".join(bytes([len(p)]) + p.encode() for p in text.split(".") if p) + b"\\0"
def answer(query):
    at, labels = 12, []
    while query[at]:
        labels.append(query[at + 1:at + 1 + query[at]].decode()); at += query[at] + 1
    asked, kind = ".".join(labels), struct.unpack("!H", query[at + 1:at + 3])[0]
    text = "v=spf1 -all" if asked == "shop.example" else asked
    data = {2: name("mail.example"), 12: name("mail.example"), 15: struct.pack("!H", 10) + name("mail.example"), 16: bytes([len(text)]) + text.encode(),
            28: bytes.fromhex("20010db8000000000000000000000001"), 257: b"\\0\\5issueca.example"}.get(kind)
    head = query[:2] + struct.pack("!HHHHH", 0x8580, 1, 1 if data else 0, 0, 0) + query[12:at + 5]
    return head + (b"\\xc0\\x0c" + struct.pack("!HHIH", kind, 1, 60, len(data)) + data if data else b"")
port, udp, tcp = int(os.environ["PORT"]), socket.socket(socket.AF_INET, socket.SOCK_DGRAM), socket.socket()
udp.bind(("127.0.0.1", port)); tcp.bind(("127.0.0.1", port)); tcp.listen()
while True:
    query, peer = udp.recvfrom(4096)
    udp.sendto(answer(query), peer)'
  serve "$CASE/names.py"
}
registry() {  # npm's registry on the loopback: left 1.0.0, which has an advisory, and 2.0.0; what is sent to it is in $CASE/sent
  mkdir -p "$CASE/left" && put "$CASE/left/index.js" 'module.exports = 1'
  for v in 1.0.0 2.0.0; do
    put "$CASE/left/package.json" '{"name":"left","version":"'$v'","license":"MIT"}' && npm pack --silent --pack-destination "$CASE" "$CASE/left"
  done
  answering 'import base64, hashlib
case, here = os.environ["CASE"], "http://127.0.0.1:" + os.environ["PORT"]
def version(v):
    data = open(case + "/left-%s.tgz" % v, "rb").read()
    return {"name": "left", "version": v, "license": "MIT", "peerDependencies": {"right": "^" + v}, "peerDependenciesMeta": {"right": {"optional": True}}, "repository": {"type": "git", "url": "git+https://example.org/left.git"},
            "dist": {"tarball": here + "/left/-/left-%s.tgz" % v, "shasum": hashlib.sha1(data).hexdigest(), "integrity": "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()}}
if self.command in ("PUT", "POST"):
    open(case + "/sent", "a").write(self.path + " " + body + "\n")
    return reply(201, json.dumps({"left": [{"id": 1, "url": "https://example.org/1", "title": "bad", "severity": "high", "vulnerable_versions": "<2.0.0"}]} if "advisories" in self.path else {}))
if self.path.endswith(".tgz"):
    data = open(case + "/" + self.path.rsplit("/", 1)[1], "rb").read()
    self.send_response(200); self.send_header("Content-Length", str(len(data))); self.end_headers(); self.wfile.write(data)
    return
if not self.path.startswith("/left"): return reply(404, "{}")
both = {v: version(v) for v in ("1.0.0", "2.0.0")}
reply(200, json.dumps(dict(both["2.0.0"], _id="left", **{"dist-tags": {"latest": "2.0.0"}, "versions": both, "maintainers": [{"name": "m"}],
    "time": {"created": "2020-01-01T00:00:00.000Z", "modified": "2024-01-01T00:00:00.000Z", "1.0.0": "2020-01-01T00:00:00.000Z", "2.0.0": "2024-01-01T00:00:00.000Z"}})))'
  export npm_config_offline=false npm_config_registry=http://127.0.0.1:$PORT/ npm_config_fetch_retries=0
  npm config set "//127.0.0.1:$PORT/:_authToken" token
}
wheel() {  # wheel NAME VERSION [REQUIREMENT]: a wheel with the module NAME, in this folder
  python3 - "$@" <<'END'
import sys, zipfile
name, version, *requires = sys.argv[1:]
info = "%s-%s.dist-info/" % (name, version)
files = {name + "/__init__.py": "", name + "/py.typed": "", info + "WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
         info + "METADATA": "Metadata-Version: 2.1\nName: %s\nVersion: %s\n" % (name, version) + "".join("Requires-Dist: %s\n" % r for r in requires)}
files[info + "RECORD"] = "".join(f + ",,\n" for f in [*files, info + "RECORD"])
with zipfile.ZipFile("%s-%s-py3-none-any.whl" % (name, version), "w") as out:
    for f, text in files.items(): out.writestr(f, text)
END
}
pypi() {  # an index of Python packages on the loopback with left 1.0 and 2.0; pip installs into the folder t
  mkdir -p "$CASE/index/left" && (cd "$CASE/index/left" && wheel left 1.0 && wheel left 2.0)
  answering 'place = os.environ["CASE"] + "/index" + self.path
if os.path.isdir(place): reply(200, "".join("<a href=%s>%s</a>" % (f, f) for f in sorted(os.listdir(place))), {"Content-Type": "text/html"})
elif os.path.isfile(place):
    data = open(place, "rb").read()
    self.send_response(200); self.send_header("Content-Length", str(len(data))); self.end_headers(); self.wfile.write(data)
else: reply(404)'
  export PIP_INDEX_URL=http://127.0.0.1:$PORT/ PIP_TARGET=$PWD/t PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONPATH=$PWD/t
}
crate() {  # crate [TEXT]: a crate a with this library
  mkdir -p src && printf '[package]\nname = "a"\nversion = "0.1.0"\nedition = "2021"\nlicense = "MIT"\n' >Cargo.toml
  put src/lib.rs "$1"
}
jvm() {  # jvm [OPTION...]: a program that keeps maps and threads busy, in the background; its number is $pid
  put A.java 'import java.util.*;\npublic class A {\n  public static void main(String[] a) throws Exception {\n    List<int[]> kept = new ArrayList<>();\n    for (int i = 0; ; i++) { if (i < 50) kept.add(new int[1000]); new byte[100000].hashCode(); Thread.sleep(5); }\n  }\n}'
  javac A.java && { java -Xmx64m "$@" A & export pid=$!; }
  for _ in $(seq 50); do jcmd $pid VM.version >/dev/null 2>&1 && return 0; sleep 0.1; done
}
holds() {  # holds PATH JSON [STATUS] [WARNING]: what the stand-in of a service answers for this path
  mkdir -p "$CASE/api$(dirname "$1")" && printf '%s' "$2" >"$CASE/api$1.json"
  [ -z "$3" ] || echo "$3" >"$CASE/api$1.status"
  [ -z "$4" ] || echo "$4" >"$CASE/api$1.warning"
}
stand_in() {  # a service that answers from what it holds, on the loopback and on $CASE/socket; what was asked of it is in $CASE/asked
  cat >"$CASE/stand_in.py" <<'END'
import http.server, json, os, re, socketserver, threading
case = os.environ["CASE"]
def note(line):
    with open(case + "/asked", "a") as file: file.write(line + "\n")
def told(place):
    return open(place, "rb").read() if os.path.exists(place) else None
class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def log_message(self, *a): pass
    def address_string(self): return ""
    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        note("%s %s %s" % (self.command, self.path, body.decode("utf-8", "replace")))
        place = case + "/api" + re.sub(r"^/v[0-9]+[.][0-9]+(?=/)", "", self.path.split("?")[0])
        own = "%s.%s" % (place, self.command)
        place = own if os.path.exists(own + ".json") else place
        text, code = told(place + ".json"), int(told(place + ".status") or 200)
        if text is None:
            code = 404 if self.command in ("GET", "HEAD") else 201
            text = json.dumps({"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "message": "not found", "code": 404} if code == 404 else {}).encode()
        self.send_response(code)
        kind = "application/json" if text[:1] in b"{[" else "text/plain"
        for name, value in (("Content-Type", kind), ("Api-Version", "1.44"), ("Ostype", "linux"), ("Content-Length", str(len(text)))): self.send_header(name, value)
        warning = told(place + ".warning")
        if warning: self.send_header("Warning", "299 - \"%s\"" % warning.decode().strip())
        self.end_headers()
        if self.command != "HEAD": self.wfile.write(text)
    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any
class Local(socketserver.ThreadingMixIn, socketserver.UnixStreamServer): daemon_threads = True
local = Local(case + "/socket", Handler)
threading.Thread(target=local.serve_forever, daemon=True).start()
http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
END
  serve "$CASE/stand_in.py"
}
asked() { grep -qE -- "$1" "$CASE/asked"; }  # whether the stand-in was asked so
cluster() {  # a cluster's server, which kubectl finds by itself; `holds` says what is in it
  local kinds='{"name":"pods","kind":"Pod","namespaced":true,"verbs":["get"]},{"name":"pods/log","kind":"Pod","namespaced":true,"verbs":["get"]},{"name":"events","kind":"Event","namespaced":true,"verbs":["get"]},{"name":"configmaps","shortNames":["cm"],"kind":"ConfigMap","namespaced":true,"verbs":["get"]},{"name":"secrets","kind":"Secret","namespaced":true,"verbs":["get"]},{"name":"namespaces","shortNames":["ns"],"kind":"Namespace","verbs":["get","patch"]},{"name":"nodes","shortNames":["no"],"kind":"Node","verbs":["get","patch"]}'
  holds /api '{"kind":"APIVersions","versions":["v1"]}'
  holds /apis '{"kind":"APIGroupList","apiVersion":"v1","groups":[{"name":"apps","versions":[{"groupVersion":"apps/v1","version":"v1"}],"preferredVersion":{"groupVersion":"apps/v1","version":"v1"}},{"name":"policy","versions":[{"groupVersion":"policy/v1","version":"v1"}],"preferredVersion":{"groupVersion":"policy/v1","version":"v1"}},{"name":"discovery.k8s.io","versions":[{"groupVersion":"discovery.k8s.io/v1","version":"v1"}],"preferredVersion":{"groupVersion":"discovery.k8s.io/v1","version":"v1"}}]}'
  holds /api/v1 '{"kind":"APIResourceList","groupVersion":"v1","resources":['"$kinds"']}'
  holds /apis/apps/v1 '{"kind":"APIResourceList","groupVersion":"apps/v1","resources":[{"name":"deployments","shortNames":["deploy"],"kind":"Deployment","namespaced":true,"verbs":["get","patch"]},{"name":"replicasets","shortNames":["rs"],"kind":"ReplicaSet","namespaced":true,"verbs":["get"]},{"name":"daemonsets","kind":"DaemonSet","namespaced":true,"verbs":["get"]}]}'
  holds /apis/policy/v1 '{"kind":"APIResourceList","groupVersion":"policy/v1","resources":[{"name":"poddisruptionbudgets","shortNames":["pdb"],"kind":"PodDisruptionBudget","namespaced":true,"verbs":["get"]}]}'
  holds /apis/discovery.k8s.io/v1 '{"kind":"APIResourceList","groupVersion":"discovery.k8s.io/v1","resources":[{"name":"endpointslices","kind":"EndpointSlice","namespaced":true,"verbs":["get"]}]}'
  stand_in && put "$HOME/.kube/config" "apiVersion: v1\nkind: Config\ncurrent-context: a\nclusters: [{name: a, cluster: {server: 'http://127.0.0.1:$PORT'}}]\nusers: [{name: a}]\ncontexts: [{name: a, context: {cluster: a, user: a, namespace: default}}]"
}
hub() {  # GitHub's API, which gh finds by itself; the repository is o/r
  stand_in && put "$HOME/.config/gh/config.yml" "http_unix_socket: $CASE/socket"
  export GH_TOKEN=t GH_REPO=o/r GH_NO_UPDATE_NOTIFIER=1
}
engine() { stand_in && export DOCKER_HOST=tcp://127.0.0.1:$PORT; }  # Docker's engine, which docker finds by itself
guest() {  # guest [OPTION...]: a server of ssh on the loopback that knows `key`; $guest is what ssh needs to reach it
  ssh-keygen -q -t ed25519 -N '' -f host && ssh-keygen -q -t ed25519 -N '' -f key && cp key.pub authorized
  printf '%s\n' "Port 2222" "ListenAddress 127.0.0.1" "HostKey $PWD/host" "AuthorizedKeysFile $PWD/authorized" 'StrictModes no' 'UsePAM no' \
    'PidFile none' 'KbdInteractiveAuthentication no' "${@:-PasswordAuthentication no}" >sshd.conf
  echo "someone:x:1000:1000::$HOME:/bin/sh" >passwd && echo 'someone:*:19000::::::' >shadow
  unshare -m bash -c 'mkdir -p /run/sshd; mount --bind passwd /etc/passwd; mount --bind shadow /etc/shadow
    exec unshare -U --map-user=1000 --map-group=1000 "$(PATH=$PATH:/usr/sbin command -v sshd)" -D -e -f sshd.conf' 2>sshd.log &
  for _ in $(seq 50); do grep -qi listening sshd.log && break; sleep 0.1; done
  guest="-p 2222 -i $PWD/key -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null someone@127.0.0.1"
}
