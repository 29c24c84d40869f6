// Shows what the client lists in every request, and which descriptions are worth their room.
#include <set>

#include "cli/hook_entries.h"
#include "client/built_in.h"
#include "files/paths.h"
#include "files/tree.h"
#include "listing/listing.h"
#include "render/overview.h"
#include "request/task.h"
#include "settings/tuning_record.h"

namespace cascade::cli {
namespace {

Exit show(Call& call, const Workspace& workspace, const ClientList& list, bool lines, Format format) {
  const Registry registry = workspace.registry();
  const auto report = listing_report_of(workspace, list, listing_of(workspace, list, registry));
  if (lines && format == Format::text) {
    call.console().print(rendering::listing_lines(report.listing));
    return Exit::yes;
  }
  return call.console().show(rendering::listing_report(registry, report, format, call.console().paint()));
}

// Overrides written by an earlier tuning are not the user's own.
void forget_own_overrides(const Call& call, const std::string& path, ClientList& list) {
  const auto record = init::read_tuning(files::DiskTree(), call.environment().state, path);
  if (record)
    list.request.overrides =
        list.request.overrides.without(init::tuned_skills(*record), client::SkillListing::name_only, path);
}

Exit tune(Call& call, const Workspace& workspace, ClientList& list, bool dry_run, Format format) {
  if (call.environment().state.empty())
    return call.console().fail({ErrorCode::not_found,
                                "there is no folder to keep what was there before in",
                                {},
                                "set HOME or XDG_STATE_HOME"});
  const std::string path = init::tuned_settings_path();
  forget_own_overrides(call, path, list);
  const auto plan = listing::plan_tuning(workspace.registry(), workspace.counter(), list.request, list.history.uses);
  rendering::Tuned tuned{path, false};
  const bool fits = plan.before.whole_chars <= plan.before.budget;
  if (!plan.name_only.empty()) {
    const auto change = init::plan_tuned_settings(files::DiskTree(), call.environment().state, path, plan.name_only);
    if (!change) return call.console().fail(change.error());
    if (!dry_run && change->changes())
      if (auto done = init::write_tuned_settings(call.environment().state, *change); !done)
        return call.console().fail(done.error());
    tuned.written = !dry_run;
  }
  return call.console().show(rendering::tuned_listing(plan, tuned, format),
                             plan.name_only.empty() && !fits ? Exit::no : Exit::yes);
}

Exit restore(Call& call, bool dry_run, Format format) {
  const files::DiskTree tree;
  const std::string path = init::tuned_settings_path(), &state = call.environment().state;
  const auto record = init::read_tuning(tree, state, path);
  if (!record && record.error().code == ErrorCode::not_found) {
    call.console().complain("nothing was tuned here\n  help: cascade listing tune");
    return Exit::no;
  }
  if (!record) return call.console().fail(record.error());
  const auto undone = init::undo_tuned_settings(state, *record, dry_run);
  if (!undone) return call.console().fail(undone.error());
  using rendering::Restored;
  const Restored restored = *undone == init::Undone::merged      ? Restored::merged
                            : *undone == init::Undone::as_before ? Restored::as_before
                                                                 : Restored::removed;
  return call.console().show(rendering::restored_listing(restored, {path, !dry_run}, format));
}

// The names of what the client lists and Cascade serves, by which its mod knows the lines that can be left out: no
// prices, since each start of a session waits for this.
Exit names(Call& call, Format format) {
  if (format != Format::text) return call.console().fail(rendering::no_format("listing names", format));
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  const Registry registry = workspace->registry();
  std::set<std::string> lines;
  for (const ManifestId id : listing::loaded(registry)) {
    const ManifestView manifest = registry[id];
    if (manifest.scope == Scope::builtin || client::is_entry_name(manifest.name)) continue;
    lines.insert((manifest.kind == Kind::agent ? "agent " : "skill ") + listing::listed_name(manifest) + "\n");
  }
  for (const std::string& line : lines) call.console().print(line);
  return Exit::yes;
}

// Whether the mod is installed, which drops the client's own list.
bool has_mod(const Call& call) {
  const std::string& folder = call.environment().user.folder;
  return !folder.empty() && files::DiskTree().stat(files::join(folder, std::string(mod_folder)));
}

}  // namespace

// Asks for the mod where the client's own list is dear: it stands in every request of every conversation.
Result<void> check_listing(Call& call, Workspace& library, bool /*repairs*/, std::vector<rendering::Check>& checks) {
  constexpr std::uint32_t dear = 3'000;
  const files::DiskTree tree;
  const std::string& folder = call.environment().user.folder;
  if (folder.empty() || !tree.stat(folder) || has_mod(call)) return {};
  const auto list = client_list(call, library);
  if (!list) return list.error();
  const Cost cost =
      rendering::every_request(listing_report_of(library, *list, listing_of(library, *list, library.registry())));
  if (cost.tokens <= dear) return {};
  checks.push_back(
      {"listing", rendering::CheckState::warning,
       "the client's list of skills and agents takes " + std::to_string(cost.tokens) + " tokens of every request",
       "cascade init --listing short, which Claude Code 2.1.287 or later needs; or cascade listing tune"});
  return {};
}

Exit run_listing(Call& call) {
  std::vector<std::string> words;
  bool dry_run = false, lines = false;
  Arguments arguments("listing");
  arguments.words("ACTION", words, 0, 1);
  arguments.flag("--lines", lines);
  std::optional<std::string> client;
  arguments.text("--client", client);
  arguments.flag("--dry-run", dry_run);
  if (const auto ended = call.read(arguments)) return *ended;
  const std::string action = words.empty() ? "show" : words[0];
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  if (action == "restore") return restore(call, dry_run, *format);
  if (action == "names") return names(call, *format);
  if (action != "show" && action != "tune")
    return call.console().fail(
        {ErrorCode::misuse, "listing has no action '" + action + "'", {}, "show, names, tune, restore"});
  if (client && action != "show")
    return call.console().fail({ErrorCode::misuse,
                                "--client can only be used with show: only " +
                                    std::string(client::usual_dialect().title) + "'s list can be tuned",
                                {},
                                "cascade listing show --client NAME"});
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  auto list = client_list(call, *workspace, client);
  if (!list) return call.console().fail(list.error());
  if (list->client == &client::usual_dialect() && has_mod(call))
    call.console().note(
        "the mod is in place (cascade init --listing short), which puts a short list in the place of this one");
  return action == "show" ? show(call, *workspace, *list, lines, *format)
                          : tune(call, *workspace, *list, dry_run, *format);
}

}  // namespace cascade::cli
