// Renders what `cascade listing tune` and `restore` did to a settings file, for people and programs.
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
  removed,    // there was no file before
  merged,     // the file was changed since: only the tuned members were taken out
};
Result<std::string> restored_listing(Restored restored, const Tuned& tuned, Format format);

}  // namespace cascade::rendering
