// A section's shorter forms, as text or as the ranges and marks they consist of. Pure functions: the parser prices the
// forms and the emitter writes them with the same code.
#pragma once

#include <cascade/manifest.h>

#include "manifest/units.h"
#include "syntax/outline.h"
#include "tokens/counted_text.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::manifest {

using tokens::ByteRange;

// A part of a shorter form: a range of the text or, when `cut_lines` is not 0, a mark for that number of cut lines.
struct FormPart {
  ByteRange bytes;
  std::size_t cut_lines = 0;
  bool code = false;  // all that was cut is code
};

// prose, opening, third, beginning, stub: forms that leave out a part of a section.
bool is_shorter(Form form) noexcept;

// The text of a section's shorter form as a bundle holds it: whole units (units.h), with a mark where any were cut.
// Form::prose leaves out the code that is worth a mark, with the lines that lead to it. Form::opening keeps the heading
// and the first unit; none when that is code or leads to what was cut. Form::beginning keeps, of a section of a
// thousand bytes, as many units as fit two thirds of it, at least two; Form::third, of one of four thousand, as many as
// fit a third. Where that is less than two units and the next one is code in a fence, they keep a part of the code, up
// to a blank line. Form::stub keeps the heading alone. Empty when there is no such form. `section`: the section's
// bytes, heading included; `item`: what `cascade show` finds it by. Other forms: the section as it is emitted. Linear.
std::string shortened(std::string_view section, Form form, const std::string& item);

// The range of one of the sections into which an outline's headings cut a text: number 0 is the text before the first.
// REQUIRES: number is at most outline.headings.size().
ByteRange section_range(std::string_view text, const syntax::Outline& outline, std::size_t number) noexcept;

// The shorter forms of one section of a text as parts of the text. Takes time for the section's blocks only, except
// where one of them is never closed: then the section is read by itself.
class ShorterForms {
 public:
  // REQUIRES: as section_range; the text outlives it.
  ShorterForms(std::string_view text, const syntax::Outline& outline, std::size_t number);

  // Replaces `out`; emitted one by one, with their marks, they are shortened(the section's bytes, form).
  void parts(Form form, std::vector<FormPart>& out) const;
  // Whether the section's last line leads to the text after it.
  bool announces() const noexcept;
  // Whether the section is only a heading.
  bool is_bare() const noexcept;
  // Whether the section read alone has the same blocks as within its text.
  bool stands_alone() const noexcept { return stands_alone_; }

 private:
  std::string_view text_;
  ByteRange section_;
  std::size_t heading_end_ = 0;
  std::vector<Unit> units_;
  bool stands_alone_ = true;
};

}  // namespace cascade::manifest
