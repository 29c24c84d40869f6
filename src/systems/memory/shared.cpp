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

// Turns facts into rows of the store and rows into facts, and finds facts by id, subject, owner, scope and state.

namespace {

constexpr const char* columns =
    "id, scope, owner, subject, text, kind, source, author, trust, state, learned, valid_until, superseded_by, session";

Fact fact_of(const store::Statement& row) {
  Fact fact;
  fact.id = row.text(0);
  fact.scope = recall::parse_scope(row.text(1)).value_or(Scope::project);
  fact.owner = row.text(2);
  fact.subject = row.text(3);
  fact.text = row.text(4);
  fact.kind = row.text(5);
  fact.source = row.text(6);
  fact.author = row.text(7);
  fact.trust = static_cast<std::uint32_t>(row.number(8));
  fact.state = recall::parse_state(row.text(9)).value_or(State::retired);
  fact.learned = row.number(10);
  fact.valid_until = row.number(11);
  fact.superseded_by = row.text(12);
  fact.session = row.text(13);
  return fact;
}

}  // namespace

Result<std::vector<Fact>> Memory::rows(const std::string& where, const std::vector<std::string>& values) {
  auto statement = store_.prepare(std::string("SELECT ") + columns + " FROM fact WHERE " + where);
  if (!statement) return statement.error();
  for (const std::string& value : values) statement->bind(value);
  std::vector<Fact> found;
  while (true) {
    const auto row = statement->step();
    if (!row) return row.error();
    if (!*row) return found;
    found.push_back(fact_of(*statement));
  }
}

Result<std::optional<Fact>> Memory::one(const std::string& where, const std::vector<std::string>& values) {
  auto found = rows(where + " LIMIT 1", values);
  if (!found) return found.error();
  return found->empty() ? std::optional<Fact>() : std::optional<Fact>(std::move(found->front()));
}

Result<void> Memory::insert(const Fact& fact) {
  auto statement = store_.prepare(
      "INSERT INTO fact(id, scope, owner, subject, folded, text, kind, source, author, trust, state, learned, "
      "valid_until, superseded_by, session) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  if (!statement) return statement.error();
  statement->bind(fact.id).bind(to_string(fact.scope)).bind(fact.owner).bind(fact.subject);
  statement->bind(folded_subject(fact.subject)).bind(fact.text).bind(fact.kind).bind(fact.source).bind(fact.author);
  statement->bind(std::int64_t{fact.trust}).bind(to_string(fact.state)).bind(fact.learned).bind(fact.valid_until);
  statement->bind(fact.superseded_by).bind(fact.session);
  const auto done = statement->step();
  return done ? note_change(fact.id) : done.error();
}

Result<std::vector<Fact>> Memory::list(const Filter& filter) {
  std::string where = "1";
  std::vector<std::string> values;
  if (filter.scope) {
    where += " AND scope = ?";
    values.emplace_back(to_string(*filter.scope));
  }
  if (filter.owner) {
    where += " AND owner = ?";
    values.push_back(*filter.owner);
  }
  std::string states;
  for (const State state : filter.states) {
    states += states.empty() ? "?" : ", ?";
    values.emplace_back(to_string(state));
  }
  if (!states.empty()) where += " AND state IN (" + states + ")";
  if (!filter.after.empty()) {
    where +=
        " AND (scope, owner, folded, learned, id) > (SELECT scope, owner, folded, learned, id FROM fact WHERE id = ?)";
    values.push_back(filter.after);
  }
  where += " ORDER BY scope, owner, folded, learned, id";
  if (filter.limit > 0) where += " LIMIT " + std::to_string(filter.limit);
  return rows(where, values);
}

Result<std::optional<Fact>> Memory::find(const std::string& id_or_subject, const std::vector<std::string>& owners) {
  auto found = one("id = ?", {id_or_subject});
  if (!found || *found) return found;
  std::vector<std::string> values = {folded_subject(id_or_subject)};
  std::string among;
  for (const std::string& owner : owners) {
    among += among.empty() ? "?" : ", ?";
    values.push_back(owner);
  }
  const std::string where = "folded = ?" + (among.empty() ? std::string() : " AND owner IN (" + among + ")");
  auto all = rows(where + " ORDER BY state = 'live' DESC, learned DESC, id", values);
  if (!all) return all.error();
  if (all->empty()) return std::optional<Fact>();
  const Fact& best = all->front();
  for (const Fact& other : *all)
    if (other.owner != best.owner && other.state == best.state)
      return Error{ErrorCode::misuse,
                   "several facts are about \"" + id_or_subject + "\": " + best.id + " (" + best.owner + "), " +
                       other.id + " (" + other.owner + ")",
                   "", "give the id"};
  return std::optional<Fact>(best);
}

Result<std::vector<Fact>> Memory::history(const Fact& of) {
  return rows(std::string(same_subject) + " ORDER BY learned DESC, id", subject_of(of));
}

}  // namespace cascade::memory
