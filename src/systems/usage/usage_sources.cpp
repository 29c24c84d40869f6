#include "usage/usage_sources.h"

#include "files/tree.h"

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

}  // namespace cascade::cli
