// Describes one client: the events it sends and the answers it takes, in one file each. To add a client: a file with
// its Dialect, a line in dialect.cpp, a page and tests; nothing else in Cascade names a client (docs/clients.md).
// Clients run each other's settings, so the shape of an event decides who called, before anything on the command line.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "client/event_input.h"
#include "client/facts/fact.h"
#include "client/tables.h"
#include "syntax/node.h"

namespace cascade::transcript {
struct Format;
}

namespace cascade::client {

// What becomes of arguments for which a text has no place.
enum class Unplaced : std::uint8_t {
  labelled,  // "ARGUMENTS: one two" at the end
  appended,  // "one two" at the end
  typed      // "/name one two" at the end
};

// How a call's arguments are filled into the text of a command or skill.
struct Placeholders {
  // The commands that are filled by these rules: those in these folders, and those whose files end like this.
  Span<std::string_view> folders{};
  std::string_view ending{};
  std::string_view all{};        // the place of all arguments: "{{args}}"; empty: there is none
  bool is_indexed = false;       // `all` with a number behind it is one word: "$ARGUMENTS[1]"
  int first_word = -1;           // the number of the first word: "$1"; -1: there are no such places
  bool has_one_digit = false;    // "$10" is "$1" with a zero behind it
  bool keeps_missing = false;    // a number beyond the last word stays as it is; otherwise it becomes nothing
  bool last_takes_rest = false;  // the place with the highest number takes all words that are left
  bool names_declared = false;   // "$name", for each name in the key `arguments`
  bool names_assigned = false;   // "$NAME", given as NAME=value; it stays where none is given
  bool has_escape = false;       // "\$" is a plain dollar
  bool keeps_double = false;     // "$$" stays
  std::string_view session{};    // the place of the session's id
  std::string_view input{};      // how a place begins that asks the user: "${input:"; it ends with "}"
  std::string_view command{};    // how a shell command begins: "!{"; it ends with "}", and arguments in it are quoted
  Unplaced unplaced = Unplaced::labelled;
};

// Splits words as a shell would: quotes group, nothing is expanded.
std::vector<std::string> split_arguments(std::string_view arguments);

// Quotes a word for a shell, whatever characters it holds; nothing stays nothing.
std::string quoted(std::string_view word);

// One call: "/name arguments". `declared`: the names that the manifest gives its arguments.
struct CallArguments {
  std::string name, arguments;
  std::vector<std::string> declared;
  std::string session_id;
};

// Replaces the places that `rules` describe, in one pass, so that text which comes in is never filled in again. Without
// a value a place becomes nothing, unless the text explains it ("`$ARGUMENTS`: the file"): then its name stays, and a
// note at the end says that nothing was given. Arguments without a place are added at the end. Nothing is run. Linear
// in the text.
std::string fill_arguments(std::string_view text, const Placeholders& rules, const CallArguments& call);

// How a client lists skills in every request, unasked (Dialect::list).
struct ListedSkill {
  std::string name, description;  // from its front matter, else the folder's name and the first paragraph
  bool has_front_matter = true, has_name = true, has_description = true;
  bool is_strict = true;             // it is YAML that even a strict reader accepts
  bool description_ends_it = false;  // nothing follows the description in the front matter, not even an empty line
  bool manual = false;               // its front matter hides it from the model
  bool of_user = false;              // it is in the user's folders, not the project's
  std::uint32_t place = 0;           // the index of its folder among those the client reads, in the dialect's order
  std::string path;                  // of the SKILL.md, absolute
  std::string inner;                 // the same, relative to its folder of skills: "review/SKILL.md"
  std::string line{};                // its line in the request, with line end; empty: it is not listed
  bool described = false;            // listed with the whole description
};

// Removes the skills that the client does not list, sorts the rest in its order and fills in the lines. `window`: the
// model's, in tokens; 0: unknown.
using ListSkills = void (*)(std::vector<ListedSkill>& skills, std::uint32_t window);

// The format of OpenCode and Gemini CLI for a skill; nothing is cut.
std::string skill_element(const ListedSkill& skill);

// Whether its folder is directly in the folder of skills.
bool is_direct(const ListedSkill& skill) noexcept;

// Keeps the first of several skills with the same name, in the same order.
void keep_first_of_a_name(std::vector<ListedSkill>& skills);

// Orders names like JavaScript's localeCompare: blanks and signs, digits, letters regardless of case; between equals,
// lower case comes first. A Latin letter with a mark sorts with the plain letter; all other characters outside ASCII
// come after the letters, by code point, which is not always the client's order. Negative, 0 or positive.
int compare_names(std::string_view a, std::string_view b) noexcept;

// json: {KEY: {NAME: {...}}} among other settings. toml: a table [KEY.NAME] among other tables.
enum class ServerForm : std::uint8_t { json, toml };

struct ServerSettings {
  ServerForm form = ServerForm::json;
  bool comments = false;            // the client takes // the client accepts // and /* */ in the file
  std::string_view key{};           // the servers are below this key
  std::string_view user_file{};     // relative to the user's folder
  std::string_view project_file{};  // relative to the project
  std::string_view type{};          // the type of a server that is a program; empty: no such member
  bool one_list = false;            // the program and its arguments are one list
  // The user's task after `cascade init --mcp`; empty: nothing. For the project's file, if that needs more.
  std::string_view remains{}, remains_of_project{};
};

// nested: {"hooks": {EVENT: [{"matcher": ..., "hooks": [{"type", "command", "timeout"}]}]}} among other settings.
// flat: {"version": 1, "hooks": {EVENT: [{"command": ...}]}} among other hooks.
// own_file: a file for Cascade only.
enum class SettingsForm : std::uint8_t { nested, flat, own_file };

struct Settings {
  SettingsForm form = SettingsForm::nested;
  bool comments = false;                  // the client takes // the client accepts // and /* */ in the file
  std::string_view folder{};              // relative to the user's folder; exists if the client is installed
  std::string_view user_file{};           // relative to the user's folder
  std::string_view home_variable{};       // names a folder that replaces the first one of user_file; empty: none
  std::string_view project_file{};        // relative to the project
  std::string_view project_local_file{};  // one that is not shared; empty: none
  std::string_view program{};             // the program that starts the client
  std::uint32_t timeout = 0;              // for one call, in the client's unit
  // How many tokens of a hook's text the client keeps where an entry says so ("additionalContextLimit"): the text then
  // arrives whole, whatever `limits` say. 0: no such key.
  std::uint32_t context_tokens = 0;
  Span<WantedEvent> events{};
  std::string_view remains{};  // what the user must do after `cascade init`; empty: nothing
  // How hooks can be switched off: a file below the user's folder and below a project, the key for it, and whether a
  // text of the file does it. Null: no such switch is known.
  std::string_view switch_file{}, switch_key{};
  bool (*switched_off)(std::string_view text) = nullptr;
  // How to ask the client which hooks it runs: its program is started with `trust_words`, gets these lines, and the
  // answer is read. Null: it runs everything in its settings.
  std::string_view trust_words{};
  std::string (*trust_lines)(const std::string& directory) = nullptr;
  std::uint32_t (*untrusted)(std::string_view answer, std::string_view settings_path) = nullptr;
  // own_file: its text, given the shell line that calls the hook.
  std::string (*text)(const std::string& command) = nullptr;
};

// Whether an event is this client's; sure: it has a member that no other client writes.
enum class Fit : std::uint8_t { no, possible, sure };

// How a subagent is started: the tool, the members of its input, and the types that need no manifest.
struct SubagentTool {
  std::string_view name{};  // as the model knows it
  std::string_view prompt_key{}, type_key{};
  std::string_view general{};         // the type for general work
  std::string_view fork{};            // the type that starts with its starter's conversation; empty: there is none
  bool takes_model = false;           // its input may name a model and an effort (models.h)
  Span<std::string_view> built_in{};  // the types that need no manifest
  // For clients where a list is not enough: whether a type needs no manifest, and whether a project's manifest must be
  // asked for before it speaks under this name. Null: the list decides both.
  bool (*knows)(std::string_view type) = nullptr;
  bool (*reserves)(std::string_view name) = nullptr;
  // The client's present name for a tool that a manifest names; empty: it no longer exists. Null: names are unchanged.
  std::string_view (*tool)(std::string_view name) = nullptr;

