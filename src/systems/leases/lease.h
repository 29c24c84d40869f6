// Leases for resources that only one can use at a time: a browser, a file, a port.
#pragma once

#include <cascade/render.h>
#include <cascade/result.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"
#include "syntax/json.h"

namespace cascade::lease {

// A conversation of a client, or of a person in a terminal. Two holders are the same only if all fields are equal: a
// session forked into another process is another holder.
struct Holder {
  std::string session;        // of the client; empty: none
  std::string agent;          // a subagent's id; empty: the main conversation
  std::int64_t pid = 0;       // of the client; 0: unknown, so the lease ends only by time
  std::uint64_t started = 0;  // files::process_start(pid)
};

struct Lease {
  std::string resource;
  Holder holder;
  std::uint64_t token = 0;                // rises with each new holder of the resource, and never falls
  std::int64_t held_ms = 0, left_ms = 0;  // since it was taken; until it expires, negative: it has expired
  std::string purpose;
  bool alive = true;  // false: its process is gone, or the machine was restarted
};

struct Claim {
  std::string resource;
  Holder holder;
  std::string purpose;  // for people: "mcp__browser__navigate"
};

struct Answer {
  enum class State {
    held,  // the holder has it: taken now, or renewed
    busy,  // somebody else has it, or was there first
    lost,  // it was the holder's and now is another's, or was broken: reported once
  };
  State state = State::busy;
  std::uint64_t token = 0;  // held: ours; lost: the one that is no longer valid
  Lease other;              // busy, lost: the current holder; its resource is empty if there is none
  std::size_t ahead = 0;    // busy: the number waiting before us
};

// The clocks, replaceable in tests. Leases of one machine use milliseconds since boot, which nobody can set.
struct Clock {
  std::function<std::int64_t()> boot_ms;
  std::function<std::int64_t()> wall_seconds;  // for people, and for holders on other machines
  std::function<void(std::int64_t ms)> sleep;
  static Clock real();
};

constexpr std::int64_t idle_ms = 5 * 60 * 1000;  // a holder without a tool call for this long has let go
constexpr std::int64_t patience_ms = 20 * 1000;  // a claim waits this long for its turn; then it is refused

// An agent that is about to start has no id yet; it is named after the call that starts it: "start:toolu_1".
constexpr std::string_view starting = "start:";

struct Event {
  std::int64_t at = 0;                         // seconds since 1970
  std::string resource, session, agent, kind;  // kind: taken, waited, refused, released, lost, broken
  std::uint64_t token = 0;
  std::int64_t ms = 0;  // waited, refused: how long it waited; released: how long it was held
};

// Errors of all operations: those of store::Store.
class Leases {
 public:
  static Result<Leases> open(const store::Options& options, Clock clock = Clock::real());

  // Tries once, without waiting. If the resource is busy, the claim is put into the queue until `queue_ms` from now;
  // 0: not.
  Result<Answer> claim(const Claim& claim, std::int64_t queue_ms = 0);
  // Takes all of them or none; returns those that others hold. Does not wait. What a holder had before it keeps either
  // way; after an error, too, nothing else stays taken.
  Result<std::vector<std::string>> claim_all(const std::vector<Claim>& claims);
  // Gives `agent` the resources that the first holder whose name begins with `starting` took for `purpose`.
  Result<void> take_over(const std::string& session, const std::string& purpose, const std::string& agent);
  // Waits for its turn, at most `most_ms`.
  Result<Answer> take(const Claim& claim, std::int64_t most_ms = patience_ms);
  // Extends everything the holder has by another five minutes.
  Result<void> renew(const Holder& holder);
  // False: the holder did not have it.
  Result<bool> release(const std::string& resource, const Holder& holder);
  // Releases all that a session's agent holds, and for the main conversation also what is still `starting`;
  // `everyone`: its subagents' as well.
  Result<std::uint64_t> release_all(const std::string& session, const std::string& agent, bool everyone);
  // Takes it from its holder, who learns of it at its next call unless it is the one who does so. False: nobody has it.
  Result<bool> break_lease(const std::string& resource, const std::optional<Holder>& by = {});
  // What a holder is to be told of a resource that it lost, once: `lost`, or `busy` if there is nothing to tell.
  Result<Answer> tell_lost(const Claim& claim);
  // What it lost and was not told yet: resources and tokens.
  Result<std::vector<Lease>> lost_by(const Holder& holder);

