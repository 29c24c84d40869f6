// What a linked file is for, in its author's words.
#pragma once

#include <string>
#include <string_view>

namespace cascade::bundle {

// The first sentence that the file says about itself, on one line: the heading or first line of a page, the comment or
// docstring that a program or a table begins with. At most 100 code points; empty: it says nothing.
//   "#!/usr/bin/env python3\n\"\"\"Checks a workbook.\n" -> "Checks a workbook"
std::string file_purpose(std::string_view path, std::string_view text);

}  // namespace cascade::bundle
