// Each client's commands are filled by that client's rules; without arguments, no text loses the words that explain
// them.
#include <catch2/catch.hpp>

#include <chrono>

#include "client/dialect.h"

using namespace cascade;

namespace {

std::string fill(const client::Dialect& client, const std::string& text, const std::string& arguments) {
  return client::fill_arguments(text, client.placeholders, {"ship", arguments, {"from", "to"}, "S"});
}

const std::string none = "(No arguments were given.)\n\n";

}  // namespace

TEST_CASE("the place of arguments that a text explains keeps its name when nothing is given, and a note says so") {
  const client::Dialect& claude = client::claude_code;
  CHECK(fill(claude, "`$ARGUMENTS`: the file, then the base.\n\n", "") ==
        "`$ARGUMENTS`: the file, then the base.\n\n" + none);
  CHECK(fill(claude, "`$ARGUMENTS`: the file.\n\n", "a.txt") == "`a.txt`: the file.\n\n");
  CHECK(fill(claude, "Compare what `$ARGUMENTS` names.\n\n", "") == "Compare what `$ARGUMENTS` names.\n\n" + none);
  CHECK(fill(claude, "$ARGUMENTS is the folder.\n\n", "") == "$ARGUMENTS is the folder.\n\n" + none);
  CHECK(fill(claude, "- $ARGUMENTS: the folder.\n", "") == "- $ARGUMENTS: the folder.\n" + none);
  CHECK(fill(claude, "1. **$ARGUMENTS** holds a date.\n", "") == "1. **$ARGUMENTS** holds a date.\n" + none);
  CHECK(fill(claude, "`$from` to `$to`\n", "a") == "`a` to `$to`\n");
  CHECK(fill(client::codex, "`$1`: the file.\n", "") == "`$1`: the file.\n" + none);
  CHECK(fill(client::opencode, "`$2` is the base.\n", "") == "`$2` is the base.\n" + none);
  CHECK(fill(client::gemini, "`{{args}}`: the file.\n", "") == "`{{args}}`: the file.\n" + none);
}

TEST_CASE("a place that a text uses becomes nothing when nothing is given") {
  CHECK(fill(client::claude_code, "Fix $ARGUMENTS now, in `src/$ARGUMENTS`.\n", "") == "Fix  now, in `src/`.\n");
  CHECK(fill(client::claude_code, "## Task\n\n$ARGUMENTS\n", "") == "## Task\n\n\n");
  CHECK(fill(client::gemini, "Review this: {{args}}", "") == "Review this: ");
  CHECK(fill(client::codex, "Open $1 and $ARGUMENTS.", "") == "Open  and .");
}

TEST_CASE("Codex counts words from one, takes NAME=value, and leaves a doubled dollar alone") {
  CHECK(fill(client::codex, "$1|$2|$3|$ARGUMENTS", "one 'two three'") == "one|two three||one 'two three'");
  CHECK(fill(client::codex, "$10", "a") == "a0");
  CHECK(fill(client::codex, "$0 costs $$1", "a") == "$0 costs $$1\nARGUMENTS: a\n");
  CHECK(fill(client::codex, "$FILE at $REV in $HOME", "FILE=\"a b\" REV=main") == "a b at main in $HOME");
  CHECK(fill(client::codex, "$ARGUMENTS[1]", "a b") == "a b[1]");
}

TEST_CASE("Gemini CLI puts all arguments in one place, quotes them for a shell, and runs nothing here") {
  CHECK(fill(client::gemini, "Look at {{args}} and $1.", "a b") == "Look at a b and $1.");
  const std::string note = "(Commands written as !{...} have not been run.)\n\n";
  CHECK(fill(client::gemini, "!{git diff {{args}}} of {{args}}\n", "it's x; rm -rf y") ==
        "!{git diff 'it'\\''s x; rm -rf y'} of it's x; rm -rf y\n" + note);
  CHECK(fill(client::gemini, "!{awk '{print $1}'} {{args}}\n", "a") == "!{awk '{print $1}'} a\n" + note);
  CHECK(fill(client::gemini, "!{open {{args}}", "a") == "!{open a");
  CHECK(fill(client::gemini, "Explain.\n\n", "the parser") == "Explain.\n\n/ship the parser\n\n");
}

TEST_CASE("OpenCode counts words from one, the highest number takes the rest, and other arguments come at the end") {
  CHECK(fill(client::opencode, "$1 then $2.", "a b c d") == "a then b c d.");
  CHECK(fill(client::opencode, "$1 then $2.", "a") == "a then .");
  CHECK(fill(client::opencode, "Do $ARGUMENTS", "a 'b c'") == "Do a 'b c'");
  CHECK(fill(client::opencode, "Explain.\n\n", "the parser") == "Explain.\n\nthe parser\n\n");
}

TEST_CASE("a prompt file of Copilot takes inputs by name or in their order, and asks for what is missing") {
  const auto filled = [](const std::string& text, const std::string& arguments) {
    return fill(client::copilot, text, arguments);
  };
  CHECK(filled("A form ${input:name} for ${input:model:which one?}.", "name=Login model='a user'") ==
        "A form Login for a user.");
  CHECK(filled("A form ${input:name} for ${input:model}, ${input:name}.", "Login the user table") ==
        "A form Login for the user table, Login.");
  CHECK(filled("A form ${input:name:MyForm}.\n\n", "") ==
        "A form ${input:name:MyForm}.\n\n(Ask the user for what stands for each ${input:...}.)\n\n");
  CHECK(filled("No place, ${workspaceFolder} and $1 stay.\n", "be quick") ==
        "No place, ${workspaceFolder} and $1 stay.\n\nbe quick\n\n");
  CHECK(filled("${input:open, and\n", "x") == "${input:open, and\n\nx\n\n");
}

TEST_CASE("Cursor has no places: what is typed comes after the text") {
  CHECK(fill(client::cursor, "Review $1 {{args}}.\n\n", "a b") == "Review $1 {{args}}.\n\na b\n\n");
}

TEST_CASE("text that comes in is not filled in again, by no client's rules") {
  for (const client::Dialect* client : client::dialects()) {
    INFO(client->name);
    const std::string filled =
        fill(*client, "$ARGUMENTS {{args}} ${input:x}", "$1 {{args}} ${input:x} $ARGUMENTS !{x}");
    CHECK(filled.size() < 200);
  }
}

TEST_CASE("many open braces, inputs and dollars cost time in proportion to their number") {
  const auto repeated = [](const std::string& part) {
    std::string text;
    while (text.size() < 400'000) text += part;
    return text;
  };
  const auto begin = std::chrono::steady_clock::now();
  for (const client::Dialect* client : client::dialects())
    for (const char* part : {"!{", "${input:", "$", "$ARGUMENTS[", "{{args}", "`$1", "$A", "!{x} "})
      static_cast<void>(fill(*client, repeated(part), "a b"));
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));
}
