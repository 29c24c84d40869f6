// Opens the store of leases for one event of the client. A store on a server is asked only if this conversation may
// hold something there, which a note in the state folder says: otherwise each tool call would wait for the network.
#include "cli/lease_door.h"

#include "cli/state_store.h"
#include "files/process.h"
#include "lease/callers.h"
#include "lease/held_notes.h"
#include "lease/owner.h"

namespace cascade::cli {
namespace {

using lease::Answer;

// The refusal, with what the model can do instead.
std::string sentence(const std::string& resource, const Answer& answer, bool waited) {
  const std::string holder =
      answer.other.resource.empty() ? std::string("free by now") : "held by " + lease::describe(answer.other);
  if (answer.state == Answer::State::lost)
    return "this conversation lost " + resource + " (five idle minutes, or `cascade lease break`); it is " + holder +
           ". Look at its state anew before you go on: calling again takes it, or waits for it";
  return resource + " is " + holder +
         (answer.ahead > 0 ? ", and " + std::to_string(answer.ahead) + " wait before" : std::string()) +
         (waited ? ". It was waited for, 20 seconds. " : ". ") +
         "Do something else first and try again, use another one, or ask the user to run: cascade lease break " +
         resource;
}

// What others hold of a kind ("port:*"), if a command may stop any of it.
Result<std::vector<std::string>> held_by_others(lease::Leases& leases, const std::string& kind,
                                                const lease::Holder& holder) {
  const std::string prefix = kind.substr(0, kind.size() - 1);
  const auto all = leases.list();
  if (!all) return all.error();
  std::vector<std::string> refusals;
  for (const lease::Lease& one : *all) {
    const bool own = one.holder.session == holder.session && one.holder.agent == holder.agent;
    if (own || !one.alive || one.left_ms <= 0 || one.resource.compare(0, prefix.size(), prefix) != 0) continue;
    refusals.push_back("this stops servers by their name, and it may stop the one on " + one.resource +
                       ", which is held by " + lease::describe(one) +
                       ". Stop your own by its port (fuser -k PORT/tcp) or process id, or ask the user to run: cascade "
                       "lease break " +
                       one.resource);
  }
  return refusals;
}

Result<std::vector<std::string>> take(const Environment& environment, const systems::LeaseDemand& demand) {
  std::vector<std::string> refusals;
  const lease::HeldNotes notes(environment.state);
  const bool on_server = !demand.store.empty();
  if (on_server && demand.resources.empty() && !notes.is_due(demand.session, demand.agent)) return refusals;
  auto leases = lease::Leases::open(store_at(environment, demand.store, !demand.resources.empty(), false));
  if (!leases && leases.error().code == ErrorCode::not_found && demand.resources.empty()) return refusals;
  if (!leases) return leases.error();
  lease::Holder holder = own_holder(environment);
  holder.session = demand.session;
  holder.agent = demand.agent;
  if (auto renewed = leases->renew(holder); !renewed) return renewed.error();
  if (on_server && demand.resources.empty()) notes.write(demand.session, demand.agent);
  // All resources of a call share one time of waiting.
  std::int64_t left = demand.waits ? lease::patience_ms : 0;
  for (const std::string& resource : demand.resources) {
    if (resource.ends_with(":*")) {
      auto others = held_by_others(*leases, resource, holder);
      if (!others) return others.error();
      refusals.insert(refusals.end(), others->begin(), others->end());
      continue;
    }
    const std::int64_t begin = files::milliseconds_since_boot();
    const auto answer = leases->take({resource, holder, demand.purpose}, left);
    if (!answer) return answer.error();
    left = std::max<std::int64_t>(left - (files::milliseconds_since_boot() - begin), 0);
    if (on_server && answer->state == Answer::State::held) notes.write(demand.session, demand.agent);
    if (answer->state == Answer::State::held) continue;
    refusals.push_back(sentence(resource, *answer, demand.waits));
    break;
  }
  return refusals;
}

// Claims the files of a subagent before it starts: all of them or none. Returns those that another agent holds.
Result<std::vector<std::string>> begin_work(const Environment& environment, const systems::LeaseDemand& demand) {
  auto leases = lease::Leases::open(store_at(environment, demand.store, true, false));
  if (!leases) return leases.error();
  lease::Holder holder = own_holder(environment);
  holder.session = demand.session;
  holder.agent = std::string(lease::starting) + demand.agent;
  std::vector<lease::Claim> claims;
  for (const std::string& resource : demand.resources) claims.push_back({resource, holder, demand.purpose});
  auto others = leases->claim_all(claims);
  // If the agent never starts, the end of the main conversation's turn releases it.
  if (others && others->empty() && !demand.store.empty()) lease::HeldNotes(environment.state).write(demand.session, "");
  return others;
}

// Gives what was claimed for a subagent to the one that started.
Result<void> take_over(const Environment& environment, const systems::LeaseEnd& agent, const std::string& type) {
  const lease::HeldNotes notes(environment.state);
  if (!agent.store.empty() && !notes.has(agent.session, "", false)) return {};
  auto leases = lease::Leases::open(store_at(environment, agent.store, false, false));
  if (!leases && leases.error().code == ErrorCode::not_found) return {};
  if (!leases) return leases.error();
  if (!agent.store.empty()) notes.write(agent.session, agent.agent);
  return leases->take_over(agent.session, type, agent.agent);
}

Result<void> release(const Environment& environment, const systems::LeaseEnd& end) {
  const lease::HeldNotes notes(environment.state);
  if (!end.store.empty() && !notes.has(end.session, end.agent, end.whole_session)) return {};
  auto leases = lease::Leases::open(store_at(environment, end.store, false, end.whole_session));
  if (!leases && leases.error().code == ErrorCode::not_found) return {};
  if (!leases) return leases.error();
  const auto released = leases->release_all(end.session, end.agent, end.whole_session);
  if (released && !end.store.empty()) notes.remove(end.session, end.agent, end.whole_session);
  return released ? Result<void>() : released.error();
}

}  // namespace

lease::Holder own_holder(const Environment& environment) {
  lease::Holder holder;
  holder.session = environment.session;
  holder.pid = environment.client_process > 0 ? environment.client_process : lease::calling_process();
  holder.started = files::process_start(holder.pid);
  if (holder.started == 0) holder.pid = 0;  // in another container: only time ends the lease
  return holder;
}

systems::LeaseDoor lease_door(const Environment& environment) {
  systems::LeaseDoor door;
  door.take = [&environment](const systems::LeaseDemand& demand) { return take(environment, demand); };
  door.begin_work = [&environment](const systems::LeaseDemand& demand) { return begin_work(environment, demand); };
  door.take_over = [&environment](const systems::LeaseEnd& agent, const std::string& type) {
    return take_over(environment, agent, type);
  };
  door.expect_call = [&environment](const systems::LeaseDemand& caller, const std::string& action) {
    lease::Callers(environment.state).expect(caller.session, caller.agent, action, caller.resources.front());
  };
  door.release = [&environment](const systems::LeaseEnd& end) { return release(environment, end); };
  return door;
}

}  // namespace cascade::cli
