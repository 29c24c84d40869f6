// Exchanges a team's facts. The file on this machine is both cache and outbox: every local change is noted as unsent
// in the same transaction, so nothing is lost without a network; incoming facts are identified by their id, so nothing
// is duplicated.
#include "facts/index_file.h"
#include "memory/facts_of_subject.h"
#include "memory/memory.h"

namespace cascade::memory {

Result<std::vector<Memory::Unsent>> Memory::unsent(const std::string& team) {
  auto statement = store_.prepare("SELECT id, changes FROM outbox ORDER BY id");
  if (!statement) return statement.error();
  std::vector<Unsent> found;
  while (true) {
    const auto row = statement->step();
    if (!row) return row.error();
    if (!*row) break;
    found.push_back({statement->text(0), statement->number(1), std::nullopt});
  }
  std::vector<Unsent> of_team;
  for (Unsent& one : found) {
    auto facts = rows("id = ?", {one.id});
    if (!facts) return facts.error();
    if (!facts->empty()) {
      if (facts->front().owner != team) continue;
      one.fact = std::move(facts->front());
    }
    of_team.push_back(std::move(one));
  }
  return of_team;
}

Result<void> Memory::sent(const std::vector<Unsent>& told) {
  return store_.transaction([&]() -> Result<void> {
    for (const Unsent& one : told)
      if (auto gone = change("DELETE FROM outbox WHERE id = ? AND changes = " + std::to_string(one.changes), {one.id});
          !gone)
        return gone;
    return {};
  });
}

Result<std::int64_t> Memory::position(const std::string& team) {
  auto statement = store_.prepare("SELECT value FROM memory_state WHERE name = ?");
  if (!statement) return statement.error();
  const auto row = statement->bind("position " + team).step();
  if (!row) return row.error();
  return *row ? std::atoll(statement->text(0).c_str()) : std::int64_t{0};
}

// Takes over a fact that is not live, or already exists here: only its state can change.
Result<void> Memory::take_over(const Fact& fact) {
  const auto known = rows("id = ?", {fact.id});
  if (!known) return known.error();
  if (known->empty()) return fact.state == State::live ? Result<void>() : insert(fact);
  if (fact.state == State::live) return {};
  return change("UPDATE fact SET state = ?, superseded_by = ? WHERE id = ?",
                {std::string(to_string(fact.state)), fact.superseded_by, fact.id});
}

Result<void> Memory::take_over_live(Fact fact) {
  const auto known = rows("id = ?", {fact.id});
  if (!known) return known.error();
  if (!known->empty()) return {};
  auto live = rows(std::string(same_subject) + " AND state = 'live'", subject_of(fact));
  if (!live) return live.error();
  if (live->empty()) return insert(fact);
  const Fact& mine = live->front();
  const bool newer = fact.learned != mine.learned ? fact.learned > mine.learned : fact.id > mine.id;
  if (auto noted = change("INSERT OR IGNORE INTO conflict VALUES (?, ?)", {mine.id, fact.id}); !noted) return noted;
  if (newer) {
    if (auto changed =
            change("UPDATE fact SET state = 'superseded', superseded_by = ? WHERE id = ?", {fact.id, mine.id});
        !changed)
      return changed;
  } else {
    fact.state = State::superseded;
    fact.superseded_by = mine.id;
  }
  return insert(fact);
}

Result<void> Memory::take_over(const std::string& team, const std::vector<Fact>& facts,
                               const std::vector<std::string>& forgotten, std::int64_t position) {
  return write([&]() -> Result<void> {
    // Facts that come from the team need not be sent to it.
    if (auto kept = store_.run("CREATE TEMP TABLE unsent AS SELECT * FROM outbox"); !kept) return kept;
    for (const std::string& id : forgotten) {
      if (auto noted = change("INSERT OR IGNORE INTO forgotten VALUES (?)", {id}); !noted) return noted;
      if (auto gone = change("DELETE FROM fact WHERE id = ?", {id}); !gone) return gone;
    }
    for (const bool live : {false, true})
      for (const Fact& fact : facts) {
        const auto gone = is_forgotten(fact.id);
        if (!gone) return gone.error();
        if (*gone) continue;
        if (auto done = live && fact.state == State::live ? take_over_live(fact) : take_over(fact); !done) return done;
      }
    if (auto cleared = store_.run("DELETE FROM outbox; INSERT INTO outbox(id, changes) SELECT id, changes FROM unsent; "
                                  "DROP TABLE unsent");
        !cleared)
      return cleared;
    return change("INSERT INTO memory_state VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value",
                  {"position " + team, std::to_string(position)});
  });
}

}  // namespace cascade::memory
