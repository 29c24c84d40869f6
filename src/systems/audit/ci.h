// What continuous integration runs, from the files of the services that the rows of ecosystems.tsv name.
#pragma once

#include <cascade/result.h>

#include <string>
#include <string_view>
#include <vector>

#include "audit/commands.h"
#include "audit/repository.h"

namespace cascade::audit {

struct CiStep {
  Place place;
  std::string line;  // the command, or "uses:owner/name@version"
  std::string folder;
  Judged judged;
  bool is_enforced = true;  // its failure fails the job
  bool is_action = false;
};

struct CiFile {
  std::string path;
  bool on_requests = false, on_tags = false, on_call = false;  // when it runs; on_call: by hand or by another one
  bool limits_rights = false;                                  // it declares permissions
  std::vector<CiStep> steps;
};

std::vector<CiFile> read_ci(const Repository& repository, Rows rows, const Commands& commands);

// How one run of CI ended.
struct CiOutcome {
  std::string commit, name;
  bool passed = false;
};

// What `gh run list --json headSha,conclusion,workflowName` prints, newest first. Runs without an end are left out.
// malformed: it is something else.
Result<std::vector<CiOutcome>> read_ci_outcomes(std::string_view json, const std::string& path);

}  // namespace cascade::audit
