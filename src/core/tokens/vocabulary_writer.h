// Makes a vocabulary table (docs/formats/vocabulary.md). Used for the shipped table and by tests.
#pragma once

#include <cascade/result.h>

#include <string>
#include <string_view>
#include <vector>

namespace cascade::tokens {

// Returns the table of these tokens; a token's rank is its index. The same tokens and name always give the same bytes.
// malformed if a token is empty, longer than 255 bytes or a duplicate, if a single byte is missing (any text must be
// encodable), if there are too many, or if the name is not one to eight of a-z, 0-9 and '_'.
Result<std::string> write_vocabulary(const std::vector<std::string>& tokens, std::string_view name);

// Reads lines of "<base64 of the bytes> <rank>", each rank from 0 on once and in any order, as in tiktoken's rank
// files. malformed, with the line, for anything else.
Result<std::vector<std::string>> parse_rank_file(std::string_view text);

}  // namespace cascade::tokens
