// One range of commits with its explanations, as the verb, git's hooks and layer two check it: one code for all.
#pragma once

#include <cascade/render.h>
#include <cascade/result.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/call.h"
#include "cli/environment.h"
#include "explain/change.h"
#include "explain/check.h"
#include "render/parts.h"

namespace cascade::rendering {

// How hard a check presses, and why.
struct ExplainForce {
  std::string mode;    // in force: shadow, warn, block
  bool fails = false;  // the check's answer is no
};

}  // namespace cascade::rendering

namespace cascade::cli {

// What runs a statement; made once the change and its records are known. Errors: nothing may be run.
using ShowStatement = std::function<void(comprehension::Showing& showing)>;
using MakeShow = std::function<Result<ShowStatement>(const comprehension::Repository& repository,
                                                     const comprehension::Change& change,
                                                     const std::vector<comprehension::TreeText>& records)>;

struct RangeQuestion {
  std::string directory = ".";
  std::string from, to = "HEAD";
  bool from_disk = false;  // records that are not committed yet count as well
  bool only_live = false;  // of these only those that bind a hunk of the range
  MakeShow make_show;      // empty: no statement is run
};

struct CheckedRange {
  comprehension::Change change;
  std::vector<comprehension::TreeText> records;
  comprehension::Settings settings;
  comprehension::Report report;
};

// "A..B", "A...B" or "A" (to HEAD). Empty: from where HEAD branched off from its upstream, or else from the main
// branch. misuse: no such range.
Result<RangeQuestion> range_question(const std::string& range, const std::string& directory);

// The records of HEAD and of the work tree's folder, sorted by path; nothing is judged.
Result<std::vector<comprehension::TreeText>> records_here(const std::string& directory);

// The folder of records below a work tree's top, there already or not. unsupported: a link leads out of the repository.
Result<std::string> records_place(const std::string& top);

Result<CheckedRange> check_range(const Environment& environment, const RangeQuestion& question);

rendering::ExplainForce force_of(const CheckedRange& checked);

// For a hook of git (pre-push, pre-receive, update) with its arguments and input: why it must stop; nothing if it may
// go on. `warnings`: what to say although it may. Where no cascade.yaml has `explain`, nothing is looked at.
Result<std::optional<std::string>> judge_push(const Environment& environment, const std::string& hook,
                                              const std::vector<std::string>& arguments, const std::string& input,
                                              const std::string& directory, std::string& warnings);

// What the verb was asked; `range`: the word behind the action.
struct ExplainOptions {
  std::string range, id, into, waive, by;
  bool review = false, run = false, yes = false;
  bool ask = false;  // one question at a time, although standard input is no terminal
  std::optional<std::uint32_t> seconds;
};
// Writes the file of an explanation without explaining anything.
Exit write_explanation(Call& call, const ExplainOptions& options);
// Shows a record's hunks and questions, reads the reviewer's sentence from standard input, and only then shows what the
// author wrote. The sentence goes into the record.
Exit review_explanation(Call& call, const ExplainOptions& options);

}  // namespace cascade::cli
