#include "discovery/root_tree.h"

#include <algorithm>

#include "files/paths.h"

namespace cascade::discovery {
namespace {

constexpr std::uint64_t max_json_bytes = 1 << 20;

std::string_view extension(std::string_view path) {
  const std::string_view name = files::file_name(path);
  return name.substr(std::min(name.rfind('.'), name.size()));
}

}  // namespace

bool is_own_below(const files::Tree& tree, const std::string& home, const std::string& real) {
  if (home.empty() || real == home || !files::is_within(home, real)) return false;
  if ((real + "/").find("/.git/") != std::string::npos) return false;
  const auto own = tree.is_own(real), own_folder = tree.is_own(std::string(files::parent(real)));
  return own && *own && own_folder && *own_folder;
}

std::string RootTree::absolute(const std::string& path) const { return files::join(root_, path); }

Result<std::string> RootTree::read(const std::string& path) const { return tree_.read(absolute(path), max_json_bytes); }

bool RootTree::is_directory(const std::string& folder, const files::Entry& entry) {
  if (entry.type == files::EntryType::directory) return true;
  if (entry.type != files::EntryType::link) return false;
  const std::string path = files::join(folder, entry.name);
  const auto stamp = stat(path);
  if (!stamp) notes_.settled = false;
  return stamp && stamp->directory && stays_inside(path);
}

bool RootTree::is_file(const std::string& folder, const files::Entry& entry) {
  if (entry.type == files::EntryType::file) return true;
  return entry.type == files::EntryType::link && has_file(files::join(folder, entry.name));
}

bool RootTree::has_file(const std::string& path) {
  const auto stamp = stat(path);
  return stamp && !stamp->directory && stays_inside(path);
}

bool RootTree::stays_inside(const std::string& path) {
  if (path.empty()) return true;
  const auto real = real_path(path);
  if (real && files::is_within(real_, *real)) return leads_to_its_like(path, *real);
  if (real && leads_to_own(path, *real)) return true;
  notes_.settled = false;
  if (!real) return false;
  problem("SEC010", Severity::error, path, "the symbolic link leaves the root, not followed",
          "copy the target into the tree");
  return false;
}

// A planted link must not make us read a repository's internal files (.git/config holds passwords) or a file of
// another kind (.env) as a manifest.
bool RootTree::leads_to_its_like(const std::string& path, const std::string& real) {
  const std::string inside = files::relative_to(real_, real);
  if (inside == path) return true;
  const auto stamp = stat(path);
  const bool alike = !stamp || stamp->directory || extension(real) == extension(path);
  if (alike && ("/" + inside + "/").find("/.git/") == std::string::npos) return true;
  notes_.settled = false;
  problem("SEC010", Severity::error, path, "the symbolic link leads to what is no manifest, not followed",
          "copy what is meant into the tree");
  return false;
}

// A folder around the root would bring the root again, and everything beside it.
bool RootTree::leads_to_own(const std::string& path, const std::string& real) {
  if (home_.empty() || files::is_within(real, real_) || !is_own_below(tree_, home_, real)) return false;
  const auto stamp = stat(path);
  return stamp && (stamp->directory || extension(real) == extension(path));
}

void RootTree::note_listed(const std::string& folder, const files::Stamp& stamp) {
  notes_.directories.push_back({folder.empty() ? "." : folder, stamp});
}

void RootTree::watch(const std::string& folder) {
  if (folder.empty()) return;  // the root is listed in any case
  const auto stamp = stat(folder);
  if (stamp && stamp->directory) note_listed(folder, *stamp);
}

void RootTree::watch_for(const std::string& missing) {
  std::string folder(files::parent(missing));
  while (files::parent(folder) != folder && !stat(folder)) folder = files::parent(folder);
  watch(folder);
}

void RootTree::problem(const char* rule, Severity severity, const Location& at, std::string message, std::string help) {
  if (!reported_.emplace(at.path, at.line, message).second) return;
  Diagnostic& found = notes_.problems.emplace_back();
  found.severity = severity;
  found.rule = rule;
  found.at = at;
  found.message = std::move(message);
  found.help = std::move(help);
}

void RootTree::problem(const char* rule, Severity severity, const std::string& path, std::string message,
                       std::string help) {
  Location at;
  at.path = path;
  problem(rule, severity, at, std::move(message), std::move(help));
}

}  // namespace cascade::discovery
