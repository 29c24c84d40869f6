// Clients' TOML files as manifests: the body is what its string means, and every place is the file's.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <string>

#include <cascade/workspace.h>

#include "manifest_text.h"
#include "scratch_folder.h"

using namespace cascade;

namespace {

Manifest gemini_command(const std::string& text) {
  return test::parse(Kind::command, ".gemini/commands/ship.toml", text, "", ".gemini/commands");
}

Manifest codex_agent(const std::string& text) {
  return test::parse(Kind::agent, ".codex/agents/reader.toml", text, "", ".codex/agents");
}

// "LINE [bytes of the file] heading" of each whole section.
std::string sections(const Manifest& manifest, const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < manifest.sections.size(); ++i) {
    const Section& section = manifest.sections[i];
    if (section.shorter_of != i) continue;
    out += std::to_string(section.line) + " [" + text.substr(section.offset, section.length) + "] " + section.heading +
           "\n";
  }
  return out;
}

std::string problems(const Manifest& manifest) {
  std::string out;
  for (const Diagnostic& problem : manifest.problems)
    out += problem.rule + "@" + test::place(problem.at) + " " + problem.message + "\n";
  return out;
}

// The text that the sections of a project's one file have together as the workspace reads them.
std::string body(const std::string& path, const std::string& text, const Symbol& symbol) {
  const test::ScratchFolder scratch;
  const std::filesystem::path file = scratch.path + "/project/" + path;
  std::filesystem::create_directories(file.parent_path());
  std::filesystem::create_directories(scratch.path + "/project/.git");
  std::ofstream(file, std::ios::binary) << text;
  WorkspaceOptions options;
  options.directory = scratch.path + "/project";
  options.home = scratch.path + "/home";
  options.threads = 1;
  const auto workspace = Workspace::open(options);
  REQUIRE(workspace);
  REQUIRE(workspace->router());
  const Registry registry = workspace->registry();
  const auto id = registry.find(symbol);
  REQUIRE(id);
  std::string out;
  for (std::uint32_t i = 0; i < registry.whole_sections(*id); ++i) {
    const auto read = workspace->read(registry[*id], registry.section(*id, i));
    REQUIRE(read);
    out += *read;
  }
  return out;
}

}  // namespace

TEST_CASE("a TOML body on one line has sections, and each knows its bytes") {
  const std::string text =
      "description = \"Ships\"\nprompt = \"Lead.\\n\\n# Ship\\n\\nPush \\\"it\\\".\\n## Then\\nRest.\"\n";
  const Manifest ship = gemini_command(text);
  CHECK(sections(ship, text) ==
        "2 [Lead.\\n\\n] \n"
        "2 [# Ship\\n\\nPush \\\"it\\\".\\n] Ship\n"
        "2 [## Then\\nRest.] Then\n");
  CHECK(problems(ship) == "");
  CHECK(body(".gemini/commands/ship.toml", text, {Kind::command, "ship"}) ==
        "Lead.\n\n# Ship\n\nPush \"it\".\n## Then\nRest.");
}

TEST_CASE("escapes in a TOML body, and lines that go on, leave the places below where they are") {
  const std::string text =
      "name = \"reader\"\n"
      "developer_instructions = \"\"\"\n"
      "You read \\\n"
      "   and never write.\n"
      "\n"
      "# M\\u00e9thode\n"
      "\n"
      "Use `Task(subagent_type: \\\"linter\\\")` and mcp__tracker__search.\n"
      "\"\"\"\n"
      "description = \"Reads.\"\n";
  const Manifest reader = codex_agent(text);
  CHECK(
      sections(reader, text) ==
      "3 [You read \\\n   and never write.\n\n] \n"
      "6 [# M\\u00e9thode\n\nUse `Task(subagent_type: \\\"linter\\\")` and mcp__tracker__search.\n] M\xC3\xA9thode\n");
  CHECK(test::references(reader) == "agent:linter@8:28");
  REQUIRE(reader.named_tools.size() == 1);
  CHECK(test::place(reader.named_tools[0].at) == "8:43");
  CHECK(reader.named_tools[0].at.end_column == 63);
  CHECK(reader.description == "Reads.");
  CHECK(body(".codex/agents/reader.toml", text, {Kind::agent, "reader"}) ==
        "You read and never write.\n\n# M\xC3\xA9thode\n\nUse `Task(subagent_type: \"linter\")` and "
        "mcp__tracker__search.\n");
}

TEST_CASE("a literal TOML body is what stands there, backslashes and all") {
  const std::string text = "prompt = '''\n# Paths\n\nC:\\new\\u0041\n'''\n";
  const Manifest ship = gemini_command(text);
  CHECK(sections(ship, text) == "2 [] \n2 [# Paths\n\nC:\\new\\u0041\n] Paths\n");
  CHECK(body(".gemini/commands/ship.toml", text, {Kind::command, "ship"}) == "# Paths\n\nC:\\new\\u0041\n");
}

TEST_CASE("keys behind a TOML body, and an open fence in it, are found at their places in the file") {
  const std::string text = "prompt = \"\"\"\n# A \\u2014 B\n\n```sh\nls\n\"\"\"\ndescription = \"Lists \\\"all\\\"\"\n";
  const Manifest list = gemini_command(text);
  CHECK(problems(list) == "CT006@4:1 code fence is never closed\n");
  REQUIRE(list.fields.size() == 2);
  CHECK(list.fields[1].value == "Lists \"all\"");
  CHECK(test::place(list.fields[1].at) == "7:15");
}

TEST_CASE("a TOML escape that no version has is reported where it stands; `validate` tells what Gemini CLI refuses") {
  CHECK(problems(gemini_command("prompt = \"a\\eb\"\n")).find("@1:12 ") == std::string::npos);
  CHECK(problems(gemini_command("prompt = \"a\\qb\"\n")).find("@1:12 ") != std::string::npos);
  const std::string head = "name = \"reader\"\ndescription = \"Reads. Use when asked.\"\ndeveloper_instructions = ";
  CHECK(problems(codex_agent(head + "\"a\\eb\"\n")) == "");
  CHECK(problems(codex_agent(head + "\"a\\qb\"\n")).find("@3:28 ") != std::string::npos);
}

TEST_CASE("a hostile TOML body is read in its length") {
  std::string body;
  for (int i = 0; i < 10'000; ++i)
    body += "\\n# \\u00e9 `Task(subagent_type: \\\"a" + std::to_string(i % 100) + "\\\")`";
  const Manifest found = gemini_command("prompt = \"" + body + "\"\n");
  CHECK(found.sections.size() > 1'000);  // as many as any body is cut into
  CHECK(found.references.size() > 9'000);
}
