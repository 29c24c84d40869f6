#include "hook_library.h"

using namespace cascade;
using namespace cascade::test;

namespace {

std::string call(const HookLibrary& library, const std::string& type, const std::string& name, const std::string& id) {
  return library.answer(
      HookLibrary::event("PreToolUse", "\"tool_name\":\"Agent\",\"tool_use_id\":\"" + id +
                                           "\",\"tool_input\":{\"prompt\":\"look\",\"subagent_type\":\"" + type + "\"" +
                                           (name.empty() ? "" : ",\"name\":\"" + name + "\"") + "}"));
}

std::string ledger(const HookLibrary& library) {
  std::string text;
  for (const auto& file : std::filesystem::directory_iterator(library.options.state_directory + "/sessions")) {
    std::ifstream in(file.path());
    text.append(std::istreambuf_iterator<char>(in), {});
  }
  return text;
}

}  // namespace

TEST_CASE("a teammate, which starts with its name for a type, takes over the layer that its call was given") {
  const HookLibrary library;
  CHECK(contains(call(library, "leak-hunter", "ann", "t1"), "You compare heap snapshots"));
  CHECK(library.subagent("ann", "aann-3dc374775067da4f").empty());
  CHECK(contains(ledger(library),
                 R"("to":"aann-3dc374775067da4f","layer":"agent","root":"pending:general-purpose@ann#t1")"));
}

TEST_CASE("a teammate that is called like an agent is not given that agent's text a second time, or at all") {
  const HookLibrary library;
  CHECK(contains(call(library, "leak-hunter", "leak-hunter", "t1"), "You compare heap snapshots"));
  CHECK(library.subagent("leak-hunter", "aleak-hunter-3dc374775067da4f").empty());
  CHECK(library.subagent("log-correlator", "alog-correlator-3dc374775067da4f").empty());
}

TEST_CASE("an agent with a name that is no teammate starts with its type, and another one's layer stays its own") {
  const HookLibrary library;
  call(library, "leak-hunter", "ann", "t1");
  call(library, "log-correlator", "", "t2");
  CHECK(library.subagent("general-purpose", "a16423673db82c2ae").empty());
  CHECK(
      contains(ledger(library), R"("to":"a16423673db82c2ae","layer":"agent","root":"pending:general-purpose@ann#t1")"));
  CHECK(library.subagent("general-purpose", "a26423673db82c2ae").empty());
  CHECK(contains(ledger(library), R"("to":"a26423673db82c2ae","layer":"agent","root":"pending:general-purpose#t2")"));
}

TEST_CASE("what a teammate writes is no prompt of a person") {
  const HookLibrary library;
  for (const char* text :
       {"<teammate-message teammate_id=\"ann\">there is a memory leak, the heap grows</teammate-message>",
        "Another Claude session sent a message:\nthere is a memory leak, the heap grows"})
    CHECK(library.prompt(text).empty());
}
