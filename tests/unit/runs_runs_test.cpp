#include <catch2/catch.hpp>

#include <fstream>

#include "runs/report.h"
#include "runs/runs.h"
#include "scratch_folder.h"

using namespace cascade;
using namespace cascade::tiers;

namespace {

// A session in a folder of its own, whose subagents write what the test says.
struct Told {
  test::ScratchFolder folder;
  session::Ledger ledger{folder.path, "s"};
  std::string open;  // the subagent with an effect that nobody verified

  HasOpenEffect has_open_effect() const {
    return [this](const session::Ledger&, const std::string& id) { return id == open; };
  }
  std::string transcript(const std::string& id) const { return folder.path + "/" + id + ".jsonl"; }

  // What is set for a call of this agent.
  std::string ask(const std::string& call, const std::string& agent, const std::string& task,
                  const std::string& turn = "p1", bool sets = true) {
    Issue issue;
    issue.call = call;
    issue.agent = agent;
    issue.task = task;
    issue.prompt_id = turn;
    issue.session_model = "claude-opus-5-5";
    issue.sets = sets;
    issue.start.tier = agent == "reader" ? "light" : "";
    issue.start.session = client::Family::opus;
    const auto choice = tiers::issue(issue, policy::usual_tiers(), has_open_effect(), ledger, 1);
    REQUIRE(choice);
    return choice->model + " " + choice->effort;
  }
  void note(const std::string& action, const std::string& call, const std::string& id, const std::string& said = "",
            const std::string& outcome = "") {
    session::RunNote note;
    note.action = action;
    note.call = call;
    note.id = id;
    note.expects = words_hash(said);
    note.outcome = outcome;
    if (action == "stopped") note.agent = "general-purpose";
    if (!id.empty()) note.transcript = transcript(id);
    REQUIRE(note_call(note, "p1", ledger, 1));
  }
  void says(const std::string& id, const std::string& words, bool failed_tool = false,
            const std::string& model = "claude-haiku-5-5") {
    std::ofstream file(transcript(id), std::ios::app);
    static int number = 0;
    const auto answer = [&](const std::string& block) {
      file << R"({"type":"assistant","message":{"id":"m)" << ++number << R"(","model":")" << model << R"(","content":[)"
           << block << R"(],"usage":{"input_tokens":100,"output_tokens":5}}})"
           << "\n";
    };
    if (failed_tool) {
      answer(R"({"type":"tool_use","id":"x","name":"Bash","input":{}})");
      file << R"({"type":"user","message":{"content":[{"type":"tool_result","is_error":true}]}})"
           << "\n";
    }
    answer(R"({"type":"text","text":")" + words + R"("})");
  }
  void settle(bool unlinked = true) {
    // Now is 1970: no transcript is old.
    REQUIRE(tiers::settle({1, 0, unlinked}, has_open_effect(), ledger));
  }
  // A call whose subagent ended, whole.
  void finish(const std::string& call, const std::string& id, const std::string& words = "done",
              bool failed_tool = false) {
    says(id, words, failed_tool);
    note("stopped", "", id, words);
    note("completed", call, id);
    settle();
  }
  std::string runs(const std::vector<session::Entry>& more = {}) const {
    std::vector<session::Entry> lines = ledger.entries();
    lines.insert(lines.end(), more.begin(), more.end());
    std::string text;
    for (const Run& run : runs_of("s", lines))
      text += run.agent + (run.tier.empty() ? "" : "/" + run.tier) + (run.raised ? "!" : "") + " " +
              (run.outcome.empty() ? "running" : run.outcome) + (run.repeated ? " repeated" : "") + " " +
              std::to_string(run.tokens()) + "; ";
    return text;
  }
};

}  // namespace

TEST_CASE("a run is what its transcript says, under the agent and tier of its call") {
  Told told;
  CHECK(told.ask("c1", "reader", "read a") == "haiku low");
  told.finish("c1", "a1");
  told.ask("c2", "plain", "read b");
  told.finish("c2", "a2");
  CHECK(told.runs() == "reader/light done 105; plain done 105; ");
}

TEST_CASE("a transcript that lags is waited for, and one that is whole is counted once") {
  Told told;
  told.ask("c1", "reader", "read a");
  told.note("stopped", "", "a1", "the end");
  told.settle();
  CHECK(told.runs() == "");
  told.says("a1", "not yet");
  told.settle();
  CHECK(told.runs() == "");
  told.says("a1", "the end");
  told.settle(false);  // of which call it is, nobody knows yet
  CHECK(told.runs() == "");
  told.note("completed", "c1", "a1");
  for (int i = 0; i < 3; ++i) told.settle();
  CHECK(told.runs() == "reader/light done 210; ");
}

