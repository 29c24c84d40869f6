#include "library/text.h"

#include "difference/text.h"
#include "render/parts.h"
#include "render/text_table.h"
#include "unicode/utf8.h"

#include <algorithm>
#include <map>
#include <utility>

namespace cascade::rendering {
namespace {

using difference::Right;
using difference::RightKind;

constexpr std::size_t names_shown = 12, holders_shown = 3;

// "a, b, c and 9 more".
std::string first_of(const std::vector<std::string>& names, std::size_t most) {
  if (names.size() <= most) return listed(names);
  return listed({names.begin(), names.begin() + static_cast<std::ptrdiff_t>(most)}) + " and " +
         std::to_string(names.size() - most) + " more";
}

std::string state_of(const LibraryRow& row) {
  if (!row.is_there) return "its folder is gone: cascade library update " + row.name;
  if (!row.by_hand.empty()) return count_of(row.by_hand.size(), "file") + " changed by hand: " + listed(row.by_hand);
  return row.is_root ? "as it was taken" : "not read: it is not among the roots of your cascade.yaml";
}

std::string list_text(const std::vector<LibraryRow>& rows, Paint paint) {
  if (rows.empty()) return "no library of others\n  take one: cascade library add OWNER/REPO\n";
  TextTable table;
  for (const char* title : {"LIBRARY", "COMMIT", "REF", "FROM"}) table.column(title);
  table.column("FILES", Align::right);
  table.column("STATE");
  for (const LibraryRow& row : rows)
    table.row({row.name, short_commit(row.commit), row.ref.empty() ? "-" : unicode::displayable(row.ref),
               unicode::displayable(row.source), std::to_string(row.files), state_of(row)});
  std::string text = table.take(paint);
  for (const LibraryRow& row : rows) {
    if (!row.without.empty()) text += row.name + " is without " + listed(row.without) + "\n";
    if (!row.accepted.empty()) text += row.name + " has what you accepted: " + listed(row.accepted) + "\n";
  }
  return text;
}

std::string others_text(const std::vector<client::InstalledSkill>& others, Paint paint) {
  if (others.empty()) return {};
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> names;
  for (const client::InstalledSkill& one : others) {
    std::vector<std::string>& of_source = names[{one.manager, one.source}];
    if (std::find(of_source.begin(), of_source.end(), one.name) == of_source.end()) of_source.push_back(one.name);
  }
  TextTable table;
  for (const char* title : {"INSTALLED BY", "FROM", "WHAT"}) table.column(title);
  for (const auto& [origin, of_origin] : names)
    table.row({origin.first, origin.second.empty() ? "-" : unicode::displayable(origin.second),
               first_of(of_origin, names_shown)});
  return "\ninstalled by other programs, which renew and remove them\n" + table.take(paint);
}

std::string list_json(const std::vector<LibraryRow>& rows, const std::vector<client::InstalledSkill>& others) {
  syntax::JsonWriter json = document("cascade.library/1");
  json.key("libraries").objects(rows, [&](const LibraryRow& row) {
    json.key("name").string(row.name).key("source").string(row.source).key("ref");
    row.ref.empty() ? json.null() : json.string(row.ref);
    json.key("commit").string(row.commit).key("folder").string(row.folder).key("files").number(row.files);
    json.key("is_there").boolean(row.is_there).key("is_root").boolean(row.is_root);
    put_texts(json, "by_hand", row.by_hand);
    put_texts(json, "without", row.without);
    put_texts(json, "accepted", row.accepted);
  });
  json.key("others").objects(others, [&](const client::InstalledSkill& one) {
    json.key("manager").string(one.manager).key("name").string(one.name).key("source");
    one.source.empty() ? json.null() : json.string(one.source);
    json.key("record").string(one.record);
  });
  return finish(json);
}

std::string kinds_text(const Registry& registry) {
  std::map<Kind, std::vector<std::string>> names;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView manifest = registry[ManifestId{i}];
    if (!manifest.document) names[manifest.kind].emplace_back(manifest.name);
  }
  std::string text;
  for (const auto& [kind, of_kind] : names)
    text += "  " + count_of(of_kind.size(), to_string(kind)) + ": " + first_of(of_kind, names_shown) + "\n";
  return text.empty() ? "  no skills, agents or commands\n" : text;
}

}  // namespace

Result<std::string> library_list(const std::vector<LibraryRow>& rows, const std::vector<client::InstalledSkill>& others,
                                 Format format, Paint paint) {
  return format == Format::json ? list_json(rows, others) : list_text(rows, paint) + others_text(others, paint);
}

// One line for each thing permitted, with those who may; what a manifest gets through another is the other's.
std::string brought_text(const Registry& registry, const std::vector<Right>& rights, Paint paint) {
  std::map<std::pair<RightKind, std::string>, std::vector<std::string>> holders;
  for (const Right& right : rights)
    if (right.through.empty()) holders[{right.kind, deed_of(right)}].push_back(right.holder);
  std::string text = paint.bold("brings") + "\n" + kinds_text(registry);
  bool starts = false;
  std::string lines;
  for (const auto& [right, all] : holders) {
    starts = starts || right.first == RightKind::hook || right.first == RightKind::server;
    lines += "  " + paint.red("+ " + first_of(all, holders_shown) + " " + right.second) + "\n";
  }
  text += "\n" + paint.bold("rights") + "\n" + (lines.empty() ? "  no tools, hooks or servers\n" : lines);
  if (starts) text += "  Cascade starts none of these hooks and servers; a client's plugin manager would.\n";
  return text;
}

std::string short_commit(const std::string& commit) {
  constexpr std::size_t shown = 12;
  return commit.substr(0, shown);
}

}  // namespace cascade::rendering
