// Sources: each client's documentation, and for Codex 0.169.0, Gemini CLI 0.61.0, Copilot CLI 1.0.102 and OpenCode
// 1.18.33 the lists printed by the real client.
#include "client/folders.h"

#include <algorithm>
#include <iterator>

#include "client/dialect.h"

namespace cascade::client {
namespace {

constexpr std::string_view skills[] = {"skills"}, agents[] = {"agents"}, commands[] = {"commands"},
                           prompts[] = {"prompts"}, either_skill[] = {"skills", "skill"},
                           either_agent[] = {"agents", "agent"}, either_command[] = {"commands", "command"};

template <std::size_t N>
constexpr Span<std::string_view> of(const std::string_view (&names)[N]) {
  return {names, N};
}

constexpr FolderForm forms[] = {
    {".agents", true, true, of(skills), {}, {}, "", ""},
    {".codex", true, true, of(skills), of(agents), of(prompts), ".toml", ".md"},
    {".gemini", true, true, of(skills), of(agents), of(commands), ".md", ".toml"},
    {".github", true, false, of(skills), of(agents), of(prompts), ".agent.md", ".prompt.md"},
    {".copilot", false, true, of(skills), of(agents), {}, ".agent.md", ""},
    {".opencode", true, false, of(either_skill), of(either_agent), of(either_command), ".md", ".md"},
    {".config/opencode", false, true, of(either_skill), of(either_agent), of(either_command), ".md", ".md"},
    {".cursor", true, true, of(skills), of(agents), of(commands), ".md", ".md"},
};

}  // namespace

Span<FolderForm> folder_forms() noexcept { return {forms, std::size(forms)}; }

bool is_in_client_folder(std::string_view below_home) noexcept {
  const auto is_in = [&](std::string_view folder) {
    return below_home.substr(0, folder.size()) == folder && below_home.substr(folder.size(), 1) == "/";
  };
  static constexpr std::string_view without_form[] = {usual_folder, ".opencode", ".windsurf", ".kiro", ".cascade"};
  return std::any_of(std::begin(without_form), std::end(without_form), is_in) ||
         std::any_of(std::begin(forms), std::end(forms),
                     [&](const FolderForm& form) { return form.of_user && is_in(form.folder); });
}

std::vector<const FolderForm*> folders_in_order(std::string_view client) {
  std::vector<const FolderForm*> order;
  const auto add = [&](const FolderForm* form) {
    if (std::find(order.begin(), order.end(), form) == order.end()) order.push_back(form);
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
