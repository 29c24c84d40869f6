// Reads files of one commit's tree, and looks for texts in all of them.
#include <git2.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "cascade_git/open_repository.h"
#include "cascade_git/range.h"
#include "cascade_git/tree_changes.h"
#include "syntax/members.h"
#include "syntax/put.h"
#include "text/words.h"

namespace cascade::git {
namespace {

using syntax::JsonWriter;

constexpr std::size_t largest_shown = 1 << 20, largest_searched = 4 << 20, most_places = 20, most_searched = 200'000;
constexpr std::size_t longest_place = 300;

struct TreeFile {
  std::string path;
  git_oid id;
};

int take_entry(const char* folder, const git_tree_entry* entry, void* given) {
  auto& files = *static_cast<std::vector<TreeFile>*>(given);
  if (git_tree_entry_type(entry) != GIT_OBJECT_BLOB || git_tree_entry_filemode(entry) == GIT_FILEMODE_LINK) return 0;
  if (files.size() >= most_searched) return -1;
  files.push_back({std::string(folder) + git_tree_entry_name(entry), *git_tree_entry_id(entry)});
  return 0;
}

// The files of the question's revision. Null repository: the error is written.
struct OpenedTree {
  RangeRepository repository;
  std::vector<TreeFile> files;
};

OpenedTree open_tree(const syntax::Node& question, const WriteLine& write) {
  OpenedTree opened{open_for_range(question, write), {}};
  if (!opened.repository) return opened;
  const std::string revision = syntax::text_of(question, "revision");
  const RangeCommit commit = commit_named(opened.repository.get(), revision == "-" ? "HEAD" : revision);
  const RangeTree tree = tree_of_commit(commit.get());
  if (tree) {
    git_tree_walk(tree.get(), GIT_TREEWALK_PRE, take_entry, &opened.files);
    return opened;
  }
  write_error("revision", write);
  opened.repository.reset();
  return opened;
}

struct Sought {
  std::string text;
  std::size_t count = 0;
  std::vector<std::string> places;
};

void look_into(const std::string& path, std::string_view bytes, Sought& sought) {
  std::size_t line = 1, counted = 0;
  for (std::size_t at = bytes.find(sought.text); at != std::string_view::npos; at = bytes.find(sought.text, at)) {
    line += static_cast<std::size_t>(std::count(bytes.begin() + static_cast<std::ptrdiff_t>(counted),
                                                bytes.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    counted = at;
    const std::size_t begin = at == 0 ? 0 : bytes.rfind('\n', at - 1) + 1;
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
    ++sought.count;
    if (sought.places.size() < most_places)
      sought.places.push_back(path + ':' + std::to_string(line) + ':' +
                              std::string(bytes.substr(begin, std::min(end - begin, longest_place))));
    at = end + (end == at ? 1 : 0);
  }
}

template <typename Take>
void read_blob(git_repository* repository, const git_oid& id, std::size_t most, const Take& take) {
  const auto blob = made_by<Held<git_blob, git_blob_free>>(git_blob_lookup, repository, &id);
  if (!blob) return;
  const std::string_view bytes(static_cast<const char*>(git_blob_rawcontent(blob.get())),
                               static_cast<std::size_t>(git_blob_rawsize(blob.get())));
  if (bytes.size() <= most && !is_binary(bytes)) take(bytes);
}

}  // namespace

void write_tree(const syntax::Node& question, const WriteLine& write) {
  const OpenedTree opened = open_tree(question, write);
  if (!opened.repository) return;
  const std::vector<std::string> patterns = syntax::texts_of(question, "patterns");
  std::size_t lines = 0;
  for (const TreeFile& file : opened.files) {
    const auto fits = [&](const std::string& pattern) { return letters::matches_wildcard(pattern, file.path); };
    if (std::ranges::none_of(patterns, fits)) continue;
    read_blob(opened.repository.get(), file.id, largest_shown, [&](std::string_view bytes) {
      JsonWriter json(JsonWriter::Style::compact);
      json.begin_object().key("file").begin_array().string(file.path).string(bytes).end_array().end_object();
      write(json.take());
      ++lines;
    });
  }
  write_end(lines, write);
}

void write_search(const syntax::Node& question, const WriteLine& write) {
  const OpenedTree opened = open_tree(question, write);
  if (!opened.repository) return;
  const std::vector<std::string> without = syntax::texts_of(question, "without");
  std::vector<Sought> all;
  for (std::string& text : syntax::texts_of(question, "texts"))
    if (!text.empty()) all.push_back({std::move(text), 0, {}});
  for (const TreeFile& file : opened.files) {
    const auto begins = [&](const std::string& prefix) { return file.path.starts_with(prefix); };
    if (all.empty() || std::ranges::any_of(without, begins)) continue;
    for (Sought& sought : all) {
      if (file.path.find(sought.text) == std::string::npos) continue;
      ++sought.count;
      if (sought.places.size() < most_places) sought.places.push_back(file.path + ":0:");
    }
    read_blob(opened.repository.get(), file.id, largest_searched, [&](std::string_view bytes) {
      for (Sought& sought : all) look_into(file.path, bytes, sought);
    });
  }
  for (const Sought& sought : all) {
    JsonWriter json(JsonWriter::Style::compact);
    json.begin_object().key("text").begin_array().string(sought.text).string(std::to_string(sought.count)).end_array();
    put(json, "places", sought.places);
    json.end_object();
    write(json.take());
  }
  write_end(all.size(), write);
}

}  // namespace cascade::git
