// The same library through every client's dialect: the same bytes, within each client's own limit, once.
#include "client/built_in.h"
#include "client/dialect.h"
#include "unit/hook_library.h"

using namespace cascade;
using namespace cascade::test;

namespace {

// A prompt, a session's start and a subagent's call as each client sends them (recorded in ../shared, less what no
// dialect reads; Cursor's from its documentation).
std::string prompt_of(const std::string& client, const std::string& text, const std::string& session = "s1") {
  const std::string quoted = syntax::quote_json(text), id = "\"" + session + "\"";
  if (client == "claude")
    return R"({"session_id":)" + id +
           R"(,"transcript_path":"/t/s.jsonl","cwd":"/home/dev","prompt_id":"p","hook_event_name":"UserPromptSubmit","prompt":)" +
           quoted + "}";
  if (client == "codex")
    return R"({"session_id":)" + id +
           R"(,"turn_id":"t","transcript_path":"/t/rollout-1.jsonl","cwd":"/home/dev","hook_event_name":"UserPromptSubmit","model":"mock","permission_mode":"default","prompt":)" +
           quoted + "}";
  if (client == "gemini")
    return R"({"session_id":)" + id +
           R"(,"transcript_path":"/t/s.jsonl","cwd":"/home/dev","hook_event_name":"BeforeAgent","timestamp":"2026-01-01T00:00:00Z","prompt":)" +
           syntax::quote_json("<hook_context>of a session's start: zebra stripes</hook_context>\n\n" + text) + "}";
  if (client == "copilot")
    return R"({"sessionId":)" + id + R"(,"timestamp":1,"cwd":"/home/dev","prompt":)" + quoted + "}";
  if (client == "opencode")
    return R"({"hook_event_name":"chat.message","session_id":)" + id +
           R"(,"cwd":"/home/dev","input":{"sessionID":"x"},"output":{"message":{"model":{"modelID":"mock"}},"parts":[{"type":"text","text":)" +
           syntax::quote_json("\"" + text + "\"") + R"(}]}})";
  return R"({"conversation_id":)" + id +
         R"(,"generation_id":"g","cursor_version":"3.0","workspace_roots":["/home/dev"],"hook_event_name":"beforeSubmitPrompt","prompt":)" +
         quoted + "}";
}

// What an answer puts in, whatever its form.
std::string context_of(const std::string& answer) {
  const syntax::Node root = syntax::parse_json(answer).root;
  const syntax::Node* output = root.find("hookSpecificOutput");
  if (output == nullptr) output = &root;
  for (const char* key : {"additionalContext", "additional_context"})
    if (const syntax::Node* text = output->find(key)) return text->text;
  return answer;
}

// From the first packed section to the last: what stands around it names each client's own tools.
std::string bundle_of(const std::string& context) {
  const std::size_t begin = context.find("=== skill:"), end = context.find("\n[cascade]", begin);
  return begin == std::string::npos ? "" : context.substr(begin, end - begin);
}

}  // namespace

TEST_CASE("one bundle, the same bytes through every dialect") {
  const HookLibrary library;
  std::string first;
  for (const client::Dialect* client : client::dialects()) {
    INFO(client->name);
    const std::string name(client->name);
    const std::string answer = library.answer(prompt_of(name, "there is a memory leak, the heap grows", "s-" + name));
    const std::string bundle = bundle_of(context_of(answer));
    INFO(answer);
    CHECK(contains(bundle, "Growing RSS is not yet a leak."));
    CHECK(contains(bundle, "=== agent: leak-hunter ==="));
    if (first.empty()) first = bundle;
    CHECK(bundle == first);
  }
}

TEST_CASE("the same bundle bytes through every dialect, whatever the skills hold and however much fits") {
  HookLibrary library;
  const std::vector<std::pair<std::string, std::string>> bodies = {
      {"quoting", R"(Say "yes" \"no\" \n 'x' `y` <b>&amp;</b> {"a": [1, "\\"]} $HOME ${X} %s.)"},
      {"speaking",
       "\xE6\x97\xA5\xE6\x9C\xAC \xF0\x9F\xA6\x93 e\xCC\x81 \xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D "
       "\xE2\x80\xA8 \xEF\xBF\xBD \xF4\x8F\xBF\xBF end."},
      {"steering", "one\ttwo\x01three\x1b[31mred\x1b[0m\x7f four\x08 five\r\nsix\fseven."},
      {"broken", "half \xC3( and \xED\xA0\x80 and \xFF end."}};
  for (const auto& [name, body] : bodies) {
    std::string text = "---\nname: " + name + "\ndescription: Handles zebra " + name + ". Use when zebras need " +
                       name + ".\n---\n" + body + "\n\n";
    for (int i = 0; i < 60; ++i) text += "## Part " + std::to_string(i) + "\n\n" + body + " Part ends.\n\n";
    library.write("lib/skills/" + name + "/SKILL.md", text);
  }
  for (const TokenCount budget : {150, 600, 1'500}) {
    library.options.prompt_budget = {budget, 0};
    for (const auto& [skill, body] : bodies) {
      std::string first;
      for (const client::Dialect* client : client::dialects()) {
        const std::string name(client->name), session = name + skill + std::to_string(budget);
        INFO(session);
        const std::string answer =
            library.answer(prompt_of(name, "use the " + skill + " skill: zebra " + skill, session));
        CHECK(syntax::parse_json(answer).faults.empty());
        CHECK(std::none_of(answer.begin(), answer.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }));
        const std::string bundle = bundle_of(context_of(answer));
        if (first.empty()) first = bundle;
        CHECK(contains(bundle, "=== skill: " + skill + " ==="));
        CHECK(bundle == first);
      }
    }
  }
}

