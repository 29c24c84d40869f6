// The client tells the name of the skill or command and the command as it would run. The name may mean several files
// (the project's, the user's, a plugin's), and the event does not say which, so each of them that holds commands must
// have been allowed: consent is for bytes, and the bytes of the wrong file prove nothing.
#include "trust/skill_lines.h"

#include <optional>

#include "client/dialect.h"
#include "client/events.h"
#include "events/judges.h"
#include "files/paths.h"
#include "files/tree.h"
#include "hook/clean.h"
#include "trust/log.h"
#include "trust/skill_folder.h"
#include "unicode/utf8.h"

namespace cascade::systems {
namespace {

constexpr std::uint64_t most_manifest_bytes = 4 << 20;
constexpr std::uint32_t longest_command = 200;  // UTF-16 units

struct Standing {
  CalledManifest manifest;
  std::string hash{};  // of a skill's folder
  std::string why{};   // why it may not run; empty: it may
};

std::string why_not(const CalledManifest& manifest, const trust::Consent& consent) {
  if (consent.refused) return consent.refused->message;
  if (consent.state == trust::Allowed::Hooks::none) return "nobody has allowed it";
  if (consent.state == trust::Allowed::Hooks::allowed) return {};
  return manifest.symbol.kind == Kind::command ? "its file has changed since it was allowed"
                                               : "something in its folder has changed since it was allowed";
}

// Nothing: the manifest's text runs no commands.
std::optional<Standing> standing_of(const CalledManifest& called, const Result<trust::Allowed>& allowed,
                                    const hook::EventInput& event) {
  const files::DiskTree tree;
  const CalledManifest manifest{called.symbol, tree.real_path(called.path).value_or(called.path)};
  const auto text = tree.read(manifest.path, most_manifest_bytes);
  if (!text) return Standing{manifest, {}, "its file cannot be read"};
  if (event.client->runs_commands == nullptr || !event.client->runs_commands(*text)) return std::nullopt;
  if (!allowed) return Standing{manifest, {}, "the list of what is allowed cannot be read"};
  const trust::Consent consent = trust::consent_to(manifest.symbol, manifest.path, *allowed);
  return Standing{manifest, consent.hash, why_not(manifest, consent)};
}

void keep_in_log(const Standing& standing, const hook::EventInput& event, const std::string& command,
                 const HookPlace& place) {
  if (place.state_directory.empty()) return;
  static_cast<void>(trust::append_log(
      place.state_directory,
      {place.now, "run", to_string(standing.manifest.symbol), standing.manifest.path, standing.hash, event.name,
       "!`" + command + "`", standing.why.empty() ? "allowed" : "refused", standing.why, false}));
}

}  // namespace

std::vector<CalledManifest> called_there(const std::string& name, const std::string& directory,
                                         const Surroundings& surroundings) {
  std::vector<CalledManifest> called;
  const auto library = library_of(surroundings, directory, Freshness::partial);
  if (!library) return called;
  const Registry registry = library->registry();
  for (const ManifestId id : registry.candidates(name)) {
    const ManifestView view = registry[id];
    if (view.document || (view.kind != Kind::skill && view.kind != Kind::command)) continue;
    called.push_back({symbol_of(view), files::join(library->folder(view), files::file_name(view.path))});
  }
  return called;
}

void judge_skill_line(const hook::EventInput& event, policy::Mode mode, const std::vector<CalledManifest>& called,
                      const HookPlace& place, std::vector<Verdict>& verdicts) {
  if (event.client == nullptr) return;
  const std::string command(
      hook::beginning(unicode::displayable(hook::text_of(event.tool_input, "command")), longest_command));
  const Result<trust::Allowed> allowed = trust::read_own_list(place.allowed_file);
  bool is_found = false;
  for (const CalledManifest& one : called) {
    const auto standing = standing_of(one, allowed, event);
    if (!standing) continue;
    is_found = true;
    keep_in_log(*standing, event, command, place);
    if (standing->why.empty()) continue;
    verdicts.push_back({"trust", mode, repository::Decision::deny,
                        to_string(one.symbol) + " would run `" + command + "` when it is loaded, and " + standing->why +
                            ". The user can read and allow it in a terminal of their own: cascade trust allow " +
                            to_string(one.symbol) + " (" + standing->manifest.path + ")"});
  }
  if (is_found) return;
  verdicts.push_back({"trust", mode, repository::Decision::deny,
                      "`" + command + "` would run for " + unicode::displayable(event.command_name) +
                          ", and no file of that name is known that holds it. cascade list shows what is known"});
}

Result<void> skill_lines(JudgedCall& call) {
  const hook::EventInput& event = call.event;
  const policy::Mode mode = call.policy.mode_of("trust");
  if (event.kind != hook::EventKind::skill_line || mode == policy::Mode::off || client::is_own_source(event.source))
    return {};
  judge_skill_line(event, mode, called_there(event.command_name, event.working_directory, call.surroundings),
                   hook_place(call.surroundings), call.verdicts);
  return {};
}

}  // namespace cascade::systems
