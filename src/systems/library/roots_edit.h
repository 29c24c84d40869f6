// Puts a root into the user's cascade.yaml, and takes it out again.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cascade::collection {

// Everything else in the text stays as it is. Nothing: it is written in a way that is not safe to edit; `root` is as
// the file writes it ("~/x"). A root that is there already, or not there, changes nothing. A list that holds nothing
// but the default sources goes with its last root.
std::optional<std::string> with_root(std::string_view text, const std::string& root);
std::optional<std::string> without_root(std::string_view text, const std::string& root);

bool has_root(std::string_view text, const std::string& root);

// How the user's file names a folder: "~/x" for one in the home.
std::string root_at(const std::string& home, const std::string& folder);

}  // namespace cascade::collection
