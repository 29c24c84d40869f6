// The gates that are active here, each with its record.
#pragma once

#include <cascade/render.h>
#include <cascade/result.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/call.h"
#include "cli/environment.h"
#include "policy/policy.h"
#include "records/record.h"

namespace cascade::rendering {

struct GateView {
  gate::Rule rule;
  policy::Mode configured = policy::Mode::off;  // in cascade.yaml
  std::optional<policy::Check> check{};         // empty: built in
  std::string known_from{};                     // the origin of its first counts
  gate::Standing standing{};
  std::string configured_mode{}, in_force{};  // configured_mode: what is configured, or what was set
  std::vector<gate::Trial> trials{};          // the newest first
};

std::string gate_list_text(const std::vector<GateView>& gates, Format format, std::int64_t now);
// One gate's record, with a drawing.
std::string gate_text(const GateView& gate, Format format, std::int64_t now);

}  // namespace cascade::rendering

namespace cascade::cli {

// The configuration where the verb runs, and access to its records.
struct GatePlace {
  policy::Policy policy;
  std::string store;      // policy::store_of()
  std::string work_tree;  // or the directory itself
};
Result<GatePlace> gate_place(const Environment& environment);

// Built-in gates and configured checks, by name. Before that, looks at the history of the repositories in which they
// judged.
Result<std::vector<rendering::GateView>> gate_views(const Environment& environment, const GatePlace& place,
                                                    std::int64_t now);

// Puts a standing into the view, with the modes that follow from it.
void take_standing(rendering::GateView& view, const gate::Standing& standing);

// The gate of this name; nothing if there is none here.
std::optional<rendering::GateView> find_gate(const GatePlace& place, const std::string& name);

// Looks at every work tree with flags that may have an outcome by now.
Result<void> look_at_histories(gate::Records& records, std::int64_t now);

// Lets a gate judge history: each commit is checked in its own state, and its outcome is already known.
struct Replayed {
  std::uint64_t commits = 0, flagged = 0, right = 0, wrong = 0;
  std::uint64_t known = 0;       // judged before
  std::uint64_t not_judged = 0;  // the check could not run, or took too long
};

// Judges this repository's commits after `since`, the oldest first, without merges, and records what became of them.
// REQUIRES: the gate is a check. not_found: no repository, or no such revision.
Result<Replayed> replay_gate(Call& call, const GatePlace& place, const rendering::GateView& gate,
                             const std::string& since, std::int64_t now);

}  // namespace cascade::cli
