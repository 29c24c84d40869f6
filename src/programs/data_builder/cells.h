// A cell as C++ writes its value.
#pragma once

#include <cstddef>
#include <string>

#include "data_builder/table.h"

namespace cascade::data {

// A literal with the text in it.
std::string quoted(const std::string& text);
// "_" is a blank, and "\\_" the sign itself.
std::string with_blanks(const std::string& cell);
// The value of a cell of this column; a fault of the table where it is none.
std::string value_of(const Column& column, const std::string& cell, std::size_t line, Table& table);

}  // namespace cascade::data
