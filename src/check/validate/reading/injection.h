// Recognises orders that replace, hide or forge instructions, by patterns of words.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cascade::validation {

struct InjectionMatch {
  std::size_t begin = 0, end = 0;  // bytes of the sentence
  std::string_view what;           // for the message
};

// "Disregard every earlier instruction": a verb in the imperative, and the instructions given to the model as its
// object.
std::optional<InjectionMatch> find_override(std::string_view sentence) noexcept;

// "do not tell the user", "without the user noticing", next to something being done (`around`: the sentence with its
// neighbours).
std::optional<InjectionMatch> find_secrecy(std::string_view sentence, std::string_view around) noexcept;

// "SYSTEM: you are ..." at the beginning of a line.
std::optional<InjectionMatch> find_role_switch(std::string_view line) noexcept;

std::string code_point_name(char32_t c);  // "U+202E"

}  // namespace cascade::validation
