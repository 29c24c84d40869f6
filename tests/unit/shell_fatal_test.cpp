// Which programs of a line make it fail. Each line was also given to bash, with `t` failing (scratch runs agree).
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "shell/trace.h"

namespace cascade::shell {
namespace {

struct Somewhere final : Surroundings {
  explicit Somewhere(bool stops) : stops_(stops) {}
  bool is_directory(const std::string&) const override { return true; }
  std::optional<std::string> top_level(const std::string&) const override { return std::nullopt; }
  std::optional<std::string> variable(std::string_view) const override { return std::nullopt; }
  bool ends_on_failure() const override { return stops_; }
  bool stops_;
};

bool is_fatal(const std::string& line, bool stops) {
  bool fatal = false, seen = false;
  trace(line, "/x", Somewhere(stops), [&](const Call& call) {
    if (call.program != "t") return;
    seen = true;
    fatal = fatal || call.bearing.fatal;
  });
  INFO(line);
  CHECK(seen);
  return fatal;
}

}  // namespace

TEST_CASE("a program's failure is the line's where bash passes it on") {
  for (const char* line : {"t",
                           "x; t",
                           "x && t",
                           "t && x",
                           "(t)",
                           "{ x; t; }",
                           "x | t",
                           "set -o pipefail; t | x",
                           "t || exit 1",
                           "t || exit 1; x",
                           "t || { x; exit 2; }; x",
                           "t || exit $?",
                           "if x; then t; fi",
                           "if x; then x; else t; fi",
                           "case $X in a) t ;; esac",
                           "if ! t; then exit 1; fi; x",
                           "if t; then x; else exit 1; fi; x",
                           "V=$(t)",
                           "f() { t; }; f",
                           "f() { t || return 1; x; }; f",
                           "set -e; t; x",
                           "set -e; for i in a b; do t; done; x",
                           "set -e; (x; t; x); x",
                           "set -e; if x; then t; x; fi; x",
                           "for i in a b; do t || exit 1; done",
                           "t; status=$?; x; exit $status",
                           "failed=0; t || failed=1; x; exit $failed",
                           "failed=0; if ! t; then failed=1; fi; x; [ $failed -eq 0 ]",
                           "x | xargs t",
                           "find . -exec t {} +",
                           "bash -c 'set -e; t; x'",
                           "bash -e -c 't; x'",
                           "cd y && t",
                           "timeout 9 t",
                           "X=1 t"})
    CHECK(is_fatal(line, false));
  for (const char* line : {"t; x", "t\nx", "cd y\nt\nx", "if x; then t; x; fi; x", "x && t; x"})
    CHECK(is_fatal(line, true));
}

TEST_CASE("a program's failure is lost where bash goes on") {
  for (const char* line : {"t || true",
                           "t || x",
                           "t; x",
                           "t | x",
                           "! t",
                           "t & x",
                           "if t; then x; fi",
                           "while t; do x; done",
                           "(t; x)",
                           "{ t; x; }",
                           "t || (x; true)",
                           "echo $(t)",
                           "for i in a b; do t; done; x",
                           "find . -exec t {} ';'",
                           "if t; then x; else x; fi",
                           "t || exit 0",
                           "bash -c 't; x'",
                           "t; exit 0",
                           "f() { t; x; }; f",
                           "t || failed=1; x",
                           "failed=0; t || true; x || failed=1; exit $failed",
                           "failed=0; t; x || failed=1; exit $failed",
                           "f() { t || return 1; x; }; f || true",
                           "f() { t || return 1; }; f; x",
                           "watch t"})
    CHECK_FALSE(is_fatal(line, false));
  for (const char* line : {"t || true\nx", "t && x\nx", "t | x\nx", "! t\nx", "if t; then x; fi\nx", "set +e\nt\nx",
                           "echo $(t)\nx", "(t && x) || x\nx", "x || (t; x) || x\nx"})
    CHECK_FALSE(is_fatal(line, true));
}

}  // namespace cascade::shell
