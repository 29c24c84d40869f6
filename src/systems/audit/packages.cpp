#include "audit/packages.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "files/glob.h"
#include "files/paths.h"
#include "text/ascii.h"

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

// Which package a file belongs to.
class Owners {
 public:
  explicit Owners(std::vector<Package>& packages) {
    for (Package& package : packages) {
      by_folder_[package.folder].push_back(&package);
      by_ecosystem_[package.ecosystem].push_back(&package);
    }
  }

  // The deepest package that holds the file; of the ecosystem, unless that is empty.
  Package* holder_of(std::string_view path, const std::string& ecosystem) const {
    while (!path.empty()) {
      path = files::parent(path);
      const auto here = by_folder_.find(path);
      if (here == by_folder_.end()) continue;
      for (auto one = here->second.rbegin(); one != here->second.rend(); ++one)
        if (ecosystem.empty() || (*one)->ecosystem == ecosystem) return *one;
    }
    return nullptr;
  }

  // Tests in a folder of their own, src/Ledger and tests/Ledger.Tests, belong to the package with the longest name that
  // stands in their path, or to the only one of the ecosystem.
  Package* named_by(const std::string& path, const std::string& ecosystem) const {
    const auto all = by_ecosystem_.find(ecosystem);
    if (all == by_ecosystem_.end()) return nullptr;
    if (all->second.size() == 1) return all->second.front();
    Package* found = nullptr;
    std::size_t length = 0;
    for (Package* package : all->second) {
      const std::string_view name = files::file_name(package->folder);
      const std::size_t at = path.find("/" + std::string(name));
      if (name.size() <= length || at == std::string::npos || letters::is_letter(path[at + 1 + name.size()])) continue;
      found = package;
      length = name.size();
    }
    return found;
  }

 private:
  std::map<std::string, std::vector<Package*>, std::less<>> by_folder_, by_ecosystem_;
};

void share_files(const Repository& repository, Rows rows, std::vector<Package>& packages) {
  const Owners owners(packages);
  std::set<std::string> ecosystems;
  for (const EcosystemRow& row : rows)
    if (row.ecosystem != any_ecosystem) ecosystems.emplace(row.ecosystem);
  for (const std::string& ecosystem : ecosystems) {
    const auto sources = subjects_of(rows, ecosystem, "source"), tests = subjects_of(rows, ecosystem, "test");
    for (const std::string& path : repository.matching("", sources, true)) {
      Package* owner = owners.holder_of(path, ecosystem);
      const bool is_beside = owner == nullptr;
      const bool is_test =
          Repository::fits(is_beside || owner->folder.empty() ? path : path.substr(owner->folder.size() + 1), tests);
      if (is_beside && is_test) owner = owners.named_by(path, ecosystem);
      if (owner != nullptr) {
        (is_test ? owner->tests : owner->sources).push_back(path);
        const bool both = std::find(tests.begin(), tests.end(), sources.front()) != tests.end();
        if (both && is_test && !is_beside) owner->sources.push_back(path);  // code and tests in one file, as in Rust
      } else if (Package* const other = owners.holder_of(path, ""); other != nullptr && is_beside) {
        const std::string below = other->folder.empty() ? path : path.substr(other->folder.size() + 1);
        if (Repository::fits(below, tests)) other->other_tests.push_back({path, ecosystem});
      }
    }
  }
}

// Code beside its manifest, and of no fixture, example or test.
bool has_code(const Repository& repository, Rows rows, const Package& package, const std::vector<std::string>& aside) {
  const auto manifests = subjects_of(rows, package.ecosystem, "manifest");
  const auto code = repository.matching(package.folder, subjects_of(rows, package.ecosystem, "source"), true);
  return std::any_of(code.begin(), code.end(), [&](const std::string& path) {
    return !is_aside(files::parent(path), aside) &&
           std::find(manifests.begin(), manifests.end(), path) == manifests.end();
  });
}

// A root without a manifest whose files are code all the same. Where other folders are packages, one of the files that
// the row asks for must be in the root.
std::optional<Package> lone_package(const Repository& repository, Rows rows, bool is_first) {
  for (const EcosystemRow* row : all_rows_of(rows, "lone")) {
    const auto asked = repository.matching("", parts_of(row->value));
    if ((asked.empty() && !is_first) || repository.matching("", parts_of(row->subject)).empty()) continue;
    return Package{"", std::string(row->ecosystem), asked.empty() ? "" : asked.front(), {}, {}, {}};
  }
  return std::nullopt;
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
      if (!known) packages.push_back({folder, std::string(row->ecosystem), path, {}, {}, {}});
    }
  }
  drop_nested(rows, packages);
  std::vector<Package> with_code;
  for (const Package& package : packages)
    if (has_code(repository, rows, package, aside)) with_code.push_back(package);
  const bool has_root =
      std::any_of(with_code.begin(), with_code.end(), [](const Package& package) { return package.folder.empty(); });
  if (!has_root)
    if (auto lone = lone_package(repository, rows, with_code.empty())) with_code.push_back(*std::move(lone));
  if (!with_code.empty()) packages = std::move(with_code);
  drop_nested(rows, packages);
  if (packages.empty()) packages.push_back({"", "", "", {}, {}, {}});
  std::sort(packages.begin(), packages.end(), [](const Package& a, const Package& b) {
    return std::pair(a.folder, a.ecosystem) < std::pair(b.folder, b.ecosystem);
  });
  share_files(repository, rows, packages);
  return packages;
}

}  // namespace cascade::audit
