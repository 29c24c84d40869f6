#include "workspace/contents.h"

#include "workspace/state.h"

namespace cascade {

std::vector<std::pair<std::string, hash::Hash128>> WorkspaceContents::of(const Workspace& workspace) {
  const Workspace::State& state = *workspace.state_;
  const Freshness freshness = state.options.freshness;
  const bool compared = freshness == Freshness::full || freshness == Freshness::paranoid;
  if (!compared || state.check || state.report.partial || state.report.outdated) return {};
  constexpr std::uint32_t unknown = index_file::flag_faulty | index_file::flag_unread;
  workspace::Records records;
  records.strings = state.file_paths;
  std::vector<std::pair<std::string, hash::Hash128>> contents;
  contents.reserve(state.files.size);
  for (const index_file::FileRecord& file : state.files) {
    const std::string_view path = records.path(file);
    if (path.empty() || file.root >= state.sources.size() || (file.flags & unknown) != 0) continue;
    contents.emplace_back(state.sources[file.root].label + std::string(path),
                          hash::Hash128{file.content_high, file.content_low});
  }
  return contents;
}

bool WorkspaceContents::is_added(const Workspace& workspace, std::uint32_t root) {
  const std::vector<workspace::SourceRoot>& sources = workspace.state_->sources;
  return root < sources.size() && sources[root].is_added;
}

}  // namespace cascade
