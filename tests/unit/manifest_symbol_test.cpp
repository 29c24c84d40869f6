#include <cascade/manifest.h>

#include "manifest/fields.h"

#include <catch2/catch.hpp>

namespace cascade {
namespace {

std::string parsed(std::string_view text) {
  const std::optional<ToolName> tool = ToolName::parse(text);
  if (!tool) return "none";
  return tool->server + '/' + tool->tool + '/' + tool->pattern;
}

std::string pieces(std::string_view text) {
  std::string out;
  for (const manifest::Piece& piece : manifest::split_items(text))
    out += (piece.balanced ? "[" : "!") + std::string(text.substr(piece.begin, piece.end - piece.begin)) + ']';
  return out;
}

}  // namespace

TEST_CASE("a symbol is a kind and a name, split at the first colon") {
  CHECK(to_string(*Symbol::parse("skill:review")) == "skill:review");
  CHECK(Symbol::parse("agent:tdd:reviewer")->name == "tdd:reviewer");
  CHECK(Symbol::parse("skill:agent:RE-Tracer")->name == "agent:RE-Tracer");
  CHECK_FALSE(Symbol::parse("review"));
  CHECK_FALSE(Symbol::parse("plugin:review"));
  CHECK_FALSE(Symbol::parse("skill:"));
}

TEST_CASE("kinds are read in the singular and the plural") {
  CHECK(parse_kind("skills") == Kind::skill);
  CHECK(parse_kind("agent") == Kind::agent);
  CHECK_FALSE(parse_kind("Agent"));
  CHECK_FALSE(parse_kind(""));
}

TEST_CASE("a tool has a server, a name and a pattern") {
  CHECK(parsed("Read") == "/Read/");
  CHECK(parsed("Bash(git *)") == "/Bash/git *");
  CHECK(parsed("Bash(echo $(date))") == "/Bash/echo $(date)");
  CHECK(parsed("mcp__tracker__search") == "tracker/search/");
  CHECK(parsed("mcp__tracker__list__all") == "tracker/list__all/");
  CHECK(parsed("mcp__tracker") == "tracker/*/");
  CHECK(parsed("mcp__tracker__*") == "tracker/*/");
  CHECK(parsed("mcp__*") == "*/*/");
  CHECK(parsed("*") == "/*/");
}

TEST_CASE("what is no tool is none") {
  for (std::string_view text :
       {"", "()", "Bash(git", "Bash)", "Bash(a))(", "mcp_a_b", "mcp__", "mcp____x", "a b", "|"}) {
    INFO(text);
    CHECK(parsed(text) == "none");
  }
}

TEST_CASE("a tool reads back as it was written") {
  for (std::string_view text : {"Read", "Bash(git *)", "mcp__tracker__search", "mcp__*", "Agent(a, b)"})
    CHECK(to_string(*ToolName::parse(text)) == text);
}

TEST_CASE("lists split at commas and blanks outside parentheses") {
  CHECK(pieces("Read, Grep") == "[Read][Grep]");
  CHECK(pieces("Read Grep Bash(git *)") == "[Read][Grep][Bash(git *)]");
  CHECK(pieces("Bash(cat:*, awk:*),Read") == "[Bash(cat:*, awk:*)][Read]");
  CHECK(pieces(" ,, Read ,") == "[Read]");
  CHECK(pieces("") == "");
}

TEST_CASE("an open parenthesis does not swallow what follows") {
  CHECK(pieces("Bash(git status, Read") == "!Bash(git status][Read]");
  CHECK(pieces("Read Bash(git status") == "[Read]!Bash(git status]");
  CHECK(pieces("a) b") == "!a)][b]");
}

}  // namespace cascade
