// Plans changes of settings files. A plan holds the whole text before and after, so it can be shown before anything is
// written, and carry_out() refuses if the file has changed since. On removal, adding our entries to the backup must
// give the current text; then the user changed nothing and the backup is restored byte for byte. Otherwise our entries
// are cut out and all else stays.
#include "init/installation.h"

#include <algorithm>

#include "client/events.h"
#include "client/names.h"
#include "client/versions.h"
#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/user_file.h"
#include "init/server_edit.h"
#include "policy/system.h"
#include "syntax/json.h"
#include "text/suggestion.h"

namespace cascade::init {
namespace {

namespace matchers = client::matchers;

constexpr std::uint64_t max_settings_bytes = 4 << 20;
constexpr std::uint32_t timeout_seconds = 5;

Error at_path(Error error, const std::string& path) {
  error.path = error.path.empty() ? path : path + ":" + error.path;
  return error;
}

// Quotes a path as a shell word, since the client runs commands through a shell. On Windows that may be Git Bash,
// PowerShell or cmd, and PowerShell takes a quoted word at the beginning of a line for a text: so a path with a drive
// stands there as it is, if every one of them reads it so.
std::string quoted(const std::string& path) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/:._-~";
  const bool has_drive = path.size() > 2 && path[1] == ':' && path[2] == '/';
  if (has_drive && path.find_first_not_of(plain) == std::string::npos) return path;
  std::string text = "\"";
  for (const char c : path) {
    if (c == '"' || c == '\\' || c == '$' || c == '`') text += '\\';
    text += c;
  }
  return text + '"';
}

// A link stays in place; the file that it points to is changed.
Result<Plan> start(const files::Tree& tree, const std::string& settings_path,
                   std::string_view backup_ending = ".cascade-backup") {
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

Result<void> replace(const Plan& plan) {
  const auto now = files::DiskTree().read_if_there(plan.path, max_settings_bytes);
  if (!now) return now.error();
  if (*now != plan.before)
    return Error{ErrorCode::stale, "the settings have changed in the meantime", plan.path, "run init again"};
  if (!plan.before) return files::write_user_file(plan.path, *plan.after, 0644);
  if (!plan.after) return files::remove_file(plan.path);
  return files::replace_user_file(plan.path, *plan.before, *plan.after);
}

bool is_temporary(const std::string& path) {
  for (const char* folder : {"/tmp", "/var/tmp", "/dev/shm", "/private/tmp", "/private/var/tmp",
                             "/private/var/folders"})  // as macOS resolves them
    if (files::is_within(folder, path)) return true;
  return false;
}

using EntriesOf = std::function<std::vector<HookEntry>(const std::string& program)>;

Result<Plan> begin_installation(const files::Tree& tree, const std::string& settings_path, const std::string& binary) {
  if (auto lasts = check_program(binary, settings_path); !lasts) return lasts.error();
  return start(tree, settings_path);
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

constexpr std::string_view server_backup_ending = ".cascade-mcp-backup";

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
  if (!client_version ||
      std::all_of(plan.entries.begin(), plan.entries.end(), [&](const auto& entry) { return since(entry).empty(); }))
    return;
  plan.client_version = client_version();
  std::erase_if(plan.entries, [&](const HookEntry& entry) {
    const bool is_newer = client::is_before(plan.client_version, since(entry));
    if (is_newer) plan.left_out.push_back(entry.event);
    return is_newer;
  });
}

Error foreign(const std::string& path) {
  return {ErrorCode::unwritable, "a file of that name is somebody else's", path, "move it away, then run init again"};
}

}  // namespace

namespace {

using policy::Joins;
using policy::Role;
using Names = std::vector<std::string>;

bool names_one(Span<std::string_view> systems, const Names& wanted) {
  return std::any_of(systems.begin(), systems.end(), [&](std::string_view system) {
    return std::find(wanted.begin(), wanted.end(), system) != wanted.end();
  });
}

std::string name_of(policy::EventKind kind) {
  const Span<client::Event> events = client::events();
  return std::string(
      std::find_if(events.begin(), events.end(), [&](const client::Event& event) { return event.kind == kind; })->name);
}

// The alternatives of a matcher: "^(A|B)$" and "A|B" are A and B.
std::vector<std::string_view> alternatives(std::string_view matcher) {
  if (matcher.starts_with("^(")) matcher = matcher.substr(2, matcher.size() - 4);
  std::vector<std::string_view> all;
  for (std::size_t begin = 0; begin <= matcher.size();) {
    const std::size_t end = std::min(matcher.find('|', begin), matcher.size());
    all.push_back(matcher.substr(begin, end - begin));
    begin = end + 1;
  }
  return all;
}

constexpr std::string_view around_others = ".*|";  // before what an entry for any tool was without it

// Whether the one matcher is for all the tools that the other is for.
bool covers(std::string_view one, std::string_view other) {
  if (one.starts_with(around_others)) one.remove_prefix(around_others.size());
  if (one.empty() || one == matchers::every_tool) return true;
  const std::vector<std::string_view> all = alternatives(one);
  const std::vector<std::string_view> wanted = alternatives(other);
  return std::all_of(wanted.begin(), wanted.end(),
                     [&](std::string_view tool) { return std::find(all.begin(), all.end(), tool) != all.end(); });
}

void add_entry(const policy::Hears& row, HookEntry entry, std::vector<HookEntry>& entries) {
  const auto is_beside = [&](const HookEntry& other) {
    return other.event == entry.event && other.command == entry.command;
  };
  if (row.joins == Joins::around) {
    const auto other = std::find_if(entries.begin(), entries.end(), is_beside);
    if (other != entries.end()) {
      other->matcher = std::string(around_others) + other->matcher;
      return;
    }
    entry.matcher = matchers::any_tool;
  }
  const bool is_covered =
      row.joins == Joins::covered && std::any_of(entries.begin(), entries.end(), [&](const HookEntry& other) {
        return is_beside(other) && covers(other.matcher, entry.matcher);
      });
  if (!is_covered) entries.push_back(std::move(entry));
}

}  // namespace

std::vector<HookEntry> hook_entries(const std::string& binary, const std::vector<std::string>& systems) {
  std::vector<HookEntry> entries;
  for (const policy::Hears& row : policy::hears()) {
    if (!row.systems.empty() && !names_one(row.systems, systems)) continue;
    if (row.joins == Joins::present || names_one(row.unless, systems)) continue;
    const bool judges = row.role == Role::judges;
    add_entry(row,
              {name_of(row.event), std::string(row.tools), quoted(binary) + (judges ? " guard" : " hook"),
               row.seconds > 0 ? row.seconds : timeout_seconds, judges},
              entries);
  }
  return entries;
}

std::vector<std::string> installed_systems(std::string_view settings, const std::vector<std::string>& recorded) {
  const std::vector<HookEntry> present = entries_in(settings);
  if (present.empty()) return {};
  const std::vector<std::string> programs = hooked_programs(settings);
  const auto was_left_out = [&](const HookEntry& entry) {  // for an older client
    return !client::find_event(entry.event)->since.empty() &&
           std::none_of(present.begin(), present.end(), [&](const HookEntry& one) { return one.event == entry.event; });
  };
  const auto explained = [&](const Names& systems) -> std::optional<std::size_t> {
    std::vector<HookEntry> wanted = hook_entries(programs.front(), systems);
    std::erase_if(wanted, was_left_out);
    const bool is_there = std::all_of(wanted.begin(), wanted.end(), [&](const HookEntry& entry) {
      return std::find(present.begin(), present.end(), entry) != present.end();
    });
    return is_there ? std::optional(wanted.size()) : std::nullopt;
  };
  if (!recorded.empty() && explained(recorded) == present.size()) return recorded;
  Names best = recorded;
  std::size_t most = explained(recorded).value_or(0);
  const Span<policy::System> systems = policy::systems();
  for (std::size_t set = 0; set < std::size_t{1} << systems.size; ++set) {
    Names names;
    for (std::size_t i = 0; i < systems.size; ++i)
      if ((set >> i & 1) != 0) names.emplace_back(systems[i].name);
    const std::optional<std::size_t> count = explained(names);
    if (!count || *count < most || (*count == most && names.size() >= best.size())) continue;
    best = std::move(names);
    most = *count;
  }
  return best;
}

Result<Plan> plan_installation(const files::Tree& tree, const std::string& settings_path, const std::string& binary,
                               const std::optional<std::vector<std::string>>& systems,
                               const ClientVersion& client_version, const std::vector<std::string>& recorded) {
  for (const std::string& system : systems.value_or(std::vector<std::string>{}))
    if (policy::find_system(system) == nullptr) {
      const auto known = letters::names_of(policy::systems());
      return Error{ErrorCode::misuse, "there is no system \"" + system + "\"", "",
                   "known systems: " + letters::listed({known.data(), known.size()})};
    }
  auto plan = begin_installation(tree, settings_path, binary);
  if (!plan) return plan;
  plan->systems = systems ? *systems : installed_systems(plan->before.value_or(""), recorded);
  plan->entries = hook_entries(binary, plan->systems);
  leave_out_newer(*plan, client_version);
  return with_entries(*std::move(plan), settings_path, {"{}\n"});
}

Result<Plan> plan_removal(const files::Tree& tree, const std::string& settings_path, const std::string& binary) {
  auto plan = start(tree, settings_path);
  if (!plan || !plan->before) return plan;
  const std::string before = *plan->before;
  const std::vector<std::string> systems = installed_systems(before);
  return without_entries(tree, *std::move(plan), settings_path, {"{}\n"}, binary, [&](const std::string& program) {
    // What is not there was left out for an older client.
    std::vector<HookEntry> entries = hook_entries(program, systems);
    std::erase_if(entries,
                  [&](const HookEntry& entry) { return before.find('"' + entry.event + '"') == std::string::npos; });
    return entries;
  });
}

Result<Plan> plan_server_installation(const files::Tree& tree, const std::string& path, const std::string& binary,
                                      const client::ServerSettings& settings) {
  if (auto lasts = check_program(binary, path); !lasts) return lasts.error();
  auto plan = start(tree, path, server_backup_ending);
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

std::string hook_command(const client::Dialect& client, const std::string& binary) {
  const bool is_usual = &client == &client::usual_dialect();
  return quoted(binary) + " hook" + (is_usual ? "" : " --client " + std::string(client.name));
}

std::vector<HookEntry> hook_entries(const client::Dialect& client, const std::string& binary) {
  std::vector<HookEntry> entries;
  const bool flat = client.settings.form == client::SettingsForm::flat;
  for (const client::WantedEvent& wanted : client.settings.events)
    entries.push_back({std::string(wanted.event), std::string(wanted.matcher), hook_command(client, binary),
                       client.settings.timeout, false, flat});
  return entries;
}

Result<Plan> plan_installation(const files::Tree& tree, const std::string& settings_path, const std::string& binary,
                               const client::Dialect& client, const ClientVersion& client_version,
                               const std::vector<std::string>& recorded) {
  if (&client == &client::usual_dialect())
    return plan_installation(tree, settings_path, binary, std::nullopt, client_version, recorded);
  auto plan = begin_installation(tree, settings_path, binary);
  if (!plan) return plan;
  plan->entries = hook_entries(client, binary);
  if (client.settings.form != client::SettingsForm::own_file)
    return with_entries(*std::move(plan), settings_path, writing_of(client));
  if (plan->before && !is_own_file(client, *plan->before)) return foreign(plan->path);
  plan->after = client.settings.text(hook_command(client, binary));
  return plan;
}

Result<Plan> plan_removal(const files::Tree& tree, const std::string& settings_path, const std::string& binary,
                          const client::Dialect& client) {
  if (&client == &client::usual_dialect()) return plan_removal(tree, settings_path, binary);
  auto plan = start(tree, settings_path);
  if (!plan || !plan->before) return plan;
  if (client.settings.form != client::SettingsForm::own_file)
    return without_entries(tree, *std::move(plan), settings_path, writing_of(client), binary,
                           [&](const std::string& program) { return hook_entries(client, program); });
  plan->after = plan->before;
  if (!is_own_file(client, *plan->before)) return foreign(plan->path);
  plan->after.reset();
  return plan;
}

std::vector<std::string> hooked_programs(const client::Dialect& client, std::string_view settings) {
  if (client.settings.form != client::SettingsForm::own_file)
    return hooked_programs(settings, client.settings.comments);
  // In the text, the command is a JSON string: "\"/path/cascade\" hook --client x".
  const std::string end = " hook --client " + std::string(client.name) + "\"";
  std::vector<std::string> programs;
  for (std::size_t at = settings.find(end); at != std::string_view::npos; at = settings.find(end, at + 1)) {
    const std::size_t open = settings.rfind("\"\\\"", at);
    if (open == std::string_view::npos) continue;
    const syntax::Parsed parsed =
        syntax::parse_json("[" + std::string(settings.substr(open, at + end.size() - open)) + "]");
    if (parsed.root.items.size() != 1 || !runs_cascade(parsed.root.items[0].text)) continue;
    const std::string& line = parsed.root.items[0].text;
    programs.push_back(line.substr(1, line.find('"', 1) - 1));
  }
  return programs;
}

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
