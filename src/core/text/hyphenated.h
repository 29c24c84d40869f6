// Names of lower-case words joined by single hyphens, the form that skills, agents and commands need: "pdf-tools".
#pragma once

#include <string>
#include <string_view>

namespace cascade::letters {

// Whether the name consists of such words of ASCII letters and digits; false for an empty one. `any_script`: whatever
// is not ASCII counts as a lower-case letter, too.
bool is_hyphenated(std::string_view name, bool any_script = false) noexcept;

// Turns "PDF Tools" into "pdf-tools": capitals become lower case, each run of what is neither letter nor digit becomes
// a hyphen, none stays at the ends. What is not ASCII counts as such a run. Empty if nothing is left.
std::string hyphenated(std::string_view name);

}  // namespace cascade::letters
