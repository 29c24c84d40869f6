// The files that the validator judges, and the look-ups it makes while it does. Several threads ask at once: real paths
// of folders are remembered behind a lock, because the system would resolve every path from the top, and each thread
// takes eight neighbouring files at a time.
#include <cascade/workspace.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <unordered_map>

#include "discovery/tree_listing.h"
#include "files/overlay_tree.h"
#include "files/paths.h"
#include "workspace/state.h"
#include "workspace/threads.h"

namespace cascade {

struct TreeFiles::State {
  explicit State(const std::vector<FileInstead>& instead) : tree(workspace::tree_with(instead)) {}

  Result<std::string> real_path(const std::string& path);

  files::OverlayTree tree;
  std::string root;
  discovery::TreeListing listing;
  std::size_t threads = 1;

 private:
  Result<std::string> real_folder(const std::string& folder);

  std::mutex mutex_;
  std::unordered_map<std::string, std::string> real_folders_;
};

// Resolves an existing path in the root or below it. The system would follow each file's path from the top; here,
// resolved folders are remembered.
Result<std::string> TreeFiles::State::real_path(const std::string& path) {
  if (path == root) return root;
  if (tree.link_target(path)) return tree.real_path(path);
  auto folder = real_folder(std::string(files::parent(path)));
  if (!folder) return folder;
  return files::join(*folder, files::file_name(path));
}

Result<std::string> TreeFiles::State::real_folder(const std::string& folder) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (const auto known = real_folders_.find(folder); known != real_folders_.end()) return known->second;
  }
  auto real = real_path(folder);
  if (!real) return real;
  const std::lock_guard<std::mutex> lock(mutex_);
  return real_folders_.emplace(folder, *std::move(real)).first->second;
}

TreeFiles::TreeFiles(std::unique_ptr<State> state) : state_(std::move(state)) {}
TreeFiles::TreeFiles(TreeFiles&&) noexcept = default;
TreeFiles& TreeFiles::operator=(TreeFiles&&) noexcept = default;
TreeFiles::~TreeFiles() = default;

Result<TreeFiles> TreeFiles::list(const std::string& folder, unsigned threads) { return list(folder, threads, {}); }

Result<TreeFiles> TreeFiles::list(const std::string& folder, unsigned threads,
                                  const std::vector<FileInstead>& instead) {
  auto state = std::make_unique<State>(instead);
  auto real = state->tree.real_path(folder);
  if (!real) return real.error();
  state->root = *real;
  auto listing = discovery::list_tree(state->tree, *real);
  if (!listing) return listing.error();
  state->listing = std::move(*listing);
  state->threads = workspace::thread_count(threads);
  return TreeFiles(std::move(state));
}

TreeFiles TreeFiles::with(const std::vector<FileInstead>& instead) const {
  auto state = std::make_unique<State>(instead);
  state->root = state_->root;
  state->listing = state_->listing;
  state->threads = state_->threads;
  return TreeFiles(std::move(state));
}

const std::vector<std::string>& TreeFiles::files() const noexcept { return state_->listing.files; }
const std::vector<Diagnostic>& TreeFiles::problems() const noexcept { return state_->listing.problems; }

Result<std::string> TreeFiles::read(const std::string& path) const {
  return state_->tree.read(files::join(state_->root, path), max_file_bytes);
}

PathState TreeFiles::look(const std::string& path) const {
  const std::string absolute = files::normalise(files::join(state_->root, path));
  if (!files::is_within(state_->root, absolute)) return PathState::outside;
  const auto stamp = state_->tree.stat(absolute);
  if (!stamp) return PathState::missing;
  const auto real = state_->real_path(absolute);
  if (!real || !files::is_within(state_->root, *real)) return PathState::outside;
  if (stamp->directory) return PathState::folder;
  return stamp->executable ? PathState::executable : PathState::file;
}

void TreeFiles::for_each(std::size_t count, const std::function<void(std::size_t)>& work) const {
  constexpr std::size_t batch = 8;  // a batch of neighbours: a thread that wakes late must not take single files
  std::atomic<std::size_t> next = 0;
  const auto run = [&](std::size_t) {
    for (std::size_t begin = next.fetch_add(batch); begin < count; begin = next.fetch_add(batch))
      for (std::size_t i = begin; i < std::min(begin + batch, count); ++i) work(i);
  };
  workspace::run_on_threads(std::clamp<std::size_t>(count / batch, 1, state_->threads), run);
}

}  // namespace cascade
