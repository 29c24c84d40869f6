// Hunks as records of explanations bind them: without context and line numbers, so that a hunk is the same hunk after a
// squash, a rebase, a cherry-pick or an amended message.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace cascade::git {

// One hunk, or a part of a long one. Lines count from 1; a side without lines has the line before it, as git writes it.
struct HunkPiece {
  std::uint32_t old_at = 0, new_at = 0;
  std::vector<std::string_view> removed, added;  // each with its line end, if it has one
  std::uint64_t id = 0, inverse = 0;             // `inverse`: the id of what takes it back
};

// Adds the pieces of one hunk. Where lines are only added or only removed, git may show the same change at several
// places (the block may begin one line later if the line behind it equals its first); all of them have one id. Longer
// blocks are cut where a paragraph begins, by what stands there and not by how many lines came before, so that a line
// more in one part leaves the others as they are.
void add_pieces(const HunkPiece& hunk, std::vector<HunkPiece>& pieces);

// The id of a change that has no lines: a mode, a binary file.
std::uint64_t id_of_fact(std::string_view what, std::string_view before, std::string_view after);

}  // namespace cascade::git
