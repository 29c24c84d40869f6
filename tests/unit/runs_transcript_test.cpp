#include <catch2/catch.hpp>

#include <fstream>

#include "runs/runs.h"
#include "scratch_folder.h"

using namespace cascade;
using namespace cascade::tiers;

namespace {

std::string usage(int input, int output, int write = 0, int read = 0, int hour = 0) {
  return R"("usage":{"input_tokens":)" + std::to_string(input) + R"(,"output_tokens":)" + std::to_string(output) +
         R"(,"cache_creation_input_tokens":)" + std::to_string(write) + R"(,"cache_read_input_tokens":)" +
         std::to_string(read) + R"(,"cache_creation":{"ephemeral_1h_input_tokens":)" + std::to_string(hour) + "}}";
}

std::string answer(const std::string& id, const std::string& block, const std::string& used = usage(100, 5),
                   const std::string& model = "claude-haiku-5-5", const std::string& more = "") {
  return R"({"type":"assistant")" + more + R"(,"message":{"id":")" + id + R"(","model":")" + model +
         R"(","content":[)" + block + "]," + used + "}}\n";
}

const std::string tool = R"({"type":"tool_use","id":"t1","name":"Bash","input":{}})";
std::string text(const std::string& words) { return R"({"type":"text","text":")" + words + R"("})"; }
std::string result(bool is_error) {
  return std::string(
             R"({"type":"user","message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1",)") +
         R"("is_error":)" + (is_error ? "true" : "false") + R"(,"content":"x"}]}})" + "\n";
}

std::string told(const std::string& lines) {
  const Stretch stretch = read_stretch(lines, 0);
  std::string text;
  for (const Answers& answers : stretch.models) {
    const session::Usage& all = answers.usage;
    text += answers.model + " " + std::to_string(all.input) + "+" + std::to_string(all.output) + "+" +
            std::to_string(all.cache_write) + "(" + std::to_string(all.cache_write_1h) + ")+" +
            std::to_string(all.cache_read) + " long " + std::to_string(answers.long_usage.tokens()) + "; ";
  }
  return text + std::to_string(stretch.tools) + " tools" + (stretch.ends ? " ends" : "") +
         (stretch.failed ? " failed" : "") + (stretch.tool_failed ? " tool-failed" : "");
}

}  // namespace

TEST_CASE("an answer of several blocks counts once, by its last line") {
  CHECK(told(answer("m1", text("a"), usage(100, 1)) + answer("m1", tool, usage(100, 7)) + result(false) +
             answer("m2", text("b"), usage(200, 5, 30, 40, 10))) ==
        "claude-haiku-5-5 300+12+30(10)+40 long 0; 1 tools ends");
}

TEST_CASE("blanks around the colons of a log change nothing") {
  std::string spaced;
  for (const char c : answer("m1", tool, usage(100, 7)) + result(false) + answer("m2", text("b"), usage(200, 5)))
    spaced += c == ':' ? std::string(" : ") : std::string(1, c);
  CHECK(told(spaced) == "claude-haiku-5-5 300+12+0(0)+0 long 0; 1 tools ends");
}

TEST_CASE("each model is counted for itself, long prompts beside the others") {
  CHECK(told(answer("m1", tool, usage(99'000, 5, 0, 1'001)) + result(false) +
             answer("m2", text("b"), usage(1, 2), "claude-opus-5-5")) ==
        "claude-haiku-5-5 99000+5+0(0)+1001 long 100006; claude-opus-5-5 1+2+0(0)+0 long 0; 1 tools ends");
}

TEST_CASE("it ends with an answer that calls nothing, and fails with the client's word about an error") {
  CHECK(told(answer("m1", tool)) == "claude-haiku-5-5 100+5+0(0)+0 long 0; 1 tools");
  CHECK(told(answer("m1", tool) + result(true) + answer("m2", text("sorry"))) ==
        "claude-haiku-5-5 200+10+0(0)+0 long 0; 1 tools ends tool-failed");
  CHECK(told(answer("m1", tool) + result(true) + answer("m2", tool) + result(false) + answer("m3", text("ok"))) ==
        "claude-haiku-5-5 300+15+0(0)+0 long 0; 2 tools ends");
  CHECK(told(answer("m1", text("API Error"), usage(0, 0), "<synthetic>", R"(,"isApiErrorMessage":true)")) ==
        "0 tools ends failed");
}

TEST_CASE("a line that is not whole is left for the next time, and what is no answer is skipped") {
  const std::string whole = answer("m1", text("a"));
  CHECK(read_stretch(whole + whole.substr(0, 40), 1'000).end == 1'000 + whole.size());
  CHECK(told("{\"type\":\"assistant\" torn\n" + std::string("[1,2]\n\n") +
             R"({"type":"user","message":{"content":"\"type\":\"assistant\" said somebody"}})" + "\n" + whole) ==
        "claude-haiku-5-5 100+5+0(0)+0 long 0; 0 tools ends");
}

