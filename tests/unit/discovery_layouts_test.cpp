#include <catch2/catch.hpp>

#include "discovery/discovery.h"
#include "memory_tree.h"

using namespace cascade;
using namespace cascade::discovery;

namespace {

// "skill skills/a/SKILL.md", one line a manifest; "@plugin" when the name carries it, "(plugin)" when it only belongs
// to it.
std::string found_in(const files::MemoryTree& tree, RootLayout layout = RootLayout::any) {
  auto discovery = discover(tree, {"/r", layout});
  if (!discovery) return discovery.error().message;
  std::string text;
  for (const Found& found : discovery->manifests) {
    text += std::string(to_string(found.kind)) + " " + found.path;
    if (!found.plugin.empty()) text += found.prefixed ? " @" + found.plugin : " (" + found.plugin + ")";
    text += found.if_declared ? " if declared\n" : "\n";
  }
  for (const Diagnostic& problem : discovery->problems)
    text += problem.at.path + ":" + std::to_string(problem.at.line) + " " + problem.rule + " " + problem.message + "\n";
  return text;
}

}  // namespace

TEST_CASE("a library folder: manifests at any depth, only the right file names") {
  files::MemoryTree tree;
  tree.write("/r/skills/a/SKILL.md", "");
  tree.write("/r/skills/group/b/SKILL.md", "");
  tree.write("/r/skills/c/skill.md", "");
  tree.write("/r/skills/c/notes.md", "");
  tree.write("/r/skills/flat.md", "");
  tree.write("/r/agents/x/y.md", "");
  tree.write("/r/agents/z.MD", "");
  tree.write("/r/agents/z.txt", "");
  tree.write("/r/commands/deep/er/c.md", "");
  tree.write("/r/docs/SKILLS.md", "");
  CHECK(found_in(tree) ==
        "agent agents/x/y.md\ncommand commands/deep/er/c.md\nskill skills/a/SKILL.md\nskill skills/group/b/SKILL.md\n");
}

TEST_CASE("a project's .claude is read, and a folder of skills right below the root") {
  files::MemoryTree tree;
  tree.write("/r/.claude/skills/a/SKILL.md", "");
  tree.write("/r/.claude/agents/b.md", "");
  tree.write("/r/word-count/SKILL.md", "");
  tree.write("/r/src/main.md", "");
  CHECK(found_in(tree) == "agent .claude/agents/b.md\nskill .claude/skills/a/SKILL.md\nskill word-count/SKILL.md\n");
  CHECK(found_in(tree, RootLayout::project) == "agent .claude/agents/b.md\nskill .claude/skills/a/SKILL.md\n");
}

TEST_CASE("a folder may be one skill, unless it is a plugin or a library") {
  files::MemoryTree tree;
  tree.write("/r/SKILL.md", "");
  tree.write("/r/references/all.md", "");
  CHECK(found_in(tree) == "skill SKILL.md\n");
  CHECK(found_in(tree, RootLayout::components).empty());
  tree.write("/r/.claude-plugin/plugin.json", R"({"name": "tdd"})");
  CHECK(found_in(tree) == "skill SKILL.md (tdd)\n");

  files::MemoryTree library;
  library.write("/r/SKILL.md", "");
  library.write("/r/skills/a/SKILL.md", "");
  CHECK(found_in(library) == "skill skills/a/SKILL.md\n");
}

TEST_CASE("a plugin given as root has no prefix, an installed one has") {
  files::MemoryTree tree;
  tree.write("/r/.claude-plugin/plugin.json", R"({"name": "tdd"})");
  tree.write("/r/skills/a/SKILL.md", "");
  CHECK(found_in(tree) == "skill skills/a/SKILL.md (tdd)\n");
  CHECK(found_in(tree, RootLayout::plugin) == "skill skills/a/SKILL.md @tdd\n");
}

