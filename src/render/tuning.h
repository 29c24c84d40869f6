// What `cascade listing tune` and `restore` did to a settings file, for people and programs.
#pragma once

#include <cascade/render.h>

#include <string>

#include "listing/tune.h"

namespace cascade::rendering {

struct Tuned {
  std::string path;  // of the settings file
  bool written = false;
};

// text, json.
Result<std::string> tuned_listing(const listing::TunePlan& plan, const Tuned& tuned, Format format);

enum class Restored : std::uint8_t {
  as_before,  // byte for byte
  removed,    // there was none before
  merged,     // somebody changed it since: only what was tuned is out of it
};
Result<std::string> restored_listing(Restored restored, const Tuned& tuned, Format format);

}  // namespace cascade::rendering
