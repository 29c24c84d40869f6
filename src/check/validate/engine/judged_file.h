// Judges the files of a tree one by one, or takes their earlier results from the cache.
#pragma once

#include <cascade/diagnostic.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hash/content_hash.h"
#include "validate/reading/document.h"
#include "validate/rules/findings.h"

namespace cascade::validation {

// `cascade-ignore RULE` applies to its line and the next one, `cascade-ignore-file RULE` to the file.
struct Suppression {
  Location at;
  std::string rule;                   // as written: id, slug or family
  std::uint32_t first = 0, last = 0;  // lines; 0 and 0: the whole file
};

// Removes from `found`, the findings of one file, those that its suppressions cover; returns how many. Adds SU001 for
// suppressions that cover nothing, and SU002 for those that are not permitted.
std::size_t suppress(const std::vector<Suppression>& suppressions, std::vector<Diagnostic>& found, Findings& findings);

// Kept until all files are done, so that the order of threads has no effect.
struct FileReport {
  std::vector<Diagnostic> found;
  std::vector<Suppression> suppressions;
  std::optional<ManifestFacts> facts;
  std::string_view skill;  // the folder of its skill; null data: none
  std::size_t bytes = 0;
  Looks looks;  // the other files that the result depends on
};

// A report as bytes, without `skill` and facts about the file's place, which the reader fills in.
std::string bytes_of(const FileReport& report);

// The inverse; nothing: not our bytes. `looks` can be read first: take_looks() leaves the rest.
std::optional<Looks> take_looks(std::string_view& bytes);
std::optional<FileReport> report_of(std::string_view rest);

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

// A key of everything that affects all files: the program, the policy, the content of plugin files.
hash::Hash128 key_of_all(const Context& context, std::string_view program);

// A key of all findings in a tree: the reports of its files, in their order, and everything else they depend on.
hash::Hash128 key_of_tree(const hash::Hash128& all, const Context& context, const std::vector<JudgedFile>& files);

}  // namespace cascade::validation