TEST_CASE("agents/ of a repository may hold folders of skills by platform; of a plugin it holds agents") {
  files::MemoryTree tree;
  tree.write("/r/agents/deck/knots/SKILL.md", "");
  tree.write("/r/agents/deck/knots/references/rope.md", "");
  tree.write("/r/agents/deck/knots/deeper/splice/SKILL.md", "");
  tree.write("/r/agents/deck/SETUP.md", "");
  tree.write("/r/agents/SKILL.md", "");
  tree.write("/r/agents/lookout.md", "");
  CHECK(found_in(tree) ==
        "agent agents/SKILL.md if declared\nagent agents/deck/SETUP.md if declared\n"
        "skill agents/deck/knots/SKILL.md\nskill agents/deck/knots/deeper/splice/SKILL.md\n"
        "agent agents/lookout.md if declared\n");
  tree.write("/r/.claude-plugin/plugin.json", R"({"name": "deck"})");
  CHECK(found_in(tree) ==
        "agent agents/SKILL.md (deck)\nagent agents/deck/SETUP.md (deck)\nagent agents/deck/knots/SKILL.md (deck)\n"
        "agent agents/deck/knots/deeper/splice/SKILL.md (deck)\nagent agents/deck/knots/references/rope.md (deck)\n"
        "agent agents/lookout.md (deck)\n");
}

TEST_CASE("agents that plugin.json lists count wherever they lie and replace the folder; skills add to it") {
  files::MemoryTree tree;
  tree.write(
      "/r/.claude-plugin/marketplace.json",
      R"({"name": "m", "plugins": [{"name": "core", "source": "./categories/01"}, {"name": "far", "source": {"url": "x"}}]})");
  tree.write("/r/categories/01/.claude-plugin/plugin.json",
             R"({"name": "core", "agents": ["./api.md"], "skills": ["./more"]})");
  tree.write("/r/categories/01/api.md", "");
  tree.write("/r/categories/01/README.md", "");
  tree.write("/r/categories/01/agents/hidden.md", "");
  tree.write("/r/categories/01/skills/s/SKILL.md", "");
  tree.write("/r/categories/01/more/t/SKILL.md", "");
  CHECK(found_in(tree) ==
        "agent categories/01/api.md @core\nskill categories/01/more/t/SKILL.md @core\n"
        "skill categories/01/skills/s/SKILL.md @core\n");
}

TEST_CASE("a marketplace entry stands in for a missing plugin.json; its own root gets no prefix") {
  files::MemoryTree tree;
  tree.write(
      "/r/.claude-plugin/marketplace.json",
      R"({"name": "m", "plugins": [{"name": "self", "source": "./"}, {"name": "p", "source": "./p", "strict": false, "commands": ["./c.md"]}]})");
  tree.write("/r/skills/a/SKILL.md", "");
  tree.write("/r/p/c.md", "");
  tree.write("/r/p/agents/x.md", "");
  CHECK(found_in(tree) == "agent p/agents/x.md @p\ncommand p/c.md @p\nskill skills/a/SKILL.md (self)\n");
}

TEST_CASE("entries of a marketplace that share a folder each get what they list") {
  files::MemoryTree tree;
  tree.write("/r/.claude-plugin/marketplace.json", R"({"name": "m", "plugins": [
      {"name": "office", "source": "./", "strict": false, "skills": ["./skills/letters", "./skills/tables"]},
      {"name": "drawing", "source": "./", "strict": false, "skills": ["./skills/lines"]}]})");
  tree.write("/r/skills/letters/SKILL.md", "");
  tree.write("/r/skills/tables/SKILL.md", "");
  tree.write("/r/skills/lines/SKILL.md", "");
  tree.write("/r/skills/other/SKILL.md", "");
  CHECK(found_in(tree) ==
        "skill skills/letters/SKILL.md (office)\nskill skills/lines/SKILL.md (drawing)\n"
        "skill skills/other/SKILL.md\nskill skills/tables/SKILL.md (office)\n");
}

TEST_CASE("a listed folder that is a skill itself is one skill, and its folders hold none") {
  files::MemoryTree tree;
  tree.write("/r/.claude-plugin/plugin.json", R"({"name": "tdd", "skills": ["./", "./tools/one", "./more"]})");
  tree.write("/r/SKILL.md", "");
  tree.write("/r/beside/SKILL.md", "");
  tree.write("/r/skills/a/SKILL.md", "");
  tree.write("/r/tools/one/SKILL.md", "");
  tree.write("/r/tools/one/deep/SKILL.md", "");
  tree.write("/r/more/two/SKILL.md", "");
  CHECK(found_in(tree, RootLayout::plugin) ==
        "skill SKILL.md @tdd\nskill more/two/SKILL.md @tdd\nskill skills/a/SKILL.md @tdd\n"
        "skill tools/one/SKILL.md @tdd\n");
}