  Result<std::vector<Lease>> list();  // by resource
  // Events of the resources that a session asked for, from its first event on, by any session. In order.
  Result<std::vector<Event>> history(const std::string& session);

  store::Store& store() noexcept { return store_; }

 private:
  Leases(store::Store store, Clock clock);
  struct Row;
  Result<Row> read(const std::string& resource);
  bool is_of(const Row& row, const Holder& holder) const;
  bool is_of_another_start(const std::string& boot) const;
  bool shares_clock(const std::string& machine, const std::string& boot) const;
  bool is_over(const Row& row) const;
  bool is_gone(const Row& row) const;
  Lease shown(const Row& row) const;
  Result<void> look_at_clock();                     // sets now_
  Result<void> begin(const std::string& resource);  // of a transaction: nobody else changes the resource until its end
  Result<std::uint64_t> next_token(const std::string& resource);
  // In the queue for a resource: the number of live processes before us, and whether we are in it at all.
  struct Place {
    std::size_t ahead = 0;
    bool is_ours = false;
  };
  Result<Place> place_of(const Claim& claim);
  void enqueue(const Claim& claim, std::int64_t until);
  void leave_queue(const Claim& claim);
  Result<void> put(const Claim& claim, Answer& answer, const Row& before);
  Result<bool> told_lost(const Claim& claim, Answer& answer);
  void note_lost(const Row& row);
  void note(const std::string& resource, const Holder& holder, const std::string& kind, std::uint64_t token,
            std::int64_t ms);
  void remove(const Row& row, const std::string& kind);
  // In one transaction: calls `leave` with the lease of the resource, if somebody has it; what `leave` says is
  // returned.
  Result<bool> end(const std::string& resource, const std::function<bool(const Row&)>& leave);
  // By resource.
  Result<std::vector<Row>> rows(const std::string& where, const std::vector<std::string>& values);

  struct Now {
    std::int64_t ms = 0;  // since boot; on a server since 1970, by its clock
    std::int64_t wall_seconds = 0;
  };
  store::Store store_;
  Clock clock_;
  Now now_;  // when the transaction began
  std::string machine_, boot_;
};

// "held by the main conversation of session 1b2c3d4e for 2 min (mcp__browser__navigate)".
std::string describe(const Lease& lease);

}  // namespace cascade::lease

// Leases in the output of `cascade lease` and `cascade session show`.

namespace cascade::rendering {

struct LeaseUse {
  std::string resource, session, agent;  // agent empty: the main conversation
  std::int64_t asked_at = 0;             // seconds since 1970
  std::int64_t waited_ms = 0, held_ms = 0;
  std::uint64_t token = 0;  // 0: refused
  std::string end;          // "released", "lost", "broken", "gone", "refused"; empty: it is still held
};

// A block for each resource and a line for each use, all on one time scale: "░" waited, "█" held. `session`: the
// viewer's own session; others are named. Empty if there are no uses.
std::string lease_uses_text(const std::vector<LeaseUse>& uses, const std::string& session);
void write_lease_uses(syntax::JsonWriter& json, const std::vector<LeaseUse>& uses);  // an array

std::string lease_list_text(const std::vector<lease::Lease>& leases, Format format);
// `answer`: the answer to taking `resource`.
std::string lease_take_text(const std::string& resource, const lease::Answer& answer, Format format);
// Who held what and when, and who waited. `now`: seconds since 1970.
std::vector<LeaseUse> lease_uses(const std::vector<lease::Event>& events, std::int64_t now);

}  // namespace cascade::rendering
