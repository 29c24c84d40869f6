#include "cascade_git/fact_lines.h"

#include <charconv>

#include "hash/content_hash.h"
#include "syntax/json.h"

namespace cascade::git {
namespace {

using syntax::JsonWriter;

constexpr std::size_t longest_list = 1 << 20, most_items = 10'000;  // of one line; the reader takes 4 MiB
constexpr std::size_t most_hunks = 20'000;

void add(std::string& text, std::uint64_t number, char after) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  text.append(digits, end).push_back(after);
}

std::string flags_of(const ChangedFile& file) {
  const PathAttributes& said = file.attributes;
  std::string flags;
  const auto add_if = [&](bool condition, char flag) {
    if (condition) flags.push_back(flag);
  };
  add_if(file.is_binary, 'b');
  add_if(file.is_pointer, 'l');
  add_if(file.before.is_module() || file.after.is_module(), 's');
  add_if(file.before.is_link() || file.after.is_link(), 'y');
  add_if(file.is_lost, 'x');
  add_if(file.says_generated, 'n');
  add_if(file.same_text, 'w');
  add_if(said.generated == Said::yes, 'G');
  add_if(said.generated == Said::no, 'g');
  add_if(said.vendored == Said::yes, 'V');
  add_if(said.vendored == Said::no, 'v');
  return flags.empty() ? "-" : flags;
}

char status_of(const ChangedFile& file) {
  if (!file.before.is_there()) return 'A';
  if (!file.after.is_there()) return 'D';
  constexpr std::uint32_t type = 0170000;
  return (file.before.mode & type) == (file.after.mode & type) ? 'M' : 'T';
}

// One hunk over all where there are too many: who asks for the origin of a line then gets the whole file's.
void add_hunks(std::string& text, const std::vector<Hunk>& hunks) {
  const auto add_hunk = [&](const Hunk& hunk) {
    add(text, hunk.old_at, ',');
    add(text, hunk.old_lines, ',');
    add(text, hunk.new_at, ',');
    add(text, hunk.new_lines, ';');
  };
  if (hunks.size() <= most_hunks) {
    for (const Hunk& hunk : hunks) add_hunk(hunk);
    return;
  }
  const Hunk &first = hunks.front(), &last = hunks.back();
  add_hunk({first.old_at, last.old_at + last.old_lines - first.old_at, first.new_at,
            last.new_at + last.new_lines - first.new_at});
}

}  // namespace

void FactLines::line(const std::string& text) {
  ++lines_;
  write_(text);
}

void FactLines::list(std::string_view key, const std::vector<std::string>& items) {
  for (std::size_t at = 0; at < items.size();) {
    JsonWriter json(JsonWriter::Style::compact);
    json.begin_object().key(key).begin_array();
    std::size_t bytes = 0;
    for (std::size_t count = 0; at < items.size() && bytes < longest_list && count < most_items; ++at, ++count) {
      json.string(items[at]);
      bytes += items[at].size();
    }
    json.end_array().end_object();
    line(json.take());
  }
}

void FactLines::repository(const RepositoryState& state, std::size_t commits) {
  JsonWriter json(JsonWriter::Style::compact);
  json.begin_object().key("repository").begin_array();
  json.string(state.git_dir).string(state.branch).string(state.head.hex(id_size_));
  json.string(state.sha256 ? "sha256" : "sha1").end_array();
  json.key("commits").number(commits).key("cut").number(state.shallow.size());
  json.key("grafts").number(state.grafts).key("replaced").number(state.replaced);
  json.key("partial").boolean(state.is_partial).end_object();
  line(json.take());
}

void FactLines::tags(const std::vector<Tag>& tags) {
  std::vector<std::string> items;
  for (const Tag& tag : tags) {
    items.push_back(tag.name);
    items.push_back(tag.commit.hex(id_size_));
    items.push_back(std::to_string(tag.time));
  }
  for (std::size_t at = 0; at < items.size(); at += 3) list("tags", {items[at], items[at + 1], items[at + 2]});
}

void FactLines::people(const std::vector<std::string>& names_and_mails) {
  for (std::size_t at = 0; at + 1 < names_and_mails.size(); at += 2)
    list("people", {names_and_mails[at], names_and_mails[at + 1]});
}

std::uint32_t FactLines::path(const std::string& path) {
  const auto [known, is_new] = paths_.emplace(path, static_cast<std::uint32_t>(paths_.size()));
  if (is_new) new_paths_.push_back(path);
  return known->second;
}

std::uint32_t FactLines::blob(const FileSide& side) {
  if (!side.is_there()) return 0;
  return blobs_.emplace(side.id, static_cast<std::uint32_t>(blobs_.size() + 1)).first->second;
}

std::string FactLines::text_of(const ChangedFile& file) {
  std::string text;
  add(text, path(file.path), ' ');
  text.append({status_of(file), ' '});
  add(text, blob(file.before), ' ');
  add(text, blob(file.after), ' ');
  add(text, file.added, ' ');
  add(text, file.deleted, ' ');
  add(text, file.moved, ' ');
  text.append(flags_of(file)).push_back(' ');
  add_hunks(text, file.hunks);
  return text;
}

void FactLines::lost(std::string_view key, const std::vector<LostObject>& objects) {
  std::vector<std::string> items;
  for (const LostObject& object : objects) {
    items.insert(items.end(), {object.what, object.id, object.path});
    if (items.size() < most_items - 3) continue;
    list(key, items);
    items.clear();
  }
  list(key, items);
}

void FactLines::commit(const WalkedCommit& commit, std::uint32_t author, std::uint32_t committer,
                       const CommitChanges& changes) {
  std::vector<std::string> files;
  for (const ChangedFile& file : changes.files) files.push_back(text_of(file));
  list("paths", new_paths_);
  new_paths_.clear();
  std::string parents;
  for (const std::uint32_t parent : commit.parents) add(parents, parent, ' ');
  const CommitText& text = commit.text;
  const std::string numbers = std::to_string(text.committer.time) + ' ' + std::to_string(text.author.time) + ' ' +
                              std::to_string(author) + ' ' + std::to_string(committer) + ' ' +
                              std::to_string(text.parents.size());
  std::vector<std::string> items = {commit.id.hex(id_size_), parents, numbers,
                                    hash::to_hex(changes.patch) + ' ' + hash::to_hex(changes.inverse), text.subject};
  items.insert(items.end(), text.notes.begin(), text.notes.end());
  list("commit", items);
  list("files", files);
  lost("lost", changes.lost);
}

void FactLines::tip(const TreeChanges& files) {
  std::vector<std::string> items;
  for (const ChangedPath& file : files.paths) {
    const std::uint32_t number = path(file.path);
    items.push_back(std::to_string(number) + ' ' + std::to_string(blob(file.after)));
  }
  list("paths", new_paths_);
  new_paths_.clear();
  list("tip", items);
}

void FactLines::patches(const std::vector<std::pair<std::uint32_t, std::uint64_t>>& patches) {
  std::vector<std::string> items;
  for (const auto& [commit, patch] : patches) items.push_back(std::to_string(commit) + ' ' + hash::to_hex(patch));
  list("patches", items);
}

void FactLines::renames(const Renames& renames) {
  std::vector<std::string> items;
  for (const RenamedLines& one : renames.commits)
    items.push_back(std::to_string(one.commit) + ' ' + std::to_string(one.added) + ' ' + std::to_string(one.deleted));
  list("renamed", items);
  if (renames.unknown > 0) list("renames_unknown", {std::to_string(renames.unknown)});
}

void FactLines::end() { write_("{\"end\":" + std::to_string(lines_) + "}"); }

}  // namespace cascade::git