TEST_CASE("a marketplace's root for plugins is for bare names; a path is of the marketplace's own folder") {
  files::MemoryTree tree;
  tree.write("/r/.claude-plugin/marketplace.json",
             R"({"name": "m", "metadata": {"pluginRoot": "./plugins"}, "plugins": [
      {"name": "a", "source": "a"}, {"name": "b", "source": "./plugins/b"}]})");
  tree.write("/r/plugins/a/commands/x.md", "");
  tree.write("/r/plugins/b/commands/y.md", "");
  CHECK(found_in(tree) == "command plugins/a/commands/x.md @a\ncommand plugins/b/commands/y.md @b\n");
}

TEST_CASE("entries that share a folder of their own carry their names") {
  files::MemoryTree tree;
  tree.write("/r/.claude-plugin/marketplace.json", R"({"name": "m", "plugins": [
      {"name": "a", "source": "./all", "skills": ["./x"]}, {"name": "b", "source": "./all", "agents": ["./y.md"]}]})");
  tree.write("/r/all/x/SKILL.md", "");
  tree.write("/r/all/y.md", "");
  CHECK(found_in(tree) == "skill all/x/SKILL.md @a\nagent all/y.md @b\n");
}

TEST_CASE("plugins that lie side by side are found without a marketplace") {
  files::MemoryTree tree;
  tree.write("/r/plugins/a/.claude-plugin/plugin.json", R"({"name": "a"})");
  tree.write("/r/plugins/a/commands/x.md", "");
  tree.write("/r/b/.claude-plugin/plugin.json", R"({"name": "b"})");
  tree.write("/r/b/SKILL.md", "");
  CHECK(found_in(tree) == "skill b/SKILL.md @b\ncommand plugins/a/commands/x.md @a\n");
}

TEST_CASE("plugins in a folder called agents are no agents, and neither are their documents") {
  files::MemoryTree tree;
  tree.write("/r/.claude-plugin/marketplace.json",
             R"({"name": "m", "owner": {"name": "o"}, "plugins": [{"name": "quay", "source": "./agents/quay"}]})");
  tree.write("/r/agents/quay/.claude-plugin/plugin.json", R"({"name": "quay"})");
  tree.write("/r/agents/quay/skills/moor/SKILL.md", "");
  tree.write("/r/agents/quay/agents/pilot.md", "");
  tree.write("/r/agents/quay/skills/moor/contracts/handover.md", "");
  tree.write("/r/agents/quay/notes.md", "");
  tree.write("/r/agents/harbour-master.md", "");
  CHECK(found_in(tree) ==
        "agent agents/harbour-master.md\nagent agents/quay/agents/pilot.md @quay\n"
        "skill agents/quay/skills/moor/SKILL.md @quay\n");
}

TEST_CASE("broken plugin files are findings with their place, and the rest is read") {
  files::MemoryTree tree;
  tree.write("/r/.claude-plugin/plugin.json", "{\"name\": \"p\",\n  \"agents\": [\"./gone.md\", \"../out.md\"],\n}");
  tree.write("/r/skills/a/SKILL.md", "");
  const std::string text = found_in(tree);
  CHECK(text.find("skill skills/a/SKILL.md") != std::string::npos);
  CHECK(text.find(".claude-plugin/plugin.json:2 PL001 not valid JSON: a comma before") != std::string::npos);
  tree.write("/r/.claude-plugin/plugin.json", "{\"name\": \"p\",\n  \"agents\": [\"./gone.md\", \"../out.md\"]}");
  CHECK(found_in(tree) ==
        "skill skills/a/SKILL.md (p)\n"
        ".claude-plugin/plugin.json:2 PL013 the path \"../out.md\" leaves the plugin\n"
        ".claude-plugin/plugin.json:2 PL004 \"gone.md\" does not exist\n");
}

TEST_CASE("links are followed inside the root, reported when they leave it, and loops end") {
  files::MemoryTree tree;
  tree.write("/r/linked/s/SKILL.md", "");
  tree.write("/outside/t/SKILL.md", "");
  tree.link("/r/skills/s", "../linked/s");
  tree.link("/r/skills/t", "/outside/t");
  tree.link("/r/skills/loop", "loop");
  tree.link("/r/skills/up", "..");
  const std::string text = found_in(tree);
  CHECK(text.find("skill skills/s/SKILL.md\n") != std::string::npos);
  CHECK(text.find("skill skills/t/") == std::string::npos);
  CHECK(text.find("skills/t:0 SEC010 the symbolic link leaves the root, not followed\n") != std::string::npos);
}

