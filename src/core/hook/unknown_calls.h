// What a prompt calls by a name that nothing in the library has: whoever wrote it would believe that it came.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hook/routing.h"

namespace cascade::hook {

// A line for each: "\"brainstroming\" names nothing in the library; nearest: skill:brainstorming". What the client has
// itself, what the work tree holds, and what may be an ordinary word are no such names; what work is about ("use the
// pdf skill") is one where the prompt is not answered. Where it has no word of kind and does not begin with a mark, one
// pass over its words.
std::vector<std::string> unknown_calls(const Place& place, const Router& router, std::string_view prompt,
                                       bool answered);

}  // namespace cascade::hook
