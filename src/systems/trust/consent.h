// Whether a person allowed what a manifest would run, exactly as it is now.
#pragma once

#include <cascade/manifest.h>
#include <cascade/result.h>

#include <optional>
#include <string>

#include "policy/allowed.h"

namespace cascade::trust {

struct Consent {
  Allowed::Hooks state = Allowed::Hooks::none;
  std::string hash{};            // of a skill's folder; empty for a command
  std::optional<Error> refused;  // it cannot be allowed at all: the folder holds a link, or the skill has none
};

// A skill is allowed by its whole folder, a command by its file; neither by a folder around it. `path`: of the
// manifest, absolute, links resolved. Reads the folder or the file.
Consent consent_to(const Symbol& symbol, const std::string& path, const Allowed& allowed);

// "asleep", "changed", "allowed".
std::string_view to_string(Allowed::Hooks state) noexcept;

// The list at `path`. unreadable: it belongs to another user, who grants nothing; the other errors of Allowed::read.
Result<Allowed> read_own_list(const std::string& path);

}  // namespace cascade::trust
