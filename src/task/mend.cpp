#include "task/mend.h"

#include "files/tree.h"
#include "files/user_file.h"
#include "validate/engine/fixes.h"

#include <algorithm>
#include <map>
#include <utility>

namespace cascade::task {
namespace {

// All edits of a fix are for its finding's own file, as the rules make them.
bool stays_in_file(const Fix& fix, const std::string& path) {
  return std::all_of(fix.edits.begin(), fix.edits.end(), [&](const Edit& edit) { return edit.path == path; });
}

// Edits of fixes that do not overlap an earlier fix: one that is half applied would be worse than none.
std::vector<Edit> compatible(const std::vector<Fix>& fixes) {
  std::vector<Edit> taken;
  const auto overlaps = [&](const Edit& edit) {
    return std::any_of(taken.begin(), taken.end(), [&](const Edit& other) {
      return edit.offset < other.offset + std::max<std::uint64_t>(other.length, 1) &&
             other.offset < edit.offset + std::max<std::uint64_t>(edit.length, 1);
    });
  };
  for (const Fix& fix : fixes)
    if (std::none_of(fix.edits.begin(), fix.edits.end(), overlaps))
      taken.insert(taken.end(), fix.edits.begin(), fix.edits.end());
  return taken;
}

}  // namespace

std::vector<MendedFile> mend(const Checkup& checkup, bool unsafe) {
  std::map<std::string, std::vector<const Diagnostic*>> by_file;
  for (const Diagnostic& finding : checkup.validation().found) {
    const RuleInfo* rule = find_rule(finding.rule);
    if (rule != nullptr && rule->fix != FixKind::none) by_file[finding.at.path].push_back(&finding);
  }
  std::vector<MendedFile> mended;
  for (const auto& [path, found] : by_file) {
    auto text = checkup.read(path);
    if (!text) continue;
    std::vector<Fix> fixes;
    for (const Diagnostic* finding : found) {
      Diagnostic own = *finding;
      if (own.fix)
        for (Edit& edit : own.fix->edits) edit.path = path;  // it was made before the root's prefix was known
      const auto fix = validation::fix_of(own, *text);
      if (fix && (fix->safe || unsafe) && stays_in_file(*fix, path)) fixes.push_back(*fix);
    }
    MendedFile file{path, *text, {}, 0};
    file.after = validation::with_edits(*text, compatible(fixes), file.edits);
    if (file.edits != 0 && file.after != file.before) mended.push_back(std::move(file));
  }
  return mended;
}

Result<void> write(const Checkup& checkup, const MendedFile& file) {
  const auto path = checkup.file_of(file.path);
  if (!path) return Error{ErrorCode::not_found, "no such file", file.path, {}};
  const auto real = files::DiskTree().real_path(*path);
  if (!real) return real.error();
  return files::replace_user_file(*real, file.before, file.after);
}

}  // namespace cascade::task
