// Members of `skillOverrides` into and out of the client's settings, as text: every byte that is not ours stays.
#pragma once

#include <cascade/result.h>

#include <string>
#include <string_view>
#include <vector>

namespace cascade::init {

// The settings with `"skill": "value"` for each of the skills that they say nothing of, behind what they say. An empty
// text stands for no file. malformed: no JSON object, or skillOverrides is none; the error's path is line:column.
Result<std::string> add_overrides(std::string_view settings, const std::vector<std::string>& skills,
                                  std::string_view value);

// The settings without the members of `skills` that still have this value; an object that then holds nothing goes too.
Result<std::string> remove_overrides(std::string_view settings, const std::vector<std::string>& skills,
                                     std::string_view value);

// The skills that `after` has this value for and `before` says nothing of. What cannot be read says nothing.
std::vector<std::string> added_overrides(std::string_view before, std::string_view after, std::string_view value);

}  // namespace cascade::init
