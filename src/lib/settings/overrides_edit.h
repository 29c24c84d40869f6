// Adds and removes members of `skillOverrides` in the text of the client's settings. Every other byte stays.
#pragma once

#include <cascade/result.h>

#include <string>
#include <string_view>
#include <vector>

namespace cascade::init {

// The settings with `"skill": "value"` added for each skill that they do not mention. An empty text represents a
// missing file. malformed: it is not a JSON object, or skillOverrides is not one; the error's path is line:column.
Result<std::string> add_overrides(std::string_view settings, const std::vector<std::string>& skills,
                                  std::string_view value);

// The settings without those members of `skills` that still have this value. An object that is empty afterwards goes
// too.
Result<std::string> remove_overrides(std::string_view settings, const std::vector<std::string>& skills,
                                     std::string_view value);

// The skills that have this value in `after` and are not mentioned in `before`. Unreadable settings mention nothing.
std::vector<std::string> added_overrides(std::string_view before, std::string_view after, std::string_view value);

}  // namespace cascade::init
