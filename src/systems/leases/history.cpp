// The record of what happened to leases, for people: each event is noted in the transaction that makes it true. It
// keeps its newest part only.
#include "leases/lease.h"

namespace cascade::lease {
namespace {

// the oldest are deleted at every 256th token
constexpr std::int64_t most_events = 20'000;

}  // namespace

Result<void> Leases::note(const std::string& resource, const Holder& holder, const std::string& kind,
                          std::uint64_t token, std::int64_t ms) {
  auto kept = store_.change(
      "INSERT INTO event(resource, session, agent, kind, at, token, ms) VALUES (?, ?, ?, ?, ?, ?, ?)",
      {resource, holder.session, holder.agent, kind}, {now_.wall_seconds, static_cast<std::int64_t>(token), ms});
  if (!kept) return kept.error();
  // Old events are removed now and then, not at each note: it costs a look at the whole table.
  if (token % 256 != 0) return {};
  auto pruned = store_.change("DELETE FROM event WHERE id <= (SELECT max(id) FROM event) - ?", {}, {most_events});
  return pruned ? Result<void>() : pruned.error();
}

Result<std::vector<Event>> Leases::history(const std::string& session) {
  auto look = store_.prepare(
      "SELECT at, resource, session, agent, kind, token, ms FROM event"
      " WHERE resource IN (SELECT resource FROM event WHERE session = ?1)"
      " AND id >= (SELECT min(id) FROM event WHERE session = ?1) ORDER BY id");
  if (!look) return look.error();
  look->bind(session);
  std::vector<Event> events;
  for (;;) {
    const auto more = look->step();
    if (!more) return more.error();
    if (!*more) return events;
    events.push_back({look->number(0), look->text(1), look->text(2), look->text(3), look->text(4),
                      static_cast<std::uint64_t>(look->number(5)), look->number(6)});
  }
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

}  // namespace cascade::lease
