// First this machine's new facts go to the server, all under one new position of the team's clock; then what is new
// there is read, page by page, and each page is taken over together with its position. So an interruption at any point
// repeats work and loses none, and a fact that is sent twice is one fact, by its id.
#include "memory/memory.h"

#include <algorithm>
#include <functional>
#include <iterator>

namespace cascade::memory {
namespace {

const store::Module& module_of_team() {
  static const store::Module module = {
      "memory_team", {R"(CREATE TABLE shared_fact(id TEXT PRIMARY KEY, team TEXT NOT NULL, position INTEGER NOT NULL,
            forgotten INTEGER NOT NULL, body TEXT NOT NULL);
          CREATE INDEX shared_fact_position ON shared_fact(team, position);
          CREATE TABLE shared_clock(team TEXT PRIMARY KEY, last INTEGER NOT NULL);)"}};
  return module;
}

// Returns the next position. Its holder excludes other writers of the team until the transaction ends, so readers
// never see a later position before an earlier one.
Result<std::int64_t> next_position(store::Store& server, const std::string& team) {
  const auto next = server.ask(
      "INSERT INTO shared_clock(team, last) VALUES (?, 1) ON CONFLICT(team) DO UPDATE SET last = shared_clock.last + 1 "
      "RETURNING last",
      {team});
  return next ? Result<std::int64_t>(next->number(0)) : next.error();
}

// A forgotten fact stays forgotten, and its text is removed from the server.
void tell(store::Store& server, const std::string& team, std::int64_t position, const Memory::Unsent& one) {
  server.apply(
      "INSERT INTO shared_fact(id, team, body, position, forgotten) VALUES (?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE "
      "SET position = excluded.position, forgotten = excluded.forgotten, body = excluded.body "
      "WHERE shared_fact.forgotten = 0",
      {one.id, team, one.fact ? write_lines({*one.fact}) : std::string()}, {position, one.fact ? 0 : 1});
}

Result<void> tell_all(store::Store& server, const std::string& team, const std::vector<Memory::Unsent>& unsent) {
  return server.transaction([&]() -> Result<void> {
    const auto position = next_position(server, team);
    if (!position) return position.error();
    for (const Memory::Unsent& one : unsent) tell(server, team, *position, one);
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
  statement->bind(team);
  statement->bind(after);
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

constexpr const char* columns =
    "id, scope, owner, subject, text, kind, source, author, trust, state, learned, valid_until, superseded_by, "
    "session, folded, why";

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
  if (std::string folded = row.text(14); folded != folded_subject(fact.subject)) fact.claim = std::move(folded);
  fact.subject_given = fact.claim.empty();
  fact.why = row.text(15);
  return fact;
}

// " AND owner IN (?, ?)", with their values; nothing for none.
std::string among(const std::string& column, const std::vector<std::string>& some, std::vector<std::string>& values) {
  values.insert(values.end(), some.begin(), some.end());
  if (some.empty()) return {};
  return " AND " + column + " IN (" + letters::joined(some, ", ", [](const std::string&) { return "?"; }) + ")";
}

// Each fact that nothing replaced, then what it replaced, the later one first. Dates alone do not say which of two came
// first: they are of one moment, or a clock was put back.
std::vector<Fact> in_chains(std::vector<Fact> facts) {
  std::vector<Fact> sorted;
  const auto take = [&](const auto& is_next) {
    const auto next = std::stable_partition(facts.begin(), facts.end(), std::not_fn(is_next));
    std::move(next, facts.end(), std::back_inserter(sorted));
    facts.erase(next, facts.end());
  };
  while (!facts.empty()) {
    const auto is_replaced_here = [&](const Fact& one) {
      return std::any_of(facts.begin(), facts.end(), [&](const Fact& other) { return other.id == one.superseded_by; });
    };
    const auto first = std::find_if_not(facts.begin(), facts.end(), is_replaced_here);
    std::size_t next = sorted.size();
    const std::string id =
        first == facts.end() ? facts.front().id : first->id;  // those of a damaged store go in a ring
    take([&](const Fact& one) { return one.id == id; });
    for (; next < sorted.size(); ++next) {
      const std::string by = sorted[next].id;
      take([&](const Fact& one) { return one.superseded_by == by; });
    }
  }
  return sorted;
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

// Exchanges a team's facts. The file on this machine is both cache and outbox: every local change is noted as unsent
// in the same transaction, so nothing is lost without a network; incoming facts are identified by their id, so nothing
// is duplicated.
Result<std::vector<Memory::Unsent>> Memory::unsent(const std::string& team) {
  auto found = store_.rows("SELECT id, changes FROM outbox ORDER BY id", {}, {}, [](const auto& row) {
    return Unsent{row.text(0), row.number(1), std::nullopt};
  });
  if (!found) return found.error();
  std::vector<Unsent> of_team;
  for (Unsent& one : *found) {
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
      store_.apply("DELETE FROM outbox WHERE id = ? AND changes = " + std::to_string(one.changes), {one.id});
    return {};
  });
}

Result<std::int64_t> Memory::position(const std::string& team) {
  const auto known = store_.ask("SELECT value FROM memory_state WHERE name = ?", {"position " + team});
  if (!known) return known.error();
  return known->has_row() ? std::atoll(known->text(0).c_str()) : std::int64_t{0};
}

// Of a fact that is not live, or already exists here, only the state can change.
void Memory::take_over(Fact fact) {
  const bool is_known = first("id = ?", {fact.id}).has_value();
  if (is_known && fact.state != State::live)
    store_.apply("UPDATE fact SET state = ?, superseded_by = ? WHERE id = ?",
                 {std::string(to_string(fact.state)), fact.superseded_by, fact.id});
  if (is_known) return;
  const auto mine = fact.state == State::live
                        ? first(std::string(same_subject) + " AND state = 'live'", subject_of(fact))
                        : std::nullopt;
  if (mine) {
    const bool newer = fact.learned != mine->learned ? fact.learned > mine->learned : fact.id > mine->id;
    store_.apply("INSERT OR IGNORE INTO conflict(first, second) VALUES (?, ?)", {mine->id, fact.id});
    if (newer) {
      store_.apply(
          "UPDATE fact SET state = 'superseded', superseded_by = ?, why = 'said on another machine' WHERE id = ?",
          {fact.id, mine->id});
    } else {
      fact.state = State::superseded;
      fact.superseded_by = mine->id;
    }
  }
  insert(fact);
}

Result<void> Memory::take_over(const std::string& team, const std::vector<Fact>& facts,
                               const std::vector<std::string>& forgotten, std::int64_t position) {
  return write([&]() -> Result<void> {
    // Facts that come from the team need not be sent to it.
    if (auto kept = store_.run("CREATE TEMP TABLE unsent AS SELECT * FROM outbox"); !kept) return kept;
    for (const std::string& id : forgotten) {
      store_.apply("INSERT OR IGNORE INTO forgotten VALUES (?)", {id});
      store_.apply("DELETE FROM fact WHERE id = ?", {id});
    }
    for (const bool live : {false, true})
      for (const Fact& fact : facts)
        if ((fact.state == State::live) == live && !is_forgotten(fact.id)) take_over(fact);
    if (auto cleared = store_.run("DELETE FROM outbox; INSERT INTO outbox(id, changes) SELECT id, changes FROM unsent; "
                                  "DROP TABLE unsent");
        !cleared)
      return cleared;
    return store_.change(
        "INSERT INTO memory_state VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value",
        {"position " + team, std::to_string(position)});
  });
}

Result<std::vector<Fact>> Memory::rows(const std::string& where, const std::vector<std::string>& values) {
  return store_.rows(std::string("SELECT ") + columns + " FROM fact WHERE " + where, values, {}, fact_of);
}

Result<std::optional<Fact>> Memory::one(const std::string& where, const std::vector<std::string>& values) {
  auto found = rows(where + " LIMIT 1", values);
  if (!found) return found.error();
  return found->empty() ? std::optional<Fact>() : std::optional<Fact>(std::move(found->front()));
}

void Memory::insert(const Fact& fact) {
  store_.apply(
      "INSERT INTO fact(id, scope, owner, subject, folded, text, kind, source, author, state, superseded_by, session, "
      "why, trust, learned, valid_until) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
      {fact.id, std::string(to_string(fact.scope)), fact.owner, fact.subject, subject_of(fact)[2], fact.text, fact.kind,
       fact.source, fact.author, std::string(to_string(fact.state)), fact.superseded_by, fact.session, fact.why},
      {fact.trust, fact.learned, fact.valid_until});
  note_change(fact.id);
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
  std::vector<std::string> states;
  for (const State state : filter.states) states.emplace_back(to_string(state));
  where += among("state", states, values);
  if (!filter.after.empty()) {
    where +=
        " AND (scope, owner, folded, learned, id) > (SELECT scope, owner, folded, learned, id FROM fact WHERE id = ?)";
    values.push_back(filter.after);
  }
  where += " ORDER BY scope, owner, folded, learned, id";
  if (filter.limit > 0) where += " LIMIT " + std::to_string(filter.limit);
  return rows(where, values);
}

Result<std::vector<Fact>> Memory::live() {
  Filter filter;
  filter.states = {State::live};
  return list(filter);
}

Result<std::optional<Fact>> Memory::find(const std::string& id_or_subject, const std::vector<std::string>& owners) {
  auto found = one("id = ?", {id_or_subject});
  if (!found || *found) return found;
  std::vector<std::string> values = {folded_subject(id_or_subject)};
  const std::string where = "(folded = ?1 OR lower(subject) = ?1)" + among("owner", owners, values);
  auto all = rows(where + " ORDER BY state = 'live' DESC, learned DESC, id", values);
  if (!all) return all.error();
  if (all->empty()) return std::optional<Fact>();
  const Fact& best = all->front();
  for (const Fact& other : *all)
    if (other.id != best.id && other.state == best.state &&
        (other.owner != best.owner || best.state == recall::State::live))
      return Error{ErrorCode::misuse,
                   "several facts are about \"" + id_or_subject + "\": " + best.id + " (" + best.owner + "), " +
                       other.id + " (" + other.owner + ")",
                   "", "give the id"};
  return std::optional<Fact>(best);
}

Result<std::vector<Fact>> Memory::history(const Fact& of) {
  auto all = rows(std::string(same_subject) + " ORDER BY learned DESC, id", subject_of(of));
  return all ? in_chains(*std::move(all)) : std::move(all);
}

Result<std::vector<Fact>> Memory::histories(const std::string& subject, const std::vector<std::string>& owners) {
  std::vector<std::string> values = {folded_subject(subject)};
  const std::string where = "(folded = ?1 OR lower(subject) = ?1)" + among("owner", owners, values);
  auto all = rows("(scope, owner, folded) IN (SELECT scope, owner, folded FROM fact WHERE " + where +
                      ") ORDER BY scope, owner, learned DESC, id",
                  values);
  return all ? in_chains(*std::move(all)) : std::move(all);
}

}  // namespace cascade::memory
