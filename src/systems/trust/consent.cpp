#include "trust/consent.h"

#include "files/tree.h"
#include "text/names.h"
#include "trust/skill_folder.h"

namespace cascade::trust {

Consent consent_to(const Symbol& symbol, const std::string& path, const Allowed& allowed) {
  if (symbol.kind == Kind::command) return {allowed.file(files::DiskTree(), path), {}, {}};
  const auto folder = read_skill_folder(symbol, path);
  if (!folder) return {Allowed::Hooks::none, {}, folder.error()};
  return {allowed.hooks(folder->manifest_path(), folder->hash), folder->hash, {}};
}

constexpr letters::Names<Allowed::Hooks::allowed> hooks_names("asleep", "changed", "allowed");
std::string_view to_string(Allowed::Hooks state) noexcept { return hooks_names.of(state); }

Result<Allowed> read_own_list(const std::string& path) {
  const files::DiskTree tree;
  const auto is_own = tree.is_own(path);
  if (is_own && !*is_own) return Error{ErrorCode::unreadable, "belongs to another user", path, ""};
  return Allowed::read(tree, path);
}

}  // namespace cascade::trust
