// Leases on a real server: several machines, a server that is killed, the program with a server that is not there.
#include <catch2/catch.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <optional>

#include "files/process.h"
#include "files/run_program.h"
#include "leases/lease.h"
#include "postgres/cluster.h"
#include "scratch_folder.h"

using namespace cascade;
using namespace cascade::lease;
using State = Answer::State;
using test::Cluster;

namespace {

std::string machine_name;  // what gethostname() says; empty: the truth

}  // namespace

extern "C" int __real_gethostname(char* name, size_t size);  // NOLINT(bugprone-reserved-identifier)
extern "C" int __attribute__((used))
__wrap_gethostname(char* name, size_t size) {  // NOLINT(bugprone-reserved-identifier)
  if (machine_name.empty()) return __real_gethostname(name, size);
  std::strncpy(name, machine_name.c_str(), size);
  return 0;
}

namespace {

store::Options at(const std::string& address, const std::string& folder = "/nowhere") {
  store::Options options;
  options.folder = folder;
  options.server = address;
  options.program = CASCADE_POSTGRES;
  return options;
}

Holder holder(const std::string& session) {
  const std::int64_t pid = files::own_process();
  return {session, "", pid, files::process_start(pid)};
}

Leases opened(const std::string& address, const std::string& machine = "") {
  machine_name = machine;
  auto leases = Leases::open(at(address));
  machine_name.clear();
  REQUIRE(leases);
  return *std::move(leases);
}

bool skips() {
  const std::string reason = Cluster::absent();
  if (!reason.empty()) WARN("skipped: " << reason);
  return !reason.empty();
}

// One client of one machine. Whatever fails while the server is away is tried again until it is known how it went.
class Client {
 public:
  Client(std::string address, std::string folder) : address_(std::move(address)), folder_(std::move(folder)) {}

