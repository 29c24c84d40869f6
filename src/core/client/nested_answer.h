// The answer format of most clients: {"systemMessage": ..., "hookSpecificOutput": {...}}, each with its own name for a
// tool's input.
#pragma once

#include <string>
#include <string_view>

#include "client/event_input.h"

namespace cascade::client {

// Returns the tool's input for the client to use, with the task's prompt and type put in.
syntax::Node rewritten_input(const EventInput& event, const Answer& answer);

// `input_key`: the name under which the client accepts a replaced tool input. `permission`: whether it accepts one
// only together with the permission to use the tool.
struct NestedForm {
  std::string_view input_key;
  bool permission = false;
};
std::string write_nested(const EventInput& event, const Answer& answer, const NestedForm& form);

}  // namespace cascade::client
