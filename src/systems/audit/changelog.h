// The versions that a change log names in the headings that people write: "## [1.2.0]", "Version 1.2", "v1.2 (May
// 2023)", underlined ones.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/repository.h"

namespace cascade::audit {

// "1.2" or "1.2.3" at the beginning of a text, after a "v" and brackets; empty: none.
std::string version_at(std::string_view text);
// The first one in a text that no letter or digit stands before: "jq-1.7", "[xz], [5.4.1]".
std::string version_in(std::string_view text);

// 1 and 2 of "1.2", for comparing. Numbers above 100,000, such as dates, are cut. REQUIRES: digits and dots alone.
std::vector<int> numbers_of(std::string_view version);

struct LoggedVersion {
  std::string version;
  Place place;
  std::size_t words = 0;  // that say what changed
};
// The newest version of the file that says something: the first one, or the last where the oldest comes first.
std::optional<LoggedVersion> newest_logged(const Repository& repository, const std::string& path);

// What files say about the version of a tool: one version, or a range.

// The digits of a version: ">=3.11,<4" and "v20" -> "3.11", "20".
std::string digits_of(std::string_view text);

// Whether two statements about one tool can both hold: ">=3.8,<3.12" and "3.11". Two ranges always can.
bool can_agree(const std::string& a, const std::string& b);

}  // namespace cascade::audit
