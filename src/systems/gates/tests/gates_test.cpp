#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "gates/gate_view.h"
#include "records/gate_records.h"
#include "unit/guarded_session.h"

using namespace cascade;
using namespace cascade::systems;

namespace {

constexpr const char* agents_tools = "systems: { tools: block }\n";

struct Guarded : Session {
  explicit Guarded(const std::string& configuration) : Session(configuration) { agent("reader", "Read"); }
  gate::Records records() const { return *gate::Records::open(surroundings.store_options("", true)); }
  std::string refused() { return answer("Bash", R"({"command":"ls"})", R"("agent_id":"a","agent_type":"reader",)"); }
};

TEST_CASE("a refusal is a trial of its gate, and leaves figures to gate show") {
  Guarded session(agents_tools);
  const std::string said = session.refused();
  CHECK(said.find(R"("permissionDecision":"deny")") != std::string::npos);
  CHECK(said.find("trial") == std::string::npos);
  CHECK(*session.records().names() == std::vector<std::string>{"tools"});
}

TEST_CASE("a gate says no more than its user lets it") {
  Guarded session(agents_tools);
  REQUIRE(session.records().set("tools", gate::Level::warn));
  const std::string said = session.refused();
  CHECK(said.find("permissionDecision") == std::string::npos);
  CHECK(said.find("systemMessage") != std::string::npos);
  REQUIRE(session.records().set("tools", gate::Level::shadow));
  CHECK(session.refused() == "");
}

TEST_CASE("where the record cannot be read, what is built in acts as configured") {
  Guarded session(agents_tools);
  std::ofstream(session.path("state/cascade/store.db")) << std::string(8'192, 'x');
  const std::string said = session.refused();
  CHECK(said.find(R"("permissionDecision":"deny")") != std::string::npos);
  CHECK(said.find("Its record cannot be read: ") != std::string::npos);
}

TEST_CASE("a call that nobody minds asks for no record") {
  Guarded session("systems: { repository: block, tools: block }\n");
  CHECK(session.answer("Bash", R"({"command":"ls -l"})") == "");
  CHECK_FALSE(std::filesystem::exists(session.path("state/cascade/store.db")));
}

TEST_CASE("what would let the model grade itself is asked about, also where checks alone are configured") {
  Guarded session("");
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
