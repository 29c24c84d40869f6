#include "client/tables.h"

#include <algorithm>
#include <iterator>

#include "client/facts/claude_code.h"
#include "client/facts/codex.h"
#include "client/facts/copilot.h"
#include "client/facts/cursor.h"
#include "client/facts/gemini.h"
#include "client/facts/opencode.h"

namespace cascade::client {
namespace {

constexpr Tables usual = {.name = "claude",
                          .title = "Claude Code",
                          .version = claude_code_facts::version,
                          .events = all_of(claude_code_facts::events),
                          .tools = all_of(claude_code_facts::tools),
                          .settings = all_of(claude_code_facts::setting_values)};

constexpr Tables others[] = {
    {.name = "codex",
     .title = "Codex",
     .version = codex_facts::version,
     .events = all_of(codex_facts::events),
     .tools = all_of(codex_facts::tools),
     .keys = all_of(codex_facts::keys),
     .hook_files = all_of(codex_facts::hook_files),
     .folders = all_of(codex_facts::folders),
     .settings_files = all_of(codex_facts::settings_files),
     .settings = all_of(codex_facts::settings)},
    {.name = "gemini",
     .title = "Gemini CLI",
     .version = gemini_facts::version,
     .events = all_of(gemini_facts::events),
     .tools = all_of(gemini_facts::tools),
     .keys = all_of(gemini_facts::keys),
     .strict = all_of(gemini_facts::strict),
     .hook_files = all_of(gemini_facts::hook_files),
     .folders = all_of(gemini_facts::folders),
     .settings_files = all_of(gemini_facts::settings_files),
     .settings = all_of(gemini_facts::settings)},
    {.name = "copilot",
     .title = "Copilot CLI",
     .version = copilot_facts::version,
     .events = all_of(copilot_facts::events),
     .tools = all_of(copilot_facts::tools),
     .keys = all_of(copilot_facts::keys),
     .hook_files = all_of(copilot_facts::hook_files),
     .folders = all_of(copilot_facts::folders),
     .settings_files = all_of(copilot_facts::settings_files),
     .settings = all_of(copilot_facts::settings)},
    {.name = "opencode",
     .title = "OpenCode",
     .version = opencode_facts::version,
     .events = all_of(opencode_facts::events),
     .tools = all_of(opencode_facts::tools),
     .keys = all_of(opencode_facts::keys),
     .folders = all_of(opencode_facts::folders),
     .settings_files = all_of(opencode_facts::settings_files),
     .settings = all_of(opencode_facts::settings)},
    {.name = "cursor",
     .title = "Cursor",
     .version = cursor_facts::version,
     .events = all_of(cursor_facts::events),
     .tools = all_of(cursor_facts::tools),
     .keys = all_of(cursor_facts::keys),
     .hook_files = all_of(cursor_facts::hook_files),
     .folders = all_of(cursor_facts::folders),
     .settings_files = all_of(cursor_facts::settings_files),
     .settings = all_of(cursor_facts::settings)},
};

template <typename Row>
const Row* find_sorted(Span<Row> rows, std::string_view name) noexcept {
  const Row* const found = std::lower_bound(rows.begin(), rows.end(), name,
                                            [](const Row& row, std::string_view wanted) { return row.name < wanted; });
  return found != rows.end() && found->name == name ? found : nullptr;
}

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

}  // namespace

const Event* Tables::event(std::string_view name) const noexcept { return find_sorted(events, name); }
const Tool* Tables::tool(std::string_view name) const noexcept { return find_sorted(tools, name); }
const ManifestKey* Tables::key(std::string_view kind, std::string_view name) const noexcept {
  for (const ManifestKey& key : keys)
    if (key.kind == kind && key.name == name) return &key;
  return nullptr;
}
bool Tables::is_strict(std::string_view kind) const noexcept { return std::ranges::find(strict, kind) != strict.end(); }

bool Tables::has_setting(std::string_view name) const noexcept {
  return std::ranges::any_of(settings, [&](const Setting& row) { return row.name == name; });
}

const Tables& usual_tables() noexcept { return usual; }

namespace {

// The file of settings that a path is: "/opencode.json" in any folder, ".codex/config.toml" in that folder of any.
const ProjectSettings* settings_at(const Tables& tables, std::string_view path) noexcept {
  for (const ProjectSettings& file : tables.settings_files)
    if (path.ends_with(file.path) &&
        (path.size() == file.path.size() || path[path.size() - file.path.size() - 1] == '/'))
      return &file;
  return nullptr;
}

}  // namespace

std::optional<ClientFile> client_file(std::string_view path) noexcept {
  for (const Tables& tables : others)
    if (const ProjectSettings* settings = settings_at(tables, path)) {
      ClientFile file{&tables, FileKind::settings, path.substr(0, path.size() - settings->path.size())};
      file.settings = settings;
      for (const HookFile& hooks : tables.hook_files)
        if (hooks.path == settings->path) file.hooks = &hooks, file.kind = FileKind::hooks;
      return file;
    }
  for (std::size_t begin = path.find('.'); begin != std::string_view::npos; begin = path.find('.', begin + 1)) {
    if (begin > 0 && path[begin - 1] != '/') continue;
    for (const Tables& tables : others)
      for (const FolderForm& form : tables.folders) {
        const std::string_view inside = below(path.substr(begin), form.folder);
        if (!form.of_project || inside.empty()) continue;
        ClientFile file{&tables, FileKind::other, path.substr(0, begin + form.folder.size())};
        for (const HookFile& hooks : tables.hook_files)
          if (is_at(path.substr(begin), hooks.path)) file.hooks = &hooks;
        file.kind = file.hooks != nullptr ? FileKind::hooks : kind_of(form, inside, file.ending);
        return file;
      }
  }
  return std::nullopt;
}

bool is_key_of_servers(std::string_view key) noexcept {
  return std::ranges::any_of(others, [&](const Tables& tables) {
    return std::ranges::any_of(tables.settings_files, [&](const ProjectSettings& file) { return file.servers == key; });
  });
}

bool is_other_clients_folder(std::string_view name) noexcept {
  return std::ranges::any_of(others, [&](const Tables& tables) {
    return std::ranges::any_of(tables.folders,
                               [&](const FolderForm& form) { return form.of_project && form.folder == name; });
  });
}

}  // namespace cascade::client
