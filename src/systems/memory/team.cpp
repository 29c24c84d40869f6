// Synchronising has two halves. First this machine's new facts go to the server, all under one new position of the
// team's clock, whose row excludes other writers until the transaction ends. Then everything after the position that
// this machine knows is read, page by page, and each page is taken over together with its position. So an interruption
// at any point repeats work and loses none, and a fact that is sent twice is one fact, by its id.
#include "memory/team.h"

#include "memory/exchange.h"

namespace cascade::memory {
namespace {

const store::Module& module_of_team() {
  static const store::Module module = {
      "memory_team",
      {R"(CREATE TABLE shared_fact(id TEXT PRIMARY KEY, team TEXT NOT NULL, position INTEGER NOT NULL,
            forgotten INTEGER NOT NULL, body TEXT NOT NULL);
          CREATE INDEX shared_fact_position ON shared_fact(team, position);
          CREATE TABLE shared_clock(team TEXT PRIMARY KEY, last INTEGER NOT NULL);)"},
      {R"(CREATE TABLE shared_fact(id TEXT PRIMARY KEY, team TEXT NOT NULL, position BIGINT NOT NULL,
            forgotten BIGINT NOT NULL, body TEXT NOT NULL);
          CREATE INDEX shared_fact_position ON shared_fact(team, position);
          CREATE TABLE shared_clock(team TEXT PRIMARY KEY, last BIGINT NOT NULL);)"}};
  return module;
}

// Returns the next position. Its holder excludes other writers of the team until the transaction ends, so readers
// never see a later position before an earlier one.
Result<std::int64_t> next_position(store::Store& server, const std::string& team) {
  auto statement = server.prepare(
      "INSERT INTO shared_clock(team, last) VALUES (?, 1) ON CONFLICT(team) DO UPDATE SET last = shared_clock.last + 1 "
      "RETURNING last");
  if (!statement) return statement.error();
  const auto row = statement->bind(team).step();
  if (!row) return row.error();
  return statement->number(0);
}

// A forgotten fact stays forgotten, and its text is removed from the server.
Result<void> tell(store::Store& server, const std::string& team, std::int64_t position, const Memory::Unsent& one) {
  auto statement = server.prepare(
      "INSERT INTO shared_fact(id, team, position, forgotten, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE "
      "SET position = excluded.position, forgotten = excluded.forgotten, body = excluded.body "
      "WHERE shared_fact.forgotten = 0");
  if (!statement) return statement.error();
  statement->bind(one.id).bind(team).bind(position).bind(std::int64_t{one.fact ? 0 : 1});
  const auto done = statement->bind(one.fact ? write_lines({*one.fact}) : std::string()).step();
  return done ? Result<void>() : done.error();
}

Result<void> tell_all(store::Store& server, const std::string& team, const std::vector<Memory::Unsent>& unsent) {
  return server.transaction([&]() -> Result<void> {
    const auto position = next_position(server, team);
    if (!position) return position.error();
    for (const Memory::Unsent& one : unsent)
      if (auto told = tell(server, team, *position, one); !told) return told;
    return {};
  });
}

// Others' changes, in pages: an answer of the server is limited to a few mebibytes.
struct Page {
  std::vector<Fact> facts;
  std::vector<std::string> forgotten;
  std::int64_t last = 0;
  std::size_t rows = 0;
};

Result<Page> read_page(store::Store& server, const std::string& team, std::int64_t after) {
  Page page;
  page.last = after;
  auto statement = server.prepare(
      "SELECT id, position, forgotten, body FROM shared_fact WHERE team = ? AND position > ? AND position <= ("
      "SELECT MAX(position) FROM (SELECT position FROM shared_fact WHERE team = ?1 AND position > ?2 "
      "ORDER BY position LIMIT 200) AS nearest) ORDER BY position");
  if (!statement) return statement.error();
  statement->bind(team).bind(after);
  while (true) {
    const auto row = statement->step();
    if (!row) return row.error();
    if (!*row) return page;
    ++page.rows;
    page.last = statement->number(1);
    if (statement->number(2) != 0) {
      page.forgotten.push_back(statement->text(0));
      continue;
    }
    // A teammate's facts are tidied like any other input.
    const auto read = read_facts(statement->text(3), "the team's store", {});
    if (!read) continue;
    for (const Fact& fact : read->facts) {
      std::vector<std::string> secrets;
      auto tidied = tidy(fact, secrets);
      if (!tidied || tidied->id != statement->text(0)) continue;
      tidied->scope = Scope::team;
      tidied->owner = team;
      page.facts.push_back(*std::move(tidied));
    }
  }
}

}  // namespace

Result<Synchronised> synchronise(Memory& memory, const store::Options& options, const std::string& team) {
  auto server = store::Store::open(options);
  if (!server) return server.error();
  if (auto migrated = server->migrate(module_of_team()); !migrated) return migrated.error();
  Synchronised result;
  const auto unsent = memory.unsent(team);
  if (!unsent) return unsent.error();
  if (!unsent->empty()) {
    if (auto told = tell_all(*server, team, *unsent); !told) return told.error();
    if (auto noted = memory.sent(*unsent); !noted) return noted.error();
    result.sent = unsent->size();
  }
  auto position = memory.position(team);
  if (!position) return position.error();
  while (true) {
    const auto page = read_page(*server, team, *position);
    if (!page) return page.error();
    if (page->rows == 0) return result;
    if (auto taken = memory.take_over(team, page->facts, page->forgotten, page->last); !taken) return taken.error();
    result.received += page->rows;
    *position = page->last;
  }
}

}  // namespace cascade::memory
