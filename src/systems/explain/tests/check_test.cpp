#include <catch2/catch.hpp>

#include "explain/change.h"
#include "explain/check.h"

using namespace cascade::comprehension;

namespace {

std::string id_of(int number) {
  const std::string digits = std::to_string(number);
  return std::string(16 - digits.size(), '0') + digits;
}

void add(Change& change, const std::string& path, std::vector<std::string> removed, std::vector<std::string> added) {
  ChangedFile file;
  file.path = file.old_path = path;
  file.hunks = 1;
  Hunk hunk;
  hunk.id = id_of(static_cast<int>(change.hunks.size()) + 1);
  hunk.inverse = id_of(static_cast<int>(change.hunks.size()) + 1001);
  hunk.old_at = hunk.new_at = 10;
  hunk.old_lines = static_cast<std::uint32_t>(removed.size());
  hunk.new_lines = static_cast<std::uint32_t>(added.size());
  hunk.removed = std::move(removed);
  hunk.added = std::move(added);
  hunk.file = static_cast<std::uint32_t>(change.files.size());
  change.files.push_back(std::move(file));
  change.hunks.push_back(std::move(hunk));
}

void add_commit(Change& change, const std::string& message, std::vector<std::string> files) {
  RangeCommit commit;
  commit.name = "Ann";
  commit.mail = "ann@example.org";
  commit.message = message;
  commit.parents = 1;
  commit.files = std::move(files);
  change.commits.push_back(std::move(commit));
}

std::vector<std::string> lines(const std::string& text, int count) {
  std::vector<std::string> all;
  for (int i = 0; i < count; ++i) all.push_back(text + std::to_string(i));
  return all;
}

Settings everything() {
  Settings settings = asked_for_all();
  settings.is_set = true;
  return settings;
}

bool has(const Report& report, std::string_view rule) {
  for (const Finding& finding : report.findings)
    if (finding.rule == rule && finding.weight == Weight::refused) return true;
  return false;
}

// A change with a lock, and a record of it that says `fails`.
Report checked(const std::string& fails, const std::string& answer, const std::string& path = "src/rates.cc") {
  Change change;
  add(change, path, {"  rates_.clear();"},
      {"  std::lock_guard<std::mutex> hold(mutex_);", "  rates_.clear();", "  forgotten_counter.increment();"});
  add(change, ".cascade/explanations/it.md", {}, {"---"});
  add_commit(change, "Forget rates under the lock\n\nThe table was cleared while others read it.", {path});
  const std::string record =
      "---\nexplanation: 1\nby: Ann <a@b>\nassisted: no\nhunks:\n  - " + id_of(1) + " +10,3 -10,1 " + path +
      "\nquestions:\n  - " + id_of(1) +
      " lock\n---\n## What it does\nClearing the rates now holds mutex_, and each time is counted in "
      "forgotten_counter for the board.\n## How it fails\n" +
      fails +
      "\n## Why not otherwise\nAn atomic swap of the whole map would need a shared pointer in every reader of "
      "rates.\n## What was verified\n`ctest --test-dir build`\n## Answers\n### " +
      id_of(1) + " lock\n" + answer + "\n";
  Surroundings around;
  Settings settings = everything();
  settings.small = 0;
  return check_change(change, {{".cascade/explanations/it.md", record}}, settings, around);
}

constexpr const char* good_fails =
    "- Two callers clear at once: `RateTable.ForgetsAll` shows that nothing is left over.";
constexpr const char* good_answer =
    "The lock protects rates_ while it is cleared, see src/rates.cc:10; nobody waits longer than for a clear.";

}  // namespace

TEST_CASE("check: a grounded record is good") {
  const Report report = checked(good_fails, good_answer);
  for (const Finding& finding : report.findings) UNSCOPED_INFO(finding.message);
  CHECK(!report.is_refused());
  CHECK(report.covered == report.needed);
  CHECK(report.needed == 4);
}

TEST_CASE("check: how a sentence reads refuses nothing") {
  const auto with = [](const std::string& fails, const std::string& answer) {
    return has(checked(fails, answer), "EX004");
  };
  CHECK(!with(good_fails, "rates_ only"));
  CHECK(!with(good_fails, "forget is called at night"));  // the function that encloses it
  CHECK(!with(good_fails, "nobody waits before noon"));   // a line beside it
  CHECK(!with("10 of them at once", "see rates.cc"));     // a file; of the other part a number is no name here
  CHECK(!with("No risk that we know of.", good_answer));
  CHECK_FALSE(
      checked("No risk that we know of.", "Nobody waits longer than before, as far as we can tell.").is_refused());
  CHECK(checked("No risk.", "No risk.").is_refused());  // the same again fits any question
  CHECK(with("", good_answer));
  CHECK(has(checked(good_fails, ""), "EX005"));
}

