// A claim is one transaction, so nobody else writes between looking and taking. Waiting processes are rows of a table,
// in the order in which they came; the first one looks again most often. A holder is gone if its process is (by its
// number and start time) or if the machine has been restarted.
//
// On a server a transaction does not exclude others. Each therefore begins by writing the resource's row of `fence`,
// which locks it until the end, and reads the server's clock there: all times in a server's rows are its milliseconds.
#include "leases/lease.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <thread>

#include "files/process.h"

namespace cascade::lease {

struct Leases::Row {
  Lease lease;
  std::string machine, boot;
  std::int64_t taken = 0, expires = 0, expires_wall = 0;
  bool is_there = false;
};

namespace {

constexpr std::int64_t renew_below_ms = idle_ms - 30'000;  // not at every call: a renewal is a write

// `fence` keeps the last token of each resource for ever, so that tokens never fall; `lost` tells a holder once that
// its lease is gone; `event` is the record that `cascade session` shows.
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

// By which name a loss is kept for a holder. A conversation keeps its own when its process is another one; without a
// session only the process tells one terminal from the next.
std::string name_of_loser(const Holder& holder, const std::string& machine, const std::string& boot) {
  if (!holder.session.empty()) return holder.session;
  return "process " + std::to_string(holder.pid) + " " + std::to_string(holder.started) + " " + machine + " " + boot;
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

Result<std::vector<Leases::Row>> Leases::rows(const std::string& where, const std::vector<std::string>& values) {
  auto found = store_.rows(
      "SELECT resource, session, agent, machine, boot, purpose, pid, started, token, taken, expires, expires_wall"
      " FROM lease " +
          where,
      values, {}, [&](const store::Statement& look) {
        Row row;
        row.is_there = true;
        row.lease.resource = look.text(0);
        row.lease.holder = {look.text(1), look.text(2), look.number(6), static_cast<std::uint64_t>(look.number(7))};
        row.machine = look.text(3);
        row.boot = look.text(4);
        row.lease.purpose = look.text(5);
        row.lease.token = static_cast<std::uint64_t>(look.number(8));
        row.taken = look.number(9);
        row.expires = look.number(10);
        row.expires_wall = look.number(11);
        row.lease = shown(row);
        return row;
      });
  if (found) std::ranges::sort(*found, [](const Row& a, const Row& b) { return a.lease.resource < b.lease.resource; });
  return found;
}

Result<Leases::Row> Leases::read(const std::string& resource) {
  auto found = rows("WHERE resource = ?", {resource});
  if (!found) return found.error();
  return found->empty() ? Row{} : std::move(found->front());
}

// Machines may share a name. If several machines can write, a different boot means a restart of this machine only if
// the machine has an id of its own.
bool Leases::is_of_another_start(const std::string& boot) const {
  return boot != boot_ && (!store_.is_shared() || files::has_machine_id());
}

// A process number means something only on its own machine.
bool Leases::is_of(const Row& row, const Holder& holder) const {
  const Holder& has = row.lease.holder;
  return row.machine == machine_ && row.boot == boot_ && has.session == holder.session && has.agent == holder.agent &&
         has.pid == holder.pid && has.started == holder.started;
}

bool Leases::is_gone(const Row& row) const {
  if (row.machine != machine_) return false;
  if (row.boot != boot_) return is_of_another_start(row.boot);
  return row.lease.holder.pid > 0 && files::process_start(row.lease.holder.pid) != row.lease.holder.started;
}

// On a server all use its clock. In a file, only the wall clock of another machine can be compared.
bool Leases::shares_clock(const std::string& machine, const std::string& boot) const {
  return store_.is_on_server() || (machine == machine_ && boot == boot_);
}

bool Leases::is_over(const Row& row) const {
  if (!row.is_there || is_gone(row)) return true;
  return shares_clock(row.machine, row.boot) ? row.expires <= now_.ms : row.expires_wall <= now_.wall_seconds;
}

Result<void> Leases::look_at_clock() {
  now_ = {clock_.boot_ms(), clock_.wall_seconds()};
  if (!store_.is_on_server()) return {};
  const auto ms = store_.server_milliseconds();
  if (ms) now_ = {*ms, *ms / 1000};
  return ms ? Result<void>() : ms.error();
}

// In a file the transaction itself keeps all others out. On a server only a row can: taking the fence's row makes those
// who want the same thing wait here, while others go on.
Result<void> Leases::begin(const std::string& resource) {
  if (!store_.is_on_server()) return look_at_clock();
  const auto lock = store_.ask(
      "INSERT INTO fence(resource, last) VALUES (?, 0) ON CONFLICT(resource) DO UPDATE SET last = fence.last"
      " RETURNING CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS BIGINT)",
      {resource});
  if (!lock) return lock.error();
  now_ = {lock->number(0), lock->number(0) / 1000};
  return {};
}

Lease Leases::shown(const Row& row) const {
  Lease lease = row.lease;
  const bool here = shares_clock(row.machine, row.boot);
  lease.left_ms = here ? row.expires - now_.ms : (row.expires_wall - now_.wall_seconds) * 1000;
  lease.held_ms = here ? now_.ms - row.taken : 0;
  lease.alive = !is_gone(row);
  return lease;
}

// The fence outlives its lease, so a token never comes again, and whoever guards the thing can refuse a holder that was
// overtaken without knowing it.
Result<std::uint64_t> Leases::next_token(const std::string& resource) {
  auto next = store_.ask(
      "INSERT INTO fence VALUES (?, 1) ON CONFLICT(resource) DO UPDATE SET last = fence.last + 1 RETURNING last",
      {resource});
  if (!next) return next.error();
  const auto token = static_cast<std::uint64_t>(next->number(0));
  const auto end = next->step();
  return end ? Result<std::uint64_t>(token) : end.error();
}

// Told once: the row goes with the telling. Whoever lost a lease must look at what has changed before it claims again.
Result<bool> Leases::told_lost(const Claim& claim, Answer& answer) {
  auto look = store_.ask("DELETE FROM lost WHERE resource = ? AND session = ? AND agent = ? RETURNING token",
                         {claim.resource, name_of_loser(claim.holder, machine_, boot_), claim.holder.agent});
  if (!look) return look.error();
  if (!look->has_row()) return false;
  answer.state = Answer::State::lost;
  answer.token = static_cast<std::uint64_t>(look->number(0));
  const auto end = look->step();
  return end ? Result<bool>(true) : end.error();
}

void Leases::note_lost(const Row& row) {
  const Holder& holder = row.lease.holder;
  store_.apply(
      "INSERT INTO lost VALUES (?, ?, ?, ?) ON CONFLICT(resource, session, agent)"
      " DO UPDATE SET token = excluded.token",
      {row.lease.resource, name_of_loser(holder, row.machine, row.boot), holder.agent},
      {static_cast<std::int64_t>(row.lease.token)});
  note(row.lease.resource, holder, "lost", row.lease.token, row.lease.held_ms);
}

Result<void> Leases::put(const Claim& claim, Answer& answer, const Row& before) {
  if (before.is_there && !is_gone(before)) note_lost(before);
  const auto token = next_token(claim.resource);
  if (!token) return token.error();
  store_.apply(
      "INSERT INTO lease(resource, session, agent, machine, boot, purpose, pid, started, token, taken, expires,"
      " expires_wall) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(resource) DO UPDATE SET"
      " session = excluded.session, agent = excluded.agent, machine = excluded.machine, boot = excluded.boot,"
      " purpose = excluded.purpose, pid = excluded.pid, started = excluded.started, token = excluded.token,"
      " taken = excluded.taken, expires = excluded.expires, expires_wall = excluded.expires_wall",
      {claim.resource, claim.holder.session, claim.holder.agent, machine_, boot_, claim.purpose},
      {claim.holder.pid, static_cast<std::int64_t>(claim.holder.started), static_cast<std::int64_t>(*token), now_.ms,
       now_.ms + idle_ms, now_.wall_seconds + idle_ms / 1000});
  answer.state = Answer::State::held;
  answer.token = *token;
  note(claim.resource, claim.holder, "taken", *token, 0);
  return {};
}

// Is it ours already, was it taken from us, is it free, are others before us in the queue? A lease that ran out goes to
// whoever asks first when nobody waits, and a holder that is merely late and asks again keeps it.
Result<Answer> Leases::claim(const Claim& claim, std::int64_t queue_ms) {
  return store_.transaction([&]() -> Result<Answer> {
    Answer answer;
    if (auto begun = begin(claim.resource); !begun) return begun.error();
    const auto row = read(claim.resource);
    if (!row) return row.error();
    const bool gone = row->is_there && is_gone(*row);
    if (row->is_there && !gone && is_of(*row, claim.holder)) {
      answer.state = Answer::State::held;
      answer.token = row->lease.token;
      if (row->lease.left_ms < renew_below_ms)
        store_.apply("UPDATE lease SET expires = ?2, expires_wall = ?3 WHERE resource = ?1", {claim.resource},
                     {now_.ms + idle_ms, now_.wall_seconds + idle_ms / 1000});
      return answer;
    }
    const auto lost = told_lost(claim, answer);
    if (!lost) return lost.error();
    if (row->is_there && !is_over(*row)) answer.other = row->lease;
    if (*lost) {
      leave_queue(claim);
      return answer;
    }
    const auto place = place_of(claim);
    if (!place) return place.error();
    answer.ahead = place->ahead;
    if (is_over(*row) && place->ahead == 0) {
      if (place->is_ours) leave_queue(claim);
      const auto taken = put(claim, answer, *row);
      return taken ? Result<Answer>(answer) : taken.error();
    }
    if (queue_ms > 0)
      enqueue(claim, now_.ms + queue_ms);
    else
      leave_queue(claim);
    return answer;
  });
}

Result<std::vector<std::string>> Leases::claim_all(const std::vector<Claim>& claims) {
  std::vector<std::string> others;
  std::vector<const Claim*> taken;  // by this call: what the holder had before stays with it
  const auto give_back = [&]() -> Result<void> {
    Result<void> all;
    for (const Claim* one : taken)
      if (auto released = release(one->resource, one->holder); !released) all = released.error();
    return all;
  };
  for (const Claim& one : claims) {
    const auto before = read(one.resource);
    const auto answer = before ? claim(one) : Result<Answer>(before.error());
    if (!answer) {
      static_cast<void>(give_back());  // the first error says why
      return answer.error();
    }
    if (answer->state != Answer::State::held)
      others.push_back(one.resource);
    else if (!before->is_there || !is_of(*before, one.holder))
      taken.push_back(&one);
  }
  if (others.empty()) return others;
  if (auto released = give_back(); !released) return released.error();
  return others;
}

Result<void> Leases::take_over(const std::string& session, const std::string& purpose, const std::string& agent) {
  return store_.transaction([&]() -> Result<void> {
    if (auto looked = look_at_clock(); !looked) return looked;
    return store_.change(
        "UPDATE lease SET agent = ?1 WHERE session = ?2 AND agent = (SELECT agent FROM lease WHERE session = ?2"
        " AND purpose = ?3 AND agent LIKE 'start:%' ORDER BY taken, resource LIMIT 1)",
        {agent, session, purpose});
  });
}

Result<Answer> Leases::take(const Claim& claim, std::int64_t most_ms) {
  const std::int64_t begin = clock_.boot_ms();
  for (;;) {
    const std::int64_t waited = clock_.boot_ms() - begin;
    auto answer = this->claim(claim, std::max<std::int64_t>(most_ms - waited, 0));
    if (!answer || answer->state != Answer::State::busy || waited >= most_ms) {
      const bool held = answer && answer->state == Answer::State::held;
      if (answer && waited > 0)
        if (auto noted = store_.transaction([&]() -> Result<void> {
              if (auto looked = look_at_clock(); !looked) return looked;
              note(claim.resource, claim.holder, held ? "waited" : "refused", answer->token, waited);
              return {};
            });
            !noted)
          return noted.error();
      return answer;
    }
    const auto place = static_cast<std::int64_t>(std::min<std::size_t>(answer->ahead + 1, 50));
    const std::int64_t step_ms = store_.is_on_server() ? 25 : 5;
    clock_.sleep(std::min(step_ms * place, std::max<std::int64_t>(most_ms - waited, 1)));
  }
}

Result<void> Leases::renew(const Holder& holder) {
  if (auto looked = look_at_clock(); !looked) return looked;
  return store_.change(
      "UPDATE lease SET expires = ?5, expires_wall = ?6 WHERE session = ?1 AND agent = ?2 AND machine = ?3 AND boot = "
      "?4"
      " AND pid = ?7 AND started = ?8 AND expires < ?9",
      {holder.session, holder.agent, machine_, boot_},
      {now_.ms + idle_ms, now_.wall_seconds + idle_ms / 1000, holder.pid, static_cast<std::int64_t>(holder.started),
       now_.ms + renew_below_ms});
}

void Leases::remove(const Row& row, const std::string& kind) {
  store_.apply("DELETE FROM lease WHERE resource = ?", {row.lease.resource});
  note(row.lease.resource, row.lease.holder, kind, row.lease.token, row.lease.held_ms);
}

Result<bool> Leases::end(const std::string& resource, const std::function<bool(const Row&)>& leave) {
  return store_.transaction([&]() -> Result<bool> {
    if (auto begun = begin(resource); !begun) return begun.error();
    const auto row = read(resource);
    if (!row) return row.error();
    return row->is_there && leave(*row);
  });
}

Result<bool> Leases::release(const std::string& resource, const Holder& holder) {
  return end(resource, [&](const Row& row) {
    const bool has = is_of(row, holder);
    if (has) remove(row, "released");
    return has;
  });
}

// A holder that breaks its own lease has lost nothing, and one that is gone hears nothing.
Result<bool> Leases::break_lease(const std::string& resource, const std::optional<Holder>& by) {
  return end(resource, [&](const Row& row) {
    if (!is_gone(row) && !(by && is_of(row, *by))) note_lost(row);
    remove(row, "broken");
    return true;
  });
}

Result<Answer> Leases::tell_lost(const Claim& claim) {
  return store_.transaction([&]() -> Result<Answer> {
    Answer answer;
    if (auto begun = begin(claim.resource); !begun) return begun.error();
    const auto row = read(claim.resource);
    if (!row) return row.error();
    if (row->is_there && !is_over(*row)) answer.other = row->lease;
    const auto lost = told_lost(claim, answer);
    return lost ? Result<Answer>(answer) : lost.error();
  });
}

Result<std::vector<Lease>> Leases::lost_by(const Holder& holder) {
  return store_.rows("SELECT resource, token FROM lost WHERE session = ? AND agent = ? ORDER BY resource",
                     {name_of_loser(holder, machine_, boot_), holder.agent}, {}, [&](const store::Statement& row) {
                       Lease lease;
                       lease.resource = row.text(0);
                       lease.holder = holder;
                       lease.token = static_cast<std::uint64_t>(row.number(1));
                       return lease;
                     });
}

Result<std::uint64_t> Leases::release_all(const std::string& session, const std::string& agent, bool everyone) {
  return store_.transaction([&]() -> Result<std::uint64_t> {
    if (auto looked = look_at_clock(); !looked) return looked.error();
    const std::string which =
        std::string("WHERE machine = ? AND session = ?") + (everyone        ? ""
                                                            : agent.empty() ? " AND (agent = ? OR agent LIKE 'start:%')"
                                                                            : " AND agent = ?");
    std::vector<std::string> whose = {machine_, session};
    if (!everyone) whose.push_back(agent);
    auto held = rows(which, whose);  // always in the same order, so that no two processes wait for each other
    if (!held) return held.error();
    if (store_.is_on_server()) {
      for (const Row& row : *held)
        if (auto begun = begin(row.lease.resource); !begun) return begun.error();
      held = rows(which, whose);  // those they still hold, now that nobody else can change it
      if (!held) return held.error();
    }
    for (const Row& row : *held) remove(row, "released");
    return held->size();
  });
}

Result<std::vector<Lease>> Leases::list() {
  if (auto looked = look_at_clock(); !looked) return looked.error();
  const auto found = rows("", {});
  if (!found) return found.error();
  std::vector<Lease> leases;
  for (const Row& row : *found) leases.push_back(row.lease);
  return leases;
}

// The record of what happened to leases, for people: each event is noted in the transaction that makes it true. It
// keeps its newest part only.
void Leases::note(const std::string& resource, const Holder& holder, const std::string& kind, std::uint64_t token,
                  std::int64_t ms) {
  store_.apply("INSERT INTO event(resource, session, agent, kind, at, token, ms) VALUES (?, ?, ?, ?, ?, ?, ?)",
               {resource, holder.session, holder.agent, kind},
               {now_.wall_seconds, static_cast<std::int64_t>(token), ms});
  // Old events are removed now and then, not at each note: it costs a look at the whole table.
  constexpr std::int64_t most_events = 20'000;
  if (token % 256 == 0)
    store_.apply("DELETE FROM event WHERE id <= (SELECT max(id) FROM event) - ?", {}, {most_events});
}

Result<std::vector<Event>> Leases::history(const std::string& session) {
  return store_.rows(
      "SELECT at, resource, session, agent, kind, token, ms FROM event"
      " WHERE resource IN (SELECT resource FROM event WHERE session = ?1)"
      " AND id >= (SELECT min(id) FROM event WHERE session = ?1) ORDER BY id",
      {session}, {}, [](const store::Statement& row) {
        return Event{row.number(0), row.text(1), row.text(2),
                     row.text(3),   row.text(4), static_cast<std::uint64_t>(row.number(5)),
                     row.number(6)};
      });
}

std::string describe(const Lease& lease) {
  if (lease.resource.empty()) return "free";
  const Holder& holder = lease.holder;
  const std::string session = holder.session.empty() ? "a terminal" : "session " + holder.session.substr(0, 8);
  std::string text = !holder.agent.empty()    ? "the agent " + holder.agent + " of " + session
                     : holder.session.empty() ? session
                                              : "the main conversation of " + session;
  const std::int64_t seconds = lease.held_ms / 1000;
  text += " for " + (seconds < 120 ? std::to_string(seconds) + " s" : std::to_string(seconds / 60) + " min");
  return lease.purpose.empty() ? text : text + " (" + lease.purpose + ")";
}

// Counts the live processes before ours, and removes from the queue those that are gone or have given up.
Result<Leases::Place> Leases::place_of(const Claim& claim) {
  auto look = store_.prepare(
      "SELECT seq, machine, boot, pid, started, until, until_wall FROM waiter WHERE resource = ?"
      " ORDER BY seq");
  if (!look) return look.error();
  look->bind(claim.resource);
  Place place;
  std::vector<std::int64_t> left;
  for (;;) {
    const auto more = look->step();
    if (!more) return more.error();
    if (!*more) break;
    const bool here = look->text(1) == machine_;
    const bool ours = here && look->text(2) == boot_ && look->number(3) == files::own_process();
    place.is_ours = ours;
    if (ours) break;
    const bool is_late =
        shares_clock(look->text(1), look->text(2)) ? look->number(5) <= now_.ms : look->number(6) <= now_.wall_seconds;
    const bool is_dead = here && (look->text(2) == boot_ ? files::process_start(look->number(3)) !=
                                                               static_cast<std::uint64_t>(look->number(4))
                                                         : is_of_another_start(look->text(2)));
    const bool gone = is_late || is_dead;
    gone ? left.push_back(look->number(0)) : static_cast<void>(++place.ahead);
  }
  look->reset();
  for (const std::int64_t seq : left) store_.apply("DELETE FROM waiter WHERE seq = ?", {}, {seq});
  return place;
}

void Leases::enqueue(const Claim& claim, std::int64_t until) {
  const std::int64_t own = files::own_process();
  store_.apply(
      "INSERT INTO waiter(resource, machine, boot, pid, started, until, until_wall) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7"
      " WHERE NOT EXISTS (SELECT 1 FROM waiter WHERE resource = ?1 AND machine = ?2 AND boot = ?3 AND pid = ?4)",
      {claim.resource, machine_, boot_},
      {own, static_cast<std::int64_t>(files::process_start(own)), until,
       now_.wall_seconds + (until - now_.ms) / 1000 + 1});
}

void Leases::leave_queue(const Claim& claim) {
  store_.apply("DELETE FROM waiter WHERE resource = ? AND machine = ? AND boot = ? AND pid = ?",
               {claim.resource, machine_, boot_}, {files::own_process()});
}

}  // namespace cascade::lease
