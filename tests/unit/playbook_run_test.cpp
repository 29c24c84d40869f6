// Runs of playbooks: moves in, where the run stands out.
#include "playbook/run.h"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "memory_tree.h"
#include "unit/seeded_random.h"

namespace cascade::playbook {
namespace {

using session::Entry;

Plan plan_with(const std::string& order, const std::string& exits, const std::string& branches, std::uint32_t steps) {
  Plan plan;
  plan.root = "skill:mend";
  std::vector<std::uint32_t> numbers;
  for (std::uint32_t number = 1; number <= steps; ++number) {
    Step step;
    step.number = number;
    step.skill = "s" + std::to_string(number);
    plan.steps.push_back(step);
    numbers.push_back(number);
  }
  plan.chain = chain::read_chain({order, exits, branches}, numbers, plan.faults);
  REQUIRE(plan.faults.is_empty());
  return plan;
}

// A session's ledger in memory, and a folder without disk.
struct Talk {
  std::vector<Entry> entries;
  files::MemoryTree tree;
  std::string refusal;

  void add(std::vector<session::StepNote> notes) {
    for (session::StepNote& note : notes) {
      Entry entry;
      entry.event = session::Event::step;
      entry.sequence = entries.empty() ? 1 : entries.back().sequence + 1;
      entry.step = std::move(note);
      entries.push_back(std::move(entry));
    }
  }
  void begin(const Plan& plan) {
    Verdict verdict = playbook::begin(entries, plan, "/home/ana", tree);
    refusal = verdict.refusal;
    add(std::move(verdict.notes));
  }
  // "done 2", "branch lost", "again": where it stands then, or why it does not move.
  std::string move(const std::string& text, Mover mover = Mover::model) {
    Move move;
    const std::size_t blank = text.find(' ');
    move.action = text.substr(0, blank);
    move.mover = mover;
    if (blank != std::string::npos) (move.action == action::branch ? move.label : move.step) = text.substr(blank + 1);
    Verdict verdict = judge(entries, move, "/home/ana", tree);
    if (!verdict.refusal.empty()) return verdict.refusal;
    add(std::move(verdict.notes));
    return at();
  }
  void see(std::uint32_t step, const std::string& label, const std::string& text) {
    session::StepNote note;
    note.run = 1;
    note.action = session::seen_action;
    note.step = step;
    note.label = label;
    note.text = text;
    add({note});
  }
  std::string at() const {
    const std::vector<Run> runs = runs_of(entries);
    if (runs.empty()) return "nothing";
    std::string text(to_string(runs.back().state));
    for (const std::uint32_t step : runs.back().open()) text += " " + std::to_string(step);
    for (const std::string& detour : runs.back().detours) text += " " + detour;
    return text;
  }
};

TEST_CASE("steps follow as their chain says") {
  Talk talk;
  talk.begin(plan_with("1 > 2&3 > (4 > 5)*", "", "", 5));
  CHECK(talk.at() == "active 1");
  CHECK(talk.move("done 1") == "active 2 3");
  CHECK(talk.move("done") == "several steps are open: say which");
  CHECK(talk.move("done 3") == "active 2");
  CHECK(talk.move("done s2") == "active 4");
  CHECK(talk.move("again 4") == "the round is not over: step 5 is still to be done");
  CHECK(talk.move("done 4") == "active 5");
  CHECK(talk.move("again 5") == "active 4");
  CHECK(talk.move("done") == "active 5");
  CHECK(talk.move("done") == "finished");
  CHECK(talk.move("done") == "no playbook is open in this session");
  CHECK(talk.move("back 4") == "active 4");
}

TEST_CASE("how to go on is one sentence for each open step, with what the user types where the step is theirs") {
  const auto go_on = [](const Plan& plan) {
    Talk talk;
    talk.begin(plan);
    return how_to_go_on(runs_of(talk.entries).back(), "cascade");
  };
  CHECK(go_on(plan_with("1 > 2", "1: user", "1 lost > end; 1 late > 2", 2)) ==
        "[cascade] Step 1 (s1) ends when user. Ask the user to type `playbook: done 1`; or cascade step branch LABEL "
        "(lost, late).\n");
  CHECK(go_on(plan_with("(1 > 2)* > 3", "1: user", "", 3)) ==
        "[cascade] Step 1 (s1) ends when user. Ask the user to type `playbook: done 1`, or `playbook: again 1` for "
        "another round.\n");
  CHECK(
      go_on(plan_with("(1 > 2)* > 3", "", "1 lost > end", 3)) ==
      "[cascade] Step 1 (s1) ends when said. Then run: cascade step done 1 --note \"what it handed on\", with --again "
      "for another round; or cascade step branch LABEL (lost)\n");
}

TEST_CASE("a branch leaves out what lies before its end, and opens again what lies behind") {
  Talk talk;
  talk.begin(plan_with("1 > 2 > 3 > 4", "", "1 far > skill:a > skill:b > 3; 4 back > 2; 3 enough > end", 4));
  CHECK(talk.move("branch far") == "active a b");
  CHECK(talk.move("done 1") == "\"1\" is not open");
  CHECK(talk.move("done a") == "active b");
  CHECK(talk.move("done") == "active 3");
  CHECK(talk.move("done") == "active 4");
  CHECK(talk.move("branch far") == "no open step has a branch \"far\"");
  CHECK(talk.move("branch back") == "active 2");
  CHECK(talk.move("done") == "active 3");
  CHECK(talk.move("branch enough") == "finished");
}

TEST_CASE("what was seen before a step began, or of another step, ends nothing") {
  Talk talk;
  talk.begin(plan_with("1 > 2", "1: red; 2: green", "", 2));
  talk.see(2, "green", "pytest");
  CHECK(talk.move("done 1") == "step 1 is not done: a test run was not seen failing since the step began");
  talk.see(1, "red", "pytest");
  CHECK(talk.move("done 1") == "active 2");
  CHECK(talk.move("done 2") == "step 2 is not done: a test run was not seen passing since the step began");
  talk.see(2, "green", "pytest");
  talk.see(2, "red", "pytest");
  CHECK(talk.move("done 2") == "step 2 is not done: a test run failed after it had passed");
  talk.see(2, "green", "pytest -q");
  CHECK(talk.move("done 2") == "finished");
  const Run run = runs_of(talk.entries).back();
  CHECK(shown_by(*run.find(2), run, talk.entries) == "green: pytest -q");
  CHECK(shown_by(*run.find(1), run, talk.entries) == "red: pytest");
}

TEST_CASE("what the user ends, the model ends only when the guard asked and the user allowed it") {
  Talk talk;
  talk.begin(plan_with("1 > 2", "1: user; 2: user", "", 2));
  const std::string no = "step 1 ends when the user says so, and this is not the user";
  CHECK(talk.move("done") == no);
  CHECK(talk.move("skip") == no);
  Entry asked;
  asked.event = session::Event::verdict;
  asked.source = asked_source;
  asked.decision = "ask";
  asked.sequence = talk.entries.back().sequence + 1;
  talk.entries.push_back(asked);
  CHECK(talk.move("done") == "active 2");
  CHECK(talk.move("done") == "step 2 ends when the user says so, and this is not the user");
  CHECK(talk.move("done", Mover::user) == "finished");
}

TEST_CASE("an artefact is a file whose text is new and not empty, below the folder") {
  Talk talk;
  talk.tree.write("/home/ana/docs/old.md", "old");
  talk.begin(plan_with("1", "1: artefact docs/*.md", "", 1));
  const std::string no = "step 1 is not done: no file docs/*.md was written since the step began";
  CHECK(talk.move("done") == no);
  talk.tree.write("/home/ana/docs/new.md", " \n");
  CHECK(talk.move("done") == no);
  talk.tree.write("/home/ana/docs/new.txt", "text");
  CHECK(talk.move("done") == no);
  talk.tree.write("/home/ana/docs/old.md", "changed");
  CHECK(talk.move("done") == "finished");

  Talk outside;
  outside.begin(plan_with("1", "1: artefact ../secret", "", 1));
  outside.tree.write("/home/secret", "text");
  CHECK(outside.move("done") == "step 1 is not done: no file ../secret was written since the step began");
}

TEST_CASE("where green follows red, the end of the step says whose tests are no longer those that were red") {
  const auto seen = [](Talk& talk, std::uint32_t step, const char* label) {
    session::StepNote note;
    note.run = 1;
    note.action = session::seen_action;
    note.step = step;
    note.label = label;
    note.text = "pytest";
    talk.add({note});
  };
  const auto shown = [&](const char* exits, const std::vector<std::pair<std::string, std::string>>& edits) {
    Talk talk;
    talk.tree.write("/home/ana/tests/unit/test_pay.py", "assert 2 == 1");
    talk.tree.write("/home/ana/src/pay.py", "2");
    talk.begin(plan_with("1 > 2", exits, "", 2));
    seen(talk, 1, "red");
    seen(talk, 1, "green");
    CHECK(talk.move("done 1") == "active 2");
    for (const auto& [path, text] : edits) talk.tree.write("/home/ana/" + path, text);
    seen(talk, 2, "green");
    CHECK(talk.move("done 2") == "finished");
    const Run run = runs_of(talk.entries).back();
    return shown_by(*run.find(2), run, talk.entries);
  };
  const char* both = "1: red; 2: green *|make check";
  CHECK(shown(both, {{"src/pay.py", "1"}}) == "green: pytest");
  CHECK(shown(both, {{"tests/unit/test_pay.py", "assert 2 == 2"}}) == "green: pytest; tests changed: tests/unit");
  CHECK(shown(both, {{"web/pay.spec.ts", "x"}, {"a_test.go", "y"}}) == "green: pytest; tests changed: ., web");
  CHECK(shown(both, {{"src/latest.py", "x"}, {"src/contest.go", "y"}}) == "green: pytest");
  CHECK(shown("1: green; 2: green", {{"tests/unit/test_pay.py", "x"}}).find("changed") == std::string::npos);
}

std::string log_line(char commit, const std::string& why) {
  return std::string(40, '0') + " " + std::string(40, commit) + " D <d@x> 1 +0000\t" + why + "\n";
}

TEST_CASE("a commit is one that git logged as made") {
  Talk talk;
  talk.tree.write("/home/ana/.git/logs/HEAD", log_line('a', "commit (initial): first"));
  talk.begin(plan_with("1", "1: commit", "", 1));
  std::string log = log_line('a', "commit (initial): first");
  for (const char* why : {"checkout: moving from main to side", "reset: moving to HEAD~1", "merge side: Fast-forward",
                          "pull: Fast-forward"}) {
    log += log_line('b', why);
    talk.tree.write("/home/ana/.git/logs/HEAD", log);
    CHECK(talk.move("done") == "step 1 is not done: no commit was made since the step began");
  }
  talk.tree.write("/home/ana/.git/logs/HEAD", log + log_line('c', "commit: second"));
  CHECK(talk.move("done") == "finished");
  const Run run = runs_of(talk.entries).back();
  CHECK(shown_by(*run.find(1), run, talk.entries) == "commit: cccccccccc");
}

TEST_CASE("one run is active at most, whatever is started and taken up") {
  Talk talk;
  talk.begin(plan_with("1 > 2", "", "", 2));
  Plan other = plan_with("1", "", "", 1);
  other.root = "skill:ship";
  talk.begin(other);
  CHECK(runs_of(talk.entries)[0].state == RunState::paused);
  CHECK(talk.move("resume") == "ship is open already");
  CHECK(talk.move("abort") == "aborted");
  CHECK(talk.move("resume").substr(0, 7) == "aborted");  // of the last; the first is the active one
  CHECK(runs_of(talk.entries)[0].state == RunState::active);
  talk.begin(plan_with("1 > 2", "", "", 2));
  CHECK(talk.refusal == "mend is open already");
}

TEST_CASE("whatever is moved, open steps never wait for one another and a finished run wants nothing") {
  test::SeededRandom random{22};
  const std::vector<std::string> orders = {"1 > 2 > 3 > 4", "1&2&3 > 4", "(1 > 2)* > 3&4", "1 > (2&(3 > 4))*"};
  const std::vector<std::string> moves = {"done", "again", "skip", "back", "branch", "wait", "pause", "resume"};
  for (int round = 0; round < 300; ++round) {
    Talk talk;
    const Plan plan = plan_with(orders[random.below(orders.size())], "", "2 x > 1; 3 y > skill:d > 4; 1 z > end", 4);
    talk.begin(plan);
    for (int turn = 0; turn < 30; ++turn) {
      std::string move = moves[random.below(moves.size())];
      const std::string step = std::to_string(1 + random.below(4));
      if (move == "branch")
        move += random.below(2) == 0 ? " x" : random.below(2) == 0 ? " y" : " z";
      else if (move == "done" || move == "again" || move == "skip" || move == "back")
        move += " " + step;
      talk.move(move, Mover::user);
      const Run run = runs_of(talk.entries).back();
      const std::vector<std::uint32_t> open = run.open();
      for (const std::uint32_t a : open)
        for (const std::uint32_t b : open) CHECK_FALSE(comes_after(run.plan.chain.order, a, b));
      CHECK((run.state == RunState::finished) == (open.empty() && run.detours.empty()));
    }
  }
}

}  // namespace
}  // namespace cascade::playbook
