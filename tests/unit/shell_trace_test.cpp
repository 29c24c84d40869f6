#include <catch2/catch.hpp>

#include "shell/trace.h"

#include <set>
#include <string>

using namespace cascade::shell;

namespace {

// A disk with these folders, and /w/app and /w/lib as repositories.
struct Disk final : Surroundings {
  std::set<std::string> folders = {"/",          "/tmp",   "/home/dev", "/w",        "/w/app",
                                   "/w/app/src", "/w/lib", "/w/docs",   "/w/my lib", "/tmp"};
  bool is_directory(const std::string& path) const override { return folders.count(path) > 0; }
  std::optional<std::string> top_level(const std::string& directory) const override {
    for (const char* root : {"/w/app", "/w/lib"})
      if (directory.rfind(root, 0) == 0) return root;
    return std::nullopt;
  }
  std::optional<std::string> variable(std::string_view name) const override {
    if (name == "HOME") return "/home/dev";
    return std::nullopt;
  }
};

std::string word(const Value& value) {
  if (!value.known) return value.text + (value.is_list ? "?*" : "?");
  return value.text.find_first_of(" \n") == std::string::npos && !value.text.empty() ? value.text
                                                                                     : "<" + value.text + ">";
}

// One line a program: its directory, what it finds in its environment, its words, what it reads, what it writes.
std::string run(const std::string& line) {
  std::string text;
  const Trace traced = trace(line, "/w/app", Disk(), [&](const Call& call) {
    text += call.directory.empty() ? "?" : call.directory;
    text += ":";
    if (call.clears_environment) text += " (cleared)";
    for (const Setting& setting : call.environment)
      text += " " + setting.name + (setting.value ? "=" + word(*setting.value) : " unset");
    if (call.kind == Call::Kind::text) text += " (unknown text)";
    if (call.kind == Call::Kind::output) text += " (unknown output)";
    for (const Value& value : call.words) text += " " + word(value);
    for (const Value& value : call.written) text += " > " + word(value);
    if (call.input && !call.input->empty()) text += " < <" + *call.input + ">";
    text += "\n";
  });
  return text + (traced.complete ? "" : "not all: " + traced.fault + "\n");
}

// What the line's status says of each program: + of success, - of failure, ~ only that it printed something.
std::string decided(const std::string& line) {
  std::string text;
  trace(line, "/w/app", Disk(), [&](const Call& call) {
    if (call.words.empty()) return;
    text += (text.empty() ? "" : " ") + call.program;
    if (call.bearing.success) text += "+";
    if (call.bearing.failure) text += "-";
    if (call.bearing.passed) text += "~";
  });
  return text;
}

}  // namespace

TEST_CASE("cd holds for what follows, and ends with its subshell") {
  CHECK(run("cd ../lib && git add -A; git commit") == "/w/lib: git add -A\n/w/lib: git commit\n");
  CHECK(run("(cd ../lib && git log); git commit") == "/w/lib: git log\n/w/app: git commit\n");
  CHECK(run("{ cd ../lib; git log; }; git commit") == "/w/lib: git log\n/w/lib: git commit\n");
  CHECK(run("cd ../lib | cat; git commit") == "/w/app: cat\n/w/app: git commit\n");
  CHECK(run("cd ../lib & git commit") == "/w/app: git commit\n");
  CHECK(run("cd ../lib && cd - && git commit") == "/w/app: git commit\n");
  CHECK(run("cd && git commit") == "/home/dev: git commit\n");
  CHECK(run("cd ~/x; git commit") == "/w/app: git commit\n");  // no such folder: the shell stays
}

TEST_CASE("pushd and popd keep a stack") {
  CHECK(run("pushd ../lib; pushd ../docs; popd; git commit") == "/w/lib: git commit\n");
  CHECK(run("pushd ../lib && popd && git commit") == "/w/app: git commit\n");
}

