#include "unit/manifest_text.h"

#include <catch2/catch.hpp>

namespace cascade {
using test::joined;
using test::parse;

TEST_CASE("a skill is its folder") {
  const Manifest found = parse(Kind::skill, "skills/csv-clean/SKILL.md", "---\nname: csv-cleaner\n---\n");
  CHECK(found.symbol.name == "csv-clean");
  CHECK(found.title == "csv-cleaner");
  CHECK(joined(found.aliases) == "csv-cleaner");
}

TEST_CASE("a skill two folders deep is its innermost folder") {
  CHECK(parse(Kind::skill, "skills/group/x/SKILL.md", "").symbol.name == "x");
}

TEST_CASE("a placeholder title gives way to the stem") {
  const Manifest found = parse(Kind::skill, "skills/csv-clean/SKILL.md", "---\nname: SKILL\n---\n");
  CHECK(found.title == "csv-clean");
  CHECK(found.aliases.empty());
}

TEST_CASE("a plugin's skill carries its plugin and answers without it") {
  const Manifest found = parse(Kind::skill, "plugins/tdd/skills/red/SKILL.md", "---\nname: red-phase\n---\n", "tdd");
  CHECK(found.symbol.name == "tdd:red");
  CHECK(joined(found.aliases) == "red | red-phase | tdd:red-phase");
}

TEST_CASE("a skill at the root of a plugin is called as the plugin") {
  CHECK(parse(Kind::skill, "SKILL.md", "", "tdd").symbol.name == "tdd:tdd");
  CHECK(parse(Kind::skill, "SKILL.md", "---\nname: lone\n---\n").symbol.name == "lone");
}

TEST_CASE("a component that is a skill itself is called by its key, as the client spells it") {
  const auto called = [](std::string_view component, std::string_view key) {
    const std::string path = component.empty() ? "SKILL.md" : std::string(component) + "/SKILL.md";
    return parse(Kind::skill, path, "---\nname: " + std::string(key) + "\n---\n", "tdd", component).symbol.name;
  };
  CHECK(called("", "lone-wolf") == "tdd:lone-wolf");
  CHECK(called("tools/one", "lone-wolf") == "tdd:lone-wolf");
  CHECK(called("", "tdd:inner") == "tdd:inner");  // client 2.1.332 from here on
  CHECK(called("", "other:inner") == "tdd:other-inner");
  CHECK(called("", "a.b_c@d+e") == "tdd:a-b_c-d-e");
  CHECK(called("", "Ünïc") == "tdd:-n-c");
  CHECK(called("tools/one", "''") == "tdd:one");
  const Manifest found = parse(Kind::skill, "more/two/SKILL.md", "---\nname: lone-wolf\n---\n", "tdd", "more");
  CHECK(found.symbol.name == "tdd:two");
  CHECK(joined(found.aliases) == "lone-wolf | tdd:lone-wolf | two");
}

TEST_CASE("an agent is its name key, else its file") {
  const Manifest found = parse(Kind::agent, "agents/a-file.md", "---\nname: a-other\n---\n", "", "agents");
  CHECK(found.symbol.name == "a-other");
  CHECK(joined(found.aliases) == "a-file");
  CHECK(parse(Kind::agent, "agents/a-file.md", "", "", "agents").symbol.name == "a-file");
  CHECK(parse(Kind::agent, "agents/x.md", "---\nname: 123\n---\n").symbol.name == "123");
}

TEST_CASE("a plugin's agent carries the folders below its component") {
  const Manifest found =
      parse(Kind::agent, "plugins/tdd/agents/deep/er/r.md", "---\nname: reviewer\n---\n", "tdd", "plugins/tdd/agents");
  CHECK(found.symbol.name == "tdd:deep:er:reviewer");
  CHECK(joined(found.aliases) == "deep:er:reviewer | r | reviewer | tdd:r | tdd:reviewer");
}

TEST_CASE("a project's agent does not carry its folders") {
  CHECK(parse(Kind::agent, "agents/sub/dir/n.md", "---\nname: nested\n---\n", "", "agents").symbol.name == "nested");
}

TEST_CASE("a command is its path with colons; its name key is an alias") {
  const Manifest found =
      parse(Kind::command, "commands/delivery/sparc/api-designer.md", "---\nname: sparc-api\n---\n", "", "commands");
  CHECK(found.symbol.name == "delivery:sparc:api-designer");
  CHECK(found.title == "sparc-api");
  CHECK(joined(found.aliases) == "api-designer | delivery-sparc-api-designer | sparc-api | sparc:api-designer");
}

TEST_CASE("dots, spaces and capitals of a command's file stay") {
  CHECK(parse(Kind::command, "commands/C.dots in Name.md", "", "", "commands").symbol.name == "C.dots in Name");
}

TEST_CASE("a SKILL.md among commands stands for its folder") {
  CHECK(parse(Kind::command, "commands/sub/x/SKILL.md", "", "", "commands").symbol.name == "sub:x");
  CHECK(parse(Kind::command, "commands/SKILL.md", "", "", "commands").symbol.name == "commands");
}

TEST_CASE("documents are told apart by their capitals") {
  CHECK(parse(Kind::command, "commands/README.md", "", "", "commands").document);
  CHECK(parse(Kind::agent, "agents/CLAUDE.md", "", "", "agents").document);
  CHECK_FALSE(parse(Kind::command, "commands/agents.md", "", "", "commands").document);
  CHECK_FALSE(parse(Kind::command, "commands/changelog.md", "", "", "commands").document);
  CHECK(parse(Kind::command, "commands/Changelog.md", "", "", "commands").document);
  CHECK(parse(Kind::agent, "agents/security.md", "", "", "agents").document);
}

TEST_CASE("what is called as a document and has the front matter of a manifest is one") {
  const auto is_document = [](Kind kind, const char* path, const std::string& fields) {
    return parse(kind, path, "---\n" + fields + "---\nText.\n", "", "").document;
  };
  const std::string described = "description: Lists what is new on deck.\n";
  CHECK_FALSE(is_document(Kind::command, "commands/README.md", described));
  CHECK_FALSE(is_document(Kind::command, "commands/CHANGELOG.md", "argument-hint: \"[since]\"\n"));
  CHECK_FALSE(is_document(Kind::agent, "agents/README.md", "name: deck-reader\n" + described));
  CHECK_FALSE(is_document(Kind::agent, "agents/security.md", "name: security\n"));
  CHECK(is_document(Kind::agent, "agents/README.md", described));
  CHECK(is_document(Kind::agent, "agents/README.md", "name: README\n" + described));
  CHECK(is_document(Kind::command, "commands/README.md", "name: README\n" + described));
  CHECK(is_document(Kind::command, "commands/README.md", "title: The deck\n"));
  CHECK(is_document(Kind::agent, "agents/index.md", "title: The deck\n"));
  CHECK(parse(Kind::command, "commands/README.md", "# Deck\n\n---\n" + described + "---\n", "", "").document);
}

TEST_CASE("names may hold anything") {
  const std::string text = "---\nname: \"a\\nb\\x07 \\u202e\"\n---\n";
  CHECK(parse(Kind::agent, "agents/x\n\x01.md", text, "", "agents").symbol.name == "a\nb\x07 \xE2\x80\xAE");
  CHECK(parse(Kind::agent, "agents/x\n\x01.md", "", "", "agents").symbol.name == "x\n\x01");
  CHECK(parse(Kind::command, "", "").symbol.name.empty());
}

}  // namespace cascade
