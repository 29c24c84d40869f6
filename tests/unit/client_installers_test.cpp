// What other programs installed is found by the records that they leave, and hostile records say nothing.
#include <catch2/catch.hpp>

#include "client/installers.h"
#include "memory_tree.h"

using namespace cascade;

namespace {

const client::UserPlace user{"/h", "/h/.claude", "/h/.claude.json"};

std::string installed(const files::MemoryTree& tree) {
  std::string text;
  for (const auto& one : client::installed_by_installers(tree, user, "/p", "/h/state"))
    text += one.manager + " " + one.name + " " + one.source + " " + one.record + "\n";
  return text;
}

}  // namespace

TEST_CASE("each manager's records are found, sorted, with where the skill is from") {
  files::MemoryTree tree;
  tree.write("/p/skills-lock.json",
             R"({"version": 1, "skills": {"pdf": {"source": "acme/skills", "computedHash": "0"}, "csv": {}}})");
  tree.write("/h/.agents/.skill-lock.json", R"({"version": 3, "skills": {"web": {"source": "acme/skills"}}})");
  tree.write("/h/state/skills/.skill-lock.json", R"({"skills": {"moved": {"source": "a/b"}}})");
  tree.write("/h/.claude/skills/docs/.openskills.json", R"({"source": "acme/docs", "sourceType": "git"})");
  tree.write("/p/.agents/skills/ship/SKILL.md",
             "---\nname: ship\nmetadata:\n  github-repo: https://github.com/acme/ship\n---\n");
  tree.write("/p/.agents/skills/own/SKILL.md", "---\nname: own\n---\nIt says github-repo.\n");
  tree.write("/p/.clawhub/lock.json", R"({"skills": {"claw": {"version": "1.0.0"}}})");
  tree.write("/h/.gemini/extensions/kit/.gemini-extension-install.json", R"({"source": "https://x.example/kit"})");
  tree.write("/h/.copilot/installed-plugins/market/tool/plugin.json", "{}");
  tree.write("/h/.codex/plugins/cache/market/tool/1.0/plugin.json", "{}");
  CHECK(installed(tree) ==
        "Codex tool market /h/.codex/plugins/cache/market/tool\n"
        "Copilot CLI tool market /h/.copilot/installed-plugins/market/tool\n"
        "Gemini CLI kit https://x.example/kit /h/.gemini/extensions/kit/.gemini-extension-install.json\n"
        "clawhub claw  /p/.clawhub/lock.json\n"
        "gh skill ship https://github.com/acme/ship /p/.agents/skills/ship/SKILL.md\n"
        "openskills docs acme/docs /h/.claude/skills/docs/.openskills.json\n"
        "skills csv  /p/skills-lock.json\n"
        "skills moved a/b /h/state/skills/.skill-lock.json\n"
        "skills web acme/skills /h/.agents/.skill-lock.json\n"
        "skills pdf acme/skills /p/skills-lock.json\n");
}

TEST_CASE("a record that is broken, of another shape or far too large says nothing") {
  for (const std::string& text :
       {std::string("{"), std::string("[]"), std::string("null"), std::string(R"({"skills": ["a"]})"),
        std::string(R"({"skills": "a"})"), std::string(R"({"skills": {"": {"source": "x"}}})"),
        R"({"skills": {")" + std::string(400, 'n') + R"(": {"source": "x"}}})",
        R"({"skills": {"a": {"source": ")" + std::string(400, 's') + R"("}}})", std::string(9'000'000, ' '),
        std::string(100'000, '[')}) {
    files::MemoryTree tree;
    tree.write("/p/skills-lock.json", text);
    tree.write("/h/.gemini/extensions/kit/.gemini-extension-install.json", text);
    const std::string found = installed(tree);
    INFO(text.substr(0, 60) << " gives " << found.substr(0, 200));
    CHECK(found.find("skills ") == std::string::npos);
  }
  files::MemoryTree tree;
  tree.write("/p/skills-lock.json", R"({"skills": {"a": 1, "b": {"source": {"x": 1}}}})");
  CHECK(installed(tree) == "skills a  /p/skills-lock.json\nskills b  /p/skills-lock.json\n");
  CHECK(installed(files::MemoryTree()).empty());
}

TEST_CASE("a lock with very many names gives as many as are read") {
  std::string text = R"({"skills": {)";
  for (int i = 0; i < 5'000; ++i) text += (i == 0 ? "\"n" : ", \"n") + std::to_string(i) + "\": {}";
  files::MemoryTree tree;
  tree.write("/p/skills-lock.json", text + "}}");
  CHECK(client::installed_by_installers(tree, user, "/p", "").size() == 2'000);
}
