// A model of what the client (2.1.328, 2.1.329) tells the language model about a library in every request.
#pragma once

#include <cascade/registry.h>
#include <cascade/tokens.h>

#include "client/dialect.h"
#include "client/listing.h"
#include "client/settings_files.h"
#include "client/switches.h"
#include "files/tree.h"
#include "listed/standing.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::listing {

enum class Shown : std::uint8_t {
  whole,      // with its description
  cut,        // the limit removed the description
  name_only,  // the user's settings removed it
};

// One entry; without an id one of the client's own, of which only costs are known. `alias`: where a `name` differs.
// `tools`: for agents. `cost`: with its line end; `whole_chars`: with its description, without a line end.
struct Line {
  std::optional<ManifestId> id;
  std::string name, alias, description, tools;
  Shown shown = Shown::whole;
  Cost cost;
  std::uint32_t whole_chars = 0;
  bool protected_text = false;  // the limit does not apply to it
  std::string listed;           // for other clients: the line in the request; empty: not named
};

// "- name (alias): description", "- name: description (Tools: A, B)", without a line end; the client's own: the name.
std::string to_text(const Line& line);

// The line's UTF-16 units as the limit counts them, without a line end.
std::uint64_t utf16_of(const Line& line);

struct ListingRequest {
  std::string model;       // empty: one of the client's newer models
  std::string model_from;  // what names it; empty: the caller, or nothing
  client::ListingSettings settings;
  client::SkillOverrides overrides;
  std::vector<client::SwitchRules> denied;  // of all clients; the rules of Claude Code's permissions count here
  std::function<std::uint64_t(std::string_view)> usage;  // the client's estimate of a skill's use; empty: none
  std::vector<std::string> refused_plugins;              // those that the client does not load
  bool built_in = true;                                  // includes the client's own lines
  bool shipped = false;  // counts the library shipped with Cascade as if the client loaded it
};

// `skills` includes commands. `budget` and all `chars` are in UTF-16 units.
struct Listing {
  std::vector<Line> skills, agents;
  std::uint32_t budget = 0;       // for the skills
  Cost skills_cost, agents_cost;  // of the lines with their line ends
  std::uint64_t whole_chars = 0;  // of the skills, if there were no limit
};

// Leaves out manifests that the client would not load or hides from the model, and by default those shipped. Above its
// limit the list of skills keeps all names and describes those that fit, by use, then by place.
Listing client_listing(const Registry& registry, const TokenCounter& counter, const ListingRequest& request);

// The manifests that the client reads, by id: no losers of a name, commands that share a skill's name or are next to a
// SKILL.md, skills too deep, files above 1 MiB, agents without name, description or readable front matter.
std::vector<ManifestId> loaded(const Registry& registry);

// The name under which the client lists it: behind its plugin's name, even if the plugin is a root of its own.
std::string listed_name(const ManifestView& manifest);

// A skill's or command's description as the client sends it: white space folded, control and direction characters
// turned into blanks, angle brackets escaped, cut at `limit` characters with an ellipsis.
std::string normalised(std::string_view description, std::uint32_t limit);

// A flag of a manifest's frontmatter, as clients read it.
constexpr bool is_set(std::string_view flag) noexcept { return flag == "true" || flag == "yes" || flag == "on"; }

// From the client's transcripts of a project: which skills were used there, and which MCP tools existed.

using Uses = std::map<std::string, std::uint64_t, std::less<>>;  // by the name in the list

// An MCP tool's definition as the client sent it and keeps it in the transcript (2.1.328), in compact JSON.
struct ToolDefinition {
  std::string name, json;
  bool on_demand = false;  // sent after the model asked for it, and in every request from then on
};

struct ProjectHistory {
  Uses uses;                                    // calls of the Skill tool, and names typed by the user
  std::vector<std::string> mcp_tools;           // of the latest session, in the client's order
  std::vector<ToolDefinition> mcp_definitions;  // of the latest session that sent any, by name
};

// Reads the last 4 MiB of each of the latest 40 transcripts of sessions that began in `directory`, if readable.
ProjectHistory read_history(const files::Tree& tree, const client::UserPlace& user, const std::string& directory);

// Adds one transcript's lines, starting at the first whole one.
void read_transcript(std::string_view lines, ProjectHistory& history);

// The folder below projects/ in the client's folder that holds a directory's transcripts.
std::string transcripts_folder(std::string_view directory);

// For clients other than Claude Code, which list by the model of their dialects.
struct DialectRequest {
  const client::Dialect* client = nullptr;                         // a client that lists manifests
  std::vector<std::string> roots;                                  // absolute paths of the registry's roots
  std::uint32_t window = 0;                                        // of the model's context, in tokens; 0: unknown
  std::function<Result<std::string>(std::string_view path)> read;  // a manifest's text
  const Switches* switches = nullptr;  // of this client; what it hides is not listed. Null: none are known
  bool shipped = false;                // counts the library shipped with Cascade as if the client loaded it
};

// Leaves out skills in folders that the client does not read: roots that are no client's count as read, the shipped
// library by default does not. Reads each skill's file, because clients interpret front matter differently.
Listing dialect_listing(const Registry& registry, const TokenCounter& counter, const DialectRequest& request);

}  // namespace cascade::listing
