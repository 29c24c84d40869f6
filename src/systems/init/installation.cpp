// Plans changes of settings files. A plan holds the whole text before and after, so it can be shown before anything is
// written, and carry_out() refuses if the file has changed since. On removal, adding our entries to the backup must
// give the current text; then the user changed nothing and the backup is restored byte for byte. Otherwise our entries
// are cut out and all else stays.
#include "init/installation.h"

#include <algorithm>
#include <utility>

#include "client/events.h"
#include "client/models.h"
#include "client/names.h"
#include "files/paths.h"
#include "policy/setting.h"
#include "text/suggestion.h"

namespace cascade::init {

namespace {

constexpr std::uint64_t max_settings_bytes = 4 << 20;
constexpr std::string_view usual_backup_ending = ".cascade-backup", server_backup_ending = ".cascade-mcp-backup";

Error at_path(Error error, const std::string& path) {
  error.path = error.path.empty() ? path : path + ":" + error.path;
  return error;
}

// A link stays in place; the file that it points to is changed.
Result<Plan> start(const files::Tree& tree, const std::string& settings_path,
                   std::string_view backup_ending = usual_backup_ending) {
  Plan plan;
  plan.path = settings_path;
  plan.backup_path = settings_path + std::string(backup_ending);
  if (auto real = tree.real_path(settings_path))
    plan.path = std::move(*real);
  else if (tree.link_target(settings_path))
    return Error{ErrorCode::unreadable, "the settings are a link to a file that is not there", settings_path,
                 "mend the link, or remove it"};
  auto before = tree.read_if_there(plan.path, max_settings_bytes);
  if (!before) return before.error();
  plan.before = std::move(*before);
  return plan;
}

// The programs that may have installed our entries: the one named there, then the one that runs now.
std::vector<std::string> installers(const std::string& settings, const std::string& binary, bool comments) {
  std::vector<std::string> programs = hooked_programs(settings, comments);
  programs.resize(std::min<std::size_t>(programs.size(), 1));
  programs.push_back(binary);
  return programs;
}

bool is_temporary(const std::string& path) {
  constexpr const char* folders[] = {
      "/tmp",         "/var/tmp",         "/dev/shm",  // the others as macOS resolves them
      "/private/tmp", "/private/var/tmp", "/private/var/folders"};
  return std::ranges::any_of(folders, [&](const char* folder) { return files::is_within(folder, path); });
}

using EntriesOf = std::function<std::vector<HookEntry>(const std::string& program)>;

Result<Plan> begin_installation(const files::Tree& tree, const std::string& settings_path, const std::string& binary,
                                std::string_view backup_ending = usual_backup_ending) {
  if (auto lasts = check_program(binary, settings_path); !lasts) return lasts.error();
  return start(tree, settings_path, backup_ending);
}

// The form of a client's settings. `usual`: the content for a file that was missing or empty.
struct Writing {
  std::string usual;
  bool comments = false;

