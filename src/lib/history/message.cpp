#include "history/message.h"

#include "text/ascii.h"

#include <charconv>
#include <string_view>

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

}  // namespace cascade::metrics
