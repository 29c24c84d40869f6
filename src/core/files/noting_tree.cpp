#include "files/noting_tree.h"

#include <algorithm>

#include "files/paths.h"

namespace cascade::files {
namespace {

bool may_pass(const Error& error) { return error.code != ErrorCode::not_found && error.code != ErrorCode::unsupported; }

}  // namespace

template <typename T>
Result<T> NotingTree::noted(const std::string& path, Result<T> result) const {
  if (result || !may_pass(result.error())) return result;
  Error failure = result.error();
  failure.path = normalise(path);
  const std::lock_guard<std::mutex> lock(mutex_);
  failures_.push_back(std::move(failure));
  return result;
}

Result<std::string> NotingTree::read(const std::string& path, std::uint64_t max_bytes) const {
  return noted(path, tree_.read(path, max_bytes));
}

Result<FileText> NotingTree::read_stamped(const std::string& path, std::uint64_t max_bytes) const {
  return noted(path, tree_.read_stamped(path, max_bytes));
}

Result<Listing> NotingTree::list_stamped(const std::string& directory) const {
  return noted(directory, tree_.list_stamped(directory));
}

Result<Stamp> NotingTree::stat(const std::string& path) const { return noted(path, tree_.stat(path)); }

Result<std::string> NotingTree::real_path(const std::string& path) const { return noted(path, tree_.real_path(path)); }

Result<std::string> NotingTree::link_target(const std::string& path) const {
  return noted(path, tree_.link_target(path));
}

Result<bool> NotingTree::is_own(const std::string& path) const { return noted(path, tree_.is_own(path)); }

std::vector<Error> NotingTree::failures() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<Error> all = failures_;
  std::stable_sort(all.begin(), all.end(), [](const Error& a, const Error& b) { return a.path < b.path; });
  all.erase(std::unique(all.begin(), all.end(), [](const Error& a, const Error& b) { return a.path == b.path; }),
            all.end());
  return all;
}

bool is_still_unreadable(const Tree& tree, const std::string& path) {
  constexpr std::uint64_t most = 16u << 20;
  const auto real = tree.real_path(path);
  if (!real) return may_pass(real.error());
  const auto stamp = tree.stat(path);
  if (!stamp) return may_pass(stamp.error());
  if (stamp->directory) {
    const auto listing = tree.list_stamped(path);
    return !listing && may_pass(listing.error());
  }
  const auto text = tree.read(path, most);
  return !text && may_pass(text.error());
}

}  // namespace cascade::files
