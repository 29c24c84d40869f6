// A section's shorter forms, as text or as the ranges that it is made of. Pure: the parser prices them, whoever emits
// them calls the same functions.
#pragma once

#include <cascade/manifest.h>

#include "syntax/outline.h"
#include "tokens/counted_text.h"

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

// The ranges of `text` that make up the shorter form of its section `number`: replaces `out`, none is empty. Joined
// they are shorten(the section's bytes, form). Takes time for the section's blocks only, except where one of them is
// never closed.
void shorten(std::string_view text, const syntax::Outline& outline, std::size_t number, Form form,
             std::vector<ByteRange>& out);

}  // namespace cascade::manifest