TEST_CASE("a subagent that is gone on with adds what is new") {
  Told told;
  told.ask("c1", "reader", "read a");
  told.finish("c1", "a1");
  told.says("a1", "more");
  told.note("stopped", "", "a1", "more");
  told.settle();
  told.says("a1", "and more", false, "claude-opus-5-5");
  told.note("stopped", "", "a1", "and more");
  told.settle();
  CHECK(told.runs() == "reader/light done 315; ");
}

TEST_CASE("what cannot be linked to a call is counted by its type") {
  Told told;
  told.says("a1", "done");
  told.note("stopped", "", "a1", "done");
  told.settle(false);
  CHECK(told.runs() == "");
  told.settle(true);
  CHECK(told.runs() == "general-purpose done 105; ");
}

TEST_CASE("what is not settled is read without being written") {
  Told told;
  told.ask("c1", "reader", "read a");
  told.says("a1", "half");
  told.note("launched", "c1", "a1");
  const std::size_t lines = told.ledger.entries().size();
  CHECK(told.runs(unsettled_runs(told.has_open_effect(), told.ledger)) == "reader/light running 105; ");
  told.note("stopped", "", "a1", "something else");
  CHECK(told.runs(unsettled_runs(told.has_open_effect(), told.ledger)) == "reader/light done 105; ");
  CHECK(told.ledger.entries().size() == lines + 1);
}

TEST_CASE("a failure raises the next call of the same agent in this turn, once") {
  Told told;
  told.ask("c1", "reader", "read a");
  SECTION("the call failed") { told.note("failed", "c1", ""); }
  SECTION("its last tool failed") { told.finish("c1", "a1", "sorry", true); }
  SECTION("its effect is open") {
    told.open = "a1";
    told.finish("c1", "a1");
  }
  CHECK(told.ask("x", "plain", "read b") == " ");
  CHECK(told.ask("c2", "reader", "read b") == "sonnet medium");
  CHECK(told.ask("c2", "reader", "read b") == "sonnet medium");  // another hook asks about the same call
  CHECK(told.ask("c3", "reader", "read c") == "haiku low");
  told.note("failed", "c3", "");
  CHECK(told.ask("c4", "reader", "read d") == "haiku low");
  CHECK(told.ask("c5", "reader", "read d", "p2") == "haiku low");
}

TEST_CASE("a task that is given again after it ended goes up, one that still runs does not") {
  Told told;
  told.ask("c1", "reader", "Read a, please.");
  CHECK(told.ask("c2", "reader", "read a please") == "haiku low");
  told.finish("c1", "a1");
  CHECK(told.ask("c3", "reader", "read another") == "haiku low");
  CHECK(told.ask("c4", "reader", "read  A -- please") == "sonnet medium");
  CHECK(told.runs() == "reader/light done repeated 105; ");
}

TEST_CASE("an effect that was verified since raises nothing, nor does what the user stopped") {
  Told told;
  told.ask("c1", "reader", "read a");
  told.open = "a1";
  told.finish("c1", "a1");
  told.open.clear();
  CHECK(told.ask("c2", "reader", "read b") == "haiku low");
  told.says("a2", "x");
  told.note("stopped", "c2", "a2", "", "interrupted");
  told.settle();
  CHECK(told.ask("c3", "reader", "read b") == "haiku low");
  CHECK(told.runs() == "reader/light unverified 105; reader/light interrupted 105; ");
}

TEST_CASE("in shadow nothing is set and the tier is noted") {
  Told told;
  CHECK(told.ask("c1", "reader", "read a", "p1", false) == " ");
  CHECK(told.ask("c1", "reader", "read a", "p1", false) == " ");
  told.finish("c1", "a1");
  CHECK(told.runs() == "reader/light done 105; ");
}

TEST_CASE("a ledger that grew too large keeps what runs used") {
  Told told;
  told.ask("c1", "reader", "read a");
  told.finish("c1", "a1");
  told.ask("c2", "reader", "read b");
  for (int i = 0; i < 400; ++i) {
    session::Entry entry;
    entry.event = session::Event::fault;
    entry.note = std::string(1'000, 'x');
    REQUIRE(told.ledger.append(entry));
  }
  told.ledger = session::Ledger(told.folder.path, "s");
  CHECK(told.ledger.entries().size() < 300);
  told.finish("c2", "a2");
  CHECK(told.runs() == "reader/light done 105; reader/light done 105; ");
}

TEST_CASE("a session's model is not that of its subagents") {
  Told told;
  session::Entry start;
  start.event = session::Event::start;
  start.model = "claude-opus-5-5";
  REQUIRE(told.ledger.append(start));
  told.ask("c1", "reader", "read a");
  told.finish("c1", "a1");
  CHECK(session::Ledger(told.folder.path, "s").model() == "claude-opus-5-5");
}
