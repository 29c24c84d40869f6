// Which entries `init` writes for which systems, and what it reads back from them.
#include <catch2/catch.hpp>

#include <algorithm>

#include "client/events.h"
#include "files/tree.h"
#include "init/installation.h"
#include "policy/system.h"

using namespace cascade;
using namespace cascade::init;

namespace {

namespace names = client::event_names;
namespace matchers = client::matchers;
constexpr std::uint32_t timeout_seconds = 5, guard_timeout_seconds = 30;
constexpr std::string_view every_one = ".*";
std::string also_for_trust(std::string_view other) {
  return other.empty() ? std::string("(.*)") : ".*|" + std::string(other);
}

std::vector<HookEntry> lattice(const std::string& binary, const std::vector<std::string>& systems) {
  const std::string command = std::string("\"") + binary + "\"" + " hook";
  std::vector<HookEntry> entries = {{names::session_start, "", command, timeout_seconds},
                                    {names::prompt, "", command, timeout_seconds},
                                    {names::tool_call, std::string(matchers::called_tools), command, timeout_seconds},
                                    {names::subagent_start, "", command, timeout_seconds}};
  const auto wants = [&](std::string_view system) {
    return std::find(systems.begin(), systems.end(), system) != systems.end();
  };
  const auto hook = [&](const char* event, std::string_view matcher) {
    entries.push_back({event, std::string(matcher), command, timeout_seconds});
  };
  const bool trust = wants("trust");
  const auto with_trust = [&](std::string_view other) { return trust ? also_for_trust(other) : std::string(other); };
  const bool places = wants("repository") || wants("tools") || wants("leases"), guards = places || wants("gates");
  if (places) hook(names::directory_added, "");
  const bool looks = wants("effects") || wants("playbooks");
  // After a command the guard of repositories looks at what git did not ask about (docs/guard.md).
  const bool returns = wants("repository") && !looks && !trust;
  const std::string bash(client::tool_names::bash);
  if (places && !trust)
    hook(names::tool_result, (returns ? bash + "|" : std::string()) + std::string(matchers::work_tree_tools));
  if (returns) hook(names::tool_failure, bash);
  if (guards || trust)
    entries.push_back({names::tool_call,
                       with_trust(wants("tools") ? matchers::every_tool
                                  : guards       ? matchers::writing_tools
                                                 : std::string_view()),
                       std::string("\"") + binary + "\"" + " guard", guard_timeout_seconds, true});
  if (guards || trust)
    entries.push_back(
        {names::skill_line, "", std::string("\"") + binary + "\"" + " guard", guard_timeout_seconds, true});
  if (looks || trust) {
    hook(names::tool_result, with_trust(wants("playbooks") ? matchers::working_tools
                                        : looks            ? matchers::looking_tools
                                                           : std::string_view()));
    hook(names::tool_failure, with_trust(wants("effects") ? matchers::looking_tools
                                         : looks          ? matchers::working_tools
                                                          : std::string_view()));
  }
  // If playbooks are on, their first entry already calls us for agents that ended well.
  if (wants("tiers") && !wants("playbooks")) hook(names::tool_result, matchers::agent_tools);
  if (wants("tiers")) hook(names::tool_failure, matchers::agent_tools);
  if (wants("playbooks"))
    hook(names::before_compaction, "");
  else if (wants("memory") || trust)
    hook(names::before_compaction, wants("memory") ? std::string(every_one) : also_for_trust(""));
  if (wants("memory") || trust) hook(names::after_compaction, wants("memory") ? std::string() : also_for_trust(""));
  if (wants("leases") || looks || wants("tiers") || trust) hook(names::subagent_stop, "");
  // A check may take longer.
  if (wants("gates"))
    entries.push_back({names::turn_end, "", command, guard_timeout_seconds});
  else if (wants("leases") || looks || wants("tiers") || trust)
    hook(names::turn_end, "");
  if (wants("leases"))
    hook(names::session_end, "");
  else if (wants("memory") || trust)
    hook(names::session_end, wants("memory") ? std::string(every_one) : also_for_trust(""));
  return entries;
}

std::vector<std::vector<std::string>> all_subsets() {
  std::vector<std::vector<std::string>> subsets;
  const Span<policy::System> systems = policy::systems();
  for (std::size_t set = 0; set < std::size_t{1} << systems.size; ++set) {
    std::vector<std::string> chosen;
    for (std::size_t i = 0; i < systems.size; ++i)
      if ((set >> i & 1) != 0) chosen.emplace_back(systems[i].name);
    subsets.push_back(std::move(chosen));
  }
  return subsets;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ",") + word;
  return text;
}

constexpr const char* binary = "/opt/bin/cascade";
// Every client from which on an event that a system waits for is known, and one before all of them.
std::vector<std::string> versions() {
  std::vector<std::string> all = {"", "1.0.0", "2.1.328"};
  for (const client::Event& event : client::events())
    if (!event.since.empty()) all.emplace_back(event.since);
  return all;
}

Plan installed(files::MemoryTree& tree, const std::optional<std::vector<std::string>>& systems,
               const std::string& version, const std::vector<std::string>& recorded = {}) {
  auto plan = plan_installation(
      tree, "/s.json", binary, systems, [&] { return version; }, recorded);
  REQUIRE(plan);
  tree.write("/s.json", *plan->after);
  return *std::move(plan);
}

}  // namespace

TEST_CASE("the rows of systems.tsv give the entries of the lattice that they replace, in its order") {
  for (const std::vector<std::string>& systems : all_subsets()) {
    INFO(joined(systems));
    CHECK(*add_hooks("", hook_entries(binary, systems)) == *add_hooks("", lattice(binary, systems)));
  }
}

TEST_CASE("a second init changes nothing, whatever systems the first one installed, with a record and without one") {
  for (const std::vector<std::string>& systems : all_subsets())
    for (const std::string& version : versions()) {
      INFO(joined(systems) << " for " << version);
      files::MemoryTree tree;
      installed(tree, systems, version);
      CHECK_FALSE(installed(tree, std::nullopt, version).changes());
      CHECK_FALSE(installed(tree, std::nullopt, version, systems).changes());
    }
}

TEST_CASE("what was installed is what the record says, as long as the entries are those of the record") {
  for (const std::vector<std::string>& systems : all_subsets()) {
    INFO(joined(systems));
    const std::string settings = *add_hooks("", hook_entries(binary, systems));
    if (!systems.empty()) CHECK(installed_systems(settings, systems) == systems);
    // Without a record: other systems only where their entries are the same.
    const std::vector<std::string> read = installed_systems(settings);
    CHECK(*add_hooks("", hook_entries(binary, read)) == settings);
  }
}
