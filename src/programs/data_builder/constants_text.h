// The headers that tables of constants become.
#pragma once

#include <string>

#include "data_builder/table.h"

namespace cascade::data {

// Of a table of several kinds of row. Adds a fault to the table for each row that does not fit its kind, and for each
// kind without rows.
std::string constants_text(Table& table);

// Of a table of lists: an array for each name.
std::string lists_text(Table& table);

}  // namespace cascade::data
