#include <catch2/catch.hpp>

#include <cstdint>
#include <filesystem>
#include <fstream>

#include "client/built_in.h"
#include "init/installation.h"
#include "scratch_folder.h"
#include "syntax/json.h"
#include "unit/memory_tree.h"
#include "unit/seeded_random.h"

using namespace cascade;
using namespace cascade::init;

namespace {

const std::vector<HookEntry> one = {{"UserPromptSubmit", "", "\"/opt/cascade\" hook", 5}};
const std::vector<HookEntry> all = hook_entries("/opt/bin/cascade");

std::string added(const std::string& text, const std::vector<HookEntry>& entries = one) {
  auto result = add_hooks(text, entries);
  return result ? *result : result.error().path + ": " + result.error().message;
}
std::string removed(const std::string& text) {
  auto result = remove_hooks(text);
  return result ? *result : result.error().path + ": " + result.error().message;
}

// Settings as people have them: any keys, foreign hooks, odd white space.
class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_{seed} {}

  std::string settings() {
    compact_ = random_.below(4) == 0;
    unit_ = std::string(1 + random_.below(4), random_.below(5) == 0 ? '\t' : ' ');
    std::vector<std::string> members;
    const std::uint32_t count = random_.below(5);
    for (std::uint32_t i = 0; i < count; ++i) members.push_back("\"key" + std::to_string(i) + "\": " + value(2));
    if (random_.below(2) == 0) members.insert(members.begin() + random_.below(count + 1), "\"hooks\": " + hooks());
    if (random_.below(10) == 0) members.insert(members.begin(), "\"hooks\": " + hooks());  // the last one counts
    return dressed(container('{', '}', members, 0) + (random_.below(3) == 0 ? "" : "\n"));
  }

 private:
  // Line ends of another system, a byte order mark.
  std::string dressed(const std::string& text) {
    const bool returns = random_.below(5) == 0;
    std::string out = random_.below(8) == 0 ? "\xEF\xBB\xBF" : "";
    for (const char c : text) out += returns && c == '\n' ? "\r\n" : std::string(1, c);
    return out;
  }
  std::string indent(std::uint32_t depth) {
    if (compact_) return random_.below(2) == 0 ? "" : " ";
    std::string text = "\n";
    for (std::uint32_t i = 0; i < depth; ++i) text += unit_;
    return text;
  }
  std::string container(char open, char close, const std::vector<std::string>& parts, std::uint32_t depth) {
    std::string text(1, open);
    for (std::size_t i = 0; i < parts.size(); ++i) text += (i > 0 ? "," : "") + indent(depth + 1) + parts[i];
    return text + (parts.empty() ? "" : indent(depth)) + close;
  }
  std::string value(std::uint32_t depth) {
    switch (random_.below(6)) {
      case 0: return "true";
      case 1: return "-12.5e3";
      case 2: return "\"text with \\\"quotes\\\", {braces} and \xC3\xA9\"";
      case 3: return depth > 3 ? "[]" : container('[', ']', {value(depth + 1), value(depth + 1)}, depth);
      case 4: return depth > 3 ? "{}" : container('{', '}', {"\"a\": " + value(depth + 1)}, depth);
      default: return "null";
    }
  }
  std::string hooks() {
    std::vector<std::string> events;
    for (const char* event : {"SessionStart", "PreToolUse", "Stop"}) {
      if (random_.below(2) == 0) continue;
      std::vector<std::string> groups;
      for (std::uint32_t i = random_.below(3); i > 0; --i)
        groups.push_back(R"({"matcher": "Bash", "hooks": [{"type": "command", "command": "lint.sh"}]})");
      events.push_back("\"" + std::string(event) + "\": " + container('[', ']', groups, 2));
    }
    return container('{', '}', events, 1);
  }

  test::SeededRandom random_;
  bool compact_ = false;
  std::string unit_;
};

}  // namespace

TEST_CASE("a new file gets our entry in two-space indentation") {
  CHECK(added("") ==
        "{\n  \"hooks\": {\n    \"UserPromptSubmit\": [\n      {\n        \"hooks\": [\n          {\n"
        "            \"type\": \"command\",\n            \"command\": \"\\\"/opt/cascade\\\" hook\",\n"
        "            \"timeout\": 5\n          }\n        ]\n      }\n    ]\n  }\n}\n");
}

TEST_CASE("entries follow the text's own indentation and stay behind what is there") {
  CHECK(
      added("{\"model\": \"opus\"}") ==
      R"({"model": "opus", "hooks": {"UserPromptSubmit": [{"hooks": [{"type": "command", "command": "\"/opt/cascade\" hook", "timeout": 5}]}]}})");
  const std::string text =
      "{\n\t\"hooks\": {\n\t\t\"UserPromptSubmit\": [\n\t\t\t{\"hooks\": []}\n\t\t]\n\t},\n\t\"z\": 1\n}\n";
  CHECK(added(text).find("\t\t\t{\"hooks\": []},\n\t\t\t{\n\t\t\t\t\"hooks\": [\n") != std::string::npos);
  CHECK(removed(added(text)) == text);
}

