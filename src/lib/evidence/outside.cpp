#include "evidence/outside.h"

#include <algorithm>
#include <optional>

namespace cascade::systems {

using evidence::Claim;
using evidence::Finding;
using session::Entry;

namespace {

std::optional<evidence::Event::What> what_of(session::Event event) {
  using What = evidence::Event::What;
  switch (event) {
    case session::Event::effect: return What::effect;
    case session::Event::witness: return What::witness;
    case session::Event::prediction: return What::prediction;
    case session::Event::ended: return What::ended;
    case session::Event::waived: return What::waived;
    case session::Event::told: return What::told;
    default: return std::nullopt;
  }
}

}  // namespace

Finding finding_of(const Entry& entry) {
  const session::Outside& outside = entry.outside;
  Finding finding;
  finding.is_effect = entry.event == session::Event::effect;
  finding.kind = evidence::kind_of(outside.kind).value_or(evidence::Kind::change);
  finding.interface = evidence::interface_of(outside.interface).value_or(evidence::Interface::cli);
  finding.target = outside.target;
  finding.names = outside.names;
  finding.program = outside.program;
  finding.subcommand = outside.subcommand;
  return finding;
}

std::vector<evidence::Event> outside_events(const session::Ledger& ledger) {
  std::vector<evidence::Event> events;
  for (const Entry& entry : ledger.entries()) {
    const auto what = what_of(entry.event);
    if (!what) continue;
    evidence::Event event;
    event.what = *what;
    event.id = entry.sequence;
    event.finding = finding_of(entry);
    event.agent = entry.recipient == session::main_conversation ? std::string() : entry.recipient;
    event.prompt = entry.prompt_id;
    event.task = entry.outside.task;
    event.text = entry.outside.text;
    event.holds = entry.decision != "failed";
    event.predictions = entry.outside.predictions;
    event.of = entry.outside.of;
    events.push_back(std::move(event));
  }
  return events;
}

bool has_open_effect(const session::Ledger& ledger, const std::string& agent) {
  const std::vector<Claim> claims = evidence::assess(outside_events(ledger));
  return std::any_of(claims.begin(), claims.end(),
                     [&](const Claim& claim) { return claim.agent == agent && claim.is_open(); });
}

}  // namespace cascade::systems
