#include <catch2/catch.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <set>
#include <string>

#include "files/process.h"
#include "leases/lease.h"
#include "scratch_folder.h"
#include "unit/folder_kind.h"
#include "unit/full_disk.h"

using namespace cascade;
using namespace cascade::lease;
using State = Answer::State;

namespace {

// A clock that stands until it is moved; sleeping moves it.
struct Time {
  std::int64_t boot = 1'000'000, wall = 1'700'000'000;
  Clock clock() {
    return {[this] { return boot; }, [this] { return wall; }, [this](std::int64_t ms) { boot += ms; }};
  }
};

Holder holder(const std::string& session, const std::string& agent = "") {
  const std::int64_t pid = files::own_process();
  return {session, agent, pid, files::process_start(pid)};
}

Leases opened(const std::string& folder, const Clock& clock) {
  auto leases = Leases::open({folder}, clock);
  REQUIRE(leases);
  return *std::move(leases);
}

Answer claimed(Leases& leases, const Holder& who, const std::string& resource = "browser") {
  const auto answer = leases.claim({resource, who, "test"});
  REQUIRE(answer);
  return *answer;
}

std::string kinds(Leases& leases, const std::string& session) {
  std::string text;
  const auto events = leases.history(session);
  REQUIRE(events);
  for (const Event& event : *events)
    if (event.session == session) text += event.kind + " ";
  return text;
}

}  // namespace

TEST_CASE("a free resource is taken, its holder keeps it, others are told who has it") {
  const test::ScratchFolder folder;
  Time time;
  Leases leases = opened(folder.path, time.clock());
  const Answer first = claimed(leases, holder("a"));
  CHECK(first.state == State::held);
  CHECK(first.token == 1);
  CHECK(claimed(leases, holder("a")).token == 1);
  time.boot += 90'000;
  const Answer second = claimed(leases, holder("b", "helper"));
  CHECK(second.state == State::busy);
  CHECK(describe(second.other) == "the main conversation of session a for 90 s (test)");
  CHECK(claimed(leases, holder("a", "helper")).state == State::busy);  // a subagent is another holder
  CHECK(claimed(leases, holder("b"), "port 80").token == 1);
  REQUIRE(leases.release("browser", holder("a")).value_or(false));
  CHECK(claimed(leases, holder("b")).token == 2);
  CHECK_FALSE(leases.release("browser", holder("a")).value_or(true));
  CHECK(kinds(leases, "a") == "taken released ");
}

TEST_CASE("a holder without a session is a terminal, or an agent of one") {
  Lease lease;
  lease.resource = "port:8080";
  lease.held_ms = 3'000;
  CHECK(describe(lease) == "a terminal for 3 s");
  lease.holder.agent = "helper";
  CHECK(describe(lease) == "the agent helper of a terminal for 3 s");
}

TEST_CASE("a holder that was idle for five minutes lets go, and is told at its next call") {
  const test::ScratchFolder folder;
  Time time;
  Leases leases = opened(folder.path, time.clock());
  claimed(leases, holder("a"));
  time.boot += idle_ms - 1'000;
  REQUIRE(leases.renew(holder("a")));  // any tool call
  time.boot += idle_ms - 1'000;
  CHECK(claimed(leases, holder("b")).state == State::busy);
  time.boot += 1'000;
  CHECK(claimed(leases, holder("b")).token == 2);
  const Answer told = claimed(leases, holder("a"));
  CHECK(told.state == State::lost);
  CHECK(told.token == 1);
  CHECK(told.other.holder.session == "b");
  CHECK(claimed(leases, holder("a")).state == State::busy);
}

TEST_CASE("what was broken is free, and its holder is told") {
  const test::ScratchFolder folder;
  Time time;
  Leases leases = opened(folder.path, time.clock());
  claimed(leases, holder("a"));
  CHECK(leases.break_lease("browser").value_or(false));
  CHECK_FALSE(leases.break_lease("browser").value_or(true));
  CHECK(claimed(leases, holder("a")).state == State::lost);
  CHECK(claimed(leases, holder("a")).token == 2);
}

TEST_CASE("only who held what was broken is told, and not who broke it") {
  const test::ScratchFolder folder;
  Time time;
  Leases leases = opened(folder.path, time.clock());
  // Two terminals: neither has a session.
  const Holder one{"", "", files::own_process(), files::process_start(files::own_process())};
  const Holder other{"", "", files::parent_process(), files::process_start(files::parent_process())};
  claimed(leases, one);
  CHECK(leases.break_lease("browser", other).value_or(false));
  CHECK(leases.tell_lost({"browser", other, ""})->state == State::busy);
  CHECK(leases.lost_by(other)->empty());
  CHECK(claimed(leases, other).token == 2);
  REQUIRE(leases.lost_by(one)->size() == 1);
  CHECK(leases.lost_by(one)->front().token == 1);
  const Answer told = *leases.tell_lost({"browser", one, ""});
  CHECK(told.state == State::lost);
  CHECK(told.other.holder.pid == other.pid);
  CHECK(leases.lost_by(one)->empty());
  CHECK(claimed(leases, one).state == State::busy);
  // Who breaks its own has lost nothing.
  CHECK(leases.break_lease("browser", other).value_or(false));
  CHECK(claimed(leases, other).state == State::held);
}

