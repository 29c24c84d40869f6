// A gate as it is seen from three sides: what cascade.yaml says (configured), what its record allows (earned), and what
// applies (in force); as text and as JSON.
#pragma once

#include <cascade/render.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "policy/policy.h"
#include "records/gate_records.h"
#include "records/record.h"

namespace cascade::rendering {

struct GateView {
  gate::Rule rule;
  std::string system{};                         // by whose hooks it is called
  std::vector<std::string> unheard{};           // events that the system needs and no hook brings it
  bool is_deaf = false;                         // one of them is what the gate judges: nothing is in force
  policy::Mode configured = policy::Mode::off;  // in cascade.yaml
  std::optional<policy::Check> check{};         // empty: built in
  std::string known_from{};                     // the origin of its first counts
  gate::Standing standing{};
  std::string configured_mode{}, in_force{};  // configured_mode: what is configured, or what was set
  std::vector<gate::Trial> trials{};          // the newest first
};

// `now`: seconds since 1970.
std::string gate_list_text(const std::vector<GateView>& gates, Format format, std::int64_t now);
std::string gate_text(const GateView& gate, Format format, std::int64_t now);  // one gate's record, with a drawing

}  // namespace cascade::rendering

// Runs one of the user's own checks.

namespace cascade::systems {

struct CheckRun {
  bool flagged = false;
  int exit_code = 0;
  std::string output;   // the end of its output, which may hold anything
  std::string failure;  // why it could not judge: missing, too slow
};

// Runs the check in `directory` for at most `most_ms` milliseconds, with an empty standard input. A relative program
// ("./lint") and the script behind an interpreter ("python3 lint.py") are taken from `scripts`.
CheckRun run_check(const policy::Check& check, const std::string& directory, const std::string& scripts,
                   std::uint32_t most_ms);

// A description of the check that changes whenever the check does: its command and moment, the place where it is
// defined, and the content of its own script.
std::string rule_words(const policy::Check& check, const std::string& scripts);

std::string command_of(const policy::Check& check);  // "npm run lint"

}  // namespace cascade::systems
