// Every documented way in which a client's user says no, as its file has it.
#include "client/switches.h"
#include "memory_tree.h"

#include <catch2/catch.hpp>

namespace cascade {
namespace {

files::MemoryTree tree_of(std::initializer_list<std::pair<const char*, const char*>> files) {
  files::MemoryTree tree;
  for (const auto& [path, text] : files) tree.write(path, text);
  return tree;
}

struct Way {
  const char *client, *path, *text;
  Kind kind;
  const char* name;
  const char* plugin = "";
  const char* said = "";  // of the rule that says no; empty: none does
};

client::Subject subject_of(const Way& way) {
  const std::string name = way.name;
  std::string path =
      way.kind == Kind::skill ? "/w/p/.x/skills/" + name + "/SKILL.md" : "/w/p/.x/agents/" + name + ".md";
  return {way.kind, way.name, way.plugin, std::move(path)};
}

std::string asked(const Way& way) {
  const files::MemoryTree tree = tree_of({{"/w/p/.git/HEAD", "ref: refs/heads/main\n"}, {way.path, way.text}});
  const auto all = client::read_switches(tree, client::user_place("/home/u", std::nullopt, ""), "/w/p");
  const client::SwitchRule* no = client::find_no(all, way.client, subject_of(way));
  if (no == nullptr) return {};
  CHECK(no->file == way.path);
  return (no->means == client::SwitchMeans::by_name ? "by name: " : "") + no->said;
}

constexpr const char *claude = "/w/p/.claude/settings.json", *claude_local = "/w/p/.claude/settings.local.json",
                     *claude_user = "/home/u/.claude/settings.json", *codex = "/home/u/.codex/config.toml",
                     *gemini = "/w/p/.gemini/settings.json", *gemini_user = "/home/u/.gemini/settings.json",
                     *places = "/home/u/.gemini/extensions/extension-enablement.json",
                     *copilot = "/home/u/.copilot/settings.json", *opencode = "/w/p/opencode.json",
                     *opencode_user = "/home/u/.config/opencode/opencode.json";

TEST_CASE("each way to say no is heard, and what looks like it is not", "[switches]") {
  constexpr Kind skill = Kind::skill, agent = Kind::agent, command = Kind::command;
  const Way ways[] = {
      {"claude", claude, R"j({"permissions":{"deny":["Skill(x)"]}})j", skill, "x", "", "permissions.deny: Skill(x)"},
      {"claude", claude, R"j({"permissions":{"deny":["Skill(x)"]
  }
})j",
       skill, "xy"},
      {"claude", claude_local, R"j({"permissions":{"deny":["Skill(x *)"]
}
})j",
       skill, "x", "", "permissions.deny: Skill(x *)"},
      {"claude", claude_user, R"j({"permissions":{"deny":["Skill(dep:*)"]
}
})j",
       skill, "deploy", "", "permissions.deny: Skill(dep:*)"},
      {"claude", claude, R"j({"permissions":{"deny":["Skill"]}})j", skill, "x", "", "permissions.deny: Skill"},
      {"claude", claude, R"j({"permissions":{"deny":["Skill"]}})j", command, "x", "", "permissions.deny: Skill"},
      {"claude", claude, R"j({"permissions":{"deny":["Skill"]}})j", agent, "x"},
      {"claude", claude, R"j({"permissions":{"deny":["Skill(*)"]
}
})j",
       skill, "x", "", "permissions.deny: Skill(*)"},
      {"claude", claude, R"j({"permissions":{"deny":["Skill(/x)"]
}
})j",
       command, "x", "", "permissions.deny: Skill(/x)"},
      {"claude", claude, R"j({"permissions":{"deny":["SlashCommand(x)"]
}
})j",
       command, "x", "", "permissions.deny: SlashCommand(x)"},
      {"claude", claude, R"j({"permissions":{"deny":["Skill(tools:x)"]
}
})j",
       skill, "tools:x", "tools", "permissions.deny: Skill(tools:x)"},
      {"claude", claude, R"j({"permissions":{"deny":["Agent(rev)"]
}
})j",
       agent, "rev", "", "permissions.deny: Agent(rev)"},
      {"claude", claude, R"j({"permissions":{"deny":["Task(rev)"]
}
})j",
       agent, "rev", "", "permissions.deny: Task(rev)"},
      {"claude", claude, R"j({"permissions":{"deny":["Agent(rev)"]
}
})j",
       skill, "rev"},
      {"claude", claude, R"j({"permissions":{"allow":["Skill(x)"],"ask":["Skill(x)"]
}
})j",
       skill, "x"},
      {"claude", claude, R"j({"permissions":{"deny":["Bash(x)","Read(./x)"]
}
})j",
       skill, "x"},
      {"codex", codex, "[[skills.config]]\nname = \"x\"\nenabled = false\n", skill, "x", "",
       "skills.config: name = x, enabled = false"},
      {"codex", codex, "[[skills.config]]\npath = \"/w/p/.x/skills/x/SKILL.md\"\nenabled = false\n", skill, "x", "",
       "skills.config: path = /w/p/.x/skills/x/SKILL.md, enabled = false"},
      {"codex", codex, "[[skills.config]]\npath = \"/w/p/.x/skills/x\"\nenabled = false\n", skill, "x", "",
       "skills.config: path = /w/p/.x/skills/x, enabled = false"},
      {"codex", codex, "[[skills.config]]\nname = \"x\"\nenabled = true\n", skill, "x"},
      {"codex", codex,
       "[[skills.config]]\nname = \"x\"\nenabled = false\n[[skills.config]]\nname = \"x\"\nenabled = true\n", skill,
       "x"},
      {"codex", codex, "[skills]\ninclude_instructions = false\n", skill, "x", "",
       "by name: skills.include_instructions: false"},
      {"codex", codex, "[plugins.\"acme@market\"]\nenabled = false\n", skill, "x", "acme",
       "plugins.acme@market.enabled: false"},
      {"codex", codex, "[plugins.\"acme@market\"]\nenabled = false\n", skill, "acme"},
      {"gemini", gemini, R"j({"skills":{"disabled":["x"]}})j", skill, "x", "", "skills.disabled: x"},
      {"gemini", gemini_user, "{ // mine\n \"skills\":{\"disabled\":[\"X\"]}}", skill, "x", "", "skills.disabled: X"},
      {"gemini", gemini, R"j({"skills":{"enabled":false}})j", skill, "x", "", "skills.enabled: false"},
      {"gemini", gemini, R"j({"admin":{"skills":{"enabled":false}}})j", skill, "x", "", "admin.skills.enabled: false"},
      {"gemini", gemini, R"j({"extensions":{"disabled":["harbour"]}})j", skill, "x", "harbour",
       "extensions.disabled: harbour"},
      {"gemini", gemini, R"j({"agents":{"overrides":{"rev":{"enabled":false}}}})j", agent, "rev", "",
       "agents.overrides.rev.enabled: false"},
      {"gemini", gemini, R"j({"experimental":{"enableAgents":false}})j", agent, "rev", "",
       "experimental.enableAgents: false"},
      {"gemini", places, R"j({"harbour":{"overrides":["/w/*","!/w/p/"]}})j", skill, "x", "harbour",
       "harbour.overrides: !/w/p/"},
      {"gemini", places, R"j({"harbour":{"overrides":["!/w/*","/w/p/"]}})j", skill, "x", "harbour"},
      {"gemini", places, R"j({"harbour":{"overrides":["!/other/*"]}})j", skill, "x", "harbour"},
      {"copilot", copilot, R"j({"disabledSkills":["x"]})j", skill, "x", "", "disabledSkills: x"},
      {"copilot", copilot, R"j({"enabledPlugins":{"acme@market":false}})j", skill, "x", "acme",
       "enabledPlugins.acme@market: false"},
      {"opencode", opencode, R"j({"permission":{"skill":"deny"}})j", skill, "x", "", "permission.skill: deny"},
      {"opencode", opencode, R"j({"permission":{"skill":{"x":"deny"}}})j", skill, "x", "", "permission.skill.x: deny"},
      {"opencode", opencode_user, R"j({"permission":{"skill":{"*":"deny","moor-*":"allow"}}})j", skill, "x", "",
       "permission.skill.*: deny"},
      {"opencode", opencode, R"j({"permission":{"skill":{"*":"deny","moor-*":"allow"}}})j", skill, "moor-boat"},
      {"opencode", opencode, R"j({"permission":{"skill":{"x":"ask"}}})j", skill, "x"},
      {"opencode", opencode, R"j({"permission":"deny"})j", skill, "x", "", "permission: deny"},
      {"opencode", opencode, R"j({"permission":{"*":"deny","skill":"allow"}})j", skill, "x"},
      {"opencode", opencode, R"j({"permission":{"*":"deny"}})j", skill, "x", "", "permission.*: deny"},
      {"opencode", opencode, R"j({"permission":{"task":{"rev":"deny"}}})j", agent, "rev", "",
       "permission.task.rev: deny"},
      {"opencode", opencode, R"j({"tools":{"skill":false},})j", skill, "x", "", "tools.skill: false"},
      {"opencode", opencode, R"j({"tools":{"task":false}})j", agent, "rev", "", "tools.task: false"},
      {"opencode", opencode, R"j({"agent":{"rev":{"disable":true}}})j", agent, "rev", "", "agent.rev.disable: true"},
      {"opencode", opencode, R"j({"agent":{"rev":{"disable":false}}})j", agent, "rev"},
      {"gemini", gemini, "{ broken", skill, "x"},
      {"codex", codex, "[[skills.config\nname=", skill, "x"},
  };
  for (const Way& way : ways) {
    INFO(way.client << " " << way.path << " " << way.text << " " << way.name);
    CHECK(asked(way) == way.said);
  }
}

TEST_CASE("a later file replaces what an earlier one says, where the client reads it so", "[switches]") {
  const client::UserPlace user = client::user_place("/home/u", std::nullopt, "");
  const client::Subject x{Kind::skill, "x", "", "/w/p/.opencode/skills/x/SKILL.md"};
  const auto no = [&](const files::MemoryTree& tree, std::string_view client) {
    const auto all = client::read_switches(tree, user, "/w/p/deep");
    const client::SwitchRule* rule = client::find_no(all, client, x);
    return rule == nullptr ? std::string() : rule->file;
  };
  const files::MemoryTree loosened =
      tree_of({{"/w/p/.git/HEAD", ""},
               {"/home/u/.config/opencode/opencode.json", R"j({"permission":{"skill":"deny"}})j"},
               {"/w/p/opencode.json", R"j({"permission":{"skill":{"x":"allow"}}})j"}});
  CHECK(no(loosened, "opencode").empty());
  const files::MemoryTree joined = tree_of({{"/w/p/.git/HEAD", ""},
                                            {"/home/u/.gemini/settings.json", R"j({"skills":{"disabled":["x"]}})j"},
                                            {"/w/p/.gemini/settings.json", R"j({"skills":{"disabled":[]}})j"}});
  CHECK(no(joined, "gemini") == "/home/u/.gemini/settings.json");
  const files::MemoryTree outside =
      tree_of({{"/w/p/.git/HEAD", ""}, {"/w/opencode.json", R"j({"permission":"deny"})j"}});
  CHECK(no(outside, "opencode").empty());  // above the repository nothing counts
}

TEST_CASE("trust in a folder is read from the record of each client", "[switches]") {
  const client::UserPlace user = client::user_place("/home/u", std::nullopt, "");
  const auto trusts = [&](const char* path, const char* text) {
    return client::is_trusted(tree_of({{path, text}}), user, {"/w/p", "/w"});
  };
  CHECK(trusts("/home/u/.claude.json", R"j({"a":1,"projects":{"/w/p":{"b":[],"hasTrustDialogAccepted":true}}})j"));
  CHECK(trusts("/home/u/.claude.json", R"j({"projects":{"/w":{"hasTrustDialogAccepted":true}}})j"));
  CHECK_FALSE(trusts("/home/u/.claude.json", R"j({"projects":{"/w/p":{"hasTrustDialogAccepted":false}}})j"));
  CHECK_FALSE(trusts("/home/u/.claude.json", R"j({"projects":{"/w/other":{"hasTrustDialogAccepted":true}}})j"));
  CHECK(trusts("/home/u/.codex/config.toml", "[projects.\"/w/p\"]\ntrust_level = \"trusted\"\n"));
  CHECK_FALSE(trusts("/home/u/.codex/config.toml", "[projects.\"/w/p\"]\ntrust_level = \"untrusted\"\n"));
  CHECK(trusts("/home/u/.gemini/trustedFolders.json", R"j({"/w/p":"TRUST_FOLDER"})j"));
  CHECK_FALSE(trusts("/home/u/.gemini/trustedFolders.json", R"j({"/w/p":"DO_NOT_TRUST"})j"));
  CHECK(trusts("/home/u/.copilot/config.json", R"j({"trusted_folders":["/w/p"]})j"));
  CHECK_FALSE(trusts("/home/u/.copilot/config.json", "nonsense"));
}

TEST_CASE("a pattern of names has stars and question marks", "[switches]") {
  CHECK(client::matches_name("deploy-*", "deploy-lab"));
  CHECK(client::matches_name("*", ""));
  CHECK(client::matches_name("a*b*c", "aXbYbZc"));
  CHECK(client::matches_name("Re?iew", "review"));
  CHECK_FALSE(client::matches_name("deploy", "deploy-lab"));
  CHECK_FALSE(client::matches_name("", "x"));
  CHECK_FALSE(client::matches_name(std::string(60, '*') + "b", std::string(400, 'a')));
}

}  // namespace
}  // namespace cascade
