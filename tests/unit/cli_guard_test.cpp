#include <catch2/catch.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>

#include "cli/system.h"
#include "cli/verb_guard.h"
#include "events/systems.h"
#include "system/system.h"

using cascade::cli::Guard;

namespace {

// What a process does that has a guard and then `act`: its exit status (1000 + the signal that ended it) and its log.
struct Outcome {
  int status = -1;
  std::string log;
};
Outcome run(std::uint32_t milliseconds, const std::function<void()>& act) {
  std::string folder = (std::filesystem::temp_directory_path() / "cascade-guard-XXXXXX").string();
  REQUIRE(::mkdtemp(folder.data()) != nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    for (const int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGXCPU})
      std::signal(signal, SIG_DFL);  // not Catch2's
    const Guard guard(milliseconds, folder + "/state/cascade/log", 17);
    act();
    ::_exit(7);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  Outcome outcome;
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
  std::ifstream file(folder + "/state/cascade/log");
  std::ostringstream text;
  text << file.rdbuf();
  outcome.log = text.str();
  std::filesystem::remove_all(folder);
  return outcome;
}

int recurse(int depth) {
  volatile char page[4096];
  page[0] = static_cast<char>(depth);
  return depth < 0 ? 0 : recurse(depth + 1) + page[0];
}

}  // namespace

TEST_CASE("a hook that hangs ends in time, with status 0 and a line in the log") {
  const Outcome outcome = run(50, [] { ::pause(); });
  CHECK(outcome.status == 0);
  CHECK(outcome.log == "17 the hook took longer than 50 ms; the prompt went on without it\n");
}

TEST_CASE("a hook that breaks down ends with status 0 and a line in the log, also when its stack ran over") {
  for (const int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL}) {
    const Outcome outcome = run(10'000, [signal] { std::raise(signal); });
    CHECK(outcome.status == 0);
    CHECK(outcome.log == "17 the hook failed; this is a bug in cascade\n");
  }
#if !defined(__SANITIZE_ADDRESS__)
  CHECK(run(10'000, [] { recurse(0); }).status == 0);
#endif
}

TEST_CASE("a hook that is quick is left alone, and signals for which somebody cares too") {
  CHECK(run(10'000, [] {}).status == 7);
  CHECK(run(10'000, [] {}).log.empty());
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGTERM, SIG_DFL);
    const Guard guard(10'000, "", 0);
    std::raise(SIGTERM);
    ::_exit(7);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(WIFSIGNALED(status));
}

namespace {

using cascade::core::System;

std::string allowed;
cascade::Result<std::string> record(const std::string& session, const std::string& what, const std::string& directory,
                                    const cascade::systems::Surroundings&) {
  allowed += session + " " + what + " " + directory + "|";
  return std::string("/w/lib");
}

cascade::Result<std::string> leave(std::initializer_list<const System*> systems) {
  const std::vector<const System*> all(systems);
  return cascade::cli::record_leave({all.data(), all.size()}, "s1", "../lib", "/w/app", {});
}

}  // namespace

TEST_CASE("the user's leave is recorded by the system that guards places, and refused where none does") {
  System silent, guard;
  guard.allow = record;
  REQUIRE_FALSE(leave({}));
  REQUIRE_FALSE(leave({&silent}));
  CHECK(leave({&silent}).error().code == cascade::ErrorCode::unsupported);
  CHECK(leave({&silent}).error().message == "this cascade is built without the guard of repositories");
  CHECK(allowed.empty());
  CHECK(leave({&silent, &guard}).value_or("") == "/w/lib");
  CHECK(allowed == "s1 ../lib /w/app|");
}
