// The event of a tool that ended can hold a whole page or log, and a prompt whatever was pasted into it; most of that
// is not needed. Long strings are cut before the JSON is parsed, by a scan that only looks for quotes.
#pragma once

#include <string>
#include <string_view>

namespace cascade::hook {

constexpr std::size_t longest_string = 64 * 1024;                  // bytes as written in the JSON; longer ones are cut
constexpr std::size_t kept_of_string = 8 * 1024;                   // at each end
constexpr std::size_t kept_of_prompt = 24 * 1024;                  // the same, of a prompt
constexpr std::string_view cut_mark = "[... cut by cascade ...]";  // marks each cut
constexpr std::string_view prompt_cut_mark = "\\n\\n";             // of a prompt: only whoever routes it reads it

// Cuts the long strings of a PostToolUse or PostToolUseFailure event and the long prompt of an event that is about no
// tool; returns any other event unchanged. Well-formed JSON stays well-formed. Linear, at the speed of memchr where few
// quotes are escaped.
std::string shorten_event(std::string event);

}  // namespace cascade::hook
