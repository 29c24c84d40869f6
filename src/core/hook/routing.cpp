// Routes a prompt for a conversation. Banned and withheld manifests are hidden from the router or reserved for calls by
// name, then the prompt is ranked. If the best answer to one of its needs requires a program or file that is
// missing here, that is reported to the router and the prompt is ranked again, up to four times. Only the best answers
// are checked, since each check looks at the disk.
#include "hook/routing.h"

#include <algorithm>

#include "client/built_in.h"
#include "files/folder.h"
#include "files/paths.h"
#include "files/process.h"
#include "files/tree.h"
#include "request/withhold.h"
#include "resolve/resolve.h"
#include "text/ascii.h"

namespace cascade::hook {
namespace {

// The manifests that the conversation ruled out earlier.
std::vector<ManifestId> ruled_out_before(const Conversation& conversation) {
  std::vector<ManifestId> ids;
  for (const std::string& root : conversation.ledger.ruled_out())
    if (const auto symbol = Symbol::parse(root))
      if (const auto id = conversation.registry.find(*symbol)) ids.push_back(*id);
  return ids;
}

bool is_program_there(std::string_view name, std::string_view search_path) {
  if (search_path.empty() || name.empty() || name.find('/') != std::string_view::npos) return true;
  const files::DiskTree tree;
  const std::string file = std::string(name) + std::string(files::program_ending);
  while (true) {
    const std::size_t end = search_path.find(files::path_separator);
    const std::string folder = files::from_native(std::string(search_path.substr(0, end)));
    if (files::is_absolute(folder)) {
      const auto stamp = tree.stat(files::join(folder, file));
      if (stamp && !stamp->directory) return true;
    }
    if (end == std::string_view::npos) return false;
    search_path.remove_prefix(end + 1);
  }
}

// A path that leads out of the working directory is not a manifest's concern and is not looked at.
bool is_file_there(std::string_view path, const std::string& directory) {
  if (directory.empty() || path.empty() || path.front() == '/' || path.find("..") != std::string_view::npos)
    return true;
  if (path.find_first_of("*?[") == std::string_view::npos)
    return files::DiskTree().stat(files::join(directory, std::string(path))).has_value();
  const std::vector<std::string> names = files_at_hand(directory);
  return names.empty() || std::any_of(names.begin(), names.end(),
                                      [&](const std::string& name) { return files::matches_glob(path, name); });
}

// What the manifests that come first for a need lack here.
std::vector<std::string> lacking_of(const Conversation& conversation, const Routing& routing) {
  std::vector<std::string> all;
  const auto add = [&](const Match& match) {
    if (is_called(routing, match.id)) return;
    for (std::string& need : missing(requirements_of(conversation.registry, match.id),
                                     conversation.event.working_directory, conversation.options.search_path))
      all.push_back(std::move(need));
  };
  for (const Match& match : routing.loaded) add(match);
  for (const Need& need : routing.needs)
    if (need.decision == Decision::offer) add(need.matches.front());
  if (routing.needs.empty() && !routing.offered.empty()) add(routing.offered.front());
  return all;
}

}  // namespace

bool is_called(const Routing& routing, ManifestId id) {
  return std::find(routing.called.begin(), routing.called.end(), id) != routing.called.end();
}

bool is_refused(const Routing& routing, ManifestId id) {
  return std::binary_search(routing.refused.begin(), routing.refused.end(), id);
}

namespace {

// What the user lets Cascade offer and not load comes behind the others, unless it is called by name.
void offer_only(Conversation& conversation, Routing& routing) {
  const auto loads = [&](const Match& match) {
    return is_called(routing, match.id) ||
           (listing::standing(conversation.registry, match.id, conversation.switches()) == listing::Standing::open &&
            suits_paths(conversation.registry, match.id, conversation.event.prompt,
                        conversation.event.working_directory));
  };
  const auto first = std::stable_partition(routing.loaded.begin(), routing.loaded.end(), loads);
  if (first == routing.loaded.end()) return;
  routing.offered.insert(routing.offered.end(), first, routing.loaded.end());
  routing.loaded.erase(first, routing.loaded.end());
  if (routing.loaded.empty() && routing.decision == Decision::load) routing.decision = Decision::offer;
}

// Which of the manifests that the prompt calls by name nobody may have.
void note_denied(Conversation& conversation, const Routing& routing, std::vector<ManifestId>* denied) {
  if (denied == nullptr) return;
  for (const ManifestId id : routing.called)
    if (!client::is_entry_name(conversation.registry[id].name) &&
        listing::is_off(conversation.registry, id, conversation.switches()))
      denied->push_back(id);
}

}  // namespace

Routing route_prompt(Conversation& conversation, const Router& router, Query query, std::vector<ManifestId>* denied) {
  constexpr int rounds = 4;  // if every ranked manifest of a library lacks something, stay silent
  query.limit = 0;
  request::insert_sorted(query.only_by_name, ruled_out_before(conversation));
  Routing routing = router.rank(query);
  note_denied(conversation, routing, denied);
  if (routing.decision != Decision::silence &&
      request::withhold(conversation.registry, routing, conversation.switches(), query))
    routing = router.rank(query);
  for (int round = 0;; ++round) {
    std::vector<std::string> lacking = lacking_of(conversation, routing);
    if (lacking.empty()) {
      if (!routing.loaded.empty()) offer_only(conversation, routing);
      return routing;
    }
    if (round == rounds) break;
    query.lacking.insert(query.lacking.end(), lacking.begin(), lacking.end());
    routing = router.rank(query);
  }
  Routing silent;
  silent.called = std::move(routing.called);
  silent.refused = std::move(routing.refused);
  return silent;
}

// A walk of the work tree ends after so many entries: a tree that is larger has files of all kinds.
namespace {

constexpr std::size_t most_entries = 20'000, most_depth = 12;

bool is_any(const std::vector<std::string>& patterns, std::string_view path) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
    return files::matches_glob(pattern, path) || files::matches_glob("**/" + pattern, path);
  });
}

