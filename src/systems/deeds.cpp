#include "systems/deeds.h"

#include "evidence/deed.h"
#include "systems/tool_call.h"

namespace cascade::systems {

Result<std::string> note_deed(const hook::EventInput& event, const policy::Policy& policy,
                              const Surroundings& surroundings) {
  if (policy.is_blind() || surroundings.state_directory.empty()) return std::string();
  const evidence::ToolCall call = tool_call(event);
  const evidence::Deed deed = evidence::read_deed(call);
  static_cast<void>(deed);
  return std::string();
}

Result<std::string> note_turn_end(const hook::EventInput& event, const policy::Policy& policy,
                                  const Surroundings& surroundings) {
  static_cast<void>(event), static_cast<void>(policy), static_cast<void>(surroundings);
  return std::string();
}

}  // namespace cascade::systems
