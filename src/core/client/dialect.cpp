#include "client/dialect.h"

#include <algorithm>
#include <iterator>

#include "files/paths.h"
#include "syntax/json.h"

namespace cascade::client {
namespace {

// In the order in which they are asked whether an event is theirs.
constexpr const Dialect* known_dialects[] = {&claude_code, &codex, &gemini, &copilot, &opencode, &cursor};

// Faults that do not spoil an event: JavaScript's strings may hold half a surrogate pair.
bool is_harmless(const syntax::Fault& fault) {
  return fault.kind == syntax::FaultKind::duplicate_key || fault.kind == syntax::FaultKind::encoding;
}

// Whether the path has a folder of this name, or of these names one below the other.
bool lies_in(std::string_view path, std::string_view folder, bool has_label = true) noexcept {
  for (std::size_t at = path.find(folder); at != std::string_view::npos; at = path.find(folder, at + 1)) {
    const std::size_t end = at + folder.size();
    const bool begins = at == 0 || path[at - 1] == '/' || (has_label && path[at - 1] == ':');  // of a root
    if (begins && (end == path.size() || path[end] == '/')) return true;
  }
  return false;
}

bool lies_in_any(std::string_view path) noexcept {
  for (const Dialect* dialect : known_dialects)
    for (const Owner owner : {Owner::project, Owner::user})
      for (const std::string_view folder : folders_of(*dialect, owner))
        if (lies_in(path, folder)) return true;
  return false;
}

// Decided by the mark if the event can be that client's, then by the event alone, then by the name, then by the first
// client that could have sent it. Null: none could.
const Dialect* choose(const syntax::Node& event, const Caller& caller) noexcept {
  const Dialect* marked = caller.marked.empty() ? nullptr : find_dialect(caller.marked);
  if (marked != nullptr && marked->fits(event) != Fit::no) return marked;
  const Dialect* possible = nullptr;
  for (const Dialect* dialect : known_dialects) {
    const Fit fit = dialect->fits(event);
    if (fit == Fit::sure) return dialect;
    if (fit == Fit::possible && (possible == nullptr || dialect->name == caller.named)) possible = dialect;
  }
  return possible;
}

}  // namespace

bool SubagentTool::is_built_in(std::string_view type) const noexcept {
  return knows != nullptr ? knows(type) : std::ranges::find(built_in, type) != built_in.end();
}

bool SubagentTool::is_reserved(std::string_view name) const noexcept {
  return reserves != nullptr ? reserves(name) : is_built_in(name);
}

Span<const Dialect*> dialects() noexcept { return {known_dialects, std::size(known_dialects)}; }

const Dialect* find_dialect(std::string_view name) noexcept {
  for (const Dialect* dialect : known_dialects)
    if (dialect->name == name) return dialect;
  return nullptr;
}

const Dialect& usual_dialect() noexcept { return claude_code; }

Span<std::string_view> folders_of(const Dialect& dialect, Owner owner) noexcept {
  return owner == Owner::user && !dialect.reads_of_user.empty() ? dialect.reads_of_user : dialect.reads;
}

bool reads(const Dialect& dialect, Owner owner, std::string_view root, std::string_view path) noexcept {
  constexpr std::string_view extensions = "/.gemini/extensions/";  // the plugins of this client alone
  if (owner == Owner::plugin && root.find(extensions) != std::string_view::npos) return &dialect == &gemini;
  if (owner == Owner::plugin) return std::ranges::find(dialect.reads, "plugins") != dialect.reads.end();
  const bool is_client_root = owner == Owner::project && lies_in_any(root.substr(root.rfind('/') + 1));
  const std::string_view where = owner == Owner::user || is_client_root ? root : path;
  const Span<std::string_view> folders = folders_of(dialect, owner);
  return std::ranges::any_of(folders, [&](std::string_view folder) { return lies_in(where, folder); }) ||
         (owner == Owner::user && &dialect == &usual_dialect() && !lies_in_any(root));
}

bool is_of_others(const Dialect& dialect, Owner owner, std::string_view root, std::string_view path) noexcept {
  if (owner != Owner::plugin && !lies_in_any(root) && !lies_in_any(path)) return false;
  return !reads(dialect, owner, root, path);
}

Result<EventInput> read_event(std::string_view json, const syntax::NodeLimits& limits, const Caller& caller) {
  const syntax::Parsed parsed = syntax::parse_json(json, limits);
  if (parsed.root.kind != syntax::NodeKind::map)
    return Error{ErrorCode::malformed, "the event is not a JSON object", "",
                 "cascade hook is meant to be called by the client"};
  for (const syntax::Fault& fault : parsed.faults)
    if (!is_harmless(fault))
      return Error{ErrorCode::malformed, "the event is not valid JSON: " + fault.message, "", ""};
  EventInput event;
  event.client = choose(parsed.root, caller);
  if (event.client != nullptr) event.client->read(parsed.root, event);
  for (std::string* path :
       {&event.working_directory, &event.transcript_path, &event.directory, &event.agent_transcript})
    *path = files::from_native(std::move(*path));
  return event;
}

const Placeholders& placeholders_of(std::string_view root, std::string_view path) noexcept {
  for (const Dialect* dialect : dialects()) {
    const Placeholders& places = dialect->placeholders;
    const bool ends = !places.ending.empty() && path.size() > places.ending.size() && path.ends_with(places.ending);
    if (ends || std::ranges::any_of(places.folders, [&](std::string_view folder) {
          return lies_in(path, folder, false) || lies_in(root, folder, false);
        }))
      return places;
  }
  return usual_dialect().placeholders;
}

}  // namespace cascade::client
