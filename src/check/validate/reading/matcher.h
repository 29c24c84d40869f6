// The targets that a hook's matcher can match (client 2.1.328).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::validation {

// A matcher of only letters, digits and `_ | , - blank` is one or several names; anything else is a regular
// expression.
bool is_list_of_names(std::string_view matcher) noexcept;
std::vector<std::string_view> names_in(std::string_view matcher);  // split at `|` and `,`, trimmed

// The alternatives of an expression that no group encloses.
std::vector<std::string_view> alternatives_in(std::string_view expression);

// "Bash(git commit:*)", a rule of permissions, would match only a tool named "Bashgit commit". Returns the tool's name;
// empty: the alternative has another form.
std::string_view tool_of_permission(std::string_view alternative);

// Returns the fault of a regular expression as JavaScript reads it; nothing: it is well-formed. Checks structure
// (groups, classes, repetitions, escapes), not meaning. Linear.
std::optional<std::string> regex_fault(std::string_view expression);

}  // namespace cascade::validation
