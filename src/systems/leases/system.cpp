// Leases: who holds a resource that only one caller can use at a time.
#include <algorithm>
#include <iterator>

#include "cli/call.h"
#include "cli/verbs.h"
#include "client/event_input.h"
#include "events/event_session.h"
#include "events/judges.h"
#include "files/process.h"
#include "leases/calls.h"
#include "leases/lease.h"
#include "store/store.h"
#include "system/system.h"
#include "unicode/utf8.h"

namespace cascade::cli {
namespace {

// The client's conversation if a client runs this, else the calling shell. The agent is left empty.
lease::Holder holder_of(const Environment& environment) {
  return systems::own_holder(environment.client_process, environment.session);
}

Exit refuse(Call& call, const std::string& resource, const lease::Answer& answer) {
  std::string text = resource + " is held by " + lease::describe(answer.other);
  if (answer.state == lease::Answer::State::lost) {
    text = "the lease on " + resource + " (token " + std::to_string(answer.token) + ") was lost: it is ";
    if (answer.other.resource.empty())
      return call.console().deny(text + "free now\n  help: look at what has changed, then cascade lease take " +
                                 resource);
    text += "held by " + lease::describe(answer.other);
  } else if (answer.other.resource.empty())
    text = resource + " is waited for by " + std::to_string(answer.ahead) + " before";
  return call.console().deny(text + "\n  help: take another one, or try again; cascade lease break " + resource);
}

Exit list(Call& call, Format format) {
  const auto place = configured_store(call.environment(), false, true);
  if (!place) return call.console().fail(place.error());
  auto leases = lease::Leases::open(*place);
  if (!leases && leases.error().code != ErrorCode::not_found) return call.console().fail(leases.error());
  std::vector<lease::Lease> held;
  if (leases) {
    auto found = leases->list();
    if (!found) return call.console().fail(found.error());
    held = *std::move(found);
    const auto lost = leases->lost_by(holder_of(call.environment()));
    if (!lost) return call.console().fail(lost.error());
    for (const lease::Lease& one : *lost)
      call.console().note("the lease on " + unicode::displayable(one.resource) + " (token " +
                          std::to_string(one.token) + ") was yours and was lost");
  }
  if (held.empty()) call.console().note("nothing is leased");
  return call.console().show(rendering::lease_list_text(held, format));
}

// For a person; a script gets the token alone.
std::string sentence(const lease::Claim& claim, std::int64_t token) {
  const std::string until = claim.holder.session.empty() && claim.holder.pid > 0
                                ? "until you give it up, " +
                                      lease::owner_text(claim.holder.pid, files::command_line(claim.holder.pid)) +
                                      ", ends, or it was not taken again for five minutes"
                                : "until it is given up, the session ends, or it has called no tool for five minutes";
  return claim.resource + " is yours, token " + std::to_string(token) + ", " + until +
         "\n  give it up: cascade lease release " + claim.resource + "\n";
}

// A lease ends with its owner: one that ends at once holds nothing.
void warn_of_short_life(Call& call, const lease::Holder& holder) {
  if (!holder.session.empty() || holder.pid <= 0 || call.environment().client_process > 0) return;
  const std::vector<std::string> words = files::command_line(holder.pid);
  if (!lease::ends_with_its_command(words)) return;
  call.console().complain("the lease belongs to " + lease::owner_text(holder.pid, words) +
                          ", and ends with it, which is as soon as this command is done\n"
                          "  help: take it from the shell or the script that needs it");
}

Exit take(Call& call, lease::Leases& leases, const lease::Claim& claim, std::optional<std::uint32_t> wait,
          Format format) {
  const std::int64_t most = wait ? std::int64_t{*wait} * 1000 : lease::patience_ms;
  const auto answer = leases.take(claim, most);
  if (!answer) return call.console().fail(answer.error());
  if (leases.store().is_on_server() && answer->state == lease::Answer::State::held && !claim.holder.session.empty())
    lease::note_held(call.environment().state, claim.holder.session, claim.holder.agent);
  if (answer->state == lease::Answer::State::held && format == Format::text && call.console().on_terminal())
    call.console().print(sentence(claim, answer->token));
  else
    call.console().print(rendering::lease_take_text(claim.resource, *answer, format));
  if (answer->state != lease::Answer::State::held) return refuse(call, claim.resource, *answer);
  warn_of_short_life(call, claim.holder);
  return Exit::yes;
}

Exit give_back(Call& call, lease::Leases& leases, const lease::Claim& claim) {
  const auto done = leases.release(claim.resource, claim.holder);
  if (!done) return call.console().fail(done.error());
  if (*done) return Exit::yes;
  const auto lost = leases.tell_lost(claim);
  if (!lost) return call.console().fail(lost.error());
  if (lost->state == lease::Answer::State::lost) return refuse(call, claim.resource, *lost);
  const auto held = leases.list();
  if (!held) return call.console().fail(held.error());
  const auto other = std::ranges::find(*held, claim.resource, &lease::Lease::resource);
  if (other == held->end())
    return call.console().deny(claim.resource + " is free: nobody holds it\n  help: cascade lease list");
  return call.console().deny(claim.resource + " is not yours, but held by " + lease::describe(*other) +
                             "\n  help: ask there, or cascade lease break " + claim.resource);
}

Exit take_away(Call& call, lease::Leases& leases, const lease::Claim& claim) {
  const std::string& resource = claim.resource;
  const auto done = leases.break_lease(resource, claim.holder);
  if (!done) return call.console().fail(done.error());
  if (*done) return Exit::yes;
  return call.console().deny("nobody holds " + resource + "\n  help: cascade lease list");
}

}  // namespace

Exit run_lease(Call& call) {
  std::vector<std::string> words;
  std::string purpose;
  std::optional<std::uint32_t> wait;
  Arguments arguments("lease");
  arguments.words("ACTION", words, 0, 2);
  arguments.text("--purpose", purpose);
  arguments.number("--wait", wait);
  if (const auto ended = call.read(arguments, {Format::text, Format::json})) return *ended;
  const std::string action = words.empty() ? "list" : words[0];
  if (action == "list" && words.size() < 2) return list(call, call.format());
  const bool known = action == "take" || action == "release" || action == "break";
  if (!known || words.size() != 2 || words[1].empty()) return call.console().fail(call.unfit());
  const auto place = configured_store(call.environment(), true, true);
  if (!place) return call.console().fail(place.error());
  auto leases = lease::Leases::open(*place);
  if (!leases) return call.console().fail(leases.error());
  lease::Claim claim{words[1], holder_of(call.environment()), purpose};
  claim.holder.agent = lease::take_caller(call.environment().state, claim.holder.session, action, words[1]);
  if (action == "take") return take(call, *leases, claim, wait, call.format());
  return action == "release" ? give_back(call, *leases, claim) : take_away(call, *leases, claim);
}

}  // namespace cascade::cli