bool has_match(const std::vector<std::string>& patterns, const std::string& root, const std::string& below,
               std::size_t depth, std::size_t& left) {
  const auto entries = files::DiskTree().list(files::join(root, below));
  if (!entries) return false;
  for (const files::Entry& entry : *entries) {
    if (left == 0) return true;
    --left;
    const std::string path = files::join(below, entry.name);
    if (entry.type == files::EntryType::file && is_any(patterns, path)) return true;
  }
  for (const files::Entry& entry : *entries)
    if (entry.type == files::EntryType::directory && depth < most_depth && entry.name != ".git" &&
        entry.name != "node_modules" && has_match(patterns, root, files::join(below, entry.name), depth + 1, left))
      return true;
  return false;
}

std::vector<std::string> patterns_of(std::string_view written) {
  std::vector<std::string> patterns;
  while (!written.empty()) {
    std::size_t end = 0;
    for (bool inside = false; end < written.size() && (inside || written[end] != ','); ++end)
      inside = written[end] == '{' || (inside && written[end] != '}');  // a comma in "*.{ts,tsx}" separates nothing
    std::string_view one = letters::trim(written.substr(0, end));
    if (one.starts_with("./")) one.remove_prefix(2);
    if (const std::size_t open = one.find('{'), close = one.find('}', open); close != std::string_view::npos) {
      std::string_view choices = one.substr(open + 1, close - open - 1);
      while (true) {
        const std::size_t comma = std::min(choices.find(','), choices.size());
        patterns.push_back(
            std::string(one.substr(0, open)).append(choices.substr(0, comma)).append(one.substr(close + 1)));
        if (comma == choices.size()) break;
        choices.remove_prefix(comma + 1);
      }
    } else if (!one.empty()) {
      patterns.emplace_back(one);
    }
    written.remove_prefix(std::min(end + 1, written.size()));
  }
  return patterns;
}

}  // namespace

bool suits_paths(const Registry& registry, ManifestId id, std::string_view prompt, const std::string& directory) {
  const auto written = registry.field(id, "paths");
  if (!written || letters::trim(*written).empty()) return true;
  const std::vector<std::string> patterns = patterns_of(*written);
  constexpr std::string_view ends = " \t\r\n`'\"()[]<>,;:";
  for (std::size_t at = 0; at < prompt.size();) {
    const std::size_t end = std::min(prompt.find_first_of(ends, at), prompt.size());
    std::string_view word = prompt.substr(at, end - at);
    while (!word.empty() && (word.back() == '.' || word.back() == '?' || word.back() == '!')) word.remove_suffix(1);
    if (word.find('.') != std::string_view::npos && is_any(patterns, word.substr(word.starts_with("./") ? 2 : 0)))
      return true;
    at = end + 1;
  }
  std::size_t left = most_entries;
  return !directory.empty() && has_match(patterns, directory, "", 0, left);
}

std::vector<std::string> files_at_hand(const std::string& directory) {
  constexpr std::size_t most = 400;
  if (directory.empty()) return {};
  return files::folder_names(directory, most).value_or(std::vector<std::string>());
}

std::vector<std::string> missing(const std::vector<std::string_view>& needs, const std::string& directory,
                                 const std::string& search_path) {
  std::vector<std::string> lacking;
  for (const std::string_view need : needs)
    if ((need.substr(0, 4) == "bin:" && !is_program_there(need.substr(4), search_path)) ||
        (need.substr(0, 5) == "file:" && !is_file_there(need.substr(5), directory)))
      lacking.emplace_back(need);
  return lacking;
}

}  // namespace cascade::hook
