// Each finding's fix is computed for the file as it is, and fixes are applied together only if they do not overlap:
// half a fix would be worse than none. What one fix brings about is left to the next run.
#include "validate/checkup/mend.h"

#include "files/tree.h"
#include "files/user_file.h"
#include "validate/engine/fixes.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace cascade {
namespace {

// All edits of a fix are for its finding's own file.
bool stays_in_file(const Fix& fix, const std::string& path) {
  return std::all_of(fix.edits.begin(), fix.edits.end(), [&](const Edit& edit) { return edit.path == path; });
}

// Returns the edits of fixes that do not overlap an earlier fix: half a fix would be worse than none.
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

// Returns the findings that a rule's fix may mend, as indices, grouped by file.
std::map<std::string, std::vector<std::size_t>> mendable(const std::vector<Diagnostic>& found) {
  std::map<std::string, std::vector<std::size_t>> by_file;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const RuleInfo* rule = find_rule(found[i].rule);
    if (rule != nullptr && rule->fix != FixKind::none) by_file[found[i].at.path].push_back(i);
  }
  return by_file;
}

std::optional<Fix> fix_in(const Diagnostic& finding, const std::string& text) {
  Diagnostic own = finding;
  if (own.fix)
    for (Edit& edit : own.fix->edits) edit.path = own.at.path;  // made before the root's prefix was known
  auto fix = validation::fix_of(own, text);
  return fix && stays_in_file(*fix, own.at.path) ? std::move(fix) : std::nullopt;
}

}  // namespace

std::vector<MendedFile> mend(const Checkup& checkup, bool unsafe) {
  const std::vector<Diagnostic>& all = checkup.validation().found;
  std::vector<MendedFile> mended;
  for (const auto& [path, found] : mendable(all)) {
    auto text = checkup.read(path);
    if (!text) continue;
    std::vector<Fix> fixes;
    for (const std::size_t i : found) {
      const auto fix = fix_in(all[i], *text);
      if (fix && (fix->safe || unsafe)) fixes.push_back(*fix);
    }
    MendedFile file{path, *text, {}, 0};
    file.after = validation::with_edits(*text, compatible(fixes), file.edits);
    if (file.edits != 0 && file.after != file.before) mended.push_back(std::move(file));
  }
  return mended;
}

std::vector<Diagnostic> with_fixes(const Checkup& checkup) {
  std::vector<Diagnostic> all = checkup.validation().found;
  for (const auto& [path, found] : mendable(all)) {
    const auto text = checkup.read(path);
    for (const std::size_t i : found) all[i].fix = text ? fix_in(all[i], *text) : std::nullopt;
  }
  return all;
}

Result<void> write_mended(const Checkup& checkup, const MendedFile& file) {
  const auto path = checkup.file_of(file.path);
  if (!path) return Error{ErrorCode::not_found, "no such file", file.path, {}};
  const auto real = files::DiskTree().real_path(*path);
  if (!real) return real.error();
  return files::replace_user_file(*real, file.before, file.after);
}

}  // namespace cascade