TEST_CASE("a folder that is not there is entered only where something may have made it") {
  CHECK(run("cd ../nowhere && git commit") == "");
  CHECK(run("cd ../nowhere || git commit") == "/w/app: git commit\n");
  CHECK(run("mkdir ../new && cd ../new && git init") == "/w/app: mkdir ../new\n/w/new: git init\n");
  CHECK(run("if [ -d ../nowhere ]; then cd ../nowhere; git commit; fi") == "");
  CHECK(run("[ -d ../lib ] && cd ../lib; git commit") == "/w/lib: git commit\n");
}

TEST_CASE("both ways of a condition are gone where it is not known") {
  CHECK(run("make && cd ../lib; git commit") == "/w/app: make\n/w/lib: git commit\n/w/app: git commit\n");
  CHECK(run("if make; then cd ../lib; else cd ../docs; fi; git commit") ==
        "/w/app: make\n/w/lib: git commit\n/w/docs: git commit\n");
  CHECK(run("cd ../lib || exit 1; git commit") == "/w/lib: git commit\n");
  CHECK(run("true || git commit; false && git push") == "");
  CHECK(run("cd ../lib && npm test || true; git commit") == "/w/lib: npm test\n/w/lib: git commit\n");
}

TEST_CASE("words are read as bash reads them") {
  CHECK(run("git commit -am 'cd ../lib && git push'") == "/w/app: git commit -am <cd ../lib && git push>\n");
  CHECK(run("\\git -C \"../lib\" c'omm'it") == "/w/app: git -C ../lib commit\n");
  CHECK(run("git -C $'\\x2e\\x2e/lib' log # git push") == "/w/app: git -C ../lib log\n");
  CHECK(run("git \\\n  -C ../lib \\\n  log") == "/w/app: git -C ../lib log\n");
  CHECK(run("git -C ../{lib,docs}/x log") == "/w/app: git -C ../lib/x ../docs/x log\n");
  CHECK(run("echo \\; git -C ../lib commit; git push") == "/w/app: git push\n");
  CHECK(run("git commit -m 'a \\' && echo 'git push'") == "/w/app: git commit -m <a \\>\n");
}

TEST_CASE("variables of the line are known, others are not") {
  CHECK(run("D=../lib; git -C $D -C \"${D}/x\" log") == "/w/app: git -C ../lib -C ../lib/x log\n");
  CHECK(run("git -C \"$REPO\" log; git $FLAGS log") == "/w/app: git -C ? log\n/w/app: git ?* log\n");
  CHECK(run("D='a b'; git $D \"$D\"") == "/w/app: git a b <a b>\n");
  CHECK(run("for d in lib docs; do (cd ../$d && git pull); done") == "/w/lib: git pull\n/w/docs: git pull\n");
  CHECK(run("for d in ../*/; do git -C \"$d\" pull; done") == "/w/app: git -C ? pull\n");
  CHECK(run("D=../lib/; git -C ${D%/} log; git -C ${X:-../lib} log") ==
        "/w/app: git -C ../lib log\n/w/app: git -C ?* log\n");
}

TEST_CASE("the environment is what the line exports or sets for one command") {
  CHECK(run("GIT_DIR=x git log; git push") == "/w/app: GIT_DIR=x git log\n/w/app: git push\n");
  CHECK(run("GIT_DIR=x; git log") == "/w/app: git log\n");
  CHECK(run("GIT_DIR=x; export GIT_DIR; git log") == "/w/app: export GIT_DIR\n/w/app: GIT_DIR=x git log\n");
  CHECK(run("env -i A=1 git log") == "/w/app: (cleared) A=1 git log\n");
  CHECK(run("env -u A -C ../lib git log") == "/w/lib: A unset git log\n");
}

