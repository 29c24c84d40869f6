// How a command is shown to people: what is not known has the name that it was typed with.
#include <catch2/catch.hpp>

#include <string>

#include "git/words.h"
#include "shell/trace.h"

using namespace cascade;

namespace {

struct Nowhere : shell::Surroundings {
  bool is_directory(const std::string&) const override { return true; }
  std::optional<std::string> top_level(const std::string&) const override { return std::nullopt; }
  std::optional<std::string> variable(std::string_view) const override { return std::nullopt; }
};

// The last program of the line.
std::string shown(const std::string& line) {
  std::string text;
  shell::trace(line, "/w", Nowhere(), [&](const shell::Call& call) {
    if (!call.words.empty()) text = repository::shown(call.words).text;
  });
  return text;
}

}  // namespace

TEST_CASE("a word that is not known is shown with its variable's name") {
  CHECK(shown("git -C \"$X\" commit -m y") == "git -C \"$X\" commit -m y");
  CHECK(shown("git -C ${REPO} status") == "git -C \"$REPO\" status");
  CHECK(shown("git -C \"$ROOT/lib\" status") == "git -C \"$ROOT/lib\" status");
  CHECK(shown("git -C \"${A}lib\" status") == "git -C \"${A}lib\" status");
  CHECK(shown("git -C \"$A$B\" status") == "git -C \"$A$B\" status");
  CHECK(shown("git -C ../$A status") == "git -C \"../$A\" status");
  CHECK(shown("git -C \"${A:-x}\" status") == "git -C \"${A...}\" status");
  CHECK(shown("git -C \"$(find_it)\" status") == "git -C \"$(...)\" status");
  CHECK(shown("D=$(find_it); git -C \"$D\" status") == "git -C \"$D\" status");
  CHECK(shown("for d in $ALL; do git -C \"$d\" pull; done") == "git -C \"$d\" pull");
  CHECK(shown("D=lib; git -C \"$D\" status") == "git -C lib status");
}
