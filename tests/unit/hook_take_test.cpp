#include "hook_library.h"

#include "client/dialect.h"

using namespace cascade;
using namespace cascade::test;

namespace {

std::string taken(const HookLibrary& library, const std::string& wanted, const std::string& more = "") {
  return injected(library.answer(
      HookLibrary::event("PreToolUse", "\"tool_name\":\"Skill\",\"tool_input\":{\"skill\":\"cascade\",\"args\":" +
                                           syntax::quote_json(wanted) + "}" + more)));
}

}  // namespace

TEST_CASE("the model takes a skill by its name: its layer comes once, is noted, and needs no permission") {
  const HookLibrary library;
  CHECK(contains(taken(library, "memory-leak-hunt"), "Growing RSS"));
  const std::string again = taken(library, "skill:memory-leak-hunt");
  CHECK(contains(again, "is already in this conversation"));
  CHECK_FALSE(contains(again, "Growing RSS"));
  CHECK(contains(taken(library, "memory-leak-hunt", ",\"agent_id\":\"a1\""), "Growing RSS"));
  const std::string answer = library.answer(HookLibrary::event(
      "PreToolUse", R"("tool_name":"Skill","tool_input":{"skill":"cascade","args":"release-notes"})"));
  CHECK(contains(answer, "\"permissionDecision\":\"allow\""));
  CHECK(contains(answer, "\"systemMessage\":\"cascade: loaded release-notes, "));
  CHECK(library.answer(HookLibrary::event("PreToolUse", R"("tool_name":"Skill","tool_input":{"skill":"other"})"))
            .empty());
}

TEST_CASE("a command comes with its arguments in place, and its shell lines as text") {
  const HookLibrary library;
  library.write("lib/commands/ship.md", "---\ndescription: Ships\n---\nShip $1 of $ARGUMENTS with `$0`.\n!`touch x`\n");
  const std::string text = taken(library, "/ship 'a b' c");
  CHECK(contains(text, "Ship c of 'a b' c with `a b`."));
  CHECK(contains(text, "touch x"));
  CHECK(contains(taken(library, "diff-heaps one"), "Compare one."));
}

TEST_CASE("only the command's own text is filled, not what comes along with it") {
  const HookLibrary library;
  library.write("lib/agents/teller.md",
                "---\nname: teller\ndescription: Counts $0 and $ARGUMENTS twice.\n---\nCount.\n");
  library.write("lib/commands/pay.md",
                "---\ndescription: Pays $0\nmetadata:\n  cascade-agents: teller\n---\nPay $0. Have `teller` count.\n");
  const std::string text = taken(library, "pay five");
  CHECK(contains(text, "Pay five. Have"));
  CHECK(contains(text, "When to use: Pays $0\n"));
  CHECK(contains(text, "Counts $0 and $ARGUMENTS twice."));
  CHECK_FALSE(contains(text, "ARGUMENTS: five"));
}

TEST_CASE("words are searched for, an agent is explained, a manual-only skill is refused") {
  const HookLibrary library;
  library.write("lib/skills/manual/SKILL.md",
                "---\nname: manual\ndescription: Deploys.\ndisable-model-invocation: true\n---\nMANUAL-BODY\n");
  CHECK(contains(taken(library, "memory grows and leaks"), "- skill:memory-leak-hunt: "));
  for (const char* words : {"memory grows and leaks", "xyzzy", "leak-hunter"}) {
    const std::string said = taken(library, words);
    CHECK(said.size() - said.find_last_not_of('\n') == 2);  // one end of a line
  }
  CHECK(contains(taken(library, "leak-hunter"), "subagent_type \"leak-hunter\""));
  const std::string refused = taken(library, "manual");
  CHECK(contains(refused, "is for the user to start (disable-model-invocation"));
  CHECK_FALSE(contains(refused, "MANUAL-BODY"));
  CHECK(contains(injected(library.prompt("/cascade manual")), "MANUAL-BODY"));
  CHECK(contains(taken(library, ""), "Say what"));
  CHECK(contains(taken(library, "xyzzy"), "Nothing in the library matches"));
}