namespace cascade::systems {

Result<client::Answer> hear_callers(EventSession& session);
std::unique_ptr<CallJudge> leases(JudgedCall& call);
core::SessionPart lease_part(const cli::Environment& environment, const std::string& id);
void prepare_contested_files(EventSession& session, Workspace& library, HookOptions& options);

}  // namespace cascade::systems

namespace cascade::core {
namespace {

using cli::Group, cli::Words;
constexpr cli::Verb leases_verbs[] = {
    {"lease", Group::guard, 30, "show and change who holds what only one can use", cli::run_lease, Words::files,
     "list, take RESOURCE, release RESOURCE or break RESOURCE"},
};
constexpr std::string_view leases_switches[] = {"leases"};
constexpr Judge leases_judges[] = {
    {Turn::takes, Sees::this_machine, systems::leases, nullptr},
};

}  // namespace

extern const System leases_system = {
    .name = "leases",
    .verbs = {leases_verbs, std::size(leases_verbs)},
    .switches = {leases_switches, std::size(leases_switches)},
    .rank = 10,
    .hear = systems::hear_callers,
    .prepare = systems::prepare_contested_files,
    .judges = {leases_judges, std::size(leases_judges)},
    .is_graded = true,
    .doctor = {cli::store_examinations, std::size(cli::store_examinations)},
    .session = systems::lease_part,
};

}  // namespace cascade::core
