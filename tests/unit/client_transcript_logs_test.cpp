// Where logs lie, which of their lines are read, and what the end of a transcript tells.
#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <string>

#include "client/transcript/formats.h"
#include "client/transcript/tail.h"
#include "memory_tree.h"
#include "scratch_folder.h"

namespace cascade::transcript {
namespace {

// "session" or "session/agent" of each log, sorted.
std::string listed(const Format& format, const files::Tree& tree, const std::string& folder) {
  std::vector<std::string> all;
  for (const LogFile& log : format.list(tree, folder))
    all.push_back(log.session + (log.agent.empty() ? "" : "/" + log.agent));
  std::sort(all.begin(), all.end());
  std::string text;
  for (const std::string& one : all) text += one + " ";
  return text;
}

TEST_CASE("logs: a name between its beginning and its ending") {
  CHECK(name_between("agent-a1.jsonl", "agent-", "jsonl") == "a1");
  CHECK(name_between("a.b.jsonl", "", "jsonl") == "a.b");
  for (const char* name : {"agent-.jsonl", "agent-a1.json", "agent-a1jsonl", "agent-a1", "a1.jsonl", ".jsonl", ""})
    CHECK_FALSE(name_between(name, "agent-", "jsonl"));
}

TEST_CASE("logs: Claude Code's sessions and their subagents") {
  files::MemoryTree tree;
  for (const char* path :
       {"p/one/s1.jsonl", "p/one/s1/subagents/agent-a1.jsonl", "p/one/s1/subagents/agent-a1.meta.json",
        "p/one/s1/subagents/a2.jsonl", "p/one/s1/other/agent-a3.jsonl", "p/two/s2.jsonl", "p/two/s2.json",
        "p/stray.jsonl", "p/two/.jsonl"})
    tree.write(std::string("/") + path, "");
  CHECK(listed(*format_of("claude"), tree, "/p") == "s1 s1/a1 s2 ");
  CHECK(listed(*format_of("claude"), tree, "/none").empty());
}

TEST_CASE("logs: Copilot's, and OpenCode's exports") {
  files::MemoryTree tree;
  tree.write("/c/s1/events.jsonl", "");
  tree.write("/c/s2/other.jsonl", "");
  tree.write("/o/s3.json", "");
  tree.write("/o/s4.jsonl", "");
  tree.write("/o/deep/s5.json", "");
  CHECK(listed(*format_of("copilot"), tree, "/c") == "s1 ");
  CHECK(listed(*format_of("opencode"), tree, "/o") == "s3 ");
}

TEST_CASE("logs: Codex's and Gemini's say in their first line whose they are") {
  const test::ScratchFolder folder;
  const auto write = [&](const std::string& path, const std::string& text) {
    std::filesystem::create_directories(std::filesystem::path(folder.path + path).parent_path());
    std::ofstream(folder.path + path) << text;
  };
  const std::string main(36, 'a'), agent(36, 'b');
  write("/x/2026/01/31/rollout-2026-01-31T12-00-00-" + main + ".jsonl",
        R"({"payload":{"session_id":")" + main + "\"}}\n");
  write("/x/2026/01/31/rollout-2026-01-31T12-00-01-" + agent + ".jsonl",
        R"({"payload":{"session_id":")" + main + "\"}}\n");
  write("/x/2026/01/rollout-stray.jsonl", "");
  CHECK(listed(*format_of("codex"), files::DiskTree(), folder.path + "/x") == main + " " + main + "/" + agent + " ");
  write("/g/p/chats/session-1.jsonl", R"({"sessionId":"s1"})"
                                      "\n");
  write("/g/p/chats/session-2.jsonl", "torn\n");
  write("/g/p/chats/s1/a1.jsonl", "");
  CHECK(listed(*format_of("gemini"), files::DiskTree(), folder.path + "/g") == "s1 s1/a1 ");
}

std::string read_as(const Format& format, std::string_view text) {
  std::string happened;
  const LinesRead lines = read_lines(format, text, [&](const Happened& one) { happened += one.words.text() + ";"; });
  return happened + " " + std::to_string(lines.told) + " " + std::to_string(lines.foreign) + " " +
         std::to_string(lines.torn);
}

TEST_CASE("lines: told, foreign, torn; blank ones are none") {
  const std::string prompt = R"({"type":"user","message":{"content":"hi"}})";
  CHECK(read_as(*format_of("claude"), "") == " 0 0 0");
  CHECK(read_as(*format_of("claude"), prompt) == "hi; 1 0 0");
  CHECK(read_as(*format_of("claude"), prompt + "\r\n\n  \n" + prompt + "\n") == "hi;hi; 2 0 0");
  CHECK(read_as(*format_of("claude"), "{}\n[]\nnot json\n" + prompt.substr(0, 20)) == " 0 2 2");
  CHECK(read_as(*format_of("claude"), R"({"type":"api-request","x":1})"
                                      "\n"
                                      R"({"type":"api-request","x)"
                                      "\n") == " 1 0 1");
}

