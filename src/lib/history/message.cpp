#include "history/message.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <string_view>

#include "history/origins.h"
#include "text/ascii.h"
#include "text/names.h"
#include "text/words.h"

namespace cascade::metrics {
namespace {

// The number at the front of `text`, if `end` stands behind it; 0: there is none.
std::uint32_t request_number(std::string_view text, std::string_view end = "") {
  std::uint32_t number = 0;
  const auto [behind, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  text.remove_prefix(static_cast<std::size_t>(behind - text.data()));
  return error == std::errc() && text.starts_with(end) ? number : 0;
}

}  // namespace

bool says_revert(const Commit& commit) {
  if (commit.subject.starts_with("Revert \"") || commit.subject.starts_with("revert: ") ||
      commit.subject.starts_with("revert("))
    return true;
  for (const std::string& note : commit.notes)
    if (note.starts_with("This reverts commit ")) return true;
  return false;
}

std::uint32_t request_of(const Commit& commit) {
  const std::string_view subject = letters::trim(commit.subject);
  constexpr std::string_view github = "Merge pull request #", bitbucket = "(pull request #", squash = "(#";
  if (subject.starts_with(github)) return request_number(subject.substr(github.size()));
  if (const std::size_t at = subject.rfind(bitbucket); at != std::string_view::npos)
    return request_number(subject.substr(at + bitbucket.size()), ")");
  if (const std::size_t at = subject.rfind(squash);
      at != std::string_view::npos && subject.find(')', at) + 1 == subject.size())
    return request_number(subject.substr(at + squash.size()), ")");
  for (const std::string_view note : commit.notes)
    if (const std::size_t at = note.rfind('!'); note.starts_with("See merge request ") && at != std::string_view::npos)
      return request_number(note.substr(at + 1));
  return 0;
}

std::vector<std::string> reviewers_of(const Commit& commit, const Person& author) {
  std::vector<std::string> reviewers;
  for (const std::string_view note : commit.notes)
    for (const std::string_view key : {"reviewed-by:", "approved-by:", "acked-by:"}) {
      if (!letters::starts_with_lower(note, key)) continue;
      const std::size_t open = note.find('<'), close = note.find('>');
      const bool has_mail = open != std::string_view::npos && close != std::string_view::npos && open < close;
      const std::string_view who = has_mail ? note.substr(open + 1, close - open - 1) : note.substr(key.size());
      std::string lower = letters::to_lower(letters::trim(who));
      if (!lower.empty() && lower != letters::to_lower(has_mail ? author.mail : author.name))
        reviewers.push_back(std::move(lower));
    }
  return reviewers;
}

namespace {

template <typename Words>
bool has_one_of(const std::string& text, const Words& words) {
  const auto has_whole = [&](std::string_view word) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
      const std::size_t end = at + word.size();
      const bool begins = at == 0 || !letters::is_letter(text[at - 1]) || !letters::is_letter(word.front());
      if (begins && (end == text.size() || !letters::is_letter(text[end]))) return true;
    }
    return false;
  };
  return std::any_of(std::begin(words), std::end(words), has_whole);
}

}  // namespace

constexpr letters::Names<Made::moved> made_names("authored", "generated", "vendored", "locked", "pointers",
                                                 "submodules", "copied", "reformatted", "moved");
std::string_view to_string(Made made) noexcept { return made_names.of(made); }

Made made_by_path(std::string_view path, Denied denied) {
  const std::string lower = letters::to_lower(path);
  const auto is_denied = [&](Made made) { return made == Made::vendored ? denied.vendored : denied.generated; };
  std::string_view rest = lower;
  Made found = Made::authored;
  for (std::size_t slash = rest.find('/'); slash != std::string_view::npos; slash = rest.find('/')) {
    for (const OriginRow& row : origins::folders)
      if (row.name == rest.substr(0, slash) && found == Made::authored && !is_denied(row.made)) found = row.made;
    rest.remove_prefix(slash + 1);
  }
  for (const OriginRow& row : origins::files)
    if (found == Made::authored && letters::matches_wildcard(row.name, rest) && !is_denied(row.made)) found = row.made;
  return found;
}

Made made_of(const FileChange& file, std::string_view path, Made by_path) {
  if ((file.flags & module) != 0) return Made::submodules;
  if ((file.flags & pointer) != 0) return Made::pointers;
  if ((file.flags & attribute_generated) != 0) return Made::generated;
  if ((file.flags & attribute_vendored) != 0) return Made::vendored;
  const Denied denied{(file.flags & attribute_not_generated) != 0, (file.flags & attribute_not_vendored) != 0};
  const Made made = denied.generated || denied.vendored ? made_by_path(path, denied) : by_path;
  const bool is_marked = (file.flags & says_generated) != 0 && !denied.generated;
  return made == Made::authored && is_marked ? Made::generated : made;
}

bool is_bot(const Person& person) {
  return has_one_of(letters::to_lower(person.name), origins::bots) ||
         has_one_of(letters::to_lower(person.mail), origins::bots);
}

bool speaks_of_formatting(std::string_view subject) {
  return has_one_of(letters::to_lower(subject), origins::formatting);
}

}  // namespace cascade::metrics
