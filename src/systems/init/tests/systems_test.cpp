// Which entries `init` writes for which systems, and what it reads back from them.
#include <catch2/catch.hpp>

#include <fstream>
#include <map>

#include "accepting.h"
#include "client/events.h"
#include "hash/content_hash.h"
#include "init/installation.h"
#include "policy/setting.h"
#include "read_text.h"
#include "source_folder.h"
#include "unit/memory_tree.h"

using namespace cascade;
using namespace cascade::init;

namespace {

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

TEST_CASE("recorded: which entries each event has, and for how many of all sets of systems") {
  std::map<std::string, int> counted;
  std::string all;
  for (const std::vector<std::string>& systems : all_subsets()) {
    std::map<std::string, std::string> events;
    for (const HookEntry& entry : hook_entries(binary, systems))
      events[entry.event] += " " + std::string(entry.blocks ? "guard" : "hook") + "(" + entry.matcher + ")" +
                             (entry.timeout == 5 ? "" : std::to_string(entry.timeout) + "s");
    for (const auto& [event, entries] : events) ++counted[event + ":" + entries];
    all += *add_hooks("", hook_entries(binary, systems));
  }
  std::string record;
  for (const auto& [entries, count] : counted) record += std::to_string(count) + " " + entries + "\n";
  record += "settings of all sets " + hash::to_hex(hash::hash64(all)) + "\n";
  const std::string path = test::source_folder() + "/tests/unit/init_systems.txt";
  if (test::is_accepting()) std::ofstream(path, std::ios::binary) << record;
  CHECK(record == test::read_text(path));
}

TEST_CASE("a second init changes nothing, whatever systems the first one installed, for a client of any version") {
  // One system alone and all of them meet every version; the other sets meet one each, in turn.
  const std::vector<std::string> all = versions();
  std::size_t number = 0;
  for (const std::vector<std::string>& systems : all_subsets()) {
    const bool meets_all = systems.size() <= 1 || systems.size() == policy::systems().size;
    const std::size_t turn = number++ % all.size();
    for (const std::string& version : meets_all ? all : std::vector<std::string>{all[turn]}) {
      INFO(joined(systems) << " for " << version);
      files::MemoryTree tree;
      installed(tree, systems, version);
      CHECK_FALSE(installed(tree, std::nullopt, version, systems).changes());
    }
  }
}

TEST_CASE("a second init changes nothing where nobody recorded the first one") {
  std::size_t count = 0;
  for (const std::vector<std::string>& systems : all_subsets()) {
    if (++count % 4 != 0) continue;  // each costs two whole installations
    INFO(joined(systems));
    files::MemoryTree tree;
    const std::string version = count % 8 == 0 ? "" : "1.0.0";
    installed(tree, systems, version);
    CHECK_FALSE(installed(tree, std::nullopt, version).changes());
  }
}

TEST_CASE("what was installed is what the record says, as long as the entries are those of the record") {
  for (const std::vector<std::string>& systems : all_subsets()) {
    INFO(joined(systems));
    const std::string settings = *add_hooks("", hook_entries(binary, systems));
    if (!systems.empty()) CHECK(installed_systems(settings, systems) == systems);
  }
  // Somebody else added a system to a file that is shared, and took one away.
  const std::string settings = *add_hooks("", hook_entries(binary, {"memory", "tiers"}));
  CHECK(installed_systems(settings, {"memory"}) == std::vector<std::string>{"memory", "tiers"});
  CHECK(installed_systems(settings, {"memory", "gates"}) == std::vector<std::string>{"memory", "tiers"});
  CHECK(installed_systems("{}", {"memory"}).empty());
}

TEST_CASE("a system comes to those that are there, and `none` takes them out and names them") {
  files::MemoryTree tree;
  std::vector<std::string> recorded;
  const auto systems_after = [&](const std::vector<std::string>& wanted) {
    recorded = installed(tree, wanted, "", recorded).systems;
    return joined(recorded);
  };
  CHECK(systems_after({"repository", "leases"}) == "repository,leases");
  CHECK(systems_after({"playbooks", "leases"}) == "repository,leases,playbooks");
  const Plan plan = installed(tree, std::vector<std::string>{"none", "leases"}, "", recorded);
  CHECK(joined(plan.systems) == "leases");
  CHECK(joined(plan.dropped) == "repository,playbooks");
  CHECK(plan.gone.size() == 3);
  CHECK(installed(tree, std::vector<std::string>{"none"}, "").entries == hook_entries(binary));
}

TEST_CASE("every system hears all that it needs by its own entries, and nothing of it by the library's alone") {
  for (const policy::System& system : policy::systems()) {
    INFO(system.name);
    CHECK(unheard(system.name, hook_entries(binary, {std::string(system.name)})).empty());
    CHECK(unheard(system.name, hook_entries(binary)).empty() == (system.name == "past"));
  }
  for (const std::vector<std::string>& systems : all_subsets())
    for (const std::string& system : systems) CHECK(unheard(system, hook_entries(binary, systems)).empty());
}

TEST_CASE("entries that were edited by hand keep their systems") {
  std::string settings = *add_hooks("", hook_entries("/old/cascade", {"repository", "leases"}));
  for (std::size_t at = 0; (at = settings.find("\"timeout\": 30", at)) != std::string::npos;)
    settings.replace(at, 13, "\"timeout\": 60");
  CHECK(joined(installed_systems(settings)) == "leases,repository");
  for (std::size_t at = 0; (at = settings.find("^(?!(Glob|Grep|Read)$)", at)) != std::string::npos;)
    settings.replace(at, 22, "Bash|Edit");
  CHECK(unheard("repository", entries_in(settings)) == std::vector<std::string>{"PreToolUse"});
  CHECK(joined(installed_systems(settings, {"repository"})) == "repository");
}
