// The events that a guard of repositories hears, as the client tells them.
#include <catch2/catch.hpp>

#include "events/judges.h"
#include "events/systems.h"
#include "session/ledger.h"
#include "unit/guarded_session.h"

using namespace cascade;
using namespace cascade::systems;
using policy::Mode;
using Says = repository::Decision;

TEST_CASE("a verdict is written as the client reads it") {
  Session session("systems: { repository: block }\n");
  const std::string answer = session.answer("Write", R"({"file_path":"{}/other/a","content":"x"})");
  INFO(answer);
  CHECK(answer.rfind(R"({"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"ask",)"
                     R"("permissionDecisionReason":"[cascade] )",
                     0) == 0);
}

TEST_CASE("a tool that nobody has heard of is judged by the line or the file in its input") {
  Session session("systems: { repository: block }\n");
  const auto asks = [&](const std::string& tool, const std::string& input) {
    return session.answer(tool, input).find("\"permissionDecision\":\"ask\"") != std::string::npos;
  };
  for (const char* tool : {"Monitor", "PowerShell", "NewTool", "mcp__box__do"}) {
    INFO(tool);
    CHECK(asks(tool, "{\"command\":\"cascade hook --off\"}"));
    CHECK(asks(tool, "{\"command\":\"echo x > {}/other/a\"}"));
    CHECK(session.answer(tool, "{\"command\":\"ls -l\"}") == "");
    CHECK(session.answer(tool, "{\"description\":\"git commit\"}") == "");
  }
  std::filesystem::create_directories(session.path("other"));
  CHECK(asks("PowerShell", R"({"command":"Set-Location ..\\other; rm a"})"));
  CHECK(asks("PowerShell", R"({"command":"'x' | Out-File -Append -FilePath ..\\other\\a"})"));
  CHECK(session.answer("PowerShell", R"({"command":"Set-Location ..\\project; Set-Content a 'x'"})") == "");
  CHECK(asks("Run", "{\"cmd\":[\"sh\",\"-c\",\"echo x > {}/other/a\"]}"));
  CHECK(asks("Run", "{\"script\":\"cd ..; touch other/a\",\"cwd\":\"{}/project\"}"));
  CHECK(asks("NewEdit", "{\"path\":\"{}/other/a\",\"new_str\":\"x\"}"));
  CHECK(session.answer("NewEdit", "{\"path\":\"{}/project/a\",\"new_str\":\"x\"}") == "");
  CHECK(session.answer("NewRead", "{\"path\":\"{}/other/a\"}") == "");
}

TEST_CASE("tools of MCP servers that write files or run git are judged as the client's own are") {
  Session session("systems: { repository: block }\n");
  const auto asks = [&](const std::string& tool, const std::string& input) {
    return session.answer(tool, input).find("\"permissionDecision\":\"ask\"") != std::string::npos;
  };
  CHECK(asks("mcp__files__write_file", "{\"path\":\"{}/other/a\",\"content\":\"x\"}"));
  CHECK(asks("mcp__files__edit_file", "{\"path\":\"../other/a\",\"edits\":[]}"));
  CHECK(asks("mcp__files__move_file", "{\"source\":\"a\",\"destination\":\"{}/other/a\"}"));
  CHECK(asks("mcp__files__move_file", "{\"source\":\"{}/other/a\",\"destination\":\"a\"}"));
  CHECK(asks("mcp__files__write_file", "{\"path\":\"cascade.yaml\",\"content\":\"x\"}"));
  CHECK(session.answer("mcp__files__write_file", "{\"path\":\"{}/project/a\",\"content\":\"x\"}") == "");
  CHECK(session.answer("mcp__files__read_file", "{\"path\":\"{}/other/a\"}") == "");
  CHECK(session.answer("mcp__git__git_status", "{\"repo_path\":\"{}/other\"}") == "");
  for (const char* tool : {"mcp__git__git_commit", "mcp__git__git_add", "mcp__git__git_reset"})  // cascade-git is asked
    CHECK(session.answer(tool, "{\"repo_path\":\"{}/other\",\"message\":\"x\"}") == "error: cascade-git is not there");
  CHECK(session.answer("mcp__github__create_pull_request", "{\"owner\":\"acme\",\"repo\":\"lib\"}").find("acme/lib") !=
        std::string::npos);
  CHECK(session.answer("mcp__github__create_or_update_file", "{\"owner\":\"acme\",\"repo\":\"lib\",\"path\":\"/a\"}")
            .find("would write to github.com/acme/lib") != std::string::npos);
  CHECK(session.answer("mcp__terminal__run_command", "{\"command\":\"git commit -m x\",\"cwd\":\"{}/other\"}") ==
        "error: cascade-git is not there");
  CHECK(asks("mcp__terminal__run_command", "{\"command\":\"cascade hook --off\"}"));
  CHECK(session.answer("mcp__terminal__run_command", "{\"command\":\"ls -l\"}") == "");
  CHECK(session.answer("mcp__api__create_route", "{\"path\":\"/users\"}") == "");
  CHECK(session.answer("mcp__github__get_file_contents", "{\"owner\":\"acme\",\"repo\":\"lib\"}") == "");
}