TEST_CASE("programs that start programs are taken off") {
  CHECK(run("sudo -u bob timeout -k 5 10 nice -n 3 git push") == "/w/app: git push\n");
  CHECK(run("sudo -D ../lib git push; git log") == "/w/lib: git push\n/w/app: git log\n");
  CHECK(run("sudo --chdir=../lib git push") == "/w/lib: git push\n");
  CHECK(run("sudo -D \"../$X\" git push") == "?: git push\n");
  CHECK(run("sudo -i git push") == "?: git push\n");
  // What is not known of an option leaves it one.
  CHECK(run("watch -d$MORE git push") == "/w/app: git push\n");
  CHECK(run("flock -x$MORE /tmp/lock git push") == "/w/app: git push\n");
  CHECK(run("time command exec git push; git log") == "/w/app: git push\n");
  CHECK(run("exec -c git push") == "/w/app: (cleared) git push\n");
  CHECK(run("exec 3>out; git log") == "/w/app: > out\n/w/app: git log\n");
  CHECK(run("watch -n1 'cd ../lib && git push'") == "/w/lib: git push\n");
  CHECK(run("CDPATH=/w cd lib && git push") == "?: git push\n");
  CHECK(run("echo ../lib | xargs -I{} git -C {} push") == "/w/app: git -C ../lib push\n");
  CHECK(run("ls | xargs git add") == "/w/app: ls\n/w/app: git add ?*\n");
  CHECK(run("uv run git push; command -v git") == "/w/app: git push\n/w/app: command -v git\n");
  CHECK(run("find . -name x -exec git -C {} push \\;") ==
        "/w/app: find . -name x -exec git -C {} push ;\n/w/app: git -C /w/app/? push\n");
  CHECK(run("find ../lib /w/docs -exec rm {} +") ==
        "/w/app: find ../lib /w/docs -exec rm {} +\n/w/app: rm /w/lib/?\n/w/app: rm /w/docs/?\n");
  CHECK(run("find ../lib -type f | sort | xargs rm") ==
        "/w/app: find ../lib -type f\n/w/app: sort\n/w/app: rm /w/lib/?*\n");
}

TEST_CASE("a program of Windows is the same with and without its ending") {
  CHECK(decided("git.exe push") == decided("git push"));
  CHECK(decided("/mingw64/bin/git.exe push") == decided("git push"));
  CHECK(decided("run.exe.sh") == "run.exe.sh+-");
}

TEST_CASE("what a shell reads is read again") {
  CHECK(run("sh -c \"sh -c 'cd ../lib; git push'\"; git log") == "/w/lib: git push\n/w/app: git log\n");
  CHECK(run("bash -lc 'git -C $1 push' _ ../lib") == "/w/app: git -C ../lib push\n");
  CHECK(run("bash <<'E'\ncd ../lib\ngit push\nE\ngit log") == "/w/lib: git push\n/w/app: git log\n");
  CHECK(run("printf 'git -C ../lib push\\n' | bash") == "/w/app: git -C ../lib push\n");
  CHECK(run("bash <<< 'git push'") == "/w/app: git push\n");
  CHECK(run("eval git -C ../lib push") == "/w/app: git -C ../lib push\n");
  CHECK(run("bash -c \"cd $X && git push\"") == "?: git push\n");
  CHECK(run("eval \"$X\"; curl x | sh") == "/w/app: (unknown text)\n/w/app: curl x\n/w/app: (unknown output)\n");
}

TEST_CASE("here-documents are data, unless a shell reads them") {
  CHECK(run("cat > a <<E\ngit push\nE\ngit log") == "/w/app: cat > a < <git push\n>\n/w/app: git log\n");
  CHECK(run("git commit -m \"$(cat <<'E'\nit's $5; git push\nE\n)\"") ==
        "/w/app: cat < <it's $5; git push\n>\n/w/app: git commit -m <it's $5; git push>\n");
  CHECK(run("cat <<-E\n\ta $(git push)\n\tE\n") == "/w/app: git push\n/w/app: cat < <a ${_}\n>\n");
}