TEST_CASE("check: a copy is refused") {
  const auto with = [](const std::string& fails) { return has(checked(fails, good_answer), "EX009"); };
  CHECK(with("The table was cleared while others read it, forget rates under the lock `RateTable.ForgetsAll`"));
  CHECK(with("Forget rates under the lock"));
  CHECK(with("Clearing the rates now holds mutex_, and each time is counted in forgotten_counter"));  // another part
  CHECK(!with("If others read it while the lock is held, a clear waits for the rates of a whole zone."));
}

TEST_CASE("check: a statement below any heading is run or refused") {
  const std::string statement = "\nWithout this hunk `make check` fails.\n";
  const Report nowhere = checked(good_fails, good_answer + ("\n### src/none.cc:10 space\n" + statement));
  CHECK(has(nowhere, "EX015"));
  CHECK(nowhere.records[0].showings.empty());
  // A hunk of the range that the record does not bind, since it needs no explanation.
  const Report spare = checked(good_fails, good_answer + ("\n### .cascade/explanations/it.md:10 space\n" + statement));
  CHECK(!has(spare, "EX015"));
  REQUIRE(spare.records[0].showings.size() == 1);
  CHECK(spare.records[0].showings[0].statement.command == "make check");
}

TEST_CASE("check: a record need not name the hunks that are left when others of it have changed") {
  const auto report_with = [](const std::string& stale, const std::string& what) {
    Change change;
    add(change, "src/board.cc", {"  show(board);"}, {"  show(board, total);"});
    add(change, "src/rates.cc", {}, {"  forgotten_counter.increment();", "  rates_.clear();"});  // it was another hunk
    add(change, ".cascade/explanations/it.md", {}, {"---"});
    add(change, ".cascade/explanations/later.md", {}, {"---"});
    const std::string record =
        "---\nby: Ann\nhunks:\n  - " + id_of(1) + " +10,1 -10,1 src/board.cc\n" + stale + "questions:\n  - " +
        id_of(1) + " largest\n---\n## What it does\n" + what +
        "\n## How it fails\nTwo callers may clear rates at once, and `RateTable.ForgetsAll` shows what is left "
        "over.\n## Why not otherwise\nAn atomic swap of whole tables needs shared pointers in every reader.\n"
        "## What was verified\n`ctest`\n## Answers\n### " +
        id_of(1) + "\nThe total stands beside everything that show prints, board.cc:10.\n";
    const std::string waiver =
        "---\nby: Ann\nwaived: later\nhunks:\n  - " + id_of(2) + " +10,2 -10,0 src/rates.cc\n---\n";
    Surroundings around;
    Settings settings = everything();
    settings.small = 0;
    return check_change(change, {{".cascade/explanations/it.md", record}, {".cascade/explanations/later.md", waiver}},
                        settings, around);
  };
  const std::string stale = "  - " + id_of(99) + " +10,2 -10,0 src/rates.cc\n";
  const std::string about_the_other =
      "Clearing now holds the mutex, and each time is counted for those who look at night.";
  const Report waived = report_with(stale, about_the_other);
  for (const Finding& finding : waived.findings) UNSCOPED_INFO(finding.rule << " " << finding.message);
  CHECK_FALSE(waived.is_refused());
  CHECK(has(report_with(stale, ""), "EX004"));  // nobody wrote anything
}

TEST_CASE("check: who takes a question out is asked all the same") {
  Change change;
  add(change, "a.py", {"  except IOError:", "    raise"}, {"  pass"});
  add(change, ".cascade/explanations/it.md", {}, {"---"});
  Settings settings = everything();
  settings.small = 0;
  const std::string record = "---\nby: Ann\nhunks:\n  - " + id_of(1) + " +10,1 -10,2 a.py\n---\n";
  CHECK(has(check_change(change, {{".cascade/explanations/it.md", record}}, settings, {}), "EX012"));
}

TEST_CASE("check: records bind by id, with the path or where that path is gone") {
  Change change;
  add(change, "new/a.py", {"x = 1"}, lines("y = ", 3));
  add(change, "b.py", {"x = 2"}, lines("z = ", 3));
  add(change, ".cascade/explanations/it.md", {}, {"---"});
  Settings settings = everything();
  settings.small = 0;
  const auto report_with = [&](const std::string& path) {
    const std::string record =
        "---\nby: Ann\nwaived: later\nhunks:\n  - " + id_of(1) + " +1,3 -1,1 " + path + "\n---\n";
    return check_change(change, {{".cascade/explanations/it.md", record}}, settings, {});
  };
  CHECK(report_with("new/a.py").covered == 4);
  CHECK(report_with("old/a.py").covered == 4);
  CHECK(report_with("b.py").covered == 0);
  CHECK(report_with("b.py").records[0].stale == 1);
  CHECK(report_with("new/a.py").waived == 4);
  CHECK(has(report_with("new/a.py"), "EX001"));  // b.py is half of it
}

