// Several processes and one index: killed while they write it, started all at once. Each test forks; the program itself
// is not needed for it.
#include <catch2/catch.hpp>

#include <cascade/workspace.h>

#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "hash/content_hash.h"
#include "registry/tables.h"
#include "route/tables.h"

using namespace cascade;
namespace fs = std::filesystem;

namespace {

struct Library {
  std::string path = (fs::temp_directory_path() / "cascade-processes-XXXXXX").string();
  Library() { REQUIRE(::mkdtemp(path.data()) != nullptr); }
  ~Library() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;

  void skill(int number, const std::string& body) const {
    const fs::path folder = fs::path(path) / "lib/skills" / ("s" + std::to_string(number));
    fs::create_directories(folder);
    std::ofstream(folder / "SKILL.md", std::ios::binary)
        << "---\nname: s" << number << "\ndescription: Mends fence " << number << ".\n---\n# Steps\n\n"
        << body << "\n";
  }
  // At most the index, its lock, the clock and one part of an index.
  std::size_t cached_files() const {
    std::size_t files = 0;
    for (const auto& entry : fs::directory_iterator(path + "/cache")) files += entry.is_regular_file() ? 1 : 0;
    return files;
  }
  WorkspaceOptions options(bool cached = true) const {
    WorkspaceOptions options;
    options.directory = path;
    if (cached) options.cache_directory = path + "/cache";
    options.roots = {{path + "/lib", Scope::project}};
    options.threads = 1;
    return options;
  }
};

// All that a process could answer, in a few bytes; empty when it could not.
std::string answer(const WorkspaceOptions& options) {
  auto workspace = Workspace::open(options);
  if (!workspace) return {};
  const auto router = workspace->router();
  if (!router) return {};
  return hash::to_hex(hash::hash64(RegistryTables::bytes(workspace->registry()))) +
         hash::to_hex(hash::hash64(RouterTables::bytes(*router)));
}

// Runs `work` in a process of its own, which ends without cleaning up.
template <typename Work>
pid_t start(Work work) {
  const pid_t child = ::fork();
  if (child == 0) {
    work();
    ::_exit(0);
  }
  return child;
}

int wait_for(pid_t child) {
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return status;
}

struct Stopped {
  int stops = 0;  // before and after each system call; 0: it could not be traced
  bool killed = false;
};

// Runs `work` in a process of its own and kills it at its `at`th stop, when it comes that far.
template <typename Work>
Stopped stopped_after(Work work, int at) {
  const pid_t child = start([&] {
    if (::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) ::_exit(1);
    ::raise(SIGSTOP);
    work();
  });
  Stopped stopped;
  int status = wait_for(child);
  while (WIFSTOPPED(status)) {
    stopped.killed = stopped.stops == at;
    if (stopped.killed)
      ::kill(child, SIGKILL);
    else if (::ptrace(PTRACE_SYSCALL, child, nullptr, nullptr) == 0)
      ++stopped.stops;
    status = wait_for(child);
  }
  return stopped;
}

// CASCADE_SOAK=1000 makes of the short version a long one.
int rounds(int few) {
  const char* soak = std::getenv("CASCADE_SOAK");
  return soak == nullptr ? few : std::max(few, std::atoi(soak));
}

}  // namespace

TEST_CASE("whenever a process is killed while it writes the index, the next one answers right") {
  const Library library;
  for (int i = 0; i < 4; ++i) library.skill(i, "Look at post " + std::to_string(i) + ".");
  REQUIRE_FALSE(answer(library.options()).empty());
  library.skill(0, "Now for the time that an update takes.");
  const auto begin = std::chrono::steady_clock::now();
  wait_for(start([&] { answer(library.options()); }));
  const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
  int killed = 0, wrong = 0;
  const int few = rounds(12), most = few + 1'000;  // a busy machine may let a process end before its killer gets a turn
  for (int round = 0; round < few || (killed == 0 && round < most); ++round) {
    library.skill(round % 4, "Round " + std::to_string(round) + ".");
    const pid_t child = start([&] { answer(library.options()); });
    ::usleep(static_cast<useconds_t>(whole.count() * (round * 619 % 1000) / 1000));  // all over it, in any order
    ::kill(child, SIGKILL);
    const int status = wait_for(child);
    killed += WIFSIGNALED(status) ? 1 : 0;
    if (answer(library.options()) != answer(library.options(false))) ++wrong;
  }
  CHECK(wrong == 0);
  CHECK(killed > 0);
  CHECK(library.cached_files() <= 4);
}

TEST_CASE("at whichever system call a process is killed that updates the index, the next one answers right") {
  const Library library;
  for (int i = 0; i < 4; ++i) library.skill(i, "Look at post " + std::to_string(i) + ".");
  REQUIRE_FALSE(answer(library.options()).empty());
  const auto update = [&] { answer(library.options()); };
  int stops = 1'000'000;
  for (const int skill : {0, 1, 2}) {  // more where folders or files changed within the clock's grain
    ::usleep(20'000);
    library.skill(skill, "Now for the number of calls.");
    stops = std::min(stops, stopped_after(update, 1'000'000).stops);
  }
  if (stops == 0) {
    WARN("a process may not be traced here: skipped");
    return;
  }
  CHECK(stops > 100);
  const int kills = rounds(24);
  int killed = 0, wrong = 0;
  for (int round = 0; round < kills; ++round) {
    library.skill(round % 4, "Call " + std::to_string(round) + ".");
    // The last calls are those of writing.
    const int at = kills >= stops ? round % stops : stops - 1 - round * 2;
    const Stopped stopped = stopped_after(update, at);
    killed += stopped.killed ? 1 : 0;
    if (!stopped.killed) stops = std::min(stops, stopped.stops);  // it made fewer calls than the ones before
    if (answer(library.options()) != answer(library.options(false))) ++wrong;
  }
  CHECK(wrong == 0);
  CHECK(killed > kills / 4);
  CHECK(library.cached_files() <= 4);
}

TEST_CASE("64 processes that start at once without an index, and some again with a changed file, all answer alike") {
  const Library library;
  for (int i = 0; i < 4; ++i) library.skill(i, "Look at post " + std::to_string(i) + ".");
  for (const int processes : {64, 16}) {
    library.skill(3, "Now for " + std::to_string(processes) + ".");
    const std::string expected = answer(library.options(false));
    std::vector<pid_t> children;
    for (int i = 0; i < processes; ++i)
      children.push_back(start([&] { ::_exit(answer(library.options()) == expected ? 0 : 1); }));
    int alike = 0;
    for (const pid_t child : children) alike += wait_for(child) == 0 ? 1 : 0;
    CHECK(alike == processes);
  }
}
