#include "cascade_git/commit_text.h"

#include <algorithm>
#include <charconv>

#include "text/ascii.h"

namespace cascade::git {
namespace {

constexpr std::size_t longest_subject = 300, longest_note = 300, most_notes = 20;

bool take(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

std::string_view take_line(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  return line;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && letters::is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && letters::is_space(text.back())) text.remove_suffix(1);
  return text;
}

// "Name <mail> seconds zone". A time that cannot be read is 0, as git takes it.
Signature signature_of(std::string_view line) {
  Signature signature;
  const std::size_t open = line.find('<'), close = line.find('>', open == std::string_view::npos ? 0 : open);
  signature.name = trimmed(line.substr(0, open));
  if (open == std::string_view::npos || close == std::string_view::npos) return signature;
  signature.mail = trimmed(line.substr(open + 1, close - open - 1));
  const std::string_view rest = trimmed(line.substr(line.rfind('>') + 1));
  std::from_chars(rest.data(), rest.data() + rest.size(), signature.time);
  return signature;
}

// "This reverts commit …", "(cherry picked from commit …)", "See merge request …!7".
bool names_change(std::string_view line) {
  for (const std::string_view start : {"This reverts commit ", "(cherry picked from commit ", "See merge request "})
    if (line.substr(0, start.size()) == start) return true;
  return false;
}

// "Reviewed-by: …".
bool names_person(std::string_view line) {
  const std::size_t colon = line.find(": ");
  if (colon == std::string_view::npos || colon < 3 || colon > 30) return false;
  const std::string_view key = line.substr(0, colon);
  return key.find('-') != std::string_view::npos &&
         std::all_of(key.begin(), key.end(), [](char c) { return letters::is_letter(c) || c == '-'; });
}

void read_message(std::string_view message, CommitText& commit) {
  while (!message.empty() && message.front() == '\n') message.remove_prefix(1);
  commit.subject = take_line(message).substr(0, longest_subject);
  // Counted apart: a hundred people must not hide the revert behind them.
  std::size_t changes = 0, people = 0;
  while (!message.empty()) {
    const std::string_view line = trimmed(take_line(message));
    if ((names_change(line) && changes++ < most_notes) || (names_person(line) && people++ < most_notes))
      commit.notes.emplace_back(line.substr(0, longest_note));
  }
}

}  // namespace

std::optional<CommitText> read_commit(std::string_view text, std::size_t id_size) {
  CommitText commit;
  if (!take(text, "tree ")) return std::nullopt;
  const auto tree = id_of_hex(take_line(text), id_size);
  if (!tree) return std::nullopt;
  commit.tree = *tree;
  while (take(text, "parent ")) {
    const auto parent = id_of_hex(take_line(text), id_size);
    if (!parent) return std::nullopt;
    commit.parents.push_back(*parent);
  }
  while (!text.empty() && text.front() != '\n') {
    std::string_view line = take_line(text);
    if (take(line, "author "))
      commit.author = signature_of(line);
    else if (take(line, "committer "))
      commit.committer = signature_of(line);
  }
  read_message(text, commit);
  return commit;
}

}  // namespace cascade::git
