// A repository with a remote came from elsewhere, and so did the manifests and settings in it. What was made here, and
// is a repository without a remote or none at all, is the user's own.
#include <algorithm>

#include "files/paths.h"
#include "listed/standing.h"
#include "text/ascii.h"

namespace cascade::listing {
namespace {

constexpr std::uint64_t most_git_bytes = 1 << 20;

// The folder with the settings of the repository that `folder` is the top of; empty: it is none.
std::string git_folder(const files::Tree& tree, const std::string& folder) {
  constexpr std::string_view link = "gitdir: ";
  std::string git = files::join(folder, ".git");
  const auto stamp = tree.stat(git);
  if (!stamp) return {};
  if (stamp->directory) return git;
  const auto text = tree.read(git, most_git_bytes);
  if (!text || !text->starts_with(link)) return {};
  git = files::join(folder, std::string(letters::trim(std::string_view(*text).substr(link.size()))));
  const auto common = tree.read(files::join(git, "commondir"), most_git_bytes);  // of a linked work tree
  return common ? files::normalise(files::join(git, std::string(letters::trim(*common)))) : git;
}

bool has_remote(const files::Tree& tree, const std::string& git) {
  const auto text = tree.read(files::join(git, "config"), most_git_bytes);
  return text && text->find("[remote \"") != std::string::npos;
}

}  // namespace

std::string clone_around(const files::Tree& tree, const std::string& directory, const std::string& home) {
  for (std::string folder = files::normalise(directory); !directory.empty() && !folder.empty();) {
    if (const std::string git = git_folder(tree, folder); !git.empty())
      return folder != home && has_remote(tree, git) ? folder : std::string();
    std::string above(files::parent(folder));
    if (above == folder) break;
    folder = std::move(above);
  }
  return {};
}

bool is_trusted(const files::Tree& tree, const SwitchRequest& request, const std::string& clone) {
  // A linked work tree is as much trusted as the clone that it belongs to.
  const std::string main(files::parent(git_folder(tree, clone)));
  if (request.is_allowed && (request.is_allowed(clone) || request.is_allowed(main))) return true;
  std::vector<std::string> folders{main};  // the directory and all above: trust in a folder holds below it
  for (std::string folder = files::normalise(request.directory); !folder.empty();) {
    folders.push_back(folder);
    std::string above(files::parent(folder));
    if (above == folder) break;
    folder = std::move(above);
  }
  return client::is_trusted(tree, request.user, folders);
}

}  // namespace cascade::listing
