// A row's path is walked part by part; "*" lists a folder. What is found there is read by what it is: a member of
// names, a document, a Markdown file, or nothing but its place.
#include "client/installers.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>

#include "files/paths.h"
#include "syntax/frontmatter.h"
#include "syntax/json.h"
#include "syntax/yaml.h"

namespace cascade::client {
namespace {

using syntax::Node;

constexpr std::uint64_t largest_record = 8u << 20, largest_manifest = 256u << 10;
constexpr std::size_t most_of_a_row = 2'000, longest_text = 300;
constexpr syntax::NodeLimits record_limits{
    .bytes = largest_record, .depth = 32, .nodes = 200'000, .alias_nodes = 1'000};

struct Found {
  std::string path;
  std::vector<std::string> stars;  // what each "*" was
};

void walk(const files::Tree& tree, std::string_view rest, Found at, std::vector<Found>& found) {
  if (found.size() >= most_of_a_row) return;
  if (rest.empty()) {
    if (tree.stat(at.path)) found.push_back(std::move(at));
    return;
  }
  const std::size_t end = std::min(rest.find('/'), rest.size());
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  if (part != "*") {
    at.path = files::join(at.path, part);
    return walk(tree, rest, std::move(at), found);
  }
  const auto entries = tree.list(at.path);
  if (!entries) return;
  for (const files::Entry& entry : *entries) {
    if (entry.type == files::EntryType::file || entry.name.starts_with('.')) continue;
    Found next{files::join(at.path, entry.name), at.stars};
    next.stars.push_back(entry.name);
    walk(tree, rest, std::move(next), found);
  }
}

// The document in the file; of Markdown the part of the front matter that is free for other programs.
Node document_at(const files::Tree& tree, const std::string& path, std::string_view wanted) {
  const bool is_markdown = path.ends_with(".md");
  const auto text = tree.read(path, is_markdown ? largest_manifest : largest_record);
  if (!text || text->find(wanted) == std::string::npos) return {};
  if (!is_markdown) return syntax::parse_json(*text, record_limits).root;
  const syntax::Frontmatter front = syntax::find_frontmatter(*text);
  const Node keys = syntax::parse_yaml(std::string_view(*text).substr(front.begin, front.end - front.begin)).root;
  const Node* const metadata = keys.find("metadata");
  return metadata == nullptr ? Node() : *metadata;
}

class Records {
 public:
  explicit Records(const files::Tree& tree) : tree_(tree) {}

  void read(const InstallerRecord& row, const std::string& base) {
    std::vector<Found> found;
    if (!base.empty()) walk(tree_, row.path, {base, {}}, found);
    for (const Found& one : found)
      if (row.member.empty())
        place(row, one);
      else
        list(row, one);
  }

  std::vector<InstalledSkill> take() {
    const auto key = [](const InstalledSkill& one) { return std::tie(one.manager, one.source, one.record, one.name); };
    std::ranges::sort(all_, [&](const auto& a, const auto& b) { return key(a) < key(b); });
    return std::move(all_);
  }

 private:
  void add(const InstallerRecord& row, const std::string& name, const std::string& source, const std::string& record) {
    if (name.empty() || name.size() > longest_text || source.size() > longest_text) return;
    all_.push_back({std::string(row.manager), name, source, record});
  }

  void list(const InstallerRecord& row, const Found& found) {
    const Node document = document_at(tree_, found.path, row.member);
    const Node* const names = document.find(row.member);
    for (std::size_t i = 0; names != nullptr && i < std::min(names->size(), most_of_a_row); ++i)
      if (names->kind == syntax::NodeKind::map)
        add(row, names->key(i).text, text_of(names->value(i), row.source), found.path);
  }

  void place(const InstallerRecord& row, const Found& found) {
    std::string source = found.stars.size() > 1 ? found.stars.front() : std::string();
    if (!row.source.empty()) source = text_of(document_at(tree_, found.path, row.source), row.source);
    const bool says_nothing = source.empty() && !row.source.empty() && found.path.ends_with(".md");
    if (says_nothing || found.stars.empty()) return;
    add(row, found.stars.back(), source, found.path);
  }

  const files::Tree& tree_;
  std::vector<InstalledSkill> all_;
};

constexpr std::uint64_t max_bytes = 16 << 20;
constexpr syntax::NodeLimits limits{.bytes = max_bytes, .depth = 32, .nodes = 200'000, .alias_nodes = 0};

void add_servers(const syntax::Node* object, std::set<std::string>& names) {
  const syntax::Node* servers = object == nullptr ? nullptr : object->find("mcpServers");
  for (std::size_t i = 0; servers != nullptr && servers->is_entry(i); ++i) names.insert(servers->key(i).text);
}

}  // namespace

std::vector<InstalledSkill> installed_by_installers(const files::Tree& tree, const UserPlace& user,
                                                    const std::string& project, const std::string& states) {
  Records records(tree);
  const std::string* const bases[] = {&project, &user.home, &user.folder, &states};  // as in Base
  for (const InstallerRecord& row : installer_records()) {
    const std::string& base = *bases[static_cast<std::size_t>(row.base)];
    if (row.base != Base::project || base != user.home) records.read(row, base);
  }
  return records.take();
}

std::vector<std::string> mcp_servers(const files::Tree& tree, const UserPlace& user, const std::string& directory) {
  std::set<std::string> names;
  if (const auto text = tree.read(files::join(directory, ".mcp.json"), max_bytes)) {
    const syntax::Parsed parsed = syntax::parse_json(*text, limits);
    add_servers(&parsed.root, names);
  }
  const auto state = user.state.empty() ? Result<std::string>(Error{}) : tree.read(user.state, max_bytes);
  if (state && state->find("mcpServers") != std::string::npos) {
    const syntax::Parsed parsed = syntax::parse_json(*state, limits);
    add_servers(&parsed.root, names);
    const syntax::Node* projects = parsed.root.find("projects");
    add_servers(projects == nullptr ? nullptr : projects->find(directory), names);
  }
  return {names.begin(), names.end()};
}

}  // namespace cascade::client