TEST_CASE("check: what is trivial is counted by its reason") {
  Change change;
  add(change, "docs/a.md", {}, lines("words ", 30));
  add(change, "package-lock.json", {}, lines("lock ", 40));
  add(change, "a.cc", {"int  a;"}, {"int a;"});
  add(change, "b.py", {"# one"}, {"# two"});
  add(change, "c.py", {"  a = 1"}, {"    a = 1"});
  add(change, "d.cc", {"// NOLINT"}, {"// plain"});
  add(change, "src/auth/README.md", {}, {"who may"});
  Settings settings = everything();
  settings.small = 0;
  settings.risky = {"src/auth/**"};
  const Needs needs = needs_of(change, settings, {});
  CHECK(needs.of_hunk[0] == Need::documentation);
  CHECK(needs.of_hunk[1] == Need::generated);
  CHECK(needs.of_hunk[2] == Need::white_space);
  CHECK(needs.of_hunk[3] == Need::comments);
  CHECK(needs.of_hunk[4] == Need::needed);  // white space is Python's syntax
  CHECK(needs.of_hunk[5] == Need::needed);  // a directive
  CHECK(needs.of_hunk[6] == Need::needed);  // a risky path
  settings.small = 10;
  settings.risky.clear();
  CHECK(needs_of(change, settings, {}).of_hunk[4] == Need::small);
  add(change, "e.go", {}, {"mutex.Unlock()"});
  CHECK(needs_of(change, settings, {}).of_hunk[4] == Need::needed);  // a lock is never small
  CHECK(needs_of(change, settings, {id_of(8)}).of_hunk[7] == Need::reverted);
}

TEST_CASE("check: only what the team chose is required") {
  Change change;
  add(change, "a.py", {}, lines("a = ", 20));
  add(change, "b.py", {}, lines("b = ", 20));
  add_commit(change, "By hand", {"a.py"});
  add_commit(change, "Helped\n\nAssisted-by: Something", {"b.py"});
  Settings settings;
  settings.is_set = settings.assisted = true;
  const Needs needs = needs_of(change, settings, {});
  CHECK(needs.of_hunk[0] == Need::not_required);
  CHECK(needs.of_hunk[1] == Need::needed);
  CHECK(needs.assisted == "Assisted-by: Something");
}

TEST_CASE("assisted: agents are told from people") {
  const auto said = [](const std::string& message, const std::string& name = "Ann",
                       const std::string& mail = "ann@example.org") {
    RangeCommit commit;
    commit.message = message;
    commit.name = name;
    commit.mail = mail;
    return !said_assistance(commit).empty();
  };
  CHECK(said("x\n\nAssisted-by: Claude:claude-4"));
  CHECK(said("x\n\nCo-Authored-By: Claude <noreply@anthropic.com>"));
  CHECK(said("x\n\nCo-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>"));
  CHECK(said("x\n\nCo-authored-by: Cursor <cursoragent@cursor.com>"));
  CHECK(said("x", "copilot-swe-agent[bot]", "198982749+Copilot@users.noreply.github.com"));
  CHECK(said("x", "devin-ai-integration[bot]", "158243242+devin-ai-integration[bot]@users.noreply.github.com"));
  CHECK(!said("x\n\nCo-authored-by: Claude Monet <claude@example.org>"));
  CHECK(!said("x\n\nCo-authored-by: Bob <bob@users.noreply.github.com>"));
  CHECK(!said("Mention Assisted-by: in the guide"));
  CHECK(!said("x\n\nAssisted-by:"));
}

