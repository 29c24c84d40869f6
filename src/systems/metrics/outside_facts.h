// What the history does not tell: requests merged on a forge, and deployments. Both are files of the user.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::metrics {

// A merged pull or merge request.
struct MergedRequest {
  std::uint64_t number = 0;
  std::int64_t merged = 0;             // seconds since 1970
  std::string author, commit;          // `commit`: that merged it; may be empty
  std::vector<std::string> reviewers;  // others than the author
};

// A JSON array, as `gh pr list --state merged --json number,mergedAt,author,mergedBy,mergeCommit,reviews` writes it.
// Requests that were not merged are left out. malformed: no such array, or a merged request without a time.
Result<std::vector<MergedRequest>> read_forge(std::string_view text, const std::string& path);

struct Deployment {
  std::int64_t time = 0;
  std::string commit;                      // may be empty
  bool failed = false, is_rework = false;  // `is_rework`: not planned, to repair what users saw
  std::optional<std::int64_t> recovered;   // when service was restored
};

// A line of JSON for each deployment: {"time":T,"commit":ID,"failed":B,"recovered":T,"rework":B}. By time. malformed: a
// line that is no such object, or without a time.
Result<std::vector<Deployment>> read_deployments(std::string_view text, const std::string& path);

}  // namespace cascade::metrics
