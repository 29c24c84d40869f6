// The end of a turn, of the main conversation and of subagents.
#include <catch2/catch.hpp>

#include "hook/event.h"
#include "unit/guarded_session.h"

using namespace cascade;
using namespace cascade::systems;

namespace {

struct Turn {
  Session session{"systems: { effects: block }\n"};

  std::string tell(const std::string& name, const std::string& rest) {
    const auto event = describe_hook_event("{\"session_id\":\"s\",\"cwd\":\"" + session.path("project") +
                                           "\",\"hook_event_name\":\"" + name + "\"," + rest + "}");
    REQUIRE(event);
    const auto said = heard(*event, session.surroundings);
    return said ? hook::write_answer(event->input->event, *said) : "error: " + said.error().message;
  }
  static std::string of(const std::string& agent) {
    return agent.empty() ? "" : "\"agent_id\":\"" + agent + "\",\"agent_type\":\"general-purpose\",";
  }
  void push(const std::string& agent, const std::string& remote = "origin") {
    CHECK(tell("PostToolUse", of(agent) + R"("prompt_id":"p1","tool_name":"Bash","tool_input":{"command":"git push )" +
                                  remote + R"( main"},"tool_response":{"stdout":"main -> main","stderr":""})") == "");
  }
  // Whether the end of a turn is spoken to, and of how many effects.
  int end(const std::string& agent, const std::string& prompt = "p1",
          const std::string& more = "\"stop_hook_active\":false") {
    const std::string event = agent.empty() ? "Stop" : "SubagentStop";
    const std::string said = tell(event, of(agent) + "\"prompt_id\":\"" + prompt + "\"," + more);
    if (said.empty()) return 0;
    CHECK(said.find("{\"hookSpecificOutput\":{\"hookEventName\":\"" + event + "\",\"additionalContext\":") == 0);
    int effects = 0;
    for (std::size_t at = said.find("\\n- "); at != std::string::npos; at = said.find("\\n- ", at + 1)) ++effects;
    return effects;
  }
};

}  // namespace

TEST_CASE("a subagent is told of its own effects, once, and in each prompt one end is spoken to") {
  Turn turn;
  turn.push("a1");
  turn.push("a2", "upstream");
  CHECK(turn.end("a3") == 0);
  CHECK(turn.end("a1") == 1);
  CHECK(turn.end("a1") == 0);
  CHECK(turn.end("a2") == 0);
  CHECK(turn.end("a2", "p2") == 1);
  CHECK(turn.end("a2", "p3") == 0);
}

TEST_CASE("the main conversation is told of all that nobody was told of") {
  Turn turn;
  turn.push("a1");
  turn.push("a2", "upstream");
  turn.push("", "fork");
  CHECK(turn.end("a1") == 1);
  CHECK(turn.end("") == 0);
  CHECK(turn.end("", "p2") == 2);
  CHECK(turn.end("", "p3") == 0);
}

TEST_CASE("an end that a hook sent on is not spoken to, nor one that waits or admits it") {
  for (const char* agent : {"a1", ""}) {
    Turn turn;
    turn.push(agent);
    CHECK(turn.end(agent, "p1", "\"stop_hook_active\":true") == 0);
    CHECK(turn.end(agent, "p2",
                   R"("stop_hook_active":false,"background_tasks":[{"id":"b1","type":"shell","status":"running"}])") ==
          0);
    CHECK(turn.end(agent, "p3",
                   R"("stop_hook_active":false,"last_assistant_message":"Pushed; I have not verified it.")") == 0);
  }
  Turn turn;
  turn.push("a1");
  CHECK(turn.end("a1", "p1", "\"stop_hook_active\":true") == 0);
  CHECK(turn.end("a1", "p2") == 1);
}

TEST_CASE("what would waive an effect is asked about where effects hold a turn back, and free where they only warn") {
  CHECK(Session("systems: { effects: block }\n").asks("cascade effects waive 1"));
  CHECK_FALSE(Session("systems: { effects: warn }\n").asks("cascade effects waive 1"));
}
