#include "client/folders.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "client/dialect.h"
#include "client/facts/codex.h"
#include "client/facts/copilot.h"
#include "client/facts/cursor.h"
#include "client/facts/gemini.h"
#include "client/facts/opencode.h"

namespace cascade::client {
namespace {

// In the order in which folders are looked for.
constexpr Span<FolderForm> tables[] = {all_of(codex_facts::folders), all_of(gemini_facts::folders),
                                       all_of(copilot_facts::folders), all_of(opencode_facts::folders),
                                       all_of(cursor_facts::folders)};
constexpr std::size_t count = [] {
  std::size_t sum = 0;
  for (const Span<FolderForm>& table : tables) sum += table.size;
  return sum;
}();
constexpr std::array<FolderForm, count> forms = [] {
  std::array<FolderForm, count> all;
  auto* next = all.begin();
  for (const Span<FolderForm>& table : tables) next = std::copy(table.data, table.data + table.size, next);
  return all;
}();

}  // namespace

Span<FolderForm> folder_forms() noexcept { return {forms.data(), forms.size()}; }

bool is_in_client_folder(std::string_view below_home) noexcept {
  const auto is_in = [&](std::string_view folder) {
    return below_home.substr(0, folder.size()) == folder && below_home.substr(folder.size(), 1) == "/";
  };
  static constexpr std::string_view without_form[] = {usual_folder, ".opencode", ".windsurf", ".kiro", ".cascade"};
  return std::ranges::any_of(without_form, is_in) ||
         std::ranges::any_of(forms, [&](const FolderForm& form) { return form.of_user && is_in(form.folder); });
}

const FolderForm& extension_form() noexcept { return *all_of(gemini_facts::folders).begin(); }

bool is_client_folder(std::string_view name) noexcept {
  return std::ranges::any_of(forms, [&](const FolderForm& form) { return form.of_project && form.folder == name; });
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
        for (const FolderForm& form : forms)
          if (form.folder == folder) add(&form);
      }
  add(nullptr);
  for (const FolderForm& form : forms) add(&form);
  return order;
}

}  // namespace cascade::client