TEST_CASE("a text at a client's cap holds whole sections only, each once") {
  HookLibrary library;
  std::string body;
  for (int i = 100; i < 999; ++i)
    body += "## Section " + std::to_string(i) + "\n\n\"Quoted\" \xF0\x9F\xA6\x93 words\tof section " +
            std::to_string(i) + " that ends here.\n\n";
  library.write(
      "lib/skills/long/SKILL.md",
      "---\nname: long\ndescription: Handles zebra striping. Use when zebra stripes are wrong.\n---\n" + body);
  library.options.prompt_budget = {100'000, 0};
  for (const client::Dialect* client : client::dialects()) {
    INFO(client->name);
    const std::string name(client->name);
    const std::string text =
        context_of(library.answer(prompt_of(name, "use the long skill: zebra striping", "w-" + name)));
    std::size_t sections = 0;
    for (int i = 100; i < 999; ++i) {
      const std::string number = std::to_string(i), heading = "## Section " + number + "\n";
      const std::size_t at = text.find(heading);
      if (at == std::string::npos) continue;
      ++sections;
      CHECK(text.find(heading, at + 1) == std::string::npos);
      CHECK(text.find("of section " + number + " that ends here.", at) != std::string::npos);
    }
    CHECK(sections > 50);
  }
}

TEST_CASE("once in a conversation, in every client") {
  const HookLibrary library;
  for (const client::Dialect* client : client::dialects()) {
    INFO(client->name);
    const std::string name(client->name), prompt = "use the memory-leak-hunt skill: memory leak, heap grows";
    CHECK(contains(library.answer(prompt_of(name, prompt, "o-" + name)), "Growing RSS"));
    CHECK_FALSE(contains(library.answer(prompt_of(name, prompt, "o-" + name)), "Growing RSS"));
  }
}

TEST_CASE("each client's limit holds in its own unit") {
  HookLibrary library;
  std::string body;
  for (int i = 0; i < 900; ++i)
    body += "## Section " + std::to_string(i) +
            "\n\n\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC zebra stripes and more words than fit.\n\n";
  library.write(
      "lib/skills/long/SKILL.md",
      "---\nname: long\ndescription: Handles zebra striping. Use when zebra stripes are wrong.\n---\n" + body);
  library.options.prompt_budget = {100'000, 0};
  for (const client::Dialect* client : client::dialects()) {
    INFO(client->name);
    const std::string name(client->name);
    const std::string text = context_of(
        library.answer(prompt_of(name, "use the long skill: zebra striping, zebra stripes are wrong", "l-" + name)));
    const std::size_t size =
        client->limits.unit == client::Unit::bytes ? text.size() : TokenCounter::estimating().count(text).chars;
    CHECK(size <= client->limits.context);
    CHECK(size > client->limits.context * 8 / 10);
  }
}

TEST_CASE("a prompt inside a subagent gets nothing, and neither does an unknown shape") {
  const HookLibrary library;
  CHECK(
      library
          .answer(
              R"({"session_id":"s","turn_id":"t","agent_id":"a","agent_type":"worker","transcript_path":"/t/rollout-1.jsonl","cwd":"/","hook_event_name":"UserPromptSubmit","model":"m","prompt":"memory leak, heap grows"})")
          .empty());
  CHECK(
      library
          .answer(
              R"({"sessionId":"a","timestamp":1,"cwd":"/","prompt":"memory leak, heap grows","agentId":"a","agentType":"x","parentAgentId":"s"})")
          .empty());
  CHECK(
      library
          .answer(
              R"({"hook_event_name":"session.created","session_id":"child","cwd":"/","input":{"event":{"properties":{"info":{"id":"child","parentID":"s"}}}}})")
          .empty());
  CHECK(library.answer(prompt_of("opencode", "memory leak, heap grows", "child")).empty());
  CHECK(library.answer(R"({"kind":"prompt","text":"memory leak, heap grows"})").empty());
}

TEST_CASE("where a session's start lets nothing in, its card comes with the first prompt, once") {
  const HookLibrary library;
  const std::string first = context_of(library.answer(prompt_of("opencode", "memory leak, heap grows")));
  CHECK(first.rfind("[cascade] 2 skills, 2 agents and 1 command are at hand", 0) == 0);
  CHECK(contains(first, "Growing RSS is not yet a leak."));
  CHECK_FALSE(contains(library.answer(prompt_of("opencode", "write the release notes")), "are at hand"));
}

TEST_CASE("where no event follows a compaction, the next prompt brings back what was there, once") {
  const HookLibrary library;
  CHECK(contains(library.answer(prompt_of("opencode", "memory leak, heap grows")), "Growing RSS"));
  CHECK(library.answer(R"({"hook_event_name":"session.compacted","session_id":"s1","cwd":"/home/dev","input":{}})")
            .empty());
  CHECK(contains(library.answer(prompt_of("opencode", "go on")), "Growing RSS"));
  CHECK_FALSE(contains(library.answer(prompt_of("opencode", "go on again")), "Growing RSS"));
}

TEST_CASE("a compaction that was cancelled took nothing away") {
  const HookLibrary library;
  for (const bool success : {false, true}) {
    const std::string session = success ? "done" : "cancelled";
    library.write(session + ".jsonl", R"({"type":"session.compaction_start","data":{}})"
                                      "\n"
                                      R"({"type":"session.compaction_complete","data":{"success":)" +
                                          std::string(success ? "true" : "false") + "}}\n");
    CHECK(contains(library.answer(prompt_of("copilot", "memory leak, heap grows", session)), "Growing RSS"));
    CHECK(library
              .answer(R"({"sessionId":")" + session + R"(","timestamp":1,"cwd":"/home/dev","transcriptPath":")" +
                      library.path + "/" + session + R"(.jsonl","trigger":"auto","customInstructions":""})")
              .empty());
    // A further process goes on with the session before the next prompt.
    CHECK(library.answer(R"({"sessionId":")" + session + R"(","timestamp":1,"cwd":"/home/dev","source":"resume"})")
              .empty());
    CHECK(contains(library.answer(prompt_of("copilot", "go on", session)), "Growing RSS") == success);
  }
}

