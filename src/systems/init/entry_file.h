// The entry skill (client/entry_skill.h) next to the settings that hold the hooks.
#pragma once

#include <cascade/result.h>

#include <string>

#include "files/tree.h"

namespace cascade::init {

// The next step for the file. keep: it is there already, or nothing of ours is. foreign: a skill of that name belongs
// to someone else or was changed, and stays.
struct EntryPlan {
  enum class Step { keep, write, remove, foreign };
  std::string path;
  Step step = Step::keep;
};

// `claude_folder`: the .claude folder of the settings.
EntryPlan plan_entry_installation(const files::Tree& tree, const std::string& claude_folder);
EntryPlan plan_entry_removal(const files::Tree& tree, const std::string& claude_folder);

// Removing also deletes the folders that held nothing else. Error: unwritable.
Result<void> carry_out(const EntryPlan& plan);

}  // namespace cascade::init
