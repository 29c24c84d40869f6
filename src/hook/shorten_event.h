// Events of tools that ended can hold a whole page or log. Most of it is nobody's business: what is long is cut out
// before the JSON is parsed, by a scan that only looks for quotes.
#pragma once

#include <string>
#include <string_view>

namespace cascade::hook {

constexpr std::size_t longest_string = 64 * 1024;                  // bytes as written in the JSON; longer ones are cut
constexpr std::size_t kept_of_string = 8 * 1024;                   // at each end
constexpr std::string_view cut_mark = "[... cut by cascade ...]";  // stands where something was

// The event with long strings cut, if it is of PostToolUse or PostToolUseFailure; any other one as it is. Where the
// JSON was well-formed it still is. Linear, at the speed of memchr.
std::string shorten_event(std::string event);

}  // namespace cascade::hook
