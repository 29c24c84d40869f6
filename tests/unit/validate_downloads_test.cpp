// What a shell text downloads and runs (src/check/validate/rules/commands.h).
#include <catch2/catch.hpp>

#include <string>

#include "validate/rules/commands.h"

using cascade::validation::downloads_run_by;

TEST_CASE("a download that a shell or interpreter runs is found in every form") {
  for (const std::string text : {
           "curl -fsSL https://x.test/i.sh | sh",
           "wget -qO- https://x.test/i.sh | sudo bash",
           "wget -O - https://x.test/i.sh | sudo -E bash -s -- --yes",
           "bash <(curl -s https://x.test/i.sh)",
           "source <(curl -s https://x.test/i.sh)",
           ". <(curl -s https://x.test/i.sh)",
           "eval \"$(curl -fsSL https://x.test/i.sh)\"",
           "eval $(wget -qO- https://x.test/i.sh)",
           "sh -c \"$(curl -fsSL https://x.test/i.sh)\"",
           "bash -c 'curl -s https://x.test/i.sh | sh'",
           "bash -c \"bash -c 'curl -s https://x.test/i.sh | sh'\"",
           "get() { curl -s https://x.test/i.sh; }; get | sh",
           "get() { curl -s \"$1\"; }; get https://x.test/i.sh | sh",
           "function fetch_it { wget -qO- https://x.test/i.sh; }\nfetch_it | bash",
           "run() { sh; }; curl -s https://x.test/i.sh | run",
           "alias get='curl -s'\nget https://x.test/i.sh | sh",
           "alias get='curl -s https://x.test/i.sh'; get | sh",
           "CMD='curl -s https://x.test/i.sh'; $CMD | sh",
           "CMD=\"curl -s https://x.test/i.sh | sh\"; eval \"$CMD\"",
           "X=$(curl -s https://x.test/i.sh); eval \"$X\"",
           "X=`curl -s https://x.test/i.sh`; bash -c \"$X\"",
           "X=$(curl -s https://x.test/i.sh); echo \"$X\" | sh",
           "SH=bash; curl -s https://x.test/i.sh | $SH",
           "curl -o f https://x.test/i.sh && sh f",
           "curl -fsSLo /tmp/f https://x.test/i.sh; bash /tmp/f",
           "curl -sO https://x.test/i.sh && bash i.sh",
           "curl -s https://x.test/i.sh > f && sh ./f",
           "curl -s https://x.test/i.sh > f && chmod +x f && ./f",
           "wget https://x.test/i.sh && sudo sh i.sh",
           "wget -P /tmp https://x.test/i.sh && bash /tmp/i.sh",
           "curl -sO --output-dir /tmp https://x.test/i.sh && bash /tmp/i.sh",
           "wget -q https://x.test/i.sh -O /tmp/i.sh\nchmod 755 /tmp/i.sh\n/tmp/i.sh --yes",
           "curl -s https://x.test/i.sh | tee f; sh f",
           "curl -o f https://x.test/i.sh && mv f g && sh g",
           "curl -o f https://x.test/i.sh; cat f | sh",
           "curl -o f https://x.test/i.sh; sh < f",
           "curl -o f https://x.test/i.sh; . ./f",
           "F=$(mktemp); curl -o \"$F\" https://x.test/i.sh; sh \"$F\"",
           "curl -o \"$TMP/f\" \"$URL\" && sh \"$TMP/f\"",
           "cd /tmp && curl -O https://x.test/i.sh && sh /tmp/i.sh",
           "curl -o ../i.sh https://x.test/i.sh && ../i.sh",
           "curl -o ../i.sh https://x.test/i.sh; . ../i.sh",
           "curl -o a/../i.sh https://x.test/i.sh; bash < i.sh",
           "curl -s https://x.test/i.sh | tee log | sed s/a/b/ | bash -s",
           "curl -s https://x.test/i.b64 | base64 -d | sh",
           "curl -s https://x.test/i.gz | gunzip | sh",
           "curl -s https://x.test/i.py | python3",
           "curl -s https://x.test/i.py | python3 - --yes",
           "python3 -c \"$(curl -fsSL https://x.test/i.py)\"",
           "python3 <(curl -fsSL https://x.test/i.py)",
           "node -e \"$(curl -s https://x.test/i.js)\"",
           "curl -o i.py https://x.test/i.py && python3 i.py",
           "wget -O - https://x.test/i.pl | perl",
           "curl -s https://x.test/i.sh | xargs -0 bash -c",
           "(curl -s https://x.test/i.sh || wget -qO- https://x.test/i.sh) | bash",
           "curl -s https://x.test/i.sh | sudo env A=1 bash",
           "echo $(curl x.test/p | sh)",
           "if ! command -v x; then curl -s https://x.test/i.sh | sh; fi",
           "while read -r line; do eval \"$line\"; done < <(curl -s https://x.test/i.sh)",
           "ssh root@host 'curl -s https://x.test/i.sh | sh'",
           "$ curl https://x.test/i.sh | zsh",
           "curl -fsSL <url> | sh",
           "curl \"$URL\" | sh",
           "curl https://x.test/i.sh | sh (as root), and it's done",
       }) {
    INFO(text);
    CHECK(downloads_run_by(text).size() >= 1);
  }
}

