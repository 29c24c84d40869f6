// What a text asks the model to do: parts of sentences that come together. Words decide nothing by themselves; each
// frame wants several parts within a sentence or block, and what is quoted, forbidden or shown as an attack is passed
// over.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "validate/acts/act.h"
#include "validate/acts/promise.h"
#include "validate/reading/text_model.h"

namespace cascade::validation {

struct RoleRow {
  std::string_view role, words;
};
std::span<const RoleRow> role_rows() noexcept;

struct FrameRow {
  std::string_view rule, within, needs, topics, what;
};
std::span<const FrameRow> frame_rows() noexcept;

struct Asked {
  const FrameRow* frame = nullptr;
  Range range;
};

// `deeds`: where in the text something reaches out or changes the machine, ascending. Each block answers to a frame
// once.
// `promise`: of the skill's name and description alone.
std::vector<Asked> asked_by(const TextModel& text, const std::vector<std::size_t>& deeds, const Promise& promise);

}  // namespace cascade::validation
