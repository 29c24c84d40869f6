// The current state of a skill's folder, to which a consent to its hooks refers.
#pragma once

#include <cascade/manifest.h>
#include <cascade/result.h>

#include <string>
#include <string_view>
#include <vector>

#include "files/whole_folder.h"
#include "manifest/skill_hooks.h"

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

}  // namespace cascade::trust
