// Whether values may move is decided by prompts that taught nothing about them: the sessions are halved by a hash, and
// each half is judged with what the other half teaches. Routing is not part of it, since moved values do not reach the
// router.
#include "usage/usage_verb.h"

#include <algorithm>

#include "files/atomic_write.h"
#include "files/tree.h"
#include "hash/content_hash.h"
#include "hook/layer.h"
#include "request/refresh.h"
#include "request/task.h"
#include "unicode/utf8.h"
#include "usage/learned.h"

namespace cascade::cli {
namespace {

using usage::AskedPrompt;
using usage::Exposures;

constexpr std::size_t most_prompts = 400;

std::uint64_t half_of(const std::string& session) { return hash::hash64(session) % 2; }

// The used sections that a bundle for the prompt has, of one manifest that the prompt brought.
Result<std::uint64_t> kept_in_bundle(Workspace& workspace, const AskedPrompt& prompt, const Symbol& root,
                                     const Learned& learned) {
  constexpr TokenCount usual_budget = 2'400;
  request::Task task;
  task.request.roots = {root};
  task.request.diagnose = false;
  task.prompt = prompt.text;
  task.only_named_files = true;
  task.bundle.learned = learned;
  const TokenLimit given = workspace.preferences().budget;
  task.bundle.budget.limit.tokens = given.tokens > 0 ? given.tokens : usual_budget;
  auto router = workspace.router();
  if (!router) return router.error();
  task.router = *std::move(router);
  const auto bundle = request::with_refresh(workspace, [&] { return assemble_task(workspace, task); });
  if (!bundle) return bundle.error();
  const Registry registry = workspace.registry();
  std::uint64_t kept = 0;
  for (const auto& [manifest, hash] : prompt.used_sections)
    kept += manifest == to_string(root) &&
                    std::any_of(bundle->pieces.begin(), bundle->pieces.end(),
                                [&, used = hash](const Piece& piece) {
                                  if (piece.form == Form::card || piece.section >= registry[piece.id].sections)
                                    return false;
                                  const SectionView view = registry.section(piece.id, piece.section);
                                  return registry.section(piece.id, view.shorter_of).content_hash == used;
                                })
                ? 1
                : 0;
  return kept;
}

// The manifests of which the prompt used sections and that are still there, each once.
std::vector<Symbol> roots_of(const Registry& registry, const AskedPrompt& prompt) {
  std::vector<Symbol> roots;
  for (const auto& [manifest, hash] : prompt.used_sections)
    if (const auto symbol = Symbol::parse(manifest);
        symbol && registry.find(*symbol) && std::find(roots.begin(), roots.end(), *symbol) == roots.end())
      roots.push_back(*symbol);
  return roots;
}

Result<usage::Kept> evaluate_halves(Workspace& workspace, const usage::Report& report) {
  // Half of the sessions have half of the exposures.
  constexpr std::uint64_t least = usage::least_to_learn / 2;
  Learned by_half[2];
  for (std::uint64_t half : {0, 1})
    by_half[half] = usage::learned_of(
        usage::exposures_of(report, [&](const std::string& session) { return half_of(session) != half; }), least);
  usage::Kept kept;
  std::size_t asked = 0;
  for (const AskedPrompt& prompt : report.prompts) {
    if (prompt.used_sections.empty() || ++asked > most_prompts) continue;
    for (const Symbol& root : roots_of(workspace.registry(), prompt)) {
      const auto usual = kept_in_bundle(workspace, prompt, root, {});
      if (!usual) return usual.error();
      const auto moved = kept_in_bundle(workspace, prompt, root, by_half[half_of(prompt.session)]);
      if (!moved) return moved.error();
      const auto of =
          static_cast<std::uint64_t>(std::count_if(prompt.used_sections.begin(), prompt.used_sections.end(),
                                                   [&](const auto& used) { return used.first == to_string(root); }));
      kept.usual = {kept.usual.hits + *usual, kept.usual.of + of};
      kept.moved = {kept.moved.hits + *moved, kept.moved.of + of};
    }
  }
  return kept;
}

std::string counts_text(const usage::Kept& kept) {
  return "of " + std::to_string(kept.usual.of) + " sections that your prompts made use of, bundles hold " +
         std::to_string(kept.usual.hits) + " with the usual values and " + std::to_string(kept.moved.hits) +
         " with moved ones, where each half of the sessions is judged by what the other half teaches\n";
}

// Nothing may stay in force that does not hold any more.
Exit refuse(Call& call, const std::string& why, bool dry_run) {
  if (!dry_run) static_cast<void>(files::remove_file(usage::learned_path(call.environment().state)));
  call.console().complain("nothing was learned: " + why);
  return Exit::no;
}

}  // namespace

Exit learn(Call& call, Workspace& workspace, const usage::Report& report, bool dry_run) {
  const Exposures exposures = usage::exposures_of(report);
  const Learned learned = usage::learned_of(exposures);
  const auto enough = std::count_if(exposures.begin(), exposures.end(),
                                    [](const auto& one) { return one.second.used.of >= usage::least_to_learn; });
  call.console().print(std::to_string(exposures.size()) + " sections were judged, " + std::to_string(enough) +
                       " of them twenty times or more; " + std::to_string(learned.values.size()) +
                       " values would move\n");
  if (learned.values.empty()) return refuse(call, "no value would move", dry_run);
  const auto kept = evaluate_halves(workspace, report);
  if (!kept) return call.console().fail(kept.error());
  call.console().print(counts_text(*kept));
  if (kept->usual.of == 0) return refuse(call, "no prompt of these sessions can judge it", dry_run);
  if (kept->moved.hits < kept->usual.hits) return refuse(call, "bundles would hold less of what is used", dry_run);
  const std::string path = usage::learned_path(call.environment().state);
  if (dry_run) {
    call.console().print("would be written to " + unicode::displayable(path) + "\n");
    return Exit::yes;
  }
  if (auto done = files::write_atomically(path, usage::learned_file(exposures, *kept), 0600); !done)
    return call.console().fail(done.error());
  call.console().print("learned: " + unicode::displayable(path) +
                       "\nnext: `learn: on` in your own cascade.yaml obeys it; cascade usage forget takes it back\n");
  return Exit::yes;
}

Exit forget_learned(Call& call, bool dry_run) {
  const std::string path = usage::learned_path(call.environment().state);
  if (call.environment().state.empty() || !files::DiskTree().stat(path)) {
    call.console().complain("nothing was learned here\n  help: cascade usage learn");
    return Exit::no;
  }
  if (!dry_run)
    if (auto done = files::remove_file(path); !done) return call.console().fail(done.error());
  call.console().print(unicode::displayable(path) + (dry_run ? " would be" : " is") + " gone\n");
  return Exit::yes;
}

}  // namespace cascade::cli