TEST_CASE("risks: each row, and no look-alikes") {
  const auto risk = [](const std::string& path, std::vector<std::string> removed, std::vector<std::string> added) {
    Change change;
    add(change, path, std::move(removed), std::move(added));
    return risk_of(change, change.hunks[0]);
  };
  CHECK(risk("a.py", {"except IOError:"}, {}) == Risk::removed_error_path);
  CHECK(risk("a.py", {"except IOError:"}, {"except OSError:"}) == Risk::none);  // only rewritten
  CHECK(risk("a.js", {}, {"if (user.role === admin) {"}) == Risk::permissions);
  CHECK(risk("a.cc", {}, {"std::lock_guard hold(mutex_);"}) == Risk::locks);
  CHECK(risk("a.cc", {}, {"block(clock);"}) == Risk::none);
  CHECK(risk("a.py", {}, {"\"UPDATE orders SET state = 1\""}) == Risk::sql);
  CHECK(risk("a.py", {}, {"update(state)"}) == Risk::none);
  CHECK(risk("a.go", {}, {"ch := make(chan int)"}) == Risk::concurrency);
  CHECK(risk("a.ts", {}, {"const maxRetries = 3"}) == Risk::retries);
  CHECK(risk("a.py", {}, {"get(url, timeout=3)"}) == Risk::time_outs);
  CHECK(risk("deploy.sh", {}, {"rsync -a --delete out/ $HOST:/srv/www"}) == Risk::deletion);
  CHECK(risk("deploy.sh", {}, {"curl --max-time 20 $URL/health"}) == Risk::time_outs);
  CHECK(risk("deploy.sh", {}, {"curl --retry 3 $URL/health"}) == Risk::retries);
  CHECK(risk("a.js", {}, {"delete rooms[id]"}) == Risk::none);
  CHECK(risk("web/package.json", {}, {"\"left\": \"1.0\""}) == Risk::dependencies);
  CHECK(risk("a.py", {}, {"# the lock is old"}) == Risk::none);
}

TEST_CASE("risks: the changed source is asked about first, tests behind it, texts alone") {
  Change change;
  add(change, "CHANGELOG.md", {}, {"- the timeout of a retry is a setting now, and its deadline, too"});
  add(change, "tests/fetch_test.py", {"assert fails()"},
      {"    with pytest.raises(Timeout):", "        retry(timeout=1)"});
  add(change, "fetch.py", {}, {"size = 3"});
  const auto paths = [&](const std::vector<std::size_t>& among) {
    std::string text;
    for (const Chosen& one : choose_questions(change, among)) text += change.path_of(change.hunks[one.hunk]) + " ";
    return text;
  };
  CHECK(paths({0, 1, 2}) == "fetch.py tests/fetch_test.py ");
  CHECK(paths({0, 1}) == "tests/fetch_test.py ");
  CHECK(paths({0}) == "CHANGELOG.md ");
  // A table and what a program wrote stand behind the code that reads them, however long they are.
  add(change, "src/ports.tsv", {"timeout 3", "retry 4"}, {"timeout 5", "retry 6", "lock 7"});
  add(change, "docs/plan.tsv", {"timeout 3"}, {"timeout 5"});
  CHECK(paths({4, 3, 1, 2}) == "fetch.py src/ports.tsv tests/fetch_test.py ");
  CHECK(paths({4, 3}) == "src/ports.tsv ");
}

TEST_CASE("risks: three at most, one of each kind first, whatever the order") {
  Change change;
  add(change, "a.cc", {}, {"lock();"});
  add(change, "b.cc", {}, {"lock();", "unlock();"});
  add(change, "c.cc", {}, {"retry();"});
  add(change, "d.cc", {"catch (...) {"}, {});
  add(change, "e.cc", {}, lines("plain", 50));
  const auto chosen = choose_questions(change, {0, 1, 2, 3, 4});
  REQUIRE(chosen.size() == 3);
  CHECK(chosen[0].hunk == 3);
  CHECK(chosen[1].hunk == 1);
  CHECK(chosen[2].hunk == 2);
  const auto turned = choose_questions(change, {4, 3, 2, 1, 0});
  for (std::size_t i = 0; i < 3; ++i) CHECK(turned[i].hunk == chosen[i].hunk);
  CHECK(choose_questions(change, {4}).size() == 1);
  CHECK(choose_questions(change, {}).empty());
}

TEST_CASE("settings: each key, and what is wrong with its place") {
  const auto read = [](const std::string& text) { return settings_of_texts("", text); };
  CHECK(!read("announce: on\n")->is_set);
  CHECK(read("explain: all\n")->all);
  CHECK(read("explain: { mode: block }\n")->assisted);
  CHECK(read("explain: { require: [ai-notes], small: 0, risky: [\"a/**\"], reviewed: on }\n")->reviewed);
  CHECK(read("explain: { require: [shown] }\n")->shown);
  CHECK(read("explain: { require: [shown] }\n")->assisted);
  CHECK(!read("explain: { require: [everything] }\n"));
  CHECK(!read("explain: { mode: loud }\n"));
  CHECK(!read("explain: { small: many }\n"));
  CHECK(read("a: b\nexplain: { colour: red }\n").error().path == "cascade.yaml:2:12");
  const auto both =
      settings_of_texts("explain: { require: all, mode: warn }\n", "explain: { mode: block, small: 3 }\n");
  CHECK(both->all);
  CHECK(both->mode == cascade::policy::Mode::block);
  CHECK(both->small == 3);
}
