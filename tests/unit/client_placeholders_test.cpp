// Whose rules fill a command, by where it lies; and in which texts a client runs commands.
#include <catch2/catch.hpp>

#include "client/dialect.h"

using namespace cascade;
using namespace cascade::client;

namespace {

const Dialect* owner(std::string_view root, std::string_view path) {
  const Placeholders& found = placeholders_of(root, path);
  for (const Dialect* dialect : dialects())
    if (&dialect->placeholders == &found) return dialect;
  return nullptr;
}

}  // namespace

TEST_CASE("a command is filled by the client in whose folder it lies, or whose ending its file has") {
  CHECK(owner("/p", ".claude/commands/x.md") == &claude_code);
  CHECK(owner("/p", "commands/x.md") == &claude_code);
  CHECK(owner("/p", ".gemini/commands/git/x.toml") == &gemini);
  CHECK(owner("/ext", "commands/x.toml") == &gemini);
  CHECK(owner("/home/u/.codex", "prompts/x.md") == &codex);
  CHECK(owner("/p", "sub/.codex/prompts/x.md") == &codex);
  CHECK(owner("/p", ".github/prompts/x.prompt.md") == &copilot);
  CHECK(owner("/p", ".opencode/command/x.md") == &opencode);
  CHECK(owner("/home/u/.config/opencode", "commands/x.md") == &opencode);
  CHECK(owner("/p", ".cursor/commands/x.md") == &cursor);
  CHECK(owner("/p/.geminiphile", "commands/x.md") == &claude_code);
  CHECK(owner("/p", "my.cursor/commands/x.md") == &claude_code);
}

TEST_CASE("commands in a text are those that the client runs when the text is called") {
  const auto runs = claude_code.runs_commands;
  REQUIRE(runs != nullptr);
  for (const char* text : {"!`git status`", "- Status: !`git status --short`\n", "a\n!`x`", "```!\ngit log\n```\n",
                           "text\n\n  ```!  \ngit log\n```\n", "````!\nx\n````\n", "1 !2 !`x`"}) {
    INFO(text);
    CHECK(runs(text));
  }
  for (const char* text : {"", "!", "`", "!`", "!``", "sh=!`x`", "Stop!`x`", "!`a\nb`", "no! `x`", "```!x\n```",
                           "a ```!\nx", "wow!\n", "```js\n!x\n```\n"}) {
    INFO(text);
    CHECK_FALSE(runs(text));
  }
  CHECK(codex.runs_commands == nullptr);
}
