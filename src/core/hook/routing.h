// The answer that a conversation gets for a prompt, for everybody who shows it: the hook, `route`, `bundle`, `page`,
// `why`, the MCP server and the C interface. Nothing that does not belong in this place is loaded or offered.
#pragma once

#include <cascade/route.h>
#include <cascade/workspace.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/dialect.h"
#include "listed/standing.h"
#include "request/task.h"

namespace cascade::hook {

// Where a prompt is asked, and what a conversation there may have.
struct Place {
  const Workspace& workspace;
  std::function<const listing::Switches&()> switches;  // asked only where something is to be named
  std::string directory{};                             // absolute; empty: nothing is looked for in it
  std::string search_path{};                           // in the format of PATH; empty: every program is there
  const client::Dialect* client = &client::usual_dialect();
  std::vector<ManifestId> ruled_out{};  // by the conversation
  bool by_model = false;                // a model wrote the prompt: naming a withheld manifest does not open it
};

struct Unsafe {
  ManifestId id{};
  std::string why;  // the rule and its place
  std::uint32_t score = 0;
};
// "skill:x is not loaded, because its files are not safe: ..."
std::string line_of(const Registry& registry, const Unsafe& unsafe);

struct Routed {
  RoutingReport report;              // if it is not explained, only its routing
  Query asked;                       // with what the place keeps out
  std::optional<ManifestId> agent;   // that the prompt calls, by its name or as a role
  std::vector<ManifestId> denied;    // called by name although they are switched off
  std::vector<ManifestId> for_user;  // called by name by a model, although they are for the user to start
  std::vector<Unsafe> unsafe;        // would be loaded or named, and is not safe: nothing comes in its place
  std::vector<std::string> unknown;  // called by a name that nothing has: a line for each
};

// What the prompt calls by a name that nothing in the library has, a line for each: "\"brainstroming\" names nothing in
// the library; nearest: skill:brainstorming". What the client has itself, what the work tree holds, and what may be an
// ordinary word are no such names; what work is about ("use the pdf skill") is one where the prompt is not answered.
// Where it has no word of kind and does not begin with a mark, one pass over its words.
std::vector<std::string> unknown_calls(const Place& place, const Router& router, std::string_view prompt,
                                       bool answered);

// Why what the prompt calls by name, or everything, does not come, a line for each: "skill:x is switched off (...): it
// does not come", "\"x\" names nothing in the library". What is not safe is not among them.
std::vector<std::string> closed_lines(const Place& place, const Registry& registry, const Routed& routed);

// Routes the query without the manifests that need a program or file that is missing here, that their author or the
// user reserves for calls by name, that are switched off, or that the conversation ruled out. A manifest called by name
// is let in all the same, unless it is switched off or this very prompt refuses it. Without paths in the query, the
// files at hand are taken.
Routed route_here(const Place& place, const Router& router, Query query, bool explained = false);

// Whether a prompt's best manifest is only taken where a conversation would get its text, or whatever it would get.
enum class Gate : std::uint8_t { kept, ignored };

// Adds the roots that the prompt asks for, at most three: what a conversation in this place would load, as if the
// manifests that the request excludes did not exist; if the gate is ignored and it would load nothing, what it would
// offer first for each need, or else the first-ranked manifest that is safe. False if there is none: then `decision`
// and `named` of the task say what a conversation gets.
Result<bool> add_prompt_root(const Place& place, request::Task& task, Gate gate);
// Why there is no root, and, if the gate kept one out, what takes it: `anyway` is the option's name for the caller.
std::string nothing_for_prompt(const request::Task& task, std::string_view anyway);

// Adds ids to a sorted list, each once.
void insert_sorted(std::vector<ManifestId>& ids, const std::vector<ManifestId>& more);

// Whether the prompt calls the manifest by name.
bool is_called(const Routing& routing, ManifestId id);
bool is_refused(const Routing& routing, ManifestId id);

// Whether the author's `paths` let the manifest come by itself here: the prompt names a file that one of them matches,
// or the work tree has one. Without `paths`: yes. `directory`: absolute.
bool suits_paths(const Registry& registry, ManifestId id, std::string_view prompt, const std::string& directory);

// Whether the work tree has a file of this name, whatever its ending, or a folder with files. Of a large tree only a
// part is looked at.
bool has_file_named(const std::string& directory, const std::string& name);

// The names in the working directory. Empty if it cannot be read or holds more than 400 entries: so many names tell
// little, and the prompt does not wait for them.
std::vector<std::string> files_at_hand(const std::string& directory);

// Those of the needs `bin:NAME` and `file:PATH` that are not met here. PATH is relative to the working directory, or a
// pattern for a name in it. `mcp:NAME` is not judged, since only the client knows which servers run. `search_path` has
// the format of PATH; if it is empty, every program counts as present.
std::vector<std::string> missing(const std::vector<std::string_view>& needs, const std::string& directory,
                                 const std::string& search_path);

}  // namespace cascade::hook