TEST_CASE("a system that is off says nothing, and a broken configuration is an error") {
  CHECK(Session("model: opus\n").answer("Bash", "{\"command\":\"cascade hook --off\"}") == "");
  CHECK(Session("systems: [").answer("Bash", "{\"command\":\"ls\"}").rfind("error: ", 0) == 0);
  Session session("systems: { repository: shadow }\n");
  CHECK(session.answer("Bash", "{\"command\":\"cascade hook --off\"}") == "");
  CHECK(session::Ledger(session.surroundings.state_directory, "s").entries().back().event == session::Event::verdict);
}

TEST_CASE("a verdict without cascade-git is an error, so that the tool is refused") {
  Session session("systems: { repository: block }\n");
  CHECK(session.answer("Bash", "{\"command\":\"ls && grep -r git .\"}") == "");
  CHECK(session.answer("Bash", "{\"command\":\"git commit -m x\"}") == "error: cascade-git is not there");
  session.surroundings.state_directory.clear();  // nor was the beginning noted
  CHECK(session.answer("Bash", "{\"command\":\"ls\"}") == "");
  CHECK(session.answer("Write", "{\"file_path\":\"{}/project/a\"}") == "");
  CHECK(session.answer("Write", "{\"file_path\":\"{}/other/a\"}").find("\"ask\"") != std::string::npos);
}

TEST_CASE("a tool that the agent's manifest does not name is refused") {
  Session session("systems: { tools: block }\n");
  session.agent("reader", "Read, mcp__docs, mcp__web__get*");
  const std::string reader = "\"agent_id\":\"a1\",\"agent_type\":\"reader\",";
  CHECK(session.answer("Bash", "{\"command\":\"ls\"}", reader)
            .find("may use Read, mcp__docs__*, mcp__web__get*, and not Bash") != std::string::npos);
  for (const char* tool : {"Read", "mcp__docs__find", "mcp__web__get_page"})
    CHECK(session.answer(tool, "{\"x\":\"y\"}", reader) == "");
  CHECK(session.answer("Bash", "{\"command\":\"ls\"}", "\"agent_id\":\"a2\",\"agent_type\":\"other\",") == "");
  CHECK(session.answer("Bash", "{\"command\":\"ls\"}") == "");
}

TEST_CASE("a subagent acts as the agent whose layer it was sent") {
  Session session("");
  session::Ledger ledger(session.surroundings.state_directory, "s");
  session::Entry waits, taken;
  waits.event = taken.event = session::Event::inject;
  waits.recipient = "pending:general-purpose#1";
  waits.root = "agent:reader";
  taken.recipient = "a1";
  taken.decision = "taken";
  taken.root = waits.recipient;
  REQUIRE(ledger.append(waits));
  REQUIRE(ledger.append(taken));
  hook::EventInput event;
  event.agent_type = "general-purpose";
  CHECK(acting_agent(ledger, event).empty());
  event.agent_id = "a1";
  CHECK(acting_agent(ledger, event) == "reader");
  event.agent_id = "a2";
  CHECK(acting_agent(ledger, event) == "general-purpose");
}

TEST_CASE("what mode warn says comes once a session, as long as only numbers differ") {
  Session session("systems: { repository: warn }\n");
  const auto write = [&](const std::string& path) {
    return session.answer("Write", "{\"file_path\":\"{}/" + path + "\",\"content\":\"x\"}");
  };
  CHECK(write("other/a").find("systemMessage") != std::string::npos);
  CHECK(write("other/a") == "");
  CHECK(write("other/b").find("systemMessage") != std::string::npos);
  const systems::Verdict held{"leases", Mode::warn, Says::deny, "x is held since 12 s"};
  CHECK(kind_of(held) == kind_of({"leases", Mode::warn, Says::deny, "x is held since 40 s"}));
  CHECK(kind_of(held) != kind_of({"leases", Mode::warn, Says::deny, "y is held since 12 s"}));
  CHECK(kind_of(held) != kind_of({"tools", Mode::warn, Says::deny, "x is held since 12 s"}));
}

TEST_CASE("what mode block refuses is refused every time, with its reason") {
  Session session("systems: { repository: block }\n");
  const std::string input = "{\"file_path\":\"{}/other/a\",\"content\":\"x\"}";
  const std::string first = session.answer("Write", input);
  CHECK(first.find("permissionDecision") != std::string::npos);
  CHECK(session.answer("Write", input) == first);
}
