#include "init/entry_file.h"

#include "client/entry_skill.h"
#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/user_file.h"

namespace cascade::init {
namespace {

constexpr std::uint64_t max_bytes = 1 << 20;

EntryPlan look(const files::Tree& tree, const std::string& claude_folder, bool install) {
  EntryPlan plan;
  plan.path = files::join(claude_folder, std::string(client::entry_skill_path));
  const auto text = tree.read(plan.path, max_bytes);
  if (!text && text.error().code == ErrorCode::not_found)
    plan.step = install ? EntryPlan::Step::write : EntryPlan::Step::keep;
  else if (!text || !client::is_entry_skill(*text))
    plan.step = EntryPlan::Step::foreign;
  else
    plan.step = install ? EntryPlan::Step::keep : EntryPlan::Step::remove;
  return plan;
}

}  // namespace

EntryPlan plan_entry_installation(const files::Tree& tree, const std::string& claude_folder) {
  return look(tree, claude_folder, true);
}

EntryPlan plan_entry_removal(const files::Tree& tree, const std::string& claude_folder) {
  return look(tree, claude_folder, false);
}

Result<void> carry_out(const EntryPlan& plan) {
  const std::string folder(files::parent(plan.path));
  if (plan.step == EntryPlan::Step::write) {
    if (auto made = files::make_directories(folder); !made) return made;
    return files::write_user_file(plan.path, client::entry_skill_text(), 0644);
  }
  if (plan.step != EntryPlan::Step::remove) return {};
  if (auto removed = files::remove_file(plan.path); !removed) return removed;
  files::remove_empty_folder(folder);
  files::remove_empty_folder(std::string(files::parent(folder)));
  return {};
}

}  // namespace cascade::init
