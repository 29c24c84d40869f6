#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "guarded_session.h"
#include "systems/check_run.h"
#include "systems/grade.h"

using namespace cascade;
using namespace cascade::systems;

namespace {

// A record that allows `earned` to every gate, and notes what it is asked.
struct Record {
  policy::Mode earned;
  std::vector<std::string> asked{};
  GateDoor door() {
    GateDoor door;
    door.judge = [this](const Judgement& judgement) -> Result<Graded> {
      asked.push_back(judgement.gate);
      return Graded{std::min(judgement.configured, earned), "It has been right in 9 of 10"};
    };
    return door;
  }
};

constexpr const char* agents_tools = "systems: { tools: block }\n";

struct Guarded : Session {
  Guarded(const std::string& configuration, Record& record) : Session(configuration) {
    surroundings.gates = record.door();
    agent("reader", "Read");
  }
  std::string refused() { return answer("Bash", R"({"command":"ls"})", R"("agent_id":"a","agent_type":"reader",)"); }
};

TEST_CASE("a refusal says how sure its gate has been") {
  Record record{policy::Mode::block};
  const std::string said = Guarded(agents_tools, record).refused();
  CHECK(said.find(R"("permissionDecision":"deny")") != std::string::npos);
  CHECK(said.find("It has been right in 9 of 10") != std::string::npos);
  CHECK(record.asked == std::vector<std::string>{"tools"});
}

TEST_CASE("a gate says no more than it has earned") {
  Record warns{policy::Mode::warn}, watches{policy::Mode::shadow};
  const std::string said = Guarded(agents_tools, warns).refused();
  CHECK(said.find("permissionDecision") == std::string::npos);
  CHECK(said.find("systemMessage") != std::string::npos);
  CHECK(Guarded(agents_tools, watches).refused() == "");
}

TEST_CASE("where the record cannot be read, what is built in acts as configured") {
  Record record{policy::Mode::shadow};
  Guarded session(agents_tools, record);
  session.surroundings.gates.judge = [](const Judgement&) -> Result<Graded> {
    return Error{ErrorCode::unwritable, "the disk is full", "", ""};
  };
  const std::string said = session.refused();
  CHECK(said.find(R"("permissionDecision":"deny")") != std::string::npos);
  CHECK(said.find("Its record cannot be read: the disk is full") != std::string::npos);
}

TEST_CASE("a call that nobody minds asks for no record") {
  Record record{policy::Mode::block};
  Guarded session("systems: { repository: block, tools: block, leases: block }\n", record);
  CHECK(session.answer("Bash", R"({"command":"ls -l"})") == "");
  CHECK(record.asked.empty());
}

TEST_CASE("what would let the model grade itself is asked about, also where checks alone are configured") {
  Record record{policy::Mode::block};
  Guarded session("", record);
  std::ofstream(session.path("users.yaml")) << "gates: { lint: { run: [\"true\"] } }\n";
  session.surroundings.users_file = session.path("users.yaml");
  for (const char* command :
       {"cascade gate judge 3 right", "cascade gate set lint block", "sh -c 'cascade gate judge 3 right'",
        "cascade --quiet gate outcome --commit abcdef0 red", "cascade $X"}) {
    INFO(command);
    CHECK(session.asks(command));
  }
  CHECK_FALSE(session.asks("cascade gate list"));
  CHECK_FALSE(session.asks("cascade gate show lint"));
}

policy::Check check_of(std::vector<std::string> words) {
  policy::Check check;
  check.name = "x";
  check.run = std::move(words);
  return check;
}

#ifndef _WIN32  // false, printf, pwd and sleep are programs of POSIX
TEST_CASE("a check is its exit status; no shell takes part") {
  const test::ScratchFolder folder;
  const auto run = [&](std::vector<std::string> words, std::uint32_t ms = 5'000) {
    return run_check(check_of(std::move(words)), folder.path, folder.path, ms);
  };
  CHECK_FALSE(run({"true"}).flagged);
  CHECK(run({"false"}).exit_code == 1);
  CHECK(run({"printf", "%s", "$HOME; false"}).output == "$HOME; false");
  CHECK(run({"cat"}).output == "");  // nothing on standard input
  CHECK(run({"pwd"}).output == folder.path);
  CHECK(run({"no-such-program"}).failure == "there is no program no-such-program");
  CHECK(run({"sleep", "20"}, 50).failure.find("longer") != std::string::npos);
  const std::string long_output = run({"seq", "1", "100000"}).output;
  CHECK(long_output.size() < 1'600);
  CHECK(long_output.find("...\n") == 0);
}
#endif

TEST_CASE("a check that does something else has other words") {
  const test::ScratchFolder folder;
  const auto words = [&](const policy::Check& check) { return rule_words(check, folder.path); };
  policy::Check check = check_of({"./lint", "src"});
  const std::string first = words(check);
  std::ofstream(folder.path + "/lint") << "exit 0\n";
  const std::string with_script = words(check);
  CHECK(with_script != first);
  std::ofstream(folder.path + "/lint") << "exit 1\n";
  CHECK(words(check) != with_script);
  check.seconds = 5;  // how long it may take changes nothing of what it says
  const std::string same = words(check);
  check.at = policy::Check::At::push;
  CHECK(words(check) != same);
  CHECK(words(check_of({"npm", "run", "lint"})) == "commit: npm run lint");
  CHECK(words(check_of({"python3", "-c", "lint"})) == words(check_of({"python3", "-c", "lint"})));
  check = check_of({"sh", "lint"});
  const std::string by_shell = words(check);
  std::ofstream(folder.path + "/lint") << "exit 2\n";
  CHECK(words(check) != by_shell);
}

}  // namespace
