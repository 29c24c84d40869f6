#include "audit/packages.h"

#include <algorithm>
#include <set>

#include "files/glob.h"
#include "files/paths.h"

namespace cascade::audit {
namespace {

bool is_aside(std::string_view folder, const std::vector<std::string>& aside) {
  while (!folder.empty()) {
    if (std::find(aside.begin(), aside.end(), files::file_name(folder)) != aside.end()) return true;
    folder = files::parent(folder);
  }
  return false;
}

bool is_below_another(const Package& package, const std::vector<Package>& packages) {
  return std::any_of(packages.begin(), packages.end(), [&](const Package& other) {
    return other.ecosystem == package.ecosystem && other.folder != package.folder &&
           (other.folder.empty() || package.folder.compare(0, other.folder.size() + 1, other.folder + "/") == 0);
  });
}

// A solution's folder holds its projects; the folder of a project is no package of its own then, and likewise for
// other manifests that the rows call nested.
void drop_nested(Rows rows, std::vector<Package>& packages) {
  const std::vector<Package> all = packages;
  std::erase_if(packages, [&](const Package& package) {
    const auto nested = subjects_of(rows, package.ecosystem, "nested");
    const bool is_nested = std::any_of(nested.begin(), nested.end(), [&](const std::string& pattern) {
      return files::matches_glob(pattern, files::file_name(package.manifest));
    });
    return is_nested && is_below_another(package, all);
  });
}

// The deepest package of the ecosystem that holds a file.
Package* owner_of(std::vector<Package>& packages, const std::string& path, const std::string& ecosystem) {
  Package* owner = nullptr;
  for (Package& package : packages) {
    const bool holds = package.folder.empty() || path.compare(0, package.folder.size() + 1, package.folder + "/") == 0;
    if (package.ecosystem == ecosystem && holds && (owner == nullptr || package.folder.size() >= owner->folder.size()))
      owner = &package;
  }
  return owner;
}

void share_files(const Repository& repository, Rows rows, std::vector<Package>& packages) {
  std::set<std::string> ecosystems;
  for (const Package& package : packages) ecosystems.insert(package.ecosystem);
  for (const std::string& ecosystem : ecosystems) {
    const auto sources = subjects_of(rows, ecosystem, "source"), tests = subjects_of(rows, ecosystem, "test");
    const auto code = repository.matching("", sources, true);
    for (const std::string& path : code) {
      Package* owner = owner_of(packages, path, ecosystem);
      if (owner == nullptr) continue;
      const std::string below = owner->folder.empty() ? path : path.substr(owner->folder.size() + 1);
      const bool is_test = std::any_of(tests.begin(), tests.end(), [&](const std::string& pattern) {
        return files::matches_glob(pattern, pattern.find('/') == std::string::npos ? files::file_name(below) : below);
      });
      (is_test ? owner->tests : owner->sources).push_back(path);
      const bool both = std::find(tests.begin(), tests.end(), sources.front()) != tests.end();
      if (both && is_test) owner->sources.push_back(path);  // code and tests in one file, as in Rust
    }
  }
}

}  // namespace

std::vector<Package> find_packages(const Repository& repository, Rows rows) {
  std::vector<Package> packages;
  const auto aside = subjects_of(rows, any_ecosystem, "aside");
  for (const EcosystemRow* row : all_rows_of(rows, "manifest")) {
    for (const std::string& path : repository.matching("", {std::string(row->subject)}, true)) {
      const std::string folder(files::parent(path));
      if (is_aside(folder, aside)) continue;
      const bool known = std::any_of(packages.begin(), packages.end(), [&](const Package& package) {
        return package.folder == folder && package.ecosystem == row->ecosystem;
      });
      if (!known) packages.push_back({folder, std::string(row->ecosystem), path, {}, {}});
    }
  }
  drop_nested(rows, packages);
  if (packages.empty()) packages.push_back({"", "", "", {}, {}});
  std::sort(packages.begin(), packages.end(), [](const Package& a, const Package& b) {
    return std::pair(a.folder, a.ecosystem) < std::pair(b.folder, b.ecosystem);
  });
  share_files(repository, rows, packages);
  return packages;
}

}  // namespace cascade::audit
