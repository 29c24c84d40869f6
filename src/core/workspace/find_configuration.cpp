// Looks for the cascade.yaml that holds in a directory, and drops of it what a file of that place and owner may not
// say.
#include "files/paths.h"
#include "workspace/configuration.h"

namespace cascade::workspace {
namespace {

constexpr std::string_view file_name = "cascade.yaml";

Diagnostic refused(const std::string& path, std::string message) {
  Diagnostic problem;
  problem.severity = Severity::warning;
  problem.rule = "SEC021";
  problem.at.path = path;
  problem.message = std::move(message);
  problem.help = "read it, then: cascade allow " + path;
  return problem;
}

// Roots below the file's folder belong to that folder; a configuration may not add any others.
void drop_foreign_roots(Configuration& found, const std::string& folder) {
  for (auto root = found.roots.begin(); root != found.roots.end();) {
    if (*root == default_sources || files::is_within(folder, *root)) {
      ++root;
      continue;
    }
    found.problems.push_back(refused(found.path, "the root " + *root + " lies outside, and is not read"));
    root = found.roots.erase(root);
  }
}

}  // namespace

Error unreadable(Error error, const std::string& path) {
  if (error.path.empty()) error.path = path;
  if (error.help.empty()) error.help = "make it a file that you may read, of at most 64 KiB, or take it away";
  return error;
}

Configuration find_configuration(const files::Tree& tree, const std::string& directory, const IsAllowed& is_allowed,
                                 const std::string& home) {
  std::string folder = files::normalise(directory);
  std::vector<Diagnostic> problems;
  Configuration found;
  while (true) {
    const std::string path = files::join(folder, file_name);
    auto text = tree.read_own(folder, file_name, most_configuration_bytes);
    if (!text && text.error().code != ErrorCode::not_found) {
      found.path = path;
      found.faults.push_back(unreadable(text.error(), path));
      break;
    }
    if (text) {
      const auto own = tree.is_own(path), own_folder = tree.is_own(folder);
      const bool ours = own && *own && own_folder && *own_folder;
      if (ours || (is_allowed && is_allowed(path))) {
        found = read_configuration(*text, path, folder, home);
        if (!is_allowed || !is_allowed(path)) drop_foreign_roots(found, folder);
        break;
      }
      problems.push_back(refused(path, "belongs to another user, and is not obeyed"));
    }
    const std::string above(files::parent(folder));
    if (above.empty() || above == folder) break;
    folder = above;
  }
  found.problems.insert(found.problems.end(), problems.begin(), problems.end());
  return found;
}

void drop_missing_roots(const files::Tree& tree, Configuration& found) {
  for (auto root = found.roots.begin(); root != found.roots.end();) {
    if (*root == default_sources) {
      ++root;
      continue;
    }
    const auto stamp = tree.stat(*root);
    if (stamp && stamp->directory) {
      ++root;
      continue;
    }
    found.faults.push_back({ErrorCode::misuse, stamp ? "the root is not a folder" : "the root does not exist", *root,
                            "give an existing folder to 'roots' of " + found.path});
    root = found.roots.erase(root);
  }
}

}  // namespace cascade::workspace
