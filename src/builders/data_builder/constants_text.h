// The header with the constants of a table that has several kinds of row.
#pragma once

#include <string>

#include "data_builder/table.h"

namespace cascade::data {

// Adds a fault to the table for each row that does not fit its kind, and for each kind without rows.
std::string constants_text(Table& table);

}  // namespace cascade::data
