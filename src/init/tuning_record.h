// The record that `cascade listing tune` keeps of a settings file, so that `restore` returns it byte for byte.
#pragma once

#include <cascade/result.h>

#include <optional>
#include <string>

#include "files/tree.h"
#include "init/installation.h"

namespace cascade::init {

struct TuningRecord {
  std::string path;                   // of the settings file
  std::optional<std::string> before;  // nothing: the file did not exist
  std::string after;
  bool made_folder = false;  // its folder did not exist
};

// There is one file in `state` for each settings file. not_found: nothing was tuned there.
Result<TuningRecord> read_tuning(const files::Tree& tree, const std::string& state, const std::string& settings_path);
Result<void> write_tuning(const std::string& state, const TuningRecord& record);
Result<void> forget_tuning(const std::string& state, const std::string& settings_path);

// The skills that tuning added.
std::vector<std::string> tuned_skills(const TuningRecord& record);

// The change that lists `skills` by name alone, based on the text from before any earlier tuning.
Result<Plan> plan_tuned_settings(const files::Tree& tree, const std::string& state, const std::string& settings_path,
                                 const std::vector<std::string>& skills);
// The change back: the text from before; or, if the file was changed since, the current text without what tuning added.
Result<Plan> plan_untuned_settings(const files::Tree& tree, const TuningRecord& record);

}  // namespace cascade::init
