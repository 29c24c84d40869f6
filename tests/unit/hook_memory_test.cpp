// What a conversation is given in the course of its life: once, and again when it was lost.
#include "unit/hook_library.h"

#include <sys/wait.h>
#include <unistd.h>

#include "facts/index_file.h"
#include "session/ledger.h"

using namespace cascade;
using namespace cascade::test;

namespace {

const std::string leak = "use the memory-leak-hunt skill: memory leak, heap grows";
const std::string notes = "use the release-notes skill for version two";

std::string fork_event(const HookLibrary& library, const std::string& session) {
  return HookLibrary::event("SessionStart",
                            "\"source\":\"fork\",\"transcript_path\":\"" + library.path + "/t/" + session + ".jsonl\"",
                            session);
}

}  // namespace

TEST_CASE("a file that changed since the index was made is answered from as it is now, and remembered once") {
  const HookLibrary library;
  const std::string cache = library.path + "/cache";
  const auto prompt = [&](const std::string& session) {
    return library.answer(HookLibrary::event("UserPromptSubmit", "\"prompt\":\"the memory leak: heap grows\"", session),
                          cache);
  };
  REQUIRE(prompt("first").find("Growing RSS") != std::string::npos);
  library.write(
      "lib/skills/memory-leak-hunt/SKILL.md",
      "---\nname: memory-leak-hunt\ndescription: Proves a memory leak with two heap snapshots. Use when memory "
      "grows.\nmetadata:\n  cascade-triggers: memory leak; heap grows\n---\nWritten a moment ago.\n");
  const std::string answer = prompt("second");
  CHECK(answer.find("Written a moment ago.") != std::string::npos);
  CHECK(answer.find("Growing RSS") == std::string::npos);
  const session::Ledger ledger(library.options.state_directory, "second");
  CHECK(ledger.entries().size() == 1);
  std::filesystem::remove_all(library.path + "/lib/skills");
  CHECK(prompt("third").find("memory-leak-hunt") == std::string::npos);
}

TEST_CASE("what did not arrive is not remembered, and is said the next time") {
  HookLibrary library;
  library.options.deliver = [](std::string_view) { return false; };
  CHECK(library.prompt(leak) == "error: the answer could not be written");
  CHECK(library.agent("leak-hunter", "look") == "error: the answer could not be written");
  CHECK(session::Ledger(library.options.state_directory, "s1").entries().empty());
  std::string arrived;
  library.options.deliver = [&](std::string_view text) {
    arrived = text;
    return true;
  };
  CHECK(library.prompt(leak) == arrived);
  CHECK(contains(injected(arrived), "Growing RSS is not yet a leak."));
  CHECK(session::Ledger(library.options.state_directory, "s1").entries().size() == 1);
  CHECK(library.prompt(leak).empty());
}

TEST_CASE("what arrived but could not be kept is an error for whoever delivers, and no reason to stay silent") {
  HookLibrary library;
  library.write("file", "");
  library.options.state_directory = library.path + "/file";
  CHECK(contains(injected(library.prompt(leak)), "Growing RSS is not yet a leak."));
  std::size_t delivered = 0;
  library.options.deliver = [&](std::string_view) { return ++delivered != 0; };
  CHECK(contains(library.prompt(leak), "error: "));
  CHECK(delivered == 1);
}

TEST_CASE("a fork holds what the conversation held that it was forked of") {
  const HookLibrary library;
  library.start("startup", "s1");
  REQUIRE_FALSE(library.prompt(leak, "s1").empty());
  library.write("t/s1.jsonl", "{}\n");
  CHECK(library.answer(fork_event(library, "s2")).empty());
  CHECK(library.prompt(leak, "s2").empty());
  CHECK(contains(injected(library.prompt(notes, "s2")), "Notes are for users."));
  CHECK_FALSE(library.prompt(notes, "s1").empty());  // the parent goes on without it
  CHECK(contains(injected(library.answer(HookLibrary::event("SessionStart", "\"source\":\"compact\"", "s2"))),
                 "Growing RSS is not yet a leak."));
}

