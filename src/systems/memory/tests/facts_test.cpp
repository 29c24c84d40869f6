#include <catch2/catch.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <set>
#include <string>

#include "facts/index_file.h"
#include "memory/memory.h"
#include "read_text.h"
#include "scratch_folder.h"
#include "unit/folder_kind.h"
#include "unit/full_disk.h"

using namespace cascade;
using namespace cascade::memory;
using Outcome = Written::Outcome;

namespace {

Memory opened(const std::string& folder) {
  auto memory = Memory::open({folder, true, false});
  REQUIRE(memory);
  return *std::move(memory);
}

Fact fact(const std::string& subject, const std::string& text, std::int64_t learned = 1'000) {
  Fact one;
  one.owner = "host.example/app";
  one.subject = subject;
  one.text = text;
  one.learned = learned;
  return one;
}

Written added(Memory& memory, const Fact& one) {
  const auto written = memory.add(one);
  REQUIRE(written);
  return *written;
}

std::string said(Memory& memory, const std::string& subject) {
  std::string all;
  Filter filter;
  const auto facts = memory.list(filter);
  REQUIRE(facts);
  for (const Fact& one : *facts)
    if (one.subject == subject) all += one.text + " " + std::string(to_string(one.state)) + "; ";
  return all;
}

}  // namespace

TEST_CASE("one sentence is one fact, whatever name it gets") {
  const test::ScratchFolder folder;
  Memory memory = opened(folder.path);
  const std::string text = "invoices are always in euro cents";
  const Written first = added(memory, fact("inv", text));
  for (const char* again : {"Invoices are always in euro cents", "invoices are always in euro cents.",
                            "INVOICES are always  in euro cents!"}) {
    const Written written = added(memory, fact("currency", again));
    CHECK(written.outcome == Outcome::same);
    CHECK(written.id == first.id);
    CHECK(written.known_as == "inv");
    CHECK(written.contradicts.empty());
  }
  CHECK(memory.list({})->size() == 1);
  Fact candidate = fact("currency", text);
  candidate.state = State::candidate;
  CHECK(added(memory, candidate).outcome == Outcome::same);
  // Another value, another scope, and what says nothing without its subject are other facts.
  CHECK(added(memory, fact("currency", "invoices are always in dollar cents")).outcome == Outcome::added);
  CHECK(added(memory, fact("deploy window", "Mondays")).outcome == Outcome::added);
  CHECK(added(memory, fact("release window", "Mondays")).outcome == Outcome::added);
  for (const char* said : {"is reset each night", "it is reset each night", "4 workers"}) {
    CHECK(added(memory, fact(std::string("staging ") + said, said)).outcome == Outcome::added);
    CHECK(added(memory, fact(std::string("testing ") + said, said)).outcome == Outcome::added);
  }
  CHECK(added(memory, fact("deploys", "we deploy on Fridays")).outcome == Outcome::added);
  CHECK(added(memory, fact("releases", "We deploy on Fridays.")).outcome == Outcome::same);
  // A subject that has a fact gets the new one.
  CHECK(added(memory, fact("currency", text)).outcome == Outcome::added);
  const auto conflicts = memory.conflicts();
  REQUIRE(conflicts);
  for (const Conflict& one : *conflicts) CHECK(one.first.text != one.second.text);
}

TEST_CASE("a fact gets another name by hand") {
  const test::ScratchFolder folder;
  Memory memory = opened(folder.path);
  const std::string text = "invoices are always in euro cents";
  const Written first = added(memory, fact("inv", text));
  const auto renamed = memory.add(fact("currency", text), first.id);
  REQUIRE(renamed);
  CHECK(renamed->outcome == Outcome::added);
  CHECK(renamed->superseded == first.id);
}

TEST_CASE("what stands in place of a secret makes no two facts alike") {
  const test::ScratchFolder folder;
  Memory memory = opened(folder.path);
  added(memory, fact("staging password", "The staging password is [secret removed: password]"));
  const Written other = added(memory, fact("db", "postgres://app:[secret removed: password]@db/x"));
  CHECK(other.outcome == Outcome::added);
  CHECK(other.contradicts.empty());
  CHECK(added(memory, fact("prod password", "The staging password is [secret removed: password]")).outcome ==
        Outcome::added);
}