// The same trees in front of the client 2.1.328: of several names for one file it loads the first by bytes.
TEST_CASE("what several names lead to is read once, under the first of them, link or not") {
  files::MemoryTree tree;
  tree.write("/r/skills/rtl/SKILL.md", "");
  tree.link("/r/skills/link", "rtl");
  tree.link("/r/skills/zlink", "rtl");
  CHECK(found_in(tree) == "skill skills/link/SKILL.md\n");
  tree.write("/r/skills/gamma/notes.txt", "");
  tree.link("/r/skills/gamma/SKILL.md", "../rtl/SKILL.md");
  CHECK(found_in(tree) == "skill skills/gamma/SKILL.md\n");

  files::MemoryTree commands;
  commands.write("/r/commands/mm.md", "");
  commands.link("/r/commands/zz.md", "mm.md");
  CHECK(found_in(commands) == "command commands/mm.md\n");
  commands.link("/r/commands/aa.md", "mm.md");
  CHECK(found_in(commands) == "command commands/aa.md\n");
}

TEST_CASE("a skill that lies in one folder and is linked from another is one skill, under its own name") {
  files::MemoryTree tree;
  tree.write("/r/skills/a/SKILL.md", "");
  tree.link("/r/.claude/skills/a", "../../skills/a");
  tree.write("/r/.claude/skills/b/SKILL.md", "");
  tree.link("/r/skills/b", "../.claude/skills/b");
  tree.link("/r/a", "skills/a");
  CHECK(found_in(tree) == "skill .claude/skills/b/SKILL.md\nskill skills/a/SKILL.md\n");
  tree.write("/r/.claude-plugin/plugin.json", R"({"name": "p"})");
  CHECK(found_in(tree) == "skill .claude/skills/b/SKILL.md\nskill skills/a/SKILL.md (p)\n");
}

TEST_CASE("a linked folder of skills, a linked file and a file of two kinds count once a kind") {
  files::MemoryTree tree;
  tree.write("/r/skills/a/SKILL.md", "");
  tree.link("/r/.claude/skills", "../skills");
  tree.write("/r/agents/x.md", "");
  tree.link("/r/.claude/agents/x.md", "../../agents/x.md");
  tree.link("/r/commands/x.md", "../agents/x.md");
  CHECK(found_in(tree) == "agent agents/x.md\ncommand commands/x.md\nskill skills/a/SKILL.md\n");
}

TEST_CASE("a link of another name does not stand for a skill") {
  files::MemoryTree tree;
  tree.write("/r/skills/a/SKILL.md", "");
  tree.link("/r/skills/a/NOTES.md", "SKILL.md");
  CHECK(found_in(tree) == "skill skills/a/SKILL.md\n");
}

TEST_CASE("every folder whose change may bring manifests is watched") {
  files::MemoryTree tree;
  tree.write("/r/.claude/settings.json", "{}");
  tree.write("/r/skills/a/SKILL.md", "");
  auto discovery = discover(tree, {"/r", RootLayout::any});
  REQUIRE(discovery);
  std::string folders;
  for (const Watched& folder : discovery->directories) folders += folder.path + " ";
  CHECK(folders == ". .claude skills skills/a ");
  CHECK(discovery->others == std::vector<std::string>{".claude/settings.json"});
}

TEST_CASE("depth and number of files are bounded") {
  files::MemoryTree tree;
  std::string path = "/r/skills";
  for (int i = 0; i < 40; ++i) path += "/d";
  tree.write(path + "/SKILL.md", "");
  tree.write("/r/skills/a/SKILL.md", "");
  tree.write("/r/skills/b/SKILL.md", "");
  auto discovery = discover(tree, {"/r", RootLayout::any}, {32, 1});
  REQUIRE(discovery);
  CHECK(discovery->manifests.size() == 1);
  CHECK(discovery->problems.size() == 2);
}

TEST_CASE("a root that is not there is an error") {
  const files::MemoryTree tree;
  CHECK(discover(tree, {"/none", RootLayout::any}).error().code == ErrorCode::not_found);
}

