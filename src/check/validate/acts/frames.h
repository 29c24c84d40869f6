// What a text asks the model to do: parts of sentences that come together. Words decide nothing by themselves; each
// frame wants several parts within a sentence or block, and what is quoted, forbidden or shown as an attack is passed
// over.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "validate/acts/act.h"
#include "validate/reading/text_model.h"

namespace cascade::validation {

class Promise {
 public:
  // `text`: all that somebody reads who looks at the skill before installing it.
  Promise(std::string_view name, std::string_view description, std::string_view text);

  // Whether one of the words, or a form of it, is in the name or description. Blanks are between words.
  bool covers(std::string_view topics) const;
  // Whether the name or description says that something is set up, written or changed.
  bool names_change() const;
  // Whether the text names the host, or its owner by name ("Stripe" for api.stripe.com).
  bool names_host(std::string_view host) const;
  // Whether the text names the host's owner as a word, not only in an address.
  bool names_owner(std::string_view host) const;

 private:
  std::string said_, text_;
};

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
