#ifndef _WIN32  // files_windows_programs_test.cpp does it with programs that are there
#include "files/run_program.h"

#include <catch2/catch.hpp>

#include <csignal>

using namespace cascade;

namespace {

files::ChildProcess shell(const std::string& script) {
  auto child = files::ChildProcess::start({"/bin/sh", "-c", script});
  REQUIRE(child);
  return *std::move(child);
}

constexpr int plenty = 20'000;  // ms

}  // namespace

TEST_CASE("each line is answered by a line, however they arrive") {
  files::ChildProcess echo = shell("while read -r line; do printf '%s' \"<$line\"; sleep 0.01; printf '>\\n'; done");
  for (const std::string line : {"one", "", "two words"}) {
    const auto answer = echo.ask(line, plenty);
    REQUIRE(answer);
    CHECK(*answer == "<" + line + ">");
  }
}

TEST_CASE("an answer that came early is that of the next question, and a line is never cut") {
  files::ChildProcess early = shell("printf 'a\\nb\\n'; read -r x; read -r y; printf 'c\\n'; read -r z");
  CHECK(early.ask("1", plenty).value_or("") == "a");
  CHECK(early.ask("2", plenty).value_or("") == "b");
  CHECK(early.ask("3", plenty).value_or("") == "c");
}

TEST_CASE("a program that is silent, ends or sends without end is given up") {
  std::signal(SIGPIPE, SIG_IGN);  // as the program does
  files::ChildProcess silent = shell("exec sleep 60");
  CHECK_FALSE(silent.ask("x", 50));
  CHECK_FALSE(silent.ask(std::string(1 << 20, 'x'), 50));  // more than a pipe holds: it does not read either
  files::ChildProcess ended = shell("exit 0");
  CHECK_FALSE(ended.ask("x", plenty));
  CHECK_FALSE(ended.ask("x", plenty));
  files::ChildProcess half = shell("printf 'no line'");
  CHECK_FALSE(half.ask("x", plenty));
  files::ChildProcess endless = shell("exec tr '\\0' a < /dev/zero");
  CHECK_FALSE(endless.ask("x", plenty));
}

TEST_CASE("a program that cannot be started is an error") {
  const auto child = files::ChildProcess::start({"/nowhere/at/all"});
  CHECK((!child || !files::ChildProcess(*files::ChildProcess::start({"/nowhere/at/all"})).ask("x", plenty)));
}

TEST_CASE("an answer of several lines") {
  files::ChildProcess child = shell("read -r x; printf 'first\\nsecond\\n'; printf 'last\\n'; read -r y");
  CHECK(child.ask("go", plenty).value_or("") == "first");
  CHECK(child.next(plenty).value_or("") == "second");
  CHECK(child.next(plenty).value_or("") == "last");
  CHECK_FALSE(child.next(50));
  files::ChildProcess ended = shell("read -r x; printf 'abc'");
  CHECK_FALSE(ended.ask("go", plenty));
  files::ChildProcess torn = shell("read -r x; printf 'line\\nabc'");
  CHECK(torn.ask("go", plenty).value_or("") == "line");
  CHECK_FALSE(torn.next(plenty));
}
#endif
