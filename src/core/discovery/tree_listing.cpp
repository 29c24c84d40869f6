// Walks the tree depth first in the order of names and lists the files. Links are never followed; one that leads out of
// the tree, around itself or nowhere is reported. A folder that cannot be read, and one that is too deep, are findings
// and not errors: the rest of the tree is still checked.
#include "discovery/tree_listing.h"

#include <algorithm>

#include "files/paths.h"

namespace cascade::discovery {
namespace {

bool is_skipped(std::string_view name) {
  return name == ".git" || name == "node_modules" || name == ".hg" || name == ".svn";
}

class Lister {
 public:
  Lister(const files::Tree& tree, std::string root, const ListingLimits& limits)
      : tree_(tree), root_(std::move(root)), limits_(limits) {}

  Result<TreeListing> run() {
    auto top = tree_.list(root_);
    if (!top) return top.error();
    folder("", *top, 0);
    std::sort(listing_.files.begin(), listing_.files.end());
    return std::move(listing_);
  }

 private:
  void problem(const char* rule, Severity severity, const std::string& path, std::string message, std::string help) {
    Diagnostic found;
    found.severity = severity;
    found.rule = rule;
    found.at.path = path;
    found.message = std::move(message);
    found.help = std::move(help);
    listing_.problems.push_back(std::move(found));
  }

  void folder(const std::string& path, const std::vector<files::Entry>& entries, std::uint32_t depth) {
    for (const files::Entry& entry : entries) {
      const std::string below = files::join(path, entry.name);
      switch (entry.type) {
        case files::EntryType::file: file(below); break;
        case files::EntryType::link: link(path, below); break;
        case files::EntryType::directory: enter(below, entry.name, depth); break;
        case files::EntryType::other: break;
      }
    }
  }

  void file(const std::string& path) {
    if (listing_.files.size() < limits_.files)
      listing_.files.push_back(path);
    else if (!full_) {
      full_ = true;
      problem("ID009", Severity::error, path,
              "more than " + std::to_string(limits_.files) + " files; the rest is left out", "give a smaller root");
    }
  }

  void enter(const std::string& path, const std::string& name, std::uint32_t depth) {
    if (is_skipped(name)) return;
    if (depth >= limits_.depth)
      return problem("ID009", Severity::warning, path,
                     "nested deeper than " + std::to_string(limits_.depth) + " folders, not looked at", "move it up");
    const auto entries = tree_.list(files::join(root_, path));
    if (!entries) return problem("ID009", Severity::warning, path, entries.error().message, entries.error().help);
    folder(path, *entries, depth + 1);
  }

  void link(const std::string& folder, const std::string& path) {
    const std::string absolute = files::join(root_, path);
    const auto target = tree_.link_target(absolute);
    const auto real = tree_.real_path(absolute);
    const std::string help = "copy the target into the tree";
    if (real) {
      if (!files::is_within(root_, *real))
        problem("SEC010", Severity::error, path, "the symbolic link leaves the root, not followed", help);
      else if (files::is_within(*real, absolute))
        problem("SEC010", Severity::error, path, "the symbolic link leads into a folder around itself, not followed",
                help);
      return;
    }
    if (!target) return;
    const std::string written = files::normalise(files::join(files::join(root_, folder), *target));
    if (!files::is_within(root_, written))
      problem("SEC010", Severity::error, path, "the symbolic link leaves the root, not followed", help);
    else if (tree_.link_target(written))
      problem("SEC010", Severity::error, path, "the symbolic link runs in a circle or into nothing", help);
  }

  const files::Tree& tree_;
  std::string root_;
  const ListingLimits& limits_;
  TreeListing listing_;
  bool full_ = false;
};

}  // namespace

Result<TreeListing> list_tree(const files::Tree& tree, const std::string& root, const ListingLimits& limits) {
  auto real = tree.real_path(root);
  if (!real) return real.error();
  return Lister(tree, *real, limits).run();
}

}  // namespace cascade::discovery
