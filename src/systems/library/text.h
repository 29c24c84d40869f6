// Shows the libraries that were taken from others, and what one of them brings.
#pragma once

#include <cascade/registry.h>
#include <cascade/render.h>

#include "client/installers.h"
#include "render/paint.h"
#include "rights/right.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cascade::rendering {

struct LibraryRow {
  std::string name, source, ref, commit, folder;
  std::uint64_t files = 0;  // of the lock
  bool is_there = true, is_root = true;
  std::vector<std::string> by_hand;            // files that are not as in the lock, sorted
  std::vector<std::string> without, accepted;  // left out, and findings that were accepted, as the user asked
};

// text, json (cascade.library/1). `others`: what other programs installed; those of one manager and source together.
Result<std::string> library_list(const std::vector<LibraryRow>& rows, const std::vector<client::InstalledSkill>& others,
                                 Format format, Paint paint);

// Its skills, agents and commands by name, and what they may do.
std::string brought_text(const Registry& registry, const std::vector<difference::Right>& rights, Paint paint);

// "3f2a91c04d77".
std::string short_commit(const std::string& commit);

}  // namespace cascade::rendering