TEST_CASE("lines: an export is one document on many lines") {
  const std::string text =
      "{\n  \"info\": {\n    \"directory\": \"/w\"\n  },\n  \"messages\": [{\"info\": {\"role\": "
      "\"user\"},\n \"parts\": [{\"type\": \"text\", \"text\": \"hi\"}]}]\n}\n";
  CHECK(read_as(*format_of("opencode"), text) == "hi; 1 0 0");
  CHECK(read_as(*format_of("opencode"), text.substr(0, text.size() / 2)) == " 0 0 1");
  CHECK(folder_of(files::MemoryTree(), *format_of("opencode"), {"/o/s.json", "s", ""}, text) == "/w");
}

TEST_CASE("folder: a log's lines name it, or a file beside the logs does") {
  files::MemoryTree tree;
  const LogFile log{"/g/p/chats/session-1.jsonl", "s", ""};
  const auto claude = [&](const std::string& text) { return folder_of(tree, *format_of("claude"), log, text); };
  CHECK(claude(R"({"type":"x"})"
               "\n"
               R"({"cwd":"/w","type":"user"})"
               "\n") == "/w");
  CHECK(claude(R"({"cwd":"/a \"b\" \u00e4\\c"})") == "/a \"b\" \xC3\xA4\\c");
  CHECK(claude("").empty());
  for (const char* text :
       {R"({"cwd":)", R"({"cwd":  )", R"({"cwd":"/w)", R"({"cwd":"/w\)", R"({"cwd":7})", R"({"cwd":null,"a":"b"})"})
    CHECK(claude(text).empty());
  CHECK(claude(std::string(300'000, ' ') + R"({"cwd":"/late"})").empty());
  CHECK(folder_of(tree, *format_of("gemini"), log, R"({"cwd":"/w"})").empty());
  tree.write("/g/p/.project_root", "/w \n");
  CHECK(folder_of(tree, *format_of("gemini"), log, "") == "/w");
}

TEST_CASE("formats: each client that keeps logs has one, and how its conversation goes on") {
  std::string clients;
  for (const Format* format : formats()) {
    clients += std::string(format->client) + " ";
    CHECK(format->folder.front() == '.');
    CHECK(format->resume.back() == ' ');
    CHECK((format->folder_key.empty() != format->folder_file.empty()));
  }
  CHECK(clients == "claude codex gemini copilot opencode ");
}

std::string typed(const std::string& words, const std::string& more = "") {
  return R"({"type":"user")" + more + R"(,"message":{"content":")" + words + "\"}}\n";
}

TEST_CASE("tail: the prompt before this one is the last that a person typed") {
  CHECK(prompt_before("", "x").empty());
  CHECK(prompt_before(typed("one") + typed("two"), "two") == "one");
  CHECK(prompt_before(typed("one") + typed("two"), "three") == "two");
  CHECK(prompt_before(typed("one") + typed("<command-name>/x") + typed("note", R"(,"isMeta":true)") + typed("two"),
                      "two") == "one");
  CHECK(prompt_before(typed("one") + R"({"type":"user","message":{"content":[{"type":"tool_result","content":"r"}]}})"
                                     "\n",
                      "x") == "one");
  CHECK(prompt_before(
            R"({"type":"user","message":{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}})", "x") ==
        "ab");
  CHECK(prompt_before(typed(std::string(3'000, 'p')), "x").size() == 2'000);
  CHECK(prompt_before("{\"type\":\"user\"\n" + std::string("\n\n"), "x").empty());
  CHECK(prompt_before(typed("one") + typed(std::string(20'000, 'p')), "x") == "one");  // too long to be looked at
}

TEST_CASE("tail: a skill was sent when the client wrote its folder before its text") {
  const test::ScratchFolder folder;
  const std::string path = folder.path + "/s.jsonl";
  std::ofstream(path)
      << R"({"message":{"content":[{"type":"text","text":"Base directory for this skill: /l/review\n\nDo"}]}})"
         "\n";
  CHECK(has_sent_skill(path, "/l/review"));
  CHECK_FALSE(has_sent_skill(path, "/l/rev"));
  CHECK_FALSE(has_sent_skill(path, "/l/review/more"));
  CHECK_FALSE(has_sent_skill(folder.path + "/none", "/l/review"));
  CHECK_FALSE(has_sent_skill("", "/l/review"));
}

}  // namespace
}  // namespace cascade::transcript
