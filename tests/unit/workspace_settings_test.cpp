// settings.tsv against the readers, and what is told of settings that nobody obeys.
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "memory_tree.h"
#include "policy/policy.h"
#include "policy/setting.h"
#include "workspace/configuration.h"

using namespace cascade;
using namespace cascade::workspace;

namespace {

using Names = std::set<std::string>;

std::vector<std::string> parts_of(std::string_view key) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= key.size();) {
    const std::size_t end = std::min(key.find('.', begin), key.size());
    parts.emplace_back(key.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

bool is_placeholder(const std::string& part) { return part == "NAME" || part == "MODEL"; }

// The keys of the table directly below a prefix ("" or "limits.").
Names children(const std::string& prefix) {
  Names names;
  for (const policy::Setting& setting : policy::settings())
    if (setting.key.substr(0, prefix.size()) == prefix)
      names.insert(parts_of(setting.key.substr(prefix.size())).front());
  return names;
}

// "low", "normal" and "high" of "low | normal | high"; none of what is not said in single words.
std::vector<std::string> closed_values(const policy::Setting& setting) {
  std::vector<std::string> words;
  constexpr std::string_view bar = " | ";
  for (std::size_t begin = 0; begin <= setting.values.size();) {
    const std::size_t end = std::min(setting.values.find(bar, begin), setting.values.size());
    words.emplace_back(setting.values.substr(begin, end - begin));
    if (words.back().find(' ') != std::string::npos) return {};
    begin = end + bar.size();
  }
  return words.size() > 1 ? words : std::vector<std::string>();
}

// The example of a setting with another word as its value.
std::string with_value(const policy::Setting& setting, const std::string& word) {
  std::string line(setting.example);
  const std::string last = parts_of(setting.key).back(), key = is_placeholder(last) ? "\"deploy-*\": " : last + ": ";
  const std::size_t begin = line.rfind(key);
  if (begin == std::string::npos) return line;
  const std::size_t value = begin + key.size(), end = std::min(line.find_first_of(", }", value), line.size());
  return line.replace(value, end - value, word);
}

// "limits." as `limits: { zzz: on }`.
std::string with_unknown_key(const std::string& prefix) {
  if (prefix == "ignore.") return "ignore: [{ path: a, zzz: on }]";
  std::string text = "zzz: on";
  std::vector<std::string> parts = parts_of(prefix);
  parts.pop_back();
  for (auto part = parts.rbegin(); part != parts.rend(); ++part)
    text = *part + ": " + (part == parts.rbegin() ? "{ " : "{ ") + text + " }";
  return text;
}

// What a fault lists behind "known keys: ".
Names listed_in(const std::string& help) {
  Names names;
  const std::size_t colon = help.find(": ");
  for (std::size_t begin = colon + 2; colon != std::string::npos && begin < help.size();) {
    const std::size_t end = std::min(help.find(", ", begin), help.size());
    names.insert(help.substr(begin, end - begin));
    begin = end + 2;
  }
  return names;
}

std::vector<std::string> told(const files::Tree& tree, const std::string& directory = "/home/u/p") {
  SettingPlaces places;
  places.directories = {directory};
  places.users_file = "/home/u/.config/cascade/cascade.yaml";
  places.home = "/home/u";
  std::vector<std::string> lines;
  for (const Diagnostic& fault : setting_faults(tree, places)) lines.push_back(fault_line(fault));
  return lines;
}

}  // namespace

TEST_CASE("what the table of settings has is taken by the readers, and shown by its example") {
  for (const policy::Setting& setting : policy::settings()) {
    INFO(setting.key);
    const Configuration read = read_configuration(setting.example, "cascade.yaml", "/p", "/home/u");
    for (const Error& fault : read.faults) FAIL_CHECK(fault.message);
    REQUIRE(read.keys.size() == 1);
    CHECK(read.keys.front().first == setting.outermost());
    const std::string last = parts_of(setting.key).back();  // NAME: one that the user gives
    CHECK((last == "NAME" || setting.example.find(last + ":") != std::string::npos));
    CHECK_FALSE((setting.values.empty() || setting.usual.empty() || setting.meaning.empty() || setting.topic.empty()));
  }
}

TEST_CASE("of a closed set of values the readers take what the table has, and nothing else") {
  std::size_t closed = 0;
  for (const policy::Setting& setting : policy::settings()) {
    const std::vector<std::string> words = closed_values(setting);
    closed += words.empty() ? 0 : 1;
    for (const std::string& word : words) {
      INFO(with_value(setting, word));
      CHECK(read_configuration(with_value(setting, word), "cascade.yaml", "/p").faults.empty());
    }
    INFO(with_value(setting, "banana"));
    if (!words.empty())
      CHECK(read_configuration(with_value(setting, "banana"), "cascade.yaml", "/p").faults.size() == 1);
  }
  CHECK(closed > 10);
}

TEST_CASE("what the readers take is in the table of settings") {
  Names prefixes = {""};
  for (const policy::Setting& setting : policy::settings())
    for (std::size_t dot = setting.key.find('.'); dot != std::string::npos; dot = setting.key.find('.', dot + 1))
      prefixes.insert(std::string(setting.key.substr(0, dot + 1)));
  for (const std::string& prefix : prefixes) {
    const Names known = children(prefix);
    if (std::any_of(known.begin(), known.end(), is_placeholder)) continue;
    INFO(prefix);
    const Configuration read = read_configuration(with_unknown_key(prefix), "cascade.yaml", "/p");
    REQUIRE(read.faults.size() == 1);
    CHECK(listed_in(read.faults.front().help) == known);
  }
}

TEST_CASE("a fault leaves out its outermost key, and no other") {
  const Configuration read = read_configuration(
      "budget: 4000\nlimits: { max_depth: many, bundle_budget: 2 }\nbudgt: 1\ncaution: high\nmodel: opsu\n",
      "cascade.yaml", "/p");
  CHECK(read.preferences.budget.tokens == 4000);
  CHECK(read.preferences.caution == "high");
  CHECK(read.preferences.model.empty());
  CHECK(read.policy.limits.bundle_budget == RuleLimits().bundle_budget);
  CHECK(read.policy.limits.max_depth == RuleLimits().max_depth);
  REQUIRE(read.faults.size() == 3);
  CHECK(read.faults[1].path == "cascade.yaml:3:1");
}

TEST_CASE("who judges nothing goes on with the systems that can be read; the guard does not") {
  files::MemoryTree tree;
  const std::string own = "/home/u/.config/cascade/cascade.yaml";
  tree.write(own, "systems: { tools: warn, repositry: block }\n");
  tree.write("/p/cascade.yaml", "store: sqlite\nsystems: { tools: block }\n");
  CHECK_FALSE(policy::read_policy(tree, own, "/p"));
  const policy::Policy read = policy::readable_policy(tree, own, "/p");
  CHECK(read.mode_of("tools") == policy::Mode::block);
  CHECK(read.store.empty());
  CHECK_FALSE(policy::store_of(read));
}

TEST_CASE("what belongs to a system that is not built in is told, and stops nothing") {
  for (const policy::KnownName& known : policy::known_systems) {
    const std::string name(known.name);
    INFO(name);
    files::MemoryTree tree;
    tree.write("/home/u/p/cascade.yaml", "systems: { " + name + ": on }\n");
    const bool is_built = policy::find_system(name) != nullptr;
    const std::vector<std::string> lines = told(tree);
    const bool is_said = std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
      return line.find("cascade.yaml:1:12") != std::string::npos &&
             line.find(name + " has no effect: this cascade is built without " + std::string(known.folder)) !=
                 std::string::npos;
    });
    CHECK(is_said == !is_built);
    CHECK(read_configuration("systems: { " + name + ": on }\n", "cascade.yaml", "/p").faults.empty());
  }
  for (const policy::KnownName& key : policy::known_keys) {
    INFO(key.name);
    if (policy::find_setting(key.name) != nullptr) continue;
    const Configuration read = read_configuration(std::string(key.name) + ": 1\n", "cascade.yaml", "/p");
    CHECK(read.faults.empty());
    REQUIRE(read.left_out.size() == 1);
    CHECK(read.left_out.front().folder == key.folder);
  }
}

