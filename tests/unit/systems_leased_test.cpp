#include <catch2/catch.hpp>

#include "files/tree.h"
#include "systems/leased.h"

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
  policy.leases = Mode::block;
  CHECK(resources(event("mcp__playwright__browser_click"), policy) == "browser:playwright@s ");
  CHECK(resources(event("mcp__chrome-devtools__click"), policy) == "browser:chrome-devtools@s ");
  CHECK(resources(event("mcp__tracker__search"), policy) == "");
  policy.declared = {{"shared profile", {}, {"mcp__playwright__*"}}, {"staging", {"psql", "*staging*"}, {}}};
  CHECK(resources(event("mcp__playwright__browser_click"), policy) == "shared profile ");
  CHECK(resources(event("Bash"), policy, "psql postgres://db/staging_1") == "staging ");
  CHECK(resources(event("Bash"), policy, "psql postgres://db/test") == "");
  CHECK(resources(event("Bash"), policy, "cat staging.txt") == "");
}

TEST_CASE("what cannot be had is refused with its reason, and nothing is taken for what is refused anyway") {
  policy::Policy policy;
  policy.leases = Mode::block;
  const files::MemoryTree tree;
  std::string asked;
  Surroundings surroundings;
  surroundings.leases.take = [&](const LeaseDemand& demand) -> Result<std::vector<std::string>> {
    asked += demand.agent + " " + (demand.resources.empty() ? "-" : demand.resources.front()) + " " +
             (demand.waits ? "waits" : "looks") + "; ";
    return std::vector<std::string>{"it is held"};
  };
  const hook::EventInput click = event("mcp__playwright__browser_click", "a1");
  std::vector<systems::Verdict> verdicts;
  REQUIRE(Leased(click, policy, tree).take(surroundings, verdicts));
  CHECK(asked == "a1 browser:playwright@s waits; ");
  REQUIRE(verdicts.size() == 1);
  CHECK(verdicts[0].reason == "it is held");
  REQUIRE(Leased(click, policy, tree).take(surroundings, verdicts));  // refused already
  CHECK(verdicts.size() == 1);
  policy.leases = Mode::warn;
  verdicts.clear();
  REQUIRE(Leased(event("Bash"), policy, tree).take(surroundings, verdicts));  // renews
  CHECK(asked == "a1 browser:playwright@s waits;  - looks; ");
}

TEST_CASE("where nobody knows who holds it, block refuses and warn goes on") {
  policy::Policy policy;
  policy.leases = Mode::block;
  const files::MemoryTree tree;
  Surroundings surroundings;
  surroundings.leases.take = [](const LeaseDemand&) -> Result<std::vector<std::string>> {
    return Error{ErrorCode::malformed, "the store is damaged", "", ""};
  };
  std::vector<systems::Verdict> verdicts;
  CHECK_FALSE(Leased(event("mcp__playwright__browser_click"), policy, tree).take(surroundings, verdicts));
  policy.leases = Mode::warn;
  CHECK(Leased(event("mcp__playwright__browser_click"), policy, tree).take(surroundings, verdicts));
  CHECK_FALSE(answer_of(verdicts).notice.empty());
}
