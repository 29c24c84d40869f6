#include <catch2/catch.hpp>

#include <fstream>

#include "leases/calls.h"
#include "scratch_folder.h"
#include "unit/memory_tree.h"

using namespace cascade;
using namespace cascade::systems;
using policy::Mode;

namespace {

hook::EventInput event(const std::string& tool, const std::string& agent = "") {
  hook::EventInput event;
  event.session_id = "s";
  event.tool_name = tool;
  event.agent_id = agent;
  event.working_directory = "/w/app";
  return event;
}

std::string resources(const hook::EventInput& event, const policy::Policy& policy, const std::string& program = "") {
  const files::MemoryTree tree;
  Leased leased(event, policy, tree);
  if (!program.empty()) {
    shell::Call call;
    call.program = program.substr(0, program.find(' '));
    call.words = {{call.program}, {program.substr(program.find(' ') + 1)}};
    leased.see(call);
  }
  std::string text;
  for (const std::string& resource : leased.resources()) text += resource + " ";
  return text;
}

}  // namespace

TEST_CASE("a browser belongs to its server and session, a declared resource to everybody") {
  policy::Policy policy;
  CHECK(resources(event("mcp__playwright__browser_click"), policy) == "");  // off
  policy.mode_of("leases") = Mode::block;
  CHECK(resources(event("mcp__playwright__browser_click"), policy) == "browser:playwright@s ");
  CHECK(resources(event("mcp__chrome-devtools__click"), policy) == "browser:chrome-devtools@s ");
  CHECK(resources(event("mcp__tracker__search"), policy) == "");
  policy.declared = {{"shared profile", {}, {"mcp__playwright__*"}}, {"staging", {"psql", "*staging*"}, {}}};
  CHECK(resources(event("mcp__playwright__browser_click"), policy) == "shared profile ");
  CHECK(resources(event("Bash"), policy, "psql postgres://db/staging_1") == "staging ");
  CHECK(resources(event("Bash"), policy, "psql postgres://db/test") == "");
  CHECK(resources(event("Bash"), policy, "cat staging.txt") == "");
}

namespace {

// A state folder in which another agent of the session holds the browser.
struct Held {
  test::ScratchFolder folder;
  Surroundings surroundings;
  const files::MemoryTree tree{};
  policy::Policy policy;
  std::vector<systems::Verdict> verdicts{};

  Held() {
    surroundings.state_directory = folder.path;
    policy.mode_of("leases") = Mode::warn;
    REQUIRE(take_leases({"s", "a2", {"browser:playwright@s"}, "click", false, ""}, surroundings));
  }
  Result<void> take(const hook::EventInput& event) { return Leased(event, policy, tree).take(surroundings, verdicts); }
  std::vector<lease::Lease> held() const { return *lease::Leases::open(surroundings.store_options("", false))->list(); }
};

}  // namespace

TEST_CASE("what cannot be had is refused with its reason, and nothing is taken for what is refused anyway") {
  Held all;
  REQUIRE(all.take(event("mcp__playwright__browser_click", "a1")));
  REQUIRE(all.verdicts.size() == 1);
  CHECK(all.verdicts[0].reason.find("browser:playwright@s is held by ") == 0);
  CHECK(all.held().size() == 1);
  all.verdicts = {{"tools", Mode::block, repository::Decision::deny, "refused"}};
  REQUIRE(all.take(event("mcp__chrome-devtools__click", "a1")));
  CHECK(all.held().size() == 1);
  all.verdicts.clear();
  REQUIRE(all.take(event("mcp__chrome-devtools__click", "a1")));
  CHECK(all.verdicts.empty());
  CHECK(all.held().size() == 2);
}

TEST_CASE("where nobody knows who holds it, block refuses and warn goes on") {
  Held all;
  std::ofstream(all.folder.path + "/" + std::string(store::file_name), std::ios::trunc) << std::string(8'192, 'x');
  all.policy.mode_of("leases") = Mode::block;
  CHECK_FALSE(all.take(event("mcp__playwright__browser_click")));
  all.policy.mode_of("leases") = Mode::warn;
  CHECK(all.take(event("mcp__playwright__browser_click")));
  CHECK_FALSE(answer_of(all.verdicts).notice.empty());
}
