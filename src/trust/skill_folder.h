// A skill's folder as it is now: what a consent to its hooks is about.
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
  std::string path;      // of the folder; absolute, links resolved
  std::vector<files::WholeFile> files;
  // SHA-256 of the skill's name and of the path, the permissions and the bytes of everything in the folder.
  std::string hash;

  const files::WholeFile* find(std::string_view file) const;  // below the folder; null: there is no such file
  std::string manifest_path() const;
};

// unsupported: the manifest is no skill with a folder of its own, or the folder holds what cannot be vouched for
// (files::read_whole_folder); not_found, unreadable.
Result<SkillFolder> read_skill_folder(const Symbol& symbol, const std::string& manifest_path);

// The hooks that the manifest in the folder declares, whatever an index says.
manifest::SkillHooks hooks_of(const SkillFolder& folder);

// Why this program cannot be run, with the next step: it is not there, is not executable, or is executed by what lies
// where anybody may write. Nothing: it can be.
Result<void> check_program(const SkillFolder& folder, const std::string& program);

}  // namespace cascade::trust