TEST_CASE("a start that comes behind the first prompt forgets nothing") {
  const HookLibrary library;
  CHECK(contains(library.answer(prompt_of("copilot", "memory leak, heap grows")), "Growing RSS"));
  CHECK(library.answer(R"({"sessionId":"s1","timestamp":1,"cwd":"/home/dev","source":"new","initialPrompt":"x"})")
            .empty());
  CHECK_FALSE(contains(library.answer(prompt_of("copilot", "memory leak, heap grows")), "Growing RSS"));
}

TEST_CASE("an agent that a client does not know starts as its general type, with the agent's text in the task") {
  const HookLibrary library;
  const std::string codex = library.answer(
      R"({"session_id":"c","turn_id":"t","transcript_path":"/t/rollout-1.jsonl","cwd":"/home/dev","hook_event_name":"PreToolUse","model":"m","tool_name":"spawn_agent","tool_use_id":"u","tool_input":{"agent_type":"leak-hunter","message":"look"}})");
  CHECK(contains(
      codex,
      R"("permissionDecision":"allow","updatedInput":{"agent_type":"default","message":"look\n\n[cascade] context for agent:leak-hunter.)"));
  CHECK(contains(codex, "never guesses"));
  const std::string gemini = library.answer(
      R"({"session_id":"g","transcript_path":"/t/s","cwd":"/home/dev","hook_event_name":"BeforeTool","timestamp":"t","tool_name":"invoke_agent","tool_input":{"agent_name":"generalist","prompt":"Act as the leak-hunter agent."}})");
  CHECK(contains(gemini,
                 R"("tool_input":{"agent_name":"generalist","prompt":"Act as the leak-hunter agent.\n\n[cascade])"));
  const std::string opencode = library.answer(
      R"({"hook_event_name":"tool.execute.before","session_id":"o","cwd":"/home/dev","input":{"tool":"task","callID":"c"},"output":{"args":{"subagent_type":"leak-hunter","prompt":"look","n":1}},"tool_name":"task"})");
  CHECK(contains(opencode, R"("updatedInput":{"subagent_type":"general","prompt":"look\n\n[cascade])"));
}

TEST_CASE("what a model reads names no tool that its client does not have") {
  HookLibrary library;
  library.write("cascade.yaml", "caution: high\n");
  library.options.home = library.path + "/home";
  library.write("home/.claude/skills/cascade/SKILL.md", std::string(client::entry_skill_text()));
  for (const client::Dialect* client : client::dialects()) {
    INFO(client->name);
    const std::string name(client->name);
    const std::string told = context_of(library.answer(prompt_of(name, "memory leak, heap grows", name)));
    CHECK(contains(told, "Growing RSS"));
    const std::string offered =
        context_of(library.answer(prompt_of(name, "what do two heap profiles tell?", name + "2")));
    CHECK((contains(told, "Skill tool") || contains(offered, "Skill tool")) == (name == "claude"));
  }
  const std::string codex = library.answer(
      R"({"session_id":"c","turn_id":"t","transcript_path":"/t/rollout-1.jsonl","cwd":"/home/dev","hook_event_name":"PreToolUse","model":"m","tool_name":"spawn_agent","tool_use_id":"u","tool_input":{"agent_type":"leak-hunter","message":"look"}})");
  CHECK(contains(codex, "[cascade] command:diff-heaps is what " + library.path + "/lib/commands/diff-heaps.md says."));
  CHECK_FALSE(contains(codex, "Skill tool"));
}
