// Commands inside compound commands and expansions are found: what the guard does not see it cannot judge.
#include <catch2/catch.hpp>

#include "shell/trace.h"

#include <string>

using namespace cascade::shell;

namespace {

struct Nowhere final : Surroundings {
  bool is_directory(const std::string& path) const override { return path == "/" || path == "/w"; }
  std::optional<std::string> top_level(const std::string&) const override { return std::nullopt; }
  std::optional<std::string> variable(std::string_view) const override { return std::nullopt; }
};

// "git push; rm x": the programs that a line may run, with the words that are known.
std::string programs(const std::string& line) {
  std::string text;
  const Trace traced = trace(line, "/w", Nowhere(), [&](const Call& call) {
    if (call.words.empty()) return;
    text += text.empty() ? "" : "; ";
    for (std::size_t i = 0; i < call.words.size(); ++i)
      text += (i == 0 ? "" : " ") + (call.words[i].known ? call.words[i].text : "?");
  });
  return text + (traced.complete ? "" : " (not all)");
}

}  // namespace

TEST_CASE("each branch of a case may run") {
  CHECK(programs("case $x in a|b) git push ;; (c) rm y ;& *) make ;; esac") == "git push; rm y; make");
  CHECK(programs("case $x in\n  a)\n    git push\n    ;;\nesac; ls") == "git push; ls");
  CHECK(programs("case $(git push) in a) ;; esac").find("git push") == 0);
  CHECK(programs("case x in a) git push").find("(not all)") != std::string::npos);
}

TEST_CASE("what stands in backquotes runs, also nested and in double quotes") {
  CHECK(programs("ls `git push`").find("git push; ls") == 0);
  CHECK(programs("ls \"`git push`\"").find("git push; ls") == 0);
  CHECK(programs("echo `echo \\`git push\\``").find("git push") == 0);
  CHECK(programs("ls '`git push`'") == "ls `git push`");
  CHECK(programs("echo `git push").find("(not all)") != std::string::npos);
}

TEST_CASE("a test in double brackets runs nothing but the substitutions in it") {
  CHECK(programs("[[ -n $x && ( a < b || $(git push) =~ ^x ) ]] && make").find("git push") == 0);
  CHECK(programs("[[ a > b ]]; git push") == "git push");
  CHECK(programs("if [[ -d x ]]; then git push; fi") == "git push");
}

TEST_CASE("arithmetic runs nothing but the substitutions in it") {
  CHECK(programs("echo $((1 << 2)) && git push").find("git push") != std::string::npos);
  CHECK(programs("echo $(( $(git push) + 1 ))").find("git push") == 0);
  CHECK(programs("(( x = 1 > 0 )); git push") == "git push");
  CHECK(programs("echo $((echo a); git push)").find("git push") != std::string::npos);  // a subshell in a substitution
}

TEST_CASE("groups in patterns belong to their word") {
  CHECK(programs("shopt -s extglob; rm !(a|b) @(c) +(d|*(e))").find("rm") != std::string::npos);
  CHECK(programs("rm !($(git push))").find("(not all)") !=
        std::string::npos);  // no line that the guard lets pass unread
}
