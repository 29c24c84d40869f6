// The settings in force as text and JSON.
#pragma once

#include <string>
#include <vector>

#include "render/parts.h"

namespace cascade::rendering {

// `from` is a variable, an option, a place ("/p/cascade.yaml:3"), several places separated by ", ", or "default".
// `note`: why a value in a file has no effect, or only a part of it; may be empty.
struct SettingInForce {
  std::string name, value, from, note;
};

std::string settings_text(const std::vector<SettingInForce>& settings, Paint paint);
std::string settings_json(const std::vector<SettingInForce>& settings);

}  // namespace cascade::rendering