TEST_CASE("a key that has no effect is told, with the file where it has one") {
  files::MemoryTree tree;
  tree.write("/home/u/.config/cascade/cascade.yaml", "budget: 4000\nsystems: { tools: on }\nexplore: 2%\n");
  tree.write("/home/u/p/cascade.yaml", "learn: on\ncaution: high\n");
  CHECK(told(tree) ==
        std::vector<std::string>{
            "/home/u/.config/cascade/cascade.yaml:1:1: budget has no effect in your own file; write it into the "
            "cascade.yaml of a project",
            "/home/u/.config/cascade/cascade.yaml:3:1: explore has no effect: it is no longer read; take the line out",
            "/home/u/p/cascade.yaml:1:1: learn has no effect: it is no longer read; take the line out"});
}

TEST_CASE("a file under a name or in a folder that nobody reads is told") {
  files::MemoryTree tree;
  for (const char* path :
       {"/home/u/p/cascade.yml", "/home/u/p/.claude/cascade.prompts", "/home/u/p/.claude/cascade.yaml",
        "/home/u/.config/cascade/Cascade.yaml", "/home/u/.claude/cascade.prompts"})
    tree.write(path, "x\n");
  const std::vector<std::string> lines = told(tree, "/home/u/p");
  REQUIRE(lines.size() == 4);  // the user's own folder is a library, where prompts are read
  CHECK(lines[0] == "/home/u/.config/cascade/Cascade.yaml: is not read under this name; call it cascade.yaml");
  CHECK(lines[1] == "/home/u/p/cascade.yml: is not read under this name; call it cascade.yaml");
  CHECK(lines[2] == "/home/u/p/.claude/cascade.yaml: is not read there; move it to /home/u/p/cascade.yaml");
  CHECK(lines[3] == "/home/u/p/.claude/cascade.prompts: is not read there; move it to /home/u/p/cascade.prompts");
}

