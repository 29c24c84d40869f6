// The dictionary's files compiled into the table that route/dictionary.h reads.
#pragma once

#include <cascade/result.h>

#include <string>
#include <string_view>

namespace cascade::route {

// `files`: one text after the other, of lines `english|german|french|...|korean`, "#" before a remark. A cell lists
// spellings with commas between them; one with a full stop after it is a whole word, any other may continue. A row
// without English has words that only join others. An error names the line that cannot be read, or the spelling that
// one column has twice.
Result<std::string> write_dictionary_table(std::string_view files);

}  // namespace cascade::route