  bool is_built_in(std::string_view type) const noexcept;
  bool is_reserved(std::string_view name) const noexcept;
};

// A tool "task" with the members "prompt" and `type_key`, as several clients have it.
template <std::size_t N>
constexpr SubagentTool task_tool(std::string_view type_key, std::string_view general,
                                 const std::string_view (&built_in)[N]) noexcept {
  return {.name = "task", .prompt_key = "prompt", .type_key = type_key, .general = general, .built_in = {built_in, N}};
}

// When texts can be added that other clients take at the start of a session or after a compaction.
enum class Door : std::uint8_t { own_event, next_prompt, none };

struct Dialect {
  std::string_view name{}, title{};          // "codex", "Codex"
  const transcript::Format* logs = nullptr;  // null: it keeps none that we know
  Tables tables{};                           // the rows of its table that are about files
  std::string_view mark{};                   // a variable that only this client sets for its hooks; empty: none
  Limits limits{};
  SubagentTool subagents{};
  // The words that tell the model how to call the entry skill. Null: no such call reaches the hook.
  std::string (*entry_call)(std::string_view entry) = nullptr;
  // Whether a manifest's text holds commands that the client runs when the manifest is called. Null: it runs none.
  bool (*runs_commands)(std::string_view text) = nullptr;
  Door start = Door::own_event, compaction = Door::own_event;
  // Door::next_prompt: whether the end of the session's transcript shows that a compaction that began was completed.
  // Null: one that began counts as completed.
  bool (*has_compacted)(std::string_view transcript_end) = nullptr;
  // Folders whose manifests the client reads itself (".claude"), nearest first; "plugins": installed plugins.
  Span<std::string_view> reads{};
  Span<std::string_view> reads_of_user{};  // if the user's differ; empty: they do not
  Placeholders placeholders{};
  Settings settings{};
  ServerSettings servers{};
  ListSkills list = nullptr;  // null: unknown, or handled elsewhere (listed/client_listing.h)
  Fit (*fits)(const syntax::Node& event) = nullptr;
  void (*read)(const syntax::Node& event, EventInput& into) = nullptr;            // REQUIRES: it fits
  std::string (*write)(const EventInput& event, const Answer& answer) = nullptr;  // REQUIRES: there is something to say
};

extern const Dialect claude_code, codex, gemini, copilot, opencode, cursor;

Span<const Dialect*> dialects() noexcept;
const Dialect* find_dialect(std::string_view name) noexcept;  // null: unknown
const Dialect& usual_dialect() noexcept;                      // if nothing says which client is meant

// The rules for a command: `root` is its root's absolute path, `path` the file's path below it. A command in no
// client's folder is filled as the usual client does it.
const Placeholders& placeholders_of(std::string_view root, std::string_view path) noexcept;

// Whether the client reads a manifest itself: `root` is the root's absolute path, `path` the file's path below it.
enum class Owner : std::uint8_t { project, user, plugin };
bool reads(const Dialect& dialect, Owner owner, std::string_view root, std::string_view path) noexcept;
// The folders that it reads in a project, or of a user.
Span<std::string_view> folders_of(const Dialect& dialect, Owner owner) noexcept;
// Whether the file is in a folder of other clients that this one does not read.
bool is_of_others(const Dialect& dialect, Owner owner, std::string_view root, std::string_view path) noexcept;

// Facts about the caller apart from the event: the client whose mark is set in the environment, and the one named on
// the command line. Both may be empty.
struct Caller {
  std::string_view marked, named;
};

// Reads a client's event. malformed if the text is not a JSON object, or exceeds the limits; unknown members are
// ignored. An event that no client sends has no `client` and gets no answer.
Result<EventInput> read_event(std::string_view json, const syntax::NodeLimits& limits, const Caller& caller = {});

}  // namespace cascade::client
