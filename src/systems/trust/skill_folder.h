// The current state of a skill's folder, to which a consent to its hooks refers.
#pragma once

#include <cascade/manifest.h>
#include <cascade/result.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "files/whole_folder.h"
#include "manifest/skill_hooks.h"
#include "policy/allowed.h"

namespace cascade::trust {

struct SkillFolder {
  Symbol symbol;
  std::string manifest;  // its file's name
  std::string path;      // the folder; absolute, links resolved
  std::vector<files::WholeFile> files;
  // SHA-256 of the skill's name and of the path, the permissions and the bytes of everything in the folder.
  std::string hash;

  const files::WholeFile* find(std::string_view file) const;  // below the folder; null if there is none
  std::string manifest_path() const;
};

// unsupported: the manifest is not a skill with a folder of its own, or the folder contains something that cannot be
// vouched for (files::read_whole_folder). Also not_found, unreadable.
Result<SkillFolder> read_skill_folder(const Symbol& symbol, const std::string& manifest_path);

// The hooks that the manifest in the folder declares, regardless of any index.
manifest::SkillHooks hooks_of(const SkillFolder& folder);

// Checks that the program can be run. The error says why not, with a next step: it is missing, not executable, or needs
// an interpreter in a folder that anyone may write to.
Result<void> check_program(const SkillFolder& folder, const std::string& program);

// Whether a person allowed what a manifest would run, exactly as it is now.

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
