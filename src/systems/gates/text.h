// Gates and their records as text and JSON.
#pragma once

#include <cascade/render.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

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
