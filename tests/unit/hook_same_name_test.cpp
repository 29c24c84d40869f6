// Two plugins with a manifest of one name: a call by that name alone is answered with both.
#include "hook_library.h"

using namespace cascade;
using namespace cascade::test;

namespace {

struct TwoPlugins : HookLibrary {
  TwoPlugins() {
    write("lib/.claude-plugin/marketplace.json",
          R"({"name":"m","owner":{"name":"x"},"plugins":[{"name":"alpha","source":"./plugins/alpha"},)"
          R"({"name":"beta","source":"./plugins/beta"}]})");
    for (const std::string plugin : {"alpha", "beta"}) {
      const std::string folder = "lib/plugins/" + plugin + "/";
      write(folder + ".claude-plugin/plugin.json", "{\"name\":\"" + plugin + "\",\"version\":\"1.0.0\"}");
      write(folder + "skills/deploy/SKILL.md", "---\nname: deploy\ndescription: Deploys the orchard of " + plugin +
                                                   ". Use when it ships.\n---\nBODY-" + plugin + "\n");
      write(folder + "agents/reviewer.md",
            "---\nname: reviewer\ndescription: Reviews for " + plugin + ".\ntools: Read\n---\nI review.\n");
      write(folder + "commands/ship.md", "---\ndescription: Ships the " + plugin + "\n---\nSHIP-" + plugin + "\n");
    }
  }
  std::string taken(const std::string& wanted) const {
    return injected(answer(event(
        "PreToolUse",
        "\"tool_name\":\"Skill\",\"tool_input\":{\"skill\":\"cascade\",\"args\":" + syntax::quote_json(wanted) + "}")));
  }
};

}  // namespace

TEST_CASE("a prompt that calls a skill or command of two plugins by its name alone is told of both") {
  const TwoPlugins library;
  for (const char* prompt :
       {"use the deploy skill", "/deploy now", "Use the Deploy skill, please.", "use deploy", "use the skill deploy"}) {
    INFO(prompt);
    const std::string text = injected(library.prompt(prompt, prompt));
    CHECK(contains(text, "2 plugins have a manifest called deploy"));
    CHECK(contains(text, "- skill:alpha:deploy: Deploys the orchard of alpha."));
    CHECK(contains(text, "- skill:beta:deploy: Deploys the orchard of beta."));
    CHECK_FALSE(contains(text, "BODY-"));
  }
  const std::string ship = injected(library.prompt("/ship it", "s8"));
  CHECK(contains(ship, "command:alpha:ship"));
  CHECK(contains(ship, "command:beta:ship"));
}

TEST_CASE("the whole name, or a prompt that merely speaks of the matter, is no question of which") {
  const TwoPlugins library;
  CHECK(contains(injected(library.prompt("use the beta:deploy skill")), "BODY-beta"));
  CHECK_FALSE(contains(library.prompt("deploy the orchard of alpha", "s2"), "plugins have a manifest"));
  const HookLibrary other;
  CHECK_FALSE(contains(other.prompt("use the release-notes skill"), "plugins have a manifest"));
}

TEST_CASE("the model that asks for such a name gets both, as it can ask for them") {
  const TwoPlugins library;
  const std::string text = library.taken("deploy");
  CHECK(contains(text, "ask for one as it is written here"));
  CHECK(contains(text, "- skill:alpha:deploy: "));
  CHECK(contains(text, "- skill:beta:deploy: "));
  CHECK(contains(library.taken("skill:beta:deploy"), "BODY-beta"));
}

TEST_CASE("a subagent's type and a text that calls an agent of two plugins are answered with both") {
  const TwoPlugins library;
  for (const std::string& text : {injected(library.agent("reviewer", "look")),
                                  injected(library.agent("general-purpose", "act as the reviewer agent")),
                                  injected(library.prompt("let the reviewer agent look at it"))}) {
    INFO(text);
    CHECK(contains(text, "agent:alpha:reviewer"));
    CHECK(contains(text, "agent:beta:reviewer"));
  }
  CHECK_FALSE(contains(library.agent("general-purpose", "review the code"), "plugins have"));
}
