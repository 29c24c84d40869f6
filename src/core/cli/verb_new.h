// The text of a new manifest to start from: small, and without findings in any profile.
#pragma once

#include <cascade/manifest.h>
#include <cascade/result.h>

#include <optional>
#include <string>
#include <string_view>

namespace cascade::cli {

// `path`: relative to the folder that holds skills/, agents/ and commands/. `name`: the name for calling it
// ("db:migrate" for a command in a folder).
struct NewManifest {
  Kind kind = Kind::skill;
  std::string name, path, text;
};

// misuse: an unknown kind; a name that is not lower-case words of a to z and 0 to 9 joined by hyphens (commands: with
// folders before it, separated by `/` or `:`), with the nearest valid one in `help`; a description that is blank or has
// control characters; anything that validate() finds in the text under one of its profiles, such as a reserved name. If
// no description is given, one is made from the name.
Result<NewManifest> new_manifest(std::string_view kind, std::string_view name,
                                 const std::optional<std::string>& description);

}  // namespace cascade::cli
