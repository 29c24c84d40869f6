#include "client/tables.h"

#include <algorithm>

#include "client/dialect.h"

namespace cascade::client {
namespace {

// "skills/x/SKILL.md" below "skills": what is behind the folder; empty: it is not below it.
std::string_view below(std::string_view path, std::string_view folder) noexcept {
  if (path.size() <= folder.size() || path.substr(0, folder.size()) != folder || path[folder.size()] != '/') return {};
  return path.substr(folder.size() + 1);
}

bool is_below_any(std::string_view path, Span<std::string_view> folders) noexcept {
  return std::ranges::any_of(folders, [&](std::string_view folder) { return !below(path, folder).empty(); });
}

// "hooks/*.json": a star stands for a name.
bool is_at(std::string_view path, std::string_view pattern) noexcept {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return path == pattern;
  const std::string_view end = pattern.substr(star + 1);
  if (path.size() < pattern.size() || path.substr(0, star) != pattern.substr(0, star) || !path.ends_with(end))
    return false;
  return path.substr(star, path.size() - star - end.size()).find('/') == std::string_view::npos;
}

// Endings of manifests of any client; of these one that is not the client's is a mistake.
bool ends_like_a_manifest(std::string_view path) noexcept { return path.ends_with(".md") || path.ends_with(".toml"); }

FileKind kind_of(const FolderForm& form, std::string_view path, std::string_view& ending) noexcept {
  if (is_below_any(path, form.skills)) return path.ends_with("/SKILL.md") ? FileKind::skill : FileKind::other;
  const bool agent = is_below_any(path, form.agents), command = is_below_any(path, form.commands);
  if (!agent && !command) return FileKind::other;
  ending = agent ? form.agent_ending : form.command_ending;
  if (path.ends_with(ending)) return agent ? FileKind::agent : FileKind::command;
  const bool longer = ending.rfind('.') != 0;  // ".agent.md": other texts may lie beside it
  return ends_like_a_manifest(path) && !longer ? FileKind::misplaced : FileKind::other;
}

// Those of the other clients.
Span<const Dialect*> others() noexcept { return {dialects().begin() + 1, dialects().size - 1}; }

// The file of settings that a path is: "/opencode.json" in any folder, ".codex/config.toml" in that folder of any.
const ProjectSettings* settings_at(const Tables& tables, std::string_view path) noexcept {
  for (const ProjectSettings& file : tables.settings_files)
    if (path.ends_with(file.path) &&
        (path.size() == file.path.size() || path[path.size() - file.path.size() - 1] == '/'))
      return &file;
  return nullptr;
}

// Whether one of them is so, in the order in which folders are looked for.
template <typename Is>
bool any_form(const Is& is) {
  return std::ranges::any_of(dialects(),
                             [&](const Dialect* client) { return std::ranges::any_of(client->tables.folders, is); });
}

}  // namespace

const Event* Tables::event(std::string_view name) const noexcept { return find_by_name(events, name); }
const Tool* Tables::tool(std::string_view name) const noexcept { return find_by_name(tools, name); }
const ManifestKey* Tables::key(std::string_view kind, std::string_view name) const noexcept {
  for (const ManifestKey& key : keys)
    if (key.kind == kind && key.name == name) return &key;
  return nullptr;
}
bool Tables::is_strict(std::string_view kind) const noexcept { return std::ranges::find(strict, kind) != strict.end(); }

bool Tables::has_setting(std::string_view name) const noexcept {
  return std::ranges::any_of(settings, [&](const Setting& row) { return row.name == name; });
}

const Tables& usual_tables() noexcept { return usual_dialect().tables; }

std::optional<ClientFile> client_file(std::string_view path) noexcept {
  for (const Dialect* client : others())
    if (const ProjectSettings* settings = settings_at(client->tables, path)) {
      ClientFile file{&client->tables, FileKind::settings, path.substr(0, path.size() - settings->path.size())};
      file.settings = settings;
      for (const HookFile& hooks : client->tables.hook_files)
        if (hooks.path == settings->path) file.hooks = &hooks, file.kind = FileKind::hooks;
      return file;
    }
  for (std::size_t begin = path.find('.'); begin != std::string_view::npos; begin = path.find('.', begin + 1)) {
    if (begin > 0 && path[begin - 1] != '/') continue;
    for (const Dialect* client : others())
      for (const FolderForm& form : client->tables.folders) {
        const std::string_view inside = below(path.substr(begin), form.folder);
        if (!form.of_project || inside.empty()) continue;
        ClientFile file{&client->tables, FileKind::other, path.substr(0, begin + form.folder.size())};
        for (const HookFile& hooks : client->tables.hook_files)
          if (is_at(path.substr(begin), hooks.path)) file.hooks = &hooks;
        file.kind = file.hooks != nullptr ? FileKind::hooks : kind_of(form, inside, file.ending);
        return file;
      }
  }
  return std::nullopt;
}

bool is_key_of_servers(std::string_view key) noexcept {
  return std::ranges::any_of(others(), [&](const Dialect* client) {
    return std::ranges::any_of(client->tables.settings_files,
                               [&](const ProjectSettings& file) { return file.servers == key; });
  });
}

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
