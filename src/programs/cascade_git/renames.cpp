#include "cascade_git/renames.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "cascade_git/git_program.h"

namespace cascade::git {
namespace {

constexpr std::size_t asked_at_once = 1'000;

std::string_view take_until(std::string_view& text, char end) {
  const std::string_view part = text.substr(0, text.find(end));
  text.remove_prefix(std::min(part.size() + 1, text.size()));
  return part;
}

// "-" of a binary file is none.
std::uint64_t lines_of(std::string_view number) {
  std::uint64_t lines = 0;
  std::from_chars(number.data(), number.data() + number.size(), lines);
  return lines;
}

std::uint64_t lines_at(const std::unordered_map<std::string, std::uint64_t>& files, std::string_view path) {
  const auto found = files.find(std::string(path));
  return found == files.end() ? 0 : found->second;
}

using Known = std::unordered_map<std::string_view, const RenameCandidate*>;

// ID, then for each renamed file "ADDED\tDELETED\t", its old and its new path, each with a NUL behind it.
void read_pairs(std::string_view output, const Known& known, std::vector<RenamedLines>& found) {
  const RenameCandidate* commit = nullptr;
  while (!output.empty()) {
    std::string_view head = take_until(output, '\0');
    if (head.find('\t') == std::string_view::npos) {
      const auto place = known.find(head);
      commit = place == known.end() ? nullptr : place->second;
      if (commit != nullptr) found.push_back({commit->commit, commit->added, commit->deleted});
      continue;
    }
    const std::uint64_t added = lines_of(take_until(head, '\t')), deleted = lines_of(take_until(head, '\t'));
    const std::string_view from = take_until(output, '\0'), to = take_until(output, '\0');
    if (commit == nullptr) continue;
    RenamedLines& lines = found.back();
    lines.added = lines.added - std::min(lines.added, lines_at(commit->came, to)) + added;
    lines.deleted = lines.deleted - std::min(lines.deleted, lines_at(commit->went, from)) + deleted;
  }
}

}  // namespace

bool may_rename(const CommitChanges& changes) {
  const auto is = [&](bool before, bool after) {
    return std::any_of(changes.files.begin(), changes.files.end(), [&](const ChangedFile& file) {
      return file.before.is_there() == before && file.after.is_there() == after;
    });
  };
  return changes.lost.empty() && is(true, false) && is(false, true);
}

RenameCandidate candidate_of(std::uint32_t place, const ObjectId& id, const CommitChanges& changes) {
  RenameCandidate candidate{place, id, 0, 0, {}, {}};
  for (const ChangedFile& file : changes.files) {
    candidate.added += file.added;
    candidate.deleted += file.deleted;
    if (!file.before.is_there()) candidate.came.emplace(file.path, file.added);
    if (!file.after.is_there()) candidate.went.emplace(file.path, file.deleted);
  }
  return candidate;
}

Renames find_renames(const RepositoryState& state, std::size_t id_size,
                     const std::vector<RenameCandidate>& candidates) {
  Renames renames;
  for (std::size_t begin = 0; begin < candidates.size(); begin += asked_at_once) {
    const std::size_t end = std::min(begin + asked_at_once, candidates.size());
    std::vector<std::string> ids;
    std::string input;
    for (std::size_t i = begin; i < end; ++i) input += ids.emplace_back(candidates[i].id.hex(id_size)) + "\n";
    Known known;
    for (std::size_t i = begin; i < end; ++i) known.emplace(ids[i - begin], &candidates[i]);
    const auto output = ask_git(state.git_dir,
                                {"diff-tree", "--stdin", "--root", "-r", "-z", "-M", "-l1000", "--numstat",
                                 "--diff-filter=R", "--no-ext-diff", "--no-textconv"},
                                input);
    if (output)
      read_pairs(*output, known, renames.commits);
    else
      renames.unknown += end - begin;
  }
  return renames;
}

}  // namespace cascade::git
