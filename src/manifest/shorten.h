// A section's shorter forms, as text or as the ranges that it is made of. Pure: the parser prices them, whoever emits
// them calls the same functions.
#pragma once

#include <cascade/manifest.h>

#include "syntax/outline.h"
#include "tokens/counted_text.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::manifest {

using tokens::ByteRange;

// `section`: the bytes of one section, heading included. Form::prose leaves out fenced and indented code and folds the
// blank lines around it. Form::opening keeps the heading and the first paragraph; empty when the section does not begin
// with one, or when that paragraph only announces what follows (ends in a colon). Other forms: the section itself.
// Linear.
std::string shorten(std::string_view section, Form form);

// The sections that a text is cut into at the headings of its outline: number 0 is what stands before the first one.
// REQUIRES: number is at most outline.headings.size().
ByteRange section_range(std::string_view text, const syntax::Outline& outline, std::size_t number) noexcept;

// The shorter forms of one section of a text as ranges of the text. Takes time for the section's blocks only, except
// where one of them is never closed: then the section is read by itself.
class ShorterForms {
 public:
  // REQUIRES: as section_range; text and outline outlive it.
  ShorterForms(std::string_view text, const syntax::Outline& outline, std::size_t number);

  // Replaces `out`, none is empty. Joined they are shorten(the section's bytes, form).
  void ranges(Form form, std::vector<ByteRange>& out) const;

 private:
  std::string_view text_;
  ByteRange section_;
  std::optional<syntax::Outline> own_;  // of the section by itself
  Span<const syntax::Block> blocks_;
};

}  // namespace cascade::manifest
