// Versions of a client, such as "2.1.332", as it and its transcripts write them.
#pragma once

#include <string_view>

namespace cascade::client {

// Whether `version` is earlier than `other`, compared number by number. Text after the third number is ignored. False
// if a number is missing: an unknown client is treated as the newest.
bool is_before(std::string_view version, std::string_view other) noexcept;

}  // namespace cascade::client
