// Shows a line of a user's file with a caret below the relevant place.
#pragma once

#include <cascade/diagnostic.h>

#include "render/parts.h"
#include "syntax/lines.h"

#include <string>

namespace cascade::rendering {

//    |
//  2 | name: csv-cleaner
//    |       ^^^^^^^^^^^
//
// Hidden characters appear as <U+202E>, a tab as one blank; long lines are cut around the caret. Empty if the text has
// no such line. Linear in the line.
std::string excerpt(const syntax::LineIndex& lines, const Location& at, Paint paint);

}  // namespace cascade::rendering
