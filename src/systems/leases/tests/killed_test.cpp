// A holder is killed before each of its system calls in turn, as the kernel sees them: whatever it was about to do, the
// next claims at once, with a token that rises, and the store is whole.
#include <catch2/catch.hpp>

#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "files/process.h"
#include "leases/lease.h"
#include "scratch_folder.h"
#include "store/store.h"
#include "unit/folder_kind.h"

using namespace cascade;
using namespace cascade::lease;

namespace {

Holder holder(const std::string& session) {
  const std::int64_t pid = files::own_process();
  return {session, "", pid, files::process_start(pid)};
}

// What is killed: it opens the store, takes, and lets go.
int claim_once(const std::string& folder) {
  auto leases = Leases::open({folder});
  if (!leases) return 1;
  const Holder own = holder("killed");
  const auto got = leases->claim({"browser", own, ""});
  if (!got || got->state != Answer::State::held) return 2;
  return leases->release("browser", own).value_or(false) ? 0 : 3;
}

enum class End { killed, whole, cannot };

// Runs it until system call number `at` is about to be made.
End run_until(const std::string& folder, int at) {
  const pid_t child = ::fork();
  if (child == 0) {
    if (::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) ::_exit(77);
    ::raise(SIGSTOP);
    ::_exit(claim_once(folder));
  }
  int status = 0, stops = 0;
  ::waitpid(child, &status, 0);
  if (!WIFSTOPPED(status)) return End::cannot;
  while (::ptrace(PTRACE_SYSCALL, child, nullptr, nullptr) == 0 && ::waitpid(child, &status, 0) == child) {
    if (WIFEXITED(status)) {
      CHECK(WEXITSTATUS(status) == 0);
      return End::whole;
    }
    if (++stops == 2 * at - 1) {  // each call stops it twice: before and after
      ::kill(child, SIGKILL);
      ::waitpid(child, &status, 0);
      return End::killed;
    }
  }
  return End::cannot;
}

// How many calls there were.
int kill_at_each(const std::string& folder, int step) {
  std::uint64_t last = 0;
  for (int at = 1;; at += step) {
    const End end = run_until(folder, at);
    if (end == End::cannot) {
      WARN("skipped: processes cannot be traced here");
      return 0;
    }
    auto leases = Leases::open({folder});
    REQUIRE(leases);
    const auto got = leases->claim({"browser", holder("next"), ""});  // once, without waiting
    REQUIRE(got);
    INFO("killed before call " << at);
    CHECK(got->state == Answer::State::held);
    CHECK(got->token > last);
    last = got->token;
    CHECK(leases->release("browser", holder("next")).value_or(false));
    if (end == End::whole) return at;
    if (at % 10 == 1) CHECK(store::check(folder));
  }
}

}  // namespace

TEST_CASE("a holder that is killed before any of its system calls holds nobody up") {
  const test::ScratchFolder folder;
  const int calls = kill_at_each(folder.path, 1);
  CHECK((calls == 0 || calls > 40));
  CHECK(store::check(folder.path));
}

TEST_CASE("the same with the rollback journal of a network file system") {
  const test::ScratchFolder folder;
  const test::FolderKind nfs(0x6969);
  const int calls = kill_at_each(folder.path, 3);
  CHECK((calls == 0 || calls > 40));
  CHECK(store::check(folder.path));
}