TEST_CASE("adding twice changes nothing; another binary's entries are replaced") {
  const std::string once = added("{}\n", all);
  CHECK(added(once, all) == once);
  const std::string moved = added(once, hook_entries("/new/cascade"));
  CHECK(moved.find("/opt/bin") == std::string::npos);
  CHECK(moved.find("/new/cascade") != std::string::npos);
  CHECK(removed(moved) == "{}\n");
}

TEST_CASE("what others put in between stays when ours go") {
  const std::string text = added("{\n  \"a\": 1\n}\n", all);
  const std::string edited = text.substr(0, text.rfind("}\n"));
  std::string later = edited.substr(0, edited.rfind('\n')) + ",\n  \"b\": 2\n}\n";
  CHECK(removed(later) == "{\n  \"a\": 1,\n  \"b\": 2\n}\n");
  const std::string mixed =
      R"({"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "/x/cascade hook"}, {"type": "command", "command": "say done"}]}]}})";
  CHECK(removed(mixed) == R"({"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "say done"}]}]}})");
}

TEST_CASE("only commands that run cascade hook are ours") {
  CHECK(runs_cascade("\"/a b/cascade\" hook"));
  CHECK(runs_cascade("/usr/bin/cascade hook --off"));
  CHECK(runs_cascade("cascade hook"));
  CHECK(runs_cascade("C:/Tools/cascade.exe hook"));
  CHECK(runs_cascade("\"C:/My Tools/cascade.exe\" guard"));
  CHECK_FALSE(runs_cascade("cascade hooks"));
  CHECK_FALSE(runs_cascade("my-cascade hook"));
  CHECK_FALSE(runs_cascade("echo cascade hook"));
  CHECK_FALSE(runs_cascade("\"/x/cascade\""));
  CHECK_FALSE(runs_cascade(""));
}

TEST_CASE("a path of Windows is quoted only where it must be, for PowerShell does not run what is quoted") {
  const client::Dialect& client = client::usual_dialect();
  CHECK(hook_command(client, "C:/Tools/cascade.exe") == "C:/Tools/cascade.exe hook");
  CHECK(hook_command(client, "C:/PROGRA~1/cascade.exe") == "C:/PROGRA~1/cascade.exe hook");
  CHECK(hook_command(client, "C:/My Tools/cascade.exe") == "\"C:/My Tools/cascade.exe\" hook");
  CHECK(hook_command(client, "C:/a&b/cascade.exe") == "\"C:/a&b/cascade.exe\" hook");
  CHECK(hook_command(client, "/opt/cascade") == "\"/opt/cascade\" hook");
}

TEST_CASE("settings that are no JSON object, or whose hooks have another shape, are left alone") {
  CHECK(added("[1]") == "1:1: the settings are not an object");
  CHECK(added("{\"a\": }").rfind("1:", 0) == 0);
  CHECK(added("{\"hooks\": 7}") == "1:11: \"hooks\" is not an object");
  CHECK(added("{\"hooks\": {\"UserPromptSubmit\": {}}}") == "1:32: \"UserPromptSubmit\" is not a list");
}

TEST_CASE("hooks of a shape that nobody expects are read without harm") {
  for (const char* text :
       {R"({"hooks": [1]})", R"({"hooks": [{"hooks": [{"command": "cascade hook"}]}]})", R"({"hooks": 1})",
        R"({"hooks": {"Stop": {"hooks": [1]}}})", R"({"hooks": {"Stop": [[1]]}})"}) {
    INFO(text);
    CHECK(hooked_programs(text).empty());
    CHECK(removed(text) == text);
    CHECK_FALSE(added(text).empty());
  }
  CHECK(added(R"({"hooks": [1]})") == "1:11: \"hooks\" is not an object");
}

TEST_CASE("250 generated settings: added, valid, idempotent, and restored byte for byte by way of the backup") {
  for (std::uint64_t seed = 1; seed <= 250; ++seed) {
    const std::string before = Generator(seed).settings();
    INFO(before);
    files::MemoryTree tree;
    tree.write("/s.json", before);
    auto plan = plan_installation(tree, "/s.json", "/opt/bin/cascade");
    REQUIRE(plan);
    REQUIRE(plan->backup == before);
    CHECK(syntax::parse_json(*plan->after).complete);
    CHECK(added(*plan->after, all) == *plan->after);
    tree.write("/s.json", *plan->after);
    tree.write("/s.json.cascade-backup", *plan->backup);
    auto removal = plan_removal(tree, "/s.json", "/opt/bin/cascade");
    REQUIRE(removal);
    CHECK(removal->after == before);
  }
}