TEST_CASE("a link is followed to its like only: not into .git, not to a file of another kind") {
  files::MemoryTree tree;
  tree.write("/r/.git/config", "password");
  tree.write("/r/.git/notes/SKILL.md", "");
  tree.write("/r/.env", "password");
  tree.write("/r/docs/one.md", "");
  tree.write("/r/v1.2/SKILL.md", "");
  tree.write("/r/skills/a/notes.txt", "");
  tree.link("/r/skills/a/SKILL.md", "../../.git/config");
  tree.link("/r/skills/b", "../.git/notes");
  tree.link("/r/agents/c.md", "../.env");
  tree.link("/r/agents/d.md", "../docs/one.md");
  tree.link("/r/skills/e.x", "../v1.2");
  tree.link("/r/.claude-plugin/plugin.json", "../.git/config");
  const std::string found = found_in(tree);
  CAPTURE(found);
  CHECK(found.find("agent agents/d.md") != std::string::npos);
  CHECK(found.find("skill v1.2/SKILL.md") != std::string::npos);
  for (const char* path : {"skills/a/SKILL.md", "skills/b", "agents/c.md", ".claude-plugin/plugin.json"}) {
    CAPTURE(path);
    CHECK(found.find(std::string("l ") + path) == std::string::npos);
    CHECK(found.find(std::string("t ") + path) == std::string::npos);
    CHECK(found.find(std::string(path) + ":0 SEC010 the symbolic link leads to what is no manifest") !=
          std::string::npos);
  }
}

namespace {

// What is found below the user's own folder /h/.claude.
std::string found_at_home(const files::Tree& tree) {
  const auto discovery = discover(tree, {"/h/.claude", RootLayout::components, nullptr, "/h"});
  REQUIRE(discovery);
  std::string text;
  for (const Found& one : discovery->manifests) text += one.path + "\n";
  for (const Diagnostic& problem : discovery->problems) text += problem.at.path + " " + problem.rule + "\n";
  return text;
}

}  // namespace

TEST_CASE("a user's own links lead to the user's own files in the same home, and nowhere else") {
  files::MemoryTree tree;
  tree.write("/h/.claude/skills/here/SKILL.md", "");
  tree.write("/h/code/mine/SKILL.md", "");
  tree.write("/h/code/mine/deep/other/SKILL.md", "");
  tree.write("/h/code/relight.md", "");
  tree.write("/h/code/agents/a.md", "");
  tree.write("/h/code/.git/modules/SKILL.md", "");
  tree.write("/h/.netrc", "");
  tree.write("/elsewhere/SKILL.md", "");
  tree.write("/h/given/SKILL.md", "");
  tree.give_away("/h/given");
  tree.write("/h/theirs/SKILL.md", "");
  tree.give_away("/h/theirs/SKILL.md");
  tree.link("/h/.claude/skills/mine", "/h/code/mine");
  tree.link("/h/.claude/commands/relight.md", "/h/code/relight.md");
  tree.link("/h/.claude/agents", "/h/code/agents");
  tree.link("/h/.claude/skills/internal", "/h/code/.git/modules");
  tree.link("/h/.claude/commands/netrc.md", "/h/.netrc");
  tree.link("/h/.claude/skills/elsewhere", "/elsewhere");
  tree.link("/h/.claude/skills/given", "/h/given");
  tree.link("/h/.claude/commands/theirs.md", "/h/theirs/SKILL.md");
  tree.link("/h/.claude/skills/home", "/h");
  CHECK(found_at_home(tree) ==
        "agents/a.md\ncommands/relight.md\nskills/here/SKILL.md\nskills/mine/SKILL.md\n"
        "skills/elsewhere SEC010\nskills/given SEC010\nskills/home SEC010\nskills/internal SEC010\n"
        "commands/netrc.md SEC010\ncommands/theirs.md SEC010\n");
  const auto project = discover(tree, {"/h/.claude", RootLayout::components});
  REQUIRE(project);
  CHECK(project->manifests.size() == 1);
}

TEST_CASE("a folder of manifests that is a link out of a repository is not followed") {
  files::MemoryTree tree;
  tree.write("/outside/skills/t/SKILL.md", "");
  tree.write("/r/README.md", "");
  tree.link("/r/skills", "/outside/skills");
  tree.link("/r/.claude/agents", "/outside/skills");
  const std::string text = found_in(tree);
  CHECK(text.find("SKILL.md") == std::string::npos);
  CHECK(text.find("skills:0 SEC010") != std::string::npos);
}