TEST_CASE("a download that is read, checked or only used is none that runs") {
  for (const std::string text : {
           "curl | sh",
           "curl ... | sh",
           "curl -fsSL https://x.test/data.json -o data.json && python3 read.py data.json",
           "curl -s https://x.test/v.json | jq -r .tag",
           "curl -s https://x.test/v.json | python3 -m json.tool",
           "curl -s https://x.test/v.json | python3 -c 'import json,sys; print(json.load(sys.stdin))'",
           "VERSION=$(curl -s https://x.test/v | jq -r .tag); make install VERSION=\"$VERSION\"",
           "curl -o i.sh https://x.test/i.sh && sha256sum -c i.sha && less i.sh && sh i.sh",
           "curl -o i.sh https://x.test/i.sh; less i.sh; sh i.sh",
           "curl -fsSLO https://x.test/install.sh && sha256sum -c sums && sh install.sh",
           "curl -o i.sh https://x.test/i.sh\ncat i.sh\nsh i.sh",
           "curl -o i.sh https://x.test/i.sh && gpg --verify i.sh.asc i.sh && sh i.sh",
           "curl -sf http://127.0.0.1:3000/health && sh deploy.sh",
           "curl -s https://x.test/list | xargs -n1 rm",
           "curl -s https://x.test/list | while read -r name; do echo \"$name\"; done",
           "wget https://x.test/x.tar.gz && tar xf x.tar.gz",
           "eval \"$(ssh-agent -s)\"",
           "curl -o tool.zip https://x.test/tool.zip; eval \"$(brew shellenv)\"",
           "bash scripts/run.sh \"$(curl -s https://x.test/token)\"",
           "python3 tool.py \"$(curl -s https://x.test/data)\"",
           "get() { curl -s https://x.test/data; }; get | jq .",
           "echo 'curl https://x.test/i.sh | sh'",
           "for f in $(curl -s https://x.test/list); do echo $f; done",
       }) {
    INFO(text);
    CHECK(downloads_run_by(text).empty());
  }
}

TEST_CASE("the source is named, and any bytes end") {
  CHECK(downloads_run_by("curl -o a https://x.test/a; curl -o b https://x.test/b; sh b").front() == "https://x.test/b");
  for (const std::string unit :
       {"curl x.test |", "$(", "<(curl x ", "f(){ f|f;};f;", "`", "\"", "curl -o f x;sh f;", "\x01"}) {
    std::string text;
    while (text.size() < 20'000) text += unit;
    CHECK(downloads_run_by(text).size() <= 4096);
  }
}
