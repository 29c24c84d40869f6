// The form in which most clients take an answer: {"systemMessage": ..., "hookSpecificOutput": {...}}, each with names
// of its own for a tool's input.
#pragma once

#include <string>
#include <string_view>

#include "client/event_input.h"

namespace cascade::client {

// The tool's input as the client is to use it: with the task's prompt and type in their places.
syntax::Node rewritten_input(const EventInput& event, const Answer& answer);

// `input_key`: under which the client takes a tool's input anew. `permission`: whether it only takes one together with
// the permission to use the tool.
struct NestedForm {
  std::string_view input_key;
  bool permission = false;
};
std::string write_nested(const EventInput& event, const Answer& answer, const NestedForm& form);

}  // namespace cascade::client
