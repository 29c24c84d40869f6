// The text of a manifest that somebody begins with: small, and without a finding in any profile.
#pragma once

#include <cascade/manifest.h>
#include <cascade/result.h>

#include <optional>
#include <string>
#include <string_view>

namespace cascade::cli {

// `path`: relative to the folder that holds skills/, agents/ and commands/. `name`: as it is called ("db:migrate" for a
// command in a folder).
struct NewManifest {
  Kind kind = Kind::skill;
  std::string name, path, text;
};

// misuse: no such kind; a name that is not lower-case words of a to z and 0 to 9, joined by hyphens (commands: with
// folders before it, by `/` or `:`), with the nearest one in `help`; a blank description, or one with control
// characters; anything that validate() finds in the text under one of its profiles, such as a reserved name. Without a
// description one is made of the name.
Result<NewManifest> new_manifest(std::string_view kind, std::string_view name,
                                 const std::optional<std::string>& description);

}  // namespace cascade::cli
