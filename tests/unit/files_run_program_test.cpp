#ifndef _WIN32  // files_windows_programs_test.cpp does it with programs that are there
#include <catch2/catch.hpp>

#include <csignal>

#include "files/run_program.h"

using namespace cascade;
using namespace cascade::files;

namespace {

// As main() does: a reader that went away is a failed write.
ProgramRun shell(const std::string& script, const std::string& input = "", std::uint32_t milliseconds = 5'000) {
  std::signal(SIGPIPE, SIG_IGN);
  ProgramCall call;
  call.words = {"/bin/sh", "-c", script};
  call.input = input;
  call.environment = {"PATH=/usr/bin:/bin", "WHO=me"};
  call.milliseconds = milliseconds;
  call.max_bytes = 1000;
  auto run = run_program(call);
  REQUIRE(run);
  return *run;
}

}  // namespace

TEST_CASE("a program gets its input and environment, and its output, errors and exit code come back") {
  const ProgramRun run = shell("cat; echo \"$WHO\" >&2; exit 3", "one\ntwo\n");
  CHECK(run.output == "one\ntwo\n");
  CHECK(run.errors == "me\n");
  CHECK(run.exit_code == 3);
  CHECK_FALSE(run.timed_out);
}

TEST_CASE("long input that nobody reads and long output that nobody wants block neither side") {
  const std::string input(1 << 20, 'x');
  CHECK(shell("exit 0", input).exit_code == 0);
  CHECK(shell("cat", input).output == input.substr(0, 1000));
}

TEST_CASE("a program that hangs is killed with what it started, and so is one that closed its streams") {
  CHECK(shell("sleep 60 & sleep 60", "", 50).timed_out);
  const ProgramRun quiet = shell("exec >&- 2>&-; sleep 60", "", 50);
  CHECK(quiet.timed_out);
  CHECK(quiet.exit_code == 128 + 9);
}

TEST_CASE("a program that is not there is an error") {
  ProgramCall call;
  call.words = {"/no/such/program"};
  CHECK(run_program(call).error().code == ErrorCode::not_found);
}

TEST_CASE("the end of a long output is kept instead of its beginning") {
  ProgramCall call;
  call.words = {"/bin/sh", "-c", "seq 1 20000; echo last"};
  call.environment = {"PATH=/usr/bin:/bin"};
  call.milliseconds = 10'000;
  call.max_bytes = 100;
  call.keeps_end = true;
  const auto run = run_program(call);
  REQUIRE(run);
  CHECK(run->output.size() == 100);
  CHECK(run->output.substr(run->output.size() - 11) == "20000\nlast\n");
}

TEST_CASE("a program is stopped when its caller says so, and the caller hears how much it printed") {
  ProgramCall call;
  call.words = {"/bin/sh", "-c", "echo 12345; exec >&- 2>&-; sleep 60"};
  call.environment = {"PATH=/usr/bin:/bin"};
  call.milliseconds = 30'000;
  std::uint64_t most = 0;
  call.may_go_on = [&](int process, std::uint64_t bytes) {
    most = bytes;
    return process > 0 && bytes < 6;
  };
  const auto run = run_program(call);
  REQUIRE(run);
  CHECK(most == 6);
  CHECK(run->was_stopped);
  CHECK_FALSE(run->timed_out);
  CHECK(run->exit_code == 128 + 9);
}
#endif
