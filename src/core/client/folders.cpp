#include "client/folders.h"

#include <algorithm>

#include "client/dialect.h"

namespace cascade::client {
namespace {

// Whether one of them is so, in the order in which folders are looked for.
template <typename Is>
bool any_form(const Is& is) {
  return std::ranges::any_of(dialects(),
                             [&](const Dialect* client) { return std::ranges::any_of(client->tables.folders, is); });
}

}  // namespace

bool is_in_client_folder(std::string_view below_home) noexcept {
  const auto is_in = [&](std::string_view folder) {
    return below_home.substr(0, folder.size()) == folder && below_home.substr(folder.size(), 1) == "/";
  };
  static constexpr std::string_view without_form[] = {usual_folder, ".opencode", ".windsurf", ".kiro", ".cascade"};
  return std::ranges::any_of(without_form, is_in) ||
         any_form([&](const FolderForm& form) { return form.of_user && is_in(form.folder); });
}

const FolderForm& extension_form() noexcept { return *gemini.tables.folders.begin(); }

bool is_client_folder(std::string_view name) noexcept {
  return any_form([&](const FolderForm& form) { return form.of_project && form.folder == name; });
}

std::vector<const FolderForm*> folders_in_order(std::string_view client) {
  std::vector<const FolderForm*> order;
  const auto add = [&](const FolderForm* form) {
    if (std::ranges::find(order, form) == order.end()) order.push_back(form);
  };
  const Dialect* dialect = find_dialect(client);
  if (dialect != nullptr)
    for (const Owner owner : {Owner::project, Owner::user})
      for (const std::string_view folder : folders_of(*dialect, owner)) {
        if (folder == usual_folder) add(nullptr);
        any_form([&](const FolderForm& form) {
          if (form.folder == folder) add(&form);
          return false;
        });
      }
  add(nullptr);
  any_form([&](const FolderForm& form) {
    add(&form);
    return false;
  });
  return order;
}

}  // namespace cascade::client