  Answer take(const std::string& resource, const Holder& own) {
    return until_known<Answer>([&](Leases& leases) { return leases.take({resource, own, ""}, 60'000); });
  }
  bool release(const std::string& resource, const Holder& own) {
    return until_known<bool>([&](Leases& leases) { return leases.release(resource, own); });
  }

 private:
  template <typename T, typename F>
  T until_known(const F& ask) {
    for (;;) {
      if (!leases_)
        if (auto made = Leases::open(at(address_, folder_))) leases_.emplace(*std::move(made));
      if (leases_) {
        auto answer = ask(*leases_);
        if (answer) return *std::move(answer);
        leases_.reset();
      }
      ::usleep(50'000);
    }
  }
  std::string address_, folder_;
  std::optional<Leases> leases_;
};

// While it holds a resource, a file of that name is its alone; the file knows the last token.
int claim_again_and_again(Client client, const std::string& folder, int number, int claims) {
  const Holder own = holder("s" + std::to_string(number));
  std::uint64_t released = 0;
  for (int i = 0; i < claims; ++i) {
    const std::string resource = "r" + std::to_string((number + i) % 4);
    const Answer got = client.take(resource, own);
    if (got.state != State::held) return 4;
    const int file = ::open((folder + "/" + resource).c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (file < 0 || ::flock(file, LOCK_EX | LOCK_NB) != 0) return 5;  // two holders
    char last[32] = {};
    if (::pread(file, last, sizeof last - 1, 0) < 0) return 8;
    if (std::strtoull(last, nullptr, 10) >= got.token) return 6;  // tokens only rise
    const std::string text = std::to_string(got.token) + "\n";
    if (::pwrite(file, text.data(), text.size(), 0) < 0) return 8;
    ::usleep(1'000);
    ::close(file);
    // False: the answer to an earlier try was lost, and it had been let go.
    released += client.release(resource, own) ? 1 : 0;
  }
  return released == 0 ? 7 : 0;
}

void two_machines(Cluster& cluster, int clients, int claims, const std::function<void()>& meanwhile) {
  const test::ScratchFolder folder;
  std::vector<pid_t> children;
  opened(cluster.address());  // makes the tables
  for (int i = 0; i < 2 * clients; ++i) {
    const pid_t child = ::fork();
    if (child == 0) {
      machine_name = i < clients ? "one" : "two";
      const std::string home = folder.path + "/" + machine_name;
      ::_exit(claim_again_and_again(Client(cluster.address(), home), folder.path, i, claims));
    }
    children.push_back(child);
  }
  meanwhile();
  for (const pid_t child : children) {
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(status == 0);
  }
  CHECK(opened(cluster.address()).list()->empty());
}

// Killed, and started again, `times` times.
void kill_again_and_again(Cluster& cluster, int times) {
  for (int i = 0; i < times; ++i) {
    ::usleep(700'000);
    cluster.kill();
    ::usleep(100'000);
    bool is_up = false;
    for (int tried = 0; tried < 50 && !is_up; ++tried) {
      is_up = cluster.start();
      if (!is_up) ::usleep(200'000);
    }
    REQUIRE(is_up);
  }
}

}  // namespace

TEST_CASE("a lease on a server is held, refused, waited for, lost and let go as in a file") {
  if (skips()) return;
  Cluster cluster;
  Leases one = opened(cluster.address(), "one"), two = opened(cluster.address(), "two");
  CHECK(one.claim({"db", holder("a"), "test"})->token == 1);
  CHECK(one.claim({"db", holder("a"), ""})->token == 1);
  const auto refused = two.claim({"db", holder("b"), ""});
  REQUIRE(refused);
  CHECK(refused->state == State::busy);
  CHECK(describe(refused->other) == "the main conversation of session a for 0 s (test)");
  // A process has its number on its own machine only: the same holder elsewhere is another.
  CHECK(two.claim({"db", holder("a"), ""})->state == State::busy);
  CHECK_FALSE(*two.release("db", holder("a")));
  CHECK(one.release_all("a", "", false).value_or(0) == 1);
  CHECK(two.claim({"db", holder("b"), ""})->token == 2);
  CHECK(two.break_lease("db").value_or(false));
  CHECK(two.claim({"db", holder("b"), ""})->state == State::lost);
  CHECK(one.claim({"db", holder("a"), ""})->token == 3);
  CHECK(one.list()->size() == 1);
  std::string kinds;  // its own, and what b did with it meanwhile
  for (const Event& event : one.history("a").value_or(std::vector<Event>())) kinds += event.kind + ' ';
  CHECK(kinds == "taken released taken lost broken taken ");
}

TEST_CASE("a holder of another machine that is gone holds until its time runs out by the server's clock") {
  if (skips()) return;
  Cluster cluster;
  Leases one = opened(cluster.address(), "one"), two = opened(cluster.address(), "two");
  Holder gone = holder("a");
  gone.started += 1;  // another process has that number by now
  CHECK(one.claim({"db", gone, ""})->token == 1);
  CHECK(two.claim({"db", holder("b"), ""})->state == State::busy);
  CHECK(one.list()->front().left_ms > 290'000);
  REQUIRE(one.store().run("UPDATE lease SET expires = expires - 300000, expires_wall = expires_wall - 300"));
  CHECK(two.claim({"db", holder("b"), ""})->token == 2);
  gone.session = "c";
  CHECK(one.claim({"port", gone, ""})->token == 1);
  CHECK(one.claim({"port", holder("d"), ""})->token == 2);  // here it can be seen at once
}

TEST_CASE("a server of a newer cascade is left as it is") {
  if (skips()) return;
  Cluster cluster;
  { REQUIRE(opened(cluster.address()).store().run("UPDATE module SET version = 9 WHERE name = 'lease'")); }
  CHECK(Leases::open(at(cluster.address())).error().code == ErrorCode::unsupported);
}

TEST_CASE("two machines with 32 clients each, the server killed in between: never two holders, tokens only rise") {
  if (skips()) return;
  Cluster cluster;
  two_machines(cluster, 32, 3, [&] { kill_again_and_again(cluster, 2); });
}

TEST_CASE("two machines with 32 clients each and many claims", "[.soak]") {
  if (skips()) return;
  Cluster cluster;
  two_machines(cluster, 32, 100, [&] { kill_again_and_again(cluster, 20); });
}

namespace {

// A user of the program: a home with a store on a server.
struct User {
  test::ScratchFolder folder;
  std::string output, errors;

  void configure(const std::string& text) const {
    std::filesystem::create_directories(folder.path + "/cascade");
    std::ofstream(folder.path + "/cascade/cascade.yaml") << text;
  }
  int run(const std::vector<std::string>& words, const std::string& input = "") {
    files::ProgramCall call;
    call.words = {"/bin/sh", "-c", "exec \"$0\" \"$@\" 2> '" + folder.path + "/errors'", CASCADE_BINARY};
    call.words.insert(call.words.end(), words.begin(), words.end());
    call.input = input;
    call.environment = {"HOME=" + folder.path,
                        "XDG_CONFIG_HOME=" + folder.path,
                        "XDG_STATE_HOME=" + folder.path,
                        "CLAUDE_CODE_SESSION_ID=" + folder.path,
                        "CLAUDE_PID=1",
                        "PATH=/usr/bin:/bin"};
    call.milliseconds = 60'000;
    const auto done = files::run_program(call);
    REQUIRE(done);
    output = done->output;
    std::ifstream file(folder.path + "/errors");
    errors = {std::istreambuf_iterator<char>(file), {}};
    return done->exit_code;
  }
};

const std::string click = R"({"session_id":"s1","cwd":"/","hook_event_name":"PreToolUse","tool_input":{},)"
                          R"("tool_name":"mcp__playwright__browser_click"})";

}  // namespace

TEST_CASE("two homes share what one of them holds") {
  if (skips()) return;
  Cluster cluster;
  User one, two;
  for (const User* user : {&one, &two}) user->configure("store: " + cluster.address() + "\n");
  CHECK(one.run({"lease", "take", "port:80", "--format", "json"}) == 0);
  CHECK(one.output.find("\"token\": 1") != std::string::npos);
  CHECK(two.run({"lease", "take", "port:80", "--wait", "0"}) == 1);
  CHECK(two.run({"lease", "list"}) == 0);
  CHECK(two.output.find("port:80  1  the main conversation") == 0);
  CHECK(one.run({"lease", "release", "port:80"}) == 0);
  CHECK(two.run({"lease", "take", "port:80", "--wait", "0"}) == 0);
  CHECK(two.output == "2\n");
  CHECK_FALSE(std::filesystem::exists(one.folder.path + "/cascade/store.db"));
}

TEST_CASE("without its server block refuses, warn goes on, and nothing is kept on this machine instead") {
  User user;
  const std::string store = "store: postgresql://me:geheim@/cascade?host=" + user.folder.path + "\n";
  user.configure(store + "systems: { leases: block }\n");
  CHECK(user.run({"guard"}, click) == 1);
  CHECK(user.errors.find("the store's server cannot be reached") != std::string::npos);
  CHECK(user.run({"lease", "take", "port:80"}) == 3);
  CHECK((user.output + user.errors).find("geheim") == std::string::npos);
  CHECK(user.run({"lease", "list"}) == 3);
  CHECK(user.run({"--root", user.folder.path, "doctor"}) == 1);  // no folder of the machine's user, however large
  CHECK(user.output.find("the store's server cannot be reached") != std::string::npos);
  CHECK((user.output + user.errors).find("geheim") == std::string::npos);
  user.configure(store + "systems: { leases: warn }\n");
  CHECK(user.run({"guard"}, click) == 0);
  CHECK(user.output.find("\"systemMessage\"") != std::string::npos);
  CHECK(user.output.find("deny") == std::string::npos);
  CHECK((user.output + user.errors).find("geheim") == std::string::npos);
  CHECK_FALSE(std::filesystem::exists(user.folder.path + "/cascade/store.db"));
}
