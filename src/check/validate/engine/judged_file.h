// Judges the files of a tree one by one, or takes their earlier results from the cache.
#pragma once

#include "hash/content_hash.h"
#include "validate/engine/file_report.h"
#include "validate/rules/context.h"
#include "validate/rules/switches.h"

#include <string>
#include <string_view>
#include <vector>

namespace cascade::validation {

// The members below `report` are used with a cache only.
struct JudgedFile {
  Place place;
  FileReport report;          // empty while `known` is unread
  hash::Hash128 key, result;  // of the file, and of the bytes of its report
  hash::Hash128 content;      // of a file that was read; zero: recognised by the content that was expected
  std::string made;           // the bytes of the report, if the file was judged now
  std::string_view known;     // the bytes of an equal earlier report, owned by the cache; null data: none
};

// One for each file of the tree, in its order; on the threads of request.each if it is given. `all`: key_of_all().
std::vector<JudgedFile> judge_files(const Context& context, const Switches& switches, const hash::Hash128& all);

// Puts the results and contents of the files into the cache, and takes away `made`.
void keep_results(const Context& context, std::vector<JudgedFile>& files);

// Reads the reports of files that were not judged again.
void read_known_reports(const Context& context, const Switches& switches, std::vector<JudgedFile>& files);

// Masks secrets and removes characters that a terminal would act on.
Diagnostic shown(Diagnostic finding);

}  // namespace cascade::validation
