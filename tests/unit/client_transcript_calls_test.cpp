// What a call of a tool asks for, by the names of its members alone; times; tools that tell something.
#include <catch2/catch.hpp>

#include <string>

#include "client/transcript/formats.h"

namespace cascade::transcript {
namespace {

// "name=", "line=", "path=" and "text=" of everything in the facts.
std::string facts(std::string_view tool, const std::string& input) {
  const std::string line = "{\"input\":" + input + "}";
  const auto object = syntax::JsonSlice::of_line(line);
  REQUIRE(object);
  const CallFacts found = facts_of(tool, object->find("input"));
  std::string text;
  for (const std::string& one : found.names) text += "name=" + one + ";";
  for (const std::string& one : found.commands) text += "line=" + one + ";";
  for (const std::string& one : found.paths) text += "path=" + one + ";";
  for (const std::string& one : found.texts) text += "text=" + one + ";";
  return text;
}

std::int64_t time_of(const std::string& value) {
  const std::string line = "{\"at\":" + value + "}";
  const auto object = syntax::JsonSlice::of_line(line);
  REQUIRE(object);
  return milliseconds_of(object->find("at"));
}

TEST_CASE("call: a member's name says what it is, in whichever client") {
  CHECK(facts("Read", R"({"file_path":"/a"})") == "path=/a;");
  CHECK(facts("edit", R"({"filePath":"/a","oldString":"x","newString":"y"})") == "path=/a;text=y;");
  CHECK(facts("grep", R"({"pattern":"needle","path":"src"})") == "path=src;text=needle;");
  CHECK(facts("read_many_files", R"({"paths":["a","b"]})") == "path=a;path=b;");
  CHECK(facts("Task", R"({"subagent_type":"checker","prompt":"go","description":"d","model":"m"})") ==
        "name=checker;text=go;");
  CHECK(facts("Skill", R"({"skill":"review"})") == "name=review;");
}

TEST_CASE("call: a member \"name\" names a skill only where a tool loads skills") {
  CHECK(facts("activate_skill", R"({"name":"review"})") == "name=review;");
  CHECK(facts("skill", R"({"name":"review"})") == "name=review;");
  CHECK(facts("create_branch", R"({"name":"review"})") == "text=review;");
}

TEST_CASE("call: a command is a shell line and a text, or a manifest's name") {
  CHECK(facts("Bash", R"({"command":"make test","cwd":"/w"})") == "line=make test;text=make test;");
  CHECK(facts("SlashCommand", R"({"command":"/standup now"})") == "name=standup;");
  CHECK(facts("Bash", R"({"command":""})").empty());
}

TEST_CASE("call: a list of words is one line, and a shell's is the line that it is given") {
  const auto line = [](const std::string& words) {
    const std::string all = facts("shell", "{\"command\":" + words + "}");
    return all.substr(0, all.find(';'));
  };
  CHECK(line(R"(["bash","-lc","make test"])") == "line=make test");
  CHECK(line(R"(["/usr/bin/sh","-c","make test"])") == "line=make test");
  CHECK(line(R"(["powershell.exe","-Command","make test"])") == "line=make test");
  CHECK(line(R"(["git","status"])") == "line=git status");
  CHECK(line(R"(["rm","-rf","build"])") == "line=rm -rf build");
  CHECK(line(R"(["ls","-la","src"])") == "line=ls -la src");
  CHECK(line(R"(["bash","-x","run.sh"])") == "line=bash -x run.sh");
  CHECK(line("[]").empty());
}

TEST_CASE("call: an input may be a string of JSON, or any text") {
  CHECK(facts("exec_command", R"("{\"cmd\":\"ls\"}")") == "line=ls;text=ls;");
  CHECK(facts("custom", R"("just words")") == "text=just words;");
  CHECK(facts("custom", R"("[1,2")") == "text=[1,2;");
  CHECK(facts("custom", R"("")").empty());
  CHECK(facts("custom", "17").empty());
  CHECK(facts("custom", "null").empty());
}

TEST_CASE("call: a patch names its files, each at the beginning of a line") {
  const std::string patch = R"(*** Begin Patch\n*** Update File: src/a b.cpp\n@@\n-x\n+y\n*** Add File: b.cpp\r\n)"
                            R"(+see *** Delete File: no\n*** End Patch\n)";
  const std::string found = facts("apply_patch", "\"" + patch + "\"");
  CHECK(found.substr(0, found.find("text=")) == "path=src/a b.cpp;path=b.cpp;");
  const std::string shell = facts("shell", R"({"command":"apply_patch <<'E'\n*** Update File: a\nE"})");
  CHECK(shell.find("path=a;") != std::string::npos);
}

TEST_CASE("call: members within members count, and what is no text does not") {
  CHECK(facts("MultiEdit", R"({"file_path":"a","edits":[{"old_string":"x","new_string":"y"},{"new_string":"z"}]})") ==
        "path=a;text=y;text=z;");
  CHECK(facts("x", R"({"a":1,"b":true,"c":null,"d":{},"e":[],"path":5})").empty());
  CHECK(facts("x", R"({"path":"\u00e4\n\"b\""})") == "path=\xC3\xA4\n\"b\";");
}

TEST_CASE("call: hostile inputs end") {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "{\"a\":";
  CHECK(facts("x", deep + "\"t\"" + std::string(100'000, '}')).empty());
  CHECK(facts("x", "{\"a\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}").empty());
  std::string marks;
  for (int i = 0; i < 200'000; ++i) marks += "*** ";
  CHECK(facts("x", "\"" + marks + "\"").substr(0, 9) == "text=*** ");
}

TEST_CASE("call: of Cascade's own skill the first word of the request is the name") {
  CHECK(facts("Skill", R"({"skill":"cascade","args":"review the code"})") == "name=review;");
  CHECK(facts("Skill", R"({"skill":"cascade","args":" /review"})") == "name=review;");
  CHECK(facts("Skill", R"({"skill":"cascade"})").empty());
}

TEST_CASE("tool: one of a server or one that is seldom used tells, in one spelling") {
  for (const char* name : {"mcp__tracker__search", "mcp_tracker_search", "tracker-search"})
    CHECK(telling_tool(name) == "trackersearch");
  CHECK(telling_tool("WebFetch") == "webfetch");
  CHECK(telling_tool("web_fetch") == "webfetch");
  CHECK(telling_tool("mcp__Tracker_2__getAll") == "tracker2getall");
  for (const char* name : {"Read", "Bash", "mcp", "mcp__", "", "shell"}) CHECK(telling_tool(name).empty());
}

TEST_CASE("time: of a date in milliseconds, or a number of them") {
  CHECK(time_of(R"("1970-01-01T00:00:00.000Z")") == 0);
  CHECK(time_of(R"("1970-01-02T00:00:01.5Z")") == 86'401'000);  // not of three digits: left out
  CHECK(time_of(R"("2026-01-31T12:00:00.123Z")") == 1'769'860'800'123);
  CHECK(time_of(R"("2026-01-31T12:00:00Z")") == 1'769'860'800'000);
  CHECK(time_of(R"("2024-02-29T00:00:00Z")") - time_of(R"("2024-02-28T00:00:00Z")") == 86'400'000);
  CHECK(time_of("1769860800123") == 1'769'860'800'123);
  CHECK(time_of("1769860800123.75") == 1'769'860'800'123);
}

TEST_CASE("time: what is neither is 0") {
  for (const char* text :
       {R"("")", R"("soon")", R"("2026-13-01T00:00:00Z")", R"("2026-02-30T00:00:00Z")", R"("2026-00-10T00:00:00Z")",
        R"("20x6-01-31T12:00:00Z")", R"("2026-01-31 12:00:00Z")", R"("2026-01-31T12")", R"("2026-01-31T1a:00:00Z")",
        "-5", "true", "null", "[]", "{}", "12x", "99999999999999999999"})
    CHECK(time_of(text) == 0);
}

}  // namespace
}  // namespace cascade::transcript