  Result<std::string> add(const std::string& before, const std::vector<HookEntry>& entries) const {
    return add_hooks(before.empty() ? usual : before, entries, comments);
  }
};

Result<Plan> with_entries(Plan plan, const std::string& settings_path, const Writing& writing) {
  auto after = writing.add(plan.before.value_or(""), plan.entries);
  if (!after) return at_path(after.error(), settings_path);
  plan.after = std::move(*after);
  plan.added.clear();
  std::vector<HookEntry> there = entries_in(plan.before.value_or(""), writing.comments);
  std::ranges::copy_if(plan.entries, std::back_inserter(plan.added),
                       [&](const HookEntry& entry) { return std::ranges::find(there, entry) == there.end(); });
  for (HookEntry& entry : there)
    if (!is_covered(entry, plan.entries)) plan.gone.push_back(std::move(entry));
  if (plan.changes() && plan.before) {
    // An installation over an older one keeps the backup from before both.
    auto bare = remove_hooks(*plan.before, writing.comments);
    if (bare && *bare == *plan.before) plan.backup = plan.before;
  }
  return plan;
}

Result<Plan> without_entries(const files::Tree& tree, Plan plan, const std::string& settings_path,
                             const Writing& writing, const std::string& binary, const EntriesOf& entries_of) {
  auto bare = remove_hooks(*plan.before, writing.comments);
  if (!bare) return at_path(bare.error(), settings_path);
  plan.after = std::move(*bare);
  auto backup = tree.read_if_there(plan.backup_path, max_settings_bytes);
  if (!backup) return backup.error();
  if (*backup) {
    for (const std::string& program : installers(*plan.before, binary, writing.comments)) {
      auto again = writing.add(**backup, entries_of(program));
      if (again && *again == *plan.before) plan.after = **backup;
    }
    plan.removes_backup = true;
  } else if (plan.changes() && *plan.after == writing.usual) {
    plan.after.reset();  // the file held nothing else
  }
  return plan;
}

Writing writing_of(const client::Dialect& client) {
  const bool is_flat = client.settings.form == client::SettingsForm::flat;
  return {is_flat ? "{\n  \"version\": 1\n}\n" : "{}\n", client.settings.comments};
}

// The content of a file of servers that contains no server.
std::string_view empty_file(const client::ServerSettings& settings) {
  return settings.form == client::ServerForm::toml ? "" : "{}\n";
}

// Whether some version of `init` wrote this file for this client.
bool is_own_file(const client::Dialect& client, const std::string& text) {
  return !hooked_programs(client, text).empty();
}

// Takes out of the plan's entries what came after the client's version, which is asked for if that matters.
void leave_out_newer(Plan& plan, const ClientVersion& client_version) {
  const auto since = [](const HookEntry& entry) {
    const client::Event* const event = client::find_event(entry.event);
    return event == nullptr ? std::string_view() : event->since;
  };
  if (!client_version || std::ranges::all_of(plan.entries, [&](const auto& entry) { return since(entry).empty(); }))
    return;
  plan.client_version = client_version();
  std::erase_if(plan.entries, [&](const HookEntry& entry) {
    const bool is_newer = client::is_before(plan.client_version, since(entry));
    if (is_newer) plan.left_out.push_back(entry.event);
    return is_newer;
  });
}

bool contains(const std::vector<std::string>& all, const std::string& one) {
  return std::ranges::find(all, one) != all.end();
}

Error foreign(const std::string& path) {
  return {ErrorCode::unwritable, "a file of that name is somebody else's", path, "move it away, then run init again"};
}

}  // namespace

Result<Plan> plan_installation(const files::Tree& tree, const std::string& settings_path, const std::string& binary,
                               const std::optional<std::vector<std::string>>& systems,
                               const ClientVersion& client_version, const std::vector<std::string>& recorded) {
  std::vector<std::string> wanted = systems.value_or(std::vector<std::string>{});
  const bool is_exact = std::erase(wanted, no_system) > 0;
  for (const std::string& system : wanted)
    if (policy::find_system(system) == nullptr) {
      if (const std::string_view folder = policy::left_out(system); !folder.empty())
        return Error{ErrorCode::misuse, "this cascade is built without " + std::string(folder), "",
                     "leave out " + system};
      const auto known = letters::names_of(policy::systems());
      return Error{ErrorCode::misuse, "there is no system \"" + system + "\"", "",
                   "known systems: " + letters::listed({known.data(), known.size()})};
    }
  auto plan = begin_installation(tree, settings_path, binary);
  if (!plan) return plan;
  const std::vector<std::string> there = installed_systems(plan->before.value_or(""), recorded);
  if (!is_exact) plan->systems = there;
  for (const std::string& system : wanted)
    if (!contains(plan->systems, system)) plan->systems.push_back(system);
  plan->entries = hook_entries(binary, plan->systems);
  leave_out_newer(*plan, client_version);
  for (const std::string& system : there)
    if (!contains(plan->systems, system)) plan->dropped.push_back(system);
  return with_entries(*std::move(plan), settings_path, {"{}\n"});
}

Result<Plan> plan_server_installation(const files::Tree& tree, const std::string& path, const std::string& binary,
                                      const client::ServerSettings& settings) {
  auto plan = begin_installation(tree, path, binary, server_backup_ending);
  if (!plan) return plan;
  auto after = add_server(plan->before.value_or(""), settings, binary);
  if (!after) return at_path(after.error(), path);
  plan->after = std::move(*after);
  const bool is_first = plan->before && served_program(*plan->before, settings).empty();
  const auto back = remove_server(*plan->after, settings);
  if (is_first && (!back || *back != *plan->before || *back == empty_file(settings))) plan->backup = plan->before;
  return plan;
}

Result<Plan> plan_server_removal(const files::Tree& tree, const std::string& path,
                                 const client::ServerSettings& settings) {
  auto plan = start(tree, path, server_backup_ending);
  if (!plan || !plan->before) return plan;
  auto after = remove_server(*plan->before, settings);
  if (!after) return at_path(after.error(), path);
  plan->after = std::move(*after);
  if (!plan->changes()) return plan;
  auto backup = tree.read_if_there(plan->backup_path, max_settings_bytes);
  if (!backup) return backup.error();
  if (*backup) {
    const auto again = add_server(**backup, settings, served_program(*plan->before, settings));
    if (again && *again == *plan->before) plan->after = **backup;
    plan->removes_backup = true;
  } else if (*plan->after == empty_file(settings)) {
    plan->after.reset();  // the file held nothing else
  }
  return plan;
}

Result<void> check_program(const std::string& binary, const std::string& target) {
  if (!files::is_absolute(binary)) return Error{ErrorCode::misuse, "the program's path is not absolute", binary, ""};
  if (binary.find("/_npx/") != std::string::npos)
    return Error{ErrorCode::misuse, "the program lies in npx's cache, which is emptied", binary,
                 "install the package (npm install --global), then run init from there"};
  if (is_temporary(binary) && !is_temporary(target))
    return Error{ErrorCode::misuse, "the program lies in a folder for temporary files", binary,
                 "install it first (scripts/install), then run init from there"};
  return {};
}

Result<Plan> plan_installation(const files::Tree& tree, const std::string& settings_path, const std::string& binary,
                               const client::Dialect& client, const ClientVersion& client_version,
                               const std::vector<std::string>& recorded) {
  if (&client == &client::usual_dialect())
    return plan_installation(tree, settings_path, binary, std::nullopt, client_version, recorded);
  auto plan = begin_installation(tree, settings_path, binary);
  if (!plan) return plan;
  plan->added = plan->entries = hook_entries(client, binary);
  if (client.settings.form != client::SettingsForm::own_file)
    return with_entries(*std::move(plan), settings_path, writing_of(client));
  if (plan->before && !is_own_file(client, *plan->before)) return foreign(plan->path);
  plan->after = client.settings.text(hook_command(client, binary));
  return plan;
}

Result<Plan> plan_removal(const files::Tree& tree, const std::string& settings_path, const std::string& binary,
                          const client::Dialect& client) {
  auto plan = start(tree, settings_path);
  if (!plan || !plan->before) return plan;
  const std::string before = *plan->before;
  if (client.settings.form == client::SettingsForm::own_file) {
    if (!is_own_file(client, before)) return foreign(plan->path);
    return plan;
  }
  const bool is_usual = &client == &client::usual_dialect();
  return without_entries(
      tree, *std::move(plan), settings_path, writing_of(client), binary, [&](const std::string& program) {
        if (!is_usual) return hook_entries(client, program);
        std::vector<HookEntry> entries = hook_entries(program, installed_systems(before));
        // What is not there was left out for an older client.
        std::erase_if(
            entries, [&](const HookEntry& entry) { return before.find('"' + entry.event + '"') == std::string::npos; });
        return entries;
      });
}

}  // namespace cascade::init