TEST_CASE("what is read at every prompt tells of keys, and looks for no other file") {
  files::MemoryTree tree;
  tree.write("/home/u/p/cascade.yml", "x\n");
  tree.write("/home/u/.config/cascade/Cascade.yaml", "x\n");
  tree.write("/home/u/.config/cascade/cascade.yaml", "budgt: 1\n");
  SettingPlaces places;
  places.directories = {"/home/u/p"};
  places.users_file = "/home/u/.config/cascade/cascade.yaml";
  places.home = "/home/u";
  const std::vector<Diagnostic> problems = {setting_fault(Severity::error, "/home/u/p/cascade.yaml:1:1", "no", "")};
  const std::vector<Diagnostic> read = read_setting_faults(tree, places, problems);
  REQUIRE(read.size() == 2);
  CHECK(read[0].at.path == "/home/u/.config/cascade/cascade.yaml:1:1");
  CHECK(read[1].at.path == "/home/u/p/cascade.yaml:1:1");
  CHECK(setting_faults(tree, places, problems).size() == 4);
}

TEST_CASE("folders above a session are looked at up to the top of the repository") {
  files::MemoryTree tree;
  tree.write("/home/u/cascade.yml", "x\n");
  tree.write("/home/u/p/cascade.yml", "x\n");
  tree.write("/home/u/p/.git/HEAD", "x\n");
  tree.write("/home/u/p/a/b/x", "x\n");
  CHECK(told(tree, "/home/u/p/a/b").size() == 1);
}

TEST_CASE("what a project may not say before it is allowed is told with the command that allows it") {
  files::MemoryTree tree;
  tree.write("/home/u/p/cascade.yaml", "store: postgresql://db.example/cascade\nmodel: opus\n");
  CHECK(told(tree) == std::vector<std::string>{"/home/u/p/cascade.yaml: store: not obeyed before you allow it; "
                                               "read it, then: cascade allow /home/u/p/cascade.yaml"});
}

TEST_CASE("a file that is not YAML, a folder in its place and roots that are not there are faults") {
  files::MemoryTree tree;
  tree.write("/home/u/p/cascade.yaml", "budget: [\n");
  CHECK(told(tree).size() == 1);
  tree.write("/home/u/p/cascade.yaml", "roots: [lib, gone]\n");
  tree.write("/home/u/p/lib/skills/a/SKILL.md", "x\n");
  CHECK(told(tree) == std::vector<std::string>{"/home/u/p/gone: the root does not exist; give an existing folder to "
                                               "'roots' of /home/u/p/cascade.yaml"});
}