TEST_CASE("functions and aliases run where they are called") {
  CHECK(run("f() { cd $1 && git push; }; git log; f ../lib") == "/w/app: git log\n/w/lib: git push\n");
  CHECK(run("function f { git push; }") == "");
  CHECK(run("f() { f; }; f") == "");
  CHECK(run("f() { g \"$1\"; }; g() { git -C \"$1\" log; f b; }; f a") ==
        "/w/app: git -C a log\n/w/app: git -C b log\n");
  CHECK(run("alias g='git -C ../lib'\ng push") == "/w/app: git -C ../lib push\n");
  CHECK(run("alias g='git -C ../lib'\ngit push") == "/w/app: git push\n");
  CHECK(run("alias r='cd ../lib; git'\nr commit -m 'a b'") == "/w/lib: git commit -m <a b>\n");
  CHECK(run("alias r='cd ../lib && make |'\nr tee log") == "/w/lib: make\n/w/lib: tee log\n");
  CHECK(run("alias t='git push &&'\nt") == "/w/app: git push\nnot all: expected a command at byte 12\n");
  CHECK(run("alias t='true;'\nt") == "");
  CHECK(run("trap 'git push' EXIT; git log") == "/w/app: git log\n/w/app: git push\n");
}

TEST_CASE("what is printed is known where the line says it") {
  CHECK(run("cd \"$(git rev-parse --show-toplevel)\" && git add .") ==
        "/w/app: git rev-parse --show-toplevel\n/w/app: git add .\n");
  CHECK(run("git -C \"$(pwd)/../lib\" log; git -C $(dirname ../lib/x) log; git -C \"$(which x)\" log") ==
        "/w/app: git -C /w/app/../lib log\n/w/app: dirname ../lib/x\n/w/app: git -C ../lib log\n"
        "/w/app: which x\n/w/app: git -C ? log\n");
  CHECK(run("D=$(mktemp -d) && cd \"$D\" && git init") == "/w/app: mktemp -d\n/tmp/tmp.XXXXXXXXXX: git init\n");
  CHECK(run("cd \"$(ls -d ../lib)\" && git push") == "/w/app: ls -d ../lib\n/w/lib: git push\n");
  CHECK(run("git -C $(mktemp -d ../x.XXX) init") == "/w/app: mktemp -d ../x.XXX\n/w/app: git -C ?* init\n");
  CHECK(run("printf '../lib\\n../docs\\n' | while read -r d; do git -C $d push; done") ==
        "/w/app: git -C ../lib push < <../docs\n>\n/w/app: git -C ../docs push\n");
}

TEST_CASE("what is no script says so") {
  CHECK(run("git commit -m 'a") == "/w/app: git commit -m\nnot all: expected a closing ' at byte 15\n");
  CHECK(run("git log; )").find("not all") != std::string::npos);
  CHECK(run(std::string(4000, '(')).find("not all") != std::string::npos);
  CHECK(run("f() { f a$1; f b$1; }; f").find("too many commands") != std::string::npos);
}

TEST_CASE("the status of a line is that of what stands last") {
  CHECK(decided("pytest") == "pytest+-");
  CHECK(decided("pytest -q; echo ok") == "pytest");
  CHECK(decided("echo ok; pytest") == "pytest+-");
  CHECK(decided("pytest &") == "pytest");
  CHECK(decided("(cd ../lib && pytest)") == "pytest+-");
  CHECK(decided("sudo -E env X=1 timeout 5 pytest") == "pytest+-");
  CHECK(decided("bash -c 'make; pytest'") == "make pytest+-");
  CHECK(decided("pytest; exit 0") == "pytest");
}

