// Asks git once for each work tree, not for each folder: several folders of one work tree would bring the same files
// again.
#include "workspace/earlier_files.h"

#include "files/paths.h"
#include "files/tree.h"

#include <algorithm>
#include <utility>

namespace cascade {

Result<EarlierFiles> earlier_files(repository::GitProgram& git, const std::vector<std::string>& folders,
                                   const std::string& revision) {
  EarlierFiles earlier;
  std::vector<std::string> work_trees;
  for (const std::string& folder : folders) {
    if (std::any_of(work_trees.begin(), work_trees.end(),
                    [&](const std::string& known) { return files::is_within(known, folder); }))
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
  return std::all_of(instead.begin(), instead.end(), [&](const FileInstead& file) {
    const auto stamp = disk.stat(file.path);
    return file.text && stamp && !stamp->directory && stamp->executable == file.executable &&
           !disk.link_target(file.path);
  });
}

}  // namespace cascade
