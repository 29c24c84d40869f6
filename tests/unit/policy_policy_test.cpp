#include <algorithm>
#include <catch2/catch.hpp>

#include "policy/policy.h"
#include "policy/setting.h"
#include "policy_files.h"

using namespace cascade;
using namespace cascade::policy;
using test::Files;

TEST_CASE("a system that is not named is off") {
  CHECK(Files("", "").read() == "off off");
  CHECK(Files("model: opus\n", "roots: [.]\n").read() == "off off");
}

TEST_CASE("a project tightens and never loosens") {
  CHECK(Files("systems: { tools: warn }\n", "systems: { tools: block }\n").read() == "off block");
  CHECK(Files("systems: { tools: block }\n", "systems: { tools: off }\n").read() == "off block");
  CHECK(Files("systems: { tools: on }\n", "").read() == "off block");
}

TEST_CASE("the user's own file takes the line off the screen, and a project's decides nothing for others") {
  const auto announces = [](const std::string& users, const std::string& projects) {
    const Files files(users, projects);
    return read_policy(files.tree, "/home/.config/cascade/cascade.yaml", "/w/app/src")->announces;
  };
  CHECK(announces("", ""));
  CHECK_FALSE(announces("announce: off\n", "systems: { tools: warn }\n"));
  CHECK(announces("announce: on\n", "announce: off\n"));  // the workspace's preferences have that
}

TEST_CASE("what cannot be read is a fault with its place") {
  CHECK(Files("", "systems: { tools: maybe }\n").read() == "/w/cascade.yaml:1:19: \"maybe\" is not a mode");
  CHECK(Files("systems: { repositry: on }\n", "").read() ==
        "/home/.config/cascade/cascade.yaml:1:12: there is no system \"repositry\"");
  CHECK(Files("", "systems: [\n").read().rfind("/w/cascade.yaml:", 0) == 0);
}

TEST_CASE("a project's file that would take long to read is refused") {
  CHECK(Files("", "systems: { tools: warn }\nx: " + std::string(100'000, '[')).read().find("more than") !=
        std::string::npos);
}

TEST_CASE("of every system there is a mode, by the name that is listed; one that is not built in is off") {
  for (std::size_t i = 0; i < std::size(known_systems); ++i) {
    const std::string name(known_systems[i].name);
    INFO(name);
    const System* const system = find_system(name);
    CHECK(left_out(name) == (system == nullptr ? known_systems[i].folder : ""));
    const auto read = Files("systems: { " + name + ": on }\n", "").policy();
    REQUIRE(read);
    CHECK(read->modes[i] == (system == nullptr ? Mode::off : system->on));
    CHECK(Policy().modes[i] == (system == nullptr ? Mode::off : system->usual));
    if (system != nullptr) CHECK(system->mode.at == i);
    if (system != nullptr && system->guards && system->on != Mode::off) CHECK_FALSE(read->is_off());
  }
  for (const System& system : systems())
    CHECK(std::any_of(std::begin(known_systems), std::end(known_systems),
                      [&](const KnownName& known) { return known.name == system.name; }));
  CHECK(left_out("repositry").empty());
}

TEST_CASE("a key of a system that is not built in is no fault, whatever it holds") {
  for (const KnownName& key : known_keys) {
    INFO(key.name);
    CHECK(left_out_with_key(key.name) == (find_setting(key.name) == nullptr ? key.folder : ""));
    if (find_setting(key.name) == nullptr) CHECK(Files(std::string(key.name) + ": { x: y }\n", "").policy());
  }
  CHECK(left_out_with_key("budgt").empty());
}

TEST_CASE("a key holds calls by name if its rows are those of patterns alone") {
  for (const Setting& setting : settings())
    if (holds_named_calls(setting.outermost())) {
      INFO(setting.key);
      CHECK((setting.key.ends_with(".NAME.bash") || setting.key.ends_with(".NAME.tools")));
      CHECK(setting.values == "a list of patterns");
    }
  CHECK_FALSE(holds_named_calls("effects"));  // which has more
  CHECK_FALSE(holds_named_calls("systems"));
}
