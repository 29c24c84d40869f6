#include "settings/plan.h"

#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/tree.h"
#include "files/user_file.h"

namespace cascade::init {
namespace {

constexpr std::uint64_t max_settings_bytes = 4 << 20;

Result<void> replace(const Plan& plan) {
  const auto now = files::DiskTree().read_if_there(plan.path, max_settings_bytes);
  if (!now) return now.error();
  if (*now != plan.before)
    return Error{ErrorCode::stale, "the settings have changed in the meantime", plan.path, "run init again"};
  if (!plan.before) return files::write_user_file(plan.path, *plan.after, 0644);
  if (!plan.after) return files::remove_file(plan.path);
  return files::replace_user_file(plan.path, *plan.before, *plan.after);
}

}  // namespace

Result<void> carry_out(const Plan& plan) {
  if (plan.changes()) {
    if (auto made = files::make_directories(std::string(files::parent(plan.path))); !made) return made;
    if (plan.backup)
      if (auto written = files::write_user_file(plan.backup_path, *plan.backup, 0600); !written) return written;
    if (auto replaced = replace(plan); !replaced) {
      if (plan.backup) static_cast<void>(files::remove_file(plan.backup_path));  // a copy of an unchanged file
      return replaced;
    }
  }
  return plan.removes_backup ? files::remove_file(plan.backup_path) : Result<void>();
}

}  // namespace cascade::init
