// What `cascade listing tune` keeps of a settings file, so that `restore` gives it back byte for byte.
#pragma once

#include <cascade/result.h>

#include <optional>
#include <string>

#include "files/tree.h"
#include "init/installation.h"

namespace cascade::init {

struct TuningRecord {
  std::string path;                   // of the settings file
  std::optional<std::string> before;  // empty: there was none
  std::string after;
  bool made_folder = false;  // its folder was not there before
};

// One file in `state` for each settings file. not_found: nothing was tuned there.
Result<TuningRecord> read_tuning(const files::Tree& tree, const std::string& state, const std::string& settings_path);
Result<void> write_tuning(const std::string& state, const TuningRecord& record);
Result<void> forget_tuning(const std::string& state, const std::string& settings_path);

// The skills that tuning put in.
std::vector<std::string> tuned_skills(const TuningRecord& record);

// The change that lists `skills` by their name alone, upon what was there before an earlier tuning.
Result<Plan> plan_tuned_settings(const files::Tree& tree, const std::string& state, const std::string& settings_path,
                                 const std::vector<std::string>& skills);
// The change back: what was there before, or, when somebody changed the file since, without what tuning put in.
Result<Plan> plan_untuned_settings(const files::Tree& tree, const TuningRecord& record);

}  // namespace cascade::init