TEST_CASE("without a backup the text is restored too, unless an empty list or object stood where our entries went") {
  int exact = 0;
  for (std::uint64_t seed = 1; seed <= 250; ++seed) {
    const std::string before = Generator(seed).settings();
    const std::string after = removed(added(before, all));
    const bool had_empty = before.find("[]") != std::string::npos || before.find("\"hooks\": {}") != std::string::npos;
    INFO(before);
    if (!had_empty) CHECK(after == before);
    exact += after == before ? 1 : 0;
  }
  CHECK(exact > 150);
}

TEST_CASE("a file that only held our entries goes, programs in temporary folders are refused") {
  files::MemoryTree tree;
  tree.write("/other", "");
  auto plan = plan_installation(tree, "/s.json", "/opt/bin/cascade");
  REQUIRE(plan);
  CHECK_FALSE(plan->backup);
  tree.write("/s.json", *plan->after);
  CHECK_FALSE(plan_removal(tree, "/s.json", "/opt/bin/cascade")->after);
  CHECK(plan_installation(tree, "/s.json", "/tmp/x/cascade").error().code == ErrorCode::misuse);
  CHECK(plan_installation(tree, "/tmp/home/s.json", "/tmp/x/cascade"));  // what vanishes together is no risk
  CHECK(plan_installation(tree, "/s.json", "cascade").error().code == ErrorCode::misuse);
}

// The entry skill beside the settings.

TEST_CASE("the entry skill is written, and taken away without a trace") {
  const test::ScratchFolder scratch;
  const files::DiskTree tree;
  const EntryPlan plan = init::plan_entry(tree, scratch.path, true);
  CHECK(plan.step == EntryPlan::Step::write);
  REQUIRE(init::carry_out(plan));
  CHECK(*tree.read(scratch.path + "/skills/cascade/SKILL.md", 10'000) == client::entry_skill_text());
  CHECK(init::plan_entry(tree, scratch.path, true).step == EntryPlan::Step::keep);
  REQUIRE(init::carry_out(init::plan_entry(tree, scratch.path, false)));
  CHECK(std::filesystem::is_empty(scratch.path));
  CHECK(init::plan_entry(tree, scratch.path, false).step == EntryPlan::Step::keep);
}

TEST_CASE("somebody's own skill of that name, and other skills, stay") {
  const test::ScratchFolder scratch;
  const files::DiskTree tree;
  std::filesystem::create_directories(scratch.path + "/skills/cascade");
  std::filesystem::create_directories(scratch.path + "/skills/other");
  std::ofstream(scratch.path + "/skills/cascade/SKILL.md") << "mine";
  for (const EntryPlan& plan :
       {init::plan_entry(tree, scratch.path, true), init::plan_entry(tree, scratch.path, false)}) {
    CHECK(plan.step == EntryPlan::Step::foreign);
    REQUIRE(init::carry_out(plan));
  }
  CHECK(*tree.read(scratch.path + "/skills/cascade/SKILL.md", 100) == "mine");
}

// The lines by which `init --with` switches systems on.

TEST_CASE("a file without systems gets a line of them, and everything in it stays") {
  CHECK(switch_on("", {"memory"}).text == "systems: { memory: on }\n");
  CHECK(switch_on("# mine\nbudget: 4000", {"memory"}).text == "# mine\nbudget: 4000\nsystems: { memory: on }\n");
  CHECK(switch_on("# mine\n", {"memory", "tiers"}).text == "# mine\nsystems: { tiers: on, memory: on }\n");
}

TEST_CASE("a map of systems gets an entry in the form that it has") {
  CHECK(switch_on("systems: { tools: warn }  # why\n", {"memory"}).text ==
        "systems: { memory: on, tools: warn }  # why\n");
  CHECK(switch_on("systems:\n  # loose\n  tools: warn\nbudget: 1%\n", {"memory"}).text ==
        "systems:\n  # loose\n  memory: on\n  tools: warn\nbudget: 1%\n");
  CHECK(switch_on("systems:\r\n    tools: warn\r\n", {"memory"}).switched == std::vector<std::string>{"memory"});
}

TEST_CASE("a system that is on in any way, or without a line, needs none") {
  const SwitchEdit edit = switch_on("systems: { effects: shadow }\n", {"effects", "gates"});
  CHECK(edit.text == "systems: { effects: shadow }\n");
  CHECK(edit.switched.empty());
  CHECK(edit.left.empty());
}

TEST_CASE("what somebody switched off, and what cannot be read, is left to its owner") {
  for (const char* text : {"systems: { memory: off }\n", "systems: [memory]\n", "systems: on\n", "systems:\n", "a: [\n",
                           "- list\n", "systems: {}\n", "systems: &s { memory: off }\nother: *s\n"}) {
    INFO(text);
    const SwitchEdit edit = switch_on(text, {"memory"});
    CHECK(edit.text == text);
    CHECK(edit.left == std::vector<std::string>{"memory"});
  }
}
