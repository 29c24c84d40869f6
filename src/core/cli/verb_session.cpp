// `list`, `show` and `why` only read. `drop` is the one action that writes, and it looks the name up among what the
// session was given before it opens the library, because a manifest may have been removed since.
#include "cli/call.h"
#include "cli/hook_entries.h"
#include "cli/query_options.h"
#include "git/words.h"
#include "render/session.h"
#include "request/task.h"
#include "system/system.h"

#include <ctime>

namespace cascade::cli {
namespace {

constexpr const char* none_yet = "there are no sessions yet";

std::string how_to_begin(const Environment& environment) {
  return find_hooked_settings(environment).empty() ? "cascade init puts the hooks into the client's settings"
                                                   : "the hooks are in place: type a prompt into the client";
}

// The session with this id, or the only one whose id has this prefix; "last" is the newest.
Result<std::string> find_session(const Environment& environment, const std::string& name) {
  std::vector<std::string> found;
  const std::vector<session::SessionSummary> all = session::list_sessions(environment.state);
  if (all.empty() && name == "last") return Error{ErrorCode::not_found, none_yet, {}, how_to_begin(environment)};
  for (const session::SessionSummary& one : all) {
    if (name == "last" || one.session_id == name) return one.session_id;
    if (one.session_id.compare(0, name.size(), name) == 0) found.push_back(one.session_id);
  }
  if (found.size() == 1) return found.front();
  if (found.empty())
    return Error{ErrorCode::not_found, "there is no session '" + name + "'", {}, "cascade session list"};
  return misuse("several sessions begin with '" + name + "'", "give more of the id");
}

// The entries of the session, and what systems add.
Result<std::string> entries(Call& call, const std::string& id, Format format) {
  std::vector<core::SessionPart> parts;
  for (const core::System* const system : core::systems()) {
    if (system->session == nullptr) continue;
    parts.push_back(system->session(call.environment(), id));
    if (!parts.back().fault.empty()) call.console().note(parts.back().fault);
  }
  return rendering::session_entries(session::Ledger(call.environment().state, id), parts, format);
}

// The entries about a manifest in the named session, or else in the newest session that received it. The library is
// for headings alone: the sections have numbers without it.
Result<std::string> reasons(Call& call, const std::string& id, const std::string& name, bool this_one, Format format) {
  const auto workspace = call.open();
  const std::optional<Registry> registry = workspace ? std::optional(workspace->registry()) : std::nullopt;
  const Registry* const library = registry ? &*registry : nullptr;
  const std::string& state = call.environment().state;
  auto text = rendering::session_reasons(session::Ledger(state, id), name, library, format);
  if (!text || this_one || !text->empty()) return text;
  for (const session::SessionSummary& one : session::list_sessions(state)) {
    text = rendering::session_reasons(session::Ledger(state, one.session_id), name, library, format);
    if (!text || !text->empty()) return text;
  }
  return text;
}

// Who can say why it was not sent, if it is here at all.
std::string why_not_sent(Call& call, const std::string& name) {
  if (const auto workspace = call.open(); workspace && !name.starts_with("memory:"))
    if (const auto id = request::find_manifest(workspace->registry(), name);
        !id && id.error().code == ErrorCode::not_found)
      return "; " + id.error().message + "\n  help: " + id.error().help;
  return "\n  help: cascade why " + repository::shell_word(name) + " --prompt TEXT says what is missing";
}

// What systems know of the thing itself, such as the source of a fact.
std::string source_of(const Environment& environment, const std::string& name) {
  std::string text;
  for (const core::System* system : core::systems())
    if (system->source != nullptr) text += system->source(environment, name);
  return text;
}

// The root that the session received or was offered under that name.
std::optional<std::string> given_root(const session::Ledger& ledger, const std::string& name) {
  for (auto entry = ledger.entries().rbegin(); entry != ledger.entries().rend(); ++entry)
    for (const std::string& root : {entry->root, entry->also.empty() ? std::string() : entry->also.front()})
      if (const auto symbol = Symbol::parse(root); symbol && (symbol->name == name || root == name)) return root;
  return std::nullopt;
}

// The manifest that NAME refers to: one of the session, or else one that exists here. Nothing if there is none, which
// has been reported.
std::optional<std::string> root_of(Call& call, const session::Ledger& ledger, const std::string& name) {
  if (auto root = given_root(ledger, name)) return root;
  auto workspace = call.open();
  if (!workspace) {
    call.console().fail(workspace.error());
    return std::nullopt;
  }
  const auto symbol = find_symbol(workspace->registry(), name, call.console());
  return symbol ? std::optional<std::string>(to_string(*symbol)) : std::nullopt;
}

// Rules the manifest out for that conversation: it is not offered, loaded, or restored after a compaction.
Exit drop(Call& call, const std::string& id, const std::string& name, Format format) {
  session::Ledger ledger(call.environment().state, id);
  const auto root = root_of(call, ledger, name);
  if (!root) return Exit::no;
  if (auto done = ledger.append({.event = session::Event::drop, .root = *root, .written_at = std::time(nullptr)});
      !done)
    return call.console().fail(done.error());
  return call.console().show(rendering::session_dropped(id, *root, format));
}

// What became of the sections of the session, by who counts that.
Exit report(Call& call, const std::string& id, Format format) {
  for (const core::System* const system : core::systems())
    if (system->report != nullptr) return call.console().show(system->report(call, id, format));
  return call.console().fail(
      {ErrorCode::unsupported, "what became of it is not known: this cascade is built without usage", {}, {}});
}

}  // namespace

Exit run_session(Call& call) {
  std::vector<std::string> words;
  Arguments arguments("session");
  std::string named;
  arguments.text("--session", named);
  arguments.words("ACTION", words, 0, 3);
  if (const auto ended = call.read(arguments, {Format::text, Format::json})) return *ended;
  if (!named.empty()) words.push_back(named);
  const std::string action = words.empty() ? "list" : words[0];
  const std::string& state = call.environment().state;
  std::string looked_in;
  Result<std::string> text =
      Error{ErrorCode::misuse, "session has no action '" + action + "'", {}, std::string(call.verb().takes)};
  if (action == "list" && words.size() <= 1) {
    const std::vector<session::SessionSummary> all = session::list_sessions(state);
    if (all.empty()) call.console().note(std::string(none_yet) + "\n  help: " + how_to_begin(call.environment()));
    text = rendering::sessions(all, call.format());
  } else if (((action == "show" || action == "report") && words.size() <= 2) ||
             ((action == "why" || action == "drop") && words.size() >= 2)) {
    const std::size_t id_at = action == "show" || action == "report" ? 1 : 2;
    const auto id = find_session(call.environment(), words.size() > id_at ? words[id_at] : "last");
    if (!id) {
      call.console().fail(id.error());
      return id.error().code == ErrorCode::misuse ? Exit::misuse : Exit::no;
    }
    if (action == "report") return report(call, *id, call.format());
    if (action == "drop") return drop(call, *id, words[1], call.format());
    looked_in = *id;
    text = action == "show" ? entries(call, *id, call.format())
                            : reasons(call, *id, words[1], words.size() > 2, call.format());
  }
  if ((action == "why" || action == "drop") && words.size() == 1)
    text = misuse("session " + action + " needs the NAME of a manifest",
                  "cascade session show lists what the newest session was given");
  if (!text) return call.console().fail(text.error());
  call.console().print(*text);
  if (action == "why" && !text->empty() && call.format() == Format::text)
    call.console().print(source_of(call.environment(), words[1]));
  if (action == "why" && text->empty()) {
    call.console().complain("'" + words[1] + "' was not sent in session " + looked_in +
                            (words.size() > 2 ? "" : ", nor in any other") + why_not_sent(call, words[1]));
    return Exit::no;
  }
  return Exit::yes;
}

}  // namespace cascade::cli
