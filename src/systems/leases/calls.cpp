// Opens the store of leases for one event of the client. A store on a server is asked only if this conversation may
// hold something there, which a note in the state folder says: otherwise each tool call would wait for the network.
#include "leases/calls.h"

#include <algorithm>

#include "files/process.h"
#include "leases/callers.h"
#include "leases/held_notes.h"
#include "leases/owner.h"

namespace cascade::systems {
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

}  // namespace

Result<std::vector<std::string>> take_leases(const LeaseDemand& demand, const Surroundings& surroundings) {
  std::vector<std::string> refusals;
  const lease::HeldNotes notes(surroundings.state_directory);
  const bool on_server = !demand.store.empty();
  if (on_server && demand.resources.empty() && !notes.is_due(demand.session, demand.agent)) return refusals;
  auto leases = lease::Leases::open(surroundings.store_options(demand.store, !demand.resources.empty()));
  if (!leases && leases.error().code == ErrorCode::not_found && demand.resources.empty()) return refusals;
  if (!leases) return leases.error();
  lease::Holder holder = own_holder(surroundings.client_process);
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
Result<std::vector<std::string>> begin_work(const LeaseDemand& demand, const Surroundings& surroundings) {
  auto leases = lease::Leases::open(surroundings.store_options(demand.store, true));
  if (!leases) return leases.error();
  lease::Holder holder = own_holder(surroundings.client_process);
  holder.session = demand.session;
  holder.agent = std::string(lease::starting) + demand.agent;
  std::vector<lease::Claim> claims;
  for (const std::string& resource : demand.resources) claims.push_back({resource, holder, demand.purpose});
  auto others = leases->claim_all(claims);
  // If the agent never starts, the end of the main conversation's turn releases it.
  if (others && others->empty() && !demand.store.empty())
    lease::HeldNotes(surroundings.state_directory).write(demand.session, "");
  return others;
}

// Gives what was claimed for a subagent to the one that started.
Result<void> take_over(const LeaseEnd& agent, const std::string& type, const Surroundings& surroundings) {
  const lease::HeldNotes notes(surroundings.state_directory);
  if (!agent.store.empty() && !notes.has(agent.session, "", false)) return {};
  auto leases = lease::Leases::open(surroundings.store_options(agent.store, false));
  if (!leases && leases.error().code == ErrorCode::not_found) return {};
  if (!leases) return leases.error();
  if (!agent.store.empty()) notes.write(agent.session, agent.agent);
  return leases->take_over(agent.session, type, agent.agent);
}

Result<void> release_leases(const LeaseEnd& end, const Surroundings& surroundings) {
  const lease::HeldNotes notes(surroundings.state_directory);
  if (!end.store.empty() && !notes.has(end.session, end.agent, end.whole_session)) return {};
  auto leases = lease::Leases::open(surroundings.store_options(end.store, false, end.whole_session));
  if (!leases && leases.error().code == ErrorCode::not_found) return {};
  if (!leases) return leases.error();
  const auto released = leases->release_all(end.session, end.agent, end.whole_session);
  if (released && !end.store.empty()) notes.remove(end.session, end.agent, end.whole_session);
  return released ? Result<void>() : released.error();
}

lease::Holder own_holder(std::int64_t client_process) {
  lease::Holder holder;
  holder.pid = client_process > 0 ? client_process : lease::calling_process();
  holder.started = files::process_start(holder.pid);
  if (holder.started == 0) holder.pid = 0;  // in another container: only time ends the lease
  return holder;
}

}  // namespace cascade::systems
