// The C++ source that defines a table's function.
#pragma once

#include <string>

#include "data_builder/table.h"

namespace cascade::data {

// Adds a fault to the table for each row that does not fit its columns.
std::string source_text(Table& table);

}  // namespace cascade::data
