#include "unit/hook_library.h"

#include "client/transcript/tail.h"
#include "hook/event.h"
#include "hook/layer.h"

using namespace cascade;
using namespace cascade::test;

namespace {

std::string answer_line(const std::string& model) {
  return R"({"parentUuid":"x","message":{"model":")" + model +
         R"(","id":"m","type":"message","role":"assistant","content":[{"type":"text","text":"say \"model\":\"claude-fake\""}]},"type":"assistant"})"
         "\n";
}

struct Allowances {
  TokenCount prompt = 0, agent = 0;
};

// What would be allowed at this event.
Allowances allowed(const HookLibrary& library, const std::string& event_json) {
  WorkspaceOptions open;
  open.directory = library.path;
  open.roots = {{library.path + "/lib", Scope::project}};
  auto workspace = Workspace::open(open);
  REQUIRE(workspace);
  auto event = hook::read_event(event_json);
  REQUIRE(event);
  session::Ledger ledger(library.options.state_directory, event->session_id);
  hook::Conversation conversation{*workspace, library.options, *event, ledger, workspace->registry()};
  const auto agent = conversation.registry.find({Kind::agent, "leak-hunter"});
  REQUIRE(agent);
  const Cost prompt = prompt_allowance(conversation), for_agent = agent_allowance(conversation, *agent, 40'000);
  CHECK(prompt.chars == 9'500);
  CHECK(for_agent.chars == 40'000);
  return {prompt.tokens, for_agent.tokens};
}

std::string with_transcript(const HookLibrary& library, const std::string& lines) {
  library.write("t/s1.jsonl", lines);
  return HookLibrary::event("UserPromptSubmit",
                            "\"prompt\":\"x\",\"transcript_path\":\"" + library.path + "/t/s1.jsonl\"");
}

}  // namespace

TEST_CASE("without a model the window is taken for 200,000 tokens: 2,400 for a prompt, 6,000 for a subagent") {
  const HookLibrary library;
  const Allowances some = allowed(library, HookLibrary::event("UserPromptSubmit", "\"prompt\":\"x\""));
  CHECK(some.prompt == 2'400);
  CHECK(some.agent == 6'000);
}

TEST_CASE("the model of the conversation's last answer decides, by its window and its tokens") {
  const HookLibrary library;
  const Allowances older = allowed(library, with_transcript(library, answer_line("claude-sonnet-4-5")));
  CHECK(older.prompt == 2'400 * 1000 / 1180);
  CHECK(older.agent == 6'000 * 1000 / 1180);
  const Allowances newer = allowed(
      library, with_transcript(library, answer_line("claude-sonnet-4-5") + answer_line("claude-opus-5-5") +
                                            "{\"type\":\"user\",\"message\":{\"model\":\"claude-haiku-4-5\"}}\n"));
  CHECK(newer.prompt == 12'000 * 1000 / 1530);
  CHECK(newer.agent == 30'000 * 1000 / 1530);
}

TEST_CASE("the session's start may name the model too; a configured one wins") {
  HookLibrary library;
  library.start("startup");
  library.answer(HookLibrary::event("SessionStart", "\"source\":\"compact\",\"model\":\"claude-opus-5-5\""));
  const std::string prompt = HookLibrary::event("UserPromptSubmit", "\"prompt\":\"x\"");
  CHECK(allowed(library, prompt).prompt == 12'000 * 1000 / 1530);
  library.options.model = "gpt-4o";
  CHECK(allowed(library, prompt).prompt == 128'000 * 12 / 1000);
}

TEST_CASE("each compaction brings back what fits half of the room of the one before, and the fourth an eighth") {
  HookLibrary library;
  library.options.prompt_budget.tokens = 1'600;
  std::string text = "---\nname: long-one\ndescription: Tells all. Use when all is wanted.\n---\nIt is long.\n";
  for (int part = 1; part <= 60; ++part)
    text += "\n## Part " + std::to_string(part) + "\n\nWhat the part number " + std::to_string(part) +
            " says of the matter stands here, in words of its own that no other part has said before it.\n";
  library.write("lib/skills/long-one/SKILL.md", text);
  library.start("startup");
  const auto tokens = [](const std::string& answer) {
    const std::string before = " long-one, ";
    const std::size_t at = answer.find(before);
    return at == std::string::npos ? 0 : std::stoul(answer.substr(at + before.size()));
  };
  std::vector<std::size_t> sent{tokens(library.prompt("use the long-one skill"))};
  for (int compaction = 0; compaction < 5; ++compaction) sent.push_back(tokens(library.start("compact")));
  INFO(sent[0] << " " << sent[1] << " " << sent[2] << " " << sent[3] << " " << sent[4] << " " << sent[5]);
  const std::size_t most[] = {1'600, 1'600, 800, 400, 200, 200};
  for (std::size_t i = 0; i < std::size(most); ++i) {
    CHECK(sent[i] <= most[i]);
    CHECK(sent[i] > most[i] * 3 / 4);
  }
}

TEST_CASE("a subagent's model is what the tool's input says, then its manifest") {
  HookLibrary library;
  library.options.agent_budget = {0, 10'000};
  const std::string asked =
      HookLibrary::event("PreToolUse", R"("tool_name":"Agent","tool_input":{"model":"claude-opus-5-5","prompt":"x"})");
  CHECK(allowed(library, asked).agent == 10'000 * 1000 / 1530);
  library.write("lib/agents/leak-hunter.md",
                "---\nname: leak-hunter\ndescription: d\nmodel: claude-haiku-4-5\n---\nx\n");
  CHECK(allowed(library, HookLibrary::event("SubagentStart", "")).agent == 2'000 * 1000 / 1180);
  CHECK(allowed(library, asked).agent == 10'000 * 1000 / 1530);
}

TEST_CASE("a budget that was set counts: a number in the configured model's tokens, a share in the window in use") {
  HookLibrary library;
  const std::string opus = with_transcript(library, answer_line("claude-opus-5-5"));
  library.options.prompt_budget = {4'000, 0};
  CHECK(allowed(library, opus).prompt == 4'000);
  library.options.model = "claude-sonnet-4-5";
  CHECK(allowed(library, opus).prompt == 4'000 * 1000 / 1180);
  library.options.model = "";
  library.options.prompt_budget = {0, 5'000};
  CHECK(allowed(library, opus).prompt == 5'000 * 1000 / 1530);
  CHECK(allowed(library, HookLibrary::event("UserPromptSubmit", "")).prompt == 1'000);
}

TEST_CASE("the last answer's model is found in the end of a transcript, cut lines and foreign ones passed over") {
  CHECK(transcript::last_model("") == "");
  CHECK(transcript::last_model("\"claude-x\"},\"type\":\"assistant\"}\n") == "");
  CHECK(transcript::last_model(answer_line("claude-a") + answer_line("<synthetic>") + "not json\n\n") == "claude-a");
  CHECK(transcript::last_model(answer_line("claude-a") + "{\"type\":\"assistant\",\"message\":") == "claude-a");
  CHECK(transcript::last_model(answer_line("claude-a") + "{\"type\":\"blob\",\"x\":\"" + std::string(100'000, 'y') +
                               "\"}\n") == "claude-a");
  std::string own = answer_line("claude-sonnet-4-5");  // and seven answers without a model behind it: eight are read
  for (int i = 0; i < 7; ++i) own += answer_line("<synthetic>");
  CHECK(transcript::last_model(own) == "claude-sonnet-4-5");
  CHECK(transcript::last_model(own + answer_line("<synthetic>")).empty());
}

TEST_CASE("a transcript's last model and its timers are found within the last 256 KiB") {
  const HookLibrary library;
  const std::string path = library.path + "/t.jsonl";
  const std::string fired = "{\"type\":\"system\",\"subtype\":\"scheduled_task_fire\",\"prompt\":\"look\"}\n";
  const std::string kibibyte = "{\"type\":\"blob\",\"x\":\"" + std::string(1000, 'y') + "\"}\n";
  for (const int kibibytes : {0, 20, 31, 32, 33, 240, 256, 300}) {
    INFO(kibibytes);
    std::string after;
    while (after.size() < kibibytes * std::size_t{1024}) after += kibibyte;
    library.write("t.jsonl", answer_line("claude-a") + fired + after);
    CHECK(transcript::last_model_in(path) == (kibibytes < 256 ? "claude-a" : ""));
    CHECK(transcript::is_of_timer_in(path, "look") == (kibibytes < 256));
    CHECK_FALSE(transcript::is_of_timer_in(path, "loo"));
  }
  for (const char* none : {"/proc/none", "/dev/null", ""}) {
    CHECK(transcript::last_model_in(none).empty());
    CHECK_FALSE(transcript::is_of_timer_in(none, "look"));
  }
}

TEST_CASE("an event with half a character or a member twice is read, and a broken one is not") {
  const auto half = hook::read_event(R"({"hook_event_name":"Stop","prompt":"a \ud83d b"})");
  REQUIRE(half);
  CHECK(half->name == "Stop");
  const auto twice = hook::read_event(R"({"hook_event_name":"Stop","session_id":"s","session_id":"s"})");
  REQUIRE(twice);
  CHECK(twice->session_id == "s");
  CHECK(twice->is_heard);  // without a time it is no other client's
  for (const char* text : {R"({"hook_event_name":"Stop")", R"({"hook_event_name":"Stop"} x)", "[]", "", "7"}) {
    INFO(text);
    CHECK_FALSE(hook::read_event(text));
  }
}

TEST_CASE("a transcript says which skill's text the client sent") {
  const HookLibrary library;
  library.write(
      "t.jsonl",
      "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Base directory for "
      "this skill: /w/\\\"a\\\"/skills/hunt\\n\\nBody\"}]},\"isMeta\":true}\n");
  const auto sent = [&](const std::string& folder) {
    return transcript::has_sent_skill(library.path + "/t.jsonl", folder);
  };
  CHECK(sent("/w/\"a\"/skills/hunt"));
  CHECK_FALSE(sent("/w/\"a\"/skills/hun"));
  CHECK_FALSE(sent("/w/\"a\"/skills"));
  CHECK_FALSE(transcript::has_sent_skill(library.path + "/none.jsonl", "/w"));
  CHECK_FALSE(transcript::has_sent_skill("", "/w"));
}

TEST_CASE("a transcript says that a timer put a prompt in") {
  const std::string fired =
      R"({"type":"system","subtype":"scheduled_task_fire","content":"Running","prompt":"the heap \"grows\""})"
      "\n"
      R"({"type":"user","prompt":"typed"})"
      "\n";
  CHECK(transcript::is_of_timer(fired, "the heap \"grows\""));
  CHECK_FALSE(transcript::is_of_timer(fired, "the heap"));
  CHECK_FALSE(transcript::is_of_timer(fired, "typed"));
  CHECK_FALSE(transcript::is_of_timer("", "typed"));
}

// The client writes the timer's own line behind the event, on a busy machine a tenth of a second later.
TEST_CASE("a timer is known by the call that set it, before its own line is there") {
  const auto call = [](const std::string& tool, const std::string& prompt) {
    return R"({"type":"assistant","message":{"content":[{"type":"tool_use","name":")" + tool +
           R"(","input":{"cron":"* * * * *","recurring":false,"prompt":")" + prompt + "\"}}]}}";
  };
  const std::string lines = call("Agent", "look") + "\n" + call("CronCreate", "the heap") + "\n" +
                            call("ScheduleWakeup", "go on") + "\n" + call("Agent", "last");
  CHECK(transcript::is_of_timer(lines, "the heap"));
  CHECK(transcript::is_of_timer(lines, "go on"));
  CHECK_FALSE(transcript::is_of_timer(lines, "look"));
  CHECK_FALSE(transcript::is_of_timer(lines, "last"));
  CHECK_FALSE(transcript::is_of_timer(lines, "heap"));
}

TEST_CASE("what a prompt calls beyond what is loaded at once is named") {
  const HookLibrary library;
  for (const std::string name : {"invoice-sender", "stock-counter", "route-planner", "customs-papers"})
    library.write("lib/skills/" + name + "/SKILL.md",
                  "---\nname: " + name + "\ndescription: Is the " + name + ". Use when it is called.\n---\nDo it.\n");
  const std::string three = "use invoice-sender. use stock-counter. use route-planner.";
  CHECK_FALSE(contains(library.prompt(three), "No room here"));
  CHECK(
      contains(library.prompt(three + " use customs-papers.", "s2"), "No room here for what may fit as well: skill:"));
}
