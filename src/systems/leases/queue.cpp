// The queue for a resource: a row for each waiting process, in the order in which they came, with the time until which
// it waits. Whoever asks for the resource removes the rows of those that are gone or have waited longer than that, so
// that nobody stands behind a process that will not take its turn.
#include "files/process.h"
#include "leases/lease.h"

namespace cascade::lease {

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
  for (const std::int64_t seq : left)
    if (auto removed = store_.change("DELETE FROM waiter WHERE seq = ?", {}, {seq}); !removed) return removed.error();
  return place;
}

Result<void> Leases::enqueue(const Claim& claim, std::int64_t until) {
  const std::int64_t own = files::own_process();
  auto kept = store_.change(
      "INSERT INTO waiter(resource, machine, boot, pid, started, until, until_wall) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7"
      " WHERE NOT EXISTS (SELECT 1 FROM waiter WHERE resource = ?1 AND machine = ?2 AND boot = ?3 AND pid = ?4)",
      {claim.resource, machine_, boot_},
      {own, static_cast<std::int64_t>(files::process_start(own)), until,
       now_.wall_seconds + (until - now_.ms) / 1000 + 1});
  return kept ? Result<void>() : kept.error();
}

Result<void> Leases::leave_queue(const Claim& claim) {
  auto left = store_.change("DELETE FROM waiter WHERE resource = ? AND machine = ? AND boot = ? AND pid = ?",
                            {claim.resource, machine_, boot_}, {files::own_process()});
  return left ? Result<void>() : left.error();
}

}  // namespace cascade::lease