TEST_CASE("the clock on the wall may jump as it likes") {
  const test::ScratchFolder folder;
  Time time;
  Leases leases = opened(folder.path, time.clock());
  claimed(leases, holder("a"));
  for (const std::int64_t jump : {-10'000'000, 20'000'000}) {
    time.wall += jump;
    CHECK(claimed(leases, holder("b")).state == State::busy);
    CHECK(claimed(leases, holder("a")).token == 1);
  }
}

TEST_CASE("a full disk takes and loses nothing") {
  const test::ScratchFolder folder;
  Time time;
  Leases leases = opened(folder.path, time.clock());
  CHECK(claimed(leases, holder("a")).token == 1);
  {
    const test::FullDisk full(0);
    CHECK(leases.claim({"port", holder("a"), ""}).error().code == ErrorCode::unwritable);
    CHECK(leases.release("browser", holder("a")).error().code == ErrorCode::unwritable);
  }
  CHECK(claimed(leases, holder("b")).state == State::busy);
  CHECK(claimed(leases, holder("b"), "port").token == 1);
}

TEST_CASE("waiting ends with a refusal after the patience, and with the lease when it comes") {
  const test::ScratchFolder folder;
  Time time;
  Leases leases = opened(folder.path, time.clock());
  claimed(leases, holder("a"));
  const std::int64_t begin = time.boot;
  const auto refused = leases.take({"browser", holder("b"), ""}, 20'000);
  REQUIRE(refused);
  CHECK(refused->state == State::busy);
  CHECK(time.boot - begin >= 20'000);
  CHECK(time.boot - begin < 21'000);
  Clock clock = time.clock();
  clock.sleep = [&](std::int64_t ms) {
    time.boot += ms;
    REQUIRE(leases.release("browser", holder("a")));
  };
  Leases other = opened(folder.path, clock);
  const auto got = other.take({"browser", holder("b"), ""});
  REQUIRE(got);
  CHECK(got->token == 2);
  CHECK(kinds(leases, "b") == "refused taken waited ");
}

TEST_CASE("of several resources all are taken, or none where another holds one") {
  const test::ScratchFolder folder;
  Time time;
  Leases leases = opened(folder.path, time.clock());
  claimed(leases, holder("other"), "port:8080");
  const auto wanted = [&](const std::string& second) {
    const auto missing = leases.claim_all({{"browser", holder("a"), "test"}, {second, holder("a"), "test"}});
    REQUIRE(missing);
    return *missing;
  };
  CHECK(wanted("port:8080") == std::vector<std::string>{"port:8080"});
  REQUIRE(leases.list());
  CHECK(leases.list()->size() == 1);
  CHECK(claimed(leases, holder("b")).state == State::held);
  REQUIRE(leases.release("browser", holder("b")));
  CHECK(wanted("port:9090").empty());
  CHECK(leases.list()->size() == 3);
}

TEST_CASE("a refusal of several resources leaves the holder what it had before") {
  const test::ScratchFolder folder;
  Time time;
  Leases leases = opened(folder.path, time.clock());
  REQUIRE(leases.claim({"browser", holder("a"), "test"}));
  REQUIRE(leases.claim({"port:8080", holder("b"), "test"}));
  const auto missing = leases.claim_all(
      {{"browser", holder("a"), "test"}, {"port:9090", holder("a"), "test"}, {"port:8080", holder("a"), "test"}});
  REQUIRE(missing);
  CHECK(*missing == std::vector<std::string>{"port:8080"});
  CHECK(leases.list()->size() == 2);
  CHECK(claimed(leases, holder("b")).state != State::held);
}

TEST_CASE("an agent that has started gets what the first call for it took, and nothing of another call") {
  const test::ScratchFolder folder;
  Time time;
  Leases leases = opened(folder.path, time.clock());
  const auto take = [&](const std::string& resource, const std::string& call, const std::string& purpose) {
    REQUIRE(leases.claim({resource, holder("s", call), purpose}));
    time.boot += 10;
    time.wall += 1;
  };
  take("browser", "start:toolu_1", "tester");
  take("port:1", "start:toolu_2", "tester");
  take("port:2", "start:toolu_3", "writer");
  REQUIRE(leases.take_over("s", "tester", "a1"));
  const auto holders = [&] {
    std::string text;
    const auto all = leases.list();
    REQUIRE(all);
    for (const Lease& lease : *all) text += lease.resource + "=" + lease.holder.agent + " ";
    return text;
  };
  CHECK(holders() == "browser=a1 port:1=start:toolu_2 port:2=start:toolu_3 ");
  REQUIRE(leases.take_over("another", "tester", "a2"));
  CHECK(holders() == "browser=a1 port:1=start:toolu_2 port:2=start:toolu_3 ");
  REQUIRE(leases.take_over("s", "tester", "a2"));
  CHECK(holders() == "browser=a1 port:1=a2 port:2=start:toolu_3 ");
}

TEST_CASE("at the end of a turn everything of it is let go") {
  const test::ScratchFolder folder;
  Time time;
  Leases leases = opened(folder.path, time.clock());
  for (const char* resource : {"x", "y"}) claimed(leases, holder("a"), resource);
  claimed(leases, holder("a", "helper"), "z");
  claimed(leases, holder("b"), "w");
  CHECK(leases.release_all("a", "", false).value_or(0) == 2);
  CHECK(leases.release_all("a", "", true).value_or(0) == 1);
  const auto left = leases.list();
  REQUIRE(left);
  REQUIRE(left->size() == 1);
  CHECK(left->front().resource == "w");
}

TEST_CASE("who is gone holds nothing") {
  const test::ScratchFolder folder;
  int ready[2];
  REQUIRE(::pipe(ready) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    auto leases = Leases::open({folder.path});
    const bool held = leases && leases->claim({"browser", holder("dead"), ""});
    if (::write(ready[1], held ? "y" : "n", 1) != 1) ::_exit(1);
    for (;;) ::pause();
  }
  char held = 'n';
  REQUIRE(::read(ready[0], &held, 1) == 1);
  REQUIRE(held == 'y');
  Leases leases = opened(folder.path, Clock::real());
  CHECK(claimed(leases, holder("b")).state == State::busy);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  const Answer got = claimed(leases, holder("b"));  // once, without waiting
  CHECK(got.state == State::held);
  CHECK(got.token == 2);
  // A number that was given to another process since is not the holder.
  Holder reused = holder("c");
  reused.started += 1;
  CHECK(claimed(leases, reused, "port").state == State::held);
  CHECK(claimed(leases, holder("b"), "port").token == 2);
}

namespace {

// Each process claims one of two resources again and again. While it holds one, a file of that name is its alone;
// tokens go into a log. Some are killed wherever they are.
void contend(const std::string& folder, int processes, int claims, bool killing) {
  std::set<pid_t> children;
  for (int i = 0; i < processes; ++i) {
    const pid_t child = ::fork();
    if (child != 0) {
      children.insert(child);
      continue;
    }
    auto leases = Leases::open({folder, true, false, 60'000});
    if (!leases) ::_exit(3);
    const Holder own = holder("s" + std::to_string(i));
    for (int j = 0; j < claims; ++j) {
      const std::string resource = "r" + std::to_string((i + j) % 2);
      const auto got = leases->take({resource, own, ""}, 600'000);
      if (!got || got->state != State::held) ::_exit(4);
      // Never two holders: whoever made the file before is dead, or we should not be here.
      const std::string path = folder + "/" + resource + ".held";
      const int file = ::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
      if (file < 0 || ::flock(file, LOCK_EX | LOCK_NB) != 0) ::_exit(5);
      char last[32] = {};
      if (::pread(file, last, sizeof last - 1, 0) < 0) ::_exit(8);
      if (std::strtoull(last, nullptr, 10) >= got->token) ::_exit(6);  // tokens only rise
      const std::string text = std::to_string(got->token) + "\n";
      if (::pwrite(file, text.data(), text.size(), 0) < 0) ::_exit(8);
      ::close(file);
      if (!leases->release(resource, own).value_or(false)) ::_exit(7);
    }
    ::_exit(0);
  }
  if (killing)
    for (int i = 0; i < processes / 4; ++i) {
      ::usleep(30'000);
      ::kill(*children.begin(), SIGKILL);
      children.erase(children.begin());
    }
  int status = 0;
  for (pid_t ended = ::wait(&status); ended > 0; ended = ::wait(&status)) {
    INFO("process " << ended << " status " << status);
    if (children.count(ended) > 0) CHECK(status == 0);
  }
}

}  // namespace

TEST_CASE("many processes claim at once: never two holders, tokens only rise") {
  const test::ScratchFolder folder;
  contend(folder.path, 8, 25, false);
  Leases leases = opened(folder.path, Clock::real());
  CHECK(leases.list()->empty());
}

TEST_CASE("the same where some of them are killed") {
  const test::ScratchFolder folder;
  contend(folder.path, 12, 40, true);
  Leases leases = opened(folder.path, Clock::real());
  CHECK(claimed(leases, holder("after"), "r0").state == State::held);
  CHECK(claimed(leases, holder("after"), "r1").state == State::held);
}

TEST_CASE("the same on a network file system") {
  const test::ScratchFolder folder;
  const test::FolderKind nfs(0x6969);
  contend(folder.path, 4, 10, false);
}

TEST_CASE("64 processes with 1,000 claims each on a network file system", "[.soak]") {
  const test::ScratchFolder folder;
  const test::FolderKind nfs(0x6969);
  contend(folder.path, 64, 1'000, false);
}

TEST_CASE("64 processes with 1,000 claims each", "[.soak]") {
  const test::ScratchFolder folder;
  contend(folder.path, 64, 1'000, false);
}
