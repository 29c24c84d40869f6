// `cascade init`: plans the change of a settings file and carries it out.
#pragma once

#include <cascade/result.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/call.h"
#include "client/dialect.h"
#include "files/tree.h"
#include "installed/entries.h"
#include "settings/tuning_record.h"

// Adds and removes hook entries in the text of the client's settings.json. Every other byte stays.

namespace cascade::init {

// `comments`: the client accepts // and /* */ in its settings; they are kept.

// The settings with exactly `entries` as ours. An empty text represents a missing file. Entries are added at the end of
// their lists, in the text's own indentation. Adding twice changes nothing, and entries of an older binary are
// replaced. malformed: the text is not a JSON object, or "hooks" has a form that the client does not expect (client
// 2.1.328). The error's path is line:column, to which the caller adds the file.
Result<std::string> add_hooks(std::string_view settings, const std::vector<HookEntry>& entries, bool comments = false);

// The settings without any entry of ours. Undoes add_hooks to the byte if nothing else was changed in between, except
// that lists and objects that only held our entries are removed even if they were there before, empty.
Result<std::string> remove_hooks(std::string_view settings, bool comments = false);

// Adds and removes the MCP server `cascade mcp` in the text of a client's settings. Every other byte stays.

// The settings with the server, which calls `program`. An empty text represents a missing file. Additions that someone
// made to our server stay: an outdated program is changed in place. malformed: the text cannot be read, or its servers
// are in a form that cannot be extended; unwritable: a server of that name belongs to someone else.
Result<std::string> add_server(std::string_view text, const client::ServerSettings& settings,
                               const std::string& program);

// The settings without our server. Undoes add_server to the byte if nothing else was changed in between, except that an
// object that only held our server is removed even if it was there before, empty.
Result<std::string> remove_server(std::string_view text, const client::ServerSettings& settings);

// Switches systems on in the text of a cascade.yaml: the lines that `init --with` writes. Every other byte stays.
struct SwitchEdit {
  std::string text;                   // the file's afterwards
  std::vector<std::string> switched;  // those that were switched on
  // Those that are not on and whose line is the user's to write: the file says that they are off, or it has a form that
  // is not changed.
  std::vector<std::string> left;
};

// `systems`: names of systems; others, and those that are on without a line, are passed over. An empty text stands for
// a missing file. The result reads as YAML in which all else has the value that it had.
SwitchEdit switch_on(std::string_view text, const std::vector<std::string>& systems);

// The entry skill (client/built_in.h) next to the settings that hold the hooks.

// The next step for the file. keep: it is there already, or nothing of ours is. foreign: a skill of that name belongs
// to someone else or was changed, and stays.
struct EntryPlan {
  enum class Step { keep, write, remove, foreign };
  std::string path;
  Step step = Step::keep;
};

// `claude_folder`: the .claude folder of the settings. `install`: false: it is removed.
EntryPlan plan_entry(const files::Tree& tree, const std::string& claude_folder, bool install);

// Removing also deletes the folders that held nothing else. Error: unwritable.
Result<void> carry_out(const EntryPlan& plan);

constexpr std::string_view no_system = "none";

// Says the version of the client whose settings these are; empty: unknown, treated as the newest.
using ClientVersion = std::function<std::string()>;

// Whether the file `target` may name the program. misuse: the path is not absolute, or is in a folder that the target
// would outlive, such as one for temporary files or npx's cache.
Result<void> check_program(const std::string& binary, const std::string& target);

// `systems`: come to those that the settings have already (installed_systems(), with `recorded`); with no_system among
// them these are taken out.
// misuse: an unknown system, or `binary` is not absolute or lies in a folder for temporary files, which the settings
// would outlive; malformed, unreadable: the settings. `client_version`: asked only if an event depends on it, and may
// be empty. Events that came later are left out: a client in a terminal stops at one that it does not know and asks
// what to do (2.1.328).
Result<Plan> plan_installation(const files::Tree& tree, const std::string& settings_path, const std::string& binary,
                               const std::optional<std::vector<std::string>>& systems = std::nullopt,
                               const ClientVersion& client_version = {}, const std::vector<std::string>& recorded = {});
// Restores the backup if only our entries were added since; otherwise cuts our entries out.
Result<Plan> plan_removal(const files::Tree& tree, const std::string& settings_path, const std::string& binary,
                          const client::Dialect& client = client::usual_dialect());

// The same for any client. A file that belongs to Cascade alone is written and removed as a whole. conflict: a file of
// that name belongs to someone else.
Result<Plan> plan_installation(const files::Tree& tree, const std::string& settings_path, const std::string& binary,
                               const client::Dialect& client, const ClientVersion& client_version = {},
                               const std::vector<std::string>& recorded = {});

// The same for the MCP server `cascade mcp` in a client's list of servers. The previous text is kept as a
// backup only if removing the server would not restore it.
Result<Plan> plan_server_installation(const files::Tree& tree, const std::string& path, const std::string& binary,
                                      const client::ServerSettings& settings);
Result<Plan> plan_server_removal(const files::Tree& tree, const std::string& path,
                                 const client::ServerSettings& settings);

// A client that chooses skills for a prompt by itself (routers.tsv).
struct OwnRouter {
  std::string_view client, file, key;
};

// A folder below the user's with a client's plugins, MARKETPLACE/PLUGIN.
struct PluginCache {
  std::string_view client, folder;
};

}  // namespace cascade::init

namespace cascade::cli {

// Whether "a.b" of settings is true.
bool says_yes(const syntax::Node& root, std::string_view key);
// For each file here that switches the client's own router on, what to say: two routers send two choices.
std::vector<std::string> own_routers(const Environment& environment, const client::Dialect& client);

}  // namespace cascade::cli

// The mod of `init` (docs/plugin.md): a folder of the user's that the client loads when it starts.

namespace cascade::init {

// A file of src/systems/init/mod, compiled in by cmake/web_sources.cmake; empty: there is none.
std::string_view web_source(std::string_view name) noexcept;

struct Mod {
  // other: of another version or for another program; changed: a file in it is no longer the one that was written.
  enum class State { absent, current, other, changed };
  std::string folder;
  State state = State::absent;
};

// `claude_folder`: the user's. `program`: the one that the mod would call.
Mod find_mod(const files::Tree& tree, const std::string& claude_folder, const std::string& program);
}  // namespace cascade::init

namespace cascade::cli {

// `cascade init --plugin DIR`.
struct PluginOptions {
  std::string folder;
  bool copy = false, remove = false, dry_run = false;
  std::optional<bool> short_listing{};  // nothing: as it is there
};

Exit init_plugin(Call& call, const PluginOptions& options);

// Which mod `init` takes or writes besides the hooks; says what it did or would do. `wanted`: nothing keeps what is
// there, as this program would write it.
Result<void> change_mod(Call& call, const std::string& claude_folder, std::optional<bool> wanted, bool dry_run);

// The administrator's file that allows no mods but their own (client 2.1.332); empty: there is none.
std::string forbids_mods(const Environment& environment);

// How the running program was installed decides how it is removed.

// The commands that remove the program at this path, one on each line, each in words that a shell takes. A line that
// begins with '#' explains the next one. Looks at the tree and runs nothing.
std::string removal_commands(const files::Tree& tree, const std::string& program);

}  // namespace cascade::cli