TEST_CASE(
    "the entry has the name that the client lists: a plugin's has its plugin's, and none is there when it is off") {
  HookLibrary library;
  const auto card = [&](const std::string& session) { return injected(library.start("startup", session)); };
  CHECK(contains(card("a"), "the user says: use the <name> skill"));
  library.options.plugin_folder = library.path + "/plugin";
  CHECK(contains(card("b"), "the user says: use the <name> skill"));  // another plugin's hook
  library.write("plugin/skills/cascade/SKILL.md", "---\nname: cascade\ndescription: Loads.\n---\nIt.\n");
  CHECK(contains(card("c"), "call the Skill tool with skill \"cascade:cascade\""));
  CHECK(contains(injected(library.prompt("/cascade:cascade release-notes")), "Notes are for users."));
  library.options.home = library.path + "/home";
  library.write("home/.claude/skills/cascade/SKILL.md", "---\nname: cascade\ndescription: Loads.\n---\nIt.\n");
  CHECK(contains(card("d"), "call the Skill tool with skill \"cascade\""));
  library.write("home/.claude/settings.json", "{\"skillOverrides\":{\"cascade\":\"off\"}}");
  CHECK(contains(card("e"), "call the Skill tool with skill \"cascade:cascade\""));
  library.options.plugin_folder.clear();
  CHECK(contains(card("f"), "the user says: use the <name> skill"));
}

TEST_CASE("arguments are filled as the client fills them") {
  const auto fill = [](const std::string& text, const std::string& arguments) {
    return client::fill_arguments(text, client::usual_dialect().placeholders, {"x", arguments, {"from", "to"}, "S"});
  };
  CHECK(fill("$ARGUMENTS|$0|$1|$2", "one 'two three'") == "one 'two three'|one|two three|$2");
  CHECK(fill("$ARGUMENTS[1] $from-$to", "a b") == "b a-b");
  CHECK(fill("\\$1 costs $5, ${CLAUDE_SESSION_ID}", "") == "$1 costs $5, S");
  CHECK(fill("text", "a b") == "text\nARGUMENTS: a b\n");
  CHECK(fill("$ARGUMENTS", "$0 $(touch x)") == "$0 $(touch x)");
  CHECK(fill("$", "x") == "$\nARGUMENTS: x\n");
}

TEST_CASE("arguments are split at white space outside quotes") {
  using Words = std::vector<std::string>;
  CHECK(client::split_arguments("").empty());
  CHECK(client::split_arguments("  \t\n ").empty());
  CHECK(client::split_arguments(" a  b\tc\n") == Words{"a", "b", "c"});
  CHECK(client::split_arguments("\"a b\" 'c d'") == Words{"a b", "c d"});
  CHECK(client::split_arguments("a\"b c\"d") == Words{"ab cd"});
  CHECK(client::split_arguments("'' \"\"") == Words{"", ""});
  CHECK(client::split_arguments("\"it's\" 'say \"x\"'") == Words{"it's", "say \"x\""});
  CHECK(client::split_arguments("\"open end") == Words{"open end"});
}

TEST_CASE("what looks like a placeholder and is none stays, and what is filled is not filled again") {
  const auto fill = [](const std::string& text, const std::string& arguments) {
    return client::fill_arguments(text, client::usual_dialect().placeholders, {"x", arguments, {"from", "to"}, "S"});
  };
  CHECK(fill("$ARGUMENTS[0]$ARGUMENTS[2]", "a b") == "aa b[2]");
  CHECK(fill("$ARGUMENTS[0", "a") == "a[0");
  CHECK(fill("$ARGUMENTS[]", "a") == "a[]");
  CHECK(fill("$ARGUMENTS[x]", "a") == "a[x]");
  CHECK(fill("$ARGUMENTS[0001]", "a") == "a[0001]");
  CHECK(fill("$ARGUMENTS[001]", "a b") == "b");
  CHECK(fill("$0001", "a") == "$0001\nARGUMENTS: a\n");
  CHECK(fill("$fromx $from_ $to", "a b") == "$fromx $from_ b");
  CHECK(fill("$to", "a") == "");
  CHECK(fill("$1", "a") == "$1\nARGUMENTS: a\n");
  CHECK(fill("a\\$0 \\x", "b") == "a$0 \\x\nARGUMENTS: b\n");
  CHECK(fill("$$0", "a") == "$a");
  CHECK(fill("ends in \\", "") == "ends in \\");
  CHECK(fill("\\", "") == "\\");
  CHECK(fill("${CLAUDE_SESSION_ID}$", "") == "S$");
  CHECK(fill("no place", "") == "no place");
}
