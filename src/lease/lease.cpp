// A claim is one transaction: nobody else writes between looking and taking. Who waits stands in a table, in the order
// of coming; each looks again every few milliseconds, the first most often. A holder is gone when its process is (its
// number and start time say which one is meant) or when the machine has started since, so nobody waits for the dead.
#include "lease/lease.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <thread>

#include "files/boot.h"
#include "files/process.h"

namespace cascade::lease {

struct Leases::Row {
  Lease lease;
  std::string machine, boot;
  std::int64_t taken = 0, expires = 0, expires_wall = 0;
  bool is_there = false;
};

namespace {

constexpr std::int64_t most_events = 20'000;
constexpr std::int64_t renew_below_ms = idle_ms - 30'000;  // not at every call: a renewal is a write

const store::Module& tables() {
  static const store::Module module = {
      "lease",
      {"CREATE TABLE lease(resource TEXT PRIMARY KEY, session TEXT NOT NULL, agent TEXT NOT NULL, machine TEXT NOT "
       "NULL,"
       " boot TEXT NOT NULL, pid INTEGER NOT NULL, started INTEGER NOT NULL, token INTEGER NOT NULL,"
       " taken INTEGER NOT NULL, expires INTEGER NOT NULL, expires_wall INTEGER NOT NULL, purpose TEXT NOT NULL);"
       "CREATE TABLE fence(resource TEXT PRIMARY KEY, last INTEGER NOT NULL);"
       "CREATE TABLE waiter(seq INTEGER PRIMARY KEY AUTOINCREMENT, resource TEXT NOT NULL, machine TEXT NOT NULL,"
       " boot TEXT NOT NULL, pid INTEGER NOT NULL, started INTEGER NOT NULL, until INTEGER NOT NULL,"
       " until_wall INTEGER NOT NULL);"
       "CREATE INDEX waiter_of ON waiter(resource);"
       "CREATE TABLE lost(resource TEXT NOT NULL, session TEXT NOT NULL, agent TEXT NOT NULL, token INTEGER NOT NULL,"
       " PRIMARY KEY(resource, session, agent));"
       "CREATE TABLE event(id INTEGER PRIMARY KEY, at INTEGER NOT NULL, resource TEXT NOT NULL, session TEXT NOT NULL,"
       " agent TEXT NOT NULL, kind TEXT NOT NULL, token INTEGER NOT NULL, ms INTEGER NOT NULL);"
       "CREATE INDEX event_of ON event(session)"}};
  return module;
}

bool same(const Holder& a, const Holder& b) {
  return a.session == b.session && a.agent == b.agent && a.pid == b.pid && a.started == b.started;
}

}  // namespace

Clock Clock::real() {
  return {files::milliseconds_since_boot, [] { return static_cast<std::int64_t>(std::time(nullptr)); },
          [](std::int64_t ms) { std::this_thread::sleep_for(std::chrono::milliseconds(ms)); }};
}

Leases::Leases(store::Store store, Clock clock)
    : store_(std::move(store)),
      clock_(std::move(clock)),
      machine_(files::machine()),
      boot_(std::to_string(files::this_boot())) {}

Result<Leases> Leases::open(const store::Options& options, Clock clock) {
  auto store = store::Store::open(options);
  if (!store) return store.error();
  if (auto ready = store->migrate(tables()); !ready) return ready.error();
  return Leases(*std::move(store), std::move(clock));
}

Result<bool> Leases::change(const std::string& sql, const std::vector<std::string>& words,
                            const std::vector<std::int64_t>& numbers) {
  auto statement = store_.prepare(sql);
  if (!statement) return statement.error();
  for (const std::string& word : words) statement->bind(word);
  for (const std::int64_t number : numbers) statement->bind(number);
  return statement->step();
}

Result<std::vector<Leases::Row>> Leases::rows(const std::string& where, const std::vector<std::string>& values) {
  auto look = store_.prepare(
      "SELECT resource, session, agent, machine, boot, purpose, pid, started, token, taken, expires, expires_wall"
      " FROM lease " +
      where);
  if (!look) return look.error();
  for (const std::string& value : values) look->bind(value);
  std::vector<Row> found;
  for (;;) {
    const auto more = look->step();
    if (!more) return more.error();
    if (!*more) return found;
    Row row;
    row.is_there = true;
    row.lease.resource = look->text(0);
    row.lease.holder = {look->text(1), look->text(2), look->number(6), static_cast<std::uint64_t>(look->number(7))};
    row.machine = look->text(3);
    row.boot = look->text(4);
    row.lease.purpose = look->text(5);
    row.lease.token = static_cast<std::uint64_t>(look->number(8));
    row.taken = look->number(9);
    row.expires = look->number(10);
    row.expires_wall = look->number(11);
    row.lease = shown(row);
    found.push_back(std::move(row));
  }
}

Result<Leases::Row> Leases::read(const std::string& resource) {
  auto found = rows("WHERE resource = ?", {resource});
  if (!found) return found.error();
  return found->empty() ? Row{} : std::move(found->front());
}

bool Leases::is_gone(const Row& row) const {
  if (row.machine != machine_) return false;
  if (row.boot != boot_) return true;
  return row.lease.holder.pid > 0 && files::process_start(row.lease.holder.pid) != row.lease.holder.started;
}

// Of another machine only the clock on the wall is known.
bool Leases::is_over(const Row& row) const {
  if (!row.is_there || is_gone(row)) return true;
  return row.machine == machine_ ? row.expires <= clock_.boot_ms() : row.expires_wall <= clock_.wall_seconds();
}

Lease Leases::shown(const Row& row) const {
  Lease lease = row.lease;
  const bool here = row.machine == machine_ && row.boot == boot_;
  lease.left_ms = here ? row.expires - clock_.boot_ms() : (row.expires_wall - clock_.wall_seconds()) * 1000;
  lease.held_ms = here ? clock_.boot_ms() - row.taken : 0;
  lease.alive = !is_gone(row);
  return lease;
}

Result<std::uint64_t> Leases::next_token(const std::string& resource) {
  auto next = store_.prepare(
      "INSERT INTO fence VALUES (?, 1) ON CONFLICT(resource) DO UPDATE SET last = last + 1 RETURNING last");
  if (!next) return next.error();
  const auto row = next->bind(resource).step();
  if (!row) return row.error();
  const auto token = static_cast<std::uint64_t>(next->number(0));
  const auto end = next->step();
  return end ? Result<std::uint64_t>(token) : end.error();
}

Result<void> Leases::note(const std::string& resource, const Holder& holder, const std::string& kind,
                          std::uint64_t token, std::int64_t ms) {
  auto kept = change("INSERT INTO event(resource, session, agent, kind, at, token, ms) VALUES (?, ?, ?, ?, ?, ?, ?)",
                     {resource, holder.session, holder.agent, kind},
                     {clock_.wall_seconds(), static_cast<std::int64_t>(token), ms});
  if (!kept) return kept.error();
  if (token % 256 != 0) return {};
  auto pruned = change("DELETE FROM event WHERE id <= (SELECT max(id) FROM event) - ?", {}, {most_events});
  return pruned ? Result<void>() : pruned.error();
}

// How many live processes stand before us. Those that are gone, or gave up, leave the queue.
Result<std::size_t> Leases::ahead_of(const Claim& claim) {
  auto look = store_.prepare(
      "SELECT seq, machine, boot, pid, started, until, until_wall FROM waiter WHERE resource = ?"
      " ORDER BY seq");
  if (!look) return look.error();
  look->bind(claim.resource);
  std::size_t ahead = 0;
  std::vector<std::int64_t> left;
  for (;;) {
    const auto more = look->step();
    if (!more) return more.error();
    if (!*more) break;
    const bool here = look->text(1) == machine_;
    const bool ours = here && look->text(2) == boot_ && look->number(3) == files::own_process();
    if (ours) break;
    const bool gone = here ? look->text(2) != boot_ || look->number(5) <= clock_.boot_ms() ||
                                 files::process_start(look->number(3)) != static_cast<std::uint64_t>(look->number(4))
                           : look->number(6) <= clock_.wall_seconds();
    gone ? left.push_back(look->number(0)) : static_cast<void>(++ahead);
  }
  look->reset();
  for (const std::int64_t seq : left)
    if (auto removed = change("DELETE FROM waiter WHERE seq = ?", {}, {seq}); !removed) return removed.error();
  return ahead;
}

Result<void> Leases::enqueue(const Claim& claim, std::int64_t until) {
  const std::int64_t own = files::own_process();
  auto kept = change(
      "INSERT INTO waiter(resource, machine, boot, pid, started, until, until_wall) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7"
      " WHERE NOT EXISTS (SELECT 1 FROM waiter WHERE resource = ?1 AND machine = ?2 AND boot = ?3 AND pid = ?4)",
      {claim.resource, machine_, boot_},
      {own, static_cast<std::int64_t>(files::process_start(own)), until,
       clock_.wall_seconds() + (until - clock_.boot_ms()) / 1000 + 1});
  return kept ? Result<void>() : kept.error();
}

Result<void> Leases::leave_queue(const Claim& claim) {
  auto left = change("DELETE FROM waiter WHERE resource = ? AND machine = ? AND boot = ? AND pid = ?",
                     {claim.resource, machine_, boot_}, {files::own_process()});
  return left ? Result<void>() : left.error();
}

Result<bool> Leases::told_lost(const Claim& claim, Answer& answer) {
  auto look = store_.prepare("DELETE FROM lost WHERE resource = ? AND session = ? AND agent = ? RETURNING token");
  if (!look) return look.error();
  const auto row = look->bind(claim.resource).bind(claim.holder.session).bind(claim.holder.agent).step();
  if (!row) return row.error();
  if (!*row) return false;
  answer.state = Answer::State::lost;
  answer.token = static_cast<std::uint64_t>(look->number(0));
  const auto end = look->step();
  return end ? Result<bool>(true) : end.error();
}

Result<void> Leases::note_lost(const Row& row) {
  const Holder& holder = row.lease.holder;
  auto kept = change("INSERT OR REPLACE INTO lost VALUES (?, ?, ?, ?)",
                     {row.lease.resource, holder.session, holder.agent}, {static_cast<std::int64_t>(row.lease.token)});
  if (!kept) return kept.error();
  return note(row.lease.resource, holder, "lost", row.lease.token, row.lease.held_ms);
}

Result<void> Leases::put(const Claim& claim, Answer& answer, const Row& before) {
  if (before.is_there && !is_gone(before))
    if (auto told = note_lost(before); !told) return told;
  const auto token = next_token(claim.resource);
  if (!token) return token.error();
  const std::int64_t now = clock_.boot_ms();
  auto taken = change(
      "INSERT OR REPLACE INTO lease(resource, session, agent, machine, boot, purpose, pid, started, token, taken, "
      "expires,"
      " expires_wall) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {claim.resource, claim.holder.session, claim.holder.agent, machine_, boot_, claim.purpose},
      {claim.holder.pid, static_cast<std::int64_t>(claim.holder.started), static_cast<std::int64_t>(*token), now,
       now + idle_ms, clock_.wall_seconds() + idle_ms / 1000});
  if (!taken) return taken.error();
  answer.state = Answer::State::held;
  answer.token = *token;
  return note(claim.resource, claim.holder, "taken", *token, 0);
}

Result<Answer> Leases::claim(const Claim& claim, std::int64_t queue_ms) {
  Answer answer;
  auto done = store_.transaction([&]() -> Result<void> {
    const auto row = read(claim.resource);
    if (!row) return row.error();
    const bool gone = row->is_there && is_gone(*row);
    if (row->is_there && !gone && same(row->lease.holder, claim.holder)) {
      answer.state = Answer::State::held;
      answer.token = row->lease.token;
      if (row->lease.left_ms >= renew_below_ms) return {};
      return renew(claim.holder);
    }
    const auto lost = told_lost(claim, answer);
    if (!lost) return lost.error();
    if (row->is_there && !is_over(*row)) answer.other = row->lease;
    if (*lost) return leave_queue(claim);
    const auto ahead = ahead_of(claim);
    if (!ahead) return ahead.error();
    answer.ahead = *ahead;
    if (is_over(*row) && *ahead == 0) {
      if (auto left = leave_queue(claim); !left) return left;
      return put(claim, answer, *row);
    }
    return queue_ms > 0 ? enqueue(claim, clock_.boot_ms() + queue_ms) : leave_queue(claim);
  });
  if (!done) return done.error();
  return answer;
}

Result<Answer> Leases::take(const Claim& claim, std::int64_t most_ms) {
  const std::int64_t begin = clock_.boot_ms();
  for (;;) {
    const std::int64_t waited = clock_.boot_ms() - begin;
    auto answer = this->claim(claim, std::max<std::int64_t>(most_ms - waited, 0));
    if (!answer || answer->state != Answer::State::busy || waited >= most_ms) {
      const bool held = answer && answer->state == Answer::State::held;
      if (answer && waited > 0)
        if (auto noted = store_.transaction(
                [&] { return note(claim.resource, claim.holder, held ? "waited" : "refused", answer->token, waited); });
            !noted)
          return noted.error();
      return answer;
    }
    const auto place = static_cast<std::int64_t>(std::min<std::size_t>(answer->ahead + 1, 50));
    clock_.sleep(std::min(5 * place, std::max<std::int64_t>(most_ms - waited, 1)));
  }
}

Result<void> Leases::renew(const Holder& holder) {
  auto renewed = change(
      "UPDATE lease SET expires = ?3, expires_wall = ?4 WHERE session = ?1 AND agent = ?2 AND pid = ?5 AND started = ?6"
      " AND expires < ?7",
      {holder.session, holder.agent},
      {clock_.boot_ms() + idle_ms, clock_.wall_seconds() + idle_ms / 1000, holder.pid,
       static_cast<std::int64_t>(holder.started), clock_.boot_ms() + renew_below_ms});
  return renewed ? Result<void>() : renewed.error();
}

Result<bool> Leases::remove(const Row& row, const std::string& kind) {
  auto removed = change("DELETE FROM lease WHERE resource = ?", {row.lease.resource}, {});
  if (!removed) return removed.error();
  auto noted = note(row.lease.resource, row.lease.holder, kind, row.lease.token, row.lease.held_ms);
  return noted ? Result<bool>(true) : noted.error();
}

Result<bool> Leases::release(const std::string& resource, const Holder& holder) {
  bool was_held = false;
  auto done = store_.transaction([&]() -> Result<void> {
    const auto row = read(resource);
    if (!row) return row.error();
    if (!row->is_there || !same(row->lease.holder, holder)) return {};
    const auto removed = remove(*row, "released");
    was_held = removed.has_value();
    return removed ? Result<void>() : removed.error();
  });
  return done ? Result<bool>(was_held) : done.error();
}

Result<std::uint64_t> Leases::release_all(const std::string& session, const std::string& agent, bool everyone) {
  std::uint64_t count = 0;
  auto done = store_.transaction([&]() -> Result<void> {
    const auto held =
        everyone ? rows("WHERE session = ?", {session}) : rows("WHERE session = ? AND agent = ?", {session, agent});
    if (!held) return held.error();
    for (const Row& row : *held) {
      if (auto removed = remove(row, "released"); !removed) return removed.error();
      ++count;
    }
    return {};
  });
  return done ? Result<std::uint64_t>(count) : done.error();
}

Result<bool> Leases::break_lease(const std::string& resource) {
  bool was_held = false;
  auto done = store_.transaction([&]() -> Result<void> {
    const auto row = read(resource);
    if (!row) return row.error();
    if (!row->is_there) return {};
    if (auto told = note_lost(*row); !told) return told;
    const auto removed = remove(*row, "broken");
    was_held = removed.has_value();
    return removed ? Result<void>() : removed.error();
  });
  return done ? Result<bool>(was_held) : done.error();
}

Result<std::vector<Lease>> Leases::list() {
  const auto found = rows("ORDER BY resource", {});
  if (!found) return found.error();
  std::vector<Lease> leases;
  for (const Row& row : *found) leases.push_back(row.lease);
  return leases;
}

Result<std::vector<Event>> Leases::history(const std::string& session) {
  auto look = store_.prepare("SELECT at, resource, agent, kind, token, ms FROM event WHERE session = ? ORDER BY id");
  if (!look) return look.error();
  look->bind(session);
  std::vector<Event> events;
  for (;;) {
    const auto more = look->step();
    if (!more) return more.error();
    if (!*more) return events;
    events.push_back({look->number(0), look->text(1), look->text(2), look->text(3),
                      static_cast<std::uint64_t>(look->number(4)), look->number(5)});
  }
}

std::string describe(const Lease& lease) {
  if (lease.resource.empty()) return "free";
  std::string text = lease.holder.agent.empty() ? "the main conversation" : "the agent " + lease.holder.agent;
  text +=
      lease.holder.session.empty() ? std::string(" of a terminal") : " of session " + lease.holder.session.substr(0, 8);
  const std::int64_t seconds = lease.held_ms / 1000;
  text += " for " + (seconds < 120 ? std::to_string(seconds) + " s" : std::to_string(seconds / 60) + " min");
  return lease.purpose.empty() ? text : text + " (" + lease.purpose + ")";
}

}  // namespace cascade::lease
