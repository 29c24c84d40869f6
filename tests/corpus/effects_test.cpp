// Labelled tool calls and short sequences (../shared/fixtures/effects): what is an effect, what a witness, when Stop
// speaks.
#include <catch2/catch.hpp>

#include "corpora.h"
#include "evidence/claims.h"
#include "evidence/deed.h"
#include "hook/event.h"
#include "syntax/json.h"
#include "unit/guarded_session.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace cascade;

namespace {

std::vector<syntax::Node> lines_of(const std::string& file) {
  std::vector<syntax::Node> cases;
  const std::string path = corpora::shared() + "/fixtures/effects/" + file;
  if (!std::filesystem::exists(path)) return cases;
  const std::string text = corpora::read_text(path);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (end > at) cases.push_back(syntax::parse_json(text.substr(at, end - at)).root);
    at = end + 1;
  }
  return cases;
}

std::string as_json(const syntax::Node& node) {
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  syntax::write_json(json, node);
  return json.take();
}

// The event that the client sends at the end of a call (as the fixture's scorer makes it).
std::string event_of(const syntax::Node& call, const std::string& common) {
  const std::string tool = corpora::written(call, "tool");
  const syntax::Node& output = *call.find("output");
  const bool is_bash = tool == "Bash", is_text = output.kind == syntax::NodeKind::string;
  std::string event =
      "{" + common + ",\"tool_name\":" + syntax::quote_json(tool) + ",\"tool_input\":" + as_json(*call.find("input"));
  if (call.find("failed") != nullptr) {
    const std::string said = is_text ? output.text : as_json(output);
    return event + ",\"hook_event_name\":\"PostToolUseFailure\",\"error\":" +
           syntax::quote_json(is_bash ? "Exit code 1\n" + said : said) + "}";
  }
  std::string response = as_json(output);
  if (is_bash)
    response = "{\"stdout\":" + response + ",\"stderr\":\"\",\"interrupted\":false" +
               (call.find("background") != nullptr ? ",\"backgroundTaskId\":\"bg1\"}" : "}");
  return event + ",\"hook_event_name\":\"PostToolUse\",\"tool_response\":" + response + "}";
}

struct Answer {
  std::string what, how, target;  // effect, push, origin; witness, cli, origin; neither
};

Answer answer_of(const syntax::Node& label) {
  for (const char* what : {"effect", "witness"})
    if (const syntax::Node* found = label.find(what))
      return {what, corpora::written(*found, *what == 'e' ? "kind" : "interface"), corpora::written(*found, "target")};
  return {"neither", "", ""};
}

std::vector<Answer> found_in(const syntax::Node& call) {
  const auto event = hook::read_event(event_of(call, "\"session_id\":\"s\",\"transcript_path\":\"/t\",\"cwd\":\"/w\""));
  REQUIRE(event);
  const evidence::ToolCall ended = evidence::tool_call(*event);
  std::vector<Answer> answers;
  for (const evidence::Finding& finding : evidence::find(ended, evidence::read_deed(ended), {}))
    answers.push_back({finding.is_effect ? "effect" : "witness",
                       std::string(finding.is_effect ? to_string(finding.kind) : to_string(finding.interface)),
                       finding.target});
  if (answers.empty()) answers.push_back({"neither", "", ""});
  return answers;
}

// How often something was said, and how often rightly; how often it should have been, and was.
struct Score {
  int given = 0, right = 0, wanted = 0, met = 0;
};

}  // namespace

TEST_CASE("effects and witnesses are told from everything else") {
  const std::vector<syntax::Node> cases = lines_of("calls.jsonl");
  if (cases.empty()) {
    WARN("no ../shared/fixtures/effects: skipped");
    return;
  }
  Score effects, witnesses;
  for (const syntax::Node& call : cases) {
    std::vector<Answer> allowed = {answer_of(*call.find("label"))};
    if (const syntax::Node* also = call.find("also"))
      for (const syntax::Node& label : also->items) allowed.push_back(answer_of(label));
    const std::vector<Answer> given = found_in(call);
    bool hit = false, one_sort = true, may_be_silent = false;
    for (const Answer& one : given) {
      one_sort = one_sort && one.what == given.front().what;
      for (const Answer& other : allowed) hit = hit || (one.what == other.what && one.how == other.how);
    }
    for (const Answer& other : allowed) may_be_silent = may_be_silent || other.what == "neither";
    hit = hit && one_sort;
    INFO(corpora::written(call, "id"));
    CHECK(hit);
    for (Score* score : {&effects, &witnesses}) {
      const std::string what = score == &effects ? "effect" : "witness";
      const bool said = given.front().what == what;
      score->given += said ? 1 : 0;
      score->right += said && hit ? 1 : 0;
      const bool wanted = allowed.front().what == what && (said || !may_be_silent);
      score->wanted += wanted ? 1 : 0;
      score->met += wanted && said && hit ? 1 : 0;
    }
  }
  CHECK(effects.right * 100 >= effects.given * 98);
  CHECK(effects.met * 100 >= effects.wanted * 95);
  CHECK(witnesses.right * 100 >= witnesses.given * 95);
  CHECK(witnesses.met * 100 >= witnesses.wanted * 95);
}

TEST_CASE("Stop speaks where somebody should have looked, and once") {
  const std::vector<syntax::Node> cases = lines_of("sequences.jsonl");
  if (cases.empty()) {
    WARN("no ../shared/fixtures/effects: skipped");
    return;
  }
  std::string folder = (std::filesystem::temp_directory_path() / "cascade-effects-XXXXXX").string();
  REQUIRE(mkdtemp(folder.data()) != nullptr);
  std::filesystem::create_directory(folder + "/project");
  std::ofstream(folder + "/project/cascade.yaml") << "systems: { effects: block }\n";
  systems::Surroundings surroundings;
  surroundings.state_directory = folder + "/state";
  surroundings.project_directory = folder + "/project";
  const auto noted = [&](const std::string& event) {
    const auto described = describe_hook_event(event);
    REQUIRE(described);
    auto said = systems::heard(*described, surroundings);
    REQUIRE(said);
    return said->context + said->notice;
  };
  int wrong = 0;
  for (const syntax::Node& sequence : cases) {
    const std::string id = corpora::written(sequence, "id");
    const std::string common = "\"session_id\":\"" + id +
                               "\",\"transcript_path\":\"/t\",\"prompt_id\":\"p\",\"cwd\":\"" + folder + "/project\"";
    for (const syntax::Node& call : sequence.find("calls")->items) noted(event_of(call, common));
    int spoken = 0;
    for (const syntax::Node& stop : sequence.find("stops")->items) {
      const std::string said = noted(
          "{" + common + ",\"hook_event_name\":\"Stop\",\"stop_hook_active\":" + stop.find("stop_hook_active")->text +
          ",\"last_assistant_message\":" + syntax::quote_json(corpora::written(stop, "message")) +
          ",\"background_tasks\":" + as_json(*stop.find("background_tasks")) + "}");
      const bool wanted = !stop.find("speak")->items.empty();
      const bool also = stop.find("also") != nullptr && stop.find("also")->items.empty() == said.empty();
      spoken += said.empty() ? 0 : 1;
      INFO(id + ": " + said);
      const bool right = said.empty() != wanted || also;
      wrong += right ? 0 : 1;
      CHECK((right || wrong <= 1));
    }
    CHECK(spoken <= 1);
  }
  CHECK(wrong <= 1);
  std::filesystem::remove_all(folder);
}