TEST_CASE("a list succeeds when all behind && do, and a program behind || hides what stands before it") {
  CHECK(decided("make && pytest") == "make+- pytest+-");
  CHECK(decided("pytest || true") == "pytest-");
  CHECK(decided("pytest || echo no") == "pytest-");
  CHECK(decided("pytest || exit 1") == "pytest+-");
  CHECK(decided("pytest || { echo no; exit 3; }") == "pytest+-");
  CHECK(decided("pytest || (exit 0)") == "pytest-");
  CHECK(decided("make && pytest || npm test") == "make- pytest- npm-");
  CHECK(decided("! pytest") == "pytest");
}

TEST_CASE("a pipeline's status is its last program's, unless pipefail is set") {
  CHECK(decided("pytest | tail -3") == "pytest tail+-");
  CHECK(decided("set -o pipefail; pytest | tail -3") == "pytest+- tail+-");
  CHECK(decided("set -eo pipefail; pytest | tail -3; ls") == "pytest+- tail+- ls+-");
  CHECK(decided("bash -euo pipefail -c 'pytest | tail'") == "pytest+- tail+-");
  CHECK(decided("curl -s x | grep -q v2") == "curl~ grep+-");
  CHECK(decided("curl -s x | grep -q v2 && echo found") == "curl~ grep+-");
  CHECK(decided("curl -s x | grep -q v2 || true") == "curl grep-");
}

TEST_CASE("of what may run never or often the status says nothing") {
  CHECK(decided("for i in 1 2; do pytest && break; done") == "pytest pytest");
  CHECK(decided("if pytest; then ls; fi") == "pytest ls");
  CHECK(decided("find . -name x -exec pytest {} +") == "find pytest");
  CHECK(decided("echo a | xargs pytest") == "pytest");
  CHECK(decided("echo $(pytest)") == "pytest");
  CHECK(decided("trap 'exit 0' EXIT; pytest") == "pytest");
  CHECK(decided("test -f x && exit 0; pytest") == "pytest");
  CHECK(decided("test -f x || exit 1; pytest") == "pytest+");
  CHECK(decided("set -e; make; pytest; ls") == "make+- pytest+- ls+-");
  CHECK(decided("set -e; set +e; make; pytest") == "make pytest+-");
}

TEST_CASE("a loop that goes on until its condition holds shows that it held") {
  CHECK(decided("until curl -f x; do sleep 1; done") == "curl+ sleep");
  CHECK(decided("until curl -f x; do sleep 1; break; done") == "curl sleep");
  CHECK(decided("until curl -f x; do n=1; [ $n = 5 ] && exit 0; done") == "curl");
  CHECK(decided("while ! curl -f x; do sleep 1; done") == "curl sleep");
  CHECK(decided("test \"$(curl -s x)\" = v2 && ls") == "curl~ ls+");
  CHECK(decided("test -z \"$(curl -s x)\" && ls") == "curl ls+");
}

TEST_CASE("a lone time measures nothing, wherever it stands") {
  CHECK(decided("time").empty());
  CHECK(decided("! time; ls") == "ls+-");
  CHECK(decided("cat $(time) | ls") == "cat ls+-");
  CHECK(decided("f() { time; }; f; time -p; ls") == "ls+-");
  CHECK(decided("while time; do ls; done") == "ls");
}

TEST_CASE("a for whose parentheses stay open is followed up to there") {
  CHECK(decided("ls; for ((i = 0; i < 3").substr(0, 2) == "ls");
  CHECK(decided("for(( x\nls").substr(0, 2) != "ls");
}

TEST_CASE("from a directory that is not known, a relative one leads nowhere that is known") {
  CHECK(run("cd \"$X\"; env -C sub git log") == "?: git log\n");
  CHECK(run("cd \"$X\"; env -C /w/lib git log") == "/w/lib: git log\n");
  CHECK(run("cd \"$X\"; sudo -D sub git log") == "?: git log\n");
  CHECK(run("env -C ../lib git log") == "/w/lib: git log\n");
  CHECK(run("env -C \"$X\" git log") == "?: git log\n");
}
