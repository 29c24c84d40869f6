#include "cli/verb_new.h"
#include "unit/validate_tree.h"

#include <catch2/catch.hpp>

namespace cascade::cli {
namespace {

std::string refusal(const std::string& kind, const std::string& name,
                    const std::optional<std::string>& description = {}) {
  const auto made = new_manifest(kind, name, description);
  return made ? "written: " + made->path : made.error().message + " (" + made.error().help + ")";
}

}  // namespace

TEST_CASE("what is written has no finding in any profile, beside others of its sort too") {
  for (const char* profile : {"agent-skills", "claude-code", "cascade"}) {
    test::ValidatedTree tree;
    tree.policy.profile = profile;
    for (const char* kind : {"skill", "agent", "command"})
      for (const char* name : {"change-notes", "a", "log-reader", "x2", "index-of-all-the-things-that-were-said"}) {
        const auto made = new_manifest(kind, std::string(name) + (kind[0] == 'c' ? "-run" : ""), {});
        REQUIRE(made);
        tree.file(made->path, made->text);
      }
    INFO(profile);
    CHECK(tree.told() == "");
  }
}

TEST_CASE("the place is that of its kind, a command's folders are part of its name") {
  CHECK(new_manifest("skill", "a-b", {})->path == "skills/a-b/SKILL.md");
  CHECK(new_manifest("agents", "a-b", {})->path == "agents/a-b.md");
  CHECK(new_manifest("command", "db/run-all", {})->path == "commands/db/run-all.md");
  CHECK(new_manifest("command", "db:run-all", {})->name == "db:run-all");
}

TEST_CASE("a description is put in quotes") {
  const auto made = new_manifest("skill", "notes", "Writes \"notes\": all of them, C:\\x too.\nUse when a\tday ends.");
  REQUIRE(made);
  CHECK(made->text.find("description: \"Writes \\\"notes\\\": all of them, C:\\\\x too. Use when a day ends.\"\n") !=
        std::string::npos);
}

TEST_CASE("hostile names are refused, with the nearest good one") {
  CHECK(refusal("skill", "PDF Tools") == "'PDF Tools' is not a valid name for a skill (as in pdf-tools)");
  CHECK(refusal("agent", "../../etc/passwd") ==
        "'../../etc/passwd' is not a valid name for an agent (as in etc-passwd)");
  CHECK(refusal("command", "../x") == "'../x' is not a valid name for a command (as in x)");
  CHECK(refusal("command", "/etc") == "'/etc' is not a valid name for a command (as in etc)");
  CHECK(refusal("skill", "") ==
        "'' is not a valid name for a skill (lower-case words of a to z and 0 to 9, joined by hyphens)");
  CHECK(refusal("skill", "grün") ==
        "'grün' is not a valid name for a skill (lower-case words of a to z and 0 to 9, joined by hyphens)");
  CHECK(refusal("skill", "a\nb\x1B[2J").find("is not a valid name for a skill") != std::string::npos);
  CHECK(refusal("skill", "a\nb").find('\n') == std::string::npos);
  CHECK(refusal("skill", std::string(1, '\0')).find("is not a valid name") != std::string::npos);
  CHECK(refusal("skill", "-x") == "'-x' is not a valid name for a skill (as in x)");
  CHECK(refusal("plugin", "x") == "there is no kind 'plugin' (one of skill, agent, command)");
}

TEST_CASE("what would have findings is refused") {
  CHECK(refusal("skill", "claude-helper").find("reserved") != std::string::npos);
  CHECK(refusal("command", "compact").find("/compact is a command of the client") != std::string::npos);
  CHECK(refusal("skill", std::string(65, 'a')).find("65 characters") != std::string::npos);
  CHECK(refusal("skill", "notes", "TODO").find("would not be valid") != std::string::npos);
  CHECK(refusal("skill", "notes", "") ==
        "the description is blank (leave --description out to get one made from the name)");
  CHECK(refusal("skill", "notes", " \n\t").find("is blank") != std::string::npos);
  CHECK(refusal("skill", "notes", "a\x01").find("control character") != std::string::npos);
}

}  // namespace cascade::cli
