#include "usage/usage_verb.h"

#include <cascade/hook.h>

#include <ctime>

#include "cli/call.h"
#include "events/event_session.h"
#include "files/tree.h"
#include "policy/policy.h"
#include "system/system.h"
#include "usage/learned.h"
#include "usage/render.h"

namespace cascade::cli {

usage::Report usage_of(const Call& call, const Workspace& workspace, const Registry& registry,
                       const usage::Question& question) {
  const files::DiskTree tree;
  const usage::Ledgers ledgers =
      usage::read_ledgers(tree, call.environment().state, question.session.empty() ? question.since : 0);
  const auto logs =
      usage::find_logs(tree, [&](const transcript::Format& format) { return log_folder(call.environment(), format); });
  usage::Library library(registry, [&](const ManifestView& manifest, const SectionView& section) {
    return workspace.read(manifest, section);
  });
  return usage::report_of(tree, ledgers, logs, library, question);
}

// What others ask of it: the values of sections for a bundle, the report of one session, and which manifests came.

// Where there is no file of what was learned, this costs one look for it.
Result<Learned> learned_values(const Environment& environment) {
  const files::DiskTree tree;
  if (environment.state.empty() || !tree.stat(usage::learned_path(environment.state))) return Learned{};
  const auto policy = policy::read_policy(tree, environment.users_configuration, tree.real_path(".").value_or("/"));
  if (!policy) return policy.error();
  return policy->learns ? usage::read_learned(tree, environment.state) : Learned{};
}

// A fault in what was learned means that nothing was.
void give_learned(systems::EventSession& session, Workspace& /*library*/, HookOptions& options) {
  const Result<policy::Policy>& policy = session.policy();
  if (!policy || !policy->learns) return;
  auto learned = usage::read_learned(files::DiskTree(), session.surroundings().state_directory);
  if (learned)
    options.learned = *std::move(learned);
  else
    session.log(learned.error());
}

// The last of the ledger's sections, and what became of each.
Result<std::string> report_of_session(Call& call, const std::string& id, Format format) {
  auto workspace = call.open();
  if (!workspace) return workspace.error();
  usage::Question question;
  question.session = id;
  question.until = std::time(nullptr);
  const Registry registry = workspace->registry();
  return rendering::session_report(usage_of(call, *workspace, registry, question), id, format, call.console().paint());
}

core::Came what_came(Call& call, const Workspace& library, std::int64_t since) {
  usage::Question question;
  question.until = std::time(nullptr);
  question.since = since;
  const Registry registry = library.registry();
  const usage::Report report = usage_of(call, library, registry, question);
  core::Came came;
  came.sessions = report.sessions;
  for (const usage::Row& row : report.manifests) came.manifests.insert(row.name);
  for (const usage::AskedPrompt& prompt : report.prompts) came.manifests.insert(prompt.used.begin(), prompt.used.end());
  return came;
}

}  // namespace cascade::cli
