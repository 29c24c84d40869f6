#include "workspace/contents.h"

#include <algorithm>

#include "discovery/discovery.h"
#include "files/paths.h"
#include "files/tree.h"
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

std::vector<std::string> WorkspaceContents::others_roots(const Workspace& workspace) {
  std::vector<std::string> paths;
  for (const workspace::SourceRoot& source : workspace.state_->sources) {
    const bool shipped = source.scope == Scope::builtin && !source.is_added;
    paths.push_back(shipped ? std::string() : source.folder.path);
  }
  return paths;
}

std::vector<std::string> WorkspaceContents::unmet(const Workspace& workspace) {
  const WorkspaceOptions& options = workspace.state_->options;
  return workspace::unmet(workspace.state_->overlays, workspace.registry(),
                          options.roots.empty() || options.default_roots);
}

bool WorkspaceContents::follows(const Workspace& workspace, std::uint32_t root, const std::string& path) {
  const discovery::RootFolder& folder = workspace.state_->sources[root].folder;
  discovery::Discovery notes;
  discovery::RootTree tree(workspace.state_->tree, folder, folder.path, notes);
  const auto real = tree.real_path(path);
  return real && !files::is_within(folder.path, *real) && tree.stays_inside(path);
}

std::size_t WorkspaceContents::named_roots(const Workspace& workspace) {
  const std::vector<workspace::SourceRoot>& sources = workspace.state_->sources;
  return static_cast<std::size_t>(
      std::ranges::count_if(sources, [](const workspace::SourceRoot& source) { return source.is_named; }));
}

}  // namespace cascade

namespace cascade::workspace {

FileContents::FileContents(Scan& scan, std::size_t manifests) : scan_(scan), files_(manifests, none) {
  for (std::size_t i = 0; i < scan.files.size(); ++i)
    if (scan.files[i].calls_length != 0) files_[scan.files[i].manifest] = static_cast<std::uint32_t>(i);
}

std::optional<hash::Hash128> FileContents::of(ManifestId id) const {
  const std::uint32_t file = files_[index(id)];
  if (file == none) return std::nullopt;
  return hash::Hash128{scan_.files[file].content_high, scan_.files[file].content_low};
}

std::string FileContents::take_text(ManifestId id) const {
  const std::uint32_t file = files_[index(id)];
  return file == none ? std::string() : std::exchange(scan_.texts[file], std::string());
}

}  // namespace cascade::workspace

// Once for each work tree: several folders of one would bring the same files again.

namespace cascade {

Result<EarlierFiles> earlier_files(repository::GitProgram& git, const std::vector<std::string>& folders,
                                   const std::string& revision) {
  EarlierFiles earlier;
  std::vector<std::string> work_trees;
  for (const std::string& folder : folders) {
    if (std::ranges::any_of(work_trees, [&](const std::string& known) { return files::is_within(known, folder); }))
      continue;
    auto changes = git.changes(folder, revision);
    if (!changes) return changes.error();
    work_trees.push_back(changes->work_tree);
    for (repository::ChangedFile& file : changes->files) {
      const std::string path = files::join(changes->work_tree, file.path);
      if (!file.from.empty()) earlier.renamed[path] = files::join(changes->work_tree, file.from);
      earlier.files.push_back({path, std::move(file.text), file.executable});
    }
  }
  return earlier;
}

bool keeps_paths(const std::vector<FileInstead>& instead) {
  const files::DiskTree disk;
  return std::ranges::all_of(instead, [&](const FileInstead& file) {
    const auto stamp = disk.stat(file.path);
    return file.text && stamp && !stamp->directory && stamp->executable == file.executable &&
           !disk.link_target(file.path);
  });
}

}  // namespace cascade