TEST_CASE("a fork of a conversation that nobody knows begins with nothing held") {
  const HookLibrary library;
  library.write("t/other.jsonl", "{}\n");
  CHECK(library.answer(fork_event(library, "s2")).empty());
  CHECK_FALSE(library.prompt(leak, "s2").empty());
}

TEST_CASE("all that was active comes back after compaction, also after the second one, and once only") {
  const HookLibrary library;
  REQUIRE_FALSE(library.prompt(leak).empty());
  REQUIRE_FALSE(library.prompt(notes).empty());
  for (int compaction = 0; compaction < 3; ++compaction) {
    const std::string text = injected(library.start("compact"));
    INFO(text);
    CHECK(contains(text, "Growing RSS is not yet a leak."));
    CHECK(contains(text, "Notes are for users."));
    CHECK(library.prompt(leak).empty());
    CHECK(library.prompt(notes).empty());
  }
}

TEST_CASE("a fact that was recalled comes back after compaction, unless it has ended or recalling is off") {
  HookLibrary library;
  library.options.recalls = true;
  library.options.team = "crew";
  library.options.now = 1'000;
  const auto remember = [&](std::int64_t valid_until) {
    std::filesystem::remove(library.options.state_directory + "/recall.index");
    recall::Fact fact;
    fact.id = "m1";
    fact.scope = recall::Scope::team;
    fact.owner = "crew";
    fact.subject = "kiln temperature";
    fact.text = "The kiln fires porcelain at 1280 degrees.";
    fact.valid_until = valid_until;
    recall::Fact other = fact;
    other.id = "m2";
    other.subject = "canteen";
    other.text = "Lunch is served at noon.";
    std::filesystem::create_directories(library.options.state_directory);
    REQUIRE(recall::make_index(
        library.options.state_directory,
        [&] {
          return Result<std::vector<recall::Fact>>({fact, other});
        },
        true));
  };
  remember(0);
  REQUIRE(contains(injected(library.prompt("at which temperature does the kiln fire porcelain?")), "1280 degrees"));
  const std::string back = injected(library.start("compact"));
  CHECK(contains(back, "1280 degrees"));
  CHECK_FALSE(contains(back, "Lunch"));
  remember(1'000);  // its last second
  CHECK(contains(injected(library.start("compact")), "1280 degrees"));
  library.options.recalls = false;
  CHECK_FALSE(contains(injected(library.start("compact")), "1280 degrees"));
  library.options.recalls = true;
  REQUIRE(contains(injected(library.prompt("at which temperature does the kiln fire porcelain?")), "1280 degrees"));
  library.options.now = 1'001;
  CHECK_FALSE(contains(injected(library.start("compact")), "1280 degrees"));
}

TEST_CASE("where not all that was active fits any more, the latest comes back") {
  HookLibrary library;
  const std::string filler(2'000, 'x');
  for (const char* name : {"alpha-task", "beta-task", "gamma-task"})
    library.write("lib/skills/" + std::string(name) + "/SKILL.md",
                  "---\nname: " + std::string(name) + "\ndescription: Does " + name + ". Use when asked.\n---\nLEAD-" +
                      name + " " + filler + filler + "\n");
  for (const char* name : {"alpha-task", "beta-task", "gamma-task"})
    REQUIRE(contains(injected(library.prompt("use the " + std::string(name) + " skill")), "LEAD-"));
  const std::string text = injected(library.start("compact"));
  CHECK(contains(text, "LEAD-gamma-task"));
  CHECK(contains(text, "LEAD-beta-task"));
  CHECK_FALSE(contains(text, "LEAD-alpha-task"));
}

TEST_CASE("a manifest that was only offered does not come back as if it had been loaded, and is offered once") {
  const HookLibrary library;
  library.write("cascade.yaml", "caution: high\n");
  const std::string text = injected(library.prompt("merged changes"));
  INFO(text);
  CHECK(text.rfind("[cascade] May fit (a tool's guess; ignore what does not):\n"
                   "- skill:release-notes: Use when a version ships\n",
                   0) == 0);
  CHECK(library.prompt("merged changes").empty());
  CHECK_FALSE(contains(injected(library.start("compact")), "Notes are for users."));
  CHECK(contains(injected(library.prompt(notes)), "Notes are for users."));
}

TEST_CASE("subagents keep what they hold while the main conversation is compacted") {
  const HookLibrary library;
  REQUIRE_FALSE(library.subagent("log-correlator", "a1").empty());
  library.start("compact");
  CHECK(library.subagent("log-correlator", "a1").empty());
  CHECK_FALSE(library.subagent("log-correlator", "a2").empty());
}

TEST_CASE("a call that was refused leaves nothing behind for a subagent of a later turn") {
  const HookLibrary library;
  const auto call = [&](const std::string& turn) {
    return library.answer(HookLibrary::event(
        "PreToolUse", "\"prompt_id\":\"" + turn + "\",\"tool_name\":\"Agent\",\"tool_use_id\":\"t-" + turn +
                          "\",\"tool_input\":{\"prompt\":\"align\",\"subagent_type\":\"log-correlator\"}"));
  };
  const auto begin = [&](const std::string& turn, const std::string& id) {
    return library.answer(HookLibrary::event(
        "SubagentStart",
        "\"prompt_id\":\"" + turn + "\",\"agent_type\":\"general-purpose\",\"agent_id\":\"" + id + "\""));
  };
  REQUIRE_FALSE(call("p1").empty());
  const auto summary = [&] { return session::list_sessions(library.options.state_directory).at(0); };
  begin("p2", "a1");  // the call of p1 never became a subagent
  CHECK(summary().injections == 0);
  CHECK(summary().cost.tokens == 0);
  REQUIRE_FALSE(call("p3").empty());
  begin("p3", "a2");
  CHECK(summary().injections == 1);
  CHECK(summary().last_item == "agent:log-correlator");
}

TEST_CASE("a subagent without a type is general-purpose to the client") {
  const HookLibrary library;
  REQUIRE_FALSE(library
                    .answer(HookLibrary::event("PreToolUse", R"("tool_name":"Agent","tool_use_id":"t1","tool_input":{)"
                                                             R"("prompt":"Act as the log-correlator agent."})"))
                    .empty());
  CHECK(library.subagent("general-purpose", "a1").empty());
  const std::string shown = library.subagent("log-correlator", "a9");
  CHECK_FALSE(shown.empty());
}

TEST_CASE("an agent that the prompt calls and the client does not know: one line on how to start it, once") {
  const HookLibrary library;
  const std::string text = injected(library.prompt("@log-correlator please look at these"));
  INFO(text);
  CHECK(contains(text,
                 "[cascade] agent:log-correlator is at hand: start it with the Agent tool, subagent_type "
                 "\"log-correlator\""));
  CHECK_FALSE(contains(text, "request id"));
  CHECK_FALSE(contains(injected(library.prompt("@log-correlator please look at these")), "log-correlator is at hand"));
}

TEST_CASE("what the client sends itself when the user types its name is not sent a second time") {
  const HookLibrary library;
  library.write("lib/.claude/skills/heap-care/SKILL.md",
                "---\nname: heap-care\ndescription: Cares for heaps. Use when asked.\n"
                "metadata:\n  cascade-agents: leak-hunter\n---\nTHE-BODY stays with the client.\n");
  const std::string typed = injected(library.prompt("/heap-care now"));
  INFO(typed);
  CHECK_FALSE(contains(typed, "THE-BODY"));
  CHECK(contains(typed, "=== agent: leak-hunter ==="));
  CHECK(contains(injected(library.prompt("use the heap-care skill", "s2")), "THE-BODY"));
}

TEST_CASE("a skill that the budget cannot hold is named with its file, once") {
  HookLibrary library;
  library.write("lib/skills/endless/SKILL.md", "---\nname: endless\ndescription: Has no end. Use when asked.\n---\n" +
                                                   std::string(60'000, 'x') + "\n");
  const std::string text = injected(library.prompt("use the endless skill"));
  INFO(text);
  CHECK((contains(text, "Read " + library.path + "/lib/skills/endless/SKILL.md first.") || contains(text, "xxxxx")));
  CHECK(text.size() < 9'600);
  CHECK(library.prompt("use the endless skill").empty());
}

TEST_CASE("sixteen hooks at once on the same prompt of one conversation: exactly one speaks") {
  const HookLibrary library;
  library.start("startup");
  int pipes[2];
  REQUIRE(::pipe(pipes) == 0);
  std::vector<pid_t> children;
  for (int i = 0; i < 16; ++i) {
    const pid_t child = ::fork();
    if (child == 0) {
      WorkspaceOptions open;
      open.directory = library.path;
      open.roots = {{library.path + "/lib", Scope::project}};
      open.threads = 1;
      auto workspace = Workspace::open(open);
      const auto answer = answer_hook(*workspace, library.options,
                                      HookLibrary::event("UserPromptSubmit", "\"prompt\":" + syntax::quote_json(leak)));
      const char said = answer && !answer->empty() ? 'x' : '.';
      ::_exit(::write(pipes[1], &said, 1) == 1 ? 0 : 1);
    }
    children.push_back(child);
  }
  ::close(pipes[1]);
  for (const pid_t child : children) {
    int status = 0;
    CHECK(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
  }
  std::string said(16, ' ');
  CHECK(::read(pipes[0], said.data(), said.size()) == 16);
  ::close(pipes[0]);
  CHECK(std::count(said.begin(), said.end(), 'x') == 1);
}

TEST_CASE("what the transcript shows not to have arrived is sent again, and nothing else is") {
  const HookLibrary library;
  const std::string transcript = library.path + "/t/s1.jsonl";
  const auto ask = [&](const std::string& words) {
    return injected(
        library.answer(HookLibrary::event("UserPromptSubmit", "\"prompt\":" + syntax::quote_json(words) +
                                                                  ",\"transcript_path\":\"" + transcript + "\"")));
  };
  const auto line = [](const std::string& text) {
    return "{\"attachment\":{\"type\":\"hook_additional_context\",\"content\":[" + syntax::quote_json(text) + "]}}\n";
  };
  const std::string typed = "{\"type\":\"user\",\"message\":{\"content\":\"" + leak + "\"}}\n";
  const std::string card = line("[cascade] 2 skills are at hand");
  const std::string text = "Growing RSS is not yet a leak.";

  SECTION("the prompt was refused by another hook") {
    library.write("t/s1.jsonl", card);
    REQUIRE(contains(ask(leak), text));
    library.write("t/s1.jsonl", card + typed);
    CHECK(contains(ask(leak), text));
    library.write("t/s1.jsonl", card + typed + typed + line("[cascade] skill:memory-leak-hunt: " + text));
    CHECK_FALSE(contains(ask(leak), text));
    library.write("t/s1.jsonl", card + typed + typed + line("[cascade] skill:memory-leak-hunt: " + text) + typed);
    CHECK_FALSE(contains(ask(leak), text));
  }
  SECTION("only another hook's text arrived") {
    library.write("t/s1.jsonl", card);
    REQUIRE(contains(ask(leak), text));
    library.write("t/s1.jsonl", card + typed + line("the weather"));
    CHECK(contains(ask(leak), text));
  }
  SECTION("the text that came before it arrived, and is not sent again") {
    library.write("t/s1.jsonl", card);
    REQUIRE(contains(ask(leak), text));
    const std::string first = card + typed + line("skill:memory-leak-hunt");
    library.write("t/s1.jsonl", first);
    REQUIRE(contains(ask(notes), "Notes are for users."));
    library.write("t/s1.jsonl", first + typed);
    CHECK_FALSE(contains(ask(leak), text));
    CHECK(contains(ask(notes), "Notes are for users."));
  }
  SECTION("a transcript that shows no hook's text tells nothing") {
    library.write("t/s1.jsonl", typed);
    REQUIRE(contains(ask(leak), text));
    library.write("t/s1.jsonl", typed + typed);
    CHECK_FALSE(contains(ask(leak), text));
  }
  SECTION("there is no transcript") {
    REQUIRE(contains(ask(leak), text));
    CHECK_FALSE(contains(ask(leak), text));
  }
  SECTION("a long turn in which it is not found tells nothing") {
    library.write("t/s1.jsonl", card);
    REQUIRE(contains(ask(leak), text));
    library.write("t/s1.jsonl", card + typed + std::string(2 << 20, 'x'));
    CHECK_FALSE(contains(ask(leak), text));
  }
}