TEST_CASE("one fact a subject is live; what was true before stays readable") {
  const test::ScratchFolder folder;
  Memory memory = opened(folder.path);
  const Written first = added(memory, fact("port", "5432", 1));
  const Written second = added(memory, fact("Port", "5442", 2));
  CHECK(second.superseded == first.id);
  CHECK(said(memory, "port") == "5432 superseded; ");
  CHECK(said(memory, "Port") == "5442 live; ");
  const auto old = memory.find(first.id);
  REQUIRE(old);
  REQUIRE(*old);
  CHECK((*old)->superseded_by == second.id);
  const auto history = memory.history(**old);
  REQUIRE(history);
  CHECK(history->size() == 2);
}

TEST_CASE("what is imported and older than the live fact becomes history, what is equal stays one") {
  const test::ScratchFolder folder;
  Memory memory = opened(folder.path);
  CHECK(added(memory, fact("port", "5442", 10)).outcome == Outcome::added);
  CHECK(added(memory, fact("port", "5442", 11)).outcome == Outcome::same);
  const auto imported = memory.import({fact("port", "5432", 5)});
  REQUIRE(imported);
  CHECK(imported->historic == 1);
  CHECK(said(memory, "port") == "5432 superseded; 5442 live; ");
}

TEST_CASE("what is told now lives, though the clock was put back since") {
  const test::ScratchFolder folder;
  Memory memory = opened(folder.path);
  const std::string first = added(memory, fact("port", "5442", 7'200)).id;
  CHECK(added(memory, fact("port", "5432", 10)).superseded == first);
  const auto live = memory.find("port");
  REQUIRE(live);
  REQUIRE(*live);
  CHECK((*live)->text == "5432");
  CHECK((*live)->learned == 7'200);
}

TEST_CASE("a candidate that an import confirms stays behind what was learned later") {
  const test::ScratchFolder folder;
  Memory memory = opened(folder.path);
  Fact captured = fact("port", "5432", 5);
  captured.state = State::candidate;
  captured.session = "one";
  added(memory, captured);
  added(memory, fact("port", "5442", 10));
  captured.session = "two";
  const auto imported = memory.import({captured});
  REQUIRE(imported);
  CHECK(imported->historic == 1);
  CHECK(said(memory, "port") == "5432 superseded; 5442 live; ");
}

TEST_CASE("what was true, then was not and is again gets a further id") {
  const test::ScratchFolder folder;
  Memory memory = opened(folder.path);
  const std::string first = added(memory, fact("port", "1", 1)).id;
  added(memory, fact("port", "2", 2));
  CHECK(added(memory, fact("port", "1", 3)).id != first);
  CHECK(said(memory, "port") == "1 superseded; 2 superseded; 1 live; ");
}

TEST_CASE("subjects of other scopes and owners are other subjects") {
  const test::ScratchFolder folder;
  Memory memory = opened(folder.path);
  Fact other = fact("port", "1");
  added(memory, other);
  other.owner = "host.example/lib";
  CHECK(added(memory, other).superseded.empty());
  other.scope = recall::Scope::team;
  CHECK(added(memory, other).superseded.empty());
}

TEST_CASE("a model's fact never takes the place of a person's") {
  const test::ScratchFolder folder;
  Memory memory = opened(folder.path);
  added(memory, fact("port", "1", 1));
  Fact models = fact("port", "2", 2);
  models.trust = recall::model_trust;
  const Written written = added(memory, models);
  CHECK(written.outcome == Outcome::captured);
  CHECK(said(memory, "port") == "1 live; 2 candidate; ");
  const auto kept = memory.keep(written.id);
  REQUIRE(kept);
  CHECK(*kept);
  CHECK(said(memory, "port") == "1 superseded; 2 live; ");
}

TEST_CASE("what is captured waits; a second session that captures it confirms it") {
  const test::ScratchFolder folder;
  Memory memory = opened(folder.path);
  Fact captured = fact("port", "1");
  captured.state = State::candidate;
  captured.session = "one";
  CHECK(added(memory, captured).outcome == Outcome::captured);
  CHECK(added(memory, captured).outcome == Outcome::same);
  CHECK(said(memory, "port") == "1 candidate; ");
  captured.session = "two";
  CHECK(added(memory, captured).outcome == Outcome::confirmed);
  CHECK(said(memory, "port") == "1 live; ");
}

TEST_CASE("forgetting is for good: history, the file's bytes, and what comes in later") {
  const test::ScratchFolder folder;
  Memory memory = opened(folder.path);
  Fact secret = fact("the plan", "buyTheHarbour", 1);
  secret.id = "x1";
  added(memory, secret);
  added(memory, fact("the plan", "sellTheHarbour", 2));
  const auto found = memory.find("the plan");
  REQUIRE(found);
  REQUIRE(*found);
  const auto forgotten = memory.forget(**found);
  REQUIRE(forgotten);
  CHECK(*forgotten == 2);
  for (const char* const name : {"/store.db", "/store.db-wal"}) {
    const std::string bytes = test::read_text(folder.path + name);
    CHECK(bytes.find("TheHarbour") == std::string::npos);
  }
  CHECK(added(memory, secret).outcome == Outcome::forgotten);
  CHECK(said(memory, "the plan").empty());
}

TEST_CASE("a fact without a subject or a text, or too long, is refused and nothing else is lost") {
  const test::ScratchFolder folder;
  Memory memory = opened(folder.path);
  const auto imported =
      memory.import({fact("a", "1"), fact(" ", "2"), fact("c", std::string(5'000, 'x')), fact("d", "4")});
  REQUIRE(imported);
  CHECK(imported->added == 2);
  CHECK(imported->refused.size() == 2);
}

TEST_CASE("what cannot be seen is not stored, and a text is one line") {
  const test::ScratchFolder folder;
  Memory memory = opened(folder.path);
  added(memory, fact("a\x1b[2J", "one\n\n=== skill: x ===\xE2\x80\xAEtwo"));
  CHECK(said(memory, "a[2J") == "one === skill: x ===two live; ");
}

TEST_CASE("while facts change there is no recall index") {
  const test::ScratchFolder folder;
  Memory memory = opened(folder.path);
  added(memory, fact("port", "1"));
  const auto load = [&] { return memory.list({}); };
  REQUIRE(recall::make_index(folder.path, load, true));
  CHECK(recall::Index::open(folder.path));
  added(memory, fact("port", "2", 2'000));
  CHECK_FALSE(recall::Index::open(folder.path));
  const recall::IndexChange change(folder.path);
  REQUIRE(recall::make_index(folder.path, load, false));
  CHECK_FALSE(recall::Index::open(folder.path));
}

TEST_CASE("64 writers, some of them killed: what they were told is stored is stored, once") {
  constexpr int writers = 64, each = 6;
  const test::ScratchFolder folder;
  opened(folder.path);
  int pipes[2];
  REQUIRE(::pipe(pipes) == 0);
  std::vector<pid_t> children;
  for (int writer = 0; writer < writers; ++writer) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child != 0) {
      children.push_back(child);
      continue;
    }
    ::close(pipes[0]);
    auto memory = Memory::open({folder.path, true, false, 60'000});
    for (int i = 0; memory && i < each; ++i) {
      const std::string subject = "s" + std::to_string(writer) + "-" + std::to_string(i) + "\n";
      const auto written = memory->add(fact(subject, "text"));
      if (written && ::write(pipes[1], subject.data(), subject.size()) < 0) ::_exit(1);
    }
    ::_exit(0);
  }
  ::close(pipes[1]);
  std::string told;
  char buffer[4'096];
  std::size_t killed = 0;
  for (ssize_t got = 0; (got = ::read(pipes[0], buffer, sizeof(buffer))) > 0;) {
    told.append(buffer, static_cast<std::size_t>(got));
    // One in four is killed while others write, each at another moment.
    while (killed < children.size() / 4 && told.size() > killed * 40) ::kill(children[4 * killed++], SIGKILL);
  }
  ::close(pipes[0]);
  for (const pid_t child : children) ::waitpid(child, nullptr, 0);
  CHECK(killed > 0);
  Memory memory = opened(folder.path);
  const auto facts = memory.list({});
  REQUIRE(facts);
  std::multiset<std::string> stored;
  for (const Fact& one : *facts) stored.insert(one.subject);
  std::size_t count = 0;
  for (std::size_t begin = 0; begin < told.size(); ++count) {
    const std::size_t end = told.find('\n', begin);
    CHECK(stored.count(told.substr(begin, end - begin)) == 1);
    begin = end + 1;
  }
  CHECK(count >= std::size_t{3} * writers / 4 * each);
  CHECK(std::set<std::string>(stored.begin(), stored.end()).size() == stored.size());
}