TEST_CASE("hostile counts and shapes cost nothing but themselves") {
  CHECK(told(answer("m1", text("a"), R"("usage":{"input_tokens":99999999999999999999,"output_tokens":-5})")) ==
        "claude-haiku-5-5 0+0+0(0)+0 long 0; 0 tools ends");
  CHECK(told(answer("m1", text("a"), R"("usage":{"input_tokens":5000000000,"output_tokens":"7"})")) ==
        "claude-haiku-5-5 1000000000+0+0(0)+0 long 1000000000; 0 tools ends");
  CHECK(told(answer("m1", text("a"), R"("usage":[1])")) == "claude-haiku-5-5 0+0+0(0)+0 long 0; 0 tools ends");
  CHECK(told(R"({"type":"assistant","message":[]})"
             "\n"
             R"({"type":"assistant"})"
             "\n") == "0 tools");
  std::string many;
  for (int i = 0; i < 50; ++i)
    many += answer("m" + std::to_string(i), text("a"), usage(1, 0), "model" + std::to_string(i));
  const Stretch stretch = read_stretch(many, 0);
  CHECK(stretch.models.size() == 20);  // what is beyond is counted with the last
  std::uint64_t sum = 0;
  for (const Answers& answers : stretch.models) sum += answers.usage.tokens();
  CHECK(sum == 50);
  CHECK(read_stretch(std::string(100'000, '[') + "\n", 0).models.empty());
}

TEST_CASE("a transcript of any size is read in parts, and no answer is cut in two") {
  const test::ScratchFolder folder;
  const std::string path = folder.path + "/agent-a1.jsonl";
  constexpr int answers = 400;
  {
    std::ofstream file(path);
    const std::string filler(100'000, 'x');
    for (int i = 0; i < answers; ++i) {
      const std::string id = "m" + std::to_string(i);
      file << answer(id, text(filler)) << answer(id, tool) << result(false);
    }
    file << answer("end", text("done"));
  }
  std::uint64_t from = 0, tokens = 0, parts = 0;
  while (true) {
    const auto stretch = read_transcript(path, from);
    REQUIRE(stretch);
    REQUIRE(stretch->end > from);
    for (const Answers& one : stretch->models) tokens += one.usage.tokens();
    from = stretch->end;
    ++parts;
    if (stretch->ends) break;
  }
  CHECK(parts == 3);
  CHECK(tokens == (answers + 1) * 105);
}

TEST_CASE("a call's subagent is found by the client's notes, and its transcript beside them") {
  const test::ScratchFolder folder;
  std::filesystem::create_directories(folder.path + "/s/subagents");
  const auto write = [&](const std::string& name, const std::string& content) {
    std::ofstream(folder.path + "/s/subagents/" + name) << content;
  };
  write("agent-a1.meta.json", R"({"toolUseId":"t1"})");
  write("agent-a2.meta.json", R"({"toolUseId":"t2"})");
  write("agent-a3.meta.json", "[");
  const std::string session = folder.path + "/s.jsonl";
  CHECK(subagent_of_call(session, "t2") == "a2");
  CHECK(subagent_of_call(session, "t9").empty());
  CHECK(subagent_of_call(session, "").empty());
  CHECK(subagent_of_call("", "t1").empty());
  CHECK(subagent_transcript(session, "a2") == folder.path + "/s/subagents/agent-a2.jsonl");
  CHECK(subagent_transcript(session, "../../x").empty());
  CHECK(subagent_transcript("/t", "a2").empty());
}

TEST_CASE("the model of a call is that of the answer that made it") {
  const test::ScratchFolder folder;
  const std::string path = folder.path + "/s.jsonl";
  std::ofstream(path) << answer("m1", R"({"type":"tool_use","id":"t1","name":"Agent","input":{}})", usage(1, 1),
                                "claude-opus-5-5")
                      << answer("m2", R"({"type":"tool_use","id":"t2","name":"Agent","input":{}})", usage(1, 1),
                                "claude-sonnet-5-5")
                      << answer("m3", text("API Error"), usage(0, 0), "<synthetic>");
  CHECK(model_of_call(path, "t1") == "claude-opus-5-5");
  CHECK(model_of_call(path, "t2") == "claude-sonnet-5-5");
  CHECK(model_of_call(path, "t3").empty());
  CHECK(model_of_call(path, "") == "claude-sonnet-5-5");
  CHECK(model_of_call(folder.path + "/none", "t1").empty());
  CHECK(model_of_call("", "t1").empty());
}
